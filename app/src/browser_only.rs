//! What only a browser makes: connections, timers, listeners.

use leptos::prelude::*;
use send_wrapper::SendWrapper;

/// Keeps a value that belongs to the browser's one thread until the owner goes. It begins empty and stays so on the
/// server, whose threads take turns at one page: there a [`StoredValue::new_local`] would panic.
pub struct BrowserOnly<T: 'static>(StoredValue<Option<SendWrapper<T>>>);

impl<T: 'static> Clone for BrowserOnly<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: 'static> Copy for BrowserOnly<T> {}

impl<T: 'static> BrowserOnly<T> {
    /// Empty, for the current owner.
    pub fn new() -> Self {
        Self(StoredValue::new(None))
    }

    /// Puts a value in, in the browser only. What was there is dropped, as is the value once the owner has gone.
    pub fn set(self, value: T) {
        let _ = self.0.try_set_value(Some(SendWrapper::new(value)));
    }

    /// Takes the value out.
    pub fn take(self) -> Option<T> {
        self.0.try_update_value(Option::take).flatten().map(SendWrapper::take)
    }

    /// Looks at the value; `None` when there is none or the owner has gone.
    pub fn with<U>(self, look: impl FnOnce(&T) -> U) -> Option<U> {
        self.0.try_with_value(|value| value.as_deref().map(look)).flatten()
    }

    /// Changes the value; `None` when there is none or the owner has gone.
    pub fn with_mut<U>(self, change: impl FnOnce(&mut T) -> U) -> Option<U> {
        self.0.try_update_value(|value| value.as_deref_mut().map(change)).flatten()
    }
}
