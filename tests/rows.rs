//! Records that are kept as rows of a month: a row for each step, only ever added; numbers, bytes, what a hand made
//! wrong, and two clones.

mod common;

use common::{Desk, no};

const MONTH: &str = "consults/2026-11.csv";
const ASK: &str = "consult new --about price --what 'freight, to Lhasa' --asker Luo";

/// A consult that was answered, and one that was not.
fn asked() -> (Desk, String, String) {
    let desk = Desk::plain();
    let first = desk.cs(ASK).ok().number();
    let second = desk.cs(ASK).ok().number();
    desk.cs(&format!("consult answer {first} --answer 'two days'")).ok();
    (desk, first, second)
}

#[test]
fn each_step_is_a_row_and_nothing_else_changes() {
    let (desk, first, second) = asked();
    assert_eq!([first.as_str(), second.as_str()], ["ZX-261118-YX-1", "ZX-261118-YX-2"]);
    let text = desk.read(MONTH);
    assert!(text.starts_with("at,by,number,do,"), "{text}");
    assert_eq!(text.lines().count(), 4);
    desk.cs(&format!("consult answer {second} --answer 'next week' --note 'by mail'")).by("ZL").ok();
    let after = desk.read(MONTH);
    let added = after.strip_prefix(&text).unwrap();
    assert!(added.starts_with("2026-11-18T10:00:00+08:00,ZL,ZX-261118-YX-2,answer,"), "{added}");
    assert_eq!(added.lines().count(), 1);
    desk.is_sound();
}

#[test]
fn an_edit_is_a_row_of_its_own() {
    let (desk, first, second) = asked();
    let before = desk.read(MONTH);
    desk.cs(&format!("consult edit {second} --phone 0071 --about line")).ok();
    let after = desk.read(MONTH);
    let added = after.strip_prefix(&before).unwrap();
    assert!(added.contains(&second) && added.contains("0071") && added.lines().count() == 1, "{added}");
    let shown = desk.show(&second);
    assert_eq!((shown["about"].as_str(), shown["steps"][1]["do"].as_str()), (Some("line"), Some("edit")));
    assert_eq!(desk.show(&first)["about"], "price");
    desk.cs(&format!("consult edit {second} --clear phone")).ok();
    assert_eq!(desk.show(&second)["phone"], serde_json::Value::Null);
    desk.is_sound();
}

#[test]
fn what_a_hand_left_in_a_month_survives() {
    let (desk, _, second) = asked();
    let text = desk.read(MONTH).replace('\n', ",mine\r\n").replacen(",mine\r\n", ",ours\r\n", 1) + "\r\n";
    desk.write(MONTH, format!("\u{feff}{text}"));
    desk.is_sound();
    desk.cs(&format!("consult answer {second} --answer 'a, b'")).ok();
    let after = desk.read(MONTH);
    let added = after.strip_prefix(&format!("\u{feff}{text}")).unwrap();
    assert!(added.contains("\"a, b\"") && added.ends_with(",\r\n"), "{added:?}");
    desk.cs(ASK).ok();
    desk.is_sound();
}

#[test]
fn a_number_counts_on_from_the_last_of_that_persons_day() {
    let (mut desk, ..) = asked();
    assert_eq!(desk.cs(ASK).by("ZL").ok().number(), "ZX-261118-ZL-1");
    assert_eq!(desk.cs(&format!("{ASK} --at '2026-11-17 16:00'")).ok().number(), "ZX-261117-YX-1");
    assert_eq!(desk.cs(&format!("{ASK} --at '2026-10-30 16:00'")).ok().number(), "ZX-261030-YX-1");
    assert!(desk.read("consults/2026-10.csv").contains("ZX-261030-YX-1"));
    // A void record keeps its number.
    let fourth = desk.cs(ASK).ok().number();
    desk.cs(&format!("void {fourth} --note twice")).ok();
    assert_eq!(desk.cs(ASK).ok().number(), "ZX-261118-YX-4");
    desk.clock("2026-11-19 09:00");
    assert_eq!(desk.cs(ASK).ok().number(), "ZX-261119-YX-1");
    desk.cs("consult answer - --answer yes").ok();
    assert_eq!(desk.show("1119-yx-1")["state"], "answered");
    desk.is_sound();
}

#[test]
fn r66_a_voided_step_stays_as_a_row_and_counts_no_more() {
    let (desk, first, second) = asked();
    let before = desk.read(MONTH);
    desk.cs(&format!("void {first} --step 2 --note 'wrong caller'")).ok();
    assert!(desk.read(MONTH).starts_with(&before));
    assert_eq!(desk.show(&first)["state"], "open");
    desk.cs(&format!("void {second} --note twice")).ok();
    assert_eq!(desk.show(&second)["state"], "void");
    let listed = desk.cs("consult list --json").ok().json();
    assert_eq!(listed.as_array().unwrap().len(), 1, "{listed}");
    desk.is_sound();
}

