//! What follows from an insurance claim: whose carriage it was, the insurer's clock, and what its policy leaves.

use super::{Derived, named};
use crate::base::field::List;
use crate::base::table::{Amount, Cell};
use crate::base::words::words;
use crate::book::Book;
use crate::claims::{carrier_of, left_for, loss_ratio, notice, of_policy, policy_of, read_notice};
use crate::forms::claim::Claim;
use crate::forms::form::{Form, Step};

/// What was claimed, assessed and paid, whether the insurer was told in time (R43), and what is left of the policy.
pub(super) fn derive(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let claim = Claim::of(form);
    let now = book.now.time;
    let amount_of = |step: Option<&Step>| step.and_then(|step| step.fields.money("amount"));
    let carrier = carrier_of(book, form).map(|code| named(book, List::Carriers, &code));
    derived.fact("carrier", words("Carrier", "物流公司"), carrier);
    derived.fact("claimed", words("Claimed", "申请金额"), claim.claimed());
    derived.fact("assessed", words("Assessed", "定损金额"), amount_of(claim.assessed()));
    derived.fact("settled", words("Paid", "赔付金额"), amount_of(claim.settled()));
    let case = claim.case().map(|case| Cell::Text(case.to_string()));
    derived.fact("case", words("Insurer's case number", "报案号"), case);
    if let Some(clock) = notice(book, form) {
        let reading = read_notice(book, &clock);
        derived.fact("notify_by", words("Insurer to be told by", "最迟报案时间"), reading.due);
        let state = Cell::coded(reading.state.code(), reading.state.name());
        derived.fact("notified", words("Told in time", "报案时限"), state);
    }
    let until = form.living().last().filter(|_| form.is_over()).map_or(now, |last| last.at);
    let days = form.made_at().map(|made| (book.now.zone.day(until) - book.now.zone.day(made)).num_days());
    derived.fact("days", words("Days open", "处理天数"), days.map(Amount::Days));
    let Some(policy) = policy_of(book, form) else { return };
    derived.fact("left", words("Sum insured left for it", "可用剩余保额"), left_for(book, form, now));
    let ratio = loss_ratio(policy, &of_policy(book, policy));
    derived.fact("loss_ratio", words("Loss ratio of the policy", "保单赔付率"), ratio);
}
