//! Amounts of money and measures, kept as decimals; never floats.

use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;

/// An amount of money in the department's currency, at most two decimals, below 10¹² either way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Money(Decimal);

/// Why a word is not an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADecimal;

/// Plain digits with at most `decimals` places: no exponent, sign, separator or blank.
fn plain(text: &str, decimals: usize) -> Result<Decimal, NotADecimal> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    if !all_digits(whole) || !all_digits(part) || whole.len() > 12 || part.len() > decimals {
        return Err(NotADecimal);
    }
    Decimal::from_str(text).map_err(|_| NotADecimal)
}

impl Money {
    /// Nothing.
    pub const ZERO: Money = Money(Decimal::ZERO);

    /// Whole yuan (or the unit of the department's currency).
    pub fn whole(units: i64) -> Money {
        Money(Decimal::from(units))
    }

    /// `self` for `quantity` pieces; `None` past the range.
    pub fn times(self, quantity: u64) -> Option<Money> {
        self.0.checked_mul(Decimal::from(quantity)).map(Money)
    }

    /// `self` for so many units, to the cent, half up; `None` past the range.
    pub fn for_measure(self, units: Measure) -> Option<Money> {
        let amount = self.0.checked_mul(units.0)?;
        Some(Money(amount.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)))
    }

    /// The sum; `None` past the range.
    pub fn plus(self, other: Money) -> Option<Money> {
        self.0.checked_add(other.0).map(Money)
    }

    /// The difference; `None` past the range.
    pub fn minus(self, other: Money) -> Option<Money> {
        self.0.checked_sub(other.0).map(Money)
    }

    /// How many thousandths of `whole` it is, rounded half up; `None` where there is no whole, or either is negative.
    pub fn permille_of(self, whole: Money) -> Option<u64> {
        let share = self.0.checked_mul(Decimal::ONE_THOUSAND)?.checked_div(whole.0)?;
        share.round_dp_with_strategy(0, rust_decimal::RoundingStrategy::MidpointAwayFromZero).try_into().ok()
    }

    /// One of `of` parts of it, as even as cents allow, counted from 0; together they are the whole.
    pub fn part(self, at: u64, of: u64) -> Money {
        let cents = self.0 * Decimal::ONE_HUNDRED;
        let up_to = |parts: u64| (cents * Decimal::from(parts) / Decimal::from(of.max(1))).floor();
        Money((up_to(at + 1) - up_to(at)) / Decimal::ONE_HUNDRED)
    }

    /// The middle one of several amounts; of an even count the mean of the middle two, to the cent, half up.
    pub fn median(mut amounts: Vec<Money>) -> Option<Money> {
        amounts.sort_unstable();
        let upper = amounts.get(amounts.len() / 2)?.0;
        let lower = amounts[(amounts.len() - 1) / 2].0;
        let middle = lower + (upper - lower) / Decimal::TWO;
        Some(Money(middle.round_dp_with_strategy(2, rust_decimal::RoundingStrategy::MidpointAwayFromZero)))
    }

    /// The sum of many amounts; far below the range for any real department, else saturates at the largest.
    pub fn sum(amounts: impl IntoIterator<Item = Money>) -> Money {
        amounts.into_iter().fold(Money::ZERO, |a, b| a.plus(b).unwrap_or(Money(Decimal::MAX)))
    }
}

impl FromStr for Money {
    type Err = NotADecimal;
    fn from_str(text: &str) -> Result<Money, NotADecimal> {
        plain(text, 2).map(Money)
    }
}

impl fmt::Display for Money {
    /// Two decimals, always: `1250.00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:.2}", self.0))
    }
}

/// A measure such as m³ or kg: positive or zero, at most three decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Measure(Decimal);

impl Measure {
    /// The sum, saturating.
    pub fn plus(self, other: Measure) -> Measure {
        Measure(self.0.saturating_add(other.0))
    }

    /// In thousandths: 1.5 is 1500.
    pub fn thousandths(self) -> u64 {
        let thousand = (self.0 * Decimal::ONE_THOUSAND).trunc();
        u64::try_from(thousand).unwrap_or(u64::MAX)
    }

    /// True for 0.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }
}

impl FromStr for Measure {
    type Err = NotADecimal;
    fn from_str(text: &str) -> Result<Measure, NotADecimal> {
        let value = plain(text, 3)?;
        if value.is_sign_negative() { Err(NotADecimal) } else { Ok(Measure(value)) }
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.normalize().to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_count_lies_between_the_middle_two() {
        let median = |texts: &[&str]| Money::median(texts.iter().map(|t| t.parse().unwrap()).collect());
        assert_eq!(median(&[]), None);
        assert_eq!(median(&["3", "1", "2"]).unwrap().to_string(), "2.00");
        assert_eq!(median(&["1.01", "1.00"]).unwrap().to_string(), "1.01");
        assert_eq!(median(&["4", "1", "2", "100"]).unwrap().to_string(), "3.00");
    }

    #[test]
    fn a_share_is_rounded_half_up_and_there_is_none_of_nothing() {
        let money = |text: &str| text.parse::<Money>().unwrap();
        for (part, whole, permille) in [
            ("0", "3", Some(0)),
            ("1", "3", Some(333)),
            ("2", "3", Some(667)),
            ("0.25", "100", Some(3)),
            ("0.24", "100", Some(2)),
            ("500", "400", Some(1250)),
            ("1", "0", None),
        ] {
            assert_eq!(money(part).permille_of(money(whole)), permille, "{part} of {whole}");
        }
    }

    #[test]
    fn a_price_times_a_measure_is_rounded_to_the_cent_half_up() {
        let price = |price: &str, units: &str| {
            price.parse::<Money>().unwrap().for_measure(units.parse().unwrap()).unwrap().to_string()
        };
        assert_eq!(price("380", "2.5"), "950.00");
        assert_eq!(price("3.85", "0.1"), "0.39");
        assert_eq!(price("3.8", "0.333"), "1.27");
    }

    #[test]
    fn money_takes_plain_digits_only() {
        for good in ["0", "12", "12.5", "12.50", "-3.00", "999999999999.99"] {
            assert!(good.parse::<Money>().is_ok(), "{good}");
        }
        for bad in ["", "1e3", "1,000", "+1", "1.234", ".5", "5.", " 1", "9999999999999", "１２"] {
            assert!(bad.parse::<Money>().is_err(), "{bad}");
        }
        assert_eq!("12.5".parse::<Money>().unwrap().to_string(), "12.50");
    }

    #[test]
    fn a_measure_is_never_negative() {
        assert_eq!("1.500".parse::<Measure>().unwrap().to_string(), "1.5");
        assert!("-1".parse::<Measure>().is_err());
    }
}
