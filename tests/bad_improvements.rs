//! Improvements that a hand made wrong (R42): what `cs check` tells of each, at its place.

mod common;

use common::Desk;

const FILE: &str = "improvements/2026/11/ZG-261118-YX-1.toml";

/// A sound department: an improvement born of a complaint and a ticket, refused once, confirmed, proven and closed, with
/// an hour from step to step.
fn closed() -> Desk {
    let mut desk = Desk::complaining();
    let (complaint, ticket) = (desk.complaint(""), desk.ticket("2026-03-01"));
    let improvement = desk.improvement(&format!("--born-of {complaint} --born-of {ticket} --wanted-by 2026-12-20"));
    for (hour, step) in [
        (11, "analyse ZG --analyst Luo --finding hinge"),
        (12, "plan ZG --measure glue --department Workshop --due 2026-11-30"),
        (13, "send ZG --channel mail"),
        (14, "remind ZG"),
        (15, "confirm ZG --answer no --reason 'no glue'"),
        (16, "plan ZG --measure hinges --department Workshop --due 2026-12-01"),
        (17, "send ZG --channel chat"),
        (18, "confirm ZG --answer yes"),
        (19, "implement ZG"),
        (20, "verify ZG --works yes --result sound"),
        (21, "close ZG"),
    ] {
        desk.clock(&format!("2026-11-18 {hour}:00"));
        desk.cs(&format!("improve {}", step.replace("ZG", &improvement))).ok();
    }
    desk.is_sound();
    desk
}

/// The codes of what is wrong; all of it is in the improvement's file.
fn codes(desk: &Desk) -> Vec<String> {
    let found = desk.found();
    assert!(found.iter().all(|found| found.contains(FILE)), "{found:?}");
    found.iter().map(|found| found.split(' ').next().unwrap().to_string()).collect()
}

#[test]
fn what_a_hand_changed_is_told() {
    for (old, new, wrong) in [
        ("customer = \"ACME\"", "customer = \"RIVER\"", &["improve.customer", "improve.customer"][..]),
        ("customer = \"ACME\"", "customer = \"NOBODY\"", &["improve.customer", "improve.customer", "ref.code"]),
        ("model = [\"SHELF\"]", "model = [\"SHELF\", \"SHELVES\"]", &["ref.code"]),
        ("TS-261118-YX-1", "TS-261118-YX-2", &["ref.record"]),
        ("TS-261118-YX-1", "DD-261118-YX-1", &["ref.record"]),
        ("TS-261118-YX-1", "TS-261119-YX-1", &["ref.record", "ref.later"]),
        ("wanted_by = 2026-12-20", "wanted_by = 2026-11-17", &["improve.wanted"]),
        ("due = 2026-11-30", "due = 2026-11-17", &["improve.due"]),
        ("reason = \"no glue\"\n", "", &["improve.reason"]),
        ("answer = \"yes\"", "answer = \"no\"", &["improve.reason", "step.order", "step.order", "step.order"]),
        ("works = \"yes\"", "works = \"no\"", &["step.order"]),
        // R42: carried out an hour before the customer's word, or sent after it.
        ("do = \"implement\"\nat = 2026-11-18T19", "do = \"implement\"\nat = 2026-11-18T17", &["improve.early"]),
        ("do = \"remind\"\nat = 2026-11-18T14", "do = \"remind\"\nat = 2026-11-18T12", &["improve.early"]),
        ("do = \"close\"\nat = 2026-11-18T21", "do = \"close\"\nat = 2026-11-18T19", &["improve.early"]),
    ] {
        let desk = closed();
        desk.swap(FILE, old, new);
        assert_eq!(codes(&desk), wrong, "{old} → {new}");
    }
}

#[test]
fn what_a_hand_cut_out_is_missed() {
    let desk = closed();
    desk.swap(FILE, "born_of = [\"TS-261118-YX-1\", \"WX-261118-YX-1\"]\n", "");
    assert_eq!(codes(&desk), ["improve.source"]);
    // R42: the step alone; which later ones it leaves in the air.
    for (verb, wrong) in
        [("analyse", 10), ("plan", 5), ("send", 4), ("confirm", 3), ("implement", 2), ("verify", 1), ("remind", 0)]
    {
        let desk = closed();
        let text = desk.read(FILE);
        let steps: Vec<&str> = text.split("\n[[step]]").collect();
        let last = steps.iter().rposition(|step| step.contains(&format!("do = \"{verb}\"\n"))).unwrap();
        let kept: Vec<&str> = steps.iter().enumerate().filter(|(at, _)| *at != last).map(|(_, step)| *step).collect();
        desk.write(FILE, kept.join("\n[[step]]"));
        let found = if wrong == 0 { Vec::new() } else { codes(&desk) };
        assert_eq!(found, vec!["step.order"; wrong], "{verb}");
    }
}

#[test]
fn r42_a_voided_plan_that_was_sent_is_told() {
    let desk = closed();
    // A plan that the one sent replaced: without the latter it would stand, confirmed by nobody.
    let other = "\n[[step]]\ndo = \"plan\"\nat = 2026-11-18T16:00:00+08:00\nby = \"YX\"\nmeasure = \"paint\"\ndepartment = \"Workshop\"\ndue = 2026-12-02\n";
    desk.swap(
        FILE,
        "\n[[step]]\ndo = \"plan\"\nat = 2026-11-18T16",
        &format!("{other}\n[[step]]\ndo = \"plan\"\nat = 2026-11-18T16"),
    );
    desk.is_sound();
    let void = "\n[[step]]\ndo = \"void\"\nat = 2026-11-18T22:00:00+08:00\nby = \"LW\"\nstep = 8\nnote = \"mistake\"\n";
    desk.append(FILE, void);
    assert_eq!(codes(&desk), ["improve.plan-void"]);
    // The other one was never sent.
    desk.swap(FILE, "step = 8", "step = 7");
    desk.is_sound();
}
