//! The scores of calls (R54): what each comes to by the items of its day, what everybody has on the mean, and whose calls
//! are still to be scored in a month. Derived each time, stored nowhere.

use std::collections::BTreeMap;

use crate::base::field::{Kind, List};
use crate::base::marks::Mark;
use crate::base::number::{Code, Number};
use crate::base::period::Period;
use crate::base::table::Amount;
use crate::base::time::Date;
use crate::base::words::Text;
use crate::book::Book;
use crate::forms::call::{CALL, Call};
use crate::forms::form::Form;
use crate::policy::{CallItem, CallItems};
use crate::tr;

/// A call with what it comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScoredCall {
    /// Whose call it was.
    pub staff: Code,
    /// Its points as they count; 0 with a critical fault.
    pub total: u64,
    /// The full points of a call by the items of its day, at least 1.
    pub full: u64,
    /// The day of the call.
    pub on: Date,
    /// The record of the score.
    pub record: Number,
}

impl ScoredCall {
    /// A score as it counts now. `None` of one that does not say whose call it was, or of a day without items.
    pub fn of(book: &Book<'_>, form: &Form) -> Option<ScoredCall> {
        let call = Call::of(form);
        let total = total_of(&call.marks(), call.fault());
        let full = items_of(book, form).full();
        let (staff, on, record) = (call.staff()?, call.on(), form.number.clone());
        (full > 0).then_some(ScoredCall { staff, total, full, on, record })
    }

    /// Its share of the full points.
    pub fn percent(&self) -> Option<Amount> {
        Amount::share(self.total, self.full)
    }

    /// Whether it passes by the figure of its day (R68).
    pub fn passes(&self, book: &Book<'_>) -> bool {
        self.total.saturating_mul(100) >= self.full.saturating_mul(book.policy.at(self.on).call_pass)
    }
}

/// What points come to: nothing with a critical fault.
pub fn total_of(marks: &[Mark], fault: Option<&str>) -> u64 {
    if fault.is_some() { 0 } else { marks.iter().map(|mark| mark.points).sum() }
}

/// The items in force on the day of a call, by which it is judged (R68).
pub fn items_of<'b>(book: &'b Book<'_>, form: &Form) -> &'b CallItems {
    &book.policy.at(Call::of(form).on()).call_items
}

/// Points of every item, in the items' order: those given, by code or name, and of the `others` what they have. What is
/// given of no item follows, as it is.
pub fn completed(items: &CallItems, given: Vec<Mark>, others: impl Fn(&CallItem) -> u64) -> Vec<Mark> {
    let code = |word: &str| items.meant(word).map(|item| item.code.clone());
    let (known, unknown): (Vec<Mark>, Vec<Mark>) = given.into_iter().partition(|mark| code(&mark.item).is_some());
    let of_item = |item: &CallItem| {
        let mut given = known.iter().filter(|mark| code(&mark.item).as_ref() == Some(&item.code)).peekable();
        let left_out = given.peek().is_none().then(|| others(item));
        let points = given.map(|mark| mark.points).chain(left_out);
        points.map(|points| Mark { item: item.code.clone(), points }).collect::<Vec<_>>()
    };
    items.iter().flat_map(of_item).chain(unknown).collect()
}

/// The calls of the days of a period that were scored, oldest first; void ones left out (R66).
pub fn calls(book: &Book<'_>, period: Period) -> Vec<ScoredCall> {
    // A call is scored on its day or later.
    book.load(&CALL, period.from.., &|_, _| true);
    let forms = book.loaded(Kind::Call).into_iter().filter(|form| !form.is_void());
    let mut calls: Vec<ScoredCall> = forms.filter_map(|form| ScoredCall::of(book, &form)).collect();
    calls.retain(|call| period.contains(call.on));
    calls.sort_by(|a, b| (a.on, &a.record).cmp(&(b.on, &b.record)));
    calls
}

/// What somebody's calls of a period come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Average {
    /// Whose.
    pub staff: Code,
    /// The points of all of them.
    pub total: u64,
    /// Their full points.
    pub full: u64,
    /// The scores, oldest call first.
    pub records: Vec<Number>,
}

