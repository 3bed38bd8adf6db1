//! `cs report diff`: what moved in a report between two revisions, the records behind it, and the commits behind those.

use std::collections::{BTreeMap, BTreeSet};

use clap::{ArgMatches, Command};

use super::origin::Origin;
use super::{period, period_word};
use crate::base::number::Number;
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::source::Source;
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::commands::cli::{command, format_flag, format_of, word};
use crate::commands::env::Env;
use crate::commands::progress::Counted;
use crate::forms::KINDS;
use crate::forms::form::path_of;
use crate::forms::spec::Kept;
use crate::forms::with_prefix;
use crate::lists::LISTS;
use crate::registers::REGISTERS;
use crate::reports::diff::{Commit, Trace, Traced, difference};
use crate::reports::{REPORTS, named, report};
use crate::show::{Canvas, diff as draw, json};
use crate::store::Git;
use crate::store::revision::Touching;
use crate::{config, policy};

/// The command's line.
pub fn tree(lang: Lang) -> Command {
    let rev = |name, help| word(name, name, help, lang);
    command(
        "diff",
        words(
            "What moved in a report between two revisions, and the records and commits that moved it",
            "两个版本之间报表数字的变动，以及引起变动的单据和提交",
        ),
        lang,
    )
    .arg(rev("REV1", words("A commit, tag, HEAD~3, day or moment", "提交号、标签、HEAD~3、日期或时刻")))
    .arg(rev("REV2", words("Another; . is the folder as it stands", "另一个版本；. 表示文件夹现状")))
    .arg(
        word("NAME", "NAME", words("A report: month, orders …", "报表名：month、orders 等"), lang)
            .value_parser(REPORTS.iter().map(|spec| spec.name).collect::<Vec<_>>()),
    )
    .arg(period_word(lang))
    .arg(format_flag(lang))
}

/// Runs it.
///
/// # Errors
/// When a revision or the period is none, or a file can't be read.
pub fn run(env: &Env, args: &ArgMatches) -> Outcome {
    let typed = |name: &str| args.get_one::<String>(name).map_or("", String::as_str);
    let Some(spec) = named(typed("NAME")) else { return Ok(()) };
    let folder = env.folder()?;
    let [old, new] = [typed("REV1"), typed("REV2")].map(|word| Origin::named(env, &folder, word));
    let (old, new) = (old?, new?);
    // Both are of one moment, or the figures would move by themselves.
    let time = if env.timed { env.time } else { old.time(env).max(new.time(env)) };
    let (old_source, new_source) = (Counted::new(old.source()), Counted::new(new.source()));
    let (before, after) = (Book::open(&old_source, time), Book::open(&new_source, time));
    before.sound()?;
    after.sound()?;
    let period = period(&after, spec, args)?;
    let git = Git::around(folder.root())?;
    let found = new_source.during(env, || -> Outcome<_> {
        let reports =
            [(&before, &old), (&after, &new)].map(|(book, origin)| report(book, spec, period, origin.input(book)));
        let history = History::between(&git, &old, &new)?;
        let compared = Compared { before: &before, after: &after, history: &history };
        Ok(difference(&reports[0], &reports[1], &compared, compared.others()?))
    })?;
    let canvas = Canvas { zone: after.config.zone, ..env.canvas };
    let format = format_of(args).unwrap_or("text");
    match if env.json { "json" } else { format } {
        "json" => env.data(&json::text(&draw::json(&found))),
        "csv" => env.data(&draw::csv(&found, env.lang)),
        "md" => env.print(&draw::markdown(&found, &canvas)),
        _ => env.print(&draw::text(&found, &canvas)),
    }?;
    let mut problems = before.take_problems();
    problems.extend(after.take_problems());
    let mut told: Vec<Problem> = Vec::new();
    for problem in problems {
        if !told.contains(&problem) {
            told.push(problem);
        }
    }
    all_or(told)
}

