//! From plain data to what a person or a script reads: tables, reports, problems, in text, Markdown, CSV and JSON.
//!
//! Pure functions to `String`, except [`out`], which alone writes. Nothing here knows a form, a rule or a command,
//! and nothing from a record is drawn before [`clean`](mod@clean) has made it harmless.

pub mod amount;
pub mod blocks;
mod chart;
pub mod clean;
pub mod diff;
mod grid;
mod html;
pub mod json;
pub mod out;
mod page_cell;
pub mod page_html;
pub mod page_text;
mod page_wrap;
pub mod page_xlsx;
pub mod problems;
pub mod report;
mod report_data;
pub mod report_html;
pub mod report_xlsx;
mod sheet;
pub mod table;
pub mod text;
mod workbook;

pub use crate::base::mask;
use crate::base::time::Zone;
use crate::base::words::{Lang, Words, words};

/// What a drawing is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Canvas {
    /// The reader's language.
    pub lang: Lang,
    /// The department's zone, for moments.
    pub zone: Zone,
    /// Columns of the terminal; `None` where there is none, and then nothing is wrapped.
    pub width: Option<usize>,
    /// Whether ANSI colours may be written.
    pub color: bool,
}

impl Canvas {
    /// No terminal: no colours, no wrapping.
    pub fn plain(lang: Lang, zone: Zone) -> Canvas {
        Canvas { lang, zone, width: None, color: false }
    }

    /// `text` in `style`, where colours may be written.
    fn paint(&self, style: anstyle::Style, text: &str) -> String {
        if self.color && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_string() }
    }
}

const BOLD: anstyle::Style = anstyle::Style::new().bold();

/// What stands where there are no rows.
const NONE: Words = words("none", "无");
