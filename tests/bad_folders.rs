//! One minimal bad folder for each problem that `cs check` can find: its code at its file, line and column, exit 1, no
//! hang; and no writing command ever rewrites what can't be read.

mod common;

use common::{Desk, file_of};

/// The order that most of these folders hold.
const ORDER: &str = "orders/2026/11/DD-261118-YX-1.toml";
const CUSTOMERS: &str = "lists/customers.csv";

/// A sound folder with one confirmed order.
fn desk() -> Desk {
    let desk = Desk::plain();
    assert_eq!(file_of(&desk.confirmed()), ORDER);
    desk
}

/// The folder has exactly these problems; and these commands are refused and write nothing.
#[track_caller]
fn bad(desk: &Desk, problems: &[&str], refused: &[&str]) {
    assert_eq!(desk.found(), problems);
    for line in refused {
        desk.cs(line).by("WM").refused(1);
    }
}

const PROGRESS: &str = "order progress DD-261118-YX-1";
const EDIT: &str = "order edit DD-261118-YX-1 --brand B";
const VOID: &str = "void DD-261118-YX-1 --step 2 --note x";
const SHOW: &str = "show DD-261118-YX-1";
const ADD: &str = "customer add NEW --name New";
const CHANGE: &str = "customer edit ACME --brand B";
const ASSIGN: &str = "customer assign ACME --yes";

/// Changes the order by hand from one piece to another: one problem, at its place.
#[track_caller]
fn bad_order(old: &str, new: &str, problem: &str, refused: &[&str]) {
    let desk = desk();
    desk.swap(ORDER, old, new);
    let (code, place) = problem.split_once(' ').unwrap();
    bad(&desk, &[&format!("{code} {ORDER}:{place}")], refused);
}

/// Writes the list of customers by hand: one problem, at its place.
#[track_caller]
fn bad_list(text: &[u8], problems: &[&str], refused: &[&str]) {
    let desk = Desk::plain();
    desk.write(CUSTOMERS, text);
    let problems: Vec<String> = problems
        .iter()
        .map(|problem| problem.split_once(' ').map(|(code, place)| format!("{code} {CUSTOMERS}:{place}")).unwrap())
        .collect();
    bad(&desk, &problems.iter().map(String::as_str).collect::<Vec<_>>(), refused);
}

#[test]
fn a_record_that_can_not_be_read() {
    let all = &[PROGRESS, EDIT, VOID, SHOW];
    bad_order("customer = \"ACME\"", "customer = \"ACME", "toml.syntax 1:17", all);
    bad_order("wanted_by = ", "wanted_by : ", "toml.syntax 5:11", all);
    bad_order("[[line]]", "<<<<<<< HEAD\n[[line]]\n=======\n>>>>>>> other", "file.conflict 9:1", all);
    bad_order("wanted_by = 2026-12-10\n", "", "field.missing 1:1", all);
    bad_order("wanted_by = 2026-12-10", "wanted_by = 2026-02-30", "toml.syntax 5:13", all);
    bad_order("quantity = 10", "quantity = \"ten\"", "field.value 11:12", all);
    bad_order("quantity = 10", "quantity = 0", "field.value 11:12", all);
    bad_order("price = \"120.00\"", "price = 120.5", "field.value 12:9", all);
    bad_order("[[line]]", "[line]", "field.value 9:1", all);
    bad_order("do = \"confirm\"", "do = \"confrm\"", "step.verb 20:6", all);
    bad_order("do = \"new\"", "do = \"begin\"", "step.verb 15:6", all);
    bad_order("by = \"YX\"", "by = \"Yang Xue\"", "step.by 17:6", all);
    bad_order("at = 2026-11-18T10:00:00+08:00", "at = 2026-11-18", "field.value 16:6", all);
}

#[test]
fn a_record_with_nothing_in_it() {
    let desk = desk();
    desk.write(ORDER, "");
    let missing = ["customer", "wanted_by", "consignee", "deliver_to", "line"];
    let found = desk.found();
    assert_eq!(found.iter().filter(|p| p.ends_with(&format!("{ORDER}:1:1"))).count(), missing.len(), "{found:?}");
}

