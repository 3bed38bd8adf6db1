//! Duties of insurance claims: the insurer is told in time, has the papers, assesses and pays; what caused the loss is
//! mended (R43). They are the insurance desk's, else of whoever made the claim.

use super::{Because, Duty, Whose, by_day, in_days, in_workdays, open};
use crate::base::field::{Kind, List};
use crate::base::time::Time;
use crate::base::words::Text;
use crate::book::Book;
use crate::claims::{self, claims_of, fitting, judged_transport};
use crate::clock::{Clock, Target};
use crate::forms::claim::Claim;
use crate::forms::form::Form;
use crate::forms::repair::Repair;
use crate::tr;

fn duty(book: &Book<'_>, form: &Form, rule: &'static str, due: (Time, Because), what: Text, verb: &str) -> Duty {
    let (due, because) = due;
    let number = form.number.to_string();
    let command = format!("cs claim {}", verb.replace("NUMBER", &number));
    let who = Whose::holding(book, "insurance", form.number.staff());
    Duty { rule, number, due, who, what, command, because }
}

/// The insurer of a claim, for the sentence.
fn insurer_of(book: &Book<'_>, form: &Form) -> String {
    book.name(List::Policies, Claim::of(form).policy())
}

/// When a clock is due, with its reckoning.
fn by_clock(book: &Book<'_>, clock: Clock) -> (Time, Because) {
    (claims::read_notice(book, &clock).due.unwrap_or(clock.start), Because::Clock(clock))
}

/// R18: a fault from transport is not for us to pay: a claim is offered while its ticket is open, where a policy covers
/// it and nobody has claimed.
pub fn offer(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in open(book, Kind::Repair).iter().filter(|form| Repair::of(form).cause() == Some("logistics")) {
        let Some(start) = judged_transport(form) else { continue };
        let claimed = !claims_of(book, &form.number).is_empty();
        if claimed || fitting(book, form, claims::day_of_loss(book, form)).is_empty() {
            continue;
        }
        let target: Target = book.policy.at(book.now.zone.day(start)).claim_notify;
        let due = by_clock(book, Clock { start, target, pauses: Vec::new(), stopped: None });
        let what = tr!("damaged on the way: a claim can be made", "运输损坏，可申请理赔");
        duties.push(duty(book, form, "R18", due, what, "new NUMBER --what TEXT --loss WHAT=QTY@VALUE"));
    }
}

/// R43: the insurer is told within hours of the arrival receipt.
pub fn notice(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in open(book, Kind::Claim).iter().filter(|form| form.state().code == "new") {
        let Some(clock) = claims::notice(book, form) else { continue };
        let insurer = insurer_of(book, form);
        let what = tr!("tell the insurer of the loss: {insurer}", "向保险公司报案：{insurer}");
        let due = by_clock(book, clock);
        duties.push(duty(book, form, "R43", due, what, "notify NUMBER --channel hotline --case CASE"));
    }
}

/// R43: papers are filed in time, and the insurer is asked when it neither assesses nor pays.
pub fn insurer(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Claim) {
        let insurer = insurer_of(book, form);
        let since = |verb| form.last(verb).map(|step| (step.at, book.now.zone.day(step.at)));
        let claim = match form.state().code {
            "notified" => {
                let Some((at, day)) = since("notify") else { continue };
                let due = in_workdays(book, at, book.policy.at(day).claim_papers_workdays);
                let what = tr!("file the papers with {insurer}", "向{insurer}提交索赔材料");
                duty(book, form, "R43", due, what, "papers NUMBER --papers receipt --papers photos")
            }
            state @ ("filed" | "appealed") => {
                let Some((_, day)) = since(if state == "filed" { "papers" } else { "appeal" }) else { continue };
                let days = book.policy.at(day).claim_assess_days;
                let due = in_days(book, day, days, tr!("papers or appeal filed on", "提交材料或申诉于"));
                let what = tr!("chase the assessment of {insurer}", "催{insurer}定损");
                duty(book, form, "R43", due, what, "assessed NUMBER --amount AMOUNT --assessor NAME")
            }
            "assessed" => {
                let Some((_, day)) = since("assessed") else { continue };
                let days = book.policy.at(day).claim_settle_days;
                let due = in_days(book, day, days, tr!("assessed on", "定损于"));
                let what = tr!("chase the payment of {insurer}", "催{insurer}赔付");
                duty(book, form, "R43", due, what, "settled NUMBER")
            }
            _ => continue,
        };
        duties.push(claim);
    }
}

/// R43: once the insurer has paid or refused, the corrective action is named, carried out by its day, and the claim
/// closed.
pub fn ending(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Claim) {
        let claim = Claim::of(form);
        let ended = match form.state().code {
            "settled" => claim.settled(),
            "refused" => claim.refused(),
            _ => continue,
        };
        let Some(ended) = ended else { continue };
        let ended = in_workdays(book, ended.at, 0);
        let Some(corrective) = claim.corrective() else {
            let what = tr!("name the corrective action", "登记整改措施");
            let verb = "corrective NUMBER --action TEXT --department NAME --due DATE";
            duties.push(duty(book, form, "R43", ended, what, verb));
            continue;
        };
        let due = corrective.fields.date("due").map(|day| by_day(book, day, tr!("corrective action due", "整改期限")));
        let due = due.filter(|due| due.0 > ended.0).unwrap_or(ended);
        let department = corrective.fields.text("department").unwrap_or("");
        let what = tr!(
            "see that the corrective action is carried out, then close: {department}",
            "确认整改措施已落实后结案：{department}"
        );
        duties.push(duty(book, form, "R43", due, what, "close NUMBER"));
    }
}
