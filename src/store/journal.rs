//! From saved to committed: what a command wrote is noted before it is in place, and committed after the lock is
//! let go. A note that is left behind is committed by the next command, so a commit is late at worst.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Write;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};

use super::folder::{Folder, PRIVATE_DIR};
use super::git::{Git, Said};
use super::lock::{Holder, Lock};
use super::write::{private, unwritable};
use crate::base::problem::{Exit, Failure, Outcome, Problem};
use crate::tr;

const PENDING: &str = ".cs/pending";
/// How long a command waits for another one's commits.
const COMMIT_WAIT: Duration = Duration::from_secs(60);

/// How long it waits for one that is about to put a file in place.
const WRITER_WAIT: Duration = Duration::from_secs(1);

/// How often a commit is tried while others keep changing its files.
const TRIES: usize = 10;

/// What the commit of a command says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The staff member's name; the committer is whom git's own settings name. Empty: the committer is the author.
    pub author: String,
    /// The staff member's e-mail; may be empty.
    pub email: String,
    /// The first line, such as `WX-261121-YX-1 judge: quality`. No phone, no customer's name.
    pub subject: String,
    /// `Cs-Record`, `Cs-Step`, `Cs-By` with their values.
    pub trailers: Vec<(String, String)>,
}

/// One file that a command changed.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    /// Entries of one command carry the same.
    group: u64,
    file: String,
    /// The content hash before; `None` for a new file. While the file still has it, nothing has happened.
    before: Option<String>,
    photos: Vec<String>,
    note: Note,
}

/// Where a writer notes what it is about to put in place.
#[derive(Debug)]
pub(super) struct Journal {
    dir: PathBuf,
    group: u64,
    next: u64,
    note: Note,
}

impl Journal {
    /// Begins the notes of one command; its caller holds the folder's lock.
    pub fn start(folder: &Folder, note: Note) -> Outcome<Journal> {
        private(folder)?;
        let dir = folder.root().join(PENDING);
        fs::create_dir_all(&dir).map_err(|error| unwritable(PENDING, &error))?;
        let next = pending(folder).last().map_or(1, |last| last + 1);
        Ok(Journal { dir, group: next, next, note })
    }

    /// Notes a file before it is renamed into place.
    pub fn enter(&mut self, file: &str, photos: &[String], before: Option<&[u8]>) -> Outcome {
        let entry = Entry {
            group: self.group,
            file: file.to_string(),
            before: before.map(hash),
            photos: photos.to_vec(),
            note: self.note.clone(),
        };
        let json = serde_json::to_vec(&entry).map_err(anyhow::Error::from)?;
        let path = self.dir.join(file_name(self.next));
        self.next += 1;
        // Renamed when whole, so that who commits meanwhile never reads half of it.
        let write = || -> std::io::Result<()> {
            let temp = path.with_extension("new");
            let mut file = File::create(&temp)?;
            file.write_all(&json)?;
            file.sync_all()?;
            fs::rename(&temp, &path)
        };
        write().map_err(|error| unwritable(PENDING, &error).into())
    }
}

/// Commits what commands have noted: one commit for each, oldest first; commands that changed one file share a commit.
/// Returns how many commits were made. Without notes or without a repository there is nothing to do, and git is not run.
///
/// # Errors
/// Exit `NotCommitted` at the first that git refuses, with what git said; what is left stays noted.
pub fn commit_pending(folder: &Folder) -> Outcome<usize> {
    if pending(folder).is_empty() {
        return Ok(0);
    }
    let Some(git) = Git::probe(folder.root()) else { return Ok(0) };
    let Some(_lock) = committing(folder)? else { return Ok(0) };
    let mut made = 0;
    let mut left = BTreeSet::new();
    // The files committed so far: who changes one of them while git reads it finds the change already committed.
    let mut done: BTreeSet<String> = BTreeSet::new();
    while let Some(batch) = next_batch(folder, &left) {
        if batch.entries.iter().any(|(_, entry)| !happened(folder, entry)) {
            if !forget_unborn(folder, &batch)? {
                left.extend(batch.entries.iter().map(|(id, _)| *id));
            }
            continue;
        }
        let carried = !batch.files.is_disjoint(&done);
        if commit(&git, &batch, carried).map_err(not_committed)? {
            made += 1;
            done.extend(batch.files);
        }
        for (id, _) in &batch.entries {
            remove(folder, *id);
        }
    }
    Ok(made)
}