#[test]
fn a_record_without_a_step() {
    let desk = desk();
    let text = desk.read(ORDER);
    desk.write(ORDER, &text[..text.find("[[step]]").unwrap()]);
    bad(&desk, &[&format!("form.no-step {ORDER}")], &[PROGRESS, EDIT, SHOW]);
}

#[test]
fn a_list_that_can_not_be_read() {
    let all = &[ADD, CHANGE, ASSIGN];
    bad_list(b"", &["csv.no-heads 1:1"], all);
    bad_list(b"code,name\nACME,Acme,x\n", &["csv.long-row 2:11"], all);
    bad_list(b"code,name\nACME\n", &["csv.short-row 2:5"], all);
    bad_list(b"code,name\nACME,\"Acme\n", &["csv.open-quote 2:6"], all);
    bad_list(b"code,name\nACME,\"Acme\"x\n", &["csv.stray-quote 2:12"], all);
    bad_list(b"code,name,name\nACME,Acme,A\n", &["csv.doubled-column 1:11"], all);
    bad_list(b"code,brand\nACME,A\n", &["csv.missing-column 1:1"], all);
    bad_list(b"code,name\nACME,A\nACME,B\n", &["list.double 3:1"], all);
    bad_list(b"code,name\nACME,\n", &["list.value 2:6"], all);
    bad_list(b"code,name,grade\nACME,A,Z\n", &["list.value 2:8"], all);
    bad_list(b"code,name,phone\nACME,A,4.40981E+17\n", &["list.value 2:8"], all);
    bad_list(b"code,name,owner\nACME,A,QQ\n", &["ref.code 2:8"], &[]);
    bad_list(b"code,name\rACME,A\r", &["csv.line-end 1:10"], all);
    let conflict = b"code,name\n<<<<<<< HEAD\nACME,A\n=======\nACME,B\n>>>>>>> other\n";
    bad_list(conflict, &["csv.conflict 2:1", "csv.conflict 4:1", "csv.conflict 6:1"], all);
}

/// The register of settlements of November, with an order in the folder: heads, these entries, nothing else.
#[track_caller]
fn bad_register(entries: &[&str], problems: &[&str], refused: &[&str]) {
    let desk = desk();
    let heads = "at,by,event,account,party,month,statement,line,record,amount,decision,text,note";
    let entries: String = entries.iter().map(|entry| format!("2026-11-{entry}\n")).collect();
    desk.write(REGISTER, format!("{heads}\n{entries}"));
    let problems: Vec<String> = problems
        .iter()
        .map(|problem| problem.split_once(' ').map(|(code, place)| format!("{code} {REGISTER}:{place}")).unwrap())
        .collect();
    bad(&desk, &problems.iter().map(String::as_str).collect::<Vec<_>>(), refused);
}

const REGISTER: &str = "settlements/2026-11.csv";
/// A line of a statement of FAST, imported by YX.
const BILLED: &str = "02T10:00:00+08:00,YX,line,freight,FAST,2026-10,YX-1,2,,800,,W1 800,";
const SETTLE: &str = "ship settle --carrier FAST --month 2026-10";
const IMPORT: &str = "ship statement --carrier FAST --month 2026-10";

