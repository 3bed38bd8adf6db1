//! Duties of insurance claims: the insurer is told in time, has the papers, assesses and pays; what caused the loss is
//! mended (R43). They are the insurance desk's, else of whoever made the claim.

use super::{Because, Duty, Whose, open};
use crate::base::field::{Kind, List};
use crate::base::time::Time;
use crate::base::words::Text;
use crate::book::Book;
use crate::claims::{claims_of, day_of_loss, fitting};
use crate::forms::claim::Claim;
use crate::forms::form::Form;
use crate::forms::repair::Repair;
use crate::sla::claims::{assessed_due, closing_due, corrective_due, notice_due, offer_due, papers_due, settled_due};
use crate::sla::stay::stays;
use crate::tr;

fn duty(book: &Book<'_>, form: &Form, rule: &'static str, due: (Time, Because), what: Text, verb: &str) -> Duty {
    let (due, because) = due;
    let number = form.number.to_string();
    let command = format!("cs claim {}", verb.replace("NUMBER", &number));
    let who = Whose::holding(book, "insurance", form.number.staff());
    Duty { rule, number, due, since: None, who, what, command, because }
}

/// The insurer of a claim, for the sentence.
fn insurer_of(book: &Book<'_>, form: &Form) -> String {
    book.name(List::Policies, Claim::of(form).policy())
}

/// R18: a fault from transport is not for us to pay: a claim is offered while its ticket is open, where a policy covers
/// it and nobody has claimed.
pub fn offer(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in open(book, Kind::Repair).iter().filter(|form| Repair::of(form).cause() == Some("logistics")) {
        let Some(due) = offer_due(book, form) else { continue };
        let claimed = !claims_of(book, &form.number).is_empty();
        if claimed || fitting(book, form, day_of_loss(book, form)).is_empty() {
            continue;
        }
        let what = tr!("damaged on the way: a claim can be made", "运输损坏，可申请理赔");
        duties.push(duty(book, form, "R18", due, what, "new NUMBER --what TEXT --loss WHAT=QTY@VALUE"));
    }
}

/// R43: the insurer is told within hours of the arrival receipt.
pub fn notice(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in open(book, Kind::Claim).iter().filter(|form| form.state().code == "new") {
        let Some(due) = notice_due(book, form) else { continue };
        let insurer = insurer_of(book, form);
        let what = tr!("tell the insurer of the loss: {insurer}", "向保险公司报案：{insurer}");
        duties.push(duty(book, form, "R43", due, what, "notify NUMBER --channel hotline --case CASE"));
    }
}

/// R43: papers are filed in time, and the insurer is asked when it neither assesses nor pays.
pub fn insurer(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Claim) {
        let Some(stay) = stays(form, &[]).pop() else { continue };
        let (insurer, since) = (insurer_of(book, form), stay.from.at);
        let (due, what, verb) = match stay.state {
            "notified" => (
                papers_due(book, since),
                tr!("file the papers with {insurer}", "向{insurer}提交索赔材料"),
                "papers NUMBER --papers receipt --papers photos",
            ),
            "filed" | "appealed" => (
                assessed_due(book, since),
                tr!("chase the assessment of {insurer}", "催{insurer}定损"),
                "assessed NUMBER --amount AMOUNT --assessor NAME",
            ),
            "assessed" => {
                (settled_due(book, since), tr!("chase the payment of {insurer}", "催{insurer}赔付"), "settled NUMBER")
            }
            _ => continue,
        };
        duties.push(duty(book, form, "R43", due, what, verb));
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
        let Some(corrective) = claim.corrective() else {
            let due = corrective_due(book, ended.at);
            let what = tr!("name the corrective action", "登记整改措施");
            let verb = "corrective NUMBER --action TEXT --department NAME --due DATE";
            duties.push(duty(book, form, "R43", due, what, verb));
            continue;
        };
        let due = closing_due(book, ended.at, corrective);
        let department = corrective.fields.text("department").unwrap_or("");
        let what = tr!(
            "see that the corrective action is carried out, then close: {department}",
            "确认整改措施已落实后结案：{department}"
        );
        duties.push(duty(book, form, "R43", due, what, "close NUMBER"));
    }
}
