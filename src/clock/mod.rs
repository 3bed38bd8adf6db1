//! The clocks of service (R44–R48): when something is due, how much of its time is used, and whether it was met.
//!
//! A clock is computed from the steps of a record each time and stored nowhere. This module knows neither records nor
//! policy, and reads no clock of the machine: "now" is a parameter (R49). Which step starts, pauses or stops a clock,
//! and that a reopened record gets a new one (R46), is for the caller to say.

mod calendar;
mod target;

pub use calendar::{Calendar, DayKind, Span};
pub use target::{LONGEST_MINUTES, LONGEST_WORKDAYS, Target};

use calendar::{HORIZON, Hours, LAST, Minute, Stretch, minute};

use crate::base::time::Time;
use crate::base::words::{Words, words};

/// The share of its target, in percent, at which a clock warns unless the policy says otherwise (R47).
pub const WARN_PERCENT: u8 = 80;

/// A wait for the customer (R45), both ends cut to the minute. One that ends before it begins pauses nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pause {
    /// When the wait began.
    pub from: Time,
    /// When it ended; `None` while it lasts.
    pub to: Option<Time>,
}

/// One clock of a record: from its start against its target, less its pauses, until it is stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// When it began to run.
    pub start: Time,
    /// How long it may take.
    pub target: Target,
    /// Waits for the customer, in any order; they may touch, overlap and lie inside one another.
    pub pauses: Vec<Pause>,
    /// When what it measures was done.
    pub stopped: Option<Time>,
}

/// How a clock stands at a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Not done, and there is time left.
    Running,
    /// Not done, waiting for the customer, and there was time left when the wait began.
    Paused,
    /// Done, at the latest in the due minute (R46).
    Met,
    /// The due minute has passed and it was not done by then: done later, or still open, waiting or not.
    Missed,
}

impl State {
    /// What scripts see.
    pub fn code(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Paused => "paused",
            State::Met => "met",
            State::Missed => "missed",
        }
    }

    /// What people call it.
    pub fn name(self) -> Words {
        match self {
            State::Running => words("running", "计时中"),
            State::Paused => words("paused", "暂停"),
            State::Met => words("met", "按时"),
            State::Missed => words("missed", "超时"),
        }
    }
}

/// Why an interval counts, or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The clock's own time, not paused.
    Counted,
    /// The clock's own time, spent waiting for the customer: the paused time that counts (R45).
    Paused,
    /// Outside the hours of a working day, paused or not.
    Closed,
    /// A weekday off or a holiday, paused or not.
    DayOff,
}

impl Why {
    /// What scripts see.
    pub fn code(self) -> &'static str {
        match self {
            Why::Counted => "counted",
            Why::Paused => "paused",
            Why::Closed => "closed",
            Why::DayOff => "day_off",
        }
    }

    /// What people call it.
    pub fn name(self) -> Words {
        match self {
            Why::Counted => words("counted", "计时"),
            Why::Paused => words("waiting for the customer", "等待客户"),
            Why::Closed => words("outside working hours", "非工作时间"),
            Why::DayOff => words("day off", "休息日"),
        }
    }
}

/// One line of the explanation of a clock (R48).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// First minute.
    pub from: Time,
    /// The minute after the last.
    pub to: Time,
    /// Its length in elapsed minutes, from 1.
    pub minutes: i64,
    /// Whether and why it counts.
    pub why: Why,
}

impl Interval {
    /// Whether its minutes are used up from the target.
    pub fn is_counted(self) -> bool {
        self.why == Why::Counted
    }
}

/// What a clock shows at a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// The last minute in which it is met (R46). `None` while it is paused with time left, for then nobody can say;
    /// and when the due minute lies more than a century after the start, or past the year 9999.
    pub due: Option<Time>,
    /// The due minute if a pause that still lasts ended now; otherwise the same as `due`.
    pub due_if_resumed: Option<Time>,
    /// How it stands.
    pub state: State,
    /// Minutes of its own time used, pauses left out: of the wall clock for a real target, working ones for the others.
    /// For at most a century after the start.
    pub used_minutes: i64,
    /// Minutes of its own time left until it is due, negative when that many too many were used. A due minute at
    /// closing time can pass with 0 left: `state` says whether it is late.
    pub left_minutes: i64,
    /// Not done, and the share of the target to warn at is used (R47). Stays set once it is missed.
    pub warn: bool,
    /// All the time from the start until it stopped, or now, in order and without gaps (R48).
    pub intervals: Vec<Interval>,
}

impl Clock {
    /// Reads the clock at `now`; `warn_percent` is usually [`WARN_PERCENT`].
    ///
    /// All moments are cut to the minute. What happened after `now` has not happened yet: a later stop or pause is left
    /// out and a pause that ends later still lasts, so that an earlier `now` shows what was seen then. A stop before
    /// the start uses nothing and is met.
    ///
    /// A pause takes away its minutes of the clock's own time, once, however many pauses hold them (R45). For working
    /// days it takes away each working day, the start day too, whose last minute it holds: who waited for the customer
    /// at closing time could not end the work that day, and a wait that was over before it still left the day's end.
    pub fn read(&self, calendar: &Calendar, now: Time, warn_percent: u8) -> Reading {
        let (start, now) = (minute(self.start), minute(now));
        let stopped = self.stopped.map(minute).filter(|stop| *stop <= now);
        let seen = stopped.unwrap_or(now);
        let end = seen.min(start + HORIZON);
        let waiting = stopped.is_none() && now >= start && self.pauses.iter().any(|pause| pause.holds(now));

        let pauses = merged(&self.pauses, start, end);
        let due = self.due(calendar, start, &pauses);
        let intervals = self.intervals(calendar, Stretch { from: start, to: end }, &pauses);
        let used: i64 = intervals.iter().filter(|i| i.is_counted()).map(|i| i.minutes).sum();
        let allowed = self.allowed(calendar, start, due, &pauses);

        let late = due.is_some_and(|due| seen > due);
        let state = match stopped {
            _ if late => State::Missed,
            Some(_) => State::Met,
            None if waiting => State::Paused,
            None => State::Running,
        };
        let due_if_resumed = due.map(|due| calendar.time(due));
        Reading {
            due: due_if_resumed.filter(|_| !(waiting && due.is_some_and(|due| due > now))),
            due_if_resumed,
            state,
            used_minutes: used,
            left_minutes: allowed - used,
            warn: stopped.is_none() && used * 100 >= allowed * i64::from(warn_percent),
            intervals,
        }
    }

