//! Which record a typed word means: a whole number, any fragment that fits one, or `-` for the last one made.

use crate::base::number::Number;
use crate::base::problem::Problem;
use crate::book::Book;
use crate::forms::form::path_of;
use crate::forms::spec::{FormSpec, Kept};
use crate::tr;

/// Where the number of the last record made by a person is noted; local to the clone, never committed.
pub const LAST: &str = ".cs/last";

/// The number that a word means among some kinds of form. Letter case does not matter.
///
/// # Errors
/// A problem that lists the candidates, newest first, or says that there is none.
pub fn find_number(book: &Book<'_>, kinds: &[&'static FormSpec], word: &str) -> Result<Number, Problem> {
    let names = || kinds.iter().map(|k| k.prefix).collect::<Vec<_>>().join(", ");
    if word == "-" {
        let last = book.source().read(LAST)?.unwrap_or_default();
        let mut mine = last.lines().filter_map(|line| line.parse::<Number>().ok());
        let fits = mine.rfind(|n| kinds.iter().any(|k| k.prefix == n.prefix()));
        return fits.ok_or_else(|| {
            Problem::new(
                "number.last",
                tr!("nothing was made here yet that - could mean", "还没有可以用 - 表示的单据"),
                tr!("give the number", "请填写单号"),
            )
        });
    }
    if let Ok(number) = word.parse::<Number>() {
        let Some(spec) = kinds.iter().find(|k| k.prefix == number.prefix()) else {
            let kinds = names();
            return Err(Problem::new(
                "number.kind",
                tr!("{number} is of another kind", "{number} 不是这类单据"),
                tr!("this command takes: {kinds}", "此命令适用于：{kinds}"),
            ));
        };
        // One that can't be read is there: what is wrong with it is told by who reads it.
        let path = path_of(spec, &number);
        let there = match spec.kept {
            Kept::File => !matches!(book.source().read(&path), Ok(None)),
            Kept::Rows => book.numbers_in_month(spec, &path).contains(&number),
        };
        return if there { Ok(number) } else { Err(unknown(word, kinds)) };
    }
    let fragment = word.to_ascii_uppercase();
    let plausible = !fragment.is_empty() && fragment.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let mut found: Vec<Number> = Vec::new();
    if plausible {
        for spec in kinds {
            found.extend(book.numbers(spec, &fragment));
        }
    }
    // "YX-1" means counter 1, not 10 to 19, where both are there.
    let tails: Vec<&Number> = found.iter().filter(|n| n.to_string().ends_with(&format!("-{fragment}"))).collect();
    match (found.as_slice(), tails.as_slice()) {
        ([], _) => Err(unknown(word, kinds)),
        ([one], _) => Ok(one.clone()),
        (_, [one]) => Ok((*one).clone()),
        (all, _) => {
            let count = all.len();
            let mut list: Vec<String> = all.iter().take(8).map(ToString::to_string).collect();
            if count > 8 {
                list.push("…".to_string());
            }
            let list = list.join(", ");
            Err(Problem::new(
                "number.ambiguous",
                tr!("\"{word}\" fits {count} records", "“{word}”对应 {count} 张单据"),
                tr!("type more of the number: {list}", "请把单号写得更完整：{list}"),
            ))
        }
    }
}

fn unknown(word: &str, kinds: &[&'static FormSpec]) -> Problem {
    let all = kinds.iter().map(|k| format!("cs {} {}", k.verbs.command, k.verbs.list)).collect::<Vec<_>>().join(", ");
    Problem::new(
        "number.unknown",
        tr!("there is no record \"{word}\"", "没有单号为“{word}”的单据"),
        tr!("see the numbers with {all}", "用 {all} 查看单号"),
    )
}