#[test]
fn a_register_that_can_not_be_read() {
    let all = &[SETTLE, IMPORT];
    let line = |old: &str, new: &str| BILLED.replace(old, new);
    bad_register(&[&line("+08:00", "")], &["register.value 2:1"], all);
    bad_register(&[&line("YX,line", "Yang,line")], &["register.value 2:27"], all);
    bad_register(&[&line("line,", "lines,")], &["register.value 2:30"], all);
    bad_register(&[&line("freight", "rent")], &["register.value 2:35"], all);
    bad_register(&[&line("2026-10", "2026-13")], &["settlement.row 2:48"], all);
    bad_register(&[&line(",2,", ",0,")], &["register.value 2:61"], all);
    bad_register(&[&line(",2,", ",,")], &["settlement.row 2:1"], all);
    bad_register(&[&line("800,,W1", "8o0,,W1")], &["register.value 2:64"], all);
    bad_register(&[&line("800,,W1", ",,W1")], &["settlement.row 2:1"], all);
    bad_register(&[&line(",,800", ",FH-1,800")], &["register.value 2:63"], all);
    bad_register(&[&line(",W1 800,", ",W1 800")], &["csv.short-row 2:75"], all);
    bad_register(&[&line("02T", "2T")], &["register.value 2:1"], all);
    let october = BILLED.replace("02T10:00:00+08:00", "01T00:00:00+09:00");
    bad_register(&[&october], &["register.month 2:1"], all);
    let nobody = line("YX,line", "QQ,line");
    bad_register(&[&nobody], &["ref.staff 2:1"], &[]);
    bad_register(&[&line("FAST", "FASTER")], &["ref.code 2:1"], &[]);
}

#[test]
fn r16_entries_that_do_not_belong_together() {
    let entry = |time: &str, by: &str, rest: &str| format!("{time}:00+08:00,{by},{rest}");
    let decide =
        |line: &str, rest: &str| entry("02T11:00", "LW", &format!("decide,freight,FAST,2026-10,YX-1,{line},,{rest}"));
    let settle = |time: &str, line: &str, record: &str| {
        entry(time, "LW", &format!("settle,freight,FAST,2026-10,YX-1,{line},{record},800,,,"))
    };
    bad_register(&[BILLED, &decide("2", ",accept,,")], &["settlement.row 3:1"], &[SETTLE]);
    bad_register(&[BILLED, &decide("2", ",correct,,why")], &["settlement.row 3:1"], &[SETTLE]);
    bad_register(&[BILLED, &decide("", ",accept,,why")], &["settlement.row 3:1"], &[SETTLE]);
    bad_register(&[BILLED, &decide("7", ",accept,,why")], &["settlement.orphan 3:1"], &[]);
    bad_register(&[&decide("2", ",accept,,why")], &["settlement.orphan 2:1"], &[]);
    bad_register(&[BILLED, &decide("2", ",accept,,why").replace("LW", "YX")], &["sign.own 3:1"], &[]);
    bad_register(&[BILLED, &decide("2", ",accept,,why").replace("LW", "ZL")], &["sign.role 3:1"], &[]);
    bad_register(&[BILLED, &decide("2", "20000.01,correct,,why")], &["sign.limit 3:1"], &[]);
    let paid = settle("02T12:00", "2", "");
    bad_register(&[BILLED, &paid, &settle("02T13:00", "2", "")], &["settlement.twice 4:1"], &[]);
    bad_register(&[BILLED, &settle("02T12:00", "2", "FH-261005-YX-1")], &["ref.record 3:1"], &[]);
    // Under another statement of the same month, and the same record under another month's.
    let other = BILLED.replace("YX-1", "YX-2");
    let under = settle("02T13:00", "2", "").replace("YX-1", "YX-2");
    bad_register(&[BILLED, &other, &paid, &under], &["settlement.twice 5:1"], &[]);
    let september = BILLED.replace("2026-10", "2026-09");
    let order = "DD-261118-YX-1";
    let (first, second) =
        (settle("02T12:00", "2", order), settle("02T13:00", "2", order).replace("2026-10", "2026-09"));
    let wrong = ["ref.record 4:1", "settlement.twice 5:1"];
    bad_register(&[BILLED, &september, &first, &second], &wrong, &[]);
}

#[test]
fn what_lies_among_the_months_of_a_register() {
    let desk = desk();
    desk.write("settlements/november.csv", "at,by\n");
    bad(&desk, &["file.stray settlements/november.csv"], &[SETTLE]);
}

