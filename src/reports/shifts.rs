//! Shifts (R63): how much of the time was covered, who came in time, the hours of each person, and what was handed over.
//!
//! A shift counts on the day on which it begins, but for the time that it covers. As everywhere, what happened after the end of the span is not known to it.

use chrono::NaiveTime;

use super::charts;
use super::figure::Tally;
use super::listing::{NUMBER, table};
use super::model::Section;
use super::scope::{Scope, Span};
use crate::base::field::List;
use crate::base::number::Code;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::time::days_after;
use crate::base::words::{Words, words};
use crate::forms::form::Form;
use crate::forms::shift::Shift;
use crate::shifts::{Presence, Rostered, covered, shifts as shifts_in, shifts_between};

/// A figure over some shifts.
struct Measure {
    key: &'static str,
    name: Words,
    unit: &'static str,
    of: fn(&[Rostered]) -> Tally,
}

const fn measure(
    key: &'static str,
    en: &'static str,
    zh: &'static str,
    unit: &'static str,
    of: fn(&[Rostered]) -> Tally,
) -> Measure {
    Measure { key, name: words(en, zh), unit, of }
}

/// What is told of each person too.
const OF_PEOPLE: &[Measure] = &[
    measure("rostered", "Shifts", "班次", "count", |all| counted(all, |presence| presence != Presence::Cancelled)),
    measure("worked", "Time on duty", "值班时长", "minutes", worked),
    measure("on_time", "On time", "准时", "count", |all| having(all, "on_time")),
    measure("late", "Late", "迟到", "count", |all| counted(all, |presence| presence.minutes().0 > 0)),
    measure("left_early", "Left early", "早退", "count", |all| counted(all, |presence| presence.minutes().1 > 0)),
    measure("excused", "Excused", "请假", "count", |all| having(all, "excused")),
    measure("absent", "Absent without reason", "无故缺勤", "count", |all| having(all, "absent")),
    measure("unknown", "No record", "无记录", "count", |all| having(all, "unknown")),
    measure("on_time_rate", "On time, share", "准时率", "percent", on_time),
];

const HAND_OVERS: &[Measure] = &[
    measure("handed_over", "Handed over", "交接班", "count", |all| {
        Tally::count(all.iter().map(form).filter(|form| Shift::of(form).handed_over().is_some()))
    }),
    measure("points", "Points handed over", "交接待办", "count", |all| {
        Tally::pieces(all.iter().map(form).map(|form| (form, Shift::of(form).points().len() as u64)))
    }),
    measure("open_points", "Of these still open", "其中未完", "count", |all| {
        Tally::pieces(all.iter().map(form).map(|form| (form, Shift::of(form).open_points().len() as u64)))
    }),
    measure("to_settle", "Until a point was settled, mean", "待办平均处理用时", "minutes", to_settle),
];

fn form(shift: &Rostered) -> &Form {
    &shift.form
}

fn counted(all: &[Rostered], counts: impl Fn(Presence) -> bool) -> Tally {
    Tally::count(all.iter().filter(|shift| counts(shift.presence)).map(form))
}

fn having(all: &[Rostered], code: &str) -> Tally {
    counted(all, |presence| presence.code() == code)
}

/// The minutes of the shifts that people came to.
fn worked(all: &[Rostered]) -> Tally {
    let came = || all.iter().filter(|shift| matches!(shift.presence, Presence::Present { .. }));
    // Many years of shifts are less than a thousand million minutes.
    let minutes: u64 = came().map(Rostered::minutes).sum();
    Tally { value: Some(Amount::Minutes(minutes as i64)), ..Tally::count(came().map(form)) }
}

/// The share of shifts to which people came in time and to the end, of those known to have been kept or not.
fn on_time(all: &[Rostered]) -> Tally {
    let known = all.iter().filter(|shift| matches!(shift.presence, Presence::Present { .. } | Presence::Absent { .. }));
    Tally::rate(known.map(|shift| (form(shift), u64::from(shift.presence.code() == "on_time"), 1)))
}

/// The mean of the minutes from a hand-over until a point of it was settled.
fn to_settle(all: &[Rostered]) -> Tally {
    let (mut sum, mut count, mut forms) = (0, 0, Vec::new());
    for form in all.iter().map(form) {
        let shift = Shift::of(form);
        let Some(handed) = shift.handed_over() else { continue };
        for settled in shift.points().iter().filter_map(|point| point.settled) {
            sum += (settled.at - handed.at).num_minutes();
            count += 1;
            forms.push(form);
        }
    }
    Tally { value: (count > 0).then(|| Amount::Minutes(sum / count)), ..Tally::count(forms) }
}

/// The share of the span's minutes at which somebody was on the roster and not known to be absent. A shift that began on
/// the evening before covers its part of the first day.
fn cover(span: &Span<'_>) -> Tally {
    let zone = span.book().now.zone;
    let [from, to] = [span.period.from, days_after(span.period.to, 1)].map(|day| zone.on(day, NaiveTime::MIN));
    let minutes = u64::try_from((to - from).num_minutes()).unwrap_or(0);
    let all = shifts_between(span.book(), from, to);
    let standing = all.iter().filter(|shift| shift.stands()).map(form);
    let value = if all.is_empty() { None } else { Amount::share(covered(&all, from, to), minutes) };
    Tally { value, ..Tally::count(standing) }
}

