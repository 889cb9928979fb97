//! Identifiers of people: mobile numbers, e-mail addresses, resident identity cards.

use std::fmt;

use chrono::NaiveDate;
use lettre::Address;

use crate::platform::text::Say;
use crate::platform::width::half_width;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierFault {
    /// Not a mobile number of the Chinese mainland.
    Mobile,
    /// Not an address by RFC 5321, or longer than it allows.
    Email,
    /// Not 17 digits and a digit or X.
    ResidentIdForm,
    /// The birth date in it does not exist, or lies outside 1900 to today.
    ResidentIdDate,
    ResidentIdCheck,
}

impl IdentifierFault {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Mobile => "mobile_invalid",
            Self::Email => "email_invalid",
            Self::ResidentIdForm => "resident_id_form",
            Self::ResidentIdDate => "resident_id_date",
            Self::ResidentIdCheck => "resident_id_check",
        }
    }

    pub fn say(&self) -> Say {
        match self {
            Self::Mobile => {
                crate::say!(
                    "手机号码无效：应为 11 位大陆手机号",
                    "not a mobile number of the Chinese mainland (11 digits)"
                )
            }
            Self::Email => crate::say!("电子邮箱地址无效", "not a valid e-mail address"),
            Self::ResidentIdForm => {
                crate::say!(
                    "居民身份证号应为 18 位",
                    "a resident identity number has 18 characters: digits, X at the end"
                )
            }
            Self::ResidentIdDate => {
                crate::say!(
                    "居民身份证号中的出生日期无效",
                    "the birth date in the resident identity number is not valid"
                )
            }
            Self::ResidentIdCheck => crate::say!(
                "居民身份证号校验不通过，请核对是否有误输",
                "the resident identity number does not match its check character: look for a typing error"
            ),
        }
    }
}

/// A mobile number of the Chinese mainland in E.164, `+8613812345678`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Mobile(String);

impl Mobile {
    /// Spaces, hyphens, full-width digits and the prefixes `+86`, `0086` and `86` are put right first.
    pub fn parse(text: &str) -> Result<Self, IdentifierFault> {
        let digits: String = half_width(text).chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
        let number = ["+86", "0086", "86"].iter().find_map(|prefix| digits.strip_prefix(prefix)).unwrap_or(&digits);
        match number.as_bytes() {
            [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 && rest.iter().all(u8::is_ascii_digit) => {
                Ok(Self(format!("+86{number}")))
            }
            _ => Err(IdentifierFault::Mobile),
        }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `138****5678`
    pub fn masked(&self) -> String {
        let number = &self.0[3..];
        format!("{}****{}", &number[..3], &number[7..])
    }
}

/// Longest address a mail path carries (RFC 5321 4.5.3.1.3, without its angle brackets).
const LONGEST_EMAIL: usize = 254;

/// Trims, and checks the syntax; whether anybody reads there, only a letter can tell.
pub fn parse_email(text: &str) -> Result<Address, IdentifierFault> {
    let text = text.trim();
    if text.len() > LONGEST_EMAIL {
        return Err(IdentifierFault::Email);
    }
    text.parse().map_err(|_| IdentifierFault::Email)
}

/// A resident identity number (居民身份证, GB 11643). Personal: shown masked, `Debug` included.
///
/// The division code is not looked up: cards keep the division of their day, and lists of divisions by year refuse
/// real people whose district was founded after their birth.
#[derive(Clone, PartialEq, Eq)]
pub struct ResidentId(String);

const RESIDENT_ID_WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const RESIDENT_ID_CHECKS: &[u8; 11] = b"10X98765432";

impl ResidentId {
    /// `today` is the business day: nobody is born after it.
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, IdentifierFault> {
        let id: String = half_width(text)
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| c.to_ascii_uppercase())
            .collect();
        let [body @ .., check] = id.as_bytes() else { return Err(IdentifierFault::ResidentIdForm) };
        if body.len() != 17 || !body.iter().all(u8::is_ascii_digit) || !matches!(check, b'0'..=b'9' | b'X') {
            return Err(IdentifierFault::ResidentIdForm);
        }
        let born = birth_date(&id).ok_or(IdentifierFault::ResidentIdDate)?;
        if born > today {
            return Err(IdentifierFault::ResidentIdDate);
        }
        let sum: u32 =
            body.iter().zip(RESIDENT_ID_WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        if RESIDENT_ID_CHECKS[(sum % 11) as usize] != *check {
            return Err(IdentifierFault::ResidentIdCheck);
        }
        Ok(Self(id))
    }

    /// The whole number, for sealing it. Not for logs, answers or messages.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// `3702**********001X`
    pub fn masked(&self) -> String {
        format!("{}**********{}", &self.0[..4], &self.0[14..])
    }
}

impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResidentId({})", self.masked())
    }
}

