//! The user's own `git`, spawned: questions to the repository that the folder lies in.
//!
//! It never prompts, never pages, and takes pathspecs as plain paths. Its output is read with `-z`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use super::folder::{PRIVATE_DIR, TEMP};
use crate::base::problem::{Exit, Failure, Outcome, Place, Problem};
use crate::base::time::Time;
use crate::base::words::Text;
use crate::tr;

/// The repository around a folder.
#[derive(Clone, Debug)]
pub struct Git {
    root: PathBuf,
    /// The folder's path inside the work tree, empty or ending in `/`.
    prefix: String,
}

/// A commit that touched a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogEntry {
    /// Its full id.
    pub commit: String,
    /// When its author wrote it.
    pub time: Time,
    /// `Name <email>`.
    pub author: String,
    /// The first line of its message.
    pub subject: String,
    /// Its trailers in order: `Cs-Record`, `Cs-Step`, `Cs-By` and any other.
    pub trailers: Vec<(String, String)>,
}

/// What git prints of a commit for [`LogEntry::read`].
pub(super) const LOG_FIELDS: &str = "%H%x00%aI%x00%an <%ae>%x00%s%x00%(trailers:only=true,unfold=true)";

impl LogEntry {
    /// Reads the [`LOG_FIELDS`] of a commit.
    pub(super) fn read(fields: &[&str]) -> Option<LogEntry> {
        let [commit, time, author, subject, trailers] = fields else { return None };
        let trailers = trailers.lines().filter_map(|line| line.split_once(": "));
        Some(LogEntry {
            commit: commit.to_string(),
            time: Time::parse_from_rfc3339(time).ok()?,
            author: author.to_string(),
            subject: subject.to_string(),
            trailers: trailers.map(|(key, value)| (key.to_string(), value.to_string())).collect(),
        })
    }
}

/// The settings that make git use `cs` for records.
const DRIVER: [(&str, &str); 2] =
    [("merge.cs.name", "cs: keep both sides' steps and rows"), ("merge.cs.driver", "cs merge-driver %O %A %B")];

const HOOK: &str = "#!/bin/sh\n# Made by cs init: what is committed is checked first.\ncommand -v cs >/dev/null 2>&1 || exit 0\nexec cs check --staged\n";

