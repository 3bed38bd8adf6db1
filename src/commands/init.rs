//! `cs init`: a new department's folder, ready to work in.

use std::fs;
use std::path::Path;

use chrono::Datelike;
use clap::{ArgMatches, Command};

use crate::base::problem::{Outcome, Problem};
use crate::base::time::{Zone, days_after};
use crate::base::words::{Lang, words};
use crate::commands::cli::{command, option, word};
use crate::commands::env::Env;
use crate::config::{self, Config};
use crate::holidays::published;
use crate::lists::{LISTS, heads};
use crate::policy::{self, Policy};
use crate::store::folder::GITIGNORE;
use crate::store::{Folder, Git, Holder, Note, WAIT, commit_pending};
use crate::tr;

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    command("init", words("Make a new department's folder", "新建部门文件夹"), lang)
        .arg(word("DIR", "DIR", words("A new or empty directory", "新建的或空的目录"), lang))
        .arg(option(
            "name",
            "NAME",
            words("The department's name (the directory's if left out)", "部门名称（默认用目录名）"),
            lang,
        ))
}

/// Forms and registers are merged by `cs` itself, where the clone knows it; else by git's own text merge.
const GIT_ATTRIBUTES: &str = "*.toml text merge=cs\n*.csv text merge=cs\npolicy.toml text merge=text\ncs.toml text merge=text\nphotos/** binary\n";

/// Runs it.
///
/// # Errors
/// When the directory holds anything, or can't be written.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let typed = args.get_one::<String>("DIR").map_or(".", String::as_str);
    let dir = env.dir.join(typed);
    let empty = |dir: &Path| match fs::read_dir(dir) {
        Ok(mut entries) => entries.all(|entry| entry.is_ok_and(|e| e.file_name() == ".git")),
        Err(error) => error.kind() == std::io::ErrorKind::NotFound,
    };
    if dir.join(config::FILE).is_file() {
        return set_up_clone(env, &dir, typed);
    }
    if !empty(&dir) {
        return Err(Problem::new(
            "init.not-empty",
            tr!("{typed} holds something already, or is no directory", "{typed} 里已有内容，或不是目录"),
            tr!("name a new directory: cs init desk", "请换一个新目录：cs init desk"),
        )
        .into());
    }
    let failed = |error: std::io::Error| -> Problem {
        Problem::new(
            "unwritable",
            tr!("{typed} can't be written: {error}", "无法写入 {typed}：{error}"),
            tr!("choose a directory that you may write", "请选择有写入权限的目录"),
        )
    };
    if env.dry_run {
        env.say(&tr!("would make a department's folder in {typed}", "将在 {typed} 新建部门文件夹"));
        return Ok(());
    }
    fs::create_dir_all(&dir).map_err(failed)?;
    let named = fs::canonicalize(&dir).ok().and_then(|d| d.file_name().map(|n| n.to_string_lossy().into_owned()));
    let name = args.get_one::<String>("name").cloned().or(named).unwrap_or_default();
    let config = Config { name, lang: Some(env.lang), ..Config::default() };
    let folder = Folder::at(&dir);
    let around = Git::probe(&dir);
    let git = around.clone().or_else(|| Git::init(&dir).ok());
    if let Some(git) = &git {
        git.install_driver()?;
        // Somebody else's repository keeps its own hooks.
        if around.is_none() {
            git.install_hook()?;
        }
    }
    let mut writer = folder.lock(&Holder { staff: String::new(), command: "init".to_string() }, WAIT)?;
    if git.is_some() {
        writer.commit_as(Note { subject: "cs init".to_string(), ..Note::default() })?;
    }
    for (path, text) in files(&config, env) {
        writer.create(&path, &text)?;
    }
    drop(writer);
    let year = env.time.year();
    for year in [year, year + 1].into_iter().filter(|year| published(*year).is_none()) {
        env.say(&tr!(
            "the holidays of {year} are not known to this version: add them when they are published (cs calendar add)",
            "本版本没有 {year} 年的放假安排：公布后请用 cs calendar add 补充"
        ));
    }
    env.say(&tr!(
        "made {typed}; next: cs -C {typed} staff add CODE --name NAME --roles manager",
        "已新建 {typed}；下一步：cs -C {typed} staff add 代码 --name 姓名 --roles manager"
    ));
    if git.is_none() {
        env.say(&tr!(
            "git is not installed: the folder works, without history",
            "未安装 git：可以使用，但没有历史记录"
        ));
        return Ok(());
    }
    commit_pending(&folder).map(drop)
}

/// A clone of a department: makes the settings that git does not carry over.
fn set_up_clone(env: &Env, dir: &Path, typed: &str) -> Outcome {
    let Some(git) = Git::probe(dir).filter(|_| !env.dry_run) else { return Ok(()) };
    git.install_driver()?;
    git.install_hook()?;
    env.say(&tr!(
        "{typed} is a department already: its git now merges and checks records",
        "{typed} 已是部门文件夹：已设置 git 合并和提交前检查"
    ));
    Ok(())
}

/// The files of a new folder.
fn files(config: &Config, env: &Env) -> Vec<(String, String)> {
    let lang = config.lang.unwrap_or_default();
    let mut files = vec![
        (config::FILE.to_string(), config.text()),
        (policy::FILE.to_string(), Policy::text(lang)),
        (".gitignore".to_string(), GITIGNORE.to_string()),
        (".gitattributes".to_string(), GIT_ATTRIBUTES.to_string()),
    ];
    for spec in LISTS {
        let mut text = format!("{}\n", heads(spec));
        if spec.list == crate::base::field::List::Calendar {
            text.push_str(&calendar(env));
        }
        files.push((spec.file.to_string(), text));
    }
    files
}

/// The public holidays and make-up working days of this year and, where published, the next.
fn calendar(env: &Env) -> String {
    let today = Zone::default().day(env.time);
    let years = [today.year(), days_after(today, 365).year()];
    let mut text = String::new();
    for row in years.into_iter().filter_map(published).flatten() {
        let kind = if row.off { "off" } else { "working" };
        text.push_str(&format!("{},{kind},{}\n", row.date, row.note.get(env.lang)));
    }
    text
}
