//! The one error type, and the one table that says which status and words a code has.
//!
//! Answers are RFC 9457 `application/problem+json`, rendered once at the edge (`platform/edge.rs`) in the caller's language.
//! The text of an internal failure is logged there and never sent.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde::{Deserialize, Serialize};
use std::fmt;

use crate::platform::text::Say;
use crate::say;

macro_rules! codes {
    ($($variant:ident $name:literal $status:literal $zh:literal $en:literal;)*) => {
        /// Why a request was refused. The text form never changes; the words may.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code { $($variant),* }

        impl Code {
            pub const ALL: &'static [Code] = &[$(Code::$variant),*];
            pub fn as_str(self) -> &'static str { match self { $(Code::$variant => $name),* } }
            pub fn status(self) -> u16 { match self { $(Code::$variant => $status),* } }
            pub fn title(self) -> Say { match self { $(Code::$variant => Say::new($zh, $en)),* } }
        }
    };
}

codes! {
    MalformedJson        "malformed_json"         400 "请求内容不是有效的 JSON"       "the request body is not valid JSON of the expected shape";
    MalformedRequest     "malformed_request"      400 "请求格式不正确"               "the request is malformed";
    Unauthenticated      "unauthenticated"        401 "请先登录"                     "sign in first";
    InvalidCredentials   "invalid_credentials"    401 "邮箱或密码不正确"             "e-mail or password is wrong";
    SessionEnded         "session_ended"          401 "会话已结束，请重新登录"       "the session has ended, sign in again";
    PasswordChangeRequired "password_change_required" 403 "请先修改密码"             "change your password first";
    Forbidden            "forbidden"              403 "您的角色无权执行此操作"       "your role may not do this";
    NotFound             "not_found"              404 "未找到"                       "not found";
    MethodNotAllowed     "method_not_allowed"     405 "不支持此请求方法"             "this method is not supported here";
    NotAcceptable        "not_acceptable"         406 "无法提供所要求的格式"         "the requested format cannot be given";
    RequestTimeout       "request_timeout"        408 "请求超时"                     "the request took too long to arrive";
    InvalidTransition    "invalid_transition"     409 "当前状态不允许此操作"         "the current state does not allow this";
    AlreadyExists        "already_exists"         409 "记录已存在"                   "such a record exists already";
    DeadlinePassed       "deadline_passed"        409 "已过截止时间"                 "the deadline has passed";
    NotYetDue            "not_yet_due"            409 "尚未到可执行的时间"           "it is too early for this";
    TwoPersonRule        "two_person_rule"        409 "不能审批本人经办的事项"       "nobody decides what they prepared themselves";
    NotPreparer          "not_preparer"           409 "只有经办人本人可以撤回"       "only who prepared it may take it back";
    DecisionPending      "decision_pending"       409 "已有待审批的决定"             "a decision on this is still pending";
    DecisionRequired     "decision_required"      409 "需先完成审批"                 "this needs an approved decision first";
    ConflictOfInterest   "conflict_of_interest"   409 "存在利益冲突，须回避"         "a conflict of interest demands recusal";
    PanelInfeasible      "panel_infeasible"       409 "现有专家无法按规则组成专家组" "no panel of the available experts keeps the rules";
    ScoresMissing        "scores_missing"         409 "有效评分不足"                 "there are too few valid scores";
    DeclarationRequired  "declaration_required"   409 "请先作利益冲突声明"           "declare first whether you have a conflict of interest";
    MinutesRequired      "minutes_required"       409 "须先有会议纪要"                 "the minutes of the meeting come first";
    TieAtLine            "tie_at_line"            409 "名额线上有并列"                 "a tie lies on the line of the quota";
    ArbitrationNeeded    "arbitration_needed"     409 "评分差距过大，须先复评"       "the scores are too far apart, arbitration comes first";
    CertificationRequired "certification_required" 409 "须由法定代表人账户签署后提交" "the legal representative's account signs before it is handed in";
    NotCertifier         "not_certifier"          409 "仅经核验的企业所有者账户可以签署" "only a verified owner of the enterprise signs";
    OwnerUnverified      "owner_unverified"       409 "企业身份尚未核验"             "the enterprise's owner is not verified yet";
    LiveApplication      "live_application"       409 "本批次本通道已有有效申报"     "a live application exists in this round and lane";
    GateUnmet            "gate_unmet"             409 "准入条件未全部满足"           "the gate is not met";
    VetoHit              "veto_hit"               409 "触发一票否决"                 "a veto item is hit";
    QuotaExceeded        "quota_exceeded"         409 "已超出本批次该类别的名额"     "the round's quota of this tier is used up";
    ReturnLimit          "return_limit"           409 "补正次数已用完"               "no further return for correction is allowed";
    ApplicationsUndecided "applications_undecided" 409 "尚有申报未办结"              "some applications are still undecided";
    NothingProposed      "nothing_proposed"       409 "没有拟认定的申报"             "nothing is proposed";
    ObjectionOpen        "objection_open"         409 "尚有异议未处理完毕"           "an objection is still open";
    MembershipOverlap    "membership_overlap"     409 "同一通道已有在库资格"         "a membership of this lane exists already";
    ReentryBarred        "reentry_barred"         409 "撤销资格后的禁入期未满"         "the bar after a revocation is not over";
    RoleConflict         "role_conflict"          409 "三员角色互斥"                 "the three administrator roles exclude one another";
    LastAdministrator    "last_administrator"     409 "不能移除最后一名管理员"       "the last administrator cannot be removed";
    OwnAccount           "own_account"            409 "不能对本人账号执行此操作"     "nobody does this to their own account";
    CodeRejected         "code_rejected"          409 "验证码或链接无效或已过期"     "the code or link is wrong or has expired";
    RuleSetPublished     "rule_set_published"     409 "已发布的规则版本不可更改"     "a published rule set version never changes";
    ChangePending        "change_pending"         409 "已有待答复的变更申请"         "a change request still waits for its answer";
    OwnSide              "own_side"               409 "须由另一方答复"               "the other side has to answer this";
    ItemsOpen            "items_open"             409 "尚有事项未销号"               "some items are still open";
    EvidenceMissing      "evidence_missing"       409 "缺少办结证明文件"             "the papers that prove it are missing";
    NotConfirmed         "not_confirmed"          409 "企业尚未确认"                 "the enterprise has not confirmed it yet";
    ExtensionUsed        "extension_used"         409 "延期次数已用完"               "no further extension is possible";
    BudgetExceeded       "budget_exceeded"        409 "超出预算项额度"               "this is more than the budget line holds";
    SchemePublished      "scheme_published"       409 "已发布的人才贷方案不可更改"   "a published loan scheme never changes";
    BankSuspended        "bank_suspended"         409 "该银行已被暂停合作"           "the bank is suspended";
    LedgerRefused        "ledger_refused"         409 "与贷款台账不符"               "the loan's ledger does not allow this";
    PoolShort            "pool_short"             409 "风险池可用余额不足"           "the risk pool does not hold enough for this";
    BudgetShort          "budget_short"           409 "年度贴息预算不足"             "the yearly subsidy budget does not hold enough for this";
    YearCapReached       "year_cap_reached"       409 "已达企业年度贴息上限"         "the enterprise's yearly cap is reached";
    AlreadyClaimed       "already_claimed"        409 "该贷款本期已申请贴息"         "this loan has been claimed for in this period";
    GreenThreshold       "green_threshold"        409 "未通过绿色门槛自查"           "the green threshold is not met";
    PeriodClosed         "period_closed"          409 "该期间已结账"                 "this period is closed";
    DifferencesOpen      "differences_open"       409 "尚有未处理的对账差异"         "some differences are not explained";
    VoucherUsed          "voucher_used"           409 "此凭证号已入账"               "this voucher number has been booked already";
    TriggerUnmet         "trigger_unmet"          409 "未满足风险补偿触发条件"       "the conditions for compensation are not met";
    StaleVersion         "stale_version"          412 "记录已被他人修改"             "the record was changed by somebody else";
    BodyTooLarge         "body_too_large"         413 "请求内容过大"                 "the request body is too large";
    UnsupportedMediaType "unsupported_media_type" 415 "不支持的内容类型"             "this content type is not supported";
    FileType             "file_type"              415 "不接受的文件类型"             "this type of file is not taken";
    FileInfected         "file_infected"          422 "文件含有病毒"                 "the file is infected";
    InvalidFields        "invalid_fields"         422 "部分内容未通过校验"           "some values were not accepted";
    IdempotencyKeyReused "idempotency_key_reused" 422 "幂等键已用于另一请求"         "the Idempotency-Key was used for a different request";
    ImportRejected       "import_rejected"        422 "文件中有不合格的行，未写入"   "the file has rejected rows; nothing was written";
    PreconditionRequired "precondition_required"  428 "请提供 If-Match 版本"         "send If-Match with the version you edited";
    TooManyRequests      "too_many_requests"      429 "请求过于频繁，请稍后再试"     "too many requests, try again later";
    Internal             "internal"               500 "系统内部错误"                 "internal error";
    Busy                 "busy"                   503 "系统繁忙，请稍后再试"         "the system is busy, try again shortly";
}

