//! Rules over a parts request and the record that it belongs to (R25).

use super::refuse;
use crate::base::field::Kind;
use crate::base::problem::Problem;
use crate::book::Book;
use crate::forms::form::Form;
use crate::tr;

/// What is approved tells what it costs us: the limit of who signs and the quality report rest on it (R1, R25).
fn costed(form: &Form, problems: &mut Vec<Problem>) {
    let Some(step) = form.last("approve") else { return };
    for line in form.lines.iter().filter(|line| line.get("cost").is_none()) {
        let (number, part) = (&form.number, line.text("part").unwrap_or(""));
        refuse(
            form,
            step,
            "parts.cost",
            tr!("nobody noted what \"{part}\" costs us (R25)", "“{part}”没有登记成本（R25）"),
            tr!(
                "note it first: cs repair parts-edit {number} --line \"{part}=QTY@COST\"",
                "请先登记：cs repair parts-edit {number} --line \"{part}=数量@成本\""
            ),
            problems,
        );
    }
}

/// Parts are sent for a record that lives on; what has left the house by then stays sent.
pub fn parts(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    costed(form, problems);
    let Some(source) = form.header.record("source").and_then(|number| book.form(number)) else { return };
    let refused = source.spec.kind == Kind::Repair && source.state().code == "rejected"
        || source.spec.kind == Kind::Order && source.state().code == "cancelled";
    if refused && matches!(form.state().code, "asked" | "approved") {
        let (lj, number, state) = (&form.number, &source.number, source.state().name);
        refuse(
            form,
            "source",
            "parts.over",
            tr!("{number} is {state}: no parts are sent for it", "{number} 的状态是“{state}”，不能再寄配件"; state),
            tr!(
                "reject the request first: cs repair reject {lj} --reason WHY",
                "请先驳回该申请：cs repair reject {lj} --reason 原因"
            ),
            problems,
        );
    }
}
