//! Figures as people read them, and how one compares with another.

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

/// An amount as a person reads it: `1,250`, `1,250.00`, `1.5 m³`, `98.5%`, `3 days`, `7 months`, `0.12`.
pub fn amount(amount: Amount, lang: Lang) -> String {
    let digits = grouped(&amount.digits());
    match (amount, lang) {
        (Amount::Count(_) | Amount::Money(_) | Amount::PerHundred(_), _) => digits,
        (Amount::Volume(_), _) => format!("{digits} m³"),
        (Amount::Permille(_), _) => format!("{digits}%"),
        (Amount::Days(_), lang) => time(&digits, DAYS, lang),
        (Amount::Months(_), lang) => time(&digits, MONTHS, lang),
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

/// How `now` stands against `then`: `+12%` for numbers, `+1.5 pt` for shares, `+2 days` for days.
/// `None` where they can't be compared: another unit, or growth from nothing.
pub fn change(now: Amount, then: Amount) -> Option<Text> {
    let apart = subtracted(now, then)?;
    let then_digits: Decimal = then.digits().parse().ok()?;
    match now {
        Amount::Permille(_) | Amount::Days(_) | Amount::Months(_) => difference(now, then),
        Amount::Count(_) | Amount::Money(_) | Amount::Volume(_) | Amount::PerHundred(_)
            if then_digits > Decimal::ZERO =>
        {
            let percent = apart.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(then_digits)?;
            // A tenth of a percent is worth reading only in a small change.
            let places = if percent.abs() < Decimal::TEN { 1 } else { 0 };
            let percent = signed(percent.round_dp_with_strategy(places, RoundingStrategy::MidpointAwayFromZero));
            Some(Text::same(format!("{percent}%")))
        }
        Amount::Count(_) | Amount::Money(_) | Amount::Volume(_) | Amount::PerHundred(_) => None,
    }
}

/// How far apart two amounts of one unit are, in that unit: `+3`, `-1,250.00`, `+1.5 pt`, `+2 days`; `None` where the
/// units differ.
pub fn difference(now: Amount, then: Amount) -> Option<Text> {
    let difference = subtracted(now, then)?;
    Some(match now {
        Amount::Permille(_) => {
            let points = signed(difference);
            tr!("{points} pt", "{points}个百分点")
        }
        Amount::Days(_) => longer(difference, DAYS),
        Amount::Months(_) => longer(difference, MONTHS),
        Amount::Volume(_) => Text::same(format!("{} m³", signed(difference))),
        Amount::Count(_) | Amount::Money(_) | Amount::PerHundred(_) => Text::same(signed(difference)),
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
            (Amount::Days(1), "1 day", "1天"),
            (Amount::Days(-3), "-3 days", "-3天"),
            (Amount::Months(1), "1 month", "1个月"),
            (Amount::Months(14), "14 months", "14个月"),
            (Amount::PerHundred(5), "0.05", "0.05"),
        ] {
            assert_eq!((amount(value, Lang::En).as_str(), amount(value, Lang::Zh).as_str()), (en, zh));
        }
    }

    #[test]
    fn a_change_is_told_in_its_own_measure() {
        for (now, then, en, zh) in [
            (Amount::Count(112), Amount::Count(100), "+12%", "+12%"),
            (Amount::Count(1015), Amount::Count(1000), "+1.5%", "+1.5%"),
            (Amount::Count(5000), Amount::Count(4), "+124,900%", "+124,900%"),
            (money("80"), money("100"), "-20%", "-20%"),
            (Amount::Count(3), Amount::Count(3), "0%", "0%"),
            (Amount::Permille(985), Amount::Permille(970), "+1.5 pt", "+1.5个百分点"),
            (Amount::Days(2), Amount::Days(3), "-1 day", "-1天"),
            (Amount::Days(2), Amount::Days(-3), "+5 days", "+5天"),
            (Amount::Months(7), Amount::Months(6), "+1 month", "+1个月"),
            (Amount::PerHundred(15), Amount::PerHundred(10), "+50%", "+50%"),
        ] {
            let text = change(now, then).unwrap();
            assert_eq!((text.en.as_str(), text.zh.as_str()), (en, zh));
        }
        assert_eq!(change(Amount::Count(3), Amount::Count(0)), None);
        assert_eq!(change(money("3"), money("-3")), None);
        assert_eq!(change(Amount::Count(3), Amount::Days(3)), None);
    }
}
