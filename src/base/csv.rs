//! Reading CSV: rows with the place of every cell, and everything that is wrong with them.
//!
//! The `csv` crate decodes; what it forgives (an open quote, a short row, a doubled head) is told here.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::base::problem::{Place, Problem};
use crate::tr;

/// Most cells that a row may have.
pub const MOST_CELLS: usize = 500;

/// A row as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawRow<'t> {
    /// Its bytes in the file, without the line end; the start is what [`csv_set`](crate::store::csv_edit::csv_set) takes.
    pub span: Range<usize>,
    /// The line that it begins on, from 1.
    pub line: usize,
    /// Its cells under known heads, empty ones too, in the order of the file.
    pub cells: Vec<RawCell<'t>>,
}

/// A cell as it stands in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RawCell<'t> {
    /// Index into the known columns.
    pub column: usize,
    /// What it holds, quotes resolved, not trimmed.
    pub text: Cow<'t, str>,
    /// Its bytes in the file, quotes included.
    pub span: Range<usize>,
}

impl RawRow<'_> {
    /// What stands in a known column; empty when the file lacks the column.
    pub fn get(&self, column: usize) -> &str {
        self.cells.iter().find(|cell| cell.column == column).map_or("", |cell| &cell.text)
    }
}

/// Reads a whole file: its rows, and every problem at its `file:line:column`, as [`each_row`] tells them.
pub fn read_csv<'t>(
    file: &Arc<str>,
    text: &'t str,
    known: &[&str],
    required: &[&str],
) -> (Vec<RawRow<'t>>, Vec<Problem>) {
    let mut rows = Vec::new();
    let problems = each_row(file, text, known, required, |row| rows.push(row));
    (rows, problems)
}

/// Hands over a file's rows one by one, holding none of them; and every problem at its `file:line:column`.
///
/// The first row holds the heads. Columns that are not `known` are passed over. Blank lines and rows of
/// nothing but empty cells are passed over too, since spreadsheets leave them behind. A row with a problem
/// is not among the rows. Codes: `csv.conflict`, `csv.no-heads`, `csv.missing-column`, `csv.doubled-column`,
/// `csv.short-row`, `csv.long-row`, `csv.open-quote`, `csv.stray-quote`, `csv.too-wide`, `csv.line-end`.
pub fn each_row<'t>(
    file: &Arc<str>,
    text: &'t str,
    known: &[&str],
    required: &[&str],
    mut each: impl FnMut(RawRow<'t>),
) -> Vec<Problem> {
    let mut problems = conflict_marks(file, text);
    if !problems.is_empty() {
        return problems;
    }
    let mut records = Records::new(text);
    let Some(heads) = records.next() else {
        problems.push(no_heads(file));
        return problems;
    };
    let fault = |fault: &Fault| fault.problem(file, text);
    if let Some(wrong) = &heads.fault {
        problems.push(fault(wrong));
        return problems;
    }
    let columns = columns(file, text, &heads, known, required, &mut problems);
    for record in records {
        if let Some(wrong) = &record.fault {
            problems.push(fault(wrong));
            continue;
        }
        if record.cells.iter().all(|(cell, _)| cell.is_empty()) {
            continue;
        }
        if let Some(ragged) = ragged(file, text, &heads, &record) {
            problems.push(ragged);
            continue;
        }
        let cells = record.cells.into_iter().zip(&columns);
        let cells = cells.filter_map(|((text, span), column)| column.map(|column| RawCell { column, text, span }));
        each(RawRow { span: record.span, line: record.line, cells: cells.collect() });
    }
    problems
}

/// The cells of a single row; none where it is blank.
pub fn cells_of(row: &str) -> Vec<String> {
    let record = Records::new(row).next();
    record.map_or_else(Vec::new, |record| record.cells.into_iter().map(|(cell, _)| cell.into_owned()).collect())
}

/// The cells of a row that was read before and found sound, each with its bytes in the row. Of use where many rows are
/// read one by one: making a reader for each takes longer than the reading.
pub(crate) fn split(row: &str) -> Vec<(Cow<'_, str>, Range<usize>)> {
    let bytes = row.as_bytes();
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let quoted = (bytes.get(at) == Some(&b'"')).then(|| after_quotes(bytes, at)).flatten();
        let (text, end) = match quoted {
            Some(end) => (unquoted(&row[at + 1..end - 1]), end),
            None => {
                let end = memchr::memchr(b',', &bytes[at..]).map_or(row.len(), |comma| at + comma);
                (Cow::Borrowed(&row[at..end]), end)
            }
        };
        cells.push((text, at..end));
        if bytes.get(end) != Some(&b',') {
            return cells;
        }
        at = end + 1;
    }
}

/// What stands between quotes, each doubled one of them single.
fn unquoted(inner: &str) -> Cow<'_, str> {
    if inner.contains('"') { Cow::Owned(inner.replace("\"\"", "\"")) } else { Cow::Borrowed(inner) }
}

