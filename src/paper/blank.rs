//! A blank form that came back filled in: which of the department's blank forms it is, told by what is printed on it,
//! and what stands in each of its cells.

use std::cmp::Reverse;
use std::collections::HashSet;

use super::grid::{Grid, MOST_LINES};
use super::layout::{Options, Tongues, page};
use crate::base::page::{Content, Page, Placed, Slot};
use crate::base::problem::{Outcome, Problem};
use crate::base::sheet::Sheet;
use crate::base::words::Lang;
use crate::book::Book;
use crate::forms::form::Form;
use crate::tr;

/// The languages that a blank form may have been printed in.
const PRINTED_IN: [Tongues; 3] = [Tongues::One(Lang::Zh), Tongues::One(Lang::En), Tongues::Both];
/// How many cells are named where a form is not as it was printed: the first tells where it goes wrong.
const NAMED: usize = 3;

/// A blank form as it was printed.
#[derive(Clone, Debug)]
pub struct Blank {
    /// The cells.
    pub page: Page,
    tongues: Tongues,
    /// How many lines it has.
    lines: usize,
    /// How many rows of each block repeat for each line.
    each: Vec<usize>,
}

/// A cell that no person fills in, and what the record says there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Its row, from 0.
    pub row: usize,
    /// Its first column, from 0.
    pub column: usize,
    /// Whether it stands in a line.
    pub in_line: bool,
    /// What the record says; empty where it says nothing, or where nothing belongs.
    pub content: Content,
}

impl Blank {
    /// The blank form that a sheet was, before somebody filled it in, and what is wrong with its printed words:
    /// `import.printed` for each that somebody typed over. All languages are tried, and as many lines as fit: rows added
    /// or removed among the lines are no matter.
    ///
    /// # Errors
    /// `import.moved` where printed words stand elsewhere than they belong, so that no cell is what it seems: for the
    /// first few such words of the likeliest form. The same where most of them are missing.
    pub fn of(book: &Book<'_>, grid: &Grid, sheet: &Sheet) -> Outcome<(Blank, Vec<Problem>)> {
        let blanks = PRINTED_IN.into_iter().flat_map(|tongues| candidates(book, grid, sheet, tongues));
        // Of those that fit, the one with the most lines leaves none of them out.
        let likeliest = blanks.min_by_key(|blank| (blank.misprints(sheet).len(), Reverse(blank.lines)));
        let blank = likeliest.unwrap_or_else(|| Blank::new(book, grid, PRINTED_IN[0], grid.lines));
        let wrong = blank.misprints(sheet);
        let shown: HashSet<String> = sheet.rows.iter().flatten().map(|text| letters(text)).collect();
        let elsewhere = |placed: &Placed<'_>| shown.contains(&letters(words_of(placed)));
        if wrong.len() * 2 > blank.printed().count() || wrong.iter().any(elsewhere) {
            let first = wrong.iter().take(NAMED).map(|placed| misprint(grid, sheet, placed, "import.moved"));
            return Err(first.collect::<Vec<_>>().into());
        }
        let problems = wrong.iter().map(|placed| misprint(grid, sheet, placed, "import.printed")).collect();
        Ok((blank, problems))
    }

    fn new(book: &Book<'_>, grid: &Grid, tongues: Tongues, lines: usize) -> Blank {
        let laid =
            |lines| page(book, grid, None, &Options { tongues, audience: None, reveal: false, lines: Some(lines) });
        let (page, less) = (laid(lines), laid(0));
        let rows = page.blocks.iter().zip(&less.blocks).map(|(more, less)| more.rows.len() - less.rows.len());
        let each = rows.map(|rows| rows / lines.max(1)).collect();
        Blank { page, tongues, lines, each }
    }

