//! Reports filed for cron (R53): which are due, what is written, and that two copies write the same.

mod common;

use std::fs;
use std::path::PathBuf;

use common::{Desk, file_of, no};
use serde_json::Value;

/// A desk whose first record is of Wednesday 18 November 2026, on the Monday after its first full week.
fn begun() -> Desk {
    let mut desk = Desk::new();
    desk.confirmed();
    desk.clock("2026-11-30 07:00");
    desk
}

/// The reports that are due, as `month 2026-10 from 2026-11-03 06:00`.
fn due(desk: &Desk, flags: &str) -> Vec<String> {
    let Value::Array(due) = desk.cs(&format!("report due --json {flags}")).refused(0).json() else { panic!() };
    let word = |one: &Value, key: &str| one[key].as_str().unwrap().to_string();
    let told = |one: &Value| {
        let from = word(one, "due")[..16].replace('T', " ");
        format!("{} {} from {from}", word(one, "report"), word(one, "period"))
    };
    due.iter().map(told).collect()
}

fn files(desk: &Desk) -> Vec<String> {
    desk.files().into_keys().filter(|path| path.starts_with("reports/")).collect()
}

#[test]
fn r53_a_report_is_due_once_its_period_is_over_and_its_hour_has_come() {
    let mut desk = Desk::new();
    assert_eq!(due(&desk, ""), [""; 0], "no record, no report");
    desk.confirmed();
    for (now, expect) in [
        ("2026-11-19 05:59", vec![]),
        ("2026-11-19 06:00", vec!["day 2026-11-18 from 2026-11-19 06:00"]),
        ("2026-11-23 06:00", vec!["day 2026-11-22 from 2026-11-23 06:00", "week 2026-W47 from 2026-11-23 06:00"]),
        ("2026-12-03 05:00", vec!["week 2026-W48 from 2026-11-30 06:00", "day 2026-12-01 from 2026-12-02 06:00"]),
        (
            "2027-01-10 12:00",
            vec![
                "week 2026-W53 from 2027-01-04 06:00",
                "month 2026-12 from 2027-01-03 06:00",
                "quarter 2026-Q4 from 2027-01-05 06:00",
                "day 2027-01-09 from 2027-01-10 06:00",
                "year 2026 from 2027-01-10 06:00",
            ],
        ),
    ] {
        let mut expect: Vec<String> = expect.into_iter().map(str::to_string).collect();
        let mut found = due(desk.clock(now), "");
        expect.sort();
        found.sort();
        assert_eq!(found, expect, "{now}");
    }
}

#[test]
fn r53_due_and_file_are_silent_when_nothing_is_due() {
    let desk = Desk::new();
    desk.cs("report due").refused(0).silent();
    desk.cs("report due --fail-on-due").refused(0).silent();
    desk.cs("report file").refused(0).silent();
    let desk = begun();
    for (lang, title, count) in
        [("en", "Reports to file", "reports to file: 2"), ("zh", "待归档报表", "有 2 份报表待归档")]
    {
        let told = desk.cs("report due").lang(lang).refused(0);
        assert!(told.stdout.starts_with(title) && told.stderr.is_empty(), "{told}");
        desk.cs("report due --fail-on-due").lang(lang).refused(4).says([count]);
    }
}

#[test]
fn r53_file_writes_and_commits_each_report_once() {
    let desk = begun();
    let before = desk.head().unwrap();
    let told = desk.cs("report file").by("").ok();
    assert_eq!(told.stdout, "reports/day/2026-11-29.md\nreports/week/2026-W48.md\n");
    assert_eq!(told.stderr, "");
    assert_eq!(files(&desk), ["reports/day/2026-11-29.md", "reports/week/2026-W48.md"]);
    assert_eq!(desk.touched(), ["reports/week/2026-W48.md"]);
    let message = desk.git(&["log", "-1", "--format=%an|%B"]);
    assert!(message.starts_with("Clerk|report week 2026-W48: filed\n"), "{message}");
    // R61: the commit that files it names the one that it was made from.
    assert!(
        message.contains("Cs-Report: week 2026-W48\n") && message.contains(&format!("Cs-Commit: {before}")),
        "{message}"
    );
    assert_eq!(desk.git(&["rev-list", "--count", &format!("{}..HEAD", before.trim())]).trim(), "2");
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
    desk.cs("report file").refused(0).silent();
    desk.cs("report due").refused(0).silent();
    desk.cs("report file --again").refused(0).silent();
    desk.cs("check").ok().silent();
}

