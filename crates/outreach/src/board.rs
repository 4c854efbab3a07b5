//! The board of a pipeline: what it shows and what changed on it.

mod frame;
mod next;
mod view;

pub use frame::Board;
pub(crate) use frame::office;
pub use next::{Reader, Standing, next, when};

use chrono::{DateTime, Utc};
use database::board::Place;
use database::{Connection, Scoped};
use domain::view::board::{BoardChanges, BoardFilter, BoardView, CardCursor, ColumnPage};
use domain::{BrandId, DealId, StageId};

use crate::people::CurrentUser;
use crate::{Environment, Refused};

/// Cards of a column that come with the page: twice what a window shows. The rest comes as one scrolls.
pub const FIRST: i64 = 10;
/// Cards of each further page.
pub const PAGE: i64 = 25;

/// Most cards of a column sent at once: what a board that is read again may have loaded before.
const MOST: i64 = 200;

/// A pipeline, by its id or its key among the brands that `brand` names (`all` or a slug), with the first `per_column`
/// cards of each stage.
///
/// # Errors
/// [`Refused::NotFound`] for a pipeline or brand that isn't theirs.
pub async fn board(
    environment: &Environment,
    user: &CurrentUser,
    brand: &str,
    pipeline: &str,
    filter: &BoardFilter,
    per_column: i64,
) -> Result<BoardView, Refused> {
    let brands = user.brands(brand).ok_or(Refused::NotFound)?;
    let mut scope = scoped(environment, &brands, filter).await?;
    read(&mut scope, environment.clock().now(), user, pipeline, filter, per_column).await
}

/// The same on a connection in scope, in three statements whatever the number of deals.
///
/// # Errors
/// [`Refused::NotFound`] outside the scope.
pub async fn read(
    connection: &mut Connection,
    now: DateTime<Utc>,
    user: &CurrentUser,
    pipeline: &str,
    filter: &BoardFilter,
    per_column: i64,
) -> Result<BoardView, Refused> {
    let board = Board::open(connection, now, user, pipeline, filter).await?;
    board.view(connection, per_column.clamp(FIRST, MOST)).await
}

/// The next cards of a column.
///
/// # Errors
/// [`Refused::NotFound`] for a pipeline that isn't theirs or a stage of another one.
pub async fn column(
    environment: &Environment,
    user: &CurrentUser,
    pipeline: &str,
    filter: &BoardFilter,
    stage: StageId,
    after: CardCursor,
) -> Result<ColumnPage, Refused> {
    let mut scope = scoped(environment, &user.all_brands(), filter).await?;
    let board = Board::open(&mut scope, environment.clock().now(), user, pipeline, filter).await?;
    let entered = chrono::DateTime::from_timestamp_micros(after.entered).ok_or_else(|| {
        Refused::Invalid("The place in the column can't be read. Reload the board.".to_owned())
    })?;
    board.page(&mut scope, stage, Place { entered, id: after.id }, PAGE).await
}

/// Where these deals are now, and the sums of every column.
///
/// # Errors
/// [`Refused::NotFound`] for a pipeline that isn't theirs.
pub async fn changes(
    environment: &Environment,
    user: &CurrentUser,
    pipeline: &str,
    filter: &BoardFilter,
    deals: &[DealId],
) -> Result<BoardChanges, Refused> {
    let mut scope = scoped(environment, &user.all_brands(), filter).await?;
    let board = Board::open(&mut scope, environment.clock().now(), user, pipeline, filter).await?;
    board.changes(&scope, deals).await
}

/// The plans of the board's statements are the same whatever the values, but where text is searched.
async fn scoped(
    environment: &Environment,
    brands: &[BrandId],
    filter: &BoardFilter,
) -> Result<Scoped, Refused> {
    let database = environment.database();
    Ok(match filter.text.as_str() {
        "" => database.scoped_with_kept_plans(brands).await?,
        _ => database.scoped(brands).await?,
    })
}
