//! `cs merge-driver`: run by git itself to merge two clones' versions of a record or list.

use std::path::Path;

use clap::{ArgMatches, Command};

use crate::base::problem::{Exit, Failure, Outcome};
use crate::base::words::{Lang, words};
use crate::commands::cli::{command, word};
use crate::commands::env::Env;
use crate::store::merge::merge_files;

const FILES: [&str; 3] = ["BASE", "OURS", "THEIRS"];

/// The command's line; hidden, since only git types it.
pub fn tree(lang: Lang) -> Command {
    let file = words("A file that git names", "git 给出的文件");
    let tree = command(
        "merge-driver",
        words("Merge two clones' versions of a file, for git", "供 git 合并两个副本的同一文件"),
        lang,
    )
    .hide(true);
    FILES.into_iter().fold(tree, |tree, name| tree.arg(word(name, name, file, lang)))
}

/// Runs it: 0 when merged, 1 with conflict markers left, as git expects.
///
/// # Errors
/// When a conflict is left, or a file can't be read.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let path = |name: &str| env.cwd.join(args.get_one::<String>(name).map_or("", String::as_str));
    let [base, ours, theirs] = FILES.map(path);
    let merged = merge_files(&base as &Path, &ours, &theirs)?;
    if merged { Ok(()) } else { Err(Failure { exit: Exit::Wrong, problems: Vec::new() }) }
}
