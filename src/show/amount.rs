//! Figures as people read them, and how one compares with another.

use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::base::table::Amount;
use crate::base::words::{Lang, Text, Words, words};
use crate::tr;

/// `digits` with a comma between thousands: `-1,234,567.50`.
pub(super) fn grouped(digits: &str) -> String {
    let (sign, rest) = digits.strip_prefix('-').map_or(("", digits), |rest| ("-", rest));
    let (whole, part) = rest.split_once('.').map_or((rest, None), |(whole, part)| (whole, Some(part)));
    let mut out = sign.to_string();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// An amount as a person reads it: `1,250`, `1,250.00`, `1.5 m³`, `98.5%`, `26 h 5 min`, `3 days`, `7 months`, `0.12`,
/// `4.35`, `87.3`.
pub fn amount(amount: Amount, lang: Lang) -> String {
    let digits = grouped(&amount.digits());
    match (amount, lang) {
        (Amount::Count(_) | Amount::Money(_) | Amount::PerHundred(_) | Amount::Points(_) | Amount::Score(_), _) => {
            digits
        }
        (Amount::Volume(_), _) => format!("{digits} m³"),
        (Amount::Permille(_), _) => format!("{digits}%"),
        (Amount::Minutes(minutes), lang) => hours(minutes, lang),
        (Amount::Days(_), lang) => time(&digits, DAYS, lang),
        (Amount::Months(_), lang) => time(&digits, MONTHS, lang),
    }
}

/// How far two amounts are apart: as [`amount`], between two shares in points.
pub fn apart(difference: Amount, lang: Lang) -> String {
    match difference {
        Amount::Permille(_) => {
            let points = difference.digits();
            tr!("{points} pt", "{points}个百分点").get(lang).to_string()
        }
        _ => amount(difference, lang),
    }
}

/// A length of time: the words for one and for several.
type Length = [Words; 2];

const DAYS: Length = [words("day", "天"), words("days", "天")];
const MONTHS: Length = [words("month", "个月"), words("months", "个月")];

fn time(digits: &str, [one, several]: Length, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{digits}{}", one.zh),
        Lang::En if digits.trim_start_matches(['+', '-']) == "1" => format!("{digits} {}", one.en),
        Lang::En => format!("{digits} {}", several.en),
    }
}

/// Minutes in hours and minutes. Not in days: a day of working hours is not one of the clock.
fn hours(minutes: i64, lang: Lang) -> String {
    let sign = if minutes < 0 { "-" } else { "" };
    let (hours, rest) = (minutes.unsigned_abs() / 60, minutes.unsigned_abs() % 60);
    let grouped = grouped(&hours.to_string());
    match (hours, rest, lang) {
        (0, _, Lang::En) => format!("{sign}{rest} min"),
        (0, _, Lang::Zh) => format!("{sign}{rest}分钟"),
        (_, 0, Lang::En) => format!("{sign}{grouped} h"),
        (_, 0, Lang::Zh) => format!("{sign}{grouped}小时"),
        (_, _, Lang::En) => format!("{sign}{grouped} h {rest} min"),
        (_, _, Lang::Zh) => format!("{sign}{grouped}小时{rest}分"),
    }
}

/// The most that growth is told in percent.
const MOST_PERCENT: i64 = 999;

/// How one amount stands against another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Growth, in percent.
    Percent(Decimal),
    /// Growth beyond what percents are read for: how many times as much it is.
    Times(Decimal),
    /// Points between two shares.
    Points(Decimal),
    /// Days between two lengths of time.
    Days(Decimal),
    /// Months between two ages.
    Months(Decimal),
    /// Minutes between two lengths of time.
    Minutes(i64),
    /// Between two means of scores.
    Scores(Decimal),
}

