//! What a report is, as plain data: figures and tables, each with the records behind it (R59).

use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::period::Period;
use crate::base::table::{Amount, Table};
use crate::base::time::Time;
use crate::base::words::Words;
use crate::policy::Goal;

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
    /// What of both people would rather look at than read.
    pub charts: &'static [Chart],
    /// What columns of the tables are to come to, row by row, by the columns' keys: charts draw it (R65).
    pub goals: Vec<(&'static str, Goal)>,
}

impl Section {
    /// Whether no figure has anything to tell, of any of the three periods.
    pub fn tells_nothing(&self) -> bool {
        let nothing = |amount: Option<Amount>| match amount {
            None | Some(Amount::Count(0)) => true,
            Some(Amount::Money(money)) => money == Money::ZERO,
            Some(_) => false,
        };
        self.figures.iter().all(|f| [f.value, f.previous, f.last_year].into_iter().all(nothing))
    }
}

/// What of a section is worth looking at. It names figures and columns by their keys and knows nothing of drawing;
/// where a section lacks what it names, there is nothing to look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chart {
    /// Heading.
    pub title: Words,
    /// What is to be seen.
    pub kind: ChartKind,
}

/// What a chart is to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// How columns of one unit went, row by row of a table whose rows follow each other in time.
    Trend {
        /// The table.
        table: &'static str,
        /// The column that tells when.
        at: &'static str,
        /// The columns that went up and down.
        values: &'static [&'static str],
    },
    /// Which few rows of a table make up most of a sum: the greatest first, with the share that those so far have.
    Pareto {
        /// The table, its rows in any order.
        table: &'static str,
        /// The columns that say what a row is about.
        labels: &'static [&'static str],
        /// The column summed: counts or money.
        value: &'static str,
    },
    /// What each row of a table is made up of: met and missed, or one cause beside another.
    Share {
        /// The table.
        table: &'static str,
        /// The columns that say what a row is about.
        labels: &'static [&'static str],
        /// The columns that are its parts, of one unit.
        parts: &'static [&'static str],
    },
    /// How many rows of a table say the same in one column, such as a state.
    States {
        /// The table.
        table: &'static str,
        /// The column.
        by: &'static str,
    },
    /// How far each row of a table, by its column `standing`, comes to its goal or uses up its budget: what misses it
    /// first.
    Against {
        /// The table.
        table: &'static str,
        /// The columns that say what a row is about.
        labels: &'static [&'static str],
        /// The columns that together come to it.
        parts: &'static [&'static str],
        /// The column of what they are to come to.
        goal: &'static str,
    },
    /// How near figures that are shares come to 100 %, beside the period before.
    Attainment {
        /// The figures.
        figures: &'static [&'static str],
    },
    /// The same of every figure of the section that is a share: those short of 100 %, the lowest first.
    ShortOfAll,
    /// Figures of one unit, counts or money, beside each other and the period before.
    Figures {
        /// The figures.
        figures: &'static [&'static str],
    },
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
    /// What it is to come to, by the policy in force on the period's last day (R64, R65, R68).
    pub goal: Option<Goal>,
    /// Whether the period still runs, so that the goal may yet be met, or missed.
    pub runs: bool,
    /// The records behind `value`, sorted. A count of records is their number.
    pub records: Vec<Number>,
}

impl Figure {
    /// By how much it misses its goal; `None` where it is met, or there is no goal or nothing to measure.
    pub fn miss(&self) -> Option<Amount> {
        self.goal?.miss(self.value?)
    }

    /// Whether it meets its goal; `None` where there is no goal or nothing to measure.
    pub fn met(&self) -> Option<bool> {
        let (goal, value) = (self.goal?, self.value?);
        Some(goal.miss(value).is_none())
    }
}
