//! Visits and reports handed in that a hand made wrong (R22, R35, R38–R41): what `cs check` tells of each, at its place.

mod common;

use common::Desk;

const FILE: &str = "visits/2026-11.csv";

/// A sound department: a visit that was followed up, one after a repair, one by which a complaint was called back.
fn sound() -> Desk {
    let mut desk = Desk::complaining();
    let (ticket, complaint) = (desk.repaired(), desk.handled("", "--told CO"));
    desk.cs("visit log acme --satisfaction 2 --quality 4 --content doors").ok();
    desk.cs("visit follow HF-261118-YX-1 --answer mended").ok();
    desk.cs(&format!("visit log {ticket} --satisfaction 5")).ok();
    desk.clock("2026-11-24 10:00");
    desk.cs(&format!("visit log {complaint} --satisfaction 4")).ok();
    desk.cs(&format!("complain call-back {complaint} --visit HF-261124-YX-1")).ok();
    desk.is_sound();
    desk
}

/// What is wrong once a piece of the month is another: the codes, and the files where they are not the month's.
fn swapped(old: &str, new: &str) -> Vec<String> {
    let desk = sound();
    desk.swap(FILE, old, new);
    let told = desk.found();
    told.iter().map(|found| found.split(' ').next().unwrap().to_string()).collect()
}

#[test]
fn what_a_hand_changed_is_told() {
    for (old, new, codes) in [
        ("new,ACME,monthly", "new,NOBODY,monthly", &["ref.code"][..]),
        ("new,ACME,monthly", "new,ACME,weekly", &["field.value"]),
        ("new,ACME,monthly", "new,,monthly", &["field.missing"]),
        ("new,ACME,monthly", "new,ACME,repair_follow_up", &["visit.follows"]),
        ("new,ACME,repair_follow_up", "new,RIVER,repair_follow_up", &["visit.record"]),
        ("new,ACME,repair_follow_up", "new,ACME,complaint_call_back", &["visit.follows", "visit.fixture"]),
        ("WX-261118-YX-1", "WX-261118-YX-7", &["ref.record"]),
        ("working", "", &["visit.fixture"]),
        ("improvement", "nothing", &["visit.need", "step.order"]),
        (",4,,,,2,", ",4,,,,9,", &["field.value"]),
        ("TS-261118-YX-1", "", &["complaint.visit", "visit.follows"]),
        (",follow,", ",followed,", &["step.verb"]),
    ] {
        assert_eq!(swapped(old, new), codes, "{old} → {new}");
    }
}

#[test]
fn a_call_back_before_its_days_is_told() {
    let desk = sound();
    let text = desk.read(FILE).replace("2026-11-24T10", "2026-11-21T10").replace("HF-261124", "HF-261121");
    desk.write(FILE, text);
    desk.swap("complaints/2026/11/TS-261118-YX-1.toml", "HF-261124", "HF-261121");
    assert_eq!(desk.found().len(), 1);
    assert!(desk.found()[0].starts_with("visit.call-back visits/2026-11.csv"));
}

#[test]
fn what_was_handed_in_is_of_a_month_and_by_somebody_who_works_here() {
    let row = "2026-12-02T10:00:00+08:00,LW,visits,2026-11,\n";
    for (old, new, code) in [
        ("2026-11,", "2026-W47,", "filing.period"),
        (",visits,", ",gossip,", "register.value"),
        (",LW,", ",XX,", "ref.staff"),
        ("2026-12-02", "2026-11-30", "register.month"),
    ] {
        let mut desk = Desk::plain();
        desk.clock("2026-12-03 09:00");
        desk.write("filings/2026-12.csv", format!("at,by,report,period,note\n{row}"));
        desk.is_sound();
        desk.swap("filings/2026-12.csv", old, new);
        let found = desk.found();
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(&format!("{code} filings/2026-12.csv:2:")), "{found:?}");
    }
}
