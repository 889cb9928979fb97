//! The import from a register, for the API and the command line alike: a file is read and checked whole, outside the database,
//! and written in one transaction or not at all.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::grouped;
use super::record::{changes, event, keep_main_track, name_pieces, pairs, place, set_capital};
use crate::enterprises::db;
use crate::enterprises::model::{
    Enterprise, EnterpriseId, EnterpriseSource, ImportParams, ImportSummary, RejectedCell,
};
use crate::enterprises::rules::capital::Capital;
use crate::enterprises::rules::register_row::{RegisterRow, read_register};
use crate::enterprises::rules::search_name::search_name;
use crate::error::{AppError, Code};
use crate::platform::door::Cx;
use crate::platform::table_file::{HeaderFault, TableFault, read_table};
use crate::platform::text::{Lang, Say};
use crate::programme::RuleSet;

/// Rows loaded, compared and written together.
const CHUNK: usize = 500;

/// A file after it was read and checked: the rows fit to be written, and the faults of all others.
#[derive(Debug, Clone, Default)]
pub struct RegisterFile {
    read: usize,
    rows: Vec<RegisterRow>,
    rejected: Vec<RejectedFault>,
    /// The file as a whole is no register: there is nothing to skip to.
    unreadable: bool,
}

#[derive(Debug, Clone)]
struct RejectedFault {
    row: usize,
    column: String,
    code: &'static str,
    say: Say,
}

impl RegisterFile {
    /// Reads CSV (UTF-8 or GB18030), XLSX or XLS; `rules` knows the tracks. Slow for a large file, so not for a thread that others
    /// wait for.
    pub fn read(rules: &RuleSet, bytes: &[u8], max_rows: usize, today: NaiveDate) -> Self {
        let table = match read_table(bytes, max_rows) {
            Ok(table) => table,
            Err(fault) => {
                let row = if let TableFault::UnclosedQuote { row } = fault { row } else { 1 };
                let column = String::new();
                return Self::unreadable(vec![RejectedFault { row, column, code: fault.code(), say: fault.say() }]);
            }
        };
        let reading = match read_register(rules, &table, today) {
            Ok(reading) => reading,
            Err(faults) => {
                let fault = |fault: HeaderFault| RejectedFault {
                    row: 1,
                    column: fault.column().to_owned(),
                    code: fault.code(),
                    say: fault.say(),
                };
                return Self::unreadable(faults.into_iter().map(fault).collect());
            }
        };
        let rejected = reading.rejected.into_iter().flat_map(|(row, faults)| {
            faults.into_iter().map(move |f| RejectedFault { row, column: f.column, code: f.code, say: f.say })
        });
        Self { read: table.rows.len(), rejected: rejected.collect(), rows: reading.rows, unreadable: false }
    }

    fn unreadable(rejected: Vec<RejectedFault>) -> Self {
        Self { rejected, unreadable: true, ..Self::default() }
    }

    /// Whether nothing may be written.
    pub fn is_refused(&self, params: ImportParams) -> bool {
        self.unreadable || (!self.rejected.is_empty() && !params.skip_rejected)
    }

    /// How many rows there are to write.
    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// The summary of a file of which nothing is written.
    pub fn refusal(&self, lang: Lang) -> ImportSummary {
        let rejected = self.rejected.iter().map(|fault| RejectedCell {
            row: fault.row,
            column: fault.column.clone(),
            code: fault.code.to_owned(),
            message: fault.say.in_lang(lang).to_owned(),
        });
        ImportSummary { read: self.read, rejected: rejected.collect(), ..ImportSummary::default() }
    }
}

/// Writes the sound rows of a file: new codes become records, known ones take over what the file says otherwise, and rows that
/// say nothing new are not touched. Empty cells never erase. `progress` hears how many rows are done.
pub fn import_enterprises(
    cx: &mut Cx,
    file: &RegisterFile,
    params: ImportParams,
    progress: &dyn Fn(usize),
) -> Result<ImportSummary, AppError> {
    let mut summary = file.refusal(cx.lang);
    if file.is_refused(params) {
        return Ok(summary);
    }
    let kept = withheld(cx, &file.rows)?;
    summary.rejected.extend(kept.iter().map(|(number, code)| withheld_row(cx, *number, code)));
    summary.rejected.sort_by_key(|cell| cell.row);
    if !kept.is_empty() && !params.skip_rejected {
        return Ok(summary);
    }
    let sound: Vec<RegisterRow> = match kept.is_empty() {
        true => Vec::new(),
        false => file.rows.iter().filter(|row| !kept.contains_key(&row.number)).cloned().collect(),
    };
    let rows = if kept.is_empty() { &file.rows } else { &sound };
    for (done, rows) in rows.chunks(CHUNK).enumerate() {
        let plan = plan(cx, rows)?;
        summary.created += plan.created.len();
        summary.updated += plan.updated.len();
        summary.unchanged += rows.len() - plan.created.len() - plan.updated.len();
        if !params.dry_run {
            write(cx, plan)?;
        }
        progress(done * CHUNK + rows.len());
    }
    Ok(summary)
}

/// Rows about enterprises that a conflict of interest keeps from whoever imports: by number, with the code. What one may not
/// find one may not change either.
fn withheld(cx: &mut Cx, rows: &[RegisterRow]) -> Result<BTreeMap<usize, String>, AppError> {
    let Some(me) = cx.actor.user_id().cloned() else { return Ok(BTreeMap::new()) };
    let kept: HashSet<String> = db::record::list_withheld_codes(cx.conn, &me)?.into_iter().collect();
    let of = |row: &RegisterRow| (row.number, row.credit_code.as_str().to_owned());
    Ok(rows.iter().map(of).filter(|(_, code)| kept.contains(code)).collect())
}

