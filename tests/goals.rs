//! Goals (R65): what figures are to come to, by the policy in force (R68), beside them in every report and format; and of
//! roles and persons.

mod common;

use common::Desk;
use serde_json::Value;

/// A visit that YX or another makes today, with a score for satisfaction.
fn visit(desk: &Desk, by: &str, customer: &str, score: u8) -> String {
    let need = if score < 3 { "complaint" } else { "nothing" };
    let line = format!(
        "visit log {customer} --purpose monthly --channel hotline --content x --satisfaction {score} --need {need}"
    );
    desk.cs(&line).by(by).ok().number()
}

/// The figure of a report of November 2026.
fn figure(desk: &Desk, report: &str, section: &str, key: &str) -> Value {
    let report = desk.cs(&format!("report {report} --json")).ok().json();
    let sections = report["sections"].as_array().unwrap();
    let section = sections.iter().find(|found| found["name"] == section).unwrap();
    section["figures"].as_array().unwrap().iter().find(|found| found["key"] == key).unwrap().clone()
}

/// The rows of a report's table of goals, each as `figure code bound goal actual standing miss records`.
fn goals(desk: &Desk, report: &str) -> Vec<String> {
    let report = desk.cs(&format!("report {report} --json")).ok().json();
    let section = report["sections"].as_array().unwrap().iter().find(|found| found["name"] == "goals").cloned();
    let Some(section) = section else { return Vec::new() };
    let table = &section["tables"][0];
    let word = |cell: &Value| cell.as_str().unwrap_or("-").to_string();
    let row = |(row, records): (&Value, &Value)| {
        let cells = row.as_array().unwrap();
        let told: Vec<String> = [0, 1, 3, 4, 5, 6, 7].map(|at| word(&cells[at])).to_vec();
        format!("{} {}", told.join(" "), records.as_array().unwrap().len())
    };
    table["rows"].as_array().unwrap().iter().zip(table["records"].as_array().unwrap()).map(row).collect()
}

/// YX visited thrice: 5, 4 and 4, in the mean 4.33; ZL twice: 5 and 5. All together 4.60.
fn visited() -> Desk {
    let desk = Desk::plain();
    for (by, customer, score) in
        [("YX", "ACME", 5), ("YX", "ACME", 4), ("YX", "ACME", 4), ("ZL", "RIVER", 5), ("ZL", "SHOPS", 5)]
    {
        visit(&desk, by, customer, score);
    }
    desk
}

