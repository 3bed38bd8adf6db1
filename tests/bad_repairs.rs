//! Repairs, quotes and parts requests that a hand made wrong (R17–R25): what `cs check` tells of each, at its place.

mod common;

use common::Desk;

const TICKET: &str = "repairs/2026/11/WX-261118-YX-1.toml";
const QUOTE: &str = "quotes/2026/11/BJ-261118-YX-1.toml";
const OTHER: &str = "quotes/2026/11/BJ-261118-YX-2.toml";
const PARTS: &str = "parts/2026/11/LJ-261118-YX-1.toml";

/// A sound department: a ticket mended by the agency of its approved quote, its fee released, the site asked, closed;
/// another quote declined; parts received.
fn mended() -> Desk {
    let desk = Desk::mending();
    desk.cs("site edit PLAZA --customer ACME").by("WM").ok();
    desk.cs("product edit SHELF --components 'glass;lamp;door'").by("WM").ok();
    let ticket = desk.judged();
    let (quote, other) = (desk.quote(&ticket), desk.quote(&ticket));
    let parts = desk.cs(&format!("repair parts {ticket} --line glass=1@45")).ok().number();
    for (by, line) in [
        ("AS", format!("approve {quote}")),
        ("YX", format!("decline {other} --reason dearer")),
        ("LW", format!("approve {parts}")),
        ("YX", format!("dispatch {ticket} --agency BRIGHT")),
        ("YX", format!("repaired {ticket} --worker Hu --on 2026-11-18")),
        ("YX", format!("accept {ticket} --rep 'Cai Yun' --photo photo.jpg")),
        ("AS", format!("reimburse {ticket}")),
        ("YX", format!("follow-up {ticket} --result working")),
        ("YX", format!("close {ticket}")),
    ] {
        desk.cs(&format!("repair {line}")).by(by).ok();
    }
    desk.is_sound();
    desk
}

/// What is wrong in a sound department once pieces of files are others.
fn swapped(swaps: &[(&str, &str, &str)]) -> Vec<String> {
    let desk = mended();
    for (file, old, new) in swaps {
        desk.swap(file, old, new);
    }
    desk.found()
}

/// One piece of a file is another, and just these problems are told of the file.
#[track_caller]
fn wrong(file: &str, old: &str, new: &str, problems: &[(&str, &str)]) {
    let told: Vec<String> = problems.iter().map(|(code, place)| format!("{code} {file}:{place}")).collect();
    assert_eq!(swapped(&[(file, old, new)]), told, "{old} → {new}");
}

/// A step as a hand would write it.
fn step(by: &str, rest: &str) -> String {
    format!("\n[[step]]\nat = 2026-11-18T10:00:00+08:00\nby = \"{by}\"\n{rest}\n")
}

/// A step as `cs` wrote it, up to the next.
fn written(desk: &Desk, file: &str, verb: &str) -> String {
    let text = desk.read(file);
    let steps = text.split_inclusive("\n[[step]]").collect::<Vec<_>>();
    let mine = steps.iter().find(|step| step.contains(&format!("do = \"{verb}\"\n"))).unwrap();
    mine.trim_end_matches("\n[[step]]").to_string()
}

/// What is wrong once a step is cut out of a file by hand.
fn cut(file: &str, verb: &str) -> Vec<String> {
    let desk = mended();
    desk.swap(file, &format!("\n[[step]]{}", written(&desk, file, verb)), "");
    desk.found()
}

