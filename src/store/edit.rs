//! Changing TOML: text in, text out; every byte outside the lines that are meant stays as it was,
//! with comments, unknown keys, a BOM, line ends and a missing last newline.

use std::ops::Range;

use toml_edit::{Document, Item, Table};

use crate::base::problem::Problem;
use crate::base::toml::quote;
use crate::tr;

/// The line end that a text uses: that of its first line.
pub fn line_end(text: &str) -> &'static str {
    match text.split_once('\n') {
        Some((first, _)) if first.ends_with('\r') => "\r\n",
        _ => "\n",
    }
}

/// Appends a block of TOML (lines with `\n`) after a blank line, in the file's own line ends.
pub fn append_block(text: &str, block: &str) -> String {
    let eol = line_end(text);
    let body = text.trim_start_matches('\u{feff}');
    let mut out = String::with_capacity(text.len() + block.len() + 8);
    out.push_str(text);
    if !body.is_empty() {
        if !body.ends_with('\n') {
            out.push_str(eol);
        }
        if !last_line_is_blank(body) {
            out.push_str(eol);
        }
    }
    out.push_str(&with_line_ends(block, eol));
    out
}

/// Sets, adds or (with `None`) removes keys above the first table; values are TOML literals of one line.
/// A new key comes after the last one there.
///
/// # Errors
/// `edit.not-toml` when the text is not TOML; `edit.no-value` when a key names a table or a dotted key.
pub fn set_header(text: &str, changes: &[(&str, Option<String>)]) -> Result<String, Problem> {
    let doc = parse(text)?;
    let mut patches = Vec::new();
    let mut added = String::new();
    let eol = line_end(text);
    for (key, literal) in changes {
        let item = doc.as_table().get_key_value(key);
        match (item, literal) {
            (None, None) => {}
            (None, Some(literal)) => added.push_str(&format!("{} = {literal}{eol}", bare_or_quoted(key))),
            (Some((name, Item::Value(value))), literal) => {
                let (Some(name), Some(value)) = (name.span(), value.span()) else { return Err(no_value(key)) };
                patches.push(match literal {
                    Some(literal) => (value, literal.clone()),
                    None => (line_start(text, name.start)..line_after(text, value.end), String::new()),
                });
            }
            (Some(_), _) => return Err(no_value(key)),
        }
    }
    if !added.is_empty() {
        patches.push(insertion(text, doc.as_table(), added, eol));
    }
    Ok(patched(text, patches))
}

/// Replaces all tables of the array `key` (`[[line]]` …) by `blocks` (lines with `\n`; empty removes them),
/// where the first of them stood, or after the header keys when there were none.
///
/// # Errors
/// `edit.not-toml` when the text is not TOML; `edit.no-value` when `key` is no array of tables.
pub fn replace_lines(text: &str, key: &str, blocks: &str) -> Result<String, Problem> {
    let doc = parse(text)?;
    let eol = line_end(text);
    let mut blocks = with_line_ends(blocks, eol);
    match doc.as_table().get(key) {
        Some(Item::ArrayOfTables(_)) => {}
        None if blocks.is_empty() => return Ok(text.to_string()),
        None => {
            blocks.insert_str(0, eol);
            return Ok(patched(text, vec![insertion(text, doc.as_table(), blocks, eol)]));
        }
        Some(_) => return Err(no_value(key)),
    }
    let mut patches: Vec<(Range<usize>, String)> = Vec::new();
    let mut mine = false;
    for (name, span) in sections(doc.as_table()) {
        let range = line_start(text, span.start)..line_after(text, span.end);
        match patches.last_mut() {
            Some((last, _)) if mine && name == key => last.end = range.end,
            _ if name == key => patches.push((range, String::new())),
            _ => {}
        }
        mine = name == key;
    }
    if let Some((range, first)) = patches.first_mut() {
        // A block that ended the file without a newline was its last line; what replaces it is no longer.
        if range.end < text.len() || text.ends_with('\n') || blocks.is_empty() {
            *first = blocks;
        } else {
            *first = blocks.trim_end_matches(['\r', '\n']).to_string();
        }
    }
    Ok(patched(text, patches))
}

