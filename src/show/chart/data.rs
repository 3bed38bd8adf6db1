//! What a chart is drawn from: labels, values and what is said of them, worked out of a section's figures and tables.

use std::cmp::Reverse;

use maud::Markup;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{bars, course, figured};
use crate::base::table::{Amount, Cell, Row, Table};
use crate::base::time::Zone;
use crate::base::words::{Lang, Words, words};
use crate::policy::Goal;
use crate::reports::model::{Chart, ChartKind, Section};
use crate::show::amount::amount;
use crate::show::report::goal;
use crate::show::table::cell;

/// Rows that are worth drawing; the others are one row together.
pub const MOST_ROWS: usize = 12;
/// Points of a course that can be told apart.
const MOST_POINTS: usize = 60;

/// Beyond any department, 10¹⁸; the steps of a scale could not be counted.
const MOST: u64 = 1_000_000_000_000_000_000;

pub const OTHERS: Words = words("others", "其他");
pub const GOAL: Words = words("Goal", "目标");
const SO_FAR: Words = words("Share so far", "累计占比");

/// What is drawn.
pub enum Data {
    /// Bars below each other.
    Bars(Bars),
    /// Values over time.
    Course(Course),
}

/// Bars below each other, each from the left edge.
pub struct Bars {
    /// What is to be told apart.
    pub keys: Vec<Key>,
    pub rows: Vec<Bar>,
    /// The value at the right edge.
    pub full: f64,
    /// What stands behind them.
    pub scale: Scale,
}

/// What stands behind bars.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Nothing.
    Plain,
    /// The whole that each is a part of.
    OfAll,
    /// What each is to come to.
    ToGoal,
    /// The line of the sum so far.
    Cumulated,
}

/// What something in a chart of bars is called, and how it looks.
pub struct Key {
    pub name: String,
    pub look: Look,
}

/// How something in a chart of bars looks.
#[derive(Clone, Copy)]
pub enum Look {
    /// The part of a bar at this place.
    Part(usize),
    /// The value to compare with.
    Mark,
    /// The value to come to.
    Goal,
    /// The line of the sum so far.
    SoFar,
    /// What meets a goal, or misses it.
    Judged(bool),
}

impl Key {
    pub fn new(name: &str, look: Look) -> Key {
        Key { name: name.to_string(), look }
    }
}

/// One bar.
pub struct Bar {
    pub label: String,
    pub parts: Vec<Part>,
    /// What is said at its end.
    pub said: String,
    /// A value to compare with.
    pub mark: Option<f64>,
    /// The value that it is to come to.
    pub goal: Option<f64>,
    /// Whether it comes to that.
    pub met: Option<bool>,
    /// The sum of the bars so far.
    pub so_far: f64,
    /// All that there is to say of it.
    pub told: String,
}

impl Bar {
    /// One that is compared with nothing.
    pub fn new(label: String, parts: Vec<Part>, said: String, told: String) -> Bar {
        Bar { label, parts, said, mark: None, goal: None, met: None, so_far: 0.0, told }
    }

    pub fn length(&self) -> f64 {
        self.parts.iter().map(|part| part.value).sum()
    }
}

/// A part of a bar.
pub struct Part {
    pub value: f64,
    pub said: String,
}

/// Values over time.
pub struct Course {
    pub at: Vec<String>,
    pub series: Vec<Series>,
    /// Whether the values are shares of a hundred.
    pub percent: bool,
}

/// A line of a course; where there is no value, it is interrupted.
pub struct Series {
    pub name: String,
    pub values: Vec<Option<Point>>,
    /// What each of its values is to come to: `≥ 95.0%`.
    pub goal: Option<Point>,
}

/// A point of a line.
pub struct Point {
    pub value: Decimal,
    /// What stands in the chart.
    pub said: String,
    /// The same in full.
    pub told: String,
}

