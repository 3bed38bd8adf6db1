//! Tables of the same figures for each customer, specialist, brand or carrier.

use std::collections::BTreeSet;

use super::figure::Rule;
use super::scope::Span;
use crate::base::field::{Kind, List};
use crate::base::number::Number;
use crate::base::table::{Cell, Column, Row, Table, column};
use crate::base::words::{Words, words};
use crate::book::{Book, named_by};
use crate::duties::orders::owner_of;
use crate::forms::form::Form;
use crate::forms::order::Order;
use crate::forms::shipment::Shipment;

/// A way to tell forms apart: which groups each belongs to, and what a group is called.
pub struct Grouping {
    name: &'static str,
    title: Words,
    heads: &'static [Column],
    /// The keys of a form's groups; several where a shipment serves several orders.
    keys: fn(&Book<'_>, &Form) -> BTreeSet<Vec<String>>,
    /// The cells under the heads.
    cells: fn(&Book<'_>, &[String]) -> Vec<Cell>,
}

const CODE: Column = column("code", "Code", "代码").whole();

/// By customer.
pub const BY_CUSTOMER: Grouping = Grouping {
    name: "by_customer",
    title: words("By customer", "按客户"),
    heads: &[CODE, column("customer", "Customer", "客户")],
    keys: |book, form| of_orders(book, form, |_, order| vec![Order::of(order).customer().to_string()]),
    cells: |book, key| coded(book, List::Customers, &key[0]),
};

/// By the specialist who looks after the customer.
pub const BY_SPECIALIST: Grouping = Grouping {
    name: "by_specialist",
    title: words("By specialist", "按客服专员"),
    heads: &[CODE, column("specialist", "Specialist", "客服专员")],
    keys: |book, form| of_orders(book, form, |book, order| vec![specialist(book, order)]),
    cells: |book, key| coded(book, List::Staff, &key[0]),
};

/// By specialist and brand.
pub const BY_SPECIALIST_AND_BRAND: Grouping = Grouping {
    name: "by_specialist_and_brand",
    title: words("By specialist and brand", "按客服专员和品牌"),
    heads: &[CODE, column("specialist", "Specialist", "客服专员"), column("brand", "Brand", "品牌")],
    keys: |book, form| of_orders(book, form, |book, order| vec![specialist(book, order), brand(book, order)]),
    cells: |book, key| {
        let mut cells = coded(book, List::Staff, &key[0]);
        cells.push(text(&key[1]));
        cells
    },
};

/// By carrier.
pub const BY_CARRIER: Grouping = Grouping {
    name: "by_carrier",
    title: words("By carrier", "按物流公司"),
    heads: &[CODE, column("carrier", "Carrier", "物流公司")],
    keys: |book, form| behind(book, form, Kind::Shipment, |form| vec![Shipment::of(form).carrier().to_string()]),
    cells: |book, key| coded(book, List::Carriers, &key[0]),
};

/// The figures of each group for which there is any; groups by their keys.
pub fn grouped(span: &Span<'_>, grouping: &Grouping, rules: &[Rule]) -> Table {
    let columns = grouping.heads.iter().copied().chain(rules.iter().map(Rule::column)).collect();
    let mut rows = Vec::new();
    for (key, group) in span.split(grouping.keys) {
        let (values, records) = across(&group, rules);
        if !records.is_empty() {
            let mut cells = (grouping.cells)(span.book(), &key);
            cells.extend(values);
            rows.push(Row { cells, records });
        }
    }
    Table { name: grouping.name, title: grouping.title, columns, rows }
}

/// Figures as the cells of a row, and all the records behind them.
pub fn across(span: &Span<'_>, rules: &[Rule]) -> (Vec<Cell>, Vec<Number>) {
    let mut records = BTreeSet::new();
    let mut cells = Vec::with_capacity(rules.len());
    for rule in rules {
        let tally = (rule.of)(span);
        records.extend(tally.records);
        cells.push(tally.value.into());
    }
    (cells, records.into_iter().collect())
}

/// A code and the name behind it.
fn coded(book: &Book<'_>, list: List, code: &str) -> Vec<Cell> {
    vec![text(code), text(&book.name(list, code))]
}

fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_string()) }
}

/// The code of who looks after an order.
pub fn specialist(book: &Book<'_>, order: &Form) -> String {
    owner_of(book, order).to_string()
}

/// The brand of an order, else of its customer.
fn brand(book: &Book<'_>, order: &Form) -> String {
    let order = Order::of(order);
    let own = Some(order.text("brand")).filter(|brand| !brand.is_empty());
    let row = || book.list(List::Customers).get(order.customer())?.fields.text("brand");
    own.or_else(row).unwrap_or_default().to_string()
}

fn of_orders(book: &Book<'_>, form: &Form, key: fn(&Book<'_>, &Form) -> Vec<String>) -> BTreeSet<Vec<String>> {
    behind(book, form, Kind::Order, |order| key(book, order))
}

/// The keys of the forms of a kind that a form rests on: itself, or what it names, or what those name.
fn behind(book: &Book<'_>, form: &Form, kind: Kind, key: impl Fn(&Form) -> Vec<String>) -> BTreeSet<Vec<String>> {
    if form.spec.kind == kind {
        return BTreeSet::from([key(form)]);
    }
    let mut keys = BTreeSet::new();
    let mut met: BTreeSet<Number> = BTreeSet::from([form.number.clone()]);
    let mut next: Vec<Number> = named_by(form).collect();
    while let Some(number) = next.pop() {
        if !met.insert(number.clone()) {
            continue;
        }
        let Some(named) = book.form(&number) else { continue };
        if named.spec.kind == kind {
            keys.insert(key(&named));
        } else {
            next.extend(named_by(&named));
        }
    }
    keys
}
