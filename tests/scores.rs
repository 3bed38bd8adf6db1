//! Scores: what a point is worth (R56), how many may be lost in a half-year (R57), and who enters what about whom under
//! which clause (R58, R68).

mod common;

use common::{Desk, no, no_by};
use serde_json::Value;

/// Enters points by LW, or by another; the number of the entry.
fn add(desk: &Desk, line: &str, by: &str) -> String {
    desk.cs(&format!("score add {line}")).by(by).ok().number()
}

/// The rows of the standing, each as `staff taken given worth standing`.
fn standing(desk: &Desk, flags: &str) -> Vec<String> {
    let rows = desk.cs(&format!("score standing {flags} --json")).ok().json();
    let told =
        |row: &Value| ["staff", "taken", "given", "worth", "standing"].map(|key| row[key].as_str().unwrap()).join(" ");
    rows.as_array().unwrap().iter().map(told).collect()
}

/// The rows of the ledger, each as `staff clause points state sum worth`.
fn ledger(desk: &Desk, words: &str) -> Vec<String> {
    let rows = desk.cs(&format!("score ledger {words} --json")).ok().json();
    let keys = ["staff", "clause", "points", "state", "sum", "worth_sum"];
    let told = |row: &Value| keys.map(|key| row[key].as_str().unwrap_or("-").to_string()).join(" ");
    rows.as_array().unwrap().iter().map(told).collect()
}

#[test]
fn r56_a_point_is_twenty_yuan_and_awards_and_deductions_offset() {
    let desk = Desk::plain();
    add(&desk, "YX --clause D3.1 --evidence 'report not done' --on 2026-11-02", "LW");
    add(&desk, "YX --clause A1.2 --evidence 'letter of Acme' --on 2026-11-03", "LW");
    add(&desk, "ZL --clause D2.5 --points 4 --evidence 'away from the desk' --on 2026-11-04", "WM");
    assert_eq!(
        ledger(&desk, ""),
        ["YX D3.1 -2 stands -2 -40.00", "YX A1.2 +5 stands +3 60.00", "ZL D2.5 -4 stands -4 -80.00"]
    );
    let text = desk.cs("score ledger").ok().stdout;
    assert!(text.contains("Person's sum") && text.contains("Person's worth"), "{text}");
    assert_eq!(ledger(&desk, "YX"), ["YX D3.1 -2 stands -2 -40.00", "YX A1.2 +5 stands +3 60.00"]);
    assert_eq!(ledger(&desk, "2026-11 zhao"), ["ZL D2.5 -4 stands -4 -80.00"]);
    assert_eq!(ledger(&desk, "本月 zhao"), ["ZL D2.5 -4 stands -4 -80.00"]);
    // A spreadsheet is to add them up.
    let csv = desk.cs("score ledger --format csv").ok().stdout;
    assert!(csv.contains(",-2,stands,-2,") && csv.contains(",+5,stands,+3,"), "{csv}");
    assert_eq!(ledger(&desk, "zhao 2026-11"), ["ZL D2.5 -4 stands -4 -80.00"]);
    assert_eq!(ledger(&desk, "2026-11-03"), ["YX A1.2 +5 stands +5 100.00"]);
    assert_eq!(ledger(&desk, "2026-10"), [] as [&str; 0]);
    no(&desk, "score ledger 2026-13", &["\"2026-13\" is no period"], &["“2026-13”不是有效的期间"]);
    no(&desk, "score ledger 2026-10-30..2026-10-01", &["ends before it begins"], &["止期早于起期"]);
    no(&desk, "score ledger YX 2026-10-30..2026-10-01", &["ends before it begins"], &["止期早于起期"]);
    no(&desk, "score ledger nobody 2026-10", &["no staff"], &["没有"]);
    assert_eq!(standing(&desk, ""), ["ZL 4 0 -80.00 clear", "YX 2 5 60.00 clear"]);
    desk.is_sound();
}

#[test]
fn r56_r68_a_point_is_worth_what_it_was_worth_on_the_day() {
    let desk = Desk::plain();
    desk.append("policy.toml", "\n[[change]]\nfrom = 2026-11-03\nscore.point_yuan = \"25.50\"\n");
    for day in ["2026-11-02", "2026-11-03"] {
        add(&desk, &format!("YX --clause D3.1 --evidence x --on {day}"), "LW");
    }
    assert_eq!(ledger(&desk, ""), ["YX D3.1 -2 stands -2 -40.00", "YX D3.1 -2 stands -4 -91.00"]);
}

