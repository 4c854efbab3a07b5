/// The session a request came with, as the table of sessions knows it: the digest, never the cookie's own id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurrentSession(pub String);