macro_rules! field_codes {
    ($($variant:ident $name:literal $zh:literal $en:literal;)*) => {
        /// What is wrong with one value of a request.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum FieldCode { $($variant),* }

        impl FieldCode {
            pub const ALL: &'static [FieldCode] = &[$(FieldCode::$variant),*];
            pub fn as_str(self) -> &'static str { match self { $(FieldCode::$variant => $name),* } }
            pub fn title(self) -> Say { match self { $(FieldCode::$variant => Say::new($zh, $en)),* } }
        }
    };
}

field_codes! {
    Required      "required"        "必填"                     "please fill this in";
    TooShort      "too_short"       "内容过短"                 "is too short";
    TooLong       "too_long"        "内容过长"                 "is too long";
    OutOfRange    "out_of_range"    "超出允许范围"             "is out of range";
    Format        "format"          "格式不正确"               "has the wrong form";
    Unknown       "unknown"         "不认识的字段或取值"       "is not known here";
    WrongType     "wrong_type"      "数据类型不正确"           "has the wrong type";
    CheckDigit    "check_digit"     "校验位不正确"             "fails its check digit";
    Duplicate     "duplicate"       "重复"                     "appears more than once";
    DateOrder     "date_order"      "日期先后顺序不正确"       "dates are in the wrong order";
    InTheFuture   "in_the_future"   "不能晚于今天"             "lies in the future";
    NotExisting   "not_existing"    "引用的记录不存在"         "refers to nothing that exists";
    WeakPassword  "weak_password"   "密码强度不足"             "is too weak a password";
    Mismatch      "mismatch"        "不正确"                   "is not the right one";
    ReusedPassword "reused_password" "不能使用近期用过的密码"   "was used recently";
    MissingFigure "missing_figure"  "缺少必需的指标"           "is a required figure that is missing";
    NotAllowed    "not_allowed"     "此处不允许"               "is not allowed here";
    NotQualified  "not_qualified"   "人才资格不符合要求"       "does not qualify as a talent of the scheme";
    NotLinked     "not_linked"      "人才与借款企业无有效关联" "is not linked to the borrower";
    AboveCeiling  "above_ceiling"   "超过利率上限"             "is above the ceiling";
    NoLpr         "no_lpr"          "缺少当日适用的贷款市场报价利率" "has no loan prime rate on record";
    InvalidRule   "invalid_rule"    "规则文本有误"             "is wrong in the text of the rule set";
    InvalidYear   "invalid_year"    "不是年份"                 "is no year";
    UnknownIndicator "unknown_indicator" "没有此指标"          "is no indicator";
    UnknownTrack  "unknown_track"   "没有此赛道"               "is no track of the rule set";
    UnknownVeto   "unknown_veto"    "没有此否决事项"           "is no veto of the rule set";
    UnknownChoice "unknown_choice"  "没有此选项"               "is no alternative of the rule set";
    ClosedUnit    "closed_unit"     "责任单位已停用"           "is a unit that is closed";
    OutsideYear   "outside_year"    "日期不在计划年度内"       "lies outside the plan's year";
    DatesReversed "dates_reversed"  "有效期先后顺序不正确"     "ends before it begins";
}

