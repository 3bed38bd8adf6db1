//! Every report over small folders whose figures are counted by hand.

mod memory;

use cs::base::field::Kind;
use cs::base::period::Period;
use cs::reports::scope::Scope;
use cs::reports::{REPORTS, report};
use cs::show;
use memory::report::{cell, expect, figure, make, records, row, section, table, values};
use memory::{Folder, at};

const LATER: &str = "2026-12-01 09:00";

fn order(customer: &str, wanted: &str, lines: &str) -> String {
    format!("customer = \"{customer}\"\nwanted_by = {wanted}\nconsignee = \"店\"\ndeliver_to = \"路 1\"\n{lines}")
}

fn line(model: &str, rest: &str) -> String {
    format!("[[line]]\nmodel = \"{model}\"\n{rest}\n")
}

fn shipment(order: &str, carrier: &str, days: (&str, &str), volume: &str, quantity: u32) -> String {
    format!(
        "order = [\"{order}\"]\ncarrier = \"{carrier}\"\ndepart = {}\narrive = {}\npackages = 1\nvolume = \"{volume}\"\nfreight = \"300\"\nconsignee = \"店\"\naddress = \"路 1\"\n{}",
        days.0,
        days.1,
        line("M1", &format!("quantity = {quantity}"))
    )
}

fn receipt(shipment: &str, arrived: &str, counted: &str) -> String {
    format!(
        "shipment = \"{shipment}\"\narrived_at = {}:00+08:00\nreceived_by = \"王\"\npackaging = \"sound\"\n{}",
        arrived.replace(' ', "T"),
        line("M1", counted)
    )
}

/// The lists and nothing else.
fn empty() -> Folder {
    let mut folder = Folder::default();
    folder
        .file("cs.toml", "name = \"客服部\"\ntime_zone = \"Asia/Shanghai\"\n")
        .file("lists/staff.csv", "code,name,roles\nYX,杨雪,specialist\nLL,李雷,specialist;supervisor\n")
        .file("lists/customers.csv", "code,name,brand,owner\nC1,成都展示,Alpha,YX\nC2,上海专柜,Beta,LL\n")
        .file("lists/carriers.csv", "code,name\nK1,顺达\nK2,通远\n");
    folder
}