#[test]
fn r60_a_filed_report_tells_of_the_moment_at_which_it_fell_due_and_of_nothing_else() {
    let mut desk = begun();
    desk.cs("report file").lang("zh").ok();
    let text = desk.read("reports/week/2026-W48.md");
    let lead = "# Weekly report\n\n2026-W48 (2026-11-23 to 2026-11-29)\n\nFrom: Desk, as of 2026-11-30 06:00; the commit that filed it names its own\n";
    assert!(text.starts_with(lead), "in the department's language, without a commit: {text}");
    // Another night, other surroundings, another report filed in between: the same bytes.
    desk.git(&["rm", "-qr", "reports"]);
    desk.git(&["commit", "-qm", "gone"]);
    desk.clock("2026-12-09 23:00");
    desk.cs("order new --customer ACME --wanted-by 2026-12-20 --consignee S --deliver-to T --line SHELF=1").ok();
    desk.cs("report file week 2026-W48").by("LW").env("COLUMNS", "40").ok();
    assert_eq!(desk.read("reports/week/2026-W48.md"), text);
}

#[test]
fn gaps_are_filled_from_the_first_filed_one_on_and_years_back_only_when_asked_for() {
    let mut desk = begun();
    desk.cs("report file").ok();
    desk.clock("2026-12-02 07:00");
    assert_eq!(due(&desk, ""), ["day 2026-11-30 from 2026-12-01 06:00", "day 2026-12-01 from 2026-12-02 06:00"]);
    let since = due(&desk, "--since 2020-01-01");
    assert_eq!(since.first().unwrap(), "day 2026-11-18 from 2026-11-19 06:00", "never before the first record");
    assert_eq!(since.len(), 14 - 1 + 1, "{since:?}");
    assert_eq!(
        due(&desk, "--since 2026-11-28"),
        [&["day 2026-11-28 from 2026-11-29 06:00".to_string()], &due(&desk, "")[..]].concat()
    );
    desk.cs("report file week --since 2026-11-18").ok();
    assert!(files(&desk).contains(&"reports/week/2026-W47.md".to_string()));
    desk.cs("report due --since someday").refused(1).says(["since"]);
    desk.clock("2029-01-01 07:00");
    assert_eq!(due(&desk, "").iter().filter(|one| one.starts_with("week")).count(), 53);
}

#[test]
fn one_report_may_be_named_and_must_be_over() {
    let desk = begun();
    assert_eq!(desk.cs("report file day 2026-11-18").ok().stdout, "reports/day/2026-11-18.md\n");
    desk.cs("report file day 2026-11-18").refused(0).says(["filed already: reports/day/2026-11-18.md"]);
    no(&desk, "report file month 2026-11", &["report.not-due", "2026-12-03 06:00"], &["2026-12-03 06:00"]);
    no(
        &desk,
        "report file week 2026-11",
        &["report.period", "last-week"],
        &["周报不能按 2026-11 生成", "cs report month 2026-11"],
    );
    no(&desk, "report file week 2026-99", &["period"], &["期间"]);
    desk.cs("report file orders").refused(2);
}

