//! Codes that stand in the lists, record numbers that exist, people who work here, steps in time.

use super::shift::rostered_late;
use super::{put, refuse};
use crate::base::field::{Fields, Kind, List, Ty, Value};
use crate::base::number::{Code, Number};
use crate::base::problem::Problem;
use crate::base::time::{Date, rfc3339, wall_minute};
use crate::base::words::{Text, Words, words};
use crate::book::{Book, numbers_in};
use crate::forms::form::Form;
use crate::forms::spec_of;
use crate::lists;
use crate::tr;

const OR: Words = words(" or ", "或");

/// All the value sets of a form: header, lines, steps and their lines.
fn parts(form: &Form) -> impl Iterator<Item = &Fields> {
    let steps = form.living().flat_map(|s| std::iter::once(&s.fields).chain(&s.lines));
    std::iter::once(&form.header).chain(&form.lines).chain(steps)
}

/// Each code is in its list.
pub fn codes(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    for entry in parts(form).flat_map(|fields| &fields.0) {
        let (list, codes): (_, Vec<&str>) = match (entry.field.ty, &entry.value) {
            (Ty::Code(list), Value::Text(code)) => (list, vec![code]),
            (Ty::Codes(list), Value::Many(codes)) => (list, codes.iter().map(String::as_str).collect()),
            _ => continue,
        };
        for code in codes.into_iter().filter(|code| book.list(list).get(code).is_none()) {
            put(form, entry, [no_code(list, code)], problems);
        }
    }
}

/// The problem of a code that its list lacks.
pub(super) fn no_code(list: List, code: &str) -> Problem {
    let spec = lists::spec_of(list);
    let (what, file, command) = (spec.row, spec.file, spec.command);
    Problem::new(
        "ref.code",
        tr!("no {what} \"{code}\" in {file}", "{file} 里没有{what}“{code}”"; what),
        tr!(
            "add it with `cs {command} add {code} …`, or mend the code",
            "用 cs {command} add {code} … 新增，或改正代码"
        ),
    )
}

/// Each record that is named exists, is of the right kind and is not void.
pub fn records(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    for entry in parts(form).flat_map(|fields| &fields.0) {
        let (Ty::Record(kinds) | Ty::Records(kinds)) = entry.field.ty else { continue };
        for number in numbers_in(entry) {
            let own = &form.number;
            let void = || {
                book.form(&number).filter(|named| named.is_void()).map(|_| {
                    Problem::new(
                        "ref.void",
                        tr!("{own} names {number}, which is void", "{own} 引用了已作废的 {number}"),
                        tr!(
                            "void {own} first, or name a living record in it",
                            "请先作废 {own}，或在其中改填有效的单号"
                        ),
                    )
                })
            };
            // What a score rests on showed what it showed, also where it was a mistake that is void by now (R54, R58).
            let may_be_void = matches!(form.spec.kind, Kind::Score | Kind::Call);
            let problem = no_record(book, kinds, &number).or_else(|| void().filter(|_| !may_be_void));
            put(form, entry, problem, problems);
        }
    }
}

/// The problem of a number that no record of these kinds has; one that can't be read is told of elsewhere.
pub(super) fn no_record(book: &Book<'_>, kinds: &[Kind], number: &Number) -> Option<Problem> {
    let is_there = match book.form(number) {
        Some(named) => kinds.contains(&named.spec.kind),
        None => book.is_unreadable(number),
    };
    let what = Text::join(&kinds.iter().map(|kind| spec_of(*kind).name.into()).collect::<Vec<_>>(), OR);
    (!is_there).then(|| {
        Problem::new(
            "ref.record",
            tr!("there is no {what} {number}", "没有{what} {number}"; what),
            tr!("`cs list` of that kind shows the numbers", "请用 list 命令查看单号"),
        )
    })
}

/// Each photo and attachment is there and holds what its name says.
pub fn photos(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    for (name, span) in form.photos() {
        problems.extend(book.photo(name).map(|problem| problem.at(form.place(span.clone()))));
    }
}

/// No record is older than one that it names in its header: look-ups between records rest on that.
pub fn order_of_making(_: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    for entry in &form.header.0 {
        for named in numbers_in(entry).into_iter().filter(|named| named.day() > form.day()) {
            let number = &form.number;
            refuse(
                form,
                entry,
                "ref.later",
                tr!("{number} names {named}, which was made on a later day", "{number} 引用了更晚登记的 {named}"),
                tr!(
                    "a record's day (--at) can't lie before that of the record it belongs to",
                    "登记日期（--at）不能早于所属单据的日期"
                ),
                problems,
            );
        }
    }
}

/// Who took a step worked here on that day.
pub fn staff(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    for step in form.living() {
        let day = book.now.zone.day(step.at);
        if book.staff_on(&step.by, day).is_none() {
            put(form, step, [absent("ref.staff", &step.by, day)], problems);
        }
    }
}

/// The problem of somebody who does not work here on a day.
fn absent(code: &'static str, staff: &Code, day: Date) -> Problem {
    Problem::new(
        code,
        tr!("{staff} is not on the staff on {day}", "{staff} 在 {day} 不是在职员工"),
        tr!("see `cs staff list`; check joined and left there", "请查看 cs staff list 中的入职和离职日期"),
    )
}

/// The problem, under a code, of somebody named in a form who does not work here on a day. Of one whom the list lacks
/// [`codes`] tells.
pub(super) fn not_here(book: &Book<'_>, code: &'static str, staff: &Code, day: Date) -> Option<Problem> {
    let known = book.list(List::Staff).get(staff.as_str()).is_some();
    (known && book.staff_on(staff, day).is_none()).then(|| absent(code, staff, day))
}

/// No step lies before the form was made; the form was made on the day of its number.
pub fn times(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let Some(made) = form.made_at() else { return };
    let zone = book.now.zone;
    for step in form.living().filter(|s| s.at < made) {
        let (at, made) = (wall_minute(step.at, zone), wall_minute(made, zone));
        refuse(
            form,
            step,
            "step.early",
            tr!("the step lies at {at}, before the record was made at {made}", "步骤时间 {at} 早于登记时间 {made}"),
            match form.spec.kind {
                Kind::Shift => rostered_late(form),
                _ => tr!("void the step and take it again with --at", "请作废该步骤，并用 --at 重新登记"),
            },
            problems,
        );
    }
    // The day is the one that the step was written on, whatever zone the department is in now.
    if made.date_naive() != form.day() {
        let (number, made) = (&form.number, rfc3339(made));
        problems.push(
            Problem::new(
                "number.day",
                tr!(
                    "{number} was made at {made}, another day than its number says",
                    "{number} 的登记时间 {made} 与单号日期不符"
                ),
                tr!("a number's day is the day of its first step", "单号中的日期应为第一步的日期"),
            )
            .at(form.place(form.steps[0].span.clone())),
        );
    }
}