/// Every `[table]` and `[[table]]` in the order of the file: its top-level key, and the bytes from its header to
/// the end of its last value.
fn sections(root: &Table) -> Vec<(&str, Range<usize>)> {
    fn walk<'d>(key: &'d str, item: &'d Item, found: &mut Vec<(&'d str, Range<usize>)>) {
        let mut table = |table: &'d Table| {
            if let Some(header) = table.span().filter(|_| !table.is_implicit() && !table.is_dotted()) {
                found.push((key, header.start..own_end(table).max(header.end)));
            }
            table.iter().for_each(|(_, inner)| walk(key, inner, found));
        };
        match item {
            Item::Table(inner) => table(inner),
            Item::ArrayOfTables(array) => array.iter().for_each(table),
            _ => {}
        }
    }
    let mut found = Vec::new();
    root.iter().for_each(|(key, item)| walk(key, item, &mut found));
    found.sort_by_key(|(_, span)| span.start);
    found
}

/// Where the last value that stands directly under a header ends; 0 when there is none.
fn own_end(table: &Table) -> usize {
    let end = |(_, item): (&str, &Item)| match item {
        Item::Value(value) => value.span().map_or(0, |span| span.end),
        Item::Table(inner) if inner.is_dotted() => own_end(inner),
        _ => 0,
    };
    table.iter().map(end).max().unwrap_or(0)
}

/// Puts whole lines after the last header key; without one, above the first table and the comment on it.
fn insertion(text: &str, root: &Table, lines: String, eol: &str) -> (Range<usize>, String) {
    let end = own_end(root);
    if end > 0 {
        let at = line_after(text, end);
        return if text[..at].ends_with('\n') {
            (at..at, lines)
        } else {
            (at..at, format!("{eol}{}", lines.strip_suffix(eol).unwrap_or(&lines)))
        };
    }
    let Some((_, first)) = sections(root).into_iter().next() else {
        let gap = if text.ends_with('\n') || text.trim_start_matches('\u{feff}').is_empty() { "" } else { eol };
        return (text.len()..text.len(), format!("{gap}{lines}"));
    };
    let bom = text.len() - text.trim_start_matches('\u{feff}').len();
    let mut at = line_start(text, first.start).max(bom);
    while at > bom {
        let above = line_start(text, at - 1).max(bom);
        if !text[above..at].starts_with('#') {
            break;
        }
        at = above;
    }
    (at..at, format!("{lines}{eol}"))
}

fn patched(text: &str, mut patches: Vec<(Range<usize>, String)>) -> String {
    patches.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (range, new) in patches {
        out.push_str(&text[at..range.start]);
        out.push_str(&new);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

/// Where the line of a byte begins, the BOM not counted as part of it.
fn line_start(text: &str, at: usize) -> usize {
    match text[..at].rfind('\n') {
        Some(i) => i + 1,
        None => text.len() - text.trim_start_matches('\u{feff}').len(),
    }
}

fn line_after(text: &str, at: usize) -> usize {
    text[at..].find('\n').map_or(text.len(), |i| at + i + 1)
}

fn last_line_is_blank(text: &str) -> bool {
    let Some(closed) = text.strip_suffix('\n') else { return false };
    closed.rsplit('\n').next().is_some_and(|line| line.trim().is_empty())
}

/// Lines given with `\n`, in another line end, the last one closed.
fn with_line_ends(lines: &str, eol: &str) -> String {
    lines.lines().flat_map(|line| [line, eol]).collect()
}

fn bare_or_quoted(key: &str) -> String {
    let bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
    if bare { key.to_string() } else { quote(key) }
}

fn parse(text: &str) -> Result<Document<&str>, Problem> {
    Document::parse(text).map_err(|error| {
        let reason = error.message();
        Problem::new(
            "edit.not-toml",
            tr!("the file is not TOML: {reason}", "文件不是有效的 TOML：{reason}"),
            tr!("see `cs check` and mend the file first", "请先运行 cs check 并修正该文件"),
        )
    })
}

fn no_value(key: &str) -> Problem {
    Problem::new(
        "edit.no-value",
        tr!("{key} is written in a form that can't be edited here", "{key} 的写法无法在此修改"),
        tr!("change it by hand in the file", "请直接在文件中手工修改"),
    )
}
