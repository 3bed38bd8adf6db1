//! Mainland China's public holidays and make-up working days (调休), as the State Council published them.
//!
//! A year stands here only once it is published: nothing is computed from the lunar calendar or guessed. The
//! department's own list of overrides decides; this table only offers rows for it.

use chrono::Datelike;

use crate::base::time::Date;
use crate::base::words::{Text, Words, words};
use crate::tr;

/// One dated row for the calendar list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DayRow {
    /// The day.
    pub date: Date,
    /// True for a day off, false for a make-up working day.
    pub off: bool,
    /// The holiday that it belongs to.
    pub note: Text,
}

/// A month and a day of the year in question.
type Day = (u32, u32);

/// One holiday: its days off in a row, and the days worked in exchange.
struct Holiday {
    name: Words,
    first: Day,
    last: Day,
    worked: &'static [Day],
}

const NEW_YEAR: Words = words("New Year's Day", "元旦");
const SPRING: Words = words("Spring Festival", "春节");
const QINGMING: Words = words("Qingming Festival", "清明节");
const LABOUR: Words = words("Labour Day", "劳动节");
const DRAGON_BOAT: Words = words("Dragon Boat Festival", "端午节");
const MID_AUTUMN: Words = words("Mid-Autumn Festival", "中秋节");
const NATIONAL: Words = words("National Day", "国庆节");
const NATIONAL_AND_MID_AUTUMN: Words = words("National Day and Mid-Autumn Festival", "国庆节、中秋节");

const fn holiday(name: Words, first: Day, last: Day, worked: &'static [Day]) -> Holiday {
    Holiday { name, first, last, worked }
}

/// The published years.
const YEARS: &[(i32, &[Holiday])] = &[
    (
        2025,
        &[
            holiday(NEW_YEAR, (1, 1), (1, 1), &[]),
            holiday(SPRING, (1, 28), (2, 4), &[(1, 26), (2, 8)]),
            holiday(QINGMING, (4, 4), (4, 6), &[]),
            holiday(LABOUR, (5, 1), (5, 5), &[(4, 27)]),
            holiday(DRAGON_BOAT, (5, 31), (6, 2), &[]),
            holiday(NATIONAL_AND_MID_AUTUMN, (10, 1), (10, 8), &[(9, 28), (10, 11)]),
        ],
    ),
    (
        2026,
        &[
            holiday(NEW_YEAR, (1, 1), (1, 3), &[(1, 4)]),
            holiday(SPRING, (2, 15), (2, 23), &[(2, 14), (2, 28)]),
            holiday(QINGMING, (4, 4), (4, 6), &[]),
            holiday(LABOUR, (5, 1), (5, 5), &[(5, 9)]),
            holiday(DRAGON_BOAT, (6, 19), (6, 21), &[]),
            holiday(MID_AUTUMN, (9, 25), (9, 27), &[]),
            holiday(NATIONAL, (10, 1), (10, 7), &[(9, 20), (10, 10)]),
        ],
    ),
];

/// The rows of a year in order of date, weekends inside a holiday too; `None` for a year not published here.
pub fn published(year: i32) -> Option<Vec<DayRow>> {
    let (_, holidays) = YEARS.iter().find(|(published, _)| *published == year)?;
    let mut rows: Vec<DayRow> = holidays.iter().flat_map(|holiday| rows_of(year, holiday)).collect();
    rows.sort_by_key(|row| row.date);
    Some(rows)
}

fn rows_of(year: i32, holiday: &Holiday) -> impl Iterator<Item = DayRow> {
    let name = holiday.name;
    let date = move |(month, day): Day| Date::from_ymd_opt(year, month, day);
    let last = date(holiday.last);
    let days = date(holiday.first).into_iter().flat_map(|first| first.iter_days());
    let off = days
        .take_while(move |day| last.is_some_and(|last| *day <= last) && day.year() == year)
        .map(move |date| DayRow { date, off: true, note: name.into() });
    let worked = holiday.worked.iter().filter_map(move |day| date(*day));
    let note = tr!("{name}: make-up working day", "{name}调休上班"; name);
    off.chain(worked.map(move |date| DayRow { date, off: false, note: note.clone() }))
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;

    fn rows(year: i32) -> Vec<DayRow> {
        published(year).unwrap_or_else(|| panic!("{year} is published"))
    }

    fn dates(year: i32, off: bool) -> Vec<String> {
        rows(year).iter().filter(|row| row.off == off).map(|row| row.date.format("%m-%d").to_string()).collect()
    }

    #[test]
    fn a_make_up_working_day_is_a_saturday_or_sunday() {
        for (year, _) in YEARS {
            for row in rows(*year).iter().filter(|row| !row.off) {
                assert!(matches!(row.date.weekday(), Weekday::Sat | Weekday::Sun), "{}", row.date);
            }
        }
    }

    #[test]
    fn rows_are_of_their_year_in_order_and_no_day_twice() {
        for (year, _) in YEARS {
            let rows = rows(*year);
            assert!(rows.windows(2).all(|pair| pair[0].date < pair[1].date), "{year}");
            assert!(rows.iter().all(|row| row.date.year() == *year), "{year}");
        }
    }

    #[test]
    fn the_days_off_of_a_holiday_are_one_run() {
        for (year, holidays) in YEARS {
            for holiday in *holidays {
                let off: Vec<DayRow> =
                    rows(*year).into_iter().filter(|row| row.off && row.note.en == holiday.name.en).collect();
                let ends = [&off[0], &off[off.len() - 1]].map(|row| (row.date.month(), row.date.day()));
                assert_eq!(ends, [holiday.first, holiday.last], "{year} {}", holiday.name.en);
                let run = off.windows(2).all(|pair| pair[0].date.succ_opt() == Some(pair[1].date));
                assert!(run, "{year} {}", holiday.name.en);
            }
        }
    }

    #[test]
    fn every_table_row_is_a_real_date() {
        for (year, holidays) in YEARS {
            for holiday in *holidays {
                let named = [holiday.first, holiday.last].into_iter().chain(holiday.worked.iter().copied());
                for (month, day) in named {
                    assert!(Date::from_ymd_opt(*year, month, day).is_some(), "{year}-{month}-{day}");
                }
                assert!(holiday.first <= holiday.last, "{year} {}", holiday.name.en);
            }
        }
    }

    #[test]
    fn the_years_are_as_published() {
        assert_eq!(dates(2025, true).len(), 28);
        assert_eq!(dates(2025, false), ["01-26", "02-08", "04-27", "09-28", "10-11"]);
        assert_eq!(dates(2026, true).len(), 33);
        assert_eq!(dates(2026, false), ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]);
        let makeup = &rows(2026)[3];
        assert_eq!(
            (makeup.note.en.as_str(), makeup.note.zh.as_str()),
            ("New Year's Day: make-up working day", "元旦调休上班")
        );
    }

    #[test]
    fn a_year_not_published_is_absent() {
        assert_eq!(published(2024), None);
        assert_eq!(published(2027), None);
    }
}
