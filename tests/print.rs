//! `cs print`: the department's papers, blank and filled, in both languages, for each party (R4); grids of the
//! department's own; every way out of the program.

mod common;

use std::fs;

use calamine::{Data, Reader, Xlsx, open_workbook};
use common::Desk;
use cs::base::field::Ty;
use cs::base::page::{Content, Page, Role, Slot};
use cs::base::words::Lang;
use cs::book::Book;
use cs::forms::{KINDS, spec_of};
use cs::paper::{AUDIENCES, BUILT_IN, Options, Tongues, grid, grid_for, page};
use cs::show::clean::clean_lines;
use cs::show::{Canvas, page_text};
use cs::store::Folder;
use unicode_width::UnicodeWidthStr;

const TONGUES: [Tongues; 3] = [Tongues::One(Lang::Zh), Tongues::One(Lang::En), Tongues::Both];
const PLAIN: Options = Options { tongues: TONGUES[1], audience: None, reveal: false, lines: None };

/// A desk with a record of every kind: the numbers 1 of YX's day.
fn desk() -> Desk {
    let desk = Desk::plain();
    for line in [
        "product edit SHELF --size '120 x 40 x 8 cm'",
        "carrier edit FAST --contact 'Carl Carrier' --phone 028-85550401",
        "agency add SIGN --name 'Sign Makers' --city Chengdu --contact 'Ada Agent' --phone 021-65550501 --verified-on today",
        "site add MALL --mall 'Grand Mall L1' --customer ACME --city Chengdu --contact 'Sue Site' --phone 028-65550301",
    ] {
        desk.cs(line).by("WM").ok();
    }
    let order = desk.order_of("SHELF=10@120 --line RACK=3@300");
    desk.cs(&format!("order confirm {order}")).ok();
    let to = "--contact 'Connie Consignee' --phone 0755-25550167 --unloading 'side door, no ramp'";
    let plan = "--carrier FAST --depart 2026-11-20 --arrive 2026-11-23 --packages 2 --volume 1.5 --freight 800";
    desk.cs(&format!("ship new --order {order} {plan} {to} --line SHELF=10 --line RACK=3")).ok();
    let shipment = "FH-261118-YX-1";
    desk.cs(&format!("ship freight {shipment} --amount 780")).ok();
    desk.cs(&format!("ship approve {shipment}")).by("LW").ok();
    desk.cs(&format!("ship notify {shipment}")).ok();
    desk.cs(&format!("ship depart {shipment} --waybill W-77")).ok();
    desk.received(shipment, "SHELF=11:damaged=2");
    desk.write("photo.jpg", b"\xff\xd8\xff\xe0 a photo");
    let fault = "--fault 'glass=cracked from the lower left corner to the lock' --fault 'lamp=dark' --photo photo.jpg";
    let site = "--site MALL --model SHELF --made-on 2026-03-01 --reporter 'Rita Reporter' --phone 13812345678";
    desk.cs(&format!("repair new {site} {fault}")).here(&desk.root()).ok();
    fs::remove_file(desk.path("photo.jpg")).unwrap();
    desk.cs("repair judge WX-261118-YX-1 --cause quality").by("AS").ok();
    let work = "--line 'glass=2@180.50:new pane' --line 'lamp=1@60:new lamp'";
    desk.cs(&format!("repair quote WX-261118-YX-1 --agency SIGN {work}")).ok();
    desk.cs("repair parts WX-261118-YX-1 --line glass=1@45 --address '2F Grand Mall'").ok();
    let what = "--what 'how much is freight to Lhasa, 2.5 m3, and does it come to the door'";
    desk.cs(&format!("consult new --customer ACME --about price {what}")).ok();
    desk.cs("consult hand-on ZX-261118-YX-1 --to LW").ok();
    desk.cs("consult answer ZX-261118-YX-1 --answer '950 to the door, 5 to 7 days'").by("LW").ok();
    desk.cs("staff add CO --name 'Chen Ou' --roles complaints").by("WM").ok();
    let about =
        "--about 'SHELF, ten pieces' --record FH-261118-YX-1 --department Packing --amount 1200 --criteria safety";
    desk.complaint(&format!("{about} --remedy 'two new panes and an apology in writing'"));
    desk.cs("complain plan TS-261118-YX-1 --measure 'two new panes, free of charge' --compensation 150").ok();
    desk.cs("complain sign TS-261118-YX-1").by("DP").ok();
    desk.cs("complain cause TS-261118-YX-1 --cause transport").ok();
    let said = "--content 'doors stick in the morning' --suggestion 'softer hinges' --installation 'took half a day'";
    let scores = "--quality 2 --on-time 5 --arrival-errors 4 --damage-handling 3 --satisfaction 4";
    desk.cs(&format!("visit log acme --site MALL --purpose survey {scores} {said} --praise spoken")).ok();
    let improvement = desk.improvement("--born-of TS-261118-YX-1 --born-of WX-261118-YX-1 --wanted-by 2026-12-20");
    desk.improve(&improvement, "new", "verified");
    desk.cs("work plan 'verify the agencies of Chengdu' --due 2026-11-20 --record WX-261118-YX-1").ok();
    desk.cs("work carry-over GZ-261118-YX-1 --due 2026-11-24 --reason 'one of them is closed'").ok();
    desk.cs("work done GZ-261118-YX-1 --result 'both verified'").ok();
    desk.cs("meet new weekly --when '2026-11-18 09:00' --host LW --topics 'the week and the cracked panes'").ok();
    let told = "--present 'YX;LW' --absent ZL --conclusions 'edge guards from now on' --lasted 45";
    desk.cs(&format!("meet minutes HY-261118-YX-1 {told} --todo 'YX=2026-11-25:order the guards'")).ok();
    desk.cs("train plan class --topic 'quoting a repair' --when '2026-11-18 09:30' --trainer LW --cost 80").ok();
    desk.cs("train held PX-261118-YX-1 --lasted 90 --absent ZL").ok();
    // Everything happens at ten.
    desk.cs("shift roster YX --on 2026-11-18 --span 02:00-10:00 --at 07:00").ok();
    desk.cs("shift in BC-261118-YX-1 --at 07:05").ok();
    let handed = "--summary 'two calls, one lorry late' --points 'call the carrier; sort the slips'";
    desk.cs(&format!("shift hand-over BC-261118-YX-1 {handed}")).ok();
    let policy = "--insurer 'Min River Insurance' --kind cargo --from 2026-01-01 --to 2026-12-31 --sum 100000";
    desk.cs(&format!("insurance add P-0018 {policy}")).ok();
    let insurer = "--contact 'Ingrid Insurer' --phone 400-5550601 --loss 'new crates=1@60'";
    desk.claim("DH-261118-YX-1", "SHELF=2@120", insurer);
    desk.assessed("LP-261118-YX-1", "280");
    desk.cs("claim settled LP-261118-YX-1").ok();
    let action = "--action 'edge guards in every crate' --department Packing --due 2026-11-30";
    desk.cs(&format!("claim corrective LP-261118-YX-1 {action}")).ok();
    desk.cs(
        "qa score YX --marks answer=20,closing=0 --record ZX-261118-YX-1 --fault 'hung up' --said 'ask back first'",
    )
    .by("LW")
    .ok();
    desk.cs("qa contest ZJ-261118-LW-1 --reason 'the line broke'").ok();
    desk.cs("qa amend ZJ-261118-LW-1 --marks answer=25 --lifted --reason 'so it did'").by("WM").ok();
    let entry = "--clause D2.5 --points 4 --record FH-261118-YX-1 --evidence 'away while the lorry waited'";
    desk.cs(&format!("score add YX {entry} --on 2026-11-17")).by("LW").ok();
    desk.cs("score reverse JX-261118-LW-1 --reason 'sent for by the manager'").by("WM").ok();
    desk
}

