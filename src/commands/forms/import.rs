//! `cs import FORM FILE`: a paper form that was filled in on a spreadsheet comes back as a record, as `new` makes it.

use clap::{Arg, ArgMatches, Command};

use super::common;
use super::filled::Filled;
use super::new::{Origin, make};
use crate::base::problem::Outcome;
use crate::base::words::{Lang, Text, words};
use crate::commands::cli::{command, encoding_flag, field_flag, line_flag, option, sheet_word, switch};
use crate::commands::env::Env;
use crate::commands::sheets::given_sheet;
use crate::forms::spec::FormSpec;
use crate::forms::spec_of;
use crate::paper::{BUILT_IN, BuiltIn, grid_for};
use crate::tr;

/// The command's line: a subcommand for each paper form, which takes what its kind's `new` takes.
pub fn tree(lang: Lang) -> Command {
    let about =
        words("Take over a paper form that was filled in on a spreadsheet", "把在电子表格中填好的纸质表单登记为单据");
    command("import", about, lang)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .after_help(way("repair").get(lang).to_string())
        .subcommands(BUILT_IN.iter().map(|built_in| paper_command(built_in, lang)))
}

fn paper_command(built_in: &BuiltIn, lang: Lang) -> Command {
    let (spec, name, title) = (spec_of(built_in.kind), built_in.name, built_in.title);
    let (en, zh) = super::name_of(spec);
    let about = tr!("Make a record ({en}) from the form filled in: {title}", "用填好的{title}登记{zh}"; title);
    let again = words("Take it over although the same is on record", "内容相同的单据已登记过时仍再登记一张");
    let form = words(
        "The paper it was printed on, if the department's own of another name",
        "所用的表单（本部门另取名的表单）",
    );
    Command::new(name)
        .about(about.get(lang).to_string())
        .after_help(way(name).get(lang).to_string())
        .arg(sheet_word(lang))
        .arg(option("form", "FORM", form, lang))
        .arg(encoding_flag(lang))
        .arg(switch("again", again, lang))
        .args(flags(spec, lang))
        .args(common(lang))
}

/// The flags of the fields; none of them is required, as the form gives what it has a cell for.
fn flags(spec: &'static FormSpec, lang: Lang) -> impl Iterator<Item = Arg> {
    let fields = spec.fields.iter().map(move |field| field_flag(field, true, lang));
    fields.chain(spec.lines.map(|lines| line_flag(lines, lang)))
}

/// How a form goes out and comes back, below the help.
fn way(name: &str) -> Text {
    tr!(
        "Print a blank form, fill it in with any spreadsheet program, save it as XLSX or CSV:
  cs print --blank {name} --lines 10 --format xlsx --out blank.xlsx
  cs import {name} blank.xlsx --dry-run
  cs import {name} blank.xlsx
  cs import {name} blank.csv --encoding gb18030
The language and the lines of the blank form are found by its printed words; empty lines are passed over.
A customer, site and the like is given by code or name, a day as 2026-11-21. What the form has no cell for, and
photos, are given by flags, which go before the file. Sums and the like may be filled in: they must be right.
Everything wrong is told by its cell, and nothing is recorded then. A form that is on record already is refused.",
        "打印空白表单，用任意电子表格软件填写，保存为 XLSX 或 CSV：
  cs print --blank {name} --lines 10 --format xlsx --out 空白.xlsx
  cs import {name} 空白.xlsx --dry-run
  cs import {name} 空白.xlsx
  cs import {name} 空白.csv --encoding gb18030
表单的语言和明细行数按印好的文字识别；空白的明细行不计。
客户、商场等可填代码或名称，日期写成 2026-11-21。表单上没有的项和照片用参数给出，参数优先于文件。
合计等可以填写，但必须正确。所有错误按单元格一次列出，有错则不登记。已登记过的表单不会重复登记。"
    )
}

/// Runs it.
///
/// # Errors
/// Everything that is wrong with the file, its cells and the record; nothing is written then.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let Some((name, args)) = args.subcommand() else { return Ok(()) };
    let Some(built_in) = BUILT_IN.iter().find(|built_in| built_in.name == name) else { return Ok(()) };
    let spec = spec_of(built_in.kind);
    let folder = env.folder()?;
    let paper = args.get_one::<String>("form").map_or(name, String::as_str);
    let grid = grid_for(&folder, spec, Some(paper))?;
    let filled = Filled { grid, sheet: given_sheet(env, args)?, again: args.get_flag("again") };
    make(env, &folder, spec, args, &Origin::Paper(filled), &format!("import {name}"))
}