/// A November of 2026 with everything in it that a figure counts, an October and a November of the year before.
fn november() -> Folder {
    let mut folder = empty();
    let price = |quantity: u32, price: u32| line("M1", &format!("quantity = {quantity}\nprice = \"{price}\""));
    folder
        .form(
            "DD-261102-YX-1",
            &order("C1", "2026-11-20", &price(10, 100)),
            &[
                ("new 2026-11-02 10:00", ""),
                ("confirm 2026-11-02 18:00", ""),
                ("progress 2026-11-09 10:00", "[[step.made]]\nmodel = \"M1\"\nquantity = 6"),
                ("finish 2026-11-18 10:00", ""),
                ("remind 2026-11-24 10:00", ""),
                ("remind 2026-11-25 10:00", ""),
                ("paid 2026-11-25 11:00", "amount = \"500\""),
            ],
        )
        .form(
            "DD-261103-YX-1",
            &order("C1", "2026-11-15", &(price(5, 100) + &line("M2", "quantity = 2"))),
            &[
                ("new 2026-11-03 10:00", ""),
                ("confirm 2026-11-04 09:00", ""),
                ("delay 2026-11-10 10:00", "until = 2026-11-25\nreason = \"缺料\""),
                ("expedite 2026-11-12 10:00", ""),
                ("progress 2026-11-13 10:00", "[[step.made]]\nmodel = \"M1\"\nquantity = 3"),
                ("progress 2026-11-16 10:00", ""),
            ],
        )
        .form(
            "DD-261104-LL-1",
            &order("C2", "2026-11-20", &price(99, 99)),
            &[
                ("new 2026-11-04 10:00", ""),
                ("confirm 2026-11-04 11:00", ""),
                ("void 2026-12-01 08:00", "note = \"重复\""),
            ],
        )
        .form(
            "DD-261105-LL-1",
            &order("C2", "2026-11-20", &price(9, 50)),
            &[
                ("new 2026-11-05 10:00", ""),
                ("confirm 2026-11-05 11:00", ""),
                ("change 2026-11-06 10:00", "[[step.line]]\nmodel = \"M1\"\nquantity = 4\nprice = \"50\""),
                ("expedite 2026-11-07 10:00", ""),
                ("void 2026-11-07 11:00", "step = 4\nnote = \"错\""),
                ("finish 2026-11-28 10:00", ""),
                ("paid 2026-11-30 10:00", ""),
            ],
        )
        .form(
            "DD-261106-LL-1",
            &order("C2", "2026-11-30", &price(3, 10)),
            &[("new 2026-11-06 10:00", ""), ("cancel 2026-11-09 10:00", "reason = \"取消\"")],
        )
        .form(
            "DD-261030-YX-1",
            &order("C1", "2026-11-10", &price(4, 10)),
            &[("new 2026-10-30 10:00", ""), ("confirm 2026-10-30 11:00", ""), ("finish 2026-11-05 10:00", "")],
        )
        .form(
            "DD-251115-YX-1",
            &order("C1", "2025-12-01", &price(1, 10)),
            &[
                ("new 2025-11-15 10:00", ""),
                ("confirm 2025-11-17 17:00", ""),
                ("finish 2025-12-01 10:00", ""),
                ("paid 2025-12-02 10:00", ""),
                ("close 2025-12-20 10:00", ""),
            ],
        );
    folder
        .form(
            "FH-261110-YX-1",
            &shipment("DD-261102-YX-1", "K1", ("2026-11-13", "2026-11-16"), "1.5", 10),
            &[
                ("new 2026-11-10 10:00", ""),
                ("freight 2026-11-10 11:00", "amount = \"290\""),
                ("freight 2026-11-10 12:00", "amount = \"280\""),
                ("approve 2026-11-11 10:00", ""),
                ("notify 2026-11-12 18:00", ""),
                ("depart 2026-11-13 10:00", ""),
                ("return 2026-11-17 10:00", "reason = \"坏\"\n[[step.line]]\nmodel = \"M1\"\nquantity = 1"),
                ("return-approve 2026-11-17 11:00", ""),
                (
                    "return-back 2026-11-18 10:00",
                    "condition = \"damaged\"\n[[step.line]]\nmodel = \"M1\"\nquantity = 1",
                ),
                ("return-credit 2026-11-19 10:00", "amount = \"50\""),
                ("slip 2026-11-20 10:00", ""),
            ],
        )
        .form(
            "DH-261116-YX-1",
            &receipt("FH-261110-YX-1", "2026-11-16 09:00", "received = 8\ndamaged = 1\nwrong = 1"),
            &[("new 2026-11-16 10:00", "")],
        )
        .form(
            "FH-261112-YX-1",
            &shipment("DD-261030-YX-1", "K2", ("2026-11-18", "2026-11-20"), "2", 4),
            &[
                ("new 2026-11-12 10:00", ""),
                ("freight 2026-11-12 11:00", "amount = \"150\""),
                ("approve 2026-11-12 12:00", ""),
                ("notify 2026-11-17 18:01", ""),
                ("depart 2026-11-19 10:00", ""),
                ("refused 2026-11-20 10:00", "reason = \"无人\""),
                ("redeliver 2026-11-20 11:00", "arrive = 2026-11-20"),
            ],
        )
        .form(
            "DH-261121-YX-1",
            &receipt("FH-261112-YX-1", "2026-11-21 09:00", "received = 5"),
            &[("new 2026-11-21 10:00", ""), ("remedy 2026-11-22 10:00", "keep = true")],
        )
        .form(
            "FH-261125-LL-1",
            &shipment("DD-261105-LL-1", "K1", ("2026-12-03", "2026-12-05"), "1", 4),
            &[("new 2026-11-25 10:00", "")],
        );
    folder
}

#[test]
fn the_table_of_reports_is_sound() {
    let names: Vec<_> = REPORTS.iter().map(|spec| spec.name).collect();
    let all = [
        "day",
        "week",
        "month",
        "quarter",
        "year",
        "orders",
        "shipments",
        "customers",
        "repairs",
        "quality",
        "visits",
        "complaints",
        "sla",
        "improvements",
        "freight",
        "fees",
        "consults",
        "claims",
        "budget",
        "work",
        "training",
        "qa",
        "shifts",
        "scores",
    ];
    assert_eq!(names, all);
    let folder = november();
    for spec in REPORTS {
        let report = make(&folder, spec.name, "2026-11", LATER);
        let mut keys: Vec<_> = report.sections.iter().map(|s| s.name).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), report.sections.len(), "{}: a section twice", spec.name);
        for section in &report.sections {
            let mut keys: Vec<_> = section.figures.iter().map(|f| f.key).collect();
            keys.sort_unstable();
            keys.dedup();
            assert_eq!(keys.len(), section.figures.len(), "{}: a figure twice", section.name);
            for figure in &section.figures {
                for value in [figure.value, figure.previous, figure.last_year].into_iter().flatten() {
                    assert_eq!(value.unit(), figure.unit, "{}", figure.key);
                }
            }
            for table in &section.tables {
                for row in &table.rows {
                    assert_eq!(row.cells.len(), table.columns.len(), "{}", table.name);
                }
            }
        }
    }
}

