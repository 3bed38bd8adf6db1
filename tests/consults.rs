//! Consults: who owns them (R26), how soon they are answered (R27), what they turn into, and what callers are told (R2).

mod common;

use common::{Desk, no, no_by};
use cs::consults::outcomes;
use cs::forms::consult::{ASKED, CONSULT};
use serde_json::Value;

fn derived(desk: &Desk, number: &str, key: &str) -> String {
    desk.show(number)["derived"][key].as_str().unwrap_or_default().to_string()
}

/// The open duties of a consult, each as `rule who due`.
fn owed(desk: &Desk, consult: &str) -> Vec<String> {
    let duties = desk.todo("--until 2027-12-31");
    let of_it = duties.iter().filter(|duty| duty["number"] == consult);
    let word = |duty: &Value, key: &str| duty[key].as_str().unwrap()[..].to_string();
    let mut told: Vec<String> = of_it
        .map(|duty| format!("{} {} {}", word(duty, "rule"), word(duty, "who"), &word(duty, "due")[..16]))
        .collect();
    told.sort();
    told
}

/// A command of a consult.
fn step(desk: &Desk, line: &str, consult: &str) {
    desk.cs(&format!("consult {}", line.replace("ZX", consult))).ok();
}

#[test]
fn r26_whoever_takes_it_owns_it_until_answered_also_after_a_hand_on() {
    let mut desk = Desk::plain();
    let consult = desk.consult("");
    assert_eq!(owed(&desk, &consult), ["R27 YX 2026-11-19T10:00"]);
    desk.clock("2026-11-18 11:00");
    step(&desk, "hand-on ZX --to ZL", &consult);
    assert_eq!(owed(&desk, &consult), ["R26 YX 2026-11-19T10:00", "R27 ZL 2026-11-19T10:00"]);
    step(&desk, "hand-on ZX --to LW", &consult);
    assert_eq!(owed(&desk, &consult), ["R26 YX 2026-11-19T10:00", "R27 LW 2026-11-19T10:00"]);
    assert_eq!((derived(&desk, &consult, "owner").as_str(), derived(&desk, &consult, "holder").as_str()), ("YX", "LW"));
    // Handed back, whoever was asked first has it alone again.
    step(&desk, "hand-on ZX --to YX", &consult);
    assert_eq!(owed(&desk, &consult), ["R27 YX 2026-11-19T10:00"]);
    step(&desk, "hand-on ZX --to ZL", &consult);
    desk.cs(&format!("consult answer {consult} --answer 120")).by("ZL").ok();
    assert_eq!(owed(&desk, &consult), [] as [&str; 0]);
    desk.is_sound();
}

#[test]
fn r26_nothing_but_an_answer_ends_a_consult() {
    for step in CONSULT.steps {
        let ends = step.to.is_some_and(|to| CONSULT.is_end(to));
        assert_eq!(ends, step.verb == "answer", "{}", step.verb);
        assert!(step.turn.is_none(), "{}", step.verb);
    }
    let desk = Desk::plain();
    let consult = desk.consult("");
    for verb in ["refuse", "reject", "close", "cancel"] {
        desk.cs(&format!("consult {verb} {consult}")).refused(2);
    }
    for line in ["hand-on ZX --to ZL", "edit ZX --about service", "turn-into complaint ZX"] {
        step(&desk, line, &consult);
        assert_eq!(desk.show(&consult)["state"], "open", "{line}");
    }
    step(&desk, "answer ZX --answer 120", &consult);
    assert_eq!(desk.show(&consult)["state"], "answered");
    // One made by mistake is voided by the usual rule, not shrugged off by a colleague (R66).
    let other = desk.consult("");
    no_by(&desk, "ZL", &format!("void {other} --note 'not mine'"), &["R66"], &["R66"]);
    desk.cs(&format!("void {other} --note 'a wrong number'")).ok();
    assert_eq!(owed(&desk, &other), [] as [&str; 0]);
}

