//! The span of days that a report covers, and how a person names it.

use std::fmt;

use chrono::{Datelike, Weekday};

use super::time::{Date, days_after, days_before, parse_date};

/// A span of whole days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    shape: Shape,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Day,
    Week,
    Month,
    Quarter,
    Half,
    Year,
    Free,
}

/// The length of period that a report asks for when none is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// An ISO week, Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar quarter.
    Quarter,
    /// A calendar half-year: January to June, July to December.
    Half,
    /// A calendar year.
    Year,
}

/// The Chinese names of periods around today, and the ones that they stand for.
const CHINESE: &[(&str, &str)] = &[
    ("今天", "today"),
    ("昨天", "yesterday"),
    ("明天", "tomorrow"),
    ("本周", "this-week"),
    ("上周", "last-week"),
    ("下周", "next-week"),
    ("本月", "this-month"),
    ("上月", "last-month"),
    ("下月", "next-month"),
    ("本季", "this-quarter"),
    ("本季度", "this-quarter"),
    ("上季", "last-quarter"),
    ("上季度", "last-quarter"),
    // 上半年 is the year's first half rather than the half-year before.
    ("本半年", "this-half"),
    ("今年", "this-year"),
    ("去年", "last-year"),
    ("明年", "next-year"),
];

fn month_start(year: i32, month: u32) -> Option<Date> {
    Date::from_ymd_opt(year, month, 1)
}

impl Period {
    /// The period of `unit` that holds `day`.
    pub fn holding(unit: Unit, day: Date) -> Period {
        let year = day.year();
        let months = |first: u32, count: u32, shape| {
            let from = month_start(year, first).unwrap_or(day);
            let next = if first + count > 12 { month_start(year + 1, 1) } else { month_start(year, first + count) };
            Period { from, to: next.map_or(day, |n| days_before(n, 1)), shape }
        };
        match unit {
            Unit::Day => Period { from: day, to: day, shape: Shape::Day },
            Unit::Week => {
                let from = days_before(day, u64::from(day.weekday().num_days_from_monday()));
                Period { from, to: days_after(from, 6), shape: Shape::Week }
            }
            Unit::Month => months(day.month(), 1, Shape::Month),
            Unit::Quarter => months((day.month() - 1) / 3 * 3 + 1, 3, Shape::Quarter),
            Unit::Half => months((day.month() - 1) / 6 * 6 + 1, 6, Shape::Half),
            Unit::Year => months(1, 12, Shape::Year),
        }
    }

    /// Any span; `None` when it ends before it begins.
    pub fn between(from: Date, to: Date) -> Option<Period> {
        (from <= to).then_some(Period { from, to, shape: Shape::Free })
    }

