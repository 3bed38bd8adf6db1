//! The whole folder at once: every file read, every form checked, what lists and settings lack.

use chrono::Datelike;

use crate::base::field::{List, Ty, Value};
use crate::base::monthly::month_of_file;
use crate::base::number::Number;
use crate::base::period::Period;
use crate::base::problem::{Place, Problem};
use crate::book::Book;
use crate::checks::goals::goals;
use crate::checks::references::no_code;
use crate::checks::{check_form, registers, settlements};
use crate::forms::KINDS;
use crate::forms::form::{Form, OUT_OF_ORDER, path_of};
use crate::forms::spec::{FormSpec, Kept};
use crate::forms::with_prefix;
use crate::lists::LISTS;
use crate::lookup::{DIR as NOTES, notes};
use crate::policy;
use crate::registers::register_of;
use crate::tr;
use crate::visits::summaries;

/// Everything wrong in the folder, in the order of its files.
pub fn check_folder(book: &Book<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for spec in LISTS {
        check_list(book, spec.list, &mut problems);
    }
    calendar(book, &mut problems);
    goals(book, &mut problems);
    book.load_whole();
    for spec in KINDS {
        for form in book.loaded(spec.kind) {
            problems.extend(judged(book, &form));
        }
    }
    check_registers(book, &mut problems);
    // Nobody finds an answer in a note that can't be read.
    problems.extend(notes(book.source()).1);
    problems.extend(book.take_problems());
    sort(&mut problems);
    problems
}

/// What is wrong with the registers.
fn check_registers(book: &Book<'_>, problems: &mut Vec<Problem>) {
    registers::references(book, problems);
    settlements::settlements(book, problems);
    // What is wrong with a report that was handed in waits among the book's problems.
    summaries(book);
}

/// What else may be staged in a department's folder: its settings, read by every command, and what is no record.
const OTHERS: &[&str] =
    &["cs.toml", "policy.toml", ".gitignore", ".gitattributes", "photos/", "reports/", "forms/", "knowledge/"];

/// What is wrong with some files only: each is read and checked against what it refers to.
pub fn check_files(book: &Book<'_>, paths: &[String]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if paths.iter().any(|path| register_of(path).is_some()) {
        // An entry may be about one of another month: the registers are gone through whole, and told of in part.
        check_registers(book, &mut problems);
        problems.retain(|p| p.place.as_ref().is_some_and(|place| paths.iter().any(|path| **path == *place.file)));
    }
    if paths.iter().any(|path| path == policy::FILE) {
        goals(book, &mut problems);
    }
    for path in paths.iter().filter(|path| register_of(path).is_none()) {
        if let Some(spec) = LISTS.iter().find(|spec| spec.file == path) {
            check_list(book, spec.list, &mut problems);
            continue;
        }
        if let Some((spec, month)) = month_at(path) {
            book.load(spec, month.from..=month.to, &|_, _| true);
            problems.extend(book.loaded_in(spec.kind, month).iter().flat_map(|form| judged(book, form)));
            continue;
        }
        if path.starts_with(NOTES) && path.ends_with(".md") {
            problems.extend(book.source().read(path).err());
            continue;
        }
        let name = path.rsplit('/').next().unwrap_or("").strip_suffix(".toml");
        let number = name.and_then(|name| name.parse::<Number>().ok());
        let record = number.filter(|n| with_prefix(n.prefix()).is_some_and(|spec| path_of(spec, n) == *path));
        if let Some(form) = record.and_then(|number| book.form(&number)) {
            problems.extend(judged(book, &form));
        } else if !OTHERS.iter().any(|other| path == other || path.starts_with(other) && other.ends_with('/')) {
            problems.push(Problem::new(
                "file.stray",
                tr!("{path} is no record or list of this folder", "{path} 不是本文件夹的单据或名单"),
                tr!(
                    "name files of this folder, as orders/2026/11/DD-261121-YX-1.toml",
                    "请填写本文件夹内的文件，如 orders/2026/11/DD-261121-YX-1.toml"
                ),
            ));
        }
    }
    problems.extend(book.take_problems());
    sort(&mut problems);
    problems
}

/// The kind and the month whose rows a file holds.
fn month_at(path: &str) -> Option<(&'static FormSpec, Period)> {
    let (dir, name) = path.split_once('/')?;
    let spec = KINDS.iter().find(|spec| spec.kept == Kept::Rows && spec.dir == dir)?;
    Some((spec, month_of_file(name)?))
}

/// What is wrong with a form, beyond what its reading told. A step that stands on record and was not to be taken, as where
/// two clones took it each, is voided.
fn judged(book: &Book<'_>, form: &Form) -> Vec<Problem> {
    if book.is_unreadable(&form.number) {
        return Vec::new();
    }
    let mut problems = check_form(book, form);
    if form.is_void() {
        return problems;
    }
    let mut refused = Vec::new();
    form.replay(|step, _| refused.push(step.index));
    let of_order = problems.iter_mut().filter(|problem| problem.code == OUT_OF_ORDER);
    for (problem, index) in of_order.zip(refused) {
        let (number, may) = (&form.number, &problem.help);
        problem.help = tr!(
            "void it: cs void {number} --step {index} --note WHY; {may}",
            "请作废该步骤：cs void {number} --step {index} --note 原因；{may}"; may
        );
    }
    problems
}

fn sort(problems: &mut Vec<Problem>) {
    let key = |p: &Problem| p.place.as_ref().map(|place| (place.file.clone(), place.line, place.column));
    problems.sort_by_key(key);
    problems.dedup();
}

/// The codes of other lists that a list's rows name.
fn check_list(book: &Book<'_>, list: List, problems: &mut Vec<Problem>) {
    let rows = book.list(list);
    let file: std::sync::Arc<str> = rows.spec.file.into();
    for entry in rows.rows.iter().flat_map(|row| &row.fields.0) {
        let (Ty::Code(other), Value::Text(code)) = (entry.field.ty, &entry.value) else { continue };
        if book.list(other).get(code).is_none() {
            problems.push(no_code(other, code).at(Place::at(&file, &rows.text, entry.span.clone())));
        }
    }
}

/// A year without a calendar is said so, never guessed (R44).
fn calendar(book: &Book<'_>, problems: &mut Vec<Problem>) {
    let year = book.now.today().year();
    if !book.knows_year(year) {
        problems.push(
            Problem::new(
                "calendar.year",
                tr!(
                    "lists/calendar.csv says nothing of {year}: holidays are unknown",
                    "lists/calendar.csv 没有 {year} 年的放假安排"
                ),
                tr!(
                    "add the days: cs calendar add {year}-01-01 --kind off",
                    "请补充：cs calendar add {year}-01-01 --kind off"
                ),
            )
            .at(Place::file("lists/calendar.csv")),
        );
    }
}
