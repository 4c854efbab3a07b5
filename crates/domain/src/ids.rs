//! Identifiers. Each is a UUIDv7 in a type of its own, so that a deal's id can't be passed for a contact's.

macro_rules! ids {
    ($($(#[$meta:meta])* $name:ident;)+) => { $(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        #[cfg_attr(feature = "diesel", derive(diesel::expression::AsExpression, diesel::deserialize::FromSqlRow))]
        #[cfg_attr(feature = "diesel", diesel(sql_type = diesel::sql_types::Uuid))]
        #[serde(transparent)]
        pub struct $name(pub uuid::Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { self.0.fmt(f) }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> { text.parse().map(Self) }
        }

        #[cfg(feature = "diesel")]
        impl diesel::serialize::ToSql<diesel::sql_types::Uuid, diesel::pg::Pg> for $name {
            fn to_sql<'b>(&'b self, out: &mut diesel::serialize::Output<'b, '_, diesel::pg::Pg>) -> diesel::serialize::Result {
                <uuid::Uuid as diesel::serialize::ToSql<diesel::sql_types::Uuid, diesel::pg::Pg>>::to_sql(&self.0, out)
            }
        }

        #[cfg(feature = "diesel")]
        impl diesel::deserialize::FromSql<diesel::sql_types::Uuid, diesel::pg::Pg> for $name {
            fn from_sql(bytes: diesel::pg::PgValue<'_>) -> diesel::deserialize::Result<Self> {
                <uuid::Uuid as diesel::deserialize::FromSql<diesel::sql_types::Uuid, diesel::pg::Pg>>::from_sql(bytes).map(Self)
            }
        }
    )+ };
}

ids! {
    /// A brand: the unit of isolation.
    BrandId;
    /// A person who signs in.
    UserId;
    /// A person a brand writes to.
    ContactId;
    /// A ladder of stages.
    PipelineId;
    /// One stage of a pipeline.
    StageId;
    /// One contact's way through one pipeline.
    DealId;
    /// One mail in the outbox.
    MessageId;
    /// One open, click, reply, bounce, complaint or opt-out.
    EmailEventId;
    /// One mail received.
    InboundId;
    /// One mail in a mailbox that could not be read.
    MailboxFailureId;
    /// One question put to an AI.
    AiCallId;
    /// One decision of the autopilot.
    DecisionId;
    /// One upload of contacts.
    ImportId;
    /// A note or task.
    NoteId;
}
