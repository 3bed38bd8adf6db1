//! Shifts (R63): the roster, who came in time, hand-overs and whose their points are, and a roster without gaps.

mod common;

use common::{Desk, no, no_by};
use cs::base::period::Period;
use cs::book::Book;
use cs::shifts::unexcused;
use cs::store::Folder;
use serde_json::Value;

/// A shift that the supervisor rosters now.
fn rostered(desk: &Desk, who: &str, on: &str, span: &str) -> String {
    desk.cs(&format!("shift roster {who} --on {on} --span {span} --by LW")).ok().number()
}

fn presence(desk: &Desk, shift: &str) -> String {
    desk.show(shift)["derived"]["presence"].as_str().unwrap().to_string()
}

fn report(desk: &Desk, period: &str) -> Value {
    desk.cs(&format!("report shifts {period} --json")).ok().json()["sections"][0].take()
}

fn figures(section: &Value, keys: &[&str]) -> Vec<String> {
    let of = |key: &str| section["figures"].as_array().unwrap().iter().find(|figure| figure["key"] == key).unwrap();
    keys.iter().map(|key| of(key)["value"].to_string().trim_matches('"').to_string()).collect()
}

/// What calls for clause D2.2 in a period: who, on which day, and why.
fn missed(desk: &Desk, period: &str, now: &str) -> Vec<String> {
    let folder = Folder::at(desk.root());
    let book = Book::open(&folder, now.parse().unwrap());
    let period = Period::parse(period, book.now.today()).unwrap();
    unexcused(&book, period).iter().map(|missed| format!("{} {} {}", missed.staff, missed.on, missed.why.en)).collect()
}

#[test]
fn r63_exactly_on_the_first_minute_is_on_time_and_up_to_the_last_nobody_left_early() {
    for (came, went, expect) in [
        ("08:00", "16:00", "on_time"),
        ("08:00:59", "16:00", "on_time"),
        ("07:30", "16:20", "on_time"),
        ("08:01", "16:00", "late"),
        ("08:00", "15:59", "left_early"),
        ("08:01", "15:59:59", "late_and_early"),
    ] {
        let mut desk = Desk::plain();
        let shift = rostered(&desk, "YX", "2026-11-19", "08:00-16:00");
        assert_eq!(shift, "BC-261118-LW-1");
        assert_eq!(presence(&desk, &shift), "awaited");
        desk.clock("2026-11-19 17:00");
        desk.cs(&format!("shift in {shift} --at {came}")).ok();
        desk.cs(&format!("shift out {shift} --at {went}")).ok();
        assert_eq!(presence(&desk, &shift), expect, "{came} to {went}");
        let told = missed(&desk, "2026-11-19", "2026-11-19T17:00:00+08:00");
        assert_eq!(told.is_empty(), expect == "on_time", "{told:?}");
        desk.is_sound();
    }
}

#[test]
fn r63_a_night_shift_ends_on_the_next_day_and_its_open_points_are_duties_of_the_next_shift() {
    let mut desk = Desk::plain();
    let night = rostered(&desk, "YX", "2026-11-19", "22:00-06:00");
    let early = rostered(&desk, "ZL", "2026-11-20", "06:00-14:00");
    rostered(&desk, "AS", "2026-11-20", "14:00-22:00");
    assert_eq!(desk.show(&night)["derived"]["ends"], "2026-11-20T06:00:00+08:00");
    // Whoever is rostered is told a day before; without a number the shift of now is meant.
    assert_eq!(desk.due("R63", &night), None);
    desk.clock("2026-11-18 22:00");
    assert_eq!(desk.due("R63", &night).as_deref(), Some("2026-11-19 22:00"));
    desk.clock("2026-11-19 21:55");
    desk.cs("shift in").ok().says([night.as_str()]);
    assert_eq!(desk.due("R63", &night).as_deref(), Some("2026-11-20 06:00"));
    desk.clock("2026-11-20 06:00");
    desk.cs("shift hand-over --summary quiet --points 'call Ms Li back, before nine；pallet 3 waits'").ok();
    assert_eq!(desk.show(&night)["state"], "handed_over");
    assert_eq!(desk.show(&night)["derived"]["next"], "ZL");
    let of_next: Vec<Value> = desk.todo("--who ZL").into_iter().filter(|duty| duty["number"] == night).collect();
    let told: Vec<String> = of_next.iter().map(|duty| format!("{} {}", &duty["due"], &duty["command"])).collect();
    let due = "\"2026-11-20T14:00:00+08:00\"";
    assert_eq!(
        told,
        [1, 2].map(|no| format!("{due} \"cs shift settle {night} --point {no} --result TEXT\"")),
        "{of_next:?}"
    );
    assert!(desk.todo("--who AS").iter().all(|duty| duty["number"] != night));
    desk.cs(&format!("shift settle {night} --point 2 --result 'picked up'")).by("ZL").ok();
    no(&desk, &format!("shift settle {night} --point 2 --result x"), &["point 2 is settled"], &["第 2 项待办已经处理"]);
    no(&desk, &format!("shift settle {night} --point 3 --result x"), &["no point 3: it has 2"], &["没有第 3 项待办"]);
    assert_eq!(desk.show(&night)["state"], "handed_over");
    desk.cs(&format!("shift settle {night} --point 1 --result 'she is told'")).by("ZL").ok();
    let shown = desk.show(&night);
    assert_eq!((shown["state"].as_str(), shown["derived"]["open_points"].as_str()), (Some("over"), Some("0")));
    // A note alone leaves nothing to the next.
    desk.cs(&format!("shift in {early} --at 06:00")).by("ZL").ok();
    desk.clock("2026-11-20 14:00");
    desk.cs("shift hand-over --summary 'nothing new'").by("ZL").ok();
    assert_eq!(desk.show(&early)["state"], "over");
    desk.is_sound();
}

