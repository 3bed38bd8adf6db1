//! The lines of a form from a spreadsheet that somebody else made, as agencies send their quotes.

use clap::ArgMatches;

use crate::base::field::{Field, Fields, Need, Ty};
use crate::base::money::Money;
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::sheet::{Found, Sheet, Wanted, find_table, values};
use crate::base::words::Text;
use crate::book::Book;
use crate::commands::cells::{cell, missing};
use crate::commands::env::Env;
use crate::commands::sheets::{by_hand, sheet_of};
use crate::forms::quote::amount_of;
use crate::forms::spec::LineSpec;
use crate::tr;

/// What columns of lines are called in other people's tables, beside the fields' own names.
const OTHER_NAMES: &[(&str, &[&str])] = &[
    ("component", &["维修部件", "故障部件", "部件名称", "项目", "项目名称", "item"]),
    ("work", &["维修项目", "工作内容", "施工内容", "内容", "说明", "description"]),
    ("quantity", &["数目", "qty", "pcs"]),
    ("price", &["单价", "unit price", "报价"]),
    ("model", &["型号", "展台型号", "产品型号"]),
    ("part", &["配件名称", "零配件", "名称"]),
    ("cost", &["成本", "成本价", "单价"]),
];
const AMOUNT: &str = "amount";
const AMOUNT_NAMES: &[&str] = &["金额", "小计", "总价", "合计", "total"];

/// True for a file of which only the lines are read, a spreadsheet of any kind, and not a TOML form.
pub fn is_sheet(name: &str) -> bool {
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    matches!(ending.as_deref(), Some("xlsx" | "xlsm" | "csv" | "xls" | "xlsb" | "ods" | "et"))
}

/// The lines in a table of a spreadsheet, its columns known by their names or by `--column`. Where it has a column of
/// amounts, each is held against quantity times price, and so is its total.
///
/// # Errors
/// What can't be read, each cell by its address; all at once.
pub fn lines_from_sheet(
    env: &Env,
    book: &Book<'_>,
    spec: &'static LineSpec,
    name: &str,
    args: &ArgMatches,
) -> Outcome<Vec<Fields>> {
    let sheet = sheet_of(env, name, args)?;
    let names: Vec<Vec<&str>> = spec.fields.iter().map(names_of).collect();
    let priced = spec.fields.iter().find(|f| f.ty == Ty::Money);
    let mut wanted: Vec<Wanted<'_>> = spec
        .fields
        .iter()
        .zip(&names)
        .map(|(field, names)| Wanted { key: field.key, names, required: field.need == Need::Required })
        .collect();
    wanted.extend(priced.map(|_| Wanted { key: AMOUNT, names: AMOUNT_NAMES, required: false }));
    let found = find_table(&sheet, &wanted, &by_hand(args)?)?;
    let mut problems = Vec::new();
    let rows = found.rows.clone().map(|row| line(book, spec, &sheet, &found, row, &mut problems));
    let lines: Vec<Fields> = rows.collect();
    if let Some(field) = priced.filter(|_| problems.is_empty()) {
        amounts(&sheet, &found, &lines, field, spec.fields.len(), &mut problems);
    }
    all_or(problems)?;
    tell_others(env, &sheet, &found);
    Ok(lines)
}

fn names_of(field: &Field) -> Vec<&'static str> {
    let others = OTHER_NAMES.iter().find(|(key, _)| *key == field.key).map_or(&[][..], |(_, names)| names);
    [field.name.en, field.name.zh].into_iter().chain(others.iter().copied()).collect()
}

fn line(
    book: &Book<'_>,
    spec: &'static LineSpec,
    sheet: &Sheet,
    found: &Found,
    row: usize,
    problems: &mut Vec<Problem>,
) -> Fields {
    let mut fields = Fields::default();
    for (field, column) in spec.fields.iter().zip(&found.columns) {
        let Some(column) = *column else { continue };
        match cell(book, sheet, field, row, column) {
            Ok(Some(value)) => fields.set(field, value),
            Ok(None) if field.need == Need::Required => problems.push(missing(sheet, field, row, column)),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
    fields
}

/// Amounts that somebody else worked out are what they say.
fn amounts(sheet: &Sheet, found: &Found, lines: &[Fields], price: &Field, column: usize, problems: &mut Vec<Problem>) {
    let Some(column) = found.columns.get(column).copied().flatten() else { return };
    let mut held = |row: usize, ours: Option<Money>| {
        let told = sheet.cell(row, column);
        let same = values::number(told).parse::<Money>().is_ok_and(|theirs| Some(theirs) == ours);
        if let Some(ours) = ours.filter(|_| !told.is_empty() && !same) {
            let message = tr!("{told} is not what the lines come to: {ours}", "金额 {told} 与明细不符，应为 {ours}");
            let help = tr!("have it put right by whoever made it", "请对方更正后再登记");
            problems.push(sheet.wrong(row, column, "line.amount", message, help));
        }
    };
    for (row, line) in found.rows.clone().zip(lines) {
        held(row, amount_of(line, price.key));
    }
    if let Some(total) = found.total {
        held(total, lines.iter().try_fold(Money::ZERO, |sum, line| sum.plus(amount_of(line, price.key)?)));
    }
}

/// Columns that no field takes are named, not passed over in silence.
fn tell_others(env: &Env, sheet: &Sheet, found: &Found) {
    let headings = found.others.iter().map(|column| {
        let (cell, heading) = (sheet.at(found.heading, *column), sheet.cell(found.heading, *column));
        Text { en: format!("{cell} {heading}"), zh: format!("{cell} {heading}") }
    });
    let all: Vec<Text> = headings.collect();
    if !all.is_empty() {
        let columns = Text::join(&all, crate::base::words::words(", ", "、"));
        env.say(&tr!("columns not taken: {columns}", "未采用的列：{columns}"; columns));
    }
}
