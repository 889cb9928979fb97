//! Registered capital (注册资本) out of the many ways registers spell it. Never guessed: a spelling that does not
//! say its unit and currency beyond doubt keeps its text and counts as unknown.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::platform::width::half_width;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Capital {
    /// `amount_fen`: hundredths of the currency's main unit (fen, cents), also for currencies without such a coin.
    Known { amount_fen: i64, currency: Currency },
    /// What the register says, trimmed; empty when it says nothing.
    Unknown { text: String },
}

/// ISO 4217 codes of the currencies registers name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    Cny,
    Usd,
    Hkd,
    Eur,
    Jpy,
    Gbp,
    Sgd,
    Krw,
    Cad,
    Aud,
    Chf,
    Twd,
    Mop,
}

/// Spellings, lower case. Those that end in a unit of their own (美元) may follow a number directly; bare signs
/// such as `$` and `¥` are absent, because each stands for several currencies.
const CURRENCIES: &[(Currency, &[&str])] = &[
    (Currency::Cny, &["人民币元", "人民币", "rmb", "cny"]),
    (Currency::Usd, &["美元", "美金", "usd"]),
    (Currency::Hkd, &["港元", "港币", "香港元", "hkd"]),
    (Currency::Eur, &["欧元", "eur"]),
    (Currency::Jpy, &["日元", "日币", "日本元", "jpy"]),
    (Currency::Gbp, &["英镑", "gbp"]),
    (Currency::Sgd, &["新加坡元", "新加坡币", "sgd"]),
    (Currency::Krw, &["韩元", "韩币", "韩国元", "krw"]),
    (Currency::Cad, &["加元", "加拿大元", "cad"]),
    (Currency::Aud, &["澳元", "澳大利亚元", "aud"]),
    (Currency::Chf, &["瑞士法郎", "chf"]),
    (Currency::Twd, &["新台币", "台币", "twd"]),
    (Currency::Mop, &["澳门元", "澳门币", "mop"]),
];

const MULTIPLIERS: &[(&str, i128)] =
    &[("千万", 10_000_000), ("百万", 1_000_000), ("亿", 100_000_000), ("万", 10_000), ("千", 1_000)];

impl Currency {
    /// ISO 4217, upper case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cny => "CNY",
            Self::Usd => "USD",
            Self::Hkd => "HKD",
            Self::Eur => "EUR",
            Self::Jpy => "JPY",
            Self::Gbp => "GBP",
            Self::Sgd => "SGD",
            Self::Krw => "KRW",
            Self::Cad => "CAD",
            Self::Aud => "AUD",
            Self::Chf => "CHF",
            Self::Twd => "TWD",
            Self::Mop => "MOP",
        }
    }

    /// The inverse of [`Currency::as_str`].
    pub fn from_code(code: &str) -> Option<Self> {
        CURRENCIES.iter().map(|(currency, _)| *currency).find(|currency| currency.as_str() == code)
    }
}

impl Capital {
    /// Reads `730万元`, `91,234.5600(万)`, `50(万元人民币)`, `120万美元`, `人民币1.5亿元`, `USD 300,000` and their like.
    /// 元, 万 and 万元 without a currency are CNY; a number alone is unknown, since it may be 元 or 万元.
    pub fn parse(text: &str) -> Self {
        match read(text) {
            Some((amount_fen, currency)) => Self::Known { amount_fen, currency },
            None => Self::Unknown { text: text.trim().to_owned() },
        }
    }
}

fn read(text: &str) -> Option<(i64, Currency)> {
    // Brackets only set the unit apart, and are dropped with the spaces.
    let text: String =
        half_width(text).chars().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')')).collect::<String>();
    let text = text.to_lowercase();

    let number_at = text.find(|c: char| c.is_ascii_digit())?;
    let (before, rest) = text.split_at(number_at);
    let number_ends = rest.find(|c: char| !matches!(c, '0'..='9' | ',' | '.')).unwrap_or(rest.len());
    let (number, unit) = rest.split_at(number_ends);

    let (multiplier, unit) = MULTIPLIERS
        .iter()
        .find_map(|(word, factor)| unit.strip_prefix(word).map(|rest| (*factor, rest)))
        .unwrap_or((1, unit));
    let currency = currency_of(before, unit, multiplier)?;
    Some((hundredths(number, multiplier)?, currency))
}

/// `before` and `unit` are what stands before the number and after its multiplier.
fn currency_of(before: &str, unit: &str, multiplier: i128) -> Option<Currency> {
    let before = if before.is_empty() { None } else { Some(named(before)?) };
    let after = match unit.strip_prefix('元').unwrap_or(unit) {
        "" => None,
        word => Some(named(word)?),
    };
    match (before, after) {
        (Some(one), Some(other)) if one != other => None,
        (Some(currency), _) | (None, Some(currency)) => Some(currency),
        // No currency at all: then at least the unit must be there.
        (None, None) if unit.is_empty() && multiplier == 1 => None,
        (None, None) => Some(Currency::Cny),
    }
}

fn named(word: &str) -> Option<Currency> {
    CURRENCIES.iter().find(|(_, words)| words.contains(&word)).map(|(currency, _)| *currency)
}