#[test]
fn r63_points_that_nobody_is_next_for_are_the_supervisors_at_once() {
    let mut desk = Desk::plain();
    let shift = rostered(&desk, "YX", "2026-11-18", "08:00-16:00");
    desk.cs("shift in --reason 'the doctor, agreed'").ok();
    desk.clock("2026-11-18 16:00");
    desk.cs("shift hand-over --summary quiet --points 'call Ms Li back'").ok();
    assert_eq!(desk.due("R63", &shift).as_deref(), Some("2026-11-18 16:00"));
    assert!(desk.todo("--who LW").iter().any(|duty| duty["number"] == shift));
    // Somebody who is on the roster after all has it until the end of that shift; one who is known to be absent has not.
    let other = rostered(&desk, "AS", "2026-11-18", "16:00-20:00");
    rostered(&desk, "ZL", "2026-11-18", "20:00-24:00");
    assert_eq!(desk.due("R63", &shift).as_deref(), Some("2026-11-18 20:00"));
    desk.cs(&format!("shift absent {other} --reason ill")).by("LW").ok();
    assert_eq!(desk.due("R63", &shift).as_deref(), Some("2026-11-19 00:00"));
    desk.is_sound();
}

#[test]
fn r63_absences_are_recorded_by_others_and_excused_by_a_reason() {
    let mut desk = Desk::plain();
    let [ill, gone] = ["2026-11-19", "2026-11-20"].map(|on| rostered(&desk, "YX", on, "early"));
    let kept = rostered(&desk, "ZL", "2026-11-20", "late");
    no(&desk, &format!("shift absent {ill} --reason ill"), &["nobody records an own absence"], &["不能由本人登记"]);
    no_by(&desk, "ZL", &format!("shift absent {ill}"), &["nobody is missing yet", "--reason"], &["尚不能认定缺勤"]);
    desk.cs(&format!("shift absent {ill} --reason ill")).by("ZL").ok();
    desk.clock("2026-11-20 16:00");
    // Nothing is on record of the one, and the supervisor is to find out.
    assert_eq!(presence(&desk, &gone), "unknown");
    assert_eq!(desk.due("R63", &gone).as_deref(), Some("2026-11-20 16:00"));
    assert!(desk.todo("--who LW").iter().any(|duty| duty["number"] == gone));
    desk.cs(&format!("shift absent {gone}")).by("LW").ok();
    assert_eq!([presence(&desk, &ill), presence(&desk, &gone)], ["excused", "absent"]);
    // Late with a reason is late, and nothing is proposed for it.
    desk.clock("2026-11-20 16:20");
    desk.cs("shift in --reason 'the train stood'").by("ZL").ok();
    assert_eq!(desk.show(&kept)["derived"]["late"], "20");
    let told = missed(&desk, "2026-W47", "2026-11-20T16:20:00+08:00");
    assert_eq!(told, ["YX 2026-11-20 absent without reason"]);
    desk.is_sound();
}

#[test]
fn r63_who_may_roster_swap_and_cancel() {
    let mut desk = Desk::plain();
    no(&desk, "shift roster ZL --span early --on 11-20", &["YX holds no role", "supervisor"], &["YX 的岗位无权"]);
    no_by(&desk, "LW", "shift roster OLD --span early --on 11-20", &["OLD is not on the staff"], &["不是在职员工"]);
    no_by(
        &desk,
        "LW",
        "shift roster YX --span noon --on 11-20",
        &["--span can't be \"noon\"", "22:00-06:00"],
        &["起止时间"],
    );
    no_by(&desk, "LW", "shift roster YX --span early --on 2026-11-17", &["before it was rostered"], &["已结束"]);
    no_by(&desk, "LW", "shift roster YX --span early --on 2027-11-20", &["more than 366 days ahead"], &["超出可排班"]);
    let shift = rostered(&desk, "YX", "2026-11-20", "夜班");
    assert_eq!(desk.show(&shift)["span"], "00:00-08:00");
    let twice = "shift roster YX --span 22:00-06:00 --on 2026-11-19";
    no_by(&desk, "LW", twice, &[&format!("YX is on shift {shift}")], &["已有班次"]);
    desk.cs("shift roster YX --span 08:00-16:00 --on 2026-11-20").ok();
    no(&desk, &format!("shift swap {shift} --staff ZL"), &["YX holds no role"], &["YX 的岗位无权"]);
    no_by(&desk, "LW", &format!("shift swap {shift} --staff YX"), &["it is YX's already"], &["已由 YX 值班"]);
    no(&desk, &format!("shift cancel {shift} --reason x"), &["may not sign own work"], &["不能批准自己"]);
    desk.cs(&format!("shift swap {shift} --staff ZL --reason 'a wedding'")).by("LW").ok();
    assert_eq!(desk.show(&shift)["derived"]["person"], "ZL");
    desk.clock("2026-11-20 00:00");
    no(&desk, "shift in", &["YX has no shift at 2026-11-20 00:00", "cs shift week"], &["没有可登记 in 的班次"]);
    no(&desk, &format!("shift in {shift}"), &["YX holds no role"], &["YX 的岗位无权"]);
    desk.cs("shift in").by("ZL").ok();
    no_by(
        &desk,
        "LW",
        &format!("shift edit {shift} --span 01:00-08:00"),
        &["began at 2026-11-20 00:00"],
        &["不能修改"],
    );
    desk.is_sound();
}

