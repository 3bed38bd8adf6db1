//! The bonus base of a month (R55), reckoned by hand beside the program.

mod common;

use common::{Desk, no, no_by};
use serde_json::Value;

/// Work planned by YX for a day, and done on another, each at ten in the morning.
fn item(desk: &mut Desk, planned: &str, due: &str, done: Option<&str>) -> String {
    desk.clock(&format!("{planned} 10:00"));
    let number = desk.cs(&format!("work plan 'verify an agency' --due {due}")).ok().number();
    if let Some(done) = done {
        desk.clock(&format!("{done} 10:00"));
        desk.cs(&format!("work done {number} --result verified")).ok();
    }
    number
}

/// The steps of somebody's month, each as `step: what: reckoned = value`; what is empty is left out.
fn steps(desk: &Desk, words: &str) -> Vec<String> {
    let rows = desk.cs(&format!("score month {words} --json")).ok().json();
    let told = |row: &Value| {
        let held = |key: &str| row[key].as_str().filter(|text| !text.is_empty()).map(str::to_string);
        ["step", "what", "reckoned", "value"].into_iter().filter_map(held).collect::<Vec<_>>().join(" | ")
    };
    rows.as_array().unwrap().iter().map(told).collect()
}

/// The month of everybody who has weeks, points or assessments, each as
/// `staff weeks work given taken performance other base worth`.
fn month(desk: &Desk, words: &str) -> Vec<String> {
    let rows = desk.cs(&format!("score month {words} --json")).ok().json();
    let keys = ["staff", "weeks", "work", "given", "taken", "performance", "other", "base", "worth"];
    let told = |row: &Value| keys.map(|key| row[key].as_str().unwrap_or("-").to_string()).join(" ");
    let rows: Vec<String> = rows.as_array().unwrap().iter().map(told).collect();
    rows.into_iter().filter(|row| !row.ends_with(" 0 - 0 0 100.0 - 100.0 0.00")).collect()
}

fn add(desk: &Desk, line: &str) -> String {
    desk.cs(&format!("score add {line}")).by("LW").ok().number()
}

/// October 2026 has five Fridays: 2, 9, 16, 23 and 30. All that YX and ZL did in it, as known on 18 November.
fn october() -> Desk {
    let mut desk = Desk::plain();
    // Week 40, 28 September to 4 October, is October's, for its Friday is the 2nd: four due, three done in time.
    item(&mut desk, "2026-09-25", "2026-09-28", Some("2026-09-28"));
    item(&mut desk, "2026-09-28", "2026-09-30", Some("2026-09-30"));
    item(&mut desk, "2026-09-30", "2026-10-02", Some("2026-10-02"));
    item(&mut desk, "2026-09-30", "2026-10-01", Some("2026-10-02"));
    // Week 41: three due, two in time.
    item(&mut desk, "2026-10-05", "2026-10-08", Some("2026-10-08"));
    item(&mut desk, "2026-10-05", "2026-10-09", Some("2026-10-09"));
    item(&mut desk, "2026-10-05", "2026-10-07", None);
    // Week 42: nothing due.
    // Week 43: two due and one in time; a third was carried over by its day, and is due in week 44.
    item(&mut desk, "2026-10-19", "2026-10-21", Some("2026-10-20"));
    item(&mut desk, "2026-10-19", "2026-10-22", Some("2026-10-23"));
    let carried = item(&mut desk, "2026-10-19", "2026-10-23", None);
    desk.clock("2026-10-23 11:00");
    desk.cs(&format!("work carry-over {carried} --due 2026-10-28 --reason 'the agency moved'")).ok();
    // Week 44, 26 October to 1 November: two due, both in time.
    item(&mut desk, "2026-10-26", "2026-11-01", Some("2026-10-30"));
    desk.clock("2026-10-28 10:00");
    desk.cs(&format!("work done {carried} --result verified")).ok();
    // An item of November's first week.
    item(&mut desk, "2026-10-30", "2026-11-02", Some("2026-11-02"));
    desk.clock("2026-11-18 10:00");
    // 10 + 5 + 8 + 5 are given, 4 taken; 30 were taken and given back; September's and November's days count there.
    add(&desk, "YX --clause A2.1 --points 10 --evidence idea --on 2026-10-01");
    add(&desk, "YX --clause A1.2 --evidence letter --on 2026-10-12");
    add(&desk, "YX --clause A2.4 --points 8 --evidence prize --on 2026-10-20");
    add(&desk, "YX --clause A1.4 --points 5 --evidence audit --on 2026-10-31");
    add(&desk, "YX --clause D2.5 --points 4 --evidence away --on 2026-10-14");
    let wrong = add(&desk, "YX --clause D5.1 --evidence rumour --on 2026-10-15");
    desk.cs(&format!("score reverse {wrong} --reason 'it was not so'")).by("LW").ok();
    add(&desk, "YX --clause D2.2 --evidence late --on 2026-09-30");
    add(&desk, "YX --clause D2.2 --evidence late --on 2026-11-01");
    // Of ZL 30 + 30 + 30 + 20 are taken and 5 given.
    for leak in 1..=3 {
        add(&desk, &format!("ZL --clause D5.1 --evidence leak{leak} --on 2026-10-08"));
    }
    add(&desk, "ZL --clause D5.2 --points 20 --evidence post --on 2026-10-09");
    add(&desk, "ZL --clause A1.3 --evidence thanks --on 2026-10-30");
    desk
}

