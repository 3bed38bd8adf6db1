//! A paper form as a spreadsheet, read back cell by cell: nothing lost, numbers are numbers and phones are text.

mod paper;

use std::io::Cursor;
use std::time::Duration;

use calamine::{Data, DataType, Dimensions, Reader, Xlsx};
use cs::base::page::{Content, Page, PageRow, Role};
use cs::base::words::Lang;
use cs::show::page_xlsx::xlsx;
use paper::*;

fn opened(pages: &[Page]) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(xlsx(pages, Lang::Zh).unwrap())).unwrap()
}

/// The cell at a place, and the area that it is merged over.
struct Sheet {
    cells: calamine::Range<Data>,
    merged: Vec<Dimensions>,
}

impl Sheet {
    fn of(page: Page) -> Sheet {
        let mut book = opened(std::slice::from_ref(&page));
        let name = book.sheet_names()[0].clone();
        let merged = book.merge_cells_by_sheet_name(&name).unwrap();
        Sheet { cells: book.worksheet_range(&name).unwrap(), merged }
    }

    fn at(&self, row: usize, column: usize) -> Data {
        self.cells.get_value((row as u32, column as u32)).cloned().unwrap_or_default()
    }

    /// The last row and column of what is merged from a place on; the place itself where nothing is.
    fn end(&self, row: usize, column: usize) -> (u32, u32) {
        let start = (row as u32, column as u32);
        self.merged.iter().find(|it| it.start == start).map_or(start, |it| it.end)
    }
}

/// A page of one block with these rows, 12 columns wide.
fn page_of(rows: Vec<PageRow>) -> Page {
    Page { name: "x".into(), columns: 12, blocks: vec![block(rows)] }
}

/// A cell that holds a day.
fn date(found: &Data) -> Option<String> {
    let Data::DateTime(moment) = found else { return None };
    let (year, month, day, ..) = moment.to_ymd_hms_milli();
    Some(format!("{year}-{month:02}-{day:02}"))
}

fn same(found: &Data, content: &Content) -> bool {
    match content {
        Content::Empty => *found == Data::Empty,
        Content::Text(text) => found.get_string() == Some(text),
        Content::Date(day) => date(found) == Some(day.to_string()),
        Content::Whole(whole) => found.get_float() == Some(*whole as f64),
        Content::Measure(measure) => found.get_float() == measure.to_string().parse().ok(),
        Content::Money(money) => found.get_float() == money.to_string().parse().ok(),
    }
}

#[test]
fn every_cell_stands_where_the_page_says_as_what_it_is_merged_over_its_span() {
    for page in [repair(), order(60), receipt(), blank()] {
        let sheet = Sheet::of(page.clone());
        for placed in page.placed() {
            let found = sheet.at(placed.row, placed.column);
            assert!(same(&found, &placed.cell.content), "{} {placed:?}: {found:?}", page.name);
            let last = placed.column + usize::from(placed.cell.span) - 1;
            assert_eq!(sheet.end(placed.row, placed.column), (placed.row as u32, last as u32), "{placed:?}");
        }
    }
}

#[test]
fn what_only_looks_like_a_number_or_a_formula_stays_text() {
    let texts = ["013800001234", "007", "510104199001011234", "=1+1", "+86 138", "-5", "@x", "1e3", "_x0041_", "a\nb"];
    let sheet = Sheet::of(page_of(texts.map(|it| row(vec![value(12, text(it))])).into()));
    for (at, expect) in texts.iter().enumerate() {
        assert_eq!(sheet.at(at, 0), Data::String(expect.to_string()));
    }
}

#[test]
fn a_number_that_a_spreadsheet_would_round_and_a_day_that_it_does_not_know_are_text() {
    let contents = [
        (Content::Whole(999_999_999_999_999), Data::Float(999_999_999_999_999.0)),
        (Content::Whole(1_000_000_000_000_001), Data::String("1,000,000,000,000,001".into())),
        (money("999999999999.99"), Data::Float(999_999_999_999.99)),
        (day("1850-01-02"), Data::String("1850-01-02".into())),
        (day("1900-02-01"), Data::String("1900-02-01".into())),
    ];
    let sheet = Sheet::of(page_of(contents.iter().map(|(it, _)| row(vec![value(12, it.clone())])).collect()));
    for (at, (_, expect)) in contents.iter().enumerate() {
        assert_eq!(sheet.at(at, 0), *expect);
    }
}

#[test]
fn what_a_reader_could_not_see_is_made_visible() {
    let sheet = Sheet::of(page_of(vec![row(vec![value(12, text("甲\u{202e}乙\u{1b}\u{ffff}\r\n丙"))])]));
    assert_eq!(sheet.at(0, 0), Data::String("甲<U+202E>乙␛<U+FFFF>\n丙".into()));
}

#[test]
fn a_text_higher_than_a_row_can_be_takes_several_and_nothing_is_cut() {
    let long = "很长的故障描述，".repeat(1_200);
    let sheet =
        Sheet::of(page_of(vec![row(vec![label(2, "描述"), value(10, text(&long))]), row(vec![label(12, "下一行")])]));
    assert_eq!(sheet.at(0, 2), Data::String(long.clone()));
    let (last, column) = sheet.end(0, 2);
    assert!(last > 3 && column == 11, "{last} {column}");
    assert_eq!(sheet.end(0, 0), (last, 1), "the label beside it goes along");
    assert_eq!(sheet.at(last as usize + 1, 0), Data::String("下一行".into()));

    let failure = xlsx(&[page_of(vec![row(vec![value(12, text(&long.repeat(4)))])])], Lang::Zh).unwrap_err();
    assert_eq!(failure.problems[0].code, "xlsx");
}

#[test]
fn one_sheet_a_form_by_its_name() {
    let book = opened(&[repair(), order(3), order(3)]);
    assert_eq!(book.sheet_names(), ["WX-261121-YX-1", "DD-261121-YX-1", "DD-261121-YX-1 (2)"]);
}

#[test]
fn the_same_forms_make_the_same_bytes_r60() {
    let made = || xlsx(&[repair(), order(60), receipt(), blank()], Lang::Zh).unwrap();
    let first = made();
    // A workbook tells in seconds when it was made.
    std::thread::sleep(Duration::from_millis(1_100));
    assert!(first == made());
}

#[test]
fn a_wide_grid_and_one_of_a_single_column_are_drawn() {
    for columns in [1, 24, 200] {
        let cells = (0..columns).map(|_| cell(1, Role::Value, Content::Whole(7))).collect();
        let page = Page { name: "x".into(), columns, blocks: vec![block(vec![row(cells)])] };
        let sheet = Sheet::of(page);
        assert_eq!(sheet.at(0, usize::from(columns) - 1), Data::Float(7.0));
        assert!(sheet.merged.is_empty());
    }
}

#[test]
fn heads_of_the_lines_are_repeated_where_they_go_on_on_another_sheet_of_paper() {
    let book = opened(&[order(60), repair()]);
    let titles: Vec<_> = book.defined_names().iter().filter(|(name, _)| name.ends_with("Print_Titles")).collect();
    assert_eq!(titles.len(), 1, "{:?}", book.defined_names());
    assert_eq!(titles[0].1, "'DD-261121-YX-1'!$5:$5");
}
