//! Writing the folder: under its lock, a file at a time, whole or not at all.
//!
//! A temp file in the same directory is written, synced and renamed, and the directory synced. Since there is one
//! writer at a time, one name for temp files is enough: what a killed command left is replaced by the next write there.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::folder::{Folder, PRIVATE_DIR, TEMP, checked};
use super::journal::{Journal, Note};
use super::lock::{Holder, Lock};
use crate::base::problem::{Outcome, Place, Problem};
use crate::tr;

/// The right to write, held while it lives.
#[derive(Debug)]
pub struct Writer<'f> {
    folder: &'f Folder,
    journal: Option<Journal>,
    /// Stored by this writer and not yet named by a record of its own.
    photos: Vec<String>,
    _lock: Lock,
}

impl Folder {
    /// Takes the folder's lock. Read again what is to be changed: only what is read under the lock is sure.
    ///
    /// # Errors
    /// Exit `Busy` naming the holder after `timeout`; exit `Wrong` where the folder can't be written.
    pub fn lock(&self, holder: &Holder, timeout: Duration) -> Outcome<Writer<'_>> {
        let lock = Lock::take(&private(self)?.join("lock"), holder, timeout)?;
        Ok(Writer { folder: self, journal: None, photos: Vec::new(), _lock: lock })
    }
}

impl<'f> Writer<'f> {
    /// Has what is written from here on committed to git as one commit, by
    /// [`commit_pending`](super::journal::commit_pending) after the lock is let go. Without it nothing is journalled.
    ///
    /// # Errors
    /// Exit `Wrong` where the folder can't be written.
    pub fn commit_as(&mut self, note: Note) -> Outcome {
        self.journal = Some(Journal::start(self.folder, note)?);
        Ok(())
    }

    /// Makes a new file.
    ///
    /// # Errors
    /// `exists` when there is one; `bad-path`, `link-outside`, `unwritable`.
    pub fn create(&mut self, path: &str, content: impl AsRef<[u8]>) -> Outcome {
        if let (_, Some(_)) = self.folder.locate(path)? {
            return Err(Problem::new(
                "exists",
                tr!("{path} is there already", "{path} 已存在"),
                tr!("see what it holds; it is not replaced", "请先查看其内容；系统不会覆盖它"),
            )
            .at(Place::file(path))
            .into());
        }
        self.put(path, None, content.as_ref())
    }

    /// Replaces a file that still holds `seen`. Writes nothing when `content` is the same.
    ///
    /// # Errors
    /// `changed-meanwhile` when it holds anything else or is gone; what reading it may say; `unwritable`.
    pub fn replace(&mut self, path: &str, seen: impl AsRef<[u8]>, content: impl AsRef<[u8]>) -> Outcome {
        let (seen, content) = (seen.as_ref(), content.as_ref());
        if self.folder.bytes(path)?.as_deref() != Some(seen) {
            return Err(Problem::new(
                "changed-meanwhile",
                tr!("{path} was changed by someone else meanwhile", "{path} 已被他人修改"),
                tr!("nothing was written; run the command again", "没有写入任何内容；请重新执行命令"),
            )
            .at(Place::file(path))
            .into());
        }
        if seen == content { Ok(()) } else { self.put(path, Some(seen), content) }
    }

    /// Writes a file of this clone alone, under `.cs/`: neither journalled nor durable.
    ///
    /// # Errors
    /// `unwritable`.
    pub fn note_local(&mut self, path: &str, text: &str) -> Outcome {
        private(self.folder)?;
        let write = |path: &Path| {
            // Written over, not emptied first: on ext4 that waits for the disk.
            let mut file = OpenOptions::new().write(true).create(true).truncate(false).open(path)?;
            file.write_all(text.as_bytes())?;
            if file.metadata()?.len() > text.len() as u64 { file.set_len(text.len() as u64) } else { Ok(()) }
        };
        write(&self.folder.root().join(path)).map_err(|error| unwritable(path, &error).into())
    }

    fn put(&mut self, path: &str, before: Option<&[u8]>, content: &[u8]) -> Outcome {
        let failed = |error: io::Error| unwritable(path, &error);
        let parent = path.rsplit_once('/').map_or("", |(dir, _)| dir);
        self.make_dir(parent).map_err(failed)?;
        // Through a link inside the folder the file that it names is written, and the link stays.
        let (target, _) = self.folder.locate(path)?;
        let mut temp = Temp::beside(&target).map_err(failed)?;
        temp.file.write_all(content).map_err(failed)?;
        temp.sync(&target).map_err(failed)?;
        if let Some(journal) = &mut self.journal {
            journal.enter(path, &self.photos, before)?;
            self.photos.clear();
        }
        temp.rename(&target).map_err(failed)?;
        Ok(())
    }

