//! Blank forms: `tests/blank/` holds what `new --blank` prints, and a filled one makes a record. The help's examples work.

mod common;

use std::path::Path;

use common::Desk;

#[test]
fn the_forms_of_the_project_are_what_the_program_prints() {
    let desk = Desk::plain();
    let update = std::env::var("CS_FORMS").is_ok_and(|v| v == "update");
    for lang in ["en", "zh"] {
        for spec in cs::forms::KINDS {
            let (name, command) = (spec.code, format!("{} {}", spec.verbs.command, spec.verbs.new));
            let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/blank/{lang}/{name}.toml"));
            let printed = desk.cs(&format!("{command} --blank")).lang(lang).ok().stdout;
            if update {
                std::fs::write(&path, &printed).unwrap();
            }
            assert_eq!(
                std::fs::read_to_string(&path).unwrap(),
                printed,
                "CS_FORMS=update writes tests/blank/{lang}/{name}.toml"
            );
        }
    }
}

#[test]
fn a_blank_form_is_refused_with_each_field_that_it_lacks() {
    let desk = Desk::plain();
    for verbs in cs::forms::KINDS.iter().map(|spec| &spec.verbs) {
        let command = format!("{} {}", verbs.command, verbs.new);
        desk.write("blank.toml", &desk.cs(&format!("{command} --blank")).ok().stdout);
        let number = if verbs.subject.is_some() { " DD-261118-YX-1" } else { "" };
        desk.cs(&format!("{command}{number} --from blank.toml")).here(&desk.root()).refused(1);
    }
    desk.write("blank.toml", &desk.cs("ship new --blank").ok().stdout);
    let lacks = ["carrier", "depart", "arrive", "packages", "freight", "order", "model"];
    desk.cs("ship new --from blank.toml").here(&desk.root()).refused(1).says(lacks);
}

#[test]
fn a_filled_form_makes_the_record() {
    let desk = Desk::plain();
    let blank = desk.cs("order new --blank").ok().stdout;
    let filled = blank
        .replace("customer = \"\"", "customer = \"ACME\"")
        .replace("wanted_by = \"\"", "wanted_by = 2026-12-10")
        .replace("consignee = \"\"", "consignee = \"S\"")
        .replace("deliver_to = \"\"", "deliver_to = \"T\"")
        .replace("# brand = \"\"", "brand = \"B\"")
        .replace("model = \"\"", "model = \"SHELF\"")
        .replace("quantity = 0", "quantity = 3");
    desk.write("form.toml", &filled);
    let typed = "order new --customer ACME --wanted-by 12-10 --consignee S --deliver-to T --brand B --line SHELF=3";
    let (made, typed) =
        (desk.cs("order new --from form.toml").here(&desk.root()).ok().stdout, desk.cs(typed).ok().stdout);
    let text = |number: &str| desk.read(&format!("orders/2026/11/{}.toml", number.trim()));
    assert_eq!(text(&made), text(&typed));
}

#[test]
fn the_examples_of_the_help_work() {
    let desk = Desk::insured();
    for spec in cs::forms::KINDS {
        let verbs = &spec.verbs;
        let help = desk.cs(&format!("{} {} --help", verbs.command, verbs.new)).ok().stdout;
        let unwrapped = help.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(unwrapped.contains(spec.example), "{help}");
        let typed = spec.example.strip_prefix("cs ").unwrap().replace('"', "'");
        let made = desk.cs(&typed).ok().number();
        for step in ["order confirm", "ship freight --amount 800", "ship approve --by LW", "ship depart"] {
            let (command, rest) = step.split_once(' ').unwrap();
            let (verb, flags) = rest.split_once(' ').unwrap_or((rest, ""));
            if command == verbs.command && spec.step(verb).is_some() {
                desk.cs(&format!("{command} {verb} {made} {flags}")).ok();
            }
        }
    }
}
