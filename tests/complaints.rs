//! Complaints: who is told and when (R28–R32), what is signed first (R33, R34), whether it helped (R35), why it came to
//! that (R36), and the clocks of each cycle (R37, R44–R48).

mod common;

use common::{Desk, no, no_by};
use serde_json::Value;

/// The clocks of a rule: their cycle, due minute, state, minutes used and left.
fn clocks(desk: &Desk, complaint: &str, rule: &str) -> Vec<(u64, String, String, i64, i64)> {
    let of_rule = |clock: &&Value| clock["rule"] == rule;
    let row = |clock: &Value| {
        let due = clock["due"].as_str().map_or("none".to_string(), |due| due[..16].replace('T', " "));
        let number = |key: &str| clock[key].as_i64().unwrap();
        let state = clock["state"].as_str().unwrap().to_string();
        (clock["cycle"].as_u64().unwrap(), due, state, number("used_minutes"), number("left_minutes"))
    };
    desk.clocks(complaint).iter().filter(of_rule).map(row).collect()
}

/// The same as one short line each: `1 2026-11-20 10:00 met`.
fn states(desk: &Desk, complaint: &str, rule: &str) -> Vec<String> {
    clocks(desk, complaint, rule).iter().map(|(cycle, due, state, ..)| format!("{cycle} {due} {state}")).collect()
}

fn derived(desk: &Desk, complaint: &str, key: &str) -> String {
    desk.show(complaint)["derived"][key].as_str().unwrap_or_default().to_string()
}

fn rules_due(desk: &Desk, complaint: &str) -> Vec<String> {
    let duties = desk.todo("--until 2027-12-31");
    let of_it = duties.iter().filter(|duty| duty["number"] == complaint);
    let mut rules: Vec<String> = of_it.map(|duty| duty["rule"].as_str().unwrap().to_string()).collect();
    rules.sort();
    rules
}

#[test]
fn r28_each_criterion_makes_a_complaint_major_and_so_does_a_large_amount() {
    let desk = Desk::complaining();
    for criterion in cs::forms::complaint::CRITERIA {
        let complaint = desk.complaint(&format!("--criteria {}", criterion.code));
        assert_eq!(derived(&desk, &complaint, "major"), "yes", "{}", criterion.code);
        assert_eq!(derived(&desk, &complaint, "major_by"), criterion.code);
    }
    let large = desk.complaint("--amount 10000");
    assert_eq!(
        (derived(&desk, &large, "major").as_str(), derived(&desk, &large, "major_by").as_str()),
        ("yes", "large_loss")
    );
    let small = desk.complaint("--amount 9999.99");
    assert_eq!((derived(&desk, &small, "major").as_str(), derived(&desk, &small, "major_by").as_str()), ("no", ""));
    assert_eq!(states(&desk, &small, "R29"), [] as [&str; 0]);
    let several = desk.complaint("--criteria media --criteria 涉及安全");
    assert_eq!(derived(&desk, &several, "major_by"), "safety;media");
    no(
        &desk,
        "complain new --channel hotline --content x --contact y --criteria gossip",
        &["criteria", "consumer_body"],
        &["消协介入"],
    );
    desk.is_sound();
}

#[test]
fn r28_a_complaint_that_turns_out_to_be_major_is_held_to_it_from_then_on() {
    let mut desk = Desk::complaining();
    let complaint = desk.complaint("");
    assert_eq!(states(&desk, &complaint, "R29"), [] as [&str; 0]);
    desk.clock("2026-11-18 15:00");
    desk.cs(&format!("complain escalate {complaint} --criteria lawyer")).ok();
    assert_eq!(derived(&desk, &complaint, "major_by"), "lawyer");
    assert_eq!(states(&desk, &complaint, "R29"), ["1 2026-11-18 15:30 running"]);
    // What was carried out before stays rightly done; what comes now is signed.
    desk.settled(&complaint, "");
    no(&desk, &format!("complain act {complaint}"), &["not signed", "R33"], &["尚未签批", "R33"]);
}

#[test]
fn r28_what_was_carried_out_before_it_was_major_stays_sound() {
    let desk = Desk::complaining();
    let complaint = desk.handled("", "");
    // Written into the head it would have been major from the first.
    let edit = format!("complain edit {complaint} --criteria media");
    no(&desk, &edit, &["not signed", "complain escalate"], &["尚未签批", "complain escalate"]);
    desk.cs(&format!("complain escalate {complaint} --criteria media")).ok();
    desk.is_sound();
}

