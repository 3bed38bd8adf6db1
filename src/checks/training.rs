//! Rules over a training record and the month's test (R52).

use super::{put, refuse};
use std::collections::BTreeMap;

use super::references::not_here;
use super::signatures::refusal;
use crate::base::number::Code;
use crate::base::period::{Period, Unit};
use crate::base::problem::Problem;
use crate::book::Book;
use crate::forms::form::{Form, Step};
use crate::forms::training::{AUTHORITY, FULL_POINTS, Mark, ONE_TO_ONE, Training};
use crate::tr;
use crate::trainings::{day_of, pass_points, sittings};

/// Who is named works here on its day, somebody gives it and is not among those called; those who were there or not are
/// those called, each once; and of a test each person is marked once, by somebody else, before it is closed.
pub fn training(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    people(book, form, problems);
    given(form, problems);
    if let Some(step) = form.last("held") {
        attendance(form, step, problems);
    }
    if let Some(step) = form.last("cancel").filter(|_| !Training::of(form).marks().is_empty()) {
        put(form, step, [was_sat(form)], problems);
    }
    let begun = Training::of(form).when();
    for step in form.living().filter(|step| matches!(step.verb(), "held" | "mark" | "resit")) {
        let early = begun.is_some_and(|when| step.at < when);
        put(form, step, early.then(not_begun), problems);
    }
    if Training::of(form).is_test() && form.state().code != "cancelled" {
        marks(book, form, problems);
        second(book, form, problems);
    }
}

/// Why a step changes what is not for whoever took it to change (R52): a test is edited and cancelled by who set it or may
/// sign, and nobody who is called to it does that or voids it or its marks; what was held is edited by who planned it, gave
/// it or may sign. The record as it was before tells who that is: an edit may take oneself off it.
pub(super) fn changed(book: &Book<'_>, before: &Form, step: &Step) -> Option<Problem> {
    let (training, by) = (Training::of(before), &step.by);
    let (called, number) = (training.attendees(), &before.number);
    let called: Vec<&Code> = called.iter().filter(|_| training.is_test()).collect();
    let refused = || refusal(book, AUTHORITY, None, &called, by, step.at, before.day());
    let message = match step.verb() {
        "edit" | "cancel" | "void" if called.contains(&by) && (step.verb() != "void" || lifts_marks(before, step)) => {
            tr!(
                "{by} is called to the test {number} and can't change it (R52)",
                "{by} 是测验 {number} 的应考人员，不能修改、取消或作废（R52）"
            )
        }
        _ if by == before.author() => return None,
        "edit" | "cancel" if training.is_test() => tr!(
            "the test {number} is changed by who set it, or who may sign: not by {by} (R52)",
            "测验 {number} 只能由登记人或有权签字的人修改、取消，{by} 不能操作（R52）"
        ),
        "edit" if before.state().code == "held" && training.trainer().as_ref() != Some(by) => tr!(
            "{number} was held: it is changed by who planned it, gave it or may sign, not by {by} (R52)",
            "{number} 已培训，只能由登记人、培训人或有权签字的人修改，{by} 不能操作（R52）"
        ),
        _ => return None,
    };
    let problem = refused()?;
    Some(Problem { message, ..problem })
}

/// Whether a void takes away a test, or a mark in it.
fn lifts_marks(form: &Form, void: &Step) -> bool {
    let target = form.steps.get((void.fields.whole("step") as usize).wrapping_sub(1));
    void.fields.get("step").is_none() || target.is_some_and(|target| target.spec.sign.is_some())
}

fn not_begun() -> Problem {
    Problem::new(
        "training.early",
        tr!("it had not begun by then", "此时培训或测验尚未开始"),
        tr!("give a later --at, or mend --when: cs train edit", "请填写更晚的 --at，或用 cs train edit 改正 --when"),
    )
}

fn was_sat(form: &Form) -> Problem {
    let number = &form.number;
    Problem::new(
        "training.sat",
        tr!("a test that somebody was marked in can't be cancelled", "已登记成绩的测验不能取消"),
        tr!(
            "void it whole, and say why: cs void {number} --note WHY",
            "请整张作废并写明原因：cs void {number} --note 原因"
        ),
    )
}

/// Who gives it and who is called work here on that day.
fn people(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let training = Training::of(form);
    let Some(day) = day_of(book, form) else { return };
    let called = training.attendees().into_iter().map(|code| ("attendees", code));
    for (key, code) in called.chain(training.trainer().map(|code| ("trainer", code))) {
        put(form, key, not_here(book, "training.staff", &code, day), problems);
    }
}

