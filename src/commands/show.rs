//! `cs show`: one record of any kind.

use clap::{ArgMatches, Command};

use crate::base::problem::Outcome;
use crate::base::words::{Lang, words};
use crate::commands::cli::{command, number_word};
use crate::commands::env::Env;
use crate::commands::forms;
use crate::forms::KINDS;

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    command("show", words("Show one record of any kind whole", "查看任意一张单据"), lang)
        .arg(number_word("NUMBER", lang))
}

/// Runs it.
///
/// # Errors
/// When no record is meant, or it can't be read.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    forms::show(env, KINDS, args.get_one::<String>("NUMBER").map_or("", String::as_str))
}
