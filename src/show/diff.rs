//! What moved between two reports: for people (text, Markdown), for spreadsheets (CSV) and for scripts (JSON).

use serde_json::{Value, json};

use super::amount::difference as apart;
use super::clean::clean;
use super::report::{commit, period};
use super::sheet::{self, guarded};
use super::table::{self, csv_cell, json_cell};
use super::{BOLD, Canvas, NONE};
use crate::base::number::Number;
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::time::{Zone, rfc3339, wall_minute};
use crate::base::words::{Lang, Text, Words, words};
use crate::reports::diff::{Behind, Commit, Difference, Fate, Moved, MovedRow, Of, Traced};
use crate::reports::model::Input;
use crate::tr;

/// For a terminal or a mail.
pub fn text(found: &Difference, canvas: &Canvas) -> String {
    let lang = canvas.lang;
    let mut out = canvas.paint(BOLD, title(found).get(lang)) + "\n";
    for line in lead(found, canvas.zone) {
        out += &format!("{}\n", clean(line.get(lang)));
    }
    out + "\n" + &body(tables(found, lang, canvas.zone).iter().map(|one| table::text(one, canvas)).collect(), lang)
}

/// In Markdown.
pub fn markdown(found: &Difference, canvas: &Canvas) -> String {
    let lang = canvas.lang;
    let mut out = format!("# {}\n\n", table::escaped(title(found).get(lang)));
    for line in lead(found, canvas.zone) {
        out += &format!("{}\n\n", table::escaped(line.get(lang)));
    }
    out + &body(tables(found, lang, canvas.zone).iter().map(|one| table::markdown(one, canvas)).collect(), lang)
}

fn body(parts: Vec<String>, lang: Lang) -> String {
    if parts.is_empty() { format!("{}\n", NONE.get(lang)) } else { parts.join("\n") }
}

fn title(found: &Difference) -> Text {
    let title = found.title;
    tr!("{title}: what moved", "{title}：变动"; title)
}

/// The period, and what both reports were made from.
fn lead(found: &Difference, zone: Zone) -> [Text; 4] {
    let now = wall_minute(found.after.now, zone);
    let made = |input: &Input| {
        let commit = commit(input.commit.as_deref(), input.revision.as_deref());
        let dirty =
            if input.dirty { tr!(" with uncommitted changes", "（含未提交的改动）") } else { Text::default() };
        let folder = &input.folder;
        tr!("{folder}, {commit}{dirty}", "{folder}，{commit}{dirty}"; commit, dirty)
    };
    let (from, to) = (made(&found.before), made(&found.after));
    [
        period(found.period),
        tr!("From: {from}", "原：{from}"; from),
        tr!("To: {to}", "现：{to}"; to),
        tr!("Both as of {now}", "均截至 {now}"),
    ]
}

/// The parts that hold anything.
fn tables(found: &Difference, lang: Lang, zone: Zone) -> Vec<Table> {
    let all = [figures(found), rows(found, lang, zone), records(found), others(found)];
    all.into_iter().filter(|table| !table.rows.is_empty()).collect()
}

fn figures(found: &Difference) -> Table {
    let row = |moved: &Moved| {
        vec![
            moved.section.1.into(),
            moved.figure.1.into(),
            of(moved.of).1.into(),
            moved.from.into(),
            moved.to.into(),
            moved.from.zip(moved.to).and_then(|(from, to)| apart(to, from)).map_or(Cell::Empty, Cell::Words),
            Cell::Words(behind(&moved.behind)),
        ]
    };
    drawn(
        "figures",
        words("Figures", "指标"),
        vec![
            column("section", "Section", "部分"),
            column("figure", "Figure", "指标"),
            column("of", "Of", "期间").whole(),
            column("from", "From", "原").numeric(),
            column("to", "To", "现").numeric(),
            column("difference", "Difference", "差").numeric(),
            column("records", "Records", "单号"),
        ],
        found.figures.iter().map(row),
    )
}

fn rows(found: &Difference, lang: Lang, zone: Zone) -> Table {
    let row = |moved: &MovedRow| {
        let cell = |one: &Cell| match table::cell(one, lang, zone) {
            empty if empty.is_empty() => "–".to_string(),
            told => told,
        };
        let cells = moved.cells.iter().map(|(column, from, to)| {
            let (name, from, to) = (column.name, cell(from), cell(to));
            tr!("{name}: {from} → {to}", "{name}：{from} → {to}"; name)
        });
        let table = if moved.table.1.get(lang).is_empty() { moved.section.1 } else { moved.table.1 };
        vec![
            moved.section.1.into(),
            table.into(),
            Cell::Text(moved.row.iter().map(cell).collect::<Vec<_>>().join(" ")),
            fate(moved.fate).1.into(),
            Cell::Words(Text::join(&cells.collect::<Vec<_>>(), words("; ", "；"))),
            Cell::Words(behind(&moved.behind)),
        ]
    };
    drawn(
        "rows",
        words("Rows of tables", "表格行"),
        vec![
            column("section", "Section", "部分"),
            column("table", "Table", "表格"),
            column("row", "Row", "行"),
            column("what", "What", "变动").whole(),
            column("cells", "Cells", "单元格"),
            column("records", "Records", "单号"),
        ],
        found.rows.iter().map(row),
    )
}