#[test]
fn bytes_that_are_no_text() {
    let all = &[ADD, CHANGE, ASSIGN];
    bad_list("code,name\nACME,客户甲".as_bytes().split_last().unwrap().1, &["not-utf8 2:8"], all);
    bad_list(b"code,name\nACME,\xbf\xcd\xbb\xa7\n", &["not-utf8 2:6"], all);
    bad_list(b"code,name\nAC\0ME,A\n", &["nul-byte 2:3"], all);
    bad_list(b"\xff\xfec\0o\0d\0e\0", &["utf-16 1:1"], all);
    let desk = desk();
    let mut bytes = desk.bytes(ORDER);
    let at = bytes.windows(4).position(|w| w == b"Long").unwrap();
    bytes[at] = 0xe9;
    desk.write(ORDER, &bytes);
    bad(&desk, &[&format!("not-utf8 {ORDER}:7:17")], &[PROGRESS, EDIT, VOID, SHOW]);
    desk.cs("check").refused(1).prints(["0xE9", "GB18030"]);
}

#[test]
fn too_large_and_too_deep() {
    let all = &[PROGRESS, EDIT, VOID, SHOW];
    let desk = desk();
    let sound = desk.read(ORDER);
    desk.write(ORDER, format!("{sound}\n# {}\n", "x".repeat(5 << 20)));
    bad(&desk, &[&format!("too-large {ORDER}")], all);
    desk.write(ORDER, format!("deep = {}{}\n{sound}", "[".repeat(100_000), "]".repeat(100_000)));
    let deep = desk.found();
    assert!(deep.iter().all(|problem| problem.starts_with(&format!("toml.syntax {ORDER}:1:"))), "{deep:?}");
    let wide = format!("code,name{}\nACME,A\n", ",x".repeat(600));
    bad_list(wide.as_bytes(), &["csv.too-wide 1:1"], &[ADD]);
    let sum = format!("[{}]", "sign.".repeat(5_000) + "x");
    desk.write(ORDER, sound);
    desk.write("policy.toml", sum + "\n");
    assert!(!desk.found().is_empty());
}

#[test]
fn what_is_named_must_be_there() {
    bad_order("customer = \"ACME\"", "customer = \"NIKE\"", "ref.code 1:12", &[]);
    bad_order("model = \"SHELF\"", "model = \"SOFA\"", "ref.code 10:9", &[]);
    bad_order("by = \"YX\"", "by = \"QQ\"", "ref.staff 15:6", &[]);
}

#[test]
fn steps_that_can_not_be() {
    let step = |rest: &str| format!("\n[[step]]\nat = 2026-11-18T10:00:00+08:00\nby = \"YX\"\n{rest}\n");
    for (rest, problem) in [
        ("do = \"close\"", "step.order"),
        ("do = \"new\"", "step.verb"),
        ("do = \"void\"\nstep = 9\nnote = \"x\"", "void.step"),
        ("do = \"void\"\nstep = 1\nnote = \"x\"", "void.step"),
        ("do = \"void\"\nstep = 2", "void.note"),
        ("do = \"delay\"\nuntil = 2026-12-20", "field.missing"),
        ("do = \"plan\"", "line.missing"),
    ] {
        let desk = desk();
        desk.append(ORDER, &step(rest));
        let found = desk.found();
        assert!(found[0].starts_with(&format!("{problem} {ORDER}:27:6")), "{rest}: {found:?}");
    }
    bad_order("do = \"confirm\"\nat = 2026-11-18T10", "do = \"confirm\"\nat = 2026-11-18T09", "step.early 20:6", &[]);
    bad_order("do = \"new\"\nat = 2026-11-18T10", "do = \"new\"\nat = 2026-11-17T10", "number.day 15:6", &[]);
}

