//! `cs completions`: what a shell needs to complete the commands.

use clap::{ArgMatches, Command};
use clap_complete::Shell;

use crate::base::problem::Outcome;
use crate::base::words::{Lang, words};
use crate::commands::cli::{command, word};
use crate::commands::env::Env;

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    command("completions", words("Print a shell's completion script", "输出命令补全脚本"), lang).arg(
        word(
            "SHELL",
            "SHELL",
            words("bash, zsh, fish, elvish or powershell", "bash、zsh、fish、elvish 或 powershell"),
            lang,
        )
        .value_parser(["bash", "zsh", "fish", "elvish", "powershell"]),
    )
}

/// Runs it.
///
/// # Errors
/// When stdout can't be written.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let shell: Option<Shell> = args.get_one::<String>("SHELL").and_then(|name| name.parse().ok());
    let Some(shell) = shell else { return Ok(()) };
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut super::tree(env.lang), "cs", &mut script);
    env.data(&String::from_utf8_lossy(&script))
}
