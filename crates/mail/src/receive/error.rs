/// The mail can't be read. None of these goes away by trying again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReceiveError {
    /// Larger than 10 MB.
    #[error("the mail is larger than 10 MB")]
    TooLarge,
    /// More parts than any honest mail.
    #[error("the mail has too many parts")]
    TooManyParts,
    /// No headers.
    #[error("this is no mail: it has no headers")]
    NotAMail,
    /// The parser gave up.
    #[error("the mail is malformed")]
    Malformed,
}
