//! Return visits (R38–R41), and what they meet elsewhere (R5, R22, R35): each rule in both directions, through the real
//! binary.

mod common;

use common::{Desk, no};
use serde_json::Value;

const WELL: &str = "--satisfaction 5 --content well";

/// Logs a visit; its number.
fn log(desk: &Desk, words: &str) -> String {
    desk.cs(&format!("visit log {words}")).ok().number()
}

/// Who is to be visited, as `owner customer kind due`.
fn round(desk: &Desk, flags: &str) -> Vec<String> {
    let rows = desk.cs(&format!("visit round --json {flags}")).ok().json();
    let word = |row: &Value, key: &str| row[key].as_str().unwrap_or("-").to_string();
    let line = |row: &Value| ["specialist", "customer", "purpose", "due"].map(|key| word(row, key)).join(" ");
    rows.as_array().unwrap().iter().map(line).collect()
}

/// The duties of a rule about visits, as `number due who`.
fn duties(desk: &Desk, rule: &str) -> Vec<String> {
    let due = |duty: &Value| duty["due"].as_str().unwrap()[..16].replace('T', " ");
    let who = |duty: &Value| duty["who"].as_str().unwrap_or("-").to_string();
    let open = desk.todo("--until 2027-12-31");
    let of_rule = open.iter().filter(|duty| duty["rule"] == rule);
    of_rule.map(|duty| format!("{} {} {}", duty["number"].as_str().unwrap(), due(duty), who(duty))).collect()
}

/// The command of the one duty of a rule.
fn command(desk: &Desk, rule: &str) -> String {
    let open = desk.todo("--until 2027-12-31");
    let mut of_rule = open.iter().filter(|duty| duty["rule"] == rule);
    let command = of_rule.next().unwrap()["command"].as_str().unwrap().to_string();
    assert!(of_rule.next().is_none(), "{open:#?}");
    command
}

#[test]
fn r38_on_the_20th_the_round_lists_each_active_customer_once_with_its_owner_and_is_empty_after_the_log() {
    let mut desk = Desk::plain();
    desk.cs("customer add GONE --name Gone --owner YX --status lapsed").by("WM").ok();
    desk.cs("customer add LATE --name Late --owner YX --status active --since 2026-11-21 --contacted-on 2026-11-21")
        .by("WM")
        .now("2026-11-21 10:00")
        .ok();
    desk.clock("2026-11-19 10:00");
    let early = desk.cs("visit round").ok().says(["the round of 2026-11 starts on 2026-11-20", "--all"]);
    assert!(!early.stdout.contains("ACME"), "{early}");
    assert_eq!(duties(&desk, "R38"), [] as [&str; 0]);
    let all = ["YX ACME monthly 2026-11-30", "ZL RIVER monthly 2026-11-30", "ZL SHOPS monthly 2026-11-30"];
    assert_eq!(round(&desk, "--all"), all);
    desk.clock("2026-11-20 09:00");
    assert_eq!(round(&desk, ""), all);
    assert_eq!(
        duties(&desk, "R38"),
        ["ACME 2026-11-30 18:00 YX", "RIVER 2026-11-30 18:00 ZL", "SHOPS 2026-11-30 18:00 ZL"]
    );
    assert_eq!(round(&desk, "--specialist ZL"), all[1..]);
    for customer in ["acme", "river", "shops"] {
        log(&desk, &format!("{customer} {WELL}"));
    }
    assert_eq!(round(&desk, ""), [] as [&str; 0]);
    assert_eq!(duties(&desk, "R38"), [] as [&str; 0]);
    // The next month has a round of its own.
    desk.clock("2026-12-19 09:00");
    assert_eq!(round(&desk, "--specialist YX"), [] as [&str; 0]);
    desk.is_sound();
}

