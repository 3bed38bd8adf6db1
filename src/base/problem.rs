//! What is wrong, where, and what to do about it; and how a command fails.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use super::words::Text;

/// A spot in a file of the folder: enough to print `file:line:column`, the raw line and a caret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Path relative to the folder, with `/` between its parts.
    pub file: Arc<str>,
    /// Line, from 1; 0 when the file as a whole is meant.
    pub line: usize,
    /// Column in characters, from 1; 0 when the line as a whole is meant.
    pub column: usize,
    /// The raw line, without its line end.
    pub raw: String,
    /// How many characters the caret covers, at least 1.
    pub width: usize,
}

impl Place {
    /// The file as a whole.
    pub fn file(file: &str) -> Place {
        Place { file: file.into(), line: 0, column: 0, raw: String::new(), width: 1 }
    }

    /// The spot that the byte range `span` of `text` stands at. A range past the end means the end.
    pub fn at(file: &Arc<str>, text: &str, span: Range<usize>) -> Place {
        let mut start = span.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let line_start = text[..start].rfind('\n').map_or(0, |i| i + 1);
        let raw = text[line_start..].split('\n').next().unwrap_or("").trim_end_matches('\r');
        let line = memchr::memchr_iter(b'\n', &text.as_bytes()[..line_start]).count() + 1;
        let lead = if line_start == 0 { raw.strip_prefix('\u{feff}').unwrap_or(raw) } else { raw };
        let bom = raw.len() - lead.len();
        let before = &text[(line_start + bom).min(start)..start];
        let end = span.end.clamp(start, (line_start + raw.len()).max(start));
        let covered = text.get(start..end).map_or(1, |s| s.chars().count());
        Place {
            file: file.clone(),
            line,
            column: before.chars().count() + 1,
            raw: lead.to_string(),
            width: covered.max(1),
        }
    }
}

/// Something wrong in the folder or in a request, with the remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// A stable name that scripts may match, such as `order.over-shipped`.
    pub code: &'static str,
    /// Where in the folder, when it is in the folder.
    pub place: Option<Place>,
    /// What is wrong.
    pub message: Text,
    /// What to do about it.
    pub help: Text,
}

impl Problem {
    /// A problem of the request itself, not of any file.
    pub fn new(code: &'static str, message: Text, help: Text) -> Problem {
        Problem { code, place: None, message, help }
    }

    /// The same problem without its place: of a text that stands in no file yet.
    pub fn unplaced(self) -> Problem {
        Problem { place: None, ..self }
    }

    /// The same problem, at a place.
    pub fn at(mut self, place: Place) -> Problem {
        self.place = Some(place);
        self
    }
}

/// How a command ends: its exit code, part of what scripts rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// The request or the data is wrong; nothing changed.
    Wrong = 1,
    /// The command line is wrong.
    Usage = 2,
    /// Saved in the folder, not committed to git.
    NotCommitted = 3,
    /// Something is due and the command was asked to fail on that.
    Due = 4,
    /// The folder is locked by another command.
    Busy = 5,
    /// A bug in `cs`.
    Bug = 70,
}

/// Why a command did not do what it was asked: an exit code and everything that is wrong.
#[derive(Clone, Debug)]
pub struct Failure {
    /// The exit code.
    pub exit: Exit,
    /// All problems found, in the order of reading.
    pub problems: Vec<Problem>,
}

impl Failure {
    /// One problem with its exit code.
    pub fn new(exit: Exit, problem: Problem) -> Failure {
        Failure { exit, problems: vec![problem] }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Failure {
        Failure::new(Exit::Wrong, problem)
    }
}

impl From<Vec<Problem>> for Failure {
    fn from(problems: Vec<Problem>) -> Failure {
        Failure { exit: Exit::Wrong, problems }
    }
}

impl From<anyhow::Error> for Failure {
    /// What no one foresaw is a bug.
    fn from(error: anyhow::Error) -> Failure {
        let chain = format!("{error:#}");
        Failure::new(
            Exit::Bug,
            Problem::new(
                "bug",
                crate::tr!("unexpected: {chain}", "意外错误：{chain}"),
                crate::tr!("nothing was lost; please report this message", "数据没有丢失；请把这条信息报告给维护者"),
            ),
        )
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{}: {}", problem.code, problem.message.en)?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// The result of anything a user may ask for.
pub type Outcome<T = ()> = Result<T, Failure>;

/// `Ok` when nothing is wrong, else everything that is.
pub fn all_or(problems: Vec<Problem>) -> Outcome {
    if problems.is_empty() { Ok(()) } else { Err(problems.into()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_counts_characters_and_skips_the_bom() {
        let text = "\u{feff}编号,b\r\n客户甲,x\r\n";
        let file: Arc<str> = "lists/a.csv".into();
        let b = text.find('b').unwrap();
        let place = Place::at(&file, text, b..b + 1);
        assert_eq!((place.line, place.column, place.raw.as_str()), (1, 4, "编号,b"));
        let x = text.find('x').unwrap();
        let place = Place::at(&file, text, x..x + 1);
        assert_eq!((place.line, place.column, place.raw.as_str()), (2, 5, "客户甲,x"));
        assert_eq!(Place::at(&file, text, 9999..9999).line, 3);
    }
}