#[test]
fn r55_a_month_of_five_fridays_by_hand() {
    let desk = october();
    // Workload: 3/4 = 75, 2/3 = 66.666…, 1/2 = 50, 2/2 = 100: 291.666… / 4 = 72.916….
    // Performance: 100 + 28 − 4 = 124, held to 120. No assessment: its 10 % go to the others.
    // (60 × 72.916… + 30 × 120) / 90 = (4375 + 3600) / 90 = 88.611….
    // Worth: (28 − 4) × 20 = 480.
    assert_eq!(
        steps(&desk, "YX 2026-10"),
        [
            "week | 2026-W40, Friday 2026-10-02 | 3 ÷ 4 = 75.0% | 75.0",
            "week | 2026-W41, Friday 2026-10-09 | 2 ÷ 3 = 66.7% | 66.7",
            "week | 2026-W42, Friday 2026-10-16 | nothing due: does not count",
            "week | 2026-W43, Friday 2026-10-23 | 1 ÷ 2 = 50.0% | 50.0",
            "week | 2026-W44, Friday 2026-10-30 | 2 ÷ 2 = 100.0% | 100.0",
            "work | (75.0% + 66.7% + 50.0% + 100.0%) ÷ 4 = 72.9% | 72.9",
            "award | 2026-10-01 A2.1 Constructive proposal | +10",
            "award | 2026-10-12 A1.2 Written praise from a customer | +5",
            "deduction | 2026-10-14 D2.5 Left the post | -4",
            "deduction | 2026-10-15 D5.1 Leaked a company secret | reversed: does not count",
            "award | 2026-10-20 A2.4 Upheld or won honour for the department or company | +8",
            "award | 2026-10-31 A1.4 Excellent work on a task set by a leader | +5",
            "performance | 100 + 28 − 4 = 124, not above 120 | 120.0",
            "other | no assessment",
            "base | (60% × 72.9 + 30% × 120.0) ÷ 90% = 88.6; 10% of what is missing is spread over the rest | 88.6",
            "worth | (28 − 4) × 20.00 = 480.00 | 480.00",
        ]
    );
    // ZL: 100 + 5 − 110 = −5, held to 0; nothing was ever due, so that all weighs on it.
    assert_eq!(month(&desk, "2026-10"), ["YX 4 72.9 28 4 120.0 - 88.6 480.00", "ZL 0 - 5 110 0.0 - 0.0 -2100.00"]);
    let of_zl = steps(&desk, "zhao 2026-10");
    assert!(of_zl.contains(&"performance | 100 + 5 − 110 = -5, not below 0 | 0.0".to_string()), "{of_zl:?}");
    assert!(of_zl.contains(&"worth | (5 − 110) × 20.00 = -2100.00 | -2100.00".to_string()), "{of_zl:?}");
    let rows = desk.cs("score month YX 2026-10 --json").ok().json();
    assert_eq!(rows[0]["records"].as_array().unwrap().len(), 4);
    assert_eq!(rows[9]["records"], serde_json::json!(["JX-261118-LW-6"]));
    // The same for people, with the records behind each step; and in Chinese.
    let text = desk.cs("score month YX 2026-10").ok();
    assert!(text.stdout.contains("3 ÷ 4 = 75.0%") && text.stdout.contains("GZ-260925-YX-1"), "{text}");
    assert!(text.stderr.contains("YX Yang Xue, 2026-10"), "{text}");
    let chinese = desk.cs("score month YX 2026-10 --lang zh").ok().stdout;
    assert!(chinese.contains("124，不高于 120") && chinese.contains("缺项的 10% 由其余各项按比例分摊"), "{chinese}");
    let markdown = desk.cs("score month 2026-10 --format md").ok().stdout;
    assert!(
        markdown.contains("| 2026-10 | YX | Yang Xue | 4 | 72.9% | 28 | 4 | 120.0 |  | 88.6 | 480.00 |"),
        "{markdown}"
    );
    let csv = desk.cs("score month YX 2026-10 --format csv").ok().stdout;
    assert!(csv.contains("step,what,reckoned,value,records"), "{csv}");
    desk.is_sound();
}

