//! Insurance claims that a hand made wrong (R43): what `cs check` tells of each, at its place.

mod common;

use common::Desk;

const FILE: &str = "claims/2026/11/LP-261118-YX-1.toml";

/// A sound department: a claim of 240 on two shelves, paid and closed.
fn closed() -> Desk {
    let mut desk = Desk::insured();
    let claim = desk.claim(&desk.damaged(2), "SHELF=2@120", "");
    desk.clock("2026-11-19 10:00");
    desk.assessed(&claim, "200");
    desk.cs(&format!("claim settled {claim} --paid-on 2026-11-19")).ok();
    desk.cs(&format!("claim corrective {claim} --action crates --department Packing --due 2026-11-25")).ok();
    desk.cs(&format!("claim close {claim}")).ok();
    desk.is_sound();
    desk
}

#[test]
fn what_a_hand_changed_is_told() {
    for (old, new, codes) in [
        ("policy = \"P1\"", "policy = \"P9\"", &["ref.code"][..]),
        ("lost_on = 2026-11-18", "lost_on = 2025-12-31", &["claim.term"]),
        ("lost_on = 2026-11-18", "lost_on = 2026-11-19", &["claim.day"]),
        ("record = \"DH-261118-YX-1\"", "record = \"DH-261118-YX-9\"", &["ref.record"]),
        ("record = \"DH-261118-YX-1\"", "record = \"DD-261118-YX-1\"", &["ref.record"]),
        ("value = \"120.00\"", "value = \"99.99\"", &["claim.above-claimed"]),
        ("value = \"120.00\"", "value = \"500.01\"", &["claim.above-left"]),
        ("value = \"120.00\"", "value = \"999999999999.00\"", &["claim.above-left"]),
        ("amount = \"200.00\"", "amount = \"199.99\"", &["claim.above-assessed"]),
        ("paid_on = 2026-11-19", "paid_on = 2026-11-20", &["claim.paid-on"]),
        ("paid_on = 2026-11-19", "paid_on = 2026-11-17", &["claim.paid-on"]),
        ("do = \"corrective\"", "do = \"correct\"", &["step.verb"]),
    ] {
        let desk = closed();
        desk.swap(FILE, old, new);
        let codes_found: Vec<String> =
            desk.found().iter().map(|found| found.split(' ').next().unwrap().to_string()).collect();
        assert_eq!(codes_found, codes, "{old} → {new}");
    }
}

#[test]
fn what_a_hand_cut_out_is_missed() {
    for (verb, codes) in [
        ("notify", &["step.order"; 4][..]),
        ("assessed", &["step.order", "step.order"]),
        ("settled", &["step.order"]),
        ("corrective", &["claim.no-corrective"]),
    ] {
        let desk = closed();
        let text = desk.read(FILE);
        let steps: Vec<&str> = text.split("\n[[step]]").collect();
        let kept = steps.iter().filter(|step| !step.contains(&format!("do = \"{verb}\"\n")));
        desk.write(FILE, kept.copied().collect::<Vec<_>>().join("\n[[step]]"));
        let found: Vec<String> =
            desk.found().iter().map(|found| found.split(' ').next().unwrap().to_string()).collect();
        assert_eq!(found, codes, "{verb}");
    }
}

#[test]
fn what_a_list_lost_is_told_of_its_claims() {
    let desk = closed();
    desk.swap("lists/policies.csv", "1000.00,400", "150.00,400");
    let found = desk.found();
    // The claim, and what was paid on it.
    assert_eq!(found.iter().filter(|found| found.starts_with("claim.above-left claims/")).count(), 2, "{found:?}");
    desk.swap("lists/policies.csv", "150.00,400", ",400");
    desk.is_sound();
}

#[test]
fn two_clones_that_claimed_the_same_are_told() {
    let desk = closed();
    let receipt = "DH-261118-YX-1";
    let first = desk.claim(receipt, "SHELF=1@120", "");
    let copy = common::file_of(&first).replace("YX-1.toml", "ZL-1.toml");
    let text = desk.read(&common::file_of(&first)).replace("by = \"YX\"", "by = \"ZL\"");
    desk.write(&copy, text);
    let found = desk.found();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("claim.double claims/"), "{found:?}");
}

#[test]
fn of_two_claims_that_take_too_much_the_later_one_is_told() {
    let mut desk = Desk::insured();
    let order = desk.confirmed();
    let [first, second] = ["700", "300"].map(|amount| {
        let shipment = desk.departed(&order, "SHELF=1");
        let receipt = desk.received(&shipment, "SHELF=1:damaged=1");
        let claim = desk.claim(&receipt, "SHELF=1@800", "");
        (claim, amount)
    });
    desk.clock("2026-11-18 11:00");
    desk.assessed(&second.0, second.1);
    desk.clock("2026-11-18 12:00");
    desk.assessed(&first.0, first.1);
    desk.is_sound();
    desk.swap(&common::file_of(&second.0), "amount = \"300.00\"", "amount = \"300.01\"");
    let found = desk.found();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with(&format!("claim.above-left {}", common::file_of(&first.0))), "{found:?}");
}
