//! Two clones of one department, worked in under different staff codes, merge without a conflict.

mod common;

use std::path::PathBuf;

use common::{Desk, Done, file_of};

/// A clone of the department, and a command run in it.
struct Branch<'d> {
    desk: &'d Desk,
    root: PathBuf,
    by: &'static str,
}

impl<'d> Branch<'d> {
    fn of(desk: &'d Desk, name: &str, by: &'static str) -> Branch<'d> {
        let root = desk.home().join(name);
        desk.git_in(desk.home(), &["clone", "-q", "desk", name]);
        let branch = Branch { desk, root, by };
        // A clone's own settings are not carried over: check says what is to be set.
        let driver = ["config", "merge.cs.driver", "cs merge-driver %O %A %B"];
        let advice = format!("git {} '{}'", driver[..2].join(" "), driver[2]);
        branch.cs("check").says([&*advice]);
        branch.git(&driver);
        branch.cs("check").silent();
        branch
    }

    fn cs(&self, line: &str) -> Done {
        self.desk.cs(line).by(self.by).env("CS_DIR", &self.root).ok()
    }

    fn order(&self) -> String {
        let line = "order new --customer ACME --wanted-by 12-10 --consignee S --deliver-to T --line SHELF=5";
        let order = self.cs(line).number();
        self.cs(&format!("order confirm {order}"));
        order
    }

    fn git(&self, args: &[&str]) -> String {
        self.desk.git_in(&self.root, args)
    }

    fn process(&self, args: &[&str]) -> std::process::Command {
        self.desk.git_process(&self.root, args)
    }
}

#[test]
fn records_and_rows_of_two_clones_merge_without_conflict() {
    let desk = Desk::new();
    let (north, south) = (Branch::of(&desk, "north", "YX"), Branch::of(&desk, "south", "ZL"));
    let (first, second) = (north.order(), south.order());
    assert_eq!([first.as_str(), second.as_str()], ["DD-261118-YX-1", "DD-261118-ZL-1"]);
    for (branch, code) in [(&north, "NN"), (&south, "SS")] {
        branch.cs(&format!("customer add {code} --name 'Shop {code}'"));
        branch.cs(&format!("carrier add {code} --name 'Carrier {code}'"));
        branch.cs(&format!("agency add {code} --name 'Agency {code}' --verified-on today"));
        let plan = "--depart 11-20 --arrive 11-23 --packages 1 --volume 1 --freight 100 --line SHELF=5";
        branch.cs(&format!("ship new --order - --carrier {code} {plan}"));
    }
    south.git(&["pull", "-q", "--no-rebase", "--no-edit", "../north", "main"]);
    assert_eq!(south.git(&["status", "--porcelain"]), "");
    for number in [&first, &second] {
        south.cs(&format!("show {number}")).prints([number.as_str(), "Confirmed"]);
        assert!(south.root.join(file_of(number)).exists());
    }
    let listed = south.cs("customer list --json").json();
    let codes: Vec<&str> = listed.as_array().unwrap().iter().map(|row| row["code"].as_str().unwrap()).collect();
    assert_eq!(codes.len(), 5, "{codes:?}");
    assert!(codes.contains(&"NN") && codes.contains(&"SS"), "{codes:?}");
    south.cs("check --quiet").silent();
    // And back, as a fast-forward; the next number is free in both.
    north.git(&["pull", "-q", "--ff-only", "../south", "main"]);
    north.cs("check --quiet").silent();
    assert_eq!(north.order(), "DD-261118-YX-2");
}

#[test]
fn steps_that_both_clones_took_of_one_record_are_both_kept_and_alike_in_both() {
    let mut desk = Desk::new();
    let order = desk.confirmed();
    desk.clock("2026-11-18 11:00");
    let (north, south) = (Branch::of(&desk, "north", "YX"), Branch::of(&desk, "south", "ZL"));
    south.cs(&format!("order expedite {order} --note south --at 10:20"));
    south.cs(&format!("void {order} --step 3 --note 'south was wrong'"));
    north.cs(&format!("order progress {order} --note north --at 10:10"));
    for (branch, other) in [(&south, "../north"), (&north, "../south")] {
        branch.git(&["pull", "-q", "--no-rebase", "--no-edit", other, "main"]);
        branch.cs("check").silent();
        let shown = branch.cs(&format!("show {order} --json")).json();
        let steps = shown["steps"].as_array().unwrap().iter();
        let told: Vec<String> =
            steps.map(|step| format!("{} {}", step["do"], step["voided_by"]).replace('"', "")).collect();
        assert_eq!(told, ["new null", "confirm null", "progress null", "expedite 5", "void null"]);
    }
    let path = file_of(&order);
    let read = |branch: &Branch<'_>| std::fs::read(branch.root.join(&path)).unwrap();
    assert_eq!(read(&north), read(&south));
}

#[test]
fn a_merge_that_could_not_run_the_driver_is_told_by_check_and_finished_by_what_it_says() {
    let desk = Desk::new();
    let (north, south) = (Branch::of(&desk, "north", "YX"), Branch::of(&desk, "south", "ZL"));
    let asked = |branch: &Branch<'_>| branch.cs("consult new --about price --what 'a shelf?' --customer ACME").number();
    let numbers = [asked(&north), asked(&south)];
    south.git(&["config", "merge.cs.driver", "no-such-program %O %A %B"]);
    south.git(&["fetch", "-q", "../north", "main"]);
    assert!(!south.process(&["merge", "-q", "FETCH_HEAD"]).output().unwrap().status.success());
    // The file holds our side alone, and nothing in it tells.
    let path = "consults/2026-11.csv";
    assert!(!std::fs::read_to_string(south.root.join(path)).unwrap().contains(&numbers[0]));
    let told = || desk.cs("check").env("CS_DIR", &south.root);
    told().fails(1).prints(["git.unmerged", path, "git checkout -m -- consults/2026-11.csv"]);
    told().lang("zh").fails(1).prints(["git 尚未完成此文件的合并"]);
    south.git(&["config", "merge.cs.driver", "cs merge-driver %O %A %B"]);
    south.git(&["checkout", "-m", "--", path]);
    south.git(&["add", path]);
    south.git(&["commit", "-q", "--no-edit"]);
    told().ok().silent();
    let merged = std::fs::read_to_string(south.root.join(path)).unwrap();
    assert!(numbers.iter().all(|number| merged.contains(number)), "{merged}");
}

#[test]
fn a_row_that_both_clones_changed_is_told_by_check() {
    let desk = Desk::new();
    let (north, south) = (Branch::of(&desk, "north", "YX"), Branch::of(&desk, "south", "ZL"));
    north.cs("customer edit ACME --region North");
    south.cs("customer edit ACME --region South");
    south.git(&["fetch", "-q", "../north", "main"]);
    let merge = south.process(&["merge", "-q", "FETCH_HEAD"]).output().unwrap();
    assert!(!merge.status.success(), "the row is one line: somebody must decide");
    let told = desk.cs("check").env("CS_DIR", &south.root).fails(1);
    told.prints(["csv.conflict", "lists/customers.csv:2"]);
    desk.cs("customer add NEW --name New").env("CS_DIR", &south.root).fails(1).says(["csv.conflict"]);
}
