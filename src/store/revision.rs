//! The folder as a commit holds it: read from git's objects alone, so that neither the working tree nor the index
//! matters, and nothing is written.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout};
use std::sync::Mutex;

use chrono::{NaiveTime, TimeDelta};

use super::folder::{MARK, bad_name, decode, largest, not_regular, too_large, unreadable};
use super::git::{Git, LOG_FIELDS, LogEntry, Said};
use super::photo;
use crate::base::problem::{Outcome, Place, Problem};
use crate::base::source::Source;
use crate::base::time::{Now, Time, days_after, parse_date, parse_time, rfc3339};
use crate::tr;

/// A commit of the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commit {
    /// Its full id.
    pub id: String,
    /// When it was committed.
    pub time: Time,
}

/// A commit and the files of the folder that it touched.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touching {
    /// The commit.
    pub entry: LogEntry,
    /// Paths in the folder.
    pub files: Vec<String>,
}

/// Begins what git prints of a commit where the names of files follow; no name begins so.
const BEGIN: char = '\u{1e}';

impl Git {
    /// The commit that a person names: by anything that git takes for one, else by a day or moment on the department's
    /// clock, which means the last commit of the current branch at or before its end.
    ///
    /// # Errors
    /// `rev.none` where there is no such commit, `rev.ambiguous` where several are meant; `git`.
    pub fn commit(&self, word: &str, now: Now) -> Outcome<Commit> {
        let id = match self.named(word)? {
            Some(id) => id,
            None => self.dated(word, now)?,
        };
        let out = self.run(&["show", "-s", "--no-show-signature", "--format=%cI", &id], None).map_err(Said::failure)?;
        let time =
            String::from_utf8_lossy(&out).trim().parse::<Time>().map_err(|error| anyhow::anyhow!("git: {error}"))?;
        Ok(Commit { id, time })
    }

    /// The commit that git takes a word for.
    fn named(&self, word: &str) -> Outcome<Option<String>> {
        let under = ["heads", "tags", "remotes"].map(|kind| format!("refs/{kind}/{word}"));
        let plain = !word.contains(['*', '?', '[', '^', '~', ':']);
        if plain && !word.is_empty() {
            let mut args = vec!["for-each-ref", "--format=%(refname)"];
            args.extend(under.iter().map(String::as_str));
            let refs = self.run(&args, None).map_err(Said::failure)?;
            let refs = String::from_utf8_lossy(&refs);
            let found: Vec<&str> = refs.lines().filter(|name| under.iter().any(|one| one == name)).collect();
            if found.len() > 1 {
                return Err(ambiguous(word, &found.join(", ")).into());
            }
        }
        let commit = format!("{word}^{{commit}}");
        let found = self.run(&["rev-parse", "-q", "--verify", "--end-of-options", &commit], None);
        let id = found.ok().map(|out| String::from_utf8_lossy(&out).trim().to_string());
        if let Some(id) = id.filter(|id| is_hex(id)) {
            return Ok(Some(id));
        }
        if word.len() >= 4 && is_hex(word) {
            let alike = self.run(&["rev-parse", &format!("--disambiguate={word}")], None).unwrap_or_default();
            let alike = String::from_utf8_lossy(&alike);
            if alike.lines().count() > 1 {
                return Err(ambiguous(word, &alike.lines().collect::<Vec<_>>().join(", ")).into());
            }
        }
        Ok(None)
    }

    /// The last commit of the current branch at or before a day's end or a moment.
    fn dated(&self, word: &str, now: Now) -> Outcome<String> {
        let of_day = |day| now.zone.on(days_after(day, 1), NaiveTime::MIN) - TimeDelta::seconds(1);
        let until = parse_time(word, now).or_else(|| parse_date(word, now.today()).map(of_day));
        let Some(until) = until else {
            return Err(Problem::new(
                "rev.none",
                tr!("git knows no commit \"{word}\", and it is no date", "git 中没有“{word}”这个版本，它也不是日期"),
                tr!(
                    "name a commit, a tag, a branch, HEAD~3, a day as 2026-11-21 or a moment as \"2026-11-21 10:30\"; git log lists the commits",
                    "请写提交号、标签、分支、HEAD~3，或日期 2026-11-21、时刻 \"2026-11-21 10:30\"；用 git log 可查看提交"
                ),
            )
            .into());
        };
        let before = format!("--before={}", rfc3339(until));
        // Merged branches may hold older commits that this folder did not have then.
        let found = self.run(&["rev-list", "-1", "--first-parent", &before, "HEAD", "--"], None).unwrap_or_default();
        let id = String::from_utf8_lossy(&found).trim().to_string();
        if is_hex(&id) {
            return Ok(id);
        }
        Err(Problem::new(
            "rev.none",
            tr!("nothing was committed by {word}", "截至 {word} 还没有任何提交"),
            tr!("name a later day; git log lists the commits", "请改用更晚的日期；用 git log 可查看提交"),
        )
        .into())
    }

