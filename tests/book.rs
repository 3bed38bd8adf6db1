//! The book as it was at an earlier moment, and how little it reads for it.

mod memory;

use cs::base::field::{Kind, List};
use cs::base::number::Number;
use cs::flow::{pieces_of, shipments_of};
use memory::{Folder, at};

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

fn goods() -> Folder {
    let mut folder = Folder::default();
    let order = "customer = \"C1\"\nwanted_by = 2026-11-20\nconsignee = \"a\"\ndeliver_to = \"b\"\n[[line]]\nmodel = \"M1\"\nquantity = 5";
    let shipment = |order: &str| {
        format!(
            "order = [\"{order}\"]\ncarrier = \"K1\"\ndepart = 2026-11-13\narrive = 2026-11-16\npackages = 1\nvolume = \"1\"\nfreight = \"3\"\nconsignee = \"a\"\naddress = \"b\"\n[[line]]\nmodel = \"M1\"\nquantity = 2"
        )
    };
    folder
        .file("lists/customers.csv", "code,name\nC1,成都展示\n")
        .form(
            "DD-261102-YX-1",
            order,
            &[("new 2026-11-02 10:00", ""), ("confirm 2026-11-02 11:00", ""), ("finish 2026-11-09 10:00", "")],
        )
        .form("FH-261103-YX-1", &shipment("DD-261102-YX-1"), &[("new 2026-11-03 10:00", "")])
        .form("FH-261105-YX-1", &shipment("DD-261102-YX-1"), &[("new 2026-11-05 10:00", "")])
        .form(
            "FH-261104-YX-1",
            &shipment("DD-261102-YX-1"),
            &[("new 2026-11-04 10:00", ""), ("void 2026-11-30 10:00", "note = \"x\"")],
        );
    folder
}

#[test]
fn r66_a_book_as_of_a_moment_knows_no_later_step_form_or_link() {
    let folder = goods();
    let order = number("DD-261102-YX-1");
    for loaded in [false, true] {
        let book = folder.book("2026-12-01 09:00");
        if loaded {
            book.load_all(&|_, _, _| true);
        }
        let earlier = book.as_of(at("2026-11-04 12:00"));
        assert_eq!(earlier.now.today().to_string(), "2026-11-04");
        assert_eq!(earlier.form(&order).unwrap().state().code, "confirmed");
        let shipments: Vec<_> = shipments_of(&earlier, &order).iter().map(|f| f.number.to_string()).collect();
        // One was made later, one is void today.
        assert_eq!(shipments, ["FH-261103-YX-1"]);
        assert_eq!(pieces_of(&earlier, &earlier.form(&order).unwrap())["M1"].shipped, 2);
        assert!(earlier.form(&number("FH-261105-YX-1")).is_none());
        assert_eq!(earlier.name(List::Customers, "C1"), "成都展示");
        assert_eq!(book.form(&order).unwrap().state().code, "finished");
        assert_eq!(shipments_of(&book, &order).len(), 2);
    }
}

#[test]
fn a_load_of_some_days_opens_no_other() {
    let folder = goods();
    let book = folder.book("2026-12-01 09:00");
    let day = |text: &str| text.parse::<cs::base::time::Date>().unwrap();
    book.load_days(day("2026-11-03")..=day("2026-11-04"), &|_, _, _| true);
    let loaded: Vec<_> = book.loaded(Kind::Shipment).iter().map(|f| f.number.to_string()).collect();
    assert_eq!(loaded, ["FH-261103-YX-1", "FH-261104-YX-1"]);
    assert!(book.loaded(Kind::Order).is_empty());
    let seen = folder.seen.lock().unwrap();
    assert!(seen.iter().all(|path| !path.ends_with("FH-261105-YX-1.toml")));
    drop(seen);
    let other = folder.book("2026-12-01 09:00");
    folder.seen.lock().unwrap().clear();
    other.load_days(..day("2026-11-01"), &|_, _, _| true);
    other.load_days(day("2026-12-01").., &|_, _, _| true);
    other.load_days(day("2025-01-01")..=day("2025-12-31"), &|_, _, _| true);
    assert!(folder.seen.lock().unwrap().iter().all(|path| !path.ends_with(".toml")));
}
