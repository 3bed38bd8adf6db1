//! A command opens only what its answer needs, in a folder in memory that remembers what was looked at.

mod memory;

use cs::base::field::Kind;
use cs::base::money::Money;
use cs::base::number::Number;
use cs::base::period::Period;
use cs::consults::clocks;
use cs::customers::{credits, grades};
use cs::duties::duties;
use cs::forms::consult::CONSULT;
use cs::lookup::{known, rank};
use cs::reports::customer_file::customer_file;
use cs::settlement::{FEES, compare};
use memory::Folder;
use memory::aftersales::{G1, MENDED, QUALITY, SIGNED, lists, quote, shipment, ticket};

const NOW: &str = "2026-12-02 10:00";

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

/// The forms read since the last time that this was asked.
fn opened(folder: &Folder) -> Vec<String> {
    let seen = std::mem::take(&mut *folder.seen.lock().unwrap());
    let mut forms: Vec<String> = seen.into_iter().filter(|path| path.ends_with("-1.toml")).collect();
    forms.sort_unstable();
    forms
}

/// An order, its shipment closed in October and the receipt of it; a ticket mended in November with its quote.
fn department() -> Folder {
    let mut folder = lists();
    folder
        .form(
            "DD-261020-YX-1",
            "customer = \"C1\"\nwanted_by = 2026-11-20\nconsignee = \"a\"\ndeliver_to = \"b\"\n[[line]]\nmodel = \"M1\"\nquantity = 5",
            &[("new 2026-10-20 10:00", ""), ("confirm 2026-10-20 11:00", ""), ("cancel 2026-10-21 10:00", "reason = \"x\"")],
        )
        .form(
            "FH-261020-YX-1",
            &shipment("M1", 5),
            &[("new 2026-10-20 10:00", ""), ("depart 2026-10-21 10:00", ""), ("close 2026-10-28 10:00", "")],
        )
        .form(
            "DH-261025-YX-1",
            "shipment = \"FH-261020-YX-1\"\narrived_at = 2026-10-25T10:00:00+08:00\nreceived_by = \"王\"\npackaging = \"sound\"\n[[line]]\nmodel = \"M1\"\nreceived = 5",
            &[("new 2026-10-25 10:00", "")],
        )
        .form(
            "WX-261103-YX-1",
            &ticket(("C1", "S1", "M1"), "made_on = 2026-03-01", &["glass"]),
            &[
                ("new 2026-11-03 10:00", ""),
                ("judge 2026-11-03 11:00", QUALITY),
                ("dispatch 2026-11-04 12:00", G1),
                ("repaired 2026-11-05 10:00", MENDED),
                ("accept 2026-11-06 10:00", SIGNED),
                ("follow-up 2026-11-06 11:00", "result = \"working\""),
                ("reimburse 2026-11-06 12:00", "amount = \"80\""),
                ("close 2026-11-06 13:00", ""),
            ],
        )
        .form(
            "BJ-261103-YX-1",
            &quote("WX-261103-YX-1", "G1", "100"),
            &[("new 2026-11-03 12:00", ""), ("approve 2026-11-03 13:00", "")],
        );
    folder
}

#[test]
fn a_look_up_between_forms_opens_no_kind_that_can_not_name_the_record() {
    let folder = department();
    let book = folder.book(NOW);
    let order = number("DD-261020-YX-1");
    for kind in [Kind::Order, Kind::Receipt, Kind::Repair, Kind::Quote] {
        assert!(book.naming(kind, &order).is_empty());
        assert!(opened(&folder).is_empty(), "{kind:?}");
    }
    let ticket = number("WX-261103-YX-1");
    assert_eq!(book.naming(Kind::Quote, &ticket).len(), 1);
    assert_eq!(opened(&folder), ["quotes/2026/11/BJ-261103-YX-1.toml"]);
}

/// The months of consults read since the last time that this was asked.
fn months(folder: &Folder) -> Vec<String> {
    let seen = std::mem::take(&mut *folder.seen.lock().unwrap());
    let mut months: Vec<String> = seen.into_iter().filter(|path| path.ends_with(".csv")).collect();
    months.sort_unstable();
    months
}

/// A consult of each of three months, the first two answered.
fn asked() -> Folder {
    let mut folder = lists();
    for (day, answered) in [("2026-09-10", true), ("2026-10-12", true), ("2026-11-30", false)] {
        let number = format!("ZX-{}-YX-1", day[2..].replace('-', ""));
        let mut text = format!(
            "at,by,number,do,channel,about,what,phone,answer\n{day}T10:00:00+08:00,YX,{number},new,mail,price,x,1,\n"
        );
        if answered {
            text.push_str(&format!("{day}T11:00:00+08:00,YX,{number},answer,,,,,y\n"));
        }
        folder.file(&format!("consults/{}.csv", &day[..7]), &text);
    }
    folder
}

