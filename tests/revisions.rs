//! Reports of the past, read from git alone, and what moved between two of them.

mod common;

use std::fs;

use common::{Desk, Done, Run, no};
use serde_json::Value;

/// A desk with an order of the 18th, then one of the 16th that was entered a day late; each commit has its own time.
fn late() -> (Desk, [String; 2]) {
    let mut desk = Desk::new();
    let first = order(&desk, "18T10:00", "");
    desk.clock("2026-11-19 09:00");
    let late = order(&desk, "19T09:00", "--at '2026-11-16 10:00'");
    (desk, [first, late])
}

/// An order of ten shelves, committed at a time of November 2026.
fn order(desk: &Desk, committed: &str, flags: &str) -> String {
    let to = "--wanted-by 2026-12-10 --consignee S --deliver-to T --line SHELF=10@120";
    committed_at(desk.cs(&format!("order new --customer ACME {to} {flags}")), committed).ok().number()
}

fn committed_at<'d>(run: Run<'d>, time: &str) -> Run<'d> {
    run.env("GIT_COMMITTER_DATE", format!("2026-11-{time}:00+08:00"))
}

fn figure<'v>(report: &'v Value, key: &str) -> &'v Value {
    let sections = report["sections"].as_array().unwrap().iter();
    let mut figures = sections.flat_map(|section| section["figures"].as_array().unwrap());
    figures.find(|figure| figure["key"] == key).unwrap_or_else(|| panic!("no {key} in {report:#}"))
}

/// A report as JSON, at no moment of its own.
fn made(desk: &Desk, line: &str) -> Value {
    desk.cs(&format!("report {line} --json")).now("").refused(0).json()
}

#[test]
fn r60_a_revision_before_a_late_entry_gives_the_figures_of_then() {
    let (desk, [first, late]) = late();
    let then = made(&desk, "month 2026-11 --rev HEAD~1");
    assert_eq!(
        (&figure(&then, "taken")["value"], &figure(&then, "taken")["records"]),
        (&"1".into(), &vec![first.clone()].into())
    );
    let now = made(&desk, "month 2026-11 --rev HEAD");
    assert_eq!(figure(&now, "taken")["records"], Value::from(vec![late, first]));
    // R61: which commit, what it was called, and the moment of which it tells.
    assert_eq!(then["commit"], desk.git(&["rev-parse", "HEAD~1"]).trim());
    assert_eq!((&then["revision"], &then["dirty"]), (&"HEAD~1".into(), &false.into()));
    assert_eq!(then["now"], "2026-11-18T10:00:00+08:00");
    let asked = desk.cs("report month 2026-11 --rev HEAD~1 --json").now("2026-11-30 20:00").ok().json();
    assert_eq!((&asked["now"], &asked["commit"]), (&"2026-11-30T20:00:00+08:00".into(), &then["commit"]));
    // As it is now, the report names no revision.
    assert_eq!(desk.cs("report month 2026-11 --json").ok().json()["revision"], Value::Null);
    let text = |lang| desk.cs("report month 2026-11 --rev HEAD~1").lang(lang).now("").ok().stdout;
    let short = &then["commit"].as_str().unwrap()[..8];
    assert!(text("en").contains(&format!("commit {short} (HEAD~1), as of 2026-11-18 10:00")), "{}", text("en"));
    assert!(text("zh").contains(&format!("提交 {short}（HEAD~1），截至 2026-11-18 10:00")), "{}", text("zh"));
    let csv = desk.cs("report month 2026-11 --rev HEAD~1 --format csv").now("").ok().stdout;
    assert!(csv.contains("revision,,HEAD~1,"), "{csv}");
    desk.cs("report month 2026-11 --rev HEAD~1 --format md").now("").ok().prints([short]);
}

#[test]
fn the_working_tree_neither_matters_nor_changes() {
    let (desk, [first, _]) = late();
    let clean = made(&desk, "month 2026-11 --rev HEAD~1");
    desk.append(&common::file_of(&first), "<<<<<<< ours\n");
    desk.write("orders/2026/11/junk.toml", [0xff, 0xfe]);
    desk.write("lists/customers.csv", "<<<<<<< HEAD\n");
    desk.write("policy.toml", "no toml");
    fs::remove_file(desk.path("lists/staff.csv")).unwrap();
    desk.cs("report month 2026-11").fails(1);
    let status = || (desk.git(&["status", "--porcelain", "--ignored"]), fs::read(desk.path(".git/index")).unwrap());
    let before = status();
    assert_eq!(made(&desk, "month 2026-11 --rev HEAD~1"), clean);
    made(&desk, "diff HEAD~1 HEAD month 2026-11");
    assert_eq!(status(), before);
}

