//! What changed on the boards, as PostgreSQL tells it.

use std::time::Duration;

use domain::{BrandId, DealId, PipelineId};
use futures::channel::mpsc;
use futures::{Stream, StreamExt, future, stream};
use tokio_postgres::{AsyncMessage, NoTls};

use crate::Access;

const CHANNEL: &str = "overture_deals";

/// How long to wait before the database is tried again.
const PAUSE: Duration = Duration::from_secs(2);

/// Something on a board changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Deals of one pipeline.
    Deals {
        brand: BrandId,
        pipeline: PipelineId,
        /// Empty: too many to name.
        deals: Vec<DealId>,
    },
    /// The connection was away: anything may have changed.
    Anything,
}

/// Every change committed from now on, over one connection of its own. Never ends: connects again when the database has
/// gone, and then says [`Change::Anything`].
pub fn changes(access: &Access) -> impl Stream<Item = Change> + Send + use<> {
    let url = match access {
        Access::Application(url) | Access::StepDown(url) => url.clone(),
    };
    stream::unfold(true, move |first| {
        let url = url.clone();
        async move {
            if !first {
                tokio::time::sleep(PAUSE).await;
            }
            let listened = match listen(&url).await {
                Ok(notifications) => {
                    let missed = (!first).then_some(Change::Anything);
                    stream::iter(missed).chain(notifications).left_stream()
                }
                Err(error) => {
                    tracing::warn!(%error, "boards are not told of changes while the database can't be listened to");
                    stream::empty().right_stream()
                }
            };
            Some((listened, false))
        }
    })
    .flatten()
}

async fn listen(url: &str) -> Result<impl Stream<Item = Change> + Send + use<>, tokio_postgres::Error> {
    let (client, mut connection) = tokio_postgres::connect(url, NoTls).await?;
    let (sender, receiver) = mpsc::unbounded();
    // Ends when the client is dropped or the database goes.
    tokio::spawn(async move {
        let mut messages = stream::poll_fn(move |context| connection.poll_message(context));
        while let Some(Ok(message)) = messages.next().await {
            if let AsyncMessage::Notification(notification) = message
                && sender.unbounded_send(notification).is_err()
            {
                break;
            }
        }
    });
    client.batch_execute(&format!("LISTEN {CHANNEL}")).await?;
    Ok(receiver.filter_map(move |notification| {
        // Dropping the client closes the connection: it lives as long as the stream.
        let _alive = &client;
        future::ready(parse(notification.payload()))
    }))
}

/// `<brand> <pipeline> <deals, comma separated>`.
fn parse(payload: &str) -> Option<Change> {
    let mut words = payload.splitn(3, ' ');
    let brand = words.next()?.parse().ok()?;
    let pipeline = words.next()?.parse().ok()?;
    let deals = words.next().unwrap_or_default().split(',').filter_map(|id| id.parse().ok()).collect();
    Some(Change::Deals { brand, pipeline, deals })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notification_names_brand_pipeline_and_deals() {
        let id = |n: u128| uuid::Uuid::from_u128(n);
        let (brand, pipeline) = (BrandId(id(1)), PipelineId(id(2)));
        for (deals, expected) in
            [(format!("{},{}", id(3), id(4)), vec![DealId(id(3)), DealId(id(4))]), (String::new(), vec![])]
        {
            let change = parse(&format!("{brand} {pipeline} {deals}"));
            assert_eq!(change, Some(Change::Deals { brand, pipeline, deals: expected }));
        }
        assert_eq!(parse("nonsense"), None);
    }
}