#[test]
fn general_reports_take_periods_of_their_own_length_and_name_the_right_report() {
    let over = |name: &str, typed: &str| {
        let period = Period::parse(typed, "2026-11-20".parse().unwrap()).unwrap();
        cs::reports::named(name).unwrap().over(period).map(|period| period.to_string())
    };
    for (name, typed, taken) in [
        ("day", "2026-11-18", "2026-11-18"),
        ("week", "2026-11-16..2026-11-22", "2026-W47"),
        ("month", "2026-11-01..2026-11-30", "2026-11"),
        ("quarter", "2026-10..2026-12", "2026-Q4"),
        ("year", "2026", "2026"),
        ("budget", "2026-10..2026-11", "2026-10-01..2026-11-30"),
        ("orders", "2026-11-05..2026-11-20", "2026-11-05..2026-11-20"),
    ] {
        assert_eq!(over(name, typed), Ok(taken.to_string()), "{name} {typed}");
    }
    for (name, typed, message, help) in [
        ("month", "2026-W47", "Monthly report: not to be made of 2026-W47", "type cs report week 2026-W47"),
        ("day", "2026-11", "Daily report: not to be made of 2026-11", "type cs report month 2026-11"),
        ("month", "2026-11-18", "Monthly report: not to be made of 2026-11-18", "type cs report day 2026-11-18"),
        ("year", "2026-H2", "Yearly report: not to be made of 2026-H2", "as last-year; reports on one subject"),
        ("budget", "2026-W42", "Budget: not to be made of 2026-W42", "whole months"),
    ] {
        let problem = over(name, typed).unwrap_err();
        assert_eq!((problem.code, &*problem.message.en), ("report.period", message));
        assert!(problem.help.en.contains(help), "{name} {typed}: {problem:?}");
    }
}

#[test]
fn r59_every_order_figure_with_its_records() {
    let report = make(&november(), "month", "2026-11", LATER);
    let taken = "DD-261102-YX-1 DD-261103-YX-1 DD-261105-LL-1 DD-261106-LL-1";
    for (key, value, behind) in [
        ("taken", "4", taken),
        ("confirmed", "3", "DD-261102-YX-1 DD-261103-YX-1 DD-261105-LL-1"),
        ("changed", "1", "DD-261105-LL-1"),
        ("delayed", "1", "DD-261103-YX-1"),
        ("delays_told", "0.0", "DD-261103-YX-1"),
        ("cancelled", "1", "DD-261106-LL-1"),
        ("finished", "3", "DD-261030-YX-1 DD-261102-YX-1 DD-261105-LL-1"),
        ("finished_late", "1", "DD-261105-LL-1"),
        ("pieces", "24", taken),
        ("amount", "1230.00", "DD-261102-YX-1 DD-261105-LL-1 DD-261106-LL-1"),
        ("paid", "700.00", "DD-261102-YX-1 DD-261105-LL-1"),
        ("reminded", "1", "DD-261102-YX-1"),
        ("open", "4", "DD-261030-YX-1 DD-261102-YX-1 DD-261103-YX-1 DD-261105-LL-1"),
        ("overdue", "1", "DD-261103-YX-1"),
    ] {
        expect(&report, "orders", key, value, behind);
    }
}

#[test]
fn r8_confirmed_the_same_day_to_the_closing_minute() {
    let report = make(&november(), "month", "2026-11", LATER);
    // At 18:00 is met, the next morning is not; cancelled unconfirmed owes none; Saturday's is due on Monday.
    expect(&report, "orders", "confirmed_in_time", "66.7", "DD-261102-YX-1 DD-261103-YX-1 DD-261105-LL-1");
    assert_eq!(values(figure(&report, "orders", "confirmed_in_time")), ["66.7", "100.0", "100.0"]);
    // Not confirmed: judged once the day is over, not before.
    let mut folder = empty();
    folder.form(
        "DD-261102-YX-1",
        &order("C1", "2026-11-20", &line("M1", "quantity = 1")),
        &[("new 2026-11-02 10:00", "")],
    );
    let at = |now| values(figure(&make(&folder, "day", "2026-11-02", now), "orders", "confirmed_in_time"))[0].clone();
    assert_eq!((at("2026-11-02 18:00"), at("2026-11-02 18:01")), ("-".into(), "0.0".into()));
}

#[test]
fn r9_a_delay_told_later_is_told() {
    let mut folder = november();
    folder.step("DD-261103-YX-1", "delay 2026-11-26 10:00", "until = 2026-12-10\nreason = \"缺料\"\ntold = true");
    let report = make(&folder, "month", "2026-11", LATER);
    expect(&report, "orders", "delayed", "1", "DD-261103-YX-1");
    expect(&report, "orders", "delays_told", "100.0", "DD-261103-YX-1");
    expect(&report, "orders", "overdue", "0", "");
}

