//! Cells in columns by display width: the one place that knows the table library.

use comfy_table::{
    Cell, CellAlignment, ColumnConstraint, ContentArrangement, ContentLineStyle, LineStyle, Table, TableStyle, Width,
};
use unicode_width::UnicodeWidthStr;

/// How a column is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lane {
    /// Right-aligned.
    pub right: bool,
    /// Never wrapped.
    pub whole: bool,
}

/// Blanks between two columns, beside the one that the library puts there.
const GAP: u16 = 1;
/// What the rule under the heads is made of.
pub(super) const RULE: char = '─';
/// A wrapped column is never narrower, as long as its content isn't.
const NARROWEST: usize = 10;
/// The longest word that a wrapped column keeps whole: the length of a long record number.
const LONGEST_WORD: usize = 24;
/// Wider lines of a cell are broken, as the table library counts in 16 bits.
const WIDEST: usize = 50_000;

/// Lines of equal display width: the heads and a rule under them (where there are heads), then the rows.
/// Cells must be clean; a line break in a cell starts a new line of that cell.
/// Where `width` is too small, the lanes that aren't whole are wrapped, and last the lines get longer than `width`.
pub(super) fn lines(lanes: &[Lane], heads: &[String], rows: &[Vec<String>], width: Option<usize>) -> Vec<String> {
    let mut table = Table::new();
    table
        .load_style(
            TableStyle::new()
                .header_lines(ContentLineStyle::none())
                .header_separator(LineStyle::none().fill(RULE).junction(RULE))
                .content_lines(ContentLineStyle::none()),
        )
        .force_no_tty();
    match width {
        Some(width) => table
            .set_content_arrangement(ContentArrangement::Dynamic)
            .set_width(u16::try_from(width).unwrap_or(u16::MAX)),
        None => table.set_content_arrangement(ContentArrangement::Disabled),
    };
    let cell = |(lane, text): (&Lane, &String)| {
        let alignment = if lane.right { CellAlignment::Right } else { CellAlignment::Left };
        Cell::new(broken(text)).set_alignment(alignment)
    };
    if !heads.is_empty() {
        table.set_header(lanes.iter().zip(heads).map(cell).collect::<Vec<_>>());
    }
    for row in rows {
        table.add_row(lanes.iter().zip(row).map(cell).collect::<Vec<_>>());
    }
    for (at, (lane, column)) in lanes.iter().zip(table.column_iter_mut()).enumerate() {
        let gap = if at == 0 { 0 } else { GAP };
        column.set_padding((gap, 0));
        column.set_constraint(if lane.whole {
            ColumnConstraint::ContentWidth
        } else {
            let texts = rows.iter().filter_map(|row| row.get(at)).chain(heads.get(at)).map(String::as_str);
            // The library counts the padding in.
            ColumnConstraint::LowerBoundary(Width::Fixed(least_width(texts) + gap))
        });
    }
    table.lines().collect()
}

/// How narrow a column may get: its content, or what keeps its words whole.
fn least_width<'a>(texts: impl Iterator<Item = &'a str>) -> u16 {
    let (mut content, mut word) = (0, 0);
    for line in texts.flat_map(str::lines) {
        content = content.max(line.width());
        let words = line.split(' ').filter(|w| w.is_ascii()).map(str::len).filter(|&w| w <= LONGEST_WORD);
        word = word.max(words.max().unwrap_or(0));
    }
    u16::try_from(content.min(NARROWEST.max(word))).unwrap_or(u16::MAX)
}

/// `text` with line breaks where a line is wider than the library can count.
fn broken(text: &str) -> String {
    if text.len() <= WIDEST {
        return text.to_string();
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut room = WIDEST;
    for c in text.chars() {
        let width = unicode_width::UnicodeWidthChar::width(c).unwrap_or(1);
        if c == '\n' {
            room = WIDEST;
        } else if width > room {
            out.push('\n');
            room = WIDEST;
        }
        out.push(c);
        room = room.saturating_sub(width);
    }
    out
}

/// Lines as one text, without blanks at their ends.
pub(super) fn joined(lines: &[String]) -> String {
    lines.iter().fold(String::new(), |text, line| text + line.trim_end() + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: Lane = Lane { right: false, whole: false };
    const WHOLE: Lane = Lane { right: false, whole: true };
    const NUMBER: Lane = Lane { right: true, whole: true };

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|t| t.to_string()).collect()
    }

    #[test]
    fn chinese_and_latin_lines_are_equally_wide() {
        let rows = [strings(&["DD-261121-YX-1", "成都商场", "1,250.00"]), strings(&["X", "a", "3"])];
        let lines = lines(&[WHOLE, TEXT, NUMBER], &strings(&["单号", "门店", "金额"]), &rows, None);
        assert_eq!(
            lines,
            [
                "单号            门店          金额",
                "──────────────────────────────────",
                "DD-261121-YX-1  成都商场  1,250.00",
                "X               a                3",
            ]
        );
        assert!(lines.iter().all(|l| l.width() == 34));
    }

    #[test]
    fn only_text_is_wrapped_and_a_number_in_it_is_not_broken() {
        let rows =
            [strings(&["DD-261121-YX-1", "三楼东侧电梯口旁边的展位 DD-261121-YX-12 DD-261121-YX-13", "1,250.00"])];
        for width in [1, 30, 40, 50, 60] {
            let lines = lines(&[WHOLE, TEXT, NUMBER], &strings(&["单号", "门店", "金额"]), &rows, Some(width));
            let wide = lines[0].width();
            assert!(lines.iter().all(|l| l.width() == wide), "{lines:#?}");
            assert!(wide <= width.max(41), "{lines:#?}");
            for whole in ["DD-261121-YX-1 ", "DD-261121-YX-12", "DD-261121-YX-13", "1,250.00"] {
                assert!(lines.iter().any(|l| l.contains(whole)), "{whole} {lines:#?}");
            }
        }
    }

    #[test]
    fn a_cell_wider_than_the_library_counts_is_broken_not_lost() {
        let text = "<U+202E>".repeat(10_000);
        for width in [None, Some(80)] {
            for lane in [TEXT, WHOLE] {
                let lines = lines(&[lane, lane], &[], &[vec!["x".to_string(), text.clone()]], width);
                let shown: String = lines.iter().map(|l| l.trim_start_matches('x').trim()).collect();
                assert_eq!(shown, text);
            }
        }
    }
}
