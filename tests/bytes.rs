//! A command changes only the bytes that it means to: comments, unknown keys and columns, column order, BOM, CRLF,
//! hand-made blank lines and a missing final newline survive every kind of write.

mod common;

use common::{Desk, Files, file_of};

/// Runs a command; exactly one file may differ. What it held before and after.
#[track_caller]
fn one_file(desk: &Desk, by: &str, line: &str, path: &str) -> (String, String) {
    let before: Files = desk.files();
    desk.cs(line).by(by).ok();
    let after = desk.files();
    let differing: Vec<&String> = after.iter().filter(|(p, b)| before.get(*p) != Some(b)).map(|(p, _)| p).collect();
    assert_eq!(differing, [path], "{line}");
    assert!(before.keys().all(|path| after.contains_key(path)), "{line} removed a file");
    (String::from_utf8(before[path].clone()).unwrap(), String::from_utf8(after[path].clone()).unwrap())
}

/// How a hand left a file.
#[derive(Clone, Copy, Debug)]
struct Hand {
    bom: bool,
    crlf: bool,
    final_newline: bool,
}

const HANDS: [Hand; 4] = [
    Hand { bom: false, crlf: false, final_newline: true },
    Hand { bom: true, crlf: true, final_newline: true },
    Hand { bom: true, crlf: false, final_newline: false },
    Hand { bom: false, crlf: true, final_newline: false },
];

impl Hand {
    /// Leaves a file as this hand would.
    fn over(self, desk: &Desk, path: &str) {
        let mut text = desk.read(path).replace("\r\n", "\n");
        if !self.final_newline {
            text.truncate(text.trim_end_matches('\n').len());
        }
        if self.crlf {
            text = text.replace('\n', "\r\n");
        }
        desk.write(path, if self.bom { format!("\u{feff}{text}") } else { text });
    }

    fn newline(self) -> &'static str {
        if self.crlf { "\r\n" } else { "\n" }
    }

    /// BOM and line ends are still this hand's.
    #[track_caller]
    fn kept(self, text: &str, what: &str) {
        assert_eq!(text.starts_with('\u{feff}'), self.bom, "{self:?} {what}: BOM");
        assert_eq!(text.matches('\u{feff}').count(), usize::from(self.bom), "{self:?} {what}: BOM doubled");
        let (all, crlf) = (text.matches('\n').count(), text.matches("\r\n").count());
        assert_eq!(crlf, if self.crlf { all } else { 0 }, "{self:?} {what}: line ends of {text:?}");
    }
}

/// An order as hands have left it: comments, keys and blank lines that `cs` knows nothing of.
fn marked_order(desk: &Desk) -> String {
    let order = desk.order();
    let path = file_of(&order);
    desk.swap(
        &path,
        "brand = \"Acme\"\n",
        "# asked twice  \nbrand   =   \"Acme\"   # sic\n\n\nour_own = [1, 2]  # kept\n",
    );
    desk.swap(&path, "[[line]]\n", "[[line]]  # one line\ncolour = \"red\"\n");
    desk.swap(&path, "do = \"new\"\n", "# the first step\ndo = \"new\"\nweather = \"rain\"\n");
    desk.append(&path, "\n# the end\n");
    order
}

#[test]
fn a_step_is_appended_and_nothing_else_changes() {
    for hand in HANDS {
        let desk = Desk::plain();
        let order = marked_order(&desk);
        let path = file_of(&order);
        hand.over(&desk, &path);
        for line in [
            format!("order confirm {order} --note '行1 \"q\" \\ #'"),
            format!("order plan {order} --finish wood=12-01"),
            format!("order change {order} --line SHELF=12@120 --wanted-by 12-12"),
            format!("void {order} --step 4 --note mistake"),
        ] {
            let (before, after) = one_file(&desk, "YX", &line, &path);
            let added = after.strip_prefix(&before).unwrap_or_else(|| panic!("{hand:?} {line}: {after}"));
            assert!(added.trim_start().starts_with("[[step]]"), "{hand:?} {line}: {added:?}");
            assert!(added.ends_with(hand.newline()), "{hand:?} {line}: {added:?}");
            hand.kept(&after, &line);
        }
        assert_eq!(desk.show(&order)["steps"].as_array().unwrap().len(), 5);
        desk.is_sound();
    }
}

