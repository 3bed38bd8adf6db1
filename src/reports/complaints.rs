//! 投诉分析: what customers were unhappy with, whose it was, how fast and how well it was handled, what it cost, and what
//! keeps it from coming back (R28–R36).
//!
//! A complaint is taken in the period in which it was made out; a step counts in the period in which it was recorded.
//! Causes, departments and customers are those of the complaints taken, as known at the period's end.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::figure::{Rule, Tally, count, money, percent};
use super::listing::{CUSTOMER, NUMBER, STATE, customer, state, table};
use super::model::Section;
use super::scope::{Scope, Span};
use super::{budget, charts, sla};
use crate::base::field::{Kind::Complaint as COMPLAINT, List};
use crate::base::number::Number;
use crate::base::period::{Period, Unit};
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::time::Date;
use crate::base::words::{Text, Words, words};
use crate::complaints::{major_since, prevention, recurring, unsigned};
use crate::forms::complaint::{Complaint, cause_name};
use crate::forms::form::{Form, Step};
use crate::forms::shared::CHANNELS;
use crate::sla::{CLOCKS, ClockSpec, complaints as clocks};

/// Complaints made out in the period.
const TAKEN: Rule = count("taken", "Taken", "受理", |s| Tally::count(s.made(COMPLAINT)));
/// R28: of these, the major ones.
const MAJOR: Rule = count("major", "Major ones", "其中重大投诉", |s| {
    Tally::count(s.made(COMPLAINT).filter(|form| is_major(s, form)))
});
const HANDLED: Rule = count("handled", "Handled", "处理完毕", |s| Tally::count(s.done(COMPLAINT, "result")));
const CLOSED: Rule = count("closed", "Closed", "结案", |s| Tally::count(s.done(COMPLAINT, "close")));
/// R35, R46: complaints that went into a further cycle in the period.
const FURTHER: Rule = count("further_cycles", "Into a further cycle", "进入新一轮", |s| {
    Tally::count(
        s.forms(COMPLAINT)
            .filter(|form| Complaint::of(form).cycles().iter().skip(1).any(|cycle| s.holds(cycle.opened))),
    )
});
/// R46: of these, the ones taken up again after they were closed.
const REOPENED: Rule = count("reopened", "Opened again after closing", "结案后重新受理", |s| {
    Tally::count(s.done(COMPLAINT, "reopen"))
});
/// R34: complaints whose measure the customer did not agree to.
const DISAGREED: Rule = count("disagreed", "Measure not agreed to", "客户不同意处理措施", |s| {
    Tally::count(s.done(COMPLAINT, "disagree"))
});
/// R33: what the measures planned in the period promise, of those that no other one of the same cycle replaced.
const PLANNED: Rule = money("compensation_planned", "Compensation planned", "拟定赔偿", |s| {
    Tally::money(s.forms(COMPLAINT).flat_map(|form| {
        let plans = in_force(form).filter(|plan| s.holds(plan));
        plans.filter_map(move |plan| Some((form, plan.fields.money("compensation")?)))
    }))
});
/// R33: what was paid: as recorded, else as planned.
const PAID: Rule = money("compensation_paid", "Compensation carried out", "实付赔偿", |s| {
    Tally::money(s.steps(COMPLAINT, "act").filter_map(|(form, act)| Some((form, Complaint::of(form).paid_by(act)?))))
});
/// R35: of the call-backs of the period, those that found the customer satisfied.
pub const SATISFIED: Rule = percent("satisfied", "Satisfied at the call-back", "回访满意率", |s| {
    Tally::share(
        s.steps(COMPLAINT, "call-back").map(|(form, step)| (form, step.fields.text("satisfied") == Some("yes"))),
    )
})
.aim("complaints_satisfied");
/// Complaints not closed at the end.
const OPEN: Rule = count("open", "Open at the end", "期末未结", |s| Tally::count(s.open(COMPLAINT)));