#[test]
fn r68_a_revision_is_judged_by_its_own_settings_lists_and_policy() {
    let (mut desk, _) = late();
    desk.clock("2026-11-20 10:00");
    let confirmed = |report: &Value| figure(report, "confirmed_in_time")["value"].clone();
    assert_eq!(confirmed(&made(&desk, "month 2026-11 --rev HEAD --now 2026-11-20T10:00")), "0.0");
    desk.write("policy.toml", "[order]\nconfirm_workdays = 9\n");
    desk.swap("cs.toml", "name = \"Desk\"", "name = \"Renamed\"");
    desk.git(&["commit", "-qam", "by hand"]);
    let (then, now) = (
        made(&desk, "month 2026-11 --rev HEAD~1 --now 2026-11-20T10:00"),
        made(&desk, "month 2026-11 --rev HEAD --now 2026-11-20T10:00"),
    );
    assert_eq!((confirmed(&then), confirmed(&now)), ("0.0".into(), Value::Null));
    assert_eq!((&then["folder"], &now["folder"]), (&"Desk".into(), &"Renamed".into()));
}

#[test]
fn a_revision_is_named_by_anything_that_git_takes_or_by_a_day_or_moment() {
    let (desk, _) = late();
    let id = |rev: &str| desk.git(&["rev-parse", rev]).trim().to_string();
    desk.git(&["tag", "-a", "audit", "-m", "audit", "HEAD~1"]);
    desk.git(&["branch", "old", "HEAD~1"]);
    let (then, now) = (id("HEAD~1"), id("HEAD"));
    for (rev, commit) in [
        ("audit", &then),
        ("old", &then),
        ("HEAD^", &then),
        (&then[..7], &then),
        (then.as_str(), &then),
        ("main", &now),
        ("2026-11-18", &then),
        ("11-18", &then),
        ("2026-11-19T08:59", &then),
        ("2026-11-19T09:00", &now),
        ("2026-11-19", &now),
    ] {
        let found = desk.cs(&format!("report orders 2026-11 --rev {rev} --json")).ok().json();
        assert_eq!(found["commit"], commit.as_str(), "{rev}");
    }
    let report = |rev: &str| format!("report orders 2026-11 --rev {rev}");
    for (rev, code, word) in [
        ("nothing", "rev.none", "nothing"),
        ("HEAD~999", "rev.none", "HEAD~999"),
        ("''", "rev.none", "git log"),
        ("^HEAD", "rev.none", "^HEAD"),
        ("HEAD:cs.toml", "rev.none", "HEAD:cs.toml"),
        ("--all", "rev.none", "--all"),
        ("2020-01-01", "rev.none", "later"),
    ] {
        desk.cs(&report(rev)).refused(1).says([code, word]);
    }
    desk.git(&["branch", "audit", "HEAD"]);
    desk.cs(&report("audit")).refused(1).says(["rev.ambiguous", "refs/heads/audit", "refs/tags/audit"]);
    desk.cs(&report("refs/tags/audit")).ok();
}

#[test]
fn a_day_means_what_this_folder_held_then_not_what_was_merged_since() {
    let (desk, _) = late();
    let then = desk.git(&["rev-parse", "HEAD~1"]);
    let side = "GIT_COMMITTER_DATE=2026-11-18T15:00:00+08:00 git commit -q --allow-empty -m side";
    let script =
        format!("git checkout -q -b side HEAD~1 && {side} && git checkout -q main && git merge -q --no-ff -m m side");
    let git = desk.git_process(&desk.root(), &[]);
    let mut sh = std::process::Command::new("sh");
    sh.args(["-c", &script]).current_dir(desk.root()).env_clear();
    sh.envs(git.get_envs().filter_map(|(name, value)| Some((name, value?))));
    assert!(sh.status().unwrap().success());
    let found = desk.cs("report orders 2026-11 --rev 2026-11-18 --json").ok().json();
    assert_eq!(found["commit"], then.trim());
}