#[test]
fn r29_a_major_complaint_is_with_the_officer_within_30_minutes_of_the_real_clock() {
    for (at, state, used) in [("12:15", "met", 30), ("12:16", "missed", 31)] {
        let mut desk = Desk::complaining();
        desk.clock("2026-11-18 11:45");
        let complaint = desk.complaint("--criteria safety");
        assert_eq!(desk.due("R29", &complaint).as_deref(), Some("2026-11-18 12:15"));
        desk.clock("2026-11-18 17:00");
        desk.cs(&format!("complain hand-on {complaint} --to CO --at {at}")).ok();
        let expected = (1, "2026-11-18 12:15".to_string(), state.to_string(), used, 30 - used);
        assert_eq!(clocks(&desk, &complaint, "R29"), [expected]);
        assert_eq!(desk.due("R29", &complaint), None);
    }
}

#[test]
fn r29_only_the_officer_counts_and_one_who_takes_it_has_it() {
    let desk = Desk::complaining();
    let complaint = desk.complaint("--criteria safety");
    desk.cs(&format!("complain hand-on {complaint} --to LW")).ok();
    assert_eq!(states(&desk, &complaint, "R29"), ["1 2026-11-18 10:30 running"]);
    let own =
        desk.cs("complain new --customer ACME --channel desk --content x --criteria police").by("CO").ok().number();
    assert_eq!(states(&desk, &own, "R29"), ["1 2026-11-18 10:30 met"]);
    assert_eq!(desk.due("R29", &own), None);
}

#[test]
fn r30_an_urgent_complaint_out_of_hours_asks_for_a_call_to_a_leader_at_once() {
    let mut desk = Desk::complaining();
    // Wednesday: lunch, evening; a Saturday; and working hours, when the usual way is open.
    for (at, due) in [
        ("2026-11-18 12:30", Some("2026-11-18 12:30")),
        ("2026-11-18 18:00", Some("2026-11-18 18:00")),
        ("2026-11-21 10:00", Some("2026-11-21 10:00")),
        ("2026-11-18 17:59", None),
        ("2026-11-18 09:00", None),
    ] {
        desk.clock(at);
        let complaint = desk.complaint("--urgent");
        assert_eq!(desk.due("R30", &complaint).as_deref(), due, "{at}");
        let calm = desk.complaint("");
        assert_eq!(desk.due("R30", &calm), None, "{at}");
    }
    desk.clock("2026-11-18 20:00");
    let complaint = desk.complaint("--urgent");
    desk.cs(&format!("complain call-leader {complaint} --leader LW")).ok();
    assert_eq!(states(&desk, &complaint, "R30"), ["1 2026-11-18 20:00 met"]);
    assert_eq!(desk.due("R30", &complaint), None);
    let late = desk.complaint("--urgent");
    desk.clock("2026-11-18 20:05");
    desk.cs(&format!("complain call-leader {late} --leader LW")).ok();
    assert_eq!(states(&desk, &late, "R30"), ["1 2026-11-18 20:00 missed"]);
}

#[test]
fn r30_the_leader_is_somebody_else_who_works_here() {
    let desk = Desk::complaining();
    let complaint = desk.complaint("--urgent");
    no(&desk, &format!("complain call-leader {complaint} --leader YX"), &["called by YX"], &["不能向自己报告"]);
    for step in ["call-leader --leader OLD", "hand-on --to OLD"] {
        let (verb, flags) = step.split_once(' ').unwrap();
        no(&desk, &format!("complain {verb} {complaint} {flags}"), &["OLD is not on the staff"], &["不是在职员工"]);
    }
}

#[test]
fn r29_in_a_new_cycle_the_officer_is_told_anew() {
    let mut desk = Desk::complaining();
    let own =
        desk.cs("complain new --customer ACME --channel desk --content x --criteria police").by("CO").ok().number();
    desk.settled(&own, "");
    desk.cs(&format!("complain sign {own}")).by("DP").ok();
    desk.cs(&format!("complain act {own}")).ok();
    desk.cs(&format!("complain result {own} --result done --told CO")).ok();
    desk.clock("2026-11-24 10:00");
    desk.cs(&format!("complain call-back {own} --satisfied no")).ok();
    assert_eq!(states(&desk, &own, "R29"), ["1 2026-11-18 10:30 met", "2 2026-11-24 10:30 running"]);
    // The measure of the cycle before is none of this one.
    assert_eq!(derived(&desk, &own, "signed"), "");
}

#[test]
fn r46_no_step_of_a_new_cycle_lies_before_it() {
    let mut desk = Desk::complaining();
    let complaint = desk.handled("", "--told CO");
    desk.clock("2026-11-24 10:00");
    desk.cs(&format!("complain call-back {complaint} --satisfied no")).ok();
    desk.clock("2026-11-24 11:00");
    let plan = format!("complain plan {complaint} --measure 'another pane'");
    no(&desk, &format!("{plan} --at 09:59"), &["cycle 2 began only at 2026-11-24 10:00"], &["第 2 轮"]);
    desk.cs(&format!("{plan} --at 10:00")).ok();
}

