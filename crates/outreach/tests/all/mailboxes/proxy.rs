//! Stands between reader and server, and breaks off when told to.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::Result;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

pub struct Proxy {
    pub port: u16,
    left: Arc<AtomicI64>,
}

impl Proxy {
    /// In front of a port.
    pub async fn start(behind: u16) -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let port = listener.local_addr()?.port();
        let left = Arc::new(AtomicI64::new(i64::MAX));
        let budget = left.clone();
        tokio::spawn(async move {
            while let Ok((reader, _)) = listener.accept().await {
                let budget = budget.clone();
                tokio::spawn(async move {
                    if let Ok(server) = TcpStream::connect(("127.0.0.1", behind)).await {
                        pass(reader, server, &budget).await;
                    }
                });
            }
        });
        Ok(Self { port, left })
    }

    /// Breaks off when the server has said so many bytes more.
    pub fn break_after(&self, bytes: i64) {
        self.left.store(bytes, Ordering::SeqCst);
    }

    /// Breaks off no more.
    pub fn heal(&self) {
        self.break_after(i64::MAX);
    }
}

/// Until one side ends, or the server has said too much. Both connections end with this.
async fn pass(mut reader: TcpStream, mut server: TcpStream, left: &AtomicI64) {
    let (mut said, mut asked) = (vec![0; 4096], vec![0; 4096]);
    loop {
        tokio::select! {
            read = server.read(&mut said) => {
                let Some(count) = read.ok().filter(|count| *count > 0) else { return };
                let before = left.load(Ordering::SeqCst);
                let may = usize::try_from(before.max(0)).unwrap_or(usize::MAX).min(count);
                if before != i64::MAX {
                    left.fetch_sub(i64::try_from(may).unwrap_or(0), Ordering::SeqCst);
                }
                if reader.write_all(&said[..may]).await.is_err() || may < count {
                    return;
                }
            }
            read = reader.read(&mut asked) => {
                let Some(count) = read.ok().filter(|count| *count > 0) else { return };
                if server.write_all(&asked[..count]).await.is_err() {
                    return;
                }
            }
        }
    }
}
