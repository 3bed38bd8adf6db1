//! Paper forms as a spreadsheet that is ready to print and to be filled in: one sheet for each form.
//!
//! What a person types into a blank cell stays what it is: cells that take text have the text format, so that a phone
//! keeps its leading zero, and cells that take a day or an amount have the format of theirs.

use std::borrow::Cow;

use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Worksheet, XlsxError};

use super::clean::clean;
use super::page_cell::{is_number, least_lines, text};
use super::page_wrap::lines;
use super::workbook::{self, AS_DAY, AS_MONEY, AS_TEXT, AS_WHOLE, FONT, as_measured, day, first_units, is_long, on_a4};
use crate::base::field::Ty;
use crate::base::page::{Block, Content, Page, PageCell, PageRow, Role};
use crate::base::problem::Outcome;
use crate::base::words::{Lang, words};

/// How wide a form is, in pixels: A4 between its margins.
const WIDTH: u32 = 696;
/// How much wider than told a text may come out: on another printer, or in bold letters.
const SLACK: f64 = 1.06;
/// What a cell leaves free beside its text, in pixels.
const BESIDE: f64 = 6.0;
/// No row of a spreadsheet is higher than 409 points: a higher one takes several.
const HIGHEST: f64 = 400.0;
/// The free row above a slip that is cut off, in points.
const CUT: f64 = 24.0;
const AS_IT_IS: &str = "General";

/// The forms as a workbook in bytes; the same forms always make the same bytes (R60).
///
/// # Errors
/// `xlsx` where a form is larger than a spreadsheet, or a text longer than its cells hold.
pub fn xlsx(pages: &[Page], lang: Lang) -> Outcome<Vec<u8>> {
    book_of(pages, lang).map_err(workbook::failure)
}

fn book_of(pages: &[Page], lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut book = workbook::workbook()?;
    let names = workbook::sheet_names(pages.iter().map(|page| page.name.as_str()), words("Form", "表单").get(lang));
    for (page, name) in pages.iter().zip(names) {
        let sheet = book.add_worksheet();
        sheet.set_name(name)?;
        draw(sheet, page)?;
        paper(sheet, page, pages.len() == 1, lang);
    }
    book.save_to_buffer()
}

/// How the sheet is printed. Its pages are counted from 1, and out of all where it is `alone`: those of several sheets
/// would be counted together.
fn paper(sheet: &mut Worksheet, page: &Page, alone: bool, lang: Lang) {
    let name = clean(&page.name).replace('&', "&&");
    let foot = if alone { words("Page &P of &N", "第 &P 页，共 &N 页") } else { words("Page &P", "第 &P 页") };
    let foot = foot.get(lang);
    on_a4(sheet).set_portrait().set_print_center_horizontally(true);
    sheet.set_margins(0.6, 0.6, 0.6, 0.7, 0.3, 0.3).set_screen_gridlines(false);
    // A blank before the name: digits there would be read as a size.
    sheet.set_footer(format!("&L&9 {}&R&9 {foot}", first_units(&name, 200)));
}

/// Draws the blocks under each other, each cell where [`Page::placed`] says. Only a row that is too high for a
/// spreadsheet takes several, which moves what follows.
fn draw(sheet: &mut Worksheet, page: &Page) -> Result<(), XlsxError> {
    let columns = page.columns.max(1);
    let column = (WIDTH / u32::from(columns)).max(1);
    for at in 0..columns {
        sheet.set_column_width_pixels(at, column)?;
    }
    let going_on = going_on(page);
    let mut next = 0;
    for (at, block) in page.blocks.iter().enumerate() {
        if block.cut && at > 0 {
            cut(sheet, next, columns)?;
            next += 1;
        }
        let first = next;
        for (at, row) in block.rows.iter().enumerate() {
            next = draw_row(sheet, row, next, column)?;
            if going_on.is_some_and(|it| std::ptr::eq(it, block)) && at + 1 == block.heads {
                sheet.set_repeat_rows(first, next - 1)?;
            }
        }
    }
    if next > 0 {
        sheet.set_print_area(0, 0, next - 1, columns - 1)?;
        // Else every phone gets a mark that asks to make it a number.
        sheet.ignore_error_range(0, 0, next - 1, columns - 1, IgnoreError::NumberStoredAsText)?;
    }
    Ok(())
}

/// The block whose heads are repeated; a sheet repeats those of one alone: of the longest.
fn going_on(page: &Page) -> Option<&Block> {
    page.blocks.iter().filter(|block| block.heads > 0).max_by_key(|block| block.rows.len())
}

/// The line to cut along.
fn cut(sheet: &mut Worksheet, row: u32, columns: u16) -> Result<(), XlsxError> {
    sheet.set_row_height(row, CUT)?;
    let dashed = Format::new().set_border_bottom(FormatBorder::MediumDashed);
    for column in 0..columns {
        sheet.write_blank(row, column, &dashed)?;
    }
    Ok(())
}

