//! The command line in the user's language: clap's own words, its help layout and its errors included.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ArgMatches, Command};

use crate::base::field::{Field, Need, Ty};
use crate::base::problem::{Exit, Failure, Problem};
use crate::base::sheet::Encoding;
use crate::base::words::{Lang, Text, Words, words};
use crate::forms::spec::LineSpec;
use crate::tr;

/// A subcommand's name and its line of help.
pub fn command(name: &'static str, help: Words, lang: Lang) -> Command {
    Command::new(name).about(help.get(lang))
}

/// A flag that takes a value.
pub fn option(name: &'static str, value: &'static str, help: Words, lang: Lang) -> Arg {
    Arg::new(name).long(name).value_name(value).help(help.get(lang)).allow_hyphen_values(true)
}

/// A flag that takes none.
pub fn switch(name: &'static str, help: Words, lang: Lang) -> Arg {
    Arg::new(name).long(name).help(help.get(lang)).action(ArgAction::SetTrue)
}

/// A word given by its place.
pub fn word(name: &'static str, value: &'static str, help: Words, lang: Lang) -> Arg {
    Arg::new(name).value_name(value).help(help.get(lang)).required(true)
}

/// The record that a command is about, as [`find_number`](super::find::find_number) takes it.
pub fn number_word(value: &str, lang: Lang) -> Arg {
    let help = words(
        "Number, or an unambiguous part of it; - is the last one made",
        "单号或能唯一确定的一部分；- 表示最近登记的一张",
    );
    word("NUMBER", "NUMBER", help, lang).value_name(value.to_string()).allow_hyphen_values(true)
}

/// The row of a list that a command is about.
pub fn row_word(lang: Lang) -> Arg {
    word("WORD", "CODE", words("Code, name, or part of a name", "代码、名称或名称的一部分"), lang)
}

/// The word that narrows a listing.
pub fn filter_word(lang: Lang) -> Arg {
    word("WORD", "WORD", words("Only rows that hold this word", "只列出含此文字的行"), lang).required(false)
}

/// The flag `--clear FIELD`, for the commands that edit.
pub fn clear_flag(lang: Lang) -> Arg {
    option("clear", "FIELD", words("Empty an optional field (repeatable)", "清空一个选填项（可重复）"), lang)
        .action(ArgAction::Append)
}

/// The flag `--format`, for the commands that print tables.
pub fn format_flag(lang: Lang) -> Arg {
    option("format", "FORMAT", words("text, md, csv or json", "text、md、csv 或 json"), lang)
        .value_parser(["text", "md", "csv", "json"])
}

/// What `--format` names; `None` where it is left out.
pub fn format_of(args: &ArgMatches) -> Option<&str> {
    args.get_one::<String>("format").map(String::as_str)
}

/// The flag `--records`, for the commands whose figures rest on records.
pub fn records_flag(lang: Lang) -> Arg {
    switch("records", words("Name the records behind each figure (R59)", "列出每个数字对应的单号（R59）"), lang)
}

/// The word that names a file which somebody else made.
pub fn sheet_word(lang: Lang) -> Arg {
    let help = words("An XLSX or CSV file; - is CSV from standard input", "XLSX 或 CSV 文件；- 表示从标准输入读 CSV");
    word("FILE", "FILE", help, lang)
}

/// The flag `--encoding`, for all commands that read a CSV file which somebody else made.
pub fn encoding_flag(lang: Lang) -> Arg {
    let help = words(
        "How the CSV file is encoded: utf-8 (if left out) or gb18030, as Chinese Windows saves it",
        "CSV 文件的编码：utf-8（默认）或 gb18030（中文 Windows 保存的文件）",
    );
    option("encoding", "NAME", help, lang)
        .ignore_case(true)
        .value_parser(Encoding::NAMES.iter().map(|(name, _)| *name).collect::<Vec<_>>())
}

/// The flag `--column KEY=HEADING`, for headings that can't be known.
pub fn column_flag(lang: Lang) -> Arg {
    let help = words("Take the column under this heading for KEY (repeatable)", "把此表头的列当作 KEY 列（可重复）");
    option("column", "KEY=HEADING", help, lang).action(ArgAction::Append)
}

/// The flag of a field: `--wanted-by DATE`. `filled` where it may be left out because it follows from the rest.
pub fn field_flag(field: &'static Field, filled: bool, lang: Lang) -> Arg {
    let long = field.key.replace('_', "-");
    let mut arg = Arg::new(field.key).long(long);
    if field.ty == Ty::Flag {
        return arg.help(field.help.get(lang)).action(ArgAction::SetTrue);
    }
    let needed = match field.need {
        Need::Required if !filled => words(" (required)", "（必填）").get(lang),
        _ => "",
    };
    arg = arg
        .value_name(value_name(field.ty))
        .help(format!("{}{needed}", field.help.get(lang)))
        .allow_hyphen_values(true);
    if field.ty.is_many() { arg.action(ArgAction::Append) } else { arg }
}

/// The flag of a form's lines: `--line MODEL=QUANTITY[@PRICE]`, as often as there are lines.
pub fn line_flag(spec: &'static LineSpec, lang: Lang) -> Arg {
    Arg::new(spec.key)
        .long(spec.key)
        .value_name(spec.syntax())
        .help(format!("{}{}", spec.help.get(lang), words(" (repeatable)", "（可重复）").get(lang)))
        .action(ArgAction::Append)
}

