//! A form's lines from somebody else's spreadsheet: `--from FILE.xlsx|csv`, as agencies send their quotes (R23).

mod common;

use common::Desk;
use rust_xlsxwriter::Workbook;

/// A quote as an agency writes it: a title, its own columns, a total.
const QUOTE: &str = "亮点广告 报价单\n\n序号,维修部件,数量,单价（元）,金额,工作内容\n\
    1,glass,1,￥180.50,180.50,\"new pane: cut, fitted\"\n2,lamp,2,60,120,new lamps\n合计,,,,300.50,\n";

fn quoting() -> (Desk, String) {
    let desk = Desk::mending();
    let ticket = desk.judged();
    (desk, ticket)
}

fn lines(desk: &Desk, quote: &str) -> Vec<String> {
    let shown = desk.show(quote);
    let line = |line: &serde_json::Value| {
        ["component", "quantity", "price", "work"].map(|key| line[key].as_str().unwrap().to_string()).join("|")
    };
    shown["lines"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn r23_a_csv_and_an_xlsx_quote_become_the_record_that_flags_make() {
    let (desk, ticket) = quoting();
    let expected = ["glass|1|180.50|new pane: cut, fitted", "lamp|2|60.00|new lamps"];
    let typed = desk.cs(&format!(
        "repair quote {ticket} --agency BRIGHT --line 'glass=1@180.50:new pane: cut, fitted' --line 'lamp=2@60:new lamps'"
    ));
    let typed = typed.ok().number();
    assert_eq!(lines(&desk, &typed), expected);

    desk.write("quote.csv", QUOTE);
    let from = |file: &str| {
        let made = desk.cs(&format!("repair quote {ticket} --agency BRIGHT --from {file}")).here(&desk.root()).ok();
        assert!(made.stderr.contains("columns not taken: A3 序号") || !file.ends_with("csv"), "{}", made.stderr);
        made.number()
    };
    let text = |number: &str| desk.read(&format!("quotes/2026/11/{number}.toml"));
    assert_eq!(text(&from("quote.csv")), text(&typed));

    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, heads) in [(2, ["Component", "Qty", "Unit price", "Work"])] {
        for (column, head) in heads.iter().enumerate() {
            sheet.write(row, column as u16, *head).unwrap();
        }
    }
    for (row, (component, quantity, price, work)) in
        [("glass", 1, 180.5, "new pane: cut, fitted"), ("lamp", 2, 60.0, "new lamps")].into_iter().enumerate()
    {
        let row = row as u32 + 3;
        sheet.write(row, 0, component).unwrap();
        sheet.write(row, 1, quantity).unwrap();
        sheet.write(row, 2, price).unwrap();
        sheet.write(row, 3, work).unwrap();
    }
    desk.write("quote.xlsx", book.save_to_buffer().unwrap());
    assert_eq!(text(&from("quote.xlsx")), text(&typed));
}

#[test]
fn every_wrong_cell_is_named_and_nothing_is_made() {
    let (desk, ticket) = quoting();
    let before = desk.files();
    let refused = |csv: &str, says: &[&str]| {
        desk.write("../quote.csv", csv);
        for lang in ["en", "zh"] {
            let line = format!("repair quote {ticket} --agency BRIGHT --from quote.csv");
            desk.cs(&line).lang(lang).refused(1).says(says.iter().copied());
        }
        assert_eq!(desk.files(), before);
    };
    refused("部件,数量,单价,维修内容\nglass,x,180,pane\nlamp,2,,lamps\n", &["B2", "C3"]);
    refused("部件,数量,单价,金额,维修内容\nglass,2,180,180,pane\n", &["D2", "360.00"]);
    refused("部件,数量,单价,金额,维修内容\nglass,2,180,360,pane\n合计,,,380,\n", &["D3", "360.00"]);
    refused("部件,数量,维修内容\nglass,2,pane\n", &["--column"]);
    refused("部件,数量,单价,维修内容\ndoor,2,10,hinge\n", &["door", "R23"]);
    refused("部件,数量,单价,维修内容\nglass,1,180,4.40981E+17\n", &["D2"]);
    refused("", &["quote.csv"]);
}

#[test]
fn columns_are_named_by_hand_and_gb18030_is_read_where_it_is_named() {
    let (desk, ticket) = quoting();
    let text = "部位,数量,单价,要做什么\nglass,1,180,换玻璃\n";
    let bytes = encoding_rs::GB18030.encode(text).0.into_owned();
    desk.write("../quote.csv", bytes);
    let line = format!("repair quote {ticket} --agency BRIGHT --from quote.csv");
    desk.cs(&line).refused(1).says(["--encoding gb18030"]);
    desk.cs(&format!("{line} --encoding gb18030")).refused(1).says(["--column"]);
    let made =
        desk.cs(&format!("{line} --encoding gb18030 --column component=部位 --column work=要做什么")).ok().number();
    assert_eq!(lines(&desk, &made), ["glass|1|180.00|换玻璃"]);
}

#[test]
fn an_order_takes_its_lines_from_a_sheet_too() {
    let desk = Desk::plain();
    desk.write("../order.csv", "型号,数量,单价\nSHELF,3,100\nRACK,2,\n");
    let to = "--customer ACME --wanted-by 2026-12-10 --consignee S --deliver-to T";
    let order = desk.cs(&format!("order new {to} --from order.csv")).ok().number();
    let shown = desk.show(&order);
    assert_eq!((&shown["lines"][0]["price"], &shown["lines"][1]["price"]), (&"100.00".into(), &"300.00".into()));
}
