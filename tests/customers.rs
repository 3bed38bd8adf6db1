//! One customer's whole file, the grades and credits that the figures propose, silent customers, and their report: over
//! small folders whose figures are counted by hand.

mod memory;

use cs::base::table::Amount;
use cs::customers::{Credit, Grade, credits, grades, silent};
use cs::reports::customer_file::customer_file;
use cs::reports::model::Section;
use memory::Folder;
use memory::aftersales::{G1, MENDED, QUALITY, SIGNED, WORKING, lists, quote, ticket};
use memory::report::{cell, expect, figure, make, row, table, values};

const NOW: &str = "2026-11-18 10:00";

fn order(customer: &str, lines: &str) -> String {
    format!("customer = \"{customer}\"\nwanted_by = 2026-12-10\nconsignee = \"店\"\ndeliver_to = \"路 1\"\n{lines}")
}

/// One line of M1 at a price.
fn at(quantity: u32, price: &str) -> String {
    format!("[[line]]\nmodel = \"M1\"\nquantity = {quantity}\nprice = \"{price}\"\n")
}

const INVOICE: &str = "sent = [\"receipt\", \"invoice\"]";

/// An order of one line, made on a day, with its later steps.
fn ordered(folder: &mut Folder, number: &str, customer: &str, lines: &str, steps: &[(&str, &str)]) {
    let day = format!("20{}-{}-{}", &number[3..5], &number[5..7], &number[7..9]);
    let made = format!("new {day} 09:00");
    let steps: Vec<(&str, &str)> = [(made.as_str(), "")].into_iter().chain(steps.iter().copied()).collect();
    folder.form(number, &order(customer, lines), &steps);
}

/// An order of 100, billed on a day and paid whole on another.
fn paid(folder: &mut Folder, number: &str, billed: &str, paid: &str) {
    let (billed, paid) = (format!("papers {billed} 10:00"), format!("paid {paid} 10:00"));
    ordered(folder, number, "C1", &at(1, "100"), &[(&billed, INVOICE), (&paid, "")]);
}

fn graded(folder: &Folder, now: &str, code: &str) -> Grade {
    let whole = folder.book(now);
    let book = whole.as_of(whole.now.time);
    grades(&book, &[code.to_string()]).remove(0)
}

fn credited(folder: &Folder, now: &str, code: &str) -> Credit {
    let whole = folder.book(now);
    let book = whole.as_of(whole.now.time);
    credits(&book, &[code.to_string()]).remove(0)
}