#[test]
fn r11_to_r13_and_r62_every_shipment_figure_with_its_records() {
    let report = make(&november(), "month", "2026-11", LATER);
    let (first, second) = ("FH-261110-YX-1", "FH-261112-YX-1");
    let both = format!("{first} {second}");
    for (key, value, behind) in [
        ("made", "3", "FH-261110-YX-1 FH-261112-YX-1 FH-261125-LL-1"),
        ("departed", "2", &both),
        ("freight", "430.00", &both),
        ("departed_as_planned", "50.0", &both),
        ("refused", "1", second),
        ("returns_asked", "1", first),
        ("returns_credited", "50.00", first),
        ("slips_back", "1", first),
        ("slips_out", "1", second),
        ("pieces", "14", &both),
        ("volume", "3.5", &both),
    ] {
        expect(&report, "shipments", key, value, behind);
    }
}

#[test]
fn r12_told_by_the_end_of_the_day_before_departure() {
    let report = make(&november(), "month", "2026-11", LATER);
    // 18:00 is met, 18:01 is not; the third departs in December.
    expect(&report, "shipments", "notified_in_time", "50.0", "FH-261110-YX-1 FH-261112-YX-1");
}

#[test]
fn r13_a_slip_counts_when_it_is_back_or_falls_due() {
    let folder = november();
    let slips = |period, now| {
        let report = make(&folder, "month", period, now);
        let found = figure(&report, "shipments", "slips_in_time");
        (values(found)[0].clone(), records(found))
    };
    // Back on 20 November of 23; the other due on 28 November and not back.
    assert_eq!(slips("2026-11", LATER), ("50.0".into(), "FH-261110-YX-1 FH-261112-YX-1".into()));
    assert_eq!(slips("2026-11", "2026-11-27 09:00"), ("100.0".into(), "FH-261110-YX-1".into()));
    // Missed in November, so not judged again.
    assert_eq!(slips("2026-12", "2026-12-31 09:00"), ("-".into(), "".into()));
    // Back within the period though due only after it: counts where it was done.
    let mut folder = november();
    folder.form(
        "DH-261121-YX-1",
        &receipt("FH-261112-YX-1", "2026-11-27 09:00", "received = 4"),
        &[("new 2026-11-21 10:00", "")],
    );
    folder.step("FH-261112-YX-1", "slip 2026-11-28 10:00", "").step("FH-261112-YX-1", "close 2026-11-28 11:00", "");
    let slips = |period| {
        let report = make(&folder, "month", period, "2027-01-04 09:00");
        records(figure(&report, "shipments", "slips_in_time"))
    };
    assert_eq!((slips("2026-11").as_str(), slips("2026-12").as_str()), ("FH-261110-YX-1 FH-261112-YX-1", ""));
}

#[test]
fn finished_late_is_after_the_day_promised_by_then() {
    let text = order("C1", "2026-11-10", &line("M1", "quantity = 1"));
    let late = |steps: &[(&str, &str)]| {
        let mut folder = empty();
        folder.form(
            "DD-261102-YX-1",
            &text,
            &[&[("new 2026-11-02 10:00", ""), ("confirm 2026-11-02 11:00", "")], steps].concat(),
        );
        values(figure(&make(&folder, "month", "2026-11", LATER), "orders", "finished_late"))[0].clone()
    };
    let delay = "until = 2026-11-12\nreason = \"缺料\"\ntold = true";
    assert_eq!(late(&[("finish 2026-11-10 23:59", "")]), "0");
    assert_eq!(late(&[("finish 2026-11-11 00:00", "")]), "1");
    assert_eq!(late(&[("delay 2026-11-09 10:00", delay), ("finish 2026-11-12 10:00", "")]), "0");
    // A delay recorded afterwards mends nothing.
    assert_eq!(late(&[("finish 2026-11-12 10:00", ""), ("delay 2026-11-12 11:00", delay)]), "1");
}

#[test]
fn a_payment_without_amount_is_what_was_left() {
    let text = order("C1", "2026-11-10", &line("M1", "quantity = 3\nprice = \"100\""));
    let mut folder = empty();
    folder.form(
        "DD-261002-YX-1",
        &text,
        &[
            ("new 2026-10-02 10:00", ""),
            ("confirm 2026-10-02 11:00", ""),
            ("paid 2026-10-05 10:00", "amount = \"120\""),
            ("paid 2026-11-05 10:00", ""),
            ("paid 2026-11-06 10:00", ""),
        ],
    );
    let report = make(&folder, "month", "2026-11", LATER);
    expect(&report, "orders", "paid", "180.00", "DD-261002-YX-1");
    assert_eq!(values(figure(&report, "orders", "paid"))[1], "120.00");
}

