use crate::closed_set;

closed_set! {
    /// Engagement tier of a deal, from human events only.
    pub enum Tier {
        /// Nothing sent, or one mail not opened yet.
        New = "new", "New";
        /// Replied.
        Engaged = "engaged", "Engaged";
        /// Opened or clicked within 7 days and more than half of the mails opened.
        Hot = "hot", "Hot";
        /// Opened within 14 days, or three or more older opens.
        Warm = "warm", "Warm";
        /// Opened once or twice, then quiet.
        Lurker = "lurker", "Lurker";
        /// Two or more mails, none opened.
        Cold = "cold", "Cold";
        /// Three or more mails, none opened, the newest older than 72 hours.
        Ghost = "ghost", "Ghost";
    }
}
