//! Cells of spreadsheets that other people filled in, read as values of a form's fields.

use std::borrow::Cow;

use crate::base::field::{BETWEEN, Field, Ty, Value, choice_begun};
use crate::base::problem::Problem;
use crate::base::sheet::{Sheet, values};
use crate::base::words::Text;
use crate::book::Book;
use crate::commands::typed::typed_as;
use crate::tr;

/// What people write for a flag that is set, and for one that is not.
const YES: &[&str] = &["yes", "y", "true", "1", "是", "√", "✓", "✔"];
const NO: &[&str] = &["no", "n", "false", "0", "否", "×", "✗", "✘"];

/// What a cell holds for a field; nothing where it is empty.
///
/// # Errors
/// What is wrong with it, at its address: `sheet.damaged` (R3), `field.value`, also for what was masked (R4), and what the
/// command line would say of the same text.
pub fn cell(
    book: &Book<'_>,
    sheet: &Sheet,
    field: &'static Field,
    row: usize,
    column: usize,
) -> Result<Option<Value>, Problem> {
    let text = sheet.cell(row, column);
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(damage) = sheet.damage(row, column, field.ty) {
        return Err(damage);
    }
    let name = field.name;
    let wrong = |message, help| sheet.wrong(row, column, "field.value", message, help);
    if field.ty.is_private() && text.contains("**") {
        return Err(wrong(
            tr!("{name} is masked (R4)", "{name}是打码后的内容（R4）"; name),
            tr!("type it whole", "请填写完整内容"),
        ));
    }
    if field.ty == Ty::Flag && is_one_of(NO, text) {
        return Ok(None);
    }
    let refused = || wrong(tr!("{name} can't be \"{text}\"", "{name}不能是“{text}”"; name), expects(field.ty));
    let typed = typed_text(field.ty, text).ok_or_else(refused)?;
    let value = typed_as(book, field, &typed, &name.into());
    value.map(Some).map_err(|problem| sheet.told(row, column, problem))
}

fn is_one_of(words: &[&str], text: &str) -> bool {
    words.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// A cell's text as the command line takes it; `None` for what would mean another thing there on another day: `today`,
/// a day without its year, `-` for the last record made.
fn typed_text(ty: Ty, text: &str) -> Option<Cow<'_, str>> {
    match ty {
        Ty::Flag => is_one_of(YES, text).then_some("yes".into()),
        Ty::Record(_) | Ty::Records(_) if text.split(BETWEEN).any(|part| part.trim() == "-") => None,
        // A form's label names its choices shortly; what is no choice is refused as everywhere.
        Ty::Choice(choices) => Some(choice_begun(choices, text).map_or(text, |choice| choice.code).into()),
        ty => values::plain(ty, text),
    }
}

/// What a cell of a type takes.
pub fn expects(ty: Ty) -> Text {
    match ty {
        Ty::Date => tr!("give the whole day, as 2026-11-21", "请填写完整日期，如 2026-11-21"),
        Ty::Time => tr!("give day and time, as 2026-11-21 10:30", "请填写日期和时间，如 2026-11-21 10:30"),
        Ty::Code(_) | Ty::Codes(_) => tr!("give a code or a name", "请填写代码或名称"),
        Ty::Flag => tr!("give yes or no, or leave it empty", "请填写“是”或“否”，或不填"),
        ty => ty.expects(),
    }
}

/// The problem of a cell that must be filled in and is empty.
pub fn missing(sheet: &Sheet, field: &Field, row: usize, column: usize) -> Problem {
    let name = field.name;
    sheet.wrong(row, column, "field.missing", tr!("{name} is missing", "缺少{name}"; name), expects(field.ty))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::field::{Kind, List};

    #[test]
    fn what_would_mean_another_thing_on_another_day_is_no_value() {
        const RECORD: Ty = Ty::Record(&[Kind::Order]);
        for (ty, text, expect) in [
            (Ty::Date, "2026年11月5日", Some("2026-11-05")),
            (Ty::Date, "today", None),
            (Ty::Date, "+7", None),
            (Ty::Date, "11-05", None),
            (Ty::Time, "2026/11/5 9:30", Some("2026-11-05T9:30")),
            (Ty::Time, "2026-11-05 09:30:15", Some("2026-11-05T09:30:15")),
            (Ty::Time, "9:30", None),
            (Ty::Time, "2026-11-05", None),
            (RECORD, "YX-1", Some("YX-1")),
            (RECORD, "-", None),
            (Ty::Records(&[Kind::Order]), "YX-1、-", None),
            (Ty::Flag, "√", Some("yes")),
            (Ty::Flag, "是", Some("yes")),
            (Ty::Flag, "TRUE", Some("yes")),
            (Ty::Flag, "maybe", None),
            (Ty::Money, "¥1,250.50", Some("1250.50")),
            (Ty::Text, "-", Some("-")),
            (Ty::Text, "1,250", Some("1,250")),
            (Ty::Code(List::Customers), "+1", Some("+1")),
        ] {
            assert_eq!(typed_text(ty, text).as_deref(), expect, "{ty:?} {text}");
        }
    }
}
