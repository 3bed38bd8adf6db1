//! What stands in a cell of a paper form, as every drawing of it shows it.

use std::borrow::Cow;

use super::amount::grouped;
use super::clean::clean_lines;
use crate::base::page::{Content, PageRow, Role};

/// How high a box to sign in is at least, in lines of text, so that a pen and a stamp find room.
const SIGN_LINES: u16 = 4;

/// How many lines of text a row is at least high.
pub(super) fn least_lines(row: &PageRow) -> u16 {
    let signed = row.cells.iter().any(|cell| cell.role == Role::Sign);
    row.height.max(if signed { SIGN_LINES } else { 1 })
}

/// The content as text, made safe to show; its line breaks are kept. Numbers have commas between thousands.
pub(super) fn text(content: &Content) -> Cow<'_, str> {
    match content {
        Content::Empty => Cow::Borrowed(""),
        Content::Text(text) => clean_lines(text),
        Content::Date(date) => date.to_string().into(),
        Content::Whole(whole) => grouped(&whole.to_string()).into(),
        Content::Measure(measure) => grouped(&measure.to_string()).into(),
        Content::Money(money) => grouped(&money.to_string()).into(),
    }
}

/// True for what is set to the right, so that digits stand under each other.
pub(super) fn is_number(content: &Content) -> bool {
    matches!(content, Content::Whole(_) | Content::Measure(_) | Content::Money(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_shown_safe_and_grouped() {
        for (content, expect) in [
            (Content::Empty, ""),
            (Content::Text("一\r\n二\u{202e}".into()), "一\n二<U+202E>"),
            (Content::Text("013800001234".into()), "013800001234"),
            (Content::Date("2026-11-21".parse().unwrap()), "2026-11-21"),
            (Content::Whole(12_000), "12,000"),
            (Content::Measure("1234.50".parse().unwrap()), "1,234.5"),
            (Content::Money("-1250".parse().unwrap()), "-1,250.00"),
        ] {
            assert_eq!(text(&content), expect);
        }
    }
}