#[test]
fn r27_an_answer_within_24_hours_of_the_real_clock_is_in_time_and_a_minute_later_is_not() {
    // From Friday evening on, by mail too: the clock does not stop for the weekend.
    for (at, state, minutes) in [("2026-11-21 17:30", "met", "1440"), ("2026-11-21 17:31", "missed", "1441")] {
        let mut desk = Desk::plain();
        desk.clock("2026-11-20 17:30");
        let consult = desk.consult("--channel mail");
        assert_eq!(desk.due("R27", &consult).as_deref(), Some("2026-11-21 17:30"));
        desk.clock("2026-11-23 09:00");
        assert_eq!(derived(&desk, &consult, "in_time"), "missed");
        step(&desk, &format!("answer ZX --answer 120 --at '{at}'"), &consult);
        assert_eq!(derived(&desk, &consult, "in_time"), state);
        assert_eq!(derived(&desk, &consult, "minutes"), minutes);
        assert_eq!(&derived(&desk, &consult, "due")[..16], "2026-11-21T17:30");
    }
}

#[test]
fn r27_no_hand_on_stops_the_clock() {
    let mut desk = Desk::plain();
    let consult = desk.consult("");
    desk.clock("2026-11-19 09:59");
    step(&desk, "hand-on ZX --to ZL", &consult);
    assert_eq!(derived(&desk, &consult, "in_time"), "running");
    assert_eq!(desk.due("R27", &consult).as_deref(), Some("2026-11-19 10:00"));
    desk.clock("2026-11-19 10:01");
    assert_eq!(derived(&desk, &consult, "in_time"), "missed");
}