#[test]
fn r15_every_arrival_figure_with_its_records() {
    let report = make(&november(), "month", "2026-11", LATER);
    let (first, second) = ("DH-261116-YX-1", "DH-261121-YX-1");
    let both = format!("{first} {second}");
    for (key, value, behind) in [
        ("receipts", "2", both.as_str()),
        ("on_time", "50.0", &both),
        ("receipted_in_time", "50.0", "FH-261110-YX-1 FH-261112-YX-1"),
        ("pieces_received", "13", &both),
        ("pieces_short", "2", first),
        ("pieces_over", "1", second),
        ("pieces_wrong", "1", first),
        ("pieces_damaged", "1", first),
        // 2 missing and 1 over, of 13 received and 2 missing.
        ("error_rate", "20.0", &both),
        ("damage_rate", "7.7", &both),
        ("discrepancies", "2", &both),
        ("remedied", "1", second),
        ("unsettled", "1", first),
    ] {
        expect(&report, "arrivals", key, value, behind);
    }
}

#[test]
fn r15_a_remedy_of_some_pieces_settles_nothing_yet() {
    let mut folder = november();
    let one = "parts = true\n[[step.line]]\nmodel = \"M1\"\nquantity = 1";
    folder.step("DH-261116-YX-1", "remedy 2026-11-17 10:00", one);
    let report = make(&folder, "month", "2026-11", LATER);
    expect(&report, "arrivals", "remedied", "1", "DH-261121-YX-1");
    expect(&report, "arrivals", "unsettled", "1", "DH-261116-YX-1");
    assert_eq!(cell(table(&report, "decide", "unsettled"), 0, "unsettled"), "2");
}

#[test]
fn r15_a_shipment_lost_whole_is_all_error() {
    let mut folder = november();
    folder.form(
        "DH-261116-YX-1",
        &receipt("FH-261110-YX-1", "2026-11-16 09:00", "received = 0"),
        &[("new 2026-11-16 10:00", "")],
    );
    let report = make(&folder, "day", "2026-11-16", LATER);
    expect(&report, "arrivals", "error_rate", "100.0", "DH-261116-YX-1");
    expect(&report, "arrivals", "damage_rate", "-", "");
}

#[test]
fn r66_void_forms_and_voided_steps_count_nowhere() {
    let report = make(&november(), "month", "2026-11", LATER);
    // The step voided on the same day; and a form voided only in December, though it was alive in November.
    expect(&report, "orders", "expedited", "1", "DD-261103-YX-1");
    for section in &report.sections {
        let figures = section.figures.iter().flat_map(|f| &f.records);
        let rows = section.tables.iter().flat_map(|t| &t.rows).flat_map(|r| &r.records);
        assert!(figures.chain(rows).all(|n| n.to_string() != "DD-261104-LL-1"), "{}", section.name);
    }
    // A void that is itself void undoes nothing.
    let mut folder = november();
    folder.step("DD-261105-LL-1", "void 2026-11-30 11:00", "step = 5\nnote = \"又错\"");
    let report = make(&folder, "month", "2026-11", LATER);
    expect(&report, "orders", "expedited", "2", "DD-261103-YX-1 DD-261105-LL-1");
}

#[test]
fn a_period_stands_beside_the_one_before_and_last_years() {
    let report = make(&november(), "month", "2026-11", LATER);
    assert_eq!(values(figure(&report, "orders", "taken")), ["4", "1", "1"]);
    assert_eq!(values(figure(&report, "orders", "open")), ["4", "1", "1"]);
    assert_eq!(values(figure(&report, "orders", "amount")), ["1230.00", "40.00", "10.00"]);
    assert_eq!(values(figure(&report, "arrivals", "on_time")), ["50.0", "-", "-"]);
}

#[test]
fn periods_beside_one_another_across_the_turn_of_the_year() {
    let mut folder = empty();
    let text = order("C1", "2027-02-01", &line("M1", "quantity = 1"));
    folder
        // In UTC still last year; in the department's zone half past midnight.
        .form("DD-261231-YX-1", &text, &[("new 2026-12-31 10:00", ""), ("confirm 2026-12-31T16:30:00Z", "")])
        .form("DD-270101-YX-1", &text, &[("new 2027-01-01 00:00", "")])
        .form("DD-270102-YX-1", &text, &[("new 2027-01-02 00:00", "")])
        .form("DD-260131-YX-1", &text, &[("new 2026-01-31 23:59", "")]);
    let figures = |name, period, key| {
        let report = make(&folder, name, period, "2027-02-01 09:00");
        values(figure(&report, "orders", key)).join(" ")
    };
    assert_eq!(figures("month", "2027-01", "taken"), "2 1 1");
    assert_eq!(figures("month", "2027-01", "confirmed"), "1 0 0");
    assert_eq!(figures("quarter", "2027-Q1", "taken"), "2 1 1");
    assert_eq!(figures("year", "2027", "taken"), "2 2 2");
    assert_eq!(figures("day", "2027-01-01", "taken"), "1 1 0");
    // The first of January 2027 is a Friday of the 53rd week of 2026.
    assert_eq!(figures("week", "2026-W53", "taken"), "3 0 0");
}

