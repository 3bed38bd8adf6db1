//! Complaints that a hand made wrong (R28–R36, R45): what `cs check` tells of each, at its place.

mod common;

use common::Desk;

const FILE: &str = "complaints/2026/11/TS-261118-YX-1.toml";

/// A sound department: a complaint with compensation, signed and paid, waited for once, called back and closed.
fn closed() -> Desk {
    let mut desk = Desk::complaining();
    let complaint = desk.complaint("");
    for (by, line) in [
        ("YX", "hand-on TS --to ZL"),
        ("YX", "call-leader TS --leader LW"),
        ("YX", "plan TS --measure pane --compensation 200"),
        ("YX", "wait TS --reason photos"),
        ("YX", "resume TS"),
        ("DP", "sign TS"),
        ("YX", "agree TS"),
        ("YX", "act TS --paid 200"),
        ("YX", "result TS --result mended --told CO"),
        ("YX", "cause TS --cause product"),
        ("YX", "prevent TS --measure boxes"),
        ("GM", "sign-prevent TS"),
    ] {
        desk.cs(&format!("complain {}", line.replace("TS", &complaint))).by(by).ok();
    }
    desk.clock("2026-11-24 10:00");
    desk.cs(&format!("complain call-back {complaint} --satisfied yes")).ok();
    desk.cs(&format!("complain close {complaint}")).ok();
    desk.is_sound();
    desk
}

/// What is wrong once a piece of the file is another: the codes alone.
fn swapped(old: &str, new: &str) -> Vec<String> {
    let desk = closed();
    desk.swap(FILE, old, new);
    let codes = desk.found();
    assert!(codes.iter().all(|found| found.contains(FILE)), "{codes:?}");
    codes.iter().map(|found| found.split(' ').next().unwrap().to_string()).collect()
}

/// What is wrong once a step is cut out.
fn cut(verb: &str) -> Vec<String> {
    let desk = closed();
    let text = desk.read(FILE);
    let steps: Vec<&str> = text.split("\n[[step]]").collect();
    let kept = steps.iter().filter(|step| !step.contains(&format!("do = \"{verb}\"\n")));
    desk.write(FILE, kept.copied().collect::<Vec<_>>().join("\n[[step]]"));
    desk.found().iter().map(|found| found.split(' ').next().unwrap().to_string()).collect()
}

#[test]
fn what_a_hand_changed_is_told() {
    for (old, new, codes) in [
        ("to = \"ZL\"", "to = \"OLD\"", &["complaint.staff"][..]),
        ("to = \"ZL\"", "to = \"NOBODY\"", &["ref.code"]),
        ("leader = \"LW\"", "leader = \"YX\"", &["complaint.leader"]),
        ("compensation = \"200.00\"", "compensation = \"199.99\"", &["complaint.paid"]),
        ("told = \"CO\"", "told = \"LW\"", &["complaint.officer"]),
        ("cause = \"product\"", "cause = \"gremlins\"", &["complaint.cause"]),
        ("do = \"resume\"", "do = \"progress\"\nreport = \"x\"", &["complaint.waiting"; 4]),
        ("do = \"wait\"\nat = 2026-11-18T10", "do = \"wait\"\nat = 2026-11-18T11", &["complaint.resume"]),
        ("do = \"sign\"\nat = 2026-11-18T10", "do = \"sign\"\nat = 2026-11-18T11", &["complaint.unsigned"]),
        ("do = \"call-back\"\nat = 2026-11-24", "do = \"call-back\"\nat = 2026-11-22", &["complaint.call-back"]),
        ("satisfied = \"yes\"", "satisfied = \"no\"", &["step.order"]),
        ("by = \"DP\"", "by = \"YX\"", &["sign.own"]),
        ("by = \"GM\"", "by = \"DP\"", &["sign.role"]),
    ] {
        assert_eq!(swapped(old, new), codes, "{old} → {new}");
    }
}

#[test]
fn what_a_hand_cut_out_is_missed() {
    for (verb, codes) in [
        ("sign", &["complaint.unsigned"][..]),
        ("wait", &["complaint.not-waiting"]),
        ("agree", &["step.order", "step.order", "step.order", "step.order"]),
        ("cause", &["complaint.no-cause"]),
        ("prevent", &["complaint.no-prevention"]),
        ("call-back", &["step.order"]),
    ] {
        assert_eq!(cut(verb), codes, "{verb}");
    }
    let desk = closed();
    for line in ["customer = \"ACME\"\n", "contact = \"Ann Lee\"\n", "phone = \"008613900001234\"\n"] {
        desk.swap(FILE, line, "");
    }
    assert_eq!(desk.found(), [format!("complaint.nobody {FILE}")]);
}
