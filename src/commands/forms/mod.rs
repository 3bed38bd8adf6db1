//! The commands of all forms, made from the table of kinds: new, one for each step, edit, list, show.
//! A new kind of form needs no code here, unless it takes defaults from elsewhere.

mod defaults;
mod edit;
mod list;
mod new;
mod show;
pub mod step;
pub mod typed;

use clap::{ArgMatches, Command};

pub use list::period_of;
pub use show::{document, show};

use super::cli::{command, field_flag, line_flag, option, switch, word};
use super::env::Env;
use crate::base::field::Field;
use crate::base::problem::Outcome;
use crate::base::words::{Lang, words};
use crate::forms::KINDS;
use crate::forms::spec::{FormSpec, StepSpec};

/// The kinds that live under a command.
fn kinds_of(name: &str) -> impl Iterator<Item = &'static FormSpec> {
    KINDS.iter().copied().filter(move |spec| spec.verbs.command == name)
}

/// The `cs order`, `cs ship` … commands.
pub fn tree(lang: Lang) -> Vec<Command> {
    let mut names: Vec<&'static str> = Vec::new();
    for spec in KINDS {
        if !names.contains(&spec.verbs.command) {
            names.push(spec.verbs.command);
        }
    }
    names.into_iter().map(|name| group(name, lang)).collect()
}

fn group(name: &'static str, lang: Lang) -> Command {
    let kinds: Vec<&'static FormSpec> = kinds_of(name).collect();
    let names: Vec<&str> = kinds.iter().map(|k| k.name.get(lang)).collect();
    let about = match lang {
        Lang::En => format!("{}s, from the first word to the last", names.join("s and ").to_lowercase()),
        Lang::Zh => format!("{}：从登记到结案", names.join("、")),
    };
    let mut group = Command::new(name).about(about).subcommand_required(true).arg_required_else_help(true);
    for spec in kinds {
        group = group.subcommand(new_command(spec, lang));
        for step in spec.steps {
            group = group.subcommand(step_command(spec, step, lang));
        }
        let what = spec.name.get(lang);
        let number = || {
            word(
                "NUMBER",
                "NUMBER",
                words(
                    "Number, or an unambiguous part of it; - is the last one made",
                    "单号或能唯一确定的一部分；- 表示最近登记的一张",
                ),
                lang,
            )
        };
        let edit = Command::new(spec.verbs.edit)
            .about(match lang {
                Lang::En => format!("Change fields of the {} that no signature covers (R67)", what.to_lowercase()),
                Lang::Zh => format!("修改{what}中未经签字的内容（R67）"),
            })
            .arg(number())
            .args(spec.fields.iter().map(|f| field_flag(f, true, lang)))
            .args(spec.lines.map(|l| line_flag(l, lang)))
            .arg(
                option(
                    "clear",
                    "FIELD",
                    words("Empty an optional field (repeatable)", "清空一个选填项（可重复）"),
                    lang,
                )
                .action(clap::ArgAction::Append),
            )
            .args(common(lang));
        let list = Command::new(spec.verbs.list)
            .about(match lang {
                Lang::En => format!("List the {}s that are not over; --all for every one", what.to_lowercase()),
                Lang::Zh => format!("列出未结案的{what}；--all 列出全部"),
            })
            .arg(
                word("WORD", "WORD", words("Only rows that hold this word", "只列出含此文字的行"), lang)
                    .required(false),
            )
            .arg(option("state", "STATE", words("Only this state", "只列出此状态"), lang))
            .arg(option(
                "made",
                "PERIOD",
                words("Made in this period, as 2026-11 or this-week", "登记时间，如 2026-11 或 this-week"),
                lang,
            ))
            .arg(switch("all", words("Closed and cancelled ones too", "包括已结案、已取消的"), lang))
            .arg(
                option("format", "FORMAT", words("text, md, csv or json", "text、md、csv 或 json"), lang)
                    .value_parser(["text", "md", "csv", "json"]),
            );
        let show = Command::new(spec.verbs.show)
            .about(match lang {
                Lang::En => {
                    format!("Show one {} whole: fields, lines, steps, and what follows from them", what.to_lowercase())
                }
                Lang::Zh => format!("查看一张{what}：内容、明细、步骤及推算结果"),
            })
            .arg(number());
        group = group.subcommands([edit, list, show]);
    }
    group
}

fn new_command(spec: &'static FormSpec, lang: Lang) -> Command {
    let flags = spec.fields.iter().filter(|f| Some(f.key) != spec.verbs.subject);
    let mut new = Command::new(spec.verbs.new).about(spec.help.get(lang));
    if let Some(subject) = spec.verbs.subject.and_then(|key| spec.field(key)) {
        new = new.arg(word(subject.key, "NUMBER", subject.help, lang).allow_hyphen_values(true));
    }
    new = new
        .args(flags.map(|f| field_flag(f, defaults::fillable(spec).contains(&f.key), lang)))
        .args(spec.lines.map(|l| line_flag(l, lang)));
    new.arg(option(
        "from",
        "FILE",
        words("A TOML form with the same keys; - is standard input", "含相同字段的 TOML 表单；- 为标准输入"),
        lang,
    ))
    .args(common(lang))
    .mut_args(|arg| if arg.get_id() == "orders" { arg.visible_alias("order") } else { arg })
}

fn step_command(spec: &'static FormSpec, step: &'static StepSpec, lang: Lang) -> Command {
    let number = words(
        "Number, or an unambiguous part of it; - is the last one made",
        "单号或能唯一确定的一部分；- 表示最近登记的一张",
    );
    command(step.verb, step.help, lang)
        .arg(word("NUMBER", spec.prefix, number, lang).allow_hyphen_values(true))
        .args(step.fields.iter().map(|f| field_flag(f, false, lang)))
        .args(step.lines.map(|l| line_flag(l, lang)))
        .args(common(lang))
}

/// What any writing command of a form takes.
pub fn common(lang: Lang) -> [clap::Arg; 3] {
    [
        option("at", "TIME", words("When it happened, if not now", "发生时间（默认现在）"), lang),
        option("note", "TEXT", words("A remark", "备注"), lang),
        option(
            "attach",
            "FILE",
            words("A photo or file to keep with the step (repeatable)", "随步骤保存的照片或文件（可重复）"),
            lang,
        )
        .action(clap::ArgAction::Append),
    ]
}

/// Runs a command of the forms; `None` where the name is none of theirs.
///
/// # Errors
/// What the command refuses.
pub fn run(env: &Env, name: &str, args: &ArgMatches) -> Option<Outcome> {
    let (verb, args) = args.subcommand()?;
    for spec in kinds_of(name) {
        let verbs = &spec.verbs;
        if verb == verbs.new {
            return Some(new::run(env, spec, args));
        } else if verb == verbs.edit {
            return Some(edit::run(env, spec, args));
        } else if verb == verbs.list {
            return Some(list::run(env, spec, args));
        } else if verb == verbs.show {
            return Some(show::run(env, spec, args));
        } else if let Some(step) = spec.steps.iter().find(|s| s.verb == verb) {
            return Some(step::run(env, spec, step, args));
        }
    }
    None
}

/// The files named by `--attach`.
fn attachments(args: &ArgMatches) -> Vec<String> {
    args.get_many::<String>("attach").into_iter().flatten().cloned().collect()
}

/// The keys of fields that flags may give.
fn is_given(args: &ArgMatches, field: &Field) -> bool {
    args.value_source(field.key) == Some(clap::parser::ValueSource::CommandLine)
}
