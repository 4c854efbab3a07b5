use diesel::deserialize::FromSqlRow;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType, Text, Untyped, Uuid as SqlUuid};
use diesel_async::{AsyncPgConnection, RunQueryDsl};
use uuid::Uuid;

use crate::Result;

/// Where a page begins or ends, and how long it is.
#[derive(Debug, Clone, Copy)]
pub struct Paging {
    /// The record before the page.
    pub after: Option<Uuid>,
    /// The record behind the page; counts when `after` is `None`.
    pub before: Option<Uuid>,
    /// Rows of a page.
    pub size: i64,
}

/// One page, in the order asked for.
#[derive(Debug, Clone)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub has_next: bool,
    pub has_previous: bool,
}

/// How many records have a value.
#[derive(Debug, Clone, QueryableByName)]
pub struct Tally {
    #[diesel(sql_type = Text)]
    pub value: String,
    #[diesel(sql_type = BigInt)]
    pub count: i64,
}

/// The order of a page. All parts are our own words, never a person's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Order {
    /// What is sorted by; never null.
    pub by: &'static str,
    /// The record's id, which decides between equals.
    pub id: &'static str,
    /// The tables `by` and `id` are read from.
    pub from: &'static str,
    pub descending: bool,
}

/// What a statement may be read into.
pub(super) trait Row: FromSqlRow<Untyped, Pg> + QueryableByName<Pg> + Send + 'static {}

impl<T: FromSqlRow<Untyped, Pg> + QueryableByName<Pg> + Send + 'static> Row for T {}

/// SQL that grows by conditions, its values bound as it grows.
pub(super) struct Statement {
    query: BoxedSqlQuery<'static, Pg, SqlQuery>,
    bound: u16,
}

impl Statement {
    pub fn new(sql: impl Into<String>) -> Self {
        Self { query: diesel::sql_query(sql).into_boxed(), bound: 0 }
    }

    /// Adds our own words.
    pub fn push(mut self, sql: &str) -> Self {
        self.query = self.query.sql(sql);
        self
    }

    /// Adds a value as the next parameter.
    pub fn bind<ST, V>(mut self, value: V) -> Self
    where
        Pg: HasSqlType<ST>,
        V: ToSql<ST, Pg> + Send + 'static,
        ST: Send + 'static,
    {
        self.bound += 1;
        self.query = self.query.sql(format!("${}", self.bound)).bind::<ST, V>(value);
        self
    }

    /// Adds `before`, the value and `after`, when there is a value.
    pub fn condition<ST, V>(self, before: &str, value: Option<V>, after: &str) -> Self
    where
        Pg: HasSqlType<ST>,
        V: ToSql<ST, Pg> + Send + 'static,
        ST: Send + 'static,
    {
        match value {
            Some(value) => self.push(before).bind::<ST, V>(value).push(after),
            None => self,
        }
    }

    /// Loads one page. The statement must end inside its `WHERE`.
    pub async fn page<T: Row>(
        self,
        connection: &mut AsyncPgConnection,
        order: Order,
        paging: Paging,
    ) -> Result<Page<T>> {
        self.cut(connection, order, paging, |statement, _| statement).await
    }

    /// The same when each brand's rows are taken by themselves, so that an index which begins with the brand gives them in
    /// order: the statement ends inside the `WHERE` of a brand's rows, themselves inside those of all brands. Both are
    /// called `c`.
    pub async fn page_per_brand<T: Row>(
        self,
        connection: &mut AsyncPgConnection,
        order: Order,
        paging: Paging,
    ) -> Result<Page<T>> {
        self.cut(connection, order, paging, |statement, sorted| {
            statement.push(&format!(") c{sorted} LIMIT ")).bind::<BigInt, _>(paging.size + 1)
        })
        .await
    }

    /// Sorts from the page's place on and takes its rows. `finish` gets the statement with the `ORDER BY` it ended in.
    async fn cut<T: Row>(
        self,
        connection: &mut AsyncPgConnection,
        order: Order,
        paging: Paging,
        finish: impl FnOnce(Self, &str) -> Self,
    ) -> Result<Page<T>> {
        let Order { by, id, from, descending } = order;
        let backwards = paging.after.is_none() && paging.before.is_some();
        let falling = descending != backwards;
        let (compared, direction) = if falling { ("<", "DESC") } else { (">", "ASC") };
        let sorted = format!(" ORDER BY {by} {direction}, {id} {direction}");
        let statement = self
            .condition::<SqlUuid, _>(
                &format!(" AND ({by}, {id}) {compared} (SELECT {by}, {id} FROM {from} WHERE {id} = "),
                paging.after.or(paging.before),
                ")",
            )
            .push(&format!("{sorted} LIMIT "))
            .bind::<BigInt, _>(paging.size + 1);
        let mut rows: Vec<T> = finish(statement, &sorted).load(connection).await?;
        let size = usize::try_from(paging.size).unwrap_or(usize::MAX);
        let more = rows.len() > size;
        rows.truncate(size);
        if backwards {
            rows.reverse();
            return Ok(Page { rows, has_next: true, has_previous: more });
        }
        Ok(Page { rows, has_next: more, has_previous: paging.after.is_some() })
    }

    pub async fn load<T: Row>(self, connection: &mut AsyncPgConnection) -> Result<Vec<T>> {
        self.query.load(connection).await
    }

    pub async fn first<T: Row>(self, connection: &mut AsyncPgConnection) -> Result<T> {
        self.query.get_result(connection).await
    }
}