#[test]
fn r57_awards_do_not_reduce_what_was_taken_and_reversed_entries_count_nowhere() {
    let desk = Desk::plain();
    let taken = |clause: &str| add(&desk, &format!("YX --clause {clause} --evidence x"), "LW");
    let (first, _) = (taken("D5.1"), taken("A1.2"));
    assert_eq!(standing(&desk, ""), ["YX 30 5 -500.00 flagged"]);
    desk.cs(&format!("score reverse {first} --reason 'nothing leaked'")).by("WM").ok();
    assert_eq!(standing(&desk, ""), ["YX 0 5 100.00 clear"]);
    // Warned from 20 on, flagged from 30 on, and not a point before.
    for (clause, stands) in [
        ("D5.2 --points 19", "YX 19 5 -280.00 clear"),
        ("D1.1", "YX 20 5 -300.00 warned"),
        ("D2.2", "YX 25 5 -400.00 warned"),
        ("D4.4 --points 4", "YX 29 5 -480.00 warned"),
        ("D1.2", "YX 30 5 -500.00 flagged"),
        ("A1.1 --points 30", "YX 30 35 100.00 flagged"),
    ] {
        taken(clause);
        assert_eq!(standing(&desk, ""), [stands]);
    }
    let said = desk.cs("score standing").ok().stderr;
    assert!(said.contains("from 20 points taken on") && said.contains("from 30 on: 1"), "{said}");
    desk.is_sound();
}

#[test]
fn r57_a_half_year_ends_with_june_and_with_december() {
    let mut desk = Desk::plain();
    desk.clock("2027-01-04 10:00");
    for (clause, day) in [
        ("D2.2", "2025-12-31"),
        ("D5.2 --points 10", "2026-01-01"),
        ("D5.2 --points 19", "2026-06-30"),
        ("D5.2 --points 11", "2026-07-01"),
        ("D5.2 --points 20", "2026-12-31"),
        ("D2.2", "2027-01-01"),
    ] {
        add(&desk, &format!("YX --clause {clause} --evidence x --on {day}"), "LW");
    }
    assert_eq!(standing(&desk, ""), ["YX 5 0 -100.00 clear"]);
    assert_eq!(standing(&desk, "--half last-half"), ["YX 31 0 -620.00 flagged"]);
    assert_eq!(standing(&desk, "--half 2026-h2"), ["YX 31 0 -620.00 flagged"]);
    assert_eq!(standing(&desk, "--half 2026-H1"), ["YX 29 0 -580.00 warned"]);
    assert_eq!(standing(&desk, "--half 2025-H2"), ["YX 5 0 -100.00 clear"]);
    assert_eq!(standing(&desk, "--half 2025-H1"), [] as [&str; 0]);
    for word in ["2026", "2026-Q3", "2026-07", "2026-07-01"] {
        no(&desk, &format!("score standing --half {word}"), &["no half-year", "last-half"], &["不是半年", "last-half"]);
    }
    no(&desk, "score standing --half soon", &["no period"], &["不是有效的期间"]);
}

#[test]
fn r57_r68_a_half_year_is_judged_by_the_figures_in_force_when_it_began() {
    let mut desk = Desk::plain();
    desk.clock("2027-01-04 10:00");
    desk.append("policy.toml", "\n[[change]]\nfrom = 2026-08-01\nscore.warn = 3\nscore.flag = 5\n");
    for day in ["2026-12-01", "2027-01-02"] {
        add(&desk, &format!("YX --clause D2.2 --evidence x --on {day}"), "LW");
    }
    assert_eq!(standing(&desk, "--half 2026-H2"), ["YX 5 0 -100.00 clear"]);
    assert_eq!(standing(&desk, "--half 2027-H1"), ["YX 5 0 -100.00 flagged"]);
}