#[test]
fn r31_a_complaint_is_handled_within_48_hours_nights_and_all() {
    for (at, state) in [("2026-11-20 10:00", "met"), ("2026-11-20 10:01", "missed")] {
        let mut desk = Desk::complaining();
        let complaint = desk.complaint("");
        assert_eq!(desk.due("R31", &complaint).as_deref(), Some("2026-11-20 10:00"));
        desk.clock(at);
        desk.handle(&complaint, "--told CO");
        assert_eq!(states(&desk, &complaint, "R31"), [format!("1 2026-11-20 10:00 {state}")]);
        assert_eq!(desk.due("R31", &complaint), None);
    }
}

#[test]
fn r32_the_officer_is_told_the_result_the_same_day() {
    let mut desk = Desk::complaining();
    let told = desk.handled("", "--told CO");
    let later = desk.handled("", "");
    let never = desk.handled("", "");
    let told_state = |desk: &Desk, complaint: &str| {
        let clocks = desk.clocks(complaint);
        let clock = clocks.iter().find(|clock| clock["target"] == "told").unwrap().clone();
        format!("{} {}", &clock["due"].as_str().unwrap()[..16], clock["state"].as_str().unwrap())
    };
    assert_eq!(told_state(&desk, &told), "2026-11-18T18:00 met");
    assert_eq!(desk.due("R32", &told), None);
    assert_eq!(desk.due("R32", &later).as_deref(), Some("2026-11-18 18:00"));
    desk.clock("2026-11-18 18:00");
    desk.cs(&format!("complain hand-on {later} --to CO")).ok();
    assert_eq!(told_state(&desk, &later), "2026-11-18T18:00 met");
    desk.clock("2026-11-18 18:01");
    assert_eq!(told_state(&desk, &never), "2026-11-18T18:00 missed");
    let open = desk.complaint("");
    desk.settled(&open, "");
    desk.cs(&format!("complain act {open}")).ok();
    no(
        &desk,
        &format!("complain result {open} --result ok --told LW"),
        &["no complaints officer"],
        &["不是投诉管理员"],
    );
}

#[test]
fn r32_a_complaint_not_handled_is_reported_on_every_three_working_days() {
    let mut desk = Desk::complaining();
    desk.clock("2026-11-19 10:00");
    let complaint = desk.complaint("");
    assert_eq!(desk.due("R32", &complaint).as_deref(), Some("2026-11-24 18:00"));
    desk.clock("2026-11-24 18:00");
    desk.cs(&format!("complain progress {complaint} --report 'parts ordered'")).ok();
    assert_eq!(desk.due("R32", &complaint).as_deref(), Some("2026-11-27 18:00"));
    desk.clock("2026-11-30 09:00");
    desk.cs(&format!("complain progress {complaint} --report 'parts here'")).ok();
    let expected = ["1 2026-11-24 18:00 met", "1 2026-11-27 18:00 missed", "1 2026-12-03 18:00 running"];
    assert_eq!(states(&desk, &complaint, "R32"), expected);
    desk.handle(&complaint, "--told CO");
    assert_eq!(states(&desk, &complaint, "R32")[2], "1 2026-12-03 18:00 met");
    assert_eq!(desk.due("R32", &complaint), None);
}

#[test]
fn r33_compensation_is_not_paid_unsigned_nor_signed_by_its_planner() {
    let desk = Desk::complaining();
    let complaint = desk.complaint("");
    desk.cs(&format!("complain plan {complaint} --measure 'a new pane' --compensation 200")).by("DP").ok();
    desk.cs(&format!("complain agree {complaint}")).ok();
    no(
        &desk,
        &format!("complain act {complaint} --paid 200"),
        &["not signed", "200.00", "R33"],
        &["尚未签批", "200.00"],
    );
    no_by(&desk, "DP", &format!("complain sign {complaint}"), &["own work", "GM Gao Ming"], &["不能批准自己经办"]);
    no_by(&desk, "WM", &format!("complain sign {complaint}"), &["no role"], &["岗位无权"]);
    desk.cs(&format!("complain sign {complaint}")).by("GM").ok();
    no(&desk, &format!("complain act {complaint} --paid 200.01"), &["above the compensation"], &["超过方案中的赔偿"]);
    desk.cs(&format!("complain act {complaint} --paid 200")).ok();
    desk.is_sound();
}