/// Entries that go into one commit.
#[derive(Default)]
struct Batch {
    entries: Vec<(u64, Entry)>,
    groups: BTreeSet<u64>,
    files: BTreeSet<String>,
}

/// The oldest entry and all that belong with it: those of its command, and those that changed its files.
fn next_batch(folder: &Folder, left: &BTreeSet<u64>) -> Option<Batch> {
    let mut batch = Batch::default();
    let mut rest: Vec<(u64, Entry)> = pending(folder)
        .into_iter()
        .filter(|id| !left.contains(id))
        .filter_map(|id| Some((id, load(folder, id)?)))
        .collect();
    loop {
        let before = rest.len();
        let mut others = Vec::new();
        for (id, entry) in rest {
            let joins = batch.groups.contains(&entry.group) || batch.files.contains(&entry.file);
            if batch.entries.is_empty() || joins {
                batch.groups.insert(entry.group);
                batch.files.insert(entry.file.clone());
                batch.entries.push((id, entry));
            } else {
                others.push((id, entry));
            }
        }
        rest = others;
        if rest.len() == before {
            break;
        }
    }
    batch.entries.sort_by_key(|(id, _)| *id);
    (!batch.entries.is_empty()).then_some(batch)
}

/// Reads an entry. One that is damaged is removed: the file that it named still shows as uncommitted.
fn load(folder: &Folder, id: u64) -> Option<Entry> {
    let bytes = fs::read(folder.root().join(PENDING).join(file_name(id))).ok()?;
    let entry = serde_json::from_slice(&bytes).ok();
    if entry.is_none() {
        remove(folder, id);
    }
    entry
}

/// Whether the file is no longer what it was before.
fn happened(folder: &Folder, entry: &Entry) -> bool {
    let now = fs::read(folder.root().join(&entry.file)).ok().map(|bytes| hash(&bytes));
    now != entry.before
}

/// Removes entries whose rename never came: their command was killed. While a command holds the lock it may yet come;
/// false when it holds it for long, and the whole batch is to wait.
fn forget_unborn(folder: &Folder, batch: &Batch) -> Outcome<bool> {
    let holder = Holder { command: "commit".to_string(), ..Holder::default() };
    let _lock = match Lock::take(&private(folder)?.join("lock"), &holder, WRITER_WAIT) {
        Err(busy) if busy.exit == Exit::Busy => return Ok(false),
        other => other?,
    };
    for (id, entry) in &batch.entries {
        if !happened(folder, entry) {
            remove(folder, *id);
        }
    }
    Ok(true)
}

/// Makes one commit of exactly the batch's files. False when git finds nothing to commit in them; but `carried` by a
/// commit just made, they get one without content, so that each command's step is in the log.
fn commit(git: &Git, batch: &Batch, carried: bool) -> Result<bool, Said> {
    let mut paths: Vec<&str> = batch.files.iter().map(String::as_str).collect();
    paths.extend(batch.entries.iter().flat_map(|(_, entry)| entry.photos.iter().map(String::as_str)));
    // Git reads a file twice, once for its index and once for the commit. One that was replaced in between is committed
    // newer than the index says: it then looks changed, and a commit of it finds nothing. Adding it mends that.
    let mut tries = 1;
    loop {
        let changed = git.status(&paths)?;
        if changed.is_empty() {
            break;
        }
        add(git, changed.iter().filter(|(_, new)| *new).map(|(path, _)| path.as_str()))?;
        let all = || changed.iter().map(|(path, _)| path.as_str());
        match commit_only(git, batch, all(), &[]) {
            Err(said) if said.silent && tries < TRIES => add(git, all())?,
            other => return other.map(|()| true),
        }
        tries += 1;
    }
    if carried {
        commit_only(git, batch, batch.files.iter().map(String::as_str), &["--allow-empty"])?;
    }
    Ok(carried)
}

fn add<'p>(git: &Git, paths: impl Iterator<Item = &'p str>) -> Result<(), Said> {
    let list: String = paths.flat_map(|path| [path, "\0"]).collect();
    if !list.is_empty() {
        retried(git, &["add", "--pathspec-from-file=-", "--pathspec-file-nul"], &list)?;
    }
    Ok(())
}

