//! Records that are sound by themselves and wrong together: what `cs check` tells of them, each at its place.

mod common;

use common::Desk;

const ORDER: &str = "orders/2026/11/DD-261118-YX-1.toml";
const SHIPMENT: &str = "shipments/2026/11/FH-261118-YX-1.toml";
const RECEIPT: &str = "receipts/2026/11/DH-261118-YX-1.toml";

/// A step as a hand would append it.
fn step(by: &str, rest: &str) -> String {
    format!("\n[[step]]\nat = 2026-11-18T10:00:00+08:00\nby = \"{by}\"\n{rest}\n")
}

/// What is wrong once steps are appended to files by hand: the codes, without their places.
fn after(steps: &[(&str, &str, &str)]) -> Vec<String> {
    let desk = Desk::busy();
    for (file, by, rest) in steps {
        desk.append(file, &step(by, rest));
    }
    let mut codes: Vec<String> = desk.found().iter().map(|p| p.split(' ').next().unwrap().to_string()).collect();
    codes.dedup();
    codes
}

#[test]
fn steps_that_the_other_records_forbid() {
    let finish = (ORDER, "YX", "do = \"finish\"");
    let cancel = (ORDER, "YX", "do = \"cancel\"\nreason = \"late\"");
    assert_eq!(after(&[cancel]), ["order.cancel", "shipment.cancelled"]);
    assert_eq!(after(&[finish, (ORDER, "YX", "do = \"close\"")]), ["order.close"]);
    let fewer = "do = \"change\"\n[[step.line]]\nmodel = \"SHELF\"\nquantity = 9\nprice = \"120\"";
    assert_eq!(after(&[(ORDER, "YX", fewer)]), ["order.over-shipped", "shipment.over"]);
    assert_eq!(after(&[(ORDER, "YX", "do = \"void\"\nstep = 2\nnote = \"x\"")]), ["shipment.unconfirmed"]);
    let undone = (SHIPMENT, "YX", "do = \"void\"\nstep = 5\nnote = \"x\"");
    assert_eq!(after(&[undone]), ["receipt.not-departed"]);
    let whole = "do = \"void\"\nnote = \"x\"";
    assert_eq!(after(&[(RECEIPT, "ZL", whole)]), ["sign.role"]);
    let slip = (SHIPMENT, "YX", "do = \"slip\"");
    assert_eq!(after(&[(RECEIPT, "YX", whole), slip]), ["shipment.slip"]);
    assert_eq!(after(&[(RECEIPT, "YX", whole), (RECEIPT, "YX", "do = \"report\"")]), ["form.void"]);
}

#[test]
fn returns_that_go_wrong() {
    let line = "\n[[step.line]]\nmodel = \"SHELF\"\nquantity";
    let asked = format!("do = \"return\"\nreason = \"x\"{line} = 4");
    let more = format!("do = \"return\"\nreason = \"x\"{line} = 11");
    assert_eq!(after(&[(SHIPMENT, "YX", &more)]), ["return.over"]);
    let approve = (SHIPMENT, "LW", "do = \"return-approve\"");
    assert_eq!(after(&[approve]), ["return.order"]);
    assert_eq!(after(&[(SHIPMENT, "LW", &asked), approve]), ["sign.own"]);
    let slip = (SHIPMENT, "YX", "do = \"slip\"");
    let close = (SHIPMENT, "YX", "do = \"close\"");
    assert_eq!(after(&[(SHIPMENT, "YX", &asked), slip, close]), ["shipment.close"]);
}

#[test]
fn a_line_of_several_orders_says_which() {
    let desk = Desk::plain();
    let (one, two) = (desk.confirmed(), desk.confirmed());
    let plan = "--carrier FAST --depart 11-20 --arrive 11-23 --packages 2 --volume 1.5 --freight 800";
    let ship = format!("ship new --order {one} --order {two} {plan} --line");
    desk.cs(&format!("{ship} SHELF=4")).refused(1).says(["which order does SHELF belong to", "SHELF=QTY:order=DD-"]);
    let shipment = desk.cs(&format!("{ship} SHELF=4:order={one} --line SHELF=6:order={two}")).ok().number();
    let left = |order: &str| desk.show(order)["derived"]["pieces"][0]["left"].as_str().unwrap().to_string();
    assert_eq!((left(&one), left(&two)), ("6".into(), "4".into()));
    desk.cs(&format!("{ship} SHELF=7:order={one}")).refused(1).says(["ship 6 or fewer"]);
    desk.is_sound();
    desk.swap(&common::file_of(&shipment), &format!("order = \"{one}\"\n"), "");
    assert_eq!(desk.found(), [format!("shipment.which-order {SHIPMENT}:14:9")]);
}

