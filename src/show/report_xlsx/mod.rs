//! A report as a spreadsheet: a first sheet that says what it is and where it comes from, for each section a sheet with
//! its figures and one for each of its tables, and at last the records behind every figure and row (R59).
//!
//! Each table has a sheet of its own because heads that stay in sight, widths of columns and filters are those of one
//! table; the sheets of a section follow each other, begin with its ordinal and have one colour.
//!
//! Amounts are numbers and days are days, each with its number format; codes, phones and record numbers are text.

mod cells;
mod sheets;

use rust_xlsxwriter::{
    Format, FormatAlign, FormatBorder, IgnoreError, Table as Filtered, TableColumn, TableStyle, Workbook, Worksheet,
    XlsxError,
};

use super::clean::clean;
use super::report::period;
use super::workbook::{self, AS_TEXT, FONT, first_units, is_long, on_a4};
use super::{Canvas, NONE};
use crate::base::problem::Outcome;
use crate::base::table::Cell;
use crate::base::time::Zone;
use crate::base::words::{Lang, Words, words};
use crate::reports::model::Report;
use cells::Entry;
use sheets::{Block, Sheet};

/// Wider sheets are printed sideways, in half-wide characters.
const UPRIGHT: usize = 100;
/// How high a row of one line is, in points.
const ROW: f64 = 18.0;
/// The row of the heads, below the sheet's title.
const HEADS: u32 = 3;

const SUMMARY: Words = words("Report", "报表");

/// The report as a workbook in bytes; the same report always makes the same bytes (R60). Width and colour of the canvas
/// do not matter.
///
/// # Errors
/// `xlsx` where a table is larger than a spreadsheet, or a text longer than its cells hold.
pub fn xlsx(report: &Report, canvas: &Canvas) -> Outcome<Vec<u8>> {
    let draw = Draw { lang: canvas.lang, zone: canvas.zone };
    draw.workbook(report).map_err(workbook::failure)
}

/// How everything is written.
struct Draw {
    lang: Lang,
    zone: Zone,
}

impl Draw {
    fn word(&self, words: Words) -> String {
        words.get(self.lang).to_string()
    }

    fn workbook(&self, report: &Report) -> Result<Vec<u8>, XlsxError> {
        let sheets = self.sheets(report);
        let wanted = [SUMMARY.get(self.lang)].into_iter().chain(sheets.iter().map(|sheet| sheet.name.as_str()));
        let names = workbook::sheet_names(wanted.collect::<Vec<_>>(), SUMMARY.get(self.lang));

        let mut book = workbook::workbook()?;
        self.summary(&mut book, report, &names)?;
        for (at, (sheet, name)) in sheets.iter().zip(&names[1..]).enumerate() {
            let drawn = book.add_worksheet();
            drawn.set_name(name)?;
            self.sheet(drawn, report, sheet, at + 1)?;
        }
        book.save_to_buffer()
    }