#[test]
fn r63_a_shift_is_taken_up_in_its_time() {
    let mut desk = Desk::plain();
    let shift = rostered(&desk, "YX", "2026-11-19", "late");
    desk.clock("2026-11-19 13:59");
    no(&desk, &format!("shift in {shift}"), &["120 minutes before at the earliest"], &["最早可提前 120 分钟"]);
    no(&desk, "shift in", &["YX has no shift"], &["没有可登记"]);
    desk.clock("2026-11-20 00:00");
    no(&desk, &format!("shift in {shift}"), &["the shift ended at 2026-11-20 00:00", "absent"], &["已结束"]);
    desk.cs(&format!("shift in {shift} --at '2026-11-19 16:10'")).ok();
    no(&desk, "shift out --at '2026-11-19 16:05'", &["nobody leaves before coming"], &["早于到岗"]);
    desk.cs("shift out").ok();
    no(&desk, "shift hand-over --summary x", &["YX has no shift"], &["没有可登记 hand-over"]);
    desk.is_sound();
}

#[test]
fn r63_where_several_shifts_could_be_meant_they_are_named() {
    let mut desk = Desk::plain();
    let [night, early] = ["night", "early"].map(|span| rostered(&desk, "YX", "2026-11-20", span));
    desk.clock("2026-11-20 07:00");
    no(&desk, "shift in", &["YX has 2 shifts", &format!("{night} 00:00-08:00, {early} 08:00-16:00")], &["有 2 个班次"]);
    desk.cs(&format!("shift in {night}")).ok();
    desk.clock("2026-11-20 08:00");
    // Who is on duty hands over that shift, whatever comes next.
    desk.cs("shift hand-over --summary quiet").ok().says([night.as_str()]);
    desk.cs("shift in").ok().says([early.as_str()]);
    desk.is_sound();
}

#[test]
fn r63_a_row_of_shifts_is_rostered_in_one_change() {
    let desk = Desk::new();
    let plan = "shift plan YX --on 2026-11-23 --until 2026-12-02 --span early";
    let head = desk.head();
    no(&desk, plan.replace("YX", "ZL").as_str(), &["YX holds no role"], &["YX 的岗位无权"]);
    assert_eq!(desk.head(), head);
    let made = desk.cs(&format!("{plan} --weekdays mon,wed")).by("LW").ok().stdout;
    assert_eq!(made.lines().collect::<Vec<_>>(), [1, 2, 3, 4].map(|n| format!("BC-261118-LW-{n}")));
    assert_eq!(desk.touched(), ["shifts/2026-11.csv"]);
    // Each of them knows the commit that brought it.
    let log = |number: &str| desk.cs(&format!("log {number} --json")).ok().json()[0]["commit"].take();
    assert!(log("BC-261118-LW-1").is_string() && log("BC-261118-LW-4") == log("BC-261118-LW-1"));
    let days: Vec<Value> = (1..5).map(|n| desk.show(&format!("BC-261118-LW-{n}"))["on"].take()).collect();
    assert_eq!(days, ["2026-11-23", "2026-11-25", "2026-11-30", "2026-12-02"]);
    // One that does not fit, and none is made.
    let before = desk.files();
    no_by(&desk, "LW", plan, &["YX is on shift BC-261118-LW-1", "BC-261118-LW-4"], &["已有班次"]);
    no_by(&desk, "LW", &format!("{plan} --weekdays noday"), &["mon, tue"], &["星期"]);
    no_by(&desk, "LW", "shift plan YX --on 2026-11-25 --span early", &["--until is missing"], &["--until"]);
    no_by(&desk, "LW", &plan.replace("12-02", "11-22"), &["no such day"], &["没有符合的日期"]);
    assert_eq!(desk.files(), before);
    let documents = desk.cs(&plan.replace("YX", "ZL")).by("LW").done();
    assert_eq!(documents.stdout.lines().count(), 10);
    desk.is_sound();
}

