//! Both languages for everything a person reads, clap's own words too; and where a command finds its folder.

mod common;

use clap::Command;
use common::Desk;
use cs::base::words::Lang;
use cs::commands::tree;
use cs::reports::REPORTS;

/// Every command with all its subcommands, as words.
fn paths(command: &Command, lead: &str, all: &mut Vec<String>) {
    all.push(format!("{lead} --help").trim().to_string());
    for sub in command.get_subcommands() {
        paths(sub, format!("{lead} {}", sub.get_name()).trim(), all);
    }
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn every_help_is_wholly_in_its_language() {
    let desk = Desk::nowhere();
    let mut all = Vec::new();
    paths(&tree(Lang::Zh), "", &mut all);
    assert!(all.len() > 80, "{}", all.len());
    let claps =
        ["Usage", "Options", "Commands", "Arguments", "OPTIONS", "COMMAND", "Print", "help]", "possible", "default:"];
    for line in &all {
        let zh = desk.cs(line).lang("zh").ok().stdout;
        assert!(!claps.iter().any(|word| zh.contains(word)), "cs {line}\n{zh}");
        assert!(zh.contains("用法：cs"), "cs {line}\n{zh}");
        for told in zh.lines().filter(|told| told.starts_with("  ")) {
            assert!(told.chars().any(is_chinese), "no Chinese in {told:?} of cs {line}");
        }
        let en = desk.cs(line).lang("en").ok().stdout;
        let chinese: String = en.chars().filter(|c| is_chinese(*c)).collect();
        assert!(chinese.is_empty() && en.contains("Usage: cs"), "cs {line}: {chinese}\n{en}");
    }
}

#[test]
fn the_help_of_reports_names_each_of_them() {
    let desk = Desk::nowhere();
    for line in ["--help", "report --help"] {
        let [en, zh] = ["en", "zh"].map(|lang| desk.cs(line).lang(lang).ok().stdout.replace('\n', " "));
        // Lines may be broken anywhere.
        let squeezed = |text: &str| text.split_whitespace().collect::<String>();
        let (en, zh) = (squeezed(&en), squeezed(&zh));
        let names: Vec<&str> = REPORTS.iter().map(|spec| spec.name).collect();
        assert!(en.contains(&format!("Reports:{}", names.join(","))), "{en}");
        let titles: Vec<&str> = REPORTS.iter().map(|spec| spec.title.zh).collect();
        assert!(zh.contains(&format!("报表：{}", titles.join("、"))), "{zh}");
    }
}

#[test]
fn the_language_is_the_flags_then_the_environments_then_the_folders_then_the_locales() {
    let desk = Desk::plain();
    let order = desk.order();
    let chinese = |run: common::Run<'_>| run.ok().stdout.contains("状态");
    let show = |flags: &str| desk.cs(&format!("show {order} {flags}"));
    assert!(!chinese(show("").env("LANG", "zh_CN.UTF-8")), "cs.toml says en");
    assert!(chinese(show("").lang("zh")));
    assert!(!chinese(show("--lang en").lang("zh")) && chinese(show("--lang=zh").lang("en")));
    desk.swap("cs.toml", "language = \"en\"", "");
    assert!(chinese(show("").env("LANG", "zh_CN.UTF-8")) && !chinese(show("")));
    assert!(chinese(show("").env("LC_ALL", "zh_TW").env("LANG", "en_GB")));
}

#[test]
fn every_answer_speaks_chinese_and_its_tables_stay_in_line() {
    let desk = Desk::plain();
    desk.cs("customer edit ACME --name 成都展示有限公司").ok();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    let receipt = desk.received(&shipment, "SHELF=8:damaged=1");
    for line in [
        &*format!("show {order}"),
        &format!("show {shipment}"),
        &format!("show {receipt}"),
        &format!("log {order}"),
        "todo --until +30",
        "order list",
        "ship list",
        "ship receipts",
        "customer list",
        "customer assign ACME",
        "staff show YX",
    ] {
        let told = desk.cs(line).lang("zh").env("COLUMNS", "200").ok().stdout;
        let english =
            ["State", "Number", "Step", "Lines", "Due", "Customer", "Freight agreed", "confirmed", "damaged", "yes"];
        assert!(!english.iter().any(|word| told.contains(word)), "cs {line}\n{told}");
        assert!(told.chars().any(is_chinese), "cs {line}\n{told}");
    }
    desk.cs("todo --until +30 --explain").lang("zh").now("2026-11-20 10:00").ok().prints(["个工作日，起于", "分钟"]);
}

#[test]
fn the_folder_is_found_by_flag_by_variable_and_from_below() {
    let desk = Desk::plain();
    desk.order();
    let list = || desk.cs("order list --json").env("CS_DIR", "");
    let rows = |run: common::Run<'_>| run.ok().json().as_array().unwrap().len();
    assert_eq!(rows(list().here(&desk.root())), 1);
    assert_eq!(rows(list().here(&desk.path("orders/2026/11"))), 1);
    assert_eq!(rows(desk.cs("-C desk order list --json").env("CS_DIR", "/nowhere").here(desk.home())), 1);
    assert_eq!(rows(desk.cs("order list --json -Cdesk").env("CS_DIR", "").here(desk.home())), 1);
    for (lang, says) in [("en", "no cs.toml in"), ("zh", "没有 cs.toml")] {
        let lost = desk.cs("order list").env("CS_DIR", "").here(desk.home()).lang(lang);
        lost.fails(1).says([says]);
    }
}

#[test]
fn version_and_completions_need_no_folder() {
    let desk = Desk::nowhere();
    for line in ["--version", "-V"] {
        assert_eq!(desk.cs(line).ok().stdout, format!("cs {}\n", env!("CARGO_PKG_VERSION")));
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(desk.cs(&format!("completions {shell}")).ok().stdout.contains("order"), "{shell}");
    }
}