#[test]
fn a_filed_report_is_made_again_only_when_asked_for_and_tells_what_changed() {
    let desk = begun();
    desk.cs("report file").ok();
    let filed = desk.read("reports/week/2026-W48.md");
    let to = "--wanted-by 2026-12-20 --consignee S --deliver-to T --line SHELF=1";
    let late = desk.cs(&format!("order new --customer ACME {to} --at '2026-11-26 10:00'")).ok().number();
    desk.cs("report file").refused(0).silent();
    assert_eq!(desk.read("reports/week/2026-W48.md"), filed);
    let shown = desk.cs("report file --again --dry-run").refused(0);
    let again = desk.cs("report file --again").ok();
    assert_eq!(shown.stdout, again.stdout);
    again.prints(["--- reports/week/2026-W48.md", "-| Taken | 0 ", "+| Taken | 1 "]);
    assert_ne!(desk.read("reports/week/2026-W48.md"), filed);
    assert!(desk.git(&["log", "--format=%s"]).contains("report week 2026-W48: filed again"));
    desk.cs("report file --again").refused(0).silent();
    desk.cs(&format!("void {late} --note mistake")).by("LW").ok();
    let told = desk.cs("report file week 2026-W48 --again --json").ok().json();
    assert_eq!((&told[0]["did"], &told[0]["file"]), (&"changed".into(), &"reports/week/2026-W48.md".into()));
    assert!(told[0]["difference"].as_str().unwrap().contains("+| Taken | 0 "), "{told:#}");
    assert_eq!(desk.read("reports/week/2026-W48.md"), filed);
}

#[test]
fn r60_made_again_it_tells_what_was_late_and_a_difference_what_is_new_since() {
    let mut desk = begun();
    desk.clock("2026-12-03 07:00");
    desk.cs("report file month 2026-11").ok();
    let filed = desk.head().unwrap();
    let score = |flags: &str| {
        let line = format!("score add YX --clause D2.2 --on 2026-11-26 {flags}");
        desk.cs(&line).by("LW").ok().number()
    };
    // Entered after the report fell due, so unknown to it whenever it is made.
    let new = score("--evidence gate");
    desk.cs("report file month 2026-11 --again").refused(0).silent();
    let diff = format!("report diff {} HEAD month 2026-11", filed.trim());
    desk.cs(&diff).ok().prints([&*format!("entered: {new}")]);
    // Entered before it, and committed after it was filed.
    score("--evidence desk --at '2026-12-02 10:00'");
    desk.cs("report file month 2026-11 --again").ok().prints(["--- reports/month/2026-11.md"]);
}

#[cfg(unix)]
#[test]
fn what_git_refuses_is_told_every_night_until_it_is_committed_and_keeps_nothing_from_being_filed() {
    use std::os::unix::fs::PermissionsExt;
    let mut desk = begun();
    let hook = desk.path(".git/hooks/pre-commit");
    fs::write(&hook, "#!/bin/sh\nexit 1\n").unwrap();
    fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    let told = desk.cs("report file").fails(3);
    assert_eq!(told.stdout, "reports/day/2026-11-29.md\nreports/week/2026-W48.md\n");
    assert_eq!(told.stderr.matches("not-committed").count(), 1, "{told}");
    // Nothing new, and still not committed; then something new.
    desk.cs("report file").refused(3).says(["not-committed"]);
    desk.cs("report file --json").refused(3);
    desk.clock("2026-12-01 07:00");
    let told = desk.cs("report file").fails(3);
    assert_eq!(told.stdout, "reports/day/2026-11-30.md\n");
    assert!(told.stderr.contains("not-committed"), "{told}");
    fs::remove_file(&hook).unwrap();
    desk.cs("report file").ok().silent();
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
    let subjects = desk.git(&["log", "-3", "--format=%s"]);
    assert_eq!(subjects, "report day 2026-11-30: filed\nreport week 2026-W48: filed\nreport day 2026-11-29: filed\n");
}

#[test]
fn what_is_wrong_in_the_folder_keeps_its_reports_back_and_no_others() {
    let desk = begun();
    let order = "DD-261118-YX-1";
    desk.append(&file_of(order), "nonsense\n");
    // What is not committed is in no filed report.
    assert_eq!(desk.cs("report file day").ok().stdout, "reports/day/2026-11-29.md\n");
    desk.git(&["commit", "-qam", "broken", "--no-verify"]);
    desk.cs("report file week").refused(1).says([&*file_of(order)]);
    // The day of it is wrong too; one long after it is not.
    let told = desk.cs("report file").refused(1);
    assert_eq!(told.stdout, "");
    assert_eq!(told.stderr.matches("error[").count(), 1, "told once: {told}");
    desk.git(&["revert", "--no-edit", "HEAD"]);
    assert_eq!(desk.cs("report file").ok().stdout, "reports/week/2026-W48.md\n");
}

