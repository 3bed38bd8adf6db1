//! Training (R52): sessions planned, held and cancelled, the month's test and its marks, duties and the report.

mod common;

use common::{Desk, no, no_by};
use cs::base::period::Period;
use cs::base::time::Date;
use cs::book::Book;
use cs::store::Folder;
use cs::trainings::test_results;
use serde_json::Value;

/// A training planned now by YX and given by LW.
fn planned(desk: &Desk, sort: &str, when: &str, flags: &str) -> String {
    desk.cs(&format!("train plan {sort} --topic quoting --when '{when}' --trainer LW {flags}")).ok().number()
}

/// A class of YX and ZL that was held on a day.
fn held(desk: &Desk, when: &str, flags: &str) -> String {
    let class = planned(desk, "class", when, "");
    desk.cs(&format!("train held {class} --lasted 90 {flags}")).ok();
    class
}

/// Marks somebody's test, by LW; the run.
fn mark(desk: &Desk, test: &str, staff: &str, flags: &str) {
    desk.cs(&format!("train mark {test} --staff {staff} {flags}")).by("LW").ok();
}

fn text(value: &Value) -> String {
    value.to_string().replace(['"', '[', ']'], "").replace(',', " ")
}

/// What `show` tells under some keys.
fn shown(desk: &Desk, number: &str, keys: &[&str]) -> Vec<String> {
    let shown = desk.show(number);
    keys.iter().map(|key| text(&shown[*key])).collect()
}

fn section(desk: &Desk, line: &str) -> Value {
    desk.cs(&format!("{line} --json")).ok().json()["sections"][0].take()
}

fn figures(section: &Value, keys: &[&str]) -> Vec<String> {
    let of = |key: &&str| section["figures"].as_array().unwrap().iter().find(|figure| figure["key"] == **key);
    keys.iter().map(|key| text(&of(key).unwrap()["value"])).collect()
}

