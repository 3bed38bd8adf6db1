//! Scores of calls that a hand made wrong (R54): what `cs check` tells of each.

mod common;

use common::Desk;

const FILE: &str = "qa/2026-11.csv";

/// A sound department: a score, one that was contested and amended, and one of the supervisor's.
fn sound() -> Desk {
    let desk = Desk::plain();
    desk.cs("staff add QA --name 'Qin An' --roles qa").by("WM").ok();
    desk.cs("qa score YX --marks answer=29 --on 2026-11-17").by("QA").ok();
    desk.cs("qa score ZL --marks answer=20 --said hasty").by("QA").ok();
    desk.cs("qa contest ZJ-261118-QA-2 --reason 'as the list says'").by("ZL").ok();
    desk.cs("qa amend ZJ-261118-QA-2 --marks answer=25 --reason so").by("LW").ok();
    desk.cs("qa score LW --marks closing=4").by("QA").ok();
    desk.is_sound();
    desk
}

#[test]
fn r54_what_a_hand_changed_is_told() {
    for (old, new, codes) in [
        ("new,YX,2026-11-17", "new,NOBODY,2026-11-17", &["ref.code"][..]),
        ("new,YX,2026-11-17", "new,OLD,2026-11-17", &["call.staff"]),
        ("new,YX,2026-11-17", "new,QA,2026-11-17", &["sign.own"]),
        ("new,YX,2026-11-17", "new,,2026-11-17", &["field.missing"]),
        ("new,YX,2026-11-17", "new,YX,2026-11-19", &["call.future"]),
        ("answer 29", "answer 31", &["call.points"]),
        ("answer 29; ", "", &["call.lacks"]),
        ("answer 29", "answers 29", &["call.item", "call.lacks"]),
        ("answer 29", "answer", &["field.value"]),
        ("greeting 10; listening 20; answer 29; courtesy 20; procedure 15; closing 5", "full", &["call.lacks"]),
        (
            "greeting 10; listening 20; answer 29; courtesy 20",
            "greeting 0; listening 0; answer 10; courtesy 0",
            &["call.said"],
        ),
        (",QA,ZJ-261118-QA-1,new", ",ZL,ZJ-261118-QA-1,new", &["sign.role"]),
        (",ZL,ZJ-261118-QA-2,contest", ",YX,ZJ-261118-QA-2,contest", &["call.contest"]),
        (
            "2026-11-18T10:00:00+08:00,ZL,ZJ-261118-QA-2,contest",
            "2026-11-24T10:00:00+08:00,ZL,ZJ-261118-QA-2,contest",
            &["call.late"],
        ),
        (",LW,ZJ-261118-QA-2,amend", ",QA,ZJ-261118-QA-2,amend", &["sign.own"]),
        ("answer 25", "answer 20", &["call.same"]),
        ("answer 25", "answer 99", &["call.points"]),
        ("amend,,,", "uphold,,,", &["register.cell"]),
        ("as the list says", "", &["field.missing"]),
    ] {
        let desk = sound();
        desk.swap(FILE, old, new);
        let told: Vec<String> = desk.found().iter().map(|found| found.split(' ').next().unwrap().to_string()).collect();
        assert_eq!(told, codes, "{old} → {new}");
        assert!(desk.found().iter().all(|found| found.contains(FILE)), "{old} → {new}");
    }
}

#[test]
fn r54_nobody_voids_a_score_of_an_own_call_by_hand() {
    let desk = sound();
    desk.append(FILE, "2026-11-18T10:00:00+08:00,LW,ZJ-261118-QA-3,void,,,,,,,,,,,mistake,\n");
    assert_eq!(desk.found(), [format!("call.own {FILE}:7:45")]);
}

#[test]
fn r54_without_items_no_call_is_scored() {
    let desk = sound();
    let retired = ["greeting", "listening", "answer", "courtesy", "procedure", "closing"]
        .map(|item| format!("qa_items.{item} = \"retired\"\n"))
        .concat();
    desk.append("policy.toml", &format!("\n[[change]]\nfrom = 2026-11-18\n{retired}"));
    let done = desk.cs("qa score YX --marks full").by("QA").refused(1);
    assert!(done.stderr.contains("no item is left on which a call is scored (R54)"), "{done}");
}
