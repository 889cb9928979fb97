use crate::error::{AppError, Faults, FieldCode};
use crate::messages::model::notices::Notice;
use crate::messages::model::templates::{
    MailTemplateList, MailTemplatePreview, MailTemplateView, PreviewMailTemplateBody, WordingProblem,
};
use crate::platform::door::Cx;
use crate::platform::mail::LETTERS;
use crate::platform::text::{Lang, Say};
use crate::say;

/// The longest wording that is tried, in characters.
const LONGEST: usize = 50_000;

pub fn list_mail_templates(cx: &mut Cx) -> Result<MailTemplateList, AppError> {
    let (replaced, lang) = (cx.templates.replaced(), cx.lang);
    let of = |name: &str| -> Vec<String> {
        let is_its = |file: &&String| file.split(['/', '.']).nth(1) == Some(name);
        replaced.iter().filter(is_its).cloned().collect()
    };
    let view = |letter: &crate::platform::mail::Letter| MailTemplateView {
        name: letter.name.to_owned(),
        title: title(letter.name).in_lang(lang).to_owned(),
        values: letter.vars.iter().map(|var| (*var).to_owned()).collect(),
        replaced_by: of(letter.name),
    };
    let items = LETTERS.iter().map(view).collect();
    let problem = |p: &crate::platform::mail::Problem| WordingProblem {
        file: p.file.clone(),
        detail: p.words.in_lang(lang).to_owned(),
    };
    Ok(MailTemplateList { items, problems: cx.templates.problems().iter().map(problem).collect() })
}

/// A notice is called as where people choose how it reaches them; the other letters have no such place.
fn title(name: &str) -> Say {
    match name {
        "account_exists" => say!("该邮箱已有账户", "account exists already"),
        "account_locked" => say!("账户已锁定", "account locked"),
        "confirm_email" => say!("确认邮箱", "confirmation of the address"),
        "invitation" => say!("邀请使用系统", "invitation of a colleague"),
        "password_changed" => say!("密码已修改", "password changed"),
        "password_reset" => say!("重设密码", "password reset"),
        "digest" => say!("每日消息汇总", "daily digest"),
        name => name.parse::<Notice>().map_or_else(|_| Say::new(name, name), Notice::label),
    }
}

pub fn preview_mail_template(
    cx: &mut Cx,
    name: &str,
    body: &PreviewMailTemplateBody,
) -> Result<MailTemplatePreview, AppError> {
    let letter = LETTERS.iter().find(|letter| letter.name == name).ok_or_else(AppError::not_found)?;
    let mut faults = Faults::default();
    for (pointer, wording) in [("/text", &body.text), ("/html", &body.html)] {
        faults.text(pointer, wording.as_deref().unwrap_or_default(), 0, LONGEST);
    }
    faults.done()?;
    let lang: Lang = body.lang.unwrap_or(cx.lang);
    let filled = cx.templates.preview(letter, lang, body.text.as_deref(), body.html.as_deref()).map_err(|fault| {
        let pointer = if fault.html { "/html" } else { "/text" };
        let Say { zh, en } = fault.words;
        AppError::field(pointer, FieldCode::Format, say!("模板无法使用：{zh}", "cannot be used: {en}"))
    })?;
    Ok(MailTemplatePreview { subject: filled.subject, text: filled.text, html: filled.html })
}