    /// The minute by whose end the target is used up. Exactly at closing time it is that closing, not the next opening.
    fn due(&self, calendar: &Calendar, start: Minute, pauses: &[Stretch]) -> Option<Minute> {
        match self.target {
            Target::Real(0) | Target::Business(0) => Some(start),
            Target::Real(minutes) | Target::Business(minutes) => {
                let mut left = i64::from(minutes);
                for running in self.running(calendar, start, pauses) {
                    if running.minutes() >= left {
                        return Some(running.from + left);
                    }
                    left -= running.minutes();
                }
                None
            }
            Target::Workdays(days) => {
                let paused = |closing: Minute| pauses.iter().any(|pause| pause.from < closing && closing <= pause.to);
                calendar.closings_from(start).filter(|closing| !paused(*closing)).nth(days as usize)
            }
        }
    }

    /// The minutes of its own time that the clock may use: for working days those up to the due closing.
    fn allowed(&self, calendar: &Calendar, start: Minute, due: Option<Minute>, pauses: &[Stretch]) -> i64 {
        match self.target {
            Target::Real(minutes) | Target::Business(minutes) => minutes.into(),
            Target::Workdays(_) => {
                let due = due.unwrap_or(LAST);
                let running = self.running(calendar, start, pauses).take_while(|running| running.from < due);
                running.map(|running| running.within(start, due).minutes()).sum()
            }
        }
    }

    /// The clock's own time from its start on, less the pauses.
    fn running(&self, calendar: &Calendar, start: Minute, pauses: &[Stretch]) -> impl Iterator<Item = Stretch> {
        let (real, business) = match self.target {
            Target::Real(_) => (Some(Stretch { from: start, to: (start + HORIZON).min(LAST) }), None),
            Target::Business(_) | Target::Workdays(_) => (None, Some(calendar.open_from(start))),
        };
        let own = real.into_iter().chain(business.into_iter().flatten());
        own.flat_map(|own| split(own, pauses)).filter(|(_, paused)| !paused).map(|(running, _)| running)
    }

    fn intervals(&self, calendar: &Calendar, whole: Stretch, pauses: &[Stretch]) -> Vec<Interval> {
        let hours = match self.target {
            Target::Real(_) => vec![(whole, Hours::Open)],
            Target::Business(_) | Target::Workdays(_) => calendar.hours_between(whole.from, whole.to),
        };
        let explained = hours.into_iter().flat_map(|(stretch, hours)| match hours {
            Hours::Open => split(stretch, pauses)
                .into_iter()
                .map(|(part, paused)| (part, if paused { Why::Paused } else { Why::Counted }))
                .collect(),
            Hours::Closed => vec![(stretch, Why::Closed)],
            Hours::DayOff => vec![(stretch, Why::DayOff)],
        });
        explained
            .map(|(part, why)| Interval {
                from: calendar.time(part.from),
                to: calendar.time(part.to),
                minutes: part.minutes(),
                why,
            })
            .collect()
    }
}

impl Pause {
    fn holds(&self, now: Minute) -> bool {
        minute(self.from) <= now && self.to.is_none_or(|to| now < minute(to))
    }
}

/// The pauses between two moments in order, each minute in one of them only.
fn merged(pauses: &[Pause], start: Minute, end: Minute) -> Vec<Stretch> {
    let stretch = |pause: &Pause| Stretch { from: minute(pause.from), to: pause.to.map_or(end, minute) };
    let mut found: Vec<Stretch> = pauses.iter().map(|pause| stretch(pause).within(start, end)).collect();
    found.retain(|pause| !pause.is_empty());
    found.sort_by_key(|pause| pause.from);
    found.dedup_by(|next, before| {
        let joined = next.from <= before.to;
        if joined {
            before.to = before.to.max(next.to);
        }
        joined
    });
    found
}

/// A stretch cut at the edges of the pauses, each part with whether it is paused; empty parts left out.
fn split(whole: Stretch, pauses: &[Stretch]) -> Vec<(Stretch, bool)> {
    let mut parts = Vec::with_capacity(1);
    let mut reached = whole.from;
    let first = pauses.partition_point(|pause| pause.to <= whole.from);
    for pause in pauses[first..].iter().map(|pause| pause.within(whole.from, whole.to)).take_while(|p| !p.is_empty()) {
        parts.push((Stretch { from: reached, to: pause.from }, false));
        parts.push((pause, true));
        reached = pause.to;
    }
    parts.push((Stretch { from: reached, to: whole.to }, false));
    parts.retain(|(part, _)| !part.is_empty());
    parts
}
