//! What scripts and terminals rely on: JSON and its keys, exit codes, streams, `--dry-run`, `--quiet`.

mod common;

use std::fs;

use common::{Desk, file_of};
use serde_json::Value;

/// The keys of a document in order; an array by its first element.
fn keys(value: &Value) -> String {
    let below = |value: &Value| match value {
        Value::Array(items) if !items.first().is_some_and(Value::is_object) => String::new(),
        Value::Array(_) | Value::Object(_) => format!(" {}", keys(value)),
        _ => String::new(),
    };
    match value {
        Value::Object(object) => {
            let keys: Vec<String> = object.iter().map(|(key, value)| format!("{key}{}", below(value))).collect();
            format!("{{ {} }}", keys.join(", "))
        }
        Value::Array(items) => format!("[ {} ]", items.first().map(keys).unwrap_or_default()),
        _ => String::new(),
    }
}

#[test]
fn the_keys_of_every_json_answer_are_a_contract() {
    let desk = Desk::new();
    let order = desk.confirmed();
    desk.git(&["tag", "begun"]);
    let shipment = desk.departed(&order, "SHELF=10");
    let receipt = desk.received(&shipment, "SHELF=9:damaged=1");
    std::fs::write(desk.home().join("rows.csv"), "code,name,grade\nADD,Added,A\nNEW,New,B\n").unwrap();
    let mut contract = String::new();
    let mut note = |line: &str, answer: &Value| contract.push_str(&format!("cs {line}\n  {}\n", keys(answer)));
    let plan = "--wanted-by 12-10 --consignee S --deliver-to T";
    fs::write(desk.home().join("s.csv"), format!("No,Freight\n{shipment},800\n")).unwrap();
    for line in [
        &format!("order new --customer ACME {plan} --line SHELF=1@120 --source web --note n"),
        &format!("order delay {order} --until 12-20 --reason paint --told"),
        "order edit DD-261118-YX-2 --brand B",
        &format!("show {order}"),
        &format!("print {order}"),
        &format!("show {shipment}"),
        &format!("show {receipt}"),
        "complain new --customer ACME --channel hotline --content late --criteria safety",
        "improve new --born-of TS-261118-YX-1 --problem late",
        "improve analyse ZG-261118-YX-1 --analyst Luo --finding slow",
        "improve plan ZG-261118-YX-1 --measure m --department d --due 2026-12-01",
        "show ZG-261118-YX-1",
        "show TS-261118-YX-1",
        "complain clock TS-261118-YX-1",
        "visit log acme --satisfaction 2 --content x",
        "show HF-261118-YX-1",
        "visit round --all",
        "visit summary",
        "visit list",
        "order list",
        "ship list",
        "ship receipts",
        "todo --until +60 --explain",
        &format!("log {order}"),
        "void DD-261118-YX-2 --note mistake",
        "ship statement s.csv --carrier FAST --month 2026-11",
        "ship decide FAST 2026-11 2 accept --note n --by LW",
        "ship settle --carrier FAST --month 2026-11 --by LW",
        "ship payment --carrier FAST --month 2026-11",
        "report freight 2026-11",
        "report improvements 2026-11",
        "report month 2026-11",
        "report orders 2026-11",
        "report complaints 2026-11",
        "report sla 2026-11",
        "insurance add P1 --insurer I --kind cargo --from 2026-01-01 --to 2026-12-31 --sum 1000 --premium 10",
        "claim new DH-261118-YX-1 --what crushed --loss SHELF=1@120",
        "show LP-261118-YX-1",
        "claim list",
        "report claims 2026-11",
        "report diff begun HEAD month 2026-11",
        "report due --since 2026-11-18 --now 2026-11-23T06:00",
        "report file week --now 2026-11-23T06:00",
        "customer add NEW --name New",
        "customer edit NEW --grade A",
        "customer assign NEW",
        "customer import rows.csv",
        "customer show ACME",
        "customer grade",
        "customer credit ACME",
        "customer silent --days 1",
        "report customers 2026-11",
        "customer list",
        "staff list",
        "site list",
        "product list",
        "agency list",
        "carrier list",
        "directory list",
        "insurance list",
        "calendar list",
        "consult new --customer ACME --about price --what x",
        "consult turn-into complaint ZX-261118-YX-1",
        "show ZX-261118-YX-1",
        "carrier edit FAST --lines 'Here-There 380/m3 5-7d'",
        "consult lookup freight there 2m3",
        "report consults 2026-11",
        "score add YX --clause D3.1 --evidence x --by LW",
        "train plan test --when 2026-11-18T09:00:00+08:00 --attendees 'YX;ZL'",
        "train mark PX-261118-YX-1 --staff YX --points 50 --by LW",
        "show PX-261118-YX-1",
        "train list",
        "report training 2026-11",
        "score ledger",
        "score standing",
        "score clauses",
        "qa score YX --marks answer=25 --by LW",
        "qa contest ZJ-261118-LW-1 --reason x",
        "qa amend ZJ-261118-LW-1 --marks full --reason x --by WM",
        "qa items",
        "qa list --all",
        "report qa 2026-11",
        "shift roster YX --on 2026-11-18 --span 08:00-16:00",
        "shift in -",
        "shift hand-over - --summary quiet --points 'call back'",
        "show BC-261118-YX-1",
        "shift plan YX --on 2026-11-19 --until 2026-11-20 --span early",
        "shift list",
        "shift week",
        "report shifts 2026-W47",
        "visit log ACME --satisfaction 5 --praise spoken",
        "score proposals",
        "score accept a1.3 --by LW",
        "score month",
        "score month YX",
        "report scores 2026-11",
    ] {
        let done = desk.cs(&format!("{line} --json")).ok();
        assert_eq!(done.stderr, "", "{line}");
        note(line, &done.json());
    }
    desk.swap(&file_of(&order), "quantity = 10", "quantity = 0");
    let done = desk.cs("check --json").refused(1);
    note("check", &serde_json::from_str(&done.stdout).unwrap());
    insta::assert_snapshot!(contract);
}

