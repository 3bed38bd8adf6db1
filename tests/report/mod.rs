//! A made-up report with something of everything that a report may hold.
#![allow(dead_code)] // each test file uses its own part

use cs::base::number::Number;
use cs::base::period::Period;
use cs::base::table::{Amount, Cell, Column, Row, Table, column};
use cs::base::words::{Lang, Text, Words, words};
use cs::reports::model::{Chart, ChartKind, Figure, Input, Report, Section};
use cs::show::Canvas;

pub fn numbers(texts: &[&str]) -> Vec<Number> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

pub fn canvas(lang: Lang) -> Canvas {
    Canvas::plain(lang, "Asia/Shanghai".parse().unwrap())
}

pub fn money(digits: &str) -> Amount {
    Amount::Money(digits.parse().unwrap())
}

fn figure(
    key: &'static str,
    name: Words,
    value: Option<Amount>,
    previous: Option<Amount>,
    last: Option<Amount>,
) -> Figure {
    let unit = value.map_or("percent", Amount::unit);
    Figure { key, name, unit, value, previous, last_year: last, goal: None, runs: false, records: Vec::new() }
}

/// A table whose rows rest on one complaint each.
pub fn table(name: &'static str, title: Words, columns: &[Column], rows: Vec<Vec<Cell>>) -> Table {
    let behind = |at: usize| numbers(&[format!("TS-261118-ZM-{}", at + 1).as_str()]);
    let rows = rows.into_iter().enumerate().map(|(at, cells)| Row { cells, records: behind(at) }).collect();
    Table { name, title, columns: columns.to_vec(), rows }
}

pub fn text(text: &str) -> Cell {
    Cell::Text(text.to_string())
}

/// Complaints by cause, in no order: 14 causes of 100 complaints.
pub fn causes() -> Table {
    let counts = [5, 30, 20, 1, 1, 15, 10, 2, 6, 3, 2, 3, 1, 1, 0];
    let rows = counts.iter().enumerate().map(|(at, count)| {
        let share = Amount::share(*count, 100);
        vec![text(&format!("Cause {}", at + 1)), Cell::count(*count), share.into()]
    });
    let columns = [
        column("cause", "Cause", "原因"),
        column("count", "Complaints", "投诉").numeric(),
        column("share", "Share", "占比").numeric(),
    ];
    table("causes", words("By cause", "按原因"), &columns, rows.collect())
}

/// Clocks with how often they were met and missed.
pub fn clocks() -> Table {
    let row = |name: &str, met, missed| vec![text(name), Cell::count(met), Cell::count(missed)];
    let columns = [
        column("clock", "Clock", "时限"),
        column("met", "Met", "达标").numeric(),
        column("missed", "Missed", "超时").numeric(),
    ];
    table(
        "clocks",
        words("Clocks", "时限"),
        &columns,
        vec![row("answer", 18, 2), row("resolve", 9, 11), row("none", 0, 0)],
    )
}

/// Months with their orders, one amount missing.
pub fn months() -> Table {
    let row = |month: &str, orders, satisfied: Option<u64>, amount: &str| {
        vec![text(month), Cell::count(orders), satisfied.map(Amount::Permille).into(), money(amount).into()]
    };
    let columns = [
        column("month", "Month", "月份").whole(),
        column("orders", "Orders", "订单").numeric(),
        column("satisfied", "Satisfied", "满意率").numeric(),
        column("amount", "Amount", "金额").numeric(),
    ];
    let rows = vec![
        row("2026-09", 12, Some(955), "1000.50"),
        row("2026-10", 20, None, "0"),
        row("2026-11", 8, Some(985), "250000.25"),
    ];
    table("months", words("By month", "按月"), &columns, rows)
}

