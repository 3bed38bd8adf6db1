//! Shifts that a hand made wrong (R63): what `cs check` tells of each.

mod common;

use common::Desk;

const FILE: &str = "shifts/2026-11.csv";

/// A sound department: a shift that was handed over with a point that is settled, one that somebody else took, an absence,
/// and one that was cancelled.
fn sound() -> Desk {
    let mut desk = Desk::plain();
    for (who, on) in [("YX", "2026-11-18"), ("ZL", "2026-11-19"), ("YX", "2026-11-20"), ("ZL", "2026-11-21")] {
        desk.cs(&format!("shift roster {who} --on {on} --span 08:00-16:00")).by("LW").ok();
    }
    desk.cs("shift in --at 10:00").ok();
    desk.cs("shift swap BC-261118-LW-2 --staff AS --at 10:00").by("LW").ok();
    desk.cs("shift cancel BC-261118-LW-4 --reason quiet --at 10:00").by("LW").ok();
    desk.clock("2026-11-20 17:00");
    desk.cs("shift hand-over BC-261118-LW-1 --summary quiet --points p --at '2026-11-18 16:00'").ok();
    desk.cs("shift settle BC-261118-LW-1 --point 1 --result done").by("ZL").ok();
    desk.cs("shift absent BC-261118-LW-3").by("ZL").ok();
    desk.is_sound();
    desk
}

#[test]
fn r63_what_a_hand_changed_is_told() {
    for (old, new, codes) in [
        ("LW-1,new,YX,", "LW-1,new,NOBODY,", &["ref.code", "sign.role", "sign.role"][..]),
        ("LW-1,new,YX,2026-11-18", "LW-1,new,YX,2026-11-17", &["shift.past", "shift.ended"]),
        ("LW-1,new,YX,2026-11-18", "LW-1,new,YX,2027-11-20", &["shift.ahead", "shift.early", "shift.early"]),
        ("LW-1,new,YX,2026-11-18,08:00-16:00", "LW-1,new,YX,2026-11-18,8-16", &["field.value"]),
        ("LW-1,new,YX,2026-11-18,08:00-16:00", "LW-1,new,YX,2026-11-18,10:00-09:00", &[]),
        ("LW-2,new,ZL,", "LW-2,new,OLD,", &["shift.staff"]),
        ("LW-2,swap,AS", "LW-2,swap,OLD", &["shift.staff"]),
        ("LW-2,swap,AS", "LW-2,swap,ZL", &["shift.swap"]),
        ("LW-4,new,ZL,2026-11-21,08:00-16:00", "LW-4,new,ZL,2026-11-19,15:00-17:00", &[]),
        ("LW-3,new,YX,2026-11-20,08:00-16:00", "LW-3,new,YX,2026-11-20,18:00-20:00", &["shift.not-begun"]),
        (",LW,BC-261118-LW-2,swap", ",ZL,BC-261118-LW-2,swap", &["sign.role"]),
        (",LW,BC-261118-LW-4,cancel", ",ZL,BC-261118-LW-4,cancel", &["sign.own"]),
        (",ZL,BC-261118-LW-3,absent", ",YX,BC-261118-LW-3,absent", &["shift.own-absence"]),
        (",YX,BC-261118-LW-1,in", ",ZL,BC-261118-LW-1,in", &["sign.role"]),
        ("2026-11-18T16:00:00+08:00,YX", "2026-11-18T09:30:00+08:00,YX", &["shift.order", "step.early"]),
    ] {
        let desk = sound();
        desk.swap(FILE, old, new);
        if codes.is_empty() {
            desk.is_sound();
            continue;
        }
        let mut told: Vec<String> =
            desk.found().iter().map(|found| found.split(' ').next().unwrap().to_string()).collect();
        let mut codes = codes.to_vec();
        told.sort_unstable();
        codes.sort_unstable();
        assert_eq!(told, codes, "{old} → {new}");
        assert!(desk.found().iter().all(|found| found.contains(FILE)), "{old} → {new}");
    }
}

#[test]
fn r63_of_two_shifts_at_once_that_were_merged_both_are_told() {
    let desk = sound();
    desk.append(FILE, &desk.read(FILE).lines().nth(1).unwrap().replace("BC-261118-LW-1", "BC-261118-LW-9"));
    desk.append(FILE, "\n");
    let told: Vec<String> = desk.found().iter().map(|found| found.split(' ').next().unwrap().to_string()).collect();
    assert_eq!(told, ["shift.overlap", "shift.overlap"]);
}
