//! What a record holds, made safe to show: everything that a terminal would obey or hide is made visible.

use std::borrow::Cow;

/// How a character that can't be shown as it is, is shown instead.
pub(super) enum Shown {
    /// As one visible character.
    As(char),
    /// By its code point: `<U+202E>`.
    Code(u32),
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Shown::As(c) => write!(f, "{c}"),
            Shown::Code(code) => write!(f, "<U+{code:04X}>"),
        }
    }
}

/// What stands for `c`; `None` where it may be shown as it is.
///
/// Not as it is: control characters, marks of writing direction, line and paragraph separators, and whatever has no
/// width and no shape. Variation selectors and combining marks are kept, as rare characters of names need them.
pub(super) fn shown(c: char) -> Option<Shown> {
    match c {
        ' '..='~' => None,
        '\n' => Some(Shown::As('⏎')),
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).map(Shown::As),
        '\u{7f}' => Some(Shown::As('␡')),
        '\u{80}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}'..='\u{ffff}'
        | '\u{e0000}'..='\u{e007f}' => Some(Shown::Code(c.into())),
        _ => None,
    }
}

/// `text` for one line of output: what a terminal would obey is made visible, a line break becomes `⏎`.
pub fn clean(text: &str) -> Cow<'_, str> {
    replace(text, false)
}

/// `text` for output that may take several lines: as [`clean`], but line breaks (LF and CRLF) stay line breaks.
pub fn clean_lines(text: &str) -> Cow<'_, str> {
    replace(text, true)
}

fn replace(text: &str, keep_breaks: bool) -> Cow<'_, str> {
    let kept = |c: char| (keep_breaks && c == '\n') || shown(c).is_none();
    if text.chars().all(kept) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match shown(c) {
            _ if c == '\r' && chars.peek() == Some(&'\n') => {}
            Some(instead) if !kept(c) => out.push_str(&instead.to_string()),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_would_obey_is_shown() {
        for (raw, expect) in [
            ("\u{1b}[31m红", "␛[31m红"),
            ("a\u{0}b\u{7f}", "a␀b␡"),
            ("\u{9b}2J", "<U+009B>2J"),
            ("甲\u{202e}乙\u{2066}\u{200f}\u{61c}", "甲<U+202E>乙<U+2066><U+200F><U+061C>"),
            ("a\u{200b}b\u{feff}", "a<U+200B>b<U+FEFF>"),
            ("a\u{2028}b\u{2029}", "a<U+2028>b<U+2029>"),
            ("一\n二\r\n三\r四\t五", "一⏎二⏎三␍四␉五"),
            ("\u{e0041}", "<U+E0041>"),
            ("\u{fffe}\u{ffff}", "<U+FFFE><U+FFFF>"),
        ] {
            assert_eq!(clean(raw), expect);
        }
    }

    #[test]
    fn what_needs_nothing_is_borrowed() {
        for text in ["", "订购单 DD-261121-YX-1", "é e\u{301} 😀 辻\u{e0100}"] {
            assert!(matches!(clean(text), Cow::Borrowed(same) if same == text), "{text}");
        }
        assert!(matches!(clean_lines("一\n二"), Cow::Borrowed("一\n二")));
    }

    #[test]
    fn line_breaks_are_kept_only_where_asked() {
        assert_eq!(clean_lines("一\r\n二\n\u{1b}三\r"), "一\n二\n␛三␍");
    }
}