#[test]
fn paths_that_no_record_can_have() {
    for (path, code) in [
        ("orders/2026/11/notes.txt", "file.stray"),
        ("orders/2026/11/DD-261118-YX-01.toml", "file.stray"),
        ("orders/2026/12/DD-261118-YX-1.toml", "file.stray"),
        ("orders/2026/11/FH-261118-YX-1.toml", "file.stray"),
        ("orders/2026/11/dd-261118-yx-2.toml", "file.stray"),
        ("orders/2026/11/DD-261118-YX-1 (1).toml", "file.stray"),
    ] {
        let desk = desk();
        desk.write(path, desk.bytes(ORDER));
        bad(&desk, &[&format!("{code} {path}")], &[]);
        desk.order();
    }
}

#[cfg(unix)]
#[test]
fn links_pipes_and_directories_in_the_place_of_files() {
    use std::os::unix::fs::symlink;
    let other = "orders/2026/11/DD-261118-YX-2.toml";
    let step = "order confirm DD-261118-YX-2";
    let desk = desk();
    std::fs::write(desk.home().join("outside.toml"), desk.bytes(ORDER)).unwrap();
    symlink("../../../../outside.toml", desk.path(other)).unwrap();
    bad(&desk, &[&format!("link-outside {other}")], &[step]);
    std::fs::remove_file(desk.path(other)).unwrap();
    symlink("nowhere", desk.path(other)).unwrap();
    bad(&desk, &[&format!("broken-link {other}")], &[step]);
    std::fs::remove_file(desk.path(other)).unwrap();
    let made = std::process::Command::new("mkfifo").arg(desk.path(other)).status().unwrap();
    assert!(made.success());
    bad(&desk, &[&format!("not-a-file {other}")], &[step, "show DD-261118-YX-2"]);
    std::fs::remove_file(desk.path(other)).unwrap();
    std::fs::create_dir(desk.path(other)).unwrap();
    bad(&desk, &[&format!("file.stray {other}/")], &[step]);
    std::fs::remove_dir(desk.path(other)).unwrap();
    symlink("/dev/zero", desk.path(other)).unwrap();
    bad(&desk, &[&format!("link-outside {other}")], &[step]);
    std::fs::remove_file(desk.path(other)).unwrap();
    symlink("../../..", desk.path("orders/2026/12")).unwrap();
    desk.cs("check --json").done();
    std::fs::remove_file(desk.path("orders/2026/12")).unwrap();
    desk.is_sound();
    let odd = std::os::unix::ffi::OsStrExt::from_bytes(b"orders/2026/11/DD-\xff.toml");
    let odd = desk.root().join::<&std::ffi::OsStr>(odd);
    std::fs::write(&odd, "").unwrap();
    desk.cs("check").refused(1).prints(["bad-name", "rename the file"]);
    std::fs::remove_file(&odd).unwrap();
    std::fs::remove_file(desk.path(CUSTOMERS)).unwrap();
    let made = std::process::Command::new("mkfifo").arg(desk.path(CUSTOMERS)).status().unwrap();
    assert!(made.success());
    assert!(desk.found().contains(&format!("not-a-file {CUSTOMERS}")));
    for line in [ADD, CHANGE, ASSIGN, "order new --customer ACME"] {
        desk.cs(line).refused(1);
    }
}

#[test]
fn settings_that_are_wrong() {
    let desk = desk();
    desk.swap("cs.toml", "currency = \"CNY\"", "curency = \"CNY\"\ntime_zone2 = 1");
    desk.swap("cs.toml", "\"Asia/Shanghai\"", "\"Mars/Base\"");
    desk.swap("policy.toml", "slip_days = 7", "slip_days = -1\nslip_day = 7");
    desk.append("policy.toml", "\n[[change]]\nshipment.slip_days = 3\n");
    let found = desk.found();
    let count = |code: &str, file: &str| found.iter().filter(|p| p.starts_with(&format!("{code} {file}:"))).count();
    assert_eq!(count("config.key", "cs.toml"), 2, "{found:?}");
    assert_eq!(count("config.value", "cs.toml"), 1, "{found:?}");
    assert_eq!(count("policy.value", "policy.toml"), 1, "{found:?}");
    assert_eq!(count("policy.key", "policy.toml"), 1, "{found:?}");
    assert_eq!(count("policy.from", "policy.toml"), 1, "{found:?}");
    assert_eq!(found.len(), 6, "{found:?}");
    desk.cs(PROGRESS).refused(1).says(["policy.toml", "cs.toml"]);
    for file in ["cs.toml", "policy.toml"] {
        let desk = Desk::plain();
        desk.write(file, "a = \n");
        assert_eq!(desk.found(), [format!("toml.syntax {file}:1:5")]);
        desk.cs("customer add NEW --name New").refused(1);
    }
}

