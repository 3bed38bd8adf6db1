//! What a step takes from its form and from other records.

use super::{rhythm, some_of, text};
use crate::aftersales::fee;
use crate::base::field::{Fields, Kind, Value};
use crate::base::problem::Problem;
use crate::book::Book;
use crate::checks::feeless;
use crate::forms::claim::Claim;
use crate::forms::form::Form;
use crate::forms::spec::StepSpec;
use crate::visits::is_satisfied;

/// A field of a step that is taken from elsewhere where the user says nothing else.
struct FromElsewhere {
    verb: &'static str,
    keys: &'static [&'static str],
    /// The value, with what else was given.
    value: fn(&Book<'_>, &Form, &Fields) -> Option<Value>,
}

const FROM_ELSEWHERE: &[FromElsewhere] = &[
    FromElsewhere { verb: "reimburse", keys: &["amount"], value: |book, form, _| fee(book, form).map(Value::Money) },
    FromElsewhere {
        verb: "settled",
        keys: &["amount"],
        value: |_, form, _| Claim::of(form).assessed()?.fields.get("amount").cloned(),
    },
    FromElsewhere {
        verb: "call-back",
        keys: &["satisfied"],
        value: |book, _, fields| {
            let visit = book.form(fields.record("visit")?)?;
            text(if is_satisfied(book, &visit) { "yes" } else { "no" })
        },
    },
    // What was left out first is taken from what was given; both are everybody who was called.
    FromElsewhere { verb: "held", keys: &["present"], value: |_, form, fields| others(form, fields, "absent") },
    FromElsewhere { verb: "held", keys: &["absent"], value: |_, form, fields| others(form, fields, "present") },
    FromElsewhere { verb: "send", keys: &["who"], value: contact },
    FromElsewhere { verb: "remind", keys: &["who"], value: contact },
    FromElsewhere { verb: "confirm", keys: &["who"], value: contact },
];

fn contact(_: &Book<'_>, form: &Form, _: &Fields) -> Option<Value> {
    form.header.get("contact").cloned()
}

/// Those called to a training who are not named under a key of the step that tells who came.
fn others(form: &Form, fields: &Fields, key: &str) -> Option<Value> {
    let called = form.header.many("attendees").iter();
    some_of(called.filter(|code| !fields.many(key).contains(code)).cloned().collect())
}

/// Fills in what a step takes from elsewhere where the user says nothing else; never over what was given.
pub fn fill_step(book: &Book<'_>, form: &Form, step: &'static StepSpec, fields: &mut Fields) {
    for from in FROM_ELSEWHERE.iter().filter(|from| from.verb == step.verb) {
        for field in step.fields.iter().filter(|field| from.keys.contains(&field.key)) {
            if fields.get(field.key).is_none()
                && let Some(value) = (from.value)(book, form, fields)
            {
                fields.set(field, value);
            }
        }
    }
    if form.spec.kind == Kind::Call {
        rhythm::complete_amended(book, form, fields);
    }
}

/// Why what [`fill_step`] would have filled in is not there, where that is no question of what was typed.
pub fn unfilled(book: &Book<'_>, form: &Form, step: &'static StepSpec, fields: &Fields) -> Vec<Problem> {
    let lacks = step.verb == "reimburse" && fields.get("amount").is_none();
    if lacks && step.from.contains(&form.state().code) { feeless(book, form) } else { Vec::new() }
}

/// The keys that [`fill_step`] may fill.
pub fn fillable_in(step: &StepSpec) -> &'static [&'static str] {
    FROM_ELSEWHERE.iter().find(|from| from.verb == step.verb).map_or(&[], |from| from.keys)
}