#[test]
fn r33_each_measure_of_a_major_complaint_is_signed_and_no_measure_of_another() {
    let desk = Desk::complaining();
    let usual = desk.complaint("");
    desk.settled(&usual, "");
    assert_eq!(rules_due(&desk, &usual), ["R31", "R32"]);
    desk.cs(&format!("complain act {usual}")).ok();
    let free = desk.complaint("");
    desk.settled(&free, "--compensation 0");
    desk.cs(&format!("complain act {free}")).ok();
    let major = desk.complaint("--criteria media");
    desk.settled(&major, "");
    assert_eq!(rules_due(&desk, &major), ["R29", "R32", "R33"]);
    no(&desk, &format!("complain act {major}"), &["major complaint"], &["重大投诉"]);
    desk.cs(&format!("complain sign {major}")).by("DP").ok();
    // A signature is for its measure: a new one needs another.
    desk.cs(&format!("complain disagree {major} --reason 'too little'")).ok();
    desk.settled(&major, "");
    assert_eq!(rules_due(&desk, &major), ["R29", "R32", "R33"]);
    assert_eq!(derived(&desk, &major, "signed"), "no");
    no(&desk, &format!("complain act {major}"), &["not signed"], &["尚未签批"]);
    desk.cs(&format!("complain sign {major}")).by("DP").ok();
    desk.cs(&format!("complain act {major}")).ok();
    desk.is_sound();
}

#[test]
fn r33_a_signature_after_the_act_comes_too_late() {
    let mut desk = Desk::complaining();
    let complaint = desk.complaint("");
    desk.settled(&complaint, "--compensation 200");
    desk.clock("2026-11-18 15:00");
    desk.cs(&format!("complain sign {complaint}")).by("DP").ok();
    no(&desk, &format!("complain act {complaint} --at 14:59"), &["not signed"], &["尚未签批"]);
    desk.cs(&format!("complain act {complaint} --at 15:00")).ok();
}

#[test]
fn r67_what_the_signature_covers_stays() {
    let desk = Desk::complaining();
    let complaint = desk.complaint("--criteria media");
    desk.settled(&complaint, "");
    desk.cs(&format!("complain sign {complaint}")).by("DP").ok();
    no(&desk, &format!("complain edit {complaint} --content 'nothing'"), &["is signed"], &["已签字"]);
    no(&desk, &format!("complain edit {complaint} --clear criteria"), &["is signed"], &["已签字"]);
    desk.cs(&format!("complain escalate {complaint} --criteria lawyer")).ok();
    desk.cs(&format!("complain edit {complaint} --department Packing")).ok();
    // The plan under a signature is not taken from under it.
    no(&desk, &format!("void {complaint} --step 2 --note mistake"), &["is signed"], &["已签字"]);
}

#[test]
fn r34_nothing_is_carried_out_before_the_customer_agrees() {
    let desk = Desk::complaining();
    let complaint = desk.complaint("");
    no(&desk, &format!("complain act {complaint}"), &["received"], &["已受理"]);
    desk.cs(&format!("complain plan {complaint} --measure 'an apology'")).ok();
    no(&desk, &format!("complain act {complaint}"), &["planned"], &["已拟方案"]);
    desk.cs(&format!("complain disagree {complaint} --reason 'wants a pane'")).ok();
    no(&desk, &format!("complain agree {complaint}"), &["not agreed"], &["客户不同意"]);
    assert_eq!(rules_due(&desk, &complaint), ["R32", "R34"]);
    desk.settled(&complaint, "");
    desk.cs(&format!("complain act {complaint}")).ok();
}

#[test]
fn r35_the_customer_is_called_back_between_the_fifth_and_the_seventh_day() {
    let mut desk = Desk::complaining();
    let [early, met, late] = [(); 3].map(|()| desk.handled("", "--told CO"));
    assert_eq!(desk.due("R35", &met).as_deref(), Some("2026-11-25 18:00"));
    desk.clock("2026-11-22 23:59");
    let ask = |complaint: &str| format!("complain call-back {complaint} --satisfied yes");
    no(&desk, &ask(&early), &["too early", "2026-11-23", "2026-11-25"], &["未到回访时间"]);
    desk.clock("2026-11-23 00:00");
    desk.cs(&ask(&early)).ok();
    desk.clock("2026-11-25 18:00");
    desk.cs(&ask(&met)).ok();
    desk.clock("2026-11-25 18:01");
    desk.cs(&ask(&late)).ok();
    assert_eq!(states(&desk, &met, "R35"), ["1 2026-11-25 18:00 met"]);
    assert_eq!(states(&desk, &late, "R35"), ["1 2026-11-25 18:00 missed"]);
}