impl Data {
    /// What its colours mean.
    pub fn keys(&self) -> Vec<String> {
        match self {
            Data::Bars(bars) => bars.keys.iter().map(|key| key.name.clone()).collect(),
            Data::Course(course) => course.keys(),
        }
    }

    /// What the key at a place looks like.
    pub fn swatch(&self, at: usize) -> Markup {
        match self {
            Data::Bars(data) => bars::swatch(data.keys[at].look),
            Data::Course(data) => course::swatch(data, at),
        }
    }

    /// Everything that is drawn, in words.
    pub fn told(&self) -> Vec<String> {
        match self {
            Data::Bars(bars) => bars.rows.iter().map(|bar| bar.told.clone()).collect(),
            Data::Course(course) => course.series.iter().map(|series| series.told(course)).collect(),
        }
    }
}

impl Course {
    /// The series, then what they are to come to.
    fn keys(&self) -> Vec<String> {
        let several = self.series.len() > 1;
        let names = self.series.iter().map(|series| series.name.clone());
        let goals = self.goals().map(|(at, goal)| match several {
            true => format!("{} {}", self.series[at].name, goal.told),
            false => goal.told.clone(),
        });
        names.chain(goals).collect()
    }

    /// What each series is to come to that has a goal, with the place of the series.
    pub fn goals(&self) -> impl Iterator<Item = (usize, &Point)> {
        self.series.iter().enumerate().filter_map(|(at, series)| Some((at, series.goal.as_ref()?)))
    }
}

impl Series {
    fn told(&self, course: &Course) -> String {
        let points = course.at.iter().zip(&self.values).filter_map(|(at, point)| Some((at, point.as_ref()?)));
        let goal = self.goal.iter().map(|goal| goal.told.clone());
        let points: Vec<String> = points.map(|(at, point)| format!("{at} {}", point.told)).chain(goal).collect();
        format!("{}: {}", self.name, points.join(", "))
    }
}

/// What a chart is drawn from; `None` where the section has nothing of it.
pub fn of(chart: &Chart, section: &Section, lang: Lang) -> Option<Data> {
    let source = |name: &str| {
        let table = section.tables.iter().find(|table| table.name == name)?;
        Some(Source { table, goals: &section.goals, lang })
    };
    match chart.kind {
        ChartKind::Trend { table, at, values } => source(table)?.course(at, values).map(Data::Course),
        ChartKind::Pareto { table, labels, value } => source(table)?.pareto(labels, value).map(Data::Bars),
        ChartKind::Share { table, labels, parts } => source(table)?.shares(labels, parts).map(Data::Bars),
        ChartKind::States { table, by } => source(table)?.states(by).map(Data::Bars),
        ChartKind::Against { table, labels, parts, goal } => {
            source(table)?.against(labels, parts, goal).map(Data::Bars)
        }
        ChartKind::Attainment { figures } => figured::attainment(section, figures, lang).map(Data::Bars),
        ChartKind::ShortOfAll => figured::short_of_all(section, lang).map(Data::Bars),
        ChartKind::Figures { figures } => figured::amounts(section, figures, lang).map(Data::Bars),
    }
}

/// A table to read from, and what its columns are to come to.
pub struct Source<'t> {
    pub table: &'t Table,
    goals: &'t [(&'static str, Goal)],
    pub lang: Lang,
}

