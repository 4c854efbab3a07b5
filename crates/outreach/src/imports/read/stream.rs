use tokio::sync::mpsc::{Receiver, Sender, channel};

use super::text::Text;
use super::{Layout, Record, Records, Source};
use crate::Refused;

/// Rows handed over at a time.
pub const CHUNK: usize = 2_000;

/// Reads a file's rows of data in another task, a chunk ahead of whoever stores them; `skip` rows are left out.
pub fn stream<T: Send + 'static>(
    source: Source,
    layout: Layout,
    skip: i64,
    row: impl Fn(Record) -> T + Send + Sync + 'static,
) -> Receiver<Result<Vec<T>, Refused>> {
    let (sender, receiver) = channel(1);
    tokio::spawn(async move {
        if let Err(error) = read(&source, &layout, skip, row, &sender).await {
            // Nobody listens any more when the import has stopped.
            let _ = sender.send(Err(error)).await;
        }
    });
    receiver
}

async fn read<T: Send + 'static>(
    source: &Source,
    layout: &Layout,
    skip: i64,
    row: impl Fn(Record) -> T + Send + Sync,
    sender: &Sender<Result<Vec<T>, Refused>>,
) -> Result<(), Refused> {
    let mut text = Text::new(layout.encoding);
    let mut records = Records::new(layout);
    let mut to_skip = skip + i64::from(layout.has_header);
    let mut ready: Vec<T> = Vec::with_capacity(CHUNK);
    let mut pieces = source.open().await?;
    loop {
        let piece = pieces.next().await?;
        let last = piece.is_none();
        let decoded = text.decode(piece.as_deref().unwrap_or_default(), last);
        records.feed(&decoded, last, |record| {
            if to_skip > 0 {
                to_skip -= 1;
            } else {
                ready.push(row(record));
            }
        });
        while ready.len() >= CHUNK || (last && !ready.is_empty()) {
            let rest = ready.split_off(ready.len().min(CHUNK));
            let chunk = std::mem::replace(&mut ready, rest);
            if sender.send(Ok(chunk)).await.is_err() {
                return Ok(());
            }
        }
        if last {
            return Ok(());
        }
    }
}
