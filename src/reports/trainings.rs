//! Training (R52): what was planned, held and cancelled, who came, how the month's tests went, and who failed (D3.3).
//!
//! A session or test counts in the days on which it was to be held, with all that is known of it now: marks often come when
//! the month is over, and belong to it all the same.

use std::sync::Arc;

use super::figure::{People, RuleOf, RuleOfPeople, Tally, rule_of};
use super::listing::{NUMBER, table};
use super::model::Section;
use super::scope::Scope;
use super::{budget, charts};
use crate::base::field::List;
use crate::base::money::Money;
use crate::base::number::Code;
use crate::base::period::Period;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::training::{Mark, TYPES, Training};
use crate::trainings::{FAILED_CLAUSE, day_of, in_days, pass_points, sittings};
use crate::work::specialists;

/// What happened in some days.
struct Days {
    period: Period,
    /// The sessions.
    sessions: Vec<Arc<Form>>,
    /// The tests that were not cancelled, each with the points that pass it.
    tests: Vec<(Arc<Form>, u64)>,
}

impl Days {
    fn of(book: &Book<'_>, period: Period) -> Days {
        let mut sessions = in_days(book, period);
        sessions.retain(|form| !Training::of(form).is_test());
        let tests = sittings(book, period).into_iter().map(|form| (form.clone(), pass_points(book, &form)));
        Days { period, sessions, tests: tests.collect() }
    }

    fn in_state(&self, state: &'static str) -> impl Iterator<Item = &Form> {
        self.sessions.iter().map(Arc::as_ref).filter(move |form| form.state().code == state)
    }

    fn held(&self) -> impl Iterator<Item = &Form> {
        self.in_state("held")
    }

    /// Every mark of a test, with the test and the points that pass it.
    fn marks(&self) -> impl Iterator<Item = (&Form, u64, Code, Mark<'_>)> {
        self.tests.iter().flat_map(|(form, pass)| {
            let marks = Training::of(form).marks().into_iter();
            marks.map(|(staff, mark)| (form.as_ref(), *pass, staff, mark))
        })
    }

    /// Every first result of some people: the test, the points, and whether they pass it.
    fn results(&self, people: People<'_>) -> impl Iterator<Item = (&Form, u64, bool)> {
        self.marks().filter(move |(_, _, staff, _)| people.have(staff)).filter_map(|(form, pass, _, mark)| {
            let points = mark.points?;
            Some((form, points, points >= pass))
        })
    }

    /// How many of some people came to each session that was held, and how many were called to it.
    fn attended(&self, people: People<'_>) -> impl Iterator<Item = (&Form, u64, u64)> {
        let of = move |codes: Vec<Code>| codes.iter().filter(|code| people.have(code)).count() as u64;
        self.held().map(move |form| {
            let training = Training::of(form);
            let present = of(training.present());
            (form, present, present + of(training.absent()))
        })
    }

    /// Of the first results of some people, those that pass.
    fn passed(&self, people: People<'_>) -> Tally {
        Tally::rate(self.results(people).map(|(form, _, passed)| (form, u64::from(passed), 1)))
    }
}

const ATTENDANCE: RuleOf<Days> =
    rule_of("attendance", "Attendance", "出勤率", "percent", |days: &Days| Tally::rate(days.attended(People::All)))
        .aim("attendance");

/// The same as a goal asks for it.
pub const ATTENDED: RuleOfPeople =
    ATTENDANCE.of_people(|scope, people| Tally::rate(Days::of(scope.known_now(), scope.period()).attended(people)));

const PASS_RATE: RuleOf<Days> =
    rule_of("passed", "Passed", "及格率", "percent", |days: &Days| days.passed(People::All)).aim("tests_passed");

/// The same as a goal asks for it.
pub const PASSED: RuleOfPeople =
    PASS_RATE.of_people(|scope, people| Days::of(scope.known_now(), scope.period()).passed(people));

/// Those of the sessions; a table has them by type.
const OF_SESSIONS: &[RuleOf<Days>] = &[
    rule_of("sessions", "Trainings", "培训场次", "count", |days| {
        Tally::count(days.sessions.iter().map(Arc::as_ref))
    }),
    rule_of("held", "Held", "已培训", "count", |days| Tally::count(days.held())),
    rule_of("planned", "Not held yet", "未培训", "count", |days| Tally::count(days.in_state("planned"))),
    rule_of("cancelled", "Cancelled", "已取消", "count", |days| Tally::count(days.in_state("cancelled"))),
    rule_of("lasted", "Time taught", "培训时长", "minutes", lasted),
    ATTENDANCE,
    rule_of("cost", "Cost", "培训费用", "money", |days: &Days| {
        let tests = days.tests.iter().map(|(form, _)| form.as_ref());
        Tally::money(days.held().chain(tests).map(|form| (form, Training::of(form).cost().unwrap_or(Money::ZERO))))
    }),
];

