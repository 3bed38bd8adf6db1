//! Call quality: what a call is scored on (R54, R68), who scores it (R1), how a score is contested and settled, and what a
//! month's calls come to.

mod common;

use common::{Desk, no, no_by};
use serde_json::Value;

/// A department with somebody who scores calls: QA.
fn desk() -> Desk {
    let desk = Desk::plain();
    desk.cs("staff add QA --name 'Qin An' --roles qa").by("WM").ok();
    desk
}

/// The score of a call, given by QA; its number.
fn score(desk: &Desk, line: &str) -> String {
    desk.cs(&format!("qa score {line}")).by("QA").ok().number()
}

/// A score of YX that YX contests.
fn contested(desk: &Desk, line: &str) -> String {
    let number = score(desk, &format!("YX {line}"));
    desk.cs(&format!("qa contest {number} --reason 'the answer was right'")).ok();
    number
}

/// What a score comes to, as `total of full`.
fn total(desk: &Desk, number: &str) -> String {
    let derived = &desk.show(number)["derived"];
    ["total", "full"].map(|key| derived[key].as_str().unwrap_or("-").to_string()).join(" of ")
}

#[test]
fn r54_items_left_out_have_their_full_points_and_a_score_names_every_item() {
    let desk = desk();
    for (given, stored, sum) in [
        ("answer=25,closing=4", "greeting 10; listening 20; answer 25; courtesy 20; procedure 15; closing 4", "94"),
        ("业务解答=25、greeting=0", "greeting 0; listening 20; answer 25; courtesy 20; procedure 15; closing 5", "85"),
        (
            "'Procedure and record 9; courtesy:11'",
            "greeting 10; listening 20; answer 30; courtesy 11; procedure 9; closing 5",
            "85",
        ),
        ("full", "greeting 10; listening 20; answer 30; courtesy 20; procedure 15; closing 5", "100"),
        ("满分", "greeting 10; listening 20; answer 30; courtesy 20; procedure 15; closing 5", "100"),
    ] {
        let done = desk.cs(&format!("qa score YX --marks {given}")).by("QA").ok();
        assert!(done.stderr.contains(&format!("{sum} of 100 points")), "{done}");
        let number = done.number();
        assert_eq!(
            (desk.show(&number)["marks"].as_str(), total(&desk, &number)),
            (Some(stored), format!("{sum} of 100"))
        );
        assert_eq!(desk.show(&number)["on"], "2026-11-18");
    }
    no_by(&desk, "QA", "qa score YX", &["--marks is missing", "or full"], &["缺少各项得分（--marks）", "满分写 full"]);
    for (given, en, zh) in [
        ("answer", "\"answer\" gives no item its points", "“answer”不是项目得分"),
        ("answer=2.5", "\"answer=2.5\" gives no item", "“answer=2.5”不是项目得分"),
        ("answer=9,answer=8", "answer has points twice (R54)", "answer 重复评分（R54）"),
        ("answer=9,业务解答=8", "answer has points twice (R54)", "answer 重复评分（R54）"),
        (
            "answer=31",
            "answer has at most 30 points on 2026-11-18, not 31",
            "answer 在 2026-11-18 满分 30 分，不能填 31 分",
        ),
        ("mood=3", "no item mood is in force on 2026-11-18", "2026-11-18 没有有效的质检项目 mood"),
    ] {
        no_by(&desk, "QA", &format!("qa score YX --marks {given}"), &[en], &[zh]);
    }
    // All that is wrong at once.
    let all = ["answer has at most 30", "no item mood", "the items of that day: greeting, listening"];
    no_by(&desk, "QA", "qa score YX --marks answer=31,mood=3", &all, &["满分 30 分", "没有有效的质检项目 mood"]);
    desk.is_sound();
}

#[test]
fn r1_r54_quality_scores_calls_and_nobody_an_own_one() {
    let desk = desk();
    no(&desk, "qa score ZL --marks full", &["YX holds no role", "QA Qin An"], &["YX 的岗位无权", "QA Qin An"]);
    for own in ["QA", "LW"] {
        no_by(&desk, own, &format!("qa score {own} --marks full"), &["may not sign own work (R1)"], &["（R1）"]);
    }
    desk.cs("qa score QA --marks full").by("LW").ok();
    let number = score(&desk, "LW --marks closing=4");
    // A supervisor may void what others do, but no score of an own call.
    no_by(
        &desk,
        "LW",
        &format!("void {number} --note x"),
        &["may not edit or void a score of an own call"],
        &["本人通话的质检评分"],
    );
    desk.cs(&format!("void {number} --note 'wrong person'")).by("QA").ok();
    desk.is_sound();
}