#[test]
fn the_consults_of_a_month_are_read_from_its_one_file() {
    let folder = asked();
    let book = folder.book(NOW);
    let october = Period::parse("2026-10", book.now.today()).unwrap();
    book.load(&CONSULT, october.from..=october.to, &|_, _| true);
    assert_eq!(book.loaded(Kind::Consult).len(), 1);
    assert_eq!(months(&folder), ["consults/2026-10.csv"]);
    let form = book.form(&number("ZX-261130-YX-1")).unwrap();
    assert_eq!(months(&folder), ["consults/2026-11.csv"]);
    let timed = clocks(&book, &form).remove(0);
    assert_eq!(timed.due(&book), Some(memory::at("2026-12-01 10:00")));
    assert_eq!(months(&folder).iter().filter(|path| path.starts_with("consults/")).count(), 0);
    assert!(book.sound().is_ok());
}

#[test]
fn a_look_up_reads_lists_and_notes_and_no_record() {
    let mut folder = department();
    folder.file("knowledge/a/b.md", "# Lamps\nof glass\n").file("knowledge/a/b.txt", "glass");
    let book = folder.book(NOW);
    let units = known(&book, false);
    assert_eq!(rank(&units, &["glass".to_string()]).len(), 1);
    let seen = std::mem::take(&mut *folder.seen.lock().unwrap());
    let fine =
        |path: &String| ["lists/", "knowledge/", "cs.toml", "policy.toml"].iter().any(|known| path.starts_with(known));
    assert!(seen.iter().all(fine), "{seen:?}");
    assert!(!seen.iter().any(|path| path.ends_with(".txt")), "{seen:?}");
}

#[test]
fn r21_what_an_agency_is_owed_is_read_from_tickets_and_quotes_alone() {
    let folder = department();
    let book = folder.book(NOW);
    let months = compare(&book, &FEES, Period::parse("2026-11", book.now.today()).unwrap(), Some("G1"));
    assert_eq!(months[0].items[0].ours(), Some(Money::whole(80)));
    assert_eq!(opened(&folder), ["quotes/2026/11/BJ-261103-YX-1.toml", "repairs/2026/11/WX-261103-YX-1.toml"]);
    assert!(book.sound().is_ok());
}

#[test]
fn r38_what_a_month_asks_for_is_read_from_its_visits_alone() {
    let mut folder = department();
    let row = |day: &str| {
        let number = format!("HF-{}-YX-1", day.replace('-', "").split_off(2));
        format!(
            "at,by,number,do,customer,purpose,channel,need\n{day}T10:00:00+08:00,YX,{number},new,C1,monthly,desk,nothing\n"
        )
    };
    for day in ["2026-08-21", "2026-09-21", "2026-10-21", "2026-11-21", "2026-12-01"] {
        folder.file(&format!("visits/{}.csv", &day[..7]), &row(day));
    }
    let book = folder.book(NOW);
    let month = Period::parse("2026-11", book.now.today()).unwrap();
    let visits = |folder: &Folder| {
        let seen = std::mem::take(&mut *folder.seen.lock().unwrap());
        assert!(
            seen.iter().all(|path| !path.ends_with(".toml") || path == "cs.toml" || path == "policy.toml"),
            "{seen:?}"
        );
        let mut files: Vec<String> =
            seen.into_iter().filter(|path| path.ends_with(".csv") && path.starts_with("visits")).collect();
        files.sort_unstable();
        files.dedup();
        files
    };
    let calls = cs::visits::calls(&book, month);
    assert!(calls.iter().any(|call| call.customer == "C1" && call.made.is_some()));
    assert_eq!(visits(&folder), ["visits/2026-11.csv"]);
    // A month that is known whole is not opened again.
    assert_eq!(cs::visits::calls(&book, month).len(), calls.len());
    assert_eq!(visits(&folder), [] as [&str; 0]);
    assert!(book.sound().is_ok());
}

#[test]
fn r16_a_shipment_that_waits_to_be_settled_is_read_without_its_receipts() {
    let folder = department();
    let book = folder.book(NOW);
    let duties = duties(&book);
    let waits = |rule: &str, of: &str| duties.iter().any(|duty| duty.rule == rule && duty.number == of);
    assert!(waits("R16", "K1 2026-10") && waits("R21", "G1 2026-11"), "{duties:#?}");
    assert!(opened(&folder).iter().all(|path| !path.starts_with("receipts/")));
}

/// The same department with records of another customer, which can't be read: whoever reads them says so.
fn with_another() -> Folder {
    let mut folder = department();
    folder
        .form("DD-261021-LL-1", "customer = \"C2\"\nwanted_by = nonsense", &[("new 2026-10-21 10:00", "")])
        .form("FH-261022-LL-1", "order = [\"DD-261021-LL-1\"]\ncarrier = nonsense", &[("new 2026-10-22 10:00", "")])
        .form("WX-261101-LL-1", "customer = \"C2\"\nmodel = nonsense", &[("new 2026-11-01 10:00", "")])
        // Shipped before the customer ever ordered.
        .form("FH-260901-LL-1", "order = [\"DD-260901-LL-1\"]\ncarrier = nonsense", &[("new 2026-09-01 10:00", "")]);
    folder
}

