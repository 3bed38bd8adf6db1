//! Reading the folder: whole files of strict UTF-8, and what is wrong with those that are not.

use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock, RwLock};

use walkdir::{DirEntry, WalkDir};

use crate::base::problem::{Outcome, Place, Problem};
use crate::base::source::Source;
use crate::tr;

/// Largest form, policy or settings file, in bytes.
pub const LARGEST_FORM: u64 = 1 << 20;
/// Largest list or register, in bytes.
pub const LARGEST_LIST: u64 = 256 << 20;
/// The file that makes a directory a department's folder.
pub const MARK: &str = "cs.toml";
/// Where `cs` keeps its lock and what waits for git; never committed.
pub const PRIVATE_DIR: &str = ".cs";
/// What a file is called in its directory until it is whole.
pub(super) const TEMP: &str = ".cs-tmp";
/// Lines for the folder's `.gitignore`: what `cs` leaves there for itself.
pub const GITIGNORE: &str = ".cs/\n.cs-tmp\n";

/// A department's folder on disk.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// The root with its links resolved; asked for only when a link is met.
    real_root: OnceLock<PathBuf>,
    /// Directories known to lie inside, so that reading a file costs no more than the file.
    inside: RwLock<HashSet<Box<str>>>,
}

impl Folder {
    /// The folder that `start` lies in: the nearest directory upward that holds cs.toml.
    ///
    /// # Errors
    /// `no-folder` when there is none.
    pub fn find(start: &Path) -> Outcome<Folder> {
        let start = absolute(start);
        match start.ancestors().find(|dir| dir.join(MARK).is_file()) {
            Some(dir) => Ok(Folder::at(dir)),
            None => {
                let start = start.display();
                Err(Problem::new(
                    "no-folder",
                    tr!("no cs.toml in {start} or above it", "{start} 及其上级目录中没有 cs.toml"),
                    tr!(
                        "name the department's folder with -C DIR, or make one with `cs init DIR`",
                        "请用 -C 目录 指定部门文件夹，或用 cs init 目录 新建一个"
                    ),
                )
                .into())
            }
        }
    }

    /// The folder at `root`, taken as it is.
    pub fn at(root: impl AsRef<Path>) -> Folder {
        Folder { root: absolute(root.as_ref()), real_root: OnceLock::new(), inside: RwLock::default() }
    }

    /// The folder's own directory, absolute.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether anything, even a broken link, has this path. Costs one system call.
    pub fn exists(&self, path: &str) -> bool {
        checked(path).is_ok() && fs::symlink_metadata(self.root.join(path)).is_ok()
    }

    /// Where `path` is on disk and what stands there, links inside the folder followed.
    ///
    /// # Errors
    /// `bad-path`, `link-outside`, `broken-link`, `unreadable`.
    pub(super) fn locate(&self, path: &str) -> Result<(PathBuf, Option<Metadata>), Problem> {
        checked(path)?;
        if let Some((dir, _)) = path.rsplit_once('/') {
            self.enter(dir, path)?;
        }
        let full = self.root.join(path);
        match fs::symlink_metadata(&full) {
            Ok(meta) if meta.is_symlink() => {
                let real = self.follow(&full, path)?;
                let meta = fs::metadata(&real).map_err(|error| unreadable(path, &error))?;
                Ok((real, Some(meta)))
            }
            Ok(meta) => Ok((full, Some(meta))),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok((full, None)),
            Err(error) => Err(unreadable(path, &error)),
        }
    }

    /// Makes sure that a directory is reached without leaving the folder, once for each directory.
    fn enter(&self, dir: &str, path: &str) -> Result<(), Problem> {
        if self.inside.read().is_ok_and(|known| known.contains(dir)) {
            return Ok(());
        }
        let mut step = self.root.clone();
        for part in dir.split('/') {
            step.push(part);
            match fs::symlink_metadata(&step) {
                Ok(meta) if meta.is_symlink() => {
                    self.follow(&step, path)?;
                }
                Ok(_) => {}
                // Not there: nothing to remember, and the read itself says so.
                Err(_) => return Ok(()),
            }
        }
        if let Ok(mut known) = self.inside.write() {
            known.insert(dir.into());
        }
        Ok(())
    }

