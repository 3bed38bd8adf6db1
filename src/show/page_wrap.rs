//! How many lines a text takes where a spreadsheet wraps it: spreadsheets don't find the height of merged cells
//! themselves.

use unicode_width::UnicodeWidthChar;

/// What never begins a line, as it closes what stands before it.
const CLOSING: &str = "，。、；：？！）》】〕」』”’…—％,.;:?!)]}%";
/// What never ends a line.
const OPENING: &str = "（《【〔「『“‘([{";

/// How many lines `text` takes where `room` half-wide characters stand in a line: broken at blanks and beside Chinese
/// characters, a longer word anywhere. At least 1.
pub(super) fn lines(text: &str, room: usize) -> usize {
    let room = room.max(2);
    let paragraph = |text: &str| {
        let (mut lines, mut used) = (1, 0);
        for piece in pieces(text) {
            // Blanks at a line's end hang over it.
            let (whole, shown) = (width(piece), width(piece.trim_end()));
            if used > 0 && used + shown > room {
                (lines, used) = (lines + 1, 0);
            }
            lines += shown.saturating_sub(1) / room;
            used += if shown > room { (shown - 1) % room + 1 + (whole - shown) } else { whole };
        }
        lines
    };
    text.split('\n').map(paragraph).sum()
}

/// The width in half-wide characters, in a Chinese font: what is ambiguous is wide there.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    c.width_cjk().unwrap_or(0)
}

/// What a line is never broken within, each with the blanks that follow it.
pub(super) fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let mut pairs = rest.char_indices().zip(rest.chars().skip(1));
        let end = pairs.find(|((_, before), after)| may_break(*before, *after));
        let end = end.map_or(rest.len(), |((at, before), _)| at + before.len_utf8());
        let (piece, left) = rest.split_at(end);
        rest = left;
        (!piece.is_empty()).then_some(piece)
    })
}

fn may_break(before: char, after: char) -> bool {
    let wide = |c| char_width(c) > 1;
    let bound = after == ' ' || OPENING.contains(before) || CLOSING.contains(after) || char_width(after) == 0;
    !bound && (before == ' ' || wide(before) || wide(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_blanks_and_beside_chinese() {
        for (text, room, expect) in [
            ("", 10, 1),
            ("成都商场", 8, 1),
            ("成都商场", 7, 2),
            ("成都商场", 2, 4),
            ("one two", 7, 1),
            ("one two", 6, 2),
            ("one   two", 4, 2),
            ("DD-261121-YX-1", 7, 2),
            ("a DD-261121-YX-1", 7, 3),
            ("一\n二\n", 10, 3),
            ("甲DD-261121-YX-1乙", 14, 3),
            ("e\u{301}e\u{301}", 2, 1),
        ] {
            assert_eq!(lines(text, room), expect, "{text} {room}");
        }
    }

    #[test]
    fn a_stop_goes_to_the_next_line_with_what_it_closes() {
        assert_eq!(
            pieces("请签字（盖章）。OK 3").collect::<Vec<_>>(),
            ["请", "签", "字", "（盖", "章）。", "OK ", "3"]
        );
        assert_eq!(lines("一二三。四", 6), 2);
        assert_eq!(lines("一二三。四五六", 6), 3, "三。四 / 五六");
    }
}
