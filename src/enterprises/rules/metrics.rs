//! Annual figures: which there are, and what may be said of them.

use crate::enterprises::model::{EntrySource, WriteMetricsBody};
use crate::error::{Code, Faults, FieldCode, Refusal};
use crate::platform::text::segment;
use crate::programme::indicators::find_indicator;
use crate::say;

const FIRST_YEAR: i32 = 1990;

/// A year has figures once it has begun.
pub fn check_year(year: i32, this_year: i32, faults: &mut Faults) {
    faults.range("year", year.into(), FIRST_YEAR.into(), this_year.into());
}

pub fn check_metrics(body: &WriteMetricsBody, faults: &mut Faults) {
    for (code, value) in &body.0 {
        let pointer = format!("/{}", segment(code));
        match (find_indicator(code), value) {
            (None, _) => {
                let said = say!("没有指标“{code}”", "there is no indicator {code:?}");
                faults.add(pointer, FieldCode::Unknown, said);
            }
            (Some(indicator), Some(value)) => faults.range(&pointer, *value, indicator.min, indicator.max),
            (Some(_), None) => {}
        }
    }
}

/// An officer who acts for the enterprise as well verifies nothing of it.
pub fn may_verify_entries(is_member: bool) -> Result<(), Refusal> {
    if is_member {
        let said = say!("不能核验本人所代表企业的数据", "nobody verifies the data of an enterprise they act for");
        return Err(Refusal::new(Code::TwoPersonRule, said));
    }
    Ok(())
}

/// What an officer entered, the enterprise does not change: it would hide an accident or a penalty.
pub fn may_change_entry(source: EntrySource, ended: bool, by_officer: bool) -> Result<(), Refusal> {
    if ended {
        return Err(Refusal::new(Code::InvalidTransition, say!("该事项已终止", "this fact has ended")));
    }
    if source == EntrySource::Officer && !by_officer {
        let said = say!("由经办人员登记的事项由经办人员变更", "what an officer recorded only officers change");
        return Err(Refusal::new(Code::InvalidTransition, said));
    }
    Ok(())
}
