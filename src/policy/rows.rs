//! A table of the department's own in policy.toml, row by row under a code: built in, changed, added to and retired by its
//! section, and from a date on by a `[[change]]` (R68).

use std::ops::Range;

use toml::de::{DeTable, DeValue};

use crate::base::field::{Ty, Value};
use crate::base::toml::{Doc, value};
use crate::base::words::Text;
use crate::tr;

/// Where a row makes no sense, and the remedy.
pub type Wrong = (Range<usize>, Text);

/// What stands in place of a row that is in force no longer.
const RETIRED: &str = "retired";

/// A row of such a table.
pub trait Row: Sized {
    /// The code of the problem of a row that can't be read.
    const PROBLEM: &'static str;

    /// Its code.
    fn code(&self) -> &str;

    /// How a code is written, where a word is none.
    fn no_code(word: &str) -> Option<Text>;

    /// Where a new row goes among the others.
    fn place(&self, others: &[Self]) -> usize;

    /// The row as policy.toml has it under a code; what the table leaves out stays as it was `before`.
    ///
    /// # Errors
    /// Where it makes no sense, and the remedy.
    fn read(code: &str, before: Option<&Self>, table: &DeTable<'_>, at: &Range<usize>) -> Result<Self, Wrong>;

    /// What is said of a row that can't be read.
    fn unreadable(code: &str) -> Text;

    /// How a row is written.
    fn shape() -> Text;
}

/// The rows in force, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rows<R>(Vec<R>);

impl<R> Default for Rows<R> {
    fn default() -> Rows<R> {
        Rows(Vec::new())
    }
}

impl<R: Row> Rows<R> {
    /// The rows that are built in.
    pub(super) fn of(rows: impl IntoIterator<Item = R>) -> Rows<R> {
        Rows(rows.into_iter().collect())
    }

    /// The row with this code.
    pub fn get(&self, code: &str) -> Option<&R> {
        self.0.iter().find(|row| row.code() == code)
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &R> {
        self.0.iter()
    }

    fn put(&mut self, row: R) {
        match self.0.iter().position(|other| other.code() == row.code()) {
            Some(at) => self.0[at] = row,
            None => self.0.insert(row.place(&self.0), row),
        }
    }

    /// Takes over what a layer of policy.toml says of the rows; tells of each that makes no sense, which stays as it was.
    pub(super) fn set(&mut self, doc: &mut Doc<'_>, table: &DeTable<'_>) {
        let mut written: Vec<_> = table.iter().collect();
        // New rows keep the order in which they are written.
        written.sort_by_key(|(code, _)| code.span().start);
        for (code, raw) in written {
            let code_at = code.span();
            let code = code.get_ref();
            if let Err((at, help)) = self.set_one(code, code_at, raw.get_ref(), raw.span()) {
                doc.wrong(R::PROBLEM, at, R::unreadable(code), help);
            }
        }
    }

    fn set_one(&mut self, code: &str, code_at: Range<usize>, raw: &DeValue<'_>, at: Range<usize>) -> Result<(), Wrong> {
        if let Some(help) = R::no_code(code) {
            return Err((code_at, help));
        }
        match raw {
            DeValue::String(word) if word == RETIRED && self.get(code).is_some() => {
                self.0.retain(|row| row.code() != code);
                Ok(())
            }
            DeValue::String(word) if word == RETIRED => Err((
                at,
                tr!("it is in force neither here nor before: there is nothing to retire", "此前并无这一项，无需废止"),
            )),
            DeValue::Table(table) => R::read(code, self.get(code), table, &at).map(|row| self.put(row)),
            _ => Err((at, R::shape())),
        }
    }
}

/// The names of a row as its table gives them, each where there is one.
#[derive(Default)]
pub struct Names {
    en: Option<String>,
    zh: Option<String>,
}

impl Names {
    /// Takes over a name; `Ok(false)` where the key is of none.
    ///
    /// # Errors
    /// What a name is, where the value is none.
    pub fn take(&mut self, key: &str, raw: &DeValue<'_>) -> Result<bool, Text> {
        let of_key = match key {
            "en" => &mut self.en,
            "zh" => &mut self.zh,
            _ => return Ok(false),
        };
        let name = raw.as_str().map(str::trim).filter(|name| !name.is_empty());
        *of_key = Some(name.ok_or_else(|| Ty::Text.expects())?.to_string());
        Ok(true)
    }

    /// Both names: one that is not given stays as it was, else is the other's. `None` where there is no name at all.
    pub fn both(self, before: Option<&Text>) -> Option<Text> {
        let either = self.en.clone().or_else(|| self.zh.clone());
        let en = self.en.or_else(|| before.map(|names| names.en.clone())).or_else(|| either.clone());
        let zh = self.zh.or_else(|| before.map(|names| names.zh.clone())).or(either);
        Some(Text { en: en?, zh: zh? })
    }
}

/// A number of points, from 1 to a most.
///
/// # Errors
/// What it is to be.
pub fn points(raw: &DeValue<'_>, most: u64) -> Result<u64, Text> {
    match value(Ty::Quantity, raw) {
        Ok(Some(Value::Whole(points))) if points <= most => Ok(points),
        _ => Err(tr!("give a whole number from 1 to {most}", "请填写 1 到 {most} 的整数")),
    }
}
