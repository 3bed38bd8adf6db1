//! TOML read with the place of every value, so that each problem can point at its cause.

use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use super::field::{Entry, Field, Fields, Need, Ty, Value};
use super::money::Money;
use super::problem::{Place, Problem};
use super::time::{Time, iso_date};
use super::words::Text;
use crate::tr;

/// A TOML file being read: its name, its text, and what was found wrong so far.
pub struct Doc<'t> {
    /// Path in the folder.
    pub file: Arc<str>,
    /// The whole text.
    pub text: &'t str,
    /// Everything wrong so far.
    pub problems: Vec<Problem>,
}

impl<'t> Doc<'t> {
    /// A file to be read.
    pub fn new(file: &Arc<str>, text: &'t str) -> Doc<'t> {
        Doc { file: file.clone(), text, problems: Vec::new() }
    }

    /// Parses the text; `None` where it is no TOML, with every syntax error noted.
    pub fn parse(&mut self) -> Option<DeTable<'t>> {
        if let Some(at) = conflict_marker(self.text) {
            self.problems.push(conflict(self.place(at..at + 7)));
            return None;
        }
        match DeTable::parse(self.text) {
            Ok(table) => Some(table.into_inner()),
            Err(_) => {
                let (_, errors) = DeTable::parse_recoverable(self.text);
                for error in errors {
                    let detail = error.message().replace('\n', " ");
                    let at = error.span().unwrap_or(0..0);
                    self.wrong(
                        "toml.syntax",
                        at,
                        tr!("not valid TOML: {detail}", "TOML 格式错误：{detail}"),
                        tr!(
                            "mend the line by hand, or take the last good version from git",
                            "请手工改正这一行，或从 git 取回上一个正确的版本"
                        ),
                    );
                }
                None
            }
        }
    }

    /// Notes a problem at a byte range.
    pub fn wrong(&mut self, code: &'static str, span: Range<usize>, message: Text, help: Text) {
        let place = self.place(span);
        self.problems.push(Problem::new(code, message, help).at(place));
    }

    /// The place of a byte range.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::at(&self.file, self.text, span)
    }

    /// Reads the known fields of a table; unknown keys are left alone. `whole` is where a missing field is reported.
    pub fn fields(&mut self, table: &DeTable<'_>, known: &'static [Field], whole: Range<usize>) -> Fields {
        let mut fields = Vec::with_capacity(known.len());
        for field in known {
            match table.get(field.key) {
                Some(raw) => match value(field.ty, raw.get_ref()) {
                    Ok(Some(value)) => fields.push(Entry { field, value, span: raw.span() }),
                    Ok(None) if field.need == Need::Required => self.missing(field, raw.span()),
                    Ok(None) => {}
                    Err(help) => {
                        let key = field.key;
                        let name = field.name;
                        self.wrong(
                            "field.value",
                            raw.span(),
                            tr!("{key} has a value that it can't take", "{name}（{key}）的值不对"; name),
                            help,
                        );
                    }
                },
                None if field.need == Need::Required => self.missing(field, whole.clone()),
                None => {}
            }
        }
        Fields(fields)
    }

    fn missing(&mut self, field: &Field, span: Range<usize>) {
        let (message, help) = field.lacking();
        self.wrong("field.missing", span, message, help);
    }

    /// The tables of an array of tables; anything else under the key is a problem.
    pub fn tables<'a, 'd>(&mut self, table: &'a DeTable<'d>, key: &str) -> Vec<(&'a DeTable<'d>, Range<usize>)> {
        let Some(raw) = table.get(key) else { return Vec::new() };
        let mut tables = Vec::new();
        if let DeValue::Array(items) = raw.get_ref() {
            for item in items.iter() {
                match item.get_ref() {
                    DeValue::Table(table) => tables.push((table, item.span())),
                    _ => self.not_tables(key, item.span()),
                }
            }
        } else {
            self.not_tables(key, raw.span());
        }
        tables
    }

    fn not_tables(&mut self, key: &str, span: Range<usize>) {
        self.wrong(
            "field.value",
            span,
            tr!("{key} must be written as [[{key}]] tables", "{key} 必须写成 [[{key}]] 表"),
            tr!("see any record that `cs` made", "可参照 cs 生成的任意一张单据"),
        );
    }
}

/// The byte of the first conflict marker that git left, if any.
pub fn conflict_marker(text: &str) -> Option<usize> {
    ["<<<<<<< ", ">>>>>>> "]
        .iter()
        .filter_map(|marker| {
            if text.starts_with(marker) {
                return Some(0);
            }
            memchr::memmem::find(text.as_bytes(), format!("\n{marker}").as_bytes()).map(|i| i + 1)
        })
        .min()
}

/// The problem of a file that git left half merged.
pub fn conflict(place: Place) -> Problem {
    Problem::new(
        "file.conflict",
        tr!("git left a merge conflict here", "这里有 git 合并冲突"),
        tr!(
            "settle it by hand (both sides' steps may stay), then commit",
            "请手工解决冲突（两边的步骤都可以保留），然后提交"
        ),
    )
    .at(place)
}