/// Where a quoted cell ends that begins at `at`: after its closing quote. `None` where it is never closed.
fn after_quotes(bytes: &[u8], at: usize) -> Option<usize> {
    let mut end = at + 1;
    loop {
        let quote = end + memchr::memchr(b'"', &bytes[end..])?;
        match bytes.get(quote + 1) {
            Some(b'"') => end = quote + 2,
            _ => return Some(quote + 1),
        }
    }
}

/// What git leaves in a file that it could not merge, each mark at its place (`csv.conflict`). Also of use for forms.
pub fn conflict_marks(file: &Arc<str>, text: &str) -> Vec<Problem> {
    const OPEN: &str = "<<<<<<< ";
    let at_line_start = |at: usize| at == 0 || text.as_bytes()[at - 1] == b'\n';
    if !memchr::memmem::find_iter(text.as_bytes(), OPEN).any(at_line_start) {
        return Vec::new();
    }
    let mut problems = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end_matches(['\n', '\r']);
        if bare.starts_with(OPEN) || bare == "=======" || bare.starts_with(">>>>>>> ") {
            let message = tr!("git could not merge this file", "git 未能自动合并此文件");
            let help = tr!(
                "keep the right lines, remove the marks, then `git add` the file",
                "请保留正确的行，删除冲突标记，再执行 git add"
            );
            problems.push(Problem::new("csv.conflict", message, help).at(Place::at(
                file,
                text,
                start..start + bare.len(),
            )));
        }
        start += line.len();
    }
    problems
}

/// The index into `known` of each column of the file.
fn columns(
    file: &Arc<str>,
    text: &str,
    heads: &Record,
    known: &[&str],
    required: &[&str],
    problems: &mut Vec<Problem>,
) -> Vec<Option<usize>> {
    for (i, (head, span)) in heads.cells.iter().enumerate() {
        let head = head.trim();
        if !head.is_empty() && heads.cells[..i].iter().any(|(earlier, _)| earlier.trim() == head) {
            let message = tr!("column {head} stands twice", "列 {head} 重复出现");
            let help =
                tr!("keep one of the two, with its cells in every row", "请只保留其中一列（连同每一行的对应单元格）");
            problems.push(Problem::new("csv.doubled-column", message, help).at(Place::at(file, text, span.clone())));
        }
    }
    for name in required {
        if !heads.cells.iter().any(|(head, _)| head.trim() == *name) {
            let message = tr!("column {name} is missing", "缺少列 {name}");
            let help = tr!("add {name} to the first line of the file", "请在文件首行补上 {name} 列");
            problems.push(Problem::new("csv.missing-column", message, help).at(Place::at(
                file,
                text,
                heads.span.clone(),
            )));
        }
    }
    heads.cells.iter().map(|(head, _)| known.iter().position(|name| *name == head.trim())).collect()
}

fn ragged(file: &Arc<str>, text: &str, heads: &Record, row: &Record) -> Option<Problem> {
    let (want, have) = (heads.cells.len(), row.cells.len());
    let help = tr!(
        "give each head one cell; put a cell that holds a comma in double quotes",
        "每列对应一个单元格；内容含逗号的单元格请加英文双引号"
    );
    let (code, message, span) = if have < want {
        let message = tr!("the row has {have} cells, the heads are {want}", "该行有 {have} 个单元格，表头有 {want} 列");
        ("csv.short-row", message, row.span.end..row.span.end)
    } else if have > want {
        let message = tr!("the row has {have} cells, the heads are {want}", "该行有 {have} 个单元格，表头有 {want} 列");
        ("csv.long-row", message, row.cells[want].1.start..row.span.end)
    } else {
        return None;
    };
    Some(Problem::new(code, message, help).at(Place::at(file, text, span)))
}

fn no_heads(file: &Arc<str>) -> Problem {
    Problem::new(
        "csv.no-heads",
        tr!("{file} has no line of heads", "{file} 没有表头行"),
        tr!("put the names of the columns into its first line", "请在文件首行写上各列的名称"),
    )
    .at(Place { line: 1, column: 1, ..Place::file(file) })
}

/// One record with the raw bytes of each cell.
pub(crate) struct Record<'t> {
    pub span: Range<usize>,
    pub line: usize,
    pub cells: Vec<(Cow<'t, str>, Range<usize>)>,
    pub fault: Option<Fault>,
}

/// What the `csv` crate would forgive.
pub(crate) struct Fault {
    code: &'static str,
    span: Range<usize>,
}

impl Fault {
    /// What is wrong, at its place in the text.
    pub fn problem(&self, file: &Arc<str>, text: &str) -> Problem {
        let (message, help) = match self.code {
            "csv.open-quote" => (
                tr!("the quote is never closed", "引号没有闭合"),
                tr!("close it with \", and double each \" inside the cell", "请补上 \"；单元格内部的 \" 要写成两个"),
            ),
            "csv.stray-quote" => (
                tr!("text follows the closing quote", "右引号之后还有文字"),
                tr!("double each \" inside a quoted cell", "加引号的单元格内部的 \" 要写成两个"),
            ),
            "csv.too-wide" => (
                tr!("the row has more than {MOST_CELLS} cells", "该行超过 {MOST_CELLS} 个单元格"),
                tr!("remove what was pasted there", "请删除误贴的内容"),
            ),
            _ => (
                tr!("the line ends in a lone carriage return", "该行以单独的回车符（CR）结尾"),
                tr!("save the file with LF or CRLF line ends", "请以 LF 或 CRLF 换行符保存文件"),
            ),
        };
        Problem::new(self.code, message, help).at(Place::at(file, text, self.span.clone()))
    }
}