#[test]
fn r63_a_week_by_hand() {
    let mut desk = Desk::plain();
    desk.clock("2026-11-15 10:00");
    desk.cs("shift plan YX --on 2026-11-16 --until 2026-11-18 --span early").by("LW").ok();
    let [a, b, c] = [1, 2, 3].map(|n| format!("BC-261115-LW-{n}"));
    let night = rostered(&desk, "ZL", "2026-11-16", "16:00-24:00");
    let dropped = rostered(&desk, "ZL", "2026-11-17", "16:00-24:00");
    desk.cs(&format!("shift cancel {dropped} --reason 'too few calls'")).by("LW").ok();
    desk.clock("2026-11-18 17:00");
    desk.cs(&format!("shift in {a} --at '2026-11-16 08:00'")).ok();
    desk.cs(&format!("shift hand-over {a} --at '2026-11-16 16:00' --summary x --points 'p; q'")).ok();
    desk.cs(&format!("shift settle {a} --point 1 --result x --at '2026-11-16 17:30'")).by("ZL").ok();
    desk.cs(&format!("shift in {night} --at '2026-11-16 16:10'")).by("ZL").ok();
    desk.cs(&format!("shift out {night} --at '2026-11-16 23:00'")).by("ZL").ok();
    desk.cs(&format!("shift absent {b}")).by("LW").ok();
    let section = report(&desk, "2026-W47");
    let keys = ["rostered", "worked", "on_time", "late", "left_early", "excused", "absent", "unknown", "on_time_rate"];
    // Two shifts were kept, one of them in time, the other from 16:10 to 23:00; one of three known.
    assert_eq!(figures(&section, &keys), ["4", "890", "1", "1", "1", "0", "1", "1", "33.3"]);
    // 24 hours stand on the roster of the 168 of the week: the absence and what was cancelled cover nothing.
    let handed = ["covered", "handed_over", "points", "open_points", "to_settle"];
    assert_eq!(figures(&section, &handed), ["14.3", "1", "2", "1", "90"]);
    assert_eq!(presence(&desk, &c), "unknown");
    // The general reports tell the figures where there are shifts, and nothing where there are none.
    let has_shifts = |desk: &Desk, period: &str| {
        let sections = desk.cs(&format!("report month {period} --json")).ok().json()["sections"].take();
        sections.as_array().unwrap().iter().any(|section| section["name"] == "shifts")
    };
    assert!(has_shifts(&desk, "2026-11") && !has_shifts(&desk, "2026-09"));
    let week = desk.cs("shift week --json").ok().json();
    assert_eq!((week[0]["staff"].as_str(), week[0]["mon"].as_str()), (Some("YX"), Some("08:00-16:00 on_time")));
    assert_eq!(
        (week[0]["tue"].as_str(), week[1]["mon"].as_str()),
        (Some("08:00-16:00 absent"), Some("16:00-24:00 late_and_early"))
    );
    desk.cs("shift week").ok().prints(["Roster of the week", "absent without reason"]);
    desk.cs("shift week").lang("zh").ok().prints(["一周排班表", "迟到且早退", "无故缺勤", "已取消"]);
    no(&desk, "shift week 2026-11", &["\"2026-11\" is no week"], &["不是一周"]);
    let late = "2026-11-18T17:00:00+08:00";
    assert_eq!(
        missed(&desk, "2026-W47", late),
        ["ZL 2026-11-16 late, left early", "YX 2026-11-17 absent without reason"]
    );
    desk.is_sound();
}

#[test]
fn r63_a_gap_in_the_roster_is_a_duty_where_the_policy_asks_for_it() {
    let desk = Desk::plain();
    let wants = "[shift]\ncover_days = 1\n";
    desk.write("policy.toml", wants);
    let gaps = |desk: &Desk| -> Vec<String> {
        let duties = desk.todo("--who LW --until +7").into_iter().filter(|duty| duty["rule"] == "R63");
        duties.map(|duty| duty["what"].as_str().unwrap().to_string()).collect()
    };
    // A department that keeps no roster is asked for none.
    assert_eq!(gaps(&desk), [""; 0]);
    for (who, on, span) in [("YX", "2026-11-18", "08:00-16:00"), ("ZL", "2026-11-18", "16:00-00:00")] {
        rostered(&desk, who, on, span);
    }
    assert_eq!(gaps(&desk), ["nobody is on the roster from 2026-11-19 00:00 to 2026-11-19 10:00: roster somebody"]);
    rostered(&desk, "AS", "2026-11-19", "02:00-12:00");
    assert_eq!(gaps(&desk), ["nobody is on the roster from 2026-11-19 00:00 to 2026-11-19 02:00: roster somebody"]);
    rostered(&desk, "DP", "2026-11-18", "23:00-02:00");
    assert_eq!(gaps(&desk), [""; 0]);
}

#[test]
fn r63_a_shift_record_goes_out_on_paper_and_comes_back() {
    let desk = Desk::plain();
    desk.cs("print --blank shift --format xlsx --out blank.xlsx").here(desk.home()).ok();
    desk.cs("import shift blank.xlsx --staff YX --on 2026-11-20 --span early").here(desk.home()).by("LW").ok();
    let shown = desk.show("BC-261118-LW-1");
    assert_eq!((shown["staff"].as_str(), shown["span"].as_str()), (Some("YX"), Some("08:00-16:00")));
    desk.write("form.toml", "staff = \"Zhao Lei\"\non = 2026-11-20\nspan = \"晚班\"\n");
    let made = desk.cs("shift roster ZL --from form.toml").here(&desk.root()).by("LW").ok().number();
    assert_eq!(desk.show(&made)["span"], "16:00-24:00");
}