fn records(found: &Difference) -> Table {
    let lines = found.records.iter().flat_map(|one| traced(one, |number| Cell::Number(number.clone())));
    let number = column("number", "Number", "单号").whole();
    let title = words("The records behind them", "相关单据及提交");
    drawn("records", title, [vec![number], commit_columns()].concat(), lines)
}

fn others(found: &Difference) -> Table {
    let lines = found.others.iter().flat_map(|one| traced(one, |file| Cell::Text(file.clone())));
    let file = column("file", "File", "文件").whole();
    let title = words("Settings, lists and registers that differ", "有变动的设置、名单和登记册");
    drawn("others", title, [vec![file], commit_columns()].concat(), lines)
}

fn commit_columns() -> Vec<crate::base::table::Column> {
    vec![
        column("commit", "Commit", "提交").whole(),
        column("at", "At", "时间").whole(),
        column("by", "By", "作者").whole(),
        column("subject", "Subject", "说明"),
    ]
}

/// A line for each commit that touched what differs; one without where none did.
fn traced<T>(one: &Traced<T>, name: impl Fn(&T) -> Cell) -> Vec<Vec<Cell>> {
    let line = |commit: &Commit| {
        let short: String = commit.id.chars().take(super::report::SHORT_COMMIT).collect();
        let text = |text: &str| Cell::Text(text.to_string());
        vec![name(&one.what), text(&short), Cell::Time(commit.at), text(&commit.author), text(&commit.subject)]
    };
    let mut lines: Vec<Vec<Cell>> = one.commits.iter().map(line).collect();
    if one.uncommitted {
        let not_yet = words("not committed", "尚未提交");
        lines.insert(0, vec![name(&one.what), not_yet.into(), Cell::Empty, Cell::Empty, Cell::Empty]);
    }
    if lines.is_empty() {
        lines.push(vec![name(&one.what), Cell::Empty, Cell::Empty, Cell::Empty, Cell::Empty]);
    }
    lines
}

fn drawn(
    name: &'static str,
    title: Words,
    columns: Vec<crate::base::table::Column>,
    rows: impl Iterator<Item = Vec<Cell>>,
) -> Table {
    let rows = rows.map(|cells| Row { cells, records: Vec::new() }).collect();
    Table { name, title, columns, rows }
}

/// The stable key of which value moved, and its words.
fn of(of: Of) -> (&'static str, Words) {
    match of {
        Of::Period => ("value", words("this period", "本期")),
        Of::Previous => ("previous", words("previous", "上期")),
        Of::LastYear => ("last_year", words("last year", "去年同期")),
    }
}

/// The stable key of what became of a row, and its words.
fn fate(fate: Fate) -> (&'static str, Words) {
    match fate {
        Fate::Came => ("came", words("came", "新增")),
        Fate::Went => ("went", words("went", "消失")),
        Fate::Changed => ("changed", words("changed", "有变")),
    }
}

fn behind(behind: &Behind) -> Text {
    let list = |numbers: &[Number]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    let (entered, left, changed) = (list(&behind.entered), list(&behind.left), list(&behind.changed));
    let (joined, dropped) = (list(&behind.joined), list(&behind.dropped));
    let parts = [
        (!entered.is_empty()).then(|| tr!("entered: {entered}", "新计入：{entered}")),
        (!left.is_empty()).then(|| tr!("left: {left}", "不再计入：{left}")),
        (!changed.is_empty()).then(|| tr!("changed: {changed}", "内容有变：{changed}")),
        (!joined.is_empty()).then(|| tr!("counted now, unchanged: {joined}", "单据未变，现计入：{joined}")),
        (!dropped.is_empty()).then(|| tr!("no longer counted, unchanged: {dropped}", "单据未变，现不计入：{dropped}")),
    ];
    Text::join(&parts.into_iter().flatten().collect::<Vec<_>>(), words("; ", "；"))
}

/// The heads of the CSV.
const HEADS: [&str; 20] = [
    "part",
    "section",
    "table",
    "row",
    "key",
    "of",
    "what",
    "from",
    "to",
    "difference",
    "unit",
    "entered",
    "left",
    "changed",
    "joined",
    "dropped",
    "commit",
    "at",
    "by",
    "subject",
];

