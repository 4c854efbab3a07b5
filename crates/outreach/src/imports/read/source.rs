use std::path::PathBuf;

use anyhow::Context;
use domain::{BrandId, ImportId};
use tokio::fs::File;
use tokio::io::AsyncReadExt;

use crate::{Environment, Refused};

/// Bytes read at a time.
const PIECE: usize = 1 << 20;

/// Where a file of contacts is. It can be read more than once.
#[derive(Clone)]
pub enum Source {
    /// On this machine: the command line, and uploads until they are stored.
    Path(PathBuf),
    /// In the database, so that any worker on any machine can read it.
    Stored { environment: Environment, brand: BrandId, import: ImportId },
}

/// A file being read from its beginning.
pub struct Pieces(Reading);

enum Reading {
    File(File),
    Parts { environment: Environment, brand: BrandId, import: ImportId, next: i32 },
}

impl Source {
    /// # Errors
    /// When there is no such file or it may not be read.
    pub async fn open(&self) -> Result<Pieces, Refused> {
        Ok(Pieces(match self {
            Self::Path(path) => {
                Reading::File(File::open(path).await.map_err(|error| {
                    Refused::Invalid(format!("{} can't be read: {error}", path.display()))
                })?)
            }
            Self::Stored { environment, brand, import } => {
                Reading::Parts { environment: environment.clone(), brand: *brand, import: *import, next: 0 }
            }
        }))
    }
}

impl Pieces {
    /// The next piece, never empty; `None` behind the last.
    ///
    /// # Errors
    /// [`Refused::NotFound`] when nothing is stored any more; [`Refused::Failed`] when the disk or the database fails.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, Refused> {
        match &mut self.0 {
            Reading::File(file) => {
                let mut piece = Vec::with_capacity(PIECE);
                file.take(PIECE as u64).read_to_end(&mut piece).await.context("reading the file")?;
                Ok((!piece.is_empty()).then_some(piece))
            }
            Reading::Parts { environment, brand, import, next } => {
                let mut transaction = environment.database().brand(*brand).await?;
                let piece = database::import::part(&mut transaction, *import, *next).await?;
                if piece.is_none() && *next == 0 {
                    return Err(Refused::NotFound);
                }
                *next += 1;
                Ok(piece)
            }
        }
    }
}

/// Stores a file in the database, in the caller's transaction.
///
/// # Errors
/// When the disk or the database fails.
pub async fn store(
    connection: &mut database::Connection,
    brand: BrandId,
    import: ImportId,
    source: &Source,
) -> Result<(), Refused> {
    let mut pieces = source.open().await?;
    let mut part = 0;
    while let Some(piece) = pieces.next().await? {
        database::import::store_part(connection, brand, import, part, &piece).await?;
        part += 1;
    }
    Ok(())
}