/// The commits between the two, by what they touched.
struct History {
    commits: Vec<Touching>,
    /// Which of them touched a file.
    by_file: BTreeMap<String, BTreeSet<usize>>,
    /// Which of them say that they are about a record.
    by_record: BTreeMap<String, BTreeSet<usize>>,
    /// The files that differ from the last commit, where the folder as it stands is one of the two.
    uncommitted: BTreeSet<String>,
}

impl History {
    fn between(git: &Git, old: &Origin<'_>, new: &Origin<'_>) -> Outcome<History> {
        let ends =
            [old.commit(), new.commit()].map(|commit| commit.map_or_else(|| git.head(), |id| Some(id.to_string())));
        let commits = match &ends {
            [Some(one), Some(other)] => git.between(one, other)?,
            _ => Vec::new(),
        };
        let here = old.commit().is_none() || new.commit().is_none();
        let uncommitted = if here { git.uncommitted()?.into_iter().collect() } else { BTreeSet::new() };
        Ok(History::of(commits, uncommitted))
    }

    /// Sorts commits by what they touched.
    fn of(commits: Vec<Touching>, uncommitted: BTreeSet<String>) -> History {
        let (mut by_file, mut by_record) = (BTreeMap::new(), BTreeMap::new());
        let add = |map: &mut BTreeMap<String, BTreeSet<usize>>, key: &str, at| {
            map.entry(key.to_string()).or_default().insert(at);
        };
        for (at, commit) in commits.iter().enumerate() {
            commit.files.iter().for_each(|file| add(&mut by_file, file, at));
            for (_, record) in commit.entry.trailers.iter().filter(|(key, _)| key == RECORD) {
                add(&mut by_record, record, at);
            }
        }
        History { commits, by_file, by_record, uncommitted }
    }

    /// The commits that touched a file, newest first.
    fn of_file(&self, path: &str) -> BTreeSet<usize> {
        self.by_file.get(path).cloned().unwrap_or_default()
    }

    /// The commits that touched a record. Among rows that share a file, those that name it; else those that name none,
    /// as edits by hand do.
    fn of_record(&self, number: &Number) -> BTreeSet<usize> {
        let Some(spec) = with_prefix(number.prefix()) else { return BTreeSet::new() };
        let mut touched = self.of_file(&path_of(spec, number));
        if spec.kept == Kept::Rows {
            let own = self.by_record.get(&number.to_string());
            let names_none = |at: &usize| !self.commits[*at].entry.trailers.iter().any(|(key, _)| key == RECORD);
            match own.filter(|own| !own.is_disjoint(&touched)) {
                Some(own) => touched.retain(|at| own.contains(at)),
                None => touched.retain(names_none),
            }
        }
        touched
    }

    fn told(&self, touched: &BTreeSet<usize>) -> Vec<Commit> {
        let commit = |at: &usize| {
            let entry = &self.commits[*at].entry;
            let author = entry.author.split('<').next().unwrap_or("").trim().to_string();
            Commit { id: entry.commit.clone(), at: entry.time, author, subject: entry.subject.clone() }
        };
        touched.iter().map(commit).collect()
    }
}

/// The trailer by which a commit says which record it is about.
const RECORD: &str = "Cs-Record";

/// The department in both revisions.
struct Compared<'c, 's> {
    before: &'c Book<'s>,
    after: &'c Book<'s>,
    history: &'c History,
}

impl Compared<'_, '_> {
    /// The records that name this one, in either revision, and differ themselves.
    fn naming(&self, number: &Number) -> BTreeSet<Number> {
        let books = [self.before, self.after];
        let naming = books.iter().flat_map(|book| KINDS.iter().flat_map(|spec| book.naming(spec.kind, number)));
        let numbers: BTreeSet<Number> = naming.map(|form| form.number.clone()).collect();
        numbers.into_iter().filter(|number| self.written_anew(number)).collect()
    }

