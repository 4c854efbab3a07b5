//! What a user agent gives away.

/// Programs that fetch links and pictures without anybody looking.
#[rustfmt::skip]
const MACHINES: &[&str] = &[
    "ahc/", "aiohttp", "apache-httpclient", "axios/", "barracuda", "bingpreview", "bitdefender", "check point",
    "checkpoint", "cisco", "cloudmark", "crawler", "curl/", "dataprovider", "embedly", "facebookexternalhit", "fireeye",
    "forcepoint", "fortinet", "go-http-client", "google-safety", "googleother", "guzzlehttp", "headlesschrome", "httpx",
    "ironport", "java/", "kaspersky", "libwww-perl", "linkedinbot", "lychee", "mailscanner", "messagelabs",
    "meta-external", "microsoft-cryptoapi", "microsoftpreview", "mimecast", "nettcp", "node-fetch", "okhttp",
    "paloalto", "phantomjs", "playwright", "postmanruntime", "proofpoint", "puppeteer", "python-requests",
    "python-urllib", "python/", "safelinks", "scrapy", "selenium", "skypeuripreview", "slackbot", "slurp", "sophos",
    "spambayes", "spider", "symantec", "telegrambot", "trend micro", "trendmicro", "twitterbot", "urlscan",
    "virustotal", "websense", "wget/", "whatsapp/", "zscaler",
];

/// The marker of a known program in a user agent.
pub(super) fn machine(user_agent: &str) -> bool {
    let agent = user_agent.to_ascii_lowercase();
    MACHINES.iter().any(|marker| agent.contains(marker)) || names_a_bot(&agent)
}

/// "…bot" as a word's end, such as `Googlebot/2.1`. CUBOT makes telephones.
fn names_a_bot(agent: &str) -> bool {
    agent.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word.ends_with("bot") && word != "cubot")
}

/// Gmail's picture proxy: fetches when the person opens the mail, and is the only sign of it.
pub(super) fn google_image_proxy(user_agent: &str) -> bool {
    user_agent.contains("GoogleImageProxy")
}

/// How Gmail fetches pictures as mail arrives in an open window, before anybody reads it (as SparkPost found). Others
/// may send the same: it says something only together with Google's network.
pub(super) fn gmail_prefetch(user_agent: &str) -> bool {
    user_agent.trim_end().ends_with("Edge/12.246 Mozilla/5.0")
}

/// Yahoo's picture proxy, which fetches on opening too.
pub(super) fn yahoo_mail_proxy(user_agent: &str) -> bool {
    user_agent.contains("YahooMailProxy")
}

/// Apple Mail Privacy Protection sends this and nothing more, whether or not the mail is read.
pub(super) fn apple_privacy_proxy(user_agent: &str) -> bool {
    user_agent.trim() == "Mozilla/5.0"
}