/// The record of a kind that [`desk`] makes.
fn number(prefix: &str) -> String {
    // Points are entered by a supervisor.
    format!("{prefix}-261118-{}-1", if matches!(prefix, "JX" | "ZJ") { "LW" } else { "YX" })
}

/// All pages that the built-in grids make of a desk: blank and filled, in all languages.
fn pages(desk: &Desk, mut seen: impl FnMut(&str, &Page)) {
    let folder = Folder::at(desk.root());
    let time = "2026-11-18T12:00:00+08:00".parse().unwrap();
    let book = Book::open(&folder, time);
    for built_in in BUILT_IN {
        let grid = grid(&folder, built_in.name).unwrap();
        let form = book.form(&number(grid.spec.prefix).parse().unwrap());
        assert!(form.is_some(), "{}", built_in.name);
        for tongues in TONGUES {
            for form in [None, form.as_deref()] {
                seen(built_in.name, &page(&book, &grid, form, &Options { tongues, ..PLAIN }));
            }
        }
    }
}

#[test]
fn each_kind_of_form_has_a_paper_and_every_built_in_grid_is_sound() {
    let desk = Desk::plain();
    let folder = Folder::at(desk.root());
    for built_in in BUILT_IN {
        let (read, problems) = cs::paper::read(&"x.toml".into(), built_in.name, built_in.text);
        assert_eq!(problems, vec![], "{}", built_in.name);
        let read = read.unwrap();
        assert_eq!(read.spec.kind, built_in.kind, "{}", built_in.name);
        assert_eq!(read.title, built_in.title.into(), "{}", built_in.name);
    }
    for spec in KINDS {
        assert_eq!(grid_for(&folder, spec, None).unwrap().spec.kind, spec.kind, "{}", spec.prefix);
    }
}

#[test]
fn all_rows_of_a_page_are_equally_wide_and_every_label_is_in_both_languages() {
    pages(&desk(), |name, page| {
        for row in page.rows() {
            assert_eq!(row.cells.iter().map(|c| c.span).sum::<u16>(), page.columns, "{name}");
        }
    });
    for built_in in BUILT_IN {
        let table: toml::Table = built_in.text.parse().unwrap();
        let mut pairs = Vec::new();
        fn walk(value: &toml::Value, pairs: &mut Vec<(String, String)>) {
            match value {
                toml::Value::Table(table) => {
                    if let (Some(zh), Some(en)) = (table.get("zh"), table.get("en")) {
                        pairs.push((zh.as_str().unwrap().to_string(), en.as_str().unwrap().to_string()));
                    }
                    table.values().for_each(|value| walk(value, pairs));
                }
                toml::Value::Array(items) => items.iter().for_each(|value| walk(value, pairs)),
                _ => {}
            }
        }
        walk(&toml::Value::Table(table), &mut pairs);
        assert!(pairs.len() > 10, "{}", built_in.name);
        for (zh, en) in pairs {
            let chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
            assert!(chinese(&zh) && !chinese(&en), "{}: {zh} / {en}", built_in.name);
        }
    }
}

