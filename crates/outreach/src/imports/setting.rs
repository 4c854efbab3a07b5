use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use database::Connection;
use database::brand::Brand;
use database::contact::Contact;
use database::import::Import;
use database::pipeline::Pipeline;
use domain::calendar::{OfficeHours, Region, Weekdays, next_open};
use domain::contact::ContactType;
use domain::engagement::Tier;
use domain::pipeline::{FollowUp, Ladder, PipelineType};
use domain::{PipelineId, UserId};

use super::Options;
use crate::Refused;

/// What all rows of one import have in common.
pub(super) struct Setting {
    pub brand: Brand,
    pub options: Options,
    pub target: Option<Target>,
    /// The person who imports; `None`: the command line.
    pub author: Option<UserId>,
    zone: Tz,
    hours: OfficeHours,
}

/// Where deals are made.
pub(super) struct Target {
    pub pipeline: Pipeline,
    pub ladder: Ladder,
}

impl Setting {
    /// # Errors
    /// [`Refused::NotFound`] for a pipeline of another brand; [`Refused::Invalid`] for one that can't take deals.
    pub async fn load(
        connection: &mut Connection,
        brand: Brand,
        options: Options,
        pipeline: Option<PipelineId>,
        author: Option<UserId>,
    ) -> Result<Self, Refused> {
        let target = match pipeline {
            Some(id) => Some(Target::load(connection, &brand, id).await?),
            None => None,
        };
        let zone = brand.time_zone.parse().unwrap_or(Tz::Australia__Sydney);
        let hours = office_hours(&brand);
        Ok(Self { brand, options, target, author, zone, hours })
    }

    /// The setting of a stored import.
    ///
    /// # Errors
    /// As [`Setting::load`]; also when the stored options can't be read.
    pub async fn of(connection: &mut Connection, import: &Import) -> Result<Self, Refused> {
        let options = super::stored_options(import)?;
        let brand = database::brand::find(connection, import.brand_id).await?;
        Self::load(connection, brand, options, import.pipeline_id, import.created_by).await
    }

    /// What kind of contact the rows become.
    pub fn kind(&self) -> ContactType {
        match self.target.as_ref().map(|target| target.pipeline.pipeline_type) {
            Some(PipelineType::Backlink) => ContactType::BacklinkTarget,
            Some(PipelineType::Partnership) => ContactType::Partner,
            Some(
                PipelineType::Sales
                | PipelineType::RealEstate
                | PipelineType::Business
                | PipelineType::Events
                | PipelineType::Classifieds
                | PipelineType::RegisteredUsers,
            )
            | None => ContactType::Lead,
        }
    }

    /// When the autopilot looks at a new deal of this contact first: after the entry stage's days, in office hours. It
    /// spaces the mails itself.
    pub fn first_action(
        &self,
        target: &Target,
        contact: &Contact,
        now: DateTime<Utc>,
    ) -> Option<DateTime<Utc>> {
        let own: Option<Tz> = contact.time_zone.as_deref().and_then(|zone| zone.parse().ok());
        let zone = own.unwrap_or(self.zone);
        let region = contact.region.as_deref().and_then(Region::of_state).or(own.map(Region::of_zone));
        let region = region.or_else(|| Region::of_state(&self.brand.region)).unwrap_or(Region::National);
        let due = FollowUp::after_move(&target.ladder, target.ladder.entry(), Tier::New, now, zone).at?;
        Some(next_open(due, zone, &self.hours, region))
    }
}

impl Target {
    async fn load(connection: &mut Connection, brand: &Brand, id: PipelineId) -> Result<Self, Refused> {
        let pipeline = database::pipeline::find(connection, id).await?;
        if pipeline.brand_id != brand.id {
            return Err(Refused::NotFound);
        }
        let stages = database::pipeline::stages_of(connection, id).await?;
        let ladder = pipeline
            .ladder(&stages)
            .map_err(|error| Refused::Invalid(format!("{} can't take deals: {error}.", pipeline.name)))?;
        Ok(Self { pipeline, ladder })
    }
}

/// A brand's hours; nine to five on weekdays where the stored ones make no sense.
fn office_hours(brand: &Brand) -> OfficeHours {
    let days = brand.office_days.iter().filter_map(|day| u8::try_from(day - 1).ok()?.try_into().ok());
    let minutes = (u16::try_from(brand.office_from), u16::try_from(brand.office_to));
    match minutes {
        (Ok(from), Ok(to)) => OfficeHours::new(days.collect::<Weekdays>(), from, to).unwrap_or_default(),
        _ => OfficeHours::default(),
    }
}