#[test]
fn json_holds_times_with_offset_and_digits_as_strings() {
    let desk = Desk::plain();
    let order = desk.show(&desk.order());
    assert_eq!(order["kind"], "order");
    assert_eq!(order["steps"][0]["at"], "2026-11-18T10:00:00+08:00");
    assert_eq!((&order["lines"][0]["quantity"], &order["derived"]["total"]), (&"10".into(), &"1200.00".into()));
}

#[test]
fn a_closed_pipe_is_no_error() {
    let desk = Desk::plain();
    desk.order();
    for line in
        ["order list", "todo", "show -", "--help", "order --help", "customer list --format csv", "show - --json"]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut process = desk.cs(line).process();
        let out = process.stdout(writer).output().unwrap();
        let told = String::from_utf8_lossy(&out.stderr);
        assert_eq!((out.status.code(), told.as_ref()), (Some(0), ""), "{line}");
    }
}

#[test]
fn no_escape_goes_into_a_pipe() {
    let desk = Desk::new();
    let order = desk.confirmed();
    for line in [&*format!("show {order}"), "todo --until +9", "order list", "--help", "order new", "nonsense", "check"]
    {
        for env in [("NO_COLOR", "1"), ("TERM", "xterm-256color"), ("CLICOLOR_FORCE", "0")] {
            let done = desk.cs(line).env(env.0, env.1).done();
            assert!(!done.stdout.contains('\u{1b}') && !done.stderr.contains('\u{1b}'), "{done}");
        }
    }
}

