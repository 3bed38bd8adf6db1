//! A report as a spreadsheet: a first sheet that says what it is and where it comes from, for each section a sheet with
//! its figures and one for each of its tables, and at last the records behind every figure and row (R59).
//!
//! Each table has a sheet of its own because heads that stay in sight, widths of columns and filters are those of one
//! table; the sheets of a section follow each other, begin with its ordinal and have one colour.
//!
//! Amounts are numbers and days are days, each with its number format; codes, phones and record numbers are text.

use rust_decimal::Decimal;
use rust_xlsxwriter::{
    ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Table as Filtered, TableColumn, TableStyle,
    Workbook, Worksheet, XlsxError,
};

use super::amount::{Change, change};
use super::clean::clean;
use super::page_wrap::width;
use super::report::{behind, ordinal, period};
use super::table::cell;
use super::workbook::{self, AS_DAY, AS_MONEY, AS_TEXT, AS_WHOLE, FONT, as_measured, day, first_units, is_long, on_a4};
use super::{Canvas, NONE};
use crate::base::number::Number;
use crate::base::problem::Outcome;
use crate::base::table::{Amount, Cell, Row, Table};
use crate::base::time::{Time, Zone};
use crate::base::words::{Lang, Words, words};
use crate::reports::model::{Figure, Report, Section};

/// The widest column, and the widest that a head alone makes it, in half-wide characters.
const WIDEST: usize = 46;
const WIDEST_HEAD: usize = 12;
/// Wider sheets are printed sideways, in half-wide characters.
const UPRIGHT: usize = 100;
/// How high a row of one line is, in points.
const ROW: f64 = 18.0;
/// The row of the heads, below the sheet's title.
const HEADS: u32 = 3;
/// Rows of records on one sheet; a spreadsheet holds a few more.
const MOST_ROWS: usize = 1_000_000;

/// The colours of two sections that follow each other, and of the records.
const COLOURS: [&str; 2] = ["#2F6FB3", "#E08A2C"];
const GREY: &str = "#8B949E";

const SUMMARY: Words = words("Report", "报表");
const RECORDS: Words = words("Records", "单号");

/// The report as a workbook in bytes; the same report always makes the same bytes (R60). Width and colour of the canvas
/// do not matter.
///
/// # Errors
/// `xlsx` where a table is larger than a spreadsheet, or a text longer than its cells hold.
pub fn xlsx(report: &Report, canvas: &Canvas) -> Outcome<Vec<u8>> {
    let draw = Draw { lang: canvas.lang, zone: canvas.zone };
    draw.workbook(report).map_err(workbook::failure)
}

/// What is written into a cell.
enum Entry {
    Blank,
    Text(String),
    Number(Figured),
    /// With its number format.
    Moment(ExcelDateTime, &'static str),
}

/// A number as a spreadsheet holds and shows it.
struct Figured {
    value: f64,
    format: String,
    /// How wide it is drawn, in half-wide characters.
    width: usize,
}

impl Entry {
    fn text(text: impl AsRef<str>) -> Entry {
        let text = clean(text.as_ref());
        if text.is_empty() { Entry::Blank } else { Entry::Text(text.into_owned()) }
    }

    /// How wide it is drawn, in half-wide characters.
    fn width(&self) -> usize {
        match self {
            Entry::Blank => 0,
            Entry::Text(text) => width(text),
            Entry::Number(number) => number.width,
            Entry::Moment(_, format) => format.len(),
        }
    }
}

/// Heads and rows.
struct Block {
    heads: Vec<Head>,
    rows: Vec<Vec<Entry>>,
    /// Whether rows are worth picking from.
    filtered: bool,
}

struct Head {
    name: String,
    numeric: bool,
}

/// A sheet to be drawn.
struct Sheet {
    name: String,
    title: String,
    /// The colour of its name.
    colour: &'static str,
    block: Block,
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
        let mut sheets = self.sections(report);
        sheets.extend(self.records(report));
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
        let heads = heads.map(|(name, numeric)| Head { name: self.word(name), numeric }).into();
        let rows = section.figures.iter().map(|figure| self.figure(figure)).collect();
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

    fn entry(&self, value: &Cell) -> Entry {
        let written = match value {
            Cell::Empty => Some(Entry::Blank),
            Cell::Amount(amount) => Some(self.amount(*amount)),
            Cell::Date(date) => day(*date).map(|day| Entry::Moment(day, AS_DAY)),
            Cell::Time(time) => self.moment(*time),
            Cell::Words(_) | Cell::Coded(..) | Cell::Text(_) | Cell::Number(_) => None,
        };
        written.unwrap_or_else(|| Entry::text(cell(value, self.lang, self.zone)))
    }

