//! What follows from an improvement, and what complaints and repairs led to.

use std::sync::Arc;

use super::{Derived, yes_no};
use crate::base::field::Kind;
use crate::base::table::{Cell, Row, Table, column};
use crate::base::words::words;
use crate::book::{Book, numbers_in};
use crate::forms::form::Form;
use crate::forms::improvement::{IMPROVEMENT, Improvement};

/// The last plan, whether the customer confirmed it (R42), and what it is born of.
pub(super) fn derive(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let improvement = Improvement::of(form);
    let plan = improvement.plan();
    let said = |key: &str| plan.and_then(|plan| plan.fields.text(key)).map(|said| Cell::Text(said.into()));
    derived.fact("measure", words("Last plan", "最近方案"), said("measure"));
    derived.fact("department", words("Carried out by", "责任部门"), said("department"));
    derived.fact("plan_due", words("Plan due", "计划完成日"), improvement.due());
    let plans = form.taken("plan").filter(|plan| plan.index > improvement.opened().index).count() as u64;
    derived.fact("plans", words("Plans made", "方案次数"), (plans > 0).then_some(Cell::count(plans)));
    let confirmed = plan.map(|_| yes_no(improvement.confirmed().is_some()));
    derived.fact("confirmed", words("Confirmed by the customer", "客户已确认"), confirmed);
    let born_of = form.header.entry("born_of").map(numbers_in).unwrap_or_default();
    let rows: Vec<Row> =
        born_of.iter().filter_map(|number| book.form(number)).map(|named| row(&named, gist(&named))).collect();
    if !rows.is_empty() {
        derived.tables.push(Table {
            name: "sources",
            title: words("Born of", "来源单据"),
            columns: vec![
                column("record", "Record", "单据").whole(),
                column("state", "State", "状态").whole(),
                column("gist", "About", "内容"),
            ],
            rows,
        });
    }
}

/// The improvements that a complaint or repair led to.
pub(super) fn born(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    if !IMPROVEMENT.names().any(|kind| kind == form.spec.kind) {
        return;
    }
    let mut improvements: Vec<Arc<Form>> = book.naming(Kind::Improvement, &form.number);
    improvements.retain(|improvement| !improvement.is_void());
    if !improvements.is_empty() {
        derived.tables.push(Table {
            name: "improvements",
            title: words("Improvements", "整改"),
            columns: vec![
                column("improvement", "Improvement", "处理单").whole(),
                column("state", "State", "状态").whole(),
                column("problem", "Problem", "反馈问题"),
            ],
            rows: improvements.iter().map(|improvement| row(improvement, gist(improvement))).collect(),
        });
    }
}

fn row(form: &Form, gist: String) -> Row {
    let state = form.state();
    Row {
        cells: vec![Cell::Number(form.number.clone()), Cell::coded(state.code, state.name), Cell::Text(gist)],
        records: vec![form.number.clone()],
    }
}

/// What a record is about, in a line.
fn gist(form: &Form) -> String {
    let said = |key: &str| form.header.text(key).unwrap_or("").to_string();
    let whole = match form.spec.kind {
        Kind::Repair => {
            let fault = |key: &str| form.lines.first().and_then(|line| line.text(key)).unwrap_or("");
            format!("{} {} {}", said("model"), fault("component"), fault("symptom"))
        }
        Kind::Improvement => said("problem"),
        _ => said("content"),
    };
    whole.lines().next().unwrap_or("").trim().to_string()
}
