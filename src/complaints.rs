//! The clocks of complaints, cycle by cycle (R29–R32, R35, R45, R46), and causes that recur (R36).
//! Derived each time, stored nowhere.

use std::sync::Arc;

use chrono::TimeDelta;

use crate::base::field::Kind;
use crate::base::money::Money;
use crate::base::number::Code;
use crate::base::period::{Period, Unit};
use crate::base::time::{Date, Time, days_after};
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::clock::{Clock, Reading, Target};
use crate::forms::complaint::{COMPLAINT, Complaint, Cycle, cause_code};
use crate::forms::form::{Form, Step};
use crate::lists::has_role;
use crate::visits::following_up;

/// What a cycle of a complaint is held to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goal {
    /// The complaints officer has a major one (R29).
    Officer,
    /// A leader is called about an urgent one out of hours (R30).
    Leader,
    /// It is handled (R31).
    Handled,
    /// The complaints officer is told the result (R32).
    Told,
    /// How far it is, is reported (R32).
    Report,
    /// The customer is called back (R35).
    CallBack,
}

impl Goal {
    /// What scripts see.
    pub fn code(self) -> &'static str {
        match self {
            Goal::Officer => "officer",
            Goal::Leader => "leader",
            Goal::Handled => "handled",
            Goal::Told => "told",
            Goal::Report => "progress",
            Goal::CallBack => "call_back",
        }
    }

    /// The rule that sets it.
    pub fn rule(self) -> &'static str {
        match self {
            Goal::Officer => "R29",
            Goal::Leader => "R30",
            Goal::Handled => "R31",
            Goal::Told | Goal::Report => "R32",
            Goal::CallBack => "R35",
        }
    }

    /// What people read.
    pub fn name(self) -> Words {
        match self {
            Goal::Officer => words("to the complaints officer", "转交投诉管理员"),
            Goal::Leader => words("a leader called", "报告领导"),
            Goal::Handled => words("handled", "处理完毕"),
            Goal::Told => words("result told to the complaints officer", "结果告知投诉管理员"),
            Goal::Report => words("progress reported", "报告进展"),
            Goal::CallBack => words("customer called back", "回访客户"),
        }
    }
}

/// One clock of one cycle.
#[derive(Clone, Debug)]
pub struct Timed {
    /// What it measures.
    pub goal: Goal,
    /// The number of its cycle, from 1.
    pub cycle: usize,
    /// The clock.
    pub clock: Clock,
    /// When the cycle ended: from then on the clock stays as it was (R35). `None` while the cycle lasts.
    pub frozen: Option<Time>,
}

impl Timed {
    /// How it stands now, or stood when its cycle ended.
    pub fn read(&self, book: &Book<'_>) -> Reading {
        book.reading(&self.clock, self.seen(book))
    }

    /// When what it measures was done, as far as was known by then.
    pub fn stopped(&self, book: &Book<'_>) -> Option<Time> {
        self.clock.stopped.filter(|stopped| *stopped <= self.seen(book))
    }

    /// The moment at which it is read.
    pub fn seen(&self, book: &Book<'_>) -> Time {
        self.frozen.map_or(book.now.time, |end| end.min(book.now.time))
    }
}

/// The days on which the customer is called back in a cycle: from the first up to the last (R35).
pub fn call_back_days(book: &Book<'_>, cycle: &Cycle<'_>) -> (Date, Date) {
    let day = book.now.zone.day(cycle.start());
    let figures = book.policy.at(day);
    (days_after(day, figures.call_back_from), days_after(day, figures.call_back_days))
}

/// True where somebody was a complaints officer at a moment.
pub fn is_officer(book: &Book<'_>, code: &Code, at: Time) -> bool {
    let row = book.staff_on(code, book.now.zone.day(at));
    row.is_some_and(|row| has_role(row, "complaints"))
}

/// The step since which a complaint is a major one, by the threshold in force when it was taken (R28, R68).
pub fn major_since<'f>(book: &Book<'_>, form: &'f Form) -> Option<&'f Step> {
    Complaint::of(form).major_since(book.policy.at(form.day()).large_loss)
}

/// True where the measure in force is to be signed before it is carried out, and is not: one that pays compensation, and
/// every one of a major complaint (R33).
pub fn unsigned(book: &Book<'_>, form: &Form) -> bool {
    Complaint::of(form).plan().is_some_and(|(plan, signed)| {
        let pays = plan.fields.money("compensation").is_some_and(|money| money > Money::ZERO);
        signed.is_none() && (pays || major_since(book, form).is_some())
    })
}

