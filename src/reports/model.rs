//! What a report is, as plain data: figures and tables, each with the records behind it (R59).

use crate::base::number::Number;
use crate::base::period::Period;
use crate::base::table::{Amount, Table};
use crate::base::time::Time;
use crate::base::words::Words;

/// A finished report, ready to be drawn in any format and language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Stable key: `month`, `orders` …
    pub name: &'static str,
    /// Heading.
    pub title: Words,
    /// The days covered.
    pub period: Period,
    /// Where it comes from (R61).
    pub input: Input,
    /// Its parts, in reading order.
    pub sections: Vec<Section>,
}

/// A report's own input (R61).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// The department's name.
    pub folder: String,
    /// Commit of the folder; `None` outside git or before the first commit.
    pub commit: Option<String>,
    /// What a person named that commit by, where the report was made from the past: `HEAD~3`, `2026-10-31`.
    pub revision: Option<String>,
    /// Whether uncommitted changes are in it.
    pub dirty: bool,
    /// Whether it is to be filed in the folder: then the commit that files it names the one that it was made from, so
    /// that two copies of the same records file the same bytes.
    pub filed: bool,
    /// The moment it was made for.
    pub now: Time,
}

/// One part of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Stable key.
    pub name: &'static str,
    /// Heading.
    pub title: Words,
    /// Single figures, with the periods to compare with.
    pub figures: Vec<Figure>,
    /// Tables.
    pub tables: Vec<Table>,
}

/// One figure of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    /// Stable key, unique in its section.
    pub key: &'static str,
    /// What people call it.
    pub name: Words,
    /// The unit's stable key, as [`Amount::unit`]; known even when there is no value.
    pub unit: &'static str,
    /// The value; `None` where there is nothing to measure, such as a share of none.
    pub value: Option<Amount>,
    /// In the period before.
    pub previous: Option<Amount>,
    /// In the same period a year before.
    pub last_year: Option<Amount>,
    /// The records behind `value`, sorted. A count of records is their number.
    pub records: Vec<Number>,
}
