//! Why a ledger cannot be.

use chrono::NaiveDate;

use crate::error::{Code, Refusal};
use crate::platform::money::yuan_text;
use crate::platform::text::Say;
use crate::say;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerFault {
    BeforeSigning { signed_on: NaiveDate },
    AfterMaturity { due_on: NaiveDate },
    BeyondPrincipal { left_fen: i64 },
    BeyondBalance { balance_fen: i64 },
    NothingOwed,
    AlreadyOverdue { since: NaiveDate },
    NotOverdue,
    NoExtension { due_on: NaiveDate },
}

impl LedgerFault {
    fn say(self) -> Say {
        match self {
            Self::BeforeSigning { signed_on } => {
                say!("早于签约日 {signed_on}", "lies before the day of signing, {signed_on}")
            }
            Self::AfterMaturity { due_on } => {
                say!("到期日 {due_on} 起不能再提款", "nothing is drawn from maturity on, {due_on}")
            }
            Self::BeyondPrincipal { left_fen } => {
                let left = yuan_text(left_fen);
                say!("超过可提款额，剩余 {left} 元", "is more than may be drawn: {left} yuan are left")
            }
            Self::BeyondBalance { balance_fen } => {
                let balance = yuan_text(balance_fen);
                say!("超过当日贷款余额 {balance} 元", "is more than the balance of that day, {balance} yuan")
            }
            Self::NothingOwed => say!("当日无贷款余额", "nothing is owed on that day"),
            Self::AlreadyOverdue { since } => {
                say!("自 {since} 起已处于逾期状态", "the loan is overdue since {since} already")
            }
            Self::NotOverdue => say!("当日未处于逾期状态", "the loan is not overdue on that day"),
            Self::NoExtension { due_on } => {
                say!("展期后的到期日须晚于 {due_on}", "an extension ends after the maturity in force, {due_on}")
            }
        }
    }
}

/// The entry that cannot be, as the ledger would then stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Conflict {
    pub seq: i64,
    pub on: NaiveDate,
    pub fault: LedgerFault,
}

impl From<Conflict> for Refusal {
    fn from(conflict: Conflict) -> Self {
        let Conflict { seq, on, fault } = conflict;
        let Say { zh, en } = fault.say();
        Refusal::new(Code::LedgerRefused, say!("第 {seq} 笔记录（{on}）：{zh}", "entry {seq} of {on}: {en}"))
    }
}
