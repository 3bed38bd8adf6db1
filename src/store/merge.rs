//! Merging two clones' versions of one file, as git's merge driver: both sides' appended steps or rows are kept.
//!
//! Git's own merge works line by line and finds the lines `[[step]]` and `by = "YX"` of two appended steps alike, so
//! it mixes them. Here an append is an append: one side's first, then the other's, the same on both clones.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::base::csv::{Record, Records, cells_of};
use crate::base::problem::{Outcome, Problem};
use crate::tr;

/// How the first line of every register begins.
const ENTRY_HEADS: &str = "at,by,";

/// What both sides made of a text to which each only appended; `None` where one changed more.
pub fn appended(base: &str, ours: &str, theirs: &str) -> Option<String> {
    if ours == theirs || theirs == base {
        return Some(ours.to_string());
    }
    if ours == base {
        return Some(theirs.to_string());
    }
    if base.trim().is_empty() {
        // Both made the file anew: two records under one number are for a person to tell apart, a month's entries of a
        // register stand under the same heads.
        let heads = ours.split_inclusive('\n').next().filter(|heads| heads.starts_with(ENTRY_HEADS))?;
        return theirs.starts_with(heads).then(|| appended(heads, ours, theirs)).flatten();
    }
    let (mine, yours) = (ours.strip_prefix(base)?, theirs.strip_prefix(base)?);
    if !(base.is_empty() || base.ends_with('\n')) {
        return None;
    }
    // The order must not depend on who merges: the earlier step first.
    let key = |tail: &str| (tail.lines().find_map(|l| l.strip_prefix("at = ")).map(str::to_string), tail.to_string());
    let (first, second) = if key(mine) <= key(yours) { (mine, yours) } else { (yours, mine) };
    let count = |text: &str| text.lines().filter(|line| line.trim_end() == "[[step]]").count();
    let gap = if first.ends_with('\n') { "" } else { "\n" };
    let second = match (base.starts_with(ENTRY_HEADS), Columns::of(base)) {
        // Two records under one number are for a person to tell apart, here too.
        (true, Some(columns)) if !columns.apart(first, second) => return None,
        (true, Some(columns)) => columns.shifted(base, first, second),
        // The entries of a register are no steps of a record.
        (true, None) => second.to_string(),
        (false, _) => shifted(second, count(base), count(first)),
    };
    Some(format!("{base}{first}{gap}{second}"))
}

/// Void steps name a step by its place: those of the second side moved on by the steps of the first.
fn shifted(tail: &str, known: usize, by: usize) -> String {
    tail.split_inclusive('\n')
        .map(|line| {
            let place = line.trim_end().strip_prefix("step = ").and_then(|n| n.parse::<usize>().ok());
            match place.filter(|place| *place > known) {
                Some(place) => line.replace(&place.to_string(), &(place + by).to_string()),
                None => line.to_string(),
            }
        })
        .collect()
}

/// Where a file of records kept in rows says which step of which record a row is.
struct Columns {
    number: usize,
    verb: usize,
    /// Which step a void names; a file may lack the column.
    step: Option<usize>,
}

impl Columns {
    /// Those of a text by its heads; `None` where it keeps no records.
    fn of(text: &str) -> Option<Columns> {
        let heads = cells_of(text.lines().next().unwrap_or_default());
        let column = |name: &str| heads.iter().position(|head| head == name);
        Some(Columns { number: column("number")?, verb: column("do")?, step: column("step") })
    }

    /// True where no record was begun on both sides under one number.
    fn apart(&self, first: &str, second: &str) -> bool {
        let begun = |text: &str| -> BTreeSet<String> {
            let new = |row: &Record<'_>| row.cells.get(self.verb).is_some_and(|(cell, _)| cell == "new");
            let rows = Records::new(text).filter(new);
            rows.filter_map(|row| row.cells.get(self.number).map(|(cell, _)| cell.to_string())).collect()
        };
        begun(first).is_disjoint(&begun(second))
    }

    /// [`shifted`] for rows, where a step is counted among the rows of its own record.
    fn shifted(&self, base: &str, first: &str, second: &str) -> String {
        let named = Records::new(second).filter_map(|row| {
            let ((record, _), (place, span)) = (row.cells.get(self.number)?, row.cells.get(self.step?)?);
            Some((record.to_string(), place.parse::<usize>().ok()?, span.clone()))
        });
        let named: Vec<(String, usize, Range<usize>)> = named.collect();
        if named.is_empty() {
            return second.to_string();
        }
        let steps = |text: &str| {
            let mut steps: BTreeMap<&str, usize> = named.iter().map(|(record, ..)| (record.as_str(), 0)).collect();
            for row in Records::new(text) {
                let record = row.cells.get(self.number).map(|(record, _)| record.as_ref());
                if let Some(count) = record.and_then(|record| steps.get_mut(record)) {
                    *count += 1;
                }
            }
            steps
        };
        let (known, by) = (steps(base), steps(first));
        let mut text = String::with_capacity(second.len() + 8);
        let mut kept = 0;
        for (record, place, span) in named.iter().filter(|(record, place, _)| *place > known[record.as_str()]) {
            text.push_str(&second[kept..span.start]);
            text.push_str(&(place + by[record.as_str()]).to_string());
            kept = span.end;
        }
        text.push_str(&second[kept..]);
        text
    }
}

