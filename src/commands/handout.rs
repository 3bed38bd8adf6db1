//! Files that a command makes for people: what they are called, and how they come to lie where they are wanted.

use std::path::{Path, PathBuf};

use clap::{Arg, ArgMatches, value_parser};

use crate::base::problem::Outcome;
use crate::base::words::{Lang, Words, words};
use crate::book::Book;
use crate::commands::cli::{option, switch};
use crate::commands::env::Env;
use crate::store::outside;
use crate::tr;

/// The flags that say where a file goes; `help` tells where without them.
pub fn flags(help: Words, lang: Lang) -> [Arg; 2] {
    [
        option("out", "FILE", help, lang).value_parser(value_parser!(PathBuf)),
        switch("force", words("Replace the file if it is there", "文件已存在时覆盖"), lang),
    ]
}

/// Where the user wants the file; `None` where it was not said.
pub fn wanted(args: &ArgMatches) -> Option<&PathBuf> {
    args.get_one::<PathBuf>("out")
}

/// Hands over what was made: into the file that is wanted, else into one in the working directory that is called `name`.
///
/// # Errors
/// Where something could not be read, or the file can't be written.
pub fn hand_over(env: &Env, book: &Book<'_>, args: &ArgMatches, name: &str, ending: &str, bytes: &[u8]) -> Outcome {
    // What is handed on must not lack what could not be read; on the screen it is told beside it.
    book.sound()?;
    let usual = || PathBuf::from(format!("{}.{ending}", file_name(name)));
    write(env, &wanted(args).cloned().unwrap_or_else(usual), bytes, args.get_flag("force"))
}

/// Writes a file, and answers with its name.
///
/// # Errors
/// Where it is there and not to be replaced, or can't be written.
pub fn write(env: &Env, path: &Path, bytes: &[u8], force: bool) -> Outcome {
    let shown = path.display();
    if env.dry_run {
        env.say(&tr!("would be written: {shown}", "将写入：{shown}"));
        return Ok(());
    }
    outside::write(&env.cwd.join(path), bytes, force)?;
    env.data(&format!("{shown}\n"))
}

/// A name that every system takes for a file.
fn file_name(name: &str) -> String {
    let odd = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    name.replace(odd, "_")
}
