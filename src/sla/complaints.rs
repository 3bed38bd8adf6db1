//! The clocks of complaints, cycle by cycle (R29–R36): those of [`crate::complaints`], as runs.

use super::due::{Due, in_workdays};
use super::{ClockSpec, Course, Run, Unit, numbered};
use crate::base::field::Kind;
use crate::base::time::Time;
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::clock::State;
use crate::complaints::{Goal, clocks, recurred_before, recurring, tipping};
use crate::forms::complaint::Complaint;
use crate::forms::form::{Form, Step};

/// R29: the complaints officer has a major one.
pub const OFFICER: ClockSpec = spec(
    "complaint_officer",
    "R29",
    words("Major complaint to the officer", "重大投诉转交投诉管理员"),
    |book, form| of(book, form, Goal::Officer),
);
/// R30: a leader is called about an urgent one out of hours.
pub const LEADER: ClockSpec = spec(
    "complaint_leader",
    "R30",
    words("Leader called about a complaint", "紧急投诉报告领导"),
    |book, form| of(book, form, Goal::Leader),
);
/// R31: it is handled.
pub const HANDLED: ClockSpec =
    spec("complaint_handled", "R31", words("Complaint handled", "投诉处理完毕"), |book, form| {
        of(book, form, Goal::Handled)
    });
/// R32: the complaints officer is told the result.
pub const TOLD: ClockSpec = spec(
    "complaint_told",
    "R32",
    words("Result told to the officer", "投诉结果告知投诉管理员"),
    |book, form| of(book, form, Goal::Told),
);
/// R32: how far it is, is reported; each report is a run.
pub const REPORT: ClockSpec =
    spec("complaint_progress", "R32", words("Progress of a complaint reported", "报告投诉进展"), |book, form| {
        of(book, form, Goal::Report)
    });
/// R35: the customer is called back.
pub const CALL_BACK: ClockSpec =
    spec("complaint_call_back", "R35", words("Customer called back", "投诉回访"), |book, form| {
        of(book, form, Goal::CallBack)
    });

/// R36: once the customer is satisfied, the root cause is named.
pub const CAUSE: ClockSpec =
    spec("complaint_cause", "R36", words("Root cause named", "登记投诉根本原因"), |book, form| {
        let satisfied = form.taken("call-back").filter(|step| step.fields.text("satisfied") == Some("yes"));
        let course = |step: &Step| {
            let named = form.taken("cause").next().map(|cause| cause.at.max(step.at));
            Course { start: step.at, due: closing_due(book, step), done: named, until: None }
        };
        numbered(book, form, satisfied.take(1).map(course))
    });

/// R36: against a cause that recurs a preventive measure is approved; one run for all complaints of the cause, of the one
/// with which it came up once too often.
pub const PREVENTION: ClockSpec =
    spec("complaint_prevention", "R36", words("Preventive measure approved", "批准预防措施"), |book, form| {
        if recurred_before(book, form) {
            return Vec::new();
        }
        let same = recurring(book, form, book.now.time);
        let own = tipping(book, form, &same).filter(|(tipping, _)| tipping.number == form.number);
        let course = own.map(|(_, start)| {
            let approved =
                same.iter().filter_map(|other| Complaint::of(other).prevention()?.1).map(|sign| sign.at).min();
            Course { start, due: prevention_due(book, start), done: approved.map(|at| at.max(start)), until: None }
        });
        numbered(book, form, course)
    });

const fn spec(key: &'static str, rule: &'static str, name: Words, runs: fn(&Book<'_>, &Form) -> Vec<Run>) -> ClockSpec {
    ClockSpec { key, rule, name, kind: Kind::Complaint, runs }
}

/// When a complaint whose customer is satisfied is to have its cause and be closed at the latest: that working day.
pub fn closing_due(book: &Book<'_>, satisfied: &Step) -> Due {
    in_workdays(book, satisfied.at, 0)
}

/// When a preventive measure is to be written and approved at the latest: on the working day on which its cause came up
/// once too often (R36).
pub fn prevention_due(book: &Book<'_>, named: Time) -> Due {
    in_workdays(book, named, 0)
}

/// When the outcome of calling back is to be entered at the latest, where a visit did it (R35): on its working day.
pub fn outcome_due(book: &Book<'_>, visited: Time) -> Due {
    in_workdays(book, visited, 0)
}

/// The runs of a goal. What a cycle's end overtook in time is none.
fn of(book: &Book<'_>, form: &Form, goal: Goal) -> Vec<Run> {
    let mut runs = Vec::new();
    for timed in clocks(book, form).into_iter().filter(|timed| timed.goal == goal) {
        let reading = timed.read(book);
        let runs_on = matches!(reading.state, State::Running | State::Paused);
        if runs_on && (timed.frozen.is_some() || form.is_over()) {
            continue;
        }
        let start: Time = timed.clock.start;
        runs.push(Run {
            record: form.number.clone(),
            cycle: timed.cycle,
            start,
            due: reading.due_if_resumed.unwrap_or(start),
            stopped: timed.stopped(book),
            state: reading.state,
            unit: Unit::of(timed.clock.target),
            used_minutes: reading.used_minutes,
        });
    }
    runs
}