#[test]
fn what_is_wrong_in_a_month_is_told_at_its_place() {
    for (old, new, expect) in [
        ("ZX-261118-YX-2,new", "ZX-261118-YX-1,new", &["register.twice"][..]),
        ("ZX-261118-YX-2,new", "ZX-261018-YX-2,new", &["register.number"]),
        ("ZX-261118-YX-2,new", "HF-261118-YX-2,new", &["register.number"]),
        ("ZX-261118-YX-2,new", "ZX-261118-YX-2,answer", &["step.verb"]),
        ("ZX-261118-YX-1,answer", "ZX-261118-YX-1,close", &["step.verb"]),
        ("YX,ZX-261118-YX-1,answer,", "YX,ZX-261118-YX-1,answer,hotline", &["register.cell"]),
        ("two days", "", &["field.missing"]),
        ("hotline,price", "hotline,prices", &["field.value"]),
        ("2026-11-18T10:00:00+08:00,YX,ZX-261118-YX-1,answer", "10:00,YX,ZX-261118-YX-1,answer", &["field.value"]),
        ("YX,ZX-261118-YX-1,answer", "Mr Y,ZX-261118-YX-1,answer", &["step.by"]),
        ("YX,ZX-261118-YX-1,answer", "NN,ZX-261118-YX-1,answer", &["ref.staff"]),
        ("two days", "two,days", &["csv.long-row"]),
        ("at,by,number,do", "at,by,record,do", &["csv.missing-column", "register.number"]),
    ] {
        let (desk, ..) = asked();
        desk.swap(MONTH, old, new);
        let found = desk.found();
        assert!(found.iter().all(|line| line.contains(MONTH)), "{old} -> {new}: {found:?}");
        let mut codes: Vec<&str> = found.iter().filter_map(|line| line.split(' ').next()).collect();
        codes.dedup();
        assert_eq!(codes, expect, "{old} -> {new}: {found:?}");
        desk.cs(&format!("check {MONTH}")).fails(1).prints(expect.iter().copied());
    }
}

#[test]
fn a_month_that_was_sorted_is_told_of_once() {
    let (desk, first, _) = asked();
    let text = desk.read(MONTH);
    let (heads, rows) = text.split_once('\n').unwrap();
    let mut rows: Vec<&str> = rows.lines().collect();
    rows.reverse();
    desk.write(MONTH, format!("{heads}\n{}\n", rows.join("\n")));
    assert_eq!(desk.found(), [format!("register.order {MONTH}")]);
    desk.cs("consult list").fails(1).says(["register.order", "git checkout"]);
    desk.cs(ASK).refused(1).says(["register.order"]);
    desk.cs(&format!("consult ask-again {first} --what when")).refused(1);
}

#[test]
fn a_month_that_cant_be_read_is_not_added_to() {
    let (desk, first, _) = asked();
    desk.swap(MONTH, "two days", "two,days");
    let before = desk.bytes(MONTH);
    desk.cs(ASK).refused(1).says(["csv.long-row"]);
    desk.cs(&format!("consult ask-again {first} --what when")).refused(1);
    assert_eq!(desk.bytes(MONTH), before);
    // What lies there and is no month is told.
    let (desk, ..) = asked();
    desk.write("consults/notes.txt", "x");
    assert_eq!(desk.found(), ["file.stray consults/notes.txt"]);
}

#[test]
fn a_column_that_an_older_month_lacks_is_asked_for() {
    let (desk, _, second) = asked();
    desk.swap(MONTH, ",answer,", ",reply,");
    no(
        &desk,
        &format!("consult answer {second} --answer yes"),
        &["the file has no column answer", "add answer to its first line"],
        &["文件中没有列 answer", "请在首行加上 answer 列"],
    );
}

#[test]
fn nothing_is_written_by_a_dry_run_and_the_difference_is_one_row() {
    let (desk, _, second) = asked();
    let before = desk.files();
    let shown = desk.cs(&format!("consult answer {second} --answer yes --dry-run")).ok();
    assert_eq!(shown.stdout.lines().filter(|line| line.starts_with('+')).count(), 2, "{}", shown.stdout);
    assert_eq!(desk.files(), before);
}

#[test]
fn two_clones_months_merge_and_a_number_given_twice_is_left_to_a_person() {
    let desk = Desk::new();
    desk.cs(&format!("{ASK} --at 09:00")).ok();
    for name in ["north", "south"] {
        desk.git_in(desk.home(), &["clone", "-q", "desk", name]);
        desk.git_in(&desk.home().join(name), &["config", "merge.cs.driver", "cs merge-driver %O %A %B"]);
    }
    let at = |name: &str, by: &str, line: &str| {
        desk.cs(line).by(by).env("CS_DIR", desk.home().join(name)).ok();
    };
    at("north", "YX", "consult answer ZX-261118-YX-1 --answer north --at 09:59");
    at("north", "YX", ASK);
    at("north", "YX", "consult edit ZX-261118-YX-1 --phone 0071");
    at("south", "ZL", "consult hand-on ZX-261118-YX-1 --to LW");
    at("south", "ZL", "void ZX-261118-YX-1 --step 2 --note 'south was wrong'");
    at("south", "ZL", ASK);
    let south = desk.home().join("south");
    desk.git_in(&south, &["pull", "-q", "--no-rebase", "--no-edit", "../north", "main"]);
    desk.cs("check").env("CS_DIR", &south).ok().silent();
    let shown = desk.cs("show ZX-261118-YX-1 --json").env("CS_DIR", &south).ok().json();
    let steps: Vec<String> = shown["steps"].as_array().unwrap().iter().map(|step| step["do"].to_string()).collect();
    assert_eq!((steps.len(), shown["phone"].as_str()), (5, Some("****")), "{shown}");
    let voided = shown["steps"].as_array().unwrap().iter().find(|step| step["voided_by"].is_number()).unwrap();
    assert_eq!(voided["do"], "hand-on", "{shown}");
    // The same person in both clones: both sides stand apart, and somebody must renumber one.
    at("north", "ZL", ASK);
    desk.git_in(&south, &["fetch", "-q", "../north", "main"]);
    let merge = desk.git_process(&south, &["merge", "-q", "FETCH_HEAD"]).output().unwrap();
    assert!(!merge.status.success(), "two records under one number");
    desk.cs("check").env("CS_DIR", &south).fails(1).prints(["csv.conflict", MONTH]);
    desk.cs(ASK).by("LW").env("CS_DIR", &south).fails(1).says(["csv.conflict"]);
}