#[test]
fn r59_a_count_is_the_number_of_its_records() {
    let folder = november();
    for spec in REPORTS {
        let report = make(&folder, spec.name, "2026-11", LATER);
        let json = show::report::json(&report);
        let json: serde_json::Value = serde_json::from_str(&json.to_string()).unwrap();
        let sections = json["sections"].as_array().unwrap();
        let figures = sections.iter().flat_map(|s| s["figures"].as_array().unwrap());
        for figure in figures {
            let records: Vec<&str> =
                figure["records"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
            let key = figure["key"].as_str().unwrap();
            // Pieces, faults and customers are counted by themselves: a record may hold several pieces or faults, a
            // customer have several records or none.
            let of_records = !["pieces", "faults", "customers"].iter().any(|counted| key.starts_with(counted));
            if figure["unit"] == "count" && of_records {
                assert_eq!(figure["value"].as_str().unwrap(), records.len().to_string(), "{} {key}", spec.name);
            }
            assert!(records.iter().all(|n| n.parse::<cs::base::number::Number>().is_ok()), "{key}");
            assert_eq!(in_order(&records), records, "{key} sorted, each once");
        }
    }
}

fn in_order(records: &[&str]) -> Vec<String> {
    let mut numbers: Vec<cs::base::number::Number> = records.iter().map(|n| n.parse().unwrap()).collect();
    numbers.sort();
    numbers.dedup();
    numbers.iter().map(ToString::to_string).collect()
}

#[test]
fn r60_the_same_input_gives_the_same_report_whatever_was_read_before() {
    let folder = november();
    for spec in REPORTS {
        let fresh = make(&folder, spec.name, "2026-11", LATER);
        assert_eq!(make(&folder, spec.name, "2026-11", LATER), fresh);
        let book = folder.book(LATER);
        book.load_all(&|_, _, _| true);
        cs::duties::duties(&book);
        let period = Period::parse("2026-11", book.now.today()).unwrap();
        assert_eq!(report(&book, spec, period, fresh.input.clone()), fresh, "{}", spec.name);
    }
}

#[test]
fn what_comes_after_a_period_does_not_change_it() {
    let before = make(&november(), "month", "2026-11", LATER);
    let mut folder = november();
    folder
        .step("DD-261103-YX-1", "delay 2026-12-01 10:00", "until = 2026-12-24\nreason = \"缺料\"\ntold = true")
        .step("DD-261103-YX-1", "finish 2026-12-24 10:00", "")
        .step("FH-261112-YX-1", "slip 2026-12-02 10:00", "")
        .step("FH-261110-YX-1", "close 2026-12-03 10:00", "")
        .step("DH-261116-YX-1", "remedy 2026-12-02 10:00", "claim = true")
        .step("DD-261102-YX-1", "close 2026-12-30 10:00", "")
        .form(
            "FH-261202-YX-1",
            &shipment("DD-261103-YX-1", "K1", ("2026-12-03", "2026-12-05"), "1", 5),
            &[("new 2026-12-02 10:00", "")],
        )
        .form(
            "DD-261201-YX-1",
            &order("C1", "2026-12-30", &line("M1", "quantity = 1")),
            &[("new 2026-12-01 10:00", "")],
        );
    for name in ["month", "orders", "shipments"] {
        let after = make(&folder, name, "2026-11", "2027-01-04 09:00");
        assert_eq!(after.sections, make(&november(), name, "2026-11", LATER).sections, "{name}");
    }
    let december = make(&folder, "month", "2026-12", "2027-01-04 09:00");
    for (key, previous) in [("open", "4"), ("overdue", "1"), ("taken", "4"), ("finished", "3")] {
        assert_eq!(values(figure(&december, "orders", key))[1], previous, "{key}");
    }
    assert_eq!(values(figure(&december, "arrivals", "unsettled")), ["0", "1", "0"]);
    expect(&december, "arrivals", "remedied", "1", "DH-261116-YX-1");
    assert_eq!(before.sections.len(), december.sections.len());
}

#[test]
fn a_running_period_is_judged_as_of_now() {
    let folder = november();
    let report = make(&folder, "month", "2026-11", "2026-11-25 12:00");
    // Finished only on the 28th; the other is promised for this very day.
    expect(&report, "orders", "overdue", "1", "DD-261105-LL-1");
    expect(&report, "orders", "finished", "2", "DD-261030-YX-1 DD-261102-YX-1");
    let report = make(&folder, "month", "2026-11", "2026-11-26 12:00");
    expect(&report, "orders", "overdue", "2", "DD-261103-YX-1 DD-261105-LL-1");
}

#[test]
fn months_after_the_period_are_not_opened() {
    let mut folder = november();
    let text = order("C1", "2026-12-30", &line("M1", "quantity = 1"));
    folder.form("DD-261205-YX-1", &text, &[("new 2026-12-05 10:00", "")]).form(
        "DD-270105-YX-1",
        &text,
        &[("new 2027-01-05 10:00", "")],
    );
    make(&folder, "month", "2026-11", "2027-02-01 09:00");
    let seen = folder.seen.lock().unwrap();
    assert!(seen.iter().any(|path| path.starts_with("orders/2026/11/")));
    let later: Vec<_> = seen.iter().filter(|p| p.contains("2026/12/") || p.contains("2027/")).collect();
    assert_eq!(later, Vec::<&String>::new());
}

#[test]
fn only_what_was_alive_in_a_period_shown_is_kept() {
    let folder = november();
    let loaded = |period| {
        let book = folder.book("2027-02-01 09:00");
        let period = Period::parse(period, book.now.today()).unwrap();
        Scope::new(&book, period);
        let forms = book.loaded(Kind::Order);
        forms.iter().map(|form| form.number.to_string()).collect::<Vec<_>>().join(" ")
    };
    // Closed on 20 December 2025: alive in the month before January 2026, in no month beside September 2026.
    assert_eq!(loaded("2026-01"), "DD-251115-YX-1");
    assert_eq!(loaded("2026-09"), "");
    assert_eq!(loaded("2026-10"), "DD-261030-YX-1");
}

#[test]
fn tables_by_customer_specialist_and_carrier_add_up() {
    let report = make(&november(), "month", "2026-11", LATER);
    let customers = table(&report, "orders", "by_customer");
    let keys =
        ["code", "customer", "taken", "pieces", "amount", "paid", "finished", "finished_late", "open", "overdue"];
    assert_eq!(row(customers, 0, &keys), "C1 成都展示 2 17 1000.00 500.00 2 0 3 1");
    assert_eq!(row(customers, 1, &keys), "C2 上海专柜 2 7 230.00 200.00 1 1 1 0");
    assert_eq!(customers.rows.len(), 2);
    assert_eq!(customers.rows[1].records.len(), 2);
    let people = table(&report, "orders", "by_specialist");
    assert_eq!(row(people, 0, &["code", "specialist", "taken"]), "LL 李雷 2");
    let report = make(&november(), "shipments", "2026-11", LATER);
    let carriers = table(&report, "shipping", "by_carrier");
    let keys = ["code", "on_time", "notified_in_time", "error_rate", "damage_rate", "slips_out"];
    assert_eq!(row(carriers, 0, &keys), "K1 100.0 100.0 20.0 12.5 0");
    assert_eq!(row(carriers, 1, &keys), "K2 0.0 0.0 20.0 0.0 1");
    // On the first of December the other carrier has only open papers, and no figure.
    let december = make(&november(), "shipments", "2026-12", LATER);
    let carriers = table(&december, "shipping", "by_carrier");
    assert_eq!((carriers.rows.len(), cell(carriers, 0, "code").as_str()), (1, "K2"));
    let listed = table(&report, "shipping", "shipments");
    let keys = ["number", "carrier", "depart", "departed", "arrive", "arrived", "pieces", "volume", "state"];
    assert_eq!(row(listed, 1, &keys), "FH-261112-YX-1 通远 2026-11-18 2026-11-19 2026-11-20 2026-11-21 4 2 departed");
    assert_eq!(listed.rows.len(), 3);
    assert_eq!(
        listed.rows[1].records.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["FH-261112-YX-1", "DH-261121-YX-1"]
    );
}

#[test]
fn each_open_order_is_tracked() {
    let report = make(&november(), "orders", "2026-11", LATER);
    expect(&report, "tracking", "open", "4", "DD-261030-YX-1 DD-261102-YX-1 DD-261103-YX-1 DD-261105-LL-1");
    expect(&report, "tracking", "finished_unpaid", "2", "DD-261030-YX-1 DD-261102-YX-1");
    let tracked = table(&report, "tracking", "tracking");
    let keys =
        ["number", "wanted_by", "expected", "state", "ordered", "made", "shipped", "received", "paid", "days_late"];
    for (at, expected) in [
        "DD-261030-YX-1 2026-11-10 2026-11-10 finished 4 4 4 5 no 11",
        "DD-261102-YX-1 2026-11-20 2026-11-20 finished 10 10 10 8 in part -",
        "DD-261103-YX-1 2026-11-15 2026-11-25 confirmed 7 3 0 0 no 15",
        "DD-261105-LL-1 2026-11-20 2026-11-20 finished 4 4 4 0 yes 10",
    ]
    .into_iter()
    .enumerate()
    {
        assert_eq!(row(tracked, at, &keys), expected);
    }
    expect(&report, "tracking", "late", "3", "DD-261030-YX-1 DD-261103-YX-1 DD-261105-LL-1");
    assert_eq!(tracked.rows[0].records.len(), 3);
}

#[test]
fn the_day_holds_its_own_work_and_todays_duties() {
    let folder = november();
    let today = make(&folder, "day", "2026-11-16", "2026-11-16 17:00");
    let duties = table(&today, "day", "duties");
    assert!(duties.rows.iter().any(|r| r.records.iter().any(|n| n.to_string() == "DH-261116-YX-1")));
    let rules: Vec<String> = (0..duties.rows.len()).map(|at| cell(duties, at, "rule")).collect();
    assert!(rules.contains(&"R15".to_string()) && rules.contains(&"R9".to_string()), "{rules:?}");
    assert_eq!(row(table(&today, "day", "arrivals"), 0, &["number", "received", "short"]), "DH-261116-YX-1 8 2");
    let past = make(&folder, "day", "2026-11-02", LATER);
    assert!(section(&past, "day").tables.iter().all(|t| t.name != "duties"));
    assert_eq!(row(table(&past, "day", "orders"), 0, &["number", "customer"]), "DD-261102-YX-1 成都展示");
}

#[test]
fn the_week_tells_of_people_and_plans_the_next() {
    let folder = november();
    let week = make(&folder, "week", "2026-W46", "2026-11-13 10:00");
    let people = table(&week, "people", "by_specialist_and_brand");
    let keys = ["code", "brand", "taken", "departed", "receipts", "unfinished"];
    // At the time the third order of Yang Xue was under way, and her first.
    assert_eq!(row(people, 1, &keys), "YX Alpha 0 1 0 2");
    assert_eq!(row(people, 0, &keys), "LL Beta 0 0 0 1");
    assert_eq!(table(&week, "people", "unfinished").rows.len(), 3);
    let plan = table(&week, "plan", "duties");
    let due: Vec<String> = (0..plan.rows.len()).map(|at| row(plan, at, &["rule", "number"])).collect();
    assert!(due.contains(&"R12 FH-261112-YX-1".to_string()), "{due:?}");
    assert!(due.iter().all(|d| !d.contains("FH-261125-LL-1")), "{due:?}");
    let past = make(&folder, "week", "2026-W46", "2026-11-16 10:00");
    assert!(past.sections.iter().all(|s| s.name != "plan"));
}

#[test]
fn a_trend_adds_up_to_its_period() {
    let folder = november();
    let month = make(&folder, "month", "2026-11", LATER);
    let trend = table(&month, "trend", "trend");
    let keys = ["period", "taken", "finished", "departed"];
    let rows: Vec<String> = (0..trend.rows.len()).map(|at| row(trend, at, &keys)).collect();
    assert_eq!(
        rows,
        [
            "2026-11-01..2026-11-01 0 0 0",
            "2026-W45 4 1 0",
            "2026-W46 0 0 1",
            "2026-W47 0 1 1",
            "2026-W48 0 1 0",
            "2026-11-30..2026-11-30 0 0 0",
        ]
    );
    let year = make(&folder, "year", "2026", LATER);
    let trend = table(&year, "trend", "trend");
    // December has only begun, and is told as far as it is known.
    assert_eq!(trend.rows.len(), 12);
    assert_eq!(row(trend, 9, &keys), "2026-10 1 0 0");
    assert_eq!(row(trend, 10, &keys), "2026-11 4 3 2");
    assert_eq!(table(&make(&folder, "year", "2026", "2026-11-20 09:00"), "trend", "trend").rows.len(), 11);
}

#[test]
fn there_is_to_decide_what_is_late_untold_or_unsettled() {
    let report = make(&november(), "month", "2026-11", LATER);
    for (key, behind) in [
        ("overdue", "DD-261103-YX-1"),
        ("unsettled", "DH-261116-YX-1"),
        ("slips_late", "FH-261112-YX-1"),
        ("delays_untold", "DD-261103-YX-1"),
    ] {
        expect(&report, "decide", key, "1", behind);
        assert_eq!(cell(table(&report, "decide", key), 0, "number"), behind);
    }
    assert_eq!(cell(table(&report, "decide", "overdue"), 0, "days_late"), "5");
    // A quiet department has nothing to decide.
    let quiet = make(&empty(), "month", "2026-11", LATER);
    assert!(section(&quiet, "decide").tables.is_empty());
}

#[test]
fn reports_are_drawn_in_both_languages() {
    let report = make(&november(), "week", "2026-W47", "2026-11-20 09:00");
    for (lang, words) in [(cs::base::words::Lang::En, "Slips back in time"), (cs::base::words::Lang::Zh, "回单及时率")]
    {
        let canvas = show::Canvas::plain(lang, cs::base::time::Zone::default());
        assert!(show::report::text(&report, true, &canvas).contains(words));
    }
    assert_eq!(report.input.now, at("2026-11-20 09:00"));
}