#[test]
fn what_a_revision_lacks_is_told_and_without_git_there_is_none() {
    no(&Desk::plain(), "report month --rev HEAD", &["git.none", "git init"], &["git.none", "git 仓库"]);
    let desk = Desk::new();
    desk.git(&["rm", "-q", "--cached", "cs.toml"]);
    desk.git(&["commit", "-q", "--no-verify", "-m", "without"]);
    desk.cs("report month --rev HEAD").fails(1).says(["rev.no-folder"]);
    // What could not be read then is told as it is today.
    let (desk, [first, _]) = late();
    desk.append(&common::file_of(&first), "nonsense\n");
    desk.git(&["commit", "-q", "--no-verify", "-am", "broken"]);
    desk.git(&["revert", "--no-edit", "HEAD"]);
    let told = desk.cs("report month 2026-11 --rev HEAD~1").refused(1);
    told.says([&*common::file_of(&first)]);
    desk.cs("report month 2026-11").ok();
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_into_the_past() {
    let (desk, _) = late();
    fs::rename(desk.path("lists/customers.csv"), desk.path("real.csv")).unwrap();
    std::os::unix::fs::symlink("../real.csv", desk.path("lists/customers.csv")).unwrap();
    desk.git(&["add", "."]);
    desk.git(&["commit", "-q", "--no-verify", "-m", "link"]);
    desk.cs("report month 2026-11").ok();
    desk.cs("report month 2026-11 --rev HEAD").refused(1).says(["rev.link", "lists/customers.csv"]);
}

#[test]
fn a_folder_within_a_larger_repository_has_its_own_past() {
    let desk = Desk::plain();
    let first = desk.order();
    let git = |args: &[&str]| desk.git_in(desk.home(), args);
    git(&["init", "-q"]);
    git(&["add", "."]);
    git(&["commit", "-q", "-m", "all"]);
    desk.order();
    git(&["add", "desk"]);
    git(&["commit", "-q", "-m", "late"]);
    // Elsewhere git is kept from looking above the desk.
    let made =
        |line: &str| desk.cs(&format!("report {line} --json")).env("GIT_CEILING_DIRECTORIES", "/nowhere").ok().json();
    assert_eq!(figure(&made("month 2026-11 --rev HEAD~1"), "taken")["records"], Value::from(vec![first]));
    let moved = made("diff HEAD~1 HEAD month 2026-11");
    assert_eq!(moved["records"][0]["commits"][0]["subject"], "late");
}

fn moved(desk: &Desk, line: &str) -> Value {
    desk.cs(&format!("report diff {line} --json")).now("").refused(0).json()
}

fn of<'v>(moved: &'v Value, key: &str) -> &'v Value {
    let mut figures = moved["figures"].as_array().unwrap().iter();
    figures.find(|figure| figure["key"] == key && figure["of"] == "value").unwrap_or_else(|| panic!("{moved:#}"))
}

/// What is told of a record behind what moved.
fn record<'v>(moved: &'v Value, number: &str) -> &'v Value {
    let mut records = moved["records"].as_array().unwrap().iter();
    records.find(|record| record["number"] == number).unwrap_or_else(|| panic!("no {number} in {moved:#}"))
}