#[test]
fn an_edit_rewrites_one_line_and_appends_its_step() {
    for hand in HANDS {
        let desk = Desk::plain();
        let order = marked_order(&desk);
        let path = file_of(&order);
        hand.over(&desk, &path);
        let (before, after) = one_file(&desk, "YX", &format!("order edit {order} --brand Other"), &path);
        let expected = before.replacen("\"Acme\"   # sic", "\"Other\"   # sic", 1);
        let added = after.strip_prefix(&expected).unwrap_or_else(|| panic!("{hand:?}: {after}\nfrom {before}"));
        assert!(added.contains("do = \"edit\"") && added.contains("brand was Acme"), "{added}");
        hand.kept(&after, "edit");

        let (before, after) = one_file(&desk, "YX", &format!("order edit {order} --source mail"), &path);
        let gone: Vec<&str> = before.lines().filter(|line| !after.lines().any(|l| l == *line)).collect();
        let new: Vec<&str> = after.lines().filter(|line| !before.lines().any(|l| l == *line)).collect();
        assert_eq!(gone, Vec::<&str>::new(), "{hand:?}: adding a field takes no line away");
        assert!(new.contains(&"source = \"mail\""), "{new:?}");
        hand.kept(&after, "edit of an absent field");

        let (before, after) = one_file(&desk, "YX", &format!("order edit {order} --clear brand"), &path);
        let gone: Vec<&str> = before.lines().filter(|line| !after.lines().any(|l| l == *line)).collect();
        assert!(gone.iter().all(|line| line.contains("brand") || line.contains("asked twice")), "{hand:?}: {gone:?}");
        assert!(after.contains("our_own = [1, 2]  # kept"), "{after}");
        hand.kept(&after, "clear");
        desk.is_sound();
    }
}

#[test]
fn an_edit_of_the_lines_leaves_header_and_steps_alone() {
    for hand in HANDS {
        let desk = Desk::plain();
        let order = marked_order(&desk);
        let path = file_of(&order);
        let edit = format!("order edit {order} --line RACK=3@300 --line SHELF=1");
        // Lines are replaced whole, so what somebody wrote into them would be lost.
        desk.cs(&edit).refused(1).says(["comments or keys of your own", "cs order change"]);
        let text = desk.read(&path);
        let (header, rest) = text.split_once("[[line]]").unwrap();
        let steps = &rest[rest.find("[[step]]").unwrap()..];
        let line = "[[line]]\nmodel = \"SHELF\"\nquantity = 10\nprice = \"120.00\"\n\n";
        desk.write(&path, format!("{header}{line}{steps}"));
        hand.over(&desk, &path);
        let (before, after) = one_file(&desk, "YX", &edit, &path);
        let newline = hand.newline();
        let header = before.split("[[line]]").next().unwrap();
        assert!(after.starts_with(header), "{hand:?}: {after}");
        let steps = &before[before.find("[[step]]").unwrap()..];
        assert!(after.contains(steps), "{hand:?}: {after}");
        let lines =
            format!("[[line]]{newline}model = \"RACK\"{newline}quantity = 3{newline}price = \"300.00\"{newline}");
        assert!(after.contains(&lines), "{hand:?}: {after}");
        hand.kept(&after, "lines");
        let shown = desk.show(&order);
        assert_eq!(shown["lines"].as_array().unwrap().len(), 2);
        desk.is_sound();
    }
}

/// customers.csv with its columns in another order, two of nobody's, quotes and a blank line.
fn marked_customers(desk: &Desk) -> &'static str {
    let text = "mood,name,code,owner,assigned_on,contacted_on,status,phone,\"our, own\",brand\n\
                calm,\"Acme, \"\"Retail\"\"\",ACME,YX,2026-01-05,2026-01-06,active,0086,  x  ,\n\
                \n\
                ,Star River,RIVER,ZL,2026-01-05,2026-01-06,,,\"two\nlines\",B\n";
    desk.write("lists/customers.csv", text);
    "lists/customers.csv"
}