#[test]
fn what_is_reported_fits_the_lists_and_the_dates() {
    let site = swapped(&[("lists/sites.csv", "PLAZA,ACME", "PLAZA,RIVER")]);
    assert_eq!(site, [format!("repair.site {TICKET}:2:8")]);
    wrong(TICKET, "made_on = 2026-03-01", "made_on = 2026-11-19", &[("repair.made-on", "4:11")]);
    let renamed = ["quote.component ", "quote.component ", "repair.component "];
    let places = [format!("{QUOTE}:9:13"), format!("{OTHER}:9:13"), format!("{TICKET}:12:13")];
    let told = swapped(&[(TICKET, "component = \"glass\"", "component = \"panes\"")]);
    assert_eq!(told, [0, 1, 2].map(|i| format!("{}{}", renamed[i], places[i])), "its quotes are of glass");
    let desk = mended();
    let order = desk.order_of("RACK=1");
    desk.cs(&format!("order confirm {order}")).ok();
    let shipment = desk.shipment(&order, "RACK=1");
    desk.swap(TICKET, "photo = ", &format!("shipment = \"{shipment}\"\nphoto = "));
    assert_eq!(desk.found(), [format!("repair.shipment {TICKET}:9:12")]);
}

#[test]
fn r17_r19_a_judgement_of_quality_without_photo_or_date_of_making() {
    let desk = Desk::mending();
    desk.judged();
    let photo = desk.read(TICKET).lines().find(|line| line.starts_with("photo")).unwrap().to_string();
    desk.swap(TICKET, &format!("{photo}\n"), "");
    assert_eq!(desk.found(), [format!("repair.photo {TICKET}:24:6")]);
    let late = "do = \"photo\"\n".to_string() + &photo;
    desk.append(TICKET, &step("YX", &late));
    assert_eq!(desk.found(), [format!("repair.photo {TICKET}:24:6")], "it came after the judgement");
    desk.swap(TICKET, "made_on = 2026-03-01\n", "");
    assert_eq!(desk.found(), [format!("repair.made-on {TICKET}:23:6")]);
    let unknown =
        ["repair.made-on 24:6", "repair.not-covered 50:6"].map(|told| told.replace(' ', &format!(" {TICKET}:")));
    assert_eq!(swapped(&[(TICKET, "made_on = 2026-03-01\n", "")]), unknown);
}

#[test]
fn r20_the_customer_s_repair_begins_after_the_quote_is_approved() {
    let customers = (TICKET, "arranged_by = \"us\"", "arranged_by = \"customer\"");
    let later = "at = 2026-11-18T10:00:00+08:00\nby = \"AS\"";
    let desk = mended();
    desk.swap(customers.0, customers.1, customers.2);
    desk.is_sound();
    let told = swapped(&[customers, (QUOTE, later, &later.replace("10:00:00", "10:00:01"))]);
    assert_eq!(told, [format!("repair.quote {TICKET}:31:6")]);
    for day in ["2026-11-17", "2026-11-19"] {
        wrong(TICKET, "on = 2026-11-18", &format!("on = {day}"), &[("repair.on", "37:6")]);
    }
}

#[test]
fn r21_a_fee_released_for_what_we_do_not_pay() {
    wrong(TICKET, "cause = \"quality\"", "cause = \"human\"", &[("repair.not-covered", "51:6")]);
    wrong(TICKET, "made_on = 2026-03-01", "made_on = 2025-03-01", &[("repair.not-covered", "51:6")]);
    wrong(TICKET, "amount = \"300.50\"", "amount = \"300.51\"", &[("repair.fee", "51:6")]);
    wrong(TICKET, "agency = \"BRIGHT\"", "agency = \"SIGNS\"", &[("repair.agency", "51:6")]);
    assert_eq!(cut(QUOTE, "approve"), [format!("repair.no-quote {TICKET}:51:6")]);
    let desk = mended();
    let accept = written(&desk, TICKET, "accept");
    let photo = accept.lines().find(|line| line.starts_with("photo")).unwrap();
    let blind = accept.replace(&format!("{photo}\n"), "");
    desk.swap(TICKET, &accept, &blind);
    assert_eq!(desk.found(), [format!("repair.working-photo {TICKET}:50:6")]);
}

