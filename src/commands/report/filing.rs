//! `cs report due` and `cs report file`: the reports of R53 under `reports/`, for cron. Silent when nothing is due.
//!
//! A filed report holds nothing that differs between two copies of the same records, or between two nights: it tells of
//! the moment at which it fell due, in the department's language, and is made from what is committed. Which commit that
//! was is told by the commit that files it.

use clap::{ArgMatches, Command};
use serde_json::{Value, json};

use super::origin::Origin;
use crate::base::period::Period;
use crate::base::problem::{Exit, Failure, Outcome, Problem, all_or};
use crate::base::table::{Cell, Row, Table, column};
use crate::base::time::{Date, parse_date, rfc3339, wall_minute};
use crate::base::words::{Lang, words};
use crate::book::Book;
use crate::commands::cli::{command, option, switch, word};
use crate::commands::env::Env;
use crate::commands::forms::period_of;
use crate::commands::print::print_table;
use crate::commands::progress::Counted;
use crate::commands::save::difference;
use crate::duties::filing::{Filing, filings};
use crate::policy::PERIODICALS;
use crate::reports::model::{Input, Report};
use crate::reports::{named, report};
use crate::show::{Canvas, json, report as draw, report_html, report_xlsx};
use crate::store::{Folder, Git, Holder, Note, WAIT, commit_pending};
use crate::tr;

/// How a report is filed in one of the formats that policy.toml may ask for.
struct Format {
    /// The ending of the file.
    ending: &'static str,
    /// Whether people can make something of two of them side by side, line by line.
    has_lines: bool,
    /// Writes it down: the same report always as the same bytes (R60).
    written: fn(&Report, &Canvas) -> Outcome<Vec<u8>>,
}

const FORMATS: [Format; 4] = [
    Format {
        ending: "md",
        has_lines: true,
        written: |report, canvas| Ok(draw::markdown(report, false, canvas).into_bytes()),
    },
    Format { ending: "json", has_lines: true, written: |report, _| Ok(json::text(&draw::json(report)).into_bytes()) },
    Format {
        ending: "html",
        has_lines: false,
        written: |report, canvas| Ok(report_html::html(report, false, canvas).into_bytes()),
    },
    Format { ending: "xlsx", has_lines: false, written: report_xlsx::xlsx },
];

impl Format {
    /// What is to become of a file, for people: line by line, or nothing where that tells them nothing.
    fn difference(&self, path: &str, seen: Option<&[u8]>, content: &[u8]) -> Option<String> {
        let text = String::from_utf8_lossy;
        self.has_lines.then(|| difference(path, seen.map(text).as_deref(), &text(content)))
    }
}

fn since_flag(lang: Lang) -> clap::Arg {
    let help = words(
        "From the period of this day on; else from the first filed one, or the newest where none is",
        "从此日期所在期间算起；默认从最早归档的一期算起，从未归档则只取最近一期",
    );
    option("since", "DATE", help, lang)
}

/// The line of `due`.
pub fn due_tree(lang: Lang) -> Command {
    let help = words(
        "Which reports are due and not filed yet (R53); silent when none is",
        "列出应归档而未归档的报表（R53）；没有则不输出",
    );
    command("due", help, lang).arg(since_flag(lang)).arg(switch(
        "fail-on-due",
        words("Exit with 4 when any is listed, for cron", "有待归档报表时以退出码 4 结束，供定时任务使用"),
        lang,
    ))
}

/// The line of `file`.
pub fn file_tree(lang: Lang) -> Command {
    let help = words(
        "File the reports that are due under reports/ and commit them (R53); silent when none is",
        "把到期的报表归档到 reports/ 并提交（R53）；没有到期的则不输出",
    );
    let name =
        words("Only this report: day, week, month, quarter or year", "只归档此报表：day、week、month、quarter 或 year");
    command("file", help, lang)
        .arg(word("NAME", "NAME", name, lang).required(false).value_parser(PERIODICALS.map(|(name, _)| name)))
        .arg(super::period_word(lang))
        .arg(since_flag(lang))
        .arg(switch(
            "again",
            words("Make filed ones anew, too, and tell what changed", "已归档的也重新生成，并说明变动"),
            lang,
        ))
}