/// The records of a text, blank lines passed over.
pub(crate) struct Records<'t> {
    text: &'t str,
    reader: csv::Reader<&'t [u8]>,
    record: csv::ByteRecord,
    /// Where the reader's own counting begins.
    base: usize,
    /// Up to where line ends are counted, and the line there.
    counted: (usize, usize),
    ended: bool,
    separator: u8,
}

impl<'t> Records<'t> {
    /// From the beginning of a file, after its BOM.
    pub fn new(text: &'t str) -> Records<'t> {
        Records::separated(text, b',')
    }

    /// The same with another separator, an ASCII character.
    pub fn separated(text: &'t str, separator: u8) -> Records<'t> {
        let base = text.len() - text.trim_start_matches('\u{feff}').len();
        let mut builder = csv::ReaderBuilder::new();
        let reader =
            builder.has_headers(false).flexible(true).delimiter(separator).from_reader(&text.as_bytes()[base..]);
        Records { text, reader, record: csv::ByteRecord::new(), base, counted: (0, 1), ended: false, separator }
    }

    fn line(&mut self, at: usize) -> usize {
        let (from, line) = self.counted;
        let line = line + memchr::memchr_iter(b'\n', &self.text.as_bytes()[from..at]).count();
        self.counted = (at, line);
        line
    }
}

impl<'t> Iterator for Records<'t> {
    type Item = Record<'t>;

    fn next(&mut self) -> Option<Record<'t>> {
        // Reading from memory can't fail.
        if self.ended || !self.reader.read_byte_record(&mut self.record).unwrap_or(false) {
            return None;
        }
        let bytes = self.text.as_bytes();
        let mut start = self.base + self.record.position().map_or(0, |p| p.byte() as usize);
        while matches!(bytes.get(start), Some(b'\r' | b'\n')) {
            start += 1;
        }
        let mut record = Record { span: start..start, line: self.line(start), cells: Vec::new(), fault: None };
        record.cells.reserve(self.record.len());
        let mut at = start;
        for cell in &self.record {
            let (text, span) = match raw_cell(self.text, at, cell, self.separator) {
                Ok(cell) => cell,
                Err(fault) => {
                    // Past an open quote nothing is where it seems to be.
                    self.ended = fault.code == "csv.open-quote";
                    record.fault = Some(fault);
                    break;
                }
            };
            at = span.end + 1;
            record.span.end = span.end;
            record.cells.push((text, span));
            if record.cells.len() > MOST_CELLS {
                record.fault = Some(Fault { code: "csv.too-wide", span: start..record.span.end });
                break;
            }
        }
        let end = record.span.end;
        if record.fault.is_none() && bytes.get(end) == Some(&b'\r') && bytes.get(end + 1) != Some(&b'\n') {
            record.fault = Some(Fault { code: "csv.line-end", span: end..end + 1 });
            self.ended = true;
        }
        Some(record)
    }
}

/// The raw bytes of the cell that begins at `at` and decodes to `cell`.
fn raw_cell<'t>(text: &'t str, at: usize, cell: &[u8], separator: u8) -> Result<(Cow<'t, str>, Range<usize>), Fault> {
    let bytes = text.as_bytes();
    if bytes.get(at) != Some(&b'"') {
        let span = at..at + cell.len();
        return Ok((Cow::Borrowed(&text[span.clone()]), span));
    }
    let end = after_quotes(bytes, at).ok_or(Fault { code: "csv.open-quote", span: at..at + 1 })?;
    let ends = |next: &u8| matches!(next, b'\r' | b'\n') || *next == separator;
    if !bytes.get(end).is_none_or(ends) {
        return Err(Fault { code: "csv.stray-quote", span: end..end + 1 });
    }
    let inner = &text[at + 1..end - 1];
    let text = if inner.len() == cell.len() {
        Cow::Borrowed(inner)
    } else {
        Cow::Owned(String::from_utf8_lossy(cell).into_owned())
    };
    Ok((text, at..end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sound_row_splits_as_the_reader_reads_it() {
        for row in [
            "a,b",
            "a,,",
            ",",
            "x",
            "\"a,b\",c",
            "\"say \"\"no\"\"\",\"\"",
            "\"two\nlines\",5\" pipe,\"\"\"\"",
            "中文,\"逗号,\"",
        ] {
            let read = Records::new(row).next().unwrap();
            assert!(read.fault.is_none(), "{row}");
            assert_eq!(split(row), read.cells, "{row}");
        }
    }
}
