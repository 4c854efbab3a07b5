use std::fmt;

use crate::BaseUrl;

/// A server, a model of it, and the key that opens it.
#[derive(Clone, PartialEq, Eq)]
pub struct Endpoint {
    pub base_url: BaseUrl,
    pub model: String,
    /// Empty: none is sent. Local servers ask for none.
    pub key: String,
}

impl fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Endpoint")
            .field("base_url", &self.base_url.as_str())
            .field("model", &self.model)
            .finish_non_exhaustive()
    }
}
