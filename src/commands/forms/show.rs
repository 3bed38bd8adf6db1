//! Shows one form whole, for people and for scripts.

use clap::ArgMatches;
use serde_json::{Map, Value as Json, json};

use crate::base::field::{Entry, Fields, Ty, Value};
use crate::base::problem::{Outcome, all_or};
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::time::rfc3339;
use crate::base::words::words;
use crate::book::Book;
use crate::commands::env::Env;
use crate::commands::find::find_number;
use crate::commands::print::{photos_of, with_problems};
use crate::derived::{Derived, derive, of_step};
use crate::forms::form::{Form, Step};
use crate::forms::spec::FormSpec;
use crate::show::{mask, table, text};
use crate::tr;

/// Runs `cs order show` and its like.
///
/// # Errors
/// When no record is meant, or it can't be read.
pub fn run(env: &Env, spec: &'static FormSpec, args: &ArgMatches) -> Outcome {
    show(env, &[spec], args.get_one::<String>("NUMBER").map_or("", String::as_str))
}

/// Shows the record that a word means among some kinds.
///
/// # Errors
/// When no record is meant, or it can't be read.
pub fn show(env: &Env, kinds: &[&'static FormSpec], word: &str) -> Outcome {
    let folder = env.folder()?;
    let book = Book::open(&folder, env.time);
    let number = find_number(&book, kinds, word)?;
    let form = super::step::existing(&book, &number)?;
    let printed = if env.json {
        env.data(&crate::show::json::text(&document(env, &book, &form)))
    } else {
        env.print(&drawn(env, &book, &form))
    };
    with_problems(&book, printed.and_then(|()| all_or(photos_of(&book, &form))))
}

/// A value as it may leave the department: masked where it is private, unless revealed (R4).
fn open_value(env: &Env, entry: &Entry) -> Value {
    match &entry.value {
        Value::Text(text) if entry.field.ty.is_private() && !env.reveal => Value::Text(mask::mask(text)),
        value => value.clone(),
    }
}

/// A value as a person reads it: masked where it must be, money like money everywhere.
fn shown(env: &Env, book: &Book<'_>, entry: &Entry) -> String {
    match open_value(env, entry) {
        Value::Money(money) => table::cell(&Cell::Amount(Amount::Money(money)), env.lang, book.now.zone),
        value => value.show(entry.field.ty, env.lang, book.now.zone),
    }
}

fn drawn(env: &Env, book: &Book<'_>, form: &Form) -> String {
    let (lang, zone) = (env.lang, book.now.zone);
    let mut pairs = vec![
        (form.spec.name.get(lang).to_string(), form.number.to_string()),
        (words("State", "状态").get(lang).to_string(), form.state().name.get(lang).to_string()),
    ];
    for entry in form.header.0.iter().filter_map(|entry| form.current(entry.field.key)) {
        let shown = match (&entry.field.ty, &entry.value) {
            (Ty::Code(list), Value::Text(code)) => format!("{code} {}", book.name(*list, code)),
            _ => shown(env, book, entry),
        };
        pairs.push((entry.field.name.get(lang).to_string(), shown));
    }
    let derived = derive(book, form);
    for fact in &derived.facts {
        // Names of customers and carriers stand beside their codes above.
        let cell = table::cell(&fact.cell, lang, zone);
        if !cell.is_empty() && cell != "-" && !fact.again {
            pairs.push((fact.name.get(lang).to_string(), cell));
        }
    }
    let mut out = text::pairs(&pairs, &env.canvas);
    let mut add = |table: &Table| {
        out.push('\n');
        out.push_str(&table::text(table, &env.canvas));
    };
    if let Some(lines) = lines_table(form) {
        add(&lines);
    }
    derived.tables.iter().for_each(&mut add);
    add(&steps_table(env, book, form));
    out
}

fn lines_table(form: &Form) -> Option<Table> {
    let spec = form.spec.lines?;
    let whole = |ty: Ty| !matches!(ty, Ty::Text);
    let columns = spec
        .fields
        .iter()
        .map(|f| crate::base::table::Column {
            key: f.key,
            name: f.name,
            numeric: f.ty.is_numeric(),
            whole: whole(f.ty),
        })
        .collect();
    let cell = |fields: &Fields, key: &str| match fields.get(key) {
        Some(Value::Whole(n)) => Cell::count(*n),
        Some(Value::Money(m)) => Cell::Amount(Amount::Money(*m)),
        Some(other) => Cell::Text(other.to_string()),
        None => Cell::Empty,
    };
    let rows = form
        .current_lines()
        .iter()
        .map(|line| Row { cells: spec.fields.iter().map(|f| cell(line, f.key)).collect(), records: Vec::new() })
        .collect();
    Some(Table { name: "lines", title: spec.name, columns, rows })
}

fn steps_table(env: &Env, book: &Book<'_>, form: &Form) -> Table {
    let row = |step: &Step| {
        let what = match step.voided_by {
            None => Cell::Text(step_words(env, book, form, step)),
            // Mistakes stay visible (R66): what it said too.
            Some(by) => {
                let (said, voided) =
                    (step_words(env, book, form, step), tr!("voided by step {by}", "已被步骤 {by} 作废"));
                if said.is_empty() {
                    Cell::Words(voided)
                } else {
                    Cell::Words(tr!("{voided}: {said}", "{voided}：{said}"; voided))
                }
            }
        };
        Row {
            cells: vec![
                Cell::count(step.index as u64),
                step.spec.name.into(),
                Cell::Time(step.at),
                Cell::Text(step.by.to_string()),
                what,
            ],
            records: Vec::new(),
        }
    };
    Table {
        name: "steps",
        title: words("Steps", "步骤"),
        columns: vec![
            column("step", "#", "序号").numeric(),
            column("do", "Step", "步骤").whole(),
            column("at", "At", "时间").whole(),
            column("by", "By", "经办").whole(),
            column("what", "What", "内容"),
        ],
        rows: form.steps.iter().map(row).collect(),
    }
}

/// What a step recorded, in a line.
fn step_words(env: &Env, book: &Book<'_>, form: &Form, step: &Step) -> String {
    let lang = env.lang;
    let mut parts: Vec<String> = of_step(form, step).map(|text| text.get(lang).to_string()).into_iter().collect();
    for entry in &step.fields.0 {
        let name = entry.field.name.get(lang);
        parts.push(match entry.field.ty {
            Ty::Flag => name.to_string(),
            _ => format!("{name} {}", shown(env, book, entry)),
        });
    }
    for line in &step.lines {
        // "QC-W60 × 7", but "Paint: 2026-11-16".
        let counts = line.0.get(1).is_some_and(|e| e.field.ty.is_numeric());
        let by = if counts { words(" × ", " × ") } else { words(": ", "：") };
        parts.push(line.0.iter().map(|e| shown(env, book, e)).collect::<Vec<_>>().join(by.get(lang)));
    }
    parts.extend(step.note.clone());
    parts.extend(step.attach.iter().cloned());
    parts.join(words("; ", "；").get(lang))
}

/// The record as a script sees it.
pub fn document(env: &Env, book: &Book<'_>, form: &Form) -> Json {
    let mut document = Map::new();
    document.insert("number".into(), json!(form.number.to_string()));
    document.insert("kind".into(), json!(form.spec.code));
    document.insert("state".into(), json!(form.state().code));
    fields_into(env, &form.header, &mut document);
    document.insert("lines".into(), form.lines.iter().map(|line| fields_json(env, line)).collect());
    document.insert("steps".into(), form.steps.iter().map(|step| step_json(env, step)).collect());
    document.insert("derived".into(), derived_json(&derive(book, form)));
    Json::Object(document)
}

fn fields_into(env: &Env, fields: &Fields, object: &mut Map<String, Json>) {
    for entry in &fields.0 {
        object.insert(
            entry.field.key.into(),
            match open_value(env, entry) {
                Value::Yes => json!(true),
                Value::Many(parts) => json!(parts),
                other => json!(other.to_string()),
            },
        );
    }
}

fn fields_json(env: &Env, fields: &Fields) -> Json {
    let mut object = Map::new();
    fields_into(env, fields, &mut object);
    Json::Object(object)
}

fn step_json(env: &Env, step: &Step) -> Json {
    let mut object = Map::new();
    object.insert("step".into(), json!(step.index));
    object.insert("do".into(), json!(step.verb()));
    object.insert("at".into(), json!(rfc3339(step.at)));
    object.insert("by".into(), json!(step.by.as_str()));
    fields_into(env, &step.fields, &mut object);
    if let Some(lines) = step.spec.lines.filter(|_| !step.lines.is_empty()) {
        object.insert(lines.key.into(), step.lines.iter().map(|line| fields_json(env, line)).collect());
    }
    if let Some(note) = &step.note {
        object.insert("note".into(), json!(note));
    }
    if !step.attach.is_empty() {
        object.insert("attach".into(), json!(step.attach));
    }
    object.insert("voided_by".into(), json!(step.voided_by));
    Json::Object(object)
}

fn derived_json(derived: &Derived) -> Json {
    let facts = Table {
        name: "facts",
        title: words("", ""),
        columns: derived
            .facts
            .iter()
            .map(|f| crate::base::table::Column { key: f.key, name: f.name, numeric: false, whole: false })
            .collect(),
        rows: vec![Row { cells: derived.facts.iter().map(|f| f.cell.clone()).collect(), records: Vec::new() }],
    };
    let mut object = match table::json(&facts) {
        Json::Array(mut rows) => match rows.pop() {
            Some(Json::Object(object)) => object,
            _ => Map::new(),
        },
        _ => Map::new(),
    };
    for drawn in &derived.tables {
        let rows = table::json(drawn);
        match (object.get_mut(drawn.name), rows) {
            (Some(Json::Array(known)), Json::Array(more)) => known.extend(more),
            (_, rows) => {
                object.insert(drawn.name.into(), rows);
            }
        }
    }
    Json::Object(object)
}