    /// What is printed on it.
    fn printed(&self) -> impl Iterator<Item = Placed<'_>> {
        self.page.placed().filter(|placed| matches!(placed.cell.content, Content::Text(_)))
    }

    /// The printed cells that a sheet does not have in their places.
    fn misprints(&self, sheet: &Sheet) -> Vec<Placed<'_>> {
        self.printed().filter(|placed| !is_printed(placed, sheet.cell(placed.row, placed.column))).collect()
    }

    /// The cells of a sheet that hold something where this form has no cell.
    pub fn outside<'b>(&'b self, sheet: &'b Sheet) -> impl Iterator<Item = (usize, usize)> + 'b {
        let cells: HashSet<(usize, usize)> = self.page.placed().map(|p| (p.row, p.column)).collect();
        let rows = sheet.rows.iter().enumerate();
        let filled = rows.flat_map(|(row, texts)| {
            texts.iter().enumerate().filter(|(_, text)| !text.is_empty()).map(move |(column, _)| (row, column))
        });
        filled.filter(move |place| !cells.contains(place))
    }

    /// The cells that a person fills in, each with where its value belongs.
    pub fn slots(&self) -> impl Iterator<Item = (Placed<'_>, Slot)> {
        self.page.placed().filter_map(|placed| Some((placed, placed.cell.slot?)))
    }

    /// What the record that was made of it says in the cells that no person fills in. `filled` are the lines, from 0,
    /// that became lines of the record; the cells of the others are to be empty. Private values are masked unless
    /// `reveal` (R4).
    pub fn told(&self, book: &Book<'_>, grid: &Grid, form: &Form, filled: &[usize], reveal: bool) -> Vec<Told> {
        let options = Options { tongues: self.tongues, audience: None, reveal, lines: None };
        let record = page(book, grid, Some(form), &options);
        let mut told = Vec::new();
        for (((first, block), each), of_record) in self.page.starts().zip(&self.each).zip(&record.blocks) {
            for (at, row) in block.rows.iter().enumerate() {
                let after = block.heads + each * self.lines;
                let in_line = (block.heads..after).contains(&at);
                let same = if at < block.heads {
                    Some(at)
                } else if at < after {
                    let (line, within) = ((at - block.heads) / each, (at - block.heads) % each);
                    filled.iter().position(|it| *it == line).map(|line| block.heads + each * line + within)
                } else {
                    Some(at - after + block.heads + each * form.lines.len())
                };
                let same = same.and_then(|at| of_record.rows.get(at));
                for (cell, placed) in row.placed(first + at).enumerate() {
                    if placed.cell.slot.is_none() && placed.cell.content == Content::Empty {
                        let content = same.and_then(|row| row.cells.get(cell)).map(|cell| cell.content.clone());
                        let content = content.unwrap_or(Content::Empty);
                        told.push(Told { row: placed.row, column: placed.column, in_line, content });
                    }
                }
            }
        }
        told
    }
}

/// The blank forms in some languages that a sheet may have been. How many lines there are is told by the last thing that
/// is printed below them; where nothing is, by how far the sheet goes.
fn candidates(book: &Book<'_>, grid: &Grid, sheet: &Sheet, tongues: Tongues) -> Vec<Blank> {
    let (one, two) = (Blank::new(book, grid, tongues, 1), Blank::new(book, grid, tongues, 2));
    let mut counts = vec![grid.lines];
    if let (Some(of_one), Some(of_two)) = (one.printed().last(), two.printed().last()) {
        let step = of_two.row - of_one.row;
        let each = two.page.rows().count() - one.page.rows().count();
        if step > 0 {
            let below = (of_one.row..sheet.rows.len()).step_by(step);
            let fitting = below.filter(|row| is_printed(&of_one, sheet.cell(*row, of_one.column)));
            counts.extend(fitting.map(|row| 1 + (row - of_one.row) / step));
        } else if each > 0 {
            let more = sheet.rows.len().saturating_sub(one.page.rows().count());
            counts.push((1 + more.div_ceil(each)).max(grid.lines));
        }
    }
    counts.retain(|lines| *lines <= usize::from(MOST_LINES));
    counts.dedup();
    counts.into_iter().map(|lines| Blank::new(book, grid, tongues, lines)).collect()
}

/// Whether a cell shows what is printed in a place.
fn is_printed(placed: &Placed<'_>, shown: &str) -> bool {
    letters(words_of(placed)) == letters(shown)
}

/// A text without its blanks and line breaks: programs set them anew.
fn letters(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// What is printed in a place.
fn words_of<'p>(placed: &Placed<'p>) -> &'p str {
    match &placed.cell.content {
        Content::Text(text) => text,
        _ => "",
    }
}

fn misprint(grid: &Grid, sheet: &Sheet, placed: &Placed<'_>, code: &'static str) -> Problem {
    let (name, shown) = (&grid.name, sheet.cell(placed.row, placed.column));
    let belongs = words_of(placed).split_whitespace().collect::<Vec<_>>().join(" ");
    let message = if shown.is_empty() {
        tr!("\"{belongs}\" is printed here on the form; the cell is empty", "此处应印有“{belongs}”，但单元格是空的")
    } else {
        tr!("\"{belongs}\" is printed here on the form, not \"{shown}\"", "此处应印有“{belongs}”，而不是“{shown}”")
    };
    let help = tr!(
        "put back what is printed, its rows and columns too, or fill in a fresh blank: \
         cs print --blank {name} --format xlsx",
        "请恢复印好的文字和行列，或重新打印空白表单填写：cs print --blank {name} --format xlsx"
    );
    sheet.wrong(placed.row, placed.column, code, message, help)
}