/// Every clock of a complaint, cycle by cycle, in the order of the rules. The figures are those in force when the cycle
/// began (R68).
pub fn clocks(book: &Book<'_>, form: &Form) -> Vec<Timed> {
    Complaint::of(form).cycles().iter().flat_map(|cycle| of_cycle(book, form, cycle)).collect()
}

fn of_cycle(book: &Book<'_>, form: &Form, cycle: &Cycle<'_>) -> Vec<Timed> {
    let start = cycle.start();
    let figures = book.policy.at(book.now.zone.day(start));
    let pauses = cycle.pauses();
    let mut clocks = Vec::new();
    let mut clock = |goal: Goal, start: Time, target: Target, stopped: Option<Time>| {
        // Nobody waits for the customer before telling one's own house: such a clock is not paused.
        let inside = matches!(goal, Goal::Officer | Goal::Leader | Goal::Told);
        let pauses = if inside { Vec::new() } else { pauses.clone() };
        let frozen = cycle.ended.map(|step| step.at);
        clocks.push(Timed { goal, cycle: cycle.number, clock: Clock { start, target, pauses, stopped }, frozen });
    };

    let last = cycle.ended.map_or(usize::MAX, |step| step.index);
    if let Some(since) = major_since(book, form).filter(|since| since.index < last) {
        let start = start.max(since.at);
        clock(Goal::Officer, start, figures.officer_target, officer_has_it(book, cycle).map(|at| at.max(start)));
    }
    if cycle.number == 1 && form.header.flag("urgent") && is_out_of_hours(book, start) {
        let called = cycle.taken("call-leader").next().map(|step| step.at);
        clock(Goal::Leader, start, figures.leader_target, called);
    }
    let result = cycle.taken("result").last();
    let handled = result.map(|step| step.at);
    clock(Goal::Handled, start, figures.handle_target, handled);
    let mut since = start;
    for report in cycle.taken("progress") {
        clock(Goal::Report, since, figures.report_target, Some(report.at));
        since = report.at;
    }
    clock(Goal::Report, since, figures.report_target, handled);
    if let Some(result) = result {
        clock(Goal::Told, result.at, figures.told_target, told_at(book, cycle, result));
    }
    let (_, last_day) = call_back_days(book, cycle);
    let called = cycle.taken("call-back").last().map(|step| step.at);
    let visited = called_by_visit(book, form, cycle).and_then(|visit| visit.made_at());
    let called = called.into_iter().chain(visited).min();
    clock(Goal::CallBack, start, up_to(start, book.calendar().closing(last_day)), called);
    clocks
}

/// The first visit by which the customer was called back in a cycle: once it was handled, before it ended (R35).
pub fn called_by_visit(book: &Book<'_>, form: &Form, cycle: &Cycle<'_>) -> Option<Arc<Form>> {
    let handled = cycle.taken("result").next()?.at;
    let ended = cycle.ended.map(|step| step.at);
    let in_cycle = |at: Time| handled <= at && ended.is_none_or(|ended| at <= ended);
    let mut visits = following_up(book, "complaint_call_back", &form.number).into_iter();
    visits.find(|visit| visit.made_at().is_some_and(in_cycle))
}

/// The wall-clock time from the minute of one moment up to that of another.
fn up_to(start: Time, end: Time) -> Target {
    let minute = |time: Time| time.timestamp().div_euclid(60);
    Target::Real(u32::try_from(minute(end) - minute(start)).unwrap_or(0))
}

/// True where nobody works in the minute of a moment.
fn is_out_of_hours(book: &Book<'_>, at: Time) -> bool {
    book.calendar().business_minutes(at, at + TimeDelta::minutes(1)) == 0
}

/// When a complaints officer had the complaint in a cycle (R29): handed on to one, or one took a step of it.
/// That may be before it was a major one.
fn officer_has_it(book: &Book<'_>, cycle: &Cycle<'_>) -> Option<Time> {
    let mut steps = std::iter::once(cycle.opened).chain(cycle.steps.iter().copied());
    let has_it = |step: &&Step| {
        let handed = step.fields.staff("to").filter(|_| step.verb() == "hand-on");
        is_officer(book, &step.by, step.at) || handed.is_some_and(|to| is_officer(book, &to, step.at))
    };
    steps.find(has_it).map(|step| step.at)
}

