//! Files that a user asks for outside of the records: a printed form, wherever it is to lie.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use crate::base::problem::{Outcome, Problem};
use crate::tr;

/// Writes a file whole or not at all. One that is there is replaced only with `force`.
///
/// # Errors
/// `out.exists` where it is there; `out` where the operating system refuses.
pub fn write(path: &Path, bytes: &[u8], force: bool) -> Outcome {
    let shown = path.display();
    let refused = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => Problem::new(
            "out.exists",
            tr!("{shown} is there already", "{shown} 已存在"),
            tr!("name another file with --out, or replace it with --force", "请用 --out 另指定文件，或加 --force 覆盖"),
        ),
        _ => Problem::new(
            "out",
            tr!("{shown} can't be written: {error}", "无法写入 {shown}：{error}"),
            tr!("check the directory, its permissions and the disk", "请检查目录、权限和磁盘空间"),
        ),
    };
    // Claims the name, so that of two commands at once one is refused.
    if !force {
        fs::OpenOptions::new().write(true).create_new(true).open(path).map_err(refused)?;
    }
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = dir.join(format!(".{name}.{}", std::process::id()));
    let written = fs::File::create(&draft).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&draft, path)
    });
    written.map_err(|error| {
        // What was begun is not left behind; that it can't be removed changes nothing.
        let _ = fs::remove_file(&draft);
        if !force {
            let _ = fs::remove_file(path);
        }
        refused(error).into()
    })
}