#[test]
fn a_blank_paper_has_a_cell_for_each_field_that_a_record_needs_and_none_twice() {
    let desk = desk();
    let folder = Folder::at(desk.root());
    let book = Book::open(&folder, "2026-11-18T12:00:00+08:00".parse().unwrap());
    for spec in KINDS {
        let grid = grid_for(&folder, spec, None).unwrap();
        let page = page(&book, &grid, None, &Options { lines: Some(3), ..PLAIN });
        let slots: Vec<Slot> = page.placed().filter_map(|p| p.cell.slot).collect();
        for (at, slot) in slots.iter().enumerate() {
            assert!(!slots[..at].contains(slot), "{}: {slot:?} twice", grid.name);
        }
        let held = |key: &str| slots.iter().any(|s| matches!(s, Slot::Header(field) if field.key == key));
        // Photos don't fit into a cell; what a shipment replaces, and from which consult a record came, is told by
        // whoever records it; what a gift cost is not for the customer who signs.
        let aside = |key: &str| matches!(key, "replaces" | "consult" | "gift_cost");
        for field in spec.fields.iter().filter(|f| f.ty != Ty::Files && !aside(f.key)) {
            assert!(held(field.key), "{}: no cell for {}", grid.name, field.key);
        }
        for field in spec.lines.map_or(&[][..], |lines| lines.fields) {
            for line in 0..3 {
                assert!(slots.contains(&Slot::Line(line, field)), "{}: no cell for {}", grid.name, field.key);
            }
        }
        // Only what is to be filled in is open, and nothing stands in it yet.
        assert!(page.placed().all(|p| p.cell.slot.is_none() || p.cell.content == Content::Empty));
    }
    pages(&desk, |name, page| {
        let filled = page.name.contains("261118");
        assert!(!filled || page.placed().all(|p| p.cell.slot.is_none()), "{name}");
    });
}

#[test]
fn nothing_is_cut_off_in_a_terminal_of_any_width() {
    let glyphs = |text: &str| {
        let mut glyphs: Vec<char> =
            text.chars().filter(|c| !c.is_whitespace() && !"│─┌┐└┘┬┴├┤┼┄".contains(*c)).collect();
        glyphs.sort_unstable();
        glyphs
    };
    pages(&desk(), |name, page| {
        for width in [None, Some(40), Some(72), Some(200)] {
            let canvas = Canvas { width, ..Canvas::plain(Lang::Zh, cs::base::time::Zone::default()) };
            let drawn = page_text::text(page, &canvas);
            let held: String = page
                .placed()
                .map(|p| match &p.cell.content {
                    Content::Empty => String::new(),
                    Content::Text(text) => clean_lines(text).into_owned(),
                    Content::Date(date) => date.to_string(),
                    Content::Whole(n) => n.to_string(),
                    Content::Measure(measure) => measure.to_string(),
                    Content::Money(money) => money.to_string(),
                })
                .collect();
            // A comma between thousands is the drawing's own.
            let plain = |text: &str| glyphs(&text.replace(',', ""));
            assert_eq!(plain(&drawn), plain(&held), "{name} {width:?}\n{drawn}");
            let frames: Vec<usize> = drawn.lines().filter(|l| l.starts_with('│')).map(UnicodeWidthStr::width).collect();
            assert!(frames.iter().all(|w| *w == frames[0]), "{name} {width:?}\n{drawn}");
        }
    });
}

#[test]
fn amounts_of_lines_sum_as_on_the_worked_example() {
    let desk = desk();
    // 10 × 120.00 + 3 × 300.00
    let order = desk.cs("print DD-261118-YX-1 --json").ok().json();
    let amounts: Vec<&str> =
        order[0]["lines"].as_array().unwrap().iter().filter_map(|l| l["line.amount"].as_str()).collect();
    assert_eq!(amounts, ["1200.00", "900.00"]);
    assert_eq!(
        (&order[0]["fields"]["sum.quantity"], &order[0]["fields"]["sum.amount"]),
        (&"13".into(), &"2100.00".into())
    );
    // 2 × 180.50 + 1 × 60.00
    let quote = desk.cs("print BJ-261118-YX-1 --json").ok().json();
    assert_eq!(quote[0]["fields"]["sum.amount"], "421.00");
    desk.cs("print BJ-261118-YX-1").ok().prints(["421.00", "361.00", "Sign Makers"]);
    // An amount that nobody knows makes the sum unknown, not smaller.
    let plan = "--wanted-by 2026-12-10 --consignee S --deliver-to T";
    desk.cs("product add BARE --name Bare").by("WM").ok();
    let bare = desk.cs(&format!("order new --customer ACME {plan} --line SHELF=1@120 --line BARE=2")).ok().number();
    let bare = desk.cs(&format!("print {bare} --json")).ok().json();
    assert_eq!(
        (&bare[0]["fields"]["sum.quantity"], &bare[0]["fields"]["sum.amount"]),
        (&"3".into(), &serde_json::Value::Null)
    );
}