#[test]
fn what_a_record_holds_is_shown_and_not_obeyed() {
    let desk = Desk::new();
    let evil = "\u{1b}[31mred\u{7}\u{202e}evil\rover\u{9b}x";
    let words = ["--wanted-by", "12-10", "--deliver-to", "T", "--line", "SHELF=1", "--consignee", evil];
    let order = desk.run(["order", "new", "--customer", "ACME"].into_iter().chain(words)).ok().number();
    desk.run(["order", "confirm", &order, "--note", evil]).ok();
    desk.run(["order", "delay", &order, "--until", "12-20", "--reason", evil]).ok();
    desk.run(["customer", "edit", "ACME", "--name", evil]).ok();
    assert_eq!(desk.show(&order)["consignee"], evil, "kept as it is");
    let raw = ['\u{1b}', '\u{7}', '\u{202e}', '\r', '\u{9b}'];
    desk.swap(&file_of(&order), "customer = \"ACME\"", &format!("customer = \"{}\"", "\u{202e}evil"));
    for line in [&*format!("show {order}"), "todo", "order list", "customer list", "check", &format!("log {order}")] {
        for line in [line.to_string(), format!("{line} --json")] {
            let done = desk.cs(&line).done();
            assert!(
                !raw.iter().any(|c| done.stdout.contains(*c) || done.stderr.contains(*c)),
                "{done:?}",
                done = done.to_string()
            );
        }
    }
    let named = desk.run(["order", "new", "--customer", evil]).refused(1);
    assert!(!raw.iter().any(|c| named.stderr.contains(*c)), "{:?}", named.stderr);
    desk.run(["order", "list", "--format", evil]).refused(2);
    let wrong = desk.run([evil]).refused(2);
    assert!(!raw.iter().any(|c| wrong.stderr.contains(*c)), "{:?}", wrong.stderr);
    let message = desk.git(&["log", "--format=%B"]);
    assert!(!message.contains('\u{1b}'), "{message:?}");
}

#[test]
fn dry_run_shows_the_difference_and_writes_nothing() {
    let desk = Desk::new();
    let order = desk.order();
    let path = file_of(&order);
    let dry = |line: &str| desk.cs(&format!("{line} --dry-run")).refused(0).stdout;
    let new = dry("order new --customer ACME --wanted-by 12-10 --consignee S --deliver-to T --line SHELF=3");
    assert!(new.starts_with("--- /dev/null\n+++ orders/2026/11/DD-261118-YX-2.toml\n"), "{new}");
    assert!(new.contains("+quantity = 3\n"), "{new}");
    let step = dry(&format!("order confirm {order}"));
    assert!(step.starts_with(&format!("--- {path}\n+++ {path}\n")) && step.contains("+do = \"confirm\"\n"), "{step}");
    let edit = dry(&format!("order edit {order} --brand Other"));
    assert!(edit.contains("-brand = \"Acme\"\n+brand = \"Other\"\n"), "{edit}");
    assert!(dry(&format!("void {order} --note mistake")).contains("+do = \"void\"\n"));
    assert!(dry("customer add NEW --name New").contains("+NEW,New,"));
    assert!(dry("customer assign ACME --to YX").contains("YX,2026-11-18"));
    let photo = desk.home().join("p.jpg");
    fs::write(&photo, b"x").unwrap();
    dry(&format!("order expedite {order} --attach {}", photo.display()));
    desk.cs("order confirm nothing --dry-run").refused(1);
    desk.cs("init other --dry-run").here(desk.home()).env("CS_DIR", "").ok();
    assert!(!desk.home().join("other").exists());
}

#[test]
fn quiet_says_nothing_beside_the_answer() {
    let desk = Desk::new();
    let plan = "--wanted-by 12-10 --consignee S --deliver-to T --line SHELF=3";
    let made = desk.cs(&format!("order new --customer ACME {plan} -q")).ok();
    assert_eq!((made.stdout.as_str(), made.stderr.as_str()), ("DD-261118-YX-1\n", ""));
    for line in [
        "order confirm - -q",
        "order edit - --brand B --quiet",
        "customer edit ACME --region R -q",
        "check -q",
        "commit -q",
    ] {
        desk.cs(line).ok().silent();
    }
    desk.cs("todo --until tomorrow -q").ok().prints(["R10"]);
    desk.cs("order confirm - -q").refused(1).says(["can't be done now"]);
}

/// Refuses every commit until it is removed.
fn refusing_hook(desk: &Desk) -> std::path::PathBuf {
    let hook = desk.path(".git/hooks/pre-commit");
    fs::create_dir_all(hook.parent().unwrap()).unwrap();
    fs::write(&hook, "#!/bin/sh\necho 'the hook says no' >&2\nexit 1\n").unwrap();
    #[cfg(unix)]
    fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    hook
}

