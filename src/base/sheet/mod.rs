//! A table that somebody else made, read into text cells: an XLSX workbook's first sheet, or a CSV file.
//!
//! Cells hold what a person sees there, trimmed: whole numbers as digits, days as `2026-11-21`, moments as
//! `2026-11-21 10:30`. Every cell has the address that spreadsheets give it, in CSV files too. Encodings are never
//! guessed. Which of the rows are a table is told by [`find_table`],
//! days and amounts in them are read by [`values`].

mod csv;
mod find;
pub mod values;
mod xlsx;

pub use find::{Found, Wanted, find_table};

use std::collections::HashSet;

use super::field::Ty;
use super::page::address;
use super::problem::{Outcome, Place, Problem};
use super::words::Text;
use crate::tr;

/// Most bytes that a file may have: 50 MiB.
pub const LARGEST: u64 = 50 << 20;
/// Most cells that a sheet may have, counting the empty ones before the last of each row.
const MOST_CELLS: usize = 5_000_000;
/// Most columns that a sheet may have, as in the folder's own lists.
const MOST_COLUMNS: usize = super::csv::MOST_CELLS;

/// How the characters of a CSV file are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a BOM.
    Utf8,
    /// What Excel saves on Chinese Windows; GBK and GB2312 are parts of it.
    Gb18030,
}

impl Encoding {
    /// The names that people may give, each with what it means.
    pub const NAMES: &[(&str, Encoding)] = &[
        ("utf-8", Encoding::Utf8),
        ("gb18030", Encoding::Gb18030),
        ("gbk", Encoding::Gb18030),
        ("gb2312", Encoding::Gb18030),
    ];

    /// The encoding of this name, in any letter case.
    pub fn from_name(name: &str) -> Option<Encoding> {
        Encoding::NAMES.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, encoding)| *encoding)
    }
}

/// A sheet as text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// The file's name as it was given, for what is said about it.
    pub name: String,
    /// Its rows from the first one on, empty ones too; each ends with its last cell that is not empty.
    pub rows: Vec<Vec<String>>,
    /// Cells, by row and column, whose numbers the spreadsheet has rounded.
    rounded: HashSet<(usize, usize)>,
}

impl Sheet {
    /// What stands in a cell, counted from 0; empty where there is none.
    pub fn cell(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|cells| cells.get(column)).map_or("", String::as_str)
    }

    /// A cell's place as people say it: `B7`.
    pub fn at(&self, row: usize, column: usize) -> String {
        address(row, column)
    }

    /// Whether a spreadsheet has damaged what was typed there, were it a code, a phone or another text (R3): a number
    /// of 16 digits or more, of which Excel keeps 15, or a text that shows the traces of one ([`is_spoiled`]).
    /// Where the cell is an amount or a quantity it says nothing, so whoever knows the column asks.
    pub fn is_damaged(&self, row: usize, column: usize) -> bool {
        self.rounded.contains(&(row, column)) || is_spoiled(self.cell(row, column))
    }

    /// What is wrong with a cell, with its address before it.
    pub fn wrong(&self, row: usize, column: usize, code: &'static str, message: Text, help: Text) -> Problem {
        let cell = self.at(row, column);
        Problem::new(code, tr!("{cell}: {message}", "{cell}：{message}"; message), help).at(Place::file(&self.name))
    }

    /// A problem of what stands in a cell, told with the cell's address.
    pub fn told(&self, row: usize, column: usize, problem: Problem) -> Problem {
        self.wrong(row, column, problem.code, problem.message, problem.help)
    }

    /// The problem of a cell that [`is_damaged`](Sheet::is_damaged) and holds a value of this type: `sheet.damaged`. An
    /// amount or a quantity may be as large as it likes.
    pub fn damage(&self, row: usize, column: usize, ty: Ty) -> Option<Problem> {
        (!ty.is_numeric() && self.is_damaged(row, column)).then(|| {
            let cell = self.cell(row, column);
            let message = tr!("the spreadsheet has damaged this number: {cell}", "该号码已被电子表格改坏：{cell}");
            self.wrong(row, column, "sheet.damaged", message, retype())
        })
    }

    /// Puts a cell at its place, trimmed.
    ///
    /// # Errors
    /// `sheet.too-wide`, `sheet.too-large`.
    fn put(&mut self, size: &mut Size, row: usize, column: usize, text: String) -> Result<(), Problem> {
        let trimmed = text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
        if trimmed.is_empty() {
            return Ok(());
        }
        if column >= MOST_COLUMNS {
            return Err(self.wrong(
                row,
                column,
                "sheet.too-wide",
                tr!("the sheet has more than {MOST_COLUMNS} columns", "工作表超过 {MOST_COLUMNS} 列"),
                tr!("remove what was pasted there", "请删除误贴的内容"),
            ));
        }
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Vec::new());
        }
        let cells = &mut self.rows[row];
        size.cells += (column + 1).saturating_sub(cells.len());
        size.bytes += trimmed.len() as u64;
        if size.cells > MOST_CELLS || size.bytes > LARGEST {
            return Err(too_large(&self.name));
        }
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = if trimmed.len() == text.len() { text } else { trimmed.to_string() };
        Ok(())
    }
}

/// How much of a sheet was read.
#[derive(Default)]
struct Size {
    cells: usize,
    bytes: u64,
}

