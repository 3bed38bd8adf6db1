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

/// A small generator of its own, so that the same cases come each time.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) % n
    }
}

/// What one model comes to, counted piece by piece.
#[derive(Debug, Default, PartialEq, Eq)]
struct Counted {
    shipped: u64,
    received: u64,
    damaged: u64,
    again: u64,
    open: u64,
}

/// One random shipment with its receipts: what is written, and what counting piece by piece makes of it.
fn shipped(dice: &mut Dice, folder: &mut Folder, at: u64, expect: &mut Counted) {
    let number = format!("FH-261103-YX-{at}");
    let sent = 1 + dice.below(9);
    folder.form(&number, &shipment("\"DD-261102-YX-1\"", &line("A", &format!("quantity = {sent}"))), OUT);
    expect.shipped += sent;
    let (mut to_come, mut all_again) = (sent, 0);
    let receipts = dice.below(4);
    for i in 0..receipts {
        let partial = i + 1 < receipts;
        let (came, wrong) = (dice.below(7), dice.below(4) / 2);
        let damaged = dice.below(came + 1) / 2;
        let mut over = 0;
        for _ in 0..came {
            if to_come > 0 { to_come -= 1 } else { over += 1 }
        }
        let mut short = 0;
        while !partial && to_come > 0 {
            to_come -= 1;
            short += 1;
        }
        if partial {
            // A wrong piece came in the place of a right one, which will not come too.
            to_come = to_come.saturating_sub(wrong);
        }
        let (missing, wrong_too) = (short, wrong.max(short) - short);
        let found = missing + wrong_too + over + damaged;
        let remedy = if found > 0 { dice.below(4) } else { 0 };
        let (records, settled, again) = match remedy {
            1 => ("reship = true".to_string(), found - over, found - over),
            2 => ("claim = true".to_string(), found, 0),
            3 => ("reship = true\n[[step.line]]\nmodel = \"A\"\nquantity = 1".to_string(), 1, 1.min(found - over)),
            _ => (String::new(), 0, 0),
        };
        let part = if partial { "partial = true\n" } else { "" };
        let counts = format!("received = {came}\ndamaged = {damaged}\nwrong = {wrong}");
        let text =
            receipt(&number, &format!("{part}{}", line("A", &counts))).replace("12T10", &format!("{}T10", 12 + i));
        let made = format!("new 2026-11-{} 10:00", 12 + i);
        let step = format!("remedy 2026-11-{} 11:00", 12 + i);
        let mut steps = vec![(made.as_str(), "")];
        if !records.is_empty() {
            steps.push((step.as_str(), records.as_str()));
        }
        folder.form(&format!("DH-2611{}-YX-{at}", 12 + i), &text, &steps);
        expect.received += came;
        expect.damaged += damaged;
        all_again += again;
        expect.open += found - settled;
    }
    // No more is sent again than was sent.
    expect.again += all_again.min(sent);
}

#[test]
fn r14_r15_any_flow_of_goods_comes_to_what_counting_piece_by_piece_gives() {
    for seed in 0..1_500 {
        let dice = &mut Dice(seed);
        let ordered = 1 + dice.below(20);
        let mut folder = Folder::default();
        folder.form("DD-261102-YX-1", &order(&line("A", &format!("quantity = {ordered}"))), &[NEW]);
        let mut expect = Counted::default();
        for at in 1..=1 + dice.below(3) {
            shipped(dice, &mut folder, at, &mut expect);
        }
        let p = pieces(&folder, "DD-261102-YX-1");
        let book = folder.book("2026-11-20 10:00");
        let shipments = cs::flow::shipments_of(&book, &"DD-261102-YX-1".parse().unwrap());
        let open = shipments.iter().flat_map(|form| arrivals_of(&book, form)).map(|arrival| arrival.open()).sum();
        let found = Counted { shipped: p.shipped, received: p.received, damaged: p.damaged, again: p.reship, open };
        assert_eq!(found, expect, "seed {seed}");
        assert_eq!(p.left(), (ordered + expect.again).saturating_sub(expect.shipped), "seed {seed}");
    }
}
