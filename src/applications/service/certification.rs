//! The legal representative's account signs what is about to be handed in, when the round asks for it.

use sha2::{Digest, Sha256};

use super::{find_case, submission, view};
use crate::applications::db;
use crate::applications::model::{Application, ApplicationId, ApplicationView, Certification, CertificationView};
use crate::applications::rules::{self, Move};
use crate::attachments::db as files;
use crate::error::AppError;
use crate::platform::door::Cx;
use crate::platform::trail::{Changes, Event};

/// Signs form and files as they are; needs If-Match, so that nobody signs what they have not seen. Only what is complete is signed.
pub fn certify_application(cx: &mut Cx, id: &ApplicationId) -> Result<ApplicationView, AppError> {
    let case = find_case(cx, id)?;
    cx.expect_version(case.application.version)?;
    let me = cx.person()?.id.clone();
    case.may(Move::Edit)?;
    let verified_owner = db::is_verified_owner(cx.conn, &case.application.enterprise_id, &me)?;
    rules::may_certify(case.round.certification, verified_owner)?;
    submission::completed(cx, &case.application, &case.round)?;
    let mut application = case.application;
    let digest = digest_of(cx, &application)?;
    let row = Certification { id: cx.id(), application_id: id.clone(), digest, certified_by: me, certified_at: cx.now };
    db::insert_certification(cx.conn, &row)?;
    application.updated_at = cx.now;
    application.version += 1;
    db::update_application(cx.conn, &application)?;
    let changes = Changes::default().set("digest", format!("sha256:{}", row.digest));
    cx.record(Event::on(super::subject(id)).changes(changes));
    view::of(cx, application)
}

/// The last signature, and whether it still stands for what the application holds.
pub(super) fn certification_of(cx: &mut Cx, application: &Application) -> Result<Option<CertificationView>, AppError> {
    let Some((row, by)) = db::find_last_certification(cx.conn, &application.id)? else { return Ok(None) };
    let valid = digest_of(cx, application)? == row.digest;
    Ok(Some(CertificationView { by, at: row.certified_at, valid }))
}

/// Over the form as it is kept and the files by their ids.
fn digest_of(cx: &mut Cx, application: &Application) -> Result<String, AppError> {
    let mut hash = Sha256::new();
    hash.update(application.form.as_text());
    for file in files::list_of_application(cx.conn, &application.id)? {
        hash.update([0]);
        hash.update(file.id.as_str());
    }
    Ok(hex::encode(hash.finalize()))
}
