//! Call quality (R54): how calls were scored, person by person and item by item, and which failed or were contested.
//!
//! A call counts in the days on which it was made, by its score as it stands now: most calls are scored on a later day, and
//! some scores amended. So a month's mean is the one that the month's assessment of a person goes by.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::charts;
use super::figure::{RuleOf, RuleOfPeople, Tally, rule_of};
use super::listing::{NUMBER, STATE, state, table};
use super::model::Section;
use super::scope::Scope;
use crate::base::field::List;
use crate::base::number::{Code, Number};
use crate::base::period::Period;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::words::{Text, words};
use crate::book::Book;
use crate::calls::{ScoredCall, calls, items_of, total_of};
use crate::forms::call::Call;
use crate::forms::form::Form;

/// A scored call with its record.
#[derive(Clone)]
struct Scored {
    call: ScoredCall,
    form: Arc<Form>,
    passes: bool,
}

/// The calls of a period that were scored.
fn scored(book: &Book<'_>, period: Period) -> Vec<Scored> {
    let with_form = |call: ScoredCall| {
        let (form, passes) = (book.form(&call.record)?, call.passes(book));
        Some(Scored { call, form, passes })
    };
    calls(book, period).into_iter().filter_map(with_form).collect()
}

const MEASURES: &[RuleOf<[Scored]>] = &[
    rule_of("scored", "Calls scored", "质检通话", "count", |calls| those(calls, |_| true)),
    MEAN,
    rule_of("failed", "Below the pass mark", "不合格", "count", |calls| those(calls, |one| !one.passes)),
    rule_of("faults", "With a critical fault", "重大差错", "count", |calls| {
        those(calls, |one| Call::of(&one.form).fault().is_some())
    }),
    rule_of("contested", "Contested", "申诉", "count", |calls| {
        those(calls, |one| one.form.last("contest").is_some())
    }),
    rule_of("amended", "Of these amended", "其中更正", "count", |calls| {
        those(calls, |one| one.form.last("amend").is_some())
    }),
];

/// The points of all calls, of their full points.
const MEAN: RuleOf<[Scored]> = rule_of("mean", "Mean score", "平均得分率", "percent", |calls: &[Scored]| {
    Tally::rate(calls.iter().map(|one| (one.form.as_ref(), one.call.total, one.call.full)))
})
.aim("call_quality");

/// The same as a goal asks for it.
pub const QUALITY: RuleOfPeople = MEAN.of_people(|scope, people| {
    let mut calls = scored(scope.known_now(), scope.period());
    calls.retain(|one| people.have(&one.call.staff));
    (MEAN.of)(&calls)
});

fn those(calls: &[Scored], counts: impl Fn(&Scored) -> bool) -> Tally {
    Tally::count(calls.iter().filter(|one| counts(one)).map(|one| one.form.as_ref()))
}

/// Call quality: figures, people, items, and what failed or was contested.
pub fn qa(scope: &Scope<'_>) -> Option<Section> {
    let book = scope.known_now();
    let spans = spans(scope);
    let [now, before, _] = &spans;
    let mut section = figures(scope, &spans);
    section.tables = vec![people(book, now, before), items(book, now), failed(book, now), contested(book, now)];
    section.charts = charts::CALLS;
    Some(section)
}

/// Call quality in a few figures, for the general reports; nothing where no call was scored.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    let section = figures(scope, &spans(scope));
    (!section.tells_nothing()).then_some(Section { charts: charts::CALLS_IN_SHORT, ..section })
}

/// The calls of the three periods.
fn spans(scope: &Scope<'_>) -> [Vec<Scored>; 3] {
    scope.spans().map(|span| scored(scope.known_now(), span.period))
}

fn figures(scope: &Scope<'_>, spans: &[Vec<Scored>; 3]) -> Section {
    let mut section = scope.section("qa", words("Call quality", "通话质检"), &[]);
    section.figures = scope.figures(MEASURES, spans);
    section
}

/// The calls of each person.
fn by_person(calls: &[Scored]) -> BTreeMap<&Code, Vec<Scored>> {
    let mut people: BTreeMap<&Code, Vec<Scored>> = BTreeMap::new();
    for one in calls {
        people.entry(&one.call.staff).or_default().push(one.clone());
    }
    people
}

/// The figures person by person, with the worst call and the mean of the period before.
fn people(book: &Book<'_>, now: &[Scored], before: &[Scored]) -> Table {
    let before = by_person(before);
    let row = |(staff, calls): (&Code, Vec<Scored>)| {
        let lower = |a: &ScoredCall, b: &ScoredCall| (a.total * b.full).cmp(&(b.total * a.full));
        let worst = calls.iter().map(|one| &one.call).min_by(|a, b| lower(a, b)).and_then(ScoredCall::percent);
        let previous = before.get(staff).map_or(Cell::Empty, |calls| MEAN.cell(calls));
        let mut cells = vec![Cell::Text(staff.to_string()), Cell::Text(book.name(List::Staff, staff.as_str()))];
        cells.extend(MEASURES.iter().map(|rule| rule.cell(&calls)));
        cells.extend([Cell::from(worst), previous]);
        Row { cells, records: those(&calls, |_| true).records }
    };
    let columns: Vec<Column> = [column("code", "Code", "工号").whole(), column("person", "Person", "姓名")]
        .into_iter()
        .chain(MEASURES.iter().map(RuleOf::column))
        .chain([
            column("worst", "Worst call", "最低得分率").numeric(),
            column("previous", "Mean before", "上期平均").numeric(),
        ])
        .collect();
    table("people", words("By person", "各人情况"), &columns, by_person(now).into_iter().map(row))
}

