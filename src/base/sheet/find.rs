//! The table in a sheet: its heading row found by the names of its columns, its data rows to the end.

use super::Sheet;
use crate::base::problem::{Outcome, Place, Problem, all_or};
use crate::tr;

/// A column that somebody looks for.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'w> {
    /// Its key, as `--column KEY=HEADING` takes it.
    pub key: &'w str,
    /// What it may be called, in any letter case and width, with or without blanks and a unit in brackets. The key
    /// itself needs no mention.
    pub names: &'w [&'w str],
    /// Whether there is no table without it.
    pub required: bool,
}

/// A table found in a sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The heading row.
    pub heading: usize,
    /// For each wanted column, in their order, the sheet's column.
    pub columns: Vec<Option<usize>>,
    /// Columns that hold a heading or data and that nobody wanted.
    pub others: Vec<usize>,
    /// The data rows, which follow each other.
    pub rows: std::ops::Range<usize>,
    /// The row of the total that ends the table, if one does.
    pub total: Option<usize>,
}

/// What the first cell of a row with a total is called.
const TOTALS: &[&str] = &[
    "合计",
    "总计",
    "小计",
    "共计",
    "总合计",
    "本页小计",
    "本月合计",
    "合计金额",
    "total",
    "subtotal",
    "grandtotal",
    "sum",
];

/// How far down a heading row is looked for.
const HEADING_WITHIN: usize = 200;

/// Finds the table with these columns: its heading row is the first of the sheet's first 200 rows in which all required
/// ones are found. Its rows go on until a blank row or a row of a total. `mapped` holds what the user said of columns:
/// key and heading.
///
/// # Errors
/// `table.column` for a mapped key that nobody wants, `table.heading` where no row holds all required headings,
/// `table.doubled` where two columns have one name, `table.goes-on` where more data follow after the end, which
/// nobody would read.
pub fn find_table(sheet: &Sheet, wanted: &[Wanted<'_>], mapped: &[(String, String)]) -> Outcome<Found> {
    known(wanted, mapped)?;
    let fits = |row: usize| -> Vec<Vec<usize>> { wanted.iter().map(|w| columns_of(sheet, row, w, mapped)).collect() };
    let all_there = |found: &[Vec<usize>]| wanted.iter().zip(found).all(|(w, at)| !at.is_empty() || !needed(w, mapped));
    let heads = (0..sheet.rows.len().min(HEADING_WITHIN)).map(|row| (row, fits(row)));
    let some_there = |found: &[Vec<usize>]| found.iter().any(|at| !at.is_empty());
    let Some((heading, found)) = heads.into_iter().find(|(_, found)| all_there(found) && some_there(found)) else {
        return Err(no_heading(sheet, wanted, mapped, fits).into());
    };
    all_or(doubled(sheet, heading, wanted, &found))?;
    let columns: Vec<Option<usize>> = found.iter().map(|at| at.first().copied()).collect();
    let blank = |row: usize| sheet.rows[row].is_empty();
    let first = heading + 1;
    let end = (first..sheet.rows.len()).find(|row| blank(*row) || is_total(sheet, *row)).unwrap_or(sheet.rows.len());
    let total = (end < sheet.rows.len() && !blank(end)).then_some(end);
    let full = |row: &usize| {
        let mut required = wanted.iter().zip(&columns).filter(|(w, _)| w.required).filter_map(|(_, column)| *column);
        !blank(*row) && !is_total(sheet, *row) && required.all(|column| !sheet.cell(*row, column).is_empty())
    };
    if let Some(row) = (end..sheet.rows.len()).find(full) {
        return Err(goes_on(sheet, row, end).into());
    }
    let width = sheet.rows[heading..end].iter().map(Vec::len).max().unwrap_or(0);
    let filled = |column: &usize| (heading..end).any(|row| !sheet.cell(row, *column).is_empty());
    let others = (0..width).filter(|column| !columns.contains(&Some(*column))).filter(filled).collect();
    Ok(Found { heading, columns, others, rows: first..end, total })
}

/// A column must be found when the table needs it or the user has named it.
fn needed(wanted: &Wanted<'_>, mapped: &[(String, String)]) -> bool {
    wanted.required || mapped.iter().any(|(key, _)| key == wanted.key)
}

/// The columns of a row that may be the wanted one: those of its whole name before those with a unit in brackets.
/// A heading that the user has given to one key is nobody else's.
fn columns_of(sheet: &Sheet, row: usize, wanted: &Wanted<'_>, mapped: &[(String, String)]) -> Vec<usize> {
    let by_hand: Vec<&str> =
        mapped.iter().filter(|(key, _)| key == wanted.key).map(|(_, heading)| heading.as_str()).collect();
    let given: Vec<String> = mapped.iter().map(|(_, heading)| plain(heading)).collect();
    let free = |cell: &str| !by_hand.is_empty() || !given.contains(&plain(cell));
    let names = if by_hand.is_empty() { [&[wanted.key], wanted.names].concat() } else { by_hand.clone() };
    let names: Vec<String> = names.iter().map(|name| plain(name)).collect();
    let cells = &sheet.rows[row];
    let columns = |name_of: &dyn Fn(&str) -> String| -> Vec<usize> {
        let fits = |cell: &str| !cell.is_empty() && free(cell) && names.contains(&name_of(cell));
        (0..cells.len()).filter(|at| fits(&cells[*at])).collect()
    };
    let whole = columns(&plain);
    if whole.is_empty() { columns(&|cell| without_unit(&plain(cell)).to_string()) } else { whole }
}

/// A heading as it is compared: lower case, half width, without blanks.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '！'..='～' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
            _ => c,
        })
        .filter(|c| !c.is_whitespace())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A plain heading without its star, its colon and its unit: `运费(元)*`.