#[test]
fn r35_who_is_not_satisfied_gets_a_new_cycle_and_the_old_clocks_stay_as_they_ended() {
    let mut desk = Desk::complaining();
    desk.clock("2026-11-18 11:45");
    let complaint = desk.complaint("--criteria safety");
    desk.cs(&format!("complain hand-on {complaint} --to CO --at 11:45")).ok();
    desk.settled(&complaint, "");
    desk.cs(&format!("complain sign {complaint}")).by("DP").ok();
    desk.clock("2026-11-20 11:46");
    desk.cs(&format!("complain act {complaint}")).ok();
    desk.cs(&format!("complain result {complaint} --result mended")).ok();
    desk.clock("2026-11-24 10:00");
    desk.cs(&format!("complain call-back {complaint} --satisfied no")).ok();
    let first = |desk: &Desk| desk.clocks(&complaint).into_iter().filter(|c| c["cycle"] == 1).collect::<Vec<_>>();
    let old = first(&desk);
    let seen: Vec<_> = old.iter().map(|c| format!("{} {}", c["target"], c["state"]).replace('"', "")).collect();
    assert_eq!(seen, ["officer met", "handled missed", "progress met", "told missed", "call_back met"]);
    // The measure of the second cycle is planned, agreed and signed anew.
    assert_eq!(desk.show(&complaint)["state"], "new");
    assert_eq!(derived(&desk, &complaint, "cycle"), "2");
    assert_eq!(states(&desk, &complaint, "R31"), ["1 2026-11-20 11:45 missed", "2 2026-11-26 10:00 running"]);
    assert_eq!(states(&desk, &complaint, "R29")[1], "2 2026-11-24 10:30 running");
    assert_eq!(desk.due("R31", &complaint).as_deref(), Some("2026-11-26 10:00"));
    desk.clock("2026-11-27 10:00");
    assert_eq!(first(&desk), old);
    assert_eq!(states(&desk, &complaint, "R31")[1], "2 2026-11-26 10:00 missed");
    desk.settled(&complaint, "");
    no(&desk, &format!("complain act {complaint}"), &["not signed"], &["尚未签批"]);
    desk.cs(&format!("complain sign {complaint}")).by("DP").ok();
    desk.cs(&format!("complain act {complaint}")).ok();
    desk.cs(&format!("complain result {complaint} --result replaced --told CO")).ok();
    // The days of the call-back count from the new cycle.
    let ask = format!("complain call-back {complaint} --satisfied yes");
    desk.clock("2026-11-28 10:00");
    no(&desk, &ask, &["2026-11-29", "2026-12-01"], &["2026-11-29"]);
    desk.clock("2026-11-30 10:00");
    desk.cs(&ask).ok();
    assert_eq!(states(&desk, &complaint, "R35"), ["1 2026-11-25 18:00 met", "2 2026-12-01 18:00 met"]);
    assert_eq!(first(&desk), old);
    desk.is_sound();
}

#[test]
fn r35_what_was_never_done_in_a_cycle_stays_missed_as_it_ended() {
    let mut desk = Desk::complaining();
    let complaint = desk.complaint("--criteria safety");
    desk.settled(&complaint, "");
    desk.cs(&format!("complain sign {complaint}")).by("DP").ok();
    desk.cs(&format!("complain act {complaint}")).ok();
    desk.cs(&format!("complain result {complaint} --result mended")).ok();
    desk.clock("2026-11-23 10:00");
    desk.cs(&format!("complain call-back {complaint} --satisfied no")).ok();
    desk.clock("2026-11-24 10:00");
    let (five_days, a_day) = (5 * 1440, 1440);
    let expected = [
        (1, "2026-11-18 10:30".to_string(), "missed".to_string(), five_days, 30 - five_days),
        (2, "2026-11-23 10:30".to_string(), "missed".to_string(), a_day, 30 - a_day),
    ];
    assert_eq!(clocks(&desk, &complaint, "R29"), expected);
    assert_eq!(desk.due("R29", &complaint).as_deref(), Some("2026-11-23 10:30"));
    // Its steps of the first cycle discharge nothing of the second.
    assert_eq!(rules_due(&desk, &complaint), ["R29", "R31", "R32"]);
}

#[test]
fn r29_a_complaint_that_is_major_in_its_second_cycle_was_not_in_its_first() {
    let mut desk = Desk::complaining();
    let complaint = desk.handled("", "--told CO");
    desk.clock("2026-11-23 10:00");
    desk.cs(&format!("complain call-back {complaint} --satisfied no")).ok();
    desk.clock("2026-11-23 14:00");
    desk.cs(&format!("complain escalate {complaint} --criteria consumer_body")).ok();
    assert_eq!(states(&desk, &complaint, "R29"), ["2 2026-11-23 14:30 running"]);
}

#[test]
fn r32_nothing_is_left_to_tell_once_the_customer_was_called_back_the_same_day() {
    let mut desk = Desk::complaining();
    let complaint = desk.complaint("");
    desk.clock("2026-11-24 10:00");
    desk.handle(&complaint, "");
    desk.clock("2026-11-24 11:00");
    desk.cs(&format!("complain call-back {complaint} --satisfied no")).ok();
    let clocks = desk.clocks(&complaint);
    let told = clocks.iter().find(|clock| clock["target"] == "told").unwrap();
    assert_eq!((&told["state"], &told["stopped"]), (&"met".into(), &"2026-11-24T11:00:00+08:00".into()));
}

