//! Entries that facts on record propose (R58): found by themselves, and entered by a supervisor or not at all.

mod common;

use common::{Desk, no_by};
use serde_json::Value;

/// The proposals of a period, each as `key points`.
fn proposed(desk: &Desk, period: &str) -> Vec<String> {
    let rows = desk.cs(&format!("score proposals {period} --json")).ok().json();
    let told = |row: &Value| format!("{} {}", row["key"].as_str().unwrap(), row["points"].as_str().unwrap());
    rows.as_array().unwrap().iter().map(told).collect()
}

fn keys(desk: &Desk, period: &str) -> Vec<String> {
    proposed(desk, period).iter().map(|told| told.split(' ').next().unwrap().to_string()).collect()
}

fn none(found: Vec<String>) {
    assert_eq!(found, [] as [String; 0]);
}

/// The sums of the ledger of this half-year: points taken and given by each.
fn standing(desk: &Desk) -> Vec<String> {
    let rows = desk.cs("score standing --json").ok().json();
    let told = |row: &Value| ["staff", "taken", "given"].map(|key| row[key].as_str().unwrap()).join(" ");
    rows.as_array().unwrap().iter().map(told).collect()
}

/// An order that nobody confirmed by closing time of its day.
fn unconfirmed() -> Desk {
    let mut desk = Desk::plain();
    assert_eq!(desk.order(), "DD-261118-YX-1");
    desk.clock("2026-11-19 09:00");
    desk
}

const KEY: &str = "D3.1-YX-261118-DD-261118-YX-1";

#[test]
fn r58_what_stood_unfinished_at_closing_time_is_proposed_as_d3_1() {
    let mut desk = Desk::plain();
    let order = desk.order();
    // It is due at 18:00, and on that minute still in time.
    desk.clock("2026-11-18 18:00");
    none(keys(&desk, ""));
    desk.clock("2026-11-18 18:01");
    assert_eq!(proposed(&desk, ""), [format!("{KEY} -2")]);
    // Done a day late, it was unfinished all the same; and that is told once, not each day again.
    desk.clock("2026-11-19 19:00");
    assert_eq!(keys(&desk, ""), [KEY]);
    desk.clock("2026-11-20 10:00");
    desk.cs(&format!("order confirm {order}")).ok();
    assert_eq!(keys(&desk, "2026-11-18"), [KEY]);
    none(keys(&desk, "2026-11-19"));
    let row = desk.cs("score proposals --json").ok().json()[0].take();
    let fact = "not done when work ended on 2026-11-18: confirm the order with Acme Retail (R8, due 2026-11-18 18:00)";
    assert_eq!((&row["record"], &row["fact"], &row["name"]), (&order.clone().into(), &fact.into(), &"Yang Xue".into()));
    let text = desk.cs("score proposals").lang("zh").ok().stdout;
    assert!(text.contains("2026-11-18 下班前未完成") && text.contains(KEY), "{text}");
    // A mistake that is void by now was none.
    desk.cs(&format!("void {order} --note twice")).by("LW").ok();
    none(keys(&desk, ""));
}

#[test]
fn r58_what_was_done_by_closing_time_is_not_proposed() {
    let mut desk = Desk::plain();
    let order = desk.order();
    desk.clock("2026-11-18 18:00");
    desk.cs(&format!("order confirm {order}")).ok();
    desk.clock("2026-11-19 17:00");
    none(keys(&desk, ""));
}

#[test]
fn r58_what_falls_due_on_a_day_off_is_looked_at_when_the_next_working_day_ends() {
    let mut desk = Desk::plain();
    desk.clock("2026-11-20 15:00");
    let [first, second] = [desk.consult(""), desk.consult("")];
    // Both are due on Saturday at 15:00, by the real clock (R27).
    desk.clock("2026-11-23 09:30");
    desk.cs(&format!("consult answer {first} --answer '120 yuan'")).ok();
    none(keys(&desk, "2026-11-20..2026-11-23"));
    desk.clock("2026-11-23 18:01");
    assert_eq!(keys(&desk, "2026-11-20..2026-11-23"), [format!("D3.1-YX-261123-{second}")]);
    none(keys(&desk, "2026-11-21..2026-11-22"));
}

