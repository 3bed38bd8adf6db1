//! Shifts (R63): how much of the time was covered, who came in time, the hours of each person, and what was handed over.
//!
//! A shift counts on the day on which it begins, but for the time that it covers. As everywhere, what happened after the end of the span is not known to it.

use chrono::NaiveTime;

use super::charts;
use super::figure::{People, Rule, RuleOf, RuleOfPeople, Tally, percent, rule_of};
use super::listing::{NUMBER, table};
use super::model::Section;
use super::scope::{Scope, Span};
use crate::base::field::List;
use crate::base::number::Code;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::time::days_after;
use crate::base::words::words;
use crate::forms::form::Form;
use crate::forms::shift::Shift;
use crate::shifts::{Presence, Rostered, covered, shifts as shifts_in, shifts_between};

/// What is told of each person too.
const OF_PEOPLE: &[RuleOf<[Rostered]>] = &[
    rule_of("rostered", "Shifts", "班次", "count", |all| counted(all, |presence| presence != Presence::Cancelled)),
    rule_of("worked", "Time on duty", "值班时长", "minutes", worked),
    rule_of("on_time", "On time", "准时", "count", |all| having(all, "on_time")),
    rule_of("late", "Late", "迟到", "count", |all| counted(all, |presence| presence.minutes().0 > 0)),
    rule_of("left_early", "Left early", "早退", "count", |all| counted(all, |presence| presence.minutes().1 > 0)),
    rule_of("excused", "Excused", "请假", "count", |all| having(all, "excused")),
    rule_of("absent", "Absent without reason", "无故缺勤", "count", |all| having(all, "absent")),
    rule_of("unknown", "No record", "无记录", "count", |all| having(all, "unknown")),
    ON_TIME_RATE,
];

/// The share of shifts to which people came in time and to the end, of those known to have been kept or not.
const ON_TIME_RATE: RuleOf<[Rostered]> =
    rule_of("on_time_rate", "On time, share", "准时率", "percent", on_time).aim("shifts_on_time");

/// The same as a goal asks for it.
pub const ON_TIME: RuleOfPeople = ON_TIME_RATE.of_people(|scope, people| {
    let mut all = shifts_in(scope.span.book(), scope.period());
    all.retain(|shift| people.have(&shift.person));
    on_time(&all)
});

/// The share of the days' minutes at which somebody was on the roster and not known to be absent.
const COVERED: Rule = percent("covered", "Time covered", "排班覆盖率", |s| cover(s, People::All)).aim("roster_cover");

/// The same as a goal asks for it.
pub const COVER: RuleOfPeople = COVERED.of_people(|scope, people| cover(&scope.span, people));

const HAND_OVERS: &[RuleOf<[Rostered]>] = &[
    rule_of("handed_over", "Handed over", "交接班", "count", |all| {
        Tally::count(all.iter().map(form).filter(|form| Shift::of(form).handed_over().is_some()))
    }),
    rule_of("points", "Points handed over", "交接待办", "count", |all| {
        Tally::pieces(all.iter().map(form).map(|form| (form, Shift::of(form).points().len() as u64)))
    }),
    rule_of("open_points", "Of these still open", "其中未完", "count", |all| {
        Tally::pieces(all.iter().map(form).map(|form| (form, Shift::of(form).open_points().len() as u64)))
    }),
    rule_of("to_settle", "Until a point was settled, mean", "待办平均处理用时", "minutes", to_settle),
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

/// What the shifts of some people cover, that of one which began on the evening before from midnight on: nothing to
/// measure where nobody is on the roster, and nothing where others are.
fn cover(span: &Span<'_>, people: People<'_>) -> Tally {
    let zone = span.book().now.zone;
    let [from, to] = [span.period.from, days_after(span.period.to, 1)].map(|day| zone.on(day, NaiveTime::MIN));
    let minutes = u64::try_from((to - from).num_minutes()).unwrap_or(0);
    let mut all = shifts_between(span.book(), from, to);
    if all.is_empty() {
        return Tally::nothing();
    }
    all.retain(|shift| people.have(&shift.person));
    let standing = all.iter().filter(|shift| shift.stands()).map(form);
    Tally { value: Amount::share(covered(&all, from, to), minutes), ..Tally::count(standing) }
}

/// The report on shifts.
pub fn shifts(scope: &Scope<'_>) -> Option<Section> {
    let all = rosters(scope);
    let mut section = figures(scope, &all);
    let (span, [all, ..]) = (&scope.span, &all);
    section.tables = vec![people(span, all), listed(span, all), points(span, all)];
    section.charts = charts::SHIFTS;
    Some(section)
}

/// Shifts in a few figures, for the general reports; nothing where there were none.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    let all = rosters(scope);
    let any = all.iter().any(|all| !all.is_empty());
    any.then(|| Section { charts: charts::SHIFTS_IN_SHORT, ..figures(scope, &all) })
}

/// The shifts of the three periods.
fn rosters(scope: &Scope<'_>) -> [Vec<Rostered>; 3] {
    scope.spans().map(|span| shifts_in(span.book(), span.period))
}

fn figures(scope: &Scope<'_>, all: &[Vec<Rostered>; 3]) -> Section {
    let mut section = scope.section("shifts", words("Shifts", "值班"), &[COVERED]);
    section.figures.extend(scope.figures(OF_PEOPLE.iter().chain(HAND_OVERS), all));
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
        cells.extend(OF_PEOPLE.iter().map(|rule| rule.cell(&own)));
        Row { cells, records: Tally::count(own.iter().map(form)).records }
    };
    let columns: Vec<Column> =
        std::iter::once(column("person", "Person", "值班人")).chain(OF_PEOPLE.iter().map(RuleOf::column)).collect();
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