#[test]
fn r15_a_receipt_prints_what_was_expected_and_what_is_wrong() {
    let receipt = desk().cs("print DH-261118-YX-1 --json").ok().json();
    let line = &receipt[0]["lines"][0];
    let counts = ["expected", "received", "damaged", "short", "over"].map(|key| line[format!("line.{key}")].clone());
    assert_eq!(counts, ["10", "11", "2", "0", "1"]);
    assert_eq!(receipt[0]["fields"]["missing"], "RACK × 3");
}

#[test]
fn r15_what_is_counted_model_by_model_stands_in_the_first_of_its_lines() {
    let desk = Desk::plain();
    let shipment = desk.departed(&desk.confirmed(), "SHELF=10");
    let receipt = desk.received(&shipment, "SHELF=4 --line SHELF=5:damaged=1");
    let data = desk.cs(&format!("print {receipt} --json")).ok().json();
    let lines = data[0]["lines"].as_array().unwrap();
    let of = |key: &str| lines.iter().map(|line| line[key].as_str()).collect::<Vec<_>>();
    assert_eq!(of("line.expected"), [Some("10"), None]);
    assert_eq!(of("line.short"), [Some("1"), None]);
    assert_eq!(of("line.received"), [Some("4"), Some("5")]);
    let sums = ["expected", "received", "damaged", "short", "over"];
    let sums = sums.map(|key| data[0]["fields"][format!("sum.{key}")].as_str());
    assert_eq!(sums, ["10", "9", "1", "1", "0"].map(Some));
}

#[test]
fn what_several_records_agree_on_is_printed_once() {
    let desk = Desk::plain();
    let (first, second) = (desk.confirmed(), desk.confirmed());
    let plan = "--carrier FAST --depart 2026-11-20 --arrive 2026-11-23 --packages 2 --volume 1.5 --freight 800";
    let lines = format!("--line SHELF=10:order={first} --line SHELF=5:order={second}");
    let both = desk.cs(&format!("ship new --order {first} --order {second} {plan} {lines}")).ok().number();
    let data = desk.cs(&format!("print {both} --json")).ok().json();
    assert_eq!(data[0]["fields"]["order.customer"], "ACME");
    assert_eq!(data[0]["fields"]["order"], format!("{first};{second}"));
    desk.cs(&format!("print {both}")).ok().prints([first.as_str(), second.as_str()]);
}

#[test]
fn what_changed_after_the_record_was_made_is_printed_as_it_is_now() {
    let desk = Desk::plain();
    let order = desk.order();
    desk.cs(&format!("order change {order} --line SHELF=4@100 --deliver-to '9 New Road' --note n")).ok();
    desk.cs(&format!("order delay {order} --until 2026-12-24 --reason paint --told")).done();
    let printed = desk.cs(&format!("print {order}")).ok().prints(["9 New Road", "400.00", " 100.00"]);
    assert!(!printed.stdout.contains("120.00"), "{printed}");
    desk.cs(&format!("order confirm {order}")).done();
    let shipment = desk.shipment(&order, "SHELF=4");
    desk.cs(&format!("ship reschedule {shipment} --arrive 2026-11-27 --reason rain")).ok();
    let notice = desk.cs(&format!("print {shipment} --form notice --json")).ok().json();
    assert_eq!(notice[0]["fields"]["arrive"], "2026-11-27");
}

#[test]
fn r4_each_party_sees_what_it_needs_and_no_more() {
    let desk = desk();
    let order = ("DD", vec!["Ann Lee", "008613900001234"], vec!["2,100.00", "120.00"]);
    let shipment = ("FH", vec!["Connie Consignee", "0755-25550167"], vec!["780.00", "800.00"]);
    let repair = ("WX", vec!["Sue Site", "028-65550301"], vec!["within", "covered"]);
    let quote = ("BJ", vec!["Ada Agent", "021-65550501"], vec!["421.00"]);
    let parts = ("LJ", vec!["Sue Site", "028-65550301"], vec!["45.00"]);
    // Whether each party sees the private values whole, and whether it sees the amounts.
    for ((prefix, private, amounts), sees) in [
        (order, [("agency", false, false), ("carrier", false, false), ("customer", true, true)]),
        (repair, [("agency", true, false), ("carrier", false, true), ("customer", true, true)]),
        (quote, [("agency", true, true), ("carrier", false, false), ("customer", false, false)]),
        (parts, [("agency", true, false), ("carrier", true, false), ("customer", true, false)]),
        (shipment, [("agency", false, false), ("carrier", true, false), ("customer", true, false)]),
    ] {
        let text = |flags: &str| desk.cs(&format!("print {} {flags}", number(prefix))).ok().stdout;
        let own = text("");
        let whole = text("--reveal");
        for value in &private {
            assert!(!own.contains(value) && whole.contains(value), "{prefix} {value}\n{own}");
        }
        for (party, contacts, money) in sees {
            let shown = text(&format!("--for {party}"));
            for value in &private {
                assert_eq!(shown.contains(value), contacts, "{prefix} for {party}: {value}\n{shown}");
            }
            if prefix != "WX" && prefix != "FH" {
                for value in &amounts {
                    assert_eq!(shown.contains(value), money, "{prefix} for {party}: {value}\n{shown}");
                }
            }
        }
    }
    // The freight agreed is the carrier's business too; what we had estimated is ours alone.
    desk.cs("print FH-261118-YX-1").ok().prints(["780.00", "800.00", "Car", "Fast Freight"]);
    for (party, agreed) in [("carrier", true), ("customer", false), ("agency", false)] {
        let shown = desk.cs(&format!("print FH-261118-YX-1 --for {party}")).ok().stdout;
        assert_eq!((shown.contains("780.00"), shown.contains("800.00")), (agreed, false), "{party}");
        assert_eq!(shown.contains("Carl Carrier"), agreed, "{party}");
    }
    // Who pays is between us and the customer.
    let covered = |flags: &str| desk.cs(&format!("print WX-261118-YX-1 {flags}")).ok().stdout.contains("2027-03-01");
    assert_eq!(["", "--for agency", "--for customer"].map(covered), [true, false, true]);
    // As data no more leaves the department than on paper.
    let data = desk.cs("print FH-261118-YX-1 --json --for customer").ok().json();
    assert_eq!(data[0]["fields"]["step.freight.amount"], serde_json::Value::Null);
    assert_eq!(data[0]["fields"]["carrier.phone"], "028*******01");
    desk.cs("print FH-261118-YX-1 --for carrier --reveal").refused(2).says(["R4"]);
    for (party, ..) in AUDIENCES {
        desk.cs("print --help").ok().prints([*party]);
    }
}

