//! The weekly work plan (R50): items, their days, the week's score, and who is to plan.

mod common;

use common::{Desk, no, no_by};
use serde_json::Value;

/// An item planned now for a day.
fn planned(desk: &Desk, due: &str, flags: &str) -> String {
    desk.cs(&format!("work plan 'verify the agencies' --due {due} {flags}")).ok().number()
}

fn week(desk: &Desk, flags: &str) -> Value {
    desk.cs(&format!("work week {flags} --json")).ok().json()["sections"][0].take()
}

fn figure(section: &Value, key: &str) -> String {
    let figures = section["figures"].as_array().unwrap();
    let figure = figures.iter().find(|figure| figure["key"] == key).unwrap_or_else(|| panic!("{key}: {section}"));
    figure["value"].to_string().trim_matches('"').to_string()
}

fn figures(section: &Value, keys: &[&str]) -> Vec<String> {
    keys.iter().map(|key| figure(section, key)).collect()
}

const KEYS: &[&str] = &["due", "on_time", "late", "open", "missed", "carried", "dropped", "score"];

#[test]
fn r50_a_week_by_hand() {
    let mut desk = Desk::plain();
    // Five items due in the week of Wednesday 18 November, one in the next.
    let in_time = planned(&desk, "2026-11-18", "");
    let late = planned(&desk, "2026-11-18", "");
    let carried = planned(&desk, "2026-11-20", "");
    let missed = planned(&desk, "2026-11-19", "");
    let dropped = planned(&desk, "2026-11-20", "");
    planned(&desk, "2026-11-25", "");
    assert_eq!(in_time, "GZ-261118-YX-1");
    desk.cs(&format!("work done {in_time} --result 'all of them'")).ok();
    assert_eq!(figures(&week(&desk, ""), KEYS), ["5", "1", "0", "4", "0", "0", "0", "20.0"]);
    desk.clock("2026-11-20 16:00");
    desk.cs(&format!("work done {late} --result 'all but one'")).ok();
    desk.cs(&format!("work carry-over {carried} --due 2026-11-26 --reason 'they were closed'")).ok();
    desk.cs(&format!("work carry-over {missed} --due 2026-11-27 --reason 'no time'")).ok();
    desk.cs(&format!("work drop {dropped} --reason 'merged with another'")).by("LW").ok();
    // Carried over and dropped in time count no more; missed stays missed: one of three.
    assert_eq!(figures(&week(&desk, "this-week"), KEYS), ["3", "1", "1", "0", "1", "1", "1", "33.3"]);
    assert_eq!(figures(&week(&desk, "next-week"), &["due", "open", "score"]), ["3", "3", "0.0"]);
    assert_eq!(figures(&week(&desk, "--staff ZL"), &["due", "score"]), ["0", "null"]);
    // Both are due again, with their days; the first day stays on record.
    let shown = desk.show(&missed);
    assert_eq!((shown["due"].as_str(), shown["derived"]["now_due"].as_str()), (Some("2026-11-19"), Some("2026-11-27")));
    desk.clock("2026-11-27 17:00");
    desk.cs(&format!("work done {missed} --result done")).ok();
    desk.cs(&format!("work done {carried} --result done --done-on 2026-11-26")).ok();
    assert_eq!(figures(&week(&desk, ""), KEYS), ["3", "2", "0", "0", "1", "0", "0", "66.7"]);
    // What happened later changes nothing in the week that is over, and the report is the same one.
    assert_eq!(figures(&week(&desk, "last-week"), KEYS), ["3", "1", "1", "0", "1", "1", "1", "33.3"]);
    let report = desk.cs("report work 2026-W47 --json").ok().json()["sections"][0].take();
    assert_eq!(report, week(&desk, "2026-W47"));
    desk.is_sound();
}

#[test]
fn r50_a_week_lists_people_items_and_what_comes_next_in_every_format() {
    let desk = Desk::plain();
    planned(&desk, "2026-11-20", "");
    planned(&desk, "2026-11-24", "--staff ZL --by LW");
    let section = week(&desk, "");
    let rows = |name: &str| -> Vec<Value> {
        let table = section["tables"].as_array().unwrap().iter().find(|table| table["name"] == name).unwrap();
        table["rows"].as_array().unwrap().clone()
    };
    let people: Vec<String> = rows("people").iter().map(|row| format!("{} {} {}", row[0], row[1], row[9])).collect();
    assert_eq!(people, ["\"Yang Xue\" \"1\" \"0\"", "\"Zhao Lei\" \"0\" \"1\""]);
    assert_eq!((rows("items").len(), rows("next").len()), (1, 1));
    desk.cs("work week").ok().prints(["Weekly plan and summary", "GZ-261118-YX-1", "Workload score", "Zhao Lei"]);
    desk.cs("work week").lang("zh").ok().prints(["工作计划与小结", "工作量得分", "其后七天到期事项"]);
    desk.cs("work week --format md").ok().prints(["| GZ-261118-YX-1"]);
    desk.cs("work week --format csv").ok().prints(["GZ-261118-YX-1"]);
    no(&desk, "work week 2026-11", &["\"2026-11\" is no week", "2026-W47"], &["不是一周"]);
}

#[test]
fn r50_an_item_done_before_its_week_and_one_across_months_count_where_they_were_due() {
    let mut desk = Desk::plain();
    let early = planned(&desk, "2026-12-02", "");
    desk.cs(&format!("work done {early} --result soon")).ok();
    desk.clock("2026-12-30 10:00");
    assert_eq!(figures(&week(&desk, "2026-W49"), &["due", "on_time", "score"]), ["1", "1", "100.0"]);
    assert_eq!(figures(&week(&desk, "2026-W47"), &["due"]), ["0"]);
}

