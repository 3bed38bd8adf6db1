//! The clocks of insurance claims (R43).

use super::due::{Because, Due, by_day, in_days, in_workdays};
use super::stay::{Stay, courses, stays};
use super::{ClockSpec, Course, Run, numbered};
use crate::base::field::Kind;
use crate::base::time::Time;
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::claims::{judged_transport, notice, read_notice};
use crate::clock::Clock;
use crate::forms::claim::Claim;
use crate::forms::form::{Form, Step};
use crate::tr;

/// R43: the insurer is told of the loss.
pub const NOTICE: ClockSpec =
    spec("claim_notified", words("Insurer told of a loss", "向保险公司报案"), |book, form| {
        let course = notice(book, form).map(|clock| {
            let (start, done) = (clock.start, Claim::of(form).notified().map(|step| step.at));
            Course { start, due: by_clock(book, clock), done, until: None }
        });
        numbered(book, form, course)
    });
/// R43: the insurer has the papers. Once it refused, it waits for none.
pub const PAPERS: ClockSpec = spec("claim_papers", words("Papers filed", "提交索赔材料"), |book, form| {
    of(book, form, &["notified"], &["papers"], |stay| papers_due(book, stay.from.at))
});
/// R43: the insurer assesses the loss or refuses to pay; papers filed later, and an appeal, begin it anew.
pub const ASSESSED: ClockSpec = spec("claim_assessed", words("Loss assessed", "保险公司定损"), |book, form| {
    of(book, form, &["filed", "appealed"], &["assessed", "refused"], |stay| assessed_due(book, stay.from.at))
});
/// R43: the insurer pays what it assessed, or refuses after all; another assessment begins it anew.
pub const SETTLED: ClockSpec = spec("claim_settled", words("Claim paid", "保险公司赔付"), |book, form| {
    of(book, form, &["assessed"], &["settled", "refused"], |stay| settled_due(book, stay.from.at))
});
/// R43: once the insurer has paid or refused, the corrective action is named.
pub const CORRECTIVE: ClockSpec =
    spec("claim_corrective", words("Corrective action named", "登记整改措施"), |book, form| {
        let first = form.taken("corrective").next();
        let course = |stay: Stay<'_>| {
            let (start, until) = (stay.from.at, stay.to.map(|step| step.at));
            let named = first.filter(|named| stay.to.is_none_or(|to| named.index < to.index));
            Course { start, due: corrective_due(book, start), done: named.map(|step| step.at.max(start)), until }
        };
        numbered(book, form, ended(form).map(course))
    });
/// R43: with its corrective action carried out, the claim is closed. An appeal keeps it open.
pub const CLOSED: ClockSpec = spec("claim_closed", words("Claim closed", "理赔结案"), |book, form| {
    let course = |stay: Stay<'_>| {
        let named = form.taken("corrective").rfind(|named| stay.to.is_none_or(|to| named.index < to.index))?;
        let done = stay.to.filter(|step| step.verb() == "close").map(|step| step.at);
        let (start, due) = (stay.from.at, closing_due(book, stay.from.at, named));
        Some(Course { start, due, done, until: stay.to.map(|step| step.at) })
    };
    numbered(book, form, ended(form).filter_map(course))
});

const fn spec(key: &'static str, name: Words, runs: fn(&Book<'_>, &Form) -> Vec<Run>) -> ClockSpec {
    ClockSpec { key, rule: "R43", name, kind: Kind::Claim, runs }
}

fn of(book: &Book<'_>, form: &Form, states: &[&str], ends: &[&str], due: impl Fn(&Stay<'_>) -> Due) -> Vec<Run> {
    numbered(book, form, courses(stays(form, &[]), states, ends, |stay| Some(due(stay))))
}

/// The stays of a claim that the insurer has paid or refused.
fn ended(form: &Form) -> impl Iterator<Item = Stay<'_>> {
    stays(form, &[]).into_iter().filter(|stay| matches!(stay.state, "settled" | "refused"))
}

/// When the insurer is to be told of a claim's loss at the latest (R43).
pub fn notice_due(book: &Book<'_>, form: &Form) -> Option<Due> {
    Some(by_clock(book, notice(book, form)?))
}

/// When the insurer would be to be told at the latest of a fault from transport that nobody has claimed for (R18, R43).
pub fn offer_due(book: &Book<'_>, repair: &Form) -> Option<Due> {
    let start = judged_transport(repair)?;
    let target = book.policy.at(book.now.zone.day(start)).claim_notify;
    Some(by_clock(book, Clock { start, target, pauses: Vec::new(), stopped: None }))
}

fn by_clock(book: &Book<'_>, clock: Clock) -> Due {
    (read_notice(book, &clock).due.unwrap_or(clock.start), Because::Clock(clock))
}

/// When the papers are to be filed at the latest, since the insurer was told (R43).
pub fn papers_due(book: &Book<'_>, told: Time) -> Due {
    in_workdays(book, told, book.policy.at(book.now.zone.day(told)).claim_papers_workdays)
}

/// When the insurer is to have assessed the loss, since it has the papers or an appeal (R43).
pub fn assessed_due(book: &Book<'_>, filed: Time) -> Due {
    let day = book.now.zone.day(filed);
    in_days(book, day, book.policy.at(day).claim_assess_days, tr!("papers or appeal filed on", "提交材料或申诉于"))
}

/// When the insurer is to have paid, since it assessed the loss (R43).
pub fn settled_due(book: &Book<'_>, assessed: Time) -> Due {
    let day = book.now.zone.day(assessed);
    in_days(book, day, book.policy.at(day).claim_settle_days, tr!("assessed on", "定损于"))
}

/// When the corrective action is to be named at the latest, since the insurer has paid or refused (R43).
pub fn corrective_due(book: &Book<'_>, ended: Time) -> Due {
    in_workdays(book, ended, 0)
}

/// When a claim is to be closed at the latest: by the day of its corrective action, and not before it is named as due.
pub fn closing_due(book: &Book<'_>, ended: Time, corrective: &Step) -> Due {
    let ended = corrective_due(book, ended);
    let due = corrective.fields.date("due").map(|day| by_day(book, day, tr!("corrective action due", "整改期限")));
    due.filter(|due| due.0 > ended.0).unwrap_or(ended)
}
