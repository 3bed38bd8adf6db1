//! A paper form that was filled in on a spreadsheet, read back into the fields of a record. Whatever stands in the file
//! is taken, or is a problem that names its cell: nothing is lost in silence.

use clap::ArgMatches;

use super::is_given;
use crate::base::field::{BETWEEN, Field, Fields, Ty, Value};
use crate::base::page::{Content, Slot};
use crate::base::problem::{Outcome, Problem};
use crate::base::sheet::{Sheet, values};
use crate::base::time::{Date, days_after, days_before};
use crate::base::words::Text;
use crate::book::Book;
use crate::commands::typed::{in_order, lacking, missing_flag, missing_lines, typed_as};
use crate::forms::form::Form;
use crate::forms::spec::{FormSpec, LineSpec};
use crate::paper::{Blank, Grid, Told};
use crate::tr;

/// What people write for a flag that is set, and for one that is not.
const YES: &[&str] = &["yes", "y", "true", "1", "是", "√", "✓", "✔"];
const NO: &[&str] = &["no", "n", "false", "0", "否", "×", "✗", "✘"];
/// How many days before and after a form the same one is looked for.
const SAME_WITHIN: u64 = 30;

/// A file that holds a filled-in paper form.
pub struct Filled {
    /// What it was printed on.
    pub grid: Grid,
    /// The file.
    pub sheet: Sheet,
    /// Whether it may be taken over although the same is on record.
    pub again: bool,
}

/// What a filled-in form holds.
pub struct Cells {
    /// Header fields.
    pub header: Fields,
    /// Lines.
    pub lines: Vec<Fields>,
    /// Everything that is wrong with its cells.
    pub problems: Vec<Problem>,
    /// The header fields whose cells are wrong.
    pub wrong: Vec<&'static str>,
    /// The lines of the paper, from 0, that are filled in.
    rows: Vec<usize>,
    blank: Blank,
}

impl Filled {
    /// Reads the cells, but for those of fields that are given by flags: flags go before the file.
    ///
    /// # Errors
    /// Where the file is not a blank form of this grid, filled in ([`Blank::of`]). What is wrong with single cells is
    /// among what is returned.
    pub fn read(&self, book: &Book<'_>, spec: &'static FormSpec, args: &ArgMatches) -> Outcome<Cells> {
        let (blank, mut problems) = Blank::of(book, &self.grid, &self.sheet)?;
        problems.extend(blank.outside(&self.sheet).map(|(row, column)| outside(&self.sheet, row, column)));
        let mut cells = Cells {
            header: Fields::default(),
            lines: Vec::new(),
            problems,
            wrong: Vec::new(),
            rows: Vec::new(),
            blank,
        };
        let places: Vec<(Slot, usize, usize)> =
            cells.blank.slots().map(|(placed, slot)| (slot, placed.row, placed.column)).collect();
        for (slot, row, column) in &places {
            let Slot::Header(field) = *slot else { continue };
            if is_given(args, field) {
                continue;
            }
            match cell(book, &self.sheet, field, *row, *column) {
                Ok(Some(value)) => cells.header.set(field, value),
                Ok(None) => {}
                Err(problem) => {
                    cells.wrong.push(field.key);
                    cells.problems.push(problem);
                }
            }
        }
        if let Some(lines) = spec.lines.filter(|lines| !args.contains_id(lines.key)) {
            self.lines(book, lines, &places, &mut cells);
        }
        Ok(cells)
    }

