//! Consults that a hand made wrong (R26, R27): what `cs check` tells of each, at its row.

mod common;

use common::Desk;

const FILE: &str = "consults/2026-11.csv";

/// A sound month: a consult handed on, answered, asked again and answered, and a complaint that came of it.
fn answered() -> Desk {
    let mut desk = Desk::plain();
    let consult = desk.consult("");
    for (at, line) in [
        ("11:00", "hand-on ZX --to ZL"),
        ("12:00", "answer ZX --answer 'it is 120'"),
        ("13:00", "ask-again ZX --what 'with a lamp?'"),
        ("14:00", "answer ZX --answer 'it is 180'"),
    ] {
        desk.clock(&format!("2026-11-18 {at}"));
        desk.cs(&format!("consult {}", line.replace("ZX", &consult))).ok();
    }
    desk.cs(&format!("consult turn-into complaint {consult}")).ok();
    desk.is_sound();
    desk
}

#[test]
fn what_a_hand_changed_is_told() {
    for (old, new, found) in [
        (",ZL,", ",OLD,", &["consult.staff consults/2026-11.csv:3:45"][..]),
        (",ZL,", ",YX,", &["consult.holder consults/2026-11.csv:3:45"]),
        (",ZL,", ",NOBODY,", &["ref.code consults/2026-11.csv:3:60"]),
        ("T13:00", "T11:59", &["consult.early consults/2026-11.csv:5:45"]),
        ("T14:00", "T12:59", &["consult.early consults/2026-11.csv:6:45"]),
        ("T11:00", "T09:59", &["step.early consults/2026-11.csv:3:45"]),
        ("ask-again", "refuse", &["step.verb consults/2026-11.csv:5:1"]),
        ("it is 180", "", &["field.missing consults/2026-11.csv:6:1"]),
        (",price,", ",gossip,", &["field.value consults/2026-11.csv:2:57"]),
    ] {
        let desk = answered();
        desk.swap(FILE, old, new);
        assert_eq!(desk.found(), found, "{old} → {new}\n{}", desk.read(FILE));
    }
}

#[test]
fn nobody_to_answer_is_told() {
    let desk = answered();
    for piece in [",ACME,", ",Ann Lee,", ",008613900001234,"] {
        desk.swap(FILE, piece, ",,");
    }
    assert_eq!(desk.found(), ["consult.nobody consults/2026-11.csv"]);
    desk.swap(FILE, ",hotline,", ",desk,");
    desk.is_sound();
}

#[test]
fn an_answer_that_was_cut_out_is_missed() {
    let desk = answered();
    let text = desk.read(FILE);
    let kept: Vec<&str> = text.lines().filter(|line| !line.contains("it is 120")).collect();
    desk.write(FILE, kept.join("\n") + "\n");
    assert_eq!(desk.found(), ["step.order consults/2026-11.csv:4:45"]);
}

#[test]
fn a_record_that_names_a_consult_which_is_not_there_or_void_is_told() {
    let desk = answered();
    let complaint = "complaints/2026/11/TS-261118-YX-1.toml";
    desk.swap(complaint, "ZX-261118-YX-1", "ZX-261118-YX-7");
    assert_eq!(desk.found(), [format!("ref.record {complaint}:6:11")]);
    let mut desk = answered();
    desk.append(FILE, "2026-11-18T14:30:00+08:00,LW,ZX-261118-YX-1,void,,,,,,,,,,,a mistake,\n");
    desk.clock("2026-11-18 15:00");
    assert_eq!(desk.found(), [format!("ref.void {complaint}:6:11")]);
}
