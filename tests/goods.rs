//! The flow of goods over orders, shipments and receipts, by worked examples (R14, R15, R62).

mod memory;

use cs::flow::{Pieces, arrivals_of, pieces_of};
use memory::Folder;

fn order(lines: &str) -> String {
    format!("customer = \"C1\"\nwanted_by = 2026-11-30\nconsignee = \"店\"\ndeliver_to = \"路\"\n{lines}")
}

fn shipment(orders: &str, lines: &str) -> String {
    format!(
        "order = [{orders}]\ncarrier = \"K1\"\ndepart = 2026-11-10\narrive = 2026-11-12\npackages = 1\nvolume = \"1\"\nfreight = \"1\"\nconsignee = \"店\"\naddress = \"路\"\n{lines}"
    )
}

fn receipt(shipment: &str, rest: &str) -> String {
    format!(
        "shipment = \"{shipment}\"\narrived_at = 2026-11-12T10:00:00+08:00\nreceived_by = \"陈\"\npackaging = \"sound\"\n{rest}"
    )
}

fn line(model: &str, rest: &str) -> String {
    format!("[[line]]\nmodel = \"{model}\"\n{rest}\n")
}

const NEW: (&str, &str) = ("new 2026-11-02 10:00", "");
const OUT: &[(&str, &str)] = &[NEW, ("depart 2026-11-10 10:00", "")];

/// One order of 10 × A, shipped whole, and what the test adds.
fn department(more: impl FnOnce(&mut Folder)) -> Folder {
    let mut folder = Folder::default();
    folder.form("DD-261102-YX-1", &order(&line("A", "quantity = 10")), &[NEW]);
    folder.form("FH-261102-YX-1", &shipment("\"DD-261102-YX-1\"", &line("A", "quantity = 10")), OUT);
    more(&mut folder);
    folder
}

fn pieces(folder: &Folder, number: &str) -> Pieces {
    let book = folder.book("2026-11-20 10:00");
    let form = book.form(&number.parse().unwrap()).unwrap();
    let pieces = pieces_of(&book, &form)["A"];
    assert_eq!(book.take_problems(), vec![]);
    pieces
}

#[test]
fn r14_what_is_shipped_may_not_be_shipped_again() {
    let p = pieces(&department(|_| ()), "DD-261102-YX-1");
    assert_eq!((p.ordered, p.shipped, p.allowed(), p.left()), (10, 10, 10, 0));
}

#[test]
fn r14_a_void_shipment_counts_nowhere() {
    let folder = department(|f| {
        f.step("FH-261102-YX-1", "void 2026-11-11 10:00", "note = \"x\"");
    });
    assert_eq!(pieces(&folder, "DD-261102-YX-1").left(), 10);
}

#[test]
fn r15_short_and_damaged_are_computed_and_a_reship_may_be_shipped() {
    let folder = department(|f| {
        let counted = line("A", "received = 8\ndamaged = 1");
        f.form("DH-261112-YX-1", &receipt("FH-261102-YX-1", &counted), &[("new 2026-11-12 10:00", "")]);
    });
    let book = folder.book("2026-11-20 10:00");
    let form = book.form(&"FH-261102-YX-1".parse().unwrap()).unwrap();
    let arrival = &arrivals_of(&book, &form)[0];
    let count = &arrival.counts[0];
    assert_eq!((count.expected, count.received, count.short, count.over, count.damaged), (10, 8, 2, 0, 1));
    assert_eq!((arrival.discrepancy(), arrival.open()), (3, 3));
    assert_eq!(pieces(&folder, "DD-261102-YX-1").left(), 0, "nothing may be sent again before a remedy");

    let folder = department(|f| {
        let counted = line("A", "received = 8\ndamaged = 1");
        let steps = [
            ("new 2026-11-12 10:00", ""),
            ("remedy 2026-11-12 11:00", "reship = true\n[[step.line]]\nmodel = \"A\"\nquantity = 2"),
        ];
        f.form("DH-261112-YX-1", &receipt("FH-261102-YX-1", &counted), &steps);
    });
    let p = pieces(&folder, "DD-261102-YX-1");
    assert_eq!((p.reship, p.allowed(), p.left(), p.received, p.damaged), (2, 12, 2, 8, 1));
}

#[test]
fn r15_over_is_no_reason_to_send_again() {
    let folder = department(|f| {
        let steps = [("new 2026-11-12 10:00", ""), ("remedy 2026-11-12 11:00", "reship = true")];
        f.form("DH-261112-YX-1", &receipt("FH-261102-YX-1", &line("A", "received = 11")), &steps);
    });
    let p = pieces(&folder, "DD-261102-YX-1");
    assert_eq!((p.received, p.reship, p.left()), (11, 0, 0));
}

