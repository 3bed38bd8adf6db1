//! What a command knows of the world outside the folder: read once in `main`, handed down.

use std::cell::RefCell;
use std::path::PathBuf;

use chrono::Datelike;
use clap::ArgMatches;

use crate::base::field::{List, Ty};
use crate::base::number::Code;
use crate::base::number::NUMBERED_YEARS;
use crate::base::problem::{Exit, Failure, Outcome, Problem};
use crate::base::time::{Time, parse_time};
use crate::base::words::{Lang, Words};
use crate::book::Book;
use crate::show::Canvas;
use crate::show::out::Out;
use crate::store::git::config_get;
use crate::store::{Browser, Folder};
use crate::tr;

/// The world of one command.
pub struct Env {
    /// Where the search for the folder begins: `-C`, `CS_DIR`, else the working directory.
    pub dir: PathBuf,
    /// The working directory, for the files that a user names.
    pub cwd: PathBuf,
    /// The one reading of the clock (R49).
    pub time: Time,
    /// Whether `--now` or `CS_NOW` named that moment.
    pub timed: bool,
    /// Who acts: `--by` or `CS_BY`, as typed.
    pub by: Option<String>,
    /// The reader's language.
    pub lang: Lang,
    /// Answer with a JSON document.
    pub json: bool,
    /// Say nothing beside the answer.
    pub quiet: bool,
    /// Show what would be written and write nothing.
    pub dry_run: bool,
    /// Show phones and contacts whole (R4).
    pub reveal: bool,
    /// The index that git gives its hooks, for `check --staged`.
    pub git_index: Option<PathBuf>,
    /// What makes a PDF; `CS_BROWSER` names one.
    pub browser: Browser,
    /// Whether there is a person to ask: stdin and stderr are terminals.
    pub asks: bool,
    /// Whether to show on stderr that a long work goes on: it is a terminal, and nothing asks for silence.
    pub progress: bool,
    /// For what goes to stdout.
    pub canvas: Canvas,
    /// For what goes to stderr.
    pub margin: Canvas,
    /// stdout.
    pub out: RefCell<Out>,
}

impl Env {
    /// The folder that the command is about.
    ///
    /// # Errors
    /// When no folder with a cs.toml is at or above the start.
    pub fn folder(&self) -> Outcome<Folder> {
        Folder::find(&self.dir)
    }

    /// Writes an answer that `show` has drawn.
    ///
    /// # Errors
    /// When stdout can't be written; a closed pipe is no error.
    pub fn print(&self, drawn: &str) -> Outcome {
        self.written(self.out.borrow_mut().print(drawn))
    }

    /// Writes an answer meant for a program: a number, CSV, JSON.
    ///
    /// # Errors
    /// When stdout can't be written; a closed pipe is no error.
    pub fn data(&self, data: &str) -> Outcome {
        self.written(self.out.borrow_mut().data(data))
    }

    fn written(&self, result: std::io::Result<()>) -> Outcome {
        result.map_err(|error| {
            let error = error.to_string();
            Problem::new(
                "stdout",
                tr!("the answer can't be written: {error}", "无法输出结果：{error}"),
                tr!("check the disk or the program that reads it", "请检查磁盘或接收输出的程序"),
            )
            .into()
        })
    }

    /// Says something beside the answer, unless `--quiet`, or `--json`: then stderr holds problems, as JSON, or nothing.
    pub fn say(&self, text: &crate::base::words::Text) {
        if !self.quiet && !self.json {
            use std::io::Write;
            let line = crate::show::clean::clean_lines(text.get(self.lang)).into_owned();
            // A closed stderr must not stop the work.
            let _ = writeln!(std::io::stderr(), "{line}");
        }
    }

    /// A fixed text in the reader's language.
    pub fn word(&self, words: Words) -> &'static str {
        words.get(self.lang)
    }

    /// Who acts: `--by`, `CS_BY`, else the staff member with git's e-mail. Must work here today.
    ///
    /// # Errors
    /// When nobody, a stranger, or one who has left is named.
    pub fn actor(&self, book: &Book<'_>, folder: &Folder) -> Outcome<Code> {
        let staff = book.list(List::Staff);
        let code = match &self.by {
            Some(word) => staff.resolve(word)?,
            None => {
                let email = config_get(folder.root(), "user.email");
                let found = email.as_deref().and_then(|email| {
                    staff
                        .rows
                        .iter()
                        .find(|row| row.fields.text("email").is_some_and(|e| e.eq_ignore_ascii_case(email)))
                });
                let Some(row) = found else {
                    return Err(Problem::new(
                        "who",
                        tr!("who does this?", "由谁经办？"),
                        tr!(
                            "give --by STAFF or set CS_BY; or give your git e-mail to your row: cs staff edit CODE --email …",
                            "请加 --by 员工代码，或设置 CS_BY；也可在员工资料中登记你的 git 邮箱：cs staff edit 代码 --email …"
                        ),
                    )
                    .into());
                };
                staff.key_of(row)
            }
        };
        let known: Option<Code> = code.parse().ok();
        known.filter(|code| book.staff_on(code, book.now.today()).is_some()).ok_or_else(|| {
            Failure::new(
                Exit::Wrong,
                Problem::new(
                    "ref.staff",
                    tr!("{code} does not work here today", "{code} 今天不是在职员工"),
                    tr!("see joined and left in `cs staff list`", "请查看 cs staff list 中的入职和离职日期"),
                ),
            )
        })
    }
}

/// When a step happened: `--at`, else now; never after now.
///
/// # Errors
/// When it is no time, lies in the future, or in a year that no number holds.
pub fn happened(book: &Book<'_>, args: &ArgMatches) -> Outcome<Time> {
    let wrong = |message, help| Err(Problem::new("at", message, help).into());
    let now = book.now;
    let at = match args.try_get_one::<String>("at").ok().flatten() {
        None => now.time,
        Some(text) => match parse_time(text, now) {
            None => return wrong(tr!("--at can't be \"{text}\"", "--at 不能是“{text}”"), Ty::Time.expects()),
            Some(at) if at > now.time => {
                return wrong(
                    tr!("{text} lies in the future", "{text} 还没有到"),
                    tr!("record a step when it has happened", "请在事情发生之后再登记"),
                );
            }
            Some(at) => now.zone.local(at),
        },
    };
    let year = now.zone.day(at).year();
    if !NUMBERED_YEARS.contains(&year) {
        return wrong(
            tr!("no record has a number of the year {year}", "{year} 年无法编号"),
            tr!("record numbers hold the years 2000 to 2099", "单号只能表示 2000 年至 2099 年"),
        );
    }
    Ok(at)
}
