//! Working hours and working days (R44): which minutes of which days the department works.
//!
//! Inside this module a moment is a whole number of minutes since 1970 in UTC, so DST and offsets matter only where a
//! wall-clock reading is turned into a moment. Searches stop a century after they begin, and moments are held to the
//! years 1 to 9999: no calendar or date can make them run on or overflow.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveTime, Weekday};

use crate::base::time::{Date, Time, Zone, days_after};
use crate::base::words::Text;
use crate::tr;

/// Whole minutes since 1970-01-01 00:00 UTC.
pub(super) type Minute = i64;

/// 0001-01-02 and 9999-12-30, a day inside the years that RFC 3339 can write in any zone.
const FIRST: Minute = -1_035_591_840;
pub(super) const LAST: Minute = 4_223_368_800;

/// How far ahead a search goes: a century.
const HORIZON_DAYS: usize = 36_525;
/// The same in minutes.
pub(super) const HORIZON: Minute = HORIZON_DAYS as Minute * 24 * 60;

/// The minute that holds a moment: seconds are cut off, so a clock read 30 s into its due minute is met (R46).
pub(super) fn minute(time: Time) -> Minute {
    time.timestamp().div_euclid(60).clamp(FIRST, LAST)
}

/// The time from one minute up to another, which is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    pub from: Minute,
    pub to: Minute,
}

impl Stretch {
    pub fn minutes(self) -> i64 {
        self.to - self.from
    }

    pub fn is_empty(self) -> bool {
        self.from >= self.to
    }

    /// What of it lies between two moments.
    pub fn within(self, from: Minute, to: Minute) -> Stretch {
        Stretch { from: self.from.max(from), to: self.to.min(to) }
    }
}

/// A span of working hours inside one day, in minutes of the wall clock; at most up to midnight, `24:00`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    from: u32,
    to: u32,
}

const DAY: u32 = 24 * 60;

impl FromStr for Span {
    type Err = Text;

    /// Reads `09:00-12:00`; the end may be `24:00`.
    ///
    /// # Errors
    /// What to write instead, when a time doesn't exist or the span doesn't end after it begins.
    fn from_str(text: &str) -> Result<Span, Text> {
        text.split_once('-')
            .and_then(|(from, to)| Some(Span { from: minute_of_day(from)?, to: minute_of_day(to)? }))
            .filter(|span| span.from < span.to)
            .ok_or_else(|| {
                tr!("write a span as 09:00-12:00, its end after its beginning", "请写成“09:00-12:00”，结束须晚于开始")
            })
    }
}

impl fmt::Display for Span {
    /// The text that [`Span::from_str`] reads back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        f.pad(&format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60))
    }
}

fn minute_of_day(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let two =
        |s: &str| (s.len() == 2 && s.bytes().all(|b| b.is_ascii_digit())).then(|| s.parse::<u32>().ok()).flatten();
    let (hour, minute) = (two(hour)?, two(minute)?);
    (minute < 60 && hour * 60 + minute <= DAY).then_some(hour * 60 + minute)
}

/// What a dated override makes of a day (R44).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DayKind {
    /// A holiday, whatever the weekday.
    Off,
    /// A working day (调休) with the usual hours, whatever the weekday.
    Working,
}

/// How the hours of a stretch of the calendar are spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hours {
    Open,
    Closed,
    DayOff,
}

/// The department's working hours in its own zone: some weekdays, the same spans on each, and dated overrides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calendar {
    zone: Zone,
    /// From Monday.
    weekdays: [bool; 7],
    /// Never empty; ordered and without overlap.
    spans: Vec<Span>,
    overrides: BTreeMap<Date, DayKind>,
}

