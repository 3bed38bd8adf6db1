//! The entries that the facts on record propose (R58): work unfinished at closing time, a task that was set and not done in
//! time, a failed test, a shift missed without a reason, praise noted in a visit. A supervisor accepts or declines each;
//! nothing is entered by itself.
//!
//! Derived each time, stored nowhere. A proposal is gone once an entry, be it reversed or declined by now, says whose,
//! under which clause, about which day and record. Only a decline that was reversed leaves it open again.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::TimeDelta;

use crate::base::field::{Kind, List};
use crate::base::number::{Code, Number};
use crate::base::period::Period;
use crate::base::time::{Date, Time, days_after, days_before, wall_minute};
use crate::base::words::{Text, words};
use crate::book::Book;
use crate::duties::{Duty, Whose, duties_of_loaded};
use crate::forms::form::Form;
use crate::forms::meeting::Meeting;
use crate::forms::score::{SCORE, Score};
use crate::forms::visit::Visit;
use crate::forms::work::Work;
use crate::shifts::{Missed, unexcused};
use crate::sla::due::minute;
use crate::tr;
use crate::trainings::{FAILED_CLAUSE, TestResult, test_results};
use crate::visits::made_on;

/// The day's work unfinished at closing time.
const UNFINISHED: &str = "D3.1";
/// A task that was set by another and not done in time.
const TASK: &str = "D3.2";
/// Late, left early or absent without a reason.
const ABSENT: &str = "D2.2";
/// Praise by a customer, by how it was given.
const PRAISE: [(&str, &str); 2] = [("written", "A1.2"), ("spoken", "A1.3")];

/// A fact on record that a clause speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The clause's code.
    pub clause: &'static str,
    /// Whose points it would be.
    pub staff: Code,
    /// The day of the conduct.
    pub on: Date,
    /// What it is about, without blanks: a record's number, or the code of a list's row.
    pub about: String,
    /// The fact in words.
    pub words: Text,
}

impl Fact {
    /// A fact that a record shows.
    pub fn of(clause: &'static str, staff: Code, on: Date, record: &Number, words: Text) -> Fact {
        Fact { clause, staff, on, about: record.to_string(), words }
    }

    /// The record that shows it, where it is one.
    pub fn record(&self) -> Option<Number> {
        self.about.parse().ok()
    }

    /// What the proposal is called: clause, person, day, and what it is about: `D3.1-YX-261121-WX-261121-YX-1`.
    fn key(&self) -> String {
        format!("{}-{}-{}-{}", self.clause, self.staff, self.on.format("%y%m%d"), self.about)
    }
}

/// An entry that is proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What it is called, the same each time.
    pub key: String,
    /// The fact.
    pub fact: Fact,
    /// How many points: the fewest that the clause allows on that day.
    pub points: u64,
}

/// The day that a key names, where it is whole enough to name one.
pub fn day_named(key: &str) -> Option<Date> {
    let mut parts = key.split('-').map(str::to_ascii_uppercase);
    let (clause, staff, day) = (parts.next()?, parts.next()?, parts.next()?);
    // A day stands in a key as it does in a number.
    let number: Number = format!("JX-{day}-{staff}-1").parse().ok()?;
    clause.starts_with(['D', 'A']).then(|| number.day())
}

