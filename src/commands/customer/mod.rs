//! What `cs customer` does beside what every list does: assign an owner, show the whole file, propose grade and credit,
//! name those with whom nobody was in touch.

mod rate;
mod show;
mod silent;

use clap::{ArgMatches, Command};

use crate::base::problem::Outcome;
use crate::base::words::Lang;
use crate::commands::assign;
use crate::commands::env::Env;

/// The subcommands; `show` in the place of the one that other lists have.
pub fn tree(lang: Lang) -> Vec<Command> {
    let mut tree = vec![show::command(lang), assign::command(lang)];
    tree.extend(rate::RATINGS.iter().map(|rating| rate::command(rating, lang)));
    tree.push(silent::command(lang));
    tree
}

/// Runs one; `None` where the name is none of theirs.
///
/// # Errors
/// What the command refuses.
pub fn run(env: &Env, name: &str, args: &ArgMatches) -> Option<Outcome> {
    if let Some(rating) = rate::RATINGS.iter().find(|rating| rating.name == name) {
        return Some(rate::run(env, rating, args));
    }
    match name {
        "show" => Some(show::run(env, args)),
        "assign" => Some(assign::run(env, args)),
        "silent" => Some(silent::run(env, args)),
        _ => None,
    }
}