impl Source<'_> {
    pub fn place(&self, key: &str) -> Option<usize> {
        self.table.columns.iter().position(|column| column.key == key)
    }

    pub fn places(&self, keys: &[&str]) -> Option<Vec<usize>> {
        keys.iter().map(|key| self.place(key)).collect()
    }

    pub fn head(&self, at: usize) -> String {
        self.table.columns[at].name.get(self.lang).to_string()
    }

    /// What a row is about.
    pub fn label(&self, row: &Row, places: &[usize]) -> String {
        // No moment is a label.
        let words = places.iter().map(|&at| cell(&row.cells[at], self.lang, Zone::default()));
        words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// The goal of a column, as a point of the same unit.
    fn goal_of(&self, at: usize, unit: &str) -> Option<Point> {
        let (_, aim) = self.goals.iter().find(|(key, _)| *key == self.table.columns[at].key)?;
        let said = goal(*aim).get(self.lang).to_string();
        let told = format!("{} {said}", GOAL.get(self.lang));
        (aim.value.unit() == unit).then(|| Point { value: decimal(aim.value), said, told })
    }

    fn course(&self, at: &str, values: &[&str]) -> Option<Course> {
        let (at, places) = (self.place(at)?, self.places(values)?);
        let rows = &self.table.rows;
        let amounts = || rows.iter().flat_map(|row| places.iter().filter_map(|&at| amount_of(&row.cells[at])));
        let unit = amounts().next()?.unit();
        let told_apart = (2..=MOST_POINTS).contains(&rows.len());
        let odd = |amount: Amount| amount.unit() != unit || decimal(amount).abs() > Decimal::from(MOST);
        if !told_apart || amounts().any(odd) {
            return None;
        }
        let point = |row: &Row, at: usize| {
            let value = amount_of(&row.cells[at])?;
            Some(Point { value: decimal(value), said: short(value, self.lang), told: amount(value, self.lang) })
        };
        let series = places.iter().map(|&at| Series {
            name: self.head(at),
            values: rows.iter().map(|row| point(row, at)).collect(),
            goal: self.goal_of(at, unit),
        });
        let when = |row: &Row| match &row.cells[at] {
            // The year stands at the top of the report.
            Cell::Date(day) => day.format("%m-%d").to_string(),
            _ => self.label(row, &[at]),
        };
        Some(Course { at: rows.iter().map(when).collect(), series: series.collect(), percent: unit == "percent" })
    }

    fn pareto(&self, labels: &[&str], value: &str) -> Option<Bars> {
        let (labels, at) = (self.places(labels)?, self.place(value)?);
        let rows =
            self.table.rows.iter().filter_map(|row| Some((self.label(row, &labels), amount_of(&row.cells[at])?)));
        let mut ranked: Vec<(String, Amount)> = rows.filter(|(_, amount)| decimal(*amount) > Decimal::ZERO).collect();
        ranked.sort_by_key(|(_, amount)| Reverse(decimal(*amount)));
        let all = sum(ranked.iter().map(|(_, amount)| *amount))?;
        if ranked.len() < 2 {
            return None;
        }
        if ranked.len() > MOST_ROWS {
            let rest = ranked.split_off(MOST_ROWS - 1);
            let others = format!("{} ({})", OTHERS.get(self.lang), rest.len());
            ranked.push((others, sum(rest.iter().map(|(_, amount)| *amount))?));
        }
        let mut so_far = Decimal::ZERO;
        let bar = |(label, value): (String, Amount)| {
            so_far += decimal(value);
            let share = share(so_far, decimal(all)).map_or(String::new(), |share| amount(share, self.lang));
            let said = amount(value, self.lang);
            let told = format!("{label}: {said}, {} {share}", SO_FAR.get(self.lang));
            let parts = vec![Part { value: number(decimal(value)), said: short(value, self.lang) }];
            Bar { so_far: number(so_far), ..Bar::new(label, parts, share, told) }
        };
        let rows = ranked.into_iter().map(bar).collect();
        let keys = vec![Key::new(&self.head(at), Look::Part(0)), Key::new(SO_FAR.get(self.lang), Look::SoFar)];
        Some(Bars { keys, rows, full: number(decimal(all)), scale: Scale::Cumulated })
    }

    fn shares(&self, labels: &[&str], parts: &[&str]) -> Option<Bars> {
        let (labels, places) = (self.places(labels)?, self.places(parts)?);
        let bar = |row: &Row| {
            let amounts: Vec<Amount> = places.iter().filter_map(|&at| amount_of(&row.cells[at])).collect();
            let total = sum(amounts.iter().copied()).filter(|total| decimal(*total) > Decimal::ZERO)?;
            let parts: Vec<Part> = places.iter().map(|&at| part(&row.cells[at], self.lang)).collect();
            let label = self.label(row, &labels);
            let each = places.iter().filter_map(|&at| Some((at, amount_of(&row.cells[at])?)));
            let each: Vec<String> =
                each.map(|(at, value)| format!("{} {}", self.head(at), amount(value, self.lang))).collect();
            let told = format!("{label}: {}", each.join(", "));
            Some(Bar::new(label, parts, short(total, self.lang), told))
        };
        let rows: Vec<Bar> = self.table.rows.iter().filter_map(bar).collect();
        let full = longest(&rows)?;
        let keys = places.iter().enumerate().map(|(at, &place)| Key::new(&self.head(place), Look::Part(at))).collect();
        Some(Bars { keys, rows, full, scale: Scale::Plain })
    }

    fn states(&self, by: &str) -> Option<Bars> {
        let at = self.place(by)?;
        let mut found: Vec<(String, u64)> = Vec::new();
        for row in &self.table.rows {
            let state = self.label(row, &[at]);
            match found.iter_mut().find(|(known, _)| *known == state) {
                Some((_, count)) => *count += 1,
                None => found.push((state, 1)),
            }
        }
        // Of as many, the one that stands first in the table.
        found.sort_by_key(|(_, count)| Reverse(*count));
        let bar = |(label, count): (String, u64)| {
            let said = amount(Amount::Count(count), self.lang);
            let parts = vec![Part { value: count as f64, said: String::new() }];
            let told = format!("{label}: {said}");
            Bar::new(label, parts, said, told)
        };
        let rows: Vec<Bar> = found.into_iter().map(bar).collect();
        let full = longest(&rows)?;
        Some(Bars { keys: Vec::new(), rows, full, scale: Scale::Plain })
    }
}

