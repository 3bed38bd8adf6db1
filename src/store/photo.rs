//! Attachments: stored once, under `photos/`, named by what they hold.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use super::folder::{Folder, Refused, checked, read_regular, unreadable};
use super::write::{Writer, unwritable};
use crate::base::problem::{Failure, Outcome, Place, Problem};
use crate::tr;

/// The directory of attachments.
pub const PHOTOS: &str = "photos";
/// Largest attachment, in bytes.
pub const LARGEST_PHOTO: u64 = 50 << 20;
/// How many hexadecimal digits of the content hash (BLAKE3) name a file: 128 bits.
const DIGITS: usize = 32;

impl Writer<'_> {
    /// Copies a file into `photos/` and returns its name there, `<hash>.<ending>`. What is there already stays.
    ///
    /// # Errors
    /// `not-a-file`, `too-large` (over 50 MiB), `unreadable` for the source; `unwritable` for the folder.
    pub fn put_photo(&mut self, source: &Path) -> Outcome<String> {
        let folder = self.folder();
        self.put_stream(PHOTOS, |output| copied(source, output), |name| folder.verify_photo(name).is_ok())
    }
}

/// The name that a file will have under `photos/`, before anything is stored.
///
/// # Errors
/// `not-a-file`, `too-large` (over 50 MiB), `unreadable`.
pub fn photo_name(source: &Path) -> Outcome<String> {
    copied(source, &mut io::sink())
}

/// Copies an attachment and names it by what it holds.
fn copied(source: &Path, output: &mut dyn Write) -> Outcome<String> {
    let shown = source.display().to_string();
    let read_error = |error: io::Error| unreadable(&shown, &error).unplaced();
    let meta = fs::metadata(source).map_err(read_error)?;
    if !meta.is_file() {
        return Err(Problem::new(
            "not-a-file",
            tr!("{shown} is no regular file", "{shown} 不是普通文件"),
            tr!("give the path of a photo or document", "请给出照片或文档的路径"),
        )
        .into());
    }
    if meta.len() > LARGEST_PHOTO {
        return Err(too_large(&shown));
    }
    let mut input = File::open(source).map_err(read_error)?.take(LARGEST_PHOTO + 1);
    let mut hasher = blake3::Hasher::new();
    let mut piece = vec![0; 64 << 10];
    loop {
        let length = input.read(&mut piece).map_err(read_error)?;
        if length == 0 {
            break;
        }
        hasher.update(&piece[..length]);
        output.write_all(&piece[..length]).map_err(|error| unwritable(PHOTOS, &error))?;
    }
    // It may have grown since its size was asked.
    if input.limit() == 0 {
        return Err(too_large(&shown));
    }
    Ok(format!("{}{}", &hasher.finalize().to_hex()[..DIGITS], ending(source)))
}

impl Folder {
    /// Whether an attachment is there and holds what its name says.
    ///
    /// # Errors
    /// `photo-name`, `photo-missing`, `photo-damaged`; `not-a-file`, `link-outside`, `unreadable`.
    pub fn verify_photo(&self, name: &str) -> Result<(), Problem> {
        let path = path_of(name)?;
        let (full, meta) = self.locate(&path)?;
        let Some(meta) = meta else { return Err(missing(&path)) };
        match read_regular(&full, &meta, LARGEST_PHOTO) {
            Ok(bytes) => holds(name, &bytes),
            Err(Refused::Io(error)) => Err(unreadable(&path, &error)),
            _ => Err(damaged(&path)),
        }
    }
}

/// The digits of the content hash in an attachment's name.
fn digits(name: &str) -> &str {
    name.split('.').next().unwrap_or("")
}

/// The path of an attachment.
///
/// # Errors
/// `photo-name` where it is no name of one.
pub(super) fn path_of(name: &str) -> Result<String, Problem> {
    let path = format!("{PHOTOS}/{name}");
    let digits = digits(name);
    let plain = (16..=64).contains(&digits.len()) && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if plain && !name.contains('/') && checked(&path).is_ok() {
        return Ok(path);
    }
    Err(Problem::new(
        "photo-name",
        tr!("{name:?} is no name of an attachment", "{name:?} 不是附件名"),
        tr!(
            "give photos with --photo FILE and other files with --attach FILE",
            "照片请用 --photo 文件、其他文件请用 --attach 文件 添加"
        ),
    ))
}

/// Whether an attachment's content is what its name says.
///
/// # Errors
/// `photo-damaged`.
pub(super) fn holds(name: &str, bytes: &[u8]) -> Result<(), Problem> {
    if blake3::hash(bytes).to_hex().starts_with(digits(name)) { Ok(()) } else { Err(damaged(&path_of(name)?)) }
}

/// An attachment is gone.
pub(super) fn missing(path: &str) -> Problem {
    Problem::new(
        "photo-missing",
        tr!("{path} is missing", "缺少附件 {path}"),
        tr!("restore it from git or attach it again", "请从 git 恢复，或重新添加该附件"),
    )
    .at(Place::file(path))
}

fn damaged(path: &str) -> Problem {
    Problem::new(
        "photo-damaged",
        tr!("{path} no longer holds what its name says", "{path} 的内容与文件名中的校验值不符"),
        tr!("restore it from git or attach it again", "请从 git 恢复，或重新添加该附件"),
    )
    .at(Place::file(path))
}

/// The file's ending in lower case with its dot, when it is a plain one.
fn ending(source: &Path) -> String {
    let ending = source.extension().and_then(OsStr::to_str).unwrap_or("").to_ascii_lowercase();
    let plain = (1..=8).contains(&ending.len()) && ending.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain { format!(".{ending}") } else { String::new() }
}

fn too_large(shown: &str) -> Failure {
    let limit = LARGEST_PHOTO >> 20;
    Problem::new(
        "too-large",
        tr!("{shown} is larger than {limit} MiB", "{shown} 超过 {limit} MiB"),
        tr!("attach a smaller copy", "请附上较小的版本"),
    )
    .into()
}
