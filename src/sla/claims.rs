//! The clocks of insurance claims (R43).

use super::due::Because;
use super::{ClockSpec, Course, numbered};
use crate::base::field::Kind;
use crate::base::words::words;
use crate::claims::{notice, read_notice};
use crate::forms::claim::Claim;

/// R43: the insurer is told of the loss.
pub const NOTICE: ClockSpec = ClockSpec {
    key: "claim_notified",
    rule: "R43",
    name: words("Insurer told of a loss", "向保险公司报案"),
    kind: Kind::Claim,
    runs: |book, form| {
        let course = notice(book, form).map(|clock| {
            let (start, done) = (clock.start, Claim::of(form).notified().map(|step| step.at));
            let due = read_notice(book, &clock).due.unwrap_or(start);
            Course { start, due: (due, Because::Clock(clock)), done, until: None }
        });
        numbered(book, form, course)
    },
};