#[test]
fn r54_r68_a_call_is_judged_by_the_items_of_its_day() {
    let desk = desk();
    let change =
        "qa_items.closing = \"retired\"\nqa_items.voice = { zh = \"语速语调\", max = 25 }\nqa.pass_percent = 90\n";
    desk.append("policy.toml", &format!("\n[[change]]\nfrom = 2026-11-10\n{change}"));
    let before = score(&desk, "YX --marks closing=0,answer=11 --on 2026-11-09");
    let after = score(&desk, "YX --marks voice=20,answer=24 --on 2026-11-10");
    assert_eq!((total(&desk, &before), total(&desk, &after)), ("76 of 100".into(), "109 of 120".into()));
    let passed = |number: &str| desk.show(number)["derived"]["passed"].as_str().unwrap().to_string();
    assert_eq!((passed(&before), passed(&after)), ("yes".into(), "yes".into()));
    let fails = "qa score YX --marks answer=17 --on 2026-11-10";
    no_by(&desk, "QA", fails, &["107 of 120 points are below the pass mark"], &["得分 107/120，不合格"]);
    no_by(
        &desk,
        "QA",
        "qa score YX --marks voice=3 --on 2026-11-09",
        &["no item voice"],
        &["没有有效的质检项目 voice"],
    );
    no_by(&desk, "QA", "qa score YX --marks closing=3", &["no item closing"], &["没有有效的质检项目 closing"]);
    let items = |flags: &str| -> Vec<String> {
        let rows = desk.cs(&format!("qa items {flags} --json")).ok().json();
        let told = |row: &Value| ["item", "max"].map(|key| row[key].as_str().unwrap()).join(" ");
        rows.as_array().unwrap().iter().map(told).collect()
    };
    assert_eq!(items("--on 2026-11-09").last().unwrap(), "closing 5");
    assert_eq!(items("").last().unwrap(), "voice 25");
    no(&desk, "qa items --on soon", &["is no day"], &["不是日期"]);
    let chinese = desk.cs("qa items").lang("zh").ok().stdout;
    assert!(chinese.contains("语速语调") && chinese.contains("满分"), "{chinese}");
    desk.is_sound();
}

#[test]
fn r54_below_the_pass_mark_a_comment_is_needed_and_a_critical_fault_leaves_nothing() {
    let desk = desk();
    let low = "YX --marks answer=0,listening=9";
    no_by(
        &desk,
        "QA",
        &format!("qa score {low}"),
        &["59 of 100 points are below", "--said"],
        &["得分 59/100，不合格", "--said"],
    );
    let done = desk.cs(&format!("qa score {low} --said 'ask back before answering'")).by("QA").ok();
    assert!(done.stderr.contains("59 of 100 points: below the pass mark"), "{done}");
    // Exactly on the mark passes.
    assert_eq!(total(&desk, &score(&desk, "YX --marks answer=0,listening=10")), "60 of 100");
    let grave = score(&desk, "YX --marks full --fault 'hung up on the customer'");
    assert_eq!((total(&desk, &grave), &desk.show(&grave)["derived"]["passed"]), ("0 of 100".into(), &"no".into()));
    desk.is_sound();
}

#[test]
fn r54_a_call_is_of_a_day_gone_by_on_which_the_person_worked_here() {
    let desk = desk();
    no_by(
        &desk,
        "QA",
        "qa score YX --marks full --on 2026-11-19",
        &["is after 2026-11-18"],
        &["晚于评分日期 2026-11-18"],
    );
    let gone = |day: &str| format!("qa score OLD --marks full --on {day}");
    no_by(&desk, "QA", &gone("2026-11-01"), &["OLD is not on the staff"], &["OLD 在 2026-11-01 不是在职员工"]);
    desk.cs(&gone("2026-10-31")).by("QA").ok();
    let missing = "qa score YX --marks full --record ZX-261118-YX-9";
    no_by(&desk, "QA", missing, &["there is no record"], &["没有单号为"]);
    // What the call was about may turn out a mistake: the call was what it was. And it is no affair of the customer's.
    let consult = desk.consult("");
    let number = score(&desk, &format!("YX --marks full --record {consult}"));
    desk.cs(&format!("void {consult} --note twice")).ok();
    assert_eq!(desk.show(&number)["record"], consult.as_str());
    for line in ["customer show ACME --all", "report customer ACME --json"] {
        let done = desk.cs(line).done();
        assert!(!done.stdout.contains("ZJ-"), "{done}");
    }
    // It may be what shows a score entry (R58).
    desk.cs(&format!("score add YX --clause A2.5 --record {number}")).by("LW").ok();
    desk.is_sound();
}