    /// Reads `2026-11-21`, `2026-W47`, `2026-11`, `2026-Q4`, `2026-H2`, `2026`, `A..B`, `today`, `yesterday`,
    /// `this-week`, `last-month` and the like, and 本周, 上月 and the like. Letter case does not matter.
    pub fn parse(text: &str, today: Date) -> Option<Period> {
        let named = CHINESE.iter().find(|(name, _)| *name == text);
        let text = named.map_or_else(|| text.to_ascii_lowercase(), |(_, name)| (*name).to_string());
        if let Some((from, to)) = text.split_once("..") {
            return Period::between(Period::parse(from, today)?.from, Period::parse(to, today)?.to);
        }
        if let Some((which, unit)) = text.split_once('-') {
            let unit = match unit {
                "day" => Some(Unit::Day),
                "week" => Some(Unit::Week),
                "month" => Some(Unit::Month),
                "quarter" => Some(Unit::Quarter),
                "half" => Some(Unit::Half),
                "year" => Some(Unit::Year),
                _ => None,
            };
            match (which, unit) {
                ("this", Some(unit)) => return Some(Period::holding(unit, today)),
                ("last", Some(unit)) => return Some(Period::holding(unit, today).previous()),
                ("next", Some(unit)) => {
                    return Some(Period::holding(unit, days_after(Period::holding(unit, today).to, 1)));
                }
                _ => {}
            }
        }
        let digits = |s: &str, n: usize| {
            (s.len() == n && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<u32>().ok()).flatten()
        };
        let (year, rest) = match text.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text.as_str(), None),
        };
        if let Some(year) = digits(year, 4) {
            let year = year as i32;
            match rest {
                None => return Some(Period::holding(Unit::Year, month_start(year, 1)?)),
                Some(rest) => {
                    if let Some(week) = rest.strip_prefix('w') {
                        let monday = Date::from_isoywd_opt(year, digits(week, 2)?, Weekday::Mon)?;
                        return Some(Period::holding(Unit::Week, monday));
                    }
                    if let Some(quarter) = rest.strip_prefix('q') {
                        let quarter = digits(quarter, 1).filter(|q| (1..=4).contains(q))?;
                        return Some(Period::holding(Unit::Quarter, month_start(year, quarter * 3 - 2)?));
                    }
                    if let Some(half) = rest.strip_prefix('h') {
                        let half = digits(half, 1).filter(|h| (1..=2).contains(h))?;
                        return Some(Period::holding(Unit::Half, month_start(year, half * 6 - 5)?));
                    }
                    if let Some(month) = digits(rest, 2) {
                        return Some(Period::holding(Unit::Month, month_start(year, month)?));
                    }
                }
            }
        }
        parse_date(&text, today).map(|day| Period::holding(Unit::Day, day))
    }

    /// The period of the same length right before.
    pub fn previous(self) -> Period {
        let before = days_before(self.from, 1);
        match self.shape {
            Shape::Day => Period::holding(Unit::Day, before),
            Shape::Week => Period::holding(Unit::Week, before),
            Shape::Month => Period::holding(Unit::Month, before),
            Shape::Quarter => Period::holding(Unit::Quarter, before),
            Shape::Half => Period::holding(Unit::Half, before),
            Shape::Year => Period::holding(Unit::Year, before),
            Shape::Free => {
                let length = (self.to - self.from).num_days().unsigned_abs();
                Period { from: days_before(before, length), to: before, shape: Shape::Free }
            }
        }
    }

    /// The same period a year before: the ISO week of the same number (52 where that year has no 53rd), else the same dates.
    pub fn last_year(self) -> Period {
        let back = |d: Date| d.with_year(d.year() - 1).unwrap_or_else(|| days_before(d, 366));
        match self.shape {
            Shape::Week => {
                let week = self.from.iso_week();
                let monday = Date::from_isoywd_opt(week.year() - 1, week.week(), Weekday::Mon)
                    .or_else(|| Date::from_isoywd_opt(week.year() - 1, 52, Weekday::Mon));
                Period::holding(Unit::Week, monday.unwrap_or(self.from))
            }
            Shape::Month => Period::holding(Unit::Month, back(self.from)),
            Shape::Quarter => Period::holding(Unit::Quarter, back(self.from)),
            Shape::Half => Period::holding(Unit::Half, back(self.from)),
            Shape::Year => Period::holding(Unit::Year, back(self.from)),
            Shape::Day | Shape::Free => Period { from: back(self.from), to: back(self.to), shape: self.shape },
        }
    }

    /// The period cut at the borders of a unit: the weeks of a month, the months of a year. A part that the period's
    /// own ends cut short is the days that are left of it, so the parts never overlap and together are the whole.
    pub fn parts(self, unit: Unit) -> Vec<Period> {
        let mut parts = Vec::new();
        let mut from = self.from;
        while from <= self.to {
            let whole = Period::holding(unit, from);
            let to = whole.to.min(self.to);
            let is_whole = whole.from == from && whole.to == to;
            parts.push(if is_whole { whole } else { Period { from, to, shape: Shape::Free } });
            if to == Date::MAX {
                break;
            }
            from = days_after(to, 1);
        }
        parts
    }

    /// True of a period that is made of whole parts of a unit: whole months, for one.
    pub fn is_of(self, unit: Unit) -> bool {
        Period::holding(unit, self.from).from == self.from && Period::holding(unit, self.to).to == self.to
    }

    /// True when `day` lies inside.
    pub fn contains(self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }
}

