//! What all our spreadsheets have in common: letters, numbers and days as a spreadsheet holds them, names that it takes.

use std::collections::HashSet;

use chrono::Datelike;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::clean::clean;
use crate::base::problem::{Failure, Problem};
use crate::base::time::Date;
use crate::tr;

/// Every Windows, Office and WPS has it, and its Latin letters are half as wide as its Chinese ones, so that the width
/// of a text can be told.
pub(super) const FONT: &str = "宋体";
/// More digits a spreadsheet's numbers don't hold.
const MOST_DIGITS: usize = 15;
/// Longer texts are drawn as `####` by some spreadsheets where they have the text format.
const LONGEST_TEXT: usize = 255;
/// Characters of a sheet's name.
const LONGEST_NAME: usize = 31;

pub(super) const AS_TEXT: &str = "@";
pub(super) const AS_DAY: &str = "yyyy-mm-dd";
pub(super) const AS_WHOLE: &str = "#,##0";
pub(super) const AS_MONEY: &str = "#,##0.00";

/// An empty workbook; the same sheets always make the same bytes (R60).
pub(super) fn workbook() -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    // Any fixed day does: the moment of making would make every file another.
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
    Ok(book)
}

/// Why none can be made: something is larger than a spreadsheet, or a text longer than its cells hold.
pub(super) fn failure(error: XlsxError) -> Failure {
    let error = error.to_string();
    Problem::new(
        "xlsx",
        tr!("the spreadsheet can't be made: {error}", "无法生成电子表格：{error}"),
        tr!("print it with --format html instead", "请改用 --format html 打印"),
    )
    .into()
}

/// A sheet on A4, as wide as the paper, its pages counted from 1.
pub(super) fn on_a4(sheet: &mut Worksheet) -> &mut Worksheet {
    const A4: u8 = 9;
    sheet.set_paper_size(A4).set_print_fit_to_pages(1, 0).set_print_first_page_number(1)
}

/// Names that a spreadsheet takes: no longer than it allows, without what it forbids, each another. `blank` stands for
/// those without a letter.
pub(super) fn sheet_names<'n>(names: impl IntoIterator<Item = &'n str>, blank: &str) -> Vec<String> {
    // Spreadsheets keep this one for themselves.
    let mut taken = HashSet::from(["history".to_string()]);
    let name = |name: &str| {
        let legal: String = clean(name).replace(['[', ']', ':', '*', '?', '/', '\\', '\''], "-");
        let base = if legal.trim().is_empty() { blank } else { legal.trim() };
        let mut tries = (1..).map(|n: u32| if n == 1 { String::new() } else { format!(" ({n})") });
        let mut name = String::new();
        while name.is_empty() || !taken.insert(name.to_lowercase()) {
            let tail = tries.next().unwrap_or_default();
            name = first_units(base, LONGEST_NAME - tail.len()).trim_end().to_string() + &tail;
        }
        name
    };
    names.into_iter().map(name).collect()
}

/// The beginning of `text` that takes at most `most` units of UTF-16, which spreadsheets count in.
pub(super) fn first_units(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    end.map_or(text, |(at, _)| &text[..at])
}

/// Whether a text is too long for the text format.
pub(super) fn is_long(text: &str) -> bool {
    text.encode_utf16().count() > LONGEST_TEXT
}

/// Digits as the number that a spreadsheet holds; `None` where it would lose some.
pub(super) fn number(digits: &str) -> Option<f64> {
    let held = digits.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS;
    digits.parse().ok().filter(|_| held)
}

/// A number format with as many decimals as the digits have.
pub(super) fn as_measured(digits: &str) -> String {
    let part = digits.split_once('.').map_or(String::new(), |(_, part)| format!(".{}", "0".repeat(part.len())));
    format!("{AS_WHOLE}{part}")
}

/// A day as a spreadsheet holds it; `None` before 1901, where spreadsheets count in different ways, and after 9999.
pub(super) fn day(date: Date) -> Option<ExcelDateTime> {
    let year = u16::try_from(date.year()).ok().filter(|year| *year > 1900)?;
    ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheet_names_are_legal_and_each_another() {
        let long = "展台维修单".repeat(8);
        let raw = ["DD-261121-YX-1", "dd-261121-yx-1", "a/b:c'", " ", "", "History", &long, &long, "\u{202e}x"];
        let names = sheet_names(raw, "表单");
        let cut = |most: usize| long.chars().take(most).collect::<String>();
        let expect = [
            "DD-261121-YX-1",
            "dd-261121-yx-1 (2)",
            "a-b-c-",
            "表单",
            "表单 (2)",
            "History (2)",
            &cut(31),
            &format!("{} (2)", cut(27)),
            "<U+202E>x",
        ];
        assert_eq!(names, expect);
    }

    #[test]
    fn a_number_keeps_its_digits_or_is_none() {
        assert_eq!(number("-1234567.89"), Some(-1_234_567.89));
        assert_eq!(number("123456789012.25"), Some(123_456_789_012.25));
        assert_eq!(number("1234567890123.456"), None);
        assert_eq!([as_measured("3"), as_measured("1.25")], ["#,##0", "#,##0.00"]);
    }
}
