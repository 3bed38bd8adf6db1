//! What is to be done: one pure function a rule, from the book to the duties that are open now.
//! `cs todo` and the reports share them. Due times are computed each time, stored nowhere (R48).

pub mod complaints;
pub mod filing;
mod lists;
pub mod orders;
pub mod repairs;
mod settlements;
pub mod shipments;

use std::sync::Arc;

use chrono::TimeDelta;

use crate::base::field::Kind;
use crate::base::number::Code;
use crate::base::time::{Date, Time, days_after};
use crate::base::words::Text;
use crate::book::Book;
use crate::clock::{Clock, Target};
use crate::forms::form::Form;
use crate::settlement::{Waiting, ledgers};
use crate::tr;

/// One thing to be done.
#[derive(Clone, Debug)]
pub struct Duty {
    /// The rule that asks for it: `R8`.
    pub rule: &'static str,
    /// The record's number, or the code of a list's row.
    pub number: String,
    /// When it is due; on that minute it is still in time (R46).
    pub due: Time,
    /// Whose duty it is.
    pub who: Whose,
    /// What is to be done.
    pub what: Text,
    /// The command that discharges it.
    pub command: String,
    /// How the due time was reckoned.
    pub because: Because,
}

/// Whose duty something is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whose {
    /// One person's.
    Person(Code),
    /// That of anyone who holds one of these roles, the lowest first.
    Roles(Vec<&'static str>),
}

impl Whose {
    /// That of anyone who may sign an action today (R1).
    fn signing(book: &Book<'_>, action: &str) -> Whose {
        Whose::Roles(book.figures().sign.get(action).map(|authority| authority.who(None)).unwrap_or_default())
    }

    /// True where it is the duty of a person with these roles.
    pub fn includes(&self, code: &str, roles: &[String]) -> bool {
        match self {
            Whose::Person(person) => person.as_str() == code,
            Whose::Roles(wanted) => wanted.iter().any(|role| roles.iter().any(|r| r == role)),
        }
    }

    /// The person, where it is one's.
    pub fn person(&self) -> Option<&Code> {
        match self {
            Whose::Person(code) => Some(code),
            Whose::Roles(_) => None,
        }
    }
}

/// How a due time was reckoned (R48).
#[derive(Clone, Debug)]
pub enum Because {
    /// By a clock over working time.
    Clock(Clock),
    /// By counting days; the sentence says from where.
    Days(Text),
}

impl Duty {
    /// Whole minutes that it is late at a moment; negative while there is time.
    pub fn late_minutes(&self, now: Time) -> i64 {
        minute(now) - minute(self.due)
    }
}

fn minute(time: Time) -> i64 {
    time.timestamp().div_euclid(60)
}

/// Whether a duty was met: done by the due minute (R46), or not. `None` while it is open and there is time left at `now`.
pub fn met(done: Option<Time>, due: Time, now: Time) -> Option<bool> {
    match done {
        Some(done) => Some(minute(done) <= minute(due)),
        None => (minute(now) > minute(due)).then_some(false),
    }
}

type Rule = fn(&Book<'_>, &mut Vec<Duty>);

/// Every rule that makes duties, in the order of the rules.
const RULES: &[Rule] = &[
    lists::first_contact,
    lists::owner,
    lists::agencies,
    lists::policies,
    lists::credit,
    orders::confirm,
    orders::delay,
    orders::progress,
    shipments::approval,
    shipments::notice,
    shipments::slip,
    shipments::arrival,
    shipments::discrepancies,
    shipments::refused,
    shipments::returns,
    repairs::photo,
    repairs::judgement,
    repairs::dispatch,
    repairs::settlement,
    repairs::follow_up,
    repairs::quotes,
    repairs::parts,
    complaints::officer,
    complaints::leader,
    complaints::handling,
    complaints::reports,
    complaints::call_back,
    complaints::prevent,
];

/// All open duties, by due time, then number. Loads what is not over or waits to be settled, and nothing else.
pub fn duties(book: &Book<'_>) -> Vec<Duty> {
    let mut duties = of_records(book);
    filing::filing(book, &mut duties);
    in_order(&mut duties);
    duties
}

/// The same without the reports that are to be filed: those tell of no report, or one made again after another was filed
/// would not be the same.
pub fn of_records(book: &Book<'_>) -> Vec<Duty> {
    let today = book.now.today();
    let ledgers = ledgers(book);
    let waiting = Waiting::of(book, &ledgers);
    book.load_all(&|spec, number, glance| {
        glance.ended(spec).is_none_or(|day| day >= today) || waiting.wants(spec, number, glance.file())
    });
    waiting.load(book);
    let mut duties = Vec::new();
    for rule in RULES {
        rule(book, &mut duties);
    }
    // The one rule that looks into a register, which is read once.
    settlements::settlements(book, ledgers, &mut duties);
    in_order(&mut duties);
    duties
}

fn in_order(duties: &mut [Duty]) {
    duties.sort_by(|a, b| (a.due, &a.number, a.rule).cmp(&(b.due, &b.number, b.rule)));
}

/// The loaded forms of a kind that are neither void nor over.
fn open(book: &Book<'_>, kind: Kind) -> Vec<Arc<Form>> {
    let mut forms = book.loaded(kind);
    forms.retain(|form| !form.is_over());
    forms
}

/// A duty of whoever made a form. In the verb of its command `NUMBER` stands for the form's own.
fn duty(form: &Form, rule: &'static str, due: (Time, Because), what: Text, verb: &str) -> Duty {
    let (due, because) = due;
    let who = Whose::Person(form.number.staff().clone());
    let number = form.number.to_string();
    let command = format!("cs {} {}", form.spec.verbs.command, verb.replace("NUMBER", &number));
    Duty { rule, number, due, who, what, command, because }
}

/// Due at closing time, a number of working days after a moment; 0 is the same day (R44).
fn in_workdays(book: &Book<'_>, start: Time, days: u64) -> (Time, Because) {
    let clock = Clock { start, target: Target::Workdays(days as u32), pauses: Vec::new(), stopped: None };
    let due = clock.read(book.calendar(), start, 80).due.unwrap_or(start);
    (due, Because::Clock(clock))
}

/// Due at closing time, a number of days after a day.
fn in_days(book: &Book<'_>, from: Date, days: u64, since: Text) -> (Time, Because) {
    let due = book.calendar().closing(days_after(from, days));
    (due, Because::Days(tr!("{since} {from}, and {days} days", "{since} {from}，{days} 天内"; since)))
}

/// Due at the end of a day's working hours.
fn by_day(book: &Book<'_>, day: Date, since: Text) -> (Time, Because) {
    (book.calendar().closing(day), Because::Days(tr!("{since} {day}", "{since} {day}"; since)))
}

/// The last minute before a moment.
fn just_before(time: Time) -> Time {
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
