//! Reports as spreadsheets, read back by another library: numbers are numbers, days are days, codes are text, and the
//! same figures stand there as in the report for scripts.

mod common;
mod report;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::{Data, DataType, Range, Reader, Xlsx};
use common::Desk;
use cs::base::words::Lang;
use cs::show::report_xlsx::xlsx;
use report::{canvas, report};
use serde_json::Value;

/// The first row below the heads.
const FIRST: usize = 4;

type Sheets = BTreeMap<String, Range<Data>>;

fn opened(bytes: Vec<u8>) -> (Vec<String>, Sheets) {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let sheets = names.iter().map(|name| (name.clone(), book.worksheet_range(name).unwrap())).collect();
    (names, sheets)
}

fn made(lang: Lang) -> (Vec<String>, Sheets) {
    opened(xlsx(&report(), &canvas(lang)).unwrap())
}

fn at(sheet: &Range<Data>, row: usize, column: usize) -> Data {
    sheet.get_value((row as u32, column as u32)).cloned().unwrap_or_default()
}

fn text(data: &Data) -> String {
    data.get_string().unwrap_or_default().to_string()
}

/// A part of the file by its path.
fn part(bytes: &[u8], path: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(path).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn a_sheet_for_each_section_and_table_named_in_the_readers_language() {
    assert_eq!(
        made(Lang::Zh).0,
        ["报表", "一、总览", "一、按原因", "一、时限", "一、按月", "一、投诉明细", "二、空", "单号"]
    );
    let (names, sheets) = made(Lang::En);
    assert_eq!(names[..3], ["Report", "1. All", "1. By cause"]);
    assert_eq!(text(&at(&sheets["1. By cause"], 0, 0)), "1. All - By cause");
}

#[test]
fn r61_the_first_sheet_names_the_reports_own_input() {
    let (_, sheets) = made(Lang::En);
    let sheet = &sheets["Report"];
    let lines: BTreeMap<String, Data> = (2..9).map(|row| (text(&at(sheet, row, 0)), at(sheet, row, 1))).collect();
    assert_eq!(text(&lines["Period"]), "2026-11");
    assert_eq!(text(&lines["Department"]), "客服部 <1>");
    assert_eq!(text(&lines["Commit"]), "3f2a9c1d0b7e");
    assert_eq!(text(&lines["Uncommitted changes"]), "yes");
    let moment = |name: &str| match &lines[name] {
        Data::DateTime(moment) => moment.to_ymd_hms_milli(),
        other => panic!("{name} is no moment: {other}"),
    };
    assert_eq!(moment("From"), (2026, 11, 1, 0, 0, 0, 0));
    assert_eq!(moment("To"), (2026, 11, 30, 0, 0, 0, 0));
    assert_eq!(moment("As of"), (2026, 12, 1, 9, 0, 0, 0));
}

#[test]
fn figures_are_numbers_with_their_changes() {
    let (_, sheets) = made(Lang::En);
    let sheet = &sheets["1. All"];
    let row = |row: usize| (0..7).map(|column| at(sheet, FIRST + row, column)).collect::<Vec<Data>>();
    let float = |data: &Data| if *data == Data::Empty { None } else { Some(data.get_float().unwrap()) };
    let floats = |at: usize| row(at)[2..].iter().map(float).collect::<Vec<_>>();
    assert_eq!(text(&row(0)[0]), "Complaints");
    assert_eq!(floats(0), [Some(1234.0), Some(1000.0), Some(0.23), None, None]);
    assert_eq!(floats(1), [Some(1250.5), Some(0.0), None, Some(2501.0), Some(-0.5)]);
    assert_eq!(floats(2), [Some(0.955), Some(0.9), Some(5.5), None, None]);
    assert_eq!(floats(3), [None; 5]);
    assert_eq!(floats(4), [Some(3.0), Some(5.0), Some(-2.0), None, None]);
}

#[test]
fn codes_phones_numbers_and_formulas_are_text_and_days_are_days() {
    for lang in [Lang::En, Lang::Zh] {
        let (names, sheets) = made(lang);
        let sheet = &sheets[&names[5]];
        let cell = |row: usize, column: usize| at(sheet, FIRST + row, column);
        assert_eq!(cell(0, 0), Data::String("TS-261118-ZM-1".into()));
        for (row, code) in ["007", "1E5", "-1"].into_iter().enumerate() {
            assert_eq!(cell(row, 1), Data::String(code.into()));
            assert_eq!(cell(row, 2), Data::String("013800138000".into()));
        }
        assert!(matches!(cell(0, 3), Data::DateTime(day) if day.to_ymd_hms_milli() == (2026, 11, 18, 0, 0, 0, 0)));
        assert!(matches!(cell(0, 4), Data::DateTime(at) if at.to_ymd_hms_milli() == (2026, 11, 18, 10, 30, 0, 0)));
        assert_eq!((cell(0, 6), cell(0, 7), cell(1, 7)), (Data::Float(1.25), Data::Empty, Data::Float(3.0)));
        assert_eq!(cell(0, 8), Data::String("=1+1".into()), "no formula");
        let hostile = text(&cell(1, 8));
        assert!(hostile.contains("␛[31m<U+202E>乙␀"), "{hostile}");
    }
}

#[test]
fn heads_stay_in_sight_rows_are_filtered_and_a4_is_filled() {
    let bytes = xlsx(&report(), &canvas(Lang::Zh)).unwrap();
    for at in 2..=8 {
        let sheet = part(&bytes, &format!("xl/worksheets/sheet{at}.xml"));
        assert!(sheet.contains("ySplit=\"4\"") && sheet.contains("state=\"frozen\""), "{at}: {sheet}");
        assert!(sheet.contains("paperSize=\"9\"") && sheet.contains("<pageSetUpPr fitToPage=\"1\"/>"), "{at}");
    }
    for at in 1..=5 {
        assert!(part(&bytes, &format!("xl/tables/table{at}.xml")).contains("<autoFilter"));
    }
    let names = part(&bytes, "xl/workbook.xml");
    assert_eq!(names.matches("_xlnm.Print_Titles").count(), 7, "heads on every sheet of paper");
    let styles = part(&bytes, "xl/styles.xml");
    for format in ["0.0%", "\"yyyy-mm-dd hh:mm\"", "#,##0.00&quot; m³&quot;", "天"] {
        assert!(styles.contains(format), "{format} {styles}");
    }
}

#[test]
fn r60_the_same_report_gives_the_same_bytes() {
    let bytes = xlsx(&report(), &canvas(Lang::Zh)).unwrap();
    assert!(bytes == xlsx(&report(), &canvas(Lang::Zh)).unwrap());
    // Two made within a second would be the same anyhow.
    let properties = part(&bytes, "docProps/core.xml");
    assert_eq!(properties.matches("2000-01-01T00:00:00Z").count(), 2, "{properties}");
}

/// The sample department's month, as a spreadsheet and for scripts.
fn sampled(desk: &Desk) -> (PathBuf, Value) {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-sample");
    let run = |more: &[&str]| {
        let words =
            ["-C", sample.to_str().unwrap(), "--now", "2026-11-20 17:30", "--lang", "en", "report", "month", "2026-10"];
        desk.run(words.iter().chain(more).copied()).ok()
    };
    run(&["--format", "xlsx"]).prints(["Monthly report 2026-10.xlsx\n"]);
    (desk.home().join("Monthly report 2026-10.xlsx"), run(&["--json"]).json())
}

/// Columns of codes, and of what is a share in some tables and not in others.
const CODED: [&str; 6] = ["figure", "bound", "standing", "cost", "type", "cause"];
const SHARES: [&str; 7] = ["goal", "actual", "used", "on_time", "score", "share", "cumulated"];

/// Whether a cell is what a script reads.
fn same(found: &Data, told: &Value, unit: &str) -> bool {
    match (found, told.as_str()) {
        (Data::Empty, None) => true,
        (Data::Float(found), Some(told)) => {
            let told: f64 = told.parse().unwrap();
            let told = if unit == "percent" { told / 1000.0 * 10.0 } else { told };
            (found - told).abs() < 1e-9
        }
        (Data::DateTime(day), Some(told)) => {
            let (year, month, day, hour, minute, ..) = day.to_ymd_hms_milli();
            // A moment as it is on the department's wall, or a day.
            let date = format!("{year}-{month:02}-{day:02}");
            told == date || told.starts_with(&format!("{date}T{hour:02}:{minute:02}:"))
        }
        (Data::String(found), Some(told)) => found == told,
        _ => false,
    }
}

#[test]
fn r59_every_cell_is_that_of_the_report_and_every_figure_names_its_records() {
    let desk = Desk::nowhere();
    let (file, told) = sampled(&desk);
    let (names, sheets) = opened(fs::read(file).unwrap());
    let mut rest = names[1..].iter();
    let records = &sheets["Records"];
    let mut listed: BTreeMap<(String, String, String), BTreeSet<String>> = BTreeMap::new();
    for row in FIRST..records.height() + records.start().unwrap().0 as usize {
        let [section, table, name, number] = [0, 1, 2, 3].map(|column| text(&at(records, row, column)));
        assert!(listed.entry((section, table, name)).or_default().insert(number), "twice");
    }
    let mut sums = 0;
    for section in told["sections"].as_array().unwrap() {
        let figures = section["figures"].as_array().unwrap();
        let tables = section["tables"].as_array().unwrap();
        let title = |sheet: &Range<Data>| text(&at(sheet, 0, 0)).split(' ').skip(1).collect::<Vec<_>>().join(" ");
        if !figures.is_empty() || tables.len() != 1 {
            let sheet = &sheets[rest.next().unwrap()];
            for (row, figure) in figures.iter().enumerate() {
                let unit = figure["unit"].as_str().unwrap();
                // Goals have three columns of their own, where there are any.
                let goals = if figures.iter().any(|figure| !figure["goal"].is_null()) { 3 } else { 0 };
                for (column, key) in [(2, "value"), (3 + goals, "previous"), (5 + goals, "last_year")] {
                    let found = at(sheet, FIRST + row, column);
                    assert!(same(&found, &figure[key], unit), "{figure} {found:?}");
                }
                if goals > 0 {
                    let goal = figure["goal"].as_object().and_then(|goal| goal.values().next());
                    let found = at(sheet, FIRST + row, 3);
                    assert!(same(&found, goal.unwrap_or(&Value::Null), unit), "{figure} {found:?}");
                    let met = figure["met"].as_bool().map_or("", |met| if met { "met" } else { "missed" });
                    assert_eq!(text(&at(sheet, FIRST + row, 4)), met, "{figure}");
                    // A miss of a share is told in points.
                    let unit = if unit == "percent" { "points" } else { unit };
                    let found = at(sheet, FIRST + row, 5);
                    assert!(same(&found, &figure["miss"], unit), "{figure} {found:?}");
                }
                let name = text(&at(sheet, FIRST + row, 0));
                let behind: BTreeSet<String> =
                    figure["records"].as_array().unwrap().iter().map(|it| it.as_str().unwrap().to_string()).collect();
                let listed = listed.get(&(title(sheet), String::new(), name)).cloned().unwrap_or_default();
                assert_eq!(listed, behind, "{figure}");
            }
        }
        for table in tables {
            let sheet = &sheets[rest.next().unwrap()];
            let columns: Vec<&str> =
                table["columns"].as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect();
            for (row, cells) in table["rows"].as_array().unwrap().iter().enumerate() {
                for (column, cell) in cells.as_array().unwrap().iter().enumerate() {
                    let found = at(sheet, FIRST + row, column);
                    let is_rate = ["_rate", "_in_time"].iter().any(|end| columns[column].ends_with(end));
                    let unit = if is_rate { "percent" } else { "" };
                    // Codes are words for people, and goals of several units stand in one column.
                    let worded = CODED.contains(&columns[column]) && matches!(found, Data::String(_));
                    let share = SHARES.contains(&columns[column]) && same(&found, cell, "percent");
                    assert!(worded || share || same(&found, cell, unit), "{columns:?} {column} {cell} {found:?}");
                }
            }
            // What a spreadsheet sums is what the report says.
            if table["name"] == "by_customer" {
                for key in ["taken", "amount", "paid"] {
                    let column = columns.iter().position(|column| *column == key).unwrap();
                    let rows = table["rows"].as_array().unwrap().len();
                    let sum: f64 = (0..rows).map(|row| at(sheet, FIRST + row, column).get_float().unwrap()).sum();
                    let figure = figures.iter().find(|figure| figure["key"] == key).unwrap();
                    assert!((sum - figure["value"].as_str().unwrap().parse::<f64>().unwrap()).abs() < 1e-6, "{key}");
                    sums += 1;
                }
            }
        }
    }
    assert_eq!(rest.collect::<Vec<_>>(), ["Records"]);
    assert_eq!(sums, 3);
}

/// Where Python has openpyxl, one more stranger reads it.
#[test]
fn another_library_reads_numbers_days_and_text() {
    let desk = Desk::nowhere();
    let (file, _) = sampled(&desk);
    let script = "import sys, openpyxl\nbook = openpyxl.load_workbook(sys.argv[1])\n\
        sheet = book['1. By customer']\n\
        print(type(sheet['A5'].value).__name__, type(sheet['C5'].value).__name__, type(sheet['E5'].value).__name__)\n\
        print(sheet['E5'].number_format, sheet.freeze_panes, len(sheet.tables), [book[name] for name in book.sheetnames if name.endswith('Trend')][0]['B5'].is_date)";
    let Ok(out) = Command::new("python3").arg("-c").arg(script).arg(&file).output() else { return };
    let wrong = String::from_utf8_lossy(&out.stderr);
    if wrong.contains("No module named") {
        return;
    }
    let said = String::from_utf8_lossy(&out.stdout);
    assert!(said.starts_with("str int ") && said.ends_with("#,##0.00 B5 1 True\n"), "{said}{wrong}");
}
