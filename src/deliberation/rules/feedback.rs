//! What those who were not selected are told: assembled from what was confirmed, before a person reads it over.

use crate::applications::model::ApplicationState;
use crate::error::{Code, Refusal};
use crate::platform::text::Say;
use crate::rounds::model::RoundState;
use crate::say;

/// A dimension of a frozen result.
#[derive(Debug, Clone)]
pub struct Appraisal {
    pub name: Say,
    /// Hundredths.
    pub marks: i64,
    pub full: i64,
    pub floor: i64,
    /// What experts wrote as their reasons; never who.
    pub reasons: Vec<String>,
}

/// The frozen result of an application that experts scored.
#[derive(Debug, Clone)]
pub struct Appraised {
    pub total: i64,
    pub pass: i64,
    pub appraisals: Vec<Appraisal>,
    pub comments: Vec<String>,
}

/// The draft of the feedback, in both languages; reasons stand in the language they were written in.
pub fn draft(round: &str, tier: &Say, reason: &str, result: Option<&Appraised>) -> Say {
    let mut zh = vec![format!("贵单位在“{round}”中申报{}，本次未入选。原因：{}", tier.zh, reason.trim())];
    let mut en =
        vec![format!("Your application for {} in {round} was not selected. Reason: {}", tier.en, reason.trim())];
    if let Some(result) = result {
        let (total, pass) = (marks(result.total), marks(result.pass));
        zh.push(format!("专家评审总分 {total} 分（合格线 {pass} 分）。各维度如下："));
        en.push(format!("The experts' total is {total} (the pass mark is {pass}). By dimension:"));
        for appraisal in &result.appraisals {
            let (got, full) = (marks(appraisal.marks), marks(appraisal.full));
            let below = appraisal.marks < appraisal.floor;
            let floor = marks(appraisal.floor);
            let (zh_note, en_note) = if below {
                (format!("，低于下限 {floor} 分"), format!(", below the floor of {floor}"))
            } else {
                (String::new(), String::new())
            };
            zh.push(format!("{}：{got} / {full} 分{zh_note}", appraisal.name.zh));
            en.push(format!("{}: {got} of {full}{en_note}", appraisal.name.en));
            for reason in once(&appraisal.reasons) {
                zh.push(format!("  · {reason}"));
                en.push(format!("  · {reason}"));
            }
        }
        for comment in once(&result.comments) {
            zh.push(format!("总体意见：{comment}"));
            en.push(format!("Overall: {comment}"));
        }
    }
    Say::new(zh.join("\n"), en.join("\n"))
}

/// What several wrote in the same words is said once.
fn once(texts: &[String]) -> Vec<&str> {
    let mut said: Vec<&str> = Vec::new();
    for text in texts.iter().map(|text| text.trim()) {
        if !said.contains(&text) {
            said.push(text);
        }
    }
    said
}

/// 8340 = 83.40
fn marks(hundredths: i64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

/// Feedback goes to those who were not selected.
pub fn may_draft(state: ApplicationState) -> Result<(), Refusal> {
    if state == ApplicationState::NotSelected {
        return Ok(());
    }
    let said = say!("仅向未入选的申报单位反馈", "feedback goes to those who were not selected");
    Err(Refusal::new(Code::InvalidTransition, said))
}

/// Feedback goes out when the list is public at the earliest: before, the outcome may still change.
pub fn is_early(state: RoundState) -> bool {
    !matches!(state, RoundState::Publicity | RoundState::Concluded | RoundState::Archived)
}

/// Why it is too early, in words.
pub fn early() -> Say {
    say!("公示开始后才能发送反馈", "feedback goes out once the publicity has begun")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_draft_says_what_was_reached_and_why_but_not_by_whom() {
        let appraisal = |name: &str, marks, reasons: &[&str]| Appraisal {
            name: Say::new(name, name),
            marks,
            full: 3_500,
            floor: 2_100,
            reasons: reasons.iter().map(|r| (*r).to_owned()).collect(),
        };
        let result = Appraised {
            total: 6_705,
            pass: 7_000,
            appraisals: vec![
                appraisal("技术", 2_050, &[" patents are pending ", "patents are pending"]),
                appraisal("团队", 2_100, &[]),
            ],
            comments: vec!["promising".into()],
        };
        let said = draft("2026 年度筛选", &Say::new("种子企业", "seed"), "名额有限", Some(&result));
        assert_eq!(
            said.en,
            "Your application for seed in 2026 年度筛选 was not selected. Reason: 名额有限\nThe experts' total is 67.05 (the pass mark is 70.00). By dimension:\n\
             技术: 20.50 of 35.00, below the floor of 21.00\n  · patents are pending\n团队: 21.00 of 35.00\nOverall: promising"
        );
        assert!(said.zh.contains("总分 67.05 分") && said.zh.contains("低于下限 21.00 分"));
        let short = draft("r", &Say::new("种子企业", "seed"), "x", None);
        assert_eq!(short.zh, "贵单位在“r”中申报种子企业，本次未入选。原因：x");
    }

    #[test]
    fn nothing_goes_out_before_the_publicity() {
        let early: Vec<_> = RoundState::ALL.iter().filter(|state| !is_early(**state)).collect();
        assert_eq!(early, [&RoundState::Publicity, &RoundState::Concluded, &RoundState::Archived]);
    }
}
