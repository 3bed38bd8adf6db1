//! The folder that the benches measure in is one that `cs` finds nothing wrong with.

#[path = "../benches/folder/mod.rs"]
mod folder;

use std::path::Path;

use assert_cmd::Command;

fn cs(dir: &Path, words: &[&str]) -> String {
    let mut command = Command::cargo_bin("cs").unwrap();
    let out = command.arg("-C").arg(dir).args(["--now", folder::END, "--lang", "en"]).args(words).output().unwrap();
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(out.status.success(), "{words:?}: {}{}", text(&out.stdout), text(&out.stderr));
    assert!(words[0] != "check" || out.stderr.is_empty(), "{}", text(&out.stderr));
    text(&out.stdout)
}

#[test]
fn the_made_folder_is_sound_and_has_open_work() {
    let dir = tempfile::tempdir().unwrap();
    let desk = dir.path().join("desk");
    let made = folder::make(&desk, 1500, 1).unwrap();
    assert!(made.forms > 4000, "{}", made.forms);
    assert!((5..60).contains(&made.open), "{} of 1500 orders are open", made.open);
    assert_eq!(cs(&desk, &["check"]), "");
    assert!(cs(&desk, &["todo", "--until", "+14"]).lines().count() > 10);
}
