//! CSV as a spreadsheet opens it: RFC 4180, and no text that a spreadsheet would run.

/// A text cell that no spreadsheet takes for a formula: an apostrophe before what would begin one.
/// The full-width signs count too, as a Chinese input method writes them. A plain number, with its sign or without, runs
/// nothing.
pub(super) fn guarded(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if formula && !is_number(text) { format!("'{text}") } else { text.to_string() }
}

/// Whether a text is a plain number: `[+-]?digits(.digits)?`.
fn is_number(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    unsigned.split_once('.').map_or_else(|| digits(unsigned), |(whole, part)| digits(whole) && digits(part))
}

/// Heads and rows as CSV, lines ended by CRLF. Every row is as long as the heads.
pub(super) fn text<'a>(heads: &[&str], rows: impl Iterator<Item = Vec<String>> + 'a) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).flexible(true).from_writer(Vec::new());
    // Writing to memory fails on nothing.
    let _ = writer.write_record(heads);
    for row in rows {
        let _ = writer.write_record(&row);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_begins_a_formula_gets_an_apostrophe() {
        for formula in [
            "=1+1",
            "+1+1",
            "+86 138",
            "-x",
            "-1+cmd|' /C calc'!A0",
            "@x",
            "\tx",
            "\rx",
            "＝1",
            "－4",
            "+",
            "-1.",
            "+.5",
            "-1.2.3",
            "-1e3",
            "--1",
            "-4\n",
            "-４",
        ] {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        for text in ["-4", "+30", "-0.5", "+86138", "12", "DD-261121-YX-1", "a=b", "", "028-8600", "成都"] {
            assert_eq!(guarded(text), text);
        }
    }
}