#[test]
fn r4_the_worker_is_whole_for_the_agency_that_sent_him_alone() {
    let desk = Desk::mending();
    let ticket = desk.judged();
    desk.cs(&format!("repair dispatch {ticket} --agency BRIGHT")).ok();
    desk.cs(&format!("repair repaired {ticket} --worker 'Hu Gong' --worker-phone 13900002222")).ok();
    for (flags, whole) in [("", false), ("--reveal", true), ("--for agency", true), ("--for customer", false)] {
        let data = desk.cs(&format!("print {ticket} --json {flags}")).ok().json();
        let fields = ["worker", "worker_phone"].map(|key| data[0]["fields"][format!("step.repaired.{key}")].clone());
        assert_eq!(fields == ["Hu Gong", "13900002222"], whole, "{flags}: {fields:?}");
    }
}

#[test]
fn the_notice_tells_what_r12_asks_for_and_no_price() {
    let text = desk().cs("print fh-261118-yx-1 --form notice --for customer").ok();
    let text = text.prints(["SHELF", "120 x 40 x 8 cm", "2026-11-23", "side door, no ramp", "Connie Consignee", "1.5"]);
    for price in ["780", "800", "120.00", "300.00"] {
        assert!(!text.stdout.contains(price), "{price}\n{text}");
    }
}

#[test]
fn r66_a_void_record_says_so_on_its_paper() {
    let desk = Desk::plain();
    let order = desk.order();
    desk.cs(&format!("void {order} --note double")).ok();
    desk.cs(&format!("print {order} --both")).ok().prints(["作废 VOID"]);
    let page = desk.cs(&format!("print {order} --format html")).ok();
    page.prints(["VOID"]);
}

#[test]
fn a_signature_box_tells_who_signed_and_when_until_the_step_is_voided() {
    let desk = desk();
    desk.cs("print FH-261118-YX-1").ok().prints(["Li Wei", "2026-11-18 10:00"]);
    let order = desk.confirmed();
    desk.cs(&format!("print {order}")).ok().prints(["Yang Xue"]);
    desk.cs(&format!("void {order} --step 2 --note mistake")).ok();
    let unsigned = desk.cs(&format!("print {order}")).ok();
    assert!(!unsigned.stdout.contains("Yang Xue"), "{unsigned}");
}

#[test]
fn no_paper_names_a_rule() {
    pages(&desk(), |name, page| {
        for placed in page.placed() {
            let Content::Text(text) = &placed.cell.content else { continue };
            let rule = text
                .split(['(', '（'])
                .skip(1)
                .any(|rest| rest.strip_prefix('R').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit())));
            assert!(!rule, "{name}: {text}");
        }
    });
}

#[test]
fn r21_the_repair_ticket_tells_when_it_was_mended_and_which_rep_signed() {
    let desk = Desk::mending();
    let ticket = desk.accepted();
    let data = desk.cs(&format!("print {ticket} --json")).ok().json();
    assert_eq!(data[0]["fields"]["repaired_on"], "2026-11-18");
    let printed = |flags: &str| desk.cs(&format!("print {ticket} {flags}")).ok().stdout;
    let signed = |text: &str| text.lines().filter(|line| line.contains("2026-11-18 10:00")).count();
    // R4: the rep's name is masked, as everybody's is; the day stands in both boxes that a step fills.
    assert_eq!((printed("").contains("Cai Yun"), signed(&printed(""))), (false, 1));
    assert!(printed("--reveal").contains("Cai Yun"));
    let boxes = printed("").lines().find(|line| line.contains("2026-11-18 10:00")).unwrap().to_string();
    assert_eq!(boxes.matches("2026-11-18 10:00").count(), 2, "{boxes}");
    // The day that was given goes before the day of recording.
    let ticket = desk.judged();
    desk.cs(&format!("repair dispatch {ticket} --agency BRIGHT")).ok();
    desk.cs(&format!("repair repaired {ticket} --worker Hu --on 2026-11-19")).now("2026-11-20T09:00:00+08:00").ok();
    let data = desk.cs(&format!("print {ticket} --json")).ok().json();
    assert_eq!(data[0]["fields"]["repaired_on"], "2026-11-19");
}