/// How what a field takes is named in usage lines.
pub fn value_name(ty: Ty) -> &'static str {
    match ty {
        Ty::Date => "DATE",
        Ty::Time => "TIME",
        Ty::Stint => "HOURS",
        Ty::Money | Ty::Balance => "AMOUNT",
        Ty::Measure | Ty::Quantity | Ty::Count | Ty::Step => "N",
        Ty::Choice(_) | Ty::Choices(_) => "WORD",
        Ty::Code(_) | Ty::Codes(_) | Ty::StaffCode | Ty::Model => "CODE",
        Ty::Record(_) | Ty::Records(_) => "NUMBER",
        Ty::Files => "FILE",
        Ty::Marks => "ITEM=POINTS",
        Ty::Text | Ty::Routes | Ty::Private | Ty::Flag => "TEXT",
    }
}

/// Gives a command and all below it the help layout in a language.
pub fn localise(command: Command, lang: Lang) -> Command {
    let headings = |en: &'static str, zh: &'static str| words(en, zh).get(lang);
    let template =
        format!("{{about-with-newline}}\n{}{{usage}}\n\n{{all-args}}{{after-help}}", headings("Usage: ", "用法："));
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help(headings("Print help", "显示帮助"))
        .help_heading(headings("Options", "选项"));
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_string()).collect();
    let command = command
        .help_template(template)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .subcommand_help_heading(headings("Commands", "命令"))
        .subcommand_value_name(headings("COMMAND", "命令"))
        .mut_args(|arg| {
            let heading = match (arg.is_positional(), arg.is_global_set()) {
                (true, _) => headings("Arguments", "参数"),
                (_, true) => headings("Everywhere", "通用选项"),
                _ => headings("Options", "选项"),
            };
            let arg = arg.help_heading(heading);
            // Both are said in the help's own words.
            if arg.get_action().takes_values() { arg.hide_possible_values(true).hide_default_value(true) } else { arg }
        })
        .arg(help);
    names.into_iter().fold(command, |command, name| command.mut_subcommand(name, |sub| localise(sub, lang)))
}

/// What clap's rendered help still says in English.
pub fn rendered(help: &StyledStr, lang: Lang, color: bool) -> String {
    let text = if color { help.ansi().to_string() } else { help.to_string() };
    let text = match lang {
        Lang::En => text,
        Lang::Zh => text.replace("[OPTIONS]", "[选项]").replace("用法： ", "用法："),
    };
    if text.ends_with('\n') { text } else { format!("{text}\n") }
}

/// clap's refusal as a problem in both languages; exit 2.
pub fn refusal(error: &clap::Error, usage: &str) -> Failure {
    let text = |kind: ContextKind| match error.get(kind) {
        Some(ContextValue::String(one)) => one.clone(),
        Some(ContextValue::Strings(several)) => several.join(", "),
        Some(ContextValue::StyledStr(one)) => one.to_string(),
        Some(ContextValue::StyledStrs(several)) => {
            several.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        }
        Some(ContextValue::Number(n)) => n.to_string(),
        _ => String::new(),
    };
    let (arg, value) = (text(ContextKind::InvalidArg), text(ContextKind::InvalidValue));
    let (sub, valid) = (text(ContextKind::InvalidSubcommand), text(ContextKind::ValidValue));
    // clap lists the nearest last.
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue]
        .into_iter()
        .filter_map(|kind| text(kind).rsplit(", ").next().map(str::to_string))
        .find(|t| !t.is_empty());
    let prior = text(ContextKind::PriorArg);
    let subs = text(ContextKind::ValidSubcommand);
    let message = match error.kind() {
        ErrorKind::InvalidSubcommand => tr!("there is no command {sub}", "没有 {sub} 这个命令"),
        ErrorKind::UnknownArgument => tr!("{arg} is not understood here", "这里不认识 {arg}"),
        ErrorKind::MissingRequiredArgument => tr!("missing: {arg}", "缺少：{arg}"),
        ErrorKind::MissingSubcommand | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            tr!("which command? one of: {subs}", "请选择命令：{subs}")
        }
        ErrorKind::InvalidValue if value.is_empty() => tr!("{arg} needs a value", "{arg} 需要填值"),
        ErrorKind::InvalidValue => tr!("{arg} can't be \"{value}\"", "{arg} 不能是“{value}”"),
        ErrorKind::ValueValidation => tr!("{arg} can't be \"{value}\"", "{arg} 不能是“{value}”"),
        ErrorKind::ArgumentConflict => tr!("{arg} can't be given with {prior}", "{arg} 不能与 {prior} 同时使用"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            tr!("{arg} has the wrong number of values", "{arg} 的值的个数不对")
        }
        ErrorKind::NoEquals => tr!("{arg} needs =", "{arg} 需要 ="),
        ErrorKind::InvalidUtf8 => tr!("the command line is not UTF-8", "命令行不是 UTF-8 编码"),
        _ => tr!("the command line is wrong", "命令行有误"),
    };
    let usage = usage.trim();
    let usage_zh = usage.replace("[OPTIONS]", "[选项]");
    let mut help = Vec::new();
    if let Some(near) = near {
        help.push(tr!("did you mean {near}?", "是不是 {near}？"));
    }
    if !valid.is_empty() {
        help.push(tr!("one of: {valid}", "可选：{valid}"));
    }
    help.push(Text { en: format!("usage: {usage}"), zh: format!("用法：{usage_zh}") });
    Failure::new(Exit::Usage, Problem::new("usage", message, Text::join(&help, words("\n", "\n"))))
}
