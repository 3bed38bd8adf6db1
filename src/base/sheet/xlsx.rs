//! The first visible sheet of an XLSX workbook, cell by cell, so that no workbook takes more memory than it holds text.

use std::io::{self, Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::{LARGEST, Sheet, Size, too_large};
use crate::base::problem::{Outcome, Place, Problem, all_or};
use crate::base::time::{Date, days_after};
use crate::base::words::Text;
use crate::tr;

/// Most bytes that a workbook may unpack to: a sheet of the most cells that are read, with its tags, takes about as much.
const LARGEST_UNPACKED: u64 = 4 * LARGEST;
/// Whole numbers from here on have 16 digits or more, of which Excel keeps 15.
const ROUNDED_FROM: f64 = 1e15;

pub(super) fn read(name: &str, bytes: &[u8]) -> Outcome<Sheet> {
    if unpacked(bytes).map_err(|error| broken(name, &error))? > LARGEST_UNPACKED {
        return Err(too_large(name).into());
    }
    let broken = |error: XlsxError| broken(name, &error);
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let shown = |s: &&calamine::Sheet| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible;
    let first = book.sheets_metadata().iter().find(shown).map(|s| s.name.clone());
    let mut sheet = Sheet { name: name.to_string(), ..Sheet::default() };
    let Some(first) = first else { return Ok(sheet) };
    let (mut size, mut problems) = (Size::default(), Vec::new());
    let mut cells = book.worksheet_cells_reader(&first).map_err(broken)?;
    let digits: Vec<usize> = cells.styles().iter().map(|style| padded(style).unwrap_or(0)).collect();
    while let Some((cell, style)) = cells.next_cell_with_style_id().map_err(broken)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        match text_of(cell.get_value(), digits.get(style).copied().unwrap_or(0)) {
            Ok(text) => {
                sheet.put(&mut size, row, column, text)?;
                if is_rounded(cell.get_value()) {
                    sheet.rounded.insert((row, column));
                }
            }
            Err(message) => problems.push(sheet.wrong(
                row,
                column,
                "sheet.error",
                message,
                tr!("mend or empty the cell and save the workbook again", "请修正或清空该单元格，重新保存工作簿"),
            )),
        }
    }
    all_or(problems)?;
    Ok(sheet)
}

/// How many bytes a workbook unpacks to, as far as that is still allowed; what its parts claim is not believed.
fn unpacked(bytes: &[u8]) -> Result<u64, zip::result::ZipError> {
    let mut parts = zip::ZipArchive::new(Cursor::new(bytes))?;
    let mut sum = 0;
    for at in 0..parts.len() {
        let rest = LARGEST_UNPACKED + 1 - sum;
        sum += io::copy(&mut parts.by_index(at)?.take(rest), &mut io::sink())?;
        if sum > LARGEST_UNPACKED {
            break;
        }
    }
    Ok(sum)
}

fn broken(name: &str, error: &dyn std::fmt::Display) -> Problem {
    Problem::new(
        "sheet.workbook",
        tr!("{name} can't be read as a workbook: {error}", "无法读取工作簿 {name}：{error}"),
        tr!(
            "open it, save it again as .xlsx, or save it as CSV UTF-8",
            "请打开后重新另存为 .xlsx，或另存为“CSV UTF-8”"
        ),
    )
    .at(Place::file(name))
}

/// How many digits a cell's format pads a whole number to: 5 for `00000`, as people format codes.
fn padded(style: &calamine::Style) -> Option<usize> {
    let code = &style.number_format.as_ref()?.format_code;
    (code.len() > 1 && code.bytes().all(|b| b == b'0')).then_some(code.len())
}

