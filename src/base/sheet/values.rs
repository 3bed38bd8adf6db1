//! Days and amounts as other people's tables write them, brought to the one way in which fields are read.

use std::borrow::Cow;

use crate::base::field::Ty;
use crate::base::time::Date;

/// A cell's text as a value of a type is typed. `None` for a day or a moment that is not written whole: on another day
/// it would be another.
pub fn plain(ty: Ty, text: &str) -> Option<Cow<'_, str>> {
    match ty {
        Ty::Date => day(text).map(|day| day.to_string().into()),
        Ty::Time => {
            let (day, clock) = text.split_once(['T', ' '])?;
            Some(format!("{}T{}", self::day(day)?, clock.trim()).into())
        }
        ty if ty.is_numeric() => Some(number(text)),
        _ => Some(text.into()),
    }
}

/// A day with its four digits of year first, however it is parted: `2026-11-21`, `2026/11/5`, `2026.11.5`,
/// `2026年11月5日`, as CSV saved by a Chinese Excel has it. Days that leave the order or the year open are none.
pub fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = match text.strip_suffix('日') {
        Some(rest) => rest.split(['年', '月']).collect(),
        None => {
            let parting = text.chars().find(|c| ['-', '/', '.'].contains(c))?;
            text.split(parting).collect()
        }
    };
    let [year, month, day] = parts[..] else { return None };
    let number = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        let plain = digits.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| part.parse::<u32>().ok()).flatten()
    };
    Date::from_ymd_opt(number(year, 4..=4)? as i32, number(month, 1..=2)?, number(day, 1..=2)?)
}

/// A number without the sign of a currency before it and the commas that part its thousands: `¥1,250.00`. What is
/// written otherwise comes back as it is.
pub fn number(text: &str) -> Cow<'_, str> {
    let bare = text.trim_start_matches(['¥', '￥', '$']).trim_start();
    let (whole, part) = bare.split_once('.').map_or((bare, None), |(whole, part)| (whole, Some(part)));
    let (sign, groups) = whole.strip_prefix('-').map_or(("", whole), |rest| ("-", rest));
    let mut groups = groups.split(',');
    let digits = |group: &str| group.bytes().all(|b| b.is_ascii_digit());
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()) && digits(group));
    if whole.contains(',') && first && groups.all(|group| group.len() == 3 && digits(group)) {
        let whole = whole.trim_start_matches('-').replace(',', "");
        return Cow::Owned(part.map_or_else(|| format!("{sign}{whole}"), |part| format!("{sign}{whole}.{part}")));
    }
    Cow::Borrowed(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_where_their_order_is_plain() {
        let expect = Date::from_ymd_opt(2026, 11, 5);
        for text in ["2026-11-05", "2026/11/5", "2026.11.5", "2026年11月5日"] {
            assert_eq!(day(text), expect, "{text}");
        }
        for text in ["5/11/2026", "26/11/5", "11-05", "2026-11/05", "2026-02-30", "today", "2026年11月", ""] {
            assert_eq!(day(text), None, "{text}");
        }
    }

    #[test]
    fn numbers_lose_their_currency_and_the_commas_between_thousands() {
        for (text, expect) in [
            ("1,250.00", "1250.00"),
            ("¥1,234,567", "1234567"),
            ("￥ 320.5", "320.5"),
            ("-1,000", "-1000"),
            ("320", "320"),
            ("1,25", "1,25"),
            ("1,2345", "1,2345"),
            (",100", ",100"),
            ("abc", "abc"),
        ] {
            assert_eq!(number(text), expect, "{text}");
        }
    }
}