/// For a spreadsheet: a line for each figure that moved (`part` is `figure`), for each cell of a changed row (`cell`;
/// `row` for one that came or went), and for each commit behind a record or another file (`record`, `other`; `key`
/// names it).
pub fn csv(found: &Difference, lang: Lang) -> String {
    let mut lines: Vec<Vec<String>> = Vec::new();
    let mut line = |cells: &[(&str, String)]| {
        let cell =
            |head: &&str| cells.iter().find(|(name, _)| name == head).map_or_else(String::new, |(_, c)| c.clone());
        lines.push(HEADS.iter().map(cell).collect());
    };
    let digits = |amount: Option<Amount>| amount.map_or_else(String::new, Amount::digits);
    for moved in &found.figures {
        let mut cells = vec![
            ("part", "figure".to_string()),
            ("section", moved.section.0.to_string()),
            ("key", moved.figure.0.to_string()),
            ("of", of(moved.of).0.to_string()),
            ("from", digits(moved.from)),
            ("to", digits(moved.to)),
            ("difference", plain_difference(moved).unwrap_or_default()),
            ("unit", moved.unit.to_string()),
        ];
        cells.extend(behind_cells(&moved.behind));
        line(&cells);
    }
    for moved in &found.rows {
        let row: Vec<String> = moved.row.iter().map(|cell| csv_cell(cell, lang)).collect();
        let mut lead = vec![
            ("section", moved.section.0.to_string()),
            ("table", moved.table.0.to_string()),
            ("row", row.join(" ")),
            ("what", fate(moved.fate).0.to_string()),
        ];
        lead.extend(behind_cells(&moved.behind));
        if moved.cells.is_empty() {
            line(&[&lead[..], &[("part", "row".to_string())]].concat());
        }
        for (column, from, to) in &moved.cells {
            let cell = [
                ("part", "cell".to_string()),
                ("key", column.key.to_string()),
                ("from", csv_cell(from, lang)),
                ("to", csv_cell(to, lang)),
            ];
            line(&[&lead[..], &cell].concat());
        }
    }
    let mut trace = |part: &str, name: String, commits: &[Commit], uncommitted: bool| {
        let lead = [("part", part.to_string()), ("key", name)];
        if uncommitted || commits.is_empty() {
            let what = if uncommitted { "uncommitted" } else { "" };
            line(&[&lead[..], &[("what", what.to_string())]].concat());
        }
        for commit in commits {
            let cells = [
                ("commit", commit.id.clone()),
                ("at", rfc3339(commit.at)),
                ("by", guarded(&commit.author)),
                ("subject", guarded(&commit.subject)),
            ];
            line(&[&lead[..], &cells].concat());
        }
    };
    for one in &found.records {
        trace("record", one.what.to_string(), &one.commits, one.uncommitted);
    }
    for one in &found.others {
        trace("other", guarded(&one.what), &one.commits, one.uncommitted);
    }
    sheet::text(&HEADS, lines.into_iter())
}