fn numbers(numbers: &[cs::base::number::Number]) -> String {
    numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_grade_counts_what_was_ordered_in_twelve_months_and_stands() {
    let mut folder = lists();
    // The first day of the twelve months that end on 18 November 2026, and the day before.
    ordered(&mut folder, "DD-251119-YX-1", "C1", &at(10, "30000"), &[]);
    ordered(&mut folder, "DD-251118-YX-1", "C1", &at(1, "999999"), &[]);
    ordered(&mut folder, "DD-261101-YX-1", "C1", &at(1, "200000"), &[]);
    ordered(&mut folder, "DD-261102-YX-1", "C1", &at(1, "50000"), &[("cancel 2026-11-03 10:00", "reason = \"x\"")]);
    ordered(&mut folder, "DD-261103-YX-1", "C1", "[[line]]\nmodel = \"M1\"\nquantity = 5\n", &[]);
    ordered(&mut folder, "DD-261104-YX-1", "C1", &at(1, "70000"), &[("void 2026-11-04 11:00", "note = \"x\"")]);
    ordered(&mut folder, "DD-261105-YX-1", "C2", &at(1, "100000"), &[]);
    let grade = graded(&folder, NOW, "C1");
    assert_eq!((grade.proposed, grade.volume.to_string().as_str()), ("A", "500000.00"));
    assert_eq!(numbers(&grade.orders), "DD-251119-YX-1 DD-261101-YX-1");
    assert_eq!(numbers(&grade.unpriced), "DD-261103-YX-1");
    // A day later the oldest order is out of sight.
    let grade = graded(&folder, "2026-11-19 10:00", "C1");
    assert_eq!((grade.proposed, grade.volume.to_string().as_str()), ("B", "200000.00"));
    // As it was known before the order of November.
    assert_eq!(graded(&folder, "2026-10-31 10:00", "C1").volume.to_string(), "1299999.00");
    assert_eq!(graded(&folder, NOW, "C2").proposed, "B");
}

#[test]
fn a_credit_is_the_median_of_the_days_from_the_invoice_to_the_payment() {
    let mut folder = lists();
    paid(&mut folder, "DD-260301-YX-1", "2026-03-10", "2026-03-20"); // 10 days
    paid(&mut folder, "DD-260401-YX-1", "2026-04-10", "2026-05-25"); // 45 days
    paid(&mut folder, "DD-260501-YX-1", "2026-05-10", "2026-07-09"); // 60 days
    let credit = credited(&folder, NOW, "C1");
    assert_eq!((credit.proposed, credit.median), (Some("B"), Some(45)));
    assert_eq!(credit.paid.iter().map(|(_, days)| *days).collect::<Vec<_>>(), [10, 45, 60]);
    assert_eq!(numbers(&credit.orders()), "DD-260301-YX-1 DD-260401-YX-1 DD-260501-YX-1");
    // Of four the lower one of the middle two, a day that was measured.
    paid(&mut folder, "DD-260601-YX-1", "2026-06-10", "2026-06-20");
    assert_eq!(credited(&folder, NOW, "C1").median, Some(10));
    // Paid more than twelve months ago, however late: no longer counted. Paid before the papers: no day.
    paid(&mut folder, "DD-250101-YX-1", "2025-01-10", "2025-11-18");
    paid(&mut folder, "DD-260701-YX-1", "2026-07-10", "2026-07-05");
    let credit = credited(&folder, NOW, "C1");
    assert_eq!((credit.median, credit.paid.len()), (Some(10), 5));
    assert!(credit.paid.iter().any(|(number, days)| (number.to_string().as_str(), *days) == ("DD-260701-YX-1", 0)));
}

#[test]
fn a_credit_counts_from_the_invoice_and_to_the_payment_of_the_rest() {
    let mut folder = lists();
    let steps = [
        ("papers 2026-09-01 10:00", "sent = [\"receipt\"]"),
        ("papers 2026-09-11 10:00", "sent = [\"invoice\"]"),
        ("papers 2026-09-21 10:00", "sent = [\"invoice\"]"),
        ("paid 2026-09-15 10:00", "amount = \"40\""),
        ("paid 2026-10-01 10:00", "amount = \"60\""),
        ("paid 2026-11-01 10:00", "amount = \"5\""),
    ];
    ordered(&mut folder, "DD-260801-YX-1", "C1", &at(1, "100"), &steps);
    assert_eq!(credited(&folder, NOW, "C1").median, Some(20));
    assert_eq!(credited(&folder, "2026-09-30 10:00", "C1").median, None, "not paid whole by then");
    // Without an invoice among the papers the first of them count.
    let steps = [("papers 2026-09-01 10:00", "sent = [\"photos\"]"), ("paid 2026-09-04 10:00", "")];
    ordered(&mut folder, "DD-260802-LL-1", "C2", &at(1, "100"), &steps);
    assert_eq!(credited(&folder, NOW, "C2").median, Some(3));
}

#[test]
fn what_is_unpaid_for_more_than_ninety_days_makes_the_credit_d() {
    let mut folder = lists();
    paid(&mut folder, "DD-260301-YX-1", "2026-03-10", "2026-03-20");
    let open = [("papers 2026-08-20 10:00", INVOICE), ("paid 2026-09-01 10:00", "amount = \"30\"")];
    ordered(&mut folder, "DD-260801-YX-1", "C1", &at(1, "100"), &open);
    let credit = credited(&folder, NOW, "C1");
    assert_eq!((credit.proposed, credit.longest, credit.owed.to_string().as_str()), (Some("A"), Some(90), "70.00"));
    let credit = credited(&folder, "2026-11-19 10:00", "C1");
    assert_eq!((credit.proposed, credit.longest), (Some("D"), Some(91)));
    // A customer who never had to pay is not judged.
    assert_eq!(credited(&folder, NOW, "C2").proposed, None);
}

#[test]
fn a_credit_for_what_came_damaged_is_a_payment() {
    let mut folder = lists();
    let billed = [("papers 2026-10-10 10:00", INVOICE), ("paid 2026-10-30 10:00", "amount = \"700\"")];
    ordered(&mut folder, "DD-261001-YX-1", "C1", &at(10, "100"), &billed);
    assert_eq!(credited(&folder, NOW, "C1").owed.to_string(), "300.00");
    arrives(&mut folder, "credit = \"300\"");
    let credit = credited(&folder, NOW, "C1");
    assert_eq!((credit.owed.to_string().as_str(), credit.median), ("0.00", Some(20)));
}

/// The shipment of DD-261001-YX-1, which came with three pieces of ten damaged; the remedy for them.
fn arrives(folder: &mut Folder, remedy: &str) {
    let shipment = memory::aftersales::shipment("M1", 10).replace("DD-261020-YX-1", "DD-261001-YX-1");
    folder
        .form(
            "FH-261003-YX-1",
            &shipment,
            &[("new 2026-10-03 10:00", ""), ("notify 2026-10-03 11:00", ""), ("depart 2026-10-04 10:00", "")],
        )
        .form(
            "DH-261006-YX-1",
            "shipment = \"FH-261003-YX-1\"\narrived_at = 2026-10-06T10:00:00+08:00\nreceived_by = \"王\"\npackaging = \"sound\"\n[[line]]\nmodel = \"M1\"\nreceived = 10\ndamaged = 3",
            &[("new 2026-10-06 10:00", ""), ("remedy 2026-10-07 10:00", remedy)],
        );
}

/// The silent customers, each with its last day and days.
fn silences(folder: &Folder, now: &str, days: u64) -> Vec<String> {
    let whole = folder.book(now);
    let book = whole.as_of(whole.now.time);
    let told = |silence: cs::customers::Silence| {
        let last = silence.last.map_or("-".to_string(), |contact| {
            let number = contact.record.as_ref().map_or(String::new(), |number| format!(" {number}"));
            format!("{} {}{number}", contact.on, contact.told().en)
        });
        format!("{}: {last}, {}", silence.customer, silence.days.map_or("-".into(), |days| days.to_string()))
    };
    silent(&book, days).into_iter().map(told).collect()
}

#[test]
fn a_customer_is_silent_from_the_sixtieth_day_without_a_contact_on() {
    let mut folder = lists();
    folder.file(
        "lists/customers.csv",
        "code,name,owner,contacted_on,status,since\nC1,成都展示,YX,2026-01-06,active,2026-01-01\nC2,上海专柜,LL,,active,2026-11-01\nC3,旧客户,LL,,lapsed,2020-01-01\nC4,新客户,LL,,prospect,2020-01-01\nC5,无记录,LL,,,\n",
    );
    ordered(&mut folder, "DD-260901-YX-1", "C1", &at(1, "100"), &[("confirm 2026-09-19 10:00", "")]);
    let never = "C5: -, -";
    assert_eq!(silences(&folder, "2026-11-17 10:00", 60), [never], "59 days");
    let since = "C1: 2026-09-19 Order: Confirmed DD-260901-YX-1, 60";
    assert_eq!(silences(&folder, NOW, 60), [never, since]);
    assert_eq!(silences(&folder, NOW, 61), [never]);
    // A customer since 1 November, of whom nothing was heard yet.
    assert_eq!(silences(&folder, NOW, 17), [never, since, "C2: -, 17"]);
    assert_eq!(silences(&folder, NOW, 18), [never, since]);
    // An order that ended long ago still tells of the last contact.
    folder.step("DD-260901-YX-1", "cancel 2026-09-19 11:00", "reason = \"x\"");
    assert_eq!(silences(&folder, "2028-11-18 10:00", 60)[1], "C1: 2026-09-19 Order: Cancelled DD-260901-YX-1, 791");
}

#[test]
fn only_what_was_said_to_the_customer_breaks_a_silence() {
    let broken = |steps: &[(&str, &str)]| {
        let mut folder = lists();
        folder.file("lists/customers.csv", "code,name,owner\nC1,成都展示,YX\n");
        ordered(&mut folder, "DD-260901-YX-1", "C1", &at(10, "100"), steps);
        silences(&folder, NOW, 60).is_empty()
    };
    let confirm = ("confirm 2026-09-01 10:00", "");
    for (step, told) in [
        (("progress 2026-11-10 10:00", ""), false),
        (("paid 2026-11-10 10:00", ""), false),
        (("delay 2026-11-10 10:00", "until = 2026-12-20\nreason = \"x\""), false),
        (("delay 2026-11-10 10:00", "until = 2026-12-20\nreason = \"x\"\ntold = true"), true),
        (("remind 2026-11-10 10:00", ""), true),
        (("papers 2026-11-10 10:00", INVOICE), true),
    ] {
        assert_eq!(broken(&[confirm, step]), told, "{step:?}");
    }
    // What was voided was never said (R66).
    let voided = ("void 2026-11-10 11:00", "step = 3\nnote = \"x\"");
    assert!(!broken(&[confirm, ("remind 2026-11-10 10:00", ""), voided]));
}

#[test]
fn the_notice_of_a_shipment_is_a_contact_with_the_customers_of_its_orders() {
    let mut folder = lists();
    ordered(&mut folder, "DD-261001-YX-1", "C1", &at(10, "100"), &[]);
    arrives(&mut folder, "keep = true");
    let told = silences(&folder, "2026-12-02 10:00", 60);
    assert_eq!(told, ["C2: -, -", "C1: 2026-10-03 Shipment: Consignee told FH-261003-YX-1, 60"]);
}

/// A customer with something of every kind, and another customer beside.
fn department() -> Folder {
    let mut folder = lists();
    let steps = [
        ("confirm 2026-10-01 11:00", ""),
        ("papers 2026-10-10 10:00", INVOICE),
        ("paid 2026-10-30 10:00", "amount = \"500\""),
    ];
    ordered(&mut folder, "DD-261001-YX-1", "C1", &at(10, "100"), &steps);
    arrives(&mut folder, "credit = \"300\"");
    ordered(&mut folder, "DD-250801-YX-1", "C1", &at(4, "50"), &[("paid 2025-09-01 10:00", "")]);
    ordered(&mut folder, "DD-261002-LL-1", "C2", &at(7, "100"), &[]);
    ordered(&mut folder, "DD-261005-YX-1", "C1", &at(1, "1"), &[("void 2026-10-05 11:00", "note = \"x\"")]);
    folder
        .form(
            "WX-261103-YX-1",
            &ticket(("C1", "S1", "M1"), "made_on = 2026-03-01", &["glass"]),
            &[
                ("new 2026-11-03 10:00", ""),
                ("judge 2026-11-03 11:00", QUALITY),
                ("dispatch 2026-11-04 12:00", G1),
                ("repaired 2026-11-05 10:00", MENDED),
                ("accept 2026-11-06 10:00", SIGNED),
                ("follow-up 2026-11-06 11:00", WORKING),
                ("reimburse 2026-11-06 12:00", "amount = \"80\""),
            ],
        )
        .form(
            "BJ-261103-YX-1",
            &quote("WX-261103-YX-1", "G1", "100"),
            &[("new 2026-11-03 12:00", ""), ("approve 2026-11-03 13:00", "")],
        )
        // A caller whom nobody asked for a name, about a record that tells it.
        .form(
            "TS-261110-YX-1",
            "channel = \"hotline\"\ncontent = \"碎了\"\nrecord = \"DH-261006-YX-1\"\n",
            &[
                ("new 2026-11-10 10:00", ""),
                ("plan 2026-11-10 11:00", "measure = \"换\"\ncompensation = \"60\""),
                ("agree 2026-11-10 12:00", ""),
                ("act 2026-11-10 13:00", ""),
            ],
        )
        // Another customer's words of a record that is not its own.
        .form(
            "TS-261111-LL-1",
            "channel = \"hotline\"\ncustomer = \"C2\"\ncontent = \"x\"\nrecord = \"DD-261001-YX-1\"\n",
            &[("new 2026-11-11 10:00", "")],
        );
    folder
}

fn file(folder: &Folder, now: &str, code: &str) -> Vec<Section> {
    let book = folder.book(now);
    let file = customer_file(&book, code, false);
    assert!(book.take_problems().is_empty());
    file
}

fn section<'s>(file: &'s [Section], name: &str) -> &'s Section {
    file.iter().find(|section| section.name == name).unwrap_or_else(|| panic!("no section {name}"))
}

