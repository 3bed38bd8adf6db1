//! `cs commit`: commits what was saved and not committed, a command's change at a time.

use clap::{ArgMatches, Command};

use crate::base::problem::Outcome;
use crate::base::words::{Lang, words};
use crate::commands::cli::command;
use crate::commands::env::Env;
use crate::store::{Git, commit_pending};
use crate::tr;

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    command("commit", words("Commit to git what was saved but not committed", "把已保存但未提交的内容提交到 git"), lang)
}

/// Runs it.
///
/// # Errors
/// When there is no repository, or git fails (exit 3).
pub fn run(env: &Env, _: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let git = Git::around(folder.root())?;
    if env.dry_run {
        let files = git.uncommitted()?.join("\n");
        return env.print(&crate::show::clean::clean_lines(&format!("{files}\n")));
    }
    let count = commit_pending(&folder)?;
    let by_hand = git.uncommitted()?;
    if count > 0 {
        env.say(&tr!("{count} commits", "已提交 {count} 次"));
    }
    if !by_hand.is_empty() {
        let files = by_hand.iter().take(5).cloned().collect::<Vec<_>>().join(", ");
        env.say(&tr!(
            "changed by hand and left to you: {files}; check with `cs check`, then git add and git commit",
            "以下文件是手工修改的，请自行提交：{files}；先用 cs check 检查，再 git add、git commit"
        ));
    }
    Ok(())
}
