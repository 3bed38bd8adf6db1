//! Training and its test (R52): which weeks have none on record, who was taught in a month and has no test, and how the
//! tests went. Derived each time, stored nowhere.
//!
//! A session or test belongs to the day on which it is held, whenever it was entered: marks often come after the month.

use std::sync::Arc;

use crate::base::field::Kind;
use crate::base::number::{Code, Number};
use crate::base::period::{Period, Unit};
use crate::base::time::{Date, Time, days_after, days_before};
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::training::{TRAINING, Training};
use crate::work::specialists;

/// The clause under which points are taken from who failed a test.
pub const FAILED_CLAUSE: &str = "D3.3";

/// How many weeks or months ahead a free slot is looked for, before a day off is taken for one.
const AHEAD: usize = 60;

/// The first result of somebody's test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestResult {
    /// Whose.
    pub staff: Code,
    /// From 0 to 100.
    pub points: u64,
    /// Whether so many pass, by the figure of the test's day (R68).
    pub passed: bool,
    /// The day of the test.
    pub on: Date,
    /// Its record.
    pub record: Number,
}

/// The sessions and tests whose time lies in a period, cancelled ones too, oldest first.
pub fn in_days(book: &Book<'_>, period: Period) -> Vec<Arc<Form>> {
    // A few rows a month, that may have been put on record at any time: all of them are read, and none twice.
    book.load(&TRAINING, .., &|_, _| true);
    let mut forms = book.loaded(Kind::Training);
    forms.retain(|form| !form.is_void() && day_of(book, form).is_some_and(|day| period.contains(day)));
    forms.sort_by_key(|form| (Training::of(form).when(), form.number.clone()));
    forms
}

/// The day of a session or test.
pub fn day_of(book: &Book<'_>, form: &Form) -> Option<Date> {
    Training::of(form).when().map(|when| book.now.zone.day(when))
}

/// How many points pass a test, by the figure of its day (R68).
pub fn pass_points(book: &Book<'_>, form: &Form) -> u64 {
    book.policy.at(day_of(book, form).unwrap_or(form.day())).pass_points
}

/// The results of the tests whose day lies in a period, in order of date, then person: the first of each person in a
/// test, whatever came after (R52).
pub fn test_results(book: &Book<'_>, period: Period) -> Vec<TestResult> {
    let mut results = Vec::new();
    for form in sittings(book, period) {
        let Some(on) = day_of(book, &form) else { continue };
        let pass = pass_points(book, &form);
        let result = |(staff, points): (Code, u64)| {
            let passed = points >= pass;
            TestResult { staff, points, passed, on, record: form.number.clone() }
        };
        let marks = Training::of(&form).marks().into_iter();
        results.extend(marks.filter_map(|(staff, mark)| Some((staff, mark.points?))).map(result));
    }
    results
}

/// The specialists who were at a session of a month: they are tested at its end.
pub fn taught(book: &Book<'_>, month: Period) -> Vec<Code> {
    let present: Vec<Code> = in_days(book, month).iter().flat_map(|form| Training::of(form).present()).collect();
    let mut taught = specialists(book, month.to.min(book.now.today()));
    taught.retain(|code| present.contains(code));
    taught
}

/// Who was taught in a month and is called to none of its tests, not even to one that was cancelled for a reason.
pub fn untested(book: &Book<'_>, month: Period) -> Vec<Code> {
    let tests = tests_in(book, month);
    let called: Vec<Code> = tests.iter().flat_map(|form| Training::of(form).attendees()).collect();
    let mut untested = taught(book, month);
    untested.retain(|code| !called.contains(code));
    untested
}

/// The tests of some days, cancelled ones too.
fn tests_in(book: &Book<'_>, period: Period) -> Vec<Arc<Form>> {
    let mut tests = in_days(book, period);
    tests.retain(|form| Training::of(form).is_test());
    tests
}

/// The tests of some days that were not cancelled.
pub fn sittings(book: &Book<'_>, period: Period) -> Vec<Arc<Form>> {
    let mut tests = tests_in(book, period);
    tests.retain(|form| form.state().code != "cancelled");
    tests
}

/// The last day of a month on which people work; the last of all, where there is none.
pub fn test_day(book: &Book<'_>, month: Period) -> Date {
    let mut days = (0..31).map(|back| days_before(month.to, back)).take_while(|day| *day >= month.from);
    days.find(|day| book.calendar().is_working(*day)).unwrap_or(month.to)
}

/// The time of a week's training; `None` where its day is one off: that week has none.
pub fn slot(book: &Book<'_>, week: Period) -> Option<Time> {
    let weekly = book.policy.at(week.from).training_slot;
    let day = days_after(week.from, u64::from(weekly.day.num_days_from_monday()));
    book.calendar().is_working(day).then(|| book.now.zone.on(day, weekly.time))
}

/// This week and the last one, where they have a slot and no session or test on record. No week is asked for before the
/// first training record.
pub fn empty_weeks(book: &Book<'_>) -> Vec<(Period, Time)> {
    let now = Period::holding(Unit::Week, book.now.today());
    let kept = book.first_day_of(&TRAINING);
    let asked = [now.previous(), now].into_iter().filter(|week| kept.is_some_and(|first| first < week.from));
    let slots = asked.filter_map(|week| Some((week, slot(book, week)?)));
    slots.filter(|(week, _)| in_days(book, *week).is_empty()).collect()
}

/// The next slot from a moment on.
pub fn next_slot(book: &Book<'_>, from: Time) -> Time {
    let first = Period::holding(Unit::Week, book.now.zone.day(from));
    let weeks = std::iter::successors(Some(first), |week| Some(Period::holding(Unit::Week, days_after(week.to, 1))));
    let mut slots = weeks.take(AHEAD).filter_map(|week| slot(book, week));
    slots.find(|slot| *slot >= from).unwrap_or(from)
}

/// The next month's end from a moment on that a test can be set for: at the time of the slot, on the last working day.
pub fn next_test(book: &Book<'_>, from: Time) -> Time {
    let first = Period::holding(Unit::Month, book.now.zone.day(from));
    let months =
        std::iter::successors(Some(first), |month| Some(Period::holding(Unit::Month, days_after(month.to, 1))));
    let mut tests = months.take(AHEAD).map(|month| {
        let day = test_day(book, month);
        book.now.zone.on(day, book.policy.at(day).training_slot.time)
    });
    tests.find(|test| *test >= from).unwrap_or(from)
}