/// The value of a figure and the numbers behind it.
fn told(file: &[Section], name: &str, key: &str) -> String {
    let figure = section(file, name).figures.iter().find(|figure| figure.key == key).unwrap();
    format!("{} {}", figure.value.map_or("-".into(), Amount::digits), numbers(&figure.records)).trim().to_string()
}

/// Some cells of every row of a section's table.
fn rows(file: &[Section], name: &str, keys: &[&str]) -> Vec<String> {
    let table = &section(file, name).tables[0];
    (0..table.rows.len()).map(|at| row(table, at, keys)).collect()
}

#[test]
fn the_file_holds_each_kind_that_names_the_customer_or_rests_on_what_does() {
    let folder = department();
    let file = file(&folder, NOW, "C1");
    let names: Vec<&str> = file.iter().map(|section| section.name).collect();
    let kinds = ["orders", "shipments", "receipts", "repairs", "quotes", "complaints"];
    assert_eq!(names, [&["contacts", "sites", "years"][..], &kinds, &["money", "duties"]].concat());
    for (kind, all, open) in [
        ("orders", "2 DD-250801-YX-1 DD-261001-YX-1", Some("2 DD-250801-YX-1 DD-261001-YX-1")),
        ("shipments", "1 FH-261003-YX-1", Some("1 FH-261003-YX-1")),
        ("receipts", "1 DH-261006-YX-1", None),
        ("repairs", "1 WX-261103-YX-1", Some("1 WX-261103-YX-1")),
        ("quotes", "1 BJ-261103-YX-1", Some("0")),
        ("complaints", "1 TS-261110-YX-1", Some("1 TS-261110-YX-1")),
    ] {
        assert_eq!(told(&file, kind, "all"), all, "{kind}");
        let has_open = section(&file, kind).figures.iter().any(|figure| figure.key == "open");
        assert_eq!(has_open.then(|| told(&file, kind, "open")).as_deref(), open, "{kind}");
    }
    assert_eq!(rows(&file, "orders", &["number", "amount"]), ["DD-261001-YX-1 1000.00", "DD-250801-YX-1 200.00"]);
    assert_eq!(rows(&file, "receipts", &["number", "wrong", "unsettled"]), ["DH-261006-YX-1 3 0"]);
    assert_eq!(rows(&file, "repairs", &["cause", "payer", "fee"]), ["quality us 80.00"]);
    assert_eq!(rows(&file, "quotes", &["total", "standing"]), ["100.00 approved"]);
    assert_eq!(rows(&file, "complaints", &["number", "cycles", "cause"]), ["TS-261110-YX-1 1 -"]);
    assert_eq!(rows(&file, "sites", &["code", "mall", "city"]), ["S1 春熙店 成都"]);
    assert!(section(&file, "orders").tables[0].columns.iter().all(|column| column.key != "customer"));
}

