//! Lists imported from files that somebody else made: what is taken over, what is left, what is refused.

mod common;

use common::Desk;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const CUSTOMERS: &str = "lists/customers.csv";

/// A file beside the department's folder, where the commands run.
fn put(desk: &Desk, name: &str, bytes: impl AsRef<[u8]>) {
    std::fs::write(desk.home().join(name), bytes).unwrap();
}

fn workbook(desk: &Desk, name: &str, fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) {
    let mut book = Workbook::new();
    fill(book.add_worksheet());
    put(desk, name, book.save_to_buffer().unwrap());
}

/// Texts from the first cell on, row by row.
fn rows(sheet: &mut rust_xlsxwriter::Worksheet, rows: &[&[&str]]) {
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            sheet.write_string(row as u32, column as u16, *cell).unwrap();
        }
    }
}

/// The line of a list that begins with a code.
fn line(desk: &Desk, file: &str, code: &str) -> String {
    let text = desk.read(file);
    let found = text.lines().find(|line| line.starts_with(&format!("{code},")));
    found.unwrap_or_else(|| panic!("no {code} in {text}")).to_string()
}

/// The problems of a refusal: code and message.
fn told(desk: &Desk, command: &str) -> Vec<(String, String)> {
    let done = desk.cs(&format!("{command} --json")).refused(1);
    let problems: serde_json::Value = serde_json::from_str(&done.stderr).unwrap();
    let word = |p: &serde_json::Value, key: &str| p[key].as_str().unwrap().to_string();
    problems.as_array().unwrap().iter().map(|p| (word(p, "code"), word(p, "message"))).collect()
}

#[test]
fn a_file_adds_changes_and_leaves_and_a_second_import_changes_nothing() {
    let desk = Desk::new();
    put(
        &desk,
        "c.csv",
        "code,名称,Phone,Grade,since\nNEW1,Moon Light,02812345678,a,2026/3/1\nacme,,,B,\nRIVER,Star River,,B,\n",
    );
    desk.cs("customer import c.csv --yes").ok().says(["Customers: 1 added, 1 changed"]).prints([
        "A2    NEW1  new",
        "Name: Moon Light; Phone: 028******78; Grade: A; Since: 2026-03-01",
        "D3    ACME  Grade  A    B",
    ]);
    assert!(line(&desk, CUSTOMERS, "NEW1").contains("NEW1,Moon Light,,,,02812345678,,,,A,"));
    assert!(
        line(&desk, CUSTOMERS, "ACME").contains("Acme Retail,,Acme,Ann Lee,008613900001234,,,,B,"),
        "empty cells change nothing"
    );
    assert_eq!(desk.git(&["log", "-1", "--format=%s"]), "customers import: 1 added, 1 changed\n");
    assert_eq!(desk.touched(), [CUSTOMERS]);
    let (files, head) = (desk.files(), desk.head());
    desk.cs("customer import c.csv --yes").ok().says(["0 to add, 0 to change, 3 as they are"]);
    assert!((files, head) == (desk.files(), desk.head()));
    desk.is_sound();
}

#[test]
fn without_yes_the_changes_are_shown_and_nothing_is_written() {
    let desk = Desk::new();
    put(&desk, "c.csv", "code,name,grade\nNEW1,Moon,A\nACME,Acme Retail,B\n");
    let before = (desk.files(), desk.head());
    desk.cs("customer import c.csv")
        .ok()
        .prints(["NEW1  new", "ACME  Grade  A    B"])
        .says(["1 to add, 1 to change, 0 as they are", "add --yes"]);
    let preview = desk.cs("customer import c.csv --json").ok().json();
    assert_eq!(preview["written"], false);
    assert_eq!(preview["added"][0]["fields"]["name"], "Moon");
    let change = serde_json::json!({ "at": "C3", "code": "ACME", "field": "grade", "old": "A", "new": "B" });
    assert_eq!(preview["changed"], serde_json::json!([change]));
    desk.cs("customer import c.csv --dry-run").ok().prints(["+NEW1,Moon", "--- lists/customers.csv"]);
    assert!(before == (desk.files(), desk.head()));
    assert_eq!(desk.cs("customer import c.csv --json --yes").ok().json()["written"], true);
}

