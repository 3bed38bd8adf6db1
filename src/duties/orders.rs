//! Duties of orders: confirm, tell of delays, look every working day (R8–R10).

use super::{Because, Duty, Whose, by_day, open};
use crate::base::field::{Kind, List};
use crate::base::number::Code;
use crate::base::time::{Date, Time};
use crate::base::words::Text;
use crate::book::Book;
use crate::flow::pieces_of;
use crate::forms::form::{Form, Step};
use crate::forms::order::Order;
use crate::sla::orders::{LOOKS, confirm_due, look_due};
use crate::tr;

/// Who looks after an order: the customer's owner while on the staff, else who took it (R26).
pub fn owner_of(book: &Book<'_>, form: &Form) -> Code {
    let customers = book.list(List::Customers);
    let owner = customers.get(Order::of(form).customer()).and_then(|row| row.fields.staff("owner"));
    let here = |code: &Code| book.staff_on(code, book.now.today()).is_some();
    owner.filter(here).unwrap_or_else(|| form.number.staff().clone())
}

/// A duty of whoever looks after an order.
fn duty(book: &Book<'_>, form: &Form, rule: &'static str, due: (Time, Because), what: Text, verb: &str) -> Duty {
    Duty { who: Whose::Person(owner_of(book, form)), ..super::duty(form, rule, due, what, verb) }
}

fn customer(book: &Book<'_>, form: &Form) -> String {
    book.name(List::Customers, Order::of(form).customer())
}

/// The day that an order was promised for, once it has passed and goods are still to be made or shipped (R9).
pub fn overdue(book: &Book<'_>, form: &Form, today: Date) -> Option<Date> {
    let order = Order::of(form);
    order.expected().filter(|day| *day < today && is_awaited(book, form))
}

/// The last delay of an order, while its customer is not on record as told of it (R9).
pub fn untold(form: &Form) -> Option<&Step> {
    form.last("delay").filter(|step| !step.fields.flag("told"))
}

/// R8: the first step of an order is its confirmation, the same day.
pub fn confirm(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in book.loaded(Kind::Order).iter().filter(|f| f.state().code == "new") {
        let Some(due) = confirm_due(book, form) else { continue };
        let name = customer(book, form);
        let what = tr!("confirm the order with {name}", "与客户确认订单：{name}");
        duties.push(duty(book, form, "R8", due, what, "confirm NUMBER"));
    }
}

/// R9: a delay is on record with its reason, and the customer is told; both due at once.
pub fn delay(book: &Book<'_>, duties: &mut Vec<Duty>) {
    let today = book.now.today();
    for form in &open(book, Kind::Order) {
        let name = customer(book, form);
        if let Some(step) = untold(form) {
            let until = step.fields.date("until").unwrap_or(today);
            let reason = step.fields.text("reason").unwrap_or("");
            let due = (step.at, Because::Days(tr!("due at once when the delay was recorded", "登记延期时即应告知")));
            let what =
                tr!("tell {name} of the delay to {until}: {reason}", "告知客户延期至 {until}：{name}（{reason}）");
            let number = &form.number;
            let command = format!("cs order delay {number} --until {until} --reason {} --told", quoted(reason));
            duties.push(Duty { command, ..duty(book, form, "R9", due, what, "") });
        } else if let Some(expected) = overdue(book, form, today) {
            let due = by_day(book, expected, tr!("promised for", "承诺日期"));
            let what = tr!(
                "past {expected} and not shipped: ship, or record the delay and tell {name}",
                "已过 {expected} 仍未发货：请发货，或登记延期并告知 {name}"
            );
            duties.push(duty(book, form, "R9", due, what, "delay NUMBER --until DATE --reason WHY --told"));
        }
    }
}

/// True while the customer still waits for goods: not finished, or not all shipped.
fn is_awaited(book: &Book<'_>, form: &Form) -> bool {
    Order::of(form).is_unfinished() || pieces_of(book, form).values().any(|p| p.left() > 0)
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

/// R10: an order not yet finished is looked at every working day.
pub fn progress(book: &Book<'_>, duties: &mut Vec<Duty>) {
    for form in book.loaded(Kind::Order).iter().filter(|f| matches!(f.state().code, "confirmed" | "planned")) {
        let Some(last) = form.living().filter(|s| LOOKS.contains(&s.verb())).map(|s| s.at).max() else { continue };
        let due = look_due(book, form, last);
        let name = customer(book, form);
        let what = tr!("look at the order of {name} and record its progress", "查看订单进度并登记：{name}");
        duties.push(duty(book, form, "R10", due, what, "progress NUMBER"));
    }
}
