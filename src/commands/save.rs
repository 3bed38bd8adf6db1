//! The one way in which a command changes the folder: one file, under the lock, checked as a whole, then committed.

use std::path::{Path, PathBuf};

use crate::base::field::List;
use crate::base::number::{Code, Number};
use crate::base::problem::{Outcome, Problem};
use crate::base::source::Source;
use crate::book::Book;
use crate::commands::env::Env;
use crate::commands::find::LAST;
use crate::forms::form::path_of;
use crate::forms::spec::{FormSpec, Kept};
use crate::store::photo::photo_name;
use crate::store::{Folder, Git, Holder, Note, WAIT, Writer, commit_pending};
use crate::tr;

/// What a command changes: one file, from what was seen to what is to be.
#[derive(Debug)]
pub struct Change {
    /// Path in the folder.
    pub path: String,
    /// What the file held; `None` for a new one.
    pub seen: Option<String>,
    /// What it is to hold.
    pub text: String,
    /// The record or list row, for the commit; of several records made at once, each on a line of its own.
    pub record: String,
    /// What was done, in words that hold no name or phone: `judge: quality`.
    pub subject: String,
    /// The step's place, for records.
    pub step: Option<usize>,
    /// Who did it.
    pub by: Code,
}

/// What `cs commit` and the journal say of a change.
pub fn note(book: &Book<'_>, record: &str, subject: &str, step: Option<usize>, by: &Code) -> Note {
    let staff = book.list(List::Staff);
    let row = staff.get(by.as_str());
    let text = |key| row.and_then(|r| r.fields.text(key)).unwrap_or_default().to_string();
    let mut trailers: Vec<(String, String)> =
        record.lines().map(|one| ("Cs-Record".to_string(), one.to_string())).collect();
    let record = record.lines().next().unwrap_or_default();
    trailers.extend(step.map(|n| ("Cs-Step".to_string(), n.to_string())));
    trailers.push(("Cs-By".to_string(), by.to_string()));
    Note { author: text("name"), email: text("email"), subject: format!("{record} {subject}"), trailers }
}

/// Runs a change under the folder's lock: `change` sees the department as it is then. Afterwards the lock is let go,
/// `told` says what was saved, and git commits it. With `--dry-run` shows the difference and writes nothing.
///
/// # Errors
/// What `change` refuses; a busy folder (exit 5); a failed commit after saving (exit 3).
pub fn save(
    env: &Env,
    folder: &Folder,
    command: &str,
    attach: &[String],
    change: impl FnOnce(&Book<'_>, &[String]) -> Outcome<Change>,
    told: impl FnOnce(&Book<'_>, &Change) -> Outcome,
) -> Outcome {
    // A photo's name is its content: known before it is stored, so what is refused leaves none behind.
    let sources: Vec<PathBuf> = attach.iter().map(|path| env.cwd.join(path)).collect();
    let names = sources.iter().map(|source| photo_name(source)).collect::<Outcome<Vec<_>>>()?;
    if env.dry_run {
        let book = Book::open(folder, env.time);
        book.expect_photos(&names);
        let change = change(&book, &names)?;
        return env.print(&difference(&change.path, change.seen.as_deref(), &change.text));
    }
    let holder = Holder { staff: env.by.clone().unwrap_or_default(), command: command.to_string() };
    let mut writer = folder.lock(&holder, WAIT)?;
    let book = Book::open(folder, env.time);
    book.expect_photos(&names);
    let commits = book.config.commit && Git::probe(folder.root()).is_some();
    let change = change(&book, &names)?;
    for (source, name) in sources.iter().zip(&names) {
        if writer.put_photo(source)? != *name {
            return Err(changed(source).into());
        }
    }
    if commits {
        writer.commit_as(note(&book, &change.record, &change.subject, change.step, &change.by))?;
    }
    match &change.seen {
        None => writer.create(&change.path, &change.text)?,
        Some(seen) => writer.replace(&change.path, seen, &change.text)?,
    }
    remember(&mut writer, folder, &change);
    drop(writer);
    // What is saved is committed, even where nobody reads the answer.
    let told = told(&book, &change);
    if commits {
        commit_pending(folder)?;
    }
    told
}

fn changed(source: &Path) -> Problem {
    let shown = source.display();
    Problem::new(
        "changed-meanwhile",
        tr!("{shown} was changed while it was read", "{shown} 在读取时被修改"),
        tr!("run the command again", "请重新执行命令"),
    )
}

/// Notes the last record made, for `-`. Losing it costs no record, so its failure is not told.
fn remember(writer: &mut Writer<'_>, folder: &Folder, change: &Change) {
    let last = change.record.lines().next_back().and_then(|record| record.parse::<Number>().ok());
    let (Some(1), Some(number)) = (change.step, last) else { return };
    let seen = folder.read(LAST).ok().flatten();
    let mut lines: Vec<String> = seen.iter().flat_map(|s| s.lines()).map(str::to_string).collect();
    lines.retain(|line| !line.starts_with(number.prefix()));
    lines.push(number.to_string());
    let _ = writer.note_local(LAST, &format!("{}\n", lines.join("\n")));
}

/// What is to become of a file as a unified difference, made harmless for the terminal; `seen` is what it held.
pub fn difference(path: &str, seen: Option<&str>, text: &str) -> String {
    let diff = similar::TextDiff::from_lines(seen.unwrap_or(""), text);
    let from = if seen.is_some() { path } else { "/dev/null" };
    let text = diff.unified_diff().header(from, path).to_string();
    crate::show::clean::clean_lines(&text).into_owned()
}

/// The next free number of a person's day. For records in files of their own, it is found by doubling, then halving the
/// gap, so it costs the same in any folder; for rows of a month, by that month.
///
/// # Errors
/// When a billion are taken.
pub fn next_number(
    folder: &Folder,
    book: &Book<'_>,
    spec: &'static FormSpec,
    day: crate::base::time::Date,
    by: &Code,
) -> Outcome<Number> {
    let number = |counter: u32| Number::new(spec.prefix, day, by.clone(), counter);
    if spec.kept == Kept::Rows {
        let taken = book.numbers_in_month(spec, &path_of(spec, &number(1)));
        let of_day = taken.iter().filter(|taken| taken.day() == day && taken.staff() == by);
        return Ok(number(of_day.map(Number::counter).max().unwrap_or(0) + 1));
    }
    let taken = |counter: u32| folder.exists(&path_of(spec, &number(counter)));
    let mut high = 1;
    while taken(high) {
        if high > 400_000_000 {
            return Err(Problem::new(
                "number.full",
                tr!("no number is left on {day}", "{day} 的单号已用完"),
                tr!("take the next day", "请改用次日"),
            )
            .into());
        }
        high *= 2;
    }
    let mut low = high / 2;
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if taken(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    Ok(number(high))
}
