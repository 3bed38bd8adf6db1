//! Rules over an insurance claim (R43): the policy covers the day, the sum insured suffices, what is paid is explained.

use chrono::TimeDelta;

use super::refuse;
use crate::base::problem::Problem;
use crate::book::Book;
use crate::claims::{claims_of, in_force, left_by_others, left_for, policy_of};
use crate::forms::claim::Claim;
use crate::forms::form::Form;
use crate::tr;

/// A loss lies in the term of its policy and within what is left of its sum; each amount fits the one before.
pub fn claim(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let claim = Claim::of(form);
    on_a_day(book, form, &claim, problems);
    once(book, form, &claim, problems);
    claimed(book, form, &claim, problems);
    assessed(form, &claim, problems);
    within(book, form, &claim, problems);
    settled(book, form, &claim, problems);
    closed(form, problems);
}

/// The loss happened before it was claimed, and while the policy was in force.
fn on_a_day(book: &Book<'_>, form: &Form, claim: &Claim<'_>, problems: &mut Vec<Problem>) {
    let (number, Some(day)) = (&form.number, claim.lost_on()) else { return };
    if day > form.day() {
        refuse(
            form,
            "lost_on",
            "claim.day",
            tr!("{number} was made before the loss on {day}", "{number} 的登记日期早于出险日期 {day}"),
            tr!("mend --lost-on: the day on which it happened", "请改正 --lost-on：实际出险日期"),
            problems,
        );
    }
    let Some(policy) = policy_of(book, form).filter(|policy| !in_force(policy, day)) else { return };
    let (Some(from), Some(to)) = (policy.fields.date("from"), policy.fields.date("to")) else { return };
    let named = claim.policy();
    refuse(
        form,
        "policy",
        "claim.term",
        tr!(
            "policy {named} is in force from {from} to {to}: not on the day of loss, {day}",
            "保险单 {named} 的保险期间为 {from} 至 {to}，不含出险日期 {day}"
        ),
        tr!(
            "name another policy (cs insurance list), or mend --lost-on",
            "请改用其他保险单（cs insurance list），或改正 --lost-on"
        ),
        problems,
    );
}

/// What one record shows is not claimed twice under one policy at the same time.
fn once(book: &Book<'_>, form: &Form, claim: &Claim<'_>, problems: &mut Vec<Problem>) {
    let Some(record) = claim.record().filter(|_| claim.is_pending()) else { return };
    let same = |other: &Form| Claim::of(other).is_pending() && Claim::of(other).policy() == claim.policy();
    let first = claims_of(book, record).into_iter().find(|other| same(other) && other.number < form.number);
    let Some(first) = first else { return };
    let (number, first, named) = (&form.number, &first.number, claim.policy());
    refuse(
        form,
        "record",
        "claim.double",
        tr!(
            "{number} claims for {record} under {named}, as {first} does already",
            "{record} 已有理赔申请 {first}，与 {number} 同属保险单 {named}"
        ),
        tr!(
            "add the losses there: cs claim edit {first} --loss …",
            "请在原申请中补充损失明细：cs claim edit {first} --loss …"
        ),
        problems,
    );
}

/// What is claimed was left of the sum insured when the claim was made. What other claims take later does not make it
/// wrong: the insurer will assess less.
fn claimed(book: &Book<'_>, form: &Form, claim: &Claim<'_>, problems: &mut Vec<Problem>) {
    // No quantities and values that can be read sum up past all money.
    let Some(amount) = claim.claimed() else { return };
    let before = form.made_at().map(|made| made - TimeDelta::nanoseconds(1));
    let left = before.and_then(|before| left_for(book, form, before));
    let Some(left) = left.filter(|left| amount > *left) else { return };
    let named = claim.policy();
    refuse(
        form,
        "policy",
        "claim.above-left",
        tr!(
            "{amount} is claimed, but only {left} is left of the sum insured of {named}",
            "申请金额 {amount} 超过保险单 {named} 的剩余保额 {left}"
        ),
        tr!(
            "lower the --loss lines to what is left, or name another policy (cs insurance list)",
            "请把 --loss 明细降至剩余保额以内，或改用其他保险单（cs insurance list）"
        ),
        problems,
    );
}