/// What a person sees in a cell; the error says why there is nothing to see.
fn text_of(value: &DataRef<'_>, digits: usize) -> Result<String, Text> {
    match value {
        DataRef::Empty => Ok(String::new()),
        DataRef::String(text) => Ok(lined(text)),
        DataRef::SharedString(text) => Ok(lined(text)),
        DataRef::Bool(yes) => Ok(yes.to_string()),
        DataRef::Int(whole) => Ok(format!("{whole:0digits$}")),
        DataRef::Float(number) if !number.is_finite() => Err(no_value(&number.to_string())),
        DataRef::Float(number) => Ok(format!("{:0>digits$}", plain(*number))),
        DataRef::DateTime(time) => moment(time).ok_or_else(|| no_value(&time.as_f64().to_string())),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            Ok(text.strip_suffix("T00:00:00").unwrap_or(text).replacen('T', " ", 1))
        }
        DataRef::Error(error) => Err(no_value(&error.to_string())),
    }
}

fn lined(text: &str) -> String {
    text.replace("\r\n", "\n").replace("_x000D_\n", "\n")
}

fn no_value(shown: &str) -> Text {
    tr!("the cell holds no value: {shown}", "单元格没有有效的值：{shown}")
}

fn is_rounded(value: &DataRef<'_>) -> bool {
    match value {
        DataRef::Float(number) => number.abs() >= ROUNDED_FROM,
        DataRef::Int(whole) => whole.unsigned_abs() >= ROUNDED_FROM as u64,
        _ => false,
    }
}

/// A number in plain digits, of which 15 count, as many as Excel keeps.
fn plain(number: f64) -> String {
    let scientific = format!("{:.14e}", number.abs());
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let digits = mantissa.replace('.', "");
    let digits = digits.trim_end_matches('0');
    let sign = if number < 0.0 && !digits.is_empty() { "-" } else { "" };
    let point = exponent.parse::<i32>().unwrap_or(0) + 1;
    let (whole, part) = match usize::try_from(point) {
        Ok(point) if point > 0 => {
            let (whole, part) = digits.split_at(point.min(digits.len()));
            (format!("{whole:0<point$}"), part.to_string())
        }
        _ => ("0".to_string(), format!("{}{digits}", "0".repeat(point.unsigned_abs() as usize))),
    };
    if part.trim_end_matches('0').is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") }
}