/// A session is given by somebody, either of the staff or from outside, who is not called to it; one to one to one person.
fn given(form: &Form, problems: &mut Vec<Problem>) {
    let training = Training::of(form);
    let (trainer, called) = (training.trainer(), training.attendees());
    if trainer.is_some() == training.speaker().is_some() && !(training.is_test() && trainer.is_none()) {
        refuse(
            form,
            "trainer",
            "training.given",
            tr!(
                "either somebody of the staff gives it, or somebody from outside",
                "培训人须为本部门员工或外请讲师之一"
            ),
            tr!(
                "give --trainer STAFF or --speaker TEXT, and not both",
                "请填写 --trainer 员工 或 --speaker 外请讲师，只填其一"
            ),
            problems,
        );
    }
    if let Some(code) = trainer.filter(|code| called.contains(code)) {
        refuse(
            form,
            "attendees",
            "training.own",
            tr!("{code} gives it and can't be called to it", "{code} 是培训人，不能同时应参加"),
            tr!("leave {code} out of --attendees", "请从 --attendees 中去掉 {code}"),
            problems,
        );
    }
    let twice = called.iter().enumerate().find(|(at, code)| called[..*at].contains(code));
    if let Some((_, code)) = twice {
        refuse(
            form,
            "attendees",
            "training.twice",
            tr!("{code} is called twice", "{code} 重复填写"),
            tr!("name everybody once", "每人只填一次"),
            problems,
        );
    }
    let count = called.len();
    if training.sort() == ONE_TO_ONE && count > 1 {
        refuse(
            form,
            "attendees",
            "training.one",
            tr!("one to one is for one person, not {count}", "一对一辅导只能有一人参加，不能是 {count} 人"),
            tr!("name one in --attendees, or give another type", "请在 --attendees 中只填一人，或改填其他培训方式"),
            problems,
        );
    }
}

/// Everybody who was called was there or not, and nobody else.
fn attendance(form: &Form, step: &Step, problems: &mut Vec<Problem>) {
    let training = Training::of(form);
    let (called, present, absent) = (training.attendees(), training.present(), training.absent());
    let number = &form.number;
    let once = || tr!("name everybody once", "每人只填一次");
    for code in present.iter().filter(|code| absent.contains(code)) {
        let message = tr!("{code} can't be present and absent", "{code} 不能既出勤又缺勤");
        refuse(form, step, "training.both", message, once(), problems);
    }
    for code in present.iter().chain(&absent).filter(|code| !called.contains(code)) {
        refuse(
            form,
            step,
            "training.called",
            tr!("{code} was not called to it", "{code} 不在应参加人员中"),
            tr!(
                "who came beside is to be called first: cs train edit {number} --attendees",
                "请先加入应参加人员：cs train edit {number} --attendees"
            ),
            problems,
        );
    }
    for code in called.iter().filter(|code| !present.contains(code) && !absent.contains(code)) {
        refuse(
            form,
            step,
            "training.left-out",
            tr!("{code} was called and is neither present nor absent", "{code} 应参加，但未登记出勤或缺勤"),
            tr!(
                "name everybody who was called as --present or --absent",
                "请将应参加人员全部填入 --present 或 --absent"
            ),
            problems,
        );
    }
}

/// Each person who was called is marked once, by somebody else; only who failed sits it again; and all are marked when it
/// is closed.
fn marks(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let (called, pass) = (Training::of(form).attendees(), pass_points(book, form));
    let mut so_far: BTreeMap<Code, Mark<'_>> = BTreeMap::new();
    for step in form.living() {
        if step.verb() == "close" {
            let left: Vec<&str> = called.iter().filter(|code| !so_far.contains_key(code)).map(Code::as_str).collect();
            let people = left.join(" ");
            put(form, step, (!left.is_empty()).then(|| still_open(&people)), problems);
        }
        let Some(staff) = step.fields.staff("staff").filter(|_| matches!(step.verb(), "mark" | "resit")) else {
            continue;
        };
        let points = step.fields.get("points").map(|_| step.fields.whole("points"));
        let missed = step.fields.text("missed");
        let before = so_far.get(&staff);
        let wrong = if step.by == staff {
            Some(own_mark(&staff))
        } else if !called.contains(&staff) {
            Some(not_called(form, &staff))
        } else if points.is_some_and(|points| points > FULL_POINTS) {
            Some(beyond())
        } else if points.is_some() == missed.is_some() {
            Some(points_or_reason())
        } else if step.verb() == "resit" {
            match before {
                Some(mark) if mark.failed(pass) => mark.made_good(pass).then(|| passed_since(&staff, pass)),
                _ => Some(nothing_failed(&staff, pass)),
            }
        } else {
            // Who missed it may make up for it.
            let twice = before.is_some_and(|mark| mark.points.is_some() || missed.is_some());
            twice.then(|| marked_twice(form, &staff))
        };
        put(form, step, wrong, problems);
        let mark = so_far.entry(staff).or_default();
        if step.verb() == "mark" {
            mark.points = mark.points.or(points);
            mark.missed = mark.missed.or(missed);
        } else {
            mark.resits.extend(points);
        }
    }
}