fn without_unit(plain: &str) -> &str {
    let bare = plain.trim_matches(['*', ':']);
    match bare.strip_suffix(')').and_then(|inner| inner.rfind('(')) {
        Some(open) if open > 0 => &bare[..open],
        _ => bare,
    }
}

fn is_total(sheet: &Sheet, row: usize) -> bool {
    let first = sheet.rows[row].iter().find(|cell| !cell.is_empty());
    first.is_some_and(|cell| TOTALS.contains(&without_unit(&plain(cell))))
}

fn known(wanted: &[Wanted<'_>], mapped: &[(String, String)]) -> Outcome {
    let keys = wanted.iter().map(|w| w.key).collect::<Vec<_>>().join(", ");
    let unknown = mapped.iter().filter(|(key, _)| wanted.iter().all(|w| w.key != key));
    let problem = |(key, _): &(String, String)| {
        Problem::new(
            "table.column",
            tr!("there is no column {key}", "没有 {key} 这一列"),
            tr!("one of: {keys}", "可选：{keys}"),
        )
    };
    all_or(unknown.map(problem).collect())
}

/// Says which headings were found in the row that comes nearest, and which are missing.
fn no_heading(
    sheet: &Sheet,
    wanted: &[Wanted<'_>],
    mapped: &[(String, String)],
    fits: impl Fn(usize) -> Vec<Vec<usize>>,
) -> Problem {
    let filled = (0..sheet.rows.len().min(HEADING_WITHIN)).filter(|row| !sheet.rows[*row].is_empty());
    let count = |row: usize| fits(row).iter().filter(|at| !at.is_empty()).count();
    // The first of several rows that come equally near.
    let nearest = filled.rev().max_by_key(|row| count(*row));
    let found = nearest.map(&fits).unwrap_or_default();
    let is_there = |at: usize| found.get(at).is_some_and(|columns| !columns.is_empty());
    let missing: Vec<&Wanted<'_>> =
        wanted.iter().enumerate().filter(|(at, w)| needed(w, mapped) && !is_there(*at)).map(|(_, w)| w).collect();
    let names = |w: &&Wanted<'_>| match mapped.iter().find(|(key, _)| key == w.key) {
        Some((_, heading)) => heading.clone(),
        None => format!("{} ({})", w.key, w.names.join(", ")),
    };
    let missing_names = missing.iter().map(names).collect::<Vec<_>>().join("; ");
    let key = missing.first().or(wanted.first().as_ref()).map_or("", |w| w.key).to_string();
    let help = tr!("name the column by its heading: --column {key}=HEADING", "请用表头指明该列：--column {key}=表头");
    let Some(row) = nearest else {
        let message = tr!("the sheet is empty; wanted: {missing_names}", "表格是空的；需要的列：{missing_names}");
        let help =
            tr!("put the table on the first sheet and save the file again", "请把表格放在第一个工作表，重新保存文件");
        return Problem::new("table.heading", message, help).at(Place::file(&sheet.name));
    };
    let headings = sheet.rows[row].iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>().join(", ");
    let line = row + 1;
    let message = tr!(
        "no row holds all headings; missing: {missing_names}; row {line} holds: {headings}",
        "没有找到完整的表头行；缺少：{missing_names}；第 {line} 行有：{headings}"
    );
    Problem::new("table.heading", message, help).at(Place::file(&sheet.name))
}

fn doubled(sheet: &Sheet, heading: usize, wanted: &[Wanted<'_>], found: &[Vec<usize>]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (w, at) in wanted.iter().zip(found) {
        let key = w.key;
        if let [first, second, ..] = at[..] {
            let first = sheet.at(heading, first);
            problems.push(sheet.wrong(
                heading,
                second,
                "table.doubled",
                tr!("a second column for {key}; the first is {first}", "{key} 有两列，第一列是 {first}"),
                tr!(
                    "say which is meant, --column {key}=HEADING, or rename the other one",
                    "请指明用哪一列：--column {key}=表头，或给另一列改名"
                ),
            ));
        }
    }
    problems
}

fn goes_on(sheet: &Sheet, row: usize, end: usize) -> Problem {
    let line = end + 1;
    sheet.wrong(
        row,
        0,
        "table.goes-on",
        tr!("the table ended at row {line}, but more data follow", "表格在第 {line} 行已结束，其后还有数据"),
        tr!(
            "take out the blank row or subtotal between them, or what follows the table",
            "请删除中间的空行或小计行，或删除表格之后的内容"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::super::read_sheet;
    use super::*;

    const WANTED: &[Wanted<'static>] = &[
        Wanted { key: "waybill", names: &["Waybill no", "运单号", "单号"], required: true },
        Wanted { key: "amount", names: &["Amount", "运费", "金额"], required: true },
        Wanted { key: "note", names: &["Note", "备注"], required: false },
    ];

    fn sheet(text: &str) -> Sheet {
        read_sheet("a.csv", text.as_bytes(), None).unwrap()
    }

    fn found(text: &str) -> Found {
        find_table(&sheet(text), WANTED, &[]).unwrap()
    }

    fn refused(text: &str, mapped: &[(&str, &str)]) -> Vec<(&'static str, String)> {
        let mapped: Vec<_> = mapped.iter().map(|(k, h)| (k.to_string(), h.to_string())).collect();
        let problems = find_table(&sheet(text), WANTED, &mapped).unwrap_err().problems;
        problems.into_iter().map(|p| (p.code, format!("{} | {}", p.message.en, p.help.en))).collect()
    }

    #[test]
    fn a_table_is_found_under_a_title_by_any_of_its_names() {
        let expect =
            Found { heading: 2, columns: vec![Some(1), Some(3), None], others: vec![0, 2], rows: 3..5, total: Some(5) };
        let text =
            "顺达物流11月对账单,,,\n,,,\n序号,运 单 号,日期,运费（元）*\n1,A1,11-1,320\n2,A2,11-2,80\n合计：,,,400\n";
        assert_eq!(found(text), expect);
        assert_eq!(found("WAYBILL　ＮＯ,amount\nA,1\n").columns, [Some(0), Some(1), None]);
        assert_eq!(found("waybill,amount,note\n").rows, 1..1);
    }

    #[test]
    fn a_whole_name_goes_before_one_with_a_unit() {
        assert_eq!(found("单号,运费（含税）,运费\nA,1,2\n").columns[1], Some(2));
    }

    #[test]
    fn a_column_under_no_heading_is_another_column() {
        assert_eq!(found("单号,,金额,\nA,x,2\n").others, [1]);
    }

    #[test]
    fn rows_end_at_a_blank_one_and_signatures_may_follow() {
        let found = found("单号,金额\nA,1\nB,2\n\n制表人：张三,\n");
        assert_eq!((found.rows, found.total), (1..3, None));
    }

    #[test]
    fn data_that_nobody_would_read_are_told() {
        for text in ["单号,金额\nA,1\n\nB,2\n", "单号,金额\nA,1\n小计,1\nB,2\n合计,3\n"] {
            let said = refused(text, &[]);
            assert_eq!(said[0].0, "table.goes-on");
            assert!(said[0].1.starts_with("A4: the table ended at row 3"), "{}", said[0].1);
        }
    }

    #[test]
    fn a_missing_heading_says_what_was_found_and_how_to_name_it() {
        let said = refused("对账单\n单号,价格,备注\nA,1,x\n", &[]);
        assert_eq!(said[0].0, "table.heading");
        assert!(said[0].1.contains("amount (Amount, 运费, 金额); row 2 holds: 单号, 价格, 备注"), "{}", said[0].1);
        assert!(said[0].1.contains("--column amount=HEADING"));
        assert_eq!(refused("", &[])[0].0, "table.heading");
        assert!(refused("单号,金额\n", &[("amount", "总额")])[0].1.contains("总额"));
    }

    #[test]
    fn columns_may_be_named_by_hand_and_only_known_ones() {
        let mapped = [("amount".to_string(), "价格".to_string()), ("note".to_string(), "金额".to_string())];
        let found = find_table(&sheet("单号,价格,金额\nA,1,2\n"), WANTED, &mapped).unwrap();
        assert_eq!(found.columns, [Some(0), Some(1), Some(2)]);
        // A heading given to one key answers for no other.
        assert_eq!(refused("单号,金额\nA,1\n", &[("note", "金额")])[0].0, "table.heading");
        assert_eq!(refused("单号,金额\n", &[("cost", "金额")])[0].0, "table.column");
    }

    #[test]
    fn two_columns_of_one_name_are_told() {
        let said = refused("单号,运费,金额\nA,1,2\n", &[]);
        assert_eq!(said[0].0, "table.doubled");
        assert!(said[0].1.starts_with("C1: a second column for amount; the first is B1"));
    }
}