#[test]
fn r50_an_item_is_a_duty_of_its_person_on_its_day() {
    let desk = Desk::plain();
    let item = planned(&desk, "2026-11-20", "--staff ZL --by LW");
    assert_eq!(desk.due("R50", &item).as_deref(), Some("2026-11-20 18:00"));
    desk.cs("todo --until +7").by("ZL").ok().prints(["planned work: verify the agencies", &item]);
    desk.cs(&format!("work carry-over {item} --due 2026-11-24 --reason 'one is closed'")).by("ZL").ok();
    assert_eq!(desk.due("R50", &item).as_deref(), Some("2026-11-24 18:00"));
    desk.cs(&format!("work done {item} --result ok")).by("ZL").ok();
    assert_eq!(desk.due("R50", &item), None);
}

#[test]
fn r50_on_friday_at_ten_each_specialist_has_a_plan_for_next_week() {
    let mut desk = Desk::plain();
    desk.clock("2026-11-20 09:00");
    // Before anything was ever planned nobody is asked.
    assert_eq!(desk.due("R50", "YX"), None);
    planned(&desk, "2026-11-20", "");
    assert_eq!(desk.due("R50", "YX").as_deref(), Some("2026-11-20 10:00"));
    assert_eq!(desk.due("R50", "ZL").as_deref(), Some("2026-11-20 10:00"));
    // The one who left, and who is no specialist, plan nothing.
    assert_eq!((desk.due("R50", "OLD"), desk.due("R50", "WM")), (None, None));
    let next = planned(&desk, "2026-11-23", "");
    assert_eq!(desk.due("R50", "YX"), None);
    desk.cs(&format!("work carry-over {next} --due 2026-12-01 --reason later")).ok();
    assert_eq!(desk.due("R50", "YX").as_deref(), Some("2026-11-20 10:00"));
    // In the week itself the plan is still asked for, late.
    desk.clock("2026-11-24 09:00");
    assert_eq!(desk.due("R50", "ZL").as_deref(), Some("2026-11-20 10:00"));
    desk.cs("work plan 'call the new customers' --due 2026-11-26").by("ZL").ok();
    assert_eq!(desk.due("R50", "ZL"), None);
    // Where Friday is a day off, it is the working day before.
    desk.cs("calendar add 2026-11-27 --kind off").by("WM").ok();
    desk.clock("2026-11-26 08:00");
    assert_eq!(desk.due("R50", "ZL").as_deref(), Some("2026-11-26 10:00"));
    // However long the days off are.
    desk.cs("work plan 'call them again' --due 2026-12-01").by("ZL").ok();
    for day in ["11-26", "11-30", "12-01", "12-02", "12-03", "12-04"] {
        desk.cs(&format!("calendar add 2026-{day} --kind off")).by("WM").ok();
    }
    desk.clock("2026-12-04 11:00");
    assert_eq!(desk.due("R50", "ZL").as_deref(), Some("2026-11-25 10:00"));
}

#[test]
fn r50_who_may_plan_and_drop() {
    let desk = Desk::plain();
    no(&desk, "work plan x --due 2026-11-20 --staff ZL", &["YX holds no role", "supervisor"], &["YX 的岗位无权"]);
    no_by(&desk, "LW", "work plan x --due 2026-11-20 --staff OLD", &["OLD is not on the staff"], &["不是在职员工"]);
    let item = planned(&desk, "2026-11-20", "");
    no(&desk, &format!("work drop {item} --reason x"), &["may not sign own work (R1)"], &["不能批准自己"]);
    no_by(&desk, "ZL", &format!("work drop {item} --reason x"), &["ZL holds no role"], &["ZL 的岗位无权"]);
    let own = desk.cs("work plan x --due 2026-11-20").by("LW").ok().number();
    no_by(&desk, "LW", &format!("work drop {own} --reason x"), &["may not sign own work (R1)"], &["不能批准自己"]);
    desk.cs(&format!("work drop {own} --reason x")).by("WM").ok();
    desk.is_sound();
}

#[test]
fn r50_the_days_of_an_item_come_one_after_the_other() {
    let mut desk = Desk::plain();
    no(&desk, "work plan x --due 2026-11-17", &["2026-11-17 was over when it was planned"], &["早于登记日 2026-11-18"]);
    let item = planned(&desk, "2026-11-20", "");
    let carry = |due: &str| format!("work carry-over {item} --due {due} --reason x");
    no(&desk, &carry("2026-11-20"), &["no later than 2026-11-20"], &["不晚于现期限"]);
    let done = |on: &str| format!("work done {item} --result x --done-on {on}");
    no(&desk, &done("2026-11-19"), &["2026-11-19 had not come on 2026-11-18"], &["2026-11-19 还没到"]);
    no(&desk, &done("2026-11-17"), &["planned on 2026-11-18 only"], &["2026-11-18 才登记"]);
    // A slip of the pen is mended on the day; from the next on the day stands.
    desk.cs(&format!("work edit {item} --due 2026-11-21")).ok();
    desk.clock("2026-11-23 09:00");
    no(
        &desk,
        &format!("work edit {item} --due 2026-11-25"),
        &["stand since", "work carry-over"],
        &["不能修改", "顺延"],
    );
    desk.cs(&format!("work edit {item} --what 'verify one agency'")).ok();
    no(&desk, &carry("2026-11-22"), &["2026-11-22 was over"], &["2026-11-22 早于"]);
    desk.cs(&done("2026-11-20")).ok();
    no(&desk, &carry("2026-11-30"), &["carry-over can't be done now"], &["现在不能做 carry-over"]);
    assert_eq!(desk.show(&item)["derived"]["standing"], "on_time");
    desk.is_sound();
}