#[test]
fn r58_a_supervisor_enters_and_reverses_and_nobody_points_of_their_own() {
    let desk = Desk::plain();
    let entry = "--clause A1.2 --evidence letter";
    no(&desk, &format!("score add ZL {entry}"), &["holds no role", "LW Li Wei"], &["岗位无权", "LW Li Wei"]);
    no_by(
        &desk,
        "LW",
        &format!("score add LW {entry}"),
        &["points of their own (R58)"],
        &["不能登记或冲销本人的绩效（R58）"],
    );
    // Neither does who is no supervisor at all: both are told.
    no(&desk, &format!("score add YX {entry}"), &["of their own", "holds no role"], &["本人的绩效", "岗位无权"]);
    let of_supervisor = add(&desk, "LW --clause D2.2 --evidence late", "WM");
    let reverse = format!("score reverse {of_supervisor} --reason 'was ill'");
    no_by(&desk, "LW", &reverse, &["points of their own (R58)"], &["不能登记或冲销本人的绩效（R58）"]);
    no_by(&desk, "ZL", &reverse, &["holds no role"], &["岗位无权"]);
    no_by(&desk, "WM", &format!("score reverse {of_supervisor}"), &["--reason"], &["--reason"]);
    desk.cs(&reverse).by("WM").ok();
    no_by(&desk, "WM", &reverse, &["is reversed", "nothing more"], &["已冲销", "不能再做"]);
    desk.is_sound();
}

#[test]
fn r58_points_lie_inside_the_clauses_span() {
    let desk = Desk::plain();
    let entry = |clause: &str, points: &str| format!("score add YX --clause {clause} --evidence x {points}");
    for (clause, points) in [("D2.5", "2"), ("D2.5", "6"), ("D3.1", "1"), ("A2.1", "11")] {
        let line = entry(clause, &format!("--points {points}"));
        no_by(&desk, "LW", &line, &["is worth", "points on 2026-11-18, not"], &["的分值为", "不能填"]);
    }
    no_by(&desk, "LW", &entry("D2.5", ""), &["3–5 points: how many", "--points"], &["3–5 分，请确定分值", "--points"]);
    no_by(&desk, "LW", &entry("D2.5", "--points 0"), &["from 1 up"], &["大于等于 1"]);
    no_by(&desk, "LW", &entry("D7.7", "--points 1"), &["no clause D7.7", "cs score clauses"], &["没有有效的条款 D7.7"]);
    no_by(&desk, "LW", &entry("d2.5", "--points 3"), &["did you mean D2.5"], &["是不是 D2.5"]);
    no_by(&desk, "LW", &entry("d2.5", ""), &["did you mean D2.5"], &["是不是 D2.5"]);
    for points in ["3", "5"] {
        let number = add(&desk, &format!("YX --clause D2.5 --evidence x{points} --points {points}"), "LW");
        assert_eq!(desk.show(&number)["points"], points);
    }
    // The clause's own, where it has but one.
    assert_eq!(desk.show(&add(&desk, "YX --clause D4.1c --evidence x", "LW"))["points"], "3");
}

#[test]
fn r58_an_entry_has_evidence_and_a_day_gone_by_on_which_the_person_worked_here() {
    let mut desk = Desk::plain();
    let order = desk.order();
    no_by(&desk, "LW", "score add YX --clause D3.1", &["nothing shows it", "--record"], &["没有事实依据", "--record"]);
    let tomorrow = "score add YX --clause D3.1 --evidence x --on 2026-11-19";
    no_by(&desk, "LW", tomorrow, &["is after 2026-11-18"], &["晚于登记日期 2026-11-18"]);
    let gone = |day: &str| format!("score add OLD --clause D3.1 --evidence x --on {day}");
    no_by(&desk, "LW", &gone("2026-11-01"), &["OLD is not on the staff"], &["OLD 在 2026-11-01 不是在职员工"]);
    desk.cs(&gone("2026-10-31")).by("LW").ok();
    no_by(&desk, "LW", "score add NOBODY --clause D3.1 --evidence x", &["no staff"], &["没有"]);
    let missing = "score add YX --clause D3.1 --record DD-261118-YX-9";
    no_by(&desk, "LW", missing, &["there is no record"], &["没有单号为"]);
    let shown = desk.show(&add(&desk, &format!("YX --clause D3.1 --record {order}"), "LW"));
    assert_eq!((shown["record"].as_str(), shown["on"].as_str()), (Some(order.as_str()), Some("2026-11-18")));
    // What showed it may turn out a mistake itself: the entry stays until somebody reverses it.
    desk.cs("check").ok().silent();
    desk.cs(&format!("void {order} --note twice")).ok();
    desk.clock("2026-11-19 10:00");
    desk.is_sound();
    let advice = format!("advice: JX-261118-LW-2 rests on {order}, which is void");
    let checked = desk.cs("check").ok();
    assert!(
        checked.stderr.contains(&advice) && checked.stderr.contains("cs score reverse JX-261118-LW-2"),
        "{checked}"
    );
    desk.cs("score reverse JX-261118-LW-2 --reason 'the order was none'").by("LW").ok();
    desk.cs("check").ok().silent();
}