#[test]
fn r35_a_call_back_made_by_mistake_takes_its_cycle_with_it() {
    let mut desk = Desk::complaining();
    let complaint = desk.handled("", "--told CO");
    desk.clock("2026-11-24 10:00");
    desk.cs(&format!("complain call-back {complaint} --satisfied no")).ok();
    desk.cs(&format!("void {complaint} --step 6 --note 'wrong customer'")).ok();
    assert_eq!(derived(&desk, &complaint, "cycle"), "1");
    assert_eq!(desk.show(&complaint)["state"], "done");
    assert_eq!(states(&desk, &complaint, "R35"), ["1 2026-11-25 18:00 running"]);
}

#[test]
fn r36_a_complaint_closes_with_its_root_cause_and_a_satisfied_customer() {
    let mut desk = Desk::complaining();
    let complaint = desk.handled("", "--told CO");
    no(&desk, &format!("complain close {complaint}"), &["handled"], &["已处理"]);
    desk.clock("2026-11-24 10:00");
    desk.cs(&format!("complain call-back {complaint} --satisfied yes")).ok();
    no(&desk, &format!("complain close {complaint}"), &["no root cause", "R36"], &["尚未登记根本原因"]);
    assert_eq!(rules_due(&desk, &complaint), ["R36"]);
    no(
        &desk,
        &format!("complain cause {complaint} --cause gremlins"),
        &["none of the causes", "transport", "--new"],
        &["运输损坏"],
    );
    desk.cs(&format!("complain cause {complaint} --cause 运输损坏")).ok();
    assert_eq!(derived(&desk, &complaint, "cause"), "transport");
    assert_eq!(rules_due(&desk, &complaint), ["R35"]);
    desk.cs(&format!("complain cause {complaint} --cause gremlins --new")).ok();
    assert_eq!(derived(&desk, &complaint, "cause"), "gremlins");
    desk.cs(&format!("complain close {complaint}")).ok();
    assert_eq!(rules_due(&desk, &complaint), [] as [&str; 0]);
    desk.is_sound();
}

/// Complaints taken on days of November, called back by December, whose cause is the packing.
fn same_cause(desk: &mut Desk, days: &[&str]) -> Vec<String> {
    let mut made = Vec::new();
    for day in days {
        desk.clock(day);
        made.push(desk.handled("", "--told CO"));
    }
    desk.clock("2026-12-02 10:00");
    for complaint in &made {
        desk.cs(&format!("complain call-back {complaint} --satisfied yes")).ok();
        desk.cs(&format!("complain cause {complaint} --cause packing")).ok();
    }
    made
}

#[test]
fn r36_a_cause_that_came_up_three_times_in_a_month_asks_for_an_approved_prevention() {
    let mut desk = Desk::complaining();
    let made = same_cause(&mut desk, &["2026-11-02 10:00", "2026-11-03 10:00", "2026-11-27 10:00"]);
    let [first, second, third] = [&made[0], &made[1], &made[2]];
    // One measure for all three: asked for once.
    assert_eq!(desk.due("R36", third).as_deref(), Some("2026-12-02 18:00"));
    assert_eq!((desk.due("R36", first), desk.due("R36", second)), (None, None));
    no(&desk, &format!("complain close {first}"), &["3 times", "sign-prevent"], &["3 次", "总经理"]);
    no_by(
        &desk,
        "GM",
        &format!("complain sign-prevent {third}"),
        &["no preventive measure"],
        &["没有可批准的预防措施"],
    );
    desk.cs(&format!("complain prevent {third} --measure 'thicker boxes'")).ok();
    let duties = desk.todo("--who GM --until 2027-12-31");
    assert!(duties.iter().any(|d| d["rule"] == "R36" && d["command"] == format!("cs complain sign-prevent {third}")));
    no(&desk, &format!("complain close {first}"), &["no preventive measure is approved"], &["尚未批准"]);
    no_by(&desk, "DP", &format!("complain sign-prevent {third}"), &["general manager"], &["总经理"]);
    desk.cs(&format!("complain sign-prevent {third}")).by("GM").ok();
    assert_eq!(desk.due("R36", third), None);
    for complaint in [first, second, third] {
        desk.cs(&format!("complain close {complaint}")).ok();
    }
    desk.is_sound();
}

#[test]
fn r36_two_in_a_month_or_three_over_two_months_ask_for_nothing() {
    let mut desk = Desk::complaining();
    let made = same_cause(&mut desk, &["2026-10-30 10:00", "2026-11-03 10:00", "2026-11-24 10:00"]);
    for complaint in &made {
        assert_eq!(desk.due("R36", complaint), None);
        desk.cs(&format!("complain close {complaint}")).ok();
    }
    // A third comes up after two were closed: these stay rightly closed.
    desk.clock("2026-11-25 10:00");
    let third = desk.handled("", "--told CO");
    desk.clock("2026-12-02 12:00");
    desk.cs(&format!("complain call-back {third} --satisfied yes")).ok();
    desk.cs(&format!("complain cause {third} --cause packing")).ok();
    no(&desk, &format!("complain close {third}"), &["3 times"], &["3 次"]);
    desk.is_sound();
}