const OFFICER_IN_TIME: Rule =
    percent("officer_in_time", "To the officer in time", "重大投诉转交及时率", |s| {
        s.in_time(&clocks::OFFICER)
    })
    .aim("officer_in_time");
const LEADER_IN_TIME: Rule =
    percent("leader_in_time", "Leader called in time", "报告领导及时率", |s| s.in_time(&clocks::LEADER))
        .aim("leader_in_time");
/// R31.
pub const HANDLED_IN_TIME: Rule =
    percent("handled_in_time", "Handled in time", "处理及时率", |s| s.in_time(&clocks::HANDLED))
        .aim("complaints_in_time");
const TOLD_IN_TIME: Rule =
    percent("told_in_time", "Result told in time", "结果告知及时率", |s| s.in_time(&clocks::TOLD)).aim("told_in_time");
const REPORTED_IN_TIME: Rule =
    percent("progress_in_time", "Progress reported in time", "进展报告及时率", |s| s.in_time(&clocks::REPORT))
        .aim("progress_in_time");
const CALLED_BACK_IN_TIME: Rule =
    percent("call_back_in_time", "Called back in time", "投诉回访及时率", |s| s.in_time(&clocks::CALL_BACK))
        .aim("called_back_in_time");

const RULES: &[Rule] = &[
    TAKEN,
    MAJOR,
    HANDLED,
    CLOSED,
    OFFICER_IN_TIME,
    LEADER_IN_TIME,
    HANDLED_IN_TIME,
    TOLD_IN_TIME,
    REPORTED_IN_TIME,
    CALLED_BACK_IN_TIME,
    SATISFIED,
    DISAGREED,
    FURTHER,
    REOPENED,
    PLANNED,
    PAID,
    OPEN,
];

/// The month's analysis of complaints.
pub fn complaints(scope: &Scope<'_>) -> Option<Section> {
    let span = &scope.span;
    let mut section = figures(scope, RULES);
    section.tables = WAYS.iter().map(|way| pareto(span, way)).collect();
    let specs: Vec<ClockSpec> = CLOCKS.iter().filter(|clock| clock.kind == COMPLAINT).copied().collect();
    section.tables.extend([sla::clocks(span, &specs), causes_again(span), open(span)]);
    section.charts = charts::COMPLAINTS;
    Some(section)
}

/// Complaints in a few figures, for the general reports.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    const SHORT: &[Rule] = &[TAKEN, MAJOR, HANDLED, HANDLED_IN_TIME, SATISFIED, PAID, OPEN];
    let section = figures(scope, SHORT);
    Some(Section { charts: charts::COMPLAINTS_IN_SHORT, ..section })
}

/// The same with their causes, for months and longer.
pub fn in_months(scope: &Scope<'_>) -> Option<Section> {
    let causes = pareto(&scope.span, &BY_CAUSE);
    // Of none there is nothing more to tell.
    let tables = if causes.rows.is_empty() { Vec::new() } else { vec![causes] };
    in_short(scope).map(|section| Section { tables, charts: charts::COMPLAINTS_IN_MONTHS, ..section })
}

/// Figures of complaints, and what compensation comes to beside its budget (R64).
fn figures(scope: &Scope<'_>, rules: &[Rule]) -> Section {
    let mut section = scope.section("complaints", words("Complaints", "投诉"), rules);
    section.figures.extend(budget::beside(scope, &["compensation"]));
    section
}

fn is_major(span: &Span<'_>, form: &Form) -> bool {
    major_since(span.book(), form).is_some()
}

/// The measures of a complaint that no later one of the same cycle replaced.
fn in_force(form: &Form) -> impl Iterator<Item = &Step> {
    let cycles = Complaint::of(form).cycles();
    cycles.into_iter().filter_map(|cycle| cycle.taken("plan").last())
}

