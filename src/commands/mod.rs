//! The commands: one file each, or one for a whole table of them. Each is a line of help and a `run`.

mod ask;
mod assign;
mod bonus;
mod cells;
mod check;
pub mod cli;
mod clock;
mod commit;
mod compare;
mod completions;
mod customer;
pub mod env;
mod find;
mod forms;
mod handout;
mod import;
mod init;
mod known;
mod lists;
mod log;
mod lookup;
mod meetings;
mod merge_driver;
mod paper;
mod print;
mod progress;
mod proposals;
mod qa;
mod report;
mod rows;
mod save;
mod scores;
mod settlement;
mod sheets;
mod shifts;
mod show;
mod todo;
mod turn_into;
mod typed;
mod visits;
mod void;
mod work;

use clap::{ArgMatches, Command};

use crate::base::problem::Outcome;
use crate::base::words::{Lang, Words, words};
use cli::{localise, option, switch};
use env::Env;

/// A command that stands by itself: its name, its line, and what it does.
type Standalone = (&'static str, fn(Lang) -> Command, fn(&Env, &ArgMatches) -> Outcome);

/// The commands that stand by themselves, in the order of the help; those of forms and lists come from their tables.
const COMMANDS: &[Standalone] = &[
    ("init", init::tree, init::run),
    ("todo", todo::tree, todo::run),
    ("show", show::tree, show::run),
    ("print", paper::tree, paper::run),
    ("import", forms::import::tree, forms::import::run),
    ("log", log::tree, log::run),
    ("void", void::tree, void::run),
    ("report", report::tree, report::run),
    ("check", check::tree, check::run),
    ("commit", commit::tree, commit::run),
    ("completions", completions::tree, completions::run),
    ("merge-driver", merge_driver::tree, merge_driver::run),
];

const ABOUT: Words = words(
    "The desk of a customer service department: orders, shipments, arrivals, duties, reports, in a folder kept by git",
    "客户服务部工作台：订单、发货、到货、待办、报表，全部存放在由 git 管理的文件夹里",
);

/// The whole command line in a language.
pub fn tree(lang: Lang) -> Command {
    let mut tree = Command::new("cs")
        .about(ABOUT.get(lang))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(110)
        .args(everywhere(lang))
        .arg(
            switch("version", words("Print the version", "显示版本"), lang).short('V').action(clap::ArgAction::Version),
        )
        .subcommands(forms::tree(lang));
    for (_, command, _) in COMMANDS {
        tree = tree.subcommand(command(lang));
    }
    localise(tree.subcommands(lists::tree(lang)), lang)
}

/// The flags that every command takes.
fn everywhere(lang: Lang) -> Vec<clap::Arg> {
    vec![
        option(
            "dir",
            "DIR",
            words(
                "The department's folder, else CS_DIR, else here or above",
                "部门文件夹；否则取 CS_DIR，否则取当前目录或上级目录",
            ),
            lang,
        )
        .short('C')
        .global(true),
        option(
            "by",
            "STAFF",
            words("Who acts, else CS_BY, else whose e-mail git has", "经办人；否则取 CS_BY，否则按 git 邮箱识别"),
            lang,
        )
        .global(true),
        option(
            "now",
            "TIME",
            words("The moment to take for now, else CS_NOW (R49)", "当作“现在”的时间；否则取 CS_NOW（R49）"),
            lang,
        )
        .global(true),
        option(
            "lang",
            "LANG",
            words("zh or en, else CS_LANG, cs.toml, the locale", "zh 或 en；否则取 CS_LANG、cs.toml、系统语言"),
            lang,
        )
        .global(true),
        switch("json", words("Answer with JSON", "以 JSON 输出"), lang).global(true),
        switch("quiet", words("Say nothing beside the answer", "只输出结果，不输出提示"), lang).short('q').global(true),
        switch("dry-run", words("Show the change and write nothing", "只显示将要做的修改，不写入"), lang).global(true),
        switch("reveal", words("Show phones and contacts whole (R4)", "完整显示电话和联系人（R4）"), lang).global(true),
    ]
}

/// Runs the command that was asked for.
///
/// # Errors
/// What it refuses.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let Some((name, sub)) = args.subcommand() else { return Ok(()) };
    if let Some(outcome) = forms::run(env, name, sub).or_else(|| lists::run(env, name, sub)) {
        return outcome;
    }
    let command = COMMANDS.iter().find(|(known, ..)| *known == name);
    command.map_or(Ok(()), |(.., run)| run(env, sub))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_command_stands_under_its_own_name() {
        for (name, tree, _) in COMMANDS {
            assert_eq!(tree(Lang::En).get_name(), *name);
        }
    }
}