#[test]
fn r63_a_night_shift_covers_its_part_of_the_next_day() {
    let mut desk = Desk::plain();
    let night = rostered(&desk, "YX", "2026-11-19", "22:00-06:00");
    desk.clock("2026-11-21 10:00");
    // 2 of 24 hours, then 6 of 24, with the record behind them.
    assert_eq!(figures(&report(&desk, "2026-11-19"), &["covered"]), ["8.3"]);
    let next = report(&desk, "2026-11-20");
    assert_eq!(figures(&next, &["covered", "rostered"]), ["25.0", "0"]);
    assert_eq!(next["figures"][0]["records"], serde_json::json!([night]));
    assert_eq!(figures(&report(&desk, "2026-11-19..2026-11-20"), &["covered"]), ["16.7"]);
}

#[test]
fn r63_nobody_edits_or_voids_what_they_are_to_be_there_by() {
    let mut desk = Desk::plain();
    let given = rostered(&desk, "YX", "2026-11-18", "16:00-24:00");
    let own = desk.cs("shift roster YX --on 2026-11-18 --span 11:00-15:00").ok().number();
    no(&desk, &format!("shift edit {given} --on 2026-12-18"), &["YX holds no role"], &["YX 的岗位无权"]);
    desk.cs(&format!("shift edit {own} --span 12:00-15:00")).ok();
    desk.cs(&format!("shift edit {given} --span 16:00-23:00")).by("LW").ok();
    // A slip of the pen may be taken back, as long as nobody waited for them.
    let slip = desk.cs("shift roster YX --on 2026-11-18 --span 15:00-16:00").ok().number();
    desk.cs(&format!("void {slip} --note twice")).ok();
    desk.clock("2026-11-18 12:00");
    no(&desk, &format!("void {own} --note x"), &["YX may not void an own shift"], &["YX 不能作废本人的班次"]);
    desk.cs(&format!("void {own} --note 'nobody was needed'")).by("LW").ok();
    // Nor does a supervisor an own absence.
    let theirs = desk.cs("shift roster LW --on 2026-11-18 --span 13:00-14:00").by("WM").ok().number();
    desk.clock("2026-11-18 14:00");
    desk.cs(&format!("shift absent {theirs}")).by("WM").ok();
    for step in ["", "--step 2"] {
        no_by(&desk, "LW", &format!("void {theirs} {step} --note x"), &["or an own absence"], &["缺勤记录"]);
    }
    // When somebody came may be mended by whoever wrote it down.
    desk.clock("2026-11-18 16:00");
    desk.cs(&format!("shift in {given}")).ok();
    desk.cs(&format!("void {given} --step 3 --note 'the wrong shift'")).ok();
    desk.is_sound();
}

#[test]
fn r63_only_coming_and_leaving_mean_the_shift_of_now_without_a_number() {
    let mut desk = Desk::plain();
    rostered(&desk, "YX", "2026-11-18", "11:00-15:00");
    desk.clock("2026-11-18 11:00");
    desk.cs("shift in").ok();
    let before = desk.files();
    for line in ["void '' --note x", "shift settle '' --point 1 --result x", "order confirm ''"] {
        no(&desk, line, &["\"\""], &["“”"]);
    }
    assert_eq!(desk.files(), before);
}

#[test]
fn r63_a_row_of_shifts_longer_than_may_be_is_refused_and_not_cut() {
    let desk = Desk::plain();
    let plan = "shift plan YX --weekdays wed --span early";
    let too_long = format!("{plan} --until 2028-01-05");
    no_by(&desk, "LW", &too_long, &["2026-11-18 to 2028-01-05", "366"], &["2026-11-18 至 2028-01-05 超出"]);
    assert_eq!(desk.cs(&format!("{plan} --until 2027-11-19")).by("LW").ok().stdout.lines().count(), 53);
}

#[test]
fn r49_the_roster_of_a_week_is_as_it_was_known() {
    let mut desk = Desk::plain();
    rostered(&desk, "YX", "2026-11-18", "11:00-15:00");
    desk.clock("2026-11-18 11:30");
    desk.cs("shift in").ok();
    let told = |flags: &str| desk.cs(&format!("shift week --json {flags}")).ok().json()[0]["wed"].take();
    assert_eq!(told(""), "11:00-15:00 late");
    assert_eq!(told("--now '2026-11-18 11:00'"), "11:00-15:00 awaited");
}

/// The rows of a table of the report, each with some of its columns.
fn rows(section: &Value, name: &str, keys: &[&str]) -> Vec<String> {
    let table = section["tables"].as_array().unwrap().iter().find(|table| table["name"] == name).unwrap();
    let columns = table["columns"].as_array().unwrap();
    let at: Vec<usize> = keys.iter().map(|key| columns.iter().position(|column| column == key).unwrap()).collect();
    let row = |row: &Value| at.iter().map(|at| row[*at].as_str().unwrap_or("-")).collect::<Vec<_>>().join(" ");
    table["rows"].as_array().unwrap().iter().map(row).collect()
}

