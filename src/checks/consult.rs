//! Rules over a consult (R26, R27).

use super::references::not_here;
use super::{put, refuse};
use crate::base::problem::Problem;
use crate::base::time::wall_minute;
use crate::book::Book;
use crate::forms::consult::Consult;
use crate::forms::form::{Form, Step};
use crate::tr;

/// Somebody can be answered, whoever is to answer works here, and no answer lies before the question.
pub fn consult(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    answerable(form, problems);
    handed_on(book, form, problems);
    in_turn(book, form, problems);
}

/// Who asks leaves a name or a number, unless they stand at the desk and hear the answer there.
fn answerable(form: &Form, problems: &mut Vec<Problem>) {
    let nobody = ["customer", "asker", "phone"].iter().all(|key| form.header.get(key).is_none());
    if nobody && form.header.text("channel") != Some("desk") {
        let number = &form.number;
        refuse(
            form,
            "asker",
            "consult.nobody",
            tr!("nobody could be answered about {number} (R26)", "{number} 没有可以答复的人（R26）"),
            tr!(
                "give --customer, --asker or --phone; only a visitor at the desk (--channel desk) may leave none",
                "请填写 --customer、--asker 或 --phone；只有前台来访（--channel desk）可以不留"
            ),
            problems,
        );
    }
}

/// It is handed on to somebody who works here and does not hold it already (R26).
fn handed_on(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let mut holder = Consult::of(form).owner().clone();
    for step in form.taken("hand-on") {
        let Some(to) = step.fields.staff("to") else { continue };
        let day = book.now.zone.day(step.at);
        let held = || {
            let number = &form.number;
            Problem::new(
                "consult.holder",
                tr!("{to} holds {number} already (R26)", "{number} 已经在 {to} 手上（R26）"),
                tr!("hand it on to a colleague, or answer it", "请转交给其他同事，或直接答复"),
            )
        };
        let problem = not_here(book, "consult.staff", &to, day).or_else(|| (to == holder).then(held));
        put(form, step, problem, problems);
        holder = to;
    }
}

/// Nothing is done about a round before it begins, nor is it asked again before it was answered: a clock would have
/// stopped before it ran (R27, R46).
fn in_turn(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let mut turned: Option<&Step> = None;
    for step in form.living().filter(|step| !step.spec.from.is_empty()) {
        if let Some(before) = turned.filter(|before| step.at < before.at) {
            let (verb, before, at) = (step.verb(), before.spec.name, wall_minute(before.at, book.now.zone));
            refuse(
                form,
                step,
                "consult.early",
                tr!("{verb} lies before \"{before}\" at {at} (R27)", "{verb} 早于 {at} 的“{before}”（R27）"; before),
                tr!("give a later --at", "请填写更晚的 --at"),
                problems,
            );
        }
        if matches!(step.verb(), "answer" | "ask-again") {
            turned = Some(step);
        }
    }
}