#[test]
fn r38_grade_a_is_visited_by_the_manager_once_a_quarter_from_its_last_month_on() {
    let mut desk = Desk::plain();
    desk.clock("2026-09-01 09:00");
    assert_eq!(round(&desk, ""), ["- ACME monthly 2026-09-30"]);
    assert_eq!(duties(&desk, "R38"), ["ACME 2026-09-30 18:00 -"]);
    // The owner's visit is none of the manager's; neither is the manager's follow-up of something else.
    desk.clock("2026-09-21 09:00");
    log(&desk, &format!("acme {WELL}"));
    desk.cs(&format!("visit log acme --purpose outbound_offer {WELL}")).by("WM").ok();
    assert_eq!(round(&desk, "--specialist WM"), ["- ACME monthly 2026-09-30"]);
    desk.cs(&format!("visit log acme {WELL}")).by("WM").ok();
    assert_eq!(round(&desk, "--specialist WM"), [] as [&str; 0]);
    // One in the quarter's first month counts; it comes beside the owner's visit of that month.
    desk.clock("2026-10-21 09:00");
    desk.cs(&format!("visit log acme {WELL}")).by("WM").ok();
    assert_eq!(round(&desk, "--specialist YX"), ["YX ACME monthly 2026-10-30"]);
    log(&desk, &format!("acme {WELL}"));
    assert_eq!(round(&desk, "--specialist YX"), [] as [&str; 0]);
    desk.clock("2026-12-02 09:00");
    assert_eq!(round(&desk, ""), [] as [&str; 0]);
}

#[test]
fn r38_only_a_visit_of_the_month_that_asks_how_all_goes_counts() {
    let mut desk = Desk::plain();
    desk.clock("2026-10-31 09:00");
    log(&desk, &format!("acme {WELL}"));
    desk.clock("2026-11-20 09:00");
    log(&desk, &format!("acme --purpose outbound_offer {WELL}"));
    assert_eq!(round(&desk, "--specialist YX"), ["YX ACME monthly 2026-11-30"]);
    let early = desk.cs(&format!("visit log acme --at '2026-11-03 09:00' {WELL}")).ok().number();
    assert_eq!(round(&desk, "--specialist YX"), [] as [&str; 0]);
    desk.cs(&format!("void {early} --note mistake --by LW")).ok();
    assert_eq!(round(&desk, "--specialist YX"), ["YX ACME monthly 2026-11-30"]);
    // A past month tells who was missed.
    assert_eq!(round(&desk, "--month 2026-10"), ["ZL RIVER monthly 2026-10-30", "ZL SHOPS monthly 2026-10-30"]);
}

#[test]
fn r38_the_round_tells_whom_to_ask_and_when_they_were_asked_last() {
    let mut desk = Desk::plain();
    desk.clock("2026-10-21 09:00");
    log(&desk, &format!("acme {WELL}"));
    desk.clock("2026-11-20 09:00");
    desk.cs("visit round").ok().prints([
        "Yang Xue",
        "A**",
        "008**********34",
        "2026-10-21",
        "Return visit: Made",
        "cs visit log ACME",
    ]);
    desk.cs("visit round --reveal").ok().prints(["Ann Lee", "008613900001234"]);
    desk.cs("visit round --format md").ok().prints(["| YX | Yang Xue | ACME |"]);
    desk.cs("visit round --format csv").ok().prints(["specialist,by,customer,name,grade,purpose,contact,phone,last,"]);
    no(&desk, "visit round --month 2026", &["is no month"], &["不是月份"]);
}

#[test]
fn r40_a_business_partner_is_visited_once_a_month() {
    let mut desk = Desk::plain();
    desk.cs("customer add WOOD --name 'Wood Works' --kind supplier --owner ZL --status active --since 2026-01-01 --contacted-on 2026-01-02").by("WM").ok();
    desk.clock("2026-11-20 09:00");
    assert_eq!(duties(&desk, "R40"), ["WOOD 2026-11-30 18:00 ZL"]);
    let visit = log(&desk, "wood --content 'boards on time'");
    desk.cs(&format!("show {visit}")).ok().prints(["partner"]);
    assert_eq!(duties(&desk, "R40"), [] as [&str; 0]);
}

