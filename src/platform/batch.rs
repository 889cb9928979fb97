//! One step for many records: all of them, or none.

use std::collections::BTreeSet;
use std::fmt::Display;

use super::door::Cx;
use crate::error::{AppError, Faults, FieldCode};
use crate::say;

/// At once; more take another request.
const IDS_MAX: usize = 200;

/// At least one, not too many, each once.
pub fn check_ids<T: Ord + Display>(ids: &[T], faults: &mut Faults) {
    if ids.is_empty() {
        faults.plain("/ids", FieldCode::Required);
    }
    if ids.len() > IDS_MAX {
        faults.add("/ids", FieldCode::TooLong, say!("一次最多 {IDS_MAX} 件", "takes at most {IDS_MAX} at once"));
    }
    let mut seen = BTreeSet::new();
    for (i, id) in ids.iter().enumerate().filter(|(_, id)| !seen.insert(*id)) {
        faults.add(format!("/ids/{i}"), FieldCode::Duplicate, say!("“{id}”重复", "{id} appears more than once"));
    }
}

/// Each record with its refusal, if it was refused.
pub type Tried<T> = Vec<(T, Option<AppError>)>;

/// Every record is tried on top of those before it, so that a quota is seen to fill. One refusal and nothing stays. Answers whether
/// it was done, and with each record's refusal.
pub fn all_or_none<T: Clone>(
    cx: &mut Cx,
    ids: &[T],
    dry_run: bool,
    step: impl Fn(&mut Cx, &T) -> Result<(), AppError>,
) -> Result<(bool, Tried<T>), AppError> {
    cx.part(|cx| {
        let mut results = Vec::with_capacity(ids.len());
        for id in ids {
            match cx.part(|cx| step(cx, id).map(|()| (true, ()))) {
                Ok(()) => results.push((id.clone(), None)),
                Err(refusal) if refusal.is_refusal() => results.push((id.clone(), Some(refusal))),
                Err(failure) => return Err(failure),
            }
        }
        let applied = !dry_run && results.iter().all(|(_, refusal)| refusal.is_none());
        Ok((applied, (applied, results)))
    })
}

/// Why not, in the caller's language.
pub fn reason(cx: &Cx, refusal: &AppError) -> String {
    match (refusal.fields.first(), &refusal.detail) {
        (Some(field), _) => format!("{}: {}", field.pointer, field.say.in_lang(cx.lang)),
        (None, Some(detail)) => detail.in_lang(cx.lang).to_owned(),
        (None, None) => refusal.code.title().in_lang(cx.lang).to_owned(),
    }
}
