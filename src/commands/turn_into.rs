//! `cs consult turn-into order|shipment|repair|complaint`: makes the record that a caller needs, by the kind's own way of
//! making one, and keeps in it from which consult it came (R26).

use clap::{ArgMatches, Command};

use crate::base::problem::Outcome;
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::commands::cli::command;
use crate::commands::env::Env;
use crate::commands::find::find_number;
use crate::commands::forms::{Guest, from_consult_command, make_new};
use crate::consults::outcomes;
use crate::forms::consult::CONSULT;
use crate::forms::shared::FROM_CONSULT;
use crate::tr;

const VERB: &str = "turn-into";

/// The command joins those of the consult.
pub const GUEST: Guest = Guest {
    tree: |group, lang| if group == CONSULT.verbs.command { vec![tree(lang)] } else { Vec::new() },
    run: |env, group, verb, args| (group == CONSULT.verbs.command && verb == VERB).then(|| run(env, args)),
};

fn tree(lang: Lang) -> Command {
    let about = words(
        "Make a record out of a consult, with what the caller said filled in; it stays to be answered (R26)",
        "由咨询转成单据，自动带入咨询内容；咨询仍须答复（R26）",
    );
    let kinds = outcomes().map(|spec| from_consult_command(spec, lang));
    command(VERB, about, lang).subcommand_required(true).arg_required_else_help(true).subcommands(kinds)
}

/// Runs it.
///
/// # Errors
/// What the making of such a record refuses, a void consult among it.
fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let Some((code, args)) = args.subcommand() else { return Ok(()) };
    let Some(spec) = outcomes().find(|spec| spec.code == code) else { return Ok(()) };
    make_new(env, spec, args)?;
    match args.get_one::<String>(FROM_CONSULT.key) {
        Some(word) if !args.get_flag("blank") => remind(env, word),
        _ => Ok(()),
    }
}

/// Tells that the caller still waits for an answer.
fn remind(env: &Env, word: &str) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    let number = find_number(&book, &[&CONSULT], word)?;
    if book.form(&number).is_some_and(|form| !form.is_over()) {
        env.say(&tr!("then answer it: cs consult answer {number}", "办妥后请答复：cs consult answer {number}"));
    }
    Ok(())
}