#[test]
fn r37_handing_on_stops_no_clock_and_moves_the_duties() {
    let mut desk = Desk::complaining();
    let complaint = desk.complaint("");
    desk.clock("2026-11-18 14:00");
    let before = desk.clocks(&complaint);
    desk.cs(&format!("complain hand-on {complaint} --to ZL")).ok();
    assert_eq!(desk.clocks(&complaint), before);
    let duties = desk.todo("--who ZL --until 2027-12-31");
    assert!(duties.iter().any(|duty| duty["rule"] == "R31" && duty["number"] == complaint.as_str()));
    assert!(desk.todo("--who YX --until 2027-12-31").is_empty());
}

#[test]
fn r45_r46_two_pauses_and_a_new_cycle_as_worked_out_by_hand() {
    let mut desk = Desk::complaining();
    desk.write("policy.toml", "[complaint]\nhandle = \"900m business\"\n");
    // Monday.
    desk.clock("2026-11-16 09:00");
    let complaint = desk.complaint("");
    assert_eq!(clocks(&desk, &complaint, "R31"), [(1, "2026-11-17 18:00".into(), "running".into(), 0, 900)]);
    desk.clock("2026-11-16 17:00");
    desk.cs(&format!("complain wait {complaint} --reason photos")).ok();
    // While it is paused nobody knows when it is due, but what is left.
    desk.clock("2026-11-16 18:00");
    assert_eq!(clocks(&desk, &complaint, "R31"), [(1, "none".into(), "paused".into(), 390, 510)]);
    let waits = desk.todo("--until 2027-12-31");
    assert!(waits.iter().any(|d| d["rule"] == "R45" && d["what"].as_str().unwrap().contains("510 minutes left")));
    desk.clock("2026-11-17 10:00");
    desk.cs(&format!("complain resume {complaint}")).ok();
    assert_eq!(clocks(&desk, &complaint, "R31"), [(1, "2026-11-18 11:00".into(), "running".into(), 390, 510)]);
    desk.clock("2026-11-17 11:00");
    desk.cs(&format!("complain wait {complaint} --reason invoice")).ok();
    desk.clock("2026-11-17 15:00");
    desk.cs(&format!("complain resume {complaint}")).ok();
    assert_eq!(clocks(&desk, &complaint, "R31"), [(1, "2026-11-18 15:00".into(), "running".into(), 450, 450)]);
    // On the due minute it is met.
    desk.clock("2026-11-18 15:00");
    desk.handle(&complaint, "--told CO");
    assert_eq!(clocks(&desk, &complaint, "R31"), [(1, "2026-11-18 15:00".into(), "met".into(), 900, 0)]);
    let told = desk.cs(&format!("complain clock {complaint}")).ok().stdout;
    for interval in [
        "2026-11-16 09:00 – 2026-11-16 12:00     180 min  counted",
        "2026-11-16 12:00 – 2026-11-16 13:30      90 min  outside working hours",
        "2026-11-16 17:00 – 2026-11-16 18:00      60 min  waiting for the customer",
        "2026-11-17 09:00 – 2026-11-17 10:00      60 min  waiting for the customer",
        "2026-11-17 11:00 – 2026-11-17 12:00      60 min  waiting for the customer",
        "2026-11-17 13:30 – 2026-11-17 15:00      90 min  waiting for the customer",
        "2026-11-18 13:30 – 2026-11-18 15:00      90 min  counted",
    ] {
        assert!(told.contains(interval), "{interval}:\n{told}");
    }
    // Closed and opened again: a second cycle, the first as it was.
    desk.clock("2026-11-23 10:00");
    desk.cs(&format!("complain call-back {complaint} --satisfied yes")).ok();
    desk.cs(&format!("complain cause {complaint} --cause product")).ok();
    desk.cs(&format!("complain close {complaint}")).ok();
    desk.clock("2026-11-30 09:00");
    desk.cs(&format!("complain reopen {complaint} --reason 'cracked again'")).ok();
    let expected = [
        (1, "2026-11-18 15:00".to_string(), "met".to_string(), 900, 0),
        (2, "2026-12-01 18:00".to_string(), "running".to_string(), 0, 900),
    ];
    assert_eq!(clocks(&desk, &complaint, "R31"), expected);
    assert_eq!(desk.due("R31", &complaint).as_deref(), Some("2026-12-01 18:00"));
    // It shows as it was seen then (R49).
    desk.clock("2026-11-17 10:30");
    assert_eq!(clocks(&desk, &complaint, "R31"), [(1, "2026-11-18 11:00".into(), "running".into(), 420, 480)]);
}

