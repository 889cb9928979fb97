//! What may be done with a bank.

use crate::error::{Code, Refusal};
use crate::say;
use crate::talent_loans::model::{Bank, BankState};

pub fn may_suspend(bank: &Bank) -> Result<(), Refusal> {
    match bank.state {
        BankState::Filed => Ok(()),
        BankState::Suspended => {
            Err(Refusal::new(Code::InvalidTransition, say!("该银行已处于暂停状态", "the bank is suspended already")))
        }
    }
}

pub fn may_resume(bank: &Bank) -> Result<(), Refusal> {
    match bank.state {
        BankState::Suspended => Ok(()),
        BankState::Filed => {
            Err(Refusal::new(Code::InvalidTransition, say!("该银行未被暂停", "the bank is not suspended")))
        }
    }
}

/// Only new loans are barred: those on record have to go on being kept.
pub fn may_file_loans(bank: &Bank) -> Result<(), Refusal> {
    match bank.state {
        BankState::Filed => Ok(()),
        BankState::Suspended => Err(Refusal::plain(Code::BankSuspended)),
    }
}

/// 12 digits; spaces and hyphens are taken out. The number carries no published check digit.
pub fn read_cnaps_code(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    (digits.len() == 12 && digits.bytes().all(|b| b.is_ascii_digit())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cnaps_code_has_twelve_digits() {
        assert_eq!(read_cnaps_code("3134 5206 0150").as_deref(), Some("313452060150"));
        for text in ["", "31345206015", "3134520601500", "31345206015X", "３１３４５２０６０１５０"] {
            assert_eq!(read_cnaps_code(text), None, "{text}");
        }
    }
}