#[test]
fn r55_other_assessments_are_the_first_test_and_the_calls_of_the_month() {
    let desk = Desk::plain();
    let test = desk.cs("train plan test --when '2026-11-16 15:00' --attendees 'YX;ZL'").ok().number();
    for (staff, points) in [("YX", 52), ("ZL", 90)] {
        desk.cs(&format!("train mark {test} --staff {staff} --points {points}")).by("LW").ok();
    }
    desk.cs(&format!("train resit {test} --staff YX --points 95")).by("LW").ok();
    desk.cs("qa score YX --on 2026-11-16 --marks answer=20 --said 'no price'").by("LW").ok();
    desk.cs("qa score YX --on 2026-11-17 --marks answer=26").by("LW").ok();
    // October's call is October's.
    desk.cs("qa score YX --on 2026-10-30 --marks answer=0 --said 'no answer'").by("LW").ok();
    // Items are worth 100 together: 90 + 96 of 200 = 93; the first result stands: 52. (52 + 93) / 2 = 72.5.
    // Nothing was due: (30 × 100 + 10 × 72.5) / 40 = 93.125.
    let told = steps(&desk, "YX 2026-11");
    let of = |step: &str| told.iter().filter(|row| row.starts_with(step)).cloned().collect::<Vec<_>>();
    assert_eq!(
        of("assessment"),
        [
            "assessment | training test | 52 ÷ 100 = 52.0% | 52.0",
            "assessment | call quality | 186 ÷ 200 = 93.0% | 93.0"
        ]
    );
    assert_eq!(of("other"), ["other | (52.0% + 93.0%) ÷ 2 = 72.5% | 72.5"]);
    assert_eq!(
        of("base"),
        ["base | (30% × 100.0 + 10% × 72.5) ÷ 40% = 93.1; 60% of what is missing is spread over the rest | 93.1"]
    );
    desk.is_sound();
}

#[test]
fn r55_a_week_across_two_months_counts_once_in_that_of_its_friday() {
    let desk = october();
    // Of September stands what was entered about its days, and no week: that of 28 September is October's.
    assert_eq!(month(&desk, "2026-09"), ["YX 0 - 0 5 95.0 - 95.0 -100.00"]);
    assert!(steps(&desk, "YX 2026-09").iter().all(|step| !step.contains("2026-W40")));
    // Of November the week of 26 October to 1 November is none, though a day of it is November's.
    assert_eq!(steps(&desk, "YX 2026-11")[0], "week | 2026-W45, Friday 2026-11-06 | 1 ÷ 1 = 100.0% | 100.0");
    assert_eq!(month(&desk, "2026-11"), ["YX 1 100.0 0 5 95.0 - 98.3 -100.00"]);
}