#[test]
fn r41_in_december_every_customer_is_greeted_and_asked_for_next_years_needs() {
    let mut desk = Desk::plain();
    desk.clock("2026-12-21 09:00");
    assert_eq!(
        duties(&desk, "R41"),
        ["ACME 2026-12-30 18:00 YX", "RIVER 2026-12-30 18:00 ZL", "SHOPS 2026-12-30 18:00 ZL"]
    );
    // A visit without a greeting leaves it open.
    log(&desk, &format!("river {WELL}"));
    no(
        &desk,
        "visit log acme --purpose greeting --gift calendar --content thanks",
        &["next year's needs (R41)", "--new-business"],
        &["明年的需求（R41）", "--new-business"],
    );
    log(&desk, "acme --purpose greeting --gift calendar --new-business 'two new shops in spring'");
    assert_eq!(duties(&desk, "R41"), ["RIVER 2026-12-30 18:00 ZL", "SHOPS 2026-12-30 18:00 ZL"]);
    // The manager's visit of the quarter stands beside it.
    assert_eq!(round(&desk, "--specialist WM"), ["- ACME monthly 2026-12-31"]);
    desk.is_sound();
}

#[test]
fn r39_the_summary_is_due_seven_days_after_the_round_and_handed_in_once() {
    let mut desk = Desk::plain();
    desk.clock("2026-11-20 09:00");
    log(&desk, "acme --satisfaction 4 --content 'doors stick' --suggestion 'softer hinges'");
    assert_eq!(duties(&desk, "R39"), [] as [&str; 0]);
    no(&desk, "visit summary --done", &["lasts until 2026-11-30"], &["到 2026-11-30 才结束"]);
    desk.clock("2026-12-02 09:00");
    assert_eq!(duties(&desk, "R39"), ["2026-11 2026-12-07 18:00 -"]);
    assert_eq!(command(&desk, "R39"), "cs visit summary --month 2026-11 --done");
    let told = desk.cs("visit summary --month 2026-11").ok();
    told.prints(["33.3%", "doors stick", "softer hinges", "RIVER", "SHOPS"]);
    desk.cs("visit summary --month 2026-11 --format md").ok().prints(["# Summary of visits"]);
    let json = desk.cs("visit summary --month 2026-11 --json").ok().json();
    assert_eq!(json["report"], "visits");
    desk.cs("visit summary --month 2026-11 --done").by("LW").ok().says(["2026-11", "Li Wei"]);
    assert_eq!(duties(&desk, "R39"), [] as [&str; 0]);
    no(&desk, "visit summary --month 2026-11 --done", &["was handed in by Li Wei"], &["已由 Li Wei"]);
    desk.is_sound();
    desk.swap("filings/2026-12.csv", "2026-11,", "November,");
    assert_eq!(desk.found(), ["filing.period filings/2026-12.csv:2:37"]);
}

#[test]
fn a_low_score_is_a_need_and_a_need_is_a_duty_of_the_owner() {
    let desk = Desk::plain();
    no(
        &desk,
        "visit log river --satisfaction 5 --quality 2 --need nothing",
        &["up to 2 something has to be done"],
        &["必须跟进"],
    );
    let said =
        desk.cs("visit log river --satisfaction 5 --quality 2").ok().says(["next: cs improve new --born-of HF-"]);
    let visit = said.number();
    assert_eq!(desk.show(&visit)["need"], "improvement");
    assert_eq!(duties(&desk, "R38"), [format!("{visit} 2026-11-20 18:00 ZL")]);
    assert_eq!(command(&desk, "R38"), format!("cs improve new --born-of {visit}"));
    desk.cs(&format!("visit follow {visit} --answer 'new hinges are on their way'")).ok();
    assert_eq!(duties(&desk, "R38"), [] as [&str; 0]);
    // A score above the limit is left at that.
    let fine = log(&desk, "river --quality 3");
    assert_eq!((&desk.show(&fine)["need"], &desk.show(&fine)["state"]), (&"nothing".into(), &"done".into()));
    desk.is_sound();
}

