//! `cs check`: everything wrong in the folder, at once; silent when nothing is. Usable as a pre-commit hook.

use clap::{ArgMatches, Command};

use crate::base::problem::{Exit, Failure, Outcome, Problem};
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::checks::{check_files, check_folder, on_void};
use crate::commands::cli::{command, switch, word};
use crate::commands::env::Env;
use crate::commands::progress::Counted;
use crate::paper;
use crate::show::json;
use crate::show::problems::{problems as draw, problems_json};
use crate::store::{Folder, Git};
use crate::tr;

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    command(
        "check",
        words(
            "Tell everything that is wrong in the folder; silent when nothing is",
            "检查整个文件夹，列出所有问题；没有问题则不输出",
        ),
        lang,
    )
    .arg(word("FILE", "FILE", words("Only these files", "只检查这些文件"), lang).required(false).num_args(0..))
    .arg(switch(
        "staged",
        words("Only the files staged in git, for a pre-commit hook", "只检查 git 暂存的文件，供 pre-commit 使用"),
        lang,
    ))
}

/// Runs it.
///
/// # Errors
/// Everything that is wrong; exit 1.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let source = Counted::new(&folder);
    let book = Book::open(&source, env.time);
    let git = Git::probe(folder.root());
    let mut paths: Vec<String> = Vec::new();
    for file in args.get_many::<String>("FILE").into_iter().flatten() {
        paths.push(in_folder(env, folder.root(), file));
    }
    let staged = match &git {
        Some(git) if args.get_flag("staged") => git.staged(env.git_index.as_deref())?,
        _ => Vec::new(),
    };
    let mut problems = source.during(env, || {
        if args.get_flag("staged") {
            some(&book, &staged)
        } else if paths.is_empty() {
            whole(&book, &folder)
        } else {
            some(&book, &paths)
        }
    });
    if let Some(git) = &git {
        problems
            .extend(git.unmerged()?.into_iter().filter(|unmerged| !has_marks(&problems, unmerged)).collect::<Vec<_>>());
    }
    if paths.is_empty() && !args.get_flag("staged") {
        on_void(&book).iter().for_each(|advice| env.say(advice));
    }
    if let (true, Some(git)) = (book.config.commit, &git) {
        git.advice().iter().for_each(|advice| env.say(advice));
    } else if book.config.commit {
        env.say(&tr!(
            "advice: this folder is in no git repository, so nothing keeps its history: git init",
            "建议：此文件夹不在 git 仓库中，历史不会保留：请执行 git init"
        ));
    }
    answer(env, &problems)
}

/// Everything that is wrong.
fn whole(book: &Book<'_>, folder: &Folder) -> Vec<Problem> {
    let mut problems = check_folder(book);
    // What a record's path already told of is not told twice.
    problems.extend(folder.strange().into_iter().filter(|p| !known(&problems, p)).collect::<Vec<_>>());
    problems.extend(paper::check(book.source()));
    problems
}

/// What is wrong with some files: records, lists, and papers of the department's own.
fn some(book: &Book<'_>, paths: &[String]) -> Vec<Problem> {
    let mut problems = check_files(book, paths);
    problems.extend(paths.iter().flat_map(|path| paper::check_file(book.source(), path)));
    problems
}

/// The problems are the answer: on stdout, in the one layout or as JSON; exit 1 when there are any.
fn answer(env: &Env, problems: &[Problem]) -> Outcome {
    if env.json {
        env.data(&json::text(&problems_json(problems, env.lang)))?;
    } else if !problems.is_empty() {
        env.print(&draw(problems, &env.canvas))?;
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure { exit: Exit::Wrong, problems: Vec::new() }) }
}

fn known(problems: &[Problem], other: &Problem) -> bool {
    problems.iter().any(|p| p.code == other.code && p.place == other.place)
}

/// Whether a file that git has not finished merging is told of already, for the marks that git left in it.
fn has_marks(problems: &[Problem], unmerged: &Problem) -> bool {
    let file = |problem: &Problem| problem.place.as_ref().map(|place| place.file.clone());
    problems.iter().any(|known| known.code.ends_with(".conflict") && file(known) == file(unmerged))
}

/// A file that a user names, as a path in the folder.
fn in_folder(env: &Env, root: &std::path::Path, file: &str) -> String {
    let full = env.cwd.join(file);
    let real = |path: &std::path::Path| std::fs::canonicalize(path).ok();
    let inner =
        real(&full).zip(real(root)).and_then(|(full, root)| full.strip_prefix(root).ok().map(|p| p.to_path_buf()));
    let path = inner.unwrap_or_else(|| file.into());
    path.components().map(|part| part.as_os_str().to_string_lossy().into_owned()).collect::<Vec<_>>().join("/")
}
