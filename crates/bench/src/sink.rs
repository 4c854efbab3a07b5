//! An SMTP server that takes every mail and keeps none.

use anyhow::Result;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// Listens on a free port of this machine until the process ends.
///
/// # Errors
/// When no port is free.
pub async fn start() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let port = listener.local_addr()?.port();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(converse(stream));
        }
    });
    Ok(port)
}

async fn converse(stream: TcpStream) -> Result<()> {
    stream.set_nodelay(true)?;
    let mut stream = BufReader::new(stream);
    stream.write_all(b"220 sink.test ESMTP\r\n").await?;
    let mut line = Vec::new();
    let mut in_content = false;
    let mut taken = 0_u64;
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line).await? == 0 {
            return Ok(());
        }
        if in_content {
            if line == b".\r\n" {
                in_content = false;
                taken += 1;
                stream.write_all(format!("250 2.0.0 taken as {taken}\r\n").as_bytes()).await?;
            }
            continue;
        }
        let verb = line.get(..4).map(<[u8]>::to_ascii_uppercase).unwrap_or_default();
        let answer: &[u8] = match verb.as_slice() {
            b"EHLO" => b"250-sink.test\r\n250 8BITMIME\r\n",
            b"DATA" => {
                in_content = true;
                b"354 go on\r\n"
            }
            b"QUIT" => b"221 bye\r\n",
            _ => b"250 2.0.0 fine\r\n",
        };
        stream.write_all(answer).await?;
    }
}
