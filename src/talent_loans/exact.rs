//! Exact fractions for interest: integers only, every step checked.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::platform::money::half_up;

/// A fraction of fen, written `6296250000000000/360000000`, or as a plain integer when whole.
///
/// Kept as it was computed (`1,000,000 × day basis` below the line), so that a person finds the factors again.
#[derive(Debug, Clone, Copy)]
pub struct Exact {
    num: i128,
    den: i128,
}

impl Exact {
    /// `None` when `den` is not positive.
    pub fn new(num: i128, den: i128) -> Option<Self> {
        (den > 0).then_some(Self { num, den })
    }

    pub fn whole(n: i64) -> Self {
        Self { num: n.into(), den: 1 }
    }

    /// `self × num / den`; `None` when the factors grow beyond 128 bits or `den` is not positive.
    pub fn times(self, num: i128, den: i128) -> Option<Self> {
        Self::new(self.num.checked_mul(num)?, self.den.checked_mul(den)?)
    }

    /// `self × part / whole` in lowest terms; `None` as for [`times`](Self::times), or when `whole` is not positive.
    pub fn share(self, part: Self, whole: Self) -> Option<Self> {
        let ratio = Self::new(part.num.checked_mul(whole.den)?, part.den.checked_mul(whole.num)?)?.reduced();
        // What cancels crosswise is cancelled before multiplying, so that only a result too large overflows.
        let (left, right) =
            (Self { num: self.num, den: ratio.den }.reduced(), Self { num: ratio.num, den: self.den }.reduced());
        left.times(right.num, right.den)
    }

    /// To whole fen, half-up on the absolute value; `None` beyond 64 bits.
    pub fn to_fen(self) -> Option<i64> {
        i64::try_from(half_up(self.num, self.den)).ok()
    }

    fn reduced(self) -> Self {
        let (mut a, mut b) = (self.num.unsigned_abs(), self.den.unsigned_abs());
        while b > 0 {
            (a, b) = (b, a % b);
        }
        let divisor = i128::try_from(a).expect("a divisor of a positive i128 is one too");
        Self { num: self.num / divisor, den: self.den / divisor }
    }
}

impl Ord for Exact {
    /// By whole part, then by the inverted remainders (as in Euclid's algorithm): cross-multiplying could overflow.
    fn cmp(&self, other: &Self) -> Ordering {
        if self.den == other.den {
            return self.num.cmp(&other.num);
        }
        let (mut a, mut b) = (*self, *other);
        loop {
            let (whole_a, whole_b) = (a.num.div_euclid(a.den), b.num.div_euclid(b.den));
            let (rest_a, rest_b) = (a.num.rem_euclid(a.den), b.num.rem_euclid(b.den));
            if whole_a != whole_b || rest_a == 0 || rest_b == 0 {
                return (whole_a, rest_a.min(1)).cmp(&(whole_b, rest_b.min(1)));
            }
            (a, b) = (Self { num: b.den, den: rest_b }, Self { num: a.den, den: rest_a });
        }
    }
}

impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Exact {}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.den {
            1 => write!(f, "{}", self.num),
            den => write!(f, "{}/{den}", self.num),
        }
    }
}

impl Serialize for Exact {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (num, den) = text.split_once('/').unwrap_or((&text, "1"));
        num.parse()
            .ok()
            .zip(den.parse().ok())
            .and_then(|(num, den)| Self::new(num, den))
            .ok_or_else(|| de::Error::custom("a fraction is written as 1/3"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn exact(num: i128, den: i128) -> Exact {
        Exact::new(num, den).expect("a fraction")
    }

    #[test]
    fn fractions_too_long_to_multiply_still_compare() {
        let large = exact(i128::MAX, i128::MAX - 1);
        assert!(large < exact(i128::MAX - 1, i128::MAX - 2));
        assert_eq!(exact(i128::MAX - 1, (i128::MAX - 1) / 2), Exact::whole(2));
    }

    #[test]
    fn what_does_not_fit_is_said_and_not_wrapped() {
        assert_eq!(exact(i128::MAX, 3).times(2, 1), None);
        assert_eq!(exact(1, i128::MAX).times(1, 2), None);
        assert_eq!(exact(i128::MAX, 3).to_fen(), None);
        assert_eq!(Exact::new(1, 0), None);
    }

    #[test]
    fn a_fraction_survives_json() {
        for (value, text) in [(exact(35, 2), "\"35/2\""), (Exact::whole(-7), "\"-7\"")] {
            assert_eq!(serde_json::to_string(&value).expect("json"), text);
            assert_eq!(serde_json::from_str::<Exact>(text).expect("a fraction"), value);
        }
        assert!(serde_json::from_str::<Exact>("\"1/0\"").is_err());
    }

    proptest! {
        #[test]
        fn the_order_is_that_of_cross_multiplication(
            a in any::<i64>(), b in 1..i64::MAX, c in any::<i64>(), d in 1..i64::MAX,
        ) {
            let [a, b, c, d] = [a, b, c, d].map(i128::from);
            prop_assert_eq!(exact(a, b).cmp(&exact(c, d)), (a * d).cmp(&(c * b)));
        }

        #[test]
        fn a_share_is_the_product_of_the_fractions(amount in 0..1_000_000i64, part in 0..10_000i128, whole in 1..10_000i128) {
            let share = Exact::whole(amount).share(exact(part, 7), exact(whole, 3)).expect("small numbers");
            prop_assert_eq!(share, exact(i128::from(amount) * part * 3, whole * 7));
        }
    }
}
