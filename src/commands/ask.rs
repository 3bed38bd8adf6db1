//! Asks a person on a terminal for what a command lacks.

use inquire::{Confirm, Text as Prompt};

use super::env::Env;
use super::typed::{line, typed};
use crate::base::field::{Field, Fields, Need, Ty};
use crate::base::problem::{Outcome, Problem};
use crate::base::words::{Text, words};
use crate::book::Book;
use crate::forms::spec::LineSpec;
use crate::show::clean::clean;
use crate::tr;

/// Asks for each required field that is missing, then for lines until an empty one. `before` gives a field's default
/// from what is known so far; a day has none, since the last one is past. A wrong answer is told and asked for again.
///
/// # Errors
/// When the person stops.
pub fn ask(
    env: &Env,
    book: &Book<'_>,
    fields: &'static [Field],
    lines: Option<&'static LineSpec>,
    known: &mut Fields,
    given: &mut Vec<Fields>,
    before: impl Fn(&Field, &Fields) -> Option<String>,
) -> Outcome {
    // Photos are files, given by flags: nobody types their paths into a prompt.
    for field in fields.iter().filter(|f| f.need == Need::Required && f.ty != Ty::Files) {
        while known.get(field.key).is_none() {
            // A default that would have to be drawn otherwise than it is kept is none.
            let harmless = |text: &String| clean(text) == *text;
            let default = before(field, known).filter(|_| field.ty != Ty::Date).filter(harmless);
            let answer = prompt(field.name.get(env.lang), field.help.get(env.lang), default.as_deref())?;
            match typed(book, field, answer.trim()) {
                Ok(value) => known.set(field, value),
                Err(problem) => env.say(&advice(&problem)),
            }
        }
    }
    let Some(spec) = lines.filter(|spec| spec.required && given.is_empty()) else { return Ok(()) };
    let help = format!("{}{}", words("Empty when done: ", "直接回车结束：").get(env.lang), spec.syntax());
    loop {
        let answer = prompt(spec.name.get(env.lang), &help, None)?;
        if answer.trim().is_empty() && !given.is_empty() {
            return Ok(());
        }
        match line(book, spec, answer.trim()) {
            Ok(fields) => given.push(fields),
            Err(wrong) => wrong.iter().for_each(|problem| env.say(&advice(problem))),
        }
    }
}

/// Asks whether to go on; only a yes does.
///
/// # Errors
/// `stopped` on anything else.
pub fn confirmed(env: &Env, question: &Text) -> Outcome {
    let yes = Confirm::new(question.get(env.lang)).with_default(false).prompt();
    if yes.unwrap_or(false) {
        return Ok(());
    }
    let help = tr!("run the command again and answer y, or give --yes", "请重新执行并回答 y，或加 --yes");
    Err(Problem::new("stopped", stopped(), help).into())
}

fn stopped() -> Text {
    tr!("stopped: nothing was written", "已中止，没有写入任何内容")
}

fn prompt(name: &str, help: &str, default: Option<&str>) -> Outcome<String> {
    let mut prompt = Prompt::new(name).with_help_message(help);
    if let Some(default) = default {
        prompt = prompt.with_default(default);
    }
    prompt.prompt().map_err(|_| {
        Problem::new(
            "stopped",
            stopped(),
            tr!("give the fields as flags to be asked nothing", "可用参数直接填写，避免逐项询问"),
        )
        .into()
    })
}

fn advice(problem: &Problem) -> Text {
    Text::join(&[problem.message.clone(), problem.help.clone()], words(": ", "："))
}
