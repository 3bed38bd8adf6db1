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
use super::figure::{Rule, Tally, count};
use super::listing::table;
use super::model::Section;
use super::scope::{Scope, Span};
use crate::base::field::List;
use crate::base::period::{Period, Unit};
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::words::{Text, Words, words};
use crate::bonus::months;
use crate::book::Book;
use crate::scores::{Entry, Level, Standing, entries, half_of, standings};

/// A figure over the entries that count in a period, and how people stand at its end.
struct Measure {
    key: &'static str,
    name: Words,
    unit: &'static str,
    of: fn(&[Entry], &[Standing]) -> Tally,
}

const fn measure(key: &'static str, name: Words, of: fn(&[Entry], &[Standing]) -> Tally) -> Measure {
    Measure { key, name, unit: "count", of }
}

const MEASURES: &[Measure] = &[
    measure("entries", words("Entries", "绩效记录"), |entries, _| {
        Tally::count(entries.iter().map(|entry| entry.form.as_ref()))
    }),
    measure("given", words("Points given", "加分合计"), |entries, _| points(entries, |points| points > 0)),
    measure("taken", words("Points taken", "扣分合计"), |entries, _| points(entries, |points| points < 0)),
    Measure {
        unit: "money",
        ..measure("worth", words("Worth together", "折合金额合计"), |entries, _| {
            Tally::money(entries.iter().map(|entry| (entry.form.as_ref(), entry.worth)))
        })
    },
    measure("warned", words("People warned (R57)", "预警人数（R57）"), |_, standings| {
        people(standings, Level::Warned)
    }),
    measure("flagged", words("Not to stay in post (R57)", "不宜留岗人数（R57）"), |_, standings| {
        people(standings, Level::Flagged)
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
    let book = scope.book.as_of(scope.book.now.time);
    let period = scope.period();
    let mut section = figures(scope, &book);
    let begun = period.parts(Unit::Month).into_iter().filter(|part| part.from <= book.now.today());
    let all: Vec<_> = begun.flat_map(|part| months(&book, Period::holding(Unit::Month, part.from), None)).collect();
    section.tables =
        vec![bonus_of(&book, &all), standing(&book, period), ledger(&book, period, None), proposed(&book, period)];
    section.charts = charts::SCORES;
    Some(section)
}

/// Scores in a few figures, for the general reports; nothing where there never was any.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    let section = figures(scope, &scope.book.as_of(scope.book.now.time));
    let is_empty = |amount: Option<Amount>| matches!(amount, None | Some(Amount::Count(0) | Amount::Money(_)));
    let empty = section.figures.iter().all(|f| [f.value, f.previous, f.last_year].into_iter().all(is_empty));
    (!empty).then_some(section)
}

fn figures(scope: &Scope<'_>, book: &Book<'_>) -> Section {
    let mut section = scope.section("scores", words("Scores", "绩效考核"), &[]);
    let known = [&scope.span, &scope.previous, &scope.last_year]
        .map(|span| (span.period, counted(book, span.period), standing_in(book, span.period)));
    let of_span = |span: &Span<'_>| known.iter().find(|(period, ..)| *period == span.period);
    let figure = |measure: &Measure| {
        let tally = |span: &Span<'_>| {
            of_span(span)
                .map_or_else(|| (measure.of)(&[], &[]), |(_, entries, standings)| (measure.of)(entries, standings))
        };
        scope.measure(measure.key, measure.name, measure.unit, tally)
    };
    section.figures = MEASURES.iter().map(figure).collect();
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
