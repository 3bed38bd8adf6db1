//! What is saved gets committed: exactly the files of a command, by its author, sooner or later.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use cs::base::problem::Exit;
use cs::base::source::Source;
use cs::store::{Folder, Git, Holder, Note, WAIT, commit_pending, git};

const CHILD: &str = "CS_TEST_GIT_CHILD";

fn run(dir: &Path, args: &[&str]) -> String {
    let out = Command::new("git").arg("-C").arg(dir).args(args).output().unwrap();
    assert!(out.status.success(), "{args:?}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// A folder inside a larger repository, with one commit.
fn folder() -> (tempfile::TempDir, Folder, Git) {
    let dir = tempfile::tempdir().unwrap();
    Git::init(dir.path()).unwrap();
    run(dir.path(), &["config", "user.name", "Desk"]);
    run(dir.path(), &["config", "user.email", "desk@example.com"]);
    run(dir.path(), &["config", "commit.gpgsign", "false"]);
    let root = dir.path().join("客服 desk");
    fs::create_dir(&root).unwrap();
    fs::write(root.join("cs.toml"), "").unwrap();
    run(dir.path(), &["add", "."]);
    run(dir.path(), &["commit", "-qm", "start"]);
    let git = Git::probe(&root).unwrap();
    (dir, Folder::at(root), git)
}

fn note(subject: &str) -> Note {
    let record = subject.split(' ').next().unwrap();
    Note {
        author: "云霞".into(),
        email: "yx@example.com".into(),
        subject: subject.into(),
        trailers: vec![("Cs-Record".into(), record.into()), ("Cs-By".into(), "YX".into())],
    }
}

/// Writes a file as a command would; appends when it is there.
fn save(folder: &Folder, path: &str, subject: &str) {
    let mut writer = folder.lock(&Holder::default(), Duration::from_secs(60)).unwrap();
    writer.commit_as(note(subject)).unwrap();
    match folder.read(path).unwrap() {
        Some(old) => writer.replace(path, &old, format!("{old}{subject}\n")).unwrap(),
        None => writer.create(path, format!("{subject}\n")).unwrap(),
    }
}

fn pending(folder: &Folder) -> usize {
    fs::read_dir(folder.root().join(".cs/pending")).map_or(0, |entries| entries.count())
}

fn subjects(git: &Git) -> Vec<String> {
    git.log("").unwrap().into_iter().map(|entry| entry.subject).collect()
}

#[test]
fn a_commit_holds_one_command_whatever_else_is_staged() {
    let (dir, folder, git) = folder();
    fs::write(dir.path().join("staged.txt"), "x").unwrap();
    fs::write(folder.root().join("policy.toml"), "mine").unwrap();
    run(dir.path(), &["add", "."]);
    fs::write(folder.root().join("loose.toml"), "x").unwrap();
    save(&folder, "orders/DD-1.toml", "DD-1 new\nline two");
    assert_eq!(commit_pending(&folder).unwrap(), 1);
    let changed = run(dir.path(), &["-c", "core.quotepath=off", "show", "--name-only", "--format="]);
    assert_eq!(changed, "客服 desk/orders/DD-1.toml\n");
    assert_eq!(run(dir.path(), &["log", "-1", "--format=%an <%ae>|%cn"]), "云霞 <yx@example.com>|Desk\n");
    let log = git.log("orders/DD-1.toml").unwrap();
    assert_eq!(
        (log.len(), log[0].subject.as_str(), log[0].author.as_str()),
        (1, "DD-1 new line two", "云霞 <yx@example.com>")
    );
    assert_eq!(log[0].trailers, [("Cs-Record".into(), "DD-1".into()), ("Cs-By".to_string(), "YX".to_string())]);
    assert_eq!(Some(log[0].commit.clone()), git.head());
    assert_eq!(git.uncommitted().unwrap(), ["loose.toml", "policy.toml"]);
    assert!(git.dirty().unwrap());
    assert_eq!(run(dir.path(), &["diff", "--cached", "--name-only", "-z"]).matches('\0').count(), 2, "still staged");
    // A second change of a file that git knows by now.
    save(&folder, "orders/DD-1.toml", "DD-1 confirm");
    assert_eq!((commit_pending(&folder).unwrap(), pending(&folder)), (1, 0));
    assert_eq!(git.show_at("HEAD~1", "orders/DD-1.toml").unwrap().unwrap(), "DD-1 new\nline two\n");
    assert_eq!(git.show_at("HEAD", "orders/none.toml").unwrap(), None);
    assert!(git.show_at("no-such", "cs.toml").is_err() && git.show_at("--help", "cs.toml").is_err());
    assert_eq!(commit_pending(&folder).unwrap(), 0);
}

#[test]
fn photos_go_with_their_record() {
    let (dir, folder, git) = folder();
    let photo = dir.path().join("a.jpg");
    fs::write(&photo, "pixels").unwrap();
    let mut writer = folder.lock(&Holder::default(), WAIT).unwrap();
    writer.commit_as(note("WX-1 new")).unwrap();
    let name = writer.put_photo(&photo).unwrap();
    writer.create("repairs/WX-1.toml", &name).unwrap();
    writer.create("repairs/WX-2.toml", "").unwrap();
    drop(writer);
    assert_eq!(commit_pending(&folder).unwrap(), 1, "a command is one commit");
    assert!(git.uncommitted().unwrap().is_empty());
    assert_eq!(git.log(&format!("photos/{name}")).unwrap()[0].subject, "WX-1 new");
}

#[cfg(unix)]
fn hook(repository: &Path, name: &str, script: &str) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let hook = repository.join(".git/hooks").join(name);
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, format!("#!/bin/sh\n{script}\n")).unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    hook
}

