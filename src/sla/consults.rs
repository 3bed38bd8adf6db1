//! The clock of consults, round by round (R27).

use super::due::Because;
use super::{ClockSpec, Course, numbered};
use crate::base::field::Kind;
use crate::base::words::words;
use crate::consults::clocks;

/// R27: the asker has an answer.
pub const ANSWER: ClockSpec = ClockSpec {
    key: "consult_answered",
    rule: "R27",
    name: words("Asker answered", "答复咨询人"),
    kind: Kind::Consult,
    runs: |book, form| {
        let courses = clocks(book, form).into_iter().map(|timed| {
            let (start, done) = (timed.clock.start, timed.clock.stopped);
            let due = timed.due(book).unwrap_or(start);
            Course { start, due: (due, Because::Clock(timed.clock)), done, until: None }
        });
        numbered(book, form, courses)
    },
};
