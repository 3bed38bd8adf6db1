//! The ledger of points: what was given to and taken from whom, what that is worth (R56), and who has lost so many in a
//! half-year that they are warned, or are not to stay in post (R57). Derived each time, stored nowhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::field::Kind;
use crate::base::money::Money;
use crate::base::number::Code;
use crate::base::period::{Period, Unit};
use crate::base::time::Date;
use crate::base::words::{Text, Words, words};
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::score::{SCORE, Score};
use crate::policy::{Clause, is_award};
use crate::tr;

/// What a clause that gives points is called.
pub const AWARD: Words = words("award", "加分");
/// What a clause that takes points is called.
pub const DEDUCTION: Words = words("deduction", "扣分");

/// An entry of the ledger.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The record.
    pub form: Arc<Form>,
    /// Whose points they are.
    pub staff: Code,
    /// The day of the conduct.
    pub on: Date,
    /// Points as entered: above 0 given, below 0 taken.
    pub points: i64,
    /// What they are worth by the figure of that day, of the same sign (R56).
    pub worth: Money,
    /// False of one that was reversed: it counts nowhere (R58).
    pub counts: bool,
}

impl Entry {
    fn of(book: &Book<'_>, form: Arc<Form>) -> Option<Entry> {
        let score = Score::of(&form);
        let (staff, on, counts) = (score.staff()?, score.on(), score.counts());
        let worth = book.policy.at(on).point_worth.times(score.points())?;
        // A number of points fits: a whole number that a field takes is at most a thousand million.
        let points = i64::try_from(score.points()).ok()?;
        let (points, worth) = match is_award(score.clause()) {
            true => (points, worth),
            false => (-points, Money::ZERO.minus(worth)?),
        };
        Some(Entry { staff, on, points, worth, counts, form })
    }
}

/// The clause of an entry as it stood on the day of the conduct (R68); `None` where none was in force.
pub fn clause_of<'b>(book: &'b Book<'_>, form: &Form) -> Option<&'b Clause> {
    let score = Score::of(form);
    book.policy.at(score.on()).clauses.get(score.clause())
}

/// The entries about the days of a period, oldest conduct first; of one person, or of everybody. What was proposed and
/// declined is none.
pub fn entries(book: &Book<'_>, period: Period, of: Option<&Code>) -> Vec<Entry> {
    // An entry is made on the day of the conduct or later.
    book.load(&SCORE, period.from.., &|_, glance| of.is_none_or(|code| glance.holds(code.as_str())));
    let forms = book.loaded(Kind::Score).into_iter().filter(|form| !form.is_void() && !Score::of(form).is_declined());
    let mut entries: Vec<Entry> = forms.filter_map(|form| Entry::of(book, form)).collect();
    entries.retain(|entry| period.contains(entry.on) && of.is_none_or(|code| entry.staff == *code));
    entries.sort_by_key(|entry| (entry.on, entry.form.made_at(), entry.form.number.clone()));
    entries
}

/// What the points taken from somebody in a half-year lead to (R57).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Nothing.
    Clear,
    /// A warning.
    Warned,
    /// Not to stay in post.
    Flagged,
}

impl Level {
    /// What scripts see.
    pub fn code(self) -> &'static str {
        match self {
            Level::Clear => "clear",
            Level::Warned => "warned",
            Level::Flagged => "flagged",
        }
    }

    /// What people read.
    pub fn name(self) -> Words {
        match self {
            Level::Clear => words("clear", "正常"),
            Level::Warned => words("warned", "预警"),
            Level::Flagged => words("not to stay in post", "不宜留岗"),
        }
    }
}

/// How somebody stands in a half-year.
#[derive(Clone, Debug)]
pub struct Standing {
    /// Who.
    pub staff: Code,
    /// Points taken: by these alone the person is judged (R57).
    pub taken: u64,
    /// Points given.
    pub given: u64,
    /// What both are worth together (R56).
    pub worth: Money,
    /// What the points taken lead to.
    pub level: Level,
    /// The entries that count, oldest conduct first.
    pub entries: Vec<Arc<Form>>,
}

/// The half-year that holds a day, by which R57 counts: January to June, or July to December.
pub fn half_of(day: Date) -> Period {
    Period::holding(Unit::Half, day)
}

/// How everybody stands of whom an entry of a half-year counts, who lost most first; or one person alone.
pub fn standings(book: &Book<'_>, half: Period, of: Option<&Code>) -> Vec<Standing> {
    let mut people: BTreeMap<Code, Vec<Entry>> = BTreeMap::new();
    for entry in entries(book, half, of).into_iter().filter(|entry| entry.counts) {
        people.entry(entry.staff.clone()).or_default().push(entry);
    }
    // The half-year is judged by the figures in force when it began (R68).
    let figures = book.policy.at(half.from);
    let standing = |(staff, entries): (Code, Vec<Entry>)| {
        let sum = |wanted: fn(i64) -> bool| -> u64 {
            entries.iter().filter(|entry| wanted(entry.points)).map(|entry| entry.points.unsigned_abs()).sum()
        };
        let (taken, given) = (sum(|points| points < 0), sum(|points| points > 0));
        let level = match taken {
            taken if taken >= figures.score_flag => Level::Flagged,
            taken if taken >= figures.score_warn => Level::Warned,
            _ => Level::Clear,
        };
        let worth = Money::sum(entries.iter().map(|entry| entry.worth));
        Standing { staff, taken, given, worth, level, entries: entries.into_iter().map(|entry| entry.form).collect() }
    };
    let mut standings: Vec<Standing> = people.into_iter().map(standing).collect();
    standings.sort_by(|a, b| (b.taken, &a.staff).cmp(&(a.taken, &b.staff)));
    standings
}

/// How somebody stands whom an entry takes points from, where they are warned or not to stay in post (R57).
pub fn told(book: &Book<'_>, form: &Form) -> Option<Text> {
    let score = Score::of(form);
    let staff = score.staff().filter(|_| score.counts() && !is_award(score.clause()))?;
    let half = half_of(score.on());
    let Standing { taken, level, .. } = standings(book, half, Some(&staff)).pop()?;
    let figures = book.policy.at(half.from);
    let from = match level {
        Level::Clear => return None,
        Level::Warned => figures.score_warn,
        Level::Flagged => figures.score_flag,
    };
    let level = level.name();
    Some(tr!(
        "{staff}: {taken} points taken in {half}, {level} from {from} on (R57)",
        "{staff}：{half} 累计扣 {taken} 分，已达{level}标准 {from} 分（R57）"; level
    ))
}