#[cfg(unix)]
#[test]
fn a_step_that_another_commit_carried_is_still_in_the_log() {
    let (dir, folder, git) = folder();
    save(&folder, "orders/DD-1.toml", "DD-1 new");
    save(&folder, "orders/DD-1.toml", "DD-1 confirm");
    // As if the second step had come while git was at the first: its note is seen only after the commit.
    let (note, aside) = (folder.root().join(".cs/pending/0000000002.json"), dir.path().join("aside"));
    fs::rename(&note, &aside).unwrap();
    hook(dir.path(), "post-commit", &format!("test -e '{0}' && mv '{0}' '{1}'", aside.display(), note.display()));
    assert_eq!((commit_pending(&folder).unwrap(), pending(&folder)), (2, 0));
    let log = run(folder.root(), &["log", "--format=%s"]);
    assert_eq!(log, "DD-1 confirm\nDD-1 new\nstart\n");
    assert!(git.uncommitted().unwrap().is_empty());
}

#[cfg(unix)]
#[test]
fn what_a_hook_refuses_is_saved_and_committed_later() {
    let (dir, folder, git) = folder();
    let hook = hook(dir.path(), "pre-commit", "echo 'the desk is closed' >&2\nexit 1");
    save(&folder, "orders/DD-1.toml", "DD-1 new");
    let failure = commit_pending(&folder).unwrap_err();
    assert_eq!((failure.exit, failure.problems[0].code), (Exit::NotCommitted, "not-committed"));
    assert!(failure.problems[0].message.en.contains("saved, not committed: the desk is closed"));
    assert!(failure.problems[0].help.zh.contains("cs commit"));
    assert_eq!(folder.read("orders/DD-1.toml").unwrap().unwrap(), "DD-1 new\n");
    save(&folder, "orders/DD-2.toml", "DD-2 new");
    save(&folder, "orders/DD-1.toml", "DD-1 confirm");
    assert_eq!(commit_pending(&folder).unwrap_err().exit, Exit::NotCommitted);
    fs::remove_file(hook).unwrap();
    save(&folder, "orders/DD-3.toml", "DD-3 new");
    assert_eq!(commit_pending(&folder).unwrap(), 3);
    assert_eq!(subjects(&git), ["DD-3 new", "DD-2 new", "DD-1 new; DD-1 confirm", "start"]);
    assert_eq!((pending(&folder), git.uncommitted().unwrap().len()), (0, 0));
}