#[test]
fn r4_phones_and_contacts_are_masked_in_the_preview_and_a_mask_is_never_stored() {
    let desk = Desk::plain();
    put(&desk, "c.csv", "code,phone,contact\nACME,13800005678,Bob Ray\n");
    let shown = desk.cs("customer import c.csv").ok();
    assert!(shown.stdout.contains("008**********34") && shown.stdout.contains("138******78"), "{shown}");
    assert!(!shown.stdout.contains("13800005678") && !shown.stdout.contains("Bob"), "{shown}");
    assert!(!desk.cs("customer import c.csv --json").ok().stdout.contains("Bob"));
    desk.cs("customer import c.csv --reveal").ok().prints(["Bob Ray", "008613900001234"]);
    // What cs itself exports comes back without harm.
    let exported = desk.cs("customer list --all --format csv").ok().stdout;
    assert!(exported.contains("A**"));
    put(&desk, "back.csv", exported);
    desk.cs("customer import back.csv --yes").ok().says(["0 to add, 0 to change, 3 as they are"]);
    put(&desk, "c.csv", "code,phone\nACME,139******78\n");
    assert_eq!(
        told(&desk, "customer import c.csv --yes"),
        [("import.masked".into(), "B2: phone is masked (R4)".into())]
    );
}

#[test]
fn gb18030_is_read_where_it_is_named_and_refused_with_the_advice_where_not() {
    let desk = Desk::plain();
    let (bytes, _, _) = encoding_rs::GB18030.encode("代码,名称,城市\nCD,成都搬运,成都\n");
    put(&desk, "a.csv", &bytes);
    desk.cs("agency import a.csv --yes").refused(1).says(["sheet.encoding", "--encoding gb18030"]);
    desk.cs("agency import a.csv --yes --encoding GBK").ok();
    assert!(desk.read("lists/agencies.csv").contains("CD,成都搬运,成都,"));
    desk.cs("agency import a.csv --encoding latin1").refused(2);
    put(&desk, "bom.csv", "\u{feff}代码;名称\r\nCD;成都装卸\r\n");
    desk.cs("agency import bom.csv --yes").ok().says(["0 added, 1 changed"]);
}

#[test]
fn r3_a_workbook_keeps_leading_zeros_and_long_numbers_that_are_texts() {
    let desk = Desk::plain();
    workbook(&desk, "p.xlsx", |sheet| {
        rows(sheet, &[&["保单号", "保险公司", "险种", "起保日", "到期日", "保费"]]);
        let day = Format::new().set_num_format("yyyy/m/d");
        sheet.write_string(1, 0, "440981199001011234").unwrap();
        sheet.write_string(1, 1, "PICC").unwrap();
        sheet.write_string(1, 2, "货运险").unwrap();
        sheet.write_datetime_with_format(1, 3, ExcelDateTime::from_ymd(2026, 1, 1).unwrap(), &day).unwrap();
        sheet.write_string(1, 4, "2026年12月31日").unwrap();
        sheet.write_number(1, 5, 1250.5).unwrap();
    });
    desk.cs("insurance import p.xlsx --yes").ok();
    let expect = "440981199001011234,PICC,cargo,2026-01-01,2026-12-31,,1250.50";
    assert_eq!(line(&desk, "lists/policies.csv", "440981199001011234"), expect);
    desk.cs("insurance import p.xlsx --yes").ok().says(["0 to add, 0 to change, 1 as they are"]);
    workbook(&desk, "c.xlsx", |sheet| {
        rows(sheet, &[&["code", "phone"], &["ACME", "02885551234"]]);
        sheet.write_string(2, 0, "RIVER").unwrap();
        sheet.write_number_with_format(2, 1, 2_885_551_234_f64, &Format::new().set_num_format("00000000000")).unwrap();
    });
    desk.cs("customer import c.xlsx --yes").ok();
    for code in ["ACME", "RIVER"] {
        assert!(line(&desk, CUSTOMERS, code).contains(",02885551234,"), "{code}");
    }
}

