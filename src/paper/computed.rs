//! What a paper prints that stands in no field: it follows from the form, or from those around it.

use super::path::{Found, Scene};
use crate::base::field::{Kind, List, Ty, Value};
use crate::base::table::{Amount, Cell};
use crate::base::words::Text;
use crate::derived::derive;
use crate::flow::{Arrival, Count, arrivals_of};
use crate::forms::claim::Claim;
use crate::forms::form::Form;
use crate::forms::improvement::Improvement;
use crate::forms::order::Order;
use crate::forms::quote::amount_of;
use crate::forms::receipt::Receipt;
use crate::forms::shipment::Shipment;
use crate::forms::training::Training;
use crate::forms::work::{End, Work};
use crate::sla::repairs::repaired_on;

/// A value that follows from a form.
pub(super) struct Computed {
    /// Its name in paths.
    pub key: &'static str,
    /// The kinds of form that have it; empty for all.
    kinds: &'static [Kind],
    /// Whether each line has its own.
    pub line: bool,
    /// What it is.
    pub ty: Ty,
    /// The value; `None` where there is none.
    pub value: fn(Scene<'_>, &Form) -> Option<Found>,
}

impl std::fmt::Debug for Computed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Computed").field(&self.key).finish()
    }
}

impl Computed {
    /// Whether a kind of form has it.
    pub fn is_of(&self, kind: Kind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }
}