#[test]
fn r57_who_enters_points_that_reach_a_line_or_pass_it_is_told() {
    let desk = Desk::plain();
    let told = |line: &str| desk.cs(&format!("score add YX --evidence x {line}")).by("LW").ok().stderr;
    let warned = "YX: 20 points taken in 2026-H2, warned from 20 on (R57)";
    let flagged = "YX: 31 points taken in 2026-H2, not to stay in post from 30 on (R57)";
    assert_eq!(told("--clause D5.2 --points 19"), "");
    assert!(told("--clause D1.1").contains(warned));
    assert_eq!(told("--clause A1.2"), "");
    assert!(told("--clause D5.2 --points 11 --on 2026-11-17").contains(flagged));
    // By the half-year that the conduct lies in.
    assert_eq!(told("--clause D1.2 --on 2026-06-30"), "");
    let chinese = desk.cs("score add YX --clause D1.2 --evidence x --lang zh").by("LW").ok().stderr;
    assert!(chinese.contains("YX：2026-H2 累计扣 32 分，已达不宜留岗标准 30 分（R57）"), "{chinese}");
    let last = desk.cs("score list --all --json").ok().json().as_array().unwrap().len();
    let reversed = desk.cs(&format!("score reverse JX-261118-LW-{last} --reason 'it was tidy'")).by("WM").ok().stderr;
    assert!(!reversed.contains("R57"), "{reversed}");
}

#[test]
fn r58_the_same_is_not_entered_twice() {
    let desk = Desk::plain();
    let order = desk.order();
    let entry = |line: &str| format!("score add YX --clause D3.1 {line}");
    let told =
        (["JX-261118-LW-1 says the same already", "--evidence"], ["JX-261118-LW-1 已登记同一事项", "--evidence"]);
    desk.cs(&entry("--evidence 'report not done'")).by("LW").ok();
    for by in ["LW", "WM"] {
        no_by(&desk, by, &entry("--evidence 'report not done'"), &told.0, &told.1);
    }
    desk.cs(&entry("--evidence 'report not done' --on 2026-11-17")).by("LW").ok();
    desk.cs(&entry("--evidence 'second report not done'")).by("LW").ok();
    desk.cs(&entry("--evidence 'report not done'").replace("YX", "ZL")).by("LW").ok();
    desk.cs(&entry("--evidence 'report not done'").replace("D3.1", "D3.2")).by("LW").ok();
    // Of a record, what is said of it may differ; nothing said of it differs from nothing.
    let number = desk.cs(&entry(&format!("--record {order}"))).by("LW").ok().number();
    let says = format!("{number} says the same already");
    no_by(&desk, "LW", &entry(&format!("--record {order}")), &[&says], &["已登记同一事项"]);
    desk.cs(&entry(&format!("--record {order} --evidence 'the second line of it'"))).by("LW").ok();
    // What was reversed may be entered anew.
    desk.cs("score reverse JX-261118-LW-1 --reason 'wrong day'").by("LW").ok();
    desk.cs(&entry("--evidence 'report not done'")).by("LW").ok();
    desk.is_sound();
}

#[test]
fn r58_r68_an_entry_keeps_the_clause_of_its_day() {
    let desk = Desk::plain();
    let change = "clauses.\"D1.2\" = \"retired\"\nclauses.\"D3.1\" = { max = 3 }\n\
                  clauses.\"D9.1\" = { zh = \"酒后上岗\", en = \"Drunk at work\", min = 10 }\n";
    desk.append("policy.toml", format!("\n[[change]]\nfrom = 2026-11-10\n{change}").as_str());
    let entry = |clause: &str, on: &str| format!("score add YX --clause {clause} --evidence x --on {on}");
    let early = add(&desk, "YX --clause D1.2 --evidence x --on 2026-11-09", "LW");
    no_by(
        &desk,
        "LW",
        &entry("D1.2", "2026-11-10"),
        &["no clause D1.2 is in force on 2026-11-10"],
        &["没有有效的条款 D1.2"],
    );
    no_by(&desk, "LW", &entry("D9.1", "2026-11-09"), &["no clause D9.1", "--on 2026-11-09"], &["没有有效的条款 D9.1"]);
    no_by(&desk, "LW", &entry("D3.1 --points 3", "2026-11-09"), &["worth 2 points"], &["分值为 2 分"]);
    desk.cs(&entry("D3.1 --points 3", "2026-11-10")).by("LW").ok();
    let late = add(&desk, "YX --clause D9.1 --evidence x --on 2026-11-10", "LW");
    assert_eq!(desk.show(&early)["derived"]["about"], "Desk or chair left untidy when leaving");
    assert_eq!(desk.show(&late)["derived"]["about"], "Drunk at work");
    let codes = |flags: &str| -> Vec<String> {
        let rows = desk.cs(&format!("score clauses {flags} --json")).ok().json();
        let told = |row: &Value| ["clause", "min", "max"].map(|key| row[key].as_str().unwrap()).join(" ");
        rows.as_array().unwrap().iter().map(told).filter(|row| row.contains("D1.2") || row.contains("D3.1")).collect()
    };
    assert_eq!(codes("--on 2026-11-09"), ["D1.2 1 1", "D3.1 2 2"]);
    assert_eq!(codes(""), ["D3.1 2 3"]);
    no(&desk, "score clauses --on soon", &["is no day"], &["不是日期"]);
    let chinese = desk.cs("score clauses").lang("zh").ok().stdout;
    assert!(chinese.contains("酒后上岗") && chinese.contains("扣分") && chinese.contains("加分"), "{chinese}");
    desk.is_sound();
}