#[test]
fn the_file_tells_each_year_what_was_ordered_and_kept() {
    let folder = department();
    let keys = ["year", "taken", "volume", "pieces", "net", "paid", "repairs", "complaints"];
    let years = rows(&file(&folder, NOW, "C1"), "years", &keys);
    assert_eq!(years, ["2026 1 1000.00 10 10 500.00 1 1", "2025 1 200.00 4 0 200.00 0 0"]);
    assert_eq!(rows(&file(&folder, NOW, "C2"), "years", &keys), ["2026 1 700.00 7 0 0.00 0 1"]);
}

#[test]
fn the_file_sums_what_was_billed_paid_and_borne() {
    let file = file(&department(), NOW, "C1");
    for (key, value) in [
        ("volume", "1200.00 DD-250801-YX-1 DD-261001-YX-1"),
        ("billed", "1000.00 DD-261001-YX-1"),
        ("paid", "700.00 DD-250801-YX-1 DD-261001-YX-1"),
        ("credited", "300.00 DD-261001-YX-1"),
        ("unpaid", "200.00 DD-261001-YX-1"),
        ("unpaid_days", "39 DD-261001-YX-1"),
        ("days_to_pay", "-"),
        ("fees", "80.00 WX-261103-YX-1"),
        ("parts_cost", "0.00"),
        // Nobody wrote what was paid: as planned.
        ("compensation", "60.00 TS-261110-YX-1"),
    ] {
        assert_eq!(told(&file, "money", key), value, "{key}");
    }
    let unpaid = rows(&file, "money", &["number", "billed_on", "amount", "paid", "left", "days"]);
    assert_eq!(unpaid, ["DD-261001-YX-1 2026-10-10 1000.00 500.00 200.00 39"]);
}

