//! Duties of consults (R26, R27).

use super::{Because, Duty, Whose, duty, open};
use crate::base::field::{Kind, List};
use crate::base::words::words;
use crate::book::Book;
use crate::consults::clocks;
use crate::forms::consult::Consult;
use crate::forms::form::Form;
use crate::tr;

/// R27: who holds a consult answers it in time; R26: who was asked first sees to it while a colleague has it.
pub fn answer(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in &open(book, Kind::Consult) {
        let Some(timed) = clocks(book, form).pop() else { continue };
        let due = timed.due(book).unwrap_or(timed.clock.start);
        let because = || (due, Because::Clock(timed.clock.clone()));
        let consult = Consult::of(form);
        let (holder, about) = (consult.holder(), about(book, form));
        let kind = consult.about().map_or(words("consult", "咨询"), |kind| kind.name);
        if holder != *consult.owner() {
            let name = book.name(List::Staff, holder.as_str());
            let what = tr!("asked first: see that {name} answers {about}: {kind}", "首问负责，督促{name}答复{about}：{kind}"; kind);
            duties.push(duty(form, "R26", because(), what, "answer NUMBER --answer TEXT"));
        }
        let what = tr!("answer {about}: {kind}", "答复{about}：{kind}"; kind);
        let answer = duty(form, "R27", because(), what, "answer NUMBER --answer TEXT");
        duties.push(Duty { who: Whose::Person(holder), ..answer });
    }
}

/// Whom to answer, for the sentence: the customer, else the record's number; a caller's own name stays out of lists (R4).
fn about(book: &Book<'_>, form: &Form) -> String {
    form.header.text("customer").map_or_else(|| form.number.to_string(), |code| book.name(List::Customers, code))
}
