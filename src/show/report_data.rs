//! Reports for spreadsheets (CSV) and scripts (JSON).

use serde_json::{Value, json};

use super::report::Facts;
use super::sheet::{self, guarded};
use super::table::{csv_cell, json_cell};
use crate::base::number::Number;
use crate::base::table::{Amount, Cell, Table};
use crate::base::time::rfc3339;
use crate::base::words::Lang;
use crate::reports::model::{Figure, Report, Section};

/// The heads of a report's CSV.
const HEADS: [&str; 13] = [
    "section",
    "table",
    "row",
    "key",
    "label",
    "value",
    "unit",
    "previous",
    "last_year",
    "goal",
    "met",
    "miss",
    "records",
];

/// The report for a spreadsheet: one line for each figure and for each cell of each table, so that a filter or a pivot
/// table finds any of them.
///
/// `section`, `table` and `key` are stable keys, `label` is what people call the figure or column, `row` counts from 1
/// within its table; a figure has no `table` and no `row`, and alone may have a `goal`, as `>=95.0`, whether it is `met`, as `true`, and a `miss`. The first lines, of section `report`, are the report's own
/// input (R61). `records` is filled with `records` alone, the numbers separated by `;`.
pub fn csv(report: &Report, records: bool, lang: Lang) -> String {
    in_lines(input_lines(report), &report.sections, records, lang)
}

/// Facts and the sections that belong to them, in the same lines: the facts are the figures of the section `name`.
pub fn sections_csv(name: &str, facts: &Facts, sections: &[Section], records: bool, lang: Lang) -> String {
    let line = |(key, label, value): &(&'static str, String, String)| {
        let mut line = Line::default();
        (line[0], line[3]) = (name.to_string(), (*key).to_string());
        (line[4], line[5]) = (guarded(label).to_string(), guarded(value).to_string());
        line
    };
    in_lines(facts.iter().map(line).collect(), sections, records, lang)
}

fn in_lines(mut lines: Vec<Line>, sections: &[Section], records: bool, lang: Lang) -> String {
    for section in sections {
        lines.extend(section.figures.iter().map(|figure| figure_line(section, figure, records, lang)));
        for table in &section.tables {
            table_lines(&mut lines, section, table, records, lang);
        }
    }
    sheet::text(&HEADS, lines.into_iter().map(Vec::from))
}

type Line = [String; HEADS.len()];

fn input_lines(report: &Report) -> Vec<Line> {
    let input = &report.input;
    let lines = [
        ("name", report.name.to_string()),
        ("from", report.period.from.to_string()),
        ("to", report.period.to.to_string()),
        ("now", rfc3339(input.now)),
        ("folder", guarded(&input.folder)),
        ("commit", guarded(input.commit.as_deref().unwrap_or_default())),
        ("revision", guarded(input.revision.as_deref().unwrap_or_default())),
        ("dirty", input.dirty.to_string()),
    ];
    let line = |(key, value): (&str, String)| {
        let mut line = Line::default();
        (line[0], line[3], line[5]) = ("report".to_string(), key.to_string(), value);
        line
    };
    lines.map(line).into()
}

fn figure_line(section: &Section, figure: &Figure, records: bool, lang: Lang) -> Line {
    let digits = |amount: Option<Amount>| amount.map_or_else(String::new, Amount::digits);
    [
        section.name.to_string(),
        String::new(),
        String::new(),
        figure.key.to_string(),
        guarded(figure.name.get(lang)),
        digits(figure.value),
        figure.unit.to_string(),
        digits(figure.previous),
        digits(figure.last_year),
        figure.goal.map_or_else(String::new, |goal| format!("{}{}", goal.bound.ascii(), goal.value.digits())),
        figure.met().map_or_else(String::new, |met| met.to_string()),
        digits(figure.miss()),
        if records { numbers(&figure.records).join(";") } else { String::new() },
    ]
}

fn table_lines(lines: &mut Vec<Line>, section: &Section, table: &Table, records: bool, lang: Lang) {
    for (at, row) in table.rows.iter().enumerate() {
        let behind = if records { numbers(&row.records).join(";") } else { String::new() };
        for (column, cell) in table.columns.iter().zip(&row.cells) {
            let unit = match cell {
                Cell::Amount(amount) => amount.unit(),
                Cell::Apart(Amount::Permille(_)) => "percentage_points",
                Cell::Apart(amount) => amount.unit(),
                _ => "",
            };
            lines.push([
                section.name.to_string(),
                table.name.to_string(),
                (at + 1).to_string(),
                column.key.to_string(),
                guarded(column.name.get(lang)),
                csv_cell(cell, lang),
                unit.to_string(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                behind.clone(),
            ]);
        }
    }
}

fn numbers(records: &[Number]) -> Vec<String> {
    records.iter().map(ToString::to_string).collect()
}

/// The report as scripts read it: `report, period {from, to}, now, folder, commit, revision, dirty, sections`. A section has
/// `name, figures [ {key, value, unit, previous, last_year, goal, met, miss, records} ], tables [ {name, columns, rows, records} ]`;
/// a table's `columns` are keys, its `rows` arrays of cells, its `records` an array of numbers for each row.
///
/// Amounts are strings of digits, words are English, what there is none of is null; the records are always there (R59).
pub fn json(report: &Report) -> Value {
    json!({
        "report": report.name,
        "period": { "from": report.period.from.to_string(), "to": report.period.to.to_string() },
        "now": rfc3339(report.input.now),
        "folder": report.input.folder,
        "commit": report.input.commit,
        "revision": report.input.revision,
        "dirty": report.input.dirty,
        "sections": sections_json(&report.sections),
    })
}

/// Sections as [`json`] has them.
pub fn sections_json(sections: &[Section]) -> Value {
    sections.iter().map(section_json).collect()
}

fn section_json(section: &Section) -> Value {
    json!({
        "name": section.name,
        "figures": section.figures.iter().map(figure_json).collect::<Value>(),
        "tables": section.tables.iter().map(table_json).collect::<Value>(),
    })
}

fn figure_json(figure: &Figure) -> Value {
    json!({
        "key": figure.key,
        "value": figure.value.map(Amount::digits),
        "unit": figure.unit,
        "previous": figure.previous.map(Amount::digits),
        "last_year": figure.last_year.map(Amount::digits),
        "goal": figure.goal.map(|goal| json!({ goal.bound.code(): goal.value.digits() })),
        "met": figure.met(),
        "miss": figure.miss().map(Amount::digits),
        "records": numbers(&figure.records),
    })
}

fn table_json(table: &Table) -> Value {
    json!({
        "name": table.name,
        "columns": table.columns.iter().map(|c| c.key).collect::<Value>(),
        "rows": table.rows.iter().map(|row| row.cells.iter().map(json_cell).collect::<Value>()).collect::<Value>(),
        "records": table.rows.iter().map(|row| numbers(&row.records)).collect::<Value>(),
    })
}