    /// The commits that are in one of two revisions and not in the other, newest first, with the files of the folder
    /// that each touched.
    ///
    /// # Errors
    /// `git` when git fails.
    pub fn between(&self, one: &str, other: &str) -> Outcome<Vec<Touching>> {
        let (range, format) = (format!("{one}...{other}"), format!("--format={BEGIN}{LOG_FIELDS}%x00"));
        let args = ["log", "-z", "--no-show-signature", &format, "--name-only", "--no-renames", "--relative", &range];
        let out = self.run(&[&args[..], &["--", "."]].concat(), None).map_err(Said::failure)?;
        let text = String::from_utf8_lossy(&out);
        let fields: Vec<&str> = text.split('\0').collect();
        let starts: Vec<usize> = (0..fields.len()).filter(|&at| fields[at].starts_with(BEGIN)).collect();
        let ends = starts.iter().skip(1).copied().chain([fields.len()]);
        let touching = starts.iter().zip(ends).filter_map(|(&start, end)| {
            let mut head = fields.get(start..start + 5)?.to_vec();
            head[0] = head[0].trim_start_matches(BEGIN);
            let files = fields[start + 5..end].iter().map(|name| name.trim_start_matches('\n'));
            let files = files.filter(|name| !name.is_empty()).map(str::to_string).collect();
            Some(Touching { entry: LogEntry::read(&head)?, files })
        });
        Ok(touching.collect())
    }
}

fn is_hex(id: &str) -> bool {
    !id.is_empty() && id.bytes().all(|b| b.is_ascii_hexdigit())
}

fn ambiguous(word: &str, meant: &str) -> Problem {
    Problem::new(
        "rev.ambiguous",
        tr!("{word} may mean several revisions: {meant}", "{word} 可以指多个版本：{meant}"),
        tr!("name one of them in full", "请写出其中一个的完整名称"),
    )
}

/// The folder as a commit holds it.
#[derive(Debug)]
pub struct Revision {
    git: Git,
    /// The commit.
    pub commit: Commit,
    files: BTreeMap<String, Object>,
    /// Directories that hold a name which is not UTF-8, with that name as far as it can be shown.
    unnamed: Vec<(String, String)>,
    /// Running gits that hand out contents and wait for the next question; as many as ever read side by side.
    idle: Mutex<Vec<Contents>>,
}

/// A file of the commit.
#[derive(Debug)]
struct Object {
    id: String,
    /// Not so for links and submodules.
    regular: bool,
}

impl Revision {
    /// The folder as a commit holds it; its names are read at once, contents when asked for.
    ///
    /// # Errors
    /// `rev.no-folder` where the commit holds no cs.toml here; `git`.
    pub fn open(git: Git, commit: Commit) -> Outcome<Revision> {
        let out = git.run(&["ls-tree", "-r", "-z", &commit.id], None).map_err(Said::failure)?;
        let mut revision =
            Revision { git, commit, files: BTreeMap::new(), unnamed: Vec::new(), idle: Mutex::default() };
        for entry in out.split(|byte| *byte == 0) {
            let Some(tab) = entry.iter().position(|byte| *byte == b'\t') else { continue };
            let head = String::from_utf8_lossy(&entry[..tab]).into_owned();
            let mut words = head.split(' ');
            let (mode, id) = (words.next().unwrap_or(""), words.nth(1).unwrap_or(""));
            match std::str::from_utf8(&entry[tab + 1..]) {
                Ok(path) => {
                    let object = Object { id: id.to_string(), regular: mode.starts_with("100") };
                    revision.files.insert(path.to_string(), object);
                }
                Err(_) => {
                    let path = String::from_utf8_lossy(&entry[tab + 1..]);
                    let (dir, name) = path.rsplit_once('/').unwrap_or(("", &path));
                    revision.unnamed.push((dir.to_string(), name.to_string()));
                }
            }
        }
        if revision.files.contains_key(MARK) {
            return Ok(revision);
        }
        let id = &revision.commit.id[..revision.commit.id.len().min(8)];
        Err(Problem::new(
            "rev.no-folder",
            tr!("commit {id} holds no cs.toml here", "提交 {id} 中此处没有 cs.toml"),
            tr!("name a commit made after `cs init`", "请改用 cs init 之后的提交"),
        )
        .into())
    }

