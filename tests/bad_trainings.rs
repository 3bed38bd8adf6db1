//! Training records that a hand made wrong (R52): what `cs check` tells of each.

mod common;

use common::Desk;

const FILE: &str = "training/2026-11.csv";

/// A sound department: a class that was held, and a test that YX failed and sat again.
fn sound() -> Desk {
    let desk = Desk::plain();
    let when = "--when '2026-11-18 09:00'";
    desk.cs(&format!("train plan class --topic quoting --trainer LW {when}")).ok();
    desk.cs("train held PX-261118-YX-1 --lasted 90 --absent ZL").ok();
    desk.cs(&format!("train plan test {when} --attendees 'YX;ZL'")).ok();
    for line in ["mark PX-261118-YX-2 --staff YX --points 59", "mark PX-261118-YX-2 --staff ZL --missed ill"] {
        desk.cs(&format!("train {line}")).by("LW").ok();
    }
    desk.cs("train close PX-261118-YX-2").ok();
    desk.cs("train resit PX-261118-YX-2 --staff YX --points 70").by("LW").ok();
    desk.is_sound();
    desk
}

#[test]
fn r52_what_a_hand_changed_is_told() {
    for (old, new, codes) in [
        ("LW,,YX;ZL", "NOBODY,,YX;ZL", &["ref.code"][..]),
        ("LW,,YX;ZL", "OLD,,YX;ZL", &["training.staff"]),
        ("LW,,YX;ZL", ",,YX;ZL", &["training.given"]),
        ("LW,,YX;ZL", "LW,PICC,YX;ZL", &["training.given"]),
        ("LW,,YX;ZL", "ZL,,YX;ZL", &["training.own"]),
        ("LW,,YX;ZL", "LW,,", &["field.missing"]),
        ("LW,,YX;ZL", "LW,,YX;YX;ZL", &["training.twice"]),
        ("LW,,YX;ZL", "LW,,YX;ZL;AS", &["training.left-out"]),
        ("new,class,", "new,one_to_one,", &["training.one"]),
        ("new,class,", "new,lecture,", &["field.value"]),
        ("YX,ZL,90", "YX;ZL,ZL,90", &["training.both"]),
        ("YX,ZL,90", "YX,,90", &["training.left-out"]),
        ("YX,ZL,90", "YX;AS,ZL,90", &["training.called"]),
        ("YX,ZL,90", "YX,ZL,0", &["field.value"]),
        ("new,class,", "new,test,", &["step.order", "training.second", "training.second"]),
        (",,,YX,59,,", ",,,YX,101,,", &["training.points", "training.resit"]),
        (",,,YX,59,,", ",,,YX,60,,", &["training.resit"]),
        (",,,YX,59,,", ",,,AS,59,,", &["training.called", "training.open", "training.resit"]),
        (",,,YX,59,,", ",,,YX,,,", &["training.mark", "training.resit"]),
        (",,,ZL,,ill,", ",,,ZL,80,ill,", &["training.mark"]),
        (",,,ZL,,ill,", ",,,YX,,ill,", &["training.marked", "training.open"]),
        (",,,ZL,,ill,", ",,,LW,,ill,", &["training.own-mark", "training.open"]),
        (",LW,PX-261118-YX-2,resit", ",ZL,PX-261118-YX-2,resit", &["sign.role"]),
    ] {
        let desk = sound();
        desk.swap(FILE, old, new);
        let mut told: Vec<String> =
            desk.found().iter().map(|found| found.split(' ').next().unwrap().to_string()).collect();
        told.sort_unstable();
        let mut codes = codes.to_vec();
        codes.sort_unstable();
        assert_eq!(told, codes, "{old} → {new}");
        assert!(desk.found().iter().all(|found| found.contains(FILE)), "{old} → {new}");
    }
}

#[test]
fn r52_of_two_marks_that_met_in_a_merge_the_first_counts() {
    let desk = sound();
    let row = desk.read(FILE).lines().find(|line| line.contains(",YX,59,")).unwrap().to_string();
    desk.append(FILE, &format!("{}\n", row.replace(",YX,59,", ",YX,95,")));
    let told = desk.found();
    assert!(told.len() == 1 && told[0].starts_with("training.marked"), "{told:?}");
    assert_eq!(desk.show("PX-261118-YX-2")["derived"]["marks"][0]["points"], "59");
}

#[test]
fn r52_two_tests_of_a_month_for_one_person_and_marks_before_it_began() {
    let desk = sound();
    desk.swap(FILE, "test of 2026-11,2026-11-18T09:00", "test of 2026-11,2026-11-18T11:00");
    let told = desk.found();
    assert!(told.len() == 3 && told.iter().all(|found| found.starts_with("training.early")), "{told:?}");
    let desk = sound();
    desk.cs("train plan test --when '2026-11-30 09:00' --attendees AS").ok();
    desk.swap(FILE, ",AS,,,", ",AS;ZL,,,");
    let told = desk.found();
    assert!(told.len() == 2 && told.iter().all(|found| found.starts_with("training.second")), "{told:?}");
}
