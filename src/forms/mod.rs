//! The paper: what kinds of form there are, how each is read and written, and what it says by itself.
//!
//! Pure: a form knows its own text and nothing of other forms, lists, disk or clock.

pub mod claim;
pub mod complaint;
pub mod consult;
pub mod cover;
pub mod form;
pub mod improvement;
pub mod meeting;
pub mod month;
pub mod order;
pub mod parts;
pub mod quote;
pub mod read;
pub mod receipt;
pub mod repair;
pub mod score;
pub mod shared;
pub mod shipment;
pub mod spec;
pub mod visit;
pub mod work;
pub mod write;

use crate::base::field::Kind;
use spec::FormSpec;

/// The table of kinds, in the order of the work: a kind stands after those that it names.
pub static KINDS: &[&FormSpec] = &[
    &consult::CONSULT,
    &order::ORDER,
    &shipment::SHIPMENT,
    &receipt::RECEIPT,
    &repair::REPAIR,
    &quote::QUOTE,
    &parts::PARTS,
    &complaint::COMPLAINT,
    &visit::VISIT,
    &improvement::IMPROVEMENT,
    &claim::CLAIM,
    &score::SCORE,
    &work::WORK,
    &meeting::MEETING,
];

/// The description of a kind.
pub fn spec_of(kind: Kind) -> &'static FormSpec {
    match kind {
        Kind::Order => &order::ORDER,
        Kind::Shipment => &shipment::SHIPMENT,
        Kind::Receipt => &receipt::RECEIPT,
        Kind::Repair => &repair::REPAIR,
        Kind::Quote => &quote::QUOTE,
        Kind::Parts => &parts::PARTS,
        Kind::Complaint => &complaint::COMPLAINT,
        Kind::Consult => &consult::CONSULT,
        Kind::Visit => &visit::VISIT,
        Kind::Improvement => &improvement::IMPROVEMENT,
        Kind::Claim => &claim::CLAIM,
        Kind::Score => &score::SCORE,
        Kind::Work => &work::WORK,
        Kind::Meeting => &meeting::MEETING,
    }
}

/// The kind whose numbers begin with these letters.
pub fn with_prefix(prefix: &str) -> Option<&'static FormSpec> {
    KINDS.iter().copied().find(|spec| spec.prefix == prefix)
}

#[cfg(test)]
mod tests {
    use super::spec::Kept;
    use super::*;
    use crate::base::field::Ty;

    #[test]
    fn the_table_of_kinds_is_sound() {
        for (i, spec) in KINDS.iter().enumerate() {
            assert!(std::ptr::eq(spec_of(spec.kind), *spec));
            for other in &KINDS[..i] {
                assert!(other.prefix != spec.prefix && other.dir != spec.dir && other.code != spec.code);
            }
            let states: Vec<_> = spec.states.iter().map(|s| s.code).collect();
            for step in spec.steps {
                assert!(!step.from.is_empty(), "{}: {} can never be taken", spec.prefix, step.verb);
                let turned = step.turn.map(|turn| turn.to);
                for code in step.from.iter().chain(&step.to).chain(&turned) {
                    assert!(states.contains(code), "{}: {} names state {code}", spec.prefix, step.verb);
                }
                if let Some(turn) = step.turn {
                    let field = step.fields.iter().find(|f| f.key == turn.key);
                    let known =
                        field.is_some_and(|f| matches!(f.ty, Ty::Choice(c) if c.iter().any(|c| c.code == turn.choice)));
                    assert!(known, "{}: {} turns on {}", spec.prefix, step.verb, turn.key);
                }
            }
            if let Some(turn) = spec.opens {
                let choices = spec.field(turn.key).map(|field| field.ty);
                let known = matches!(choices, Some(Ty::Choice(c)) if c.iter().any(|c| c.code == turn.choice));
                assert!(known && states.contains(&turn.to), "{}: opens by {}", spec.prefix, turn.key);
            }
            if spec.kept == Kept::Rows {
                // A column serves the header and all steps that have its key.
                for field in spec.fields.iter().chain(spec.steps.iter().flat_map(|step| step.fields)) {
                    let column = month::columns(spec).into_iter().find(|column| column.key == field.key);
                    assert!(column.is_some_and(|column| column.ty == field.ty), "{}: {}", spec.prefix, field.key);
                }
                assert!(month::heads(spec).starts_with("at,by,number,do,"), "the merge driver knows months by this");
                assert!(spec.lines.is_none() && spec.steps.iter().all(|step| step.lines.is_none()));
            }
            for state in &spec.states[1..] {
                let opens = spec.opens.is_some_and(|turn| turn.to == state.code);
                let reached = opens || spec.steps.iter().any(|s| s.to == Some(state.code));
                assert!(reached, "{}: no step leads to {}", spec.prefix, state.code);
            }
            for usual in spec.states.iter().filter_map(|s| s.usual) {
                let mut words = usual.split(' ');
                let (command, verb) = (words.next(), words.next());
                let known = KINDS
                    .iter()
                    .filter(|k| Some(k.verbs.command) == command)
                    .any(|k| Some(k.verbs.new) == verb || k.steps.iter().any(|s| Some(s.verb) == verb));
                assert!(known, "{}: no command {usual}", spec.prefix);
            }
            for field in spec.fields {
                // A script finds them beside what is told of every record.
                let own = ["number", "kind", "state", "lines", "steps", "derived"];
                assert!(!own.contains(&field.key), "{}: a field may not be called {}", spec.prefix, field.key);
            }
            for key in spec.columns.iter().chain(&spec.verbs.subject) {
                assert!(spec.field(key).is_some(), "{}: no field {key}", spec.prefix);
            }
            for key in spec.steps.iter().flat_map(|step| step.fixes) {
                let lines = spec.lines.is_some_and(|l| l.key == *key);
                assert!(lines || spec.field(key).is_some(), "{}: fixes {key}", spec.prefix);
            }
            for sign in spec.steps.iter().filter_map(|s| s.sign) {
                for key in sign.seals {
                    let lines = spec.lines.is_some_and(|l| l.key == *key);
                    assert!(lines || spec.field(key).is_some(), "{}: seals {key}", spec.prefix);
                }
                for verb in sign.authors.iter().chain(sign.seals_steps) {
                    assert!(spec.step(verb).is_some(), "{}: signs {verb}", spec.prefix);
                }
            }
        }
    }
}
