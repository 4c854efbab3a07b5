use crate::closed_set;

closed_set! {
    /// What a person may do in one brand.
    pub enum Role {
        /// Everything, people included.
        Admin = "admin", "Admin";
        /// Work, analytics and settings.
        Manager = "manager", "Manager";
        /// Work.
        Member = "member", "Member";
    }
}
