//! `cs show`: one record of any kind.

use clap::{ArgMatches, Command};

use crate::base::problem::Outcome;
use crate::base::words::{Lang, words};
use crate::commands::cli::{command, word};
use crate::commands::env::Env;
use crate::commands::forms;
use crate::forms::KINDS;

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    command("show", words("Show one record of any kind whole", "查看任意一张单据"), lang).arg(
        word(
            "NUMBER",
            "NUMBER",
            words(
                "Number, or an unambiguous part of it; - is the last one made",
                "单号或能唯一确定的一部分；- 表示最近登记的一张",
            ),
            lang,
        )
        .allow_hyphen_values(true),
    )
}

/// Runs it.
///
/// # Errors
/// When no record is meant, or it can't be read.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    forms::show(env, KINDS, args.get_one::<String>("NUMBER").map_or("", String::as_str))
}