#[test]
fn r58_a_task_that_another_set_is_proposed_as_d3_2_and_an_own_one_as_d3_1() {
    let mut desk = Desk::plain();
    let plan = |line: &str, by: &str| desk.cs(&format!("work plan x --due 2026-11-18 {line}")).by(by).ok().number();
    let (task, own, told_late, in_time) = (plan("--staff ZL", "LW"), plan("", "YX"), plan("", "YX"), plan("", "YX"));
    desk.cs(&format!("work done {in_time} --result done")).ok();
    let meeting = desk.cs("meet new other --host LW --topics all").ok().number();
    let todos = "--todo 'ZL=2026-11-18:call the carrier' --todo 'LW=2026-11-18:read the slips'";
    desk.cs(&format!("meet minutes {meeting} --present 'LW;ZL' --conclusions none --lasted 30 {todos}")).ok();
    desk.clock("2026-11-19 09:00");
    // Done yesterday, and written down today by a supervisor: it was not unfinished.
    desk.cs(&format!("work done {told_late} --result done --done-on 2026-11-18")).by("LW").ok();
    assert_eq!(
        proposed(&desk, "2026-11-18"),
        [
            format!("D3.1-LW-261118-{meeting} -2"),
            format!("D3.1-YX-261118-{own} -2"),
            format!("D3.2-ZL-261118-{task} -2"),
            format!("D3.2-ZL-261118-{meeting} -2"),
        ]
    );
    let accepted = desk.cs(&format!("score accept {task} {meeting}")).by("LW");
    // The meeting's number means two of them.
    accepted.refused(1).says(["means 2 proposals", "D3.2-ZL-261118-HY"]);
    let numbers = desk.cs(&format!("score accept {task} d3.2-zl-261118-{meeting}")).by("LW").ok().stdout;
    assert_eq!(numbers, "JX-261119-LW-1\nJX-261119-LW-2\n");
    assert_eq!(desk.show("JX-261119-LW-2")["record"], meeting);
    desk.is_sound();
}

#[test]
fn r52_r58_a_failed_test_is_proposed_as_d3_3_whatever_the_resit_came_to() {
    let desk = Desk::plain();
    let test = desk.cs("train plan test --when '2026-11-17 15:00' --attendees 'YX;ZL'").ok().number();
    for (staff, points) in [("YX", 59), ("ZL", 60)] {
        desk.cs(&format!("train mark {test} --staff {staff} --points {points}")).by("LW").ok();
    }
    desk.cs(&format!("train resit {test} --staff YX --points 95")).by("LW").ok();
    let key = format!("D3.3-YX-261117-{test}");
    let of_tests = || keys(&desk, "").into_iter().filter(|key| key.starts_with("D3.3")).collect::<Vec<_>>();
    assert_eq!(of_tests(), std::slice::from_ref(&key));
    let entry = desk.cs(&format!("score accept {key}")).by("LW").ok().number();
    let shown = desk.show(&entry);
    assert_eq!((shown["clause"].as_str(), shown["points"].as_str()), (Some("D3.3"), Some("1")));
    assert_eq!((shown["record"].as_str(), shown["on"].as_str()), (Some(test.as_str()), Some("2026-11-17")));
    assert_eq!(shown["evidence"], "failed the test of 2026-11-17: 59 points");
    none(of_tests());
    desk.is_sound();
}