#[test]
fn r45_while_the_customer_is_waited_for_only_the_house_goes_on() {
    let mut desk = Desk::complaining();
    let complaint = desk.complaint("--criteria safety");
    no(&desk, &format!("complain resume {complaint}"), &["does not wait"], &["并未处于等待"]);
    desk.cs(&format!("complain plan {complaint} --measure x")).ok();
    desk.cs(&format!("complain wait {complaint} --reason y")).ok();
    for step in ["agree", "wait --reason z", "disagree --reason z"] {
        let (verb, flags) = step.split_once(' ').unwrap_or((step, ""));
        no(
            &desk,
            &format!("complain {verb} {complaint} {flags}"),
            &["waits for the customer", "resume"],
            &["等待客户"],
        );
    }
    // Telling the officer waits for no customer.
    desk.clock("2026-11-18 10:31");
    assert_eq!(states(&desk, &complaint, "R29"), ["1 2026-11-18 10:30 missed"]);
    desk.cs(&format!("complain sign {complaint}")).by("DP").ok();
    no(&desk, &format!("complain resume {complaint} --at 09:59"), &["2026-11-18 10:00"], &["2026-11-18 10:00"]);
    desk.cs(&format!("complain resume {complaint}")).ok();
    desk.cs(&format!("complain agree {complaint}")).ok();
    desk.is_sound();
}

#[test]
fn r46_a_closed_complaint_is_out_of_sight_until_it_is_opened_again() {
    let mut desk = Desk::complaining();
    let complaint = desk.handled("", "--told CO");
    desk.clock("2026-11-24 10:00");
    desk.cs(&format!("complain call-back {complaint} --satisfied yes")).ok();
    desk.cs(&format!("complain cause {complaint} --cause product")).ok();
    no(&desk, &format!("complain reopen {complaint} --reason x"), &["satisfied"], &["客户满意"]);
    desk.cs(&format!("complain close {complaint}")).ok();
    assert!(!desk.cs("complain list").ok().stdout.contains(&complaint));
    desk.clock("2026-12-01 10:00");
    assert_eq!(rules_due(&desk, &complaint), [] as [&str; 0]);
    desk.cs(&format!("complain reopen {complaint} --reason 'cracked again'")).ok();
    assert!(desk.cs("complain list").ok().stdout.contains(&complaint));
    assert_eq!(rules_due(&desk, &complaint), ["R31", "R32"]);
    desk.is_sound();
}

#[test]
fn r68_a_cycle_is_held_to_the_figures_in_force_when_it_began() {
    let mut desk = Desk::complaining();
    desk.write("policy.toml", "[[change]]\nfrom = 2026-11-20\ncomplaint.handle = \"24h real\"\n");
    let complaint = desk.handled("", "--told CO");
    desk.clock("2026-11-24 10:00");
    desk.cs(&format!("complain call-back {complaint} --satisfied no")).ok();
    assert_eq!(states(&desk, &complaint, "R31"), ["1 2026-11-20 10:00 met", "2 2026-11-25 10:00 running"]);
}

#[test]
fn a_complaint_takes_what_is_on_record_and_needs_somebody_to_answer() {
    let desk = Desk::complaining();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    let complaint = desk.cs(&format!("complain new --channel web --content late --record {shipment}")).ok().number();
    let shown = desk.cs(&format!("show {complaint} --json --reveal")).ok().json();
    assert_eq!([&shown["customer"], &shown["contact"], &shown["phone"]], ["ACME", "Ann Lee", "008613900001234"]);
    no(
        &desk,
        "complain new --channel hotline --content x",
        &["nobody could be answered", "--contact"],
        &["没有可以回复的人"],
    );
    for somebody in ["--contact 'Mr Ma'", "--phone 13800138000"] {
        desk.cs(&format!("complain new --channel hotline --content x {somebody}")).ok();
    }
    desk.is_sound();
}

#[test]
fn the_clock_says_what_scripts_rely_on() {
    let desk = Desk::complaining();
    let complaint = desk.complaint("");
    let clocks = desk.clocks(&complaint);
    let keys =
        ["cycle", "due", "intervals", "left_minutes", "rule", "start", "state", "stopped", "target", "used_minutes"];
    for clock in &clocks {
        let mut found: Vec<&str> = clock.as_object().unwrap().keys().map(String::as_str).collect();
        found.sort_unstable();
        assert_eq!(found, keys);
    }
    assert_eq!(clocks[0]["stopped"], Value::Null);
    desk.cs(&format!("complain clock {complaint}"))
        .lang("zh")
        .ok()
        .prints(["R31 第 1 轮 处理完毕：计时中", "回访客户"]);
}

#[test]
fn r66_no_clock_runs_for_a_complaint_that_is_void() {
    let desk = Desk::plain();
    let about = "--customer ACME --channel hotline --content 'late again'";
    let complaint = desk.cs(&format!("complain new {about}")).ok().number();
    desk.cs(&format!("void {complaint} --note double")).ok();
    no(&desk, &format!("complain clock {complaint}"), &["is void"], &["已作废"]);
}