#[test]
fn the_file_names_the_last_contacts_and_the_open_duties_with_their_commands() {
    let mut folder = department();
    // An agency of the same code as the customer is no duty of the customer's.
    folder.file("lists/agencies.csv", "code,name,verified_on\nC1,艺城,2020-01-01\nG1,艺城,2026-11-01\n");
    let file = file(&folder, NOW, "C1");
    assert_eq!(
        rows(&file, "contacts", &["on", "what", "number"])[..2],
        ["2026-11-10 Complaint: Agreed TS-261110-YX-1", "2026-11-10 Complaint: Made TS-261110-YX-1"]
    );
    let duties = rows(&file, "duties", &["rule", "number"]);
    assert!(duties.contains(&"R8 DD-250801-YX-1".to_string()), "{duties:?}");
    assert!(duties.iter().all(|duty| !duty.starts_with("R7") && !duty.ends_with("LL-1")), "{duties:?}");
    let commands = rows(&file, "duties", &["command"]);
    assert!(commands.contains(&"cs order confirm DD-250801-YX-1".to_string()), "{commands:?}");
}

#[test]
fn r60_the_file_of_an_earlier_moment_knows_nothing_later() {
    let file = file(&department(), "2026-10-08 10:00", "C1");
    assert!(file.iter().all(|section| section.name != "repairs" && section.name != "complaints"));
    assert_eq!(told(&file, "money", "billed"), "0.00");
    assert_eq!(told(&file, "money", "paid"), "200.00 DD-250801-YX-1");
}