    fn follow(&self, link: &Path, path: &str) -> Result<PathBuf, Problem> {
        let real = fs::canonicalize(link).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Problem::new(
                "broken-link",
                tr!("{path} is a link to nothing", "{path} 是一个失效的链接"),
                tr!("put the file itself there, or remove the link", "请放入文件本身，或删除该链接"),
            )
            .at(Place::file(path)),
            _ => unreadable(path, &error),
        })?;
        let root = match self.real_root.get() {
            Some(root) => root,
            None => {
                let root = fs::canonicalize(&self.root).map_err(|error| unreadable(path, &error))?;
                self.real_root.get_or_init(|| root)
            }
        };
        if real.starts_with(root) {
            return Ok(real);
        }
        Err(Problem::new(
            "link-outside",
            tr!("{path} is reached through a link that leaves the folder", "{path} 经过一个指向文件夹之外的链接"),
            tr!("put the file itself into the folder", "请把文件本身放进文件夹，不要用链接"),
        )
        .at(Place::file(path)))
    }
}

impl Folder {
    /// What a file holds, be it text or not; `None` when there is none.
    ///
    /// # Errors
    /// As [`read`](Source::read), but for what no text may hold, and up to the size of the largest list.
    pub fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>, Problem> {
        self.at_most(path, LARGEST_LIST)
    }

    fn at_most(&self, path: &str, limit: u64) -> Result<Option<Vec<u8>>, Problem> {
        // Looked at before it is opened: opening a pipe would wait for a writer for ever.
        let (full, Some(meta)) = self.locate(path)? else { return Ok(None) };
        match read_regular(&full, &meta, limit) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Refused::NotRegular) => Err(not_regular(path)),
            Err(Refused::TooLarge) => Err(too_large(path, limit)),
            // Another command may have replaced or removed it since; then it is as if it had never been there.
            Err(Refused::Io(error)) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(Refused::Io(error)) => Err(unreadable(path, &error)),
        }
    }

    /// What stands anywhere in the folder and no command would open: pipes, devices, links that leave it or lead
    /// nowhere. Hidden names are git's and the system's own.
    pub fn strange(&self) -> Vec<Problem> {
        let hidden = |entry: &DirEntry| entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.');
        let mut problems = Vec::new();
        for entry in WalkDir::new(&self.root).sort_by_file_name().into_iter().filter_entry(|e| !hidden(e)) {
            let Ok(entry) = entry else { continue };
            let kind = entry.file_type();
            if kind.is_file() || kind.is_dir() {
                continue;
            }
            let inner = entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
            let parts: Vec<String> = inner.components().map(|p| p.as_os_str().to_string_lossy().into_owned()).collect();
            let path = parts.join("/");
            problems.extend(match self.locate(&path) {
                Err(problem) => Some(problem),
                Ok((_, Some(meta))) if meta.is_file() || meta.is_dir() => None,
                Ok(_) => Some(not_regular(&path)),
            });
        }
        problems
    }
}

impl Source for Folder {
    fn read(&self, path: &str) -> Result<Option<String>, Problem> {
        self.at_most(path, largest(path))?.map(|bytes| decode(path, bytes)).transpose()
    }

    fn photo(&self, name: &str) -> Result<(), Problem> {
        self.verify_photo(name)
    }

    fn names(&self, dir: &str) -> Result<Vec<String>, Problem> {
        let full = if dir.is_empty() { self.root.clone() } else { self.locate(dir)?.0 };
        let entries = match fs::read_dir(&full) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(unreadable(dir, &error)),
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry.map_err(|error| unreadable(dir, &error))?;
            let os_name = entry.file_name();
            if os_name.as_encoded_bytes().starts_with(b".") {
                continue;
            }
            let Ok(mut name) = os_name.into_string() else {
                return Err(bad_name(dir, &entry.file_name().to_string_lossy()));
            };
            let kind = entry.file_type().map_err(|error| unreadable(dir, &error))?;
            if kind.is_dir() || (kind.is_symlink() && entry.path().is_dir()) {
                name.push('/');
            }
            names.push(name);
        }
        names.sort_unstable();
        Ok(names)
    }
}

/// The most bytes that a file of this name may have.
pub(super) fn largest(path: &str) -> u64 {
    if path.ends_with(".csv") { LARGEST_LIST } else { LARGEST_FORM }
}

/// Why a file was not read.
pub(super) enum Refused {
    NotRegular,
    TooLarge,
    Io(io::Error),
}

/// Reads a regular file of at most `limit` bytes, even when it grows meanwhile.
pub(super) fn read_regular(full: &Path, meta: &Metadata, limit: u64) -> Result<Vec<u8>, Refused> {
    if !meta.is_file() {
        return Err(Refused::NotRegular);
    }
    if meta.len() > limit {
        return Err(Refused::TooLarge);
    }
    let mut bytes = Vec::with_capacity(meta.len() as usize + 1);
    let file = File::open(full).map_err(Refused::Io)?;
    file.take(limit + 1).read_to_end(&mut bytes).map_err(Refused::Io)?;
    if bytes.len() as u64 > limit { Err(Refused::TooLarge) } else { Ok(bytes) }
}

