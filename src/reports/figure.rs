//! How a figure is defined, and the few ways in which figures are tallied from records (R59).

use std::collections::{BTreeMap, BTreeSet};

use super::model::Figure;
use super::scope::{Scope, Span};
use crate::base::money::{Measure, Money};
use crate::base::number::{Code, Number};
pub use crate::base::percentile::percentile;
use crate::base::table::{Amount, Cell, Column};
use crate::base::words::Words;
use crate::forms::form::Form;
use crate::sla::Run;

/// The definition of a figure: the same function is asked of the period, the one before and the one a year before,
/// of each group of a table and of each part of a trend.
#[derive(Clone, Copy)]
pub struct Definition<F> {
    /// Stable key.
    pub key: &'static str,
    /// What people call it.
    pub name: Words,
    /// The unit's stable key, as [`Amount::unit`].
    pub unit: &'static str,
    /// The key of the goal by which it is judged (R65); of a kind of cost, that of its budget (R64).
    pub aim: Option<&'static str>,
    /// Its value, with the records behind it.
    pub of: F,
}

/// A figure over the forms of a span.
pub type Rule = Definition<fn(&Span<'_>) -> Tally>;

/// A figure over something else that was worked out of a span, such as its shifts.
pub type RuleOf<T> = Definition<fn(&T) -> Tally>;

/// A figure that looks further than the forms of a span, told of everybody or of some people alone (R65).
pub type RuleOfPeople = Definition<fn(&Scope<'_>, People<'_>) -> Tally>;

/// The people of whom a figure is told.
#[derive(Clone, Copy)]
pub enum People<'p> {
    /// Everybody.
    All,
    /// These alone, together.
    Only(&'p [Code]),
}

impl People<'_> {
    /// Whether somebody is one of them.
    pub fn have(self, code: &Code) -> bool {
        match self {
            People::All => true,
            People::Only(people) => people.contains(code),
        }
    }
}

const fn define<F>(key: &'static str, en: &'static str, zh: &'static str, unit: &'static str, of: F) -> Definition<F> {
    Definition { key, name: Words { en, zh }, unit, aim: None, of }
}

/// A figure of this unit over something else than the forms of a span.
pub const fn rule_of<T: ?Sized>(
    key: &'static str,
    en: &'static str,
    zh: &'static str,
    unit: &'static str,
    of: fn(&T) -> Tally,
) -> RuleOf<T> {
    define(key, en, zh, unit, of)
}

/// A figure that counts records or pieces.
pub const fn count(key: &'static str, en: &'static str, zh: &'static str, of: fn(&Span<'_>) -> Tally) -> Rule {
    define(key, en, zh, "count", of)
}

/// A figure that is a share.
pub const fn percent(key: &'static str, en: &'static str, zh: &'static str, of: fn(&Span<'_>) -> Tally) -> Rule {
    define(key, en, zh, "percent", of)
}

/// A figure that is an amount of money.
pub const fn money(key: &'static str, en: &'static str, zh: &'static str, of: fn(&Span<'_>) -> Tally) -> Rule {
    define(key, en, zh, "money", of)
}

/// A figure that is a volume.
pub const fn volume(key: &'static str, en: &'static str, zh: &'static str, of: fn(&Span<'_>) -> Tally) -> Rule {
    define(key, en, zh, "m3", of)
}

/// A figure that is a length of time in minutes.
pub const fn minutes(key: &'static str, en: &'static str, zh: &'static str, of: fn(&Span<'_>) -> Tally) -> Rule {
    define(key, en, zh, "minutes", of)
}

/// A figure that is a length of time in days.
pub const fn days(key: &'static str, en: &'static str, zh: &'static str, of: fn(&Span<'_>) -> Tally) -> Rule {
    define(key, en, zh, "days", of)
}

/// A figure that is an age in months.
pub const fn months(key: &'static str, en: &'static str, zh: &'static str, of: fn(&Span<'_>) -> Tally) -> Rule {
    define(key, en, zh, "months", of)
}

/// A figure that is so many in a hundred pieces.
pub const fn per_hundred(key: &'static str, en: &'static str, zh: &'static str, of: fn(&Span<'_>) -> Tally) -> Rule {
    define(key, en, zh, "per_100", of)
}

/// A figure that is a mean score.
pub const fn points(key: &'static str, en: &'static str, zh: &'static str, of: fn(&Span<'_>) -> Tally) -> Rule {
    define(key, en, zh, "points", of)
}

impl<F: Copy> Definition<F> {
    /// The same figure, judged by the goal or the budget of this key (R64, R65).
    pub const fn aim(self, key: &'static str) -> Definition<F> {
        Definition { aim: Some(key), ..self }
    }

    /// The same figure, as it is told of people.
    pub const fn of_people(self, of: fn(&Scope<'_>, People<'_>) -> Tally) -> RuleOfPeople {
        Definition { key: self.key, name: self.name, unit: self.unit, aim: self.aim, of }
    }

