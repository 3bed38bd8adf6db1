//! From when to when a shift lasts: two times of the day, the second one on the next day where it is no later.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveTime;

use super::time::{Date, Time, Zone, days_after};
use super::words::Text;
use crate::tr;

const DAY: u32 = 24 * 60;

/// A span from one time of the day to another, at most a day long: `22:00-06:00` ends on the next day, `08:00-08:00` lasts
/// a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stint {
    /// The first minute, counted from midnight.
    from: u32,
    /// The minute after the last; up to that of the next midnight.
    to: u32,
}

/// What is to be written instead of a text that is no span.
pub fn expected() -> Text {
    tr!(
        "write the hours as 08:00-16:00; 22:00-06:00 ends on the next day",
        "请写起止时间，如 08:00-16:00；22:00-06:00 为次日结束"
    )
}

impl FromStr for Stint {
    type Err = Text;

    /// Reads `22:00-06:00`; the end may be `24:00`.
    ///
    /// # Errors
    /// What to write instead, when a time does not exist.
    fn from_str(text: &str) -> Result<Stint, Text> {
        let read = || {
            let (from, to) = text.split_once('-')?;
            Some(Stint { from: minute_of_day(from).filter(|from| *from < DAY)?, to: minute_of_day(to)? })
        };
        read().ok_or_else(expected)
    }
}

impl fmt::Display for Stint {
    /// The text that [`Stint::from_str`] reads back.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (from, to) = (self.from, self.to);
        f.pad(&format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60))
    }
}

impl Stint {
    /// Its first minute and the one after its last, where it begins on a day; by the wall clock, so that an hour skipped or
    /// repeated between them counts as it passes.
    pub fn on(self, day: Date, zone: Zone) -> (Time, Time) {
        let next = if self.to <= self.from || self.to == DAY { days_after(day, 1) } else { day };
        (zone.on(day, clock(self.from)), zone.on(next, clock(self.to % DAY)))
    }
}

fn clock(minute: u32) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0).unwrap_or(NaiveTime::MIN)
}

/// The minute of a day that `08:30` names; that of midnight at its end is `24:00`.
fn minute_of_day(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let two = |part: &str| {
        let digits = part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| part.parse::<u32>().ok()).flatten()
    };
    let (hour, minute) = (two(hour)?, two(minute)?);
    (minute < 60 && hour * 60 + minute <= DAY).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::rfc3339;

    #[test]
    fn r63_a_span_over_midnight_ends_on_the_next_day() {
        let (day, zone) = ("2026-11-20".parse().unwrap(), Zone::default());
        for (text, from, to) in [
            ("08:00-16:00", "2026-11-20T08:00", "2026-11-20T16:00"),
            ("16:00-24:00", "2026-11-20T16:00", "2026-11-21T00:00"),
            ("22:00-06:00", "2026-11-20T22:00", "2026-11-21T06:00"),
            ("22:00-00:00", "2026-11-20T22:00", "2026-11-21T00:00"),
            ("08:00-08:00", "2026-11-20T08:00", "2026-11-21T08:00"),
            ("00:00-24:00", "2026-11-20T00:00", "2026-11-21T00:00"),
        ] {
            let stint: Stint = text.parse().unwrap();
            let (begin, end) = stint.on(day, zone);
            assert_eq!((&rfc3339(begin)[..16], &rfc3339(end)[..16]), (from, to), "{text}");
            assert_eq!(stint.to_string(), text);
        }
        for bad in ["8:00-16:00", "24:00-08:00", "08:00", "08:60-09:00", "08:00-24:01", "early", ""] {
            assert!(bad.parse::<Stint>().is_err(), "{bad}");
        }
    }
}
