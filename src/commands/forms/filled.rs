//! A paper form that was filled in on a spreadsheet, read back into the fields of a record. Whatever stands in the file
//! is taken, or is a problem that names its cell: nothing is lost in silence.

use clap::ArgMatches;

use super::is_given;
use crate::base::field::{Field, Fields};
use crate::base::page::{Content, Slot};
use crate::base::problem::{Outcome, Problem};
use crate::base::sheet::{Sheet, values};
use crate::base::time::{days_after, days_before};
use crate::book::Book;
use crate::commands::cells::{cell, missing};
use crate::commands::typed::{in_order, lacking, missing_flag, missing_lines};
use crate::forms::form::Form;
use crate::forms::spec::{FormSpec, LineSpec};
use crate::paper::{Blank, Grid, Told};
use crate::tr;

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
                    Some((_, _, row, column)) => missing(&self.sheet, field, *row, *column),
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

    /// The problem of a field that is missing: at its cell, or by its flag where the paper has no cell for it.
    pub fn lacks(&self, cells: &Cells, field: &'static Field) -> Problem {
        match cells.place(field) {
            Some((row, column)) => missing(&self.sheet, field, row, column),
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
            Some((row, column)) => self.sheet.told(row, column, problem),
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
