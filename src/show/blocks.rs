//! Short texts one under another, each under a line that says where it is from.

use super::clean::{clean, clean_lines};
use super::grid::{self, Lane};
use super::{BOLD, Canvas};

/// One of them; all of it may be raw: it is cleaned here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it is from.
    pub place: String,
    /// What it is called; may be empty.
    pub title: String,
    /// What it says.
    pub text: String,
}

/// Draws them: place and title in a line, the text below, indented, wrapped, its line breaks kept.
pub fn blocks(blocks: &[Block], canvas: &Canvas) -> String {
    let drawn = |block: &Block| {
        let title = canvas.paint(BOLD, &clean(&block.title));
        let head = if title.is_empty() {
            canvas.paint(BOLD, &clean(&block.place))
        } else {
            format!("{}  {title}", clean(&block.place))
        };
        let lanes = [Lane { right: false, whole: true }, Lane { right: false, whole: false }];
        let text = vec![vec![String::new(), clean_lines(&block.text).into_owned()]];
        format!("{head}\n{}", grid::joined(&grid::lines(&lanes, &[], &text, canvas.width)))
    };
    blocks.iter().map(drawn).collect::<Vec<_>>().join("\n")
}
