//! The clock of a consult, round by round (R27, R46), and what came of it (R26). Derived each time, stored nowhere.

use std::sync::Arc;

use crate::base::field::{Kind, Ty};
use crate::base::number::Number;
use crate::base::time::Time;
use crate::book::Book;
use crate::clock::{Clock, Reading};
use crate::forms::KINDS;
use crate::forms::consult::{Consult, Round};
use crate::forms::form::Form;
use crate::forms::shared::FROM_CONSULT;
use crate::forms::spec::FormSpec;

/// The clock of one round: from when it was asked to the answer (R27). No hand-on and no wait stops it.
#[derive(Clone, Debug)]
pub struct Timed {
    /// The number of its round, from 1.
    pub round: usize,
    /// The clock.
    pub clock: Clock,
}

impl Timed {
    /// How it stands now.
    pub fn read(&self, book: &Book<'_>) -> Reading {
        book.reading(&self.clock, book.now.time)
    }

    /// When the answer is due.
    pub fn due(&self, book: &Book<'_>) -> Option<Time> {
        self.read(book).due
    }
}

/// The clock of each round of a consult. The target is the one in force when the round began (R68).
pub fn clocks(book: &Book<'_>, form: &Form) -> Vec<Timed> {
    let timed = |round: Round<'_>| {
        let start = round.opened.at;
        let target = book.policy.at(book.now.zone.day(start)).answer_target;
        let stopped = round.answered.map(|step| step.at);
        Timed { round: round.number, clock: Clock { start, target, pauses: Vec::new(), stopped } }
    };
    Consult::of(form).rounds().into_iter().map(timed).collect()
}

/// The kinds of record that a consult may turn into, in the order of the work.
pub fn outcomes() -> impl Iterator<Item = &'static FormSpec> {
    let from_consult =
        |spec: &&FormSpec| spec.field(FROM_CONSULT.key).is_some_and(|field| field.ty == Ty::Record(&[Kind::Consult]));
    KINDS.iter().copied().filter(from_consult)
}

/// The records that a consult turned into, by kind, then oldest first; void ones are none (R66).
pub fn turned_into(book: &Book<'_>, consult: &Number) -> Vec<Arc<Form>> {
    let mut forms: Vec<Arc<Form>> = outcomes().flat_map(|spec| book.naming(spec.kind, consult)).collect();
    // A record may name a consult otherwise than as the one it came from.
    forms.retain(|form| !form.is_void() && form.header.record(FROM_CONSULT.key) == Some(consult));
    forms
}