#[test]
fn a_year_without_a_calendar_is_said_so() {
    let mut desk = desk();
    desk.clock("2031-03-05 10:00");
    assert_eq!(desk.found(), ["calendar.year lists/calendar.csv"]);
    desk.cs("calendar add 2031-01-01 --kind off").ok();
    desk.is_sound();
}

#[test]
fn attachments_that_are_gone_or_damaged() {
    let desk = Desk::plain();
    let order = desk.order();
    std::fs::write(desk.home().join("photo one.jpg"), b"a photo").unwrap();
    desk.cs(&format!("order confirm {order} --attach 'photo one.jpg'")).here(desk.home()).ok();
    let name = desk.show(&order)["steps"][1]["attach"][0].as_str().unwrap().to_string();
    let photo = format!("photos/{name}");
    assert_eq!(desk.bytes(&photo), b"a photo");
    desk.is_sound();
    desk.write(&photo, b"another");
    bad(&desk, &[&format!("photo-damaged {ORDER}:20:6")], &[]);
    std::fs::remove_file(desk.path(&photo)).unwrap();
    bad(&desk, &[&format!("photo-missing {ORDER}:20:6")], &[]);
    desk.swap(ORDER, &name, "../cs.toml");
    bad(&desk, &[&format!("photo-name {ORDER}:20:6")], &[]);
    desk.cs(&format!("order expedite {order} --attach nothing.jpg")).refused(1).says(["nothing.jpg"]);
}

#[test]
fn everything_wrong_in_one_folder_is_told_at_once_in_the_order_of_its_files() {
    let desk = Desk::busy();
    desk.swap("cs.toml", "currency = \"CNY\"", "currency = \"yuan\"");
    desk.write("lists/agencies.csv", "code,name\nA\nB,\"x\n");
    desk.swap(ORDER, "brand = \"Acme\"", "brand = 5");
    desk.swap("receipts/2026/11/DH-261118-YX-1.toml", "packaging = \"sound\"", "packaging = \"wet\"");
    desk.write("shipments/2026/11/x", "");
    desk.swap("policy.toml", "weight_a = 3", "weight_a = \"many\"");
    let found = desk.found();
    let codes: Vec<&str> = found.iter().map(|p| p.split(' ').next().unwrap()).collect();
    let expected =
        ["config.value", "csv.short-row", "csv.open-quote", "field.value", "policy.value", "field.value", "file.stray"];
    assert_eq!(codes, expected, "{found:?}");
    let told = desk.cs("check").env("COLUMNS", "120").refused(1).stdout;
    let layout = "error[field.value]: brand has a value that it can't take";
    assert!(told.contains(layout) && told.contains("brand = 5") && told.contains("^"), "{told}");
    assert!(told.contains("help: give a text"), "{told}");
}

#[test]
fn check_takes_files_and_what_is_staged() {
    let desk = Desk::new();
    let (good, bad) = (desk.order(), desk.order());
    desk.swap(&file_of(&bad), "quantity = 10", "quantity = 0");
    desk.cs(&format!("check {}", file_of(&good))).here(&desk.root()).ok().silent();
    desk.cs(&format!("check {}", file_of(&bad))).here(&desk.root()).refused(1).prints(["field.value"]);
    desk.cs("check ../outside.toml lists/staff.csv orders/x.toml").here(&desk.root()).refused(1).prints(["file.stray"]);
    desk.cs("check --staged").ok().silent();
    desk.git(&["add", "."]);
    desk.cs("check --staged").refused(1).prints(["field.value"]);
}