#[test]
fn a_complaint_that_names_the_visit_discharges_the_need_even_once_it_is_closed() {
    let mut desk = Desk::complaining();
    let done = desk.cs("visit log acme --content 'cracked again' --need complaint").ok();
    let visit = done.number();
    let take = format!("complain new --record {visit}");
    let done = done.says([&*format!("next: cs {take}")]);
    assert_eq!(duties(&desk, "R38"), [format!("{visit} 2026-11-20 18:00 YX")], "{done}");
    let complaint = desk.cs(&format!("{take} --channel hotline --content 'cracked again'")).ok().number();
    assert_eq!(desk.show(&complaint)["customer"], "ACME");
    assert_eq!(duties(&desk, "R38"), [] as [&str; 0]);
    assert_eq!(desk.show(&visit)["derived"]["led_to"], *complaint);
    desk.handle(&complaint, "--told CO");
    desk.clock("2026-11-24 10:00");
    for step in ["cause NR --cause product", "call-back NR --satisfied yes", "close NR"] {
        desk.cs(&format!("complain {}", step.replace("NR", &complaint))).ok();
    }
    desk.clock("2026-11-26 10:00");
    assert!(duties(&desk, "R38").iter().all(|duty| !duty.starts_with("HF-")));
    desk.cs(&format!("void {complaint} --note twice --by LW")).ok();
    assert!(duties(&desk, "R38").iter().any(|duty| duty.starts_with(&visit)), "a void one counts nowhere (R66)");
    desk.is_sound();
}

#[test]
fn r5_a_visit_by_the_owner_since_the_assignment_is_the_first_contact() {
    let desk = Desk::plain();
    desk.cs("customer add NEW --name Newcomer --owner YX --assigned-on 2026-11-16").by("WM").ok();
    assert!(desk.due("R5", "NEW").is_some());
    desk.cs(&format!("visit log new --at '2026-11-13 10:00' {WELL}")).ok();
    desk.cs(&format!("visit log new {WELL}")).by("ZL").ok();
    log(&desk, &format!("acme {WELL}"));
    assert!(desk.due("R5", "NEW").is_some(), "neither before, nor by another, nor of another");
    log(&desk, &format!("new --purpose new_customer {WELL}"));
    assert_eq!(desk.due("R5", "NEW"), None);
    let row = desk.read("lists/customers.csv");
    assert!(row.lines().any(|line| line.starts_with("NEW,") && !line.contains("2026-11-18")), "{row}");
    // Re-assigned, the new owner is to make contact.
    desk.cs("customer assign NEW --to ZL").by("WM").ok();
    desk.cs("customer edit NEW --assigned-on 2026-11-18").by("WM").ok();
    assert_eq!(desk.due("R5", "NEW"), None, "ZL has been there that day");
}