#[test]
fn r54_the_score_of_a_call_sees_to_no_need_that_a_visit_stated() {
    let desk = desk();
    let visit = desk.cs("visit log RIVER --content 'it wobbles' --need improvement").by("ZL").ok().number();
    let need = || desk.todo("--until +30").iter().filter(|duty| duty["number"] == visit.as_str()).count();
    assert_eq!(need(), 1);
    score(&desk, &format!("ZL --marks full --record {visit}"));
    assert_eq!(need(), 1);
}

#[test]
fn r54_points_stand_as_they_were_entered() {
    let desk = desk();
    let number = score(&desk, "YX --marks answer=25");
    for flag in ["--marks full", "--staff ZL", "--on 2026-11-17", "--fault rude"] {
        let line = format!("qa edit {number} {flag}");
        no_by(&desk, "QA", &line, &["stand as they were entered", "cs void"], &["登记后不能修改", "cs void"]);
    }
    no(&desk, &format!("qa edit {number} --said x"), &["YX may not edit"], &["不能修改或作废本人通话"]);
    desk.cs(&format!("qa edit {number} --said 'a clear answer'")).by("QA").ok();
    assert_eq!((total(&desk, &number), &desk.show(&number)["said"]), ("95 of 100".into(), &"a clear answer".into()));
    desk.is_sound();
}

#[test]
fn r54_the_person_scored_alone_contests_and_in_time() {
    let mut desk = desk();
    let [first, second] = [(); 2].map(|()| score(&desk, "YX --marks answer=25"));
    assert_eq!(desk.show(&first)["derived"]["contest_until"], "2026-11-23T18:00:00+08:00");
    let contest = |number: &str| format!("qa contest {number} --reason 'the answer was right'");
    for by in ["ZL", "LW", "QA"] {
        let en = format!("is the score of YX Yang Xue, not of {by}");
        no_by(&desk, by, &contest(&first), &[&en], &["是 YX Yang Xue的评分", "YX 本人"]);
    }
    no(&desk, &format!("qa contest {first}"), &["--reason is missing"], &["缺少理由"]);
    // Three working days, to the minute (R46).
    desk.clock("2026-11-23 18:00");
    desk.cs(&contest(&first)).ok();
    desk.clock("2026-11-23 18:01");
    no(&desk, &contest(&second), &["could be contested until 2026-11-23 18:00"], &["申诉截止时间为 2026-11-23 18:00"]);
    no(&desk, &contest(&first), &["is contested", "uphold, amend"], &["申诉中", "uphold（维持原评分）"]);
    // Who contested may think better of it.
    desk.cs(&format!("void {first} --step 2 --note 'listened to it again'")).ok();
    assert_eq!(desk.show(&first)["state"], "counts");
    desk.is_sound();
}