#[test]
fn a_shipment_of_two_customers_is_in_both_files() {
    let mut folder = department();
    let shared = memory::aftersales::shipment("M1", 2)
        .replace("[\"DD-261020-YX-1\"]", "[\"DD-261001-YX-1\", \"DD-261002-LL-1\"]");
    folder.form("FH-261110-YX-1", &shared, &[("new 2026-11-10 10:00", "")]);
    assert_eq!(told(&file(&folder, NOW, "C1"), "shipments", "all"), "2 FH-261003-YX-1 FH-261110-YX-1");
    assert_eq!(told(&file(&folder, NOW, "C2"), "shipments", "all"), "1 FH-261110-YX-1");
}

#[test]
fn closed_records_stay_listed_for_the_months_of_the_policy() {
    let mut folder = department();
    folder.step("DD-250801-YX-1", "cancel 2025-09-02 10:00", "reason = \"x\"");
    let listed = |folder: &Folder| rows(&file(folder, NOW, "C1"), "orders", &["number"]);
    assert_eq!(listed(&folder), ["DD-261001-YX-1"]);
    folder.file("policy.toml", "[customer]\nrating_months = 24\n");
    assert_eq!(listed(&folder), ["DD-261001-YX-1", "DD-250801-YX-1"]);
}

/// Customers of two grades: one orders in each of the three periods, one only now, one is silent.
fn market() -> Folder {
    let mut folder = lists();
    folder.file(
        "lists/customers.csv",
        "code,name,grade,credit,owner,assigned_on,contacted_on,status\nC1,成都展示,A,B,YX,2026-01-05,2026-01-06,active\nC2,上海专柜,B,,LL,2026-01-05,2026-01-06,active\nC3,北京展厅,B,,LL,2026-01-05,2026-01-06,active\nC4,新店,,,LL,2026-11-20,,active\n",
    );
    ordered(&mut folder, "DD-251110-YX-1", "C1", &at(1, "100"), &[("cancel 2025-11-20 10:00", "reason = \"x\"")]);
    ordered(&mut folder, "DD-251111-YX-1", "C1", &at(1, "200"), &[]);
    ordered(&mut folder, "DD-261010-YX-1", "C1", &at(1, "400"), &[("papers 2026-11-10 10:00", INVOICE)]);
    ordered(&mut folder, "DD-261102-YX-1", "C1", &at(1, "600"), &[]);
    ordered(
        &mut folder,
        "DD-261103-LL-1",
        "C2",
        &at(1, "150"),
        &[("papers 2026-11-04 10:00", INVOICE), ("paid 2026-11-14 10:00", "")],
    );
    ordered(&mut folder, "DD-261104-LL-1", "C2", &at(1, "50"), &[]);
    folder.form(
        "TS-261110-LL-1",
        "channel = \"hotline\"\ncustomer = \"C2\"\ncontent = \"x\"\n",
        &[("new 2026-11-10 10:00", "")],
    );
    folder
}