#[test]
fn r22_a_visit_after_the_repair_is_its_follow_up_and_the_ticket_closes() {
    let mut desk = Desk::mending();
    let ticket = desk.judged();
    no(&desk, &format!("visit log {ticket} {WELL}"), &["was not mended by then (R22)"], &["尚未修复"]);
    let quote = desk.quote(&ticket);
    desk.cs(&format!("repair approve {quote}")).by("AS").ok();
    for step in
        ["dispatch NR --agency BRIGHT", "repaired NR --worker Hu", "accept NR --rep 'Cai Yun' --photo photo.jpg"]
    {
        desk.cs(&format!("repair {}", step.replace("NR", &ticket))).ok();
    }
    desk.cs(&format!("repair reimburse {ticket}")).by("LW").ok();
    assert_eq!(desk.due("R22", &ticket).as_deref(), Some("2026-11-23 18:00"));
    no(&desk, &format!("repair close {ticket}"), &["was not followed up (R22)"], &["还没有回访"]);
    desk.clock("2026-11-20 10:00");
    // A few words: record, customer, site, whom to ask and the kind follow from the number.
    let visit = log(&desk, &format!("{ticket} --satisfaction 5"));
    let shown = desk.show(&visit);
    for (key, value) in
        [("customer", "ACME"), ("site", "PLAZA"), ("fixture", "working"), ("record", &ticket), ("need", "nothing")]
    {
        assert_eq!(shown[key], *value, "{key}");
    }
    desk.cs(&format!("show {visit} --reveal")).ok().prints(["repair follow-up", "Bo Li", "02887654321"]);
    assert_eq!(desk.show(&ticket)["derived"]["visits"][0]["visit"], *visit);
    let close = desk.todo("--until 2027-12-31");
    assert!(close.iter().any(|duty| duty["command"] == *format!("cs repair close {ticket}")), "{close:#?}");
    desk.cs(&format!("repair close {ticket}")).ok();
    // It counts in the report's figures as a follow-up in time.
    let report = desk.cs("report repairs 2026-11 --json").ok().json();
    let figures = report["sections"][0]["figures"].as_array().unwrap().clone();
    let followed = figures.iter().find(|figure| figure["key"] == "followed_in_time").unwrap();
    assert_eq!((&followed["value"], &followed["records"][0]), (&"100.0".into(), &ticket.clone().into()));
    // What the ticket rests on can't be voided under it.
    let void = format!("void {visit} --note mistake");
    no(&desk, &void, &["was not followed up (R22)"], &["还没有回访"]);
    desk.is_sound();
}

#[test]
fn r22_a_visit_that_finds_the_fixture_faulty_sends_an_agency_again() {
    let desk = Desk::mending();
    let ticket = desk.accepted();
    let low = format!("visit log {ticket} --satisfaction 1");
    no(&desk, &low, &["does the fixture work?", "--fixture"], &["使用是否正常", "--fixture"]);
    desk.cs(&format!("{low} --fixture faulty")).ok();
    assert_eq!(desk.due("R22", &ticket), None);
    assert!(desk.due("R20", &ticket).is_some());
    desk.cs(&format!("repair reimburse {ticket}")).by("LW").refused(1).says(["still faulty (R22)"]);
    for step in ["dispatch NR --agency BRIGHT", "repaired NR --worker Hu"] {
        desk.cs(&format!("repair {}", step.replace("NR", &ticket))).ok();
    }
    // The repair made since waits for a follow-up of its own.
    assert!(desk.due("R22", &ticket).is_some() && desk.due("R20", &ticket).is_none());
    desk.is_sound();
}

#[test]
fn r35_a_visit_calls_back_and_its_outcome_is_entered_with_one_command() {
    let mut desk = Desk::complaining();
    let complaint = desk.handled("", "--told CO");
    no(&desk, &format!("visit log {complaint} {WELL}"), &["too early to call back"], &["还未到回访时间"]);
    desk.clock("2026-11-24 10:00");
    let done = desk.cs(&format!("visit log {complaint} {WELL}")).ok();
    let visit = done.number();
    let enter = format!("complain call-back {complaint} --visit {visit}");
    let done = done.says([&*format!("next: cs {enter}\n")]);
    assert_eq!(done.stderr.lines().count(), 1, "exactly that command");
    // The clock stopped at the visit, and what is left is to enter it.
    let clock = |desk: &Desk| desk.clocks(&complaint).into_iter().find(|clock| clock["rule"] == "R35").unwrap();
    assert_eq!(
        (&clock(&desk)["state"], &clock(&desk)["stopped"]),
        (&"met".into(), &"2026-11-24T10:00:00+08:00".into())
    );
    assert_eq!(desk.due("R35", &complaint).as_deref(), Some("2026-11-24 18:00"));
    assert_eq!(command(&desk, "R35"), format!("cs {enter}"));
    desk.clock("2026-11-27 10:00");
    desk.cs(&enter).ok();
    assert_eq!(desk.show(&complaint)["state"], "satisfied");
    assert_eq!(clock(&desk)["stopped"], "2026-11-24T10:00:00+08:00");
    assert_eq!(desk.show(&complaint)["derived"]["visits"][0]["visit"], *visit);
    desk.is_sound();
}

