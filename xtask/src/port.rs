//! Free TCP ports of the loopback address.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};

use crate::endings;

/// A port that nothing listens on at this moment.
///
/// # Errors
/// When the loopback address has none left.
pub fn free() -> Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("no free port on 127.0.0.1")?;
    Ok(listener.local_addr()?.port())
}

/// Whether a server could listen on the address.
#[must_use]
pub fn is_free(address: SocketAddr) -> bool {
    TcpListener::bind(address).is_ok()
}

/// Whether something accepts connections on the address.
#[must_use]
pub fn answers(address: SocketAddr) -> bool {
    TcpStream::connect_timeout(&address, Duration::from_secs(2)).is_ok()
}

/// Waits until `GET path` answers 200, `alive` says that the server died, or the patience is over.
///
/// # Errors
/// When it does not come up, or the person stops waiting.
pub fn wait_for_page(
    address: SocketAddr,
    path: &str,
    patience: Duration,
    mut alive: impl FnMut() -> Result<()>,
) -> Result<()> {
    let start = Instant::now();
    loop {
        alive()?;
        if endings::requested() {
            bail!("stopped while waiting for the server");
        }
        if status(address, path).is_some_and(|status| status == 200) {
            return Ok(());
        }
        if start.elapsed() > patience {
            bail!("http://{address}{path} did not answer within {} s", patience.as_secs());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn status(address: SocketAddr, path: &str) -> Option<u16> {
    let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1)).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    write!(stream, "GET {path} HTTP/1.0\r\nHost: {address}\r\n\r\n").ok()?;
    let mut start = [0; 12];
    stream.read_exact(&mut start).ok()?;
    std::str::from_utf8(&start).ok()?.get(9..12)?.parse().ok()
}