/// No assessment is above what is claimed.
fn assessed(form: &Form, claim: &Claim<'_>, problems: &mut Vec<Problem>) {
    for step in form.taken("assessed") {
        let Some(amount) = step.fields.money("amount") else { continue };
        if let Some(claimed) = claim.claimed().filter(|claimed| amount > *claimed) {
            let number = &form.number;
            refuse(
                form,
                step,
                "claim.above-claimed",
                tr!("{amount} is assessed, but only {claimed} is claimed", "定损金额 {amount} 超过申请金额 {claimed}"),
                tr!(
                    "check the amount, or mend the losses first: cs claim edit {number} --loss …",
                    "请核对金额，或先更正损失明细：cs claim edit {number} --loss …"
                ),
                problems,
            );
        }
    }
}

/// What is paid, or is to be paid, is within what other claims leave of the sum insured.
fn within(book: &Book<'_>, form: &Form, claim: &Claim<'_>, problems: &mut Vec<Problem>) {
    let Some(step) = claim.taking() else { return };
    let (amount, named) = (claim.takes(), claim.policy());
    let Some(left) = left_by_others(book, form).filter(|left| amount > *left) else { return };
    refuse(
        form,
        step,
        "claim.above-left",
        tr!(
            "{amount} is above the {left} that is left of the sum insured of {named}",
            "金额 {amount} 超过保险单 {named} 的剩余保额 {left}"
        ),
        tr!(
            "the insurer pays {left} at most; see the other claims: cs claim list --all",
            "保险公司最多赔付 {left}；其他理赔见 cs claim list --all"
        ),
        problems,
    );
}

/// What is paid is at most what was assessed, unless it is said why, and came by the day of the step.
fn settled(book: &Book<'_>, form: &Form, claim: &Claim<'_>, problems: &mut Vec<Problem>) {
    for step in form.taken("settled") {
        let before = form.taken("assessed").rfind(|assessed| assessed.index < step.index);
        let assessed = before.and_then(|assessed| assessed.fields.money("amount"));
        let paid = step.fields.money("amount");
        if let Some((paid, assessed)) = paid.zip(assessed).filter(|(paid, assessed)| paid > assessed)
            && step.fields.get("reason").is_none()
        {
            refuse(
                form,
                step,
                "claim.above-assessed",
                tr!("{paid} is above the {assessed} that was assessed", "赔付金额 {paid} 超过定损金额 {assessed}"),
                tr!("say why: --reason TEXT", "请说明原因：--reason 原因"),
                problems,
            );
        }
        let recorded = book.now.zone.day(step.at);
        let Some(day) = step.fields.date("paid_on") else { continue };
        if day > recorded || claim.lost_on().is_some_and(|lost| day < lost) {
            refuse(
                form,
                step,
                "claim.paid-on",
                tr!(
                    "it can't have been paid on {day}, before the loss or after {recorded}",
                    "到账日期 {day} 不对：不能早于出险日期，也不能晚于登记日 {recorded}"
                ),
                tr!("give the day on which the money came", "请填写实际到账日期"),
                problems,
            );
        }
    }
}

/// It closes with its corrective action named.
fn closed(form: &Form, problems: &mut Vec<Problem>) {
    let number = &form.number;
    for step in form.taken("close") {
        if form.taken("corrective").any(|corrective| corrective.index < step.index) {
            continue;
        }
        refuse(
            form,
            step,
            "claim.no-corrective",
            tr!("{number} names no corrective action", "{number} 尚未登记整改措施"),
            tr!(
                "first: cs claim corrective {number} --action TEXT --department NAME --due DATE",
                "请先登记：cs claim corrective {number} --action 措施 --department 部门 --due 日期"
            ),
            problems,
        );
    }
}