/// Exact, or nothing: more than two decimals of the main unit must be zeros, and the result must fit.
fn hundredths(number: &str, multiplier: i128) -> Option<i64> {
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if number.ends_with('.') || !fraction.bytes().all(|b| b.is_ascii_digit()) || !grouped_in_threes(whole) {
        return None;
    }
    let fraction = fraction.trim_end_matches('0');
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    let digits: String = whole.chars().filter(|c| *c != ',').chain(fraction.chars()).collect();
    let scaled = digits.parse::<i128>().ok()?.checked_mul(multiplier * 100)?;
    if scaled % scale != 0 {
        return None;
    }
    i64::try_from(scaled / scale).ok()
}

/// Digits, with thousands separators all or none: `1,5` may be one and a half somewhere, so it is not read.
fn grouped_in_threes(whole: &str) -> bool {
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    !first.is_empty()
        && digits(first)
        && (rest.is_empty() || first.len() <= 3)
        && rest.iter().all(|group| group.len() == 3 && digits(group))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_register_spelling_becomes_fen_and_currency() {
        use Currency::*;
        for (text, amount_fen, currency) in [
            ("730万元", 730_000_000, Cny),
            ("12.5万元", 12_500_000, Cny),
            ("91,234.5600(万)", 91_234_560_000, Cny),
            ("88(万)", 88_000_000, Cny),
            ("60(万元人民币)", 60_000_000, Cny),
            ("702,310.1234(万元人民币)", 702_310_123_400, Cny),
            ("45万人民币", 45_000_000, Cny),
            ("45万元人民币", 45_000_000, Cny),
            ("45万人民币元", 45_000_000, Cny),
            ("7万", 7_000_000, Cny),
            ("300000元", 30_000_000, Cny),
            ("300,000.05元", 30_000_005, Cny),
            ("300000人民币", 30_000_000, Cny),
            ("人民币1.5亿元", 15_000_000_000, Cny),
            ("RMB 200万元", 200_000_000, Cny),
            ("５００万元（人民币）", 500_000_000, Cny),
            (" 3 千万元 ", 3_000_000_000, Cny),
            ("2百万元", 200_000_000, Cny),
            ("0.0001万元", 100, Cny),
            ("0.000001万元", 1, Cny),
            ("1.23000000元", 123, Cny),
            ("0万元", 0, Cny),
            ("120万美元", 120_000_000, Usd),
            ("612.3400(万美元)", 612_340_000, Usd),
            ("USD 300,000", 30_000_000, Usd),
            ("30万元美元", 30_000_000, Usd),
            ("美元30万美元", 30_000_000, Usd),
            ("500万港币", 500_000_000, Hkd),
            ("500万港元", 500_000_000, Hkd),
            ("10万欧元", 10_000_000, Eur),
            ("1,000万日元", 1_000_000_000, Jpy),
            ("10万英镑", 10_000_000, Gbp),
            ("10万新加坡元", 10_000_000, Sgd),
            ("10万新台币", 10_000_000, Twd),
        ] {
            assert_eq!(Capital::parse(text), Capital::Known { amount_fen, currency }, "{text}");
        }
    }

    #[test]
    fn what_is_not_certain_keeps_its_text() {
        for text in [
            "",
            "N/A",
            "-",
            "暂无",
            "万元",
            "640",
            "640.00",
            "¥640",
            "$500",
            "640万卢布",
            "约640万元",
            "640万元以上",
            "640-700万元",
            "640万元/700万元",
            "-640万元",
            "1,5万元",
            "1,2345万元",
            "1234,567元",
            ",640万元",
            "6.4.0万元",
            "640.万元",
            "1e3万元",
            "六百四十万元",
            "0.005元",
            "0.0000001万元",
            "美元30万人民币",
            "99999999999999万元",
            "9999999999999999999999999999999999999999999999万元",
            "92233720368547758.08元",
        ] {
            assert_eq!(Capital::parse(text), Capital::Unknown { text: text.to_owned() }, "{text}");
        }
        assert_eq!(Capital::parse("  不详 "), Capital::Unknown { text: "不详".to_owned() });
    }

    #[test]
    fn the_largest_amount_that_fits_is_read() {
        let known = Capital::Known { amount_fen: i64::MAX, currency: Currency::Cny };
        assert_eq!(Capital::parse("92233720368547758.07元"), known);
    }

    #[test]
    fn currency_codes_go_there_and_back() {
        for (currency, _) in CURRENCIES {
            assert_eq!(Currency::from_code(currency.as_str()), Some(*currency));
            assert_eq!(serde_json::to_value(currency).unwrap(), currency.as_str());
        }
        assert_eq!(Currency::from_code("XXX"), None);
    }

    proptest! {
        #[test]
        fn fen_survive_being_spelled_in_wan(fen in 0..=i64::MAX) {
            let text = format!("{}.{:06}万元", fen / 1_000_000, fen % 1_000_000);
            prop_assert_eq!(Capital::parse(&text), Capital::Known { amount_fen: fen, currency: Currency::Cny });
        }

        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,40}", digits in "[0-9,.]{0,60}") {
            let _ = Capital::parse(&text);
            let _ = Capital::parse(&format!("{digits}万元"));
        }
    }
}