impl Change {
    /// As a person reads it: `+12%` or `×418` for numbers, `+1.5 pt` for shares, `+2 days` for days, `+0.15` for
    /// scores.
    pub fn text(self) -> Text {
        match self {
            Change::Percent(percent) => Text::same(format!("{}%", signed(percent))),
            Change::Times(times) => Text::same(format!("×{}", grouped(&times.to_string()))),
            Change::Points(points) => {
                let points = signed(points);
                tr!("{points} pt", "{points}个百分点")
            }
            Change::Days(days) => longer(days, DAYS),
            Change::Months(months) => longer(months, MONTHS),
            Change::Minutes(minutes) => {
                let sign = if minutes > 0 { "+" } else { "" };
                let text = |lang| format!("{sign}{}", hours(minutes, lang));
                Text { en: text(Lang::En), zh: text(Lang::Zh) }
            }
            Change::Scores(points) => Text::same(signed(points)),
        }
    }
}

/// How `now` stands against `then`. `None` where they can't be compared: another unit, or growth from nothing or to
/// less than nothing.
pub fn change(now: Amount, then: Amount) -> Option<Change> {
    let apart = subtracted(now, then)?;
    let (now_digits, then_digits): (Decimal, Decimal) = (now.digits().parse().ok()?, then.digits().parse().ok()?);
    match now {
        Amount::Permille(_) => Some(Change::Points(apart)),
        Amount::Minutes(_) => apart.to_i64().map(Change::Minutes),
        Amount::Points(_) | Amount::Score(_) => Some(Change::Scores(apart)),
        Amount::Days(_) => Some(Change::Days(apart)),
        Amount::Months(_) => Some(Change::Months(apart)),
        Amount::Count(_) | Amount::Money(_) | Amount::Volume(_) | Amount::PerHundred(_)
            if then_digits > Decimal::ZERO =>
        {
            let rounded =
                |value: Decimal, places| value.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero);
            let percent = apart.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(then_digits)?;
            if percent > Decimal::from(MOST_PERCENT) {
                return Some(Change::Times(rounded(now_digits.checked_div(then_digits)?, 0)));
            }
            // A tenth of a percent is worth reading only in a small change.
            let places = if percent.abs() < Decimal::TEN { 1 } else { 0 };
            // From more than nothing to less there is no growth.
            Some(Change::Percent(rounded(percent, places))).filter(|_| now_digits >= Decimal::ZERO)
        }
        Amount::Count(_) | Amount::Money(_) | Amount::Volume(_) | Amount::PerHundred(_) => None,
    }
}

/// How far apart two amounts of one unit are, in that unit: `+3`, `-1,250.00`, `+1.5 pt`, `+2 days`; `None` where the
/// units differ.
pub fn difference(now: Amount, then: Amount) -> Option<Text> {
    let apart = subtracted(now, then)?;
    Some(match now {
        Amount::Volume(_) => Text::same(format!("{} m³", signed(apart))),
        Amount::Count(_) | Amount::Money(_) | Amount::PerHundred(_) => Text::same(signed(apart)),
        Amount::Permille(_)
        | Amount::Minutes(_)
        | Amount::Points(_)
        | Amount::Score(_)
        | Amount::Days(_)
        | Amount::Months(_) => change(now, then)?.text(),
    })
}

/// The same in plain digits: `3`, `-1250.00`.
pub fn minus(now: Amount, then: Amount) -> Option<String> {
    subtracted(now, then).map(|difference| difference.to_string())
}

fn subtracted(now: Amount, then: Amount) -> Option<Decimal> {
    if now.unit() != then.unit() {
        return None;
    }
    let (now, then): (Decimal, Decimal) = (now.digits().parse().ok()?, then.digits().parse().ok()?);
    now.checked_sub(then)
}

fn longer(difference: Decimal, length: Length) -> Text {
    let digits = signed(difference);
    Text { en: time(&digits, length, Lang::En), zh: time(&digits, length, Lang::Zh) }
}

