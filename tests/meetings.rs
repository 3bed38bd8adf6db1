//! Meetings (R51): called with an agenda, held and written down, their to-dos, and those that are to be held.

mod common;

use common::{Desk, no};

fn called(desk: &Desk, sort: &str, when: &str) -> String {
    desk.cs(&format!("meet new {sort} --when '{when}' --host LW --topics all")).ok().number()
}

const TOLD: &str = "--present 'LW;YX' --absent ZL --conclusions 'as proposed' --lasted 50";

#[test]
fn r51_a_meeting_is_called_held_and_closed_when_its_to_dos_are_done() {
    let mut desk = Desk::plain();
    let meeting = called(&desk, "weekly", "2026-11-20 10:00");
    assert_eq!(meeting, "HY-261118-YX-1");
    assert_eq!(desk.due("R51", &meeting).as_deref(), Some("2026-11-20 18:00"));
    desk.clock("2026-11-20 11:00");
    let todos = "--todo 'ZL=2026-11-24:call the carrier' --todo 'YX=2026-11-26:sort the slips'";
    desk.cs(&format!("meet minutes {meeting} {TOLD} {todos}")).ok();
    let shown = desk.show(&meeting);
    assert_eq!((shown["state"].as_str(), shown["derived"]["open_todos"].as_str()), (Some("held"), Some("2")));
    // An open to-do is its owner's duty.
    let todo = |who: &str| desk.cs(&format!("todo --who {who} --until +7")).ok().stdout;
    assert!(todo("ZL").contains("to-do of the meeting: call the carrier"), "{}", todo("ZL"));
    assert!(todo("YX").contains(&format!("cs meet todo-done {meeting} --todo 2")), "{}", todo("YX"));
    no(&desk, &format!("meet close {meeting}"), &["to-dos not done: 2 (R51)"], &["还有 2 项待办未完成"]);
    desk.cs(&format!("meet todo-done {meeting} --todo 1 --result 'he calls back'")).by("ZL").ok();
    assert!(!todo("ZL").contains("call the carrier"));
    no(&desk, &format!("meet todo-done {meeting} --todo 1"), &["to-do 1 is done already"], &["第 1 项待办已经完成"]);
    no(&desk, &format!("meet todo-done {meeting} --todo 3"), &["no to-do 3: it has 2"], &["没有第 3 项待办"]);
    desk.cs(&format!("meet todo-done {meeting} --todo 2")).ok();
    desk.cs(&format!("meet close {meeting}")).ok();
    desk.is_sound();
}

#[test]
fn r51_an_hour_at_most_nobody_twice_and_never_dropped_without_a_reason() {
    let desk = Desk::plain();
    let meeting = called(&desk, "other", "2026-11-18 09:00");
    let minutes = |told: &str| format!("meet minutes {meeting} --conclusions none {told}");
    no(
        &desk,
        &minutes("--present YX --lasted 61"),
        &["at most 60 minutes, this one took 61", "--over"],
        &["不得超过 60 分钟"],
    );
    no(
        &desk,
        &minutes("--present 'YX;LW' --absent LW --lasted 60"),
        &["LW can't be present and absent"],
        &["LW 不能既出席又缺席"],
    );
    no(&desk, &minutes("--present OLD --lasted 60"), &["OLD is not on the staff"], &["OLD 在 2026-11-18 不是在职员工"]);
    no(&desk, &minutes("--present YX --lasted 9 --todo 'YX=2026-11-17:x'"), &["before the meeting"], &["早于会议日"]);
    no(&desk, &minutes("--present YX --lasted 9 --at 08:00"), &["had not begun"], &["尚未开始"]);
    desk.cs(&minutes("--present YX --lasted 61 --over 'the panes took long'")).ok();
    let dropped = called(&desk, "other", "2026-11-18 09:00");
    no(&desk, &format!("meet cancel {dropped}"), &["--reason"], &["--reason"]);
    desk.cs(&format!("meet cancel {dropped} --reason 'all are at the fair'")).ok();
    assert_eq!(desk.due("R51", &dropped), None);
    desk.is_sound();
}

#[test]
fn r51_a_meeting_that_comes_around_is_held_or_has_a_reason() {
    let mut desk = Desk::plain();
    // Nobody is asked before the first one.
    assert_eq!(desk.due("R51", "weekly 2026-W47"), None);
    let first = called(&desk, "weekly", "2026-11-20 10:00");
    desk.clock("2026-11-20 11:00");
    desk.cs(&format!("meet minutes {first} {TOLD}")).ok();
    desk.clock("2026-11-25 09:00");
    assert_eq!(desk.due("R51", "weekly 2026-W48").as_deref(), Some("2026-11-27 10:00"));
    // Where Friday is a day off, it is on the day before.
    desk.cs("calendar add 2026-11-27 --kind off").by("WM").ok();
    assert_eq!(desk.due("R51", "weekly 2026-W48").as_deref(), Some("2026-11-26 10:00"));
    // Missed, it is still asked for in the week after; a reason on record is enough.
    desk.clock("2026-12-01 09:00");
    assert_eq!(desk.due("R51", "weekly 2026-W48").as_deref(), Some("2026-11-26 10:00"));
    let late = called(&desk, "weekly", "2026-11-26 10:00");
    desk.cs(&format!("meet cancel {late} --reason 'a day off'")).ok();
    assert_eq!(desk.due("R51", "weekly 2026-W48"), None);
    assert_eq!(desk.due("R51", "weekly 2026-W49").as_deref(), Some("2026-12-04 10:00"));
    // The others: the last Friday before the 25th, the end of the month and of the year.
    for sort in ["monthly", "product_quality"] {
        called(&desk, sort, "2026-11-12 10:00");
    }
    called(&desk, "yearly", "2025-12-12 10:00");
    assert_eq!(desk.due("R51", "monthly 2026-12").as_deref(), Some("2026-12-18 10:00"));
    assert_eq!(desk.due("R51", "product_quality 2026-12").as_deref(), Some("2026-12-31 18:00"));
    assert_eq!(desk.due("R51", "yearly 2026").as_deref(), Some("2026-12-31 18:00"));
}

#[test]
fn r51_the_agenda_is_the_weeks_hard_cases_and_open_to_dos() {
    let mut desk = Desk::complaining();
    desk.cs("meet agenda").ok().prints(["the week's work"]);
    let meeting = called(&desk, "weekly", "2026-11-18 09:00");
    desk.cs(&format!("meet minutes {meeting} {TOLD} --todo 'ZL=2026-11-24:call the carrier'")).ok();
    let complaint = desk.complaint("--amount 20000");
    let consult = desk.consult("");
    desk.clock("2026-11-20 09:00");
    let printed = desk.cs("meet agenda").ok().stdout;
    for topic in [
        format!("major complaint {complaint}: Acme Retail"),
        format!("overdue {consult}: answer Acme Retail"),
        format!("to-do of {meeting}, Zhao Lei: call the carrier"),
    ] {
        assert!(printed.contains(&topic), "{topic}\n{printed}");
    }
    desk.cs("meet agenda").lang("zh").ok().prints(["重大投诉", "逾期", "待办（Zhao Lei）"]);
    let next = desk.cs("meet new weekly --when '2026-11-20 10:00'").ok().number();
    let topics = desk.show(&next)["topics"].as_str().unwrap().to_string();
    assert_eq!(topics.lines().count(), printed.lines().count(), "{topics}");
    assert!(topics.contains(&complaint) && topics.contains("call the carrier"));
    desk.is_sound();
}
