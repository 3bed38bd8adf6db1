//! Rules over a score entry (R58).

use super::references::not_here;
use super::signatures::refusal;
use super::{put, refuse};
use crate::base::field::{Kind, List};
use crate::base::period::Period;
use crate::base::problem::Problem;
use crate::base::time::Date;
use crate::base::words::Text;
use crate::book::Book;
use crate::forms::form::{Form, Step};
use crate::forms::score::{AUTHORITY, REVERSE, SCORE, Score};
use crate::policy::Clause;
use crate::scores::clause_of;
use crate::tr;

/// An entry is by somebody who may make it, never about oneself; it is of a day gone by on which the person worked here,
/// under a clause in force then and inside its span; something shows it; what comes of a proposal is about the same, and
/// comes of it once; it says not the same as another; and it stands as it was entered.
pub fn score(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    entered(book, form, problems);
    own(book, form, problems);
    day(book, form, problems);
    under(book, form, problems);
    shown(form, problems);
    proposed(form, problems);
    once(book, form, problems);
    anew(book, form, problems);
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

/// A proposal is accepted or declined once; two clones may have done so before they were merged.
fn once(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let score = Score::of(form);
    let Some(key) = score.proposal().filter(|_| score.reversed().is_none()) else { return };
    book.load(&SCORE, score.on().., &|_, glance| glance.holds(key));
    let same = |other: &Form| {
        let seen = Score::of(other);
        !other.is_void() && other.number < form.number && seen.reversed().is_none() && seen.proposal() == Some(key)
    };
    if let Some(first) = book.loaded(Kind::Score).iter().find(|other| same(other)) {
        let (first, number) = (&first.number, &form.number);
        refuse(
            form,
            "proposal",
            "score.twice",
            tr!("{first} came of the proposal {key}, too (R58)", "{first} 也来自建议 {key}（R58）"),
            tr!(
                "reverse it: cs score reverse {first} --reason WHY; or {number} in its place, where both are on record",
                "请冲销该条：cs score reverse {first} --reason 原因；如两条均已登记，也可改为冲销 {number}"
            ),
            problems,
        );
    }
}

/// What counts was not entered before: of the same person, clause, day and record, and saying nothing else of them.
fn anew(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let score = Score::of(form);
    let (on, made) = (score.on(), form.day());
    let Some(staff) = score.staff().filter(|_| score.counts()) else { return };
    // An entry is made on the day of the conduct or later.
    let Some(days) = Period::between(on, made) else { return };
    book.load(&SCORE, on..=made, &|_, glance| glance.holds(staff.as_str()));
    let is_before = |other: &Form| (other.made_at(), &other.number) < (form.made_at(), &form.number);
    let same = |other: &Form| {
        let seen = Score::of(other);
        let about = |one: &Score<'_>| (one.staff(), one.clause().to_string(), one.on(), one.record().cloned());
        let is_told = seen.evidence() == score.evidence() || score.record().is_some() && score.evidence().is_none();
        // Two that came of one proposal are told of as such.
        let of_one = score.proposal().is_some() && score.proposal() == seen.proposal();
        !other.is_void() && seen.counts() && about(&seen) == about(&score) && is_told && !of_one
    };
    let entered = book.loaded_in(Kind::Score, days);
    let Some(first) = entered.iter().find(|other| is_before(other) && same(other)) else { return };
    let first = &first.number;
    refuse(
        form,
        if score.record().is_some() { "record" } else { "evidence" },
        "score.again",
        tr!("{first} says the same already (R58)", "{first} 已登记同一事项（R58）"),
        tr!(
            "say in --evidence what is different, or reverse it: cs score reverse {first} --reason WHY",
            "如非同一事项，请在 --evidence 中写明区别；否则请冲销该条：cs score reverse {first} --reason 原因"
        ),
        problems,
    );
}

/// An entry is neither edited nor voided, nor is its reversal: what is wrong is reversed, and entered anew (R58). But of
/// two reversals, which two clones made, one may go.
pub(super) fn kept(form: &Form, problems: &mut Vec<Problem>) {
    let changes = form.steps.iter().filter(|step| matches!(step.verb(), "edit" | "void"));
    let number = &form.number;
    for step in changes.filter(|step| !leaves_a_reversal(form, step)) {
        refuse(
            form,
            step,
            "score.kept",
            tr!("{number} stands as it was entered (R58)", "{number} 登记后不得修改或作废（R58）"),
            remedy(form),
            problems,
        );
    }
}

/// Whether a step voids a reversal beside which another stands.
fn leaves_a_reversal(form: &Form, step: &Step) -> bool {
    let target = (step.fields.whole("step") as usize).checked_sub(1).and_then(|at| form.steps.get(at));
    let is_reversal = target.is_some_and(|target| target.verb() == REVERSE);
    step.verb() == "void" && is_reversal && Score::of(form).reversed().is_some()
}

/// What is done in place of changing an entry.
fn remedy(form: &Form) -> Text {
    let (score, number) = (Score::of(form), &form.number);
    match (score.reversed().is_some(), score.is_declined()) {
        (true, _) => tr!(
            "it is reversed and counts no more; if points are due, enter them: cs score add",
            "已冲销，不再计分；如仍需加扣分，请重新登记：cs score add"
        ),
        (false, true) => tr!(
            "take the decline back: cs score reverse {number} --reason WHY; then the proposal is open again",
            "请冲销这次不采纳：cs score reverse {number} --reason 原因；之后可重新处理该建议"
        ),
        (false, false) => tr!(
            "reverse it: cs score reverse {number} --reason WHY; then enter what is right",
            "请冲销：cs score reverse {number} --reason 原因；再登记正确的内容"
        ),
    }
}

/// What is advised of the entries that are loaded and count, though the record that each names is void by now: the entry
/// stays until somebody reverses it (R58).
pub fn on_void(book: &Book<'_>) -> Vec<Text> {
    let advice = |form: &Form| {
        let record = Score::of(form).record().filter(|_| !form.is_void() && Score::of(form).counts())?;
        book.form(record).filter(|named| named.is_void())?;
        let number = &form.number;
        Some(tr!(
            "advice: {number} rests on {record}, which is void; if it holds no more: cs score reverse {number} --reason WHY",
            "建议：{number} 所依据的 {record} 已作废；如不再成立，请冲销：cs score reverse {number} --reason 原因"
        ))
    };
    book.loaded(Kind::Score).iter().filter_map(|form| advice(form)).collect()
}