/// One wrong value: where it is (RFC 6901 pointer into the body, or the parameter's name), what is wrong, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    pub pointer: String,
    pub code: String,
    pub say: Say,
}

/// Collects every fault of a request before anything is refused: a person corrects a form once, not nine times.
#[derive(Debug, Default)]
pub struct Faults(Vec<FieldError>);

impl Faults {
    pub fn add(&mut self, pointer: impl Into<String>, code: FieldCode, say: Say) {
        self.0.push(FieldError { pointer: pointer.into(), code: code.as_str().to_owned(), say });
    }

    /// A fault in the code's own words.
    pub fn plain(&mut self, pointer: impl Into<String>, code: FieldCode) {
        self.add(pointer, code, code.title());
    }

    pub fn push(&mut self, fault: FieldError) {
        self.0.push(fault);
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Text that must be there and fit: counted in characters, after trimming.
    pub fn text(&mut self, pointer: &str, value: &str, min: usize, max: usize) {
        let n = value.trim().chars().count();
        if n == 0 && min > 0 {
            self.plain(pointer, FieldCode::Required);
        } else if n < min {
            self.add(pointer, FieldCode::TooShort, say!("至少 {min} 个字符", "needs at least {min} characters"));
        } else if n > max {
            self.add(pointer, FieldCode::TooLong, say!("最多 {max} 个字符", "takes at most {max} characters"));
        }
    }

    pub fn range(&mut self, pointer: &str, value: i64, min: i64, max: i64) {
        if value < min || value > max {
            self.add(
                pointer,
                FieldCode::OutOfRange,
                say!("应在 {min} 与 {max} 之间", "must lie between {min} and {max}"),
            );
        }
    }

    pub fn done(self) -> Result<(), AppError> {
        if self.0.is_empty() { Ok(()) } else { Err(AppError { fields: self.0, ..AppError::new(Code::InvalidFields) }) }
    }
}

/// A rule's "no": which code, and why in this case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: Code,
    pub say: Say,
}

