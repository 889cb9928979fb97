//! One step for many applications: all of them, or none.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{preparation, review};
use crate::applications::model::{
    AcceptApplicationBody, ApplicationId, ApplicationReasonBody, BatchAction, BatchApplicationsBody, BatchResult,
    BatchView, OverrideApplicationBody, ReturnApplicationBody,
};
use crate::deliberation::service::feedback;
use crate::error::{AppError, Code, Faults, FieldCode, FieldError};
use crate::platform::batch;
use crate::platform::door::Cx;
use crate::platform::http::pointer;
use crate::platform::policy::Action;
use crate::platform::trail::{Changes, Event, Subject};
use crate::reviews::model::ReviewReasonBody;
use crate::reviews::service::reviewing;
use crate::say;
use crate::visits::model::PlanSiteVisitBody;
use crate::visits::service as visits;

/// The permission the single step asks for.
pub fn permission(action: Option<BatchAction>) -> Action {
    match action.unwrap_or(BatchAction::Acceptance) {
        BatchAction::Acceptance => Action::ApplicationAccept,
        BatchAction::Return => Action::ApplicationReturn,
        BatchAction::Rejection => Action::ApplicationReject,
        BatchAction::Proposal => Action::ApplicationPropose,
        BatchAction::NonSelection => Action::ApplicationNotSelect,
        BatchAction::Override => Action::ApplicationOverride,
        BatchAction::Voiding => Action::ApplicationVoid,
        BatchAction::Arbitration => Action::ArbiterCall,
        BatchAction::SiteVisit => Action::SiteVisitPlan,
        BatchAction::Feedback => Action::FeedbackUpdate,
        BatchAction::FeedbackSending => Action::FeedbackSend,
    }
}

enum Step {
    Accept(AcceptApplicationBody),
    Return(ReturnApplicationBody),
    Reject(ApplicationReasonBody),
    Propose(ApplicationReasonBody),
    PassOver(ApplicationReasonBody),
    Override(OverrideApplicationBody),
    Void(ApplicationReasonBody),
    Arbitrate(ReviewReasonBody),
    Visit(PlanSiteVisitBody),
    Feedback,
    SendFeedback,
}

impl Step {
    fn read(action: BatchAction, input: &Value) -> Result<Self, AppError> {
        Ok(match action {
            BatchAction::Acceptance => Step::Accept(read(input)?),
            BatchAction::Return => Step::Return(read(input)?),
            BatchAction::Rejection => Step::Reject(read(input)?),
            BatchAction::Proposal => Step::Propose(read(input)?),
            BatchAction::NonSelection => Step::PassOver(read(input)?),
            BatchAction::Override => Step::Override(read(input)?),
            BatchAction::Voiding => Step::Void(read(input)?),
            BatchAction::Arbitration => Step::Arbitrate(read(input)?),
            BatchAction::SiteVisit => Step::Visit(read(input)?),
            BatchAction::Feedback => Step::Feedback,
            BatchAction::FeedbackSending => Step::SendFeedback,
        })
    }

    fn take(&self, cx: &mut Cx, id: &ApplicationId) -> Result<(), AppError> {
        match self {
            Step::Accept(body) => review::accept(cx, id, body).map(drop),
            Step::Return(body) => review::give_back(cx, id, body).map(drop),
            Step::Reject(body) => review::reject(cx, id, body).map(drop),
            Step::Propose(body) => preparation::propose(cx, id, body).map(drop),
            Step::PassOver(body) => preparation::pass_over(cx, id, body).map(drop),
            Step::Override(body) => preparation::prepare_override(cx, id, body).map(drop),
            Step::Void(body) => preparation::prepare_voiding(cx, id, body).map(drop),
            Step::Arbitrate(body) => reviewing::call_arbiter(cx, id, &body.reason).map(drop),
            Step::Visit(body) => visits::plan(cx, id, body).map(drop),
            Step::Feedback => feedback::prepare(cx, id).map(drop),
            Step::SendFeedback => feedback::ask(cx, id).map(drop),
        }
    }
}

/// The step for all of them, or for none.
pub fn apply_batch(cx: &mut Cx, body: &BatchApplicationsBody) -> Result<BatchView, AppError> {
    let action = checked(body)?;
    let step = Step::read(action, &body.input)?;
    let (applied, tried) = batch::all_or_none(cx, &body.ids, body.dry_run, |cx, id| step.take(cx, id))?;
    if !applied {
        let me = cx.person()?.id.clone();
        let changes = Changes::default().set("batch", action).set("size", body.ids.len()).set("applied", false);
        cx.record(Event::on(Subject::new("user", me)).action("application.try_batch").changes(changes));
    }
    let result = |(id, refusal): (ApplicationId, Option<AppError>)| BatchResult {
        id,
        ok: refusal.is_none(),
        code: refusal.as_ref().map(|refusal| refusal.code.as_str().to_owned()),
        reason: refusal.as_ref().map(|refusal| batch::reason(cx, refusal)),
    };
    Ok(BatchView { applied, results: tried.into_iter().map(result).collect() })
}

fn checked(body: &BatchApplicationsBody) -> Result<BatchAction, AppError> {
    let mut faults = Faults::default();
    if body.action.is_none() {
        faults.plain("/action", FieldCode::Required);
    }
    batch::check_ids(&body.ids, &mut faults);
    faults.done()?;
    Ok(body.action.expect("a missing action was refused above"))
}

/// The input is the body of the single step; left out it is an empty one.
fn read<T: DeserializeOwned>(input: &Value) -> Result<T, AppError> {
    let empty = Value::Object(serde_json::Map::new());
    let input = if input.is_null() { &empty } else { input };
    serde_path_to_error::deserialize(input).map_err(|e| {
        let pointer = format!("/input{}", pointer(e.path()));
        let said = e.into_inner().to_string();
        let code = if said.starts_with("unknown ") { FieldCode::Unknown } else { FieldCode::WrongType };
        let field = FieldError { pointer, code: code.as_str().into(), say: say!("{said}", "{said}") };
        AppError { fields: vec![field], ..AppError::new(Code::MalformedJson) }
    })
}