    /// The lines that hold anything in a cell that a person fills in; the empty ones among them are passed over.
    fn lines(&self, book: &Book<'_>, spec: &'static LineSpec, places: &[(Slot, usize, usize)], cells: &mut Cells) {
        let of_lines = places.iter().filter_map(|(slot, row, column)| match *slot {
            Slot::Line(line, field) => Some((line, field, *row, *column)),
            Slot::Header(_) => None,
        });
        let mut of_lines: Vec<_> = of_lines.collect();
        // A line may go on in another block of the form.
        of_lines.sort_by_key(|(line, ..)| *line);
        for of_line in of_lines.chunk_by(|(a, ..), (b, ..)| a == b) {
            let is_blank = of_line.iter().all(|(_, _, row, column)| self.sheet.cell(*row, *column).is_empty());
            let Some((line, _, row, column)) = of_line.first().filter(|_| !is_blank) else { continue };
            let mut fields = Fields::default();
            let mut wrong = Vec::new();
            for (_, field, row, column) in of_line {
                match cell(book, &self.sheet, field, *row, *column) {
                    Ok(Some(value)) => fields.set(field, value),
                    Ok(None) => {}
                    Err(problem) => {
                        wrong.push(field.key);
                        cells.problems.push(problem);
                    }
                }
            }
            for field in lacking(spec.fields, &fields).filter(|field| !wrong.contains(&field.key)) {
                let place = of_line.iter().find(|(_, it, ..)| it.key == field.key);
                cells.problems.push(match place {
                    Some((_, _, row, column)) => self.missing(field, *row, *column),
                    None => self.nowhere(spec, field, *row, *column),
                });
            }
            cells.rows.push(*line);
            cells.lines.push(in_order(spec.fields, fields));
        }
    }

    /// The problem of a line that lacks what the paper has no cell for.
    fn nowhere(&self, spec: &LineSpec, field: &Field, row: usize, column: usize) -> Problem {
        let (name, key) = (field.name, spec.key);
        let message = tr!("{name} is missing, and the form has no cell for it", "缺少{name}，表单上也没有这一格"; name);
        let help = tr!(
            "give the lines by --{key}, or add the cell to the form",
            "请用 --{key} 填写明细，或在表单上增加这一格"
        );
        self.sheet.wrong(row, column, "field.missing", message, help)
    }

    fn missing(&self, field: &Field, row: usize, column: usize) -> Problem {
        let name = field.name;
        let message = tr!("{name} is missing", "缺少{name}"; name);
        self.sheet.wrong(row, column, "field.missing", message, expects(field.ty))
    }

    /// The problem of a field that is missing: at its cell, or by its flag where the paper has no cell for it.
    pub fn lacks(&self, cells: &Cells, field: &'static Field) -> Problem {
        match cells.place(field) {
            Some((row, column)) => self.missing(field, row, column),
            None => missing_flag(field),
        }
    }

    /// The problem of lines that are missing: at the first cell of the first one.
    pub fn lacks_lines(&self, cells: &Cells, spec: &'static LineSpec) -> Problem {
        let first = cells.blank.slots().find(|(_, slot)| matches!(slot, Slot::Line(..)));
        let Some((placed, _)) = first else { return missing_lines(spec) };
        let message = tr!("no line is filled in", "没有填写明细");
        let help = tr!("fill in at least one", "请至少填写一行");
        self.sheet.wrong(placed.row, placed.column, "line.missing", message, help)
    }

    /// A problem of a field's value, at its cell if it has one.
    pub fn at_cell(&self, cells: &Cells, field: &Field, problem: Problem) -> Problem {
        match cells.place(field) {
            Some((row, column)) => self.sheet.wrong(row, column, problem.code, problem.message, problem.help),
            None => problem,
        }
    }

    /// What was typed where the record itself says what stands there, and says otherwise: a sum, a number, a name.
    /// Private values are told masked unless `reveal` (R4).
    pub fn contradictions(&self, book: &Book<'_>, cells: &Cells, form: &Form, reveal: bool) -> Vec<Problem> {
        let told = |reveal| cells.blank.told(book, &self.grid, form, &cells.rows, reveal);
        // Lines that flags gave are not those of the paper.
        let of_paper = |told: &Told| !told.in_line || cells.lines.len() == form.lines.len();
        let differ = told(true).into_iter().zip(told(reveal)).filter_map(|(told, shown)| {
            let text = self.sheet.cell(told.row, told.column);
            let differs = of_paper(&told) && !text.is_empty() && !says(&told.content, text);
            differs.then(|| self.contradiction(&shown, text))
        });
        differ.collect()
    }

    fn contradiction(&self, told: &Told, text: &str) -> Problem {
        let ours = plain_text(&told.content);
        let (message, help) = if ours.is_empty() {
            (
                tr!("nothing is filled in here: \"{text}\"", "此处不用填写：“{text}”"),
                tr!(
                    "empty the cell; what happens later is recorded by its own command, a remark goes into --note",
                    "请清空该单元格；以后的步骤用相应命令登记，备注请用 --note"
                ),
            )
        } else {
            (
                tr!("\"{text}\" is not what the form comes to: {ours}", "“{text}”与表单内容不符，应为 {ours}"),
                tr!(
                    "correct the form, or empty the cell; the day of recording is given by --at",
                    "请更正表单，或清空该单元格；登记日期用 --at 指定"
                ),
            )
        };
        self.sheet.wrong(told.row, told.column, "import.derived", message, help)
    }