#[test]
fn r63_r58_a_shift_missed_without_a_reason_is_proposed_as_d2_2_and_as_nothing_else() {
    let mut desk = Desk::plain();
    let roster =
        |desk: &Desk, on: &str| desk.cs(&format!("shift roster YX --on {on} --span 08:00-12:00")).ok().number();
    let [late, excused, absent] = ["2026-11-19", "2026-11-20", "2026-11-23"].map(|day| roster(&desk, day));
    desk.clock("2026-11-19 08:01");
    desk.cs(&format!("shift in {late}")).ok();
    desk.clock("2026-11-19 12:00");
    desk.cs(&format!("shift hand-over {late} --summary quiet")).ok();
    desk.clock("2026-11-20 12:10");
    desk.cs(&format!("shift absent {excused} --reason ill")).by("LW").ok();
    desk.clock("2026-11-23 18:10");
    // Nobody knows yet whether he came; that he is to come is no unfinished work.
    let of_shifts = |desk: &Desk| keys(desk, "").into_iter().filter(|key| key.contains("BC-")).collect::<Vec<_>>();
    assert_eq!(of_shifts(&desk), [format!("D2.2-YX-261119-{late}")]);
    desk.cs(&format!("shift absent {absent}")).by("LW").ok();
    assert_eq!(of_shifts(&desk), [format!("D2.2-YX-261119-{late}"), format!("D2.2-YX-261123-{absent}")]);
    desk.cs(&format!("score decline D2.2-YX-261119-{late} --reason 'the lift stood still'")).by("LW").ok();
    assert_eq!(of_shifts(&desk), [format!("D2.2-YX-261123-{absent}")]);
    desk.is_sound();
}

#[test]
fn r58_praise_noted_in_a_visit_is_proposed_for_who_is_responsible() {
    let desk = Desk::mending();
    // Star River is ZL's, whoever calls them; a ticket is whose who took it.
    let visit = |line: &str, by: &str| desk.cs(&format!("visit log {line}")).by(by).ok().number();
    let written = visit("RIVER --content 'kind people' --praise written", "YX");
    let spoken = visit("ACME --satisfaction 5 --praise spoken", "LW");
    let ticket = desk
        .cs(&format!("visit log {} --purpose survey --content thanks --praise spoken", desk.ticket("2026-06-01")))
        .by("ZL");
    let ticket = ticket.ok().number();
    visit("ACME --satisfaction 5", "YX");
    assert_eq!(
        proposed(&desk, ""),
        [
            format!("A1.3-YX-261118-{spoken} +5"),
            format!("A1.3-YX-261118-{ticket} +5"),
            format!("A1.2-ZL-261118-{written} +5"),
        ]
    );
    let number = desk.cs(&format!("score accept {written}")).by("LW").ok().number();
    let shown = desk.show(&number);
    assert_eq!(shown["evidence"], "praised in writing by Star River: kind people");
    assert_eq!((&shown["clause"], &shown["points"], &shown["record"]), (&"A1.2".into(), &"5".into(), &written.into()));
    // What a supervisor entered without asking for proposals is not proposed.
    desk.cs(&format!("score add YX --clause A1.3 --record {spoken}")).by("LW").ok();
    assert_eq!(keys(&desk, ""), [format!("A1.3-YX-261118-{ticket}")]);
    desk.is_sound();
}

#[test]
fn r58_points_for_praise_see_to_no_need_that_the_same_visit_stated() {
    let desk = Desk::plain();
    let said = "--content 'kind people, but it wobbles' --praise spoken --need improvement";
    let visit = desk.cs(&format!("visit log RIVER {said}")).by("ZL").ok().number();
    let need = || desk.todo("--until +30").iter().filter(|duty| duty["number"] == visit.as_str()).count();
    assert_eq!(need(), 1);
    desk.cs("score accept a1.3-zl").by("LW").ok();
    assert_eq!(need(), 1);
}

