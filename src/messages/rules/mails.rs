use crate::error::{Code, Refusal};
use crate::platform::mail::MailState;
use crate::say;

/// Only a dead letter needs a person: what waits is tried by itself, and what was sent is not sent twice. One that no server would take
/// (`deliverable` is false) dies again.
pub fn may_retry(state: MailState, deliverable: bool) -> Result<(), Refusal> {
    let no = |said| Err(Refusal::new(Code::InvalidTransition, said));
    match state {
        MailState::Dead if deliverable => Ok(()),
        MailState::Dead => no(say!("收件地址不是有效的邮箱地址", "its address is no valid e-mail address")),
        MailState::Queued | MailState::Sent => {
            no(say!("只有投递失败的邮件可以重发", "only a dead letter can be sent again"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_dead_letters_that_can_be_delivered_are_sent_again() {
        for deliverable in [false, true] {
            let may: Vec<_> = MailState::ALL.iter().filter(|state| may_retry(**state, deliverable).is_ok()).collect();
            assert_eq!(may, if deliverable { vec![&MailState::Dead] } else { vec![] });
        }
    }
}
