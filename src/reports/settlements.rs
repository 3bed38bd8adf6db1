//! Freight and repair fees (R16, R21): for each carrier and agency what is ours, what is billed, what differs, what was
//! decided and paid.
//!
//! A month is settled after it has ended, so these figures tell of the months of the period as they stand now, and not
//! at the period's end.

use std::collections::BTreeSet;

use super::figure::Tally;
use super::model::{Figure, Section};
use super::scope::Scope;
use super::{budget, charts};
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::period::{Period, Unit};
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::words::{Words, words};
use crate::settlement::{Account, Compared, FEES, FREIGHT, Item, Verdict, compare};

/// The carriers' freight.
pub fn freight(scope: &Scope<'_>) -> Option<Section> {
    Some(section(scope, &FREIGHT, "freight", words("Freight by carrier", "运费结算")))
}

/// The agencies' fees.
pub fn fees(scope: &Scope<'_>) -> Option<Section> {
    Some(section(scope, &FEES, "fees", words("Repair fees by agency", "维修费结算")))
}

/// A figure over the items of some months.
struct Figured {
    key: &'static str,
    name: Words,
    unit: &'static str,
    of: fn(&Item) -> Option<Money>,
}

const fn money(key: &'static str, en: &'static str, zh: &'static str, of: fn(&Item) -> Option<Money>) -> Figured {
    Figured { key, name: words(en, zh), unit: "money", of }
}

/// A figure that counts the records for which there is an amount.
const fn count(key: &'static str, en: &'static str, zh: &'static str, of: fn(&Item) -> Option<Money>) -> Figured {
    Figured { key, name: words(en, zh), unit: "count", of }
}

const FIGURES: &[Figured] = &[
    count("claims", "Records", "我方单据", Item::ours),
    money("ours", "Ours", "我方金额", Item::ours),
    money("awaited", "No statement yet", "待对账金额", |item| {
        item.ours().filter(|_| item.verdict == Verdict::Awaited)
    }),
    money("theirs", "Billed", "对方金额", Item::theirs),
    count("equal", "Equal", "相符单据", |item| item.ours().filter(|_| item.verdict == Verdict::Equal)),
    count("differing", "Differing", "金额不符单据", |item| {
        item.ours().filter(|_| matches!(item.verdict, Verdict::Differs(_)))
    }),
    count("ours_only", "Not billed", "对方未列单据", |item| {
        item.ours().filter(|_| item.verdict == Verdict::OursOnly)
    }),
    money("theirs_only", "Billed and none of ours", "仅对方有金额", |item| {
        item.theirs().filter(|_| matches!(item.verdict, Verdict::TheirsOnly(_)))
    }),
    money("undecided", "Differences not decided", "未处理差异金额", |item| {
        stake(item).filter(|_| item.is_undecided())
    }),
    money("disputed", "In dispute", "争议金额", |item| stake(item).filter(|_| item.is_disputed())),
    money("to_pay", "To pay", "待付金额", |item| item.pays().filter(|_| item.is_payable())),
    money("paid", "Paid", "已付金额", |item| item.booked.as_ref().map(|booked| booked.amount)),
];

impl Figured {
    fn over<'m>(&self, months: impl IntoIterator<Item = &'m Compared>) -> Tally {
        let mut sum = Money::ZERO;
        let mut records = BTreeSet::new();
        for item in months.into_iter().flat_map(|month| &month.items) {
            let Some(amount) = (self.of)(item) else { continue };
            sum = Money::sum([sum, amount]);
            records.extend(item.number().cloned());
        }
        let records: Vec<Number> = records.into_iter().collect();
        let value = if self.unit == "count" { Amount::Count(records.len() as u64) } else { Amount::Money(sum) };
        Tally { value: Some(value), records }
    }
}

/// What is at stake: what is billed, else what is ours.
fn stake(item: &Item) -> Option<Money> {
    item.theirs().or(item.ours())
}

/// The whole months that a period touches.
pub fn months(period: Period) -> Period {
    let whole = |day| Period::holding(Unit::Month, day);
    Period::between(whole(period.from).from, whole(period.to).to).unwrap_or(period)
}