/// Merges the three files of a merge driver into `ours`; true when no conflict is left.
///
/// # Errors
/// When a file can't be read or written, or git can't be run.
pub fn merge_files(base: &Path, ours: &Path, theirs: &Path) -> Outcome<bool> {
    let read = |path: &Path| fs::read_to_string(path);
    if let (Ok(old), Ok(mine), Ok(yours)) = (read(base), read(ours), read(theirs))
        && let Some(merged) = appended(&old, &mine, &yours)
    {
        let shown = ours.display().to_string();
        fs::write(ours, merged).map_err(|error| super::write::unwritable(&shown, &error))?;
        return Ok(true);
    }
    let mut git = Command::new("git");
    git.arg("merge-file").args([ours, base, theirs]).stdin(Stdio::null());
    git.status().map(|status| status.success()).map_err(|error| {
        let error = error.to_string();
        Problem::new("git", tr!("git can't be run: {error}", "无法运行 git：{error}"), tr!("install git", "请安装 git"))
            .into()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "a = 1\n\n[[step]]\ndo = \"new\"\nat = 2026-11-01T09:00:00+08:00\nby = \"YX\"\n";

    fn step(verb: &str, hour: u32) -> String {
        format!("\n[[step]]\ndo = \"{verb}\"\nat = 2026-11-02T{hour:02}:00:00+08:00\nby = \"YX\"\n")
    }

    #[test]
    fn both_sides_steps_are_kept_in_the_order_of_time_whoever_merges() {
        let (ours, theirs) = (format!("{BASE}{}", step("confirm", 11)), format!("{BASE}{}", step("progress", 10)));
        let merged = appended(BASE, &ours, &theirs).unwrap();
        assert_eq!(merged, format!("{BASE}{}{}", step("progress", 10), step("confirm", 11)));
        assert_eq!(appended(BASE, &theirs, &ours), Some(merged));
    }

    #[test]
    fn a_void_still_names_its_own_step_after_the_merge() {
        let ours = format!("{BASE}{}", step("confirm", 10));
        let theirs = format!("{BASE}{}{}step = 2\n", step("expedite", 11), step("void", 12));
        let merged = appended(BASE, &ours, &theirs).unwrap();
        assert!(merged.ends_with("step = 3\n"), "{merged}");
        let early = format!("{BASE}{}step = 1\n", step("void", 12));
        assert!(appended(BASE, &ours, &early).unwrap().ends_with("step = 1\n"), "steps known to both stay");
    }

    #[test]
    fn a_month_of_a_register_that_both_sides_began_holds_the_entries_of_both() {
        let heads = "at,by,note\n";
        let (mine, yours) = ("2026-11-02T10:00:00+08:00,YX,a\n", "2026-11-02T09:00:00+08:00,ZL,b\n");
        let merged = Some(format!("{heads}{yours}{mine}"));
        assert_eq!(appended("", &format!("{heads}{mine}"), &format!("{heads}{yours}")), merged);
        assert_eq!(appended("", &format!("{heads}{yours}"), &format!("{heads}{mine}")), merged);
        assert_eq!(appended("", &format!("{heads}{mine}"), &format!("at,by,other\n{yours}")), None);
    }

    #[test]
    fn a_void_among_rows_still_names_its_own_step_after_the_merge() {
        let base = "at,by,number,do,step,note\n2026-11-02T09:00:00+08:00,YX,ZX-261102-YX-1,new,,\n";
        let row = |hour: u32, rest: &str| format!("2026-11-02T{hour}:00:00+08:00,YX,{rest}\n");
        let mine = [row(10, "ZX-261102-YX-1,answer,,"), row(10, "ZX-261102-YX-2,new,,\"a, b\"")].concat();
        let yours = [
            row(11, "ZX-261102-YX-1,answer,,"),
            row(12, "ZX-261102-YX-1,void,2,\"x, y\""),
            row(13, "ZX-261102-YX-1,void,1,early"),
        ]
        .concat();
        let merged = appended(base, &format!("{base}{mine}"), &format!("{base}{yours}")).unwrap();
        assert_eq!(merged, format!("{base}{mine}{}", yours.replace("void,2", "void,3")));
        // A record of which the other side knows nothing keeps its own count.
        let own =
            [row(14, "ZX-261102-YX-3,new,,"), row(15, "ZX-261102-YX-3,answer,,"), row(16, "ZX-261102-YX-3,void,2,")];
        let yours = format!("{yours}{}", own.concat());
        let merged = appended(base, &format!("{base}{mine}"), &format!("{base}{yours}")).unwrap();
        assert_eq!(merged, format!("{base}{mine}{}", yours.replace("YX-1,void,2", "YX-1,void,3")));
    }

    #[test]
    fn two_records_of_one_number_among_rows_are_left_to_git() {
        let base = "at,by,number,do,note\n";
        let row = |hour: u32, note: &str| format!("2026-11-02T{hour}:00:00+08:00,YX,ZX-261102-YX-1,{note}\n");
        let (mine, yours) = (row(10, "new,a"), row(11, "new,b"));
        assert_eq!(appended(base, &format!("{base}{mine}"), &format!("{base}{yours}")), None);
        let known = format!("{base}{mine}");
        let (mine, yours) = (format!("{known}{}", row(12, "answer,a")), format!("{known}{}", row(13, "hand-on,b")));
        assert!(appended(&known, &mine, &yours).is_some());
    }

    #[test]
    fn a_changed_header_is_left_to_git() {
        assert_eq!(appended(BASE, &BASE.replace("a = 1", "a = 2"), &format!("{BASE}{}", step("confirm", 10))), None);
        assert_eq!(appended(BASE, BASE, "b"), Some("b".to_string()));
        assert_eq!(appended("", BASE, &format!("{BASE}x")), None, "two records under one number are never fused");
    }
}
