//! What a form must hold: anything sensible while it is a draft, everything once it is submitted.

use std::collections::BTreeSet;

use crate::applications::model::Form;
use crate::error::{Code, Faults, FieldCode, FieldError, Refusal};
use crate::platform::text::Say;
use crate::programme::{EvalContext, Figures, RuleSet, Tier, missing_figures};
use crate::say;

const SUMMARY_MAX: usize = 5_000;
const LINE_MAX: usize = 200;
const SUMMARY_MIN: usize = 10;

/// Limits of a partial save; whether the form is complete does not matter yet.
pub fn check_shape(form: &Form, faults: &mut Faults) {
    let contact = &form.contact;
    for (pointer, value, max) in [
        ("/contact/name", &contact.name, LINE_MAX),
        ("/contact/position", &contact.position, LINE_MAX),
        ("/contact/mobile", &contact.mobile, LINE_MAX),
        ("/contact/email", &contact.email, LINE_MAX),
        ("/summary", &form.summary, SUMMARY_MAX),
        ("/track", &form.track, LINE_MAX),
    ] {
        faults.text(pointer, value.as_deref().unwrap_or_default(), 0, max);
    }
}

/// Everything that is missing or makes no sense, at once. Pointers lead into the form; `figures` are the form's, completed from
/// the register.
pub fn check_complete(
    form: &Form,
    figures: &Figures,
    rules: &RuleSet,
    tier: Tier,
    cx: EvalContext,
    faults: &mut Faults,
) {
    check_shape(form, faults);
    let contact = &form.contact;
    for (pointer, value, min) in [
        ("/contact/name", &contact.name, 1),
        ("/contact/mobile", &contact.mobile, 1),
        ("/summary", &form.summary, SUMMARY_MIN),
    ] {
        faults.text(pointer, value.as_deref().unwrap_or_default(), min, usize::MAX);
    }
    if let Some(mobile) = contact.mobile.as_deref().filter(|mobile| !mobile.trim().is_empty() && !is_phone(mobile)) {
        let said = say!("“{mobile}”不是手机或固定电话号码", "{mobile:?} is not a valid mobile or landline number");
        faults.add("/contact/mobile", FieldCode::Format, said);
    }
    if let Some(email) = contact.email.as_deref().filter(|email| !is_email(email)) {
        faults.add(
            "/contact/email",
            FieldCode::Format,
            say!("“{email}”不是邮箱地址", "{email:?} is no e-mail address"),
        );
    }
    if !form.statements.truthful {
        let said = say!("须承诺所填内容真实", "state that everything is true");
        faults.add("/statements/truthful", FieldCode::Required, said);
    }
    for fault in figures.faults(rules) {
        faults.push(FieldError {
            pointer: in_form(form, &fault.pointer),
            code: fault.code.to_owned(),
            say: fault.detail,
        });
    }
    for missing in missing_figures(rules, tier, figures, cx) {
        let name = &missing.name;
        let said = match missing.year {
            Some(year) => {
                Say::new(format!("缺少 {year} 年的“{}”", name.zh), format!("{} of {year} is missing", name.en))
            }
            None => Say::new(format!("缺少“{}”", name.zh), format!("{} is missing", name.en)),
        };
        faults.add(in_form(form, &missing.pointer), FieldCode::MissingFigure, said);
    }
}

/// Every evidence item the rules require has a file; `attached` are the items that have one.
pub fn check_evidence(rules: &RuleSet, tier: Tier, attached: &BTreeSet<String>, faults: &mut Faults) {
    let items = rules.tier(tier).map_or(&[][..], |rules| &rules.evidence);
    for item in items.iter().filter(|item| item.required && !attached.contains(&item.code)) {
        let name = &item.name;
        let said = Say::new(format!("缺少佐证材料“{}”", name.zh), format!("{} is not attached", name.en));
        faults.add(format!("/attachments/{}", item.code), FieldCode::Required, said);
    }
}

/// Only where the round asks for it, and only by who stands for the enterprise.
pub fn may_certify(asked: bool, verified_owner: bool) -> Result<(), Refusal> {
    if !asked {
        let said = say!("本批次无须签署", "this round asks for no signature");
        return Err(Refusal::new(Code::InvalidTransition, said));
    }
    if verified_owner { Ok(()) } else { Err(Refusal::plain(Code::NotCertifier)) }
}

/// The track is a section of its own.
fn in_form(form: &Form, pointer: &str) -> String {
    match pointer {
        "/track" if form.figures.track.is_none() => pointer.to_owned(),
        _ => format!("/figures{pointer}"),
    }
}