#[test]
fn r58_accepting_makes_an_entry_that_names_clause_points_day_record_and_fact() {
    let mut desk = unconfirmed();
    desk.clock("2026-12-02 10:00");
    // Neither this month nor the last one has to be named; a fragment is enough.
    let number = desk.cs("score accept d3.1-yx-261118").by("LW").ok().number();
    assert_eq!(number, "JX-261202-LW-1");
    let shown = desk.show(&number);
    let told =
        ["staff", "clause", "points", "on", "record", "proposal", "state"].map(|key| shown[key].as_str().unwrap());
    assert_eq!(told, ["YX", "D3.1", "2", "2026-11-18", "DD-261118-YX-1", KEY, "stands"]);
    assert!(shown["evidence"].as_str().unwrap().starts_with("not done when work ended on 2026-11-18"), "{shown}");
    assert_eq!(standing(&desk), ["YX 2 0"]);
    // It is proposed no more, also once it was reversed.
    none(keys(&desk, "2026-11-18"));
    let again = format!("score accept {KEY}");
    let accepted = format!("{KEY} was accepted as {number}");
    no_by(&desk, "LW", &again, &[&accepted, "cs score show"], &["已采纳，见 JX-261202-LW-1"]);
    no_by(&desk, "LW", &again.replace("YX-1", "YX-9"), &["no proposal", "cs score proposals"], &["没有待处理的建议"]);
    desk.cs(&format!("score reverse {number} --reason 'the line was down'")).by("LW").ok();
    none(keys(&desk, "2026-11-18"));
    no_by(&desk, "LW", &again, &[&format!("{accepted}, which was reversed")], &["后已冲销"]);
    desk.is_sound();
    // In a folder whose language is Chinese the fact is written so.
    let desk = unconfirmed();
    desk.swap("cs.toml", "language = \"en\"", "language = \"zh\"");
    let number = desk.cs(&format!("score accept {KEY} --lang en")).by("LW").ok().number();
    assert!(desk.show(&number)["evidence"].as_str().unwrap().starts_with("2026-11-18 下班前未完成"));
}

#[test]
fn r58_what_is_declined_stays_on_record_with_its_reason_and_counts_nowhere() {
    let desk = unconfirmed();
    desk.cs(&format!("score decline {KEY}")).by("LW").refused(2);
    no_by(&desk, "LW", &format!("score decline {KEY} --reason ''"), &["--reason"], &["--reason"]);
    let number = desk.cs(&format!("score decline {KEY} --reason 'the line was down'")).by("LW").ok().number();
    let shown = desk.show(&number);
    assert_eq!((&shown["state"], &shown["why"]), (&"declined".into(), &"the line was down".into()));
    assert!(shown["derived"]["worth"].is_null());
    none(keys(&desk, ""));
    none(standing(&desk));
    assert_eq!(desk.cs("score ledger --json").ok().json().as_array().unwrap().len(), 0);
    let month = desk.cs("score month YX --json").ok().json();
    assert!(month.as_array().unwrap().iter().all(|row| row["records"].as_array().is_none_or(Vec::is_empty)), "{month}");
    let void = format!("void {number} --note x");
    no_by(&desk, "LW", &void, &["stands as it was", "the proposal is open again"], &["不得修改或作废", "可重新处理"]);
    desk.is_sound();
}

#[test]
fn r58_a_decline_may_be_reversed_and_the_proposal_decided_anew() {
    let desk = unconfirmed();
    let number = desk.cs(&format!("score decline {KEY} --reason 'the line was down'")).by("LW").ok().number();
    let accept = format!("score accept {KEY}");
    let told = format!("{KEY} was declined as {number}");
    let reverse = format!("score reverse {number} --reason 'it was not down'");
    no_by(&desk, "LW", &accept, &[&told, &format!("cs score reverse {number}")], &["已不采纳，见"]);
    no_by(&desk, "ZL", &reverse, &["holds no role"], &["岗位无权"]);
    desk.cs(&reverse).by("WM").ok();
    assert_eq!((&desk.show(&number)["state"], keys(&desk, "")), (&"reversed".into(), vec![KEY.to_string()]));
    none(standing(&desk));
    desk.is_sound();
    let accepted = desk.cs(&accept).by("LW").ok().number();
    assert_eq!(standing(&desk), ["YX 2 0"]);
    no_by(&desk, "LW", &accept, &[&format!("accepted as {accepted}")], &["已采纳"]);
    assert_eq!(desk.cs("score ledger --json").ok().json().as_array().unwrap().len(), 1);
    desk.is_sound();
}