fn since(book: &Book<'_>, args: &ArgMatches) -> Outcome<Option<Date>> {
    let Some(text) = args.get_one::<String>("since") else { return Ok(None) };
    let day = parse_date(text, book.now.today()).ok_or_else(|| {
        Problem::new(
            "since",
            tr!("--since can't be \"{text}\"", "--since 不能是“{text}”"),
            crate::base::field::Ty::Date.expects(),
        )
    })?;
    Ok(Some(day))
}

/// Runs `due`.
///
/// # Errors
/// What can't be read; exit 4 on `--fail-on-due` when something is listed.
pub fn due(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    book.sound()?;
    let mut due = filings(&book, since(&book, args)?)?;
    due.retain(|(_, missing)| !missing.is_empty());
    if env.json {
        let list = due.iter().map(|(filing, missing)| {
            let mut object = document(filing);
            object["files"] = missing.iter().map(|format| filing.path(format)).collect();
            object["command"] = format!("cs report file {filing}").into();
            object
        });
        env.data(&json::text(&list.collect()))?;
    } else if !due.is_empty() {
        print_table(env, &table(&due), None)?;
    }
    all_or(book.take_problems())?;
    if args.get_flag("fail-on-due") && !due.is_empty() {
        let count = due.len();
        let problem = Problem::new(
            "due",
            tr!("reports to file: {count}", "有 {count} 份报表待归档"),
            tr!("file them: cs report file", "请执行 cs report file 归档"),
        );
        return Err(Failure::new(Exit::Due, problem));
    }
    Ok(())
}

fn document(filing: &Filing) -> Value {
    json!({ "report": filing.report, "period": filing.period.to_string(), "due": rfc3339(filing.from) })
}

fn table(due: &[(Filing, Vec<&str>)]) -> Table {
    let row = |(filing, missing): &(Filing, Vec<&str>)| Row {
        cells: vec![
            named(filing.report).map_or(Cell::Empty, |spec| spec.title.into()),
            Cell::Text(filing.period.to_string()),
            Cell::Time(filing.from),
            Cell::Text(missing.iter().map(|format| filing.path(format)).collect::<Vec<_>>().join(" ")),
            Cell::Text(format!("cs report file {filing}")),
        ],
        records: Vec::new(),
    };
    Table {
        name: "due",
        title: words("Reports to file", "待归档报表"),
        columns: vec![
            column("report", "Report", "报表"),
            column("period", "Period", "期间").whole(),
            column("due", "Due", "应归档").whole(),
            column("files", "Files", "文件"),
            column("command", "Command", "命令"),
        ],
        rows: due.iter().map(row).collect(),
    }
}

/// Runs `file`.
///
/// # Errors
/// What is wrong in the records of a report, which is not filed then; exit 3 where one is filed and not committed.
pub fn file(env: &Env, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let here = Book::open(&folder, env.time);
    here.sound()?;
    let commits = here.config.commit && Git::probe(folder.root()).is_some();
    let archive = Archive { env, folder: &folder, again: args.get_flag("again"), commits };
    // What an earlier night filed and git refused is committed first. Where git refuses still, that is told every night,
    // and what has fallen due since is filed all the same.
    let mut committed = archive.commit();
    let wanted = wanted(env, &folder, &here, args)?;
    if wanted.is_empty() {
        if env.json {
            env.data(&json::text(&json!([])))?;
        }
        return committed;
    }
    let origin = archive.origin()?;
    let mut problems: Vec<Problem> = Vec::new();
    let mut told = Vec::new();
    let mut stopped = Ok(());
    for filing in &wanted {
        match archive.made(filing, &origin) {
            Ok(files) => {
                stopped = archive.put(filing, files, &origin, &mut told);
                committed = archive.commit();
            }
            // What is wrong keeps this report back, and not the others.
            Err(failure) if failure.exit == Exit::Wrong => {
                let new: Vec<Problem> = failure.problems.into_iter().filter(|p| !problems.contains(p)).collect();
                problems.extend(new);
            }
            Err(failure) => stopped = Err(failure),
        }
        if stopped.is_err() {
            break;
        }
    }
    // What is filed is told, even where git then refused it.
    if env.json {
        env.data(&json::text(&told.into()))?;
    }
    match (stopped.and_then(|()| all_or(problems)), committed) {
        (Err(mut failure), Err(waiting)) => {
            failure.problems.extend(waiting.problems);
            Err(failure)
        }
        (filed, committed) => filed.and(committed),
    }
}

