//! What a report is made from: the folder as it stands, or as a commit of its history holds it.

use crate::base::problem::Outcome;
use crate::base::source::Source;
use crate::base::time::{Now, Time};
use crate::book::Book;
use crate::commands::env::Env;
use crate::reports::model::Input;
use crate::store::{Folder, Git, Revision};

/// The word for the folder as it stands, where a revision is asked for.
pub const HERE: &str = ".";

/// The folder as it stands or stood.
pub enum Origin<'f> {
    /// As it stands, with what is not committed yet.
    Here(&'f Folder),
    /// As a commit holds it, and how it was named.
    Then(Box<Revision>, String),
}

impl<'f> Origin<'f> {
    /// What a person names: a commit, tag, branch, day or moment, or the folder [as it stands](HERE).
    ///
    /// # Errors
    /// `git.none`, `rev.none`, `rev.ambiguous`, `rev.no-folder`; `git` when git fails.
    pub fn named(env: &Env, folder: &'f Folder, word: &str) -> Outcome<Origin<'f>> {
        if word == HERE {
            return Ok(Origin::Here(folder));
        }
        let git = Git::around(folder.root())?;
        let commit = git.commit(word, Now { time: env.time, zone: env.canvas.zone })?;
        Ok(Origin::Then(Box::new(Revision::open(git, commit)?), word.to_string()))
    }

    /// Where records are read from.
    pub fn source(&self) -> &dyn Source {
        match self {
            Origin::Here(folder) => *folder,
            Origin::Then(revision, _) => &**revision,
        }
    }

    /// The moment of which it tells: now, or when it was committed.
    pub fn time(&self, env: &Env) -> Time {
        match self {
            Origin::Here(_) => env.time,
            Origin::Then(revision, _) => revision.commit.time,
        }
    }

    /// The commit, where it is one.
    pub fn commit(&self) -> Option<&str> {
        match self {
            Origin::Here(_) => None,
            Origin::Then(revision, _) => Some(&revision.commit.id),
        }
    }

    /// How a report names it (R61).
    pub fn input(&self, book: &Book<'_>) -> Input {
        let (folder, now) = (book.config.name.clone(), book.now.time);
        let (commit, revision, dirty) = match self {
            Origin::Here(folder) => {
                let git = Git::probe(folder.root());
                let dirty = git.as_ref().is_some_and(|git| git.dirty().unwrap_or(false));
                (git.as_ref().and_then(Git::head), None, dirty)
            }
            Origin::Then(revision, word) => (Some(revision.commit.id.clone()), Some(word.clone()), false),
        };
        Input { folder, commit, revision, dirty, filed: false, now }
    }
}