#[test]
fn r3_what_excel_has_damaged_is_refused_cell_by_cell() {
    let desk = Desk::plain();
    workbook(&desk, "c.xlsx", |sheet| {
        rows(sheet, &[&["code", "name", "phone", "note"], &["NEW1", "A"], &["NEW2", "4.40981E+17"]]);
        sheet.write_number(1, 2, 440_981_199_001_011_234.0).unwrap();
        sheet.write_number(1, 3, 138_000_011_112_345.0).unwrap();
    });
    let said = told(&desk, "customer import c.xlsx --yes");
    assert_eq!(said.iter().map(|(code, _)| code.as_str()).collect::<Vec<_>>(), ["sheet.damaged", "sheet.damaged"]);
    assert!(said[0].1.starts_with("C2: ") && said[1].1.starts_with("B3: "), "{said:?}");
    desk.cs("customer import c.xlsx").refused(1).says(["as text (R3)"]);
}

#[test]
fn everything_that_is_wrong_is_told_at_once_by_address() {
    let desk = Desk::plain();
    put(
        &desk,
        "c.csv",
        "客户导出,,,,,,\ncode,name,grade,since,owner,mobile,\nNEW1,,D,11-05,Yang,1,\nACME,,,,,,stray\n,Nobody,,,,,\nnew1,Twice,,,,,\n",
    );
    let said = told(&desk, "customer import c.csv --yes");
    let mut at: Vec<(&str, &str)> = said.iter().map(|(c, m)| (c.as_str(), m.split(':').next().unwrap())).collect();
    at.sort_unstable();
    assert_eq!(
        at,
        [
            ("import.code", "A5"),
            ("import.column", "F2"),
            ("import.column", "G2"),
            ("import.double", "A6"),
            ("import.missing", "B3"),
            ("import.value", "C3"),
            ("import.value", "D3"),
            // A part of a name fits by chance, so it is none.
            ("import.value", "E3"),
        ]
    );
    desk.cs("customer import c.csv --yes").lang("zh").refused(1).says(["C3：等级（grade）不能是“D”", "请从中选择"]);
}

#[test]
fn a_column_may_be_named_by_hand_and_another_list_by_its_whole_name() {
    let desk = Desk::plain();
    put(&desk, "s.csv", "门店编号,商场,客户\nM1,春熙路店,Acme Retail\n");
    desk.cs("site import s.csv").refused(1).says(["table.heading", "--column code=HEADING"]);
    desk.cs("site import s.csv --yes --column code=门店编号").ok();
    assert_eq!(line(&desk, "lists/sites.csv", "M1"), "M1,ACME,春熙路店,,,,");
    desk.cs("site import s.csv --column kode=门店编号").refused(1).says(["table.column"]);
    desk.cs("site import s.csv --column code").refused(1).says(["column.syntax"]);
}

#[test]
fn totals_and_rows_after_a_gap_are_no_silent_end() {
    let desk = Desk::plain();
    put(&desk, "c.csv", "code,name\nN1,A\n合计,1\n");
    desk.cs("carrier import c.csv --yes").refused(1).says(["import.total", "A3"]);
    put(&desk, "c.csv", "code,name\nN1,A\n\nN2,B\n");
    desk.cs("carrier import c.csv --yes").refused(1).says(["table.goes-on", "A4"]);
}

