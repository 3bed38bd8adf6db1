//! Rules over a score entry (R58).

use super::references::not_here;
use super::signatures::refusal;
use super::{put, refuse};
use crate::base::field::{Kind, List};
use crate::base::problem::Problem;
use crate::base::time::Date;
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::score::{AUTHORITY, SCORE, Score};
use crate::policy::Clause;
use crate::scores::clause_of;
use crate::tr;

/// An entry is by somebody who may make it, never about oneself; it is of a day gone by on which the person worked here,
/// under a clause in force then and inside its span; something shows it; what comes of a proposal is about the same, and
/// comes of it once; and it stands as it was entered.
pub fn score(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    entered(book, form, problems);
    own(book, form, problems);
    day(book, form, problems);
    under(book, form, problems);
    shown(form, problems);
    proposed(form, problems);
    once(book, form, problems);
    kept(form, problems);
}

/// Whoever entered it may. That whoever reversed it may, is a matter of that step's signature.
fn entered(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let Some(step) = form.steps.first() else { return };
    let refused = refusal(book, AUTHORITY, None, &[], &step.by, step.at, form.day());
    put(form, step, refused, problems);
}

/// Nobody enters or reverses points of their own.
fn own(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let Some(staff) = Score::of(form).staff() else { return };
    for step in form.living().filter(|step| step.by == staff) {
        let name = book.name(List::Staff, staff.as_str());
        refuse(
            form,
            step,
            "score.own",
            tr!(
                "{staff} {name} may not enter or reverse points of their own (R58)",
                "{staff} {name}不能登记或冲销本人的绩效（R58）"
            ),
            tr!("another supervisor, or who is above, gives --by", "请由其他主管或上级用 --by 操作"),
            problems,
        );
    }
}

/// The conduct lies not in the future, and the person worked here then.
fn day(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let (score, made) = (Score::of(form), form.day());
    let on = score.on();
    if on > made {
        refuse(
            form,
            "on",
            "score.future",
            tr!("{on} is after {made}, when it was entered (R58)", "发生日期 {on} 晚于登记日期 {made}（R58）"),
            tr!("give --on with the day of the conduct", "请用 --on 填写行为发生的日期"),
            problems,
        );
        return;
    }
    let absent = score.staff().and_then(|staff| not_here(book, "score.staff", &staff, on));
    put(form, "staff", absent, problems);
}

/// The clause was in force on that day, and the points lie inside its span (R68).
fn under(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let score = Score::of(form);
    let (code, on, points) = (score.clause(), score.on(), score.points());
    let Some(clause) = clause_of(book, form) else {
        put(form, "clause", [no_clause(book, code, on)], problems);
        return;
    };
    if points > 0 && !(clause.min..=clause.max).contains(&points) {
        let span = clause.span();
        refuse(
            form,
            "points",
            "score.points",
            tr!(
                "{code} is worth {span} points on {on}, not {points} (R58)",
                "{code} 在 {on} 的分值为 {span} 分，不能填 {points} 分（R58）"
            ),
            tr!("give --points inside the span, or another --clause", "请在范围内填写 --points，或改填 --clause"),
            problems,
        );
    }
}

/// The problem of a clause that is not in force on a day (R68).
pub fn no_clause(book: &Book<'_>, code: &str, on: Date) -> Problem {
    let near = book.policy.at(on).clauses.iter().find(|clause| clause.code.eq_ignore_ascii_case(code));
    let help = match near {
        Some(Clause { code: near, .. }) => tr!("did you mean {near}?", "是不是 {near}？"),
        None => {
            tr!("see those in force: cs score clauses --on {on}", "请查看当日有效的条款：cs score clauses --on {on}")
        }
    };
    Problem::new(
        "score.clause",
        tr!("no clause {code} is in force on {on} (R58)", "{on} 没有有效的条款 {code}（R58）"),
        help,
    )
}

/// A record or words show it.
fn shown(form: &Form, problems: &mut Vec<Problem>) {
    let score = Score::of(form);
    if score.record().is_none() && score.evidence().is_none() {
        refuse(
            form,
            "clause",
            "score.evidence",
            tr!("nothing shows it (R58)", "没有事实依据（R58）"),
            tr!(
                "give --record NUMBER, --evidence TEXT or both",
                "请填写 --record 单号或 --evidence 文字说明（可同时填写）"
            ),
            problems,
        );
    }
}

/// What comes of a proposal has its clause, person and day; what is declined says of which proposal, and why.
fn proposed(form: &Form, problems: &mut Vec<Problem>) {
    let score = Score::of(form);
    let told = [score.is_declined(), score.why().is_some()];
    if told != [false, false] && (told != [true, true] || score.proposal().is_none()) {
        refuse(
            form,
            "decision",
            "score.declined",
            tr!("what is declined is a proposal, with the reason (R58)", "只有建议才能不采纳，且须写明原因（R58）"),
            tr!(
                "use cs score decline KEY --reason WHY; cs score proposals lists the keys",
                "请用 cs score decline 建议编号 --reason 原因；编号见 cs score proposals"
            ),
            problems,
        );
    }
    let Some((key, staff)) = score.proposal().zip(score.staff()) else { return };
    let (clause, on) = (score.clause(), score.on().format("%y%m%d"));
    if !key.starts_with(&format!("{clause}-{staff}-{on}-")) {
        refuse(
            form,
            "proposal",
            "score.proposal",
            tr!(
                "the proposal {key} is of another clause, person or day (R58)",
                "建议 {key} 与本条的条款、被考核人或日期不符（R58）"
            ),
            tr!(
                "accept it as it is: cs score accept {key}; or enter the points without --proposal",
                "请原样采纳：cs score accept {key}；或不带 --proposal 直接登记"
            ),
            problems,
        );
    }
}

/// A proposal is accepted once; two clones may have done so before they were merged.
fn once(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let score = Score::of(form);
    let Some(key) = score.proposal().filter(|_| score.counts()) else { return };
    book.load(&SCORE, score.on().., &|_, glance| glance.holds(key));
    let same = |other: &Form| {
        let seen = Score::of(other);
        !other.is_void() && other.number < form.number && seen.counts() && seen.proposal() == Some(key)
    };
    if let Some(first) = book.loaded(Kind::Score).iter().find(|other| same(other)) {
        let (first, number) = (&first.number, &form.number);
        refuse(
            form,
            "proposal",
            "score.twice",
            tr!("{first} came of the proposal {key}, too (R58)", "{first} 也来自建议 {key}（R58）"),
            tr!(
                "reverse one of them: cs score reverse {number} --reason WHY",
                "请冲销其中一条：cs score reverse {number} --reason 原因"
            ),
            problems,
        );
    }
}

/// An entry is neither edited nor voided, nor is its reversal: what is wrong is reversed, and entered anew (R58).
pub(super) fn kept(form: &Form, problems: &mut Vec<Problem>) {
    for step in form.steps.iter().filter(|step| matches!(step.verb(), "edit" | "void")) {
        let number = &form.number;
        refuse(
            form,
            step,
            "score.kept",
            tr!("{number} stands as it was entered (R58)", "{number} 登记后不得修改或作废（R58）"),
            tr!(
                "reverse it: cs score reverse {number} --reason WHY; then enter what is right",
                "请冲销：cs score reverse {number} --reason 原因；再登记正确的内容"
            ),
            problems,
        );
    }
}
