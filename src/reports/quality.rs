//! The report for the meeting on product quality: what broke, how often for what was shipped, how old it was, and what
//! it cost us.
//!
//! A fault counts in the period in which its cause was judged, with the cause as it stood at the period's end, so that
//! one reported on a month's last day is not lost between two reports; judged anew, it counts again where that
//! was. Only `quality` is a fault of ours (R18); the others stand beside. Rejected tickets count nowhere. Faults
//! are set against all pieces of the model that were shipped up to the period's end: what breaks this month left the
//! house long ago.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::charts;
use super::figure::{Rule, Tally, count, money, months, per_hundred, percent};
use super::groups::{BY_CAUSE, BY_MODEL, across, grouped, grouped_by, tallies};
use super::model::Section;
use super::repairs::{FEES, PARTS_COST};
use super::scope::{Scope, Span};
use crate::aftersales::cover;
use crate::base::field::Kind::{Parts as PARTS, Repair as REPAIR};
use crate::base::field::List;
use crate::base::money::Money;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::time::months_between;
use crate::base::words::{Words, words};
use crate::forms::form::Form;
use crate::forms::parts::Parts;
use crate::forms::repair::Repair;

const FAULTS: Rule = count("faults", "Faults judged", "判定故障数", |s| faults(judged(s)));
const QUALITY: Rule = count("faults_quality", "Quality faults", "质量故障", |s| faults(judged_as(s, "quality")));
const HUMAN: Rule = count("faults_human", "Human damage", "人为损坏", |s| faults(judged_as(s, "human")));
const LOGISTICS: Rule =
    count("faults_logistics", "Transport damage", "运输损坏", |s| faults(judged_as(s, "logistics")));
const UNJUDGED: Rule = count("faults_unjudged", "Faults not judged at the end", "期末未判定故障", |s| {
    faults(s.open(REPAIR).filter(|form| Repair::of(form).cause().is_none()))
});
/// All that ever left the house, up to the end.
const SHIPPED: Rule = count("pieces_shipped", "Pieces shipped to date", "累计发货件数", |s| Tally {
    value: Some(Amount::Count(s.shipped().values().map(|model| model.pieces).sum())),
    records: {
        let mut records: Vec<_> = s.shipped().values().flat_map(|model| &model.shipments).cloned().collect();
        records.sort_unstable();
        records.dedup();
        records
    },
});
/// The records are the tickets; the shipments stand behind the pieces shipped.
const RATE: Rule = per_hundred(
    "quality_per_100",
    "Quality faults per 100 shipped to date",
    "累计发货每百件质量故障",
    |s| {
        let tickets = faults(judged_as(s, "quality"));
        let shipped = s.shipped().values().map(|model| model.pieces).sum();
        Tally { value: Amount::per_hundred(lines(judged_as(s, "quality")), shipped), ..tickets }
    },
);
const AGE: Rule = months("age", "Age at fault, median", "故障时使用月数中位数", |s| {
    Tally::median(judged_as(s, "quality").filter_map(|form| Some((form, age(form)?))), Amount::Months)
});
const IN_WARRANTY: Rule = percent("in_warranty", "Within warranty", "质保期内占比", |s| {
    Tally::share(judged_as(s, "quality").filter_map(|form| Some((form, is_in_warranty(s, form)?))))
});
/// R25: of the parts sent, those for repairs of faults that are ours.
const PARTS_QUALITY: Rule =
    money("parts_quality", "Parts for quality faults", "质量故障配件成本", |s| parts(s, true));
const PARTS_OTHER: Rule =
    money("parts_other", "Other parts, free of charge too", "其他免费配件成本", |s| parts(s, false));
/// What poor quality cost: fees are released for nothing else.
const COST: Rule = money("cost", "Cost of quality faults", "质量费用合计", |s| {
    let (fees, parts) = ((FEES.of)(s), (PARTS_QUALITY.of)(s));
    let sum = [&fees, &parts].map(|tally| match tally.value {
        Some(Amount::Money(money)) => money,
        _ => Money::ZERO,
    });
    let mut records = [fees.records, parts.records].concat();
    records.sort_unstable();
    Tally { value: Some(Amount::Money(Money::sum(sum))), records }
});