/// Draws a row from the spreadsheet's row `first` on, its grid columns `column` pixels wide; returns the row after it.
fn draw_row(sheet: &mut Worksheet, row: &PageRow, first: u32, column: u32) -> Result<u32, XlsxError> {
    let least = f64::from(least_lines(row)) * LOOK.line + LOOK.pad;
    let height = row.cells.iter().map(|cell| height(cell, column)).fold(least, f64::max);
    let parts = (height / HIGHEST).ceil().max(1.0);
    let after = first + parts as u32;
    for part in first..after {
        sheet.set_row_height(part, height / parts)?;
    }
    let mut start: u16 = 0;
    for (at, cell) in row.cells.iter().enumerate() {
        let end = start.saturating_add(cell.span);
        let last = (after - 1, end.max(start + 1) - 1);
        put(sheet, cell, &Area { first: (first, start), last, ends: at > 0 && at + 1 == row.cells.len() })?;
        start = end;
    }
    Ok(after)
}

/// How a role looks: the size of its letters, how high a line of them is and what is free around it, in points.
struct Look {
    size: f64,
    line: f64,
    pad: f64,
    bold: bool,
    shaded: bool,
    border: bool,
    align: FormatAlign,
    top: bool,
}

/// What is filled in; the others differ from it.
const LOOK: Look = Look {
    size: 10.5,
    line: 15.0,
    pad: 6.0,
    bold: false,
    shaded: false,
    border: true,
    align: FormatAlign::Left,
    top: false,
};

fn look(role: Role) -> Look {
    match role {
        Role::Title => {
            Look { size: 18.0, line: 26.0, pad: 10.0, bold: true, border: false, align: FormatAlign::Center, ..LOOK }
        }
        Role::Remark => Look { size: 9.0, line: 13.0, border: false, ..LOOK },
        Role::Label | Role::Head => Look { bold: true, shaded: true, align: FormatAlign::Center, ..LOOK },
        Role::Value => LOOK,
        Role::Sign => Look { top: true, ..LOOK },
    }
}

/// How high a cell must be for its text to be seen whole, in points.
fn height(cell: &PageCell, column: u32) -> f64 {
    let look = look(cell.role);
    let bold = if look.bold { SLACK } else { 1.0 };
    let letter = look.size * 4.0 / 3.0 / 2.0 * SLACK * bold;
    let room = (f64::from(cell.span) * f64::from(column) - BESIDE) / letter;
    let lines = if is_number(&cell.content) { 1 } else { lines(&text(&cell.content), room.max(0.0) as usize) };
    lines as f64 * look.line + look.pad
}

/// What is written into a cell.
enum Entry<'c> {
    Blank,
    Text(Cow<'c, str>),
    Number(f64),
    Day(ExcelDateTime),
}

/// What is written, and its number format.
fn entry(cell: &PageCell) -> (Entry<'_>, String) {
    let written = match &cell.content {
        Content::Empty => {
            let format = cell.slot.map_or(AS_TEXT, |slot| format_of(slot.field().ty));
            Some((Entry::Blank, format.to_string()))
        }
        Content::Text(_) => None,
        Content::Date(date) => day(*date).map(|day| (Entry::Day(day), AS_DAY.to_string())),
        Content::Whole(whole) => number(&whole.to_string(), AS_WHOLE.to_string()),
        Content::Money(money) => number(&money.to_string(), AS_MONEY.to_string()),
        Content::Measure(measure) => {
            let digits = measure.to_string();
            number(&digits, as_measured(&digits))
        }
    };
    written.unwrap_or_else(|| {
        let text = text(&cell.content);
        let long = is_long(&text);
        (Entry::Text(text), if long { AS_IT_IS } else { AS_TEXT }.to_string())
    })
}

/// The number format of a blank cell, by what it takes.
fn format_of(ty: Ty) -> &'static str {
    match ty {
        Ty::Date => AS_DAY,
        Ty::Money => AS_MONEY,
        Ty::Quantity | Ty::Count | Ty::Step => AS_WHOLE,
        Ty::Measure => AS_IT_IS,
        _ => AS_TEXT,
    }
}

/// A number as a spreadsheet holds it; `None` where it would lose digits.
fn number<'c>(digits: &str, format: String) -> Option<(Entry<'c>, String)> {
    Some((Entry::Number(workbook::number(digits)?), format))
}

/// Where a cell stands: from its first to its last row and column.
struct Area {
    first: (u32, u16),
    last: (u32, u16),
    /// True where it is the last one beside others.
    ends: bool,
}

