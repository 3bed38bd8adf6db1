//! Reports for people: text and Markdown. For spreadsheets and scripts: [`csv()`] and [`json()`].

use super::amount::{amount, apart, change};
use super::clean::clean;
pub use super::report_data::{csv, json, sections_csv, sections_json};
use super::text::pairs;
use super::{BOLD, Canvas, NONE, table};
use crate::base::number::Number;
use crate::base::period::Period;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::time::{Zone, wall_minute};
use crate::base::words::{Lang, Text, Words, words};
use crate::policy::{Bound, Goal};
use crate::reports::model::{Figure, Input, Report, Section};
use crate::tr;

/// How many letters of a commit are shown.
pub(super) const SHORT_COMMIT: usize = 8;

/// The report for a terminal or a mail; with `records`, the record numbers behind each figure and row (R59).
pub fn text(report: &Report, records: bool, canvas: &Canvas) -> String {
    let lang = canvas.lang;
    let mut out = canvas.paint(BOLD, report.title.get(lang)) + "\n";
    out += period(report.period).get(lang);
    out += &format!("\n{}\n", clean(input(&report.input, canvas.zone).get(lang)));
    out + &in_text(&report.sections, THIS_PERIOD, records, canvas)
}

fn in_text(sections: &[Section], value: Words, records: bool, canvas: &Canvas) -> String {
    let lang = canvas.lang;
    let mut out = String::new();
    for (at, section) in sections.iter().enumerate() {
        let title = format!("{}{}", ordinal(at + 1, lang), section.title.get(lang));
        out += &format!("\n{}\n", canvas.paint(BOLD, &title));
        let parts: Vec<String> = drawn(section, value, records).iter().map(|t| table::text(t, canvas)).collect();
        out += &body(parts, lang);
    }
    out
}

