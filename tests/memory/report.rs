//! Reports of folders in memory, and what is in them, as short text.

use cs::base::period::Period;
use cs::base::table::{Cell, Table};
use cs::reports::model::{Figure, Input, Report, Section};
use cs::reports::{named, report};

use super::Folder;

/// A report of a folder without problems.
pub fn make(folder: &Folder, name: &str, period: &str, now: &str) -> Report {
    let book = folder.book(now);
    let period = Period::parse(period, book.now.today()).unwrap();
    let input =
        Input {
            folder: "客服部".into(), commit: None, revision: None, dirty: false, filed: false, now: book.now.time
        };
    let report = report(&book, named(name).unwrap(), period, input);
    let problems: Vec<_> = book.take_problems().into_iter().map(|p| (p.code, p.message.en, p.place)).collect();
    assert!(problems.is_empty(), "{problems:?}");
    report
}

/// A section by its key.
pub fn section<'r>(report: &'r Report, name: &str) -> &'r Section {
    report.sections.iter().find(|s| s.name == name).unwrap_or_else(|| panic!("no section {name}"))
}

/// A figure by its section and key.
pub fn figure<'r>(report: &'r Report, name: &str, key: &str) -> &'r Figure {
    section(report, name).figures.iter().find(|f| f.key == key).unwrap_or_else(|| panic!("no figure {key}"))
}

/// A table by its section and key.
pub fn table<'r>(report: &'r Report, name: &str, key: &str) -> &'r Table {
    section(report, name).tables.iter().find(|t| t.name == key).unwrap_or_else(|| panic!("no table {key}"))
}

/// The numbers behind a figure.
pub fn records(figure: &Figure) -> String {
    figure.records.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// A figure's three values, `-` where there is none.
pub fn values(figure: &Figure) -> [String; 3] {
    [figure.value, figure.previous, figure.last_year].map(|v| v.map_or("-".into(), |v| v.digits()))
}

/// Expects a figure's value and the numbers behind it.
#[track_caller]
pub fn expect(report: &Report, section: &str, key: &str, value: &str, behind: &str) {
    let figure = figure(report, section, key);
    assert_eq!((values(figure)[0].as_str(), records(figure).as_str()), (value, behind), "{section}.{key}");
}

/// A cell as text; a column by its key.
pub fn cell(table: &Table, row: usize, key: &str) -> String {
    let at = table.columns.iter().position(|c| c.key == key).unwrap_or_else(|| panic!("no column {key}"));
    match &table.rows[row].cells[at] {
        Cell::Empty => "-".into(),
        Cell::Words(text) => text.en.clone(),
        Cell::Coded(code, _) => code.clone(),
        Cell::Text(text) => text.clone(),
        Cell::Amount(amount) | Cell::Apart(amount) => amount.digits(),
        Cell::Date(date) => date.to_string(),
        Cell::Time(time) => time.to_string(),
        Cell::Number(number) => number.to_string(),
    }
}

/// Some cells of a row.
pub fn row(table: &Table, row: usize, keys: &[&str]) -> String {
    keys.iter().map(|key| cell(table, row, key)).collect::<Vec<_>>().join(" ")
}