/// When a complaints officer knew of the result (R32): told or the author at once, else once handed on to one, and at
/// the latest when the cycle ended.
fn told_at(book: &Book<'_>, cycle: &Cycle<'_>, result: &Step) -> Option<Time> {
    if result.fields.get("told").is_some() || is_officer(book, &result.by, result.at) {
        return Some(result.at);
    }
    let later = cycle.taken("hand-on").filter(|step| step.index > result.index);
    let to_officer = |step: &&Step| step.fields.staff("to").is_some_and(|to| is_officer(book, &to, step.at));
    later.filter(to_officer).map(|step| step.at).next().or(cycle.ended.map(|step| step.at))
}

/// The root cause of a complaint as named by a moment.
fn cause_by(form: &Form, by: Time) -> Option<&str> {
    form.taken("cause").rfind(|step| step.at <= by)?.fields.text("cause").map(cause_code)
}

/// The complaints of a month that had the same root cause named by a moment, the given one among them, oldest first;
/// none where that is too few to ask for a preventive measure (R36).
pub fn recurring(book: &Book<'_>, form: &Form, by: Time) -> Vec<Arc<Form>> {
    let least = book.policy.at(form.day()).cause_recurs;
    let Some(cause) = cause_by(form, by).filter(|_| least > 0) else { return Vec::new() };
    let month = Period::holding(Unit::Month, form.day());
    book.load(&COMPLAINT, month.from..=month.to, &|_, _| true);
    let mut same = book.loaded_in(Kind::Complaint, month);
    same.retain(|other| !other.is_void() && cause_by(other, by) == Some(cause));
    if (same.len() as u64) < least {
        return Vec::new();
    }
    same
}

/// The complaint with which the cause of some recurring ones came up once too often, and when it was named (R36).
pub fn tipping<'s>(book: &Book<'_>, form: &Form, same: &'s [Arc<Form>]) -> Option<(&'s Arc<Form>, Time)> {
    let least = usize::try_from(book.policy.at(form.day()).cause_recurs).ok()?;
    let mut named: Vec<(Time, &Arc<Form>)> =
        same.iter().filter_map(|other| Some((other.last("cause")?.at, other))).collect();
    named.sort_by_key(|(at, other)| (*at, &other.number));
    named.get(least.checked_sub(1)?).map(|(at, other)| (*other, *at))
}

/// True where the loaded complaints alone show that the cause of one had recurred before it was named of this one: then
/// it is not the [`tipping`] one, and nothing more has to be read to tell.
pub fn recurred_before(book: &Book<'_>, form: &Form) -> bool {
    let least = usize::try_from(book.policy.at(form.day()).cause_recurs).unwrap_or(usize::MAX);
    let named = |form: &Form| form.last("cause").map(|step| (step.at, form.number.clone()));
    let (cause, own) = (cause_by(form, book.now.time), named(form));
    let month = book.loaded_in(Kind::Complaint, Period::holding(Unit::Month, form.day()));
    let before = |other: &&Arc<Form>| !other.is_void() && cause_by(other, book.now.time) == cause && named(other) < own;
    month.iter().filter(before).take(least).count() == least
}

/// The preventive measure among complaints of one cause, one that was approved by a moment before others (R36).
pub fn prevention(same: &[Arc<Form>], by: Time) -> Option<Prevention> {
    let of = |form: &Arc<Form>| {
        let (_, signed) = Complaint::of(form).prevention()?;
        Some(Prevention { form: form.clone(), approved: signed.is_some_and(|sign| sign.at <= by) })
    };
    same.iter().filter_map(of).max_by_key(|found| found.approved)
}

/// A preventive measure.
#[derive(Clone, Debug)]
pub struct Prevention {
    /// The complaint that holds it.
    pub form: Arc<Form>,
    /// Whether it was approved.
    pub approved: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r35_a_call_back_may_take_up_to_the_closing_of_its_last_day() {
        let at = |text: &str| text.parse::<Time>().unwrap();
        let (start, end) = (at("2026-11-18T10:00:00+08:00"), at("2026-11-25T18:00:00+08:00"));
        assert_eq!(up_to(start, end), Target::Real(7 * 1440 + 480));
        assert_eq!(up_to(end, start), Target::Real(0));
        let late_in_its_minute = at("2026-11-18T10:00:59+08:00");
        assert_eq!(up_to(late_in_its_minute, end), Target::Real(7 * 1440 + 480), "due at the closing, not before");
    }
}
