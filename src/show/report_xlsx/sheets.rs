//! What stands on which sheet.

use super::Draw;
use super::cells::{Entry, unit};
use crate::base::number::Number;
use crate::base::table::{Amount, Row, Table};
use crate::base::words::{Words, words};
use crate::reports::model::{Figure, Report, Section};
use crate::show::amount::change;
use crate::show::page_wrap::width;
use crate::show::report::{behind, goal_heads, ordinal};
use crate::show::table::cell;

/// The widest column, and the widest that a head alone makes it, in half-wide characters.
const WIDEST: usize = 46;
const WIDEST_HEAD: usize = 12;
/// Rows of records on one sheet; a spreadsheet holds a few more.
const MOST_ROWS: usize = 1_000_000;

/// The column of a figure's goal, where there is any: after its value.
const GOAL: usize = 3;

/// The colours of two sections that follow each other, and of the records.
const COLOURS: [&str; 2] = ["#2F6FB3", "#E08A2C"];
const GREY: &str = "#8B949E";

const RECORDS: Words = words("Records", "单号");

/// Heads and rows.
pub(super) struct Block {
    pub(super) heads: Vec<Head>,
    pub(super) rows: Vec<Vec<Entry>>,
    /// Whether rows are worth picking from.
    pub(super) filtered: bool,
}

pub(super) struct Head {
    pub(super) name: String,
    pub(super) numeric: bool,
}

/// A sheet to be drawn.
pub(super) struct Sheet {
    pub(super) name: String,
    pub(super) title: String,
    /// The colour of its name.
    pub(super) colour: &'static str,
    pub(super) block: Block,
}

impl Block {
    /// The heads, each another, as a filter asks.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for head in &self.heads {
            let mut name = head.name.clone();
            let mut count = 1;
            while names.iter().any(|known| known.to_lowercase() == name.to_lowercase()) {
                count += 1;
                name = format!("{} {count}", head.name);
            }
            names.push(name);
        }
        names
    }

    /// How wide each column must be, in half-wide characters.
    pub(super) fn widths(&self) -> Vec<usize> {
        let wide = |(at, head): (usize, &Head)| {
            let rows = self.rows.iter().filter_map(|row| row.get(at)).map(Entry::width).max().unwrap_or(0);
            // The mark of the filter stands beside the head.
            let head = width(&head.name).min(WIDEST_HEAD) + if self.filtered { 3 } else { 0 };
            rows.max(head).clamp(4, WIDEST)
        };
        self.heads.iter().enumerate().map(wide).collect()
    }
}

impl Draw {
    /// All sheets but the first.
    pub(super) fn sheets(&self, report: &Report) -> Vec<Sheet> {
        let mut sheets = self.sections(report);
        sheets.extend(self.records(report));
        sheets
    }

    /// Each section's sheet, followed by those of its tables. One that is a single table is that.
    fn sections(&self, report: &Report) -> Vec<Sheet> {
        let mut sheets = Vec::new();
        for (at, section) in report.sections.iter().enumerate() {
            let (ordinal, title) = (ordinal(at + 1, self.lang), section.title.get(self.lang));
            let whole = format!("{ordinal}{title}");
            let mut push = |name: String, title: String, block: Block| {
                sheets.push(Sheet { name, title, colour: COLOURS[at % COLOURS.len()], block });
            };
            let single = section.figures.is_empty() && section.tables.len() == 1;
            if !single {
                push(whole.clone(), whole.clone(), self.figures(section));
            }
            for table in &section.tables {
                let own = table.title.get(self.lang);
                let titled = if own.is_empty() { whole.clone() } else { format!("{whole} - {own}") };
                let name = if single { whole.clone() } else { format!("{ordinal}{own}") };
                push(name, titled, self.table(table));
            }
        }
        sheets
    }

    fn figures(&self, section: &Section) -> Block {
        let heads = [
            (words("Figure", "指标"), false),
            (words("Unit", "单位"), false),
            (words("This period", "本期"), true),
            (words("Previous", "上期"), true),
            (words("Change", "环比"), true),
            (words("Last year", "去年同期"), true),
            (words("On last year", "同比"), true),
        ];
        let mut heads: Vec<Head> = heads.map(|(name, numeric)| Head { name: self.word(name), numeric }).into();
        let mut rows: Vec<Vec<Entry>> = section.figures.iter().map(|figure| self.figure(figure)).collect();
        if section.figures.iter().any(|figure| figure.goal.is_some()) {
            let [goal, against] = goal_heads(&section.figures);
            let names = [(goal, true), (against, false), (words("Missed by", "差距"), true)];
            heads.splice(GOAL..GOAL, names.map(|(name, numeric)| Head { name: self.word(name), numeric }));
            for (row, figure) in rows.iter_mut().zip(&section.figures) {
                row.splice(GOAL..GOAL, self.judged(figure));
            }
        }
        Block { heads, rows, filtered: false }
    }

    fn figure(&self, figure: &Figure) -> Vec<Entry> {
        let amount = |amount: Option<Amount>| amount.map_or(Entry::Blank, |amount| self.amount(amount));
        let against = |then: Option<Amount>| {
            let change = figure.value.zip(then).and_then(|(now, then)| change(now, then));
            change.map_or(Entry::Blank, |change| self.change(change))
        };
        vec![
            Entry::text(figure.name.get(self.lang)),
            Entry::text(unit(figure.unit).get(self.lang)),
            amount(figure.value),
            amount(figure.previous),
            against(figure.previous),
            amount(figure.last_year),
            against(figure.last_year),
        ]
    }

    fn table(&self, table: &Table) -> Block {
        let heads = table.columns.iter().map(|column| Head { name: self.word(column.name), numeric: column.numeric });
        let rows = table.rows.iter().map(|row| row.cells.iter().map(|cell| self.entry(cell)).collect());
        let (heads, rows) = (heads.collect(), rows.collect());
        Block { heads, rows, filtered: true }
    }

    /// The records behind each figure and each row, a line for each, so that a filter finds those of any of them.
    fn records(&self, report: &Report) -> Vec<Sheet> {
        let mut rows = Vec::new();
        for section in &report.sections {
            let title = section.title.get(self.lang);
            let mut note = |table: &str, name: &str, records: &[Number]| {
                rows.extend(records.iter().map(|number| {
                    vec![Entry::text(title), Entry::text(table), Entry::text(name), Entry::text(number.to_string())]
                }));
            };
            for figure in &section.figures {
                note("", figure.name.get(self.lang), &figure.records);
            }
            for table in &section.tables {
                for row in &table.rows {
                    note(table.title.get(self.lang), &self.about(table, row), behind(row));
                }
            }
        }
        let heads = || {
            let names = [
                words("Section", "部分"),
                words("Table", "表格"),
                words("Figure or row", "指标或行"),
                words("Number", "单号"),
            ];
            names.map(|name| Head { name: self.word(name), numeric: false }).into()
        };
        let mut sheets = Vec::new();
        while !rows.is_empty() {
            let rest = rows.split_off(rows.len().min(MOST_ROWS));
            let block = Block { heads: heads(), rows, filtered: true };
            sheets.push(Sheet { name: self.word(RECORDS), title: self.word(RECORDS), colour: GREY, block });
            rows = rest;
        }
        sheets
    }

    /// What a row is about: the words before its first amount.
    fn about(&self, table: &Table, row: &Row) -> String {
        let words = row.cells.iter().zip(&table.columns).take_while(|(_, column)| !column.numeric);
        let words: Vec<String> = words.map(|(value, _)| cell(value, self.lang, self.zone)).collect();
        words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }
}
