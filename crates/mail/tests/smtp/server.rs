//! A tiny SMTP server whose answers are scripted.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

/// What the server answers where. `None`: the usual yes.
#[derive(Debug, Clone, Default)]
pub struct Script {
    pub greeting: Option<&'static str>,
    pub auth: Option<&'static str>,
    pub mail: Option<&'static str>,
    pub rcpt: Option<&'static str>,
    pub data: Option<&'static str>,
    /// After the content.
    pub content: Option<&'static str>,
    /// Stops answering here.
    pub hang_at: Option<&'static str>,
    /// Closes the connection here.
    pub close_at: Option<&'static str>,
}

/// What it saw.
#[derive(Debug, Default)]
pub struct Seen {
    pub connections: usize,
    pub commands: Vec<String>,
    pub contents: Vec<String>,
}

pub struct Server {
    pub port: u16,
    script: Arc<Mutex<Script>>,
    seen: Arc<Mutex<Seen>>,
    hanging: watch::Receiver<bool>,
}

impl Server {
    pub async fn start(script: Script) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let port = listener.local_addr().expect("bound").port();
        let script = Arc::new(Mutex::new(script));
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (hangs, hanging) = watch::channel(false);
        let (of_script, of_seen) = (script.clone(), seen.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                of_seen.lock().expect("not poisoned").connections += 1;
                tokio::spawn(converse(stream, of_script.clone(), of_seen.clone(), hangs.clone()));
            }
        });
        Self { port, script, seen, hanging }
    }

    /// Changes the answers from here on.
    pub fn answer(&self, script: Script) {
        *self.script.lock().expect("not poisoned") = script;
    }

    pub fn connections(&self) -> usize {
        self.seen.lock().expect("not poisoned").connections
    }

    pub fn contents(&self) -> Vec<String> {
        self.seen.lock().expect("not poisoned").contents.clone()
    }

    pub fn commands(&self) -> Vec<String> {
        self.seen.lock().expect("not poisoned").commands.clone()
    }

    /// Waits until a conversation has come to the point where the server stops answering.
    pub async fn hangs(&mut self) {
        self.hanging.wait_for(|hanging| *hanging).await.expect("the server lives");
    }
}

async fn converse(
    stream: TcpStream,
    script: Arc<Mutex<Script>>,
    seen: Arc<Mutex<Seen>>,
    hangs: watch::Sender<bool>,
) -> Option<()> {
    let mut stream = BufReader::new(stream);
    let script = || script.lock().expect("not poisoned").clone();
    say(&mut stream, script().greeting.unwrap_or("220-mail.example\r\n220 ready")).await?;
    let mut line = String::new();
    loop {
        line.clear();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        seen.lock().expect("not poisoned").commands.push(line.trim_end().to_owned());
        let verb = line.split([' ', '\r']).next().unwrap_or_default().to_uppercase();
        stop(&verb, &script(), &hangs).await?;
        let answer = match verb.as_str() {
            "EHLO" => {
                "250-mail.example greets you\r\n250-8BITMIME\r\n250-AUTH PLAIN LOGIN\r\n250 SIZE 10000000"
            }
            "AUTH" => script().auth.unwrap_or("235 2.7.0 ok"),
            "MAIL" => script().mail.unwrap_or("250 2.1.0 ok"),
            "RCPT" => script().rcpt.unwrap_or("250 2.1.5 ok"),
            "DATA" => script().data.unwrap_or("354 go ahead"),
            "QUIT" => "221 bye",
            _ => "250 ok",
        };
        say(&mut stream, answer).await?;
        if verb == "DATA" && answer.starts_with('3') {
            let content = content(&mut stream).await?;
            seen.lock().expect("not poisoned").contents.push(content);
            stop("CONTENT", &script(), &hangs).await?;
            say(&mut stream, script().content.unwrap_or("250-2.0.0 thanks\r\n250 2.0.0 queued as Q1234"))
                .await?;
        }
    }
}

/// `None`: the conversation ends here.
async fn stop(at: &str, script: &Script, hangs: &watch::Sender<bool>) -> Option<()> {
    if script.hang_at == Some(at) {
        hangs.send_replace(true);
        std::future::pending::<()>().await;
    }
    (script.close_at != Some(at)).then_some(())
}

async fn content(stream: &mut BufReader<TcpStream>) -> Option<String> {
    let mut content = String::new();
    loop {
        let start = content.len();
        if stream.read_line(&mut content).await.ok()? == 0 {
            return None;
        }
        if &content[start..] == ".\r\n" {
            content.truncate(start);
            return Some(content);
        }
    }
}

async fn say(stream: &mut BufReader<TcpStream>, answer: &str) -> Option<()> {
    stream.write_all(format!("{answer}\r\n").as_bytes()).await.ok()
}
