use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use reqwest::Url;

/// Characters.
const LONGEST: usize = 250;

/// Where a server's interface begins, as `https://api.openai.com/v1`: without a trailing slash, and encrypted unless the
/// server is this machine or has a private address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    text: String,
    is_near: bool,
}

/// Why a text is no [`BaseUrl`], in words for whoever typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BaseUrlError {
    #[error("Give the whole address, such as https://api.openai.com/v1.")]
    NoUrl,
    #[error("Use https: over http the key and people’s mails could be read on the way.")]
    NotEncrypted,
    #[error(
        "Leave out name and password, and everything from “?” or “#” on. The key has a field of its own."
    )]
    SaysTooMuch,
    #[error("Leave out “/chat/completions”: it is added.")]
    WholePath,
}

impl BaseUrl {
    /// Reads what somebody typed.
    ///
    /// # Errors
    /// [`BaseUrlError`].
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let text = text.trim();
        if text.chars().count() > LONGEST {
            return Err(BaseUrlError::NoUrl);
        }
        let url = Url::parse(text).map_err(|_| BaseUrlError::NoUrl)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(BaseUrlError::NoUrl)?;
        if !url.username().is_empty()
            || url.password().is_some()
            || url.query().is_some()
            || url.fragment().is_some()
        {
            return Err(BaseUrlError::SaysTooMuch);
        }
        let is_near = is_near(host);
        match url.scheme() {
            "https" => {}
            "http" if is_near => {}
            "http" => return Err(BaseUrlError::NotEncrypted),
            _ => return Err(BaseUrlError::NoUrl),
        }
        let text = url.as_str().trim_end_matches('/');
        if text.ends_with("/chat/completions") {
            return Err(BaseUrlError::WholePath);
        }
        Ok(Self { text: text.to_owned(), is_near })
    }

    /// As it is stored.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The server is this machine or has a private address: it may go without a key.
    pub const fn is_near(&self) -> bool {
        self.is_near
    }

    pub(crate) fn chat_completions(&self) -> String {
        format!("{}/chat/completions", self.text)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// `host` as [`Url`] spells it: numbers in full, IPv6 in brackets.
fn is_near(host: &str) -> bool {
    if host == "localhost" || host.ends_with(".localhost") {
        return true;
    }
    if let Ok(address) = host.parse::<Ipv4Addr>() {
        return address.is_loopback() || address.is_private();
    }
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback() || address.is_unique_local())
}

#[cfg(test)]
mod tests {
    use super::{BaseUrl, BaseUrlError};

    #[test]
    fn an_address_is_kept_without_its_last_slash() {
        for text in
            ["https://api.openai.com/v1", " https://api.openai.com/v1/ ", "HTTPS://API.openai.com/v1//"]
        {
            let base = BaseUrl::parse(text).expect("an address");
            assert_eq!(base.as_str(), "https://api.openai.com/v1", "{text}");
            assert!(!base.is_near());
        }
        let base = BaseUrl::parse("http://localhost:11434/v1").expect("an address");
        assert_eq!(base.chat_completions(), "http://localhost:11434/v1/chat/completions");
    }

    #[test]
    fn only_near_servers_are_spoken_to_in_the_clear() {
        for near in [
            "http://localhost:8080",
            "http://127.0.0.1/v1",
            "http://127.1:8080/v1",
            "http://10.1.2.3/v1",
            "http://192.168.0.4:1234/v1",
            "http://172.16.0.1/v1",
            "http://[::1]:8080/v1",
            "http://[fd00::1]/v1",
        ] {
            assert!(BaseUrl::parse(near).is_ok_and(|base| base.is_near()), "{near}");
        }
        for far in [
            "http://api.openai.com/v1",
            "http://8.8.8.8/v1",
            "http://172.32.0.1/v1",
            "http://169.254.169.254/latest",
            "http://[2001:db8::1]/v1",
            "http://localhost.evil.example/v1",
            "http://127.0.0.1.evil.example/v1",
        ] {
            assert_eq!(BaseUrl::parse(far), Err(BaseUrlError::NotEncrypted), "{far}");
        }
    }

    #[test]
    fn what_is_no_base_is_refused_in_words() {
        for (text, error) in [
            ("", BaseUrlError::NoUrl),
            ("api.openai.com/v1", BaseUrlError::NoUrl),
            ("ftp://api.openai.com/v1", BaseUrlError::NoUrl),
            ("file:///etc/passwd", BaseUrlError::NoUrl),
            ("https://me:secret@api.openai.com/v1", BaseUrlError::SaysTooMuch),
            ("https://api.openai.com/v1?key=secret", BaseUrlError::SaysTooMuch),
            ("https://api.openai.com/v1#secret", BaseUrlError::SaysTooMuch),
            ("https://api.openai.com/v1/chat/completions", BaseUrlError::WholePath),
        ] {
            assert_eq!(BaseUrl::parse(text), Err(error), "{text}");
            assert!(!error.to_string().contains("secret"));
        }
    }
}
