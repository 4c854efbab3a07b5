use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use database::Connection;
use database::board::{self, BoardFrame, Lines, Narrowing, Viewpoint};
use domain::PipelineId;
use domain::calendar::start_of_day;
use domain::pipeline::Ladder;
use domain::view::board::BoardFilter;

use crate::Refused;
use crate::office::Office;
use crate::people::CurrentUser;

/// A board somebody looks at: its pipeline, the filter, and the moments that count for the viewer.
pub struct Board {
    pub(super) now: DateTime<Utc>,
    /// The viewer's.
    pub(super) tz: Tz,
    pub(crate) frame: BoardFrame,
    pub(crate) ladder: Ladder,
    pub(super) filter: BoardFilter,
    pub(super) narrowing: Narrowing,
    pub(super) viewpoint: Viewpoint,
}

impl Board {
    /// Opens the pipeline with this id or key, in one statement.
    ///
    /// # Errors
    /// [`Refused::NotFound`] outside the scope.
    pub async fn open(
        connection: &mut Connection,
        now: DateTime<Utc>,
        user: &CurrentUser,
        pipeline: &str,
        filter: &BoardFilter,
    ) -> Result<Self, Refused> {
        let frame = match pipeline.parse::<PipelineId>() {
            Ok(id) => board::find(connection, id).await?,
            Err(_) => board::by_key(connection, pipeline).await?,
        };
        let ladder = frame.ladder().map_err(|error| Refused::Failed(error.into()))?;
        let tz = user.zone();
        let viewpoint = Viewpoint {
            viewer: user.id(),
            lines: Lines {
                due_before: end_of_day(now, tz),
                overdue_before: office(&frame).overdue_before(now),
            },
        };
        let narrowing = Narrowing {
            due: filter.due,
            overdue: filter.overdue,
            blocked: filter.blocked,
            hot: filter.hot,
            mine: filter.mine,
            text: filter.text.clone(),
        };
        Ok(Self { now, tz, frame, ladder, filter: filter.clone(), narrowing, viewpoint })
    }
}

fn end_of_day(now: DateTime<Utc>, tz: Tz) -> DateTime<Utc> {
    start_of_day(now.with_timezone(&tz).date_naive() + TimeDelta::days(1), tz)
}

/// When the brand of a board works.
pub(crate) fn office(frame: &BoardFrame) -> Office {
    Office::from_settings(
        &frame.time_zone,
        &frame.region,
        &frame.office_days,
        frame.office_from,
        frame.office_to,
    )
}
