use actix_web::web::{Data, Path};
use actix_web::{get, post};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_actix_web::service_config::ServiceConfig;

use crate::app::App;
use crate::platform::actor::Caller;
use crate::platform::http::{Answer, reply};
use crate::platform::keys::KeyId;
use crate::platform::policy::Action;
use crate::platform::trail::{Event, Subject};
use crate::platform::worker::{self, JobRow, JobView};

pub fn routes(cfg: &mut ServiceConfig) {
    cfg.service(list_jobs).service(run_job).service(view_configuration).service(rotate_key);
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct JobList {
    pub items: Vec<JobView>,
}

/// The jobs that run by the clock: what each does, when next, how the last run went, and why it does not run just now. A dozen rows,
/// so not paged.
#[utoipa::path(tag = "operations", responses((status = 200, body = JobList)))]
#[get("/jobs")]
async fn list_jobs(app: Data<App>, caller: Caller) -> Answer {
    let list = crate::jobs::all(&app);
    let items = app.look(&caller, Action::JobList, move |cx| worker::view_jobs(cx, &list)).await?;
    Ok(reply::ok(&JobList { items }))
}

/// Makes a job due now; the worker's next look runs it.
#[utoipa::path(tag = "operations", responses((status = 200, body = JobRow)))]
#[post("/jobs/{name}/runs")]
async fn run_job(app: Data<App>, caller: Caller, name: Path<String>) -> Answer {
    let view = app
        .act(&caller, Action::JobRun, move |cx| {
            let row = worker::request_run(cx, &name)?;
            cx.record(Event::on(Subject::new("job", &*name)));
            Ok(row)
        })
        .await?;
    Ok(reply::ok(&view))
}

/// The configuration in force, secrets masked.
#[utoipa::path(tag = "operations", responses((status = 200, body = serde_json::Value)))]
#[get("/configuration")]
async fn view_configuration(app: Data<App>, caller: Caller) -> Answer {
    let shown = app.config.masked();
    let view = app.look(&caller, Action::ConfigView, move |_cx| Ok(shown.clone())).await?;
    Ok(reply::ok(&view))
}

#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct KeyRotationView {
    /// The key that signs from now on; the older ones verify until the tokens they signed have run out.
    pub key_id: KeyId,
}

/// Makes a new signing key at once, for example after a suspected leak.
#[utoipa::path(tag = "operations", responses((status = 200, body = KeyRotationView)))]
#[post("/key-rotations")]
async fn rotate_key(app: Data<App>, caller: Caller) -> Answer {
    let keys = app.keys.clone();
    let key_id = app.act(&caller, Action::KeyRotate, move |cx| keys.make_signing_key(cx)).await?;
    // The ring in memory follows the commit, never a transaction that may still fail.
    let keys = app.keys.clone();
    app.door.system("keys.load", move |cx| keys.load(cx)).await?;
    Ok(reply::ok(&KeyRotationView { key_id }))
}
