//! The registers: one-line entries, one CSV file a month (`settlements/2026-11.csv`), only ever appended to.
//!
//! One table, [`REGISTERS`], describes them all. A register may hold millions of entries, so nothing here keeps them:
//! a month is handed over entry by entry. What the entries of one register mean is told elsewhere.

mod filings;
mod settlements;

pub use filings::{FILINGS, SUMMARY_OF_VISITS};
pub use settlements::{DECISIONS, SETTLEMENTS};

use std::ops::Range;
use std::sync::Arc;

use crate::base::field::{Field, Fields};
use crate::base::monthly::{month_of_file, monthly_file};
use crate::base::number::Code;
use crate::base::period::Period;
use crate::base::problem::{Place, Problem};
use crate::base::rows::each;
use crate::base::time::{Date, Now, Time};
use crate::base::words::Words;
use crate::tr;

/// Every register.
pub static REGISTERS: &[&RegisterSpec] = &[&SETTLEMENTS, &FILINGS];

/// A register: its directory and its columns.
#[derive(Debug)]
pub struct RegisterSpec {
    /// Its directory, which holds a file for each month.
    pub dir: &'static str,
    /// What people call it.
    pub name: Words,
    /// Its columns: first when an entry was made (`at`), then by whom (`by`).
    pub fields: &'static [Field],
}

impl RegisterSpec {
    /// The first line of a month's file: its columns, separated by commas.
    pub fn heads(&self) -> String {
        self.fields.iter().map(|f| f.key).collect::<Vec<_>>().join(",")
    }

    /// The file of the month that holds a day.
    pub fn file(&self, day: Date) -> String {
        monthly_file(self.dir, day)
    }
}

/// The register that a path belongs to, where it is the path of a month's file.
pub fn register_of(path: &str) -> Option<&'static RegisterSpec> {
    let (dir, name) = path.split_once('/')?;
    REGISTERS.iter().copied().find(|spec| spec.dir == dir && month_of_file(name).is_some())
}

/// One entry, while its file is read.
#[derive(Clone, Debug)]
pub struct Entry<'t> {
    /// When it was made; it counts from then on (R60).
    pub at: Time,
    /// Who made it.
    pub by: Code,
    /// All its values.
    pub fields: Fields,
    file: &'t Arc<str>,
    text: &'t str,
    span: Range<usize>,
}

/// Where an entry stands, when its text is no longer at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The register's file.
    pub file: Arc<str>,
    /// The entry's bytes in it.
    pub span: Range<usize>,
}

impl Entry<'_> {
    /// Where it stands.
    pub fn spot(&self) -> Spot {
        Spot { file: self.file.clone(), span: self.span.clone() }
    }

    /// Where the value under a key stands, else the entry.
    pub fn place(&self, key: &str) -> Place {
        let span = self.fields.entry(key).map_or(&self.span, |entry| &entry.span);
        Place::at(self.file, self.text, span.clone())
    }
}

/// Hands over the entries of a month's file in the order of the file; what is wrong with it, at its place. An entry with
/// a problem is told and not handed over.
pub fn read(
    spec: &'static RegisterSpec,
    file: &Arc<str>,
    text: &str,
    now: Now,
    mut entry: impl FnMut(Entry<'_>),
) -> Vec<Problem> {
    let month = file.rsplit('/').next().and_then(month_of_file);
    let mut astray = Vec::new();
    let mut problems = each(file, text, spec.fields, "register.value", now, |row| {
        let (Some(at), Some(by)) = (row.fields.time("at"), row.fields.staff("by")) else { return };
        let read = Entry { at, by, fields: row.fields, file, text, span: row.span };
        match month.filter(|month| !month.contains(now.zone.day(at))) {
            Some(month) => astray.push(misplaced(spec, &read, month, now)),
            None => entry(read),
        }
    });
    problems.append(&mut astray);
    problems
}

/// An entry of another month would be looked for in vain.
fn misplaced(spec: &RegisterSpec, entry: &Entry<'_>, month: Period, now: Now) -> Problem {
    let right = spec.file(now.zone.day(entry.at));
    Problem::new(
        "register.month",
        tr!("an entry of another month stands in the file of {month}", "{month} 的文件中有其他月份的记录"),
        tr!("move the line to {right}", "请把该行移到 {right}"),
    )
    .at(entry.place("at"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::field::{Need, Ty};
    use crate::base::time::Zone;

    #[test]
    fn the_table_of_registers_is_sound() {
        for (i, spec) in REGISTERS.iter().enumerate() {
            assert!(REGISTERS[..i].iter().all(|other| other.dir != spec.dir));
            let leading: Vec<_> = spec.fields.iter().take(2).map(|f| (f.key, f.ty, f.need)).collect();
            // The merge driver knows a register's file by these.
            assert!(spec.heads().starts_with("at,by,"));
            assert_eq!(leading, [("at", Ty::Time, Need::Required), ("by", Ty::StaffCode, Need::Required)]);
            for (at, field) in spec.fields.iter().enumerate() {
                assert!(spec.fields[..at].iter().all(|other| other.key != field.key), "{}", field.key);
            }
        }
    }

    #[test]
    fn a_path_tells_its_register() {
        for (path, known) in [
            ("settlements/2026-11.csv", true),
            ("settlements/2026-13.csv", false),
            ("settlements/2026/11.csv", false),
            ("orders/2026-11.csv", false),
        ] {
            assert_eq!(register_of(path).is_some(), known, "{path}");
        }
    }

    #[test]
    fn entries_are_handed_over_in_order_and_what_is_wrong_is_told_at_its_place() {
        let zone = Zone::default();
        let now = Now { time: "2026-11-21T09:00:00+08:00".parse().unwrap(), zone };
        let heads = "at,by,own,event,account,party,month,statement,note";
        let row = |at: &str, by: &str| format!("{at},{by},x,reverse,freight,FAST,2026-10,YX-1,why\n");
        let text = [
            format!("{heads}\n"),
            row("2026-11-02T10:00:00+08:00", "LW"),
            row("10:00", "LW"),
            row("2026-10-31T17:00:00+00:00", "LW"),
            row("2026-10-31T15:00:00+00:00", "LW"),
            row("2026-11-01T10:00:00+08:00", "Li Wei"),
        ]
        .concat();
        let mut seen = Vec::new();
        let problems =
            read(&SETTLEMENTS, &"settlements/2026-11.csv".into(), &text, now, |e| seen.push(e.place("at").line));
        assert_eq!(seen, [2, 4]);
        let told: Vec<_> = problems.iter().map(|p| (p.code, p.place.as_ref().unwrap().line)).collect();
        assert_eq!(told, [("register.value", 3), ("register.value", 6), ("register.month", 5)]);
    }
}