/// The reports that are to be filed, or made again.
fn wanted(env: &Env, folder: &Folder, book: &Book<'_>, args: &ArgMatches) -> Outcome<Vec<Filing>> {
    let again = args.get_flag("again");
    let name = args.get_one::<String>("NAME");
    if let (Some(name), Some(typed)) = (name, args.get_one::<String>("PERIOD")) {
        let Some(filing) = one(book, name, period_of(book, typed)?)? else { return Ok(Vec::new()) };
        let files = book.figures().filed_formats.iter().map(|format| filing.path(format));
        let missing = files.clone().any(|path| !folder.exists(&path));
        if missing || again {
            return Ok(vec![filing]);
        }
        let files = files.collect::<Vec<_>>().join(" ");
        env.say(&tr!("filed already: {files}; --again makes it anew", "已归档：{files}；加 --again 可重新生成"));
        return Ok(Vec::new());
    }
    let due = filings(book, since(book, args)?)?;
    let of_name = |filing: &Filing| name.is_none_or(|name| filing.report == name);
    let due = due.into_iter().filter(|(filing, missing)| of_name(filing) && (again || !missing.is_empty()));
    Ok(due.map(|(filing, _)| filing).collect())
}

/// The report of a period that somebody names.
fn one(book: &Book<'_>, name: &str, period: Period) -> Outcome<Option<Filing>> {
    let period = named(name).map_or(Ok(period), |spec| spec.over(period))?;
    let Some(filing) = Filing::of(book, name, period).filter(|filing| !filing.is_due(book)) else {
        return Ok(Filing::of(book, name, period));
    };
    let due = wall_minute(filing.from, book.now.zone);
    Err(Problem::new(
        "report.not-due",
        tr!("the report of {period} is not due before {due}", "{period} 的报表到 {due} 才归档"),
        tr!("look at it until then: cs report {name} {period}", "在此之前请直接查看：cs report {name} {period}"),
    )
    .into())
}

/// Where reports are filed, and how.
struct Archive<'e> {
    env: &'e Env,
    folder: &'e Folder,
    again: bool,
    /// Whether git keeps what is filed.
    commits: bool,
}