    /// The refusal of a form that is on record already: of the same kind, made within a month of this one, and
    /// holding in its header and its lines all that is `given` here.
    pub fn repeated(&self, book: &Book<'_>, form: &Form, given: &Fields) -> Option<Problem> {
        if self.again {
            return None;
        }
        let (spec, day) = (form.spec, form.day());
        book.load(spec, days_before(day, SAME_WITHIN)..=days_after(day, SAME_WITHIN), &|_, _| true);
        let mut others = book.loaded(spec.kind).into_iter();
        let other = others.find(|other| {
            other.number != form.number && !other.is_void() && within(given, &other.header) && same_lines(form, other)
        })?;
        let (file, number) = (&self.sheet.name, &other.number);
        Some(Problem::new(
            "import.again",
            tr!("{file} is on record already: {number} holds the same", "{file} 已经登记过：{number} 的内容与之相同"),
            tr!(
                "see it with cs show {number}; add --again to record it once more",
                "请用 cs show {number} 查看；确需再登记一张，请加 --again"
            ),
        ))
    }
}

impl Cells {
    /// Where a header field is filled in.
    fn place(&self, field: &Field) -> Option<(usize, usize)> {
        let of_field = |slot: &Slot| matches!(slot, Slot::Header(it) if it.key == field.key);
        self.blank.slots().find(|(_, slot)| of_field(slot)).map(|(placed, _)| (placed.row, placed.column))
    }
}

/// Whether each of these values stands in `all`, too.
fn within(given: &Fields, all: &Fields) -> bool {
    given.0.iter().all(|entry| all.get(entry.field.key) == Some(&entry.value))
}

fn same_lines(one: &Form, other: &Form) -> bool {
    let (one, other) = (&one.lines, &other.lines);
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| within(a, b) && within(b, a))
}

/// What a cell holds for a field; nothing where it is empty.
fn cell(
    book: &Book<'_>,
    sheet: &Sheet,
    field: &'static Field,
    row: usize,
    column: usize,
) -> Result<Option<Value>, Problem> {
    let text = sheet.cell(row, column);
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(damage) = sheet.damage(row, column).filter(|_| !field.ty.is_numeric()) {
        return Err(damage);
    }
    let name = field.name;
    let wrong = |message, help| sheet.wrong(row, column, "field.value", message, help);
    if field.ty.is_private() && text.contains("**") {
        return Err(wrong(
            tr!("{name} is masked (R4)", "{name}是隐藏后的内容（R4）"; name),
            tr!("type it whole", "请填写完整内容"),
        ));
    }
    if field.ty == Ty::Flag && is_one_of(NO, text) {
        return Ok(None);
    }
    let refused = || wrong(tr!("{name} can't be \"{text}\"", "{name}不能是“{text}”"; name), expects(field.ty));
    let plain = plain(field.ty, text).ok_or_else(refused)?;
    let value = typed_as(book, field, &plain, &name.into());
    value.map(Some).map_err(|problem| sheet.wrong(row, column, problem.code, problem.message, problem.help))
}

fn is_one_of(words: &[&str], text: &str) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// A cell's text as the command line takes it. `None` for what would mean another thing there on another day: `today`,
/// a day without its year, `-` for the last record made.
fn plain(ty: Ty, text: &str) -> Option<String> {
    match ty {
        Ty::Date => values::day(text).map(|day| day.to_string()),
        Ty::Time => {
            let (day, clock) = text.split_once(['T', ' '])?;
            let day: Date = values::day(day)?;
            Some(format!("{day}T{}", clock.trim()))
        }
        Ty::Flag => is_one_of(YES, text).then(|| "yes".to_string()),
        Ty::Record(_) | Ty::Records(_) if text.split(BETWEEN).any(|part| part.trim() == "-") => None,
        ty if ty.is_numeric() => Some(values::number(text).into_owned()),
        _ => Some(text.to_string()),
    }
}