#[test]
fn r55_a_week_counts_once_it_is_over_and_as_its_own_summary_told_it() {
    let mut desk = Desk::plain();
    desk.clock("2026-10-19 10:00");
    let late = item(&mut desk, "2026-10-19", "2026-10-20", None);
    item(&mut desk, "2026-10-19", "2026-10-22", Some("2026-10-20"));
    let of_week = |desk: &Desk| steps(desk, "YX 2026-10").into_iter().find(|step| step.contains("W43")).unwrap();
    desk.clock("2026-10-25 23:00");
    assert_eq!(of_week(&desk), "week | 2026-W43, Friday 2026-10-23 | 1 of 2 so far; not over: does not count");
    assert_eq!(month(&desk, "2026-10"), [] as [&str; 0]);
    desk.clock("2026-10-26 09:00");
    let told = "week | 2026-W43, Friday 2026-10-23 | 1 ÷ 2 = 50.0% | 50.0";
    assert_eq!(of_week(&desk), told);
    // (60 × 50 + 30 × 100) / 90 = 66.666….
    assert_eq!(month(&desk, "2026-10"), ["YX 1 50.0 0 0 100.0 - 66.7 0.00"]);
    // What is noted after the week changes it no more, as the week's report.
    desk.cs(&format!("work done {late} --result verified --done-on 2026-10-20")).by("LW").ok();
    assert_eq!(of_week(&desk), told);
    let week = desk.cs("report work 2026-W43 --json").ok().json()["sections"][0]["figures"].take();
    let score = week.as_array().unwrap().iter().find(|figure| figure["key"] == "score").unwrap();
    assert_eq!(score["value"], "50.0");
    // A week that has not begun is not shown.
    assert_eq!(steps(&desk, "YX 2026-10").iter().filter(|step| step.starts_with("week")).count(), 5);
    desk.clock("2026-10-16 10:00");
    assert_eq!(steps(&desk, "YX 2026-10").iter().filter(|step| step.starts_with("week")).count(), 3);
}

#[test]
fn r55_r68_a_month_is_reckoned_by_the_figures_in_force_when_it_began() {
    let desk = october();
    let weights = "score.weight_work = 20\nscore.weight_performance = 70\n";
    desk.append("policy.toml", &format!("\n[[change]]\nfrom = 2026-10-01\nscore.cap = 110\n{weights}"));
    desk.append("policy.toml", "\n[[change]]\nfrom = 2026-10-20\nscore.base = 50\nscore.point_yuan = \"25\"\n");
    // (20 × 72.916… + 70 × 110) / 90 = (1458.333… + 7700) / 90 = 101.759….
    // Each point is worth what it was on its day: (15 − 4) × 20 + 13 × 25 = 545.
    let yx = &month(&desk, "2026-10")[0];
    assert_eq!(yx, "YX 4 72.9 28 4 110.0 - 101.8 545.00");
    assert!(
        steps(&desk, "YX 2026-10")
            .contains(&"worth | (15 − 4) × 20.00 + (13 − 0) × 25.00 = 545.00 | 545.00".to_string())
    );
    // 100 − 5 = 95 before; 50 − 5 = 45 after, with (20 × 100 + 70 × 45) / 90 = 57.222….
    assert_eq!(month(&desk, "2026-09"), ["YX 0 - 0 5 95.0 - 95.0 -100.00"]);
    assert_eq!(month(&desk, "2026-11")[0..1], ["AS 0 - 0 0 50.0 - 50.0 0.00"]);
    assert!(month(&desk, "2026-11").contains(&"YX 1 100.0 0 5 45.0 - 57.2 -125.00".to_string()));
    desk.append("policy.toml", "\n[[change]]\nfrom = 2026-12-01\nscore.weight_other = 20\n");
    no(&desk, "score month", &["add up to 110, not to 100"], &["合计为 110，应为 100"]);
}