impl fmt::Display for Period {
    /// The name that [`Period::parse`] reads back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let from = self.from;
        match self.shape {
            Shape::Day => write!(f, "{from}"),
            Shape::Week => write!(f, "{}-W{:02}", from.iso_week().year(), from.iso_week().week()),
            Shape::Month => write!(f, "{}", from.format("%Y-%m")),
            Shape::Quarter => write!(f, "{}-Q{}", from.year(), (from.month() - 1) / 3 + 1),
            Shape::Half => write!(f, "{}-H{}", from.year(), (from.month() - 1) / 6 + 1),
            Shape::Year => write!(f, "{}", from.year()),
            Shape::Free => write!(f, "{from}..{}", self.to),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(text: &str) -> Period {
        Period::parse(text, Date::from_ymd_opt(2026, 11, 21).unwrap()).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn parts_are_the_whole_without_overlap() {
        let names = |period: &str, unit| p(period).parts(unit).iter().map(Period::to_string).collect::<Vec<_>>();
        assert_eq!(names("2026-Q4", Unit::Month), ["2026-10", "2026-11", "2026-12"]);
        assert_eq!(
            names("2026-11", Unit::Week),
            ["2026-11-01..2026-11-01", "2026-W45", "2026-W46", "2026-W47", "2026-W48", "2026-11-30..2026-11-30"]
        );
        assert_eq!(names("2026-11-21", Unit::Month), ["2026-11-21..2026-11-21"]);
        for (period, unit) in [("2026", Unit::Week), ("2026-01-05..2026-12-30", Unit::Quarter)] {
            let parts = p(period).parts(unit);
            assert_eq!((parts[0].from, parts.last().unwrap().to), (p(period).from, p(period).to));
            assert!(parts.windows(2).all(|two| two[1].from == days_after(two[0].to, 1)));
        }
    }

    #[test]
    fn every_way_to_name_a_period() {
        for (typed, name, from, to) in [
            ("2026-11-21", "2026-11-21", "2026-11-21", "2026-11-21"),
            ("2026-W47", "2026-W47", "2026-11-16", "2026-11-22"),
            ("2026-11", "2026-11", "2026-11-01", "2026-11-30"),
            ("2026-q4", "2026-Q4", "2026-10-01", "2026-12-31"),
            ("2026-h1", "2026-H1", "2026-01-01", "2026-06-30"),
            ("2026-H2", "2026-H2", "2026-07-01", "2026-12-31"),
            ("this-half", "2026-H2", "2026-07-01", "2026-12-31"),
            ("2026", "2026", "2026-01-01", "2026-12-31"),
            ("2026-10-05..2026-11-02", "2026-10-05..2026-11-02", "2026-10-05", "2026-11-02"),
            ("2026-09..2026-10", "2026-09-01..2026-10-31", "2026-09-01", "2026-10-31"),
            ("today", "2026-11-21", "2026-11-21", "2026-11-21"),
            ("this-week", "2026-W47", "2026-11-16", "2026-11-22"),
            ("last-month", "2026-10", "2026-10-01", "2026-10-31"),
            ("last-year", "2025", "2025-01-01", "2025-12-31"),
        ] {
            let period = p(typed);
            assert_eq!(
                (period.to_string().as_str(), period.from.to_string().as_str(), period.to.to_string().as_str()),
                (name, from, to)
            );
            assert_eq!(p(name), period, "{name} reads back");
        }
    }

    #[test]
    fn every_chinese_name_is_of_the_period_that_it_says() {
        for (name, typed) in CHINESE {
            assert_eq!(p(name), p(typed), "{name}");
        }
        for (name, is) in [
            ("今天", "2026-11-21"),
            ("昨天", "2026-11-20"),
            ("本周", "2026-W47"),
            ("上周", "2026-W46"),
            ("本月", "2026-11"),
            ("上月", "2026-10"),
            ("本季", "2026-Q4"),
            ("上季", "2026-Q3"),
            ("本半年", "2026-H2"),
            ("今年", "2026"),
            ("去年", "2025"),
            ("上月..今天", "2026-10-01..2026-11-21"),
        ] {
            assert_eq!(p(name).to_string(), is);
        }
    }

    #[test]
    fn what_is_no_period() {
        let today = Date::from_ymd_opt(2026, 11, 21).unwrap();
        for bad in [
            "",
            "2026-13",
            "2026-W54",
            "2026-Q5",
            "2026-H3",
            "26",
            "2026-11-31",
            "2026-12..2026-11",
            "this-age",
            "..",
            "上半年",
        ] {
            assert_eq!(Period::parse(bad, today), None, "{bad}");
        }
    }

    #[test]
    fn the_period_before_and_the_year_before() {
        assert_eq!(p("2026-01").previous(), p("2025-12"));
        assert_eq!(p("2026-Q1").previous(), p("2025-Q4"));
        assert_eq!(p("2026-H1").previous(), p("2025-H2"));
        assert_eq!(p("2026-H1").last_year(), p("2025-H1"));
        assert_eq!(p("2026-11-01..2026-11-10").previous(), p("2026-10-22..2026-10-31"));
        assert_eq!(p("2026-W53").last_year(), p("2025-W52"));
        assert_eq!(p("2024-02").last_year(), p("2023-02"));
        assert_eq!(p("2024-02-29").last_year(), p("2023-02-28"));
    }
}
