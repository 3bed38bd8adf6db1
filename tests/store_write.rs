//! Writing the folder: one writer at a time, whole files whatever happens, nothing overwritten unseen.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use cs::base::problem::{Exit, Outcome};
use cs::base::source::Source;
use cs::store::{Folder, Holder, WAIT};

const CHILD: &str = "CS_TEST_CHILD";
const LENGTH: usize = 300_000;

fn folder() -> (tempfile::TempDir, Folder) {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path());
    (dir, folder)
}

fn holder() -> Holder {
    Holder { staff: "YX".into(), command: "new repair".into() }
}

fn code<T>(outcome: Outcome<T>) -> (Exit, &'static str) {
    let failure = outcome.err().expect("a failure");
    (failure.exit, failure.problems[0].code)
}

/// This test program again, as another process that does `what` in the folder.
fn child(what: &str, root: &Path) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "as_a_child", "--nocapture"]).env(CHILD, what).current_dir(root);
    command.stdout(Stdio::null()).spawn().unwrap()
}

/// Nothing of its own: what the other tests have other processes do.
#[test]
fn as_a_child() {
    let Ok(what) = std::env::var(CHILD) else { return };
    let folder = Folder::at(".");
    match what.as_str() {
        "rewrite" => loop {
            let mut writer = folder.lock(&holder(), WAIT).unwrap();
            let old = folder.read("a/x.csv").unwrap().unwrap();
            let next = if old.starts_with('a') { "b" } else { "a" };
            writer.replace("a/x.csv", &old, next.repeat(LENGTH)).unwrap();
            fs::write("started", "").unwrap();
        },
        "hold" => {
            let _writer = folder.lock(&holder(), WAIT).unwrap();
            fs::write("held", "").unwrap();
            std::thread::sleep(Duration::from_secs(60));
        }
        "count" => {
            for _ in 0..25 {
                let mut writer = folder.lock(&holder(), Duration::from_secs(60)).unwrap();
                let old = folder.read("visits/n.csv").unwrap().unwrap();
                writer.replace("visits/n.csv", &old, format!("{old}row\n")).unwrap();
            }
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_new_file_is_made_with_its_directories_and_never_twice() {
    let (_dir, folder) = folder();
    let mut writer = folder.lock(&holder(), WAIT).unwrap();
    writer.create("orders/2026/11/A.toml", "x = 1\n").unwrap();
    assert_eq!(code(writer.create("orders/2026/11/A.toml", "x = 2\n")), (Exit::Wrong, "exists"));
    assert_eq!(code(writer.create("../A.toml", "")), (Exit::Wrong, "bad-path"));
    assert_eq!(folder.read("orders/2026/11/A.toml").unwrap().unwrap(), "x = 1\n");
    assert_eq!(fs::read_to_string(folder.root().join(".cs/.gitignore")).unwrap(), "*\n");
    drop(writer);
    assert!(folder.root().join(".cs/lock").exists(), "the lock file stays");
}

#[test]
fn what_changed_meanwhile_is_not_overwritten() {
    let (_dir, folder) = folder();
    let mut writer = folder.lock(&holder(), WAIT).unwrap();
    writer.create("policy.toml", "a = 1\n").unwrap();
    fs::write(folder.root().join("policy.toml"), "a = 3\n").unwrap();
    assert_eq!(code(writer.replace("policy.toml", "a = 1\n", "a = 2\n")), (Exit::Wrong, "changed-meanwhile"));
    assert_eq!(code(writer.replace("gone.toml", "a = 1\n", "a = 2\n")), (Exit::Wrong, "changed-meanwhile"));
    assert_eq!(folder.read("policy.toml").unwrap().unwrap(), "a = 3\n");
    writer.replace("policy.toml", "a = 3\n", "a = 4\n").unwrap();
    assert_eq!(folder.read("policy.toml").unwrap().unwrap(), "a = 4\n");
}

#[cfg(unix)]
#[test]
fn modes_are_kept_and_new_files_are_for_everyone() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (_dir, folder) = folder();
    let mode = |path: &str| fs::metadata(folder.root().join(path)).unwrap().permissions().mode() & 0o777;
    fs::write(folder.root().join("plain"), "").unwrap();
    let mut writer = folder.lock(&holder(), WAIT).unwrap();
    writer.create("new.toml", "1").unwrap();
    assert_eq!(mode("new.toml"), mode("plain"), "as the umask says");
    fs::set_permissions(folder.root().join("new.toml"), fs::Permissions::from_mode(0o660)).unwrap();
    writer.replace("new.toml", "1", "2").unwrap();
    assert_eq!(mode("new.toml"), 0o660);
    // A link inside the folder stays a link; one that leaves is not written through.
    symlink("new.toml", folder.root().join("in.toml")).unwrap();
    writer.replace("in.toml", "2", "3").unwrap();
    assert!(fs::symlink_metadata(folder.root().join("in.toml")).unwrap().is_symlink());
    assert_eq!(folder.read("new.toml").unwrap().unwrap(), "3");
    let other = tempfile::tempdir().unwrap();
    symlink(other.path(), folder.root().join("out")).unwrap();
    assert_eq!(code(writer.create("out/x.toml", "")), (Exit::Wrong, "link-outside"));
    assert_eq!(code(writer.create("out/deep/x.toml", "")), (Exit::Wrong, "link-outside"));
    assert_eq!(fs::read_dir(other.path()).unwrap().count(), 0);
}

#[test]
fn who_waits_too_long_learns_who_holds_the_lock() {
    let (dir, folder) = folder();
    let mut other = child("hold", dir.path());
    while !dir.path().join("held").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    let failure = folder.lock(&Holder::default(), Duration::from_millis(100)).unwrap_err();
    assert_eq!((failure.exit, failure.problems[0].code), (Exit::Busy, "busy"));
    let message = &failure.problems[0].message;
    for part in ["YX", "new repair", &other.id().to_string()] {
        assert!(message.en.contains(part) && message.zh.contains(part), "{message:?}");
    }
    // Killed, it holds nothing.
    other.kill().unwrap();
    other.wait().unwrap();
    let start = Instant::now();
    drop(folder.lock(&holder(), WAIT).unwrap());
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[test]
fn threads_and_processes_lose_no_write() {
    let (dir, folder) = folder();
    folder.lock(&holder(), WAIT).unwrap().create("visits/n.csv", "head\n").unwrap();
    let children: Vec<Child> = (0..3).map(|_| child("count", dir.path())).collect();
    std::thread::scope(|scope| {
        for thread in 0..4 {
            let folder = &folder;
            scope.spawn(move || {
                for n in 0..10 {
                    let mut writer = folder.lock(&holder(), Duration::from_secs(60)).unwrap();
                    let old = folder.read("visits/n.csv").unwrap().unwrap();
                    writer.replace("visits/n.csv", &old, format!("{old}row\n")).unwrap();
                    // One of all who ask makes the file.
                    let made = writer.create(&format!("orders/{n}.toml"), thread.to_string());
                    assert!(made.is_ok() || code(made) == (Exit::Wrong, "exists"));
                }
            });
        }
    });
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(folder.read("visits/n.csv").unwrap().unwrap().lines().count(), 1 + 3 * 25 + 4 * 10);
    assert_eq!(folder.names("orders").unwrap().len(), 10);
}

#[test]
fn a_killed_writer_leaves_the_old_file_or_the_new_one() {
    let (dir, folder) = folder();
    folder.lock(&holder(), WAIT).unwrap().create("a/x.csv", "a".repeat(LENGTH)).unwrap();
    for round in 0..25u64 {
        let mut writer = child("rewrite", dir.path());
        while !dir.path().join("started").exists() {
            std::thread::sleep(Duration::from_millis(1));
        }
        std::thread::sleep(Duration::from_micros(round * 733));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let text = folder.read("a/x.csv").unwrap().unwrap();
        let first = text.chars().next().unwrap();
        assert!(text.len() == LENGTH && text.chars().all(|c| c == first), "round {round}: torn");
        fs::remove_file(dir.path().join("started")).unwrap();
        assert_eq!(folder.names("a").unwrap(), ["x.csv"], "what is left is hidden");
    }
    // The next write there leaves nothing behind.
    fs::write(dir.path().join("a/.cs-tmp"), "left").unwrap();
    folder.lock(&holder(), WAIT).unwrap().create("a/y.csv", "").unwrap();
    assert!(!dir.path().join("a/.cs-tmp").exists());
}

#[test]
fn photos_are_kept_once_under_their_content() {
    let (dir, folder) = folder();
    let source = dir.path().join("IMG 1.JPG");
    fs::write(&source, "pixels").unwrap();
    let mut writer = folder.lock(&holder(), WAIT).unwrap();
    let name = writer.put_photo(&source).unwrap();
    assert!(name.len() == 32 + 4 && name.ends_with(".jpg"), "{name}");
    let stored = dir.path().join("photos").join(&name);
    assert_eq!(fs::read_to_string(&stored).unwrap(), "pixels");
    folder.verify_photo(&name).unwrap();
    let made = fs::metadata(&stored).unwrap().modified().unwrap();
    assert_eq!(writer.put_photo(&source).unwrap(), name);
    assert_eq!(fs::metadata(&stored).unwrap().modified().unwrap(), made, "what is there stays");
    assert_eq!(folder.names("photos").unwrap(), [name.as_str()]);

    fs::write(&stored, "other").unwrap();
    assert_eq!(folder.verify_photo(&name).unwrap_err().code, "photo-damaged");
    writer.put_photo(&source).unwrap();
    folder.verify_photo(&name).unwrap();
    fs::remove_file(&stored).unwrap();
    assert_eq!(folder.verify_photo(&name).unwrap_err().code, "photo-missing");
    for bad in ["../cs.toml", "x.jpg", "", "0123456789abcdef/../../x"] {
        assert_eq!(folder.verify_photo(bad).unwrap_err().code, "photo-name", "{bad}");
    }

    assert_eq!(code(writer.put_photo(dir.path())), (Exit::Wrong, "not-a-file"));
    assert_eq!(code(writer.put_photo(&dir.path().join("none"))), (Exit::Wrong, "unreadable"));
    fs::File::create(dir.path().join("big.png")).unwrap().set_len((50 << 20) + 1).unwrap();
    assert_eq!(code(writer.put_photo(&dir.path().join("big.png"))), (Exit::Wrong, "too-large"));
    let plain = dir.path().join("scan.tar gz!");
    fs::write(&plain, "x").unwrap();
    assert_eq!(writer.put_photo(&plain).unwrap().len(), 32);
}
