use crate::closed_set;

closed_set! {
    /// How far an import has come.
    pub enum ImportStatus {
        /// The file is there; a person has still to say what its columns are.
        Uploaded = "uploaded", "Waiting for you";
        /// Started; a worker takes it next.
        Queued = "queued", "Queued";
        Running = "running", "Running";
        Done = "done", "Done";
        /// Stopped with a reason. What was imported before stays, and a second start goes on from there.
        Failed = "failed", "Failed";
    }
}
