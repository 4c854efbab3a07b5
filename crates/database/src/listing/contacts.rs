use chrono::{DateTime, Utc};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text, Timestamptz, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use domain::contact::{ConsentBasis, ContactStatus};
use domain::{BrandId, ContactId};

use super::pattern::typed;
use super::statement::{Order, Page, Paging, Statement, Tally};
use crate::Result;
use crate::prepared::Prepare;

/// What narrows contacts down; all of it has to hold.
#[derive(Debug, Clone, Default)]
pub struct ContactFilter {
    pub status: Option<ContactStatus>,
    /// Only those nothing may be sent to for want of a basis.
    pub without_consent: bool,
    /// In name, company or address; empty: any.
    pub text: String,
}

/// What contacts are sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactOrder {
    Created,
    Name,
    Company,
    Email,
    LastMail,
}

impl ContactOrder {
    const fn by(self) -> &'static str {
        match self {
            Self::Created => "c.created_at",
            Self::Name => "lower(coalesce(nullif(c.name, ''), c.email))",
            Self::Company => "lower(c.company)",
            Self::Email => "c.email",
            Self::LastMail => "coalesce(c.last_mailed_at, '-infinity')",
        }
    }
}

/// A contact with what a table shows.
#[derive(Debug, Clone, QueryableByName)]
pub struct ListedContact {
    #[diesel(sql_type = SqlUuid)]
    pub id: ContactId,
    #[diesel(sql_type = Text)]
    pub name: String,
    #[diesel(sql_type = Text)]
    pub company: String,
    #[diesel(sql_type = Text)]
    pub email: String,
    #[diesel(sql_type = SqlUuid)]
    pub brand_id: BrandId,
    #[diesel(sql_type = Text)]
    pub brand_slug: String,
    #[diesel(sql_type = Text)]
    pub brand_name: String,
    #[diesel(sql_type = Text)]
    pub status: ContactStatus,
    #[diesel(sql_type = Nullable<Text>)]
    pub consent_basis: Option<ConsentBasis>,
    #[diesel(sql_type = BigInt)]
    pub deals: i64,
    #[diesel(sql_type = BigInt)]
    pub mails: i64,
    /// `added`, `mailed`, `answered`, or the kind of an event.
    #[diesel(sql_type = Text)]
    pub activity: String,
    #[diesel(sql_type = Timestamptz)]
    pub activity_at: DateTime<Utc>,
}

/// What a row shows of each contact; kept prepared, because planning it takes longer than doing it.
const LISTED: &str = "SELECT c.id, c.name, c.company, c.email, c.brand_id, b.slug AS brand_slug, b.name AS brand_name, \
    c.status, c.consent_basis, (SELECT count(*) FROM deals d WHERE d.contact_id = c.id) AS deals, \
    (SELECT count(*) FROM email_messages m WHERE m.contact_id = c.id AND m.sent_at IS NOT NULL AND NOT m.is_test) AS mails, \
    l.activity, l.activity_at \
    FROM unnest($1::uuid[]) WITH ORDINALITY AS p(id, place) JOIN contacts c ON c.id = p.id \
    JOIN brands b ON b.id = c.brand_id CROSS JOIN LATERAL ( \
      SELECT activity, activity_at FROM ( \
        SELECT 'added' AS activity, c.created_at AS activity_at \
        UNION ALL SELECT 'mailed', c.last_mailed_at WHERE c.last_mailed_at IS NOT NULL \
        UNION ALL (SELECT 'answered', i.received_at FROM inbound_messages i WHERE i.contact_id = c.id \
          ORDER BY i.received_at DESC LIMIT 1) \
        UNION ALL (SELECT e.kind, e.at FROM email_messages m JOIN email_events e ON e.message_id = m.id \
          WHERE m.contact_id = c.id AND e.verdict <> 'machine' AND e.kind <> 'reply' ORDER BY e.at DESC LIMIT 1) \
      ) a ORDER BY activity_at DESC LIMIT 1) l ORDER BY p.place";

/// A page of contacts.
pub async fn contacts(
    connection: &mut AsyncPgConnection,
    filter: &ContactFilter,
    order: ContactOrder,
    descending: bool,
    paging: Paging,
) -> Result<Page<ListedContact>> {
    let statement = Statement::new(
        "SELECT c.id FROM unnest(app.brand_ids()) AS s(brand_id) CROSS JOIN LATERAL (\
         SELECT * FROM contacts_in_scope c WHERE c.brand_id = s.brand_id",
    );
    let order = Order { by: order.by(), id: "c.id", from: "contacts c", descending };
    let found: Page<Found> = filter.apply(statement).page_per_brand(&mut *connection, order, paging).await?;
    let ids: Vec<ContactId> = found.rows.iter().map(|found| found.id).collect();
    let rows = diesel::sql_query(LISTED).bind::<Array<SqlUuid>, _>(ids).prepared().load(connection).await?;
    Ok(Page { rows, has_next: found.has_next, has_previous: found.has_previous })
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = SqlUuid)]
    id: ContactId,
}

/// Contacts per status, and those without consent as `none`.
pub async fn contact_tallies(connection: &mut AsyncPgConnection) -> Result<Vec<Tally>> {
    Statement::new(
        "WITH counted AS MATERIALIZED (SELECT status, count(*) AS count, \
           count(*) FILTER (WHERE consent_basis IS NULL) AS without_consent FROM contacts GROUP BY status) \
         SELECT status AS value, count FROM counted \
         UNION ALL SELECT 'none', coalesce(sum(without_consent), 0)::bigint FROM counted",
    )
    .load(connection)
    .await
}

/// How many contacts pass, but no more than `most`: nobody reads an exact number while typing.
pub async fn count_contacts(
    connection: &mut AsyncPgConnection,
    filter: &ContactFilter,
    most: Option<i64>,
) -> Result<i64> {
    let statement =
        Statement::new("SELECT count(*) AS count FROM (SELECT FROM contacts_in_scope c WHERE true");
    let counted: Count = filter
        .apply(statement)
        .condition::<BigInt, _>(" LIMIT ", most, "")
        .push(") passed")
        .first(connection)
        .await?;
    Ok(counted.count)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

impl ContactFilter {
    fn apply(&self, statement: Statement) -> Statement {
        let mut statement = statement.condition::<Text, _>(" AND c.status = ", self.status, "");
        if self.without_consent {
            statement = statement.push(" AND c.consent_basis IS NULL");
        }
        matching(statement, &self.text)
    }
}

/// Narrows contacts `c` down to those in whose name, address or company the text is.
pub(super) fn matching(statement: Statement, text: &str) -> Statement {
    if text.trim().is_empty() {
        return statement;
    }
    let mut statement = statement.push(" AND (false");
    for pattern in typed(text) {
        statement = statement.push(" OR c.search_text LIKE ").bind::<Text, _>(pattern);
    }
    statement.push(")")
}