#[test]
fn r63_what_is_recorded_after_the_last_midnight_counts_on_the_day_on_which_the_shift_began() {
    let mut desk = Desk::plain();
    let night = rostered(&desk, "YX", "2026-11-30", "22:00-06:00");
    let gone = rostered(&desk, "ZL", "2026-11-30", "08:00-16:00");
    desk.clock("2026-12-01 09:00");
    desk.cs(&format!("shift in {night} --at '2026-11-30 22:00'")).ok();
    desk.cs(&format!("shift hand-over {night} --at '2026-12-01 05:00' --summary x --points 'p'")).ok();
    desk.cs(&format!("shift absent {gone}")).by("LW").ok();
    let keys = ["rostered", "on_time", "left_early", "absent", "unknown", "handed_over", "points", "on_time_rate"];
    let known = ["2", "0", "1", "1", "0", "1", "1", "0.0"];
    for period in ["2026-11", "2026-11-30"] {
        let section = report(&desk, period);
        assert_eq!(figures(&section, &keys), known, "{period}");
        assert_eq!(rows(&section, "roster", &["presence"]), ["absent", "left_early"], "{period}");
        assert_eq!(rows(&section, "open_points", &["what"]), ["p"], "{period}");
    }
    let december = report(&desk, "2026-12-01");
    assert_eq!(figures(&december, &["rostered", "handed_over", "covered"]), ["0", "0", "25.0"]);
    // What was not known yet at an earlier moment was not known.
    let then = desk.cs("report shifts 2026-11 --json --now '2026-11-30 23:00'").ok().json()["sections"][0].take();
    assert_eq!(figures(&then, &["on_time", "absent", "unknown"]), ["1", "0", "1"]);
}

#[test]
fn r63_points_are_told_to_who_is_on_duty_though_the_shift_ends_tomorrow() {
    let mut desk = Desk::plain();
    let early = rostered(&desk, "YX", "2026-11-18", "08:00-16:00");
    rostered(&desk, "ZL", "2026-11-18", "16:00-24:00");
    desk.cs("shift in").ok();
    desk.clock("2026-11-18 16:00");
    desk.cs("shift hand-over --summary quiet --points 'call Ms Li back; pallet 3'").ok();
    let told = |desk: &Desk| -> Vec<String> {
        let own = desk.cs("todo --who ZL --json").ok().json();
        let of_shift = own.as_array().unwrap().iter().filter(|duty| duty["number"] == early.as_str());
        of_shift.map(|duty| duty["due"].as_str().unwrap().to_string()).collect()
    };
    assert_eq!(told(&desk), ["2026-11-19T00:00:00+08:00"; 2]);
    let came = desk.cs("shift in").by("ZL").ok();
    let came = came.says([&format!("{early} point 1: call Ms Li back")[..], &format!("{early} point 2: pallet 3")]);
    assert!(!came.stderr.contains("late"), "{came}");
    desk.cs(&format!("shift settle {early} --point 1 --result x")).by("ZL").ok();
    assert_eq!(told(&desk).len(), 1);
    // Those of the day after are not told of it.
    let night = rostered(&desk, "AS", "2026-11-19", "00:00-08:00");
    desk.clock("2026-11-19 00:00");
    let other = desk.cs(&format!("shift in {night}")).by("AS").ok();
    assert!(!other.stderr.contains("pallet 3"), "{other}");
    desk.is_sound();
}

#[test]
fn r63_time_on_duty_is_that_for_which_somebody_was_there_within_the_hours_of_the_shift_up_to_now() {
    for (came, went, now, expect) in [
        ("08:00", Some("16:00"), "17:00", "480"),
        ("07:30", Some("16:40"), "17:00", "480"),
        ("11:00", Some("16:00"), "17:00", "300"),
        ("08:00", Some("12:15"), "17:00", "255"),
        ("08:00", None, "10:00", "120"),
        ("07:45", None, "07:50", "0"),
        // Whoever forgot to leave was there until the end.
        ("08:00", None, "20:00", "480"),
    ] {
        let mut desk = Desk::plain();
        let shift = rostered(&desk, "YX", "2026-11-19", "08:00-16:00");
        rostered(&desk, "ZL", "2026-11-19", "16:00-24:00");
        desk.clock(&format!("2026-11-19 {now}"));
        desk.cs(&format!("shift in {shift} --at {came}")).ok();
        if let Some(went) = went {
            desk.cs(&format!("shift out {shift} --at {went}")).ok();
        }
        assert_eq!(figures(&report(&desk, "2026-11-19"), &["worked"]), [expect], "{came} to {went:?} at {now}");
    }
}

#[test]
fn r63_of_what_two_clones_both_recorded_the_first_counts_and_the_cure_is_named() {
    let mut desk = Desk::plain();
    let shift = rostered(&desk, "YX", "2026-11-19", "06:00-14:00");
    desk.clock("2026-11-19 14:00");
    desk.cs(&format!("shift in {shift} --at 05:55")).ok();
    let row = |at: &str, verb: &str| format!("2026-11-19T{at}:00+08:00,YX,{shift},{verb}{}\n", ",".repeat(12));
    desk.append("shifts/2026-11.csv", &row("06:10", "in"));
    assert_eq!(presence(&desk, &shift), "on_time");
    let cure = format!("cs void {shift} --step 3 --note WHY");
    desk.cs("check").fails(1).prints(["step.order", "in can't be done now", &cure]);
    desk.cs("check").lang("zh").fails(1).prints([&format!("cs void {shift} --step 3 --note 原因")[..]]);
    // A step that was never written is not to be voided.
    let again = desk.cs(&format!("shift in {shift} --at 06:20")).refused(1);
    assert!(!again.stderr.contains("cs void"), "{again}");
    desk.cs(&format!("shift hand-over {shift} --summary first --points p")).ok();
    desk.append("shifts/2026-11.csv", &row("13:00", "out"));
    assert_eq!(presence(&desk, &shift), "on_time");
    assert_eq!(desk.show(&shift)["derived"]["open_points"], "1");
    assert_eq!(missed(&desk, "2026-11-19", "2026-11-19T14:00:00+08:00"), [""; 0]);
    for step in [3, 5] {
        desk.cs(&format!("void {shift} --step {step} --note twice")).ok();
    }
    desk.is_sound();
}