/// Finds the facts of a period's days.
type Proposer = fn(&Book<'_>, Period) -> Vec<Fact>;

/// Everything that proposes entries.
const PROPOSERS: &[Proposer] = &[unfinished, failed, missed, praised];

/// The entries that the days of a period propose, which nobody has accepted or declined, by day, person and clause.
pub fn proposals(book: &Book<'_>, period: Period) -> Vec<Proposal> {
    let all = decisions(book, period).into_iter();
    all.filter_map(|(proposal, entry)| entry.is_none().then_some(proposal)).collect()
}

/// The same, and those that were decided, each with the entry that settled it.
pub fn decisions(book: &Book<'_>, period: Period) -> Vec<(Proposal, Option<Arc<Form>>)> {
    // Two duties about one record on one day are one fact.
    let mut found: BTreeMap<(Date, Code, &'static str, String), Fact> = BTreeMap::new();
    for fact in PROPOSERS.iter().flat_map(|proposer| proposer(book, period)) {
        let place = (fact.on, fact.staff.clone(), fact.clause, fact.about.clone());
        match found.get_mut(&place) {
            Some(known) if known.words != fact.words => {
                known.words = Text::join(&[known.words.clone(), fact.words], words("; ", "；"));
            }
            Some(_) => {}
            None => {
                found.insert(place, fact);
            }
        }
    }
    let decided = decided(book, period);
    let proposed = found.into_values().filter_map(|fact| {
        let clause = book.policy.at(fact.on).clauses.get(fact.clause)?;
        book.staff_on(&fact.staff, fact.on)?;
        let key = fact.key();
        let entry = decided.iter().find(|entry| settles(entry, &key, &fact)).cloned();
        Some((Proposal { key, points: clause.min, fact }, entry))
    });
    proposed.collect()
}

/// The entries on record about the days of a period that settle what they are about.
fn decided(book: &Book<'_>, period: Period) -> Vec<Arc<Form>> {
    book.load(&SCORE, period.from.., &|_, _| true);
    let mut entries = book.loaded(Kind::Score);
    entries.retain(|form| !form.is_void() && Score::of(form).settles() && period.contains(Score::of(form).on()));
    entries
}

/// Whether an entry is about a fact: it came of its proposal, or says the same.
fn settles(entry: &Form, key: &str, fact: &Fact) -> bool {
    let score = Score::of(entry);
    let same = || score.staff().as_ref() == Some(&fact.staff) && score.clause() == fact.clause && score.on() == fact.on;
    score.proposal() == Some(key) || score.record().is_some() && score.record() == fact.record().as_ref() && same()
}

/// What stood unfinished when a working day of the period ended, having fallen due since the one before had (D3.1), and
/// what another had set (D3.2). A duty of several people's is nobody's own, and nothing is concluded from
/// days before the first record.
fn unfinished(book: &Book<'_>, period: Period) -> Vec<Fact> {
    // What was over before the period fell due before it, too.
    let from = days_before(period.from, 2);
    book.load_days(..=period.to, &|spec, _, glance| glance.ended(spec).is_none_or(|day| day >= from));
    let calendar = book.calendar();
    let Some(first) = book.first_day() else { return Vec::new() };
    let days = std::iter::successors(Some(period.from.max(first)), |day| Some(days_after(*day, 1)));
    let working = days.take_while(|day| *day <= period.to).filter(|day| calendar.is_working(*day));
    let mut facts = Vec::new();
    for day in working {
        let closing = calendar.closing(day);
        if minute(closing) >= minute(book.now.time) {
            break;
        }
        let last = (1..366).map(|back| days_before(day, back)).find(|day| calendar.is_working(*day));
        let since = last.map_or(i64::MIN, |day| minute(calendar.closing(day)));
        // On the due minute is in time (R46).
        let evening = book.as_of(closing + TimeDelta::minutes(1) - TimeDelta::nanoseconds(1));
        let of_day = |duty: &Duty| (since + 1..=minute(closing)).contains(&minute(duty.due));
        let due = duties_of_loaded(&evening).into_iter().filter(of_day);
        facts.extend(due.filter_map(|duty| fact_of(book, &evening, day, duty)));
    }
    facts
}

/// The fact that a duty stood when a day ended; `None` where it is nobody's own, or was done in time and only written down
/// later.
fn fact_of(book: &Book<'_>, evening: &Book<'_>, day: Date, duty: Duty) -> Option<Fact> {
    let Duty { rule, number, due, who: Whose::Person(staff), what, .. } = duty else { return None };
    let record = number.parse::<Number>().ok();
    let then = record.as_ref().and_then(|number| evening.form(number));
    if record.as_ref().and_then(|number| book.form(number)).is_some_and(|form| was_done(book, &form, due)) {
        return None;
    }
    // Coming to one's shift has a clause of its own.
    if then.as_ref().is_some_and(|form| form.spec.kind == Kind::Shift && form.state().code == "rostered") {
        return None;
    }
    let clause = if then.is_some_and(|form| is_task(&form, &staff)) { TASK } else { UNFINISHED };
    let due = wall_minute(due, book.now.zone);
    let words = tr!(
        "not done when work ended on {day}: {what} ({rule}, due {due})",
        "{day} 下班前未完成：{what}（{rule}，应于 {due} 前完成）"; what
    );
    Some(Fact { clause, staff, on: day, about: number.split_whitespace().collect::<Vec<_>>().join("-"), words })
}

/// Whether a planned item turned out to have been done by the day on which it was due.
fn was_done(book: &Book<'_>, form: &Form, due: Time) -> bool {
    let zone = book.now.zone;
    let of_day = |term: &crate::forms::work::Term| term.due == zone.day(due) && term.is_on_time();
    form.spec.kind == Kind::Work && Work::of(form).terms(zone).iter().any(of_day)
}

/// Whether another set it: a planned item, or a to-do of a meeting that another led.
fn is_task(form: &Form, staff: &Code) -> bool {
    match form.spec.kind {
        Kind::Work => form.author() != staff,
        Kind::Meeting => form.state().code == "held" && Meeting::of(form).host() != *staff,
        _ => false,
    }
}

/// A month's test that was not passed at the first go (R52).
fn failed(book: &Book<'_>, period: Period) -> Vec<Fact> {
    let failed = test_results(book, period).into_iter().filter(|test| !test.passed);
    let fact = |test: TestResult| {
        let TestResult { staff, points, on, record, .. } = test;
        let words = tr!("failed the test of {on}: {points} points", "{on} 测验不及格：{points} 分");
        Fact::of(FAILED_CLAUSE, staff, on, &record, words)
    };
    failed.map(fact).collect()
}

/// A shift to which somebody came late, that was left early or missed, without a reason on record (R63).
fn missed(book: &Book<'_>, period: Period) -> Vec<Fact> {
    let fact = |missed: Missed| {
        let Missed { staff, on, record, why } = missed;
        Fact::of(ABSENT, staff, on, &record, tr!("shift of {on}: {why}", "{on} 班次：{why}"; why))
    };
    unexcused(book, period).into_iter().map(fact).collect()
}

/// Praise that a visit noted (A1.2, A1.3), for whoever is responsible.
fn praised(book: &Book<'_>, period: Period) -> Vec<Fact> {
    let visits = made_on(book, period.from, period.to);
    let fact = |form: &Form| {
        let visit = Visit::of(form);
        let given = visit.praise()?;
        let (_, clause) = PRAISE.iter().find(|(choice, _)| *choice == given)?;
        let (customer, said) = (book.name(List::Customers, visit.customer()), visit.content().unwrap_or_default());
        let words = match (*clause == PRAISE[0].1, said.is_empty()) {
            (true, true) => tr!("praised in writing by {customer}", "{customer} 书面表扬"),
            (true, false) => tr!("praised in writing by {customer}: {said}", "{customer} 书面表扬：{said}"),
            (false, true) => tr!("praised in person by {customer}", "{customer} 当面表扬"),
            (false, false) => tr!("praised in person by {customer}: {said}", "{customer} 当面表扬：{said}"),
        };
        Some(Fact::of(clause, praised_in(book, form), form.day(), &form.number, words))
    };
    visits.iter().filter_map(|form| fact(form)).collect()
}

/// Whom the praise in a visit is for: who was first asked in the record that the visit is about (R26), else who looked
/// after the customer that day, else who made the visit. The list knows since when its owner is the customer's.
fn praised_in(book: &Book<'_>, form: &Form) -> Code {
    let (visit, day) = (Visit::of(form), form.day());
    let here = |code: &Code| book.staff_on(code, day).is_some();
    let of_record = visit.record().map(|record| record.staff().clone());
    let row = book.list(List::Customers).get(visit.customer());
    let row = row.filter(|row| row.fields.date("assigned_on").is_none_or(|assigned| assigned <= day));
    let owner = row.and_then(|row| row.fields.staff("owner"));
    of_record.into_iter().chain(owner).find(here).unwrap_or_else(|| form.author().clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_names_its_day_as_soon_as_it_is_long_enough() {
        let day = |key: &str| day_named(key).map(|day| day.to_string());
        let known = Some("2026-11-21".to_string());
        assert_eq!(day("D3.1-YX-261121-WX-261120-YX-1"), known);
        assert_eq!(day("a1.2-yx-261121"), known);
        for part in ["YX-261121-WX-261120-YX-1", "D3.1-YX", "D3.1-YX-261199", "D3.1", "", "-", "261121"] {
            assert_eq!(day(part), None, "{part}");
        }
    }
}