#[test]
fn a_department_without_git_or_without_commits_files_the_folder_as_it_stands() {
    let mut desk = Desk::plain();
    desk.order();
    desk.clock("2026-11-19 07:00");
    assert_eq!(desk.cs("report file").ok().stdout, "reports/day/2026-11-18.md\n");
    desk.cs("report file").refused(0).silent();
    assert!(desk.read("reports/day/2026-11-18.md").contains("DD-261118-YX-1"));
}

#[test]
fn the_policy_says_which_reports_are_filed_and_in_which_formats() {
    let mut desk = Desk::plain();
    desk.order();
    desk.write("policy.toml", "[report]\nfiled = [\"week\"]\nformats = [\"json\", \"md\"]\n");
    desk.clock("2026-11-23 06:00");
    let told = desk.cs("report file").ok().stdout;
    assert_eq!(told, "reports/week/2026-W47.md\nreports/week/2026-W47.json\n");
    let filed: Value = serde_json::from_str(&desk.read("reports/week/2026-W47.json")).unwrap();
    assert_eq!((&filed["now"], &filed["commit"]), (&"2026-11-23T06:00:00+08:00".into(), &Value::Null));
    // A format that is missing is made up for.
    fs::remove_file(desk.path("reports/week/2026-W47.json")).unwrap();
    assert_eq!(desk.cs("report file").ok().stdout, "reports/week/2026-W47.json\n");
    desk.write("policy.toml", "[report]\nfiled = [\"hour\"]\nformats = []\ntime = \"6\"\nday_days = 0\n");
    let told = desk.cs("report due").refused(1);
    for key in ["report.filed", "report.formats", "report.time", "report.day_days"] {
        assert!(told.stderr.contains(key), "{key}: {told}");
    }
}

#[test]
fn r53_an_unfiled_report_is_a_duty_once_the_department_files_that_report() {
    let mut desk = begun();
    let of_rule = |desk: &Desk| -> Vec<Value> { desk.todo("").into_iter().filter(|d| d["rule"] == "R53").collect() };
    assert_eq!(of_rule(&desk), [Value::Null; 0], "nobody files reports here yet");
    desk.cs("report file week").ok();
    assert_eq!(of_rule(&desk), [Value::Null; 0]);
    desk.clock("2026-12-07 06:00");
    let duties = of_rule(&desk);
    assert_eq!(duties.len(), 1, "the week's alone: {duties:#?}");
    let duty = &duties[0];
    assert_eq!((&duty["number"], &duty["command"]), (&"week 2026-W49".into(), &"cs report file week 2026-W49".into()));
    assert_eq!(duty["due"], "2026-12-07T18:00:00+08:00");
    let of = |who: &str| desk.todo(&format!("--who {who}")).iter().any(|d| d["rule"] == "R53");
    assert!(of("LW") && of("WM") && !of("YX"));
    desk.cs("report file week").ok();
    assert_eq!(of_rule(&desk), [Value::Null; 0]);
}

#[test]
fn r60_a_filed_report_is_the_same_whatever_else_is_filed() {
    let mut desk = begun();
    desk.cs("report file").ok();
    // Two nights are missed: while the second day's report is made, the first day's is not filed, and late.
    desk.clock("2026-12-08 07:00");
    desk.cs("report file").ok();
    assert!(files(&desk).len() > 9);
    desk.cs("report file --again").refused(0).silent();
}

/// A clone of the department.
fn clone(desk: &Desk, name: &str) -> PathBuf {
    desk.git_in(desk.home(), &["clone", "-q", "desk", name]);
    desk.home().join(name)
}