#[test]
fn r58_a_reversal_is_an_entry_of_its_own_and_nothing_is_edited_or_voided() {
    let mut desk = Desk::plain();
    let number = add(&desk, "YX --clause D3.1 --evidence 'report not done'", "LW");
    let before = desk.read("scores/2026-11.csv");
    for line in [
        format!("score edit {number} --evidence other"),
        format!("score edit {number} --clause D3.2"),
        format!("void {number} --note mistake"),
    ] {
        no_by(
            &desk,
            "LW",
            &line,
            &["stands as it was entered", "cs score reverse"],
            &["不得修改或作废", "cs score reverse"],
        );
    }
    desk.clock("2026-12-02 10:00");
    desk.cs(&format!("score reverse {number} --reason 'it was done'")).by("WM").ok();
    let void = format!("void {number} --note mistake");
    no_by(&desk, "LW", &void, &["it is reversed and counts no more", "cs score add"], &["已冲销，不再计分"]);
    assert!(!desk.cs(&void).by("LW").refused(1).stderr.contains("cs score reverse"));
    no_by(&desk, "WM", &format!("void {number} --step 2 --note mistake"), &["stands as it was"], &["不得修改或作废"]);
    // The first entry's bytes are as they were; the reversal follows, and points at it.
    let after = desk.read("scores/2026-11.csv");
    let added = after.strip_prefix(&before).unwrap();
    assert!(added.starts_with(&format!("2026-12-02T10:00:00+08:00,WM,{number},reverse,")), "{added}");
    assert_eq!(ledger(&desk, ""), ["YX D3.1 -2 reversed 0 0.00", "YX D3.1 - reversal 0 0.00"]);
    let rows = desk.cs("score ledger --json").ok().json();
    assert_eq!((&rows[1]["number"], &rows[1]["on"]), (&number.clone().into(), &"2026-12-02".into()));
    assert_eq!((&rows[1]["by"], &rows[1]["evidence"]), (&"Wang Min".into(), &"it was done".into()));
    // As it was known before.
    let rows = desk.cs("score ledger --now '2026-11-30 10:00' --json").ok().json();
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["sum"]), (1, &"-2".into()));
    desk.is_sound();
}

#[test]
fn an_entry_tells_what_follows_from_it_and_is_in_no_customers_file() {
    let desk = Desk::plain();
    let order = desk.order();
    add(&desk, "YX --clause D5.2 --points 18 --evidence x", "LW");
    let number = add(&desk, &format!("YX --clause D3.1 --record {order}"), "LW");
    let derived = &desk.show(&number)["derived"];
    let told = ["effect", "worth", "half", "standing"].map(|key| derived[key].as_str().unwrap().to_string());
    assert_eq!(told, ["deduction", "-40.00", "2026-H2", "warned"]);
    assert_eq!(derived["taken"], "20");
    let file = desk.cs("customer show ACME --all").done();
    assert!(!file.stdout.contains("JX-"), "{file}");
    let report = desk.cs("report customer ACME --json").done();
    assert!(!report.stdout.contains("JX-"), "{report}");
    let listed = desk.cs("score list --all --json").ok().json();
    assert_eq!(listed.as_array().unwrap().len(), 2);
}
