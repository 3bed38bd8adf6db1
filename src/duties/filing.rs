//! The reports that are to be filed (R53): one for each period that is over, from its day and time on, under a path that
//! tells report and period: `reports/month/2026-10.md`.
//!
//! A report is asked for from the first one filed on, so a gap is told and filled. Where none of its kind was ever filed
//! it is the newest alone, and never one from before the first record: nobody wants years of papers in one night. Who
//! does, names the day from which on.

use std::collections::BTreeSet;

use super::{Because, Duty, Whose};
use crate::base::period::{Period, Unit};
use crate::base::problem::Problem;
use crate::base::time::{Date, Time, days_after, days_before};
use crate::book::Book;
use crate::policy::{FILED_FORMATS, PERIODICALS};
use crate::tr;

/// The directory of filed reports.
pub const DIR: &str = "reports";
/// How far back a gap is filled where nobody names a day.
const LONGEST_GAP: u64 = 366;

/// A report that is filed, or to be filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filing {
    /// The report's name.
    pub report: &'static str,
    /// The days that it covers.
    pub period: Period,
    /// From when on it is due. It tells of this moment, whenever it is made.
    pub from: Time,
}

impl Filing {
    /// The report on a period; `None` for a report that is none of the [`PERIODICALS`].
    pub fn of(book: &Book<'_>, report: &str, period: Period) -> Option<Filing> {
        let at = PERIODICALS.iter().position(|(name, _)| *name == report)?;
        let figures = book.policy.at(period.to);
        let day = days_after(period.to, figures.filing_days[at]);
        Some(Filing { report: PERIODICALS[at].0, period, from: book.now.zone.on(day, figures.filing_time) })
    }

    /// The path of its file in a format.
    pub fn path(&self, format: &str) -> String {
        let (report, period) = (self.report, self.period);
        format!("{DIR}/{report}/{period}.{format}")
    }

    /// Whether its day and time have come.
    pub fn is_due(&self, book: &Book<'_>) -> bool {
        self.from <= book.now.time
    }
}

impl std::fmt::Display for Filing {
    /// As it is typed behind `cs report file`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.report, self.period)
    }
}

/// The reports whose day and time have come, each with the formats in which it is not filed yet; in the order in which
/// they fell due. `since` asks for all from the period of that day on.
///
/// # Errors
/// When the directory of filed reports can't be read.
pub fn filings(book: &Book<'_>, since: Option<Date>) -> Result<Vec<(Filing, Vec<&'static str>)>, Problem> {
    let mut all = Vec::new();
    for (name, unit) in PERIODICALS.iter().filter(|(name, _)| book.figures().filed.contains(name)) {
        let filed = Filed::of(book, name, *unit)?;
        let Some(first) = first(book, name, *unit, &filed, since) else { continue };
        let mut period = first;
        while let Some(filing) = Filing::of(book, name, period).filter(|filing| filing.is_due(book)) {
            let missing = book.figures().filed_formats.iter().filter(|format| !filed.holds(period, format));
            all.push((filing, missing.copied().collect()));
            period = Period::holding(*unit, days_after(period.to, 1));
        }
    }
    all.sort_by_key(|(filing, _)| filing.from);
    Ok(all)
}

/// The first period whose report is asked for.
fn first(book: &Book<'_>, name: &str, unit: Unit, filed: &Filed, since: Option<Date>) -> Option<Period> {
    let holding = |day: Date| Period::holding(unit, day);
    match (since, filed.first()) {
        (Some(day), _) => Some(holding(day.max(book.first_day()?))),
        (None, Some(first)) => Some(holding(first.from.max(days_before(book.now.today(), LONGEST_GAP)))),
        (None, None) => {
            let record = book.first_day()?;
            let mut newest = holding(book.now.today());
            while newest.to >= record {
                if Filing::of(book, name, newest).is_some_and(|filing| filing.is_due(book)) {
                    return Some(newest);
                }
                newest = newest.previous();
            }
            None
        }
    }
}

/// What is filed of a report.
struct Filed(BTreeSet<(Date, &'static str)>, Unit);

impl Filed {
    fn of(book: &Book<'_>, name: &str, unit: Unit) -> Result<Filed, Problem> {
        let known = |file: String| {
            let (stem, ending) = file.split_once('.')?;
            let format = FILED_FORMATS.iter().find(|format| **format == ending)?;
            let period = Period::parse(stem, book.now.today())?;
            (period.to_string() == stem && period == Period::holding(unit, period.from))
                .then_some((period.from, *format))
        };
        let names = book.source().names(&format!("{DIR}/{name}"))?;
        Ok(Filed(names.into_iter().filter_map(known).collect(), unit))
    }

    fn first(&self) -> Option<Period> {
        self.0.first().map(|(from, _)| Period::holding(self.1, *from))
    }

    fn holds(&self, period: Period, format: &'static str) -> bool {
        self.0.contains(&(period.from, format))
    }
}

/// R53: what is not filed by the end of its day, of the reports that the department has begun to file.
pub fn filing(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let begun = |name: &str| Ok(!book.source().names(&format!("{DIR}/{name}"))?.is_empty());
    let unfiled = || -> Result<Vec<Filing>, Problem> {
        let mut unfiled = Vec::new();
        if book.source().names(DIR)?.is_empty() {
            return Ok(unfiled);
        }
        for (filing, missing) in filings(book, None)? {
            if !missing.is_empty() && begun(filing.report)? {
                unfiled.push(filing);
            }
        }
        Ok(unfiled)
    };
    match unfiled() {
        Ok(unfiled) => duties.extend(unfiled.iter().map(|filing| duty(book, filing))),
        Err(problem) => book.tell(problem),
    }
}

fn duty(book: &Book<'_>, filing: &Filing) -> Duty {
    let (period, from) = (filing.period, filing.from);
    let closing = book.calendar().closing(book.now.zone.day(from));
    let (last, days) = (period.to, (book.now.zone.day(from) - period.to).num_days());
    Duty {
        rule: "R53",
        number: filing.to_string(),
        due: closing.max(from),
        since: None,
        who: Whose::supervisors(),
        what: tr!("file the report of {period}", "归档 {period} 的报表"),
        command: format!("cs report file {filing}"),
        because: Because::Days(tr!(
            "the period's last day {last}, and {days} days",
            "期间最后一天 {last}，{days} 天内"
        )),
    }
}