fn put(sheet: &mut Worksheet, cell: &PageCell, area: &Area) -> Result<(), XlsxError> {
    let (entry, number_format) = entry(cell);
    let format = format(cell, &entry, &number_format, area).set_num_format(number_format);
    let (row, column) = area.first;
    if area.first != area.last {
        sheet.merge_range(row, column, area.last.0, area.last.1, "", &format)?;
    }
    match entry {
        Entry::Blank => sheet.write_blank(row, column, &format)?,
        Entry::Text(text) => sheet.write_string_with_format(row, column, text, &format)?,
        Entry::Number(number) => sheet.write_number_with_format(row, column, number, &format)?,
        Entry::Day(day) => sheet.write_date_with_format(row, column, &day, &format)?,
    };
    Ok(())
}

fn format(cell: &PageCell, entry: &Entry<'_>, number_format: &str, area: &Area) -> Format {
    let look = look(cell.role);
    let open = cell.slot.filter(|_| matches!(entry, Entry::Blank));
    let number = is_number(&cell.content) || open.is_some_and(|slot| slot.field().ty.is_numeric());
    let right = number || (cell.role == Role::Remark && area.ends);
    let top = look.top || area.first.0 < area.last.0;
    let mut format = Format::new()
        .set_font_name(FONT)
        .set_font_size(look.size)
        .set_align(if right { FormatAlign::Right } else { look.align })
        .set_align(if top { FormatAlign::Top } else { FormatAlign::VerticalCenter });
    let wraps = matches!(entry, Entry::Text(_)) || number_format == AS_TEXT;
    // What can't wrap is made smaller, else it would be drawn as `####`.
    format = if wraps { format.set_text_wrap() } else { format.set_shrink() };
    if matches!(entry, Entry::Text(_)) && number_format != AS_TEXT {
        format = format.set_quote_prefix();
    }
    if look.bold {
        format = format.set_bold();
    }
    if look.shaded {
        format = format.set_background_color("#F2F2F2");
    }
    if look.border {
        format = format.set_border(FormatBorder::Thin);
    }
    format
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::field::{List, optional};
    use crate::base::page::Slot;

    /// A cell that takes a value of this type.
    fn open(ty: Ty, span: u16) -> PageCell {
        let field = Box::leak(Box::new(optional("x", ty, words("x", "某"), words("x", "某"))));
        PageCell { span, role: Role::Value, content: Content::Empty, slot: Some(Slot::Header(field)) }
    }

    #[test]
    fn a_blank_cell_has_the_format_of_what_it_takes() {
        for (ty, expect) in [
            (Ty::Text, "@"),
            (Ty::Private, "@"),
            (Ty::Code(List::Customers), "@"),
            (Ty::Model, "@"),
            (Ty::Time, "@"),
            (Ty::Date, "yyyy-mm-dd"),
            (Ty::Quantity, "#,##0"),
            (Ty::Money, "#,##0.00"),
            (Ty::Measure, "General"),
        ] {
            assert_eq!(entry(&open(ty, 1)).1, expect, "{ty:?}");
        }
        let nowhere = PageCell { slot: None, ..open(Ty::Money, 1) };
        assert_eq!(entry(&nowhere).1, "@", "what belongs nowhere is kept as it is written");
    }

    #[test]
    fn a_value_has_its_format_and_a_long_text_none_that_would_hide_it() {
        let of = |content| entry(&PageCell { content, ..open(Ty::Text, 1) }).1;
        assert_eq!(of(Content::Measure("1.25".parse().unwrap())), "#,##0.00");
        assert_eq!(of(Content::Measure("3".parse().unwrap())), "#,##0");
        assert_eq!(of(Content::Money("3".parse().unwrap())), "#,##0.00");
        assert_eq!(of(Content::Text("字".repeat(255))), "@");
        assert_eq!(of(Content::Text("字".repeat(256))), "General");
    }

    #[test]
    fn a_cell_is_as_high_as_its_lines() {
        let column = WIDTH / 12;
        let high = |text: &str, role, span| {
            let content = Content::Text(text.to_string());
            height(&PageCell { role, content, ..open(Ty::Text, span) }, column)
        };
        let lines = |n: f64| n * LOOK.line + LOOK.pad;
        assert_eq!(high("", Role::Value, 1), lines(1.0));
        assert_eq!(high("一\n二\n三", Role::Value, 4), lines(3.0));
        // 12 columns of 58 pixels hold 49 Chinese letters of 14 pixels; a few are kept in hand.
        assert_eq!(high(&"字".repeat(46), Role::Value, 12), lines(1.0));
        assert_eq!(high(&"字".repeat(47), Role::Value, 12), lines(2.0));
        assert_eq!(high(&"字".repeat(46), Role::Label, 12), lines(2.0), "bold letters are wider");
    }
}
