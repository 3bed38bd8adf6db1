//! What a question is about: the department as it was known, the day, the person and the period that are meant.

use clap::ArgMatches;

use crate::base::field::{List, Ty, Value};
use crate::base::number::Code;
use crate::base::period::Period;
use crate::base::problem::{Outcome, Problem};
use crate::base::time::Date;
use crate::book::Book;
use crate::commands::env::Env;
use crate::commands::forms::period_of;
use crate::commands::print::with_problems;
use crate::tr;

/// Runs a command over the department as it was known now, or with an earlier `--now` then (R49).
///
/// # Errors
/// What the command meets, else all that can't be read.
pub fn over_known(env: &Env, run: impl FnOnce(&Book<'_>) -> Outcome) -> Outcome {
    let folder = env.folder()?;
    let whole = Book::open(&folder, env.time);
    // With settings that can't be read every answer would be a guess.
    whole.sound()?;
    let book = whole.as_of(env.time);
    with_problems(&book, run(&book))
}

/// The day that `--on` gives; today if it is left out.
///
/// # Errors
/// When the word is no day.
pub fn day_given(book: &Book<'_>, args: &ArgMatches) -> Result<Date, Problem> {
    let Some(word) = args.get_one::<String>("on") else { return Ok(book.now.today()) };
    match Ty::Date.parse(word, book.now) {
        Ok(Value::Date(day)) => Ok(day),
        _ => Err(Problem::new("date", tr!("\"{word}\" is no day", "“{word}”不是日期"), Ty::Date.expects())),
    }
}

/// Who and which period is meant, in either order: a word that is written as a period is one, unless it is somebody's code;
/// without one, the usual period.
///
/// # Errors
/// When the person or the period is none.
pub fn asked(
    book: &Book<'_>,
    first: Option<&str>,
    second: Option<&str>,
    usual: Period,
) -> Outcome<(Option<Code>, Period)> {
    let staff = book.list(List::Staff);
    // Nobody's name begins with a digit: a word that does is meant as a period, also where it is none.
    let as_period = |word: &str| word.starts_with(|c: char| c.is_ascii_digit()) || word.contains("..");
    let is_period =
        |word: &&str| staff.get(word).is_none() && (as_period(word) || Period::parse(word, book.now.today()).is_some());
    let (who, period) = match (first.filter(is_period), second) {
        (Some(period), None) => (None, Some(period)),
        (Some(period), Some(who)) if !is_period(&who) => (Some(who), Some(period)),
        _ => (first, second),
    };
    let period = period.map_or(Ok(usual), |word| period_of(book, word))?;
    let who = who.map(|word| staff.resolve(word)).transpose()?;
    Ok((who.and_then(|code| code.parse().ok()), period))
}