#[test]
fn r55_who_left_before_the_month_or_came_after_it_is_not_in_it() {
    let desk = october();
    let there = |words: &str| {
        let rows = desk.cs(&format!("score month {words} --json")).ok().json();
        rows.as_array().unwrap().iter().any(|row| row["staff"] == "OLD")
    };
    // OLD left on 31 October. Of months before the first record nothing is known.
    assert!(there("2026-10") && !there("2026-11") && !there("2026-08"));
    no(&desk, "score month OLD 2026-11", &["OLD", "did not work here in 2026-11"], &["在 2026-11 不在职"]);
    no(&desk, "score month YX 2026-08", &["nothing is on record of 2026-08"], &["2026-08 没有任何记录"]);
    // A month that has not begun is nobody's.
    assert_eq!(desk.cs("score month 2026-12 --json").ok().json(), serde_json::json!([]));
    no(&desk, "score month YX 2026-12", &["2026-12 has not begun"], &["2026-12 尚未开始"]);
    // Either way round; what is no month is said to be none, not taken for a name.
    assert_eq!(steps(&desk, "2026-10 YX"), steps(&desk, "YX 2026-10"));
    assert_eq!(steps(&desk, "上月 YX"), steps(&desk, "YX 2026-10"));
    no(&desk, "score month 2026-13", &["\"2026-13\" is no period"], &["“2026-13”不是有效的期间"]);
    no(&desk, "score month 2026-13 YX", &["\"2026-13\" is no period"], &["“2026-13”不是有效的期间"]);
    for word in ["2026-Q4", "2026-10-01", "2026-10-01..2026-10-31", "2026-W40"] {
        no(&desk, &format!("score month {word}"), &["is no month", "last-month"], &["不是月份", "上月"]);
    }
    no(&desk, "score month nobody 2026-10", &["no staff"], &["没有"]);
}

#[test]
fn r55_who_left_before_a_month_is_not_in_it_though_its_first_week_began_before() {
    let mut desk = Desk::plain();
    // Week 40, 28 September to 4 October, is October's.
    item(&mut desk, "2026-09-25", "2026-09-29", Some("2026-09-29"));
    desk.clock("2026-11-18 10:00");
    desk.cs("staff edit YX --left 2026-09-30").by("LW").ok();
    let there = |words: &str| {
        let rows = desk.cs(&format!("score month {words} --json")).by("LW").ok().json();
        rows.as_array().unwrap().iter().any(|row| row["staff"] == "YX")
    };
    assert!(there("2026-09") && !there("2026-10"));
    no_by(&desk, "LW", "score month YX 2026-10", &["did not work here in 2026-10"], &["在 2026-10 不在职"]);
}

#[test]
fn r55_a_month_before_the_first_record_with_entries_about_its_days_is_a_month() {
    let desk = Desk::plain();
    add(&desk, "YX --clause D3.1 --evidence 'report not done' --on 2026-06-30");
    assert_eq!(month(&desk, "2026-06"), ["YX 0 - 0 2 98.0 - 98.0 -40.00"]);
    assert_eq!(steps(&desk, "YX 2026-06").last().unwrap(), "worth | (0 − 2) × 20.00 = -40.00 | -40.00");
    assert_eq!(desk.cs("score month 2026-07 --json").ok().json(), serde_json::json!([]));
}