/// Digits with their sign, `+` too; 0 has none.
fn signed(value: Decimal) -> String {
    let value = value.normalize();
    let digits = grouped(&value.to_string());
    if value > Decimal::ZERO { format!("+{digits}") } else { digits }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Amount {
        Amount::Money(text.parse().unwrap())
    }

    #[test]
    fn an_amount_is_grouped_and_has_its_unit() {
        for (value, en, zh) in [
            (Amount::Count(999), "999", "999"),
            (Amount::Count(1_234_567), "1,234,567", "1,234,567"),
            (money("1250"), "1,250.00", "1,250.00"),
            (money("-123456.5"), "-123,456.50", "-123,456.50"),
            (Amount::Volume("1.50".parse().unwrap()), "1.5 m³", "1.5 m³"),
            (Amount::Permille(985), "98.5%", "98.5%"),
            (Amount::Minutes(0), "0 min", "0分钟"),
            (Amount::Minutes(45), "45 min", "45分钟"),
            (Amount::Minutes(2880), "48 h", "48小时"),
            (Amount::Minutes(60_065), "1,001 h 5 min", "1,001小时5分"),
            (Amount::Minutes(-95), "-1 h 35 min", "-1小时35分"),
            (Amount::Days(1), "1 day", "1天"),
            (Amount::Days(-3), "-3 days", "-3天"),
            (Amount::Months(1), "1 month", "1个月"),
            (Amount::Months(14), "14 months", "14个月"),
            (Amount::PerHundred(5), "0.05", "0.05"),
            (Amount::Points(405), "4.05", "4.05"),
            (Amount::Score(1060), "106.0", "106.0"),
        ] {
            assert_eq!((amount(value, Lang::En).as_str(), amount(value, Lang::Zh).as_str()), (en, zh));
        }
    }

    #[test]
    fn a_change_is_told_in_its_own_measure() {
        for (now, then, en, zh) in [
            (Amount::Count(112), Amount::Count(100), "+12%", "+12%"),
            (Amount::Count(1015), Amount::Count(1000), "+1.5%", "+1.5%"),
            (Amount::Count(1099), Amount::Count(100), "+999%", "+999%"),
            (Amount::Count(1100), Amount::Count(100), "×11", "×11"),
            (Amount::Count(5000), Amount::Count(4), "×1,250", "×1,250"),
            (money("80"), money("100"), "-20%", "-20%"),
            (Amount::Count(3), Amount::Count(3), "0%", "0%"),
            (Amount::Permille(985), Amount::Permille(970), "+1.5 pt", "+1.5个百分点"),
            (Amount::Minutes(90), Amount::Minutes(30), "+1 h", "+1小时"),
            (Amount::Minutes(30), Amount::Minutes(125), "-1 h 35 min", "-1小时35分"),
            (Amount::Days(2), Amount::Days(3), "-1 day", "-1天"),
            (Amount::Days(2), Amount::Days(-3), "+5 days", "+5天"),
            (Amount::Months(7), Amount::Months(6), "+1 month", "+1个月"),
            (Amount::PerHundred(15), Amount::PerHundred(10), "+50%", "+50%"),
            (Amount::Points(420), Amount::Points(405), "+0.15", "+0.15"),
            (Amount::Points(405), Amount::Points(420), "-0.15", "-0.15"),
            (Amount::Score(873), Amount::Score(858), "+1.5", "+1.5"),
        ] {
            let text = change(now, then).unwrap().text();
            assert_eq!((text.en.as_str(), text.zh.as_str()), (en, zh));
        }
        assert_eq!(change(Amount::Count(3), Amount::Count(0)), None);
        assert_eq!(change(money("3"), money("-3")), None);
        assert_eq!(change(money("-8010"), money("1000")), None);
        assert_eq!(change(money("0"), money("1000")).unwrap().text(), Text::same("-100%"));
        assert_eq!(change(Amount::Count(3), Amount::Days(3)), None);
    }
}