/// A way to tell complaints apart.
struct Way {
    name: &'static str,
    title: Words,
    heads: &'static [Column],
    /// The key of a complaint's group; empty where it is not known.
    key: fn(&Form) -> &str,
    /// The cells under the heads for a key.
    cells: fn(&Span<'_>, &str) -> Vec<Cell>,
}

const UNKNOWN: Words = words("not named", "未登记");

const BY_CAUSE: Way = Way {
    name: "by_cause",
    title: words("By root cause", "按根本原因"),
    heads: &[column("cause", "Cause", "原因")],
    key: |form| Complaint::of(form).cause().unwrap_or_default(),
    cells: |_, cause| vec![if cause.is_empty() { Cell::coded("none", UNKNOWN) } else { cause_cell(cause) }],
};

const WAYS: &[Way] = &[
    BY_CAUSE,
    Way {
        name: "by_department",
        title: words("By department responsible", "按责任部门"),
        heads: &[column("department", "Responsible", "责任部门")],
        key: |form| form.header.text("department").unwrap_or_default(),
        cells: |_, department| vec![if department.is_empty() { UNKNOWN.into() } else { Cell::Text(department.into()) }],
    },
    Way {
        name: "by_customer",
        title: words("By customer", "按客户"),
        heads: &[column("code", "Code", "代码").whole(), CUSTOMER],
        key: |form| form.header.text("customer").unwrap_or_default(),
        cells: |span, code| {
            if code.is_empty() {
                return vec![Cell::Empty, UNKNOWN.into()];
            }
            vec![Cell::Text(code.into()), Cell::Text(span.book().name(List::Customers, code))]
        },
    },
    Way {
        name: "by_channel",
        title: words("By channel", "按投诉渠道"),
        heads: &[column("channel", "Channel", "渠道")],
        key: |form| form.header.text("channel").unwrap_or_default(),
        cells: |_, code| vec![Cell::chosen(CHANNELS, code)],
    },
];

fn cause_cell(cause: &str) -> Cell {
    Cell::Coded(cause.to_string(), cause_name(cause))
}

/// The complaints taken in the span, group by group, the largest first, with the share that those so far have of all.
/// Where as many came, the order of the keys stays, what is not named last.
fn pareto(span: &Span<'_>, way: &Way) -> Table {
    let mut groups: BTreeMap<&str, Vec<&Form>> = BTreeMap::new();
    for form in span.made(COMPLAINT) {
        groups.entry((way.key)(form)).or_default().push(form);
    }
    let all: u64 = groups.values().map(|forms| forms.len() as u64).sum();
    let mut ranked: Vec<_> = groups.into_iter().collect();
    ranked.sort_by_key(|(key, forms)| (Reverse(forms.len()), key.is_empty()));
    let mut so_far = 0;
    let row = |(key, forms): (&str, Vec<&Form>)| {
        let taken = forms.len() as u64;
        so_far += taken;
        let major = forms.iter().filter(|form| is_major(span, form)).count() as u64;
        let mut cells = (way.cells)(span, key);
        cells.extend([
            Cell::count(taken),
            Amount::share(taken, all).into(),
            Amount::share(so_far, all).into(),
            Cell::count(major),
        ]);
        Row { cells, records: Tally::count(forms).records }
    };
    let figures = [
        TAKEN.column(),
        column("share", "Share", "占比").numeric(),
        column("cumulated", "Cumulated", "累计占比").numeric(),
        MAJOR.column(),
    ];
    let columns = way.heads.iter().copied().chain(figures).collect();
    Table { name: way.name, title: way.title, columns, rows: ranked.into_iter().map(row).collect() }
}

/// The causes that recurred in a month of the span, each with the measure that prevents it and who approved that (R36).
fn causes_again(span: &Span<'_>) -> Table {
    let (book, end) = (span.book(), span.book().now.time);
    let mut met: BTreeSet<(Date, &str)> = BTreeSet::new();
    let mut rows = Vec::new();
    for form in span.made(COMPLAINT) {
        let (month, Some(cause)) = (Period::holding(Unit::Month, form.day()), Complaint::of(form).cause()) else {
            continue;
        };
        if !met.insert((month.from, cause)) {
            continue;
        }
        let same = recurring(book, form, end);
        if !same.is_empty() {
            rows.push(cause_again(span, month, cause, &same));
        }
    }
    let columns = [
        column("month", "Month", "月份").whole(),
        column("cause", "Cause", "原因"),
        TAKEN.column(),
        column("measure", "Preventive measure", "预防措施"),
        column("approval", "Approval", "审批").whole(),
        column("approved_by", "Approved by", "批准人"),
        column("approved_on", "Approved on", "批准日期").whole(),
    ];
    table("recurring", words("Causes that recurred", "重复发生的原因"), &columns, rows)
}

fn cause_again(span: &Span<'_>, month: Period, cause: &str, same: &[Arc<Form>]) -> Row {
    let book = span.book();
    let found = prevention(same, book.now.time);
    let steps = found.as_ref().and_then(|found| Complaint::of(&found.form).prevention());
    let signed = steps.and_then(|(_, signed)| signed);
    let approval = match (steps, signed) {
        (None, _) => Cell::coded("none", words("no measure yet", "未制定")),
        (Some(_), None) => Cell::coded("written", words("not approved", "待批准")),
        (Some(_), Some(_)) => Cell::coded("approved", words("approved", "已批准")),
    };
    let text = |step: &Step| step.fields.text("measure").map(|text| Cell::Text(text.to_string()));
    let cells = vec![
        Cell::Words(Text::same(month)),
        cause_cell(cause),
        Cell::count(same.len() as u64),
        steps.and_then(|(measure, _)| text(measure)).unwrap_or(Cell::Empty),
        approval,
        signed.map_or(Cell::Empty, |sign| Cell::Text(book.name(List::Staff, sign.by.as_str()))),
        signed.map(|sign| book.now.zone.day(sign.at)).into(),
    ];
    let records: BTreeSet<Number> = same.iter().map(|form| form.number.clone()).collect();
    Row { cells, records: records.into_iter().collect() }
}

/// The complaints open at the end of the span: how far each is, whose it is, and what is to be done next.
fn open(span: &Span<'_>) -> Table {
    let book = span.book();
    let columns = [
        NUMBER,
        CUSTOMER,
        column("taken", "Taken", "受理日").whole(),
        column("days_open", "Days open", "未结天数").numeric(),
        column("major", "Major", "重大"),
        column("cycle", "Cycle", "轮次").numeric(),
        STATE,
        column("holder", "Whose", "跟进人"),
        column("next", "Next", "下一步"),
    ];
    let row = |form: &Form| {
        let complaint = Complaint::of(form);
        let cells = vec![
            Cell::Number(form.number.clone()),
            customer(book, form),
            Cell::Date(form.day()),
            Cell::Amount(Amount::Days((span.end() - form.day()).num_days())),
            if is_major(span, form) { Cell::coded("yes", words("yes", "是")) } else { Cell::Empty },
            Cell::count(complaint.cycles().len() as u64),
            state(form),
            Cell::Text(book.name(List::Staff, complaint.holder().as_str())),
            next(span, form),
        ];
        Row { cells, records: vec![form.number.clone()] }
    };
    table("open", words("Open complaints", "未结投诉"), &columns, span.open(COMPLAINT).map(row))
}

/// The step that an open complaint waits for.
fn next(span: &Span<'_>, form: &Form) -> Cell {
    let complaint = Complaint::of(form);
    let waits = complaint.cycles().last().is_some_and(|cycle| cycle.waiting_at(usize::MAX).is_some());
    let state = form.state();
    let verb = match state.code {
        _ if waits => "resume",
        "planned" | "agreed" if unsigned(span.book(), form) => "sign",
        "satisfied" if complaint.cause().is_none() => "cause",
        _ => state.usual.and_then(|command| command.split(' ').next_back()).unwrap_or(""),
    };
    form.spec.step(verb).map(|step| Cell::coded(verb, step.name)).into()
}