#[test]
fn r54_somebody_else_upholds_or_amends_in_time() {
    let desk = desk();
    let number = contested(&desk, "--marks answer=20,closing=3");
    assert_eq!(desk.due("R54", &number).as_deref(), Some("2026-11-23 18:00"));
    desk.cs("todo --until +7").by("LW").ok().prints(["uphold or amend the score that Yang Xue contests", &number]);
    let amend = |flags: &str| format!("qa amend {number} --reason 'heard it' {flags}");
    no_by(&desk, "QA", &amend("--marks answer=25"), &["may not sign own work (R1)", "LW Li Wei"], &["不能批准自己"]);
    no(&desk, &amend("--marks answer=25"), &["may not sign own work"], &["不能批准自己"]);
    no_by(&desk, "ZL", &amend("--marks answer=25"), &["holds no role", "LW Li Wei"], &["岗位无权"]);
    no_by(&desk, "LW", &amend(""), &["nothing is amended", "cs qa uphold"], &["没有更正任何内容", "cs qa uphold"]);
    no_by(&desk, "LW", &amend("--marks answer=20"), &["nothing is amended"], &["没有更正任何内容"]);
    no_by(&desk, "LW", &amend("--lifted"), &["no critical fault was found"], &["没有登记重大差错"]);
    no_by(&desk, "LW", &amend("--marks answer=31"), &["at most 30 points"], &["满分 30 分"]);
    no_by(&desk, "LW", &amend("--marks mood=3"), &["no item mood"], &["没有有效的质检项目 mood"]);
    let done = desk.cs(&amend("--marks answer=30")).by("LW").ok();
    assert!(done.stderr.contains("98 of 100 points"), "{done}");
    let shown = desk.show(&number);
    assert_eq!((&shown["state"], &shown["derived"]["total_before"]), (&"settled".into(), &"88".into()));
    // What was given stands beside what counts.
    assert!(shown["marks"].as_str().unwrap().contains("answer 20"), "{shown}");
    assert_eq!((total(&desk, &number), desk.due("R54", &number)), ("98 of 100".into(), None));
    let upheld = contested(&desk, "--marks answer=20");
    desk.cs(&format!("qa uphold {upheld} --reason 'heard it'")).by("LW").ok();
    assert_eq!((total(&desk, &upheld), desk.due("R54", &upheld)), ("90 of 100".into(), None));
    no(&desk, &format!("qa contest {upheld} --reason again"), &["is settled"], &["已裁定"]);
    desk.is_sound();
}

#[test]
fn r1_r54_neither_who_scored_nor_who_contests_settles() {
    let desk = desk();
    let by_supervisor = desk.cs("qa score YX --marks answer=20").by("LW").ok().number();
    desk.cs(&format!("qa contest {by_supervisor} --reason x")).ok();
    let of_supervisor = score(&desk, "LW --marks answer=20");
    desk.cs(&format!("qa contest {of_supervisor} --reason x")).by("LW").ok();
    for number in [by_supervisor, of_supervisor] {
        let uphold = format!("qa uphold {number} --reason x");
        no_by(&desk, "LW", &uphold, &["may not sign own work (R1)", "WM Wang Min"], &["不能批准自己经办的内容（R1）"]);
        desk.cs(&uphold).by("WM").ok();
    }
    desk.is_sound();
}

#[test]
fn r54_a_critical_fault_may_be_lifted() {
    let desk = desk();
    let number = contested(&desk, "--marks answer=20 --fault 'hung up'");
    desk.cs(&format!("qa amend {number} --lifted --reason 'the line broke'")).by("LW").ok();
    assert_eq!(
        (total(&desk, &number), &desk.show(&number)["derived"]["total_before"]),
        ("90 of 100".into(), &"0".into())
    );
    desk.is_sound();
}

#[test]
fn r54_as_many_calls_are_scored_a_month_as_the_policy_asks_for() {
    let mut desk = desk();
    desk.cs("staff add CC --name 'Cao Can' --roles call_centre").by("WM").ok();
    desk.cs("staff add LATE --name 'Late Come' --roles specialist --joined 2026-11-02").by("WM").ok();
    let asked = |desk: &Desk| -> Vec<String> {
        let duties = desk.todo("--until 2027-12-31");
        let told =
            |duty: &Value| format!("{} {}", duty["number"].as_str().unwrap(), &duty["due"].as_str().unwrap()[..16]);
        duties.iter().filter(|duty| duty["rule"] == "R54").map(told).collect()
    };
    assert_eq!(asked(&desk), [] as [&str; 0]);
    desk.swap("policy.toml", "calls_month = 0", "calls_month = 2");
    // Not those who came or left within the month, nor who is not on the phone.
    let all = ["CC 2026-11 2026-11-30T18:00", "YX 2026-11 2026-11-30T18:00", "ZL 2026-11 2026-11-30T18:00"];
    assert_eq!(asked(&desk), all);
    score(&desk, "YX --marks full");
    let of_october = score(&desk, "YX --marks full --on 2026-10-30");
    let second = score(&desk, "YX --marks full");
    assert_eq!(asked(&desk), [all[0], all[2]]);
    desk.cs(&format!("void {second} --note x")).by("QA").ok();
    assert_eq!(asked(&desk), all);
    desk.cs("todo --until 2026-11-30").by("QA").ok().prints(["score calls of Yang Xue in 2026-11: 1 of 2 so far"]);
    // October is not asked for: nobody scored calls then. December asks for November's, too.
    assert!(of_october.starts_with("ZJ-261118"));
    desk.clock("2026-12-01 09:00");
    score(&desk, "ZL --marks full --on 2026-11-20");
    let asked = asked(&desk);
    assert_eq!((asked.len(), &asked[..3]), (7, &all.map(str::to_string)[..]));
    desk.is_sound();
}

