//! Unified social credit code, 统一社会信用代码 (GB 32100-2015).

use std::fmt;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::text::Say;
use crate::platform::width::half_width;

/// The 31 characters of the standard by value: no I, O, S, V, Z.
const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// 3^(i-1) mod 31 for characters 1 to 17. As 3 generates the field of 31, no weight is 0 and neighbours differ, so
/// every single wrong character and every swap of unequal neighbours changes the sum.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
/// Weights of the organisation code inside (GB 11714), characters 9 to 16.
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

const LENGTH: usize = 18;

/// A code that passed the check, in its normal form: 18 characters, upper case.
///
/// Any registering department is welcome: universities begin with 12, and many firms of a district were registered
/// by the city, so neither `91` nor a division code is demanded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[serde(try_from = "String", into = "String")]
#[schema(value_type = String, example = "91370212MAQJWYLF5K", min_length = 18, max_length = 18)]
pub struct CreditCode(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CreditCodeFault {
    /// Not 18 characters once spaces and hyphens are gone.
    Length { found: usize },
    /// A character outside the standard's alphabet; `position` counts from 1.
    Letter { position: usize, found: char },
    /// Characters 3 to 8 are the division code and must be digits; `position` counts from 1.
    Division { position: usize, found: char },
    /// The last character does not follow from the other 17: something was mistyped.
    CheckDigit,
}

impl CreditCode {
    /// Takes a code as people write it: spaces, hyphens, lower case and full-width characters are put right first.
    pub fn parse(text: &str) -> Result<Self, CreditCodeFault> {
        let code = normalise(text);
        let found = code.chars().count();
        if found != LENGTH {
            return Err(CreditCodeFault::Length { found });
        }
        for (position, found) in (1..).zip(code.chars()) {
            if value_of(found).is_none() {
                return Err(CreditCodeFault::Letter { position, found });
            }
        }
        for (position, found) in (1..).zip(code.chars()).skip(2).take(6) {
            if !found.is_ascii_digit() {
                return Err(CreditCodeFault::Division { position, found });
            }
        }
        // All ASCII from here on, so bytes are characters.
        let (body, check) = code.split_at(LENGTH - 1);
        if check_digit_of(body) != check.chars().next() {
            return Err(CreditCodeFault::CheckDigit);
        }
        Ok(Self(code))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Does the organisation code inside (characters 9 to 17, GB 11714) pass its own check? A warning at most:
    /// codes issued for other kinds of bodies need not.
    pub fn organisation_code_holds(&self) -> bool {
        let code = &self.0.as_bytes()[8..17];
        let sum: u32 = code.iter().zip(ORGANISATION_WEIGHTS).map(|(&c, weight)| base36(c) * weight).sum();
        let check = match 11 - sum % 11 {
            10 => b'X',
            11 => b'0',
            digit => b'0' + digit as u8,
        };
        code[8] == check
    }
}

/// The check character for the first 17 characters; `None` when they are not 17 characters of the alphabet.
pub fn check_digit_of(first17: &str) -> Option<char> {
    if first17.chars().count() != LENGTH - 1 {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in first17.chars().zip(WEIGHTS) {
        sum += value_of(c)? * weight;
    }
    Some(ALPHABET[((31 - sum % 31) % 31) as usize] as char)
}

fn normalise(text: &str) -> String {
    half_width(text)
        .chars()
        // Besides spaces: hyphens and dashes, and the invisible marks that come along when copied from web pages.
        .filter(|c| {
            !c.is_whitespace() && !matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{200B}' | '\u{FEFF}')
        })
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

fn value_of(c: char) -> Option<u32> {
    ALPHABET.iter().position(|&letter| letter as char == c).map(|value| value as u32)
}

/// 0-9, then A = 10 to Z = 35.
fn base36(c: u8) -> u32 {
    (c as char).to_digit(36).expect("a checked code holds digits and letters only")
}

impl CreditCodeFault {
    pub fn code(&self) -> &'static str {
        match self {
            Self::Length { .. } => "credit_code_length",
            Self::Letter { .. } => "credit_code_letter",
            Self::Division { .. } => "credit_code_division",
            Self::CheckDigit => "credit_code_check",
        }
    }

    pub fn say(&self) -> Say {
        match self {
            Self::Length { found } => crate::say!(
                "统一社会信用代码应为 18 位，现为 {found} 位",
                "a unified social credit code has 18 characters, this one has {found}"
            ),
            Self::Letter { position, found } => crate::say!(
                "统一社会信用代码第 {position} 位“{found}”不是合法字符（只用数字和大写字母，不用 I、O、S、V、Z）",
                "character {position} of the unified social credit code, \"{found}\", is not allowed \
                 (digits and letters without I, O, S, V, Z)"
            ),
            Self::Division { position, found } => crate::say!(
                "统一社会信用代码第 3 至 8 位是行政区划码，应为数字，第 {position} 位却是“{found}”",
                "characters 3 to 8 of the unified social credit code are the division code and must be digits, \
                 but character {position} is \"{found}\""
            ),
            Self::CheckDigit => crate::say!(
                "统一社会信用代码校验不通过，请核对是否有误输",
                "the unified social credit code does not match its check character: look for a typing error"
            ),
        }
    }
}

impl fmt::Display for CreditCodeFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.say().en)
    }
}

impl std::error::Error for CreditCodeFault {}