    /// The bytes of a file; `None` when there is none.
    fn bytes(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Problem> {
        let above = path.match_indices('/').map(|(at, _)| &path[..at]);
        if above.clone().any(|dir| self.files.get(dir).is_some_and(|object| !object.regular)) {
            return Err(link(path));
        }
        let Some(object) = self.files.get(path) else {
            return if self.has_dir(path) { Err(not_regular(path)) } else { Ok(None) };
        };
        if !object.regular {
            return Err(link(path));
        }
        let failed = |error: io::Error| unreadable(path, &error);
        let waiting = self.idle.lock().ok().and_then(|mut idle| idle.pop());
        let mut contents = match waiting {
            Some(contents) => contents,
            None => Contents::start(&self.git).map_err(failed)?,
        };
        // One that failed is not asked again.
        let bytes = contents.read(&object.id, limit).map_err(failed)?;
        if let Ok(mut idle) = self.idle.lock() {
            idle.push(contents);
        }
        bytes.map(Some).ok_or_else(|| too_large(path, limit))
    }

    fn has_dir(&self, path: &str) -> bool {
        let lead = format!("{path}/");
        self.files.range(lead.clone()..).next().is_some_and(|(file, _)| file.starts_with(&lead))
    }
}

impl Source for Revision {
    fn read(&self, path: &str) -> Result<Option<String>, Problem> {
        match self.bytes(path, largest(path))? {
            Some(bytes) => decode(path, bytes).map(Some),
            None => Ok(None),
        }
    }

    fn names(&self, dir: &str) -> Result<Vec<String>, Problem> {
        if let Some((_, name)) = self.unnamed.iter().find(|(inside, name)| inside == dir && !name.starts_with('.')) {
            return Err(bad_name(dir, name));
        }
        if self.files.get(dir).is_some_and(|object| !object.regular) {
            return Err(link(dir));
        }
        let lead = if dir.is_empty() { String::new() } else { format!("{dir}/") };
        let mut names = Vec::new();
        let mut from = lead.clone();
        while let Some((path, _)) = self.files.range(from.clone()..).next() {
            let Some(rest) = path.strip_prefix(&lead) else { break };
            let name = rest.split_inclusive('/').next().unwrap_or("");
            // On to what is behind the file, or behind all that the directory holds: "0" stands next to "/".
            from = match name.strip_suffix('/') {
                Some(below) => format!("{lead}{below}0"),
                None => format!("{path}\0"),
            };
            if !name.starts_with('.') {
                names.push(name.to_string());
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    fn photo(&self, name: &str) -> Result<(), Problem> {
        let path = photo::path_of(name)?;
        match self.bytes(&path, photo::LARGEST_PHOTO)? {
            Some(bytes) => photo::holds(name, &bytes),
            None => Err(photo::missing(&path)),
        }
    }
}

fn link(path: &str) -> Problem {
    Problem::new(
        "rev.link",
        tr!(
            "{path} was a link or submodule then, which is not followed into the past",
            "{path} 当时是链接或子模块，读取历史版本时不跟随"
        ),
        tr!(
            "see what it was with git show; from now on put the file itself there",
            "请用 git show 查看；今后请直接放入文件本身"
        ),
    )
    .at(Place::file(path))
}

/// A running `git cat-file --batch`.
#[derive(Debug)]
struct Contents {
    git: Child,
    /// Taken when it is to end.
    asks: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Contents {
    fn start(git: &Git) -> io::Result<Contents> {
        let mut git = git.start(&["cat-file", "--batch"])?;
        let asks = git.stdin.take();
        let answers = git.stdout.take().ok_or(io::ErrorKind::BrokenPipe)?;
        Ok(Contents { git, asks, answers: BufReader::new(answers) })
    }

    /// The content of an object; `None` where it is larger than `limit`.
    fn read(&mut self, id: &str, limit: u64) -> io::Result<Option<Vec<u8>>> {
        let asks = self.asks.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        asks.write_all(format!("{id}\n").as_bytes())?;
        asks.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        // "ID blob SIZE", or "ID missing" where the clone lacks it.
        let size = head.trim_end().split(' ').nth(2).and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| io::Error::other(format!("git: {}", head.trim_end())))?;
        let kept = size.min(limit + 1);
        let mut bytes = Vec::with_capacity(kept as usize);
        (&mut self.answers).take(kept).read_to_end(&mut bytes)?;
        // The rest, and the line end behind it.
        io::copy(&mut (&mut self.answers).take(size - kept + 1), &mut io::sink())?;
        if (bytes.len() as u64) < kept {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        Ok((size <= limit).then_some(bytes))
    }
}

impl Drop for Contents {
    fn drop(&mut self) {
        // Git ends at the end of its questions.
        drop(self.asks.take());
        let _ = self.git.wait();
    }
}
