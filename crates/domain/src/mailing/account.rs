use crate::closed_set;

closed_set! {
    /// What hands a brand's mail on.
    pub enum Provider {
        /// The mailbox inside the application: in the demo only.
        Local = "local", "Local mailbox";
        Smtp = "smtp", "SMTP server";
        ZeptoMail = "zeptomail", "ZeptoMail";
        ZohoMail = "zoho", "Zoho Mail";
    }
}

closed_set! {
    /// How the connection to a mail server is encrypted.
    pub enum Encryption {
        StartTls = "starttls", "STARTTLS (port 587)";
        Tls = "tls", "TLS from the start (port 465)";
        None = "none", "None: only for a server on this machine";
    }
}

closed_set! {
    /// The data centre that holds a Zoho or ZeptoMail account. An account exists in one of them only.
    pub enum DataCentre {
        Australia = "au", "Australia (zoho.com.au)";
        UnitedStates = "us", "United States (zoho.com)";
        Europe = "eu", "Europe (zoho.eu)";
        India = "in", "India (zoho.in)";
        Japan = "jp", "Japan (zoho.jp)";
        Canada = "ca", "Canada (zohocloud.ca)";
    }
}

impl DataCentre {
    /// What stands for the region in the vendor's host names: `mail.<this>`.
    pub const fn zoho_domain(self) -> &'static str {
        match self {
            Self::Australia => "zoho.com.au",
            Self::UnitedStates => "zoho.com",
            Self::Europe => "zoho.eu",
            Self::India => "zoho.in",
            Self::Japan => "zoho.jp",
            Self::Canada => "zohocloud.ca",
        }
    }

    /// The host of ZeptoMail's API; `None` where it has none that is known.
    pub const fn zeptomail_host(self) -> Option<&'static str> {
        match self {
            Self::Australia => Some("api.zeptomail.com.au"),
            Self::UnitedStates => Some("api.zeptomail.com"),
            Self::Europe => Some("api.zeptomail.eu"),
            Self::India => Some("api.zeptomail.in"),
            Self::Japan | Self::Canada => None,
        }
    }
}

closed_set! {
    /// What the last connection test of an account found.
    pub enum TestOutcome {
        Passed = "passed", "Connection works";
        /// Nothing is known to be wrong: the provider didn't answer.
        Unreachable = "unreachable", "Provider not reached";
        Failed = "failed", "Connection doesn't work";
    }
}

closed_set! {
    /// A secret of a mail account. Its text is also part of the place it is sealed for.
    pub enum SecretName {
        SmtpPassword = "smtp-password", "Password";
        ZeptoMailToken = "zeptomail-token", "Send Mail Token";
        /// The key ZeptoMail signs its webhook calls with.
        ZeptoMailWebhook = "zeptomail-webhook", "Webhook key";
        ZohoClientSecret = "zoho-client-secret", "Client secret";
        ZohoRefreshToken = "zoho-refresh-token", "Refresh token";
        /// Lasts an hour; fetched by whoever needs it first.
        ZohoAccessToken = "zoho-access-token", "Access token";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_follow_the_data_centre() {
        assert_eq!(DataCentre::Australia.zoho_domain(), "zoho.com.au");
        assert_eq!(DataCentre::Australia.zeptomail_host(), Some("api.zeptomail.com.au"));
        assert_eq!(DataCentre::UnitedStates.zeptomail_host(), Some("api.zeptomail.com"));
        assert_eq!(DataCentre::Canada.zeptomail_host(), None);
        for centre in DataCentre::ALL {
            assert!(centre.label().contains(centre.zoho_domain()), "{centre}");
        }
    }
}
