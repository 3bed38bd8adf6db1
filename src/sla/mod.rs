//! Every clock of the department in one table: what each rule gives so much time for, run by run (R8–R43, R50, R51, R62;
//! R44–R46).
//!
//! A [`ClockSpec`] tells the runs of one clock for a form; the reports count them and the duties take their due times
//! from the same functions, so that nothing is late in one place and in time in another. A run that nobody waits for any
//! more, because its record is over or something else took its place, is none unless it was late by then.
//!
//! What names no record has no row here: first contact with a customer (R5), rows to be verified (R7), months to be
//! settled (R16), the rounds of visits and their summaries (R38–R41), next week's plan (R50), a meeting that nobody called
//! (R51). Nor has what has no due time of its own, such as a
//! signature (R33), what is only offered, such as a claim for a fault from transport (R18), or what only writes down
//! something done, such as the outcome of a call-back that was a visit (R35).

pub mod calls;
pub mod claims;
pub mod complaints;
pub mod consults;
pub mod due;
pub mod improvements;
pub mod meetings;
pub mod orders;
pub mod repairs;
pub mod shipments;
pub mod stay;
pub mod visits;
pub mod work;

use crate::base::field::Kind;
use crate::base::number::Number;
use crate::base::time::Time;
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::clock::{Clock, State, Target};
use crate::forms::form::Form;
use due::{Because, Due, met, minute};

/// One clock that the department is held to.
#[derive(Clone, Copy, Debug)]
pub struct ClockSpec {
    /// Stable key, unique among [`CLOCKS`].
    pub key: &'static str,
    /// The rule that sets it.
    pub rule: &'static str,
    /// What it measures.
    pub name: Words,
    /// The kind of form that it runs for.
    pub kind: Kind,
    /// Its runs for a form that is not void, in order, as known at the book's now.
    pub runs: fn(&Book<'_>, &Form) -> Vec<Run>,
}

/// Every clock, in the order of the rules.
pub static CLOCKS: &[ClockSpec] = &[
    orders::CONFIRM,
    orders::TELL_DELAY,
    orders::LOOK,
    shipments::APPROVAL,
    shipments::NOTICE,
    shipments::SLIP,
    shipments::RECEIPT,
    shipments::REMEDY,
    repairs::PHOTO,
    repairs::JUDGE,
    repairs::ASK_QUOTE,
    repairs::DISPATCH,
    repairs::ACCEPT,
    repairs::RELEASE,
    repairs::FOLLOW_UP,
    repairs::QUOTE,
    repairs::PARTS,
    consults::ANSWER,
    complaints::OFFICER,
    complaints::LEADER,
    complaints::HANDLED,
    complaints::TOLD,
    complaints::REPORT,
    complaints::CALL_BACK,
    complaints::CAUSE,
    complaints::PREVENTION,
    visits::NEED,
    improvements::ANALYSED,
    improvements::PLANNED,
    improvements::SENT,
    improvements::ANSWERED,
    improvements::IMPLEMENTED,
    improvements::VERIFIED,
    improvements::CLOSED,
    claims::NOTICE,
    claims::PAPERS,
    claims::ASSESSED,
    claims::SETTLED,
    claims::CORRECTIVE,
    claims::CLOSED,
    work::DONE,
    meetings::MINUTES,
    meetings::TODO,
    shipments::REFUSED,
    shipments::RETURN,
];

/// What the time used is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Minutes of the wall clock.
    Real,
    /// Minutes inside working hours.
    Working,
}

impl Unit {
    /// What scripts see.
    pub fn code(self) -> &'static str {
        match self {
            Unit::Real => "real",
            Unit::Working => "working",
        }
    }

    /// What people read.
    pub fn name(self) -> Words {
        match self {
            Unit::Real => words("wall clock", "自然时间"),
            Unit::Working => words("working hours", "工作时间"),
        }
    }

    fn of(target: Target) -> Unit {
        match target {
            Target::Real(_) => Unit::Real,
            Target::Business(_) | Target::Workdays(_) => Unit::Working,
        }
    }
}

/// One run of a clock: from its start to what it measures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The record.
    pub record: Number,
    /// Its number among the runs of the clock for the record, or the cycle of a complaint (R46); from 1.
    pub cycle: usize,
    /// When it began.
    pub start: Time,
    /// The last minute in which it is met; while the customer is waited for, that if the wait ended now (R45).
    pub due: Time,
    /// When what it measures was done, as far as is known.
    pub stopped: Option<Time>,
    /// How it stands.
    pub state: State,
    /// What its time is counted in.
    pub unit: Unit,
    /// Minutes used, pauses left out (R45): until it was done, nobody waited for it any more, or now.
    pub used_minutes: i64,
}

impl Run {
    /// Whether it was met, with the moment that decided it: when it was done in time, else when it fell due.
    /// `None` while it runs.
    pub fn decided(&self) -> Option<(bool, Time)> {
        match self.state {
            State::Met => Some((true, self.stopped.unwrap_or(self.due))),
            State::Missed => Some((false, self.due)),
            State::Running | State::Paused => None,
        }
    }
}

/// A run before its numbers are put to it: since when, until when at the latest, done when, and when nobody waited for it
/// any more.
struct Course {
    start: Time,
    due: Due,
    done: Option<Time>,
    until: Option<Time>,
}

/// The runs of a form's courses, numbered in their order. What its record's end, or something else, overtook in time
/// is no run.
fn numbered(book: &Book<'_>, form: &Form, courses: impl IntoIterator<Item = Course>) -> Vec<Run> {
    let over = form.is_over().then(|| form.living().map(|step| step.at).max()).flatten();
    let run = |(at, course): (usize, Course)| {
        let Course { start, due: (due, because), done, until } = course;
        let until = until.into_iter().chain(over).min().filter(|_| done.is_none());
        let seen = until.unwrap_or(book.now.time);
        let state = match met(done, due, seen) {
            Some(true) => State::Met,
            Some(false) => State::Missed,
            None if until.is_some() => return None,
            None => State::Running,
        };
        let end = done.unwrap_or(seen);
        let (unit, used) = match because {
            Because::Clock(clock) => (Unit::of(clock.target), used(book, clock, end)),
            Because::Days(_) => (Unit::Real, minute(end) - minute(start)),
        };
        let used_minutes = used.max(0);
        Some(Run { record: form.number.clone(), cycle: at + 1, start, due, stopped: done, state, unit, used_minutes })
    };
    courses.into_iter().enumerate().filter_map(run).collect()
}

/// The minutes of a clock's own time up to a moment.
fn used(book: &Book<'_>, clock: Clock, end: Time) -> i64 {
    clock.read(book.calendar(), end, crate::clock::WARN_PERCENT).used_minutes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_clock_has_a_key_of_its_own_and_names_a_rule() {
        for (at, clock) in CLOCKS.iter().enumerate() {
            assert!(CLOCKS[..at].iter().all(|other| other.key != clock.key), "{} twice", clock.key);
            assert!(clock.rule.strip_prefix('R').is_some_and(|rule| rule.parse::<u8>().is_ok()), "{}", clock.key);
        }
    }
}
