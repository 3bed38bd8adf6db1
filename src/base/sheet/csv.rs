//! CSV that somebody else saved: decoded, split at its own separator.

use std::sync::Arc;

use super::{Encoding, Sheet, Size};
use crate::base::csv::Records;
use crate::base::problem::{Outcome, Place, Problem, all_or};
use crate::tr;

/// Separators, in the order in which they win where a line holds as many of each.
const SEPARATORS: &[u8] = b",;\t";
/// Lines that a problem with the encoding names.
const LINES_NAMED: usize = 5;

pub(super) fn read(name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Outcome<Sheet> {
    let text = decoded(name, bytes, encoding)?;
    let mut sheet = Sheet { name: name.to_string(), ..Sheet::default() };
    let (mut size, mut problems) = (Size::default(), Vec::new());
    let file: Arc<str> = name.into();
    // A blank line is a row too, as spreadsheets count.
    let (mut row, mut end) = (0, 0);
    for record in Records::separated(&text, separator(&text)) {
        row += memchr::memchr_iter(b'\n', &text.as_bytes()[end..record.span.start]).count();
        end = record.span.end;
        if let Some(fault) = &record.fault {
            problems.push(fault.problem(&file, &text));
            continue;
        }
        for (column, (cell, _)) in record.cells.into_iter().enumerate() {
            sheet.put(&mut size, row, column, unguarded(&cell).replace("\r\n", "\n"))?;
        }
    }
    all_or(problems)?;
    Ok(sheet)
}

/// A text without the apostrophe that keeps spreadsheets from running it as a formula, as `cs` itself exports it.
fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) => rest,
        _ => cell,
    }
}

/// The separator that stands most often, outside quotes, in the first line that holds any.
fn separator(text: &str) -> u8 {
    for line in text.lines() {
        let mut counts = [0; SEPARATORS.len()];
        let mut quoted = false;
        for byte in line.bytes() {
            quoted ^= byte == b'"';
            if let Some(at) = SEPARATORS.iter().position(|s| *s == byte && !quoted) {
                counts[at] += 1;
            }
        }
        let most = counts.iter().copied().max().unwrap_or(0);
        if most > 0 {
            let first = counts.iter().position(|count| *count == most);
            return first.map_or(b',', |at| SEPARATORS[at]);
        }
    }
    b','
}