    /// The figure with a value, and with nothing to compare it with: neither another period nor a goal.
    pub fn figure(&self, Tally { value, records }: Tally) -> Figure {
        let (key, name, unit) = (self.key, self.name, self.unit);
        Figure { key, name, unit, value, previous: None, last_year: None, goal: None, runs: false, records }
    }

    /// The head of a column that holds it.
    pub fn column(&self) -> Column {
        Column { key: self.key, name: self.name, numeric: true, whole: true }
    }
}

impl<T: ?Sized> RuleOf<T> {
    /// Its value as a cell of a table.
    pub fn cell(&self, known: &T) -> Cell {
        (self.of)(known).value.into()
    }
}

/// A value and the records that it rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// The value; `None` where there is nothing to measure.
    pub value: Option<Amount>,
    /// The records, sorted, each once.
    pub records: Vec<Number>,
}

impl Tally {
    /// Nothing to measure.
    pub const fn nothing() -> Tally {
        Tally { value: None, records: Vec::new() }
    }

    /// How many records there are; one met twice counts once.
    pub fn count<'f>(forms: impl IntoIterator<Item = &'f Form>) -> Tally {
        Tally::numbered(forms.into_iter().map(|form| form.number.clone()))
    }

    /// The same of their numbers.
    pub fn numbered(numbers: impl IntoIterator<Item = Number>) -> Tally {
        let mut records: Vec<Number> = numbers.into_iter().collect();
        records.sort_unstable();
        records.dedup();
        Tally { value: Some(Amount::Count(records.len() as u64)), records }
    }

    /// The share of records for which something holds, of all that were judged; those are the records.
    pub fn share<'f>(judged: impl IntoIterator<Item = (&'f Form, bool)>) -> Tally {
        Tally::rate(judged.into_iter().map(|(form, holds)| (form, u64::from(holds), 1)))
    }

    /// The share of runs of a clock that were met; the records are those that ran.
    pub fn met(runs: impl IntoIterator<Item = (Run, bool)>) -> Tally {
        let (mut met, mut all, mut records) = (0, 0, BTreeSet::new());
        for (run, in_time) in runs {
            met += u64::from(in_time);
            all += 1;
            records.insert(run.record);
        }
        Tally { value: Amount::share(met, all), records: records.into_iter().collect() }
    }

    /// The share of pieces, `(record, part, whole)`; the records are those that have a whole.
    pub fn rate<'f>(parts: impl IntoIterator<Item = (&'f Form, u64, u64)>) -> Tally {
        let (sum, records) =
            summed(parts.into_iter().map(|(form, part, whole)| (form, (part, whole))), (0, 0), |a, b| {
                (a.0 + b.0, a.1 + b.1)
            });
        Tally { value: Amount::share(sum.0, sum.1), records }
    }

    /// A sum of pieces; records that add none are left out.
    pub fn pieces<'f>(parts: impl IntoIterator<Item = (&'f Form, u64)>) -> Tally {
        let (sum, records) = summed(parts, 0, |a, b| a + b);
        Tally { value: Some(Amount::Count(sum)), records }
    }

    /// A sum of money; records that add none are left out.
    pub fn money<'f>(parts: impl IntoIterator<Item = (&'f Form, Money)>) -> Tally {
        let (sum, records) = summed(parts, Money::ZERO, |a, b| Money::sum([a, b]));
        Tally { value: Some(Amount::Money(sum)), records }
    }

    /// The median of what was measured, [by nearest rank](percentile); all that was measured are the records.
    pub fn median<'f>(measured: impl IntoIterator<Item = (&'f Form, i64)>, amount: fn(i64) -> Amount) -> Tally {
        let (forms, values): (Vec<&Form>, Vec<i64>) = measured.into_iter().unzip();
        Tally { value: percentile(&values, 50).map(amount), ..Tally::count(forms) }
    }

    /// The mean of scores; all that were scored are the records.
    pub fn mean<'f>(scored: impl IntoIterator<Item = (&'f Form, u8)>) -> Tally {
        let (forms, scores): (Vec<&Form>, Vec<u64>) =
            scored.into_iter().map(|(form, score)| (form, u64::from(score))).unzip();
        Tally { value: Amount::mean(scores.iter().sum(), scores.len() as u64), ..Tally::count(forms) }
    }

    /// A sum of volumes; records that add none are left out.
    pub fn volume<'f>(parts: impl IntoIterator<Item = (&'f Form, Measure)>) -> Tally {
        let (sum, records) = summed(parts, Measure::default(), Measure::plus);
        Tally { value: Some(Amount::Volume(sum)), records }
    }
}

/// The sum over records and the records that add something to it.
fn summed<'f, T: Copy + PartialEq>(
    parts: impl IntoIterator<Item = (&'f Form, T)>,
    zero: T,
    plus: fn(T, T) -> T,
) -> (T, Vec<Number>) {
    let mut by_record: BTreeMap<&Number, T> = BTreeMap::new();
    for (form, part) in parts {
        let so_far = by_record.entry(&form.number).or_insert(zero);
        *so_far = plus(*so_far, part);
    }
    by_record.retain(|_, part| *part != zero);
    (by_record.values().fold(zero, |sum, part| plus(sum, *part)), by_record.into_keys().cloned().collect())
}
