//! Where records lie: kind, year, month, number; and what lies there that is none.

use std::ops::{Bound, RangeBounds};

use crate::base::number::Number;
use crate::base::problem::{Place, Problem};
use crate::base::source::Source;
use crate::base::time::Date;
use crate::forms::form::path_of;
use crate::forms::spec::FormSpec;
use crate::tr;

/// The record files of a kind made on certain days, with their numbers. Only the months of those days are looked into.
/// A file that no number names, or that stands in the wrong month, is a problem.
pub fn files_of(
    source: &dyn Source,
    spec: &'static FormSpec,
    days: impl RangeBounds<Date>,
) -> (Vec<(Number, String)>, Vec<Problem>) {
    let mut files = Vec::new();
    let mut problems = Vec::new();
    let month_of = |bound: Bound<&Date>| match bound {
        Bound::Included(day) | Bound::Excluded(day) => Some(day.format("%Y/%m").to_string()),
        Bound::Unbounded => None,
    };
    let (first, last) = (month_of(days.start_bound()), month_of(days.end_bound()));
    // A year or month is outside when even its own letters are before the first or after the last.
    let outside = |dir: &str| {
        let against = |month: &str| dir.cmp(month.get(..dir.len()).unwrap_or(month));
        first.as_deref().is_some_and(|month| against(month).is_lt())
            || last.as_deref().is_some_and(|month| against(month).is_gt())
    };
    for year in dirs_in(source, spec, "", 4, &mut problems).into_iter().filter(|year| !outside(year)) {
        for month in dirs_in(source, spec, &year, 2, &mut problems).into_iter().filter(|month| !outside(month)) {
            let dir = format!("{}/{month}", spec.dir);
            for name in names_in(source, &dir, &mut problems) {
                let path = format!("{dir}/{name}");
                let number = name.strip_suffix(".toml").and_then(|n| n.parse::<Number>().ok());
                match number.filter(|n| path_of(spec, n) == path && n.prefix() == spec.prefix) {
                    Some(number) if days.contains(&number.day()) => files.push((number, path)),
                    Some(_) => {}
                    None => problems.push(stray(&path, spec)),
                }
            }
        }
    }
    (files, problems)
}

/// The number of the oldest record file of a kind, found by its year and month. What is no record is passed over here.
pub fn first_of(source: &dyn Source, spec: &'static FormSpec) -> Option<Number> {
    let mut stray = Vec::new();
    for year in dirs_in(source, spec, "", 4, &mut stray) {
        for month in dirs_in(source, spec, &year, 2, &mut stray) {
            let names = names_in(source, &format!("{}/{month}", spec.dir), &mut stray);
            let numbers = names.iter().filter_map(|name| name.strip_suffix(".toml")?.parse::<Number>().ok());
            if let Some(first) = numbers.min_by_key(Number::day) {
                return Some(first);
            }
        }
    }
    None
}

fn names_in(source: &dyn Source, dir: &str, problems: &mut Vec<Problem>) -> Vec<String> {
    source.names(dir).unwrap_or_else(|problem| {
        problems.push(problem);
        Vec::new()
    })
}

/// The directories of a kind's years, or of a year's months, named by that many digits; anything else there is stray.
fn dirs_in(
    source: &dyn Source,
    spec: &FormSpec,
    above: &str,
    digits: usize,
    problems: &mut Vec<Problem>,
) -> Vec<String> {
    let dir = if above.is_empty() { spec.dir.to_string() } else { format!("{}/{above}", spec.dir) };
    let mut dirs = Vec::new();
    for name in names_in(source, &dir, problems) {
        match name.strip_suffix('/').filter(|n| n.len() == digits && n.bytes().all(|b| b.is_ascii_digit())) {
            Some(name) if above.is_empty() => dirs.push(name.to_string()),
            Some(name) => dirs.push(format!("{above}/{name}")),
            None => problems.push(stray(&format!("{dir}/{name}"), spec)),
        }
    }
    dirs
}

fn stray(path: &str, spec: &FormSpec) -> Problem {
    let (dir, prefix) = (spec.dir, spec.prefix);
    Problem::new(
        "file.stray",
        tr!("no record can have this path", "单据不可能有这样的路径"),
        tr!(
            "a record is {dir}/2026/11/{prefix}-261121-YX-1.toml, under the year and month of its number: move or remove the file",
            "单据路径应为 {dir}/2026/11/{prefix}-261121-YX-1.toml（单号的年和月）：请移动或删除该文件"
        ),
    )
    .at(Place::file(path))
}