#[test]
fn a_difference_names_the_late_entry_and_its_commit() {
    let (desk, [_, late]) = late();
    let found = moved(&desk, "HEAD~1 HEAD month 2026-11");
    let taken = of(&found, "taken");
    assert_eq!((&taken["from"], &taken["to"], &taken["difference"]), (&"1".into(), &"2".into(), &"1".into()));
    assert_eq!((&taken["entered"], &taken["left"]), (&vec![late.clone()].into(), &Value::Array(vec![])));
    assert_eq!(of(&found, "amount")["difference"], "1200.00");
    let record = &found["records"][0];
    assert_eq!((&record["number"], &record["uncommitted"]), (&late.as_str().into(), &false.into()));
    let commit = &record["commits"][0];
    assert_eq!(commit["commit"], desk.git(&["rev-parse", "HEAD"]).trim());
    assert_eq!((&commit["subject"], &commit["by"]), (&format!("{late} new").into(), &"Yang Xue".into()));
    // Both are of the later commit's moment.
    assert_eq!(found["now"], "2026-11-19T09:00:00+08:00");
    let rows = found["rows"].as_array().unwrap();
    let customer = rows.iter().find(|row| row["table"] == "by_customer").unwrap();
    assert_eq!((&customer["what"], &customer["row"][0]), (&"changed".into(), &"ACME".into()));
    // Back again: what came has gone.
    let back = moved(&desk, "HEAD HEAD~1 month 2026-11");
    assert_eq!(of(&back, "taken")["left"], Value::from(vec![late.clone()]));
    assert_eq!(back["records"][0]["commits"][0]["subject"], format!("{late} new"));
    let short = &commit["commit"].as_str().unwrap()[..8];
    for (lang, words) in [("en", ["what moved", "entered: "]), ("zh", ["月报：变动", "新计入："])] {
        for format in ["text", "md"] {
            let told = desk.cs(&format!("report diff HEAD~1 HEAD month 2026-11 --format {format}")).lang(lang).ok();
            told.prints(words).prints([short, &late]);
        }
    }
    let csv = desk.cs("report diff HEAD~1 HEAD month 2026-11 --format csv").ok().stdout;
    assert!(csv.contains(&format!("figure,orders,,,taken,value,,1,2,1,count,{late},,,,,,,,\r\n")), "{csv}");
    assert!(
        csv.lines().any(|line| line.starts_with("record,") && line.contains(&late) && line.contains(short)),
        "{csv}"
    );
}

#[test]
fn a_record_that_counts_now_and_is_the_same_as_before_is_not_told_as_entered() {
    let desk = Desk::new();
    let add = |evidence: &str| {
        let line = format!("score add YX --clause D5.2 --points 10 --evidence {evidence} --on 2026-11-17");
        desk.cs(&line).by("LW").ok().number()
    };
    let first = add("letter");
    let second = add("post");
    // With the second, YX is warned: both entries are behind that.
    let found = desk.cs("report diff HEAD~1 HEAD scores 2026-11 --json").refused(0).json();
    let warned = of(&found, "warned");
    assert_eq!((&warned["from"], &warned["to"]), (&"0".into(), &"1".into()));
    assert_eq!((&warned["entered"], &warned["joined"]), (&vec![second.clone()].into(), &vec![first.clone()].into()));
    let records: Vec<&Value> = found["records"].as_array().unwrap().iter().map(|record| &record["number"]).collect();
    assert_eq!(records, [&*second], "who has no commit there is none of the records behind it");
    let told = desk.cs("report diff HEAD~1 HEAD scores 2026-11").ok();
    told.prints([&*format!("entered: {second}"), &format!("counted now, unchanged: {first}")]);
    let back = desk.cs("report diff HEAD HEAD~1 scores 2026-11").lang("zh").ok();
    back.prints([&*format!("不再计入：{second}"), &format!("单据未变，现不计入：{first}")]);
    let csv = desk.cs("report diff HEAD~1 HEAD scores 2026-11 --format csv").ok().stdout;
    assert!(csv.contains(&format!("count,{second},,,{first},,,,,\r\n")), "{csv}");
}

#[test]
fn where_nothing_moved_nothing_is_listed() {
    let (desk, _) = late();
    let found = moved(&desk, "HEAD HEAD month 2026-11");
    for part in ["figures", "rows", "records", "others"] {
        assert_eq!(found[part], Value::Array(vec![]), "{part}");
    }
    desk.cs("report diff HEAD HEAD month 2026-11").ok().prints(["\nnone\n"]);
}

#[test]
fn a_difference_to_the_folder_as_it_stands_tells_what_is_not_committed() {
    let (mut desk, [first, _]) = late();
    desk.clock("2026-11-19 12:00");
    desk.swap(&common::file_of(&first), "quantity = 10", "quantity = 15");
    desk.swap("policy.toml", "confirm_workdays = 0", "confirm_workdays = 3");
    let found = desk.cs("report diff HEAD . month 2026-11 --json").refused(0).json();
    assert_eq!(found["now"], "2026-11-19T12:00:00+08:00");
    let pieces = of(&found, "pieces");
    assert_eq!((&pieces["difference"], &pieces["changed"]), (&"5".into(), &vec![first.clone()].into()));
    assert_eq!(record(&found, &first)["uncommitted"], true);
    assert_eq!(
        (&found["others"][0]["file"], &found["others"][0]["uncommitted"]),
        (&"policy.toml".into(), &true.into())
    );
    desk.cs("report diff HEAD . month 2026-11").ok().prints(["not committed", "with uncommitted changes"]);
}