#[test]
fn r22_a_ticket_closed_too_early() {
    assert_eq!(cut(TICKET, "follow-up"), [format!("repair.follow-up {TICKET}:57:6")]);
    wrong(TICKET, "result = \"working\"", "result = \"faulty\"", &[("repair.faulty", "63:6")]);
    assert_eq!(cut(TICKET, "reimburse"), [format!("repair.owed {TICKET}:57:6")]);
    let desk = Desk::mending();
    let ticket = desk.accepted();
    for (by, rest) in [("YX", "do = \"follow-up\"\nresult = \"faulty\""), ("AS", "do = \"reimburse\"\namount = \"1\"")]
    {
        desk.append(&common::file_of(&ticket), &step(by, rest));
    }
    assert_eq!(desk.found(), [format!("repair.faulty {TICKET}:58:6")], "a fee for what does not work");
}

#[test]
fn r23_r24_quotes_of_what_was_not_reported_approved_twice_or_too_late() {
    let door = (QUOTE, "component = \"lamp\"", "component = \"door\"");
    assert_eq!(swapped(&[door]), [format!("quote.component {QUOTE}:15:13")]);
    let desk = mended();
    let declined = written(&desk, OTHER, "decline");
    desk.swap(OTHER, &declined, &written(&desk, QUOTE, "approve"));
    assert_eq!(desk.found(), [QUOTE, OTHER].map(|file| format!("quote.second {file}:26:6")), "each names the other");
    let desk = mended();
    desk.swap(OTHER, &written(&desk, OTHER, "decline"), "");
    desk.is_sound();
    let later = (OTHER, "do = \"new\"\nat = 2026-11-18T10:00:00", "do = \"new\"\nat = 2026-11-18T10:00:01");
    let declined = (OTHER, "do = \"decline\"\nat = 2026-11-18T10:00:00", "do = \"decline\"\nat = 2026-11-18T10:00:02");
    assert_eq!(swapped(&[later, declined]), [format!("quote.over {OTHER}:1:10")], "quoted for what was closed");
}

#[test]
fn r25_parts_still_to_be_sent_for_what_is_over() {
    for ask in ["YX", "LW"] {
        let desk = Desk::mending();
        let ticket = desk.judged();
        let parts = desk.cs(&format!("repair parts {ticket} --line glass=1@45")).ok().number();
        if ask == "LW" {
            desk.cs(&format!("repair approve {parts}")).by("LW").ok();
        }
        desk.append(TICKET, &step("YX", "do = \"reject\"\nreason = \"the shop closes\""));
        assert_eq!(desk.found(), [format!("parts.over {PARTS}:1:10")]);
    }
    let desk = Desk::mending();
    let order = desk.confirmed();
    desk.cs(&format!("repair parts {order} --line glass=1@45")).ok();
    desk.append(&common::file_of(&order), &step("YX", "do = \"cancel\"\nreason = \"no need\""));
    assert_eq!(desk.found(), [format!("parts.over {PARTS}:1:10")]);
}

#[test]
fn records_of_the_wrong_kind_and_signatures_that_may_not_be() {
    let none = swapped(&[(QUOTE, "WX-261118-YX-1", "WX-261118-YX-7")]);
    assert!(none.contains(&format!("ref.record {QUOTE}:1:10")), "{none:?}");
    let kind = swapped(&[(PARTS, "WX-261118-YX-1", "BJ-261118-YX-1")]);
    assert_eq!(kind, [format!("ref.record {PARTS}:1:10")]);
    for (file, verb, signer, code, place) in [
        (TICKET, "judge", "AS", "sign.role", "25:6"),
        (QUOTE, "approve", "AS", "sign.role", "26:6"),
        (PARTS, "approve", "LW", "sign.role", "20:6"),
        (TICKET, "reimburse", "AS", "sign.role", "51:6"),
    ] {
        let desk = mended();
        let signed = written(&desk, file, verb);
        let (by, own) = (format!("by = \"{signer}\""), signed.replace(signer, "YX"));
        desk.swap(file, &signed, &signed.replace(&by, "by = \"ZL\""));
        assert_eq!(desk.found(), [format!("{code} {file}:{place}")]);
        let desk = mended();
        desk.swap(file, &signed, &own);
        assert_eq!(desk.found(), [format!("sign.own {file}:{place}")]);
    }
}