#[test]
fn r57_who_accepts_what_reaches_a_line_is_told() {
    let desk = unconfirmed();
    desk.cs("score add YX --clause D5.2 --points 29 --evidence x").by("LW").ok();
    let told = desk.cs(&format!("score accept {KEY}")).by("LW").ok().stderr;
    assert!(told.contains("YX: 31 points taken in 2026-H2, not to stay in post from 30 on (R57)"), "{told}");
}

#[test]
fn r58_a_supervisor_decides_and_nobody_about_oneself() {
    let mut desk = Desk::plain();
    desk.cs("work plan x --due 2026-11-18").by("LW").ok();
    desk.order();
    desk.clock("2026-11-19 09:00");
    for verb in ["accept", "decline --reason x"] {
        no_by(&desk, "ZL", &format!("score {verb} d3.1-yx"), &["holds no role"], &["岗位无权"]);
        no_by(&desk, "LW", &format!("score {verb} d3.1-lw"), &["points of their own"], &["本人的绩效"]);
        // All or nothing: the one about YX is not made either.
        no_by(&desk, "LW", &format!("score {verb} d3.1-yx d3.1-lw"), &["points of their own"], &["本人的绩效"]);
    }
    no_by(
        &desk,
        "LW",
        "score accept d3.1-yx nonsense 261118",
        &["no proposal \"nonsense\"", "\"261118\" means 2 proposals"],
        &["没有待处理的建议“nonsense”", "“261118”可指 2 条建议"],
    );
    no_by(&desk, "LW", "score accept d3.1-yx --points 3", &["worth 2 points"], &["分值为 2 分"]);
    no_by(&desk, "LW", "score accept d3.1-yx --points 0", &["--points"], &["--points"]);
    // Both, by who may; a key given twice is one.
    desk.cs("score accept d3.1-yx d3.1-lw D3.1-YX").by("WM").ok().prints(["JX-261119-WM-1\nJX-261119-WM-2\n"]);
    none(keys(&desk, ""));
}

#[test]
fn r58_r68_a_proposal_follows_the_clause_as_it_stood_on_the_day() {
    let desk = unconfirmed();
    desk.append("policy.toml", "\n[[change]]\nfrom = 2026-11-10\nclauses.\"D3.1\" = { min = 3, max = 4 }\n");
    assert_eq!(proposed(&desk, ""), [format!("{KEY} -3")]);
    let number = desk.cs("score accept d3.1-yx --points 4").by("LW").ok().number();
    assert_eq!(desk.show(&number)["points"], "4");
    let desk = unconfirmed();
    desk.append("policy.toml", "\n[[change]]\nfrom = 2026-11-10\nclauses.\"D3.1\" = \"retired\"\n");
    none(keys(&desk, ""));
}

#[test]
fn each_decision_is_a_commit_of_its_own_and_a_dry_run_writes_nothing() {
    let mut desk = Desk::new();
    desk.order();
    desk.order();
    desk.clock("2026-11-19 09:00");
    let before = desk.files();
    let shown = desk.cs("score accept yx-1 yx-2 --dry-run").by("LW").ok().stdout;
    assert!(shown.contains("D3.1-YX-261118-DD-261118-YX-1"), "{shown}");
    assert_eq!(desk.files(), before);
    let made = desk.cs("score decline yx-1 yx-2 --reason x --json").by("LW").ok().json();
    assert_eq!((made.as_array().unwrap().len(), &made[1]["state"]), (2, &"declined".into()));
    let subjects = desk.git(&["log", "-2", "--format=%s %an"]);
    assert_eq!(subjects.trim(), "JX-261119-LW-2 decline Li Wei\nJX-261119-LW-1 decline Li Wei");
    desk.cs("log JX-261119-LW-1").ok();
    desk.is_sound();
}