fn decoded(name: &str, bytes: &[u8], encoding: Option<Encoding>) -> Outcome<String> {
    let known = encoding.unwrap_or(Encoding::Utf8);
    let reads = |bytes: &[u8]| match known {
        Encoding::Utf8 => std::str::from_utf8(bytes).ok().map(str::to_string),
        Encoding::Gb18030 => encoding_rs::GB18030
            .decode_without_bom_handling_and_without_replacement(bytes)
            .map(std::borrow::Cow::into_owned),
    };
    if let Some(text) = reads(bytes) {
        return Ok(text);
    }
    // No character of either encoding holds the byte of a line end inside.
    let lines = bytes.split(|b| *b == b'\n').enumerate();
    let bad: Vec<usize> = lines.filter(|(_, line)| reads(line).is_none()).map(|(at, _)| at + 1).collect();
    let mut named: Vec<String> = bad.iter().take(LINES_NAMED).map(usize::to_string).collect();
    if bad.len() > LINES_NAMED {
        named.push("…".to_string());
    }
    let named = named.join(", ");
    let (message, help) = match known {
        Encoding::Utf8 => (
            tr!("{name} is not UTF-8: line {named}", "{name} 不是 UTF-8 编码：第 {named} 行"),
            tr!(
                "if it was saved on Chinese Windows, add --encoding gb18030; else save it as CSV UTF-8 or .xlsx",
                "若是中文 Windows 保存的文件，请加 --encoding gb18030；否则请另存为“CSV UTF-8”或 .xlsx"
            ),
        ),
        Encoding::Gb18030 => (
            tr!("{name} is not GB18030: line {named}", "{name} 不是 GB18030 编码：第 {named} 行"),
            tr!(
                "leave --encoding out if it is UTF-8; else save it as CSV UTF-8 or .xlsx",
                "若文件是 UTF-8 编码，请去掉 --encoding；否则请另存为“CSV UTF-8”或 .xlsx"
            ),
        ),
    };
    Err(Problem::new("sheet.encoding", message, help).at(Place::file(name)).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(text: &str) -> Sheet {
        read("a.csv", text.as_bytes(), None).unwrap()
    }

    #[test]
    fn the_separator_is_that_of_the_heading_line() {
        for (text, expect) in [("a,b\n1,2\n", b','), ("a;b\n1,5;2\n", b';'), ("单号\t运费\n1\t2\n", b'\t'), ("", b',')]
        {
            assert_eq!(separator(text), expect, "{text}");
        }
        // A title above, quotes, and rows with another separator in their texts.
        assert_eq!(separator("对账单\n\n\"a;b;c\",d\n"), b',');
        assert_eq!(separator("code,lines\nA,x;y;z;w\n"), b',');
        assert_eq!(sheet("a;b\n1,5;2\n").rows, [["a", "b"], ["1,5", "2"]]);
    }

    #[test]
    fn addresses_count_blank_lines_and_not_the_lines_inside_a_cell() {
        let sheet = sheet("\u{feff}a,b\r\n\r\n\"x\r\ny\", z \r\n\r\n\r\n,w,,\r\n");
        assert_eq!(sheet.cell(0, 0), "a");
        assert_eq!((sheet.cell(2, 0), sheet.cell(2, 1)), ("x\ny", "z"));
        assert_eq!(sheet.cell(5, 1), "w");
        assert_eq!(sheet.rows[5].len(), 2);
    }

    #[test]
    fn codes_stay_as_typed_and_what_cs_exported_is_taken_back() {
        let sheet = sheet("phone,id\n02885551234,440981199001011234\n'+86 138,'x\n");
        assert_eq!((sheet.cell(1, 0), sheet.cell(1, 1)), ("02885551234", "440981199001011234"));
        assert_eq!((sheet.cell(2, 0), sheet.cell(2, 1)), ("+86 138", "'x"));
        assert!(!sheet.is_damaged(1, 1));
    }

    #[test]
    fn encodings_are_named_never_guessed() {
        let (bytes, _, _) = encoding_rs::GB18030.encode("代码,名称\nA,成都展示\n");
        let refused = read("a.csv", &bytes, None).unwrap_err().problems.remove(0);
        assert_eq!(refused.code, "sheet.encoding");
        assert!(refused.help.en.contains("--encoding gb18030") && refused.message.en.contains("line 1, 2"));
        assert_eq!(read("a.csv", &bytes, Some(Encoding::Gb18030)).unwrap().cell(1, 1), "成都展示");
        let wrong = read("a.csv", b"a,b\n1,2\n\xff\xff,3\n", Some(Encoding::Gb18030)).unwrap_err().problems.remove(0);
        assert!(wrong.message.en.ends_with("line 3"), "{}", wrong.message.en);
        for (name, encoding) in [("GBK", Encoding::Gb18030), ("gb2312", Encoding::Gb18030), ("UTF-8", Encoding::Utf8)] {
            assert_eq!(Encoding::from_name(name), Some(encoding));
        }
        assert_eq!(Encoding::from_name("latin1"), None);
    }

    #[test]
    fn every_broken_quote_is_told_at_its_line() {
        let refused = read("a.csv", b"a;b\n\"x\"y;1\n\"z;2\n", None).unwrap_err();
        let lines: Vec<_> = refused.problems.iter().map(|p| (p.code, p.place.as_ref().unwrap().line)).collect();
        assert_eq!(lines, [("csv.stray-quote", 2), ("csv.open-quote", 3)]);
    }
}
