//! `cs customer show`, `grade`, `credit` and `silent` as typed: who is found, what is masked, who may accept, what is written.

mod common;

use common::{Desk, no, no_by};
use serde_json::Value;

/// The sections of a customer's file by their keys.
fn section<'v>(file: &'v Value, name: &str) -> &'v Value {
    let sections = file["sections"].as_array().unwrap();
    sections.iter().find(|section| section["name"] == name).unwrap_or_else(|| panic!("no section {name}"))
}

fn figure(file: &Value, name: &str, key: &str) -> String {
    let figures = section(file, name)["figures"].as_array().unwrap().clone();
    let figure = figures.into_iter().find(|figure| figure["key"] == key).unwrap();
    figure["value"].as_str().unwrap_or("-").to_string()
}

/// The row of a customer in the list, as its file holds it.
fn row_of(desk: &Desk, code: &str) -> String {
    let list = desk.read("lists/customers.csv");
    list.lines().find(|line| line.starts_with(&format!("{code},"))).unwrap().to_string()
}

/// What is proposed for each customer: present mark, proposed one, change.
fn proposed(desk: &Desk, line: &str) -> Vec<String> {
    let proposals = desk.cs(&format!("customer {line} --json")).ok().json();
    let word = |one: &Value, key: &str| one[key].as_str().unwrap_or("-").to_string();
    let told = |one: &Value| ["code", "present", "proposed", "change"].map(|key| word(one, key)).join(" ");
    proposals.as_array().unwrap().iter().map(told).collect()
}

#[test]
fn the_file_is_found_by_code_name_and_initials_and_keeps_the_row_on_top() {
    let desk = Desk::busy();
    desk.cs("customer edit ACME --name 成都展示").ok();
    for word in ["ACME", "acme", "展示", "cdzs"] {
        let file = desk.cs(&format!("customer show {word} --json")).ok().json();
        assert_eq!((&file["code"], &file["owner"]), (&"ACME".into(), &"YX".into()), "{word}");
        assert_eq!(figure(&file, "orders", "all"), "1");
    }
    no_by(&desk, "WM", "customer show nobody", &["no customer \"nobody\""], &["没有客户“nobody”"]);
    let text = desk.cs("customer show ACME").ok().stdout;
    let at = |piece: &str| text.find(piece).unwrap_or_else(|| panic!("no {piece:?} in {text}"));
    assert!(at("Owner") < at("YX Yang Xue") && at("YX Yang Xue") < at("1. Last contacts"), "{text}");
    assert!(at("Last contacts") < at("Order") && at("Money") < at("To do"), "{text}");
    assert!(!text.contains("This period"), "a file has no period: {text}");
}

#[test]
fn r4_phones_and_contacts_are_masked_in_every_format_of_the_file() {
    let desk = Desk::busy();
    desk.cs("site edit PLAZA --customer ACME").ok();
    for format in ["--format text", "--format md", "--format csv", "--format json", "--json --records"] {
        let masked = desk.cs(&format!("customer show ACME {format}")).ok().stdout;
        let whole = desk.cs(&format!("customer show ACME {format} --reveal")).ok().stdout;
        for private in ["008613900001234", "Ann Lee", "02887654321", "Bo Li"] {
            assert!(!masked.contains(private), "{private} in {format}: {masked}");
            assert!(whole.contains(private), "{private} not in {format}: {whole}");
        }
        assert!(masked.contains("Acme Retail") && masked.contains("Grand Plaza"), "{masked}");
    }
    let masked = desk.cs("customer silent --days 0").ok().stdout;
    assert!(masked.contains("008*") && !masked.contains("008613900001234"), "{masked}");
    desk.cs("customer silent --days 0 --reveal").ok().prints(["008613900001234"]);
}