fn section(scope: &Scope<'_>, account: &'static Account, name: &'static str, title: Words) -> Section {
    // Of the register, what was entered by now.
    let book = scope.book.as_of(scope.book.now.time);
    let of = |period: Period| compare(&book, account, months(period), None);
    let now = of(scope.period());
    let (previous, last_year) = (of(scope.previous.period), of(scope.last_year.period));
    let figure = |figured: &Figured| {
        let Tally { value, records } = figured.over(&now);
        let (previous, last_year) = (figured.over(&previous).value, figured.over(&last_year).value);
        let Figured { key, name, unit, .. } = *figured;
        Figure { key, name, unit, value, previous, last_year, goal: None, runs: false, records }
    };
    let mut figures: Vec<Figure> = FIGURES.iter().map(figure).collect();
    figures.extend(budget::beside(scope, &[account.cost]));
    Section {
        name,
        title,
        figures,
        tables: vec![parties(scope, account, &now), differences(scope, account, &now)],
        charts: charts::SETTLEMENT,
        goals: Vec::new(),
    }
}

/// Each party's months.
fn parties(scope: &Scope<'_>, account: &Account, months: &[Compared]) -> Table {
    let mut columns = vec![
        column("code", "Code", "代码").whole(),
        column("party", "Party", "对方"),
        column("month", "Month", "月份").whole(),
        column("statement", "Statement", "对账单").whole(),
    ];
    columns.extend(FIGURES.iter().map(|f| Column { key: f.key, name: f.name, numeric: true, whole: true }));
    let row = |month: &Compared| {
        let mut cells = vec![
            Cell::Text(month.party.clone()),
            Cell::Text(scope.book.name(account.list, &month.party)),
            Cell::Text(month.month.to_string()),
            month.statement.as_ref().map(|s| scope.book.now.zone.day(s.at)).into(),
        ];
        cells.extend(FIGURES.iter().map(|figured| Cell::from(figured.over([month]).value)));
        let records: BTreeSet<Number> = month.items.iter().filter_map(|item| item.number().cloned()).collect();
        Row { cells, records: records.into_iter().collect() }
    };
    Table {
        name: "by_party",
        title: words("Month by month", "分月结算情况"),
        columns,
        rows: months.iter().filter(|month| !month.items.is_empty()).map(row).collect(),
    }
}

/// Each difference with what became of it.
fn differences(scope: &Scope<'_>, account: &Account, months: &[Compared]) -> Table {
    let columns = vec![
        column("party", "Party", "对方"),
        column("month", "Month", "月份").whole(),
        column("line", "Line", "行").whole(),
        column("number", "Number", "单号").whole(),
        column("ours", "Ours", "我方金额").numeric(),
        column("theirs", "Billed", "对方金额").numeric(),
        column("verdict", "Verdict", "核对结果").whole(),
        column("decision", "Decision", "处理").whole(),
        column("paid", "Paid", "已付金额").numeric(),
        column("note", "Note", "备注"),
    ];
    let row = |month: &Compared, item: &Item| Row {
        cells: vec![
            Cell::Text(scope.book.name(account.list, &month.party)),
            Cell::Text(month.month.to_string()),
            item.line.as_ref().map(|line| Cell::Text(line.number.to_string())).into(),
            item.meant().into(),
            item.ours().into(),
            item.theirs().into(),
            Cell::coded(item.verdict.code(), item.verdict.name()),
            item.decided.as_ref().map(|d| Cell::coded(d.decision.code(), d.decision.name())).into(),
            item.booked.as_ref().map(|booked| booked.amount).into(),
            item.decided.as_ref().map(|d| Cell::Text(d.note.clone())).into(),
        ],
        records: item.meant().cloned().into_iter().collect(),
    };
    let billed = months.iter().filter(|month| month.statement.is_some());
    let rows = billed
        .flat_map(|month| month.items.iter().filter(|item| item.is_difference()).map(move |item| row(month, item)));
    Table { name: "differences", title: words("Differences", "差异明细"), columns, rows: rows.collect() }
}