/// What is told of one thing beside the sections: key, name and value of each fact.
pub type Facts = [(&'static str, String, String)];

/// Facts and the sections that belong to them, for a terminal; `records` as for [`text`].
pub fn sections_text(facts: &Facts, sections: &[Section], records: bool, canvas: &Canvas) -> String {
    let told: Vec<(String, String)> = facts.iter().map(|(_, name, value)| (name.clone(), value.clone())).collect();
    pairs(&told, canvas) + &in_text(sections, VALUE, records, canvas)
}

/// The same in Markdown, under a heading.
pub fn sections_markdown(title: Words, facts: &Facts, sections: &[Section], records: bool, canvas: &Canvas) -> String {
    let row = |(_, name, value): &(&str, String, String)| Row {
        cells: vec![Cell::Text(name.clone()), Cell::Text(value.clone())],
        records: Vec::new(),
    };
    let columns = vec![column("field", "Field", "项目"), column("value", "Value", "内容")];
    let facts = Table { name: "facts", title: words("", ""), columns, rows: facts.iter().map(row).collect() };
    let head = format!("# {}\n\n{}", table::escaped(title.get(canvas.lang)), table::markdown(&facts, canvas));
    head + &in_markdown(sections, VALUE, records, canvas)
}

/// The report in Markdown; `records` as for [`text`].
pub fn markdown(report: &Report, records: bool, canvas: &Canvas) -> String {
    let lang = canvas.lang;
    let line = |text: Text| table::escaped(text.get(lang));
    let mut out = format!("# {}\n\n{}\n\n", table::escaped(report.title.get(lang)), line(period(report.period)));
    out += &format!("{}\n", line(input(&report.input, canvas.zone)));
    out + &in_markdown(&report.sections, THIS_PERIOD, records, canvas)
}

fn in_markdown(sections: &[Section], value: Words, records: bool, canvas: &Canvas) -> String {
    let lang = canvas.lang;
    let mut out = String::new();
    for (at, section) in sections.iter().enumerate() {
        out += &format!("\n## {}{}\n\n", ordinal(at + 1, lang), table::escaped(section.title.get(lang)));
        let parts: Vec<String> = drawn(section, value, records).iter().map(|t| table::markdown(t, canvas)).collect();
        out += &body(parts, lang);
    }
    out
}

/// A section's parts, a blank line between two.
fn body(parts: Vec<String>, lang: Lang) -> String {
    if parts.is_empty() { format!("{}\n", NONE.get(lang)) } else { parts.join("\n") }
}

/// What stands over a figure's value: in a report that of its period, else all that there is.
pub(super) const THIS_PERIOD: Words = words("This period", "本期");
const VALUE: Words = words("Value", "数值");

/// A section as tables: its figures first, `value` over their values.
fn drawn(section: &Section, value: Words, records: bool) -> Vec<Table> {
    let figures = (!section.figures.is_empty()).then(|| figures(&section.figures, value));
    let tables = figures.into_iter().chain(section.tables.iter().cloned());
    if records { tables.map(table::with_records).collect() } else { tables.collect() }
}

/// A section's figures as a table. A column in which no figure has anything is left out.
pub(super) fn figures(figures: &[Figure], value: Words) -> Table {
    let [goal, against] = goal_heads(figures);
    let columns: [Column; 8] = [
        column("figure", "Figure", "指标"),
        column("value", value.en, value.zh).numeric(),
        column("goal", goal.en, goal.zh).numeric(),
        column("standing", against.en, against.zh).whole(),
        column("previous", "Previous", "上期").numeric(),
        column("change", "Change", "环比").numeric(),
        column("last_year", "Last year", "去年同期").numeric(),
        column("year_change", "On last year", "同比").numeric(),
    ];
    let cells: Vec<[Cell; 8]> = figures.iter().map(figure_cells).collect();
    let used: Vec<usize> =
        (0..columns.len()).filter(|&at| at < 2 || cells.iter().any(|row| row[at] != Cell::Empty)).collect();
    let rows = cells.iter().zip(figures).map(|(row, figure)| Row {
        cells: used.iter().map(|&at| row[at].clone()).collect(),
        records: figure.records.clone(),
    });
    Table {
        name: "figures",
        title: words("", ""),
        columns: used.iter().map(|&at| columns[at]).collect(),
        rows: rows.collect(),
    }
}

fn figure_cells(figure: &Figure) -> [Cell; 8] {
    let against = |then: Option<Amount>| {
        let change = figure.value.zip(then).and_then(|(now, then)| change(now, then));
        change.map_or(Cell::Empty, |change| Cell::Words(change.text()))
    };
    [
        figure.name.into(),
        // A share of nothing is not 0 and not forgotten.
        figure.value.map_or(Cell::Words(Text::same("-")), Cell::Amount),
        figure.goal.map(goal).map_or(Cell::Empty, Cell::Words),
        against_goal(figure),
        figure.previous.into(),
        against(figure.previous),
        figure.last_year.into(),
        against(figure.last_year),
    ]
}

/// A goal as a person reads it: `≥ 95.0%`.
pub(super) fn goal(goal: Goal) -> Text {
    let text = |lang| format!("{} {}", goal.bound.sign(), amount(goal.value, lang));
    Text { en: text(Lang::En), zh: text(Lang::Zh) }
}

/// What stands over what figures are to come to, and over how they stand against it: goals, budgets (R64) or both.
pub(super) fn goal_heads(figures: &[Figure]) -> [Words; 2] {
    let any = |budget: bool| figures.iter().filter_map(|figure| figure.goal).any(|goal| goal.is_budget() == budget);
    match (any(false), any(true)) {
        (true, true) => [words("Goal or budget", "目标或预算"), words("Against it", "达成情况")],
        (false, true) => [words("Budget", "预算"), words("Against the budget", "执行情况")],
        (_, false) => [words("Goal", "目标"), words("Against the goal", "达成情况")],
    }
}

/// Whether a figure meets its goal, or by how much it misses it; while its period runs, so far.
fn against_goal(figure: &Figure) -> Cell {
    let (Some(goal), Some(met)) = (figure.goal, figure.met()) else { return Cell::Empty };
    let code = if met { MET } else { MISSED };
    let Some(miss) = figure.miss() else {
        let met = match (goal.is_budget(), figure.runs) {
            (true, _) => words("within budget", "预算内"),
            (false, true) => words("met so far", "目前达标"),
            (false, false) => standing(met),
        };
        return Cell::coded(code, met);
    };
    let [en, zh] = [Lang::En, Lang::Zh].map(|lang| apart(miss, lang));
    let miss = Text { en, zh };
    let told = match (goal.bound, figure.runs) {
        (Bound::AtLeast, false) => tr!("missed by {miss}", "差 {miss}"; miss),
        (Bound::AtLeast, true) => tr!("{miss} off so far", "目前差 {miss}"; miss),
        (Bound::AtMost, false) => tr!("over by {miss}", "超出 {miss}"; miss),
        (Bound::AtMost, true) => tr!("over by {miss} so far", "目前超出 {miss}"; miss),
    };
    Cell::Coded(code.to_string(), told)
}

/// The stable codes under a column `standing` of what is met, and of what is missed.
const MET: &str = "met";
const MISSED: &str = "missed";

/// Whether a goal is met, in a word.
pub(super) fn standing(met: bool) -> Words {
    if met { words("met", "达标") } else { words("missed", "未达标") }
}

/// What a cell under a column tells of a goal or a budget: true where it is met; `None` where it judges nothing.
pub(super) fn judged(column: &Column, cell: &Cell) -> Option<bool> {
    match cell {
        Cell::Coded(code, _) if column.key == "standing" => match code.as_str() {
            MET | "within" => Some(true),
            MISSED | "over" => Some(false),
            _ => None,
        },
        _ => None,
    }
}

/// The records behind a row that it does not show itself.
pub(super) fn behind(row: &Row) -> &[Number] {
    let shows = |number: &Number| row.cells.iter().any(|cell| matches!(cell, Cell::Number(shown) if shown == number));
    if row.records.iter().all(shows) { &[] } else { &row.records }
}

/// The period by its name, with its days where the name doesn't tell them.
pub(super) fn period(period: Period) -> Text {
    let (from, to, name) = (period.from, period.to, period.to_string());
    if from == to {
        tr!("{from}", "{from}")
    } else if name == format!("{from}..{to}") {
        tr!("{from} to {to}", "{from} 至 {to}")
    } else {
        tr!("{name} ({from} to {to})", "{name}（{from} 至 {to}）")
    }
}

/// The line by which a report names its own input (R61).
pub(super) fn input(input: &Input, zone: Zone) -> Text {
    let folder = &input.folder;
    let now = wall_minute(input.now, zone);
    if input.filed {
        return tr!(
            "From: {folder}, as of {now}; the commit that filed it names its own",
            "数据来源：{folder}，截至 {now}；所依据的提交见归档时的提交说明"
        );
    }
    let commit = commit(input.commit.as_deref(), input.revision.as_deref());
    let dirty =
        if input.dirty { tr!(" with uncommitted changes", "（含未提交的改动）") } else { Text::default() };
    tr!("From: {folder}, {commit}{dirty}, as of {now}", "数据来源：{folder}，{commit}{dirty}，截至 {now}"; commit, dirty)
}

/// A commit by the beginning of its id, and by what a person named it.
pub(super) fn commit(id: Option<&str>, revision: Option<&str>) -> Text {
    let Some(id) = id else { return tr!("no git", "无 git 提交") };
    let short: String = id.chars().take(SHORT_COMMIT).collect();
    match revision {
        Some(named) => tr!("commit {short} ({named})", "提交 {short}（{named}）"),
        None => tr!("commit {short}", "提交 {short}"),
    }
}

/// The number before a section's heading: `1. `, `一、`. Past 99 in digits.
pub(super) fn ordinal(number: usize, lang: Lang) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    match (lang, number) {
        (Lang::Zh, 1..=99) => {
            let tens = if number >= 20 { DIGITS[number / 10] } else { "" };
            format!("{tens}{}{}、", if number >= 10 { "十" } else { "" }, DIGITS[number % 10])
        }
        (Lang::Zh, _) => format!("{number}、"),
        (Lang::En, _) => format!("{number}. "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_are_counted_as_an_office_does() {
        let zh = [1, 9, 10, 11, 20, 35, 100].map(|n| ordinal(n, Lang::Zh));
        assert_eq!(zh, ["一、", "九、", "十、", "十一、", "二十、", "三十五、", "100、"]);
        assert_eq!(ordinal(12, Lang::En), "12. ");
    }

    #[test]
    fn a_period_is_told_with_its_days_once() {
        let today = "2026-11-21".parse().unwrap();
        for (name, en, zh) in [
            ("2026-11-21", "2026-11-21", "2026-11-21"),
            ("2026-11", "2026-11 (2026-11-01 to 2026-11-30)", "2026-11（2026-11-01 至 2026-11-30）"),
            ("2026-11-01..2026-11-03", "2026-11-01 to 2026-11-03", "2026-11-01 至 2026-11-03"),
        ] {
            let text = period(Period::parse(name, today).unwrap());
            assert_eq!((text.en.as_str(), text.zh.as_str()), (en, zh));
        }
    }
}