impl Calendar {
    /// A calendar without overrides. Spans may touch; weekdays may come in any order.
    ///
    /// # Errors
    /// When there is no weekday, no span, or a span begins before the one before it has ended.
    pub fn new(zone: Zone, weekdays: &[Weekday], spans: &[Span]) -> Result<Calendar, Text> {
        if weekdays.is_empty() {
            return Err(tr!("name at least one working weekday", "请至少指定一个工作日"));
        }
        if spans.is_empty() {
            return Err(tr!("name at least one span of working hours", "请至少指定一段工作时间"));
        }
        if let Some((before, after)) = spans.iter().zip(&spans[1..]).find(|(before, after)| after.from < before.to) {
            return Err(tr!(
                "{after} begins before {before} has ended: write the spans in order, without overlap",
                "{after} 早于 {before} 结束：请按先后顺序填写，不要重叠"
            ));
        }
        let mut working = [false; 7];
        for (day, works) in working.iter_mut().enumerate() {
            *works = weekdays.iter().any(|weekday| weekday.num_days_from_monday() as usize == day);
        }
        Ok(Calendar { zone, weekdays: working, spans: spans.to_vec(), overrides: BTreeMap::new() })
    }

    /// Monday to Friday, 09:00–12:00 and 13:30–18:00 (R44).
    pub fn standard(zone: Zone) -> Calendar {
        Calendar {
            zone,
            weekdays: [true, true, true, true, true, false, false],
            spans: vec![Span { from: 9 * 60, to: 12 * 60 }, Span { from: 13 * 60 + 30, to: 18 * 60 }],
            overrides: BTreeMap::new(),
        }
    }

    /// The same calendar with one more dated override; the last one given for a date stands.
    pub fn with_override(mut self, date: Date, kind: DayKind) -> Calendar {
        self.overrides.insert(date, kind);
        self
    }

    /// The zone that the working hours are read in.
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// Whether the department works on a day: its dated override, else its weekday (R44).
    pub fn is_working(&self, date: Date) -> bool {
        match self.overrides.get(&date) {
            Some(kind) => *kind == DayKind::Working,
            None => self.works_weekly(date),
        }
    }

    /// When work ends on a day; on a day off, when it would. Held to the years 1 to 9999.
    pub fn closing(&self, date: Date) -> Time {
        self.time(self.closing_minute(date))
    }

    /// The first working day after a day; `None` when a century holds none.
    pub fn next_working(&self, date: Date) -> Option<Date> {
        days_from(date).skip(1).find(|day| self.is_working(*day))
    }

    /// The last working day up to and with a day; `None` when the century before holds none.
    pub fn last_working(&self, date: Date) -> Option<Date> {
        date.iter_days().rev().take(HORIZON_DAYS + 1).find(|day| self.is_working(*day))
    }

    /// The working days after `from` up to and with `to`, so from Friday to Monday is 1; negative when `to` is earlier.
    pub fn workdays_between(&self, from: Date, to: Date) -> i64 {
        if to < from {
            return -self.workdays_between(to, from);
        }
        let changed = |kind: DayKind, weekly: bool| match (kind, weekly) {
            (DayKind::Working, false) => 1,
            (DayKind::Off, true) => -1,
            _ => 0,
        };
        let overrides = self.overrides.range(from..=to).filter(|(date, _)| **date > from);
        let changes: i64 = overrides.map(|(date, kind)| changed(*kind, self.works_weekly(*date))).sum();
        self.weekly_count(to) - self.weekly_count(from) + changes
    }

    /// The minutes inside working hours from one moment to another, whole minutes at both ends; negative when `to` is
    /// earlier. Counts at most a century.
    pub fn business_minutes(&self, from: Time, to: Time) -> i64 {
        let (from, to) = (minute(from), minute(to));
        if to < from { -self.minutes_between(to, from) } else { self.minutes_between(from, to) }
    }

    fn minutes_between(&self, from: Minute, to: Minute) -> i64 {
        let begun = self.open_from(from).take_while(|open| open.from < to);
        begun.map(|open| open.within(from, to).minutes()).sum()
    }

