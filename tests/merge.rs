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
        Branch { desk, root, by }
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
}

#[test]
fn records_and_rows_of_two_clones_merge_without_conflict() {
    let desk = Desk::new();
    let (north, south) = (Branch::of(&desk, "north", "YX"), Branch::of(&desk, "south", "ZL"));
    let (first, second) = (north.order(), south.order());
    assert_eq!([first.as_str(), second.as_str()], ["DD-261118-YX-1", "DD-261118-ZL-1"]);
    for (branch, code) in [(&north, "NN"), (&south, "SS")] {
        branch.cs(&format!("customer add {code} --name 'Shop {code}' --owner {}", branch.by));
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
fn a_row_that_both_clones_changed_is_told_by_check() {
    let desk = Desk::new();
    let (north, south) = (Branch::of(&desk, "north", "YX"), Branch::of(&desk, "south", "ZL"));
    north.cs("customer edit ACME --region North");
    south.cs("customer edit ACME --region South");
    south.git(&["pull", "-q", "--no-rebase", "--no-edit", "../north", "main"]);
    let told = desk.cs("check").env("CS_DIR", &south.root).fails(1);
    told.says(["list.double", "ACME", "lists/customers.csv:3"]);
}