/// The length of the longest bar; `None` where none has any.
pub fn longest(rows: &[Bar]) -> Option<f64> {
    let longest = rows.iter().map(Bar::length).fold(0.0, f64::max);
    (longest > 0.0).then_some(longest)
}

fn part(cell: &Cell, lang: Lang) -> Part {
    match amount_of(cell) {
        Some(value) => Part { value: number(decimal(value)).max(0.0), said: short(value, lang) },
        None => Part { value: 0.0, said: String::new() },
    }
}

/// An amount as it stands in a chart: money to the unit.
pub fn short(value: Amount, lang: Lang) -> String {
    let said = amount(value, lang);
    match value {
        Amount::Money(_) => said.split_once('.').map_or(said.clone(), |(whole, _)| whole.to_string()),
        _ => said,
    }
}

pub fn amount_of(cell: &Cell) -> Option<Amount> {
    if let Cell::Amount(amount) = cell { Some(*amount) } else { None }
}

pub fn decimal(amount: Amount) -> Decimal {
    amount.digits().parse().unwrap_or_default()
}

/// A value as a length to draw; nothing that is read is made from it.
pub fn number(value: Decimal) -> f64 {
    value.to_f64().unwrap_or_default()
}

/// The sum of counts or of money; `None` of others, and of none.
pub fn sum(amounts: impl IntoIterator<Item = Amount>) -> Option<Amount> {
    let mut amounts = amounts.into_iter();
    let first = amounts.next()?;
    amounts.try_fold(first, |sum, next| match (sum, next) {
        (Amount::Count(a), Amount::Count(b)) => Some(Amount::Count(a + b)),
        (Amount::Money(a), Amount::Money(b)) => a.plus(b).map(Amount::Money),
        _ => None,
    })
}

/// Tenths of a percent, rounded half up as all shares are.
fn share(part: Decimal, whole: Decimal) -> Option<Amount> {
    let permille = part.checked_mul(Decimal::ONE_THOUSAND)?.checked_div(whole)?;
    permille.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).to_u64().map(Amount::Permille)
}
