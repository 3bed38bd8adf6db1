//! A plan as it is shown before it is written: what is new, and old → new of what changes; phones and contacts masked
//! (R4).

use serde_json::{Map, Value as Json, json};

use super::plan::Plan;
use crate::base::field::{Field, Value};
use crate::base::table::{Cell, Row, Table, column};
use crate::base::words::{Lang, Text, words};
use crate::commands::env::Env;
use crate::lists::ListSpec;
use crate::show::mask::mask;
use crate::tr;

/// The plan as a table: a row for each new row of the list, and one for each value that changes.
pub fn table(env: &Env, spec: &'static ListSpec, plan: &Plan) -> Table {
    let added = plan.added.iter().map(|added| {
        let parts = added.fields.0.iter().skip(1).map(|entry| {
            let (name, value) = (entry.field.name, shown(env, entry.field, &entry.value));
            tr!("{name}: {value}", "{name}：{value}"; name, value)
        });
        let parts = Text::join(&parts.collect::<Vec<_>>(), words("; ", "；"));
        let what = words("new", "新增").into();
        (&added.at, &added.code, what, Cell::Empty, Cell::Words(parts))
    });
    let changed = plan.changed.iter().flat_map(|row| {
        row.cells.iter().map(|cell| {
            let old = cell.old.as_ref().map_or(Cell::Empty, |old| Cell::Words(shown(env, cell.field, old)));
            (&cell.at, &row.code, cell.field.name.into(), old, Cell::Words(shown(env, cell.field, &cell.new)))
        })
    });
    let row = |(at, code, what, old, new): (&String, &String, Text, Cell, Cell)| Row {
        cells: vec![Cell::Text(at.clone()), Cell::Text(code.clone()), Cell::Words(what), old, new],
        records: Vec::new(),
    };
    Table {
        name: "import",
        title: spec.name,
        columns: vec![
            column("at", "Cell", "单元格").whole(),
            column("code", "Code", "代码").whole(),
            column("what", "What", "内容").whole(),
            column("old", "Old", "原值"),
            column("new", "New", "新值"),
        ],
        rows: added.chain(changed).map(row).collect(),
    }
}

/// The plan as data, with stable keys: `list, file, added [ {at, code, fields} ], changed [ {at, code, field, old, new} ],
/// same, written`.
pub fn json(env: &Env, spec: &'static ListSpec, file: &str, plan: &Plan, written: bool) -> Json {
    let stable = |field: &Field, value: &Value| match value {
        Value::Text(text) if hides(env, field) => json!(mask(text)),
        Value::Many(parts) => json!(parts),
        value => json!(value.to_string()),
    };
    let fields = |entries: &[crate::base::field::Entry]| -> Map<String, Json> {
        entries.iter().map(|e| (e.field.key.to_string(), stable(e.field, &e.value))).collect()
    };
    let added: Vec<Json> = plan
        .added
        .iter()
        .map(|added| json!({ "at": added.at, "code": added.code, "fields": fields(&added.fields.0) }))
        .collect();
    let changed: Vec<Json> = plan
        .changed
        .iter()
        .flat_map(|row| row.cells.iter().map(move |cell| (&row.code, cell)))
        .map(|(code, cell)| {
            let old = cell.old.as_ref().map(|old| stable(cell.field, old));
            let new = stable(cell.field, &cell.new);
            json!({ "at": cell.at, "code": code, "field": cell.field.key, "old": old, "new": new })
        })
        .collect();
    json!({
        "list": spec.command,
        "file": file,
        "added": added,
        "changed": changed,
        "same": plan.same,
        "written": written,
    })
}

fn hides(env: &Env, field: &Field) -> bool {
    field.ty.is_private() && !env.reveal
}

/// A value as people read it.
fn shown(env: &Env, field: &Field, value: &Value) -> Text {
    match value {
        Value::Text(text) if hides(env, field) => Text::same(mask(text)),
        value => {
            let show = |lang| value.show(field.ty, lang, env.canvas.zone);
            Text { en: show(Lang::En), zh: show(Lang::Zh) }
        }
    }
}