#[test]
fn r65_each_figure_with_a_goal_tells_it_and_by_how_much_it_is_missed() {
    let desk = visited();
    let told = |desk: &Desk, report: &str| {
        let found = figure(desk, report, "visits", "satisfaction");
        ["value", "goal", "met", "miss"].map(|key| found[key].to_string()).join(" ")
    };
    let met = r#""4.60" {"at_least":"4.50"} true null"#;
    for report in ["day", "week", "month", "quarter", "year", "visits"] {
        assert_eq!(told(&desk, report), met, "{report}");
    }
    visit(&desk, "YX", "ACME", 3);
    // 26 / 6 = 4.33.
    assert_eq!(told(&desk, "month"), r#""4.33" {"at_least":"4.50"} false "0.17""#);
    // Nothing to measure is neither met nor missed.
    assert_eq!(told(&desk, "visits 2026-10"), r#"null {"at_least":"4.50"} null null"#);
    let other = figure(&desk, "month", "visits", "visits");
    assert_eq!((&other["goal"], &other["met"], &other["miss"]), (&Value::Null, &Value::Null, &Value::Null));
}

#[test]
fn r65_the_goal_stands_beside_the_figure_in_every_format() {
    let mut desk = visited();
    visit(&desk, "YX", "ACME", 3);
    desk.clock("2026-12-01 00:00");
    let november = "report visits 2026-11";
    desk.cs(november).ok().prints(["This period    Goal  Against the goal", "4.33  ≥ 4.50  missed by 0.17"]);
    desk.cs(november).lang("zh").ok().prints(["目标  达成情况", "4.33  ≥ 4.50  差 0.17"]);
    desk.cs(&format!("{november} --format md")).ok().prints(["| ≥ 4.50 | missed by 0.17 |"]);
    desk.cs(&format!("{november} --format csv")).ok().prints([
        "value,unit,previous,last_year,goal,met,miss,records",
        "visits,,,satisfaction,\"Satisfaction, mean\",4.33,points,,,>=4.50,false,0.17,",
    ]);
    desk.cs(&format!("{november} --format html")).ok().prints([
        "<td class=\"number\" data-label=\"Goal\">≥ 4.50</td>",
        "<td class=\"code bad\" data-label=\"Against the goal\">missed by 0.17</td>",
    ]);
}

#[test]
fn r65_while_the_period_runs_a_goal_is_judged_so_far() {
    let mut desk = visited();
    visit(&desk, "YX", "ACME", 3);
    let json = |desk: &Desk| figure(desk, "visits 2026-11", "visits", "satisfaction");
    let running = json(desk.clock("2026-11-30 23:59"));
    desk.cs("report visits 2026-11").ok().prints(["4.33  ≥ 4.50  0.17 off so far"]);
    desk.cs("report visits 2026-11").lang("zh").ok().prints(["4.33  ≥ 4.50  目前差 0.17"]);
    desk.cs("report visits 2026-11 --format md").ok().prints(["| ≥ 4.50 | 0.17 off so far |"]);
    desk.cs("report month 2026-11").ok().prints(["4.33  not met so far"]);
    desk.cs("report month 2026-11").lang("zh").ok().prints(["目前未达标"]);
    assert_eq!(json(desk.clock("2026-12-01 00:00")), running, "to scripts it is the same");
    desk.cs("report month 2026-11").ok().prints(["4.33  missed"]);
    let october = desk.clock("2026-11-18 10:00").cs("report visits 2026-10").ok().stdout;
    assert!(!october.contains("so far"), "{october}");
}

#[test]
fn r65_a_share_that_is_met_exactly_is_met_and_one_beyond_is_missed_in_points() {
    let mut desk = Desk::plain();
    desk.write("policy.toml", "[goals]\nconsults_in_time = \">= 66.7%\"\nconsults_turned = \">= 50%\"\n");
    let consults: Vec<String> = (0..3).map(|_| desk.consult("")).collect();
    for consult in &consults[..2] {
        desk.cs(&format!("consult answer {consult} --answer y")).ok();
    }
    desk.clock("2026-11-20 10:00");
    let told = |key: &str| {
        let found = figure(&desk, "consults", "consults", key);
        ["value", "goal", "met", "miss"].map(|key| found[key].to_string()).join(" ")
    };
    assert_eq!(told("answered_in_time"), r#""66.7" {"at_least":"66.7"} true null"#);
    assert_eq!(told("turned"), r#""0.0" {"at_least":"50.0"} false "50.0""#);
    desk.cs("report consults").ok().prints(["≥ 66.7%  met so far", "≥ 50.0%  50.0 pt off so far"]);
    // The clock has it, too, and a chart draws it.
    assert_eq!(figure(&desk, "sla", "clocks", "consult_answered")["goal"]["at_least"], "66.7");
    desk.cs("report consults --format html")
        .ok()
        .prints(["line class=\"goal\"", "Answered in time: 66.7%, Goal ≥ 66.7%"]);
}

#[test]
fn r65_r68_a_period_is_judged_by_the_goal_of_its_last_day() {
    let desk = visited();
    desk.write(
        "policy.toml",
        "[[change]]\nfrom = 2026-11-30\ngoals.satisfaction = \">= 4.7\"\n[[change]]\nfrom = 2026-12-01\n\
         goals.satisfaction = \"none\"\n",
    );
    let goal = |report: &str| figure(&desk, report, "visits", "satisfaction")["goal"].to_string();
    assert_eq!(goal("visits 2026-11"), r#"{"at_least":"4.70"}"#);
    assert_eq!(goal("visits 2026-11-01..2026-11-29"), r#"{"at_least":"4.50"}"#);
    assert_eq!(goal("year"), "null");
}

#[test]
fn r65_roles_and_persons_are_judged_by_their_own_records() {
    let desk = visited();
    let own = "[goals]\narrival_errors = \"none\"\ncomplaints_in_time = \"none\"\n[goals.specialist]\n\
               satisfaction = \">= 4.4\"\n[goals.ZL]\nsatisfaction = \">= 4.9\"\n";
    desk.write("policy.toml", own);
    let wanted = [
        "satisfaction - at_least 4.50 4.60 met - 5",
        "satisfaction specialist at_least 4.40 4.60 met - 5",
        "satisfaction YX at_least 4.40 4.33 missed 0.07 3",
        "satisfaction ZL at_least 4.90 5.00 met - 2",
    ];
    for report in ["week", "month", "quarter", "year", "visits"] {
        assert_eq!(goals(&desk, report), wanted, "{report}");
    }
    // A report about something else has none, nor has one where nobody but the department has a goal.
    assert_eq!(goals(&desk, "complaints"), [] as [&str; 0]);
    desk.write("policy.toml", "");
    assert_eq!(goals(&desk, "visits"), [] as [&str; 0]);
    assert_eq!(goals(&desk, "month")[0], "arrival_errors - at_most 1.0 - none - 0");
    desk.is_sound();
}

#[test]
fn r65_who_answers_for_a_record_is_judged_by_it() {
    let mut desk = Desk::complaining();
    desk.write(
        "policy.toml",
        "[goals]\nsatisfaction = \"none\"\narrival_errors = \"none\"\ncomplaints_in_time = \"none\"\n[goals.specialist]\n\
         complaints_in_time = \">= 50%\"\narrival_errors = \"<= 10%\"\nworkload = \">= 80%\"\nvisit_coverage = \">= 50%\"\n",
    );
    // YX's customer got nine whole pieces of ten, ZL's all of four.
    for (customer, pieces, good) in [("ACME", 10, 9), ("RIVER", 4, 4)] {
        let to = "--wanted-by 2026-12-10 --consignee x --deliver-to y";
        let order = desk.cs(&format!("order new --customer {customer} {to} --line SHELF={pieces}@120")).ok().number();
        desk.cs(&format!("order confirm {order}")).ok();
        let shipment = desk.departed(&order, &format!("SHELF={pieces}"));
        desk.received(&shipment, &format!("SHELF={good}"));
    }
    // A complaint that YX took and handed to ZL is ZL's (R37).
    let complaint = desk.complaint("");
    desk.cs(&format!("complain hand-on {complaint} --to ZL")).ok();
    desk.clock("2026-11-27 10:00");
    visit(&desk, "YX", "ACME", 5);
    let told = goals(&desk, "month");
    assert_eq!(
        told,
        [
            "arrival_errors specialist at_most 10.0 7.1 met - 2",
            "arrival_errors YX at_most 10.0 10.0 met - 1",
            "arrival_errors ZL at_most 10.0 0.0 met - 1",
            "visit_coverage specialist at_least 50.0 33.3 missed 16.7 1",
            "visit_coverage YX at_least 50.0 100.0 met - 1",
            "visit_coverage ZL at_least 50.0 0.0 missed 50.0 0",
            "complaints_in_time specialist at_least 50.0 0.0 missed 50.0 1",
            "complaints_in_time YX at_least 50.0 - none - 0",
            "complaints_in_time ZL at_least 50.0 0.0 missed 50.0 1",
            "workload specialist at_least 80.0 - none - 0",
            "workload YX at_least 80.0 - none - 0",
            "workload ZL at_least 80.0 - none - 0",
        ]
    );
}

/// YX, ZL and AS in November 2026: who came to a class, passed a test, was well spoken on the phone and on time for a shift.
fn taught_and_heard() -> Desk {
    let mut desk = Desk::plain();
    for staff in ["QA --name 'Qin An' --roles qa", "CC --name 'Cao Can' --roles call_centre"] {
        desk.cs(&format!("staff add {staff}")).by("WM").ok();
    }
    desk.clock("2026-11-15 10:00");
    let roster = |who: &str, on: &str, span: &str| {
        desk.cs(&format!("shift roster {who} --on 2026-11-{on} --span {span}")).by("LW").ok().number()
    };
    let shifts = [("YX", "16", "08:00-16:00"), ("ZL", "16", "16:00-24:00"), ("AS", "17", "08:00-16:00")].map(
        |(who, on, span)| {
            let shift = roster(who, on, span);
            (shift, who, on, span)
        },
    );
    let train = |line: &str| {
        let called = "--topic x --trainer LW --attendees 'YX;ZL;AS'";
        desk.cs(&format!("train plan {line} {called}")).by("LW").ok().number()
    };
    let [class, test] = ["class --when '2026-11-16 09:00'", "test --when '2026-11-17 09:00'"].map(train);
    desk.clock("2026-11-18 17:00");
    for (shift, who, on, span) in shifts {
        let (begin, end) = span.split_once('-').unwrap();
        let begin = if who == "ZL" { "16:10" } else { begin };
        desk.cs(&format!("shift in {shift} --at '2026-11-{on} {begin}'")).by(who).ok();
        desk.cs(&format!("shift out {shift} --at '2026-11-{on} {}'", end.replace("24:00", "23:59"))).by(who).ok();
    }
    desk.cs(&format!("train held {class} --lasted 60 --absent ZL")).by("LW").ok();
    for (who, points) in [("YX", 80), ("ZL", 59), ("AS", 90)] {
        desk.cs(&format!("train mark {test} --staff {who} --points {points}")).by("LW").ok();
    }
    for call in ["YX --marks full", "YX --marks answer=24", "ZL --marks answer=0", "CC --marks full"] {
        desk.cs(&format!("qa score {call}")).by("QA").ok();
    }
    desk
}

/// What the department is to come to in training, on the phone and on the roster, and what its specialists are.
const TOGETHER: &str = "[goals]\nsatisfaction = \"none\"\narrival_errors = \"none\"\ncomplaints_in_time = \"none\"\n\
    attendance = \">= 60%\"\ntests_passed = \">= 70%\"\ncall_quality = \">= 91%\"\nshifts_on_time = \">= 70%\"\n\
    roster_cover = \">= 5%\"\n[goals.specialist]\nattendance = \">= 50%\"\ntests_passed = \">= 50%\"\n\
    call_quality = \">= 90%\"\nshifts_on_time = \">= 60%\"\nroster_cover = \">= 2%\"\n[goals.ZL]\n\
    call_quality = \">= 70%\"\n";

#[test]
fn r65_training_calls_and_shifts_are_judged_for_the_department_roles_and_persons() {
    let desk = taught_and_heard();
    desk.write("policy.toml", TOGETHER);
    let training = [
        "attendance - at_least 60.0 66.7 met - 1",
        "attendance specialist at_least 50.0 50.0 met - 1",
        "attendance YX at_least 50.0 100.0 met - 1",
        "attendance ZL at_least 50.0 0.0 missed 50.0 1",
        "tests_passed - at_least 70.0 66.7 missed 3.3 1",
        "tests_passed specialist at_least 50.0 50.0 met - 1",
        "tests_passed YX at_least 50.0 100.0 met - 1",
        "tests_passed ZL at_least 50.0 0.0 missed 50.0 1",
    ];
    // Full, 94, 70 and full: 364 points of 400.
    let calls = [
        "call_quality - at_least 91.0 91.0 met - 4",
        "call_quality specialist at_least 90.0 88.0 missed 2.0 3",
        "call_quality YX at_least 90.0 97.0 met - 2",
        "call_quality ZL at_least 70.0 70.0 met - 1",
    ];
    // Eight hours of each of them, of the 720 of November.
    let shifts = [
        "shifts_on_time - at_least 70.0 66.7 missed 3.3 3",
        "shifts_on_time specialist at_least 60.0 50.0 missed 10.0 2",
        "shifts_on_time YX at_least 60.0 100.0 met - 1",
        "shifts_on_time ZL at_least 60.0 0.0 missed 60.0 1",
        "roster_cover - at_least 5.0 3.3 missed 1.7 3",
        "roster_cover specialist at_least 2.0 2.2 met - 2",
        "roster_cover YX at_least 2.0 1.1 missed 0.9 1",
        "roster_cover ZL at_least 2.0 1.1 missed 0.9 1",
    ];
    assert_eq!(goals(&desk, "training"), training);
    assert_eq!(goals(&desk, "qa"), calls);
    assert_eq!(goals(&desk, "shifts 2026-11"), shifts);
    assert_eq!(goals(&desk, "month"), [&training[..], &calls, &shifts].concat());
    desk.is_sound();
}

#[test]
fn r65_the_figures_of_training_calls_and_shifts_tell_their_goals_in_every_report_that_holds_them() {
    let desk = taught_and_heard();
    desk.write("policy.toml", TOGETHER);
    for (report, key, expect) in [
        ("training", "attendance", r#""66.7" {"at_least":"60.0"} true null"#),
        ("training", "passed", r#""66.7" {"at_least":"70.0"} false "3.3""#),
        ("qa", "mean", r#""91.0" {"at_least":"91.0"} true null"#),
        ("shifts", "on_time_rate", r#""66.7" {"at_least":"70.0"} false "3.3""#),
        ("shifts", "covered", r#""3.3" {"at_least":"5.0"} false "1.7""#),
    ] {
        for holds in [&format!("{report} 2026-11"), "month"] {
            let found = figure(&desk, holds, report, key);
            let told = ["value", "goal", "met", "miss"].map(|key| found[key].to_string()).join(" ");
            assert_eq!(told, expect, "{holds}: {key}");
        }
    }
    desk.cs("report shifts 2026-11").lang("zh").ok().prints(["≥ 5.0%  目前差 1.7个百分点"]);
}

#[test]
fn r65_calls_and_tests_are_judged_by_what_is_known_of_them_now_and_cover_where_there_is_a_roster() {
    let mut desk = taught_and_heard();
    desk.write("policy.toml", format!("{TOGETHER}[goals.qa]\nroster_cover = \">= 1%\"\n"));
    desk.clock("2026-12-01 10:00");
    desk.cs("qa score YX --marks answer=0 --on 2026-11-30").by("QA").ok();
    assert_eq!(goals(&desk, "qa 2026-11")[2], "call_quality YX at_least 90.0 88.0 missed 2.0 3");
    // Others are on the roster, and who is not covers nothing.
    assert_eq!(goals(&desk, "shifts 2026-11")[5], "roster_cover qa at_least 1.0 0.0 missed 1.0 0");
    let nothing = goals(&desk, "month 2026-10");
    // Five figures of the department, of its specialists and of each of the three of October, and whom the cover is of.
    assert_eq!(nothing.len(), 27);
    assert!(nothing.iter().all(|row| row.ends_with(" - none - 0")), "{nothing:?}");
}

#[test]
fn r65_the_plan_of_one_person_shows_that_persons_goal() {
    let desk = Desk::plain();
    desk.write("policy.toml", "[goals]\nworkload = \">= 70%\"\n[goals.specialist]\nworkload = \">= 90%\"\n");
    desk.cs("work plan 'call Acme' --due 2026-11-20").ok();
    let goal = |line: &str| {
        desk.cs(&format!("{line} --json")).ok().json()["sections"][0]["figures"]
            .as_array()
            .unwrap()
            .iter()
            .find(|found| found["key"] == "score")
            .unwrap()["goal"]["at_least"]
            .clone()
    };
    assert_eq!(
        (goal("report work"), goal("work week --staff YX"), goal("work week --staff WM")),
        ("70.0".into(), "90.0".into(), Value::Null)
    );
}

#[test]
fn r65_goals_of_nobody_and_of_no_figure_are_told() {
    let desk = Desk::plain();
    desk.write("policy.toml", "[goals.NOBODY]\nsatisfaction = \">= 4\"\n");
    desk.cs("check").fails(1).prints(["policy.toml:1:2", "NOBODY"]);
    desk.cs("check policy.toml").fails(1).prints(["NOBODY", "lists/staff.csv"]);
    desk.write("policy.toml", "[goals]\nsatisfacton = \">= 4\"\ncomplaints_in_time = \"<= 95%\"\n");
    desk.cs("report month").fails(1).says(["satisfacton", "did you mean satisfaction?", "\">= 95%\""]);
    desk.cs("report month").lang("zh").fails(1).says(["没有可设目标的指标 satisfacton", "是不是 satisfaction？"]);
}
