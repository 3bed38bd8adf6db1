//! What orders, shipments and receipts take from elsewhere: the customer's row, the order, the shipment, the prices.

use super::customer::of_customer;
use super::{Draft, text};
use crate::base::field::{Fields, List, Value};
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::order::Order;
use crate::forms::spec::LineSpec;

pub(super) fn order(draft: &mut Draft<'_, '_>) {
    of_customer(draft, &[("brand", "brand"), ("contact", "contact"), ("phone", "phone")]);
}

/// A shipment goes where its first order says.
pub(super) fn shipment(draft: &mut Draft<'_, '_>) {
    let first = draft.header.many("order").first().and_then(|number| number.parse().ok());
    let Some(form) = first.and_then(|number| draft.book.form(&number)) else { return };
    let order = Order::of(&form);
    draft.fill("consignee", text(order.text("consignee")));
    draft.fill("address", text(order.text("deliver_to")));
    draft.take(&form.header, &[("contact", "contact"), ("phone", "phone")]);
}

pub(super) fn receipt(draft: &mut Draft<'_, '_>) {
    draft.fill("arrived_at", Some(Value::Time(draft.at)));
    let Some(shipment) = draft.record("shipment") else { return };
    draft.take(&shipment.header, &[("phone", "phone")]);
}

/// Gives each line of an order that names no price the price in force: that of the order's own line of the model, else
/// the product's.
pub fn fill_prices(book: &Book<'_>, spec: &'static LineSpec, order: Option<&Form>, lines: &mut [Fields]) {
    let Some(field) = spec.fields.iter().find(|f| f.key == "price") else { return };
    let products = book.list(List::Products);
    for line in lines.iter_mut().filter(|line| line.get("price").is_none()) {
        let model = line.text("model").unwrap_or("").to_string();
        let agreed = order.and_then(|form| Order::of(form).items().find(|item| item.model == model)?.price);
        let listed = || products.get(&model).and_then(|row| row.fields.money("price"));
        if let Some(price) = agreed.or_else(listed) {
            line.set(field, Value::Money(price));
        }
    }
}
