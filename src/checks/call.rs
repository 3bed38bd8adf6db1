//! Rules over the score of a call (R54).

use super::references::not_here;
use super::signatures::refusal;
use super::{put, refuse};
use crate::base::field::List;
use crate::base::marks::{Mark, marks};
use crate::base::number::Code;
use crate::base::problem::{Place, Problem};
use crate::base::time::wall_minute;
use crate::base::words::Text;
use crate::book::Book;
use crate::calls::{ScoredCall, items_of, total_of};
use crate::forms::call::{AUTHORITY, Call};
use crate::forms::form::{Form, Step};
use crate::sla::calls::contest_due;
use crate::sla::due::met;
use crate::tr;

/// A score is by somebody who may give it, never of an own call; of a day gone by on which the person worked here; with
/// points for each item of that day and no more than it has; with a comment where it fails. The person scored alone
/// contests it, in time, and does nothing else to it; what is amended differs.
pub fn call(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    scored(book, form, problems);
    own(form, problems);
    day(book, form, problems);
    let given = Call::of(form).given();
    let before = problems.len();
    pointed(book, form, &given, &form.place_of("marks"), problems);
    // What points come to is known where they are sound.
    if problems.len() == before {
        said(book, form, problems);
    }
    for step in form.taken("contest") {
        contested(book, form, step, problems);
    }
    for step in form.taken("amend") {
        amended(book, form, step, problems);
    }
}

/// Whoever scored it may, and it is nobody's own call (R1).
fn scored(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let Some(step) = form.steps.first() else { return };
    let staff = Call::of(form).staff();
    let whose: Vec<&Code> = staff.iter().collect();
    let refused = refusal(book, AUTHORITY, None, &whose, &step.by, step.at, form.day());
    put(form, step, refused, problems);
}

/// Nobody edits or voids a score of an own call, or voids a step of it, but for an own contest.
pub(super) fn own(form: &Form, problems: &mut Vec<Problem>) {
    let Some(staff) = Call::of(form).staff() else { return };
    let voided = |step: &Step| form.steps.get((step.fields.whole("step") as usize).wrapping_sub(1));
    let of_contest = |step: &Step| voided(step).is_some_and(|target| target.verb() == "contest");
    let number = &form.number;
    let own = form.steps.iter().filter(|step| step.lives() && step.by == staff);
    let own = own.filter(|step| matches!(step.verb(), "edit" | "void"));
    for step in own.filter(|step| step.verb() == "edit" || !of_contest(step)) {
        refuse(
            form,
            step,
            "call.own",
            tr!(
                "{staff} may not edit or void a score of an own call (R54)",
                "{staff} 不能修改或作废本人通话的质检评分（R54）"
            ),
            tr!("contest it: cs qa contest {number} --reason WHY", "可提出申诉：cs qa contest {number} --reason 理由"),
            problems,
        );
    }
}

/// The call lies not in the future, and the person worked here then.
fn day(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let (call, made) = (Call::of(form), form.day());
    let on = call.on();
    if on > made {
        refuse(
            form,
            "on",
            "call.future",
            tr!("{on} is after {made}, when it was scored (R54)", "通话日期 {on} 晚于评分日期 {made}（R54）"),
            tr!("give --on with the day of the call", "请用 --on 填写通话日期"),
            problems,
        );
        return;
    }
    let absent = call.staff().and_then(|staff| not_here(book, "call.staff", &staff, on));
    put(form, "staff", absent, problems);
}

/// Points are of items in force on the day of the call, each once, none above its full points, and none is left out.
fn pointed(book: &Book<'_>, form: &Form, given: &[Mark], at: &Place, problems: &mut Vec<Problem>) {
    let (items, on) = (items_of(book, form), Call::of(form).on());
    let known: Vec<&str> = items.iter().map(|item| item.code.as_str()).collect();
    let mut wrong = |code, message: Text, help: Text| problems.push(Problem::new(code, message, help).at(at.clone()));
    let list = known.join(", ");
    for (index, Mark { item, points }) in given.iter().enumerate() {
        if given[..index].iter().any(|other| other.item == *item) {
            wrong(
                "call.twice",
                tr!("{item} has points twice (R54)", "{item} 重复评分（R54）"),
                tr!("give each item once", "每个项目只填一次"),
            );
            continue;
        }
        let Some(max) = items.get(item).map(|item| item.max) else {
            wrong(
                "call.item",
                tr!("no item {item} is in force on {on} (R54)", "{on} 没有有效的质检项目 {item}（R54）"),
                tr!("the items of that day: {list}", "当日的项目：{list}"),
            );
            continue;
        };
        if *points > max {
            wrong(
                "call.points",
                tr!(
                    "{item} has at most {max} points on {on}, not {points} (R54)",
                    "{item} 在 {on} 满分 {max} 分，不能填 {points} 分（R54）"
                ),
                tr!("give 0 to {max}", "请填写 0 到 {max}"),
            );
        }
    }
    let lacking: Vec<&str> = known.into_iter().filter(|code| given.iter().all(|mark| mark.item != *code)).collect();
    if lacking.is_empty() && !list.is_empty() {
        return;
    }
    let lacking = lacking.join(", ");
    if list.is_empty() {
        wrong(
            "call.items",
            tr!("no items are in force on {on} (R54)", "{on} 没有有效的质检项目（R54）"),
            tr!("give some in policy.toml under [qa_items]", "请在 policy.toml 的 [qa_items] 中设置项目"),
        );
    } else if form.header.get("marks").is_some() {
        wrong(
            "call.lacks",
            tr!("points are missing of {lacking} (R54)", "缺少以下项目的得分：{lacking}（R54）"),
            tr!("name every item of {on} with its points", "请填写 {on} 有效的每个项目的得分"),
        );
    }
}