/// What a cell takes.
fn expects(ty: Ty) -> Text {
    match ty {
        Ty::Date => tr!("give the whole day, as 2026-11-21", "请填写完整日期，如 2026-11-21"),
        Ty::Time => tr!("give day and time, as 2026-11-21 10:30", "请填写日期和时间，如 2026-11-21 10:30"),
        Ty::Code(_) | Ty::Codes(_) => tr!("give a code or a name", "请填写代码或名称"),
        Ty::Flag => tr!("give yes or no, or leave it empty", "请填写“是”或“否”，或不填"),
        ty => ty.expects(),
    }
}

/// Whether a typed text says what stands there.
fn says(content: &Content, text: &str) -> bool {
    let number = || values::number(text);
    match content {
        Content::Empty => false,
        Content::Text(ours) => ours == text,
        Content::Date(ours) => values::day(text) == Some(*ours),
        Content::Whole(ours) => number().parse() == Ok(*ours),
        Content::Measure(ours) => number().parse().is_ok_and(|theirs| *ours == theirs),
        Content::Money(ours) => number().parse().is_ok_and(|theirs| *ours == theirs),
    }
}

/// What stands in a cell, in plain words.
fn plain_text(content: &Content) -> String {
    match content {
        Content::Empty => String::new(),
        Content::Text(text) => text.clone(),
        Content::Date(date) => date.to_string(),
        Content::Whole(whole) => whole.to_string(),
        Content::Measure(measure) => measure.to_string(),
        Content::Money(money) => money.to_string(),
    }
}

fn outside(sheet: &Sheet, row: usize, column: usize) -> Problem {
    let text = sheet.cell(row, column);
    sheet.wrong(
        row,
        column,
        "import.outside",
        tr!("\"{text}\" stands outside of the form's cells", "“{text}”填在了表格之外"),
        tr!(
            "move it into its cell, or empty this one; a remark goes into --note",
            "请移到对应的格子里，或清空；备注请用 --note"
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::field::{Kind, List};

    #[test]
    fn what_would_mean_another_thing_on_another_day_is_no_value() {
        const RECORD: Ty = Ty::Record(&[Kind::Order]);
        for (ty, text, expect) in [
            (Ty::Date, "2026年11月5日", Some("2026-11-05")),
            (Ty::Date, "today", None),
            (Ty::Date, "+7", None),
            (Ty::Date, "11-05", None),
            (Ty::Time, "2026/11/5 9:30", Some("2026-11-05T9:30")),
            (Ty::Time, "2026-11-05 09:30:15", Some("2026-11-05T09:30:15")),
            (Ty::Time, "9:30", None),
            (Ty::Time, "2026-11-05", None),
            (RECORD, "YX-1", Some("YX-1")),
            (RECORD, "-", None),
            (Ty::Records(&[Kind::Order]), "YX-1、-", None),
            (Ty::Flag, "√", Some("yes")),
            (Ty::Flag, "是", Some("yes")),
            (Ty::Flag, "TRUE", Some("yes")),
            (Ty::Flag, "maybe", None),
            (Ty::Money, "¥1,250.50", Some("1250.50")),
            (Ty::Text, "-", Some("-")),
            (Ty::Text, "1,250", Some("1,250")),
            (Ty::Code(List::Customers), "+1", Some("+1")),
        ] {
            assert_eq!(plain(ty, text).as_deref(), expect, "{ty:?} {text}");
        }
    }

    #[test]
    fn a_cell_says_what_the_record_says_however_it_is_written() {
        let money = Content::Money("1250.5".parse().unwrap());
        let day = Content::Date("2026-11-05".parse().unwrap());
        for (content, text, expect) in [
            (&money, "¥1,250.50", true),
            (&money, "1250.5", true),
            (&money, "1250.51", false),
            (&day, "2026/11/5", true),
            (&day, "2026-11-06", false),
            (&Content::Whole(1200), "1,200", true),
            (&Content::Whole(1200), "1200 pcs", false),
            (&Content::Measure("1.5".parse().unwrap()), "1.500", true),
            (&Content::Text("Acme".into()), "Acme", true),
            (&Content::Text("Acme".into()), "acme", false),
            (&Content::Empty, "x", false),
        ] {
            assert_eq!(says(content, text), expect, "{content:?} {text}");
        }
    }
}