/// The section of a report.
fn report(desk: &Desk, line: &str) -> Value {
    desk.cs(&format!("report {line} --json")).ok().json()["sections"][0].clone()
}

/// The rows of a table of a section, each with some of its columns.
fn rows<const N: usize>(section: &Value, table: &str, keys: [&str; N]) -> Vec<String> {
    let tables = section["tables"].as_array().unwrap();
    let table = tables.iter().find(|found| found["name"] == table).unwrap();
    let columns = table["columns"].as_array().unwrap();
    let at = keys.map(|key| columns.iter().position(|column| column == key).unwrap());
    let cell = |row: &Value, at: usize| row[at].as_str().unwrap_or("-").to_string();
    table["rows"].as_array().unwrap().iter().map(|row| at.map(|at| cell(row, at)).join(" ")).collect()
}

#[test]
fn r54_the_report_of_a_month_tells_each_persons_mean_and_where_points_are_lost() {
    let mut desk = desk();
    // October: 90. November: YX 95, 40 with a comment, 0 with a fault, and 80 that becomes 90; ZL 100, and one void.
    score(&desk, "YX --marks answer=20 --on 2026-10-20");
    score(&desk, "YX --marks answer=25 --on 2026-11-02");
    score(&desk, "YX --marks answer=0,courtesy=0,listening=10 --said 'read the tariff' --on 2026-11-03");
    score(&desk, "YX --marks full --fault 'hung up' --on 2026-11-04");
    let amended = contested(&desk, "--marks answer=10 --on 2026-11-05");
    desk.cs(&format!("qa amend {amended} --marks answer=20 --reason 'half right'")).by("LW").ok();
    let void = score(&desk, "ZL --marks closing=0");
    desk.cs(&format!("void {void} --note twice")).by("QA").ok();
    // Scored in December, it still counts in November.
    desk.clock("2026-12-02 10:00");
    score(&desk, "ZL --marks full --on 2026-11-30");
    let section = report(&desk, "qa 2026-11");
    let figure = |key: &str| {
        let found = section["figures"].as_array().unwrap().iter().find(|figure| figure["key"] == key).unwrap();
        ["value", "previous"].map(|of| found[of].as_str().unwrap_or("-").to_string()).join(" ")
    };
    // 95 + 40 + 0 + 90 + 100 of 500.
    let told = ["scored", "mean", "failed", "faults", "contested", "amended"].map(figure);
    assert_eq!(told, ["5 1", "65.0 90.0", "2 0", "1 0", "1 0", "1 0"]);
    let keys = ["code", "scored", "mean", "failed", "faults", "contested", "amended", "worst", "previous"];
    // 225 of 400.
    assert_eq!(rows(&section, "people", keys), ["YX 4 56.3 2 1 1 1 0.0 90.0", "ZL 1 100.0 0 0 0 0 100.0 -"]);
    // The call with the fault tells nothing of the items: 4 calls; answer 25 + 0 + 20 + 30 of 120.
    assert_eq!(
        rows(&section, "by_item", ["item", "calls", "share", "lost"]),
        [
            "greeting 4 100.0 0",
            "listening 4 87.5 10",
            "answer 4 62.5 45",
            "courtesy 4 75.0 20",
            "procedure 4 100.0 0",
            "closing 4 100.0 0"
        ]
    );
    assert_eq!(
        rows(&section, "failed", ["on", "total", "fault", "said"]),
        ["2026-11-03 40 - read the tariff", "2026-11-04 0 hung up -"]
    );
    assert_eq!(rows(&section, "contested", ["given", "total", "settled", "by"]), ["80 90 Amended Li Wei"]);
    // In the general reports where there is anything to tell.
    let month = desk.cs("report month 2026-11 --json").ok().stdout;
    assert!(month.contains("\"name\": \"qa\""), "{month}");
    let none = desk.cs("report month 2026-08 --json").ok().stdout;
    assert!(!none.contains("\"name\": \"qa\""), "{none}");
    desk.is_sound();
}