#[test]
fn r35_satisfied_follows_from_the_visit() {
    for (said, flag, state) in [
        ("--satisfaction 2", "", "new"),
        ("--satisfaction 2", "--satisfied no", "new"),
        ("--satisfaction 3", "", "satisfied"),
        ("--content ok", "", "satisfied"),
        ("--satisfaction 4 --need complaint", "", "new"),
    ] {
        let mut desk = Desk::complaining();
        let complaint = desk.handled("", "--told CO");
        desk.clock("2026-11-24 10:00");
        let visit = log(&desk, &format!("{complaint} {said}"));
        let other = if state == "new" { "yes" } else { "no" };
        no(
            &desk,
            &format!("complain call-back {complaint} --visit {visit} --satisfied {other}"),
            &["by HF-261124-YX-1 the customer is otherwise", "leave --satisfied out"],
            &["与 HF-261124-YX-1 的回访结果不符", "请不填 --satisfied"],
        );
        desk.cs(&format!("complain call-back {complaint} --visit {visit} {flag}")).ok();
        assert_eq!(desk.show(&complaint)["state"], state, "{said} {flag}");
        desk.is_sound();
    }
}

#[test]
fn r35_only_a_visit_of_this_complaint_and_cycle_is_its_call_back() {
    let mut desk = Desk::complaining();
    let (complaint, open) = (desk.handled("", "--told CO"), desk.complaint(""));
    desk.clock("2026-11-24 10:00");
    no(&desk, &format!("visit log {open} {WELL}"), &["was not handled by then (R35)"], &["尚未处理完毕"]);
    let other = log(&desk, &format!("acme {WELL}"));
    let wrong = format!("complain call-back {complaint} --visit {other}");
    no(&desk, &wrong, &["does not call back about"], &["不是"]);
    desk.cs(&format!("complain call-back {complaint} --satisfied no")).ok();
    desk.handle(&complaint, "--told CO");
    let clocks = desk.clocks(&complaint);
    let second = clocks.iter().rfind(|clock| clock["rule"] == "R35").unwrap();
    assert_eq!((&second["cycle"], &second["state"]), (&2.into(), &"running".into()));
    no(&desk, &format!("complain call-back {complaint}"), &["--satisfied is missing"], &["--satisfied"]);
}

#[test]
fn a_visit_says_something_of_a_record_and_a_site_that_are_the_customers() {
    let desk = Desk::mending();
    let ticket = desk.repaired();
    no(&desk, "visit log acme", &["nothing is on record of what the customer said"], &["没有记录"]);
    let of_another = format!("visit log river --record {ticket} {WELL}");
    no(&desk, &of_another, &["is of ACME, not of RIVER"], &["属于 ACME"]);
    desk.cs("site add MALL --mall Mall --customer ACME").by("WM").ok();
    no(&desk, &format!("visit log river --site MALL {WELL}"), &["a site of ACME"], &["属于 ACME"]);
    no(&desk, &format!("visit log acme --fixture working {WELL}"), &["no repair is followed up"], &["不是维修回访"]);
    for kind in ["repair_follow_up", "complaint_call_back"] {
        no(&desk, &format!("visit log acme --purpose {kind} {WELL}"), &["give it: --record"], &["--record"]);
    }
    no(&desk, &format!("visit log WX-261118-YX-9 {WELL}"), &["no record"], &["没有单号"]);
    no(&desk, &format!("visit log nobody {WELL}"), &["no customer"], &["没有客户"]);
}

