use crate::error::{Code, Refusal};
use crate::platform::mail::MailState;
use crate::say;

/// Only a dead letter needs a person: what waits is tried by itself, and what was sent is not sent twice.
pub fn may_retry(state: MailState) -> Result<(), Refusal> {
    match state {
        MailState::Dead => Ok(()),
        MailState::Queued | MailState::Sent => Err(Refusal::new(
            Code::InvalidTransition,
            say!("只有投递失败的邮件可以重发", "only a dead letter can be sent again"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dead_letters_are_sent_again() {
        let may: Vec<_> = MailState::ALL.iter().filter(|state| may_retry(**state).is_ok()).collect();
        assert_eq!(may, [&MailState::Dead]);
    }
}