/// The records behind something that moved, by their stable keys.
fn behind_by_key(behind: &Behind) -> [(&'static str, Vec<String>); 5] {
    [
        ("entered", &behind.entered),
        ("left", &behind.left),
        ("changed", &behind.changed),
        ("joined", &behind.joined),
        ("dropped", &behind.dropped),
    ]
    .map(|(key, records)| (key, records.iter().map(ToString::to_string).collect()))
}

fn behind_cells(behind: &Behind) -> [(&'static str, String); 5] {
    behind_by_key(behind).map(|(key, numbers)| (key, numbers.join(";")))
}

/// An object with those keys, too.
fn with_behind(mut object: Value, behind: &Behind) -> Value {
    for (key, numbers) in behind_by_key(behind) {
        object[key] = numbers.into();
    }
    object
}

fn plain_difference(moved: &Moved) -> Option<String> {
    moved.from.zip(moved.to).and_then(|(from, to)| super::amount::minus(to, from))
}

/// As scripts read it: `report, period {from, to}, now, from, to` (each `{folder, commit, revision, dirty}`), `figures
/// [ {section, key, of, unit, from, to, difference, entered, left, changed, joined, dropped} ], rows [ {section, table,
/// row, what, cells [ {column, from, to} ], entered, left, changed, joined, dropped} ], records [ {number, uncommitted,
/// commits [ {commit, at, by, subject} ]} ], others [ {file, …} ]`. `of` is `value`, `previous` or `last_year`; `what` is `came`, `went` or
/// `changed`.
pub fn json(found: &Difference) -> Value {
    let input = |input: &Input| json!({ "folder": input.folder, "commit": input.commit, "revision": input.revision, "dirty": input.dirty });
    json!({
        "report": found.name,
        "period": { "from": found.period.from.to_string(), "to": found.period.to.to_string() },
        "now": rfc3339(found.after.now),
        "from": input(&found.before),
        "to": input(&found.after),
        "figures": found.figures.iter().map(figure_json).collect::<Value>(),
        "rows": found.rows.iter().map(row_json).collect::<Value>(),
        "records": found.records.iter().map(|one| traced_json("number", one.what.to_string(), one)).collect::<Value>(),
        "others": found.others.iter().map(|one| traced_json("file", one.what.clone(), one)).collect::<Value>(),
    })
}

fn figure_json(moved: &Moved) -> Value {
    let object = json!({
        "section": moved.section.0,
        "key": moved.figure.0,
        "of": of(moved.of).0,
        "unit": moved.unit,
        "from": moved.from.map(Amount::digits),
        "to": moved.to.map(Amount::digits),
        "difference": plain_difference(moved),
    });
    with_behind(object, &moved.behind)
}

fn row_json(moved: &MovedRow) -> Value {
    let cell = |(column, from, to): &(crate::base::table::Column, Cell, Cell)| json!({ "column": column.key, "from": json_cell(from), "to": json_cell(to) });
    let object = json!({
        "section": moved.section.0,
        "table": moved.table.0,
        "row": moved.row.iter().map(json_cell).collect::<Value>(),
        "what": fate(moved.fate).0,
        "cells": moved.cells.iter().map(cell).collect::<Value>(),
    });
    with_behind(object, &moved.behind)
}

fn traced_json<T>(key: &str, name: String, one: &Traced<T>) -> Value {
    let commit = |commit: &Commit| json!({ "commit": commit.id, "at": rfc3339(commit.at), "by": commit.author, "subject": commit.subject });
    json!({ key: name, "uncommitted": one.uncommitted, "commits": one.commits.iter().map(commit).collect::<Value>() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::period::Period;

    const EVIL: &str = "=1+1\u{1b}[2J|\u{202e}";

    fn found() -> Difference {
        let now = "2026-12-01T09:00:00+08:00".parse().unwrap();
        let input = Input {
            folder: EVIL.into(),
            commit: Some("3f2a9c1d0b7e".into()),
            revision: Some(EVIL.into()),
            dirty: false,
            filed: false,
            now,
        };
        let commit =
            Commit { id: "3f2a9c1d0b7e".into(), at: now, author: EVIL.into(), subject: format!("{EVIL}\u{7}") };
        let section = ("s", words("Section", "部分"));
        let cell = Cell::Text(EVIL.into());
        let row = MovedRow {
            section,
            table: ("t", words("", "")),
            row: vec![cell.clone()],
            fate: Fate::Changed,
            cells: vec![(column("c", "Cell", "格"), cell, Cell::Empty)],
            behind: Behind::default(),
        };
        Difference {
            name: "month",
            title: words("Monthly report", "月报"),
            period: Period::parse("2026-11", "2026-12-01".parse().unwrap()).unwrap(),
            before: input.clone(),
            after: input,
            figures: Vec::new(),
            rows: vec![row],
            records: vec![Traced { what: "DD-261101-YX-1".parse().unwrap(), commits: vec![commit], uncommitted: true }],
            others: Vec::new(),
        }
    }

    #[test]
    fn nothing_from_a_commit_or_record_is_drawn_raw() {
        let obeyed = |c: &char| c.is_control() && *c != '\n' || *c == '\u{202e}';
        for lang in [Lang::En, Lang::Zh] {
            let canvas = Canvas::plain(lang, Zone::default());
            for drawn in [text(&found(), &canvas), markdown(&found(), &canvas)] {
                assert_eq!(drawn.chars().find(obeyed), None, "{drawn:?}");
            }
        }
        let csv = csv(&found(), Lang::En);
        assert!(csv.contains(",'=1+1") && !csv.contains(",=1+1") && !csv.contains(",\"=1+1"), "{csv}");
        assert!(!super::super::json::text(&json(&found())).contains('\u{1b}'));
    }

    #[test]
    fn a_part_that_holds_nothing_is_left_out_and_what_is_not_committed_is_said() {
        let told = text(&found(), &Canvas::plain(Lang::En, Zone::default()));
        assert!(!told.contains("Figures") && !told.contains("Settings"), "{told}");
        assert!(told.contains("not committed") && told.contains("3f2a9c1d "), "{told}");
        let empty = Difference { rows: Vec::new(), records: Vec::new(), ..found() };
        assert!(text(&empty, &Canvas::plain(Lang::Zh, Zone::default())).ends_with("\n\n无\n"));
    }
}
