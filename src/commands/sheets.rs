//! Files that somebody else made, as commands are given them: the file, its encoding, its columns named by hand.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use clap::ArgMatches;

use crate::base::problem::{Outcome, Place, Problem, all_or};
use crate::base::sheet::{Encoding, LARGEST, Sheet, read_sheet};
use crate::base::words::Text;
use crate::commands::env::Env;
use crate::tr;

/// The largest TOML form, in bytes: 1 MiB.
const LARGEST_FORM: u64 = 1 << 20;

/// The sheet that the word FILE names, read as `--encoding` says.
///
/// # Errors
/// `sheet.file` when it can't be read; else what [`read_sheet`] refuses.
pub fn given_sheet(env: &Env, args: &ArgMatches) -> Outcome<Sheet> {
    sheet_of(env, args.get_one::<String>("FILE").map_or("", String::as_str), args)
}

/// The sheet of this name, read as `--encoding` says.
///
/// # Errors
/// `sheet.file` when it can't be read; else what [`read_sheet`] refuses.
pub fn sheet_of(env: &Env, name: &str, args: &ArgMatches) -> Outcome<Sheet> {
    let encoding = args.get_one::<String>("encoding").and_then(|name| Encoding::from_name(name));
    let bytes = bytes(&env.cwd, name, LARGEST).map_err(|error| {
        Problem::new(
            "sheet.file",
            tr!("{name} can't be read: {error}", "无法读取 {name}：{error}"),
            tr!("give the path of an XLSX or CSV file that exists", "请给出存在的 XLSX 或 CSV 文件路径"),
        )
        .at(Place::file(name))
    })?;
    read_sheet(name, &bytes, encoding)
}

/// The columns that `--column KEY=HEADING` names: keys and headings.
///
/// # Errors
/// All that are written otherwise.
pub fn by_hand(args: &ArgMatches) -> Outcome<Vec<(String, String)>> {
    let (mut mapped, mut problems) = (Vec::new(), Vec::new());
    for text in args.get_many::<String>("column").into_iter().flatten() {
        match text.split_once('=').map(|(key, heading)| (key.trim(), heading.trim())) {
            Some((key, heading)) if !key.is_empty() && !heading.is_empty() => {
                mapped.push((key.replace('-', "_"), heading.to_string()));
            }
            _ => problems.push(Problem::new(
                "column.syntax",
                tr!("--column can't be \"{text}\"", "--column 不能是“{text}”"),
                tr!(
                    "write it as KEY=HEADING, with the heading as it stands in the file",
                    "请写成 KEY=表头，表头照文件填写"
                ),
            )),
        }
    }
    all_or(problems)?;
    Ok(mapped)
}

/// The text of the TOML form that `--from` names; `-` is standard input.
///
/// # Errors
/// `from` when it can't be read, is larger than a form can be, or is not UTF-8.
pub fn form_file(cwd: &Path, name: &str) -> Outcome<String> {
    let wrong = |message: Text| {
        Problem::new(
            "from",
            message,
            tr!(
                "give a TOML form in UTF-8, or - for standard input",
                "请给出 UTF-8 编码的 TOML 表单文件，或用 - 表示标准输入"
            ),
        )
    };
    let bytes = bytes(cwd, name, LARGEST_FORM)
        .map_err(|error| wrong(tr!("{name} can't be read: {error}", "无法读取 {name}：{error}")))?;
    if bytes.len() as u64 > LARGEST_FORM {
        let limit = LARGEST_FORM >> 20;
        return Err(wrong(tr!("{name} is larger than {limit} MiB", "{name} 超过 {limit} MiB")).into());
    }
    String::from_utf8(bytes).map_err(|_| wrong(tr!("{name} is not UTF-8", "{name} 不是 UTF-8 编码")).into())
}

/// A file's bytes; of one that is larger than `most`, no more than it takes to see that.
fn bytes(cwd: &Path, name: &str, most: u64) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    if name == "-" {
        io::stdin().lock().take(most + 1).read_to_end(&mut bytes)?;
    } else {
        File::open(cwd.join(name))?.take(most + 1).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