impl Average {
    /// The mean: the points of all calls, of their full points.
    pub fn percent(&self) -> Option<Amount> {
        Amount::share(self.total, self.full)
    }
}

/// The mean of everybody of whom a call of a period was scored, by their codes (R54).
pub fn averages(book: &Book<'_>, period: Period) -> Vec<Average> {
    let mut people: BTreeMap<Code, Average> = BTreeMap::new();
    for ScoredCall { staff, total, full, record, .. } in calls(book, period) {
        let empty = Average { staff: staff.clone(), total: 0, full: 0, records: Vec::new() };
        let average = people.entry(staff).or_insert(empty);
        average.total += total;
        average.full += full;
        average.records.push(record);
    }
    people.into_values().collect()
}

/// The posts whose calls are scored.
const ON_THE_PHONE: [&str; 2] = ["specialist", "call_centre"];

/// Somebody of whom fewer calls of a month were scored than its policy asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Short {
    /// Who.
    pub staff: Code,
    /// How many were scored.
    pub scored: u64,
    /// How many are to be.
    pub asked: u64,
}

/// Of whom calls of a month are still to be scored, among those who are on the phone the whole month long (R54).
pub fn short(book: &Book<'_>, month: Period) -> Vec<Short> {
    let asked = book.policy.at(month.from).calls_month;
    if asked == 0 {
        return Vec::new();
    }
    let scored = averages(book, month);
    let rows = book.list(List::Staff).rows.iter();
    let codes = rows.filter(|row| row.fields.many("roles").iter().any(|role| ON_THE_PHONE.contains(&role.as_str())));
    let here = |code: &Code| [month.from, month.to].iter().all(|day| book.staff_on(code, *day).is_some());
    let short = codes.filter_map(|row| row.fields.staff("code")).filter(here).map(|staff| {
        let scored = scored.iter().find(|average| average.staff == staff).map_or(0, |a| a.records.len() as u64);
        Short { staff, scored, asked }
    });
    short.filter(|short| short.scored < short.asked).collect()
}

/// Whether calls were scored by the end of a month: before that, no past month asks for any.
pub fn has_begun(book: &Book<'_>, month: Period) -> bool {
    book.months_in(CALL.dir).first().is_some_and(|first| first.from <= month.to)
}

/// What a score comes to, told to whoever enters or amends it.
pub fn told(book: &Book<'_>, form: &Form) -> Option<Text> {
    let call = ScoredCall::of(book, form)?;
    let (total, full) = (call.total, call.full);
    Some(match call.passes(book) {
        true => tr!("{total} of {full} points", "得分 {total}/{full}"),
        false => tr!("{total} of {full} points: below the pass mark", "得分 {total}/{full}，不合格"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::marks::{marks, written};
    use crate::policy::Policy;

    #[test]
    fn r54_points_are_completed_in_the_order_of_the_items() {
        let policy = Policy::default();
        let items = &policy.at(Date::MIN).call_items;
        for (given, is) in [
            ("full", "greeting 10; listening 20; answer 30; courtesy 20; procedure 15; closing 5"),
            ("结束语 4,answer=25", "greeting 10; listening 20; answer 25; courtesy 20; procedure 15; closing 4"),
            ("greeting=0;mood=3", "greeting 0; listening 20; answer 30; courtesy 20; procedure 15; closing 5; mood 3"),
            // Named by code and by name: both stand, and are told.
            (
                "answer=25,业务解答=20",
                "greeting 10; listening 20; answer 25; answer 20; courtesy 20; procedure 15; closing 5",
            ),
        ] {
            assert_eq!(written(&completed(items, marks(given).unwrap(), |item| item.max)), is, "{given}");
        }
    }

    #[test]
    fn r54_a_critical_fault_leaves_no_points() {
        let given = marks("greeting=10;answer=25").unwrap();
        assert_eq!((total_of(&given, None), total_of(&given, Some("hung up"))), (35, 0));
    }
}