/// A TOML value as a value of a type; `Ok(None)` for a flag that is `false` and a list that is empty. The error says what the type takes.
pub fn value(ty: Ty, raw: &DeValue<'_>) -> Result<Option<Value>, Text> {
    let expect = || ty.expects();
    let found = match (ty, raw) {
        (Ty::Date, DeValue::Datetime(when)) if when.time.is_none() => {
            Value::Date(iso_date(&when.to_string()).ok_or_else(expect)?)
        }
        (Ty::Date, DeValue::String(text)) => Value::Date(iso_date(text).ok_or_else(expect)?),
        (Ty::Time, DeValue::Datetime(when)) => Value::Time(moment(&when.to_string()).ok_or_else(expect)?),
        (Ty::Time, DeValue::String(text)) => Value::Time(moment(text).ok_or_else(expect)?),
        (Ty::Money, DeValue::String(text)) => Value::Money(money(text).ok_or_else(expect)?),
        (Ty::Money, DeValue::Integer(n)) => Value::Money(money(n.as_str()).ok_or_else(expect)?),
        (Ty::Measure, DeValue::String(text)) => Value::Measure(text.parse().map_err(|_| expect())?),
        (Ty::Measure, DeValue::Integer(n)) => Value::Measure(n.as_str().parse().map_err(|_| expect())?),
        (Ty::Money | Ty::Measure, DeValue::Float(_)) => {
            return Err(tr!("put the digits in quotes, as \"12.50\"", "请给数字加上引号，如 \"12.50\""));
        }
        (Ty::Quantity | Ty::Count | Ty::Step, DeValue::Integer(n)) if n.radix() == 10 => {
            ty.whole(n.as_str().parse().ok())?
        }
        (Ty::Flag, DeValue::Boolean(true)) => Value::Yes,
        (Ty::Flag, DeValue::Boolean(false)) => return Ok(None),
        (
            Ty::Text
            | Ty::Routes
            | Ty::Marks
            | Ty::Private
            | Ty::Stint
            | Ty::Balance
            | Ty::Code(_)
            | Ty::Choice(_)
            | Ty::Record(_),
            DeValue::String(text),
        ) => ty.parse(text, clockless())?,
        // A choice such as a score may be all digits.
        (Ty::Choice(_), DeValue::Integer(n)) if n.radix() == 10 => ty.parse(n.as_str(), clockless())?,
        (_, DeValue::Array(items)) if ty.is_many() && items.is_empty() => return Ok(None),
        (_, DeValue::Array(items)) if ty.is_many() => {
            let texts = items.iter().map(|item| match item.get_ref() {
                DeValue::String(text) => Ok(text.to_string()),
                _ => Err(expect()),
            });
            ty.many(texts.collect::<Result<_, _>>()?)?
        }
        _ => return Err(expect()),
    };
    Ok(Some(found))
}

/// For the types whose reading does not depend on the clock.
fn clockless() -> super::time::Now {
    super::time::Now { time: Time::default(), zone: super::time::Zone::default() }
}

fn moment(text: &str) -> Option<Time> {
    chrono::DateTime::parse_from_rfc3339(text).ok()
}

fn money(text: &str) -> Option<Money> {
    text.parse().ok().filter(|m| *m >= Money::ZERO)
}

/// A text as a TOML basic string: every control character escaped, always on one line.
pub fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            '\r' => quoted.push_str("\\r"),
            c if c.is_control() => quoted.push_str(&format!("\\u{:04X}", u32::from(c))),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A value as its file holds it.
pub fn literal(value: &Value) -> String {
    match value {
        Value::Text(text) => quote(text),
        Value::Date(_) | Value::Time(_) | Value::Whole(_) | Value::Yes => value.to_string(),
        Value::Money(_) | Value::Measure(_) | Value::Record(_) => format!("\"{value}\""),
        Value::Many(parts) => format!("[{}]", parts.iter().map(|p| quote(p)).collect::<Vec<_>>().join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quoted_text_reads_back() {
        for text in ["", "a\"b\\c", "行1\n行2\t\u{1b}[31m\u{7f}", "𝒳\u{202e}"] {
            let doc = format!("k = {}", quote(text));
            let table: toml::Table = doc.parse().unwrap();
            assert_eq!(table["k"].as_str(), Some(text), "{doc}");
            assert!(!doc.contains('\n'));
        }
    }

    #[test]
    fn all_syntax_errors_are_noted_and_a_conflict_is_named() {
        let file: Arc<str> = "a.toml".into();
        let mut doc = Doc::new(&file, "a = \nb = 1\nc = ]\n");
        assert!(doc.parse().is_none());
        assert!(doc.problems.len() >= 2, "{:?}", doc.problems);
        let mut doc = Doc::new(&file, "a = 1\n<<<<<<< HEAD\nb = 1\n");
        assert!(doc.parse().is_none());
        assert_eq!((doc.problems[0].code, doc.problems[0].place.as_ref().unwrap().line), ("file.conflict", 2));
    }
}
