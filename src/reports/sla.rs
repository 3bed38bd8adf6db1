//! Every clock of the department: how often it was kept, how long it took, and which records were worst (R44–R46).
//!
//! A run counts once, in the period in which it was met or else fell due, as everywhere in the reports; with a wait for
//! the customer that is the due time put off by it (R45). What still runs at the end of the period stands beside. The time
//! used is that of the runs which count: until the thing was done, or for one that is missed and not done so far.

use std::collections::BTreeMap;

use super::charts;
use super::figure::{Definition, percentile};
use super::listing::NUMBER;
use super::model::{Figure, Section};
use super::scope::{Scope, Span};
use crate::base::number::Number;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::words::{Text, words};
use crate::policy::goals::MEASURES;
use crate::sla::{CLOCKS, ClockSpec, Run, Unit};

/// Every clock.
pub fn sla(scope: &Scope<'_>) -> Option<Section> {
    let figures = CLOCKS.iter().map(|clock| kept(scope, clock));
    let span = &scope.span;
    let tables = vec![clocks(span, CLOCKS), missed(span)];
    let title = words("Clocks kept", "时限达成率");
    let charts = charts::CLOCKS;
    Some(Section { name: "clocks", title, figures: figures.collect(), tables, charts, goals: Vec::new() })
}

/// The share of each clock kept, of those that anything was decided by, for the general reports.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    let mut section = scope.section("clocks", words("Clocks kept", "时限达成率"), &[]);
    let figures = CLOCKS.iter().map(|clock| kept(scope, clock));
    section.figures = figures.filter(|figure| figure.value.is_some()).collect();
    section.charts = charts::CLOCKS_IN_SHORT;
    Some(section)
}

/// The share of a clock's runs that were met.
fn kept(scope: &Scope<'_>, clock: &ClockSpec) -> Figure {
    let aim = MEASURES.iter().find(|measure| measure.clock == Some(clock.key)).map(|measure| measure.key);
    let of = |span: &Span<'_>| span.in_time(clock);
    let share = Definition { key: clock.key, name: clock.name, unit: "percent", aim, of };
    scope.compared(&share, scope.spans().map(of))
}

const RULE: Column = column("rule", "Rule", "规则").whole();
const CLOCK: Column = column("clock", "Clock", "时限");
const USED: Column = column("used", "Time used", "用时").numeric();

fn rule(clock: &ClockSpec) -> Cell {
    Cell::Words(Text::same(clock.rule))
}

/// Some clocks with their runs: due, met, missed, still running, and how long they took. A clock has a row for each unit
/// that its target had.
pub fn clocks(span: &Span<'_>, specs: &[ClockSpec]) -> Table {
    let columns = vec![
        RULE,
        CLOCK,
        column("unit", "Counted in", "计时方式"),
        column("due", "Due", "到期").numeric(),
        column("met", "Met", "按时").numeric(),
        column("missed", "Missed", "超时").numeric(),
        column("rate", "Rate", "及时率").numeric(),
        column("open", "Running at the end", "期末计时中").numeric(),
        column("median", "Median", "用时中位数").numeric(),
        column("ninetieth", "9 in 10 within", "90% 不超过").numeric(),
        column("worst", "Worst", "最长").numeric(),
        column("slowest", "Slowest", "最慢的单").whole(),
    ];
    let rows = specs.iter().flat_map(|clock| rows(span, clock)).collect();
    Table { name: "clocks", title: words("Each clock", "各项时限"), columns, rows }
}

/// The runs of one clock that are counted in one unit.
#[derive(Default)]
struct Counted {
    decided: Vec<(Run, bool)>,
    open: Vec<Run>,
}

fn rows(span: &Span<'_>, clock: &ClockSpec) -> Vec<Row> {
    let mut by_unit: BTreeMap<Unit, Counted> = BTreeMap::new();
    for run in span.runs(clock).iter() {
        let counted = by_unit.entry(run.unit).or_default();
        match run.decided() {
            None => counted.open.push(run.clone()),
            Some((met, at)) if span.contains(at) => counted.decided.push((run.clone(), met)),
            Some(_) => {}
        }
    }
    by_unit.retain(|_, counted| !counted.decided.is_empty() || !counted.open.is_empty());
    if by_unit.is_empty() {
        return vec![row(clock, Cell::Empty, Counted::default())];
    }
    let named = |unit: Unit| Cell::coded(unit.code(), unit.name());
    by_unit.into_iter().map(|(unit, counted)| row(clock, named(unit), counted)).collect()
}

fn row(clock: &ClockSpec, unit: Cell, Counted { decided, open }: Counted) -> Row {
    let met = decided.iter().filter(|(_, met)| *met).count() as u64;
    let due = decided.len() as u64;
    let used: Vec<i64> = decided.iter().map(|(run, _)| run.used_minutes).collect();
    let at_most = |percent| Cell::from(percentile(&used, percent).map(Amount::Minutes));
    let slowest = slowest(decided.iter().map(|(run, _)| run));
    let mut records: Vec<Number> =
        decided.iter().map(|(run, _)| run).chain(&open).map(|run| run.record.clone()).collect();
    records.sort_unstable();
    records.dedup();
    let cells = vec![
        rule(clock),
        Cell::coded(clock.key, clock.name),
        unit,
        Cell::count(due),
        Cell::count(met),
        Cell::count(due - met),
        Amount::share(met, due).into(),
        Cell::count(open.len() as u64),
        at_most(50),
        at_most(90),
        at_most(100),
        slowest.into(),
    ];
    Row { cells, records }
}

/// The record of the run that took longest; the oldest of several.
fn slowest<'r>(runs: impl Iterator<Item = &'r Run>) -> Option<&'r Number> {
    let longest = runs.max_by(|a, b| a.used_minutes.cmp(&b.used_minutes).then_with(|| b.record.cmp(&a.record)));
    longest.map(|run| &run.record)
}

/// Each run that was missed, by its due time.
fn missed(span: &Span<'_>) -> Table {
    let columns = vec![
        column("due", "Due", "到期").whole(),
        RULE,
        CLOCK,
        NUMBER,
        column("cycle", "Cycle", "轮次").numeric(),
        column("done", "Done", "完成").whole(),
        USED,
    ];
    let of = |clock: &'static ClockSpec| span.decided(clock).filter(|(_, met)| !met).map(move |(run, _)| (clock, run));
    let mut runs: Vec<(&ClockSpec, Run)> = CLOCKS.iter().flat_map(of).collect();
    runs.sort_by(|(_, a), (_, b)| (a.due, &a.record).cmp(&(b.due, &b.record)));
    let row = |(clock, run): (&ClockSpec, Run)| Row {
        cells: vec![
            Cell::Time(run.due),
            rule(clock),
            Cell::coded(clock.key, clock.name),
            Cell::Number(run.record.clone()),
            Cell::count(run.cycle as u64),
            run.stopped.map_or(Cell::Empty, Cell::Time),
            Cell::Amount(Amount::Minutes(run.used_minutes)),
        ],
        records: vec![run.record],
    };
    Table { name: "missed", title: words("Missed", "超时明细"), columns, rows: runs.into_iter().map(row).collect() }
}
