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
    desk.cs(&format!("work done {carried} --result done --done-on 2026-11-26")).by("LW").ok();
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
    desk.cs(&format!("work carry-over {item} --due 2026-11-24 --reason 'one is closed'")).by("LW").ok();
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
    desk.cs(&done("2026-11-20")).by("LW").ok();
    no(&desk, &carry("2026-11-30"), &["carry-over can't be done now"], &["现在不能做 carry-over"]);
    assert_eq!(desk.show(&item)["derived"]["standing"], "on_time");
    desk.is_sound();
}

#[test]
fn r50_nobody_makes_an_own_item_vanish() {
    let mut desk = Desk::plain();
    let void = |item: &str| format!("void {item} --note mistake");
    // A slip of the pen is voided on the day, before the item is due.
    desk.cs(&void(&planned(&desk, "2026-11-18", ""))).ok();
    let today = planned(&desk, "2026-11-18", "");
    let own = planned(&desk, "2026-11-20", "");
    let leaders = desk.cs("work plan x --due 2026-11-20").by("LW").ok().number();
    let set = planned(&desk, "2026-11-20", "--staff LW --by WM");
    let task = planned(&desk, "2026-11-20", "--staff YX --by LW");
    no_by(&desk, "LW", &void(&set), &["not by LW (R50)", "WM Wang Min"], &["LW 不能作废（R50）"]);
    no(&desk, &void(&task), &["not by YX (R50)", "LW Li Wei"], &["YX 不能作废（R50）"]);
    desk.clock("2026-11-18 18:30");
    no(&desk, &void(&today), &["before it is due"], &["到期前"]);
    desk.clock("2026-11-19 09:00");
    no(&desk, &void(&own), &["not by YX (R50)"], &["YX 不能作废（R50）"]);
    no_by(&desk, "LW", &void(&leaders), &["not by LW (R50)"], &["LW 不能作废（R50）"]);
    for (item, by) in [(&today, "LW"), (&own, "LW"), (&leaders, "WM"), (&set, "WM"), (&task, "LW")] {
        desk.cs(&void(item)).by(by).ok();
    }
    desk.is_sound();
    // What a hand wrote is told, too.
    desk.swap("work/2026-11.csv", &format!(",WM,{leaders},void"), &format!(",LW,{leaders},void"));
    let found = desk.found();
    assert!(found.len() == 1 && found[0].starts_with("sign.own work/2026-11.csv"), "{found:?}");
}

#[test]
fn r50_only_whom_an_item_concerns_takes_its_steps() {
    let mut desk = Desk::plain();
    let [own, task] = ["", "--staff YX --by LW"].map(|flags| planned(&desk, "2026-11-20", flags));
    let leaders = planned(&desk, "2026-11-20", "--staff LW --by WM");
    let steps = |item: &str| {
        [
            format!("work done {item} --result done"),
            format!("work carry-over {item} --due 2026-11-27 --reason later"),
            format!("work edit {item} --what less"),
        ]
    };
    for line in steps(&own) {
        no_by(&desk, "ZL", &line, &["is the work of YX, not of ZL (R50)", "LW Li Wei"], &["责任人是 YX，不是 ZL"]);
    }
    // What another set is done by its person, and moved by who may; be it a supervisor's.
    for (item, person, planner) in [(&task, "YX", "LW"), (&leaders, "LW", "WM")] {
        let [done, carry, edit] = steps(item);
        let set = format!("{item} was set by {planner}");
        for line in [&carry, &edit] {
            no_by(&desk, person, line, &[&set, "not change it or carry it over"], &["不能自行修改或顺延"]);
        }
        desk.cs(&edit).by(planner).ok();
        desk.cs(&carry).by("WM").ok();
        desk.cs(&done).by(person).ok();
    }
    // A supervisor takes any of another's.
    for line in steps(&own).iter().rev() {
        desk.cs(line).by("LW").ok();
    }
    no(
        &desk,
        &format!("work edit {own} --what more"),
        &["open no more since step 4", "cs void"],
        &["不能再修改（R50）"],
    );
    desk.cs(&format!("void {own} --step 4 --note early")).by("LW").ok();
    desk.cs(&format!("work edit {own} --what more")).ok();
    let dropped = planned(&desk, "2026-11-20", "");
    desk.cs(&format!("work drop {dropped} --reason x")).by("LW").ok();
    no_by(&desk, "LW", &format!("work edit {dropped} --what more"), &["step 2 (Dropped)"], &["步骤 2（取消）"]);
    desk.is_sound();
    desk.clock("2026-11-19 09:00");
    desk.swap("work/2026-11.csv", &format!(",YX,{task},done"), &format!(",ZL,{task},done"));
    let found = desk.found();
    assert!(found.len() == 1 && found[0].starts_with("sign.role work/2026-11.csv"), "{found:?}");
}