    fn moment(&self, time: Time) -> Option<Entry> {
        use chrono::Timelike;
        let wall = self.zone.wall(time);
        let (hour, minute) = (u16::try_from(wall.hour()).ok()?, u8::try_from(wall.minute()).ok()?);
        let moment = day(wall.date())?.and_hms(hour, minute, 0).ok()?;
        Some(Entry::Moment(moment, "yyyy-mm-dd hh:mm"))
    }

    /// An amount as a number; as text where a spreadsheet would lose digits.
    fn amount(&self, amount: Amount) -> Entry {
        let digits = amount.digits();
        let (value, format) = match amount {
            Amount::Count(_) => (workbook::number(&digits), AS_WHOLE.to_string()),
            Amount::Money(_) => (workbook::number(&digits), AS_MONEY.to_string()),
            Amount::PerHundred(_) => (workbook::number(&digits), "0.00".to_string()),
            // A spreadsheet's percents are parts of one.
            Amount::Permille(tenths) => (Some(tenths as f64 / 1000.0), "0.0%".to_string()),
            Amount::Volume(_) => (workbook::number(&digits), as_measured(&digits)),
            Amount::Days(_) | Amount::Months(_) => (workbook::number(&digits), AS_WHOLE.to_string()),
        };
        let unit = match amount {
            Amount::Count(_) | Amount::Money(_) | Amount::PerHundred(_) | Amount::Permille(_) => String::new(),
            Amount::Volume(_) | Amount::Days(_) | Amount::Months(_) => self.suffix(amount.unit()),
        };
        let width = width(&super::amount::amount(amount, self.lang)) + 1;
        let figured = |value| Entry::Number(Figured { value, format: format + &unit, width });
        value.map_or_else(|| Entry::text(&digits), figured)
    }

    /// A unit as part of a number format: beside Chinese units there is no blank.
    fn suffix(&self, key: &str) -> String {
        let unit = unit(key).get(self.lang);
        let blank = if unit.starts_with(|c: char| c.is_ascii()) { " " } else { "" };
        format!("\"{blank}{unit}\"")
    }

    /// A change as a number that shows its sign.
    fn change(&self, change: Change) -> Entry {
        let signed = |format: &str| format!("+{format};-{format};{format}");
        let (value, format) = match change {
            Change::Percent(percent) => {
                let places = if percent.abs() < Decimal::TEN { "0.0%" } else { "#,##0%" };
                (percent / Decimal::ONE_HUNDRED, places.to_string())
            }
            Change::Points(points) => (points, format!("0.0{}", self.suffix("points"))),
            Change::Days(days) => (days, format!("0{}", self.suffix("days"))),
            Change::Months(months) => (months, format!("0{}", self.suffix("months"))),
        };
        let width = width(change.text().get(self.lang)) + 1;
        let figured = |value| Entry::Number(Figured { value, format: signed(&format), width });
        value.normalize().to_string().parse().map_or(Entry::Blank, figured)
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

    /// The first sheet: what the report is, its own input (R61), and what stands where.
    fn summary(&self, book: &mut Workbook, report: &Report, names: &[String]) -> Result<(), XlsxError> {
        let sheet = book.add_worksheet();
        sheet.set_name(&names[0])?;
        sheet.set_column_width(0, 22)?.set_column_width(1, 52)?;
        sheet.write_string_with_format(0, 0, report.title.get(self.lang), &title())?;
        let input = &report.input;
        let commit = input.commit.as_deref().map_or(self.word(words("no git", "无 git 提交")), str::to_string);
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
        let widths = widths(&sheet.block);
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
        let names = heads(block);
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

/// The heads of a block, each another, as a filter asks.
fn heads(block: &Block) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for head in &block.heads {
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

/// How wide each column must be.
fn widths(block: &Block) -> Vec<usize> {
    let wide = |(at, head): (usize, &Head)| {
        let rows = block.rows.iter().filter_map(|row| row.get(at)).map(Entry::width).max().unwrap_or(0);
        // The mark of the filter stands beside the head.
        let head = width(&head.name).min(WIDEST_HEAD) + if block.filtered { 3 } else { 0 };
        rows.max(head).clamp(4, WIDEST)
    };
    block.heads.iter().enumerate().map(wide).collect()
}

/// The words for a unit's stable key.
fn unit(key: &str) -> Words {
    match key {
        "money" => words("money", "金额"),
        "m3" => words("m³", "m³"),
        "percent" => words("%", "%"),
        "points" => words("pt", "个百分点"),
        "days" => words("days", "天"),
        "months" => words("months", "个月"),
        "per_100" => words("per 100", "每百件"),
        _ => words("count", "数量"),
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