#[test]
fn r63_every_gap_of_the_roster_is_a_duty_and_stands_in_the_report() {
    let desk = Desk::plain();
    desk.write("policy.toml", "[shift]\ncover_days = 2\n");
    for (on, span) in [("2026-11-18", "08:00-18:00"), ("2026-11-18", "20:00-24:00"), ("2026-11-19", "06:00-24:00")] {
        rostered(&desk, "YX", on, span);
    }
    let gaps: Vec<String> = desk
        .todo("--who LW --until +7")
        .iter()
        .filter(|duty| duty["rule"] == "R63" && duty["number"].as_str().unwrap().starts_with("shifts "))
        .map(|duty| format!("{} {}", &duty["due"].as_str().unwrap()[..16], duty["command"].as_str().unwrap()))
        .collect();
    let roster = |on: &str| format!("cs shift roster STAFF --on {on} --span HOURS");
    assert_eq!(
        gaps,
        [("2026-11-18T18:00", "2026-11-18"), ("2026-11-19T00:00", "2026-11-19"), ("2026-11-20T00:00", "2026-11-20")]
            .map(|(due, on)| format!("{due} {}", roster(on)))
    );
    let section = report(&desk, "2026-11-18..2026-11-19");
    assert_eq!(
        rows(&section, "gaps", &["from", "to", "lasts"]),
        [
            "2026-11-18T00:00:00+08:00 2026-11-18T08:00:00+08:00 480",
            "2026-11-18T18:00:00+08:00 2026-11-18T20:00:00+08:00 120",
            "2026-11-19T00:00:00+08:00 2026-11-19T06:00:00+08:00 360",
        ]
    );
    // 32 of 48 hours; and where nobody is on the roster at all, there is no gap in it.
    assert_eq!(figures(&section, &["covered"]), ["66.7"]);
    assert_eq!(rows(&report(&desk, "2026-10"), "gaps", &["from"]), [""; 0]);
}

#[test]
fn r63_nobody_leaves_or_hands_over_a_shift_before_it_begins() {
    let mut desk = Desk::plain();
    let shift = rostered(&desk, "YX", "2026-11-19", "08:00-16:00");
    desk.clock("2026-11-19 07:30");
    desk.cs("shift in").ok();
    let told = ["shift.early", "begins at 2026-11-19 08:00: nobody leaves before"];
    no(&desk, "shift out", &told, &["08:00 才开始"]);
    no(&desk, "shift hand-over --summary x", &told, &["08:00 才开始"]);
    desk.clock("2026-11-19 08:00");
    desk.cs(&format!("shift out {shift}")).ok();
    desk.is_sound();
}

#[test]
fn r63_who_is_excused_does_not_lower_the_share_on_time() {
    let mut desk = Desk::plain();
    let [kept, ill, gone] = ["YX", "ZL", "AS"].map(|who| rostered(&desk, who, "2026-11-19", "08:00-16:00"));
    desk.clock("2026-11-19 16:00");
    desk.cs(&format!("shift in {kept} --at 08:00")).ok();
    desk.cs(&format!("shift absent {ill} --reason ill")).by("LW").ok();
    let rate = |desk: &Desk| figures(&report(desk, "2026-11-19"), &["on_time_rate", "excused"]);
    assert_eq!(rate(&desk), ["100.0", "1"]);
    desk.cs(&format!("shift absent {gone}")).by("LW").ok();
    assert_eq!(rate(&desk), ["50.0", "1"]);
}

#[test]
fn r63_why_somebody_was_late_or_left_early_can_be_said_afterwards() {
    let mut desk = Desk::plain();
    let now = "2026-11-20T10:00:00+08:00";
    let shift = rostered(&desk, "YX", "2026-11-19", "08:00-16:00");
    desk.clock("2026-11-19 09:00");
    let explain = format!("shift explain {shift} --reason 'the train stood'");
    no(&desk, &explain, &["step.order"], &["step.order"]);
    desk.cs("shift in").ok().says(["late by 60 min", &format!("cs shift explain {shift} --reason WHY")]);
    no(&desk, &format!("shift explain {shift}"), &["--reason is missing"], &["--reason"]);
    no_by(&desk, "ZL", &explain, &["ZL holds no role"], &["ZL 的岗位无权"]);
    desk.cs(&explain).ok();
    assert_eq!((presence(&desk, &shift).as_str(), missed(&desk, "2026-11-19", now).len()), ("late", 0));
    no(&desk, &explain, &["nothing without a reason to explain"], &["没有需要补充说明"]);
    // What comes after the reason needs one of its own.
    desk.clock("2026-11-19 15:00");
    desk.cs("shift out").ok().says(["left early by 60 min", "cs shift explain"]);
    assert_eq!(missed(&desk, "2026-11-19", now), ["YX 2026-11-19 left early"]);
    desk.clock("2026-11-20 09:00");
    no(&desk, &explain, &["YX could say why until 2026-11-19"], &["本人只能在 2026-11-19 及以前说明原因"]);
    desk.cs(&explain).by("LW").ok();
    assert_eq!(missed(&desk, "2026-11-19", now), [""; 0]);
    assert_eq!(desk.show(&shift)["state"], "left");
    // It is over as before, and with a reason at once nothing is asked for.
    assert_eq!(desk.due("R63", &shift), None);
    let other = rostered(&desk, "ZL", "2026-11-20", "08:00-16:00");
    let told = desk.cs(&format!("shift in {other} --reason ill")).by("ZL").ok();
    assert!(told.stderr.contains("late by 60 min") && !told.stderr.contains("explain"), "{told}");
    desk.is_sound();
}