/// The report on shifts.
pub fn shifts(scope: &Scope<'_>) -> Option<Section> {
    let mut section = figures(scope);
    let span = &scope.span;
    let all = shifts_in(span.book(), span.period);
    section.tables = vec![people(span, &all), listed(span, &all), points(span, &all)];
    section.charts = charts::SHIFTS;
    Some(section)
}

/// Shifts in a few figures, for the general reports; nothing where there were none.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    let spans = [&scope.span, &scope.previous, &scope.last_year];
    let any = spans.iter().any(|span| !shifts_in(span.book(), span.period).is_empty());
    any.then(|| figures(scope))
}

fn figures(scope: &Scope<'_>) -> Section {
    let mut section = scope.section("shifts", words("Shifts", "值班"), &[]);
    let spans = [&scope.span, &scope.previous, &scope.last_year];
    let all = spans.map(|span| (span.period, shifts_in(span.book(), span.period)));
    let of_span =
        |span: &Span<'_>| all.iter().find(|(period, _)| *period == span.period).map_or(&[][..], |(_, all)| all);
    let measured =
        |measure: &Measure| scope.measure(measure.key, measure.name, measure.unit, |span| (measure.of)(of_span(span)));
    let covered = words("Time covered", "排班覆盖率");
    section.figures = vec![scope.measure("covered", covered, "percent", cover)];
    section.figures.extend(OF_PEOPLE.iter().chain(HAND_OVERS).map(measured));
    section
}

/// The same figures person by person.
fn people(span: &Span<'_>, all: &[Rostered]) -> Table {
    let mut people: Vec<Code> = all.iter().map(|shift| shift.person.clone()).collect();
    people.sort_unstable();
    people.dedup();
    let row = |person: &Code| {
        let own: Vec<Rostered> = all.iter().filter(|shift| shift.person == *person).cloned().collect();
        let mut cells = vec![Cell::Text(span.book().name(List::Staff, person.as_str()))];
        cells.extend(OF_PEOPLE.iter().map(|measure| Cell::from((measure.of)(&own).value)));
        Row { cells, records: Tally::count(own.iter().map(form)).records }
    };
    let measured = OF_PEOPLE.iter().map(|m| Column { key: m.key, name: m.name, numeric: true, whole: true });
    let columns: Vec<Column> = std::iter::once(column("person", "Person", "值班人")).chain(measured).collect();
    table("people", words("By person", "各人情况"), &columns, people.iter().map(row))
}

/// Each shift, with how the person came.
fn listed(span: &Span<'_>, all: &[Rostered]) -> Table {
    let row = |rostered: &Rostered| {
        let shift = Shift::of(&rostered.form);
        let minutes = |minutes: u64| Cell::from((minutes > 0).then_some(Amount::Minutes(minutes as i64)));
        let (late, early) = rostered.presence.minutes();
        let reason = rostered.form.living().filter_map(|step| step.fields.text("reason")).next_back();
        let cells = vec![
            Cell::Number(rostered.form.number.clone()),
            Cell::Text(span.book().name(List::Staff, rostered.person.as_str())),
            Cell::Date(rostered.on),
            Cell::Text(shift.hours().map(|hours| hours.to_string()).unwrap_or_default()),
            shift.came().map(|step| step.at).into(),
            shift.went().map(|step| step.at).into(),
            Cell::coded(rostered.presence.code(), rostered.presence.name()),
            minutes(late),
            minutes(early),
            reason.map_or(Cell::Empty, |reason| Cell::Text(reason.to_string())),
        ];
        Row { cells, records: vec![rostered.form.number.clone()] }
    };
    let columns = [
        NUMBER,
        column("person", "Person", "值班人"),
        column("on", "On", "日期").whole(),
        column("hours", "Hours", "起止时间").whole(),
        column("came", "Came", "到岗").whole(),
        column("went", "Left", "离岗").whole(),
        column("presence", "Presence", "考勤").whole(),
        column("late", "Late by", "迟到").numeric(),
        column("left_early", "Left early by", "早退").numeric(),
        column("reason", "Reason", "原因"),
    ];
    table("roster", words("Roster", "排班"), &columns, all.iter().map(row))
}

/// The points that were handed over and nobody settled yet.
fn points(span: &Span<'_>, all: &[Rostered]) -> Table {
    let mut rows = Vec::new();
    for rostered in all {
        let shift = Shift::of(&rostered.form);
        let handed = shift.handed_over().map(|step| step.at);
        rows.extend(shift.open_points().iter().map(|point| Row {
            cells: vec![
                Cell::Number(rostered.form.number.clone()),
                Cell::Text(span.book().name(List::Staff, rostered.person.as_str())),
                handed.into(),
                Cell::count(point.number as u64),
                Cell::Text(point.what.to_string()),
            ],
            records: vec![rostered.form.number.clone()],
        }));
    }
    let columns = [
        NUMBER,
        column("person", "Handed over by", "交班人"),
        column("at", "At", "交班时间").whole(),
        column("point", "No.", "序号").numeric(),
        column("what", "What", "事项"),
    ];
    table("open_points", words("Points still open", "未完待办"), &columns, rows)
}