#[test]
fn the_file_has_the_formats_of_a_report() {
    let desk = Desk::busy();
    let order = "DD-261118-YX-1";
    desk.cs("customer show ACME --format md").ok().prints(["# customer", "| Grade | A |", "## 1. Last contacts"]);
    let csv = desk.cs("customer show ACME --format csv --records").ok().stdout;
    let mut lines = csv.lines();
    assert_eq!(lines.next(), Some("section,table,row,key,label,value,unit,previous,last_year,goal,met,miss,records"));
    assert_eq!(lines.next(), Some("customer,,,code,Code,ACME,,,,,,,"));
    assert!(lines.any(|line| line == format!("orders,,,open,Open,1,count,,,,,,{order}")), "{csv}");
    let text = |flags: &str| desk.cs(&format!("customer show ACME {flags}")).ok().stdout;
    let named = |text: &str| text.lines().filter(|line| line.starts_with("In all") && line.contains("-YX-1")).count();
    assert_eq!((named(&text("")), named(&text("--records"))), (0, 3));
    let zh = desk.cs("customer show ACME").lang("zh").ok().stdout;
    assert!(["一、最近联系", "历年情况", "款项", "待办"].iter().all(|title| zh.contains(title)), "{zh}");
}

#[test]
fn the_file_tells_of_what_it_could_not_read() {
    let desk = Desk::busy();
    desk.swap(&common::file_of("FH-261118-YX-1"), "packages = 2", "packages = \"two\"");
    let done = desk.cs("customer show ACME").fails(1).says(["packages"]);
    assert!(done.stdout.contains("DD-261118-YX-1"), "{done}");
    desk.cs("customer show RIVER").ok();
}

#[test]
fn r1_a_proposal_is_accepted_by_the_archivist_or_a_manager_alone() {
    let desk = Desk::plain();
    desk.cs("staff add AR --name 'Ai Rong' --roles archivist").by("WM").ok();
    desk.order_of("SHELF=1000@120");
    for by in ["YX", "LW", "GM"] {
        let (en, zh) = (["holds no role that may sign this (R1)", "AR Ai Rong"], ["无权", "信息档案管理员"]);
        no_by(&desk, by, "customer grade ACME --accept", &en, &zh);
    }
    assert_eq!(proposed(&desk, "grade ACME"), ["ACME A B down"]);
    desk.cs("customer grade ACME --accept").by("AR").ok().says(["customers rated: 1"]);
    assert_eq!(proposed(&desk, "grade ACME"), ["ACME B B same"]);
    desk.cs("customer grade ACME --accept").by("WM").ok();
    desk.is_sound();
}

#[test]
fn an_accepted_grade_is_written_with_its_day_and_basis_and_nothing_else() {
    let desk = Desk::new();
    desk.order_of("SHELF=1000@120");
    let before = desk.read("lists/customers.csv");
    let dry = desk.cs("customer grade ACME --accept --dry-run").by("WM").ok().stdout;
    assert!(dry.contains("+ACME,Acme Retail") && desk.read("lists/customers.csv") == before, "{dry}");
    desk.cs("customer grade ACME --accept").by("WM").ok();
    let basis = "\"120000.00 ordered in 12 months, orders: 1\"";
    let row = desk.cs("customer list ACME --json").ok().json()[0].clone();
    assert_eq!((&row["grade"], &row["grade_on"]), (&"B".into(), &"2026-11-18".into()));
    assert_eq!(row["grade_basis"], basis.trim_matches('"'));
    let after = desk.read("lists/customers.csv");
    assert_eq!(after, before.replace(",A,,,", &format!(",B,2026-11-18,{basis},")), "{after}");
    assert_eq!(desk.touched(), ["lists/customers.csv"]);
    assert!(desk.git(&["log", "-1", "--format=%s"]).starts_with("ACME customer grade: B"));
    desk.cs("customer grade ACME --accept").by("WM").lang("zh").ok();
    assert!(row_of(&desk, "ACME").contains("近 12 个月订购 120000.00（1 单）"));
}

#[test]
fn all_active_customers_are_rated_where_none_is_named_and_several_in_one_change() {
    let desk = Desk::new();
    desk.cs("customer edit SHOPS --status lapsed").ok();
    desk.order_of("SHELF=1000@120");
    assert_eq!(proposed(&desk, "grade"), ["ACME A B down", "RIVER B C down"]);
    assert_eq!(proposed(&desk, "grade shops 'star river' SHOPS"), ["SHOPS C C same", "RIVER B C down"]);
    let refused = desk.cs("customer grade nobody acme none --accept").by("WM").refused(1);
    refused.says(["no customer \"nobody\"", "no customer \"none\""]);
    desk.cs("customer grade --accept").by("WM").ok().says(["customers rated: 2"]);
    assert_eq!(proposed(&desk, "grade"), ["ACME B B same", "RIVER C C same"]);
    assert!(row_of(&desk, "SHOPS").contains(",C,,,"), "{}", row_of(&desk, "SHOPS"));
    assert_eq!(desk.touched(), ["lists/customers.csv"]);
    assert!(desk.git(&["log", "-1", "--format=%s"]).starts_with("customers grade: 2 rated"));
}

