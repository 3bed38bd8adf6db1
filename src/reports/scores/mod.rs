//! Scores (R55–R58): the bonus base of each month, points given and taken, who stands how in the half-year, the ledger
//! behind it, and what is proposed.
//!
//! An entry counts on the day of the conduct. It is often made on the days after, so that other than elsewhere a period
//! knows what was entered after its end, up to now.

mod ledger;
mod tables;

pub use ledger::{effect, ledger, signed};
pub use tables::{bonus_of, percent, proposed, score};

use super::charts;
use super::figure::{Rule, RuleOf, Tally, count, rule_of};
use super::listing::table;
use super::model::Section;
use super::scope::{Scope, Span};
use crate::base::field::List;
use crate::base::period::{Period, Unit};
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::words::{Text, words};
use crate::bonus::months;
use crate::book::Book;
use crate::scores::{Entry, Level, Standing, entries, half_of, standings};

/// What is known of a period: the entries that count in it, and how people stand at its end.
struct Known {
    entries: Vec<Entry>,
    standings: Vec<Standing>,
}

const MEASURES: &[RuleOf<Known>] = &[
    rule_of("entries", "Entries", "绩效记录", "count", |known| {
        Tally::count(known.entries.iter().map(|entry| entry.form.as_ref()))
    }),
    rule_of("given", "Points given", "加分合计", "count", |known| points(&known.entries, |points| points > 0)),
    rule_of("taken", "Points taken", "扣分合计", "count", |known| points(&known.entries, |points| points < 0)),
    rule_of("worth", "Worth together", "折合金额合计", "money", |known| {
        Tally::money(known.entries.iter().map(|entry| (entry.form.as_ref(), entry.worth)))
    }),
    rule_of("warned", "People warned (R57)", "预警人数（R57）", "count", |known| {
        people(&known.standings, Level::Warned)
    }),
    rule_of("flagged", "Not to stay in post (R57)", "不宜留岗人数（R57）", "count", |known| {
        people(&known.standings, Level::Flagged)
    }),
];

fn points(entries: &[Entry], wanted: fn(i64) -> bool) -> Tally {
    let of = |entry: &Entry| if wanted(entry.points) { entry.points.unsigned_abs() } else { 0 };
    Tally::pieces(entries.iter().map(|entry| (entry.form.as_ref(), of(entry))))
}

/// How many people stand so; the records are the entries by which they do.
fn people(standings: &[Standing], level: Level) -> Tally {
    let at: Vec<&Standing> = standings.iter().filter(|standing| standing.level == level).collect();
    let records = Tally::count(at.iter().flat_map(|standing| &standing.entries).map(AsRef::as_ref)).records;
    Tally { value: Some(Amount::Count(at.len() as u64)), records }
}

/// The entries that count about the days of a period.
fn counted(book: &Book<'_>, period: Period) -> Vec<Entry> {
    let mut entries = entries(book, period, None);
    entries.retain(|entry| entry.counts);
    entries
}

/// The half-years that a period reaches into and that have begun, each up to the period's end.
fn halves(book: &Book<'_>, period: Period) -> Vec<Period> {
    let parts = period.parts(Unit::Half).into_iter().filter(|part| part.from <= book.now.today());
    parts.filter_map(|part| Period::between(half_of(part.from).from, part.to)).collect()
}

/// How people stand at the end of the last half-year of a period, as far as the period goes (R57).
fn standing_in(book: &Book<'_>, period: Period) -> Vec<Standing> {
    halves(book, period).pop().map(|half| standings(book, half, None)).unwrap_or_default()
}

/// The report of scores.
pub fn scores(scope: &Scope<'_>) -> Option<Section> {
    let book = scope.known_now();
    let period = scope.period();
    let mut section = figures(scope);
    let begun = period.parts(Unit::Month).into_iter().filter(|part| part.from <= book.now.today());
    let all: Vec<_> = begun.flat_map(|part| months(book, Period::holding(Unit::Month, part.from), None)).collect();
    section.tables =
        vec![bonus_of(book, &all), standing(book, period), ledger(book, period, None), proposed(book, period)];
    section.charts = charts::SCORES;
    Some(section)
}

/// Scores in a few figures, for the general reports; nothing where there never was any.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    let section = figures(scope);
    (!section.tells_nothing()).then_some(Section { charts: charts::SCORES_IN_SHORT, ..section })
}

fn figures(scope: &Scope<'_>) -> Section {
    let book = scope.known_now();
    let known = scope
        .spans()
        .map(|span| Known { entries: counted(book, span.period), standings: standing_in(book, span.period) });
    let mut section = scope.section("scores", words("Scores", "绩效考核"), &[]);
    section.figures = scope.figures(MEASURES, &known);
    section
}

const STANDING: &[Column] = &[
    column("half", "Half-year", "半年").whole(),
    column("person", "Person", "姓名"),
    column("taken", "Taken in it", "累计扣分").numeric(),
    column("given", "Given in it", "累计加分").numeric(),
    column("worth", "Worth", "折合金额").numeric(),
    column("standing", "Standing", "状态").whole(),
];

/// Who stands how in each half-year of a period, who lost most first (R57).
fn standing(book: &Book<'_>, period: Period) -> Table {
    let rows = halves(book, period).into_iter().flat_map(|half| {
        let name = half_of(half.from);
        let rows = standings(book, half, None).into_iter().map(move |standing| stands(book, name, &standing));
        rows.collect::<Vec<_>>()
    });
    table("standing", words("Standing in the half-year (R57)", "半年累计及状态（R57）"), STANDING, rows)
}

fn stands(book: &Book<'_>, half: Period, standing: &Standing) -> Row {
    let cells = vec![
        Cell::Words(Text::same(half)),
        Cell::Text(book.name(List::Staff, standing.staff.as_str())),
        Cell::count(standing.taken),
        Cell::count(standing.given),
        Cell::from(standing.worth),
        Cell::coded(standing.level.code(), standing.level.name()),
    ];
    Row { cells, records: standing.entries.iter().map(|form| form.number.clone()).collect() }
}

/// People who are not to stay in post at the end of a span, as it was known then (R57).
pub const FLAGGED: Rule =
    count("flagged", "Not to stay in post", "不宜留岗人员", |span| people(&flagged_in(span), Level::Flagged));

fn flagged_in(span: &Span<'_>) -> Vec<Standing> {
    let half = half_of(span.end());
    let so_far = Period::between(half.from, span.end());
    let mut standings = so_far.map(|days| standings(span.book(), days, None)).unwrap_or_default();
    standings.retain(|standing| standing.level == Level::Flagged);
    standings
}

/// Those people, each with the entries by which they are.
pub fn flagged(span: &Span<'_>) -> Table {
    let half = half_of(span.end());
    // How they stand is what the table is about.
    let columns = &STANDING[..STANDING.len() - 1];
    let row = |standing: Standing| {
        let mut row = stands(span.book(), half, &standing);
        row.cells.truncate(columns.len());
        row
    };
    table("flagged", words("Not to stay in post", "不宜留岗人员"), columns, flagged_in(span).into_iter().map(row))
}
