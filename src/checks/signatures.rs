//! Who may sign what (R1, R2), what a signature seals (R67), and who may void (R66).

use super::put;
use crate::base::money::Money;
use crate::base::number::Code;
use crate::base::problem::Problem;
use crate::base::time::{Date, Time};
use crate::base::words::{Lang, Text};
use crate::book::Book;
use crate::forms::form::{Form, Step};
use crate::forms::spec::Sign;
use crate::lists::{self, Row};
use crate::policy::Authority;
use crate::tr;

/// Each sign-off was given by somebody who may give it.
pub fn signatures(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    for (step, sign) in form.signatures() {
        let amount = (sign.amount)(form, step);
        let authors = if sign.by_another { authors(form, step, sign) } else { Vec::new() };
        if let Some(problem) = refusal(book, sign.action, amount, &authors, &step.by, step.at, form.day()) {
            put(form, step, [problem], problems);
        }
    }
}

/// The authors of what a step signs.
fn authors<'f>(form: &'f Form, signed: &Step, sign: &Sign) -> Vec<&'f Code> {
    let steps = form.steps.iter().filter(|s| s.lives() && s.index < signed.index);
    steps.filter(|s| sign.authors.contains(&s.verb())).map(|s| &s.by).collect()
}

/// Why a person may not sign, if so (R1): the role, the amount, or own work; with who may.
/// A record is judged by the figures in force when it was made (R68).
pub(super) fn refusal(
    book: &Book<'_>,
    action: &str,
    amount: Option<Money>,
    authors: &[&Code],
    by: &Code,
    at: Time,
    made_on: Date,
) -> Option<Problem> {
    let day = book.now.zone.day(at);
    let none = Authority::default();
    let authority = book.policy.at(made_on).sign.get(action).unwrap_or(&none);
    let roles = book.staff_on(by, day).map(|row| row.many("roles")).unwrap_or_default();
    let who = signers(book, authority, amount, authors, by, at);
    let amount_text = amount.map(|a| a.to_string()).unwrap_or_default();
    if authors.contains(&by) {
        return Some(Problem::new(
            "sign.own",
            tr!("{by} may not sign own work (R1)", "{by} 不能批准自己经办的内容（R1）"),
            who,
        ));
    }
    if roles.iter().any(|role| authority.allows(role, amount)) {
        return None;
    }
    if roles.iter().any(|role| authority.allows(role, None)) {
        return Some(Problem::new(
            "sign.limit",
            tr!("{amount_text} is above the limit of {by} (R1)", "{amount_text} 超出 {by} 的权限（R1）"),
            who,
        ));
    }
    Some(Problem::new(
        "sign.role",
        tr!("{by} holds no role that may sign this (R1)", "{by} 的岗位无权做这一步（R1）"),
        who,
    ))
}

/// Why a person may not do now what needs an authority, if so.
pub fn may_sign(book: &Book<'_>, action: &str, amount: Option<Money>, by: &Code) -> Option<Problem> {
    may_sign_for(book, action, amount, &[], by)
}

/// The same where the work of these people is signed, none of whom may sign it (R1).
pub fn may_sign_for(
    book: &Book<'_>,
    action: &str,
    amount: Option<Money>,
    authors: &[&Code],
    by: &Code,
) -> Option<Problem> {
    refusal(book, action, amount, authors, by, book.now.time, book.now.today())
}

/// Who may sign: the roles, the lowest first, and the people who hold them.
fn signers(
    book: &Book<'_>,
    authority: &Authority,
    amount: Option<Money>,
    authors: &[&Code],
    by: &Code,
    at: Time,
) -> Text {
    let day = book.now.zone.day(at);
    let roles = authority.who(amount);
    let staff = book.list(crate::base::field::List::Staff);
    let here = |code: &Code| code != by && !authors.contains(&code) && book.staff_on(code, day).is_some();
    let lowest = |row: &Row| roles.iter().position(|role| lists::has_role(&row.fields, role));
    let mut people: Vec<(usize, String)> = staff
        .rows
        .iter()
        .filter_map(|row| Some((lowest(row)?, row.fields.staff("code").filter(here)?)))
        .map(|(rank, code)| (rank, format!("{code} {}", staff.name_of(code.as_str()))))
        .collect();
    people.sort_by_key(|(rank, _)| *rank);
    let people: Vec<String> = people.into_iter().map(|(_, person)| person).collect();
    let role_names = |lang: Lang| {
        let name = |role: &&'static str| lists::role(role).map_or(*role, |role| role.name.get(lang));
        roles.iter().map(name).collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
    };
    let (en, zh) = (role_names(Lang::En), role_names(Lang::Zh));
    let (people, names) = (people.join(", "), people.join("、"));
    if people.is_empty() {
        tr!("who may sign: {en}; nobody on the staff holds that role", "有权签字的岗位：{zh}；目前没有在岗人员")
    } else {
        tr!("who may sign: {en} ({people}); they give --by", "有权签字：{zh}（{names}）；由其本人用 --by 操作")
    }
}

/// No step was taken again under a living signature that seals it (R67).
pub fn seals(_: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    for (signed, sign) in form.signatures() {
        for step in form.living().filter(|s| s.index > signed.index && sign.seals_steps.contains(&s.verb())) {
            put(form, step, [sealed(form, signed, step.verb())], problems);
        }
    }
}

/// The refusal to change what a signature covers (R67).
pub fn sealed(form: &Form, signed: &Step, what: &str) -> Problem {
    let (number, index, verb, by) = (&form.number, signed.index, signed.verb(), &signed.by);
    Problem::new(
        "sign.sealed",
        tr!(
            "{what} is signed: step {index} {verb} by {by} covers it (R67)",
            "{what} 已签字：步骤 {index} {verb}（{by}）覆盖该内容（R67）"
        ),
        tr!(
            "void the signature first: cs void {number} --step {index} --note WHY",
            "请先作废签字：cs void {number} --step {index} --note 原因"
        ),
    )
}

/// Whether the author of a step may still void it at a moment: on the same day, or as long as the policy leaves (R66).
pub(super) fn author_may_void(book: &Book<'_>, form: &Form, target: &Step, at: Time) -> bool {
    let zone = book.now.zone;
    let late = (zone.day(at) - zone.day(target.at)).num_days();
    late >= 0 && late.unsigned_abs() <= book.policy.at(form.day()).void_author_days
}

/// Each void was by the author of what it voids, in time, or by somebody who may void for others (R66).
pub fn voids(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    for step in form.steps.iter().filter(|s| s.verb() == "void" && s.lives()) {
        let target = form.steps.get((step.fields.whole("step") as usize).saturating_sub(1)).unwrap_or(&form.steps[0]);
        // What a later living signature rests on can't be taken from under it (R67).
        let rests = |sign: &Sign| {
            let verb = target.verb();
            verb != "new" && (sign.authors.contains(&verb) || sign.seals_steps.contains(&verb))
        };
        if step.fields.get("step").is_some() {
            let signed =
                form.signatures().find(|(s, sign)| s.index > target.index && s.index < step.index && rests(sign));
            put(form, step, signed.map(|(s, _)| sealed(form, s, target.verb())), problems);
        }
        if step.by == target.by && author_may_void(book, form, target, step.at) {
            continue;
        }
        if let Some(mut problem) = refusal(book, "void", None, &[], &step.by, step.at, form.day()) {
            problem.message = tr!(
                "a step is voided by its author on the same day, later or by others only with authority (R66)",
                "步骤当天可由本人作废，隔日或他人的步骤须由有权限的人作废（R66）"
            );
            put(form, step, [problem], problems);
        }
    }
}