#[test]
fn two_clones_that_file_the_same_night_merge_without_conflict() {
    let desk = begun();
    let (north, south) = (clone(&desk, "north"), clone(&desk, "south"));
    // One is a little later, in another language and zone, and has written something that no period over holds.
    desk.cs("report file").env("CS_DIR", &north).ok();
    let to = "--wanted-by 2026-12-20 --consignee S --deliver-to T --line SHELF=1";
    desk.cs(&format!("order new --customer ACME {to}")).env("CS_DIR", &south).by("ZL").ok();
    desk.cs("report file")
        .env("CS_DIR", &south)
        .now("2026-11-30 07:09")
        .lang("zh")
        .env("TZ", "America/Lima")
        .by("")
        .ok();
    desk.git_in(&south, &["pull", "-q", "--no-rebase", "--no-edit", "../north", "main"]);
    assert_eq!(desk.git_in(&south, &["status", "--porcelain"]), "");
    let read = |root: &PathBuf| fs::read_to_string(root.join("reports/week/2026-W48.md")).unwrap();
    assert_eq!(read(&north), read(&south));
    desk.cs("report file").env("CS_DIR", &south).ok().silent();
    desk.git_in(&north, &["pull", "-q", "--ff-only", "../south", "main"]);
    desk.cs("report due").env("CS_DIR", &north).ok().silent();
}

/// Has a desk file its weekly reports as pages and spreadsheets.
fn in_pages_and_sheets(desk: &Desk) {
    desk.write("policy.toml", "[report]\nfiled = [\"week\"]\nformats = [\"xlsx\", \"html\"]\n");
    desk.git(&["add", "-A"]);
    desk.git(&["commit", "-qm", "formats"]);
}

const PAGE: &str = "reports/week/2026-W48.html";
const SHEET: &str = "reports/week/2026-W48.xlsx";

#[test]
fn r60_two_clones_file_the_same_page_and_spreadsheet_and_merge_without_conflict() {
    let desk = begun();
    in_pages_and_sheets(&desk);
    let (north, south) = (clone(&desk, "north"), clone(&desk, "south"));
    desk.cs("report file").env("CS_DIR", &north).ok().prints([PAGE, SHEET]);
    desk.cs("report file").env("CS_DIR", &south).now("2026-12-06 23:00").lang("zh").env("TZ", "America/Lima").ok();
    for path in [PAGE, SHEET] {
        let read = |root: &PathBuf| fs::read(root.join(path)).unwrap();
        assert!(!read(&north).is_empty() && read(&north) == read(&south), "{path}");
    }
    desk.git_in(&south, &["pull", "-q", "--no-rebase", "--no-edit", "../north", "main"]);
    assert_eq!(desk.git_in(&south, &["status", "--porcelain"]), "");
    desk.cs("report file --again").env("CS_DIR", &south).ok().silent();
    desk.cs("check").env("CS_DIR", &south).ok();
}

#[test]
fn a_page_and_a_spreadsheet_are_made_again_and_told_by_their_names() {
    let desk = begun();
    in_pages_and_sheets(&desk);
    let names = format!("{PAGE}\n{SHEET}\n");
    assert_eq!(desk.cs("report file --dry-run").ok().stdout, names);
    assert_eq!(files(&desk), [""; 0]);
    assert_eq!(desk.cs("report file").ok().stdout, names);
    // One commit holds a report in all its formats.
    assert_eq!(desk.touched(), [PAGE, SHEET]);
    assert_eq!(desk.git(&["log", "-2", "--format=%s"]), "report week 2026-W48: filed\nformats\n");
    let filed = [PAGE, SHEET].map(|path| desk.bytes(path));
    desk.cs("report file --again").refused(0).silent();
    desk.cs("report file week 2026-W48").refused(0).says([&*format!("filed already: {PAGE} {SHEET}")]);
    // R61: neither tells a commit, for another commit files it.
    assert!(desk.read(PAGE).contains("the commit that filed it names its own"));
    let to = "--wanted-by 2026-12-20 --consignee S --deliver-to T --line SHELF=1";
    desk.cs(&format!("order new --customer ACME {to} --at '2026-11-26 10:00'")).ok();
    assert_eq!(desk.cs("report file --again").ok().stdout, names);
    assert!([PAGE, SHEET].iter().zip(&filed).all(|(path, before)| desk.bytes(path) != *before));
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
    fs::remove_file(desk.path(SHEET)).unwrap();
    let told = desk.cs("report file week 2026-W48 --json").ok().json();
    let did: Vec<_> = told.as_array().unwrap().iter().map(|one| (&one["did"], &one["difference"])).collect();
    assert_eq!(did, [(&"nothing".into(), &Value::Null), (&"filed".into(), &Value::Null)]);
}
