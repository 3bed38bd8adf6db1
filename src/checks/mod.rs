//! What is wrong beyond one form's own text: references, sign-offs, the flow of goods, the lists.
//!
//! The same checks judge a change before it is saved and the whole folder in `cs check`.

mod call;
mod claim;
mod complaint;
mod consult;
mod editing;
mod folder;
mod goals;
mod improvement;
mod meeting;
mod order;
mod parts;
mod quote;
mod receipt;
mod references;
mod registers;
mod repair;
mod score;
mod settlements;
mod shift;
mod shipment;
mod signatures;
mod training;
mod visit;
mod work;

use std::sync::Arc;

pub use editing::unchangeable;
pub use folder::{check_files, check_folder};
pub use repair::feeless;
pub use score::{no_clause, on_void};
pub use signatures::{may_sign, may_sign_for};

use crate::base::field::{Entry, Kind};
use crate::base::number::Number;
use crate::base::problem::Problem;
use crate::base::words::Text;
use crate::book::{Book, named_by};
use crate::claims::{of_policy, policy_of, record_of};
use crate::forms::form::{Form, Step};
use crate::forms::receipt::Receipt;
use crate::forms::shipment::Shipment;
use crate::tr;

/// One check of a form against the rest of the department.
struct Check {
    /// The kinds of form that it judges; empty for all.
    kinds: &'static [Kind],
    run: fn(&Book<'_>, &Form, &mut Vec<Problem>),
}

/// All checks of forms, in the order in which they are told.
const CHECKS: &[Check] = &[
    Check { kinds: &[], run: references::codes },
    Check { kinds: &[], run: references::records },
    Check { kinds: &[], run: references::order_of_making },
    Check { kinds: &[], run: references::photos },
    Check { kinds: &[], run: references::staff },
    Check { kinds: &[], run: references::times },
    Check { kinds: &[], run: signatures::signatures },
    Check { kinds: &[], run: signatures::seals },
    Check { kinds: &[], run: signatures::voids },
    Check { kinds: &[Kind::Order], run: order::order },
    Check { kinds: &[Kind::Shipment], run: shipment::shipment },
    Check { kinds: &[Kind::Receipt], run: receipt::receipt },
    Check { kinds: &[Kind::Repair], run: repair::repair },
    Check { kinds: &[Kind::Quote], run: quote::quote },
    Check { kinds: &[Kind::Parts], run: parts::parts },
    Check { kinds: &[Kind::Complaint], run: complaint::complaint },
    Check { kinds: &[Kind::Consult], run: consult::consult },
    Check { kinds: &[Kind::Improvement], run: improvement::improvement },
    Check { kinds: &[Kind::Claim], run: claim::claim },
    Check { kinds: &[Kind::Visit], run: visit::visit },
    Check { kinds: &[Kind::Score], run: score::score },
    Check { kinds: &[Kind::Work], run: work::work },
    Check { kinds: &[Kind::Meeting], run: meeting::meeting },
    Check { kinds: &[Kind::Training], run: training::training },
    Check { kinds: &[Kind::Call], run: call::call },
    Check { kinds: &[Kind::Shift], run: shift::shift },
];

/// One check of a step as it is taken, by what no record tells afterwards: the form as it was before, and the day on
/// which it is recorded.
struct Taking {
    kind: Kind,
    run: fn(&Book<'_>, &Form, &Step) -> Option<Problem>,
}

const TAKINGS: &[Taking] =
    &[Taking { kind: Kind::Work, run: work::recorded }, Taking { kind: Kind::Training, run: training::changed }];

/// What is wrong with the steps that a change adds to a form.
fn takings(book: &Book<'_>, before: &Form, after: &Form) -> Vec<Problem> {
    let added = || after.steps.iter().skip(before.steps.len());
    let checks = TAKINGS.iter().filter(|taking| taking.kind == before.spec.kind);
    checks.flat_map(|taking| added().filter_map(|step| (taking.run)(book, before, step))).collect()
}

/// Everything wrong with a form, by itself and against the rest of the department.
pub fn check_form(book: &Book<'_>, form: &Form) -> Vec<Problem> {
    check_with(book, form, form.steps.len())
}

/// The same of a form of which so many steps stand in its file, the others being new.
fn check_with(book: &Book<'_>, form: &Form, stood: usize) -> Vec<Problem> {
    let mut problems = form.own_problems(stood);
    if form.is_void() {
        // It counts nowhere any more, but for who voided it (R66).
        signatures::voids(book, form, &mut problems);
        match form.spec.kind {
            Kind::Score => score::kept(form, &mut problems),
            Kind::Call => call::own(form, &mut problems),
            Kind::Shift => shift::own(book, form, &mut problems),
            Kind::Work => work::voids(book, form, &mut problems),
            _ => {}
        }
        return problems;
    }
    for check in CHECKS.iter().filter(|c| c.kinds.is_empty() || c.kinds.contains(&form.spec.kind)) {
        (check.run)(book, form, &mut problems);
    }
    problems
}

/// The orders that a shipment, or the shipment of a receipt or of a claim on one, serves.
fn orders_behind(book: &Book<'_>, form: &Form) -> Vec<Number> {
    if form.spec.kind == Kind::Claim {
        let receipt = record_of(book, form).filter(|record| record.spec.kind == Kind::Receipt);
        return receipt.map(|receipt| orders_behind(book, &receipt)).unwrap_or_default();
    }
    match Receipt::of(form).shipment() {
        Some(shipment) => book.form(shipment).map(|s| Shipment::of(&s).orders().collect()).unwrap_or_default(),
        None => Shipment::of(form).orders().collect(),
    }
}

/// The forms whose soundness rests on this one.
fn resting_on(book: &Book<'_>, form: &Form) -> Vec<Arc<Form>> {
    let mut shaken = Vec::new();
    for spec in crate::forms::KINDS {
        shaken.extend(book.naming(spec.kind, &form.number));
    }
    if form.spec.kind == Kind::Shipment || form.spec.kind == Kind::Receipt {
        let orders = orders_behind(book, form);
        shaken.extend(orders.iter().flat_map(|n| book.naming(Kind::Shipment, n)));
        shaken.extend(orders.iter().filter_map(|n| book.form(n)));
    }
    // Claims share a sum insured, and one on a receipt settles what its order waits for.
    if form.spec.kind == Kind::Claim {
        shaken.extend(policy_of(book, form).map(|policy| of_policy(book, policy)).unwrap_or_default());
        shaken.extend(orders_behind(book, form).iter().filter_map(|number| book.form(number)));
    }
    // A ticket rests on its quotes, and what a visit follows up on the visit, though these name it.
    if matches!(form.spec.kind, Kind::Quote | Kind::Visit) {
        shaken.extend(named_by(form).filter_map(|number| book.form(&number)));
    }
    shaken.retain(|other| other.number != form.number);
    shaken
}

/// What a change to a form would make wrong: in the form, and where `shakes`, in the forms that rest on it.
/// What was wrong before is not held against it. Leaves the changed form in the book.
pub fn judge(book: &Book<'_>, before: Option<&Form>, after: Arc<Form>, shakes: bool) -> Vec<Problem> {
    // Nothing rests on a new record yet but what it names may be shared with others.
    let shaken = shakes && (before.is_some() || named_by(&after).next().is_some());
    let resting = if shaken { resting_on(book, &after) } else { Vec::new() };
    let stood = before.map_or(0, |form| form.steps.len());
    let all = |form: &Form| {
        let mut problems = check_with(book, form, stood);
        problems.extend(resting.iter().flat_map(|other| check_form(book, other)));
        problems
    };
    let mut known = before.map(all).unwrap_or_default();
    book.put(after.clone());
    let mut wrong = all(&after);
    // The same mistake made once more is a new one.
    wrong.retain(|problem| match known.iter().position(|other| is_same(problem, other)) {
        Some(at) => {
            known.swap_remove(at);
            false
        }
        None => true,
    });
    let mut taken = before.map(|before| takings(book, before, &after)).unwrap_or_default();
    taken.retain(|problem| !wrong.iter().any(|other| is_same(problem, other)));
    wrong.extend(taken);
    wrong
}

/// Whether two problems tell the same.
fn is_same(one: &Problem, other: &Problem) -> bool {
    one.code == other.code && one.message == other.message
}

/// What of a form a problem is put at.
#[derive(Clone, Copy)]
enum At<'f> {
    /// A step.
    Step(&'f Step),
    /// The value of a field of the header; the file where the form lacks it.
    Field(&'f str),
    /// A value, wherever it stands.
    Entry(&'f Entry),
}

impl<'f> From<&'f Step> for At<'f> {
    fn from(step: &'f Step) -> At<'f> {
        At::Step(step)
    }
}

impl<'f> From<&'f str> for At<'f> {
    fn from(key: &'f str) -> At<'f> {
        At::Field(key)
    }
}

impl<'f> From<&'f Entry> for At<'f> {
    fn from(entry: &'f Entry) -> At<'f> {
        At::Entry(entry)
    }
}

/// Puts what was found wrong at a step or a value of a form.
fn put<'f>(form: &Form, at: impl Into<At<'f>>, found: impl IntoIterator<Item = Problem>, problems: &mut Vec<Problem>) {
    let place = match at.into() {
        At::Step(step) => form.place(step.span.clone()),
        At::Field(key) => form.place_of(key),
        At::Entry(entry) => form.place(entry.span.clone()),
    };
    problems.extend(found.into_iter().map(|problem| problem.at(place.clone())));
}

/// Puts a problem at a step or a value of a form.
fn refuse<'f>(
    form: &Form,
    at: impl Into<At<'f>>,
    code: &'static str,
    message: Text,
    help: Text,
    problems: &mut Vec<Problem>,
) {
    put(form, at, [Problem::new(code, message, help)], problems);
}

/// A step that is there to change something changes something.
fn empty(form: &Form, verb: &'static str, problems: &mut Vec<Problem>) {
    let says = |key: &str| key != "reason";
    for step in form.taken(verb).filter(|s| s.lines.is_empty() && !s.fields.0.iter().any(|e| says(e.field.key))) {
        refuse(
            form,
            step,
            "step.empty",
            tr!("this {verb} changes nothing", "{verb} 没有写明变更内容"),
            tr!("say what changes: --help lists the fields", "请写明变更的内容（见 --help）"),
            problems,
        );
    }
}
