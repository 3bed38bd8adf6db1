//! What a claim takes from the record that it is about: the day of the loss, and the policy where only one fits.

use super::{Draft, text};
use crate::base::field::{Fields, List, Value};
use crate::base::problem::Problem;
use crate::book::Book;
use crate::claims::{day_of_loss, fitting};
use crate::tr;

pub(super) fn claim(draft: &mut Draft<'_, '_>) {
    let Some(form) = draft.record("record") else { return };
    draft.fill("lost_on", Some(Value::Date(day_of_loss(draft.book, &form))));
    let day = draft.header.date("lost_on");
    if let Some([only]) = day.map(|day| fitting(draft.book, &form, day)).as_deref() {
        draft.fill("policy", text(only));
    }
}

/// Why no policy was chosen: none fits, or several do.
pub(super) fn policy_undecided(book: &Book<'_>, header: &Fields) -> Option<Problem> {
    let form = header.record("record").and_then(|number| book.form(number))?;
    let day = header.date("lost_on")?;
    let policies = book.list(List::Policies);
    let fits = fitting(book, &form, day);
    if fits.is_empty() {
        return Some(Problem::new(
            "claim.policies",
            tr!("no policy that fits was in force on {day}", "{day} 没有适用的有效保险单"),
            tr!(
                "give --policy NUMBER (cs insurance list), or --lost-on DATE",
                "请填写 --policy 保单号（见 cs insurance list），或 --lost-on 出险日期"
            ),
        ));
    }
    let fits = fits.iter().map(|number| format!("{number} {}", policies.name_of(number))).collect::<Vec<_>>();
    let fits = fits.join(", ");
    Some(Problem::new(
        "claim.policies",
        tr!("several policies that fit were in force on {day}", "{day} 有多份适用的有效保险单"),
        tr!("give --policy with one of: {fits}", "请用 --policy 填写其中一份：{fits}"),
    ))
}
