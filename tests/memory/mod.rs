//! A department's folder in memory, for tests of pure functions over a book.
#![allow(dead_code)] // each test file uses its part

pub mod aftersales;
pub mod report;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use cs::base::problem::Problem;
use cs::base::source::Source;
use cs::base::time::Time;
use cs::book::Book;
use cs::forms::with_prefix;

/// A folder: path → text. Remembers what was looked at.
#[derive(Default)]
pub struct Folder {
    files: BTreeMap<String, String>,
    /// Every file read and every directory listed, in some order.
    pub seen: Mutex<Vec<String>>,
}

impl Source for Folder {
    fn read(&self, path: &str) -> Result<Option<String>, Problem> {
        self.seen.lock().unwrap().push(path.to_string());
        Ok(self.files.get(path).cloned())
    }

    fn names(&self, dir: &str) -> Result<Vec<String>, Problem> {
        let dir = format!("{}/", dir.trim_end_matches('/'));
        self.seen.lock().unwrap().push(dir.clone());
        let inside = self.files.keys().filter_map(|path| path.strip_prefix(&dir));
        let names = inside.map(|rest| rest.split_inclusive('/').next().unwrap_or("").to_string());
        Ok(names.collect::<BTreeSet<_>>().into_iter().collect())
    }

    fn photo(&self, _: &str) -> Result<(), Problem> {
        Ok(())
    }
}

/// A moment on the wall clock of Chengdu: `2026-11-02 10:00`.
pub fn at(text: &str) -> Time {
    format!("{}:00+08:00", text.replace(' ', "T")).parse().unwrap()
}

impl Folder {
    /// Puts a file, in the place of an older one.
    pub fn file(&mut self, path: &str, text: &str) -> &mut Folder {
        self.files.insert(path.to_string(), text.to_string());
        self
    }

    /// Puts a form: its header, then a step for each `verb time` with what it records. The time is of Chengdu, or
    /// RFC 3339 as it is.
    pub fn form(&mut self, number: &str, header: &str, steps: &[(&str, &str)]) -> &mut Folder {
        self.files.insert(path(number), format!("{header}\n"));
        for (step, records) in steps {
            self.step(number, step, records);
        }
        self
    }

    /// Appends a step to a form.
    pub fn step(&mut self, number: &str, step: &str, records: &str) -> &mut Folder {
        let (verb, time) = step.split_once(' ').unwrap();
        let time = if time.len() == 16 { format!("{}:00+08:00", time.replace(' ', "T")) } else { time.to_string() };
        let by = number.split('-').nth(2).unwrap();
        let text = self.files.get_mut(&path(number)).unwrap();
        text.push_str(&format!("\n[[step]]\ndo = \"{verb}\"\nat = {time}\nby = \"{by}\"\n{records}\n"));
        self
    }

    /// Opens it at a moment.
    pub fn book(&self, now: &str) -> Book<'_> {
        Book::open(self, at(now))
    }
}

fn path(number: &str) -> String {
    let dir = with_prefix(&number[..2]).unwrap().dir;
    format!("{dir}/20{}/{}/{number}.toml", &number[3..5], &number[5..7])
}