    fn written_anew(&self, number: &Number) -> bool {
        self.before.written(number) != self.after.written(number)
    }

    fn uncommitted(&self, number: &Number) -> bool {
        let path = with_prefix(number.prefix()).map(|spec| path_of(spec, number));
        path.is_some_and(|path| self.history.uncommitted.contains(&path)) && self.written_anew(number)
    }

    /// The files that may move any figure and are no record's, where they differ.
    fn others(&self) -> Outcome<Vec<Traced<String>>> {
        let sources = [self.before.source(), self.after.source()];
        let mut paths: Vec<String> = vec![config::FILE.to_string(), policy::FILE.to_string()];
        paths.extend(LISTS.iter().map(|spec| spec.file.to_string()));
        for register in REGISTERS {
            let names = |source: &&dyn Source| source.names(register.dir);
            let names = sources.iter().map(names).collect::<Result<Vec<_>, Problem>>()?.concat();
            let names: BTreeSet<String> = names.into_iter().filter(|name| !name.ends_with('/')).collect();
            paths.extend(names.iter().map(|name| format!("{}/{name}", register.dir)));
        }
        let [old, new] = sources;
        let mut others = Vec::new();
        for path in paths {
            if old.read(&path)? != new.read(&path)? {
                let commits = self.history.told(&self.history.of_file(&path));
                let uncommitted = self.history.uncommitted.contains(&path);
                others.push(Traced { what: path, commits, uncommitted });
            }
        }
        Ok(others)
    }
}

impl Trace for Compared<'_, '_> {
    fn differs(&self, number: &Number) -> bool {
        self.written_anew(number) || !self.naming(number).is_empty()
    }

    /// Its own commits, else those of the records that name it: a receipt makes its shipment count, and leaves its file
    /// as it was.
    fn traced(&self, number: &Number) -> Traced<Number> {
        let mut touched = self.history.of_record(number);
        let mut uncommitted = self.uncommitted(number);
        if touched.is_empty() && !uncommitted {
            let naming = self.naming(number);
            touched = naming.iter().flat_map(|other| self.history.of_record(other)).collect();
            uncommitted = naming.iter().any(|other| self.uncommitted(other));
        }
        Traced { what: number.clone(), commits: self.history.told(&touched), uncommitted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::git::LogEntry;

    const MONTH: &str = "consults/2026-11.csv";

    /// Commits of one file, each with the records that it names.
    fn history(commits: &[(&str, &[&str])]) -> History {
        let touching = |(subject, records): &(&str, &[&str])| Touching {
            entry: LogEntry {
                commit: String::new(),
                time: "2026-11-18T10:00:00+08:00".parse().unwrap(),
                author: "Yang Xue <yx@example.com>".to_string(),
                subject: (*subject).to_string(),
                trailers: records.iter().map(|record| (RECORD.to_string(), (*record).to_string())).collect(),
            },
            files: vec![MONTH.to_string()],
        };
        History::of(commits.iter().map(touching).collect(), BTreeSet::new())
    }

    #[test]
    fn a_record_among_rows_has_the_commits_that_name_it_else_those_by_hand() {
        let history = history(&[
            ("by hand", &[]),
            ("other", &["ZX-261118-YX-2"]),
            ("both", &["ZX-261118-YX-1", "ZX-261118-YX-2"]),
        ]);
        let of = |number: &str| -> Vec<String> {
            let commits = history.told(&history.of_record(&number.parse().unwrap()));
            commits.into_iter().map(|commit| format!("{} {}", commit.author, commit.subject)).collect()
        };
        assert_eq!(of("ZX-261118-YX-1"), ["Yang Xue both"]);
        assert_eq!(of("ZX-261118-YX-2"), ["Yang Xue other", "Yang Xue both"]);
        assert_eq!(of("ZX-261118-YX-3"), ["Yang Xue by hand"]);
        assert_eq!(of("ZX-261018-YX-1"), [""; 0], "of another month");
    }
}
