//! Numbers of identity documents: read, checked, masked. Personal: never in logs, messages or URLs.

use chrono::NaiveDate;

use crate::enterprises::rules::identifiers::ResidentId;
use crate::error::FieldCode;
use crate::platform::text::Say;
use crate::platform::width::half_width;
use crate::say;
use crate::talent_loans::model::IdDocument;

/// A number in its one spelling, so that equal persons have equal numbers.
#[derive(Clone, PartialEq, Eq)]
pub struct IdNumber {
    pub document: IdDocument,
    text: String,
}

impl IdNumber {
    /// `today` is the business day: nobody is born after it.
    pub fn read(document: IdDocument, text: &str, today: NaiveDate) -> Result<Self, (FieldCode, Say)> {
        let text: String = half_width(text)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        if text.is_empty() {
            return Err((FieldCode::Required, FieldCode::Required.title()));
        }
        let shaped = |holds: bool, say: Say| if holds { Ok(()) } else { Err((FieldCode::Format, say)) };
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        let letters = |part: &str| part.bytes().all(|b| b.is_ascii_uppercase());
        match document {
            IdDocument::ResidentId => {
                ResidentId::parse(&text, today).map_err(|fault| match fault.code() {
                    "resident_id_check" => (FieldCode::CheckDigit, fault.say()),
                    _ => (FieldCode::Format, fault.say()),
                })?;
            }
            IdDocument::ForeignPermanentResident => {
                let new = text.is_ascii() && text.len() == 18 && text.starts_with('9') && digits(&text[..17]);
                let old = text.len() == 15 && text.is_ascii() && letters(&text[..3]) && digits(&text[3..]);
                shaped(
                    new || old,
                    say!(
                        "应为以 9 开头的 18 位号码，或 3 个字母加 12 位数字",
                        "is 18 characters beginning with 9, or 3 letters and 12 digits"
                    ),
                )?;
            }
            IdDocument::HkMacaoTaiwanPermit | IdDocument::Passport => {
                let plain = text.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
                shaped(
                    (5..=20).contains(&text.len()) && plain,
                    say!("应为 5 至 20 位字母和数字", "is 5 to 20 letters and digits"),
                )?;
            }
        }
        Ok(Self { document, text })
    }

    /// The whole number, for sealing it.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// `3702**********001X`; of shorter numbers two characters at either end.
    pub fn masked(&self) -> String {
        let (n, shown) = (self.text.len(), if self.text.len() >= 15 { 4 } else { 2 });
        let stars = "*".repeat(n.saturating_sub(2 * shown));
        format!("{}{stars}{}", &self.text[..shown], &self.text[n - shown..])
    }

    /// What the blind index is made of.
    pub fn domain(&self) -> String {
        format!("id_number:{}", self.document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_one_spelling_and_shown_masked() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 2).expect("a date");
        use IdDocument::*;
        for (document, text, whole, masked) in [
            (ResidentId, "110105 19491231 002x", "11010519491231002X", "1101**********002X"),
            (ForeignPermanentResident, "usa370200000012", "USA370200000012", "USA3*******0012"),
            (ForeignPermanentResident, "911124198108030024", "911124198108030024", "9111**********0024"),
            (Passport, "e-1234567８", "E12345678", "E1*****78"),
            (HkMacaoTaiwanPermit, "H1234", "H1234", "H1*34"),
        ] {
            let number = IdNumber::read(document, text, today).unwrap_or_else(|_| panic!("{text}"));
            assert_eq!((number.reveal(), number.masked().as_str()), (whole, masked));
        }
        for (document, text, code) in [
            (ResidentId, "", FieldCode::Required),
            (ResidentId, "110105194912310021", FieldCode::CheckDigit),
            (ResidentId, "37021220990101001X", FieldCode::Format),
            (ForeignPermanentResident, "11010519491231002X", FieldCode::Format),
            (Passport, "护照一二三四", FieldCode::Format),
            (Passport, "E123", FieldCode::Format),
        ] {
            assert_eq!(IdNumber::read(document, text, today).err().map(|(code, _)| code), Some(code), "{text}");
        }
    }
}