/// Those of the tests.
const OF_TESTS: &[RuleOf<Days>] = &[
    rule_of("sat", "Tests sat", "参考人次", "count", |days| {
        Tally::pieces(days.results(People::All).map(|(form, ..)| (form, 1)))
    }),
    rule_of("missed", "Tests missed", "缺考人次", "count", |days| {
        Tally::pieces(days.marks().filter(|(.., mark)| mark.points.is_none()).map(|(form, ..)| (form, 1)))
    }),
    rule_of("failed", "Tests failed", "不及格人次", "count", |days| {
        Tally::pieces(days.results(People::All).map(|(form, _, passed)| (form, u64::from(!passed))))
    }),
    PASS_RATE,
    rule_of("points", "Mean points", "平均分", "points", |days| {
        let (mut sum, mut count) = (0, 0);
        for (_, points, _) in days.results(People::All) {
            (sum, count) = (sum + points, count + 1);
        }
        Tally { value: Amount::mean(sum, count), ..Tally::count(days.results(People::All).map(|(form, ..)| form)) }
    }),
];

fn lasted(days: &Days) -> Tally {
    let Tally { value, records } = Tally::pieces(days.held().map(|form| (form, Training::of(form).lasted())));
    let minutes = match value {
        Some(Amount::Count(minutes)) => i64::try_from(minutes).ok().map(Amount::Minutes),
        _ => None,
    };
    Tally { value: minutes, records }
}

/// The report of training.
pub fn training(scope: &Scope<'_>) -> Option<Section> {
    let book = scope.known_now();
    let known = known(scope);
    let [days, ..] = &known;
    let mut section = figures(scope, &known);
    section.tables = vec![
        by_type(days),
        people(book, days),
        results(book, "failed", words("Failed", "不及格名单"), days, |pass, mark| mark.failed(pass)),
        results(book, "results", words("Test results", "测验成绩"), days, |_, _| true),
        sessions(book, days),
    ];
    section.charts = charts::TRAINING;
    Some(section)
}

/// Training in a few figures, for the general reports; nothing where none is on record.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    let any = scope.spans().iter().any(|span| !in_days(scope.known_now(), span.period).is_empty());
    any.then(|| Section { charts: charts::TRAINING_IN_SHORT, ..figures(scope, &known(scope)) })
}

/// What is known of the three periods.
fn known(scope: &Scope<'_>) -> [Days; 3] {
    scope.spans().map(|span| Days::of(scope.known_now(), span.period))
}

fn figures(scope: &Scope<'_>, known: &[Days; 3]) -> Section {
    let mut section = scope.section("training", words("Training", "培训"), &[]);
    section.figures = scope.figures(OF_SESSIONS.iter().chain(OF_TESTS), known);
    section.figures.extend(budget::beside(scope, &["training"]));
    section
}

/// The sessions by how they were given.
fn by_type(days: &Days) -> Table {
    let rows = TYPES.iter().filter_map(|sort| {
        let of_sort = days.sessions.iter().filter(|form| Training::of(form).sort() == sort.code);
        let own = Days { period: days.period, sessions: of_sort.cloned().collect(), tests: Vec::new() };
        let mut cells = vec![Cell::coded(sort.code, sort.name)];
        cells.extend(OF_SESSIONS.iter().map(|rule| rule.cell(&own)));
        let records = Tally::count(own.sessions.iter().map(Arc::as_ref)).records;
        (!records.is_empty()).then_some(Row { cells, records })
    });
    let columns: Vec<Column> =
        std::iter::once(column("type", "Type", "培训方式")).chain(OF_SESSIONS.iter().map(RuleOf::column)).collect();
    table("by_type", words("By type", "各培训方式"), &columns, rows)
}

