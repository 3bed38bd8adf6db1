//! Shifts (R63): how much of the time was covered, who came in time, the hours of each person, and what was handed over.
//!
//! A shift counts on the day on which it begins, but for the time that it covers, and with all that is known of it now: a
//! night shift is handed over on the next day, and an absence is often recorded then. So what the days of a month tell adds
//! up to what the month tells.

use chrono::NaiveTime;

use super::charts;
use super::figure::{People, RuleOf, RuleOfPeople, Tally, rule_of};
use super::listing::{NUMBER, table};
use super::model::Section;
use super::scope::Scope;
use crate::base::field::List;
use crate::base::number::Code;
use crate::base::period::Period;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::time::{Time, days_after};
use crate::base::words::words;
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::shift::Shift;
use crate::shifts::{Presence, Rostered, covered, gaps, shifts as shifts_in, shifts_between};

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
    let mut all = shifts_in(scope.known_now(), scope.period());
    all.retain(|shift| people.have(&shift.person));
    on_time(&all)
});

/// What is known now of the shifts of some days.
struct Days {
    /// Those that begin on one of the days.
    begun: Vec<Rostered>,
    /// Those that last at some moment of the days.
    lasting: Vec<Rostered>,
    /// The first moment of the days, and the one after their last.
    bounds: (Time, Time),
}

impl Days {
    fn of(book: &Book<'_>, period: Period) -> Days {
        let [from, to] = [period.from, days_after(period.to, 1)].map(|day| book.now.zone.on(day, NaiveTime::MIN));
        Days { begun: shifts_in(book, period), lasting: shifts_between(book, from, to), bounds: (from, to) }
    }
}

/// The share of the days' minutes at which somebody was on the roster and not known to be absent.
const COVERED: RuleOf<Days> =
    rule_of("covered", "Time covered", "排班覆盖率", "percent", |days| cover(days, People::All)).aim("roster_cover");

/// The same as a goal asks for it.
pub const COVER: RuleOfPeople =
    COVERED.of_people(|scope, people| cover(&Days::of(scope.known_now(), scope.period()), people));

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

/// The minutes for which people were there.
fn worked(all: &[Rostered]) -> Tally {
    let came = || all.iter().filter(|shift| matches!(shift.presence, Presence::Present { .. }));
    // Many years of shifts are less than a thousand million minutes.
    let minutes: u64 = came().map(|shift| shift.worked).sum();
    Tally { value: Some(Amount::Minutes(minutes as i64)), ..Tally::count(came().map(form)) }
}

/// Of those to which people came, or did not come without a reason: who is excused was not to be there.
fn on_time(all: &[Rostered]) -> Tally {
    let counts = |presence| matches!(presence, Presence::Present { .. } | Presence::Absent { excused: false });
    let known = all.iter().filter(|shift| counts(shift.presence));
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
fn cover(days: &Days, people: People<'_>) -> Tally {
    let (from, to) = days.bounds;
    if days.lasting.is_empty() {
        return Tally::nothing();
    }
    let all: Vec<Rostered> = days.lasting.iter().filter(|shift| people.have(&shift.person)).cloned().collect();
    let standing = all.iter().filter(|shift| shift.stands()).map(form);
    let minutes = u64::try_from((to - from).num_minutes()).unwrap_or(0);
    Tally { value: Amount::share(covered(&all, from, to), minutes), ..Tally::count(standing) }
}

/// The report on shifts.
pub fn shifts(scope: &Scope<'_>) -> Option<Section> {
    let known = known(scope);
    let mut section = figures(scope, &known);
    let (book, [days, ..]) = (scope.known_now(), &known);
    section.tables =
        vec![people(book, &days.begun), listed(book, &days.begun), points(book, &days.begun), gaps_of(days)];
    section.charts = charts::SHIFTS;
    Some(section)
}

/// Shifts in a few figures, for the general reports; nothing where there were none.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    let known = known(scope);
    let any = known.iter().any(|days| !days.begun.is_empty());
    any.then(|| Section { charts: charts::SHIFTS_IN_SHORT, ..figures(scope, &known) })
}

/// What is known of the three periods.
fn known(scope: &Scope<'_>) -> [Days; 3] {
    scope.spans().map(|span| Days::of(scope.known_now(), span.period))
}

fn figures(scope: &Scope<'_>, known: &[Days; 3]) -> Section {
    let begun = known.each_ref().map(|days| days.begun.as_slice());
    let mut section = scope.section("shifts", words("Shifts", "值班"), &[]);
    section.figures = scope.figures([&COVERED], known);
    section.figures.extend(scope.figures(OF_PEOPLE.iter().chain(HAND_OVERS), &begun));
    section
}

/// The same figures person by person.
fn people(book: &Book<'_>, all: &[Rostered]) -> Table {
    let mut people: Vec<Code> = all.iter().map(|shift| shift.person.clone()).collect();
    people.sort_unstable();
    people.dedup();
    let row = |person: &Code| {
        let own: Vec<Rostered> = all.iter().filter(|shift| shift.person == *person).cloned().collect();
        let mut cells = vec![Cell::Text(book.name(List::Staff, person.as_str()))];
        cells.extend(OF_PEOPLE.iter().map(|rule| rule.cell(&own)));
        Row { cells, records: Tally::count(own.iter().map(form)).records }
    };
    let columns: Vec<Column> =
        std::iter::once(column("person", "Person", "值班人")).chain(OF_PEOPLE.iter().map(RuleOf::column)).collect();
    table("people", words("By person", "各人情况"), &columns, people.iter().map(row))
}

/// Each shift, with how the person came.
fn listed(book: &Book<'_>, all: &[Rostered]) -> Table {
    let row = |rostered: &Rostered| {
        let shift = Shift::of(&rostered.form);
        let minutes = |minutes: u64| Cell::from((minutes > 0).then_some(Amount::Minutes(minutes as i64)));
        let (late, early) = rostered.presence.minutes();
        let reason = rostered.form.living().filter_map(|step| step.fields.text("reason")).next_back();
        let cells = vec![
            Cell::Number(rostered.form.number.clone()),
            Cell::Text(book.name(List::Staff, rostered.person.as_str())),
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
fn points(book: &Book<'_>, all: &[Rostered]) -> Table {
    let mut rows = Vec::new();
    for rostered in all {
        let shift = Shift::of(&rostered.form);
        let handed = shift.handed_over().map(|step| step.at);
        rows.extend(shift.open_points().iter().map(|point| Row {
            cells: vec![
                Cell::Number(rostered.form.number.clone()),
                Cell::Text(book.name(List::Staff, rostered.person.as_str())),
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

/// From when to when nobody is on the roster; nothing where nobody is at all.
fn gaps_of(days: &Days) -> Table {
    let (from, to) = days.bounds;
    let found = if days.lasting.is_empty() { Vec::new() } else { gaps(&days.lasting, from, to) };
    let row = |(from, to): &(Time, Time)| Row {
        cells: vec![(*from).into(), (*to).into(), Amount::Minutes((*to - *from).num_minutes()).into()],
        records: Vec::new(),
    };
    let columns = [
        column("from", "From", "开始").whole(),
        column("to", "To", "结束").whole(),
        column("lasts", "Lasts", "时长").numeric(),
    ];
    table("gaps", words("Nobody on the roster", "无人值班时段"), &columns, found.iter().map(row))
}
