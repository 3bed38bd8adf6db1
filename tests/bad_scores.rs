//! Score entries that a hand made wrong (R58): what `cs check` tells of each.

mod common;

use common::{Desk, no_by};

const FILE: &str = "scores/2026-11.csv";

/// A sound department: an entry, another that was reversed, and one about the supervisor.
fn sound() -> Desk {
    let desk = Desk::plain();
    desk.cs("score add YX --clause D2.5 --points 4 --evidence away --on 2026-11-17").by("LW").ok();
    desk.cs("score add ZL --clause A1.2 --evidence letter").by("LW").ok();
    desk.cs("score reverse JX-261118-LW-2 --reason forged").by("WM").ok();
    desk.cs("score add LW --clause D2.2 --evidence late").by("WM").ok();
    desk.is_sound();
    desk
}

#[test]
fn r58_what_a_hand_changed_is_told() {
    for (old, new, codes) in [
        ("YX,D2.5,4", "NOBODY,D2.5,4", &["ref.code"][..]),
        ("YX,D2.5,4", "OLD,D2.5,4", &["score.staff"]),
        ("YX,D2.5,4", ",D2.5,4", &["field.missing"]),
        ("YX,D2.5,4", "LW,D2.5,4", &["score.own"]),
        ("YX,D2.5,4", "YX,D2.7,4", &["score.clause"]),
        ("YX,D2.5,4", "YX,D2.5,6", &["score.points"]),
        ("YX,D2.5,4", "YX,D2.5,0", &["field.value"]),
        ("D2.5,4,2026-11-17", "D2.5,4,2026-11-19", &["score.future"]),
        ("D2.5,4,2026-11-17", "D2.5,4,", &["field.missing"]),
        (",away,", ",,", &["score.evidence"]),
        (",LW,JX-261118-LW-1,new", ",ZL,JX-261118-LW-1,new", &["sign.role"]),
        (",WM,JX-261118-LW-2,reverse", ",YX,JX-261118-LW-2,reverse", &["sign.role"]),
        (",WM,JX-261118-LW-2,reverse", ",ZL,JX-261118-LW-2,reverse", &["sign.role", "score.own"]),
        ("reverse,,,,,,,,,,forged", "reverse,,,,,,,,,,", &["field.missing"]),
        ("reverse,,,,,,,,,,forged,,,", "edit,,,,,,,,,,,,,was empty", &["score.kept"]),
        ("reverse,,,,,,,,,,forged,,,", "void,,,,,,,,,,,,,mistake", &["score.kept"]),
        ("away,,,", "away,D3.1-YX-261117-ACME,,", &["score.proposal"]),
        ("away,,,", "away,D2.5-ZL-261117-ACME,,", &["score.proposal"]),
        ("away,,,", "away,D2.5-YX-261116-ACME,,", &["score.proposal"]),
        ("away,,,", "away,D2.5-YX-261117-ACME,declined,", &["score.declined"]),
        ("away,,,", "away,D2.5-YX-261117-ACME,,it was lunch", &["score.declined"]),
        ("away,,,", "away,,declined,it was lunch", &["score.declined"]),
        ("away,,,", "away,,refused,", &["field.value"]),
    ] {
        let desk = sound();
        desk.swap(FILE, old, new);
        let told: Vec<String> = desk.found().iter().map(|found| found.split(' ').next().unwrap().to_string()).collect();
        assert_eq!(told, codes, "{old} → {new}");
        assert!(desk.found().iter().all(|found| found.contains(FILE)), "{old} → {new}");
    }
}

#[test]
fn r58_an_entry_may_come_of_a_proposal_about_the_same_and_a_declined_one_says_why() {
    for new in ["away,D2.5-YX-261117-ACME,,", "away,D2.5-YX-261117-ACME,declined,it was lunch"] {
        let desk = sound();
        desk.swap(FILE, "away,,,", new);
        desk.is_sound();
    }
}

