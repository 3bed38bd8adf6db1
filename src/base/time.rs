//! Dates and times of day in the department's own zone. The clock itself is read in `main` alone (R49).

use chrono::{
    DateTime, Datelike, Days, FixedOffset, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, TimeZone,
};
use chrono_tz::Tz;

/// A calendar day.
pub type Date = NaiveDate;
/// A moment, with its offset.
pub type Time = DateTime<FixedOffset>;

/// The department's time zone, such as `Asia/Shanghai`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Tz);

impl Default for Zone {
    fn default() -> Zone {
        Zone(Tz::Asia__Shanghai)
    }
}

impl std::str::FromStr for Zone {
    type Err = String;
    /// A name of the IANA time zone database.
    fn from_str(name: &str) -> Result<Zone, String> {
        name.parse::<Tz>().map(Zone).map_err(|e| e.to_string())
    }
}

impl Zone {
    /// The zone's IANA name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The moment of a wall-clock reading. In the hour that a zone skips, the first minute after it;
    /// in the hour that it repeats, the first of the two.
    pub fn moment(self, wall: NaiveDateTime) -> Time {
        let mut wall = wall;
        loop {
            match self.0.from_local_datetime(&wall) {
                LocalResult::Single(t) | LocalResult::Ambiguous(t, _) => return t.fixed_offset(),
                LocalResult::None => wall += chrono::TimeDelta::minutes(1),
            }
        }
    }

    /// The moment of `time` on `day`.
    pub fn on(self, day: Date, time: NaiveTime) -> Time {
        self.moment(day.and_time(time))
    }

    /// The last instant of a day.
    pub fn end_of(self, day: Date) -> Time {
        self.on(days_after(day, 1), NaiveTime::MIN) - TimeDelta::nanoseconds(1)
    }

    /// The wall-clock reading at a moment.
    pub fn wall(self, time: Time) -> NaiveDateTime {
        time.with_timezone(&self.0).naive_local()
    }

    /// The day that a moment falls on here.
    pub fn day(self, time: Time) -> Date {
        self.wall(time).date()
    }

    /// The same moment, written with this zone's offset.
    pub fn local(self, time: Time) -> Time {
        time.with_timezone(&self.0).fixed_offset()
    }
}

/// The one reading of the clock that a command lives by (R49), in the department's zone.
#[derive(Clone, Copy, Debug)]
pub struct Now {
    /// The moment.
    pub time: Time,
    /// The department's zone.
    pub zone: Zone,
}

impl Now {
    /// Today's date in the department.
    pub fn today(self) -> Date {
        self.zone.day(self.time)
    }
}

/// `date` and `count` days; the last day of the calendar at the far end.
pub fn days_after(date: Date, count: u64) -> Date {
    date.checked_add_days(Days::new(count)).unwrap_or(Date::MAX)
}

/// `count` days before `date`.
pub fn days_before(date: Date, count: u64) -> Date {
    date.checked_sub_days(Days::new(count)).unwrap_or(Date::MIN)
}

/// Whole months from one day to another. A month is over on the same day of the next, or on the last day of one that
/// has no such day, as warranty counts (R19). Negative when `to` is earlier.
pub fn months_between(from: Date, to: Date) -> i64 {
    let month = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month0());
    let months = month(to) - month(from);
    let last = month(days_after(to, 1)) > month(to);
    months - i64::from(from.day() > to.day() && !last)
}

