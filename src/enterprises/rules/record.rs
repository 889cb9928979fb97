//! What an enterprise record may say.

use chrono::NaiveDate;

use super::credit_code::{CreditCode, CreditCodeFault};
use crate::enterprises::model::{Enterprise, EnterpriseStatus, UpdateEnterpriseBody};
use crate::error::{Faults, FieldCode};
use crate::programme::RuleSet;
use crate::say;

/// Longest texts, in characters; the register import takes as much.
const TEXTS: [(&str, usize); 8] = [
    ("/english_name", 300),
    ("/kind", 100),
    ("/capital", 100),
    ("/business_scope", 10_000),
    ("/province", 100),
    ("/city", 100),
    ("/address", 500),
    ("/park", 200),
];
const MOST_TRACKS: usize = 12;

/// A record as it would be stored: every fault of it, at the pointers of the request's body. `rules` knows the tracks.
pub fn check_record(rules: &RuleSet, row: &Enterprise, tracks: &[String], today: NaiveDate, faults: &mut Faults) {
    faults.text("/name", &row.name, 1, 200);
    let texts = [
        &row.english_name,
        &row.kind,
        &row.capital_text,
        &row.business_scope,
        &row.province,
        &row.city,
        &row.address,
        &row.park,
    ];
    for ((pointer, longest), text) in TEXTS.iter().zip(texts) {
        faults.text(pointer, text.as_deref().unwrap_or_default(), 0, *longest);
    }
    if let Some(date) = row.registered_on {
        let earliest = NaiveDate::from_ymd_opt(1900, 1, 1).expect("a real date");
        if date > today {
            faults.plain("/registered_on", FieldCode::InTheFuture);
        } else if date < earliest {
            let said = say!("不应早于 {earliest}", "must not be before {earliest}");
            faults.add("/registered_on", FieldCode::OutOfRange, said);
        }
    }
    check_tracks(rules, row, tracks, faults);
}

fn check_tracks(rules: &RuleSet, row: &Enterprise, tracks: &[String], faults: &mut Faults) {
    if tracks.len() > MOST_TRACKS {
        let said = say!("最多 {MOST_TRACKS} 个赛道", "at most {MOST_TRACKS} tracks");
        faults.add("/tracks", FieldCode::OutOfRange, said);
    }
    for (i, track) in tracks.iter().enumerate() {
        if !rules.knows_track(track) {
            let said = say!("没有赛道“{track}”", "there is no track {track:?}");
            faults.add(format!("/tracks/{i}"), FieldCode::NotExisting, said);
        } else if tracks[..i].contains(track) {
            faults.plain(format!("/tracks/{i}"), FieldCode::Duplicate);
        }
    }
    if let Some(main) = &row.main_track
        && !tracks.contains(main)
    {
        let said = say!("主赛道应为所列赛道之一", "must be one of the enterprise's tracks");
        faults.add("/main_track", FieldCode::NotAllowed, said);
    }
}

/// The code a request names, or its fault at `/credit_code`.
pub fn read_credit_code(text: &str, faults: &mut Faults) -> Option<CreditCode> {
    if text.trim().is_empty() {
        faults.plain("/credit_code", FieldCode::Required);
        return None;
    }
    let code = |fault: &CreditCodeFault| match fault {
        CreditCodeFault::CheckDigit => FieldCode::CheckDigit,
        _ => FieldCode::Format,
    };
    CreditCode::parse(text).map_err(|fault| faults.add("/credit_code", code(&fault), fault.say())).ok()
}

/// What the register says of a firm is not the firm's to change.
pub fn check_own_patch(patch: &UpdateEnterpriseBody, faults: &mut Faults) {
    for (pointer, given) in [
        ("/name", patch.name.is_some()),
        ("/kind", patch.kind.is_some()),
        ("/registered_on", patch.registered_on.is_some()),
        ("/capital", patch.capital.is_some()),
        ("/province", patch.province.is_some()),
        ("/city", patch.city.is_some()),
        ("/registered_in_laoshan", patch.registered_in_laoshan.is_some()),
        ("/status", patch.status.is_some()),
    ] {
        if given {
            let said = say!("由区经办人员维护", "is kept by the district officers");
            faults.add(pointer, FieldCode::NotAllowed, said);
        }
    }
}

/// Registered in Laoshan (崂山): the registered address says so, whatever division code the credit code carries, since many
/// firms of the district were registered by the city.
pub fn address_in_laoshan(address: Option<&str>) -> bool {
    address.is_some_and(|address| address.contains("崂山"))
}

/// 登记状态 in the register's words.
pub fn status_of(words: &str) -> Option<EnterpriseStatus> {
    match words {
        "在营"
        | "存续"
        | "开业"
        | "在业"
        | "正常"
        | "在营（开业）"
        | "在营(开业)"
        | "在营（开业）企业"
        | "存续（在营、开业、在册）"
        | "active" => Some(EnterpriseStatus::Active),
        "迁出" | "已迁出" | "moved_out" => Some(EnterpriseStatus::MovedOut),
        "注销" | "已注销" | "吊销" | "已吊销" | "吊销，未注销" | "吊销未注销" | "deregistered" => {
            Some(EnterpriseStatus::Deregistered)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_whether_it_lies_in_laoshan() {
        assert!(address_in_laoshan(Some("山东省青岛市崂山区松岭路1号")));
        assert!(!address_in_laoshan(Some("青岛市市南区香港中路1号")));
        assert!(!address_in_laoshan(None));
    }

    #[test]
    fn register_words_become_a_status_or_nothing() {
        for (words, status) in [
            ("在营", Some(EnterpriseStatus::Active)),
            ("注销", Some(EnterpriseStatus::Deregistered)),
            ("迁出", Some(EnterpriseStatus::MovedOut)),
            ("不明", None),
        ] {
            assert_eq!(status_of(words), status, "{words}");
        }
    }
}
