//! The ledger of points as a table (R56, R58): every entry of a period, with its reversal, what it is worth and the running
//! sums of each person.

use std::collections::BTreeMap;

use crate::base::field::List;
use crate::base::money::Money;
use crate::base::number::Code;
use crate::base::period::Period;
use crate::base::table::{Cell, Row, Table, column};
use crate::base::time::Date;
use crate::base::words::words;
use crate::book::Book;
use crate::forms::score::Score;
use crate::forms::spec::State;
use crate::scores::{AWARD, DEDUCTION, Entry, clause_of, entries};

/// The ledger of a period's days, of one person or of everybody.
pub fn ledger(book: &Book<'_>, period: Period, who: Option<&Code>) -> Table {
    let mut sums: BTreeMap<Code, (i64, Money)> = BTreeMap::new();
    let mut rows = Vec::new();
    for entry in entries(book, period, who) {
        let (points, worth) = sums.entry(entry.staff.clone()).or_insert((0, Money::ZERO));
        if entry.counts {
            *points = points.saturating_add(entry.points);
            *worth = worth.plus(entry.worth).unwrap_or(*worth);
        }
        let lines = std::iter::once(entered(book, &entry)).chain(reversal(book, &entry));
        rows.extend(lines.map(|line| row(book, &entry, line, *points, *worth)));
    }
    Table {
        name: "ledger",
        title: words("Ledger of points", "绩效台账"),
        columns: vec![
            column("number", "Number", "单号").whole(),
            column("on", "On", "日期").whole(),
            column("staff", "Code", "工号").whole(),
            column("name", "Name", "姓名").whole(),
            column("clause", "Clause", "条款").whole(),
            column("about", "About", "内容"),
            column("points", "Points", "分值").numeric(),
            column("state", "State", "状态").whole(),
            column("sum", "Person's sum", "本人累计分").numeric(),
            column("worth", "Worth", "折合金额").numeric(),
            column("worth_sum", "Person's worth", "本人累计金额").numeric(),
            column("record", "Record", "依据单据").whole(),
            column("evidence", "Evidence", "事实依据"),
            column("by", "By", "登记人").whole(),
        ],
        rows,
    }
}

/// Whether a clause gives points or takes them.
pub fn effect(award: bool) -> Cell {
    if award { Cell::coded("award", AWARD) } else { Cell::coded("deduction", DEDUCTION) }
}

/// Points with their sign: what was given with `+`, what was taken with `-`.
pub fn signed(points: i64) -> Cell {
    Cell::Text(if points == 0 { "0".to_string() } else { format!("{points:+}") })
}

/// What a row of the ledger tells beside whose points under which clause of which record they are, and the sums.
struct Line {
    on: Date,
    about: Cell,
    points: Cell,
    state: Cell,
    worth: Cell,
    record: Cell,
    evidence: Cell,
    by: Code,
}

/// An entry as the ledger shows it; one that was reversed is worth nothing.
fn entered(book: &Book<'_>, entry: &Entry) -> Line {
    let score = Score::of(&entry.form);
    let State { code, name, .. } = *entry.form.state();
    Line {
        on: entry.on,
        about: clause_of(book, &entry.form).map_or(Cell::Empty, |clause| Cell::Words(clause.name.clone())),
        points: signed(entry.points),
        state: Cell::coded(code, name),
        worth: entry.counts.then_some(entry.worth).into(),
        record: score.record().map_or(Cell::Empty, Cell::from),
        evidence: text(score.evidence()),
        by: entry.form.author().clone(),
    }
}

/// The reversal of an entry: an entry of its own that points at the first and says why (R58).
fn reversal(book: &Book<'_>, entry: &Entry) -> Option<Line> {
    let step = Score::of(&entry.form).reversed()?;
    Some(Line {
        on: book.now.zone.day(step.at),
        about: Cell::Empty,
        points: Cell::Empty,
        state: Cell::coded("reversal", words("reversal", "冲销")),
        worth: Cell::Empty,
        record: Cell::Empty,
        evidence: text(step.fields.text("reason")),
        by: step.by.clone(),
    })
}

fn text(text: Option<&str>) -> Cell {
    text.map_or(Cell::Empty, |text| Cell::Text(text.to_string()))
}

/// A line of an entry in the ledger's columns, with the person's sums after it.
fn row(book: &Book<'_>, entry: &Entry, line: Line, points: i64, worth: Money) -> Row {
    Row {
        cells: vec![
            Cell::from(&entry.form.number),
            Cell::Date(line.on),
            Cell::Text(entry.staff.to_string()),
            Cell::Text(book.name(List::Staff, entry.staff.as_str())),
            Cell::Text(Score::of(&entry.form).clause().to_string()),
            line.about,
            line.points,
            line.state,
            signed(points),
            line.worth,
            Cell::from(worth),
            line.record,
            line.evidence,
            Cell::Text(book.name(List::Staff, line.by.as_str())),
        ],
        records: vec![entry.form.number.clone()],
    }
}
