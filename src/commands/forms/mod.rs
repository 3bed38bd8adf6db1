//! The commands of all forms, made from the table of kinds: new, one for each step, edit, list, show.
//! A new kind of form needs no code here, unless it takes defaults from elsewhere.

mod blank;
mod defaults;
mod edit;
mod filled;
pub mod import;
mod lines;
mod list;
mod new;
mod show;
pub mod step;
pub mod written;

use clap::{ArgMatches, Command};

pub use list::period_of;
pub use new::{Draft, draft, run as make_new};
pub use show::{document, show};

use super::cli::{
    clear_flag, column_flag, encoding_flag, field_flag, filter_word, format_flag, line_flag, number_word, option,
    switch, value_name, word,
};
use super::env::Env;
use super::find::find_number;
use super::shifts::is_of_now;
use crate::base::field::{Field, Kind, Ty};
use crate::base::problem::Outcome;
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::calls;
use crate::forms::KINDS;
use crate::forms::form::Form;
use crate::forms::shared::FROM_CONSULT;
use crate::forms::spec::{FormSpec, StepSpec};
use crate::scores;
use crate::shifts;
use crate::tr;
use crate::visits::next_command;

/// Commands that join those of the forms in their groups: `cs ship statement`.
pub struct Guest {
    /// What it adds to a group.
    pub tree: fn(group: &str, lang: Lang) -> Vec<Command>,
    /// Runs a command that it added; `None` where it is none of its own.
    pub run: fn(env: &Env, group: &str, verb: &str, args: &ArgMatches) -> Option<Outcome>,
}

/// All guests.
const GUESTS: &[Guest] = &[
    super::compare::GUEST,
    super::clock::GUEST,
    super::settlement::GUEST,
    super::visits::GUEST,
    super::scores::GUEST,
    super::qa::GUEST,
    super::bonus::GUEST,
    super::proposals::GUEST,
    super::turn_into::GUEST,
    super::lookup::GUEST,
    super::work::GUEST,
    super::meetings::GUEST,
    super::shifts::GUEST,
];

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
    let named = |lang: Lang| kinds.iter().map(|k| k.name.get(lang).to_lowercase()).collect::<Vec<_>>();
    let (en, zh) = (named(Lang::En).join(", "), named(Lang::Zh).join("、"));
    let about = tr!("Steps of the {en}, from the first to the last", "{zh}：从登记到结案");
    let mut group =
        Command::new(name).about(about.get(lang).to_string()).subcommand_required(true).arg_required_else_help(true);
    for spec in kinds {
        group = group.subcommand(new_command(spec, lang));
        for step in spec.steps {
            let sharing = taking(name, step.verb);
            // A verb of several kinds stands where the first of them has it.
            if sharing.first().is_some_and(|(first, _)| std::ptr::eq(*first, spec)) {
                group = group.subcommand(step_command(&sharing, lang));
            }
        }
        group = group.subcommands([edit_command(spec, lang), list_command(spec, lang), show_command(spec, lang)]);
    }
    group.subcommands(GUESTS.iter().flat_map(|guest| (guest.tree)(name, lang)))
}

fn new_command(spec: &'static FormSpec, lang: Lang) -> Command {
    let example = format!("{}{}", words("Example: ", "示例：").get(lang), spec.example);
    making_command(spec.verbs.new, spec, spec.verbs.subject, defaults::fillable(spec), lang).after_help(example)
}

/// The command that makes a form of a kind out of a consult: the consult's number is its first word, and what follows
/// from the consult may be left out.
pub fn from_consult_command(spec: &'static FormSpec, lang: Lang) -> Command {
    let mut fillable = defaults::fillable(spec).to_vec();
    fillable.extend(defaults::fillable_from_consult(spec));
    making_command(spec.code, spec, Some(FROM_CONSULT.key), &fillable, lang)
}

/// A command that makes a form. `subject` is the field given as its first word; what is `fillable` may be left out.
fn making_command(
    name: &'static str,
    spec: &'static FormSpec,
    subject: Option<&str>,
    fillable: &[&str],
    lang: Lang,
) -> Command {
    let flags = spec.fields.iter().filter(|f| Some(f.key) != subject);
    let mut new = Command::new(name).about(spec.help.get(lang));
    if let Some(subject) = subject.and_then(|key| spec.field(key)) {
        let word = word(subject.key, value_name(subject.ty), subject.help, lang).allow_hyphen_values(true);
        new = new.arg(word.required(false).required_unless_present_any(["blank", "from"]));
    }
    new = new
        .args(flags.map(|f| field_flag(f, fillable.contains(&f.key), lang)))
        .args(spec.lines.map(|l| line_flag(l, lang)));
    new.arg(option(
        "from",
        "FILE",
        words(
            "A TOML form with the same keys (- is standard input); or its lines alone, in an XLSX or CSV file",
            "含相同字段的 TOML 表单（- 为标准输入）；或只含明细的 XLSX、CSV 文件",
        ),
        lang,
    ))
    .args([encoding_flag(lang), column_flag(lang)])
    .arg(switch("blank", words("Print a blank form to fill in, for --from", "输出空白表单，填好后用于 --from"), lang))
    .args(common(lang))
}

/// A kind and the step of it that a verb means.
type Taking = (&'static FormSpec, &'static StepSpec);

/// The kinds under a command that have a step with this verb: the number tells which is meant.
fn taking(name: &str, verb: &str) -> Vec<Taking> {
    kinds_of(name).filter_map(|spec| Some((spec, spec.steps.iter().find(|s| s.verb == verb)?))).collect()
}