#[test]
fn r7_an_accepted_credit_is_a_new_rating() {
    let mut desk = Desk::plain();
    desk.cs("customer edit ACME --credit C --credit-on 2025-10-01 --credit-basis old").ok();
    assert_eq!(desk.due("R7", "ACME").unwrap(), "2026-10-01 18:00");
    no_by(
        &desk,
        "WM",
        "customer credit ACME --accept",
        &["there is nothing to accept", "cs customer edit CODE --credit"],
        &["没有可采用的建议"],
    );
    let order = desk.confirmed();
    desk.cs(&format!("order papers {order} --sent invoice")).ok();
    desk.clock("2026-11-25 10:00");
    desk.cs(&format!("order paid {order}")).ok();
    assert_eq!(proposed(&desk, "credit ACME"), ["ACME C A up"]);
    let proposal = desk.cs("customer credit ACME --json").ok().json()[0].clone();
    assert_eq!((&proposal["median"], &proposal["records"]), (&"7".into(), &vec![order.clone()].into()));
    desk.cs("customer credit --accept --json").by("WM").ok().prints([order.as_str()]);
    assert_eq!(desk.due("R7", "ACME").unwrap(), "2027-11-25 18:00");
    let row = desk.cs("customer show ACME --json").ok().json();
    assert_eq!(row["credit_basis"], "median 7 days to pay in 12 months, orders: 1");
    assert_eq!((&row["credit"], &row["credit_on"]), (&"A".into(), &"2026-11-25".into()));
    // Of the others there is nothing to judge by: their rows stay.
    assert_eq!(proposed(&desk, "credit RIVER"), ["RIVER - - -"]);
    desk.is_sound();
}

#[test]
fn a_list_without_the_columns_says_which_to_add() {
    let desk = Desk::plain();
    let list = desk.read("lists/customers.csv").replace("grade_on,grade_basis,", "");
    let list: String = list.lines().map(|line| line.replacen(",A,,,", ",A,", 1) + "\n").collect();
    desk.write("lists/customers.csv", list.replace(",B,,,", ",B,").replace(",C,,,", ",C,"));
    no_by(&desk, "WM", "customer grade ACME --accept", &["no column grade_on"], &["没有列 grade_on"]);
    assert_eq!(proposed(&desk, "grade ACME"), ["ACME A C down"]);
}

#[test]
fn r38_silent_customers_are_counted_and_an_order_breaks_the_silence() {
    let desk = Desk::plain();
    let codes = |line: &str| {
        let silent = desk.cs(&format!("customer silent {line} --json")).ok().json();
        silent.as_array().unwrap().iter().map(|one| one["code"].as_str().unwrap().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(codes(""), ["ACME", "RIVER", "SHOPS"]);
    let order = desk.order();
    assert_eq!(codes(""), ["RIVER", "SHOPS"]);
    assert_eq!(codes("--days 0"), ["RIVER", "SHOPS", "ACME"]);
    assert_eq!(codes("--days 400"), Vec::<String>::new());
    desk.cs("customer silent --days 30").ok().says(["without a contact for 30 days or more: 2"]);
    desk.cs("customer silent").lang("zh").ok().says(["已有 60 天或更久没有联系的合作中客户：2 个"]);
    let text = desk.cs("customer silent --days 0").ok().stdout;
    assert!(
        text.contains("Order: Made") && text.contains(&order) && text.contains("customer: first contact"),
        "{text}"
    );
    no(&desk, "customer grade nobody", &["no customer \"nobody\""], &["没有客户“nobody”"]);
}

#[test]
fn the_commands_that_compute_stop_at_settings_that_can_not_be_read() {
    let desk = Desk::plain();
    desk.append("policy.toml", "\n[[change]]\nfrom = never\n");
    for line in ["grade", "credit", "silent"] {
        desk.cs(&format!("customer {line}")).refused(1);
    }
}