#[test]
fn r58_a_proposal_that_two_clones_accepted_is_told_until_one_is_reversed() {
    let desk = Desk::plain();
    let add = |staff: &str| {
        let of = "--clause D3.1 --evidence x --on 2026-11-17 --proposal D3.1-YX-261117-ACME";
        format!("score add {staff} {of}")
    };
    desk.cs(&add("YX")).by("LW").ok();
    no_by(&desk, "WM", &add("YX"), &["JX-261118-LW-1 came of the proposal", "cs score reverse"], &["也来自建议"]);
    let row = desk.read(FILE).lines().last().unwrap().replace("LW", "WM");
    desk.append(FILE, &format!("{row}\n"));
    assert_eq!(desk.found().len(), 1);
    assert!(desk.found()[0].starts_with("score.twice"), "{:?}", desk.found());
    desk.cs("score reverse JX-261118-WM-1 --reason 'accepted twice'").by("LW").ok();
    desk.is_sound();
}

#[test]
fn r58_a_proposal_that_one_clone_accepted_and_another_declined_is_told_until_one_is_reversed() {
    let merged = || {
        let desk = Desk::plain();
        let of = "--clause D3.1 --evidence x --on 2026-11-17 --proposal D3.1-YX-261117-ACME";
        desk.cs(&format!("score add YX {of}")).by("LW").ok();
        let row = desk.read(FILE).lines().last().unwrap().replace("LW", "WM");
        desk.append(FILE, &format!("{}\n", row.replace("ACME,,", "ACME,declined,it was lunch")));
        desk
    };
    for (reversed, stands) in [("JX-261118-LW-1", "0"), ("JX-261118-WM-1", "2")] {
        let desk = merged();
        assert_eq!(desk.found().len(), 1);
        assert!(desk.found()[0].starts_with("score.twice"), "{:?}", desk.found());
        let told = desk.cs("check").refused(1).stdout;
        assert!(told.contains("cs score reverse JX-261118-LW-1 --reason WHY; or JX-261118-WM-1"), "{told}");
        desk.cs(&format!("score reverse {reversed} --reason 'decided twice'")).by("LW").ok();
        desk.is_sound();
        let rows = desk.cs("score standing --json").ok().json();
        assert_eq!(rows[0]["taken"].as_str().unwrap_or("0"), stands);
    }
}

#[test]
fn r58_of_two_reversals_that_two_clones_made_one_is_voided() {
    let desk = Desk::plain();
    let number = desk.cs("score add YX --clause D2.5 --points 4 --evidence away").by("LW").ok().number();
    desk.cs(&format!("score reverse {number} --reason 'was sent for'")).by("WM").ok();
    let void = |step: u8| format!("void {number} --step {step} --note twice");
    // The only one stays.
    no_by(&desk, "WM", &void(2), &["stands as it was entered"], &["不得修改或作废"]);
    let row = desk.read(FILE).lines().last().unwrap().replace(",WM,", ",LW,");
    desk.append(FILE, &format!("{row}\n"));
    assert!(desk.found().len() == 1 && desk.found()[0].starts_with("step.order"), "{:?}", desk.found());
    let told = desk.cs("check").refused(1).stdout;
    assert!(told.contains(&format!("cs void {number} --step 3 --note WHY")), "{told}");
    let told = desk.cs("check --lang zh").refused(1).stdout;
    assert!(told.contains(&format!("cs void {number} --step 3 --note 原因")), "{told}");
    no_by(&desk, "ZL", &void(3), &["with authority (R66)"], &["有权限的人"]);
    no_by(&desk, "LW", &format!("void {number} --note twice"), &["stands as it was entered"], &["不得修改或作废"]);
    desk.cs(&void(3)).by("LW").ok();
    desk.is_sound();
    assert_eq!(desk.show(&number)["state"], "reversed");
    no_by(&desk, "WM", &void(2), &["stands as it was entered"], &["不得修改或作废"]);
}

#[test]
fn r58_what_two_clones_entered_alike_is_told_until_one_is_reversed() {
    let desk = sound();
    let row = desk.read(FILE).lines().nth(1).unwrap().replace(",LW,JX-261118-LW-1,", ",WM,JX-261118-WM-2,");
    desk.append(FILE, &format!("{row}\n"));
    assert!(desk.found().len() == 1 && desk.found()[0].starts_with("score.again"), "{:?}", desk.found());
    desk.cs("score reverse JX-261118-LW-1 --reason 'entered twice'").by("LW").ok();
    desk.is_sound();
}