#[test]
fn a_row_is_added_as_one_line() {
    for hand in HANDS {
        let desk = Desk::plain();
        let path = marked_customers(&desk);
        hand.over(&desk, path);
        let add =
            "customer add NEW --name 'New, \"Co\"' --phone 0571 --owner YX --assigned-on today --contacted-on today";
        let (before, after) = one_file(&desk, "WM", add, path);
        let newline = hand.newline();
        let parted = if hand.final_newline { "" } else { newline };
        let row = ",\"New, \"\"Co\"\"\",NEW,YX,2026-11-18,2026-11-18,,0571,,";
        assert_eq!(after, format!("{before}{parted}{row}{newline}"), "{hand:?}");
        desk.is_sound();
    }
}

#[test]
fn an_edit_of_a_row_rewrites_that_line_and_assign_too() {
    for hand in HANDS {
        let desk = Desk::plain();
        let path = marked_customers(&desk);
        hand.over(&desk, path);
        let (before, after) = one_file(&desk, "WM", "customer edit ACME --phone 0099 --brand A", path);
        let row = "calm,\"Acme, \"\"Retail\"\"\",ACME,YX,2026-01-05,2026-01-06,active,0086,  x  ,";
        let new = "calm,\"Acme, \"\"Retail\"\"\",ACME,YX,2026-01-05,2026-01-06,active,0099,  x  ,A";
        assert_eq!(after, before.replacen(row, new, 1), "{hand:?}");
        let (before, after) = one_file(&desk, "WM", "customer assign RIVER --to YX", path);
        let (row, new) = (",Star River,RIVER,ZL,2026-01-05,", ",Star River,RIVER,YX,2026-11-18,");
        assert_eq!(after, before.replacen(row, new, 1), "{hand:?}");
        let (before, after) = one_file(&desk, "WM", "customer edit RIVER --clear brand", path);
        let (row, new) = (format!("two{0}lines\",B", hand.newline()), format!("two{0}lines\",", hand.newline()));
        assert_eq!(after, before.replacen(&row, &new, 1), "{hand:?}");
        desk.cs("customer edit ACME --region South").by("WM").refused(1).says(["no column region", "first line"]);
    }
}

#[test]
fn every_list_can_be_added_to_and_edited_without_a_trace_elsewhere() {
    for (list, file, add, edit) in [
        ("staff", "staff", "XX --name X --roles qa", "XX --phone 1"),
        ("site", "sites", "S1 --mall Mall", "S1 --city C"),
        ("product", "products", "LAMP --name Lamp", "LAMP --price 5"),
        ("agency", "agencies", "A1 --name Signs", "A1 --city C"),
        ("carrier", "carriers", "C1 --name Trucks", "C1 --lines 'A-B 280/m3'"),
        ("directory", "directory", "D1 --tenant Tea", "D1 --line North"),
        ("insurance", "policies", "P1 --insurer I --kind cargo --from 2026-01-01 --to 2026-12-31", "P1 --sum 9"),
        ("calendar", "calendar", "2026-12-05 --kind working", "2026-12-05 --note swap"),
    ] {
        let desk = Desk::plain();
        let path = format!("lists/{file}.csv");
        desk.write(&path, desk.read(&path).replace('\n', ",mine\r\n").replacen(",mine", ",ours", 1));
        let (before, after) = one_file(&desk, "WM", &format!("{list} add {add}"), &path);
        let row = after.strip_prefix(&before).unwrap();
        assert!(row.matches('\n').count() == 1 && row.ends_with(",\r\n"), "{list}: {row:?}");
        let (before, after) = one_file(&desk, "WM", &format!("{list} edit {edit}"), &path);
        let changed: Vec<_> = before.lines().zip(after.lines()).filter(|(old, new)| old != new).collect();
        assert_eq!((changed.len(), before.lines().count()), (1, after.lines().count()), "{list}: {changed:?}");
        assert!(changed[0].1.ends_with(','), "{list}: its own column stays empty: {changed:?}");
        desk.is_sound();
    }
}