    /// The stretches of working time from a moment on.
    pub(super) fn open_from(&self, from: Minute) -> impl Iterator<Item = Stretch> {
        let working = days_from(self.day(from)).filter(|day| self.is_working(*day));
        working
            .flat_map(|day| self.open_on(day))
            .map(move |open| open.within(from, LAST))
            .filter(|open| !open.is_empty())
    }

    /// The closing times of working days from a moment on, beginning with the moment's own day unless it is over (R44).
    pub(super) fn closings_from(&self, from: Minute) -> impl Iterator<Item = Minute> {
        let working = days_from(self.day(from)).filter(|day| self.is_working(*day));
        working.map(|day| self.closing_minute(day)).filter(move |closing| (from..LAST).contains(closing))
    }

    /// Everything from one moment to another, in order and without gaps, by how its hours are spent.
    pub(super) fn hours_between(&self, from: Minute, to: Minute) -> Vec<(Stretch, Hours)> {
        let mut found: Vec<(Stretch, Hours)> = Vec::new();
        let mut reached = from;
        let mut up_to = |end: Minute, hours: Hours| {
            let stretch = Stretch { from: reached, to: end.min(to) };
            if stretch.is_empty() {
                return;
            }
            match found.last_mut() {
                Some((last, same)) if *same == hours => last.to = stretch.to,
                _ => found.push((stretch, hours)),
            }
            reached = stretch.to;
        };
        for day in days_from(self.day(from)).take_while(|day| self.moment(*day, 0) < to) {
            let works = self.is_working(day);
            for open in self.open_on(day).filter(|_| works) {
                up_to(open.from, Hours::Closed);
                up_to(open.to, Hours::Open);
            }
            up_to(self.moment(day, DAY), if works { Hours::Closed } else { Hours::DayOff });
        }
        found
    }

    /// A moment as the rest of the program speaks of it.
    pub(super) fn time(&self, minute: Minute) -> Time {
        self.zone.local(DateTime::from_timestamp(minute * 60, 0).unwrap_or_default().fixed_offset())
    }

    fn day(&self, minute: Minute) -> Date {
        self.zone.day(self.time(minute))
    }

    fn open_on(&self, day: Date) -> impl Iterator<Item = Stretch> {
        self.spans.iter().map(move |span| Stretch { from: self.moment(day, span.from), to: self.moment(day, span.to) })
    }

    fn closing_minute(&self, day: Date) -> Minute {
        self.moment(day, self.spans.last().map_or(DAY, |span| span.to))
    }

    /// When a day's wall clock first shows a minute, or passes it in the hour that a zone skips. Midnight, minute 1440,
    /// is the next day's first. Never decreases with the reading, so spans keep their order through a change of DST.
    fn moment(&self, day: Date, of_day: u32) -> Minute {
        let (day, of_day) = if of_day < DAY { (day, of_day) } else { (days_after(day, 1), 0) };
        match day.year() {
            ..1 => FIRST,
            1..10_000 => {
                let clock = NaiveTime::from_hms_opt(of_day / 60, of_day % 60, 0).unwrap_or_default();
                minute(self.zone.on(day, clock))
            }
            _ => LAST,
        }
    }

    fn works_weekly(&self, date: Date) -> bool {
        self.weekdays[date.weekday().num_days_from_monday() as usize]
    }

    /// The weekly working days from Monday 0001-01-01 up to and with a date; only differences mean something.
    fn weekly_count(&self, date: Date) -> i64 {
        let days = i64::from(date.num_days_from_ce());
        let of_week = |length: usize| self.weekdays.iter().take(length).filter(|works| **works).count() as i64;
        days.div_euclid(7) * of_week(7) + of_week(days.rem_euclid(7) as usize)
    }
}

/// A day and the century after it.
fn days_from(day: Date) -> impl Iterator<Item = Date> {
    day.iter_days().take(HORIZON_DAYS + 2)
}