/// Single records: codes, phones, days, moments, and texts that look like something else.
pub fn listing() -> Table {
    let columns = [
        column("number", "Number", "单号").whole(),
        column("code", "Code", "代码").whole(),
        column("phone", "Phone", "电话"),
        column("day", "Day", "日期").whole(),
        column("at", "At", "时间").whole(),
        column("state", "State", "状态"),
        column("volume", "Volume", "体积").numeric(),
        column("late", "Days late", "逾期天数").numeric(),
        column("note", "Note", "备注"),
    ];
    let row = |number: &str, code: &str, note: &str, state: Words, late| {
        vec![
            Cell::Number(number.parse().unwrap()),
            text(code),
            text("013800138000"),
            Cell::Date("2026-11-18".parse().unwrap()),
            Cell::Time("2026-11-18T10:30:00+08:00".parse().unwrap()),
            Cell::Words(Text::from(state)),
            Cell::Amount(Amount::Volume("1.250".parse().unwrap())),
            if late > 0 { Cell::Amount(Amount::Days(late)) } else { Cell::Empty },
            text(note),
        ]
    };
    let (open, closed) = (words("open", "未结"), words("closed", "已结"));
    let rows = vec![
        row("TS-261118-ZM-1", "007", "=1+1", open, 0),
        row("TS-261118-ZM-2", "1E5", HOSTILE, open, 3),
        row("TS-261118-ZM-3", "-1", "成都", closed, 0),
    ];
    table("listing", words("Complaints", "投诉明细"), &columns, rows)
}

/// What a record may hold.
pub const HOSTILE: &str = "<script>alert(1)</script> & \"x\" \u{1b}[31m\u{202e}乙\u{0}";

const fn chart(kind: ChartKind) -> Chart {
    Chart { title: words("A chart", "图表"), kind }
}

/// A chart of each kind, two of which the section has nothing for.
pub const CHARTS: &[Chart] = &[
    chart(ChartKind::Pareto { table: "causes", labels: &["cause"], value: "count" }),
    chart(ChartKind::Share { table: "clocks", labels: &["clock"], parts: &["met", "missed"] }),
    chart(ChartKind::Trend { table: "months", at: "month", values: &["orders"] }),
    chart(ChartKind::Trend { table: "months", at: "month", values: &["satisfied"] }),
    chart(ChartKind::States { table: "listing", by: "state" }),
    chart(ChartKind::Attainment { figures: &["on_time", "nothing"] }),
    chart(ChartKind::Pareto { table: "nowhere", labels: &["cause"], value: "count" }),
    chart(ChartKind::Trend { table: "months", at: "month", values: &["orders", "satisfied"] }),
];

/// The report.
pub fn report() -> Report {
    let mut complaints =
        figure("complaints", words("Complaints", "投诉"), Some(Amount::Count(1_234)), Some(Amount::Count(1_000)), None);
    complaints.records = numbers(&["TS-261118-ZM-1", "TS-261118-ZM-2"]);
    let figures = vec![
        complaints,
        figure("paid", words("Paid", "赔付"), Some(money("1250.50")), Some(money("0")), Some(money("2501.00"))),
        figure("on_time", words("In time", "及时率"), Some(Amount::Permille(955)), Some(Amount::Permille(900)), None),
        figure("nothing", words("Of nothing", "无"), None, None, None),
        figure("days", words("Days", "天数"), Some(Amount::Days(3)), Some(Amount::Days(5)), None),
    ];
    let tables = vec![causes(), clocks(), months(), listing()];
    Report {
        name: "complaints",
        title: words("Complaints", "投诉月报"),
        period: Period::parse("2026-11", "2026-12-01".parse().unwrap()).unwrap(),
        input: Input {
            folder: "客服部 <1>".into(),
            commit: Some("3f2a9c1d0b7e".into()),
            dirty: true,
            revision: None,
            filed: false,
            now: "2026-12-01T09:00:00+08:00".parse().unwrap(),
        },
        sections: vec![
            Section { name: "all", title: words("All", "总览"), figures, tables, charts: CHARTS, goals: vec![] },
            Section {
                name: "none",
                title: words("None", "空"),
                figures: vec![],
                tables: vec![],
                charts: CHARTS,
                goals: vec![],
            },
        ],
    }
}