#[cfg(unix)]
fn executable(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn executable(_: &Path) -> std::io::Result<()> {
    Ok(())
}

impl Git {
    /// The repository that `root` lies in, found without running git.
    pub fn probe(root: &Path) -> Option<Git> {
        let real = fs::canonicalize(root).ok()?;
        let top = real.ancestors().find(|dir| dir.join(".git").exists())?;
        let inner = real.strip_prefix(top).ok()?;
        let prefix = inner.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect();
        Some(Git { root: root.to_path_buf(), prefix })
    }

    /// The repository that a folder lies in, for a command that can't do without.
    ///
    /// # Errors
    /// `git.none` when there is none.
    pub fn around(root: &Path) -> Outcome<Git> {
        Git::probe(root).ok_or_else(|| {
            Problem::new(
                "git.none",
                tr!("this folder is in no git repository", "此文件夹不在 git 仓库中"),
                tr!("make one: git init", "请先执行 git init"),
            )
            .into()
        })
    }

    /// Makes a repository in `dir`.
    ///
    /// # Errors
    /// `git` when git fails or is not installed.
    pub fn init(dir: &Path) -> Outcome<Git> {
        run(dir, &["init", "-q"], None).map_err(|said| said.failure())?;
        Git::probe(dir).ok_or_else(|| Said::new("git init made no repository".to_string()).failure())
    }

    /// The files of the folder that differ from the last commit or are not in git, sorted.
    ///
    /// # Errors
    /// `git` when git fails.
    pub fn uncommitted(&self) -> Outcome<Vec<String>> {
        Ok(self.status(&[]).map_err(|said| said.failure())?.into_iter().map(|(path, _)| path).collect())
    }

    /// The files of the folder that are staged for the next commit, sorted; deleted ones left out. `index` is the
    /// one that git gives its hooks.
    ///
    /// # Errors
    /// `git` when git fails.
    pub fn staged(&self, index: Option<&Path>) -> Outcome<Vec<String>> {
        let args = ["diff", "--cached", "--name-only", "--diff-filter=d", "--relative", "-z"];
        let mut command = command(&self.root, &args);
        if let Some(index) = index {
            command.env("GIT_INDEX_FILE", index);
        }
        let said = finish(command, None).map_err(|said| said.failure())?;
        let names = String::from_utf8_lossy(&said);
        Ok(names.split('\0').filter(|path| !path.is_empty()).map(str::to_string).collect())
    }

    /// The files of the folder that git began to merge and nobody has finished, each as a problem. Where the driver could not
    /// be run such a file holds one side alone, without a mark of it.
    ///
    /// # Errors
    /// `git` when git fails.
    pub fn unmerged(&self) -> Outcome<Vec<Problem>> {
        let args = ["diff", "--name-only", "--diff-filter=U", "--relative", "-z"];
        let said = self.run(&args, None).map_err(|said| said.failure())?;
        let names = String::from_utf8_lossy(&said).into_owned();
        let problem = |path: &str| {
            Problem::new(
                "git.unmerged",
                tr!("git has not finished merging this file", "git 尚未完成此文件的合并"),
                tr!(
                    "with cs on the PATH: git checkout -m -- {path}; look that both sides are in it, then git add {path} and git commit",
                    "确认 cs 在 PATH 中后执行 git checkout -m -- {path}，核对两边的内容都在，再执行 git add {path} 和 git commit"
                ),
            )
            .at(Place::file(path))
        };
        Ok(names.split('\0').filter(|path| !path.is_empty()).map(problem).collect())
    }

    /// Makes this clone merge records by [`merge`](super::merge); a setting of the clone, which git does not carry over.
    ///
    /// # Errors
    /// `git` when git fails.
    pub fn install_driver(&self) -> Outcome {
        for (key, value) in DRIVER {
            self.run(&["config", key, value], None).map_err(|said| said.failure())?;
        }
        Ok(())
    }

    /// Has git check what is about to be committed; not where there is such a hook already.
    ///
    /// # Errors
    /// `unwritable`.
    pub fn install_hook(&self) -> Outcome {
        let path = self.root.join(".git/hooks/pre-commit");
        if path.exists() || !self.root.join(".git").is_dir() {
            return Ok(());
        }
        let shown = ".git/hooks/pre-commit";
        let failed = |error: std::io::Error| super::write::unwritable(shown, &error);
        fs::create_dir_all(self.root.join(".git/hooks")).map_err(failed)?;
        fs::write(&path, HOOK).map_err(failed)?;
        executable(&path).map_err(failed)?;
        Ok(())
    }

    /// What this clone lacks or is stuck on, each with its remedy; empty when all is well.
    pub fn advice(&self) -> Vec<Text> {
        let mut advice = Vec::new();
        let unset = |key| config_get(&self.root, key).is_none();
        if unset("user.email") || unset("user.name") {
            advice.push(tr!(
                "git does not know who you are: git config --global user.name NAME; git config --global user.email MAIL",
                "git 还不知道你是谁：git config --global user.name 姓名；git config --global user.email 邮箱"
            ));
        }
        if unset(DRIVER[1].0) {
            let (key, value) = DRIVER[1];
            advice.push(tr!(
                "this clone would merge two people's steps line by line: run cs init . once, or git config {key} '{value}'",
                "此副本合并多人登记的步骤时可能出错：请执行一次 cs init . 或 git config {key} '{value}'"
            ));
        }
        let lock = self.run(&["rev-parse", "--git-path", "index.lock"], None).ok();
        let lock = lock.map(|out| self.root.join(String::from_utf8_lossy(&out).trim()));
        let old = |path: &PathBuf| {
            let age = fs::metadata(path).and_then(|m| m.modified()).ok().and_then(|m| m.elapsed().ok());
            age.is_some_and(|age| age.as_secs() > 600)
        };
        if let Some(lock) = lock.filter(old) {
            let lock = lock.display();
            advice.push(tr!(
                "an old lock of git is left, so nothing can be committed; if no git is running, remove {lock}",
                "git 遗留了旧的锁文件，无法提交；确认没有 git 在运行后请删除 {lock}"
            ));
        }
        advice
    }

    /// Whether anything in the folder is uncommitted.
    ///
    /// # Errors
    /// `git` when git fails.
    pub fn dirty(&self) -> Outcome<bool> {
        Ok(!self.uncommitted()?.is_empty())
    }

    /// The last commit's id; `None` before the first, or where git fails.
    pub fn head(&self) -> Option<String> {
        let out = self.run(&["rev-parse", "-q", "--verify", "HEAD"], None).ok()?;
        Some(String::from_utf8_lossy(&out).trim().to_string())
    }

    /// The commits that touched a file (or, for `""`, the folder), newest first. Renames are not followed.
    ///
    /// # Errors
    /// `git` when git fails; a repository without commits has none.
    pub fn log(&self, path: &str) -> Outcome<Vec<LogEntry>> {
        if self.head().is_none() {
            return Ok(Vec::new());
        }
        let format = format!("--format={LOG_FIELDS}");
        let path = if path.is_empty() { "." } else { path };
        let out = self.run(&["log", "-z", "--no-show-signature", &format, "--", path], None);
        let out = out.map_err(|said| said.failure())?;
        let text = String::from_utf8_lossy(&out);
        let fields: Vec<&str> = text.split('\0').collect();
        Ok(fields.chunks_exact(5).filter_map(LogEntry::read).collect())
    }

    /// A file as it was at a revision; `None` when it was not there.
    ///
    /// # Errors
    /// `git` when there is no such revision; `not-utf8` when the file was no text.
    pub fn show_at(&self, rev: &str, path: &str) -> Outcome<Option<String>> {
        let commit = format!("{rev}^{{commit}}");
        let found = self.run(&["rev-parse", "-q", "--verify", "--end-of-options", &commit], None);
        let Ok(commit) = found else {
            return Err(Said::new(format!("no such revision: {rev}")).failure());
        };
        let blob = format!("{}:./{path}", String::from_utf8_lossy(&commit).trim());
        let Ok(bytes) = self.run(&["cat-file", "blob", &blob], None) else { return Ok(None) };
        String::from_utf8(bytes).map(Some).map_err(|_| {
            Problem::new(
                "not-utf8",
                tr!("{path} was not UTF-8 at {rev}", "{path} 在 {rev} 时不是 UTF-8 编码"),
                tr!("look at it with git show", "请用 git show 查看"),
            )
            .into()
        })
    }

    /// What differs from the last commit among `paths` (all when empty), and whether git knows it not yet.
    pub(super) fn status(&self, paths: &[&str]) -> Result<Vec<(String, bool)>, Said> {
        // Git's status reads no list of paths from a file, and command lines are short on Windows.
        let few = !paths.is_empty() && paths.iter().map(|path| path.len() + 1).sum::<usize>() < 8_000;
        let mut args = vec!["status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--"];
        args.extend_from_slice(if few { paths } else { &["."] });
        let out = self.run(&args, None)?;
        let text = String::from_utf8_lossy(&out);
        let changed = text.split('\0').filter_map(|entry| {
            let (state, path) = entry.split_at_checked(3)?;
            let path = path.strip_prefix(&self.prefix)?;
            let own = path.split('/').any(|part| part == PRIVATE_DIR || part == TEMP);
            (!own && (paths.is_empty() || paths.contains(&path))).then(|| (path.to_string(), state.starts_with("??")))
        });
        let mut changed: Vec<_> = changed.collect();
        changed.sort();
        Ok(changed)
    }

    /// Starts git on the folder and leaves it running; what goes in and comes out is the caller's.
    pub(super) fn start(&self, args: &[&str]) -> std::io::Result<Child> {
        command(&self.root, args).stdin(Stdio::piped()).stderr(Stdio::null()).spawn()
    }

    pub(super) fn run(&self, args: &[&str], input: Option<&[u8]>) -> Result<Vec<u8>, Said> {
        run(&self.root, args, input)
    }
}

/// A git setting as it holds in `dir`, such as `user.email`; `None` when unset or without git.
pub fn config_get(dir: &Path, key: &str) -> Option<String> {
    let out = run(dir, &["config", "-z", "--get", key], None).ok()?;
    Some(String::from_utf8_lossy(&out).trim_end_matches('\0').to_string()).filter(|value| !value.is_empty())
}

/// What git said when it failed: the first lines.
#[derive(Debug)]
pub(super) struct Said {
    pub text: String,
    /// Nothing came on standard error: so `git commit` ends when there is nothing to commit.
    pub silent: bool,
}

impl Said {
    pub fn new(text: String) -> Said {
        Said { text, silent: false }
    }

    pub fn failure(self) -> Failure {
        let said = self.text;
        let help = tr!("mend what git names and try again", "请按 git 的提示处理后重试");
        Failure::new(Exit::Wrong, Problem::new("git", tr!("git: {said}", "git：{said}"), help))
    }
}

fn run(dir: &Path, args: &[&str], input: Option<&[u8]>) -> Result<Vec<u8>, Said> {
    finish(command(dir, args), input)
}

fn command(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(dir).arg("--no-pager").arg("--literal-pathspecs").args(args);
    command.env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0").env("GIT_OPTIONAL_LOCKS", "0");
    // Set where cs runs inside a git hook: they would name another index or repository.
    for inherited in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR", "GIT_NAMESPACE"] {
        command.env_remove(inherited);
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn finish(mut command: Command, input: Option<&[u8]>) -> Result<Vec<u8>, Said> {
    command.stdin(if input.is_some() { Stdio::piped() } else { Stdio::null() });
    let not_run = |error: std::io::Error| Said::new(format!("git can't be run: {error}"));
    let mut child = command.spawn().map_err(not_run)?;
    if let (Some(mut pipe), Some(input)) = (child.stdin.take(), input) {
        // Git that ends without reading says why by itself.
        let _ = pipe.write_all(input);
    }
    let output = child.wait_with_output().map_err(not_run)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let silent = output.stderr.trim_ascii().is_empty();
    let said = String::from_utf8_lossy(if silent { &output.stdout } else { &output.stderr });
    let mut lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).take(4).collect();
    if lines.is_empty() {
        lines.push("failed without a word");
    }
    Err(Said { text: lines.join(" / "), silent })
}