#[test]
fn r15_a_part_delivery_is_not_short_until_the_last() {
    let folder = department(|f| {
        let first = receipt("FH-261102-YX-1", &format!("partial = true\n{}", line("A", "received = 6")));
        f.form("DH-261112-YX-1", &first, &[("new 2026-11-12 10:00", "")]);
        let second = receipt("FH-261102-YX-1", &line("A", "received = 3")).replace("12T10", "13T10");
        f.form("DH-261113-YX-1", &second, &[("new 2026-11-13 10:00", "")]);
    });
    let book = folder.book("2026-11-20 10:00");
    let form = book.form(&"FH-261102-YX-1".parse().unwrap()).unwrap();
    let short: Vec<(u64, u64)> =
        arrivals_of(&book, &form).iter().map(|a| (a.counts[0].expected, a.counts[0].short)).collect();
    assert_eq!(short, [(10, 0), (4, 1)]);
    assert_eq!(pieces(&folder, "DD-261102-YX-1").received, 9);
}

#[test]
fn r15_a_model_that_a_receipt_leaves_out_is_all_short() {
    let folder = department(|f| {
        f.form(
            "DH-261112-YX-1",
            &receipt("FH-261102-YX-1", &line("B", "received = 1")),
            &[("new 2026-11-12 10:00", "")],
        );
    });
    let book = folder.book("2026-11-20 10:00");
    let form = book.form(&"FH-261102-YX-1".parse().unwrap()).unwrap();
    let arrival = &arrivals_of(&book, &form)[0];
    let of = |model: &str| arrival.counts.iter().find(|c| c.model == model).unwrap();
    assert_eq!((of("A").short, of("B").over), (10, 1));
}

#[test]
fn r14_two_orders_share_one_model_of_one_shipment() {
    let mut folder = Folder::default();
    folder.form("DD-261102-YX-1", &order(&line("A", "quantity = 5")), &[NEW]);
    folder.form("DD-261102-YX-2", &order(&line("A", "quantity = 5")), &[NEW]);
    let lines = format!(
        "{}{}",
        line("A", "quantity = 5\norder = \"DD-261102-YX-1\""),
        line("A", "quantity = 5\norder = \"DD-261102-YX-2\"")
    );
    folder.form("FH-261102-YX-1", &shipment("\"DD-261102-YX-1\", \"DD-261102-YX-2\"", &lines), OUT);
    let part = receipt("FH-261102-YX-1", &format!("partial = true\n{}", line("A", "received = 4")));
    folder.form("DH-261112-YX-1", &part, &[("new 2026-11-12 10:00", "")]);
    let rest = receipt("FH-261102-YX-1", &line("A", "received = 3")).replace("12T10", "13T10");
    let steps = [("new 2026-11-13 10:00", ""), ("remedy 2026-11-13 11:00", "reship = true")];
    folder.form("DH-261113-YX-1", &rest, &steps);
    let (first, second) = (pieces(&folder, "DD-261102-YX-1"), pieces(&folder, "DD-261102-YX-2"));
    assert_eq!((first.received, first.reship), (5, 0));
    assert_eq!((second.received, second.reship, second.left()), (2, 3, 3));
}

#[test]
fn r62_returned_goods_may_be_replaced_unless_credited() {
    let back = "condition = \"good\"\n[[step.line]]\nmodel = \"A\"\nquantity = 4";
    let asked = "reason = \"x\"\n[[step.line]]\nmodel = \"A\"\nquantity = 4";
    let returned = |last: Option<(&'static str, &'static str)>| {
        let folder = department(|f| {
            f.step("FH-261102-YX-1", "return 2026-11-13 10:00", asked);
            f.step("FH-261102-YX-1", "return-approve 2026-11-13 11:00", "");
            f.step("FH-261102-YX-1", "return-back 2026-11-14 10:00", back);
            if let Some((step, records)) = last {
                f.step("FH-261102-YX-1", step, records);
            }
        });
        pieces(&folder, "DD-261102-YX-1")
    };
    let open = returned(None);
    assert_eq!((open.back, open.net(), open.left()), (4, 6, 4));
    let credited = returned(Some(("return-credit 2026-11-15 10:00", "amount = \"1\"")));
    assert_eq!((credited.credited, credited.net(), credited.left()), (4, 6, 0));
}