const RULES: &[Rule] = &[
    FAULTS,
    QUALITY,
    HUMAN,
    LOGISTICS,
    UNJUDGED,
    SHIPPED,
    RATE,
    AGE,
    IN_WARRANTY,
    FEES,
    PARTS_QUALITY,
    COST,
    PARTS_OTHER,
];

/// What the table by model tells of a model's own tickets.
const OF_A_MODEL: &[Rule] = &[QUALITY, HUMAN, LOGISTICS, AGE, IN_WARRANTY, FEES, PARTS_QUALITY, COST];

const TICKETS: Rule = count("tickets", "Tickets judged", "判定单数", |s| Tally::count(judged(s)));

/// Product quality: faults, what they are set against, their age and cost.
pub fn quality(scope: &Scope<'_>) -> Option<Section> {
    let span = &scope.span;
    let mut section = scope.section("quality", words("Product quality", "产品质量"), RULES);
    section.tables =
        vec![pareto(span), by_model(span), grouped(span, &BY_CAUSE, &[TICKETS, FAULTS, FEES, PARTS_COST]), ages(span)];
    section.charts = charts::QUALITY;
    Some(section)
}

/// The tickets whose cause was judged in a span, and that live on.
fn judged<'s>(span: &'s Span<'_>) -> impl Iterator<Item = &'s Form> {
    let judged = |form: &&Form| form.living().any(|s| matches!(s.verb(), "judge" | "rejudge") && span.holds(s));
    span.forms(REPAIR).filter(judged).filter(|form| form.state().code != "rejected")
}

fn judged_as<'s>(span: &'s Span<'_>, cause: &'static str) -> impl Iterator<Item = &'s Form> {
    judged(span).filter(move |form| Repair::of(form).cause() == Some(cause))
}

/// The faults of tickets: each line is one.
fn faults<'f>(tickets: impl Iterator<Item = &'f Form>) -> Tally {
    Tally::pieces(tickets.map(|form| (form, form.lines.len() as u64)))
}

fn lines<'f>(tickets: impl Iterator<Item = &'f Form>) -> u64 {
    tickets.map(|form| form.lines.len() as u64).sum()
}

/// Whole months from the day a fixture was made to the day of the report.
fn age(form: &Form) -> Option<i64> {
    Some(months_between(form.header.date("made_on")?, form.day()))
}

/// R19; `None` where nobody noted when the fixture was made.
fn is_in_warranty(span: &Span<'_>, form: &Form) -> Option<bool> {
    Some(form.day() <= cover(span.book(), form).last_day?)
}

/// The cost of the parts sent in a span: those for quality faults, or all others.
fn parts(span: &Span<'_>, for_quality: bool) -> Tally {
    let is_for_quality = |form: &Form| {
        let source = form.header.record("source").and_then(|number| span.book().form(number));
        source.is_some_and(|source| source.spec.kind == REPAIR && Repair::of(&source).cause() == Some("quality"))
    };
    let sent = span.done(PARTS, "send").filter(|form| is_for_quality(form) == for_quality);
    Tally::money(sent.map(|form| (form, Parts::of(form).cost().unwrap_or(Money::ZERO))))
}

const SHIPPED_OF_MODEL: Column = column("shipped", "Shipped to date", "累计发货").numeric();

/// The cells of a model's pieces shipped and of the quality faults for each hundred of them.
fn against_shipped(span: &Span<'_>, model: &str, faults: u64) -> [Option<Amount>; 2] {
    let pieces = span.shipped().get(model).map_or(0, |model| model.pieces);
    [Some(Amount::Count(pieces)), Amount::per_hundred(faults, pieces)]
}

/// Each model that broke or cost something.
fn by_model(span: &Span<'_>) -> Table {
    let columns = [SHIPPED_OF_MODEL, RATE.column()].into_iter().chain(OF_A_MODEL.iter().map(Rule::column));
    grouped_by(span, &BY_MODEL, columns, |group, model| {
        let against = against_shipped(span, model, lines(judged_as(group, "quality")));
        let against = against.map(|value| Tally { value, records: Vec::new() });
        against.into_iter().chain(tallies(group, OF_A_MODEL)).collect()
    })
}

/// The faults of a component of a model.
#[derive(Default)]
struct Faults<'f> {
    quality: u64,
    human: u64,
    logistics: u64,
    tickets: Vec<&'f Form>,
}

