//! The letters there are, and what each may speak about.

use serde_json::{Value, json};

use crate::platform::text::Lang;

/// A letter: `config/mail/<lang>/<name>.txt` in both languages, built into the binary.
#[derive(Debug, Clone, Copy)]
pub struct Letter {
    pub name: &'static str,
    /// The values it is given. A wording that wants another is refused.
    pub vars: &'static [&'static str],
    /// In the order of [`Lang::ALL`].
    texts: [&'static str; 2],
}

impl Letter {
    pub fn built_in(&self, lang: Lang) -> &'static str {
        let at = Lang::ALL.iter().position(|l| *l == lang).expect("every language is in the list of all languages");
        self.texts[at]
    }
}

/// What every notice may speak about; empty where there is nothing to say.
const OF_NOTICES: &[&str] = &["name", "site", "link", "enterprise", "title", "reason", "state", "due_on", "days"];

macro_rules! letter {
    ($name:ident, $vars:expr) => {
        Letter {
            name: stringify!($name),
            vars: $vars,
            texts: [
                include_str!(concat!("../../../../config/mail/zh-CN/", stringify!($name), ".txt")),
                include_str!(concat!("../../../../config/mail/en/", stringify!($name), ".txt")),
            ],
        }
    };
}

macro_rules! letters {
    ($($name:ident [$($var:ident)*])* ; notices: $($notice:ident)*) => {
        pub const LETTERS: &[Letter] =
            &[$(letter!($name, &[$(stringify!($var)),*]),)* $(letter!($notice, OF_NOTICES)),*];
    };
}

letters! {
    account_exists   [name site]
    account_locked   [name site minutes]
    confirm_email    [site credit_code code minutes]
    invitation       [name site code days]
    password_changed [name site]
    password_reset   [name site code minutes]
    digest           [name site link count lines more]
    ; notices:
    application_received
    application_arrived
    application_accepted
    application_returned
    application_rejected
    application_withdrawn
    application_not_selected
    application_in_publicity
    application_objected
    application_recognised
    application_denied
    application_voided
    round_opened
    round_extended
    round_closed
    round_cancelled
    round_invitation
    site_visit_planned
    site_visit_cancelled
    site_visit_concluded
    site_visit_disputed
    feedback_sent
    decision_waiting
    decision_approved
    decision_refused
    objection_filed
    claim_waiting
    claim_approved
    claim_refused
    review_assigned
    support_item_raised
    support_item_assigned
    support_item_answered
    support_item_returned
    support_item_done
    support_item_reopened
    support_item_closed
    support_item_yellow
    support_item_red
    support_plan_consulted
    subsidy_filed
    subsidy_confirmed
    subsidy_returned
    subsidy_rejected
    subsidy_approved
    subsidy_paid
    subsidy_payment_failed
    claw_back_demanded
    compensation_filed
    compensation_returned
    compensation_admitted
    compensation_refused
    compensation_paid
    bank_suspended
    membership_watched
    membership_suspended
    membership_reviewed
    membership_ended
    membership_expiring
    recheck_passed
    major_change_reported
    major_change_resolved
    annual_update_opened
    annual_update_submitted
    annual_update_questioned
    annual_update_verified
    annual_update_due
    annual_update_overdue
    draft_due
    return_due
    review_due
    review_overdue
    publicity_ended
    objection_due
    objection_overdue
    support_item_due
    subsidy_draft_due
    subsidy_due
    subsidy_overdue
    compensation_due
    compensation_overdue
}

pub fn find(name: &str) -> Option<&'static Letter> {
    LETTERS.iter().find(|letter| letter.name == name)
}

/// What a value may look like, for previews and for proving that every wording can be filled in.
pub fn sample(var: &str, lang: Lang) -> Option<Value> {
    let say = |zh: &str, en: &str| Some(Value::from(if lang == Lang::Zh { zh } else { en }));
    match var {
        "name" => say("韩梅梅", "Han Meimei"),
        "site" => Some("https://laoshan.example".into()),
        "minutes" => Some(30.into()),
        "days" => Some(7.into()),
        "code" => Some("12345678".into()),
        "link" => Some("https://laoshan.example/messages".into()),
        "enterprise" => say("崂山量子科技有限公司", "Laoshan Quantum Technology Co., Ltd."),
        "title" => say("2026 年度筛选", "Annual screening 2026"),
        "reason" => say("请补充审计报告", "please add the audit report"),
        "state" => Some("expired".into()),
        "due_on" => Some("2026-05-20".into()),
        "count" => Some(3.into()),
        "more" => Some(1.into()),
        "lines" => {
            let title = sample("title", lang)?;
            Some(json!([{ "title": title, "due_on": "2026-05-20" }, { "title": title, "due_on": null }]))
        }
        "credit_code" => Some("91370212MA3CABCD12".into()),
        _ => None,
    }
}

/// All values of a letter.
pub fn samples(letter: &Letter, lang: Lang) -> Value {
    let mut values = json!({});
    for var in letter.vars {
        values[*var] = sample(var, lang).unwrap_or(Value::Null);
    }
    values
}
