//! Keyset pages: a page begins behind the last row seen, so page 2,000 costs what page 1 does and nothing is skipped or shown
//! twice while rows come and go.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::error::{AppError, Faults, FieldCode};
use crate::say;

pub const DEFAULT_LIMIT: i64 = 50;
/// Asking for more is refused rather than cut short: a client that gets fewer rows than it wanted would think it saw them all.
pub const MAX_LIMIT: i64 = 200;

/// What a list was asked for. `K` is the sort key of its order, with the id last.
#[derive(Debug, Clone)]
pub struct PageRequest<K> {
    pub limit: i64,
    pub after: Option<K>,
    pub count: bool,
}

impl<K: DeserializeOwned> PageRequest<K> {
    pub fn read(limit: Option<i64>, cursor: Option<&str>, count: Option<bool>) -> Result<Self, AppError> {
        let mut faults = Faults::default();
        let limit = limit.unwrap_or(DEFAULT_LIMIT);
        faults.range("limit", limit, 1, MAX_LIMIT);
        let after = match cursor
            .map(|c| URL_SAFE_NO_PAD.decode(c).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()))
        {
            Some(None) => {
                let said = say!("不是本列表给出的游标", "is no cursor of this list");
                faults.add("cursor", FieldCode::Format, said);
                None
            }
            Some(Some(key)) => Some(key),
            None => None,
        };
        faults.done()?;
        Ok(Self { limit, after, count: count.unwrap_or(false) })
    }

    /// How many rows to load: one more than shown tells whether there is a next page.
    pub fn fetch(&self) -> i64 {
        self.limit + 1
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Cursor of the next page; absent on the last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Only with `?count=true`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
}

impl<T> Page<T> {
    /// Shapes `limit + 1` loaded rows; `key` names the sort key of a row.
    pub fn of<R, K: Serialize>(
        mut rows: Vec<R>,
        limit: i64,
        total: Option<i64>,
        key: impl Fn(&R) -> K,
        view: impl FnMut(R) -> T,
    ) -> Self {
        let more = rows.len() as i64 > limit;
        rows.truncate(limit as usize);
        let next = rows
            .last()
            .filter(|_| more)
            .map(|row| URL_SAFE_NO_PAD.encode(serde_json::to_vec(&key(row)).expect("sort keys are plain data")));
        Self { items: rows.into_iter().map(view).collect(), next, total }
    }
}