/// Bytes to text, or what they are instead and where that shows first.
pub(super) fn decode(path: &str, bytes: Vec<u8>) -> Result<String, Problem> {
    let excel = || {
        tr!(
            "save the file as UTF-8 (in Excel: Save As, \"CSV UTF-8\")",
            "请另存为 UTF-8 编码（Excel：另存为“CSV UTF-8（逗号分隔）”）"
        )
    };
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        let message = tr!("{path} is UTF-16, not UTF-8", "{path} 是 UTF-16 编码，不是 UTF-8");
        let place = Place { line: 1, column: 1, ..Place::file(path) };
        return Err(Problem::new("utf-16", message, excel()).at(place));
    }
    if let Some(nul) = memchr::memchr(0, &bytes) {
        return Err(Problem::new(
            "nul-byte",
            tr!("{path} holds a NUL byte: damaged, or no text file", "{path} 含有空字节：文件已损坏，或不是文本文件"),
            tr!("restore the file from git or a backup", "请从 git 或备份中恢复该文件"),
        )
        .at(spot(path, &bytes, nul)));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let byte = error.as_bytes()[at];
        Problem::new(
            "not-utf8",
            tr!(
                "{path} is not UTF-8: byte 0x{byte:02X} (perhaps GB18030, as older Excel writes)",
                "{path} 不是 UTF-8 编码：字节 0x{byte:02X}（可能是旧版 Excel 保存的 GB18030/GBK）"
            ),
            excel(),
        )
        .at(spot(path, error.as_bytes(), at))
    })
}

/// The place of a byte in what may be no text; what comes before it must be UTF-8 on its own line.
fn spot(path: &str, bytes: &[u8], at: usize) -> Place {
    let file: Arc<str> = path.into();
    let line_start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |i| i + 1);
    let line_end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |i| at + i);
    let lead = String::from_utf8_lossy(&bytes[line_start..at]).into_owned();
    let rest = String::from_utf8_lossy(&bytes[at..line_end.min(at + 200)]);
    let width = rest.chars().next().map_or(0, char::len_utf8);
    let mut place = Place::at(&file, &format!("{lead}{rest}"), lead.len()..lead.len() + width);
    place.line = memchr::memchr_iter(b'\n', &bytes[..line_start]).count() + 1;
    place
}

fn absolute(path: &Path) -> PathBuf {
    std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf())
}

/// A path of the folder: relative, `/` between its parts, no part that climbs.
pub(super) fn checked(path: &str) -> Result<(), Problem> {
    let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains(['\\', '\0', ':']);
    if path.split('/').all(plain) {
        return Ok(());
    }
    Err(Problem::new(
        "bad-path",
        tr!("{path:?} is no path inside the folder", "{path:?} 不是文件夹内的路径"),
        tr!("give a path relative to the folder, without ..", "请使用相对于文件夹的路径，且不含 .."),
    ))
}

/// The operating system refuses; its own words say why.
pub(super) fn unreadable(path: &str, error: &io::Error) -> Problem {
    let name = if path.is_empty() { "." } else { path };
    Problem::new(
        "unreadable",
        tr!("{name} can't be read: {error}", "无法读取 {name}：{error}"),
        tr!("check that it exists, is no directory and is yours to read", "请检查它是否存在、类型和读取权限"),
    )
    .at(Place::file(name))
}

pub(super) fn not_regular(path: &str) -> Problem {
    Problem::new(
        "not-a-file",
        tr!("{path} is no regular file", "{path} 不是普通文件"),
        tr!(
            "move the directory, pipe or device away and put the file there",
            "请移走占用此名称的目录、管道或设备，放回文件"
        ),
    )
    .at(Place::file(path))
}

pub(super) fn too_large(path: &str, limit: u64) -> Problem {
    let limit = limit >> 20;
    Problem::new(
        "too-large",
        tr!("{path} is larger than {limit} MiB", "{path} 超过 {limit} MiB"),
        tr!("see what was put into it; restore it from git", "请检查其中混入了什么内容，必要时从 git 恢复"),
    )
    .at(Place::file(path))
}

pub(super) fn bad_name(dir: &str, name: &str) -> Problem {
    let dir = if dir.is_empty() { "." } else { dir };
    Problem::new(
        "bad-name",
        tr!("{dir} holds a file whose name is not UTF-8: {name}", "{dir} 中有文件名不是 UTF-8 编码：{name}"),
        tr!("rename the file", "请重命名该文件"),
    )
    .at(Place::file(dir))
}
