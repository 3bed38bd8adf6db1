//! The work on repair tickets: how long each step took, and what each agency that was sent did (R20–R22).
//!
//! Times are calendar days, as the customer counts them and R22 does. A repair counts on the day that it names, every
//! other step on its own.

use super::figure::{Tally, percentile};
use super::scope::Span;
use crate::aftersales::{Job, jobs};
use crate::base::field::Kind::Repair as REPAIR;
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::time::Date;
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::forms::form::{Form, Step};
use crate::sla::repairs::repaired_on;

/// A wait from one step of a ticket to another.
pub struct Wait {
    name: Words,
    /// The last step with this verb before the one waited for.
    from: &'static str,
    /// What is waited for; only the first since `from`, so that mending again is not counted from the first report.
    to: &'static str,
}

const fn wait(from: &'static str, to: &'static str, en: &'static str, zh: &'static str) -> Wait {
    Wait { name: words(en, zh), from, to }
}

/// What the customer waits for: from the report to the first repair.
pub const MENDING: Wait = wait("new", "repaired", "reported → repaired", "报修 → 修复");

const WAITS: &[Wait] = &[
    wait("new", "judge", "reported → judged", "报修 → 判定"),
    wait("judge", "dispatch", "judged → dispatched", "判定 → 派单"),
    wait("dispatch", "repaired", "dispatched → repaired", "派单 → 修复"),
    wait("repaired", "accept", "repaired → accepted", "修复 → 验收"),
    wait("repaired", "follow-up", "repaired → followed up", "修复 → 回访"),
    wait("follow-up", "close", "followed up → closed", "回访 → 结案"),
    MENDING,
    wait("new", "close", "reported → closed", "报修 → 结案"),
];

fn day_of(book: &Book<'_>, step: &Step) -> Date {
    if step.verb() == "repaired" { repaired_on(book, step) } else { book.now.zone.day(step.at) }
}

fn days_between(book: &Book<'_>, from: &Step, to: &Step) -> i64 {
    (day_of(book, to) - day_of(book, from)).num_days()
}

/// The waits that ended in a span, each with its ticket and days.
pub fn waited<'s>(span: &'s Span<'_>, wait: &Wait) -> impl Iterator<Item = (&'s Form, i64)> {
    let (from, to) = (wait.from, wait.to);
    span.steps(REPAIR, to).filter_map(move |(form, end)| {
        let start = form.taken(from).rfind(|step| step.index < end.index)?;
        let first = form.taken(to).find(|step| step.index > start.index)?;
        (first.index == end.index).then(|| (form, days_between(span.book(), start, end)))
    })
}

/// How long each step took, of the steps taken in the span.
pub fn table(span: &Span<'_>) -> Table {
    let columns = vec![
        column("step", "Step", "步骤"),
        column("times", "Times", "次数").numeric(),
        column("median", "Median", "中位数").numeric(),
        column("ninetieth", "9 in 10 within", "90% 不超过").numeric(),
        column("worst", "Worst", "最长").numeric(),
        column("slowest", "Slowest", "最慢的单").whole(),
    ];
    let row = |wait: &Wait| {
        let waits: Vec<(&Form, i64)> = waited(span, wait).collect();
        let days: Vec<i64> = waits.iter().map(|(_, days)| *days).collect();
        let at_most = |percent| Cell::from(percentile(&days, percent).map(Amount::Days));
        let slowest = waits.iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.number.cmp(&a.0.number)))?.0;
        let cells = vec![
            wait.name.into(),
            Cell::count(days.len() as u64),
            at_most(50),
            at_most(90),
            at_most(100),
            Cell::Number(slowest.number.clone()),
        ];
        Some(Row { cells, records: Tally::count(waits.iter().map(|(form, _)| *form)).records })
    };
    Table {
        name: "steps",
        title: words("Time to each step, in calendar days", "各步骤用时（自然日）"),
        columns,
        rows: WAITS.iter().filter_map(row).collect(),
    }
}

/// The jobs of all tickets that a span tells of.
pub fn jobs_in<'s>(span: &'s Span<'_>) -> impl Iterator<Item = Job<'s>> {
    span.forms(REPAIR).flat_map(jobs)
}

impl<'f> Job<'f> {
    /// The repair, where it was done in the span.
    pub fn mended(&self, span: &Span<'_>) -> Option<&'f Step> {
        self.taken("repaired").find(|step| span.holds(step))
    }

    /// Days from the dispatch to a repair done in the span.
    pub fn days(&self, span: &Span<'_>) -> Option<i64> {
        Some(days_between(span.book(), self.sent, self.mended(span)?))
    }

    /// What the last follow-up of the span found: true where the fixture was still faulty.
    pub fn found_faulty(&self, span: &Span<'_>) -> Option<bool> {
        let last = self.taken("follow-up").rfind(|step| span.holds(step))?;
        Some(last.fields.text("result") == Some("faulty"))
    }
}
