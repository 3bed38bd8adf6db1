//! One writer at a time: the operating system's lock on a file that is never deleted.
//!
//! The system frees the lock when its holder ends, however it ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crate::base::problem::{Exit, Failure, Outcome, Problem};
use crate::tr;

/// How long a command waits for another one, unless told otherwise.
pub const WAIT: Duration = Duration::from_secs(10);
const POLL: Duration = Duration::from_millis(15);

/// Who holds a lock, for the message that others get.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// The staff code; may be empty.
    pub staff: String,
    /// The command that runs, such as `new repair`.
    pub command: String,
}

/// A lock that is held until dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
    note: PathBuf,
}

impl Lock {
    /// Takes the lock at `path`, whose directory must exist.
    ///
    /// # Errors
    /// Exit `Busy`, naming the holder, after `timeout`; exit `Wrong` where the file can't be made.
    pub fn take(path: &Path, holder: &Holder, timeout: Duration) -> Outcome<Lock> {
        let start = Instant::now();
        loop {
            if let Some(lock) = Lock::try_take(path, holder)? {
                return Ok(lock);
            }
            if start.elapsed() >= timeout {
                return Err(busy(path, timeout));
            }
            std::thread::sleep(POLL.min(timeout));
        }
    }

    /// Takes the lock if it is free.
    ///
    /// # Errors
    /// Exit `Wrong` where the file can't be made.
    pub fn try_take(path: &Path, holder: &Holder) -> Outcome<Option<Lock>> {
        let file = open(path).map_err(|error| unlockable(path, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(error)) => return Err(unlockable(path, &error)),
        }
        // Beside the lock, not in it: Windows lets no one read a locked file.
        let note = note_of(path);
        let pid = std::process::id();
        let Holder { staff, command } = holder;
        // Only for the message of those who wait; a folder that forbids it is still locked.
        let _ = fs::write(&note, format!("pid {pid}\n{}\n{}\n", one_line(staff), one_line(command)));
        Ok(Some(Lock { file, note }))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Emptied and written again, a file system may flush it each time; a new one costs nothing.
        let _ = fs::remove_file(&self.note);
        let _ = self.file.unlock();
    }
}

/// Opens for writing; for reading where a colleague's file allows no more, which is enough to lock.
fn open(path: &Path) -> std::io::Result<File> {
    match OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path) {
        Err(error) if error.kind() == ErrorKind::PermissionDenied => File::open(path),
        other => other,
    }
}

fn note_of(path: &Path) -> PathBuf {
    path.with_extension("holder")
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn busy(path: &Path, timeout: Duration) -> Failure {
    let note = fs::read_to_string(note_of(path)).unwrap_or_default();
    let mut lines = note.lines().map(str::trim).filter(|line| !line.is_empty());
    let (pid, rest) = (lines.next(), lines.collect::<Vec<_>>().join(", "));
    let (en, zh) = match (pid, rest.as_str()) {
        (None, _) => ("another command".to_string(), "另一个命令".to_string()),
        (Some(pid), "") => (pid.to_string(), pid.to_string()),
        (Some(pid), rest) => (format!("{rest} ({pid})"), format!("{rest}（{pid}）")),
    };
    let seconds = timeout.as_secs();
    let mut message = tr!("still busy after {seconds} s: locked by ", "等待 {seconds} 秒后文件夹仍被占用：");
    message.en.push_str(&en);
    message.zh.push_str(&zh);
    let help = tr!("try again when that command has ended", "请等该命令结束后重试");
    Failure::new(Exit::Busy, Problem::new("busy", message, help))
}

fn unlockable(path: &Path, error: &std::io::Error) -> Failure {
    let path = path.display();
    Problem::new(
        "no-lock",
        tr!("{path} can't be locked: {error}", "无法锁定 {path}：{error}"),
        tr!(
            "check that you may write there and that the disk supports locks",
            "请检查写入权限，以及该磁盘是否支持文件锁"
        ),
    )
    .into()
}
