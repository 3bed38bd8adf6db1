//! The registers of the department: folded month by month, files side by side, never held.

use std::ops::RangeInclusive;

use rayon::prelude::*;

use super::Book;
use crate::base::monthly::month_of_file;
use crate::base::period::Period;
use crate::base::problem::{Place, Problem};
use crate::base::time::Date;
use crate::registers::{Entry, RegisterSpec, Spot, read};
use crate::tr;

impl Book<'_> {
    /// Folds over the entries of a register that were made in the months of some days, each month by itself; where this
    /// book shows an earlier moment, over those that were known by then (R60); the results in the order of the months.
    /// What is wrong with a file, and what `each` finds wrong with an entry, waits among the problems, once.
    pub fn fold<T: Send>(
        &self,
        spec: &'static RegisterSpec,
        days: RangeInclusive<Date>,
        start: impl Fn() -> T + Sync,
        each: impl Fn(&mut T, Entry<'_>) -> Result<(), Problem> + Sync,
    ) -> Vec<T> {
        let (now, source) = (self.now, self.source);
        let until = self.whole.map(|_| now.time);
        let in_days = |month: &Period| *days.start() <= month.to && month.from <= *days.end();
        let months: Vec<Period> = self.months_in(spec.dir).into_iter().filter(in_days).collect();
        let read_month = |month: &Period| {
            let path = spec.file(month.from);
            let mut folded = start();
            let mut wrong = Vec::new();
            let mut problems = match source.read(&path) {
                Ok(None) => Vec::new(),
                Ok(Some(text)) => read(spec, &path.as_str().into(), &text, now, |entry| {
                    if until.is_none_or(|until| entry.at <= until) {
                        wrong.extend(each(&mut folded, entry).err());
                    }
                }),
                Err(problem) => vec![problem],
            };
            problems.append(&mut wrong);
            (folded, problems)
        };
        let found: Vec<(T, Vec<Problem>)> = months.par_iter().map(read_month).collect();
        let (folded, problems): (Vec<T>, Vec<Vec<Problem>>) = found.into_iter().unzip();
        self.tell_once(problems.concat());
        folded
    }

    /// The months of which a directory has a file, in order. What else lies there is a problem.
    pub fn months_in(&self, dir: &'static str) -> Vec<Period> {
        let mut problems = Vec::new();
        let names = self.source.names(dir).unwrap_or_else(|problem| {
            problems.push(problem);
            Vec::new()
        });
        let mut months = Vec::new();
        for name in names {
            match month_of_file(&name) {
                Some(month) => months.push(month),
                None => problems.push(stray(dir, &name)),
            }
        }
        self.tell_once(problems);
        months
    }

    /// The place of an entry, for a problem.
    pub fn place(&self, spot: &Spot) -> Place {
        match self.source.read(&spot.file) {
            Ok(Some(text)) => Place::at(&spot.file, &text, spot.span.clone()),
            _ => Place::file(&spot.file),
        }
    }

    /// Keeps what is wrong with a file, which may be read several times, once.
    pub fn tell_once(&self, problems: Vec<Problem>) {
        if let Some(whole) = self.whole {
            return whole.tell_once(problems);
        }
        let mut told = self.told.borrow_mut();
        let mut is_new = |problem: &Problem| {
            let (file, line, column) =
                problem.place.as_ref().map_or(("", 0, 0), |place| (&*place.file, place.line, place.column));
            told.insert((problem.code, file.to_string(), line, column))
        };
        self.problems.borrow_mut().extend(problems.into_iter().filter(|problem| is_new(problem)));
    }
}

fn stray(dir: &str, name: &str) -> Problem {
    Problem::new(
        "file.stray",
        tr!("no register can have this path", "登记册不可能有这样的路径"),
        tr!(
            "a register has a file for each month, as {dir}/2026-11.csv: move or remove the file",
            "登记册每月一个文件，如 {dir}/2026-11.csv：请移动或删除该文件"
        ),
    )
    .at(Place::file(&format!("{dir}/{}", name.trim_end_matches('/'))))
}