fn commit_only<'p>(
    git: &Git,
    batch: &Batch,
    paths: impl Iterator<Item = &'p str>,
    options: &[&str],
) -> Result<(), Said> {
    let (subject, trailers) = message(batch);
    let mut args = vec!["commit", "-q", "--only", "--cleanup=whitespace"];
    args.extend(["--pathspec-from-file=-", "--pathspec-file-nul", "-m", &subject]);
    if !trailers.is_empty() {
        args.extend(["-m", &trailers]);
    }
    let author = batch.entries.first().and_then(|(_, entry)| author(&entry.note));
    args.extend(author.as_deref());
    args.extend(options);
    let list: String = paths.flat_map(|path| [path, "\0"]).collect();
    retried(git, &args, &list)?;
    Ok(())
}

/// Runs git again for a short while when another git (an editor's, the user's) has its index locked.
fn retried(git: &Git, args: &[&str], input: &str) -> Result<Vec<u8>, Said> {
    for pause in [50, 100, 200, 400, 800] {
        match git.run(args, Some(input.as_bytes())) {
            Err(said) if said.text.contains("index.lock") => std::thread::sleep(Duration::from_millis(pause)),
            other => return other,
        }
    }
    git.run(args, Some(input.as_bytes()))
}

fn message(batch: &Batch) -> (String, String) {
    let mut subjects: Vec<String> = Vec::new();
    let mut trailers: Vec<String> = Vec::new();
    let add = |list: &mut Vec<String>, line: String| {
        if !list.contains(&line) {
            list.push(line);
        }
    };
    for (_, Entry { note, .. }) in &batch.entries {
        add(&mut subjects, one_line(&note.subject));
        for (key, value) in &note.trailers {
            add(&mut trailers, format!("{}: {}", one_line(key), one_line(value)));
        }
    }
    (subjects.join("; "), trailers.join("\n"))
}

fn author(note: &Note) -> Option<String> {
    let plain = |text: &str| one_line(text).replace(['<', '>'], "");
    let name = plain(&note.author);
    (!name.is_empty()).then(|| format!("--author={name} <{}>", plain(&note.email)))
}

fn one_line(text: &str) -> String {
    text.split(char::is_control).map(str::trim).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// The right to commit; `None` when another command has meanwhile committed everything.
fn committing(folder: &Folder) -> Outcome<Option<Lock>> {
    let path = private(folder)?.join("git.lock");
    let holder = Holder { command: "commit".to_string(), ..Holder::default() };
    let start = Instant::now();
    loop {
        if let Some(lock) = Lock::try_take(&path, &holder)? {
            return Ok(Some(lock));
        }
        if pending(folder).is_empty() {
            return Ok(None);
        }
        if start.elapsed() > COMMIT_WAIT {
            return Err(not_committed(Said::new(format!(
                "{PRIVATE_DIR}/git.lock: another command is still committing"
            ))));
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn not_committed(said: Said) -> Failure {
    let said = said.text;
    let problem = Problem::new(
        "not-committed",
        tr!("saved, not committed: {said}", "已保存，但未提交到 git：{said}"),
        tr!(
            "when that is mended, `cs commit` commits it; so does the next command that writes",
            "处理好之后运行 cs commit 即可提交；下一条写入命令也会自动补交"
        ),
    );
    Failure::new(Exit::NotCommitted, problem)
}

/// The ids of all entries, oldest first.
fn pending(folder: &Folder) -> Vec<u64> {
    let Ok(entries) = fs::read_dir(folder.root().join(PENDING)) else { return Vec::new() };
    let id = |name: String| name.strip_suffix(".json")?.parse().ok();
    let mut ids: Vec<u64> = entries.flatten().filter_map(|entry| id(entry.file_name().into_string().ok()?)).collect();
    ids.sort_unstable();
    ids
}

fn remove(folder: &Folder, id: u64) {
    let _ = fs::remove_file(folder.root().join(PENDING).join(file_name(id)));
}

fn file_name(id: u64) -> String {
    format!("{id:010}.json")
}

fn hash(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}
