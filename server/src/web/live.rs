//! Tells open boards what changed: PostgreSQL's notifications as server-sent events.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Extension;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Sse;
use axum::response::sse::{Event, KeepAlive};
use database::Access;
use database::live::{Change, changes};
use domain::{BrandId, PipelineId};
use futures::{Stream, StreamExt, future};
use outreach::people::CurrentUser;
use serde::Deserialize;
use tokio::sync::{broadcast, watch};
use tokio_stream::wrappers::BroadcastStream;

use super::AppState;

/// Changes a slow browser may lag behind before it is told to read everything again.
const BACKLOG: usize = 256;

/// After this a browser connects again, so that a session or membership that has ended ends its events too.
const LONGEST: Duration = Duration::from_secs(600);

const HEARTBEAT: Duration = Duration::from_secs(20);

/// The changes of all boards, for every browser connected to this process.
#[derive(Clone)]
pub struct Live {
    sender: broadcast::Sender<Change>,
    closing: Arc<watch::Sender<bool>>,
}

impl Live {
    /// Nothing comes before [`Live::listen`].
    pub fn new() -> Self {
        Self { sender: broadcast::Sender::new(BACKLOG), closing: Arc::new(watch::Sender::new(false)) }
    }

    /// Listens to the database until [`Live::close`], over one connection for the process.
    pub fn listen(&self, access: &Access) {
        let (sender, changes) = (self.sender.clone(), changes(access));
        let closed = self.closed();
        tokio::spawn(async move {
            let mut changes = Box::pin(changes.take_until(closed));
            while let Some(change) = changes.next().await {
                // An error says that nobody is connected.
                let _ = sender.send(change);
            }
        });
    }

    /// Ends every stream, or the server would wait for browsers that never go.
    pub fn close(&self) {
        self.closing.send_replace(true);
    }

    fn closed(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut closing = self.closing.subscribe();
        async move {
            // An error says that the sender is gone, which is as good as closed.
            let _ = closing.wait_for(|closing| *closing).await;
        }
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}

/// Which board is open.
#[derive(Deserialize)]
pub struct Wanted {
    pipeline: PipelineId,
}

/// Changes of one pipeline of the person's brands; as a JSON object with the ids of the deals, none for too many to name.
pub async fn events(
    State(state): State<AppState>,
    Extension(user): Extension<CurrentUser>,
    Query(wanted): Query<Wanted>,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, StatusCode> {
    let brand = user
        .memberships()
        .iter()
        .find(|membership| membership.pipelines.iter().any(|pipeline| pipeline.id == wanted.pipeline))
        .map(|membership| membership.id)
        .ok_or(StatusCode::NOT_FOUND)?;
    let ended = future::select(Box::pin(state.live.closed()), Box::pin(tokio::time::sleep(LONGEST)));
    let stream = BroadcastStream::new(state.live.sender.subscribe())
        .filter_map(move |change| future::ready(told(change.ok(), brand, wanted.pipeline)))
        .map(Ok)
        .take_until(ended);
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(HEARTBEAT)))
}

/// `None` as a change: the browser lagged behind.
fn told(change: Option<Change>, brand: BrandId, pipeline: PipelineId) -> Option<Event> {
    let deals = match change {
        Some(Change::Deals { brand: of, pipeline: on, deals }) if of == brand && on == pipeline => deals,
        Some(Change::Deals { .. }) => return None,
        Some(Change::Anything) | None => Vec::new(),
    };
    Event::default().json_data(serde_json::json!({ "deals": deals })).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_hears_of_its_own_pipeline_only() {
        let id = uuid::Uuid::from_u128;
        let (brand, pipeline) = (BrandId(id(1)), PipelineId(id(2)));
        let change = |brand: u128, pipeline: u128| {
            Some(Change::Deals {
                brand: BrandId(id(brand)),
                pipeline: PipelineId(id(pipeline)),
                deals: vec![],
            })
        };
        assert!(told(change(1, 2), brand, pipeline).is_some());
        assert!(told(change(3, 2), brand, pipeline).is_none());
        assert!(told(change(1, 4), brand, pipeline).is_none());
        assert!(told(Some(Change::Anything), brand, pipeline).is_some());
        assert!(told(None, brand, pipeline).is_some(), "a browser that lagged behind reads everything again");
    }
}