impl fmt::Display for CreditCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::str::FromStr for CreditCode {
    type Err = CreditCodeFault;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl TryFrom<String> for CreditCode {
    type Error = CreditCodeFault;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<CreditCode> for String {
    fn from(code: CreditCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Published codes of well-known companies, and made-up ones with valid checks (prefix 370212MA).
    const VALID: [&str; 38] = [
        "91370200264574251E",
        "914403001922038216",
        "91370200163562681G",
        "914419000585344943",
        "913702001635787718",
        "91110000802100433B",
        "91370200264609602K",
        "91440400192548256N",
        "91370200599001594B",
        "91440606722473344C",
        "91370200743966332L",
        "91440300192317458F",
        "91370700729253432M",
        "91350900587527783P",
        "913700007456765902",
        "9144030010001686XA",
        "91370000163044841F",
        "91100000100003962T",
        "91370000706266601D",
        "911100001000044477",
        "91330100799655058B",
        "911000001000013428",
        "91330100716105852F",
        "91110000710926094P",
        "9144030071526726XG",
        "91330000733796106P",
        "91440300708461136T",
        "9132070070404786XB",
        "91370212MAQJWYLF5K",
        "91370212MA55TH2H71",
        "91370212MAUCCP508W",
        "91370212MAL23DL887",
        "91370212MAP3MR199N",
        "91370212MAAEMA1YXR",
        "91370212MA1Q81FT1T",
        "91370212MAUQJ76T3P",
        "91370212MAWPFJ3P5M",
        "91370212MALARDCG4L",
    ];

    #[test]
    fn valid_codes_pass_both_checks() {
        for text in VALID {
            let code = CreditCode::parse(text).unwrap();
            assert_eq!(code.as_str(), text);
            assert!(code.organisation_code_holds(), "{text}");
            assert_eq!(check_digit_of(&text[..17]), text.chars().last());
        }
    }

    #[test]
    fn codes_are_put_in_normal_form_first() {
        for text in [
            " 91370200264574251e\t",
            "9137 0200 2645 7425 1E",
            "91370200-264574251-E",
            "９１３７０２００２６４５７４２５１Ｅ",
            "\u{FEFF}91370200264574251E\u{200B}",
        ] {
            assert_eq!(CreditCode::parse(text).unwrap().as_str(), "91370200264574251E");
        }
    }

    #[test]
    fn each_fault_has_its_own_reason() {
        use CreditCodeFault::*;
        for (text, fault) in [
            ("91370200264574251F", CheckDigit),
            ("91370200264574521E", CheckDigit),
            ("9137020026457I251E", Letter { position: 14, found: 'I' }),
            ("9137O200264574251E", Letter { position: 5, found: 'O' }),
            ("91370200264574251", Length { found: 17 }),
            ("91370200264574251E0", Length { found: 19 }),
            ("", Length { found: 0 }),
            ("统一社会信用代码统一社会信用代码甲乙", Letter { position: 1, found: '统' }),
            ("91A70200264574251E", Division { position: 3, found: 'A' }),
        ] {
            assert_eq!(CreditCode::parse(text), Err(fault), "{text}");
        }
    }

    #[test]
    fn letters_may_stand_for_the_department_and_any_place_is_welcome() {
        for body in ["N2370212MA1Q81FT1", "12100000400010056"] {
            let code = format!("{body}{}", check_digit_of(body).unwrap());
            assert!(CreditCode::parse(&code).is_ok(), "{code}");
        }
    }

    #[test]
    fn a_bad_inner_check_is_no_fault_but_shows() {
        let body = "91370212MAQJWYLF6";
        let code = CreditCode::parse(&format!("{body}{}", check_digit_of(body).unwrap())).unwrap();
        assert!(!code.organisation_code_holds());
    }

    #[test]
    fn json_is_checked_on_the_way_in() {
        let code: CreditCode = serde_json::from_str("\" 91370200264574251e\"").unwrap();
        assert_eq!(serde_json::to_string(&code).unwrap(), "\"91370200264574251E\"");
        assert!(serde_json::from_str::<CreditCode>("\"91370200264574251F\"").is_err());
    }

    #[test]
    fn a_check_digit_needs_seventeen_legal_characters() {
        for text in ["", "9137020026457425", "91370200264574251E", "9137020026457425I"] {
            assert_eq!(check_digit_of(text), None, "{text}");
        }
    }

    /// Any valid code: division digits, everything else free.
    fn any_code() -> impl Strategy<Value = String> {
        ("[0-9A-HJ-NP-RTUWXY]{2}[0-9]{6}[0-9A-HJ-NP-RTUWXY]{9}")
            .prop_map(|body| format!("{body}{}", check_digit_of(&body).unwrap()))
    }

    proptest! {
        #[test]
        fn every_single_wrong_character_is_refused(code in any_code(), at in 0..18usize, to in 0..31usize) {
            prop_assert!(CreditCode::parse(&code).is_ok());
            let mut changed = code.clone().into_bytes();
            prop_assume!(changed[at] != ALPHABET[to]);
            changed[at] = ALPHABET[to];
            prop_assert!(CreditCode::parse(std::str::from_utf8(&changed).unwrap()).is_err());
        }

        #[test]
        fn every_swap_of_unequal_neighbours_is_refused(code in any_code(), at in 0..17usize) {
            let mut changed = code.clone().into_bytes();
            prop_assume!(changed[at] != changed[at + 1]);
            changed.swap(at, at + 1);
            prop_assert!(CreditCode::parse(std::str::from_utf8(&changed).unwrap()).is_err());
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,24}") {
            let _ = CreditCode::parse(&text);
            let _ = check_digit_of(&text);
        }
    }
}