impl Refusal {
    pub fn new(code: Code, say: Say) -> Self {
        Self { code, say }
    }
    /// A refusal in the code's own words.
    pub fn plain(code: Code) -> Self {
        Self { code, say: code.title() }
    }
}

#[derive(Debug, Clone)]
pub struct AppError {
    pub code: Code,
    pub detail: Option<Say>,
    pub fields: Vec<FieldError>,
    /// Further members of the problem answer (RFC 9457 extension members), already fit to be seen by the caller.
    pub extra: Option<serde_json::Map<String, serde_json::Value>>,
    pub retry_after: Option<u32>,
    /// What went wrong inside, for the log only.
    pub cause: Option<String>,
    /// The transaction lost a race and may simply be run again (the door does).
    pub(crate) retry: bool,
}

impl AppError {
    pub fn new(code: Code) -> Self {
        Self { code, detail: None, fields: Vec::new(), extra: None, retry_after: None, cause: None, retry: false }
    }

    pub fn with(code: Code, say: Say) -> Self {
        Self { detail: Some(say), ..Self::new(code) }
    }

    pub fn internal(cause: impl fmt::Display) -> Self {
        Self { cause: Some(cause.to_string()), ..Self::new(Code::Internal) }
    }

    pub fn busy(cause: impl fmt::Display) -> Self {
        Self { cause: Some(cause.to_string()), retry_after: Some(1), ..Self::new(Code::Busy) }
    }

    /// Whether it is an answer to the caller, not a failure of ours that ends the transaction.
    pub fn is_refusal(&self) -> bool {
        !self.retry && self.code.status() < 500
    }

    pub fn not_found() -> Self {
        Self::new(Code::NotFound)
    }