#[test]
fn both_languages_stand_on_one_form() {
    let desk = desk();
    desk.cs("print WX-261118-YX-1 --both").ok().prints([
        "展台维修单 Repair ticket",
        "我方安排 us",
        "Worker's signature",
    ]);
    desk.cs("print --blank receipt --both")
        .ok()
        .prints(["到货回执表 Arrival receipt", "回执联 Slip to sign and return"]);
    desk.cs("print --blank receipt").lang("zh").ok().prints(["到货回执表", "回执联"]);
}

#[test]
fn the_drawings_are_as_reviewed() {
    let desk = desk();
    let mut drawn = String::new();
    for line in [
        "print DD-261118-YX-1 --lang zh",
        "print FH-261118-YX-1 --for carrier",
        "print FH-261118-YX-1 --form notice --lang zh",
        "print DH-261118-YX-1",
        "print WX-261118-YX-1 --both",
        "print BJ-261118-YX-1 --lang zh --for agency",
        "print LJ-261118-YX-1",
        "print TS-261118-YX-1 --lang zh",
        "print HF-261118-YX-1 --lang zh",
        "print ZG-261118-YX-1 --lang zh --for customer",
        "print LP-261118-YX-1 --lang zh",
        "print ZX-261118-YX-1 --lang zh",
        "print JX-261118-LW-1 --lang zh",
        "print --blank consult --lang zh",
        "print --blank repair --lines 2 --lang zh",
    ] {
        drawn.push_str(&format!("$ cs {line}\n{}", desk.cs(line).ok().stdout));
    }
    insta::assert_snapshot!(drawn);
}

#[test]
fn sixty_lines_are_all_there_and_a_blank_form_has_as_many_as_asked() {
    let desk = Desk::plain();
    let mut line = "SHELF=1@1".to_string();
    for n in 2..=60 {
        line.push_str(&format!(" --line SHELF={n}@1"));
    }
    let order = desk.order_of(&line);
    let data = desk.cs(&format!("print {order} --json")).ok().json();
    assert_eq!(data[0]["lines"].as_array().unwrap().len(), 60);
    assert_eq!(data[0]["fields"]["sum.quantity"], "1830");
    let text = desk.cs(&format!("print {order}")).ok();
    text.prints(["│      60 │", "1,830"]);
    let rows = |flags: &str| desk.cs(&format!("print --blank order {flags}")).ok().stdout.lines().count();
    assert_eq!(rows("--lines 30") - rows("--lines 10"), 40);
    for wrong in ["--lines 0", "--lines 501", "--lines x"] {
        desk.cs(&format!("print --blank order {wrong}")).refused(2);
    }
    desk.cs(&format!("print {order} --lines 3")).refused(2);
}

#[test]
fn several_records_come_in_the_order_asked_for_and_all_unknown_ones_are_told() {
    let desk = desk();
    let text = desk.cs("print WX-261118-YX-1 dd-261118 -").ok().stdout;
    let at = |word: &str| text.find(word).unwrap_or_else(|| panic!("{word}\n{text}"));
    assert!(at("Repair ticket") < at("Order confirmation") && at("Order confirmation") < at("Score entry"));
    desk.cs("print DD-261118-YX-1 DD-261118-YX-8 nothing").refused(1).says(["DD-261118-YX-8", "nothing"]);
    desk.cs("print DD-261118-YX-1 --form notice").refused(1).says(["grid.kind", "notice", "order"]);
    desk.cs("print DD-261118-YX-1 --form ../../etc/passwd").refused(1).says(["grid.unknown", "order, shipment"]);
    desk.cs("print --blank nothing").refused(1).says(["grid.unknown"]);
    desk.cs("print --grid nothing").refused(1).says(["grid.unknown"]);
    desk.cs("print").refused(2);
    desk.cs("print DD-261118-YX-1 --blank order").refused(2);
    desk.cs("print DD-261118-YX-1 --json --format html").refused(2).says(["--json"]);
}

#[test]
fn a_grid_of_the_departments_own_goes_before_the_built_in_one() {
    let desk = desk();
    let built_in = desk.cs("print --grid order").ok().stdout;
    assert_eq!(built_in, BUILT_IN[0].text);
    desk.write("forms/order.toml", built_in.replace("Order confirmation", "What you ordered"));
    desk.cs("print DD-261118-YX-1").ok().prints(["What you ordered"]);
    desk.cs("print --blank order").ok().prints(["What you ordered"]);
    // One of another name is a paper more.
    let label = "form = 'repair'\ntitle = { zh = '标签', en = 'Tag' }\ncolumns = 12\n[[block]]\nrows = [[{ field = 'site.city', span = 4 }, { field = 'site.contact', span = 8, for = ['agency'] }]]\n";
    desk.write("forms/tag.toml", label);
    desk.write("forms/README.md", "no grid");
    desk.cs("print WX-261118-YX-1 --form tag --for agency").ok().prints(["Tag", "Chengdu", "Sue Site"]);
    desk.cs("print DD-261118-YX-1 --form tag").refused(1).says(["grid.kind"]);
    desk.cs("check").ok().silent();
}