#[test]
fn r55_r58_the_report_tells_the_bonus_the_standing_the_ledger_and_what_is_proposed() {
    let desk = october();
    let report = |words: &str| desk.cs(&format!("report scores {words} --json")).ok().json()["sections"][0].take();
    let figures = |section: &Value| -> Vec<String> {
        let told = |f: &Value| format!("{} {}", f["key"].as_str().unwrap(), f["value"].as_str().unwrap_or("-"));
        section["figures"].as_array().unwrap().iter().map(told).collect()
    };
    let rows = |section: &Value, name: &str| -> Vec<Value> {
        let table = section["tables"].as_array().unwrap().iter().find(|table| table["name"] == name).unwrap();
        let keys: Vec<&str> =
            table["columns"].as_array().unwrap().iter().map(|column| column.as_str().unwrap()).collect();
        let named = |row: &Value| keys.iter().map(|key| key.to_string()).zip(row.as_array().unwrap().clone()).collect();
        table["rows"].as_array().unwrap().iter().map(named).collect()
    };
    let october = report("2026-10");
    // Entries of October's days made in November are October's.
    assert_eq!(figures(&october), ["entries 10", "given 33", "taken 114", "worth -1620.00", "warned 0", "flagged 1"]);
    let bonus = rows(&october, "bonus");
    assert_eq!(bonus.iter().find(|row| row["staff"] == "YX").unwrap()["base"], "88.6");
    let standing = rows(&october, "standing");
    assert_eq!((&standing[0]["person"], &standing[0]["taken"]), (&"Zhao Lei".into(), &"110".into()));
    // YX lost 5 in September and 4 in October; the 5 of 1 November are not yet in it.
    assert_eq!((&standing[1]["person"], &standing[1]["taken"]), (&"Yang Xue".into(), &"9".into()));
    // Eleven entries and a reversal.
    assert_eq!(rows(&october, "ledger").len(), 12);
    // Due on 7 October, a day off, and not done when the next working day ended.
    let proposed = rows(&october, "proposals");
    assert!(proposed.iter().any(|row| row["key"] == "D3.1-YX-261008-GZ-261005-YX-3"), "{proposed:?}");
    // A half-year holds each month from that of the first record to the one that runs.
    let half = report("2026-H2");
    let months: Vec<String> =
        rows(&half, "bonus").iter().map(|row| row["month"].as_str().unwrap().to_string()).collect();
    assert_eq!((months.first().unwrap().as_str(), months.last().unwrap().as_str()), ("2026-09", "2026-11"));
    let year = report("2026");
    let halves: Vec<String> =
        rows(&year, "standing").iter().map(|row| row["half"].as_str().unwrap().to_string()).collect();
    assert_eq!(halves, ["2026-H2", "2026-H2"]);
    // The general reports tell it in short, and who is not to stay in post is to be decided.
    let month = desk.cs("report month 2026-11 --json").ok().json();
    let section = |name: &str| month["sections"].as_array().unwrap().iter().find(|s| s["name"] == name).unwrap();
    assert_eq!(
        figures(section("scores")),
        ["entries 1", "given 0", "taken 5", "worth -100.00", "warned 0", "flagged 1"]
    );
    let decide = section("decide");
    assert!(figures(decide).contains(&"flagged 1".to_string()), "{decide}");
    let flagged = rows(decide, "flagged");
    assert_eq!((flagged.len(), &flagged[0]["person"]), (1, &"Zhao Lei".into()));
    for format in ["text", "md", "csv", "html"] {
        desk.cs(&format!("report scores 2026-10 --format {format}")).ok();
    }
}

#[test]
fn a_department_without_scores_is_told_of_none_in_the_general_reports() {
    let desk = Desk::plain();
    let month = desk.cs("report month 2026-11 --json").ok().json();
    assert!(month["sections"].as_array().unwrap().iter().all(|section| section["name"] != "scores"));
}

#[test]
fn r55_a_month_that_has_not_begun_has_no_bonus_base() {
    let desk = Desk::plain();
    desk.order();
    let known = |words: &str| desk.cs(&format!("score month {words} --json")).ok().json().as_array().unwrap().len();
    assert!(known("2026-11") > 0 && known("YX 2026-11") > 0);
    assert_eq!(known("2026-12"), 0);
    desk.cs("score month YX 2026-12").fails(1).says(["2026-12"]);
}