#[test]
fn a_visit_is_shown_beside_the_one_before() {
    let mut desk = Desk::plain();
    log(&desk, "acme --satisfaction 3 --quality 4");
    desk.clock("2026-11-20 10:00");
    let visit = log(&desk, "acme --satisfaction 5 --on-time 4");
    let scores = desk.show(&visit)["derived"]["scores"].clone();
    let of = |row: &Value| {
        ["score", "now", "before", "change"].map(|key| row[key].as_str().unwrap_or("-").to_string()).join(" ")
    };
    let rows: Vec<String> = scores.as_array().unwrap().iter().map(of).collect();
    assert_eq!(rows, ["on_time 4 - -", "satisfaction 5 3 +2"]);
}

#[test]
fn the_report_tells_coverage_scores_and_what_became_of_needs_each_with_its_visits() {
    let mut desk = Desk::mending();
    let ticket = desk.repaired();
    desk.clock("2026-11-20 10:00");
    let mended = log(&desk, &format!("{ticket} --quality 4 --satisfaction 5"));
    let low = log(&desk, "acme --quality 3 --satisfaction 2 --content 'lamps flicker'");
    let praised = desk.cs("visit log river --satisfaction 4 --praise written --new-business 'two shops'").by("ZL").ok();
    let praised = praised.number();
    desk.cs(&format!("visit follow {low} --answer 'new drivers'")).ok();
    let void = log(&desk, "shops --satisfaction 1");
    desk.cs(&format!("void {void} --note mistake")).ok();
    let report = desk.cs("report visits 2026-11 --json").ok().json();
    let section = &report["sections"][0];
    let figure = |key: &str| {
        let figures = section["figures"].as_array().unwrap();
        let found = figures.iter().find(|figure| figure["key"] == key).unwrap();
        (found["value"].as_str().unwrap_or("-").to_string(), found["records"].clone())
    };
    let of = |numbers: &[&String]| Value::from(numbers.iter().map(|number| number.as_str()).collect::<Vec<_>>());
    for (key, value, records) in [
        ("visits", "3", of(&[&mended, &low, &praised])),
        // Of ACME, RIVER and SHOPS the last was not visited; the follow-up of the repair is none of the month's visits.
        ("coverage", "66.7", of(&[&low, &praised])),
        ("satisfaction", "3.67", of(&[&mended, &low, &praised])),
        ("quality", "3.50", of(&[&mended, &low])),
        ("on_time", "-", of(&[])),
        ("low", "1", of(&[&low])),
        ("needs", "1", of(&[&low])),
        ("waiting", "0", of(&[])),
        ("new_business", "1", of(&[&praised])),
        ("praise", "1", of(&[&praised])),
    ] {
        let mut expected: Vec<String> = serde_json::from_value(records).unwrap();
        expected.sort();
        let (told, records) = figure(key);
        let mut records: Vec<String> = serde_json::from_value(records).unwrap();
        records.sort();
        assert_eq!((told.as_str(), records), (value, expected), "{key}");
    }
    let table =
        |name: &str| section["tables"].as_array().unwrap().iter().find(|t| t["name"] == name).unwrap()["rows"].clone();
    let coverage = table("coverage");
    assert_eq!(coverage[0], serde_json::json!(["YX", "Yang Xue", "1", "1", "100.0", "2.00"]));
    assert_eq!(coverage[1], serde_json::json!(["ZL", "Zhao Lei", "2", "1", "50.0", "4.00"]));
    assert_eq!(coverage[2][2], "3");
    let distribution = table("distribution");
    assert_eq!(distribution[4], serde_json::json!(["satisfaction", "0", "1", "0", "1", "1", "3.67"]));
    let brands = table("by_brand");
    assert!(
        brands.as_array().unwrap().iter().any(|row| row[0] == "Acme" && row[1] == "2" && row[2] == "3.50"),
        "{brands}"
    );
    assert_eq!(table("by_model")[0][0], "SHELF");
    assert_eq!(table("needs")[0][6], "new drivers");
    assert_eq!(table("missed")[0][1], "SHOPS");
    desk.cs("report day 2026-11-20").ok().prints(["Return visits", "Satisfaction, mean"]);
    desk.cs("report month 2026-11").ok().prints(["Coverage"]);
}
