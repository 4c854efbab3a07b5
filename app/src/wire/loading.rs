//! What pages load.
//!
//! All of it is one type for the reactive graph and the suspense boundaries: made for each answer anew, their code would
//! be a tenth of the browser's half.

use std::any::Any;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;
use leptos::server::codee::{Decoder, Encoder};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::read;
use crate::error::AppError;

/// What a page loads. Made by [`blocking`] and [`loading`], shown by `Load`.
pub struct Loading<T> {
    answer: Resource<Answer, AsIs>,
    of: PhantomData<fn() -> T>,
}

/// An answer whose type only [`Answer::of`] knows.
#[derive(Clone)]
pub enum Answer {
    /// As it came with the page.
    Text(Arc<str>),
    /// As a server function gave it.
    Value {
        value: Arc<dyn Any + Send + Sync>,
        #[cfg(feature = "ssr")]
        write: fn(&dyn Any) -> String,
    },
}

type Fetching = Pin<Box<dyn Future<Output = Answer> + Send>>;

impl<T> Clone for Loading<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Loading<T> {}

impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Loading<T> {
    fn new<S, Asking>(
        source: impl Fn() -> S + Send + Sync + 'static,
        fetch: impl Fn(S) -> Asking + Send + Sync + 'static,
        blocking: bool,
    ) -> Self
    where
        S: PartialEq + Clone + Send + Sync + 'static,
        Asking: Future<Output = Result<T, AppError>> + Send + 'static,
    {
        // The question asked last, and how many there were: for the resource a question is its number.
        let asked = Arc::new(Mutex::new((0_u32, None::<S>)));
        let number = Box::new({
            let asked = Arc::clone(&asked);
            move || {
                let question = source();
                let mut asked = asked.lock().unwrap_or_else(PoisonError::into_inner);
                if asked.1.as_ref() != Some(&question) {
                    *asked = (asked.0 + 1, Some(question));
                }
                asked.0
            }
        });
        let fetch = Box::new(move |_| -> Fetching {
            let question = asked.lock().unwrap_or_else(PoisonError::into_inner).1.clone();
            let asking = question.map(&fetch);
            Box::pin(async move {
                match asking {
                    Some(asking) => Answer::new(asking.await),
                    // The resource asks for the number before it fetches.
                    None => std::future::pending().await,
                }
            })
        });
        Self { answer: resource(number, fetch, blocking), of: PhantomData }
    }

    /// The answer, for a suspense boundary to wait for.
    pub fn answer(self) -> Resource<Answer, AsIs> {
        self.answer
    }
}

/// The one resource there is.
fn resource(
    number: Box<dyn Fn() -> u32 + Send + Sync>,
    fetch: Box<dyn Fn(u32) -> Fetching + Send + Sync>,
    blocking: bool,
) -> Resource<Answer, AsIs> {
    Resource::new_with_options(number, fetch, blocking)
}

impl Answer {
    fn new<T: Serialize + Send + Sync + 'static>(result: Result<T, AppError>) -> Self {
        Self::Value {
            value: Arc::new(result),
            #[cfg(feature = "ssr")]
            write: write::<T>,
        }
    }

    /// The answer of a [`Loading<T>`].
    ///
    /// # Errors
    /// What went wrong on the way.
    pub fn of<T: Clone + DeserializeOwned + 'static>(&self) -> Result<T, AppError> {
        match self {
            Self::Value { value, .. } => {
                value.downcast_ref::<Result<T, AppError>>().cloned().unwrap_or(Err(AppError::Unreachable))
            }
            Self::Text(text) => read(text.as_bytes()).unwrap_or(Err(AppError::Unreachable)),
        }
    }
}

/// Only the server writes answers: into the page.
#[cfg(feature = "ssr")]
fn write<T: Serialize + 'static>(value: &dyn Any) -> String {
    let result = value.downcast_ref::<Result<T, AppError>>();
    result.and_then(|result| serde_json::to_string(result).ok()).unwrap_or_default()
}

/// How answers come with the page: as text that is read when it is shown.
pub struct AsIs;

impl Encoder<Answer> for AsIs {
    type Error = std::convert::Infallible;
    type Encoded = String;

    fn encode(answer: &Answer) -> Result<String, Self::Error> {
        Ok(match answer {
            Answer::Text(text) => text.to_string(),
            #[cfg(feature = "ssr")]
            Answer::Value { value, write } => write(value.as_ref()),
            #[cfg(not(feature = "ssr"))]
            Answer::Value { .. } => String::new(),
        })
    }
}

impl Decoder<Answer> for AsIs {
    type Error = std::convert::Infallible;
    type Encoded = str;

    fn decode(text: &str) -> Result<Answer, Self::Error> {
        Ok(Answer::Text(Arc::from(text)))
    }
}

/// Loads before the page is sent, and again in the browser whenever `source` changes.
pub fn blocking<S, T, Asking>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Asking + Send + Sync + 'static,
) -> Loading<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Asking: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Loading::new(source, fetch, true)
}

/// The same, without holding the page up.
pub fn loading<S, T, Asking>(
    source: impl Fn() -> S + Send + Sync + 'static,
    fetch: impl Fn(S) -> Asking + Send + Sync + 'static,
) -> Loading<T>
where
    S: PartialEq + Clone + Send + Sync + 'static,
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    Asking: Future<Output = Result<T, AppError>> + Send + 'static,
{
    Loading::new(source, fetch, false)
}
