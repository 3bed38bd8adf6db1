//! Rules over a parts request and the record that it belongs to (R25).

use crate::base::field::Kind;
use crate::base::problem::Problem;
use crate::book::Book;
use crate::forms::form::Form;
use crate::tr;

/// Parts are sent for a record that lives on; what has left the house by then stays sent.
pub fn parts(book: &Book<'_>, form: &Form, problems: &mut Vec<Problem>) {
    let Some(source) = form.header.record("source").and_then(|number| book.form(number)) else { return };
    let refused = source.spec.kind == Kind::Repair && source.state().code == "rejected"
        || source.spec.kind == Kind::Order && source.state().code == "cancelled";
    if refused && matches!(form.state().code, "asked" | "approved") {
        let (lj, number, state) = (&form.number, &source.number, source.state().name);
        problems.push(
            Problem::new(
                "parts.over",
                tr!("{number} is {state}: no parts are sent for it", "{number} 的状态是“{state}”，不能再寄配件"; state),
                tr!(
                    "reject the request first: cs repair reject {lj} --reason WHY",
                    "请先驳回该申请：cs repair reject {lj} --reason 原因"
                ),
            )
            .at(form.place_of("source")),
        );
    }
}