#[test]
fn exit_3_is_saved_and_not_committed_and_the_next_command_commits_it() {
    let desk = Desk::new();
    let head = desk.head();
    let hook = refusing_hook(&desk);
    let plan = "--wanted-by 12-10 --consignee S --deliver-to T --line SHELF=3";
    let made = desk.cs(&format!("order new --customer ACME {plan}")).fails(3);
    assert_eq!(made.number(), "DD-261118-YX-1");
    made.says(["saved, not committed", "the hook says no", "cs commit"]);
    desk.cs("order confirm -").lang("zh").fails(3).says(["已保存，但未提交到 git", "cs commit"]);
    assert_eq!(desk.head(), head);
    assert!(desk.read(&file_of("DD-261118-YX-1")).contains("do = \"confirm\""));
    desk.cs("commit").fails(3);
    fs::remove_file(&hook).unwrap();
    desk.cs("commit").ok();
    assert_eq!(
        (desk.git(&["status", "--porcelain"]), desk.touched()),
        (String::new(), vec![file_of("DD-261118-YX-1")])
    );
    desk.cs("commit").ok();

    let hook = refusing_hook(&desk);
    desk.cs("carrier add C1 --name Trucks").fails(3);
    fs::remove_file(&hook).unwrap();
    let before = desk.git(&["rev-list", "--count", "HEAD"]).trim().parse::<u32>().unwrap();
    desk.cs("order plan - --finish wood=12-01").ok();
    let after = desk.git(&["rev-list", "--count", "HEAD"]).trim().parse::<u32>().unwrap();
    assert_eq!((after - before, desk.git(&["status", "--porcelain"])), (2, String::new()));
    desk.is_sound();
}

#[test]
fn what_a_hand_changed_is_left_to_the_hand() {
    let desk = Desk::new();
    desk.append("lists/carriers.csv", "HAND,By Hand,,,\n");
    desk.order();
    assert_eq!(desk.git(&["status", "--porcelain"]), " M lists/carriers.csv\n");
    desk.cs("commit").ok().says(["changed by hand", "lists/carriers.csv"]);
}

#[test]
fn a_form_may_come_from_a_file_or_standard_input() {
    let desk = Desk::plain();
    let form = "customer = \"retail\"\nwanted_by = 2026-12-10\nconsignee = \"S\"\ndeliver_to = \"T\"\n\n\
                [[line]]\nmodel = \"SHELF\"\nquantity = 3\n";
    let order = desk.cs("order new --from -").input(form).ok().number();
    fs::write(desk.home().join("form.toml"), form.replace("3", "4")).unwrap();
    let other = desk.cs("order new --from form.toml --consignee U").here(desk.home()).ok().number();
    let (one, two) = (desk.show(&order), desk.show(&other));
    assert_eq!((&one["customer"], &one["lines"][0]["quantity"]), (&"ACME".into(), &"3".into()));
    assert_eq!((&two["consignee"], &two["lines"][0]["quantity"]), (&"U".into(), &"4".into()));
    let wrong = form.replace("quantity = 3", "quantity = 0\ncolour = 1").replace("2026-12-10", "\"2026-02-30\"");
    desk.cs("order new --from -").input(wrong).refused(1).says(["-:2:13", "-:8:12"]);
    desk.cs("order new --from -").input([0xff, 0xfe]).refused(1).says(["not UTF-8"]);
    desk.cs("order new --from nowhere.toml").refused(1).says(["nowhere.toml can't be read"]);
    // What is too long is not cut off and taken for the whole.
    let long = format!("{form}#{}\n", "x".repeat(1 << 20));
    desk.cs("order new --from -").input(long).refused(1).says(["larger than 1 MiB"]);
}

#[test]
fn lists_come_as_text_markdown_csv_and_json() {
    let desk = Desk::plain();
    let order = desk.order();
    desk.cs("order list --format csv").ok().prints(["number,state,customer", &format!("{order},new,Acme Retail")]);
    desk.cs("order list --format md").ok().prints(["| Number", &format!("| {order}")]);
    desk.cs("order list --format csv").lang("zh").ok().prints(["number,state,customer"]);
    assert_eq!(desk.cs("order list --format json").ok().json()[0]["number"], order);
    for (flags, count) in
        [("", 1), ("retail", 1), ("river", 0), ("--state new", 1), ("--made 2026-10", 0), ("--made today", 1)]
    {
        let rows = desk.cs(&format!("order list {flags} --json")).ok().json();
        assert_eq!(rows.as_array().unwrap().len(), count, "{flags}");
    }
    desk.cs("order list --state nowhere").refused(1).says(["one of: new, confirmed"]);
    desk.cs("order list --made someday").refused(1).says(["2026-W47"]);
}