#[test]
fn the_report_of_customers_counts_them_by_grade_and_credit() {
    let report = make(&market(), "customers", "2026-11", "2026-12-01 09:00");
    let expect = |key, value, behind| expect(&report, "customers", key, value, behind);
    expect("customers_ordering", "2", "DD-261102-YX-1 DD-261103-LL-1 DD-261104-LL-1");
    expect("orders", "3", "DD-261102-YX-1 DD-261103-LL-1 DD-261104-LL-1");
    expect("volume", "800.00", "DD-261102-YX-1 DD-261103-LL-1 DD-261104-LL-1");
    expect("complaints", "1", "TS-261110-LL-1");
    // C3, of whom the first contact is all that is known.
    expect("customers_silent", "1", "");
    // C4 was to be contacted by 27 November.
    expect("customers_uncontacted", "1", "");
    expect("unpaid", "400.00", "DD-261010-YX-1");
    expect("unpaid_days", "20", "DD-261010-YX-1");
    expect("days_to_pay", "10", "DD-261103-LL-1");
    let compared = |key| values(figure(&report, "customers", key)).join(" ");
    assert_eq!(compared("volume"), "800.00 400.00 200.00");
    assert_eq!(compared("orders"), "3 1 2");
    assert_eq!(compared("customers_uncontacted"), "1 0 0");

    let table = |name| table(&report, "customers", name);
    let keys = ["grade", "active", "customers_ordering", "volume", "previous", "last_year", "orders", "complaints"];
    let all = [&keys[..], &["customers_silent", "customers_uncontacted"]].concat();
    let by_grade: Vec<String> = (0..3).map(|at| row(table("by_grade"), at, &all)).collect();
    assert_eq!(by_grade, ["A 1 1 600.00 400.00 200.00 1 0 0 0", "B 2 1 200.00 - - 2 1 1 0", "none 1 - - - - - - 0 1"]);
    let behind = &table("by_grade").rows[1].records;
    assert_eq!(numbers(behind), "DD-261103-LL-1 DD-261104-LL-1 TS-261110-LL-1");
    let by_credit: Vec<String> =
        (0..2).map(|at| row(table("by_credit"), at, &["credit", "active", "volume", "unpaid"])).collect();
    assert_eq!(by_credit, ["B 1 600.00 400.00", "none 3 200.00 0.00"]);
    let top: Vec<String> = (0..2)
        .map(|at| row(table("top"), at, &["code", "grade", "credit", "volume", "share", "cumulated", "previous"]))
        .collect();
    assert_eq!(top, ["C1 A B 600.00 75.0 75.0 400.00", "C2 B - 200.00 25.0 100.0 -"]);
    assert_eq!(row(table("silent"), 0, &["code", "last_on", "days"]), "C3 2026-01-06 328");
    assert_eq!(cell(table("overdue"), 0, "code"), "C4");
    assert_eq!(cell(table("unpaid"), 0, "number"), "DD-261010-YX-1");
}