#[test]
fn bytes_that_no_row_of_the_file_means_survive() {
    let desk = Desk::plain();
    let old =
        "\u{feff}name,code, city ,status,mine\r\n\"Gone, Ltd\",G1,X,active,keep this\r\n\r\n'x,H2,Y,,\"a\"\"b\"\r\n";
    desk.write("lists/agencies.csv", old);
    put(&desk, "a.csv", "code,city\nH2,Z\n");
    desk.cs("agency import a.csv --yes").ok();
    assert_eq!(desk.read("lists/agencies.csv"), old.replace("'x,H2,Y,,", "'x,H2,Z,,"));
    put(&desk, "a.csv", "code,name\nK3,\"Kay, \"\"K\"\"\"\n");
    desk.cs("agency import a.csv --yes").ok();
    let expect = old.replace("'x,H2,Y,,", "'x,H2,Z,,") + "\"Kay, \"\"K\"\"\",K3,,,\r\n";
    assert_eq!(desk.read("lists/agencies.csv"), expect);
}

#[test]
fn a_column_that_the_list_itself_lacks_is_told_of_the_list() {
    let desk = Desk::plain();
    desk.write("lists/agencies.csv", "code,name\nG1,Gone\n");
    put(&desk, "a.csv", "code,city\nG1,Chengdu\n");
    desk.cs("agency import a.csv --yes").refused(1).says(["csv.no-column", "--> lists/agencies.csv", "city"]);
}

#[test]
fn r6_an_owner_comes_by_import_only_from_who_may_overrule() {
    let desk = Desk::plain();
    put(&desk, "c.csv", "code,owner\nACME,YX\nRIVER,YX\n");
    let said = told(&desk, "customer import c.csv --yes");
    assert!(said.len() == 1 && said[0].1.starts_with("B3: "), "the same owner again is no change: {said:?}");
    desk.cs("customer import c.csv --yes").by("WM").ok().says(["0 added, 1 changed"]);
}

#[test]
fn every_list_can_be_imported_the_first_staff_too() {
    let desk = Desk::empty();
    put(&desk, "s.csv", "代码,名称,岗位\nWM,王敏,客服经理、客服主管\nYX,杨雪,客服专员\n");
    desk.cs("staff import s.csv --yes").by("LW").refused(1);
    desk.cs("staff import s.csv --yes").by("WM").ok().says(["2 added"]);
    assert!(desk.read("lists/staff.csv").contains("WM,王敏,manager;supervisor,"));
    put(&desk, "s.csv", "code,roles\nWM,客服主管；manager\n");
    desk.cs("staff import s.csv").by("WM").ok().says(["0 to change, 1 as they are"]);
    for (list, heads, row) in [
        ("product", "型号,名称,单价", "ZJ-1,展柜,\"1,250.00\""),
        ("carrier", "Code,Name", "SF,顺丰"),
        ("directory", "代码,经营户", "D1,张记"),
        ("calendar", "日期,类型", "2026/12/31,放假"),
        ("site", "code,mall", "M1,太古里"),
    ] {
        put(&desk, "x.csv", format!("{heads}\n{row}\n"));
        desk.cs(&format!("{list} import x.csv --yes")).ok().says(["1 added, 0 changed"]);
    }
    assert!(desk.read("lists/products.csv").contains("ZJ-1,展柜,,,1250.00"));
    desk.is_sound();
}

#[test]
fn standard_input_is_csv_and_what_is_no_table_is_refused() {
    let desk = Desk::plain();
    desk.cs("carrier import - --yes").input("code,name\nN1,A\n").ok();
    desk.cs("carrier import gone.csv").refused(1).says(["sheet.file"]);
    put(&desk, "old.xls", b"\xd0\xcf\x11\xe0");
    desk.cs("carrier import old.xls").refused(1).says(["sheet.kind", "save it as .xlsx"]);
    workbook(&desk, "e.xlsx", |sheet| {
        rows(sheet, &[&["code", "name"], &["N1"]]);
        sheet.write_formula(1, 1, rust_xlsxwriter::Formula::new("=NA()").set_result("#N/A")).unwrap();
    });
    desk.cs("carrier import e.xlsx --yes").refused(1).says(["sheet.error", "B2: ", "#N/A"]);
}
