//! Paper forms as an HTML document that prints on A4: one file, no script, nothing fetched.

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};

use super::clean::clean;
use super::html::{POLICY, tongue};
use super::page_cell::{is_number, least_lines, text};
use crate::base::page::{Block, Page, PageCell, PageRow, Role};
use crate::base::words::Lang;

/// How the forms look on paper, on a screen and on a phone.
const STYLE: &str = include_str!("page.css");

/// The number of the sheet of paper, at its foot. Of one form alone: the sheets of several would be counted through.
const COUNTED: &str = "@page { @bottom-center { content: counter(page) ' / ' counter(pages); font: 8pt sans-serif; } }";

/// The forms as one document, each beginning a new sheet of paper. Lines that go on on another sheet have their heads
/// again there; what is to stay whole is not torn apart.
pub fn html(pages: &[Page], title: &str, lang: Lang) -> String {
    let document = markup! {
        (DOCTYPE)
        html lang=(tongue(lang)) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (clean(title)) }
                style { (PreEscaped(STYLE)) @if pages.len() == 1 { (PreEscaped(COUNTED)) } }
            }
            body { @for page in pages { (sheet(page)) } }
        }
    };
    document.into_string() + "\n"
}

fn sheet(page: &Page) -> Markup {
    markup! {
        main class="sheet" {
            @for (at, block) in page.blocks.iter().enumerate() {
                div class=(classes(block, at)) { (table(block, page.columns)) }
            }
        }
    }
}

fn classes(block: &Block, at: usize) -> String {
    let flags = [("block", true), ("lines", block.heads > 0), ("whole", block.whole), ("cut", block.cut && at > 0)];
    let set: Vec<_> = flags.into_iter().filter(|(_, set)| *set).map(|(name, _)| name).collect();
    set.join(" ")
}

fn table(block: &Block, columns: u16) -> Markup {
    let (heads, rows) = block.rows.split_at(block.heads.min(block.rows.len()));
    markup! {
        table {
            colgroup { @for _ in 0..columns { col; } }
            @if !heads.is_empty() { thead { @for row in heads { (line(row)) } } }
            tbody { @for row in rows { (line(row)) } }
        }
    }
}

fn line(row: &PageRow) -> Markup {
    let lines = least_lines(row);
    let style = (lines > 1).then(|| format!("--lines:{lines}"));
    markup! { tr style=[style] { @for cell in &row.cells { (self::cell(cell)) } } }
}

fn cell(cell: &PageCell) -> Markup {
    let span = (cell.span != 1).then_some(cell.span);
    let text = text(&cell.content);
    markup! {
        @match cell.role {
            Role::Title => td class="title" colspan=[span] { h1 { (text) } },
            Role::Remark => td class="remark" colspan=[span] { (text) },
            Role::Label => th class="label" scope="row" colspan=[span] { (text) },
            Role::Head => th class="head" scope="col" colspan=[span] { (text) },
            Role::Value => td class=[is_number(&cell.content).then_some("number")] colspan=[span] { (text) },
            Role::Sign => td class="sign" colspan=[span] { (text) },
        }
    }
}
