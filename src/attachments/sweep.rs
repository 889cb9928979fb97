//! Files that were stored but never became part of a record, because a process ended between the two.

use chrono::Duration;
use futures_util::{StreamExt, TryStreamExt};

use super::{db, rules};
use crate::app::App;
use crate::error::AppError;

/// An upload takes minutes: what is older than this and belongs to nothing never will.
const LEFT_AFTER: Duration = Duration::days(1);
/// Names held against the database at once.
const AT_ONCE: usize = 500;

/// Deletes them; answers with how many. The storage is asked for every name, so this is for once a day.
pub async fn sweep(app: &App) -> Result<usize, AppError> {
    let before = app.door.clock().now().minus(LEFT_AFTER);
    app.files.forget_incoming(before).await?;
    let mut gone = 0;
    let mut names = app.files.list(rules::FOLDER).try_chunks(AT_ONCE).boxed();
    while let Some(names) = names.next().await {
        let names = names.map_err(|e| e.1)?;
        let old: Vec<_> = names.iter().filter_map(|name| rules::old_file(name, before)).collect();
        if old.is_empty() {
            continue;
        }
        let asked = old.clone();
        let kept = app.door.peek("attachments.sweep", move |cx| Ok(db::list_kept(cx.conn, &asked)?)).await?;
        for id in old.iter().filter(|id| !kept.contains(*id)) {
            app.files.remove(&rules::key(id)).await?;
            gone += 1;
        }
    }
    Ok(gone)
}