#[test]
fn r27_what_is_asked_again_is_answered_within_24_hours_of_that() {
    let mut desk = Desk::plain();
    let consult = desk.consult("");
    desk.clock("2026-11-18 12:00");
    step(&desk, "answer ZX --answer 120", &consult);
    desk.clock("2026-11-20 15:00");
    step(&desk, "ask-again ZX --what 'and with a lamp?'", &consult);
    assert_eq!(owed(&desk, &consult), ["R27 YX 2026-11-21T15:00"]);
    assert_eq!(derived(&desk, &consult, "round"), "2");
    desk.clock("2026-11-21 15:01");
    step(&desk, "answer ZX --answer 180", &consult);
    let shown = desk.show(&consult);
    let clocks: Vec<String> = shown["derived"]["clocks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|clock| format!("{} {} {}", clock["cycle"], clock["state"], clock["used_minutes"]).replace('"', ""))
        .collect();
    assert_eq!(clocks, ["1 met 120", "2 missed 1441"]);
    desk.is_sound();
}

#[test]
fn r66_a_voided_answer_leaves_the_first_clock_running() {
    let desk = Desk::plain();
    let consult = desk.consult("");
    step(&desk, "answer ZX --answer 12", &consult);
    desk.cs(&format!("void {consult} --step 2 --note 'told the wrong caller'")).ok();
    assert_eq!(owed(&desk, &consult), ["R27 YX 2026-11-19T10:00"]);
    assert_eq!(derived(&desk, &consult, "in_time"), "running");
}

#[test]
fn r68_a_consult_is_held_to_the_target_of_the_day_on_which_it_was_asked() {
    let mut desk = Desk::plain();
    desk.append("policy.toml", "\n[[change]]\nfrom = 2026-11-19\nconsult.answer_target = \"2h real\"\n");
    let consult = desk.consult("");
    desk.clock("2026-11-19 09:00");
    assert_eq!(desk.due("R27", &consult).as_deref(), Some("2026-11-19 10:00"));
    step(&desk, "answer ZX --answer 120", &consult);
    step(&desk, "ask-again ZX --what more", &consult);
    assert_eq!(desk.due("R27", &consult).as_deref(), Some("2026-11-19 11:00"));
}

#[test]
fn r26_somebody_can_be_answered_and_a_hand_on_reaches_a_colleague() {
    let desk = Desk::plain();
    let asked = "consult new --about service --what x";
    no(&desk, asked, &["nobody could be answered", "--phone"], &["没有可以答复的人", "--phone"]);
    for enough in ["--phone 13800138000", "--asker Joe", "--customer RIVER", "--channel desk"] {
        desk.cs(&format!("{asked} {enough}")).ok();
    }
    let consult = desk.consult("");
    let hand_on = |to: &str| format!("consult hand-on {consult} --to {to}");
    no(&desk, &hand_on("YX"), &["holds", "already"], &["已经在 YX 手上"]);
    no(&desk, &hand_on("OLD"), &["not on the staff"], &["不是在职员工"]);
    no(&desk, &hand_on("NOBODY"), &["no staff"], &["没有"]);
    desk.cs(&hand_on("ZL")).ok();
    no(&desk, &hand_on("ZL"), &["holds", "already"], &["已经在 ZL 手上"]);
    desk.is_sound();
}

#[test]
fn r27_nothing_is_answered_before_it_was_asked() {
    let mut desk = Desk::plain();
    let consult = desk.consult("");
    let early = format!("consult answer {consult} --answer 120 --at '2026-11-18 09:59'");
    no(&desk, &early, &["before the record was made"], &["早于登记时间"]);
    desk.clock("2026-11-18 14:00");
    step(&desk, "answer ZX --answer 120 --at 12:00", &consult);
    no(
        &desk,
        &format!("consult ask-again {consult} --what more --at 11:59"),
        &["lies before \"Answered\""],
        &["早于 2026-11-18 12:00 的“答复”"],
    );
    step(&desk, "ask-again ZX --what more --at 13:00", &consult);
    for line in ["answer ZX --answer 180 --at 12:59", "hand-on ZX --to ZL --at 12:59"] {
        let line = format!("consult {}", line.replace("ZX", &consult));
        no(&desk, &line, &["lies before \"Asked again\"", "R27"], &["早于", "再次询问"]);
    }
    step(&desk, "answer ZX --answer 180 --at 13:00", &consult);
    desk.is_sound();
}

/// What each kind of record asks for beyond what a consult knows.
fn wanted(desk: &Desk, kind: &str) -> String {
    match kind {
        "order" => "--wanted-by 2026-12-10 --consignee 'Store 7' --deliver-to '7 Long Road' --line SHELF=2@120".into(),
        "shipment" => {
            let order = desk.confirmed();
            let plan = "--carrier FAST --depart 2026-11-20 --arrive 2026-11-23 --packages 2 --volume 1.5 --freight 800";
            format!("--order {order} {plan} --line SHELF=2")
        }
        "repair" => "--site PLAZA --model SHELF --made-on 2026-03-01 --fault glass=cracked".into(),
        "complaint" => String::new(),
        other => panic!("{other} has no story here"),
    }
}

#[test]
fn r26_a_consult_turns_into_each_kind_of_record_and_the_link_is_kept() {
    let desk = Desk::plain();
    let consult = desk.consult("--channel mobile --asker 'Joe Li' --phone 00442");
    let mut made = Vec::new();
    for kind in outcomes().map(|spec| spec.code) {
        let wanted = wanted(&desk, kind);
        let done = desk.cs(&format!("consult turn-into {kind} {consult} {wanted}")).ok();
        let done = done.says([format!("cs consult answer {consult}").as_str()]);
        let number = done.number();
        let record = desk.cs(&format!("show {number} --json --reveal")).ok().json();
        assert_eq!(record["kind"], kind);
        assert_eq!(record["consult"], *consult);
        assert_eq!(record["derived"]["asked"], "what is a shelf?");
        made.push(number);
    }
    let shown = desk.show(&consult);
    let turned = shown["derived"]["turned_into"].as_array().unwrap();
    let numbers: Vec<&str> = turned.iter().map(|row| row["number"].as_str().unwrap()).collect();
    assert_eq!(numbers, made);
    assert_eq!(turned[0]["state"], "new");
    // Answered, there is nothing to remind of; one that is void is none.
    step(&desk, "answer ZX --answer 'done'", &consult);
    let again = desk.cs(&format!("consult turn-into complaint {consult}")).ok();
    assert!(!again.stderr.contains("consult answer"), "{again}");
    desk.cs(&format!("void {} --note twice", again.number())).ok();
    assert_eq!(desk.show(&consult)["derived"]["turned_into"].as_array().unwrap().len(), made.len());
    desk.is_sound();
}

#[test]
fn r26_what_the_caller_said_is_filled_in_and_never_over_what_is_given() {
    let desk = Desk::plain();
    let consult = desk.consult("--channel mobile --asker 'Joe Li' --phone 00442");
    let record = |kind: &str, flags: &str| {
        let line = format!("consult turn-into {kind} {consult} {} {flags}", wanted(&desk, kind));
        let number = desk.cs(&line).ok().number();
        desk.cs(&format!("show {number} --json --reveal")).ok().json()
    };
    let order = record("order", "");
    for (key, value) in [("customer", "ACME"), ("contact", "Joe Li"), ("phone", "00442"), ("source", "phone")] {
        assert_eq!(order[key], value, "order {key}");
    }
    assert_eq!(record("order", "--source web --contact Ann")["source"], "web");
    let complaint = record("complaint", "");
    for (key, value) in
        [("customer", "ACME"), ("contact", "Joe Li"), ("channel", "mobile"), ("content", "what is a shelf?")]
    {
        assert_eq!(complaint[key], value, "complaint {key}");
    }
    assert_eq!(record("complaint", "--content 'it wobbles'")["content"], "it wobbles");
    let repair = record("repair", "");
    for (key, value) in [("customer", "ACME"), ("reporter", "Joe Li"), ("phone", "00442"), ("site_contact", "Bo Li")] {
        assert_eq!(repair[key], value, "repair {key}");
    }
    // The kind's own way of making one does the same.
    let line = format!("order new --consult {consult} {}", wanted(&desk, "order"));
    let number = desk.cs(&line).ok().number();
    let own = desk.cs(&format!("show {number} --json --reveal")).ok().json();
    for key in ["customer", "brand", "contact", "phone", "source", "consult"] {
        assert_eq!(own[key], order[key], "{key}");
    }
}

#[test]
fn the_source_of_an_order_follows_from_the_channel_where_an_order_knows_such_a_one() {
    let desk = Desk::plain();
    for (channel, source) in
        [("hotline", "phone"), ("mail", "mail"), ("web", "web"), ("chat", "web"), ("fax", ""), ("desk", "")]
    {
        let consult = desk.consult(&format!("--channel {channel}"));
        let line = format!("consult turn-into order {consult} {}", wanted(&desk, "order"));
        let number = desk.cs(&line).ok().number();
        assert_eq!(desk.show(&number)["source"].as_str().unwrap_or_default(), source, "{channel}");
    }
}

#[test]
fn what_can_not_become_of_a_consult_is_told_at_once_and_changes_nothing() {
    let desk = Desk::plain();
    let consult = desk.consult("");
    // What the record lacks, but for what follows from the consult.
    let done = desk.cs(&format!("consult turn-into order {consult}")).refused(1);
    let done = done.says(["--wanted-by", "--consignee", "--deliver-to", "--line"]);
    assert!(!done.stderr.contains("--customer"), "{done}");
    let complaint = desk.cs("consult turn-into complaint ZX-261118-YX-9").refused(1).says(["ZX-261118-YX-9"]);
    assert!(!complaint.stderr.contains("--content is missing"), "{complaint}");
    desk.cs("complain new").refused(1).says(["--content is missing", "--channel is missing"]);
    desk.cs("consult turn-into complaint").refused(2);
    desk.cs(&format!("consult turn-into dinner {consult}")).refused(2);
    desk.cs(&format!("void {consult} --note 'a wrong number'")).ok();
    no(&desk, &format!("consult turn-into complaint {consult}"), &["void"], &["已作废"]);
    // No record is older than the question that it came from.
    let later = desk.consult("");
    let line = format!("consult turn-into complaint {later} --at '2026-11-17 10:00'");
    no(&desk, &line, &["a later day"], &["更晚"]);
    desk.is_sound();
}

#[test]
fn a_month_of_consults_is_one_file_and_one_change_one_row() {
    let desk = Desk::new();
    let consult = desk.consult("");
    step(&desk, "hand-on ZX --to ZL", &consult);
    step(&desk, "answer ZX --answer 'it is, well, a \"shelf\"'", &consult);
    assert_eq!(desk.touched(), ["consults/2026-11.csv"]);
    assert_eq!(desk.read("consults/2026-11.csv").lines().count(), 4);
    desk.cs(&format!("consult turn-into complaint {consult}")).ok();
    assert_eq!(desk.touched().len(), 1, "the link stands in the record alone");
    let shown = desk.show(&consult);
    assert_eq!(shown["steps"][2]["answer"], "it is, well, a \"shelf\"");
}

#[test]
fn every_kind_of_question_is_taken_by_code_and_by_name() {
    let desk = Desk::plain();
    for asked in ASKED {
        for word in [asked.code, asked.name.zh] {
            let line = format!("consult new --about {word} --what x --phone 1");
            let number = desk.cs(&line).ok().number();
            let shown = desk.show(&number);
            assert_eq!((&shown["kind"], &shown["about"]), (&"consult".into(), &asked.code.into()));
        }
    }
}

/// A desk that knows something.
fn library() -> Desk {
    let desk = Desk::plain();
    for line in [
        "carrier edit FAST --lines 'Chengdu-Lhasa 380/m3 5-7d; Chengdu-Shanghai 280/m3'",
        "carrier edit SLOW --lines '成都-Lhasa、Nyingchi 340/m3; nationwide 4/kg 1d'",
        "directory add A1 --tenant 高原行物流 --line 成都-拉萨 --phone 028-85550605",
        "agency add BJ --name 'Bright Signs' --city 上海 --phone 021-65550501 --verified-on today",
        "product edit SHELF --components 'glass;lamp'",
    ] {
        desk.cs(line).by("WM").ok();
    }
    desk.write("knowledge/退换货.md", "# 退换货\n\n## 流程\n1. 客户申请\n2. 主管批准\n\n## 时限\n七天内提出\n");
    desk.write("knowledge/house/Lamps.md", "A lamp is changed by an electrician.\n\n# Glass\nKeep it dry.\n");
    desk.write("knowledge/house/plan.txt", "no note: lamp");
    desk
}

/// What a look-up finds: `kind part`, best first.
fn found(desk: &Desk, words: &str) -> Vec<String> {
    let answer = desk.cs(&format!("consult lookup {words} --json")).ok().json();
    let unit = |unit: &Value| format!("{} {}", unit["kind"].as_str().unwrap(), unit["part"].as_str().unwrap());
    answer["found"].as_array().unwrap().iter().map(|one| unit(one).trim().to_string()).collect()
}

#[test]
fn lookup_finds_the_best_match_first() {
    let desk = library();
    for (words, expect) in [
        ("退换货", &["note 时限", "note 流程"][..]),
        ("退换货流程", &["note 流程"]),
        ("退换货 批准", &["note 流程"]),
        ("thh", &["note 时限", "note 流程"]),
        ("拉萨", &["directory A1"]),
        ("LAMP", &["note Glass", "note", "product SHELF"]),
        ("lamp electrician", &["note"]),
        ("shelf", &["product SHELF"]),
        ("acme", &["customer ACME"]),
        ("上海 agency", &["agency BJ"]),
        ("freight lhasa", &["line FAST", "line SLOW"]),
        ("grand", &["site PLAZA"]),
        // Whom a customer sends and what is private find nobody (R4).
        ("'Ann Lee'", &[]),
        ("008613900001234", &[]),
        ("nothing-like-it", &[]),
    ] {
        assert_eq!(found(&desk, words), expect, "{words}");
    }
    assert_eq!(found(&desk, "退换货 --limit 1"), ["note 时限"]);
    desk.cs("consult lookup x --limit 0").refused(2);
    desk.cs("consult lookup").refused(2);
}

#[test]
fn lookup_says_where_each_answer_is_from_and_r4_masks_what_is_not_public() {
    let desk = library();
    desk.cs("consult lookup 流程").ok().prints(["knowledge/退换货.md › 流程\n   1. 客户申请\n   2. 主管批准\n"]);
    desk.cs("consult lookup electrician").ok().prints(["knowledge/house/Lamps.md\n   A lamp is changed"]);
    desk.cs("consult lookup 拉萨").ok().prints(["lists/directory.csv  A1 高原行物流", "Phone 028-85550605"]);
    let masked = desk.cs("consult lookup acme").ok().prints(["Phone 008**********34"]);
    assert!(!masked.stdout.contains("Ann"), "{masked}");
    desk.cs("consult lookup acme --reveal").ok().prints(["Phone 008613900001234"]);
    let none = desk.cs("consult lookup gremlins").ok().says(["nothing is found for \"gremlins\"", "note 4"]);
    assert_eq!(none.stdout, "");
    desk.cs("consult lookup gremlins").lang("zh").ok().says(["没有找到“gremlins”", "知识 4"]);
    let searched = &desk.cs("consult lookup gremlins --json").ok().json()["searched"];
    assert_eq!((searched["note"].as_u64(), searched["line"].as_u64()), (Some(4), Some(4)));
}

#[test]
fn lookup_tells_of_a_note_that_can_not_be_read_and_so_does_check() {
    let desk = library();
    desk.write("knowledge/broken.md", b"# \xff\n");
    let done = desk.cs("consult lookup 流程").refused(1).says(["not-utf8", "knowledge/broken.md"]);
    assert!(done.stdout.contains("主管批准"), "what can be read is told: {done}");
    assert_eq!(desk.found(), ["not-utf8 knowledge/broken.md:1:3"]);
    desk.cs("check desk/knowledge/broken.md").refused(1).prints(["not-utf8"]);
    desk.cs("check desk/knowledge/退换货.md").ok().silent();
}

/// The prices of a load: `carrier amount alone lowest-role`, the cheapest first.
fn prices(desk: &Desk, by: &str, words: &str) -> Vec<String> {
    let answer = desk.cs(&format!("consult lookup {words} --json")).by(by).ok().json();
    let price = |quote: &Value| {
        format!("{} {} {} {}", quote["carrier"], quote["amount"], quote["alone"], quote["who"][0]).replace('"', "")
    };
    answer["quotes"].as_array().unwrap().iter().map(price).collect()
}

#[test]
fn lookup_quotes_freight_by_the_carriers_lines_the_cheapest_first() {
    let desk = library();
    for (words, expect) in [
        ("freight Lhasa 2.5m3", &["SLOW 850.00 true specialist", "FAST 950.00 true specialist"][..]),
        ("运费 chengdu lhasa 2.5方", &["FAST 950.00 true specialist"]),
        ("freight nyingchi 1m3", &["SLOW 340.00 true specialist"]),
        ("freight lhasa 30.5kg", &["SLOW 122.00 true specialist"]),
        (
            "Lhasa 1m3 30kg",
            &["SLOW 120.00 true specialist", "SLOW 340.00 true specialist", "FAST 380.00 true specialist"],
        ),
        // A line is not one back, and a price by volume none by the piece.
        ("freight chengdu 1m3", &[]),
        ("freight lhasa 3pcs", &[]),
        ("freight lhasa", &[]),
        ("freight 2m3", &[]),
    ] {
        assert_eq!(prices(&desk, "YX", words), expect, "{words}");
    }
    desk.cs("consult lookup freight Oslo 1m3").ok().says(["no carrier's line to \"Oslo\""]);
    desk.cs("consult lookup freight 1m3").ok().says(["say where it goes"]);
    // Ten pieces of a product are no load.
    desk.cs("consult lookup shelf 10pcs").ok().prints(["SHELF Wall shelf"]).says([]);
}

#[test]
fn r2_a_price_within_the_limit_is_quoted_alone_and_above_it_by_the_next_role() {
    let desk = library();
    // At 280 a cubic metre; 5,000 is the specialist's limit, 20,000 the supervisor's.
    for (by, load, expect) in [
        ("YX", "shanghai 17.857m3", "FAST 4999.96 true specialist"),
        ("YX", "shanghai 17.858m3", "FAST 5000.24 false supervisor"),
        ("LW", "shanghai 17.858m3", "FAST 5000.24 true supervisor"),
        ("LW", "shanghai 71.429m3", "FAST 20000.12 false manager"),
        ("WM", "shanghai 71.429m3", "FAST 20000.12 true manager"),
        ("AS", "shanghai 1m3", "FAST 280.00 false specialist"),
    ] {
        assert_eq!(prices(&desk, by, &format!("freight {load}")), [expect], "{by}");
    }
    desk.cs("consult lookup freight shanghai 1m3").ok().prints(["Yang Xue alone (R2)"]);
    desk.cs("consult lookup freight shanghai 100m3").ok().prints(["manager or above (R2)"]);
    desk.cs("consult lookup freight shanghai 100m3").lang("zh").ok().prints(["须客服经理及以上报价（R2）"]);
    // Nobody is named: the price is told all the same, and who may quote it.
    assert_eq!(prices(&desk, "", "freight shanghai 1m3"), ["FAST 280.00 null specialist"]);
    desk.cs("consult lookup freight shanghai 1m3").by("NOBODY").refused(1);
}

#[test]
fn a_carriers_line_that_can_not_be_read_is_refused_and_told_by_check() {
    let desk = Desk::plain();
    no(
        &desk,
        "carrier edit FAST --lines 'Chengdu-Lhasa 380/m3; Lhasa soon'",
        &["\"Lhasa soon\" is no line", "380/m3"],
        &["“Lhasa soon”不是一条线路"],
    );
    desk.cs("carrier edit FAST --lines 'Chengdu-Lhasa 380/m3'").ok();
    desk.swap("lists/carriers.csv", "380/m3", "380 a cube");
    assert_eq!(desk.found(), ["list.value lists/carriers.csv:2:21"]);
}
