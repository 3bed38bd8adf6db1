//! A PDF by whatever browser there is: a stand-in shows what a browser is asked for, and how its failures are told.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use cs::base::problem::{Outcome, Problem};
use cs::store::Browser;
use cs::store::browser::PATIENCE;
use tempfile::TempDir;

/// Does what the document that it is to print says.
const STAND_IN: &str = r#"#!/bin/sh
for arg; do
  case "$arg" in
    --print-to-pdf=*) pdf=${arg#*=} ;;
    file://*) page=${arg#file://} ;;
  esac
done
case "$(cat "$page")" in
  fails) echo "no display" >&2; echo "giving up" >&2; false ;;
  fails-silently) false ;;
  writes-nothing) true ;;
  writes-half) printf '%%PDF-1.4' > "$pdf"; false ;;
  writes-rubbish) echo "<html>" > "$pdf" ;;
  hangs) exec sleep 60 ;;
  *) { printf '%%PDF-1.4\n'; cat "$page"; printf '\n%s' "$@"; } > "$pdf" ;;
esac
"#;

/// Written before anything is spawned, as a program that is still open for writing can't be run.
fn stand_in() -> PathBuf {
    static MADE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let made = MADE.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("my browser");
        fs::write(&path, STAND_IN).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        (dir, path)
    });
    made.1.clone()
}

/// What comes of a document; nothing is left behind, however it ends.
#[track_caller]
fn printed(program: PathBuf, html: &str, patience: Duration) -> Outcome<Vec<u8>> {
    let temp = tempfile::tempdir().unwrap();
    let outcome = Browser::new(Some(program), temp.path().to_path_buf()).pdf(html, patience);
    assert_eq!(fs::read_dir(temp.path()).unwrap().count(), 0, "temporary files are left");
    outcome
}

#[track_caller]
fn refused(program: PathBuf, html: &str, patience: Duration) -> Problem {
    let problem = printed(program, html, patience).unwrap_err().problems.remove(0);
    assert_eq!(problem.code, "browser");
    for help in [&problem.help.en, &problem.help.zh] {
        assert!(help.contains("--format html") && help.contains("CS_BROWSER"), "{help}");
    }
    problem
}

#[test]
fn a_document_becomes_what_the_browser_prints() {
    let pdf = String::from_utf8(printed(stand_in(), "<p>展台维修单</p>", PATIENCE).unwrap()).unwrap();
    assert!(pdf.starts_with("%PDF-1.4\n<p>展台维修单</p>\n--headless\n"), "{pdf}");
    for flag in ["\n--no-pdf-header-footer\n", "\n--user-data-dir=/", "\n--disable-background-networking\n"] {
        assert!(pdf.contains(flag), "{flag} {pdf}");
    }
    assert!(pdf.lines().last().unwrap().starts_with("file:///"));
}

#[test]
fn without_its_sandbox_it_runs_for_root_alone() {
    let temp = tempfile::tempdir().unwrap();
    let root = std::os::unix::fs::MetadataExt::uid(&fs::metadata(temp.path()).unwrap()) == 0;
    let pdf = String::from_utf8(printed(stand_in(), "x", PATIENCE).unwrap()).unwrap();
    assert_eq!(pdf.contains("\n--no-sandbox\n"), root);
}

#[test]
fn what_a_browser_says_is_told_when_it_fails() {
    for (document, said) in [
        ("fails", "no display / giving up"),
        ("fails-silently", "exit status: 1"),
        ("writes-nothing", "exit status: 0"),
        ("writes-half", "exit status: 1"),
        ("writes-rubbish", "exit status: 0"),
    ] {
        let problem = refused(stand_in(), document, PATIENCE);
        assert!(problem.message.en.ends_with(&format!("my browser made no PDF: {said}")), "{}", problem.message.en);
    }
}

#[test]
fn a_browser_that_hangs_is_stopped() {
    let start = Instant::now();
    let problem = refused(stand_in(), "hangs", Duration::from_secs(1));
    assert!(problem.message.en.contains("within 1 seconds"), "{}", problem.message.en);
    assert!(start.elapsed() < Duration::from_secs(30));
}

#[test]
fn a_named_browser_that_is_not_there_is_named() {
    let problem = refused(PathBuf::from("/no/such/browser"), "x", PATIENCE);
    for message in [&problem.message.en, &problem.message.zh] {
        assert!(message.contains("CS_BROWSER") && message.contains("/no/such/browser"), "{message}");
    }
}

#[test]
fn where_nothing_can_be_written_that_is_told() {
    let nowhere = PathBuf::from("/no/such/place");
    let failure = Browser::new(Some(stand_in()), nowhere).pdf("x", PATIENCE).unwrap_err();
    assert_eq!(failure.problems[0].code, "unwritable");
}