#[test]
fn a_shipment_that_a_receipt_made_count_names_the_receipts_commit() {
    let mut desk = Desk::new();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    desk.clock("2026-11-23 10:00");
    let receipt = desk.received(&shipment, "SHELF=10");
    let found = desk.cs("report diff HEAD~1 HEAD month 2026-11 --json").ok().json();
    let on_time = of(&found, "on_time");
    assert_eq!((&on_time["from"], &on_time["to"]), (&Value::Null, &"100.0".into()));
    assert_eq!(on_time["entered"], Value::from(vec![receipt.clone()]));
    assert_eq!(record(&found, &shipment)["commits"][0]["subject"], format!("{receipt} receive"));
}

#[test]
fn a_difference_is_refused_where_a_word_is_wrong() {
    let (desk, _) = late();
    no(&desk, "report diff HEAD~999 HEAD month", &["rev.none", "HEAD~999"], &["HEAD~999", "版本"]);
    no(&desk, "report diff HEAD HEAD month 2026-13", &["period", "2026-13"], &["2026-13", "期间"]);
    desk.cs("report diff HEAD HEAD monthly").refused(2).says(["monthly"]);
    no(&Desk::plain(), "report diff . . month", &["git.none", "git init"], &["git.none", "git 仓库"]);
}

/// A git that takes its time.
#[cfg(unix)]
fn slow(desk: &Desk) -> std::ffi::OsString {
    use std::os::unix::fs::PermissionsExt;
    let dir = desk.home().join("slow");
    fs::create_dir_all(&dir).unwrap();
    let path = std::env::var_os("PATH").unwrap();
    let real = std::env::split_paths(&path).map(|dir| dir.join("git")).find(|git| git.exists()).unwrap();
    let script = format!("#!/bin/sh\ncase \"$*\" in *status*) sleep 1.6;; esac\nexec {} \"$@\"\n", real.display());
    fs::write(dir.join("git"), script).unwrap();
    fs::set_permissions(dir.join("git"), fs::Permissions::from_mode(0o755)).unwrap();
    std::env::join_paths(std::iter::once(dir).chain(std::env::split_paths(&path))).unwrap()
}

#[cfg(unix)]
fn is_plain(done: &Done) {
    assert_eq!(done.stderr, "");
    assert!(!done.stdout.contains("files read") && !done.stdout.contains('\r'), "{done}");
}

#[cfg(unix)]
#[test]
fn a_long_work_says_nothing_to_pipes() {
    let (desk, _) = late();
    let path = slow(&desk);
    is_plain(&desk.cs("report month 2026-11").env("PATH", &path).ok());
}

#[cfg(unix)]
#[test]
fn a_long_work_shows_on_a_terminal_that_it_goes_on_unless_silence_is_asked_for() {
    let (desk, _) = late();
    let path = slow(&desk);
    // Runs cs on a terminal of its own and prints what that terminal was sent on standard error.
    let pty = "import os, pty, subprocess, sys
ours, theirs = pty.openpty()
child = subprocess.Popen(sys.argv[1:], stdin=theirs, stdout=subprocess.DEVNULL, stderr=theirs)
os.close(theirs)
sent = b''
while True:
    try:
        more = os.read(ours, 4096)
    except OSError:
        break
    if not more:
        break
    sent += more
child.wait()
sys.stdout.buffer.write(sent)";
    let told = |flags: &[&str]| {
        let run = desk.cs("report month 2026-11").env("PATH", &path).env("TERM", "xterm");
        let cs = run.process();
        let mut python = std::process::Command::new("python3");
        python.args(["-c", pty]).arg(cs.get_program()).args(cs.get_args()).args(flags).env_clear();
        python.envs(cs.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let done = python.output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    assert!(told(&[]).contains("files read: "), "{:?}", told(&[]));
    for flag in ["--quiet", "--json"] {
        assert_eq!(told(&[flag]), "", "{flag}");
    }
}