/// A day, a moment, a time of day or a span of hours, to the second; `None` for a number that is none of these.
fn moment(time: &ExcelDateTime) -> Option<String> {
    const DAY: u64 = 86_400;
    const LAST: f64 = 2_958_466.0;
    let value = time.as_f64();
    if !(0.0..LAST).contains(&value) {
        return None;
    }
    let clock = |seconds: u64| {
        let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        if seconds == 0 { format!("{hours:02}:{minutes:02}") } else { format!("{hours:02}:{minutes:02}:{seconds:02}") }
    };
    if time.is_duration() || value < 1.0 {
        return Some(clock((value * DAY as f64).round() as u64));
    }
    let (year, month, day, hours, minutes, seconds, milli) = time.to_ymd_hms_milli();
    let date = Date::from_ymd_opt(year.into(), month.into(), day.into())?;
    let seconds = u64::from(hours) * 3600 + u64::from(minutes) * 60 + u64::from(seconds) + u64::from(milli >= 500);
    let date = days_after(date, seconds / DAY);
    Some(match seconds % DAY {
        0 => date.to_string(),
        seconds => format!("{date} {}", clock(seconds)),
    })
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

    use super::*;
    use crate::base::field::Ty;
    use crate::base::sheet::read_sheet;

    fn saved(book: &mut Workbook) -> Outcome<Sheet> {
        read_sheet("a.xlsx", &book.save_to_buffer().unwrap(), None)
    }

    #[test]
    fn cells_read_as_people_see_them() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        let day = Format::new().set_num_format("yyyy-mm-dd");
        let minute = Format::new().set_num_format("yyyy-mm-dd hh:mm");
        let hours = Format::new().set_num_format("[h]:mm");
        sheet.write_string(0, 0, " 02885551234 ").unwrap();
        for (column, number) in [320.0, 320.5, 0.1 + 0.2, 1_234_567.89, -0.05, 0.0].into_iter().enumerate() {
            sheet.write_number(1, column as u16, number).unwrap();
        }
        let date = |text| ExcelDateTime::parse_from_str(text).unwrap();
        sheet.write_datetime_with_format(2, 0, date("2026-11-21"), &day).unwrap();
        sheet.write_datetime_with_format(2, 1, date("2026-11-21T10:10"), &minute).unwrap();
        sheet.write_datetime_with_format(2, 2, date("2026-11-21T23:59:59.9"), &minute).unwrap();
        sheet.write_number_with_format(2, 3, 26.5 / 24.0, &hours).unwrap();
        sheet.write_boolean(3, 0, true).unwrap();
        sheet.write_number_with_format(3, 1, 123, &Format::new().set_num_format("00000")).unwrap();
        sheet.write_formula(3, 2, rust_xlsxwriter::Formula::new("=1+2").set_result("3")).unwrap();
        sheet.merge_range(5, 1, 6, 2, "合计", &Format::new()).unwrap();
        let sheet = saved(&mut book).unwrap();
        assert_eq!(sheet.rows[0], ["02885551234"]);
        assert_eq!(sheet.rows[1], ["320", "320.5", "0.3", "1234567.89", "-0.05", "0"]);
        assert_eq!(sheet.rows[2], ["2026-11-21", "2026-11-21 10:10", "2026-11-22", "26:30"]);
        assert_eq!(sheet.rows[3], ["true", "00123", "3"]);
        assert_eq!(sheet.rows[4], [""; 0]);
        assert_eq!(sheet.rows[5], ["", "合计"]);
        assert_eq!(sheet.rows.len(), 6);
    }

    #[test]
    fn numbers_are_plain_and_of_fifteen_digits() {
        let cases = [
            (1e15, "1000000000000000"),
            (440_981_199_001_011_234.0, "440981199001011000"),
            (0.000_012_5, "0.0000125"),
            (99.999_999_999_999_999, "100"),
            (-12.5, "-12.5"),
            (-0.0, "0"),
        ];
        for (number, expect) in cases {
            assert_eq!(plain(number), expect);
        }
    }

    #[test]
    fn r3_numbers_that_excel_has_rounded_are_damaged_and_texts_are_not() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_number(0, 0, 440_981_199_001_011_234.0).unwrap();
        sheet.write_string(0, 1, "440981199001011234").unwrap();
        sheet.write_string(0, 2, "4.40981E+17").unwrap();
        sheet.write_number(0, 3, 138_000_011_112_345.0).unwrap();
        sheet.write_number(0, 4, 6_222_021_234_567_891.0).unwrap();
        let sheet = saved(&mut book).unwrap();
        assert_eq!(
            (0..6).map(|column| sheet.is_damaged(0, column)).collect::<Vec<_>>(),
            [true, false, true, false, true, false]
        );
        let damage = sheet.damage(0, 0, Ty::Text).unwrap();
        assert!(damage.message.en.starts_with("A1: ") && damage.help.en.contains("as text"));
    }

    #[test]
    fn the_first_sheet_that_is_shown_is_read() {
        let mut book = Workbook::new();
        book.add_worksheet().set_hidden(true).write_string(0, 0, "hidden").unwrap();
        book.add_worksheet().set_active(true).write_string(0, 0, "shown").unwrap();
        book.add_worksheet().write_string(0, 0, "second").unwrap();
        assert_eq!(saved(&mut book).unwrap().cell(0, 0), "shown");
    }

    #[test]
    fn cells_that_hold_errors_are_all_named() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_formula(6, 1, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
        sheet.write_formula(8, 2, rust_xlsxwriter::Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        let refused = saved(&mut book).unwrap_err();
        let said: Vec<&str> = refused.problems.iter().map(|p| p.message.en.as_str()).collect();
        assert_eq!(said, ["B7: the cell holds no value: #N/A", "C9: the cell holds no value: #DIV/0!"]);
    }

    #[test]
    fn a_sheet_that_is_too_wide_is_refused_at_its_cell() {
        let mut book = Workbook::new();
        book.add_worksheet().write_string(1_048_575, 16_383, "x").unwrap();
        let refused = saved(&mut book).unwrap_err();
        assert_eq!(refused.problems[0].code, "sheet.too-wide");
        assert!(refused.problems[0].message.en.starts_with("XFD1048576: "));
    }
}
