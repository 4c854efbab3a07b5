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
    pub enum Region {
        Australia = "au", "Australia (zoho.com.au)";
        UnitedStates = "us", "United States (zoho.com)";
        Europe = "eu", "Europe (zoho.eu)";
        India = "in", "India (zoho.in)";
        Japan = "jp", "Japan (zoho.jp)";
        Canada = "ca", "Canada (zohocloud.ca)";
    }
}

impl Region {
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
