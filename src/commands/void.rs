//! `cs void`: a step, or a whole record, was a mistake; it stays visible and counts no more (R66).

use clap::{ArgMatches, Command};

use crate::base::problem::Outcome;
use crate::base::words::{Lang, words};
use crate::commands::cli::{command, number_word, option};
use crate::commands::env::Env;
use crate::commands::forms::{common, step};
use crate::forms::KINDS;

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    command(
        "void",
        words("Void a step, or a whole record, that was a mistake (R66)", "作废登记错误的步骤或整张单据（R66）"),
        lang,
    )
    .arg(number_word("NUMBER", lang))
    .arg(option(
        "step",
        "N",
        words("The step, as `cs show` counts; without it the whole record", "步骤序号（见 cs show）；不填则整张作废"),
        lang,
    ))
    .args(common(lang).into_iter().filter(|arg| arg.get_id() != "at"))
}

/// Runs it.
///
/// # Errors
/// When the step can't be voided by this person, or later steps rest on it.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let word = args.get_one::<String>("NUMBER").map_or("", String::as_str);
    match KINDS[0].step("void") {
        Some(void) => step::take(env, KINDS, word, void, args),
        None => Ok(()),
    }
}