#[test]
fn everything_wrong_with_a_grid_is_told_with_its_place() {
    let desk = desk();
    let bad = "\
form = \"order\"
title = { zh = \"订单\" }
columns = 13
colour = \"red\"

[[block]]
rows = [
  [ { label = { zh = \"客户\", en = \"Customer\" }, span = 4 }, { field = \"custmer.name\", span = 8 } ],
  [ { field = \"customer.nme\", span = 24 } ],
  [ { field = \"step.aprove.by\", span = 24 } ],
  [ { field = \"line.model\", span = 24 } ],
  [ { field = \"brand.name\", span = 24 } ],
  [ { label = { zh = \"a\", en = \"a\" }, text = { zh = \"a\", en = \"a\" }, span = 24 } ],
  [ { field = \"number\", span = 0 } ],
  [ { field = \"phone\", span = 24, for = [\"police\"] } ],
  [ { sign = { zh = \"签字\", en = \"Signed\" }, step = \"sign\", span = 24 } ],
  [ { blank = true } ],
  [ { blank = true, span = 20 } ],
  [ { field = \"sum.model\", span = 24 } ],
  [ { sign = { zh = \"签字\", en = \"Signed\" }, step = \"confirm\", by = \"rep\", span = 24 } ],
]
";
    desk.write("forms/order.toml", bad);
    let expect = [
        "grid.language forms/order.toml:2",
        "grid.value forms/order.toml:3",
        "grid.key forms/order.toml:4",
        "grid.field forms/order.toml:8",
        "grid.field forms/order.toml:9",
        "grid.field forms/order.toml:10",
        "grid.field forms/order.toml:11",
        "grid.field forms/order.toml:12",
        "grid.value forms/order.toml:13",
        "grid.value forms/order.toml:14",
        "grid.value forms/order.toml:15",
        "grid.value forms/order.toml:16",
        "grid.missing forms/order.toml:17",
        "grid.span forms/order.toml:18",
        "grid.field forms/order.toml:19",
        "grid.value forms/order.toml:20",
    ];
    let mut found: Vec<String> =
        desk.found().iter().map(|place| place.rsplit_once(':').unwrap().0.to_string()).collect();
    found.sort_by_key(|place| place.rsplit(':').next().unwrap().parse::<u32>().unwrap());
    assert_eq!(found, expect);
    // The file alone tells the same, and nothing is printed on it.
    let told = desk.cs(&format!("check {}", desk.path("forms/order.toml").display())).refused(1).stdout;
    assert!(told.contains("custmer") && told.contains("customer, brand, contact"), "{told}");
    desk.cs("print DD-261118-YX-1").refused(1).says(["grid.language", "forms/order.toml:2", "^"]);
    desk.cs("print --blank order").refused(1).says(["grid.span"]);
    desk.cs("print WX-261118-YX-1").ok();
    desk.write("forms/order.toml", "form = \"bill\"\n");
    let lines: Vec<String> = desk.found();
    assert!(lines.iter().any(|l| l.starts_with("grid.value forms/order.toml:1")), "{lines:?}");
    desk.write("forms/order.toml", "form = ");
    desk.cs("print --blank order").lang("zh").refused(1).says(["toml.syntax"]);
    desk.write("forms/order.toml", "form = \"order\"\ntitle = { zh = \"订单\", en = \"Order\" }\n");
    desk.cs("print --blank order").refused(1).says(["block"]);
}

#[test]
fn the_spreadsheet_of_a_form_holds_its_numbers_and_its_phones_as_text() {
    let desk = desk();
    let file = desk.cs("print DD-261118-YX-1 FH-261118-YX-1 --format xlsx --for customer").ok();
    assert_eq!(file.stdout, "DD-261118-YX-1+1.xlsx\n");
    let mut book: Xlsx<_> = open_workbook(desk.home().join("DD-261118-YX-1+1.xlsx")).unwrap();
    assert_eq!(book.sheet_names(), ["DD-261118-YX-1", "FH-261118-YX-1"]);
    let sheet = book.worksheet_range("DD-261118-YX-1").unwrap();
    let cells: Vec<&Data> = sheet.used_cells().map(|(.., cell)| cell).collect();
    assert!(cells.contains(&&Data::Float(2100.0)), "{cells:?}");
    assert!(cells.contains(&&Data::String("008613900001234".into())), "{cells:?}");
}

#[test]
fn a_file_that_is_there_is_not_replaced_unless_forced() {
    let desk = desk();
    let out = |flags: &str| format!("print DD-261118-YX-1 --format html --out page.html {flags}");
    assert_eq!(desk.cs(&out("--dry-run")).ok().stdout, "");
    assert!(!desk.home().join("page.html").exists());
    desk.cs(&out("")).ok().prints(["page.html\n"]);
    let html = fs::read_to_string(desk.home().join("page.html")).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("2,100.00"));
    fs::write(desk.home().join("page.html"), "mine").unwrap();
    desk.cs(&out("")).refused(1).says(["out.exists", "--force"]);
    assert_eq!(fs::read_to_string(desk.home().join("page.html")).unwrap(), "mine");
    desk.cs(&out("--force")).ok();
    assert_eq!(fs::read_to_string(desk.home().join("page.html")).unwrap(), html);
    desk.cs("print DD-261118-YX-1 --out nowhere/page.txt").refused(1).says(["nowhere"]);
    desk.cs("print DD-261118-YX-1 --out page.txt").ok();
    desk.cs("print --grid order --out order.toml").ok().prints(["order.toml"]);
    assert_eq!(fs::read_to_string(desk.home().join("order.toml")).unwrap(), BUILT_IN[0].text);
    desk.cs("print --grid order --format html").refused(2);
    fs::create_dir(desk.home().join("page.dir")).unwrap();
    desk.cs("print DD-261118-YX-1 --out page.dir --force").refused(1).says(["page.dir"]);
    let left: Vec<_> = fs::read_dir(desk.home()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().starts_with(".page")), "{left:?}");
}

#[test]
fn what_can_not_be_read_whole_is_handed_to_nobody() {
    let desk = desk();
    desk.append("lists/customers.csv", "ACME,Twice\n");
    desk.cs("print DD-261118-YX-1").refused(1).says(["csv.short-row"]).prints(["Acme Retail"]);
    desk.cs("print DD-261118-YX-1 --format xlsx").refused(1).says(["csv.short-row"]);
    assert!(!desk.home().join("DD-261118-YX-1.xlsx").exists());
}

#[test]
fn r17_a_photo_that_is_gone_or_damaged_is_told_beside_the_paper() {
    let desk = Desk::mending();
    let ticket = desk.ticket("2026-03-01");
    let photos = desk.path("photos");
    let photo = fs::read_dir(&photos).unwrap().next().unwrap().unwrap();
    fs::remove_file(photo.path()).unwrap();
    let photo = photo.file_name().into_string().unwrap();
    let printed = desk.cs(&format!("print {ticket}")).refused(1);
    assert!(printed.stdout.contains(&ticket), "{printed}");
    printed.says([photo.as_str(), ":9:9"]);
    desk.cs(&format!("print {ticket} --format html --out t.html")).refused(1).says([photo.as_str()]);
    assert!(desk.home().join("t.html").exists());
}

#[test]
fn r17_the_same_photo_given_again_is_still_one() {
    let desk = Desk::mending();
    let ticket = desk.ticket("2026-03-01");
    let count = || desk.cs(&format!("print {ticket} --json")).ok().json()[0]["fields"]["photos"].clone();
    assert_eq!(count(), "1");
    desk.cs(&format!("repair photo {ticket} --photo photo.jpg")).ok();
    assert_eq!(count(), "1");
    desk.picture("other.jpg", "second");
    desk.cs(&format!("repair photo {ticket} --photo other.jpg")).ok();
    assert_eq!(count(), "2");
}

#[test]
fn a_directory_in_the_place_of_a_grid_is_found_by_check() {
    let desk = Desk::mending();
    let ticket = desk.ticket("2026-03-01");
    fs::create_dir_all(desk.path("forms/repair.toml")).unwrap();
    desk.cs(&format!("print {ticket}")).refused(1).says(["forms/repair.toml"]);
    let found = desk.found();
    assert_eq!(found.iter().filter(|place| place.contains("forms/repair.toml")).count(), 1, "{found:?}");
}

#[test]
fn without_a_browser_a_pdf_is_refused_and_the_html_way_is_told() {
    let desk = desk();
    let refused = desk.cs("print DD-261118-YX-1 --format pdf").env("CS_BROWSER", "/no/such/browser").refused(1);
    refused.says(["browser", "--format html"]);
    assert!(!desk.home().join("DD-261118-YX-1.pdf").exists());
}

#[cfg(unix)]
#[test]
fn a_pdf_comes_from_the_browser_that_cs_browser_names() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk();
    let browser = desk.home().join("browser");
    let script = "#!/bin/sh\nfor word; do case $word in --print-to-pdf=*) printf '%%PDF-1.4 made' > \"${word#*=}\";; esac; done\n";
    fs::write(&browser, script).unwrap();
    fs::set_permissions(&browser, fs::Permissions::from_mode(0o755)).unwrap();
    desk.cs("print DD-261118-YX-1 --format pdf").env("CS_BROWSER", &browser).ok().prints(["DD-261118-YX-1.pdf"]);
    assert!(fs::read(desk.home().join("DD-261118-YX-1.pdf")).unwrap().starts_with(b"%PDF"));
}

#[test]
fn what_a_record_holds_is_harmless_on_paper() {
    let desk = Desk::plain();
    let order = desk.order();
    desk.cs(&format!("order edit {order} --brand placeholder")).ok();
    let file = common::file_of(&order);
    desk.swap(&file, "Acme Store 7", "A\\u001b[31m\\u202eB");
    let text = desk.cs(&format!("print {order}")).ok().stdout;
    assert!(text.contains("A␛[31m<U+202E>B"), "{text}");
    assert!(!text.contains(['\u{1b}', '\u{202e}']));
}

#[test]
fn titles_and_labels_have_their_roles() {
    pages(&desk(), |name, page| {
        let roles: Vec<Role> = page.placed().map(|p| p.cell.role).collect();
        // What has no lines has no heads over them.
        let lines = BUILT_IN.iter().find(|grid| grid.name == name).and_then(|grid| spec_of(grid.kind).lines);
        assert!(roles.contains(&Role::Title) && (roles.contains(&Role::Head) || lines.is_none()), "{name}");
        let heads = page.blocks.iter().filter(|block| block.heads > 0);
        for block in heads {
            assert!(
                block.rows[..block.heads].iter().flat_map(|row| &row.cells).all(|c| c.role == Role::Head),
                "{name}"
            );
        }
    });
}