/// Reads a day as files keep it: `2026-11-21`, four digits of year and nothing else.
pub fn iso_date(text: &str) -> Option<Date> {
    (text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-')).then(|| text.parse().ok()).flatten()
}

/// Reads a day as a person types it: `2026-11-21`, `11-21` (this year), `today`, `tomorrow`, `yesterday`, `+7` (days from today).
pub fn parse_date(text: &str, today: Date) -> Option<Date> {
    match text {
        "today" | "今天" => return Some(today),
        "tomorrow" | "明天" => return Some(days_after(today, 1)),
        "yesterday" | "昨天" => return Some(days_before(today, 1)),
        _ => {}
    }
    if let Some(days) = text.strip_prefix('+') {
        return days.parse::<u16>().ok().map(|d| days_after(today, d.into()));
    }
    let parts: Vec<&str> = text.split('-').collect();
    let number = |s: &str, longest: usize| {
        if s.is_empty() || s.len() > longest || !s.bytes().all(|b| b.is_ascii_digit()) {
            None
        } else {
            s.parse::<u32>().ok()
        }
    };
    match parts[..] {
        [year, month, day] if year.len() == 4 => {
            Date::from_ymd_opt(number(year, 4)? as i32, number(month, 2)?, number(day, 2)?)
        }
        [month, day] => Date::from_ymd_opt(today.year(), number(month, 2)?, number(day, 2)?),
        _ => None,
    }
}

/// Reads a moment as a person types it: RFC 3339, `2026-11-21 10:30`, `2026-11-21T10:30`, or `10:30` (today).
/// A day alone is not a moment.
pub fn parse_time(text: &str, now: Now) -> Option<Time> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time);
    }
    let clock =
        |s: &str| NaiveTime::parse_from_str(s, "%H:%M").or_else(|_| NaiveTime::parse_from_str(s, "%H:%M:%S")).ok();
    match text.split_once(['T', ' ']) {
        Some((day, time)) => Some(now.zone.on(parse_date(day, now.today())?, clock(time)?)),
        None => Some(now.zone.on(now.today(), clock(text)?)),
    }
}

/// Writes a moment as the files keep it: RFC 3339 to the second with offset.
pub fn rfc3339(time: Time) -> String {
    time.to_rfc3339_opts(chrono::SecondsFormat::Secs, false)
}

/// Writes a moment as a person reads it, on the department's wall clock: `2026-11-21 10:30`.
pub fn wall_minute(time: Time, zone: Zone) -> String {
    zone.wall(time).format("%Y-%m-%d %H:%M").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Now {
        let zone = Zone::default();
        Now {
            time: zone.on(Date::from_ymd_opt(2026, 11, 21).unwrap(), NaiveTime::from_hms_opt(10, 0, 0).unwrap()),
            zone,
        }
    }

    #[test]
    fn a_month_is_over_on_the_same_day_or_the_last() {
        for (from, to, months) in [
            ("2026-01-15", "2026-01-15", 0),
            ("2026-01-15", "2026-02-14", 0),
            ("2026-01-15", "2026-02-15", 1),
            ("2026-01-31", "2026-02-27", 0),
            ("2026-01-31", "2026-02-28", 1),
            ("2026-01-31", "2026-04-30", 3),
            ("2024-02-29", "2025-02-27", 11),
            ("2024-02-29", "2025-02-28", 12),
            ("2025-11-21", "2026-11-20", 11),
            ("2025-11-21", "2026-11-21", 12),
            ("2026-02-15", "2026-01-20", -1),
        ] {
            let [from, to] = [from, to].map(|day| day.parse().unwrap());
            assert_eq!(months_between(from, to), months, "{from} to {to}");
        }
    }

    #[test]
    fn days_are_read_as_typed_and_30_february_is_none() {
        let today = now().today();
        assert_eq!(parse_date("2026-12-01", today), Date::from_ymd_opt(2026, 12, 1));
        assert_eq!(parse_date("12-1", today), Date::from_ymd_opt(2026, 12, 1));
        assert_eq!(parse_date("+10", today), Date::from_ymd_opt(2026, 12, 1));
        assert_eq!(parse_date("明天", today), Date::from_ymd_opt(2026, 11, 22));
        for bad in ["2026-02-30", "26-02-03", "2026/11/21", "", "+", "2026-11", "2026-11-21-1", "-1"] {
            assert_eq!(parse_date(bad, today), None, "{bad}");
        }
    }

    #[test]
    fn moments_are_read_as_typed() {
        let expect = "2026-11-21T10:30:00+08:00";
        for good in ["2026-11-21 10:30", "2026-11-21T10:30", "10:30", expect, "2026-11-21T02:30:00Z"] {
            assert_eq!(rfc3339(now().zone.local(parse_time(good, now()).unwrap())), expect, "{good}");
        }
        assert_eq!(parse_time("2026-11-21", now()), None);
        assert_eq!(parse_time("25:00", now()), None);
    }

    #[test]
    fn a_skipped_hour_moves_to_the_first_minute_that_exists() {
        let zone: Zone = "Europe/Berlin".parse().unwrap();
        let gap = Date::from_ymd_opt(2026, 3, 29).unwrap().and_hms_opt(2, 30, 0).unwrap();
        assert_eq!(rfc3339(zone.moment(gap)), "2026-03-29T03:00:00+02:00");
    }
}