    /// Stores what `fill` writes under the name that it returns, unless `keep` says that the file there is good.
    pub(super) fn put_stream(
        &mut self,
        dir: &str,
        fill: impl FnOnce(&mut File) -> Outcome<String>,
        keep: impl FnOnce(&str) -> bool,
    ) -> Outcome<String> {
        checked(dir)?;
        let failed = |error: io::Error| unwritable(dir, &error);
        self.make_dir(dir).map_err(failed)?;
        let (full, _) = self.folder.locate(dir)?;
        let mut temp = Temp::beside(&full.join("x")).map_err(failed)?;
        let name = fill(&mut temp.file)?;
        if !keep(&name) {
            let target = full.join(&name);
            temp.sync(&target).map_err(failed)?;
            temp.rename(&target).map_err(failed)?;
        }
        self.photos.push(format!("{dir}/{name}"));
        Ok(name)
    }

    pub(super) fn folder(&self) -> &'f Folder {
        self.folder
    }

    /// Makes the directories that are not there, each entered durably in the one above.
    fn make_dir(&self, dir: &str) -> io::Result<()> {
        let mut full = self.folder.root().to_path_buf();
        for part in dir.split('/').filter(|part| !part.is_empty()) {
            let above = full.clone();
            full.push(part);
            match fs::create_dir(&full) {
                Ok(()) => sync_dir(&above)?,
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}

/// A file that is not yet what it will be called; removed when dropped before that.
struct Temp {
    file: File,
    path: PathBuf,
    renamed: bool,
}

impl Temp {
    fn beside(target: &Path) -> io::Result<Temp> {
        let path = target.with_file_name(TEMP);
        match fs::remove_file(&path) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        Ok(Temp { file, path, renamed: false })
    }

    /// Makes the content durable, with the mode and owner of the file that it will replace.
    fn sync(&self, target: &Path) -> io::Result<()> {
        if let Ok(old) = fs::metadata(target) {
            keep_owner(&self.file, &old);
            self.file.set_permissions(old.permissions())?;
        }
        self.file.sync_all()
    }

    fn rename(mut self, target: &Path) -> io::Result<()> {
        fs::rename(&self.path, target)?;
        self.renamed = true;
        sync_dir(target.parent().unwrap_or(target))
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        if !self.renamed {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Only root and members of the group may; where it is refused, the file is the writer's, as with any editor.
#[cfg(unix)]
fn keep_owner(file: &File, old: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, fchown};
    if file.metadata().is_ok_and(|new| (new.uid(), new.gid()) == (old.uid(), old.gid())) {
        return;
    }
    let _ = fchown(file, Some(old.uid()), Some(old.gid())).or_else(|_| fchown(file, None, Some(old.gid())));
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &fs::Metadata) {}

/// Makes the names in a directory durable.
#[cfg(unix)]
fn sync_dir(dir: &Path) -> io::Result<()> {
    File::open(dir)?.sync_all()
}

/// Windows opens no directory for this; its file system keeps names in order by itself.
#[cfg(not(unix))]
fn sync_dir(_: &Path) -> io::Result<()> {
    Ok(())
}

/// The directory that `cs` keeps for itself, made when missing and hidden from git by its own ignore file.
pub(super) fn private(folder: &Folder) -> Outcome<PathBuf> {
    let dir = folder.root().join(PRIVATE_DIR);
    match fs::create_dir(&dir) {
        Ok(()) => fs::write(dir.join(".gitignore"), "*\n"),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(error),
    }
    .map_err(|error| unwritable(PRIVATE_DIR, &error))?;
    Ok(dir)
}

/// The operating system refuses to write; its own words say why.
pub(super) fn unwritable(path: &str, error: &io::Error) -> Problem {
    Problem::new(
        "unwritable",
        tr!("{path} can't be written: {error}", "无法写入 {path}：{error}"),
        tr!("check the free space and that you may write there", "请检查磁盘空间和写入权限"),
    )
    .at(Place::file(path))
}