fn own_mark(staff: &Code) -> Problem {
    Problem::new(
        "training.own-mark",
        tr!("{staff} can't mark an own test (R52)", "{staff} 不能登记本人的测验成绩（R52）"),
        tr!("another supervisor, or who is above, gives --by", "请由其他主管或上级用 --by 操作"),
    )
}

fn not_called(form: &Form, staff: &Code) -> Problem {
    let number = &form.number;
    Problem::new(
        "training.called",
        tr!("{staff} is not called to this test", "{staff} 不在本次应考人员中"),
        tr!(
            "see cs train show {number}; cs train edit {number} --attendees",
            "请查看 cs train show {number}，或用 cs train edit {number} --attendees 加入"
        ),
    )
}

fn beyond() -> Problem {
    Problem::new(
        "training.points",
        tr!("a test is worth at most {FULL_POINTS} points", "测验满分为 {FULL_POINTS} 分"),
        tr!("give --points from 0 to {FULL_POINTS}", "请填写 0 到 {FULL_POINTS} 的 --points"),
    )
}

fn points_or_reason() -> Problem {
    Problem::new(
        "training.mark",
        tr!("a test has points, or a reason why it was missed", "须登记得分，或缺考原因"),
        tr!("give --points N or --missed WHY, and not both", "请填写 --points 得分 或 --missed 缺考原因，只填其一"),
    )
}

fn nothing_failed(staff: &Code, pass: u64) -> Problem {
    Problem::new(
        "training.resit",
        tr!("{staff} has not failed this test: {pass} points pass", "{staff} 本次测验没有不及格（及格分 {pass}）"),
        tr!("a first result is recorded with cs train mark", "首次成绩请用 cs train mark 登记"),
    )
}

fn passed_since(staff: &Code, pass: u64) -> Problem {
    Problem::new(
        "training.resit",
        tr!("{staff} passed it when it was sat again: {pass} points pass", "{staff} 补考已及格（及格分 {pass}）"),
        tr!("nothing is left to be sat; a slip of the pen is voided: cs void", "无需再补考；登记错误请用 cs void 作废"),
    )
}

fn marked_twice(form: &Form, staff: &Code) -> Problem {
    let number = &form.number;
    Problem::new(
        "training.marked",
        tr!("{staff} is marked already (R52)", "{staff} 的成绩已经登记（R52）"),
        tr!(
            "sat again: cs train resit {number}; a slip of the pen: cs void {number} --step N",
            "补考请用 cs train resit {number}；登记错误请作废该步骤：cs void {number} --step N"
        ),
    )
}

fn still_open(people: &str) -> Problem {
    Problem::new(
        "training.open",
        tr!("not marked yet: {people} (R52)", "尚未登记成绩：{people}（R52）"),
        tr!("record each first: cs train mark", "请先逐人登记：cs train mark"),
    )
}

/// Nobody is called to two tests of a month: which of them would count?
fn second(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let Some(day) = day_of(book, form) else { return };
    let tests = sittings(book, Period::holding(Unit::Month, day));
    for other in tests.iter().filter(|test| test.number != form.number) {
        let (called, number) = (Training::of(other).attendees(), &other.number);
        let both: Vec<Code> = Training::of(form).attendees().into_iter().filter(|code| called.contains(code)).collect();
        let people = both.iter().map(Code::as_str).collect::<Vec<_>>().join(" ");
        if !both.is_empty() {
            refuse(
                form,
                "attendees",
                "training.second",
                tr!(
                    "called to {number} of the same month already: {people} (R52)",
                    "{people} 已安排参加同月的测验 {number}（R52）"
                ),
                tr!(
                    "who failed sits it again: cs train resit {number}; or leave them out of --attendees",
                    "补考请用 cs train resit {number}；或从 --attendees 中去掉"
                ),
                problems,
            );
        }
    }
}