    /// The first sheet: what the report is, its own input (R61), and what stands where.
    fn summary(&self, book: &mut Workbook, report: &Report, names: &[String]) -> Result<(), XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(&names[0])?;
        sheet.set_column_width(0, 22)?.set_column_width(1, 52)?;
        sheet.write_string_with_format(0, 0, report.title.get(self.lang), &title())?;
        let input = &report.input;
        let unnamed = match input.filed {
            true => words("see the commit that filed it", "见归档时的提交说明"),
            false => words("no git", "无 git 提交"),
        };
        let commit = input.commit.as_deref().map_or(self.word(unnamed), str::to_string);
        let dirty = if input.dirty { words("yes", "有") } else { words("no", "无") };
        let lines = [
            (words("Period", "期间"), Entry::text(report.period.to_string())),
            (words("From", "自"), self.entry(&Cell::Date(report.period.from))),
            (words("To", "至"), self.entry(&Cell::Date(report.period.to))),
            (words("Department", "部门"), Entry::text(&input.folder)),
            (words("Commit", "提交"), Entry::text(commit)),
            (words("Uncommitted changes", "未提交的改动"), Entry::text(dirty.get(self.lang))),
            (words("As of", "截至"), self.entry(&Cell::Time(input.now))),
        ];
        let mut row = 1;
        for (name, entry) in lines {
            row += 1;
            sheet.write_string_with_format(row, 0, name.get(self.lang), &text().set_bold())?;
            put(sheet, row, 1, &entry, &text().set_align(FormatAlign::Left))?;
        }
        row += 2;
        sheet.write_string_with_format(row, 0, self.word(words("Sheets", "工作表")), &text().set_bold())?;
        for name in &names[1..] {
            let link = format!("internal:'{name}'!A1");
            sheet.write_url_with_options(
                row,
                1,
                link.as_str(),
                name.as_str(),
                "",
                Some(&text().set_font_color("#1D5FA8")),
            )?;
            row += 1;
        }
        self.paper(sheet, report, &names[0], true);
        Ok(())
    }

    /// Draws a sheet; `at` tells it from the others.
    fn sheet(&self, drawn: &mut Worksheet, report: &Report, sheet: &Sheet, at: usize) -> Result<(), XlsxError> {
        drawn.set_tab_color(sheet.colour).set_default_row_height(ROW);
        drawn.write_string_with_format(0, 0, &sheet.title, &title())?;
        let about = format!("{} {}", report.title.get(self.lang), period(report.period).get(self.lang));
        drawn.write_string_with_format(1, 0, about, &text().set_font_color("#666666"))?;
        let widths = sheet.block.widths();
        for (column, wide) in (0..).zip(&widths) {
            drawn.set_column_width(column, *wide as f64 + 2.0)?;
        }
        let last = (widths.len().max(1) - 1) as u16;
        let after = self.block(drawn, &sheet.block, last, at)?;
        drawn.set_freeze_panes(HEADS + 1, 1)?.set_repeat_rows(HEADS, HEADS)?;
        // Else every code gets a mark that asks to make it a number.
        drawn.ignore_error_range(0, 0, after, last, IgnoreError::NumberStoredAsText)?;
        self.paper(drawn, report, &sheet.name, widths.iter().sum::<usize>() <= UPRIGHT);
        Ok(())
    }

    /// Writes heads and rows; returns the row after them.
    fn block(&self, sheet: &mut Worksheet, block: &Block, last: u16, at: usize) -> Result<u32, XlsxError> {
        let first = HEADS + 1;
        for (row, entries) in (first..).zip(&block.rows) {
            for (column, entry) in (0..).zip(entries) {
                put(sheet, row, column, entry, &lined())?;
            }
        }
        let names = block.names();
        let after = first + block.rows.len() as u32;
        if block.rows.is_empty() {
            sheet.write_string_with_format(first, 0, NONE.get(self.lang), &text())?;
        } else if block.filtered {
            let columns: Vec<TableColumn> = names.iter().map(|name| TableColumn::new().set_header(name)).collect();
            let name = format!("table_{at}");
            let filtered = Filtered::new().set_name(name).set_style(TableStyle::None).set_columns(&columns);
            sheet.add_table(HEADS, 0, after - 1, last, &filtered)?;
        }
        for (column, (head, name)) in (0..).zip(block.heads.iter().zip(&names)) {
            let align = if head.numeric { FormatAlign::Right } else { FormatAlign::Left };
            sheet.write_string_with_format(HEADS, column, name, &head_format().set_align(align))?;
        }
        Ok(after)
    }

    /// How a sheet is printed.
    fn paper(&self, sheet: &mut Worksheet, report: &Report, name: &str, upright: bool) {
        let about = format!("{} {}", report.title.get(self.lang), report.period);
        let escaped = |text: &str| first_units(&clean(text).replace('&', "&&"), 100).to_string();
        on_a4(sheet).set_margins(0.5, 0.5, 0.6, 0.7, 0.3, 0.3);
        if upright {
            sheet.set_portrait();
        } else {
            sheet.set_landscape();
        }
        // A blank before each: digits there would be read as a size.
        let page = words("Page &P", "第 &P 页").get(self.lang);
        sheet.set_footer(format!("&L&9 {}&C&9 {}&R&9 {page}", escaped(&about), escaped(name)));
    }
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, entry: &Entry, format: &Format) -> Result<(), XlsxError> {
    let format = format.clone();
    match entry {
        Entry::Blank => sheet.write_blank(row, column, &format)?,
        Entry::Text(text) => {
            let format = if is_long(text) { format.set_quote_prefix() } else { format.set_num_format(AS_TEXT) };
            sheet.write_string_with_format(row, column, text, &format.set_text_wrap())?
        }
        Entry::Number(number) => {
            sheet.write_number_with_format(row, column, number.value, &format.set_num_format(&number.format))?
        }
        Entry::Moment(moment, shape) => {
            sheet.write_datetime_with_format(row, column, moment, &format.set_num_format(*shape))?
        }
    };
    Ok(())
}

fn text() -> Format {
    Format::new().set_font_name(FONT).set_font_size(10.5)
}

fn title() -> Format {
    text().set_font_size(15).set_bold()
}

fn lined() -> Format {
    text()
        .set_border_bottom(FormatBorder::Thin)
        .set_border_bottom_color("#D5DAE0")
        .set_align(FormatAlign::VerticalCenter)
}

fn head_format() -> Format {
    text()
        .set_bold()
        .set_text_wrap()
        .set_background_color("#E9EEF5")
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::VerticalCenter)
}