/// What each person attended and how the tests went, those specialists among them who were never called.
fn people(book: &Book<'_>, days: &Days) -> Table {
    let mut people = specialists(book, days.period.to.min(book.now.today()));
    for form in days.held() {
        people.extend(Training::of(form).present());
        people.extend(Training::of(form).absent());
    }
    people.extend(days.marks().map(|(_, _, staff, _)| staff));
    people.sort_unstable();
    people.dedup();
    let row = |person: &Code| {
        let attended: Vec<&Form> = days.held().filter(|form| Training::of(form).present().contains(person)).collect();
        let missed: Vec<&Form> = days.held().filter(|form| Training::of(form).absent().contains(person)).collect();
        let results: Vec<_> = days.results(People::Only(std::slice::from_ref(person))).collect();
        let (came, not) = (attended.len() as u64, missed.len() as u64);
        let (sat, sum) = (results.len() as u64, results.iter().map(|(_, points, _)| points).sum());
        let cells = vec![
            Cell::Text(book.name(List::Staff, person.as_str())),
            Cell::count(came),
            Cell::count(not),
            Amount::share(came, came + not).into(),
            Cell::count(sat),
            Amount::mean(sum, sat).into(),
            Cell::count(results.iter().filter(|(.., passed)| !passed).count() as u64),
        ];
        let tests = days.marks().filter(|(_, _, staff, _)| staff == person).map(|(form, ..)| form);
        Row { cells, records: Tally::count(attended.into_iter().chain(missed).chain(tests)).records }
    };
    let columns = [
        column("person", "Person", "员工"),
        column("attended", "Attended", "出勤").numeric(),
        column("absent", "Absent", "缺勤").numeric(),
        column("attendance", "Attendance", "出勤率").numeric(),
        column("sat", "Tests sat", "参考").numeric(),
        column("points", "Mean points", "平均分").numeric(),
        column("failed", "Failed", "不及格").numeric(),
    ];
    table("people", words("By person", "各人情况"), &columns, people.iter().map(row))
}

/// The results of tests that are wanted by the points that pass and the mark, each with the clause that a failure is under.
fn results(
    book: &Book<'_>,
    name: &'static str,
    title: Words,
    days: &Days,
    wanted: impl Fn(u64, &Mark<'_>) -> bool,
) -> Table {
    let row = |(form, pass, staff, mark): (&Form, u64, Code, Mark<'_>)| {
        let (result, clause) = match mark.points {
            None => (Cell::coded("missed", words("missed", "缺考")), Cell::Empty),
            Some(_) if mark.failed(pass) => {
                (Cell::coded("failed", words("failed", "不及格")), Cell::Text(FAILED_CLAUSE.to_string()))
            }
            Some(_) => (Cell::coded("passed", words("passed", "及格")), Cell::Empty),
        };
        let cells = vec![
            Cell::Number(form.number.clone()),
            day_of(book, form).into(),
            Cell::Text(book.name(List::Staff, staff.as_str())),
            mark.points.map(Cell::count).into(),
            result,
            mark.resits.iter().max().copied().map(Cell::count).into(),
            mark.missed.map(|why| Cell::Text(why.to_string())).into(),
            clause,
        ];
        Row { cells, records: vec![form.number.clone()] }
    };
    let columns = [
        NUMBER,
        column("on", "On", "测验日期").whole(),
        column("person", "Person", "员工"),
        column("points", "Points", "得分").numeric(),
        column("result", "Result", "结果").whole(),
        column("resit", "Best when sat again", "补考最高分").numeric(),
        column("missed", "Missed because", "缺考原因"),
        column("clause", "Clause", "条款").whole(),
    ];
    table(name, title, &columns, days.marks().filter(|(_, pass, _, mark)| wanted(*pass, mark)).map(row))
}

/// The sessions one by one.
fn sessions(book: &Book<'_>, days: &Days) -> Table {
    let row = |form: &Arc<Form>| {
        let training = Training::of(form);
        let by = training.trainer().map(|code| book.name(List::Staff, code.as_str()));
        let held = form.last("held").is_some();
        let why = form.last("cancel").and_then(|step| step.fields.text("reason"));
        let cells = vec![
            Cell::Number(form.number.clone()),
            training.when().map(Cell::Time).into(),
            Cell::chosen(TYPES, training.sort()),
            Cell::Text(training.topic().to_string()),
            by.or_else(|| training.speaker().map(str::to_string)).map(Cell::Text).into(),
            Cell::coded(form.state().code, form.state().name),
            held.then(|| Cell::count(training.present().len() as u64)).into(),
            held.then(|| Cell::count(training.absent().len() as u64)).into(),
            why.map(|why| Cell::Text(why.to_string())).into(),
        ];
        Row { cells, records: vec![form.number.clone()] }
    };
    let columns = [
        NUMBER,
        column("when", "When", "培训时间").whole(),
        column("type", "Type", "培训方式").whole(),
        column("topic", "Topic", "培训内容"),
        column("by", "Given by", "培训人"),
        column("state", "State", "状态").whole(),
        column("present", "Present", "出勤").numeric(),
        column("absent", "Absent", "缺勤").numeric(),
        column("reason", "Cancelled because", "取消原因"),
    ];
    table("sessions", words("Trainings", "培训记录"), &columns, days.sessions.iter().map(row))
}