/// Characters 7 to 14, YYYYMMDD. Nobody who was given a number was born before 1900.
fn birth_date(id: &str) -> Option<NaiveDate> {
    let year = id[6..10].parse().ok().filter(|year| *year >= 1900)?;
    NaiveDate::from_ymd_opt(year, id[10..12].parse().ok()?, id[12..14].parse().ok()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 23).unwrap()
    }

    #[test]
    fn mobiles_are_brought_to_e164_and_masked() {
        for text in [
            "13812345678",
            " 138 1234 5678 ",
            "+86 138-1234-5678",
            "0086-13812345678",
            "8613812345678",
            "１３８１２３４５６７８",
        ] {
            let mobile = Mobile::parse(text).unwrap();
            assert_eq!((mobile.as_str(), mobile.masked().as_str()), ("+8613812345678", "138****5678"), "{text}");
        }
        for text in ["", "12812345678", "1381234567", "138123456789", "+1 13812345678", "0532-88888888", "1381234567a"]
        {
            assert_eq!(Mobile::parse(text), Err(IdentifierFault::Mobile), "{text}");
        }
    }

    #[test]
    fn e_mail_addresses_are_checked_by_syntax() {
        assert_eq!(parse_email(" li.lei@laoshan.example ").unwrap().to_string(), "li.lei@laoshan.example");
        let long = format!("{}@{}.example", "a".repeat(64), ["b"; 100].join("."));
        for text in ["", "li.lei", "@laoshan.example", "li lei@laoshan.example", "li@", "li@la oshan.example", &long] {
            assert_eq!(parse_email(text), Err(IdentifierFault::Email), "{text}");
        }
    }

    #[test]
    fn the_example_of_the_standard_is_a_valid_resident_id() {
        for text in ["11010519491231002X", " 110105 19491231 002x", "１１０１０５１９４９１２３１００２Ｘ"]
        {
            let id = ResidentId::parse(text, today()).unwrap();
            assert_eq!(id.reveal(), "11010519491231002X");
            assert_eq!(id.masked(), "1101**********002X");
            assert_eq!(format!("{id:?}"), "ResidentId(1101**********002X)");
        }
    }

    #[test]
    fn a_person_born_before_their_division_was_founded_is_not_refused() {
        assert!(ResidentId::parse(&with_check("37021219850101001"), today()).is_ok());
    }

    #[test]
    fn each_fault_of_a_resident_id_has_its_own_reason() {
        use IdentifierFault::*;
        for (text, fault) in [
            ("", ResidentIdForm),
            ("1101051949123100", ResidentIdForm),
            ("11010519491231002XX", ResidentIdForm),
            ("1101051949123100X2", ResidentIdForm),
            ("11010519491231002A", ResidentIdForm),
            ("一一〇一〇五", ResidentIdForm),
            ("110105194912310021", ResidentIdCheck),
            ("110105194912310002", ResidentIdCheck),
            ("37021220990101001X", ResidentIdDate),
            ("370212199002301234", ResidentIdDate),
            ("370212199013011234", ResidentIdDate),
            ("370212000001011234", ResidentIdDate),
        ] {
            assert_eq!(ResidentId::parse(text, today()).unwrap_err(), fault, "{text}");
        }
    }

    #[test]
    fn one_may_be_born_today_but_not_tomorrow() {
        assert!(ResidentId::parse(&with_check("37021220261123001"), today()).is_ok());
        assert_eq!(
            ResidentId::parse(&with_check("37021220261124001"), today()).unwrap_err(),
            IdentifierFault::ResidentIdDate
        );
    }

    fn with_check(body: &str) -> String {
        let sum: u32 =
            body.bytes().zip(RESIDENT_ID_WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
        format!("{body}{}", RESIDENT_ID_CHECKS[(sum % 11) as usize] as char)
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,24}", digits in "[0-9]{17}[0-9X]") {
            let _ = (Mobile::parse(&text), parse_email(&text), ResidentId::parse(&text, today()));
            let _ = ResidentId::parse(&digits, today());
        }
    }
}
