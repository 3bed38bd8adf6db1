//! A paper form laid out: cells on a grid, as plain data, for whoever draws it or reads it back.
//!
//! A page is a column of blocks, a block a column of rows, a row a line of cells. Every row of a page spans the same
//! number of grid columns. Where a spreadsheet draws it, the rows of all blocks follow each other, with a row left free
//! where paper is cut, so a cell has an address ([`Page::placed`]), and what is filled in there can be read back.

use super::field::Field;
use super::money::{Measure, Money};
use super::time::Date;

/// One paper form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// What it is called: the record's number, or the form's name for a blank one. Also a sheet's name.
    pub name: String,
    /// Grid columns, all equally wide.
    pub columns: u16,
    /// The blocks, from top to bottom.
    pub blocks: Vec<Block>,
}

/// Rows that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    /// How many of its first rows are heads, repeated where the block goes on on another sheet of paper.
    pub heads: usize,
    /// The rows.
    pub rows: Vec<PageRow>,
    /// True where it is not to be torn apart by the end of a sheet of paper: signatures, a slip to cut off.
    pub whole: bool,
    /// True where it is cut off from what stands above: a slip to sign and return.
    pub cut: bool,
}

/// One row of cells; their spans add up to the page's columns.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRow {
    /// The cells.
    pub cells: Vec<PageCell>,
    /// How many lines of text it is at least high.
    pub height: u16,
}

/// What a cell is on the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The form's title, in large letters, centred, without a border.
    Title,
    /// Small print beside a title or under the form, without a border.
    Remark,
    /// The printed name of what stands beside it.
    Label,
    /// The head of a column of lines.
    Head,
    /// What is filled in.
    Value,
    /// A box to sign in: who signs stands above, the rest is for the pen.
    Sign,
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nothing, to be filled in by hand.
    Empty,
    /// Text; phones and codes too. May hold line breaks.
    Text(String),
    /// A day.
    Date(Date),
    /// A whole number.
    Whole(u64),
    /// A measure.
    Measure(Measure),
    /// An amount.
    Money(Money),
}

/// Where a cell's value belongs in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// A header field.
    Header(&'static Field),
    /// A field of a line, after the line's place from 0.
    Line(usize, &'static Field),
}

impl Slot {
    /// The field, which tells what the cell takes.
    pub fn field(self) -> &'static Field {
        match self {
            Slot::Header(field) | Slot::Line(_, field) => field,
        }
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageCell {
    /// How many grid columns it takes.
    pub span: u16,
    /// What it is.
    pub role: Role,
    /// What stands in it.
    pub content: Content,
    /// Where it belongs in a record, if a person may fill it in.
    pub slot: Option<Slot>,
}

/// A cell in its place, counted from 0 as a spreadsheet would place it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed<'p> {
    /// The row.
    pub row: usize,
    /// The first grid column.
    pub column: usize,
    /// The cell.
    pub cell: &'p PageCell,
}

impl Page {
    /// All rows, those of one block after those of the other.
    pub fn rows(&self) -> impl Iterator<Item = &PageRow> {
        self.blocks.iter().flat_map(|block| &block.rows)
    }

    /// The blocks, each with its first row counted from 0. Above one that is cut off one row is free.
    pub fn starts(&self) -> impl Iterator<Item = (usize, &Block)> {
        self.blocks.iter().enumerate().scan(0, |next, (at, block)| {
            let first = *next + usize::from(block.cut && at > 0);
            *next = first + block.rows.len();
            Some((first, block))
        })
    }

    /// All cells with their places.
    pub fn placed(&self) -> impl Iterator<Item = Placed<'_>> {
        let numbered = self.starts().flat_map(|(first, block)| (first..).zip(&block.rows));
        numbered.flat_map(|(row, cells)| cells.placed(row))
    }
}

impl PageRow {
    /// The cells with their places, where the row is the one numbered `row`.
    pub fn placed(&self, row: usize) -> impl Iterator<Item = Placed<'_>> {
        self.cells.iter().scan(0, move |next, cell| {
            let column = *next;
            *next += usize::from(cell.span);
            Some(Placed { row, column, cell })
        })
    }
}

/// A place as spreadsheets write it: row 6 and column 1, from 0, are `B7`.
pub fn address(row: usize, column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.push(char::from(b'A' + (rest % 26) as u8));
        rest /= 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_a_spreadsheet() {
        let at =
            [((0, 0), "A1"), ((6, 1), "B7"), ((0, 25), "Z1"), ((0, 26), "AA1"), ((9, 701), "ZZ10"), ((0, 702), "AAA1")];
        for ((row, column), expect) in at {
            assert_eq!(address(row, column), expect);
        }
    }

    #[test]
    fn cells_stand_where_the_spans_before_them_end_and_rows_follow_over_blocks() {
        let cell = |span| PageCell { span, role: Role::Value, content: Content::Empty, slot: None };
        let row = |spans: &[u16]| PageRow { cells: spans.iter().map(|s| cell(*s)).collect(), height: 1 };
        let block = |rows, cut| Block { rows, cut, ..Block::default() };
        let page = |cut| Page {
            name: "x".into(),
            columns: 6,
            blocks: vec![block(vec![row(&[6]), row(&[2, 4])], cut), block(vec![row(&[1, 2, 3]), row(&[6])], cut)],
        };
        let places = |cut| page(cut).placed().map(|p| (p.row, p.column)).collect::<Vec<_>>();
        assert_eq!(places(false), [(0, 0), (1, 0), (1, 2), (2, 0), (2, 1), (2, 3), (3, 0)]);
        assert_eq!(
            places(true),
            [(0, 0), (1, 0), (1, 2), (3, 0), (3, 1), (3, 3), (4, 0)],
            "a free row where it is cut"
        );
    }
}
