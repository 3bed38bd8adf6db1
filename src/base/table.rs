//! Tables and cells as plain data: what lists, duties and reports hand to whoever draws them.

use super::field::{Choice, Field, Ty, Value};
use super::mask::mask;
use super::money::{Measure, Money};
use super::number::Number;
use super::time::{Date, Time, Zone};
use super::words::{Lang, Text, Words};

/// A figure's value, with what it counts in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amount {
    /// Records, or pieces.
    Count(u64),
    /// Money in the department's currency.
    Money(Money),
    /// Cubic metres.
    Volume(Measure),
    /// Tenths of a percent: 985 is 98.5 %.
    Permille(u64),
    /// Whole minutes.
    Minutes(i64),
    /// Whole days; may be negative.
    Days(i64),
    /// Whole months.
    Months(i64),
    /// Hundredths of a piece in a hundred pieces: 12 is 0.12 in 100.
    PerHundred(u64),
    /// Hundredths of a point of a score from 1 to 5: 435 is 4.35.
    Points(u64),
    /// Tenths of a point of a score whose full measure is 100: 873 is 87.3.
    Score(u64),
}

impl Amount {
    /// `part` of `whole` as a share, rounded half up; `None` when there is no whole.
    pub fn share(part: u64, whole: u64) -> Option<Amount> {
        (whole > 0).then(|| Amount::Permille((part * 2000 + whole) / (whole * 2)))
    }

    /// The same of two sums of money, neither of them negative.
    pub fn share_of(part: Money, whole: Money) -> Option<Amount> {
        Some(Amount::Permille(part.permille_of(whole)?))
    }

    /// How many of `part` there are for each hundred of `whole`, rounded half up; `None` when there is no whole.
    pub fn per_hundred(part: u64, whole: u64) -> Option<Amount> {
        (whole > 0).then(|| Amount::PerHundred((part * 20_000 + whole) / (whole * 2)))
    }

    /// The mean of scores that add up to `sum`, rounded half up; `None` of none.
    pub fn mean(sum: u64, count: u64) -> Option<Amount> {
        (count > 0).then(|| Amount::Points((sum * 200 + count) / (count * 2)))
    }

    /// By how much it is more than another amount; `None` where it is not, where the units differ, and of volumes.
    pub fn beyond(self, other: Amount) -> Option<Amount> {
        let more = |a: u64, b: u64| a.checked_sub(b).filter(|more| *more > 0);
        let longer = |a: i64, b: i64| a.checked_sub(b).filter(|longer| *longer > 0);
        match (self, other) {
            (Amount::Count(a), Amount::Count(b)) => more(a, b).map(Amount::Count),
            (Amount::Permille(a), Amount::Permille(b)) => more(a, b).map(Amount::Permille),
            (Amount::PerHundred(a), Amount::PerHundred(b)) => more(a, b).map(Amount::PerHundred),
            (Amount::Points(a), Amount::Points(b)) => more(a, b).map(Amount::Points),
            (Amount::Minutes(a), Amount::Minutes(b)) => longer(a, b).map(Amount::Minutes),
            (Amount::Days(a), Amount::Days(b)) => longer(a, b).map(Amount::Days),
            (Amount::Months(a), Amount::Months(b)) => longer(a, b).map(Amount::Months),
            (Amount::Money(a), Amount::Money(b)) => a.minus(b).filter(|more| *more > Money::ZERO).map(Amount::Money),
            _ => None,
        }
    }

    /// The unit's stable key, part of the JSON contract: `count`, `money`, `m3`, `percent`,
    /// `minutes`, `days`, `months`, `per_100`, `points`, `score`.
    pub fn unit(self) -> &'static str {
        match self {
            Amount::Count(_) => "count",
            Amount::Money(_) => "money",
            Amount::Volume(_) => "m3",
            Amount::Permille(_) => "percent",
            Amount::Minutes(_) => "minutes",
            Amount::Days(_) => "days",
            Amount::Months(_) => "months",
            Amount::PerHundred(_) => "per_100",
            Amount::Points(_) => "points",
            Amount::Score(_) => "score",
        }
    }

    /// Digits alone, the same in every language: `98.5`, `1250.00`, `-3`.
    pub fn digits(self) -> String {
        match self {
            Amount::Count(n) => n.to_string(),
            Amount::Money(m) => m.to_string(),
            Amount::Volume(m) => m.to_string(),
            Amount::Permille(n) | Amount::Score(n) => format!("{}.{}", n / 10, n % 10),
            Amount::Minutes(n) | Amount::Days(n) | Amount::Months(n) => n.to_string(),
            Amount::PerHundred(n) | Amount::Points(n) => format!("{}.{:02}", n / 100, n % 100),
        }
    }
}

/// One cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// Nothing to say.
    Empty,
    /// Words of the program, per language.
    Words(Text),
    /// A value with a stable code, which is what JSON holds, and the words that people read for it.
    Coded(String, Text),
    /// Text from a record, as it is; drawn with control characters made visible.
    Text(String),
    /// A figure.
    Amount(Amount),
    /// How far two figures are apart: between two shares in points, else as the figures themselves.
    Apart(Amount),
    /// A day.
    Date(Date),
    /// A moment.
    Time(Time),
    /// A record's number: never wrapped.
    Number(Number),
}