const fn of_form(
    key: &'static str,
    kinds: &'static [Kind],
    ty: Ty,
    value: fn(Scene<'_>, &Form) -> Option<Found>,
) -> Computed {
    Computed { key, kinds, line: false, ty, value }
}

const fn of_line(
    key: &'static str,
    kinds: &'static [Kind],
    ty: Ty,
    value: fn(Scene<'_>, &Form) -> Option<Found>,
) -> Computed {
    Computed { key, kinds, line: true, ty, value }
}

/// The table of computed values.
pub(super) static COMPUTED: &[Computed] = &[
    of_form("number", &[], Ty::Text, |_, form| text(form.number.to_string())),
    of_form("state", &[], Ty::Text, |_, form| Some(Found::Words(form.state().name.into()))),
    of_form("made_at", &[], Ty::Time, |_, form| Some(Found::Value(Value::Time(form.made_at()?), Ty::Time))),
    of_form("day", &[], Ty::Date, |_, form| Some(Found::Value(Value::Date(form.day()), Ty::Date))),
    of_form("made_by", &[], Ty::Code(List::Staff), |_, form| {
        Some(Found::Value(Value::Text(form.author().to_string()), Ty::Code(List::Staff)))
    }),
    of_form("expected", &[Kind::Order], Ty::Date, |_, form| {
        Some(Found::Value(Value::Date(Order::of(form).expected()?), Ty::Date))
    }),
    of_form("freight_agreed", &[Kind::Shipment], Ty::Money, |_, form| {
        Some(Found::Value(Value::Money(Shipment::of(form).freight()?), Ty::Money))
    }),
    of_form("cause", &[Kind::Repair], Ty::Text, |scene, form| derived(scene, form, "cause")),
    of_form("payer", &[Kind::Repair], Ty::Text, |scene, form| derived(scene, form, "payer")),
    of_form("covered_to", &[Kind::Repair], Ty::Date, |scene, form| derived(scene, form, "covered_to")),
    of_form("why", &[Kind::Repair], Ty::Text, |scene, form| match derived(scene, form, "why")? {
        Found::Words(why) => Some(Found::Words(without_rules(why))),
        found => Some(found),
    }),
    of_form("photos", &[Kind::Repair], Ty::Count, |scene, form| derived(scene, form, "photos")),
    of_form("repaired_on", &[Kind::Repair], Ty::Date, |scene, form| {
        let day = repaired_on(scene.book, form.last("repaired")?);
        Some(Found::Value(Value::Date(day), Ty::Date))
    }),
    of_form("fee", &[Kind::Repair], Ty::Money, |scene, form| derived(scene, form, "fee")),
    of_form("major", &[Kind::Complaint], Ty::Text, |scene, form| derived(scene, form, "major")),
    of_form("major_by", &[Kind::Complaint], Ty::Text, |scene, form| derived(scene, form, "major_by")),
    of_form("compensation", &[Kind::Complaint], Ty::Money, |scene, form| derived(scene, form, "compensation")),
    of_form("cycle", &[Kind::Complaint], Ty::Count, |scene, form| derived(scene, form, "cycle")),
    of_form("root_cause", &[Kind::Complaint], Ty::Text, |scene, form| derived(scene, form, "cause")),
    of_form("due", &[Kind::Consult], Ty::Time, |scene, form| derived(scene, form, "due")),
    of_form("in_time", &[Kind::Consult], Ty::Text, |scene, form| derived(scene, form, "in_time")),
    of_form("measure", &[Kind::Improvement], Ty::Text, |scene, form| derived(scene, form, "measure")),
    of_form("department", &[Kind::Improvement], Ty::Text, |scene, form| derived(scene, form, "department")),
    of_form("plan_due", &[Kind::Improvement], Ty::Date, |scene, form| derived(scene, form, "plan_due")),
    of_form("answer", &[Kind::Improvement], Ty::Text, |_, form| under_plan(form, "confirm", "answer")),
    of_form("answered_at", &[Kind::Improvement], Ty::Time, |_, form| under_plan_at(form, "confirm")),
    of_form("implemented", &[Kind::Improvement], Ty::Text, |_, form| under_plan(form, "implement", "report")),
    of_form("implemented_at", &[Kind::Improvement], Ty::Time, |_, form| under_plan_at(form, "implement")),
    of_form("works", &[Kind::Improvement], Ty::Text, |_, form| under_plan(form, "verify", "works")),
    of_form("verified", &[Kind::Improvement], Ty::Text, |_, form| under_plan(form, "verify", "result")),
    of_form("claimed", &[Kind::Claim], Ty::Money, |scene, form| derived(scene, form, "claimed")),
    of_form("assessed", &[Kind::Claim], Ty::Money, |scene, form| derived(scene, form, "assessed")),
    of_form("settled", &[Kind::Claim], Ty::Money, |scene, form| derived(scene, form, "settled")),
    of_form("carrier", &[Kind::Claim], Ty::Text, |scene, form| derived(scene, form, "carrier")),
    of_form("case", &[Kind::Claim], Ty::Text, |_, form| text(Claim::of(form).case()?.to_string())),
    of_form("left", &[Kind::Claim], Ty::Money, |scene, form| derived(scene, form, "left")),
    of_form("about", &[Kind::Score], Ty::Text, |scene, form| derived(scene, form, "about")),
    of_form("effect", &[Kind::Score], Ty::Text, |scene, form| derived(scene, form, "effect")),
    of_form("worth", &[Kind::Score], Ty::Money, |scene, form| derived(scene, form, "worth")),
    of_form("total", &[Kind::Call], Ty::Count, |scene, form| derived(scene, form, "total")),
    of_form("full", &[Kind::Call], Ty::Count, |scene, form| derived(scene, form, "full")),
    of_form("person", &[Kind::Work], Ty::Text, |scene, form| {
        text(scene.book.name(List::Staff, Work::of(form).person().as_str()))
    }),
    of_form("now_due", &[Kind::Work], Ty::Date, |scene, form| derived(scene, form, "now_due")),
    of_form("done_on", &[Kind::Work], Ty::Date, |scene, form| {
        match Work::of(form).terms(scene.book.now.zone).last()?.end {
            End::Done(on) => Some(Found::Value(Value::Date(on), Ty::Date)),
            _ => None,
        }
    }),
    of_form("attendance", &[Kind::Training], Ty::Text, |scene, form| derived(scene, form, "attendance")),
    of_form("marks", &[Kind::Training], Ty::Text, marks),
    of_form("standing", &[Kind::Work], Ty::Text, |scene, form| derived(scene, form, "standing")),
    of_form("begins", &[Kind::Shift], Ty::Time, |scene, form| derived(scene, form, "begins")),
    of_form("ends", &[Kind::Shift], Ty::Time, |scene, form| derived(scene, form, "ends")),
    of_form("presence", &[Kind::Shift], Ty::Text, |scene, form| derived(scene, form, "presence")),
    of_form("next", &[Kind::Shift], Ty::Text, |scene, form| derived(scene, form, "next")),
    of_form("missing", &[Kind::Receipt], Ty::Text, missing),
    of_line("no", &[], Ty::Count, |scene, _| Some(Found::Value(Value::Whole(scene.line?.0 as u64 + 1), Ty::Count))),
    of_line("amount", &[Kind::Order, Kind::Quote], Ty::Money, |scene, _| {
        Some(Found::Value(Value::Money(amount_of(scene.line?.1, "price")?), Ty::Money))
    }),
    of_line("amount", &[Kind::Claim], Ty::Money, |scene, _| {
        Some(Found::Value(Value::Money(amount_of(scene.line?.1, "value")?), Ty::Money))
    }),
    of_line("expected", &[Kind::Receipt], Ty::Count, |scene, form| counted(scene, form, |count| count.expected)),
    of_line("short", &[Kind::Receipt], Ty::Count, |scene, form| counted(scene, form, |count| count.short)),
    of_line("over", &[Kind::Receipt], Ty::Count, |scene, form| counted(scene, form, |count| count.over)),
];

/// Each person's result of a test, by name.
fn marks(scene: Scene<'_>, form: &Form) -> Option<Found> {
    let marks = Training::of(form).marks();
    let told = marks.iter().map(|(staff, mark)| {
        let name = scene.book.name(List::Staff, staff.as_str());
        let points = mark.points.map_or("—".to_string(), |points| points.to_string());
        let again: String = mark.resits.iter().map(|points| format!(" → {points}")).collect();
        format!("{name} {points}{again}")
    });
    text(told.collect::<Vec<_>>().join("; ")).filter(|_| !marks.is_empty())
}

fn text(text: String) -> Option<Found> {
    Some(Found::Value(Value::Text(text), Ty::Text))
}

/// What `cs show` derives under a key.
fn derived(scene: Scene<'_>, form: &Form, key: &str) -> Option<Found> {
    let fact = derive(scene.book, form).facts.into_iter().find(|fact| fact.key == key)?;
    match fact.cell {
        Cell::Words(words) | Cell::Coded(_, words) => Some(Found::Words(words)),
        Cell::Amount(Amount::Money(money)) => Some(Found::Value(Value::Money(money), Ty::Money)),
        Cell::Amount(Amount::Count(count)) => Some(Found::Value(Value::Whole(count), Ty::Count)),
        Cell::Date(date) => Some(Found::Value(Value::Date(date), Ty::Date)),
        Cell::Text(said) => text(said),
        Cell::Time(time) => Some(Found::Value(Value::Time(time), Ty::Time)),
        _ => None,
    }
}

/// What the last step under the plan that stands says: what came of an earlier plan says nothing of this one.
fn under_plan(form: &Form, verb: &'static str, key: &str) -> Option<Found> {
    let entry = Improvement::of(form).under_plan(verb)?.fields.entry(key)?;
    Some(Found::Value(entry.value.clone(), entry.field.ty))
}

/// When that step was taken.
fn under_plan_at(form: &Form, verb: &'static str) -> Option<Found> {
    Some(Found::Value(Value::Time(Improvement::of(form).under_plan(verb)?.at), Ty::Time))
}

/// A reason without the rules that it ends with: their numbers mean nothing outside of the department.
fn without_rules(Text { en, zh }: Text) -> Text {
    let less =
        |text: String, rules: &str| text.rsplit_once(rules).map(|(reason, _)| reason.to_string()).unwrap_or(text);
    Text { en: less(en, " (R"), zh: less(zh, "（R") }
}

/// What a receipt counted against what was still to come (R15).
fn arrival(scene: Scene<'_>, form: &Form) -> Option<Arrival> {
    let shipment = scene.book.form(Receipt::of(form).shipment()?)?;
    arrivals_of(scene.book, &shipment).into_iter().find(|arrival| arrival.form.number == form.number)
}

/// A count of the line's model. It is taken model by model, so it stands in the first line of a model alone.
fn counted(scene: Scene<'_>, form: &Form, count: fn(&Count) -> u64) -> Option<Found> {
    let (at, line) = scene.line?;
    let model = line.text("model");
    if form.lines[..at].iter().any(|before| before.text("model") == model) {
        return None;
    }
    let arrival = arrival(scene, form)?;
    let of_model = arrival.counts.iter().find(|c| Some(c.model.as_str()) == model)?;
    Some(Found::Value(Value::Whole(count(of_model)), Ty::Count))
}

/// The models of a shipment that a receipt does not name although they were to come, with their quantities.
fn missing(scene: Scene<'_>, form: &Form) -> Option<Found> {
    let arrival = arrival(scene, form)?;
    let named = |count: &&Count| form.lines.iter().any(|line| line.text("model") == Some(count.model.as_str()));
    let missing: Vec<String> = arrival
        .counts
        .iter()
        .filter(|count| !named(count))
        .map(|count| format!("{} × {}", count.model, count.expected))
        .collect();
    if missing.is_empty() { None } else { text(missing.join("\n")) }
}