#[test]
fn r63_an_absence_is_explained_by_somebody_else_alone() {
    let mut desk = Desk::plain();
    let shift = rostered(&desk, "YX", "2026-11-18", "11:00-15:00");
    let own = rostered(&desk, "LW", "2026-11-18", "11:00-15:00");
    desk.clock("2026-11-18 12:00");
    desk.cs(&format!("shift absent {shift}")).by("LW").ok();
    let explain = format!("shift explain {shift} --reason 'in hospital'");
    no(&desk, &explain, &["sign.own"], &["不能批准自己"]);
    desk.cs(&explain).by("LW").ok();
    assert_eq!((presence(&desk, &shift).as_str(), desk.show(&shift)["state"].as_str()), ("excused", Some("absent")));
    desk.cs(&format!("shift absent {own}")).by("WM").ok();
    no_by(&desk, "LW", &format!("shift explain {own} --reason x"), &["sign.own"], &["不能批准自己"]);
    assert_eq!(missed(&desk, "2026-11-18", "2026-11-18T12:00:00+08:00"), ["LW 2026-11-18 absent without reason"]);
    desk.is_sound();
}

#[test]
fn r63_a_swap_tells_who_had_the_shift_before() {
    let desk = Desk::new();
    let shift = rostered(&desk, "YX", "2026-11-19", "08:00-16:00");
    for who in ["ZL", "AS"] {
        desk.cs(&format!("shift swap {shift} --staff {who}")).by("LW").ok();
    }
    let shown = desk.cs(&format!("show {shift}")).ok().prints(["from YX to ZL", "from ZL to AS"]);
    assert_eq!(shown.stdout.matches("Who ").count(), 3, "the header once, and each swap: {shown}");
    desk.cs(&format!("show {shift}")).lang("zh").ok().prints(["由 YX 换为 ZL"]);
    desk.cs(&format!("log {shift}")).ok().prints(["2. Swapped: from YX to ZL", "3. Swapped: from ZL to AS"]);
}

#[test]
fn r63_the_roster_of_a_week_names_numbers_and_the_night_before_it() {
    let desk = Desk::plain();
    let night = rostered(&desk, "YX", "2026-11-22", "22:00-06:00");
    rostered(&desk, "ZL", "2026-11-22", "16:00-24:00");
    let early = rostered(&desk, "YX", "2026-11-23", "12:00-16:00");
    let plain = desk.cs("shift week next-week").ok().prints(["(Sun 22:00-06:00); 12:00-16:00"]);
    assert!(!plain.stdout.contains(&early) && !plain.stdout.contains("ZL"), "{plain}");
    plain.says(["cs shift week 2026-W48 --records"]);
    let numbered = desk.cs("shift week next-week --records").ok();
    numbered.prints([&format!("(Sun 22:00-06:00) {night}; 12:00-16:00 {early}")[..]]);
    let week = desk.cs("shift week next-week --json").ok().json();
    assert_eq!(week[0]["mon"], "sun 22:00-06:00 awaited; 12:00-16:00 awaited");
    assert_eq!(desk.cs("shift week --json").ok().json()[0]["sun"], "22:00-06:00 awaited");
}

#[test]
fn r63_a_shift_put_on_record_too_late_is_made_again() {
    let mut desk = Desk::plain();
    desk.clock("2026-11-18 09:00");
    let shift = rostered(&desk, "YX", "2026-11-18", "08:00-16:00");
    let told = ["step.early", "roster it again with the --at", &format!("cs void {shift} --note WHY")];
    no(&desk, &format!("shift in {shift} --at 08:00"), &told, &["重新排班"]);
    desk.clock("2026-11-18 16:00");
    let due: Vec<Value> = desk.todo("--who LW").into_iter().filter(|duty| duty["number"] == shift.as_str()).collect();
    assert!(due[0]["what"].as_str().unwrap().ends_with(&format!("cs shift in {shift} --at TIME")), "{due:?}");
    assert_eq!(due[0]["command"], format!("cs shift absent {shift}"));
}

#[test]
fn r63_hours_that_are_called_by_no_name_are_answered_with_the_names_that_there_are() {
    let desk = Desk::plain();
    let line = "shift roster YX --on 11-20 --span nightx";
    let names = "early/早班 08:00-16:00";
    no_by(&desk, "LW", line, &[names, "night/夜班 00:00-08:00"], &[names, "或填班名"]);
    desk.write("policy.toml", "[shift]\nspans = []\n");
    assert!(!desk.cs(line).by("LW").refused(1).stderr.contains("a name"));
}
