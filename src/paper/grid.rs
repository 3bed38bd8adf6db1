//! A paper form as a grid of cells: what is printed on it, where the values come from, who signs.

use super::Audience;
use super::path::Path;
use crate::base::field::Field;
use crate::base::words::Text;
use crate::forms::spec::{FormSpec, StepSpec};

/// The most lines that a blank form has.
pub(super) const MOST_LINES: u16 = 500;
/// A paper form.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Its name: that of its file.
    pub name: String,
    /// The kind of form that it prints.
    pub spec: &'static FormSpec,
    /// What the paper is called.
    pub title: Text,
    /// Grid columns, all equally wide.
    pub columns: u16,
    /// How many lines a blank form has.
    pub lines: usize,
    pub(super) blocks: Vec<GridBlock>,
}

/// Rows that belong together.
#[derive(Clone, Debug, Default)]
pub(super) struct GridBlock {
    /// Heads, repeated where the block goes on on another sheet of paper.
    pub head: Vec<GridRow>,
    /// Rows that repeat for each line of the form.
    pub each: Vec<GridRow>,
    /// Rows below them.
    pub rows: Vec<GridRow>,
    /// Not torn apart by the end of a sheet.
    pub whole: bool,
    /// Cut off from what stands above.
    pub cut: bool,
}

/// One row of cells.
pub(super) type GridRow = Vec<GridCell>;

/// One cell.
#[derive(Clone, Debug)]
pub(super) struct GridCell {
    /// Grid columns that it takes.
    pub span: u16,
    /// Lines of text that it is at least high.
    pub height: u16,
    /// What stands in it.
    pub what: What,
    /// Who sees a private value whole (R4).
    pub whole_for: Vec<Audience>,
    /// For whom it is left empty (R4).
    pub hidden_from: Vec<Audience>,
}

/// The step that a signature box tells of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Signing {
    /// The step.
    pub step: &'static StepSpec,
    /// Its field that names who signed: who took the step, or who signed on paper.
    pub by: &'static Field,
}

/// What stands in a cell of a grid.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A title within the form, such as that of a slip.
    Title(Text),
    /// The printed name of what stands beside or below.
    Label(Text),
    /// A printed sentence.
    Remark(Text),
    /// A value of the form.
    Field(Path),
    /// A box to sign in, and the step that tells who signed and when.
    Sign(Text, Option<Signing>),
    /// Room for the pen.
    Blank,
}
