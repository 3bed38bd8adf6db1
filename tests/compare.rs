//! `cs repair compare`: a ticket's quotes side by side, with the median of what was paid before (R24).

mod common;

use common::Desk;
use serde_json::Value;

/// A ticket with these faults, judged; its number.
fn ticket(desk: &Desk, faults: &str) -> String {
    let about = "--customer ACME --site PLAZA --model SHELF --reporter 'Bo Li' --photo photo.jpg --made-on 2026-03-01";
    let number = desk.cs(&format!("repair new {about} {faults}")).ok().number();
    desk.cs(&format!("repair judge {number} --cause quality")).by("AS").ok();
    number
}

fn quote(desk: &Desk, ticket: &str, agency: &str, lines: &str) -> String {
    desk.cs(&format!("repair quote {ticket} --agency {agency} {lines}")).ok().number()
}

/// Some keys of each row of a table.
fn rows(tables: &Value, table: &str, keys: &[&str]) -> Vec<String> {
    let row = |row: &Value| keys.iter().map(|key| row[*key].as_str().unwrap_or("-")).collect::<Vec<_>>().join(" ");
    tables[table].as_array().unwrap_or_else(|| panic!("{tables:#}")).iter().map(row).collect()
}

#[test]
fn r24_quotes_stand_side_by_side_the_cheapest_first_with_the_median_of_what_was_approved_before() {
    let mut desk = Desk::mending();
    for (day, price, approved) in [("16", "150", true), ("17", "170", true), ("18", "900", false)] {
        desk.clock(&format!("2026-11-{day} 10:00"));
        let earlier = ticket(&desk, "--fault 'glass 5\"=cracked'");
        let quote = quote(&desk, &earlier, "BRIGHT", &format!("--line 'glass 5\"=1@{price}:new'"));
        if approved {
            desk.cs(&format!("repair approve {quote}")).by("AS").ok();
        }
    }
    desk.clock("2026-11-19 10:00");
    // A component with two faults is one to be mended.
    let ticket = ticket(&desk, "--fault 'glass 5\"=cracked' --fault 'glass 5\"=scratched' --fault lamp=dark");
    let dear = quote(&desk, &ticket, "BRIGHT", "--line 'glass 5\"=1@180:new' --line 'lamp=2@60:new'");
    let cheap = quote(&desk, &ticket, "SIGNS", "--line 'glass 5\"=1@155:new'");
    for number in [&ticket, &dear] {
        let shown = desk.cs(&format!("repair compare {number} --json")).ok().json();
        assert_eq!(
            rows(&shown, "lines", &["component", "quote", "price", "median", "past", "apart", "amount"]),
            [
                format!("glass 5\" {cheap} 155.00 160.00 2 -5.00 155.00"),
                format!("glass 5\" {dear} 180.00 160.00 2 20.00 180.00"),
                format!("lamp {dear} 60.00 - 0 - 120.00"),
            ]
        );
        assert_eq!(
            rows(&shown, "totals", &["quote", "total", "state"]),
            [format!("{cheap} 155.00 open"), format!("{dear} 300.00 open")]
        );
    }
}

#[test]
fn a_ticket_without_a_quote_and_a_quote_without_its_ticket_are_told() {
    let desk = Desk::mending();
    let ticket = ticket(&desk, "--fault glass=cracked");
    let nothing = desk.cs(&format!("repair compare {ticket}")).refused(1);
    nothing.says([&*format!("{ticket} has no quote yet"), &format!("cs repair quote {ticket}")]);
    let quote = quote(&desk, &ticket, "BRIGHT", "--line glass=1@180:new");
    std::fs::remove_file(desk.path(&format!("repairs/2026/11/{ticket}.toml"))).unwrap();
    desk.cs(&format!("repair compare {quote}")).refused(1).says([&*format!("there is no record {ticket}")]);
}