/// The points that calls have on an item, of its full points.
#[derive(Default)]
struct OnItem {
    name: Option<Text>,
    points: u64,
    full: u64,
    records: Vec<Number>,
}

/// Where points are lost: each item, the calls without a critical fault that have points on it, and how many of its full
/// points these have. In the order of the items; one that changed its name has the latest.
fn items(book: &Book<'_>, calls: &[Scored]) -> Table {
    let mut by_item: Vec<(String, OnItem)> = Vec::new();
    for one in calls {
        let call = Call::of(&one.form);
        if call.fault().is_some() {
            continue;
        }
        let items = items_of(book, &one.form);
        for (mark, item) in call.marks().iter().filter_map(|mark| Some((mark, items.get(&mark.item)?))) {
            let at = by_item.iter().position(|(code, _)| *code == item.code).unwrap_or_else(|| {
                by_item.push((item.code.clone(), OnItem::default()));
                by_item.len() - 1
            });
            let on_item = &mut by_item[at].1;
            on_item.name = Some(item.name.clone());
            on_item.points += mark.points;
            on_item.full += item.max;
            on_item.records.push(one.call.record.clone());
        }
    }
    let row = |(code, on_item): (String, OnItem)| {
        let OnItem { name, points, full, mut records } = on_item;
        records.sort_unstable();
        let cells = vec![
            Cell::Text(code),
            name.map_or(Cell::Empty, Cell::Words),
            Cell::count(records.len() as u64),
            Cell::from(Amount::share(points, full)),
            Cell::count(full.saturating_sub(points)),
        ];
        Row { cells, records }
    };
    let columns = [
        column("item", "Item", "项目").whole(),
        column("about", "About", "内容"),
        column("calls", "Calls", "通话数").numeric(),
        column("share", "Share of its points", "得分率").numeric(),
        column("lost", "Points lost", "失分").numeric(),
    ];
    table("by_item", words("By item", "各项目得分"), &columns, by_item.into_iter().map(row))
}

const PERSON: Column = column("person", "Person", "被质检人");
const ON: Column = column("on", "Call on", "通话日期").whole();

fn person(book: &Book<'_>, one: &Scored) -> Cell {
    Cell::Text(book.name(List::Staff, one.call.staff.as_str()))
}

fn text(text: Option<&str>) -> Cell {
    text.map_or(Cell::Empty, |text| Cell::Text(text.to_string()))
}

/// The calls below the pass mark.
fn failed(book: &Book<'_>, calls: &[Scored]) -> Table {
    let row = |one: &Scored| {
        let call = Call::of(&one.form);
        let cells = vec![
            Cell::Number(one.call.record.clone()),
            person(book, one),
            Cell::Date(one.call.on),
            Cell::count(one.call.total),
            Cell::count(one.call.full),
            text(call.fault()),
            text(call.said()),
            state(&one.form),
        ];
        Row { cells, records: vec![one.call.record.clone()] }
    };
    let columns = [
        NUMBER,
        PERSON,
        ON,
        column("total", "Points", "得分").numeric(),
        column("full", "Of", "满分").numeric(),
        column("fault", "Critical fault", "重大差错"),
        column("said", "Comment", "评语"),
        STATE,
    ];
    let failed = calls.iter().filter(|one| !one.passes).map(row);
    table("failed", words("Calls below the pass mark", "不合格通话"), &columns, failed)
}

/// The scores that were contested, and what came of it.
fn contested(book: &Book<'_>, calls: &[Scored]) -> Table {
    let row = |one: &Scored| {
        let call = Call::of(&one.form);
        let reason = |verb: &'static str| one.form.last(verb).and_then(|step| step.fields.text("reason"));
        let settled = one.form.last("amend").or_else(|| one.form.last("uphold"));
        let cells = vec![
            Cell::Number(one.call.record.clone()),
            person(book, one),
            Cell::Date(one.call.on),
            text(reason("contest")),
            Cell::count(total_of(&call.given(), call.found_fault())),
            Cell::count(one.call.total),
            settled.map(|step| step.spec.name).map_or(Cell::Empty, Cell::from),
            text(settled.and_then(|step| step.fields.text("reason"))),
            settled.map_or(Cell::Empty, |step| Cell::Text(book.name(List::Staff, step.by.as_str()))),
        ];
        Row { cells, records: vec![one.call.record.clone()] }
    };
    let columns = [
        NUMBER,
        PERSON,
        ON,
        column("reason", "Contested because", "申诉理由"),
        column("given", "Points given", "原得分").numeric(),
        column("total", "Points now", "现得分").numeric(),
        column("settled", "Settled", "裁定").whole(),
        column("why", "Why", "裁定理由"),
        column("by", "By", "裁定人"),
    ];
    let contested = calls.iter().filter(|one| one.form.last("contest").is_some()).map(row);
    table("contested", words("Contested scores", "申诉的评分"), &columns, contested)
}
