//! Files that somebody else made, as commands are given them: the file, its encoding, its columns named by hand.

use std::io::Read;
use std::path::Path;

use clap::ArgMatches;

use crate::base::problem::{Outcome, Place, Problem, all_or};
use crate::base::sheet::{Encoding, LARGEST, Sheet, read_sheet};
use crate::commands::env::Env;
use crate::tr;

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
    read_sheet(name, &bytes(&env.cwd, name)?, encoding)
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

/// A file's bytes; of one that is too large, no more than it takes to see that.
fn bytes(cwd: &Path, name: &str) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = if name == "-" {
        std::io::stdin().lock().take(LARGEST + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(cwd.join(name)).and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| {
        Problem::new(
            "sheet.file",
            tr!("{name} can't be read: {error}", "无法读取 {name}：{error}"),
            tr!("give the path of an XLSX or CSV file that exists", "请给出存在的 XLSX 或 CSV 文件路径"),
        )
        .at(Place::file(name))
    })?;
    Ok(bytes)
}