fn withheld_row(cx: &Cx, row: usize, code: &str) -> RejectedCell {
    let code_of = Code::ConflictOfInterest;
    let said = code_of.title();
    RejectedCell {
        row,
        column: "credit_code".to_owned(),
        code: code_of.as_str().to_owned(),
        message: format!("{code}: {}", said.in_lang(cx.lang)),
    }
}

struct Plan {
    created: Vec<(Enterprise, Vec<String>)>,
    updated: Vec<Update>,
}

struct Update {
    old: Enterprise,
    new: Enterprise,
    old_tracks: Vec<String>,
    new_tracks: Vec<String>,
}

fn plan(cx: &mut Cx, rows: &[RegisterRow]) -> Result<Plan, AppError> {
    let codes: Vec<&str> = rows.iter().map(|row| row.credit_code.as_str()).collect();
    let known = db::record::list_by_credit_codes(cx.conn, &codes)?;
    let ids: Vec<&EnterpriseId> = known.iter().map(|row| &row.id).collect();
    let mut tracks = grouped(db::record::list_tracks(cx.conn, &ids)?);
    let mut known: HashMap<String, Enterprise> = known.into_iter().map(|row| (row.credit_code.clone(), row)).collect();
    let mut plan = Plan { created: Vec::new(), updated: Vec::new() };
    for row in rows {
        match known.remove(row.credit_code.as_str()) {
            None => plan.created.push((created(cx, row), row.tracks.clone())),
            Some(old) => {
                let old_tracks = tracks.remove(&old.id).unwrap_or_default();
                plan.updated.extend(updated(cx, row, old, old_tracks));
            }
        }
    }
    Ok(plan)
}

fn created(cx: &Cx, row: &RegisterRow) -> Enterprise {
    let searched = search_name(&row.name);
    let code = row.credit_code.as_str();
    let mut new = Enterprise::new(cx.id(), code, row.name.clone(), searched, EnterpriseSource::Import, cx.now);
    take_over(&mut new, row);
    if let (None, Capital::Unknown { text }) = (&new.capital_text, &row.capital) {
        // What the register wrote for "not known" is kept, as long as nothing better is.
        new.capital_text = Some(text.clone()).filter(|text| !text.is_empty());
    }
    new.main_track = row.tracks.first().cloned();
    new
}

/// `None` when the row says nothing new.
fn updated(cx: &Cx, row: &RegisterRow, old: Enterprise, old_tracks: Vec<String>) -> Option<Update> {
    let mut new = old.clone();
    take_over(&mut new, row);
    let same = |a: &[String], b: &[String]| a.iter().collect::<HashSet<_>>() == b.iter().collect::<HashSet<_>>();
    let new_tracks =
        if row.tracks.is_empty() || same(&row.tracks, &old_tracks) { old_tracks.clone() } else { row.tracks.clone() };
    keep_main_track(&mut new, &new_tracks);
    if new == old && new_tracks == old_tracks {
        return None;
    }
    new.version += 1;
    new.updated_at = cx.now;
    Some(Update { old, new, old_tracks, new_tracks })
}

fn take_over(new: &mut Enterprise, row: &RegisterRow) {
    if new.name != row.name {
        new.name = row.name.clone();
        new.name_search = search_name(&row.name);
    }
    for (field, cell) in [
        (&mut new.english_name, &row.english_name),
        (&mut new.kind, &row.kind),
        (&mut new.business_scope, &row.business_scope),
        (&mut new.province, &row.province),
        (&mut new.city, &row.city),
        (&mut new.address, &row.address),
        (&mut new.park, &row.park),
    ] {
        if cell.is_some() {
            field.clone_from(cell);
        }
    }
    new.registered_on = row.registered_on.or(new.registered_on);
    if row.capital_text.is_some() && row.capital_text != new.capital_text {
        set_capital(new, row.capital_text.clone());
    }
    new.status = row.status.unwrap_or(new.status);
    place(new);
}

fn write(cx: &mut Cx, plan: Plan) -> Result<(), AppError> {
    let Plan { created, updated } = plan;
    let mut pieces = Vec::new();
    let mut track_pairs = Vec::new();
    for (row, tracks) in &created {
        pieces.extend(name_pieces(row));
        track_pairs.extend(pairs(row, tracks));
        let changes = changes(None, row, &[], tracks);
        cx.record(event(row).action("enterprise.create").to(row.status).changes(changes));
    }
    let (mut renamed, mut retracked) = (Vec::new(), Vec::new());
    for Update { old, new, old_tracks, new_tracks } in &updated {
        db::record::update_enterprise(cx.conn, new)?;
        if new.name_search != old.name_search {
            renamed.push(new.id.clone());
            pieces.extend(name_pieces(new));
        }
        if new_tracks != old_tracks {
            retracked.push(new.id.clone());
            track_pairs.extend(pairs(new, new_tracks));
        }
        let event = event(new).action("enterprise.update").changes(changes(Some(old), new, old_tracks, new_tracks));
        cx.record(if new.status == old.status { event } else { event.moved(old.status, new.status) });
    }
    let rows: Vec<Enterprise> = created.into_iter().map(|(row, _)| row).collect();
    db::record::insert_enterprises(cx.conn, &rows)?;
    db::names::delete_grams(cx.conn, &renamed)?;
    db::names::insert_grams(cx.conn, &pieces)?;
    db::record::delete_tracks(cx.conn, &retracked)?;
    Ok(db::record::insert_tracks(cx.conn, &track_pairs)?)
}