fn step_command(sharing: &[Taking], lang: Lang) -> Command {
    let verb = sharing.first().map_or("", |(_, step)| step.verb);
    let help: Vec<&str> = sharing.iter().map(|(_, step)| step.help.get(lang)).collect();
    let prefixes: Vec<&str> = sharing.iter().map(|(spec, _)| spec.prefix).collect();
    let mut command = Command::new(verb).about(help.join(words("; ", "；").get(lang)));
    let number = number_word(&prefixes.join("|"), lang);
    let implied = sharing.iter().any(|(spec, step)| is_of_now(spec, step));
    command = command.arg(number.required(!implied));
    let mut known: Vec<&str> = Vec::new();
    for (step, field) in sharing.iter().flat_map(|(_, step)| step.fields.iter().map(move |f| (step, f))) {
        if !known.contains(&field.key) {
            known.push(field.key);
            command = command.arg(field_flag(field, defaults::fillable_in(step).contains(&field.key), lang));
        }
    }
    let lines = sharing.iter().find_map(|(_, step)| step.lines);
    command.args(lines.map(|l| line_flag(l, lang))).args(common(lang))
}

/// A kind's name inside a sentence.
fn name_of(spec: &FormSpec) -> (String, &'static str) {
    (spec.name.en.to_lowercase(), spec.name.zh)
}

fn edit_command(spec: &'static FormSpec, lang: Lang) -> Command {
    let (en, zh) = name_of(spec);
    let about = tr!("Change what no signature covers (R67): {en}", "修改{zh}中未经签字的内容（R67）");
    Command::new(spec.verbs.edit)
        .about(about.get(lang).to_string())
        .arg(number_word(spec.prefix, lang))
        .args(spec.fields.iter().map(|f| field_flag(f, true, lang)))
        .args(spec.lines.map(|l| line_flag(l, lang)))
        .arg(clear_flag(lang))
        .args(common(lang))
}

fn list_command(spec: &'static FormSpec, lang: Lang) -> Command {
    let (en, zh) = name_of(spec);
    let about = tr!("List those that are not over: {en}; --all for every one", "列出未结案的{zh}；--all 列出全部");
    let made = words("Made in this period, as 2026-11 or this-week", "登记时间，如 2026-11 或本周");
    Command::new(spec.verbs.list)
        .about(about.get(lang).to_string())
        .arg(filter_word(lang))
        .arg(option("state", "STATE", words("Only this state", "只列出此状态"), lang))
        .arg(option("made", "PERIOD", made, lang))
        .arg(switch("all", words("Closed and cancelled ones too", "包括已结案、已取消的"), lang))
        .arg(format_flag(lang))
}

fn show_command(spec: &'static FormSpec, lang: Lang) -> Command {
    let (en, zh) = name_of(spec);
    let about =
        tr!("Show fields, lines, steps and what follows from them: {en}", "查看{zh}：内容、明细、步骤及推算结果");
    Command::new(spec.verbs.show).about(about.get(lang).to_string()).arg(number_word(spec.prefix, lang))
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
        }
    }
    match taking(name, verb).as_slice() {
        [] => GUESTS.iter().find_map(|guest| (guest.run)(env, name, verb, args)),
        [(spec, step)] => Some(step::run(env, spec, step, args)),
        several => Some(meant(env, several, args).and_then(|(spec, step)| step::run(env, spec, step, args))),
    }
}

/// Of several kinds with the same verb, the one whose number was given.
fn meant(env: &Env, several: &[Taking], args: &ArgMatches) -> Outcome<Taking> {
    let folder = env.folder()?;
    let kinds: Vec<&'static FormSpec> = several.iter().map(|(spec, _)| *spec).collect();
    let word = args.get_one::<String>("NUMBER").map_or("", String::as_str);
    let number = find_number(&Book::open(&folder, env.time), &kinds, word)?;
    // The number is of one of the kinds that were looked through.
    Ok(several.iter().copied().find(|(spec, _)| spec.prefix == number.prefix()).unwrap_or(several[0]))
}

/// The command that usually comes next for a form.
fn next(book: &Book<'_>, form: &Form) -> Option<String> {
    if form.spec.kind == Kind::Visit {
        return next_command(book, form);
    }
    let usual = form.state().usual?;
    Some(format!("cs {usual} {}", form.number))
}

/// What a form comes to, where whoever changed it wants to know at once.
fn comes_to(book: &Book<'_>, form: &Form) -> Vec<Text> {
    match form.spec.kind {
        Kind::Call => calls::told(book, form).into_iter().collect(),
        Kind::Score => scores::told(book, form).into_iter().collect(),
        Kind::Shift => shifts::told(book, form),
        _ => Vec::new(),
    }
}

/// The files that flags name: those to attach to the step, then the photos of its fields.
struct Files {
    paths: Vec<String>,
    attached: usize,
}

impl Files {
    fn given(args: &ArgMatches, fields: &[Field]) -> Files {
        let of = |key: &str| args.get_many::<String>(key).into_iter().flatten().cloned().collect::<Vec<_>>();
        let mut paths = of("attach");
        let attached = paths.len();
        paths.extend(fields.iter().filter(|f| f.ty == Ty::Files).flat_map(|f| of(f.key)));
        Files { paths, attached }
    }
}

/// Whether a field was given by its flag.
fn is_given(args: &ArgMatches, field: &Field) -> bool {
    args.value_source(field.key) == Some(clap::parser::ValueSource::CommandLine)
}