impl Archive<'_> {
    /// Commits what waits for it.
    fn commit(&self) -> Outcome {
        if self.commits && !self.env.dry_run {
            commit_pending(self.folder)?;
        }
        Ok(())
    }

    /// What is committed; the folder as it stands where `cs` commits nothing.
    fn origin(&self) -> Outcome<Origin<'_>> {
        let git = Git::probe(self.folder.root()).filter(|_| self.commits);
        match git.and_then(|git| git.head()) {
            Some(head) => Origin::named(self.env, self.folder, &head),
            None => Ok(Origin::Here(self.folder)),
        }
    }

    /// A report in each format that the department files.
    ///
    /// # Errors
    /// All that is wrong with what it was made from.
    fn made(&self, filing: &Filing, origin: &Origin<'_>) -> Outcome<Vec<(&'static Format, Vec<u8>)>> {
        let source = Counted::new(origin.source());
        let book = Book::open(&source, filing.from);
        book.sound()?;
        let Some(spec) = named(filing.report) else { return Ok(Vec::new()) };
        let input = Input {
            folder: book.config.name.clone(),
            commit: None,
            revision: None,
            dirty: false,
            filed: true,
            now: book.now.time,
        };
        let made = source.during(self.env, || report(&book, spec, filing.period, input));
        all_or(book.take_problems())?;
        let canvas = Canvas::plain(book.config.lang.unwrap_or_default(), book.config.zone);
        let formats = FORMATS.iter().filter(|format| book.figures().filed_formats.contains(&format.ending));
        formats.map(|format| Ok((format, (format.written)(&made, &canvas)?))).collect()
    }

    /// Writes the files of a report that are not there yet, or that say something else and are to be made again, and
    /// tells of each. Each is put in place by itself; they are to share a commit.
    fn put(
        &self,
        filing: &Filing,
        files: Vec<(&'static Format, Vec<u8>)>,
        origin: &Origin<'_>,
        told: &mut Vec<Value>,
    ) -> Outcome {
        let files = files.into_iter().map(|(format, content)| (format, filing.path(format.ending), content));
        let files: Vec<(&Format, String, Vec<u8>)> = files.collect();
        let found = match self.env.dry_run {
            true => files.iter().map(|(_, path, content)| self.looked(path, content)).collect::<Outcome<Vec<_>>>()?,
            false => self.written(filing, &files, origin)?,
        };
        for ((format, path, content), (seen, did)) in files.into_iter().zip(found) {
            let changed = did.then(|| format.difference(&path, seen.as_deref(), &content)).flatten();
            match &changed {
                _ if self.env.json || !did => {}
                Some(changed) if seen.is_some() || self.env.dry_run => self.env.print(changed)?,
                _ => self.env.data(&format!("{path}\n"))?,
            }
            let mut object = document(filing);
            object["file"] = path.into();
            object["did"] = match (did, &seen) {
                (false, _) => "nothing",
                (true, None) => "filed",
                (true, Some(_)) => "changed",
            }
            .into();
            object["difference"] = changed.filter(|_| seen.is_some()).into();
            told.push(object);
        }
        Ok(())
    }

    /// What a file holds, and whether it is to be written.
    fn looked(&self, path: &str, content: &[u8]) -> Outcome<Looked> {
        let seen = self.folder.bytes(path)?;
        let write = seen.as_ref().is_none_or(|seen| self.again && !is_same(seen, content));
        Ok((seen, write))
    }

    /// Writes those that are to be written, and notes them for one commit.
    fn written(
        &self,
        filing: &Filing,
        files: &[(&Format, String, Vec<u8>)],
        origin: &Origin<'_>,
    ) -> Outcome<Vec<Looked>> {
        let holder = Holder { staff: self.env.by.clone().unwrap_or_default(), command: "report file".to_string() };
        let mut writer = self.folder.lock(&holder, WAIT)?;
        let looked = files.iter().map(|(_, path, content)| self.looked(path, content)).collect::<Outcome<Vec<_>>>()?;
        if self.commits && looked.iter().any(|(_, write)| *write) {
            let mut trailers = vec![("Cs-Report".to_string(), filing.to_string())];
            trailers.extend(origin.commit().map(|id| ("Cs-Commit".to_string(), id.to_string())));
            let again = looked.iter().any(|(seen, write)| *write && seen.is_some());
            let did = if again { "filed again" } else { "filed" };
            writer.commit_as(Note { subject: format!("report {filing}: {did}"), trailers, ..Note::default() })?;
        }
        for ((_, path, content), (seen, _)) in files.iter().zip(&looked).filter(|(_, (_, write))| *write) {
            match seen {
                None => writer.create(path, content)?,
                Some(seen) => writer.replace(path, seen, content)?,
            }
        }
        Ok(looked)
    }
}

/// What a file holds, and whether it is to be written.
type Looked = (Option<Vec<u8>>, bool);

/// Whether a file holds what a report comes to; git may have checked a text out with other line ends.
fn is_same(seen: &[u8], content: &[u8]) -> bool {
    seen == content || std::str::from_utf8(seen).is_ok_and(|text| text.replace("\r\n", "\n").as_bytes() == content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::FILED_FORMATS;

    #[test]
    fn a_text_with_other_line_ends_is_the_same_and_bytes_are_what_they_are() {
        assert!(is_same(b"a\r\nb\n", b"a\nb\n") && !is_same(b"a\nb\n", b"a\n"));
        assert!(is_same(b"\xff\r\n", b"\xff\r\n") && !is_same(b"\xff\r\n", b"\xff\n"));
    }

    #[test]
    fn r53_every_format_of_the_policy_can_be_written_and_every_periodical_is_a_report() {
        assert_eq!(FORMATS.map(|format| format.ending), FILED_FORMATS);
        for (name, unit) in PERIODICALS {
            assert_eq!(named(name).map(|spec| spec.unit), Some(unit), "{name}");
        }
    }
}