/// A call that fails as it was scored has a comment, or its critical fault says why.
fn said(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let call = Call::of(form);
    let Some(scored) = ScoredCall::of(book, form) else { return };
    let first = ScoredCall { total: total_of(&call.given(), call.found_fault()), ..scored };
    if !first.passes(book) && call.said().is_none() && call.found_fault().is_none() {
        let (total, full) = (first.total, first.full);
        refuse(
            form,
            "marks",
            "call.said",
            tr!("{total} of {full} points are below the pass mark (R54)", "得分 {total}/{full}，不合格（R54）"),
            tr!("say what is to be better: --said TEXT", "请用 --said 写明评语和改进意见"),
            problems,
        );
    }
}

/// A score is contested by whom it concerns, in time.
fn contested(book: &Book<'_>, form: &Form, step: &Step, problems: &mut Vec<Problem>) {
    let mut wrong = |code, message: Text, help: Text| refuse(form, step, code, message, help, problems);
    let (number, by) = (&form.number, &step.by);
    if let Some(staff) = Call::of(form).staff().filter(|staff| staff != by) {
        let name = book.name(List::Staff, staff.as_str());
        wrong(
            "call.contest",
            tr!(
                "{number} is the score of {staff} {name}, not of {by} (R54)",
                "{number} 是 {staff} {name}的评分，不是 {by} 的（R54）"
            ),
            tr!("{staff} gives --by", "请由 {staff} 本人用 --by 提出申诉"),
        );
    }
    let due = contest_due(book, form).map(|(due, _)| due);
    if let Some(due) = due.filter(|due| met(Some(step.at), *due, step.at) == Some(false)) {
        let until = wall_minute(due, book.now.zone);
        wrong(
            "call.late",
            tr!("{number} could be contested until {until} (R54)", "{number} 的申诉截止时间为 {until}（R54）"),
            tr!("the score stands; speak to the supervisor", "评分有效；如有异议请与主管沟通"),
        );
    }
}

/// What is amended has points for every item, and is not what was there before.
fn amended(book: &Book<'_>, form: &Form, step: &Step, problems: &mut Vec<Problem>) {
    let call = Call::of(form);
    let at = form.place(step.span.clone());
    let anew = step.fields.text("marks").and_then(|text| marks(text).ok());
    if let Some(anew) = &anew {
        pointed(book, form, anew, &at, problems);
    }
    let lifts = step.fields.flag("lifted");
    if lifts && call.found_fault().is_none() {
        problems.push(
            Problem::new(
                "call.lifted",
                tr!("no critical fault was found (R54)", "本单没有登记重大差错（R54）"),
                tr!("leave --lifted out", "请去掉 --lifted"),
            )
            .at(at.clone()),
        );
    }
    if !lifts && anew.is_none_or(|anew| anew == call.given()) {
        problems.push(
            Problem::new(
                "call.same",
                tr!("nothing is amended (R54)", "没有更正任何内容（R54）"),
                tr!(
                    "give --marks with the points that change, or --lifted; a score that stands is upheld: cs qa uphold",
                    "请用 --marks 填写更正的得分，或加 --lifted；维持原评分请用 cs qa uphold"
                ),
            )
            .at(at),
        );
    }
}

/// Why what was scored may not be edited: points stand as they were entered (R54).
pub(super) fn entered(_: &Book<'_>, form: &Form) -> Option<Problem> {
    let number = &form.number;
    Some(Problem::new(
        "call.fixed",
        tr!("the points of {number} stand as they were entered (R54)", "{number} 的评分登记后不能修改（R54）"),
        tr!(
            "a mistake is voided, and the call scored anew: cs void {number} --note WHY; else it is contested and amended",
            "登记有误请作废后重新评分：cs void {number} --note 原因；对评分有异议的，由本人申诉后更正"
        ),
    ))
}