    pub fn field(pointer: &str, code: FieldCode, say: Say) -> Self {
        let mut faults = Faults::default();
        faults.add(pointer, code, say);
        Self { fields: faults.0, ..Self::new(Code::InvalidFields) }
    }

    pub fn member(mut self, name: &str, value: impl Serialize) -> Self {
        let value = serde_json::to_value(value).unwrap_or_default();
        self.extra.get_or_insert_default().insert(name.to_owned(), value);
        self
    }
}

impl From<Refusal> for AppError {
    fn from(r: Refusal) -> Self {
        AppError::with(r.code, r.say)
    }
}

impl From<diesel::result::Error> for AppError {
    fn from(e: diesel::result::Error) -> Self {
        use diesel::result::{DatabaseErrorKind as Kind, Error};
        match e {
            Error::NotFound => AppError::not_found(),
            Error::DatabaseError(Kind::SerializationFailure, _) => {
                AppError { retry: true, ..AppError::busy("serialization failure") }
            }
            // SQLite names no constraint, so no code may depend on which one it was: services look before they insert.
            Error::DatabaseError(Kind::UniqueViolation, info) => {
                AppError { cause: Some(info.message().to_owned()), ..AppError::new(Code::AlreadyExists) }
            }
            // PostgreSQL reports a deadlock and SQLite a lock as "unknown": only the text tells.
            Error::DatabaseError(_, ref info)
                if info.message().contains("deadlock detected") || info.message().contains("could not serialize") =>
            {
                AppError { retry: true, ..AppError::busy(e) }
            }
            Error::DatabaseError(_, ref info)
                if info.message().contains("database is locked")
                    || info.message().contains("database table is locked") =>
            {
                AppError { retry: true, ..AppError::busy(e) }
            }
            Error::DatabaseError(Kind::ClosedConnection | Kind::UnableToSendCommand, _) => AppError::busy(e),
            other => AppError::internal(other),
        }
    }
}

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code.as_str())?;
        if let Some(detail) = &self.detail {
            write!(f, ": {}", detail.en)?;
        }
        for e in &self.fields {
            write!(f, "; {} {} ({})", e.pointer, e.code, e.say.en)?;
        }
        if let Some(cause) = &self.cause {
            write!(f, " [{cause}]")?;
        }
        Ok(())
    }
}

impl std::error::Error for AppError {}

impl ResponseError for AppError {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.code.status()).expect("statuses of the table are valid")
    }
    /// Bare on purpose: the edge has the language and the request id, and turns the attached error into the answer.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// The shape of every refusal (RFC 9457).
#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Problem {
    /// `/problems/<code>`
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// Stable, language-independent.
    pub code: String,
    pub request_id: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<ProblemField>,
}

#[derive(Debug, Serialize, Deserialize, utoipa::ToSchema)]
pub struct ProblemField {
    /// RFC 6901 pointer into the body, or the name of the parameter; for the text of a rule set the path in it, for example
    /// `tiers.seed.gate.all[1]`.
    pub pointer: String,
    pub code: String,
    pub detail: String,
}

/// `docs/problems.md`.
pub fn markdown() -> String {
    let mut out = String::from(
        "# Problems\n\nGenerated by `laoshan docs problems` from `src/error.rs`; a test fails when this page is stale.\n\n\
         Every refusal is `application/problem+json` (RFC 9457) with `type` `/problems/<code>`. Codes never change; words may.\n\n\
         | status | code | 中文 | English |\n|---|---|---|---|\n",
    );
    for code in Code::ALL {
        let title = code.title();
        out += &format!("| {} | `{}` | {} | {} |\n", code.status(), code.as_str(), title.zh, title.en);
    }
    out += "\n## Codes of single values\n\nMembers of `errors` in a 400 or 422 answer.\n\n| code | 中文 | English |\n|---|---|---|\n";
    for code in FieldCode::ALL {
        let title = code.title();
        out += &format!("| `{}` | {} | {} |\n", code.as_str(), title.zh, title.en);
    }
    out
}
