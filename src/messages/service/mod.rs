pub mod inbox;
pub mod mailing;
pub mod mails;
pub mod reminding;
pub mod telling;
pub mod templates;

use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::text::Say;
use crate::platform::types::Stamp;
use crate::say;

/// What an operator should look at.
pub fn warnings(cx: &mut Cx) -> Result<Vec<Say>, AppError> {
    let mut found = Vec::new();
    let dead = mails::count_dead(cx)?;
    if dead > 0 {
        found.push(say!("有 {dead} 封邮件投递失败，等待处理", "{dead} dead letters wait for a person"));
    }
    let unused = cx.templates.problems().len();
    if unused > 0 {
        found.push(say!(
            "有 {unused} 个本地邮件模板无法使用，已改用内置文字",
            "{unused} files of local wording cannot be used; the built-in words stand in"
        ));
    }
    Ok(found)
}

/// Deletes messages that are older than `old`.
pub fn forget_old(cx: &mut Cx, old: Stamp) -> Result<(), AppError> {
    Ok(super::db::inbox::delete_old(cx.conn, old)?)
}