#[test]
fn an_unreadable_record_is_told_once_and_nothing_is_concluded_from_it() {
    let desk = Desk::busy();
    desk.swap(ORDER, "customer = ", "customer : ");
    assert_eq!(desk.found(), [format!("toml.syntax {ORDER}:1:10")]);
    for line in ["ship slip FH-261118-YX-1", "ship track FH-261118-YX-1 --place here", "todo", "order list"] {
        let place = format!("{ORDER}:1:10");
        desk.cs(line).refused(1).says([place.as_str(), "take the last good version from git"]);
    }
}

/// What is wrong once a piece of a file is another.
fn swapped(file: &str, old: &str, new: &str) -> Vec<String> {
    let desk = Desk::busy();
    desk.swap(file, old, new);
    desk.found()
}

#[test]
fn records_that_are_named() {
    let (order, shipment) = ("[\"DD-261118-YX-1\"]", "FH-261118-YX-1");
    assert_eq!(swapped(RECEIPT, shipment, "FH-261118-YX-7"), [format!("ref.record {RECEIPT}:1:12")]);
    assert_eq!(swapped(SHIPMENT, order, "[\"DD-261118-YX-7\"]"), [format!("ref.record {SHIPMENT}:1:9")]);
    let later = ["ref.record", "ref.later"].map(|code| format!("{code} {RECEIPT}:1:12"));
    assert_eq!(swapped(RECEIPT, shipment, "FH-261119-YX-1"), later, "look-ups rest on the order of making");
    let path = swapped(SHIPMENT, order, "\"../../etc/passwd\"");
    assert!(path.contains(&format!("field.value {SHIPMENT}:1:9")), "{path:?}");
    assert_eq!(after(&[(ORDER, "YX", "do = \"void\"\nnote = \"x\"")]), ["ref.void"]);
}

#[test]
fn signatures_that_may_not_be() {
    let approved = |by: &str| format!("do = \"approve\"\nat = 2026-11-18T10:00:00+08:00\nby = \"{by}\"");
    for (by, code) in [("YX", "sign.own"), ("ZL", "sign.role")] {
        assert_eq!(swapped(SHIPMENT, &approved("LW"), &approved(by)), [format!("{code} {SHIPMENT}:29:6")]);
    }
    let above = [format!("sign.limit {SHIPMENT}:23:6"), format!("sign.limit {SHIPMENT}:29:6")];
    assert_eq!(swapped(SHIPMENT, "amount = \"780.00\"", "amount = \"4999999\""), above);
    let again = after(&[(SHIPMENT, "YX", "do = \"freight\"\namount = \"1\"")]);
    assert_eq!(again, ["step.order", "sign.sealed"]);
    assert_eq!(after(&[(ORDER, "ZL", "do = \"void\"\nstep = 2\nnote = \"x\"")]), ["sign.role", "shipment.unconfirmed"]);
}

#[test]
fn goods_that_do_not_add_up() {
    let only = |file: &str, old: &str, new: &str, code: &str| {
        let found = swapped(file, old, new);
        assert!(found.len() == 1 && found[0].starts_with(&format!("{code} {file}:")), "{new}: {found:?}");
    };
    only(SHIPMENT, "quantity = 10", "quantity = 11", "shipment.over");
    only(SHIPMENT, "arrive = 2026-11-23", "arrive = 2026-11-19", "shipment.dates");
    only(RECEIPT, "received = 10", "received = 10\ndamaged = 11", "receipt.damaged");
    only(RECEIPT, "model = \"SHELF\"", "model = \"RACK\"", "receipt.not-shipped");
    only(RECEIPT, "arrived_at = 2026-11-18T10:00", "arrived_at = 2026-11-18T09:59", "receipt.early");
    let two_ways = (RECEIPT, "YX", "do = \"remedy\"\nreship = true\nparts = true");
    assert_eq!(after(&[two_ways]), ["receipt.remedy", "receipt.nothing-open"]);
}