/// Reads a file that somebody else made. Workbooks are known by their ending `.xlsx` (or `.xlsm`); of these the first
/// visible sheet is read, and `encoding` is of no matter. All else is CSV in the named encoding, UTF-8 where none is
/// named; its separator is the one of comma, semicolon and tab that stands most often in the first line that has any.
///
/// # Errors
/// All at once where possible: `sheet.too-large`, `sheet.kind` for what is neither, `sheet.workbook` for a workbook
/// that can't be read, `sheet.error` for cells that hold `#N/A` and the like, `sheet.too-wide`, `sheet.encoding`, and
/// what is wrong with a CSV file's quotes and line ends.
pub fn read_sheet(name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Outcome<Sheet> {
    if bytes.len() as u64 > LARGEST {
        return Err(too_large(name).into());
    }
    match (Ending::of(name), Content::of(bytes)) {
        (Ending::Workbook, Content::Zip) => xlsx::read(name, bytes),
        (Ending::Other, _) | (_, Content::Ole) | (Ending::Workbook, Content::Any) | (Ending::Csv, Content::Zip) => {
            Err(kind(name).into())
        }
        (Ending::Csv, Content::Any) => csv::read(name, bytes, encoding),
    }
}

/// What a file's name promises.
enum Ending {
    Workbook,
    Csv,
    /// A document that can't be read here.
    Other,
}

impl Ending {
    fn of(name: &str) -> Ending {
        const OTHERS: &[&str] = &["xls", "xlsb", "ods", "et", "numbers", "pdf", "doc", "docx", "html", "htm", "zip"];
        match name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()) {
            Some(ending) if ending == "xlsx" || ending == "xlsm" => Ending::Workbook,
            Some(ending) if OTHERS.contains(&ending.as_str()) => Ending::Other,
            _ => Ending::Csv,
        }
    }
}

/// What a file's first bytes are.
enum Content {
    Zip,
    /// An old or an encrypted workbook.
    Ole,
    Any,
}

impl Content {
    fn of(bytes: &[u8]) -> Content {
        match bytes {
            [b'P', b'K', 3, 4, ..] => Content::Zip,
            [0xd0, 0xcf, 0x11, 0xe0, ..] => Content::Ole,
            _ => Content::Any,
        }
    }
}

fn kind(name: &str) -> Problem {
    Problem::new(
        "sheet.kind",
        tr!("{name} is neither an XLSX workbook nor a CSV file", "{name} 既不是 XLSX 工作簿也不是 CSV 文件"),
        tr!(
            "open it and save it as .xlsx, without a password, or as CSV UTF-8",
            "请打开该文件，另存为不加密码的 .xlsx，或另存为“CSV UTF-8”"
        ),
    )
    .at(Place::file(name))
}

fn too_large(name: &str) -> Problem {
    let limit = LARGEST >> 20;
    Problem::new(
        "sheet.too-large",
        tr!(
            "{name} holds more than {limit} MiB of text or {MOST_CELLS} cells",
            "{name} 的内容超过 {limit} MiB 或 {MOST_CELLS} 个单元格"
        ),
        tr!("keep the rows that are needed, or split the file", "请只保留需要的行，或拆成几个文件"),
    )
    .at(Place::file(name))
}

/// The remedy for what a spreadsheet has damaged.
pub fn retype() -> Text {
    tr!(
        "type the full number again, in a column formatted as text (R3)",
        "请把该列设为文本格式，重新填写完整号码（R3）"
    )
}

/// Whether a text shows that a spreadsheet took a long number for a quantity (R3): `4.40981E+17`, or 18 digits and
/// more that end in the three zeros of a rounded one.
pub fn is_spoiled(text: &str) -> bool {
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    let exponent = text.split_once("E+").is_some_and(|(mantissa, exponent)| {
        digits(exponent) && mantissa.split_once('.').is_some_and(|(whole, rest)| digits(whole) && digits(rest))
    });
    exponent || (text.len() >= 18 && digits(text) && text.ends_with("000"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r3_what_a_spreadsheet_spoils_is_seen_and_what_people_write_is_not() {
        for spoiled in ["4.40981E+17", "6.21E+18", "440981199001010000"] {
            assert!(is_spoiled(spoiled), "{spoiled}");
        }
        for whole in ["440981199001011234", "13800001111", "E+17", "1.E+", "4E+2", "A.1E+17", "1000000", ""] {
            assert!(!is_spoiled(whole), "{whole}");
        }
    }

    #[test]
    fn only_workbooks_and_csv_files_are_read_whatever_they_are_called() {
        let refused = |name, bytes: &[u8]| read_sheet(name, bytes, None).unwrap_err().problems[0].code;
        assert_eq!(refused("a.xls", b"x"), "sheet.kind");
        assert_eq!(refused("a.ODS", b"PK\x03\x04"), "sheet.kind");
        assert_eq!(refused("old.xlsx", b"\xd0\xcf\x11\xe0"), "sheet.kind");
        assert_eq!(refused("old.csv", b"\xd0\xcf\x11\xe0"), "sheet.kind");
        assert_eq!(refused("page.xlsx", b"<html>"), "sheet.kind");
        assert_eq!(refused("book.csv", b"PK\x03\x04"), "sheet.kind");
        assert_eq!(refused("a.xlsx", b"PK\x03\x04 broken"), "sheet.workbook");
        assert_eq!(refused("a.csv", &vec![b'x'; LARGEST as usize + 1]), "sheet.too-large");
    }

    #[test]
    fn a_cell_outside_is_empty_and_a_place_is_said_as_spreadsheets_do() {
        let sheet = read_sheet("a.csv", b"a,b\n1,2\n", None).unwrap();
        assert_eq!((sheet.cell(1, 1), sheet.cell(9, 9), sheet.at(6, 1)), ("2", "", "B7".to_string()));
    }
}