#[test]
fn r50_nobody_certifies_an_own_item_as_in_time_afterwards() {
    let mut desk = Desk::plain();
    let items = ["", "", "--staff YX --by LW"].map(|flags| planned(&desk, "2026-11-20", flags));
    let [own, late, task] = &items;
    desk.clock("2026-11-23 09:00");
    let done = |item: &str, on: &str| format!("work done {item} --result x {on}");
    let told = &["what came of it by then is not for YX to tell", "leave --done-on and --at out", "LW Li Wei"][..];
    let told_zh = &["期限 2026-11-20 已过", "由他人补记"][..];
    for on in ["--done-on 2026-11-20", "--done-on 2026-11-19", "--at '2026-11-20 17:00'"] {
        no(&desk, &done(own, on), told, told_zh);
        no(&desk, &done(task, on), told, told_zh);
    }
    let carry = format!("work carry-over {own} --due 2026-11-27 --reason x --at '2026-11-20 17:00'");
    no(&desk, &carry, told, told_zh);
    // Late, one may say so oneself; that it was done in time, the supervisor says, be it of what he set.
    desk.cs(&done(late, "--done-on 2026-11-21")).ok();
    desk.cs(&done(own, "--done-on 2026-11-20")).by("LW").ok();
    desk.cs(&done(task, "--at '2026-11-20 17:00'")).by("LW").ok();
    let standing = |item: &str| desk.show(item)["derived"]["standing"].as_str().unwrap().to_string();
    assert_eq!([own, late, task].map(|item| standing(item)), ["on_time", "late", "on_time"]);
    desk.is_sound();
    // On the day itself it is free.
    let today = planned(&desk, "2026-11-24", "");
    desk.clock("2026-11-24 20:00");
    desk.cs(&done(&today, "--done-on 2026-11-23")).ok();
    desk.swap("work/2026-11.csv", &format!(",LW,{own},done"), &format!(",YX,{own},done"));
    let found = desk.found();
    assert!(found.len() == 1 && found[0].starts_with("sign.own work/2026-11.csv"), "{found:?}");
}

#[test]
fn r50_what_is_not_done_by_the_end_of_its_day_is_missed_in_the_days_that_end_with_it() {
    let mut desk = Desk::plain();
    planned(&desk, "2026-11-22", "");
    planned(&desk, "2026-11-30", "");
    let open_and_missed = |desk: &Desk, line: &str| {
        let section = desk.cs(&format!("{line} --json")).ok().json()["sections"][0].take();
        let people = section["tables"].as_array().unwrap().iter().find(|table| table["name"] == "people").unwrap();
        let items = section["tables"].as_array().unwrap().iter().find(|table| table["name"] == "items").unwrap();
        let standing = items["rows"].as_array().unwrap().last().unwrap()[5].as_str().unwrap().to_string();
        let row = people["rows"][0].as_array().unwrap();
        (figures(&section, &["open", "missed"]).join(" "), row[4].to_string() + &row[5].to_string(), standing)
    };
    let told = |figures: &str, row: &str, standing: &str| (figures.to_string(), row.to_string(), standing.to_string());
    desk.clock("2026-11-22 23:30");
    assert_eq!(open_and_missed(&desk, "work week"), told("1 0", "\"1\"\"0\"", "open"));
    desk.clock("2026-12-02 09:00");
    for line in ["work week 2026-W47", "report work 2026-W47", "report work 2026-11-23..2026-11-30"] {
        assert_eq!(open_and_missed(&desk, line), told("0 1", "\"0\"\"1\"", "missed"), "{line}");
    }
    assert_eq!(open_and_missed(&desk, "report work 2026-11"), told("0 2", "\"0\"\"2\"", "missed"));
}

#[test]
fn r50_an_item_says_whose_it_is() {
    let desk = Desk::plain();
    let own = planned(&desk, "2026-11-20", "");
    let task = planned(&desk, "2026-11-20", "--staff ZL --by LW");
    let listed = desk.cs("work list --json").ok().json();
    let whose = |item: &str| {
        let rows = listed.as_array().unwrap();
        rows.iter().find(|row| row["number"] == item).unwrap()["staff"].clone()
    };
    assert_eq!((whose(&own), whose(&task)), ("Yang Xue".into(), "Zhao Lei".into()));
    let shown = desk.cs(&format!("show {own}")).ok().stdout;
    assert_eq!(shown.lines().filter(|line| line.starts_with("Whose")).count(), 1, "{shown}");
    // Where a hand left it out, it is whoever planned it.
    desk.swap("work/2026-11.csv", "2026-11-20,YX,", "2026-11-20,,");
    let shown = desk.cs(&format!("show {own}")).ok().stdout;
    assert_eq!(shown.lines().filter(|line| line.starts_with("Whose")).count(), 1, "{shown}");
    desk.is_sound();
}