impl Cell {
    /// A number of records or pieces.
    pub fn count(n: u64) -> Cell {
        Cell::Amount(Amount::Count(n))
    }

    /// A value of a list's row or a form, masked where it is private, unless revealed (R4).
    pub fn of(field: &Field, value: Option<&Value>, reveal: bool) -> Cell {
        match value {
            None => Cell::Empty,
            Some(Value::Text(text)) if field.ty.is_private() && !reveal => Cell::Text(mask(text)),
            Some(Value::Date(day)) => Cell::Date(*day),
            Some(Value::Money(money)) => Cell::Amount(Amount::Money(*money)),
            Some(value) if matches!(field.ty, Ty::Choice(_) | Ty::Choices(_)) => {
                // No choice is a moment: the zone does not matter.
                let [en, zh] = [Lang::En, Lang::Zh].map(|lang| value.show(field.ty, lang, Zone::default()));
                Cell::Coded(value.to_string(), Text { en, zh })
            }
            Some(value) => Cell::Text(value.to_string()),
        }
    }

    /// One of a fixed set, by its code; empty where the set lacks it.
    pub fn chosen(choices: &[Choice], code: &str) -> Cell {
        choices.iter().find(|choice| choice.code == code).map(|choice| Cell::coded(choice.code, choice.name)).into()
    }

    /// A stable code and the words that people read for it.
    pub fn coded(code: &str, name: Words) -> Cell {
        Cell::Coded(code.to_string(), name.into())
    }
}

impl From<Time> for Cell {
    fn from(time: Time) -> Cell {
        Cell::Time(time)
    }
}

impl From<Words> for Cell {
    fn from(words: Words) -> Cell {
        Cell::Words(words.into())
    }
}

impl From<Amount> for Cell {
    fn from(amount: Amount) -> Cell {
        Cell::Amount(amount)
    }
}

impl From<Money> for Cell {
    fn from(money: Money) -> Cell {
        Cell::Amount(Amount::Money(money))
    }
}

impl From<Date> for Cell {
    fn from(date: Date) -> Cell {
        Cell::Date(date)
    }
}

impl From<&Number> for Cell {
    fn from(number: &Number) -> Cell {
        Cell::Number(number.clone())
    }
}

/// Nothing leaves the cell empty.
impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Cell {
        value.map_or(Cell::Empty, T::into)
    }
}

/// A column's head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Stable key, for JSON and CSV.
    pub key: &'static str,
    /// What people read.
    pub name: Words,
    /// Right-aligned.
    pub numeric: bool,
    /// Never wrapped: codes, numbers, dates.
    pub whole: bool,
}

/// A column of text that may wrap.
pub const fn column(key: &'static str, en: &'static str, zh: &'static str) -> Column {
    Column { key, name: Words { en, zh }, numeric: false, whole: false }
}

impl Column {
    /// The same column, right-aligned and never wrapped.
    pub const fn numeric(mut self) -> Column {
        self.numeric = true;
        self.whole = true;
        self
    }

    /// The same column, never wrapped.
    pub const fn whole(mut self) -> Column {
        self.whole = true;
        self
    }
}

/// A row and the records that its figures rest on (R59).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// As many as there are columns.
    pub cells: Vec<Cell>,
    /// Numbers of the records behind the row.
    pub records: Vec<Number>,
}

/// A table with its heads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Stable key.
    pub name: &'static str,
    /// Heading; may be empty.
    pub title: Words,
    /// Heads.
    pub columns: Vec<Column>,
    /// Rows, in the order to be shown.
    pub rows: Vec<Row>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_rounds_half_up_and_needs_a_whole() {
        assert_eq!(Amount::share(1, 3).unwrap().digits(), "33.3");
        assert_eq!(Amount::share(2, 3).unwrap().digits(), "66.7");
        assert_eq!(Amount::share(1, 2000).unwrap().digits(), "0.1");
        assert_eq!(Amount::share(5, 5).unwrap().digits(), "100.0");
        assert_eq!(Amount::share(0, 0), None);
    }

    #[test]
    fn a_mean_of_scores_rounds_half_up() {
        assert_eq!(Amount::mean(13, 3).unwrap().digits(), "4.33");
        assert_eq!(Amount::mean(14, 3).unwrap().digits(), "4.67");
        assert_eq!(Amount::mean(841, 200).unwrap().digits(), "4.21");
        assert_eq!(Amount::mean(10, 2).unwrap().digits(), "5.00");
        assert_eq!(Amount::mean(0, 0), None);
    }

    #[test]
    fn so_many_in_a_hundred_keeps_two_places() {
        assert_eq!(Amount::per_hundred(1, 3).unwrap().digits(), "33.33");
        assert_eq!(Amount::per_hundred(1, 20_000).unwrap().digits(), "0.01");
        assert_eq!(Amount::per_hundred(1, 20_001).unwrap().digits(), "0.00");
        assert_eq!(Amount::per_hundred(7, 5).unwrap().digits(), "140.00");
        assert_eq!(Amount::per_hundred(1, 0), None);
    }
}