/// Models and components by their quality faults, most first, with the share that those so far have of all.
fn pareto(span: &Span<'_>) -> Table {
    let mut found: BTreeMap<(&str, &str), Faults<'_>> = BTreeMap::new();
    for form in judged(span) {
        let repair = Repair::of(form);
        for component in repair.components() {
            let faults = found.entry((repair.model(), component)).or_default();
            match repair.cause() {
                Some("quality") => faults.quality += 1,
                Some("human") => faults.human += 1,
                _ => faults.logistics += 1,
            }
            faults.tickets.push(form);
        }
    }
    let all: u64 = found.values().map(|faults| faults.quality).sum();
    let mut ranked: Vec<_> = found.into_iter().collect();
    // Where as many broke, the order of the names stays.
    ranked.sort_by_key(|(_, faults)| Reverse((faults.quality, faults.human + faults.logistics)));
    let mut so_far = 0;
    let row = |((model, component), faults): ((&str, &str), Faults<'_>)| {
        so_far += faults.quality;
        let [shipped, rate] = against_shipped(span, model, faults.quality);
        let count = |n| Some(Amount::Count(n));
        let amounts = [
            count(faults.quality),
            Amount::share(faults.quality, all),
            Amount::share(so_far, all),
            shipped,
            rate,
            count(faults.human),
            count(faults.logistics),
        ];
        let names = [model.to_string(), span.book().name(List::Products, model), component.to_string()];
        let cells = names.map(Cell::Text).into_iter().chain(amounts.map(Cell::from)).collect();
        Row { cells, records: Tally::count(faults.tickets).records }
    };
    Table {
        name: "pareto",
        title: words("Quality faults by model and component", "各型号部件质量故障排列"),
        columns: vec![
            column("model", "Model", "型号").whole(),
            column("name", "Name", "名称"),
            column("component", "Component", "部件"),
            QUALITY.column(),
            column("share", "Share", "占比").numeric(),
            column("cumulated", "Cumulated", "累计占比").numeric(),
            SHIPPED_OF_MODEL,
            RATE.column(),
            HUMAN.column(),
            LOGISTICS.column(),
        ],
        rows: ranked.into_iter().map(row).collect(),
    }
}

/// How old a fixture was: the band's first month and its name.
const BANDS: &[(i64, Words)] = &[
    (0, words("under 3 months", "不满 3 个月")),
    (3, words("3 to 6 months", "3 个月至不满 6 个月")),
    (6, words("6 to 12 months", "6 个月至不满 12 个月")),
    (12, words("1 to 2 years", "1 年至不满 2 年")),
    (24, words("2 years and more", "2 年及以上")),
];

/// The tickets judged as quality faults by the age of the fixture, within warranty and after.
fn ages(span: &Span<'_>) -> Table {
    let tickets: Vec<&Form> = judged_as(span, "quality").collect();
    let band_of = |form: &Form| age(form).and_then(|age| BANDS.iter().rposition(|(from, _)| *from <= age));
    let row = |(band, name): (Option<usize>, Words)| {
        let of_band: Vec<&Form> = tickets.iter().copied().filter(|form| band_of(form) == band).collect();
        let warranty = |within| {
            let wanted = of_band.iter().filter(|form| is_in_warranty(span, form) == Some(within));
            Tally { records: Vec::new(), ..Tally::count(wanted.copied()) }
        };
        let share = Amount::share(of_band.len() as u64, tickets.len() as u64);
        let figures = [
            Tally::count(of_band.iter().copied()),
            Tally { value: share, records: Vec::new() },
            warranty(true),
            warranty(false),
        ];
        let (values, records) = across(figures);
        let cells = [Cell::from(name)].into_iter().chain(values).collect();
        (!records.is_empty()).then_some(Row { cells, records })
    };
    let bands = BANDS.iter().enumerate().map(|(at, (_, name))| (Some(at), *name));
    Table {
        name: "by_age",
        title: words("Age at quality faults", "质量故障发生时间"),
        columns: vec![
            column("age", "Age", "使用时间"),
            column("tickets", "Tickets", "单数").numeric(),
            column("share", "Share", "占比").numeric(),
            column("in_warranty", "Within warranty", "质保期内").numeric(),
            column("after_warranty", "After", "已过保").numeric(),
        ],
        rows: bands.chain([(None, words("not noted", "未登记"))]).filter_map(row).collect(),
    }
}