/// The rows of a table of a section, each with its cells between blanks; `-` for an empty one.
fn rows(section: &Value, name: &str) -> Vec<String> {
    let table = section["tables"].as_array().unwrap().iter().find(|table| table["name"] == name).unwrap();
    let cell = |cell: &Value| cell.as_str().unwrap_or("-").to_string();
    let row = |row: &Value| row.as_array().unwrap().iter().map(cell).collect::<Vec<_>>().join(" ");
    table["rows"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn r52_a_session_takes_the_next_slot_and_all_specialists_but_who_gives_it() {
    let mut desk = Desk::plain();
    let class = desk.cs("train plan class --topic quoting --trainer LW").ok().number();
    assert_eq!(class, "PX-261118-YX-1");
    assert_eq!(
        shown(&desk, &class, &["when", "attendees", "state"]),
        ["2026-11-18T14:00:00+08:00", "YX ZL", "planned"]
    );
    // Later on the day the slot is next week's; where that is a day off, the one after.
    desk.clock("2026-11-18 15:00");
    desk.cs("calendar add 2026-11-25 --kind off").by("WM").ok();
    let next = desk.cs("train plan demonstration --topic packing --trainer ZL").ok().number();
    assert_eq!(shown(&desk, &next, &["when", "attendees"]), ["2026-12-02T14:00:00+08:00", "YX"]);
    desk.cs(&format!("train show {class}")).lang("zh").ok().prints(["培训记录表", "课堂培训", "已计划"]);
    desk.cs("train list").ok().prints([class.as_str(), "demonstration"]);
    desk.cs(&format!("train edit {next} --when '2026-12-03 14:00'")).ok();
    desk.is_sound();
}

#[test]
fn r52_who_was_there_follows_from_who_was_not() {
    let desk = Desk::plain();
    for (flags, present, absent, attendance) in [
        ("", "YX ZL", "null", "100.0"),
        ("--absent ZL", "YX", "ZL", "50.0"),
        ("--present ZL", "ZL", "YX", "50.0"),
        ("--present ZL --absent YX", "ZL", "YX", "50.0"),
    ] {
        let class = held(&desk, "2026-11-18 09:00", flags);
        let shown = desk.show(&class);
        let step = &shown["steps"][1];
        assert_eq!(
            (text(&step["present"]), text(&step["absent"])),
            (present.to_string(), absent.to_string()),
            "{flags}"
        );
        assert_eq!((text(&shown["state"]), text(&shown["derived"]["attendance"])), ("held".into(), attendance.into()));
    }
    desk.is_sound();
}

#[test]
fn r52_sessions_that_can_not_be() {
    let desk = Desk::plain();
    let plan = |sort: &str, flags: &str| format!("train plan {sort} --topic x --when '2026-11-18 09:00' {flags}");
    no(&desk, &plan("class", ""), &["either somebody of the staff"], &["外请讲师之一"]);
    no(&desk, &plan("external", "--trainer LW --speaker PICC"), &["and not both"], &["只填其一"]);
    no(&desk, &plan("class", "--trainer ZL --attendees 'YX;ZL'"), &["ZL gives it"], &["ZL 是培训人"]);
    no(&desk, &plan("class", "--trainer LW --attendees 'YX;YX'"), &["YX is called twice"], &["YX 重复填写"]);
    no(&desk, &plan("one_to_one", "--trainer LW"), &["--attendees is missing"], &["--attendees"]);
    no(&desk, &plan("one_to_one", "--trainer LW --attendees 'YX;ZL'"), &["not 2"], &["不能是 2 人"]);
    no(
        &desk,
        &plan("class", "--trainer LW --attendees OLD"),
        &["OLD is not on the staff"],
        &["OLD 在 2026-11-18 不是在职"],
    );
    no(&desk, &plan("class", "--trainer OLD"), &["OLD is not on the staff"], &["OLD 在 2026-11-18 不是在职"]);
    let class = planned(&desk, "class", "2026-11-18 09:00", "");
    let held = |flags: &str| format!("train held {class} --lasted 60 {flags}");
    no(&desk, &held("--present 'YX;ZL' --absent ZL"), &["ZL can't be present and absent"], &["ZL 不能既出勤又缺勤"]);
    no(&desk, &held("--present 'YX;AS'"), &["AS was not called", "train edit"], &["AS 不在应参加人员中"]);
    no(&desk, &held("--at 08:30"), &["had not begun"], &["尚未开始"]);
    no(&desk, &format!("train cancel {class}"), &["--reason"], &["--reason"]);
    no_by(
        &desk,
        "LW",
        &format!("train mark {class} --staff YX --points 3"),
        &["mark can't be done now"],
        &["不能做 mark"],
    );
    desk.cs(&held("")).ok();
    // Once it was held, nobody can be called to it of whom it is not told whether they came.
    let all = format!("train edit {class} --attendees 'YX;ZL;AS'");
    no(&desk, &all, &["AS was called and is neither"], &["未登记出勤或缺勤"]);
    desk.is_sound();
}

#[test]
fn r52_a_session_is_recorded_on_its_day_or_has_a_reason() {
    let mut desk = Desk::plain();
    let class = planned(&desk, "class", "2026-11-19 14:00", "");
    assert_eq!(desk.due("R52", &class).as_deref(), Some("2026-11-19 18:00"));
    desk.cs("todo --who LW --until +7").ok().prints([&format!("cs train held {class}"), "quoting"]);
    let external = desk.cs("train plan external --topic claims --speaker PICC --when 2026-11-20T14:00:00+08:00").ok();
    let external = external.number();
    desk.cs("todo --who YX --until +7").ok().prints([format!("cs train held {external}").as_str()]);
    desk.cs(&format!("train cancel {external} --reason 'the speaker is ill'")).ok();
    assert_eq!(desk.due("R52", &external), None);
    desk.clock("2026-11-19 16:00").cs(&format!("train held {class} --lasted 90")).ok();
    assert_eq!(desk.due("R52", &class), None);
}

#[test]
fn r52_each_week_has_a_training_or_a_reason() {
    let mut desk = Desk::plain();
    let week = |desk: &Desk, week: &str| desk.due("R52", &format!("training 2026-W{week}"));
    // Nobody is asked before the first one, nor in its own week.
    assert_eq!(week(&desk, "47"), None);
    let first = held(&desk, "2026-11-18 09:00", "");
    desk.cs(&format!("void {first} --note mistake")).ok();
    assert_eq!(week(&desk, "47"), None);
    desk.clock("2026-11-24 09:00");
    assert_eq!((week(&desk, "47"), week(&desk, "48")), (None, Some("2026-11-25 14:00".to_string())));
    desk.cs("todo --who LW --until +7").ok().prints(["plan the training of 2026-W48"]);
    // A week whose day is one off has none.
    desk.cs("calendar add 2026-11-25 --kind off").by("WM").ok();
    assert_eq!(week(&desk, "48"), None);
    // Missed, it is still asked for in the week after; a reason on record is enough.
    desk.clock("2026-12-10 09:00");
    let due = |text: &str| Some(text.to_string());
    assert_eq!((week(&desk, "49"), week(&desk, "50")), (due("2026-12-02 14:00"), due("2026-12-09 14:00")));
    let late = planned(&desk, "class", "2026-12-02 14:00", "");
    desk.cs(&format!("train cancel {late} --reason 'peak season'")).ok();
    planned(&desk, "class", "2026-12-11 14:00", "");
    assert_eq!((week(&desk, "49"), week(&desk, "50")), (None, None));
}

#[test]
fn r52_who_was_taught_in_a_month_is_tested_at_its_end() {
    let mut desk = Desk::plain();
    let month = |desk: &Desk, month: &str| desk.due("R52", &format!("test {month}"));
    assert_eq!(month(&desk, "2026-11"), None);
    held(&desk, "2026-11-11 14:00", "--absent ZL");
    assert_eq!(month(&desk, "2026-11").as_deref(), Some("2026-11-30 18:00"));
    desk.cs("todo --who LW --until +20").ok().prints(["set the test of 2026-11 for YX"]);
    // Where the month ends with days off, on the last working day.
    desk.cs("calendar add 2026-11-30 --kind off").by("WM").ok();
    assert_eq!(month(&desk, "2026-11").as_deref(), Some("2026-11-27 18:00"));
    let test = desk.cs("train plan test").by("LW").ok().number();
    let told = shown(&desk, &test, &["topic", "when", "attendees", "state"]);
    assert_eq!(told, ["test of 2026-11", "2026-11-27T14:00:00+08:00", "YX", "set"]);
    assert_eq!(month(&desk, "2026-11"), None);
    // ZL is taught too in the end, and is not called yet.
    held(&desk, "2026-11-18 09:00", "--present ZL");
    desk.clock("2026-12-01 09:00");
    desk.cs("todo --who LW").ok().prints(["set the test of 2026-11 for ZL"]);
    let other = desk.cs("train plan test --when '2026-11-27 16:00' --attendees ZL").by("LW").ok().number();
    desk.cs(&format!("train cancel {other} --reason 'on leave until December'")).by("LW").ok();
    assert_eq!((month(&desk, "2026-11"), month(&desk, "2026-12")), (None, None));
    // The marks are due two working days after it.
    assert_eq!(desk.due("R52", &test).as_deref(), Some("2026-12-02 18:00"));
    desk.cs("todo --who LW --until +7")
        .ok()
        .prints(["mark the test of YX", &format!("cs train mark {test} --staff YX --points")]);
    mark(&desk, &test, "YX", "--points 90");
    desk.cs("todo --who LW --until +7").ok().prints([format!("cs train close {test}").as_str()]);
    desk.cs(&format!("train close {test}")).by("LW").ok();
    assert_eq!(desk.due("R52", &test), None);
    desk.is_sound();
}

#[test]
fn r52_a_test_is_marked_once_and_the_first_result_stands() {
    let desk = Desk::plain();
    let test = planned(&desk, "test", "2026-11-18 09:00", "");
    let close = format!("train close {test}");
    no(&desk, &close, &["not marked yet: YX ZL (R52)"], &["尚未登记成绩：YX ZL"]);
    // Whoever signs it is a supervisor, and nobody marks an own test.
    let marked = |flags: &str| format!("train mark {test} {flags}");
    no(&desk, &marked("--staff ZL --points 80"), &["YX holds no role", "LW Li Wei"], &["YX 的岗位无权"]);
    for (flags, en, zh) in [
        ("--staff ZL", "points, or a reason", "须登记得分，或缺考原因"),
        ("--staff ZL --points 80 --missed ill", "and not both", "只填其一"),
        ("--staff ZL --points 101", "at most 100 points", "满分为 100 分"),
        ("--staff AS --points 80", "AS is not called to this test", "AS 不在本次应考人员中"),
        ("--staff ZL --points 80 --at 08:30", "had not begun", "尚未开始"),
    ] {
        no_by(&desk, "LW", &marked(flags), &[en], &[zh]);
    }
    let resit = |staff: &str, points: u32| format!("train resit {test} --staff {staff} --points {points}");
    no_by(&desk, "LW", &resit("YX", 70), &["YX has not failed", "60 points pass"], &["YX 本次测验没有不及格"]);
    mark(&desk, &test, "YX", "--points 59");
    no_by(
        &desk,
        "LW",
        &marked("--staff YX --points 60"),
        &["YX is marked already", "train resit"],
        &["YX 的成绩已经登记"],
    );
    no_by(&desk, "LW", &marked("--staff YX --missed ill"), &["YX is marked already"], &["YX 的成绩已经登记"]);
    // Who missed it makes up for it.
    mark(&desk, &test, "ZL", "--missed 'on leave'");
    no_by(&desk, "LW", &resit("ZL", 70), &["ZL has not failed"], &["ZL 本次测验没有不及格"]);
    no_by(&desk, "LW", &marked("--staff ZL --missed ill"), &["ZL is marked already"], &["ZL 的成绩已经登记"]);
    mark(&desk, &test, "ZL", "--points 60");
    no_by(&desk, "LW", &resit("ZL", 70), &["ZL has not failed"], &["ZL 本次测验没有不及格"]);
    let cancel = format!("train cancel {test} --reason 'too hard'");
    no(&desk, &cancel, &["somebody was marked in can't be cancelled"], &["已登记成绩的测验不能取消"]);
    // The day of a marked test stands under the signature (R67).
    no(&desk, &format!("train edit {test} --when '2026-12-01 09:00'"), &["R67"], &["R67"]);
    desk.cs(&close).ok();
    // What was missed is made up for when it is closed, too.
    let made_up = desk.cs("train plan test --when '2026-10-30 09:00' --attendees ZL").ok().number();
    mark(&desk, &made_up, "ZL", "--missed ill");
    desk.cs(&format!("train close {made_up}")).ok();
    mark(&desk, &made_up, "ZL", "--points 88");
    assert_eq!(text(&desk.show(&made_up)["derived"]["marks"][0]["points"]), "88");
    // Sat again when it is closed, and again; the first result stays.
    for points in [55, 58, 71] {
        desk.cs(&resit("YX", points)).by("LW").ok();
    }
    let again = &["YX passed it when it was sat again", "60 points pass"];
    no_by(&desk, "LW", &resit("YX", 90), again, &["YX 补考已及格（及格分 60）"]);
    let marks = &desk.show(&test)["derived"]["marks"];
    let told = |row: &Value| ["staff", "points", "passed", "missed", "resit"].map(|key| text(&row[key])).join(" ");
    let told: Vec<String> = marks.as_array().unwrap().iter().map(told).collect();
    assert_eq!(told, ["YX 59 no null 71", "ZL 60 yes on leave null"]);
    desk.is_sound();
}

#[test]
fn r52_nobody_marks_an_own_test_nor_sits_two_in_a_month() {
    let desk = Desk::plain();
    let flags = "--when '2026-11-18 09:00' --attendees";
    let test = desk.cs(&format!("train plan test {flags} 'LW;YX'")).ok().number();
    let own = format!("train mark {test} --staff LW --points 100");
    no_by(&desk, "LW", &own, &["LW can't mark an own test (R52)"], &["LW 不能登记本人的测验成绩（R52）"]);
    desk.cs(&own).by("WM").ok();
    let second = format!("train plan test {flags} 'YX;ZL'");
    no(&desk, &second, &[&format!("called to {test} of the same month already: YX")], &["YX 已安排参加同月的测验"]);
    desk.cs(&format!("train plan test {flags} ZL")).ok();
    desk.cs("train plan test --when '2026-12-31 09:00' --attendees YX").ok();
    desk.is_sound();
}

#[test]
fn r52_r68_a_test_is_passed_by_the_points_of_its_day() {
    let desk = Desk::plain();
    desk.append("policy.toml", "\n[[change]]\nfrom = 2026-11-18\ntraining.pass_points = 70\n");
    for (day, passed) in [("2026-11-17", "yes"), ("2026-11-18", "no")] {
        let test = planned(&desk, "test", &format!("{day} 09:00"), "");
        mark(&desk, &test, "YX", "--points 60");
        assert_eq!(text(&desk.show(&test)["derived"]["marks"][0]["passed"]), passed, "{day}");
        desk.cs(&format!("void {test} --note 'the next one'")).by("LW").ok();
    }
}

const SESSIONS: &[&str] = &["sessions", "held", "planned", "cancelled", "lasted", "attendance", "cost"];
const TESTS: &[&str] = &["sat", "missed", "failed", "passed", "points"];

#[test]
fn r52_a_month_by_hand() {
    let mut desk = Desk::plain();
    // October: one class. November: two held of which one is dear, one cancelled, one still to come, one void.
    held(&desk, "2026-10-28 14:00", "");
    let first = held(&desk, "2026-11-04 14:00", "--absent ZL");
    let outside = "train plan external --topic claims --speaker PICC --cost 500 --when '2026-11-11 14:00'";
    let outside = desk.cs(outside).ok().number();
    desk.cs(&format!("train held {outside} --lasted 45 --cost 650.50")).ok();
    let dropped = planned(&desk, "class", "2026-11-12 14:00", "--cost 90");
    desk.cs(&format!("train cancel {dropped} --reason 'nobody had time'")).ok();
    planned(&desk, "demonstration", "2026-11-25 14:00", "");
    let void = held(&desk, "2026-11-05 14:00", "");
    desk.cs(&format!("void {void} --note twice")).ok();
    let test = desk.cs("train plan test").ok().number();
    // Marked in December, it is a test of November all the same.
    desk.clock("2026-12-02 10:00");
    mark(&desk, &test, "YX", "--points 59");
    mark(&desk, &test, "ZL", "--points 86");
    desk.cs(&format!("train resit {test} --staff YX --points 75")).by("LW").ok();
    let november = section(&desk, "report training 2026-11");
    // 3 of the 4 who were called came; (59 + 86) ÷ 2 = 72.5.
    assert_eq!(figures(&november, SESSIONS), ["4", "2", "1", "1", "135", "75.0", "650.50"]);
    assert_eq!(figures(&november, TESTS), ["2", "0", "1", "50.0", "72.50"]);
    assert_eq!(
        rows(&november, "by_type"),
        ["class 2 1 0 1 90 50.0 0.00", "demonstration 1 0 1 0 0 - 0.00", "external 1 1 0 0 45 100.0 650.50",]
    );
    let people = ["Yang Xue 2 0 100.0 1 59.00 1", "Zhao Lei 1 1 50.0 1 86.00 0"];
    assert_eq!(rows(&november, "people"), people);
    assert_eq!(rows(&november, "failed"), [format!("{test} 2026-11-30 Yang Xue 59 failed 75 - D3.3")]);
    assert_eq!(rows(&november, "results").len(), 2);
    assert!(
        rows(&november, "sessions")[0]
            .starts_with(&format!("{first} 2026-11-04T14:00:00+08:00 class quoting Li Wei held 1 1"))
    );
    assert_eq!(rows(&november, "sessions").len(), 4);
    assert_eq!(figures(&section(&desk, "report training 2026-10"), SESSIONS)[..2], ["1", "1"]);
    assert_eq!(figures(&section(&desk, "report training 2026-12"), TESTS), ["0", "0", "0", "null", "null"]);
    // It stands in the longer reports, and in every format.
    let quarter = desk.cs("report quarter 2026-Q4 --json").ok().json();
    let quarter = quarter["sections"].as_array().unwrap().iter().find(|section| section["name"] == "training");
    assert_eq!(figures(quarter.unwrap(), SESSIONS)[..2], ["5", "3"]);
    desk.cs("report training 2026-11").lang("zh").ok().prints(["培训报表", "不及格名单", "D3.3", "外部培训"]);
    desk.cs("report training 2026-11 --format md").ok().prints([format!("| {test}").as_str()]);
    desk.cs("report training 2026-11 --format csv").ok().prints([test.as_str()]);
    // What is not on record at a moment is not in the report of that moment.
    let then = section(&desk, "report training 2026-11 --now 2026-11-18T23:00:00+08:00");
    assert_eq!(figures(&then, TESTS), ["0", "0", "0", "null", "null"]);
    desk.is_sound();
}

#[test]
fn r52_general_reports_tell_nothing_where_no_training_is_on_record() {
    let desk = Desk::plain();
    let month = desk.cs("report month 2026-11 --json").ok().json();
    assert!(month["sections"].as_array().unwrap().iter().all(|section| section["name"] != "training"));
}

#[test]
fn r52_r55_the_first_results_of_the_tests_of_a_period_in_order() {
    let mut desk = Desk::plain();
    let test = |desk: &Desk, when: &str, marks: &[&str]| {
        let test = planned(desk, "test", when, "");
        for marked in marks {
            desk.cs(&format!("train {}", marked.replace("TEST", &test))).by("LW").ok();
        }
        test
    };
    desk.clock("2026-12-31 18:00");
    let later = test(&desk, "2026-11-30 14:00", &["mark TEST --staff ZL --points 100"]);
    let resit = "resit TEST --staff YX --points 90";
    let first = test(
        &desk,
        "2026-10-30 14:00",
        &["mark TEST --staff YX --points 59", resit, "mark TEST --staff ZL --missed ill"],
    );
    test(&desk, "2026-12-31 14:00", &["mark TEST --staff YX --points 70"]);
    let void = test(&desk, "2026-09-30 14:00", &["mark TEST --staff YX --points 70"]);
    desk.cs(&format!("void {void} --note 'not that one'")).by("LW").ok();
    let folder = Folder::at(desk.root());
    let book = Book::open(&folder, "2026-12-31T18:00:00+08:00".parse().unwrap());
    let day = |text: &str| text.parse::<Date>().unwrap();
    let period = Period::between(day("2026-09-01"), day("2026-11-30")).unwrap();
    let told: Vec<String> = test_results(&book, period)
        .iter()
        .map(|result| format!("{} {} {} {} {}", result.staff, result.points, result.passed, result.on, result.record))
        .collect();
    assert_eq!(told, [format!("YX 59 false 2026-10-30 {first}"), format!("ZL 100 true 2026-11-30 {later}")]);
}

#[test]
fn r52_r58_a_failed_test_is_evidence_for_points() {
    let desk = Desk::plain();
    let test = planned(&desk, "test", "2026-11-18 09:00", "");
    mark(&desk, &test, "YX", "--points 30");
    desk.cs(&format!("score add YX --clause D3.3 --record {test}")).by("LW").ok();
    desk.is_sound();
}

#[test]
fn r52_nobody_called_to_a_test_changes_it() {
    let desk = Desk::plain();
    let set = |by: &str, called: &str| {
        let line = format!("train plan test --when '2026-11-18 09:00' --attendees '{called}'");
        desk.cs(&line).by(by).ok().number()
    };
    let lines = |test: &str| {
        [
            format!("train edit {test} --attendees AS"),
            format!("train edit {test} --when '2026-11-27 14:00'"),
            format!("train cancel {test} --reason 'too hard'"),
        ]
    };
    // Neither who is called, be it who set it or a supervisor, nor who has nothing to do with it.
    let test = set("YX", "YX;LW");
    for by in ["YX", "LW"] {
        let told = format!("{by} is called to the test {test}");
        for line in lines(&test).iter().chain([&format!("void {test} --note slip")]) {
            no_by(&desk, by, line, &[&told, "WM Wang Min"], &[&format!("{by} 是测验 {test} 的应考人员")]);
        }
    }
    for line in lines(&test) {
        no_by(&desk, "ZL", &line, &["not by ZL (R52)", "WM Wang Min"], &["ZL 不能操作（R52）"]);
    }
    desk.cs(&format!("train mark {test} --staff LW --points 40")).by("WM").ok();
    no_by(&desk, "LW", &format!("void {test} --step 2 --note slip"), &["LW is called to the test"], &["LW 是测验"]);
    desk.cs(&format!("void {test} --step 2 --note slip")).by("WM").ok();
    // Who may sign changes it, and who set it for others.
    desk.cs(&format!("train edit {test} --attendees LW")).by("WM").ok();
    desk.cs(&format!("train cancel {test} --reason 'too hard'")).by("WM").ok();
    let others = set("AS", "ZL");
    desk.cs(&format!("train edit {others} --topic quoting")).by("AS").ok();
    desk.cs(&format!("train edit {others} --topic prices")).by("LW").ok();
    desk.cs(&format!("train cancel {others} --reason 'too hard'")).by("AS").ok();
    desk.is_sound();
}

#[test]
fn r52_what_was_held_is_edited_by_who_planned_it_gave_it_or_may_sign() {
    let desk = Desk::plain();
    let class = desk.cs("train plan class --topic quoting --when '2026-11-18 09:00' --trainer AS").ok().number();
    desk.cs(&format!("train edit {class} --topic prices")).by("ZL").ok();
    desk.cs(&format!("train held {class} --lasted 60")).by("ZL").ok();
    for flags in ["--cost 99999", "--topic nothing", "--trainer LW"] {
        let line = format!("train edit {class} {flags}");
        no_by(&desk, "ZL", &line, &["was held", "not by ZL (R52)", "LW Li Wei"], &["已培训", "ZL 不能操作"]);
    }
    for (by, cost) in [("YX", 1), ("AS", 2), ("LW", 3)] {
        desk.cs(&format!("train edit {class} --cost {cost}")).by(by).ok();
    }
    desk.is_sound();
}

#[test]
fn r52_nobody_is_called_to_a_second_test_by_an_edit_of_the_first() {
    let desk = Desk::plain();
    let first = desk.cs("train plan test --when '2026-11-30 09:00' --attendees YX").ok().number();
    let second = desk.cs("train plan test --when '2026-11-30 14:00' --attendees ZL").ok().number();
    for (test, other) in [(&first, &second), (&second, &first)] {
        let edit = format!("train edit {test} --attendees 'YX;ZL'");
        no_by(&desk, "LW", &edit, &[&format!("called to {other} of the same month")], &["已安排参加同月的测验"]);
    }
    desk.is_sound();
}
