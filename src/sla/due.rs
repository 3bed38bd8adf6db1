//! How a due time is reckoned from working days, calendar days or a plan's day, and whether it was kept (R44, R46).

use chrono::TimeDelta;

use crate::base::time::{Date, Time, days_after};
use crate::base::words::Text;
use crate::book::Book;
use crate::clock::{Clock, Target};
use crate::tr;

/// A due time and how it was reckoned.
pub type Due = (Time, Because);

/// How a due time was reckoned (R48).
#[derive(Clone, Debug)]
pub enum Because {
    /// By a clock over working time.
    Clock(Clock),
    /// By counting days; the sentence says from where.
    Days(Text),
}

/// The whole minute that holds a moment.
pub fn minute(time: Time) -> i64 {
    time.timestamp().div_euclid(60)
}

/// Whether what was due was done by the due minute (R46), or not. `None` while it is open and there is time left at `now`.
pub fn met(done: Option<Time>, due: Time, now: Time) -> Option<bool> {
    match done {
        Some(done) => Some(minute(done) <= minute(due)),
        None => (minute(now) > minute(due)).then_some(false),
    }
}

/// Due at closing time, a number of working days after a moment; 0 is the same day (R44).
pub fn in_workdays(book: &Book<'_>, start: Time, days: u64) -> Due {
    let clock = Clock { start, target: Target::Workdays(days as u32), pauses: Vec::new(), stopped: None };
    let due = clock.read(book.calendar(), start, 80).due.unwrap_or(start);
    (due, Because::Clock(clock))
}

/// Due at closing time, a number of days after a day.
pub fn in_days(book: &Book<'_>, from: Date, days: u64, since: Text) -> Due {
    let due = book.calendar().closing(days_after(from, days));
    (due, Because::Days(tr!("{since} {from}, and {days} days", "{since} {from}，{days} 天内"; since)))
}

/// Due at the end of a day's working hours.
pub fn by_day(book: &Book<'_>, day: Date, since: Text) -> Due {
    (book.calendar().closing(day), Because::Days(tr!("{since} {day}", "{since} {day}"; since)))
}

/// When something is taken as done that is held to a day, and not to an hour of it: what was done on its day is in time,
/// however late that evening (R50, R51).
pub fn on_its_day(at: Time, on: Date, day: Date, due: Time) -> Time {
    if on <= day { at.min(due) } else { at }
}

/// The last minute before a moment.
pub fn just_before(time: Time) -> Time {
    time - TimeDelta::minutes(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r46_on_the_due_minute_is_met_and_judged_once_it_has_passed() {
        let at = |text: &str| text.parse::<Time>().unwrap();
        let due = at("2026-11-02T18:00:00+08:00");
        for (done, now, judged) in [
            (Some("2026-11-02T18:00:59+08:00"), "2026-11-03T09:00:00+08:00", Some(true)),
            (Some("2026-11-02T18:01:00+08:00"), "2026-11-03T09:00:00+08:00", Some(false)),
            (Some("2026-11-02T10:00:00+00:00"), "2026-11-02T12:00:00+08:00", Some(true)),
            (None, "2026-11-02T18:00:59+08:00", None),
            (None, "2026-11-02T18:01:00+08:00", Some(false)),
        ] {
            assert_eq!(met(done.map(at), due, at(now)), judged, "{done:?} at {now}");
        }
    }
}