#[test]
fn a_customers_file_reads_nothing_of_what_concerns_others() {
    let folder = with_another();
    let book = folder.book(NOW);
    let file = customer_file(&book, "C1", false);
    assert_eq!(book.take_problems(), vec![]);
    assert!(file.iter().any(|section| section.name == "shipments"));
    let opened = opened(&folder);
    assert!(!opened.iter().any(|path| path.contains("FH-260901")), "{opened:?}");
    assert!(opened.iter().any(|path| path.contains("DH-261025")), "{opened:?}");
    // The other customer's file does, and says so.
    customer_file(&book, "C2", false);
    assert!(!book.take_problems().is_empty());
}

#[test]
fn a_customer_of_whom_there_is_nothing_costs_a_look_at_the_kinds_that_name_customers() {
    let folder = department();
    let book = folder.book(NOW);
    assert!(customer_file(&book, "C9", false).iter().all(|section| section.name != "orders"));
    assert_eq!(opened(&folder), ["orders/2026/10/DD-261020-YX-1.toml", "repairs/2026/11/WX-261103-YX-1.toml"]);
}

#[test]
fn a_grade_reads_orders_of_its_months_alone_and_a_credit_what_was_credited_on_them() {
    let mut folder = with_another();
    folder.form("DD-251020-YX-1", "customer = \"C1\"\nwanted_by = nonsense", &[("new 2025-10-20 10:00", "")]);
    let book = folder.book(NOW);
    let c1 = ["C1".to_string()];
    assert_eq!(grades(&book, &c1).len(), 1);
    assert!(opened(&folder).iter().all(|path| path.starts_with("orders/2026")));
    let book = folder.book(NOW);
    assert_eq!(credits(&book, &c1)[0].proposed, None);
    assert!(opened(&folder).iter().all(|path| path.starts_with("orders/")), "no papers: nothing to look for");
    assert_eq!(book.take_problems(), vec![]);
}

#[test]
fn what_a_month_taught_scored_and_rostered_is_read_from_the_months_that_may_hold_it() {
    let mut folder = lists();
    for day in ["2025-08-10", "2026-09-10", "2026-10-12"] {
        let (month, short) = (&day[..7], day[2..].replace('-', ""));
        let at = format!("{day}T10:00:00+08:00,YX");
        let call = "at,by,number,do,staff,on,marks\n";
        folder.file(&format!("qa/{month}.csv"), &format!("{call}{at},ZJ-{short}-YX-1,new,LL,{day},full\n"));
        let shift = "at,by,number,do,staff,on,span\n";
        folder.file(&format!("shifts/{month}.csv"), &format!("{shift}{at},BC-{short}-YX-1,new,YX,{day},08:00-16:00\n"));
        let training = "at,by,number,do,type,topic,when,speaker,attendees\n";
        let row = format!("{at},PX-{short}-YX-1,new,class,x,{day}T14:00:00+08:00,y,YX\n");
        folder.file(&format!("training/{month}.csv"), &format!("{training}{row}"));
    }
    let october = Period::parse("2026-10", "2026-12-02".parse().unwrap()).unwrap();
    let of_kind = |folder: &Folder, dir: &str| -> Vec<String> {
        let mut months = months(folder);
        months.retain(|path| !path.starts_with("lists/"));
        months.dedup();
        assert!(months.iter().all(|path| path.starts_with(dir)), "{months:?}");
        months
    };
    let book = folder.book(NOW);
    assert_eq!(cs::calls::calls(&book, october).len(), 1);
    assert_eq!(of_kind(&folder, "qa/"), ["qa/2026-10.csv"]);
    // A shift is on the roster up to a year ahead.
    let book = folder.book(NOW);
    assert_eq!(cs::shifts::shifts(&book, october).len(), 1);
    assert_eq!(of_kind(&folder, "shifts/"), ["shifts/2026-09.csv", "shifts/2026-10.csv"]);
    // A training may be planned and written down at any time.
    let book = folder.book(NOW);
    assert_eq!(cs::trainings::in_days(&book, october).len(), 1);
    assert_eq!(of_kind(&folder, "training/").len(), 3);
    // They are asked for week by week and month by month, and opened once.
    assert_eq!(cs::trainings::in_days(&book, october.previous()).len(), 1);
    assert_eq!(of_kind(&folder, "training/"), [""; 0]);
    assert!(book.sound().is_ok());
    // What follows from one record is in its own month.
    for number in ["ZJ-261012-YX-1", "PX-261012-YX-1", "BC-261012-YX-1"] {
        let book = folder.book(NOW);
        let form = book.form(&number.parse().unwrap()).unwrap();
        cs::derived::derive(&book, &form);
        let months = of_kind(&folder, "");
        assert_eq!(months, [months[0].clone()], "{number}");
    }
}
