//! Duties that the lists make: first contact, owners, and rows to be verified (R5–R7).

use super::{Because, Duty, Whose, by_day, in_days};
use crate::base::field::List;
use crate::base::time::{Time, days_after, days_before};
use crate::base::words::Text;
use crate::book::Book;
use crate::lists::{Row, is_active};
use crate::tr;
use crate::visits::uncontacted;

fn duty(rule: &'static str, number: &str, who: Whose, due: (Time, Because), what: Text, command: String) -> Duty {
    let (due, because) = due;
    Duty { rule, number: number.to_string(), due, since: None, who, what, command, because }
}

/// The row's owner; where it has none, whoever keeps such rows.
fn owner_or(row: &Row, keeper: &'static str) -> Whose {
    row.fields.staff("owner").map_or(Whose::Roles(vec![keeper]), Whose::Person)
}

/// R5: a new or re-assigned customer is contacted by its owner.
pub fn first_contact(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let customers = book.list(List::Customers);
    for (row, assigned) in uncontacted(book) {
        let code = customers.key_of(row);
        let name = customers.name_of(&code);
        let days = book.policy.at(assigned).new_customer_days;
        let due = in_days(book, assigned, days, tr!("assigned on", "分配于"));
        let what = tr!("first contact with {name}", "首次联系客户：{name}");
        duties.push(duty(
            "R5",
            &code,
            owner_or(row, "archivist"),
            due,
            what,
            format!("cs customer edit {code} --contacted-on today"),
        ));
    }
}

/// R6: every active customer has an owner who works here.
pub fn owner(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let customers = book.list(List::Customers);
    let today = book.now.today();
    for row in customers.rows.iter().filter(|row| is_active(row)) {
        let owner = row.fields.staff("owner");
        if owner.as_ref().is_some_and(|code| book.staff_on(code, today).is_some()) {
            continue;
        }
        let code = customers.key_of(row);
        let name = customers.name_of(&code);
        let due = by_day(book, row.fields.date("since").unwrap_or(today), tr!("since", "自"));
        let what = tr!("{name} has no owner", "客户未分配负责人：{name}");
        let command = format!("cs customer assign {code}");
        duties.push(duty("R6", &code, Whose::signing(book, "assign"), due, what, command));
    }
}

/// R7: agency rows are verified again in time.
pub fn agencies(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let agencies = book.list(List::Agencies);
    for row in agencies.rows.iter().filter(|row| row.fields.text("status") != Some("stopped")) {
        let code = agencies.key_of(row);
        let name = agencies.name_of(&code);
        let due = match row.fields.date("verified_on") {
            Some(on) => in_days(book, on, book.policy.at(on).agency_verified_days, tr!("verified on", "核实于")),
            None => by_day(book, book.now.today(), tr!("never verified; today is", "从未核实；今天")),
        };
        let what = tr!("verify the agency {name}", "核实广告公司资料：{name}");
        let command = format!("cs agency edit {code} --verified-on today");
        duties.push(duty("R7", &code, owner_or(row, "after_sales"), due, what, command));
    }
}

/// R7: insurance policies are renewed before they end.
pub fn policies(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let policies = book.list(List::Policies);
    for row in &policies.rows {
        let Some(to) = row.fields.date("to") else { continue };
        let number = policies.key_of(row);
        let insurer = policies.name_of(&number);
        // Renewed: another policy of the same kind and insurer runs longer.
        let same = |other: &&Row| ["kind", "insurer"].iter().all(|key| other.fields.text(key) == row.fields.text(key));
        if policies.rows.iter().filter(same).any(|other| other.fields.date("to") > Some(to)) {
            continue;
        }
        let from = days_before(to, book.figures().policy_ends_days);
        let due = by_day(book, from, tr!("it ends on {to}; to be renewed from", "{to} 到期，应续保，自"));
        let what = tr!("renew the policy of {insurer}, which ends on {to}", "续保：{insurer}，{to} 到期");
        let command = format!("cs insurance edit {number} --to {}", days_after(to, 365));
        duties.push(duty("R7", &number, owner_or(row, "insurance"), due, what, command));
    }
}

/// R7: credit ratings are not older than a year.
pub fn credit(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let customers = book.list(List::Customers);
    for row in customers.rows.iter().filter(|row| is_active(row)) {
        let (Some(rated), Some(_)) = (row.fields.date("credit_on"), row.fields.text("credit")) else { continue };
        let code = customers.key_of(row);
        let name = customers.name_of(&code);
        let due = in_days(book, rated, book.policy.at(rated).credit_rating_days, tr!("rated on", "评定于"));
        let what = tr!("rate the credit of {name} again", "重新评定客户信用：{name}");
        let command = format!("cs customer edit {code} --credit A|B|C|D --credit-on today");
        duties.push(duty("R7", &code, owner_or(row, "archivist"), due, what, command));
    }
}
