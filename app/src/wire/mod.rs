//! JSON between server and browser.

mod loading;

// The server reads with serde_json itself: it takes what others send, and its size is no matter.
#[cfg(any(test, not(feature = "ssr")))]
mod json;
#[cfg(test)]
mod tests;
#[cfg(any(test, not(feature = "ssr")))]
mod tree;

use leptos::prelude::SharedValue;
use leptos::server::codee::{Decoder, Encoder};
use leptos::server_fn::codec::Post;
use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub use loading::{Answer, AsIs, Loading, blocking, loading};

/// JSON, read in the browser by way of a tree.
pub struct ByTree;

/// How server functions take arguments and answer: `input = Json, output = Json`.
pub type Json = Post<ByTree>;

/// Reads a type from JSON.
///
/// # Errors
/// When the text is no JSON, or of another shape.
#[cfg(feature = "ssr")]
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, serde_json::Error> {
    serde_json::from_slice(bytes)
}

/// Reads a type from JSON.
///
/// # Errors
/// When the text is no JSON, or of another shape.
#[cfg(not(feature = "ssr"))]
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, tree::Unreadable> {
    tree::read(json::parse(bytes)?)
}

/// What the server makes of the request and the browser takes from the page.
pub fn sent<T: Serialize + DeserializeOwned>(make: impl FnOnce() -> T) -> T {
    SharedValue::<T, ByTree>::new_with_encoding(make).into_inner()
}

impl ContentType for ByTree {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for ByTree {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for ByTree {
    type Error = serde_json::Error;

    fn encode(value: &T) -> Result<Bytes, Self::Error> {
        serde_json::to_vec(value).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for ByTree {
    type Error = String;

    fn decode(bytes: Bytes) -> Result<T, Self::Error> {
        read(&bytes).map_err(|error| error.to_string())
    }
}

impl<T: Serialize> Encoder<T> for ByTree {
    type Error = serde_json::Error;
    type Encoded = String;

    fn encode(value: &T) -> Result<String, Self::Error> {
        serde_json::to_string(value)
    }
}

impl<T: DeserializeOwned> Decoder<T> for ByTree {
    type Error = String;
    type Encoded = str;

    fn decode(text: &str) -> Result<T, Self::Error> {
        read(text.as_bytes()).map_err(|error| error.to_string())
    }
}