/// Mainland mobile (with or without +86) or landline with area code and perhaps an extension.
fn is_phone(text: &str) -> bool {
    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let bare = bare.strip_prefix("+86").unwrap_or(&bare);
    let digits = |range: std::ops::RangeInclusive<usize>| {
        range.contains(&bare.len()) && bare.bytes().all(|b| b.is_ascii_digit())
    };
    let second = bare.as_bytes().get(1).copied().unwrap_or_default();
    (bare.starts_with('1') && (b'3'..=b'9').contains(&second) && digits(11..=11))
        || (bare.starts_with('0') && digits(10..=18))
}

fn is_email(text: &str) -> bool {
    let mut parts = text.trim().rsplitn(2, '@');
    let (domain, local) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    !local.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !text.contains(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::programme::{Mode, laoshan_2026};
    use serde_json::json;

    fn found(form: serde_json::Value) -> Vec<(String, String)> {
        let form: Form = serde_json::from_value(form).unwrap();
        let mut figures = form.figures.clone();
        figures.track = form.track.clone().or(figures.track);
        let cx = EvalContext { base_year: 2026, as_of: "2026-06-01".parse().unwrap(), mode: Mode::First };
        let mut faults = Faults::default();
        check_complete(&form, &figures, laoshan_2026(), Tier::Ecosystem, cx, &mut faults);
        faults.done().err().map(|e| e.fields.into_iter().map(|f| (f.pointer, f.code)).collect()).unwrap_or_default()
    }

    #[test]
    fn an_empty_form_is_told_everything_at_once() {
        let faults = found(json!({}));
        let pointers: Vec<&str> = faults.iter().map(|(pointer, _)| pointer.as_str()).collect();
        for expected in
            ["/contact/name", "/contact/mobile", "/summary", "/statements/truthful", "/track", "/figures/partners"]
        {
            assert!(pointers.contains(&expected), "{expected} in {faults:?}");
        }
    }

    #[test]
    fn a_complete_form_has_no_fault_and_one_wrong_value_is_named() {
        let form = json!({
            "contact": {"name": "李伟", "mobile": "138 0000 0000", "email": "li@firm.example"},
            "summary": "为海洋装备企业提供太赫兹检测配套服务",
            "track": "terahertz",
            "figures": {"registered_in_laoshan": true, "legal_person": true, "partners": [
                {"name": "A", "library_member": true, "contract": true}, {"name": "B", "library_member": true, "contract": true}]},
            "statements": {"truthful": true, "data_consent": true},
        });
        assert_eq!(found(form.clone()), []);
        for (pointer, value, at, code) in [
            ("/contact/mobile", json!("12345"), "/contact/mobile", "format"),
            ("/contact/email", json!("nobody"), "/contact/email", "format"),
            ("/summary", json!("短"), "/summary", "too_short"),
            ("/track", json!("alchemy"), "/track", "unknown_track"),
            ("/statements/truthful", json!(false), "/statements/truthful", "required"),
        ] {
            let mut wrong = form.clone();
            *wrong.pointer_mut(pointer).unwrap() = value;
            assert_eq!(found(wrong), [(at.to_owned(), code.to_owned())], "{pointer}");
        }
    }

    #[test]
    fn required_evidence_is_asked_for_item_by_item() {
        let missing = |attached: &[&str]| {
            let mut faults = Faults::default();
            check_evidence(
                laoshan_2026(),
                Tier::Seed,
                &attached.iter().map(|s| (*s).to_owned()).collect(),
                &mut faults,
            );
            faults.done().err().map(|e| e.fields.into_iter().map(|f| f.pointer).collect::<Vec<_>>()).unwrap_or_default()
        };
        assert_eq!(missing(&[]), ["/attachments/F01", "/attachments/F02", "/attachments/F03"]);
        assert_eq!(missing(&["F01", "F03", "F06"]), ["/attachments/F02"]);
        assert!(missing(&["F01", "F02", "F03"]).is_empty());
    }

    #[test]
    fn telephone_numbers_are_known_in_their_usual_spellings() {
        for good in ["13800000000", "+86 138-0000-0000", "0532-88888888", "0532-88888888-102"] {
            assert!(is_phone(good), "{good}");
        }
        for bad in ["12800000000", "1380000000", "138000000000", "88888888", "phone", ""] {
            assert!(!is_phone(bad), "{bad}");
        }
    }
}
