//! What of a form may no longer be edited: what a signature covers (R67), what others were told, and what is judged as it
//! stands.

use super::signatures::sealed;
use super::{call, shift, work};
use crate::base::field::Kind;
use crate::base::problem::Problem;
use crate::book::Book;
use crate::forms::form::{Form, Step};
use crate::tr;

/// Header fields that stand, though no step says so.
struct Standing {
    /// Of which kind.
    kind: Kind,
    /// Under which keys; empty for all.
    keys: &'static [&'static str],
    /// Why they may not be edited now; `None` as long as they may.
    why: fn(&Book<'_>, &Form) -> Option<Problem>,
}

const STANDING: &[Standing] = &[
    Standing { kind: Kind::Work, keys: &["due", "staff"], why: work::planned_before },
    Standing { kind: Kind::Call, keys: &["staff", "on", "marks", "fault"], why: call::entered },
    Standing { kind: Kind::Shift, keys: &[], why: shift::begun },
];

/// Why header fields, or lines, under these keys may not be edited now.
pub fn unchangeable(book: &Book<'_>, form: &Form, keys: &[&str]) -> Vec<Problem> {
    let mut problems = Vec::new();
    for key in keys {
        let covering = form.signatures().find(|(_, sign)| sign.seals.contains(key));
        problems.extend(covering.map(|(step, _)| sealed(form, step, key)));
        let fixing = form.living().find(|step| step.spec.fixes.contains(key));
        problems.extend(fixing.map(|step| told(form, step, key)));
    }
    let concerns = |standing: &&Standing| {
        let named = standing.keys.is_empty() || keys.iter().any(|key| standing.keys.contains(key));
        standing.kind == form.spec.kind && named
    };
    problems.extend(STANDING.iter().filter(concerns).filter_map(|standing| (standing.why)(book, form)));
    problems
}

/// The refusal to change what others were told.
fn told(form: &Form, step: &Step, key: &str) -> Problem {
    let (number, index, name) = (&form.number, step.index, step.spec.name);
    Problem::new(
        "edit.fixed",
        tr!("{key} was told to others by step {index} ({name})", "{key} 已在步骤 {index}（{name}）中告知对方"; name),
        tr!(
            "void that step first: cs void {number} --step {index} --note WHY; or void the record and make another",
            "请先作废该步骤：cs void {number} --step {index} --note 原因；或整张作废后重新登记"
        ),
    )
}