#[test]
fn an_entry_whose_change_never_came_is_harmless() {
    let (_dir, folder, git) = folder();
    save(&folder, "orders/DD-1.toml", "DD-1 new");
    commit_pending(&folder).unwrap();
    // Killed after the note and before the rename: the file is as before, and later edited by hand.
    let copy = |from: &str, to: &str| fs::copy(folder.root().join(from), folder.root().join(to)).unwrap();
    save(&folder, "orders/DD-1.toml", "DD-1 killed");
    save(&folder, "orders/DD-2.toml", "DD-2 killed");
    fs::write(folder.root().join("orders/DD-1.toml"), "DD-1 new\n").unwrap();
    fs::remove_file(folder.root().join("orders/DD-2.toml")).unwrap();
    {
        // While another command writes, it may yet come.
        let _writer = folder.lock(&Holder::default(), WAIT).unwrap();
        assert_eq!((commit_pending(&folder).unwrap(), pending(&folder)), (0, 2));
    }
    assert_eq!((commit_pending(&folder).unwrap(), pending(&folder)), (0, 0));
    assert_eq!(subjects(&git), ["DD-1 new", "start"]);
    // Committed by hand meanwhile: nothing to commit, dropped.
    save(&folder, "orders/DD-1.toml", "DD-1 confirm");
    run(folder.root(), &["commit", "-qam", "by hand"]);
    assert_eq!((commit_pending(&folder).unwrap(), pending(&folder)), (0, 0));
    copy("cs.toml", ".cs/pending/0000000009.json");
    assert_eq!((commit_pending(&folder).unwrap(), pending(&folder)), (0, 0), "a damaged entry goes");
}

#[test]
fn a_first_commit_and_a_locked_index() {
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(dir.path());
    save(&folder, "a.toml", "A new");
    assert_eq!((commit_pending(&folder).unwrap(), pending(&folder)), (0, 1), "no repository, nothing lost");
    assert!(Git::probe(dir.path()).is_none());
    let git = Git::init(dir.path()).unwrap();
    run(dir.path(), &["config", "user.name", "Desk"]);
    run(dir.path(), &["config", "user.email", "desk@example.com"]);
    assert_eq!((git.head(), git.log("a.toml").unwrap().len()), (None, 0));
    let lock = dir.path().join(".git/index.lock");
    fs::write(&lock, "").unwrap();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            std::thread::sleep(Duration::from_millis(200));
            fs::remove_file(&lock).unwrap();
        });
        assert_eq!(commit_pending(&folder).unwrap(), 1);
    });
    assert_eq!(subjects(&git), ["A new"]);
    fs::create_dir(dir.path().join("orders")).unwrap();
    fs::write(dir.path().join("orders/.cs-tmp"), "").unwrap();
    fs::remove_file(dir.path().join(".cs/.gitignore")).unwrap();
    assert!(!git.dirty().unwrap(), "what cs keeps for itself is no change");
    assert_eq!(git::config_get(dir.path(), "user.email").as_deref(), Some("desk@example.com"));
    assert_eq!(git::config_get(dir.path(), "no.such"), None);
}

/// Nothing of its own: one of eight commands at once.
#[test]
fn as_a_child() {
    let Ok(name) = std::env::var(CHILD) else { return };
    let folder = Folder::at(".");
    for n in 0..6 {
        save(&folder, &format!("orders/{name}.toml"), &format!("DD-{name}-{n} step"));
        commit_pending(&folder).unwrap();
        save(&folder, "visits/2026-11.csv", &format!("HF-{name}-{n} new"));
        commit_pending(&folder).unwrap();
    }
}

#[test]
fn eight_at_once_lose_no_step() {
    let (_dir, folder, git) = folder();
    let children = (0..8).map(|n| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "as_a_child", "--nocapture"]).env(CHILD, n.to_string()).current_dir(folder.root());
        command.stdout(std::process::Stdio::null()).spawn().unwrap()
    });
    for mut child in children.collect::<Vec<_>>() {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!((pending(&folder), git.uncommitted().unwrap().len()), (0, 0));
    let log = git.log("").unwrap();
    let all = run(folder.root(), &["log", "--format=%(trailers:key=Cs-Record,valueonly)"]);
    for name in 0..8 {
        for n in 0..6 {
            for number in [format!("DD-{name}-{n}"), format!("HF-{name}-{n}")] {
                let count = all.lines().filter(|line| *line == number).count();
                assert_eq!(count, 1, "{number} in {} commits", log.len());
            }
        }
    }
}
