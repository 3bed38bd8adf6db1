//! Tables of the same figures for each customer, specialist, brand or carrier.

use std::collections::BTreeSet;

use super::figure::{Rule, Tally};
use super::scope::Span;
use crate::base::field::{Kind, List};
use crate::base::number::Number;
use crate::base::table::{Cell, Column, Row, Table, column};
use crate::base::words::{Words, words};
use crate::book::{Book, told_by};
use crate::duties::orders::owner_of;
use crate::forms::claim::Claim;
use crate::forms::consult::ASKED;
use crate::forms::cover::Payer;
use crate::forms::form::Form;
use crate::forms::order::Order;
use crate::forms::quote::Quote;
use crate::forms::repair::{CAUSES, Repair};
use crate::forms::shared::CHANNELS;
use crate::forms::shipment::Shipment;
use crate::visits;

/// A way to tell forms apart: which groups each belongs to, and what a group is called.
pub struct Grouping {
    /// The table's stable key.
    pub name: &'static str,
    /// The table's heading.
    pub title: Words,
    /// The heads over what tells the groups apart.
    pub heads: &'static [Column],
    /// The keys of a form's groups; several where a shipment serves several orders.
    pub keys: fn(&Book<'_>, &Form) -> BTreeSet<Vec<String>>,
    /// The cells under the heads.
    pub cells: fn(&Book<'_>, &[String]) -> Vec<Cell>,
}

const CODE: Column = column("code", "Code", "代码").whole();

/// By customer.
pub const BY_CUSTOMER: Grouping = Grouping {
    name: "by_customer",
    title: words("By customer", "按客户"),
    heads: &[CODE, column("customer", "Customer", "客户")],
    keys: |book, form| of_orders(book, form, |_, order| vec![Order::of(order).customer().to_string()]),
    cells: |book, key| coded_name(book, List::Customers, &key[0]),
};

/// By the specialist who looks after the customer.
pub const BY_SPECIALIST: Grouping = Grouping {
    name: "by_specialist",
    title: words("By specialist", "按客服专员"),
    heads: &[CODE, column("specialist", "Specialist", "客服专员")],
    keys: |book, form| of_orders(book, form, |book, order| vec![specialist(book, order)]),
    cells: |book, key| coded_name(book, List::Staff, &key[0]),
};

/// By specialist and brand: those of the orders that a form rests on, else those of the customer whom it names.
pub const BY_SPECIALIST_AND_BRAND: Grouping = Grouping {
    name: "by_specialist_and_brand",
    title: words("By specialist and brand", "按客服专员和品牌"),
    heads: &[CODE, column("specialist", "Specialist", "客服专员"), column("brand", "Brand", "品牌")],
    keys: |book, form| {
        let of_orders = of_orders(book, form, |book, order| vec![specialist(book, order), brand(book, order)]);
        if of_orders.is_empty() { of_named_customer(book, form).into_iter().collect() } else { of_orders }
    },
    cells: |book, key| {
        let mut cells = coded_name(book, List::Staff, &key[0]);
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
    cells: |book, key| coded_name(book, List::Carriers, &key[0]),
};

/// By who reported: the customer of a ticket, else that of the order behind it. With the customer's brand.
pub const BY_REPORTER: Grouping = Grouping {
    heads: &[CODE, column("customer", "Customer", "客户"), column("brand", "Brand", "品牌")],
    keys: |book, form| {
        let of_ticket = of_tickets(book, form, "customer");
        if of_ticket.is_empty() { (BY_CUSTOMER.keys)(book, form) } else { of_ticket }
    },
    cells: |book, key| {
        let row = book.list(List::Customers).get(&key[0]);
        let mut cells = coded_name(book, List::Customers, &key[0]);
        cells.push(text(row.and_then(|row| row.fields.text("brand")).unwrap_or("")));
        cells
    },
    ..BY_CUSTOMER
};

/// By city of the site where something is broken.
pub const BY_CITY: Grouping = Grouping {
    name: "by_city",
    title: words("By city", "按城市"),
    heads: &[column("city", "City", "城市")],
    keys: |book, form| {
        let sites = of_tickets(book, form, "site");
        sites.into_iter().map(|site| vec![city_of(book, &site[0])]).collect()
    },
    cells: |_, key| vec![text(&key[0])],
};

/// By what broke it, as judged by the end of the span (R18).
pub const BY_CAUSE: Grouping = Grouping {
    name: "by_cause",
    title: words("By cause", "按故障原因"),
    heads: &[column("cause", "Cause", "故障原因")],
    keys: |book, form| {
        behind(book, form, Kind::Repair, |form| vec![Repair::of(form).cause().unwrap_or_default().to_string()])
    },
    cells: |_, key| vec![cause(&key[0])],
};

/// By the agencies that were sent or that quoted.
pub const BY_AGENCY: Grouping = Grouping {
    name: "by_agency",
    title: words("By agency", "按广告公司"),
    heads: &[CODE, column("agency", "Agency", "广告公司")],
    keys: |_, form| match form.spec.kind {
        Kind::Repair => {
            let sent = form.taken("dispatch").filter_map(|step| step.fields.text("agency"));
            sent.map(|agency| vec![agency.to_string()]).collect()
        }
        Kind::Quote => BTreeSet::from([vec![Quote::of(form).agency().to_string()]]),
        _ => BTreeSet::new(),
    },
    cells: |book, key| coded_name(book, List::Agencies, &key[0]),
};

/// By model of the fixture.
pub const BY_MODEL: Grouping = Grouping {
    name: "by_model",
    title: words("By model", "按型号"),
    heads: &[column("model", "Model", "型号").whole(), column("name", "Name", "名称")],
    keys: |book, form| of_tickets(book, form, "model"),
    cells: |book, key| coded_name(book, List::Products, &key[0]),
};

/// By the models that an improvement concerns; one of several counts with each.
pub const BY_MODELS: Grouping = Grouping {
    keys: |_, form| match (form.spec.kind, form.header.many("model")) {
        (Kind::Improvement, []) => BTreeSet::from([vec![String::new()]]),
        (Kind::Improvement, models) => models.iter().map(|model| vec![model.clone()]).collect(),
        _ => BTreeSet::new(),
    },
    ..BY_MODEL
};

/// By the customer whom an improvement names itself, whatever it was born of.
pub const BY_OWN_CUSTOMER: Grouping = Grouping {
    keys: |_, form| match form.spec.kind {
        Kind::Improvement => BTreeSet::from([vec![form.header.text("customer").unwrap_or_default().to_string()]]),
        _ => BTreeSet::new(),
    },
    ..BY_CUSTOMER
};

/// By the policy under which a claim is made, with its insurer.
pub const BY_POLICY: Grouping = Grouping {
    name: "by_policy",
    title: words("By policy", "按保险单"),
    heads: &[column("policy", "Policy", "保单号").whole(), column("insurer", "Insurer", "保险公司")],
    keys: |book, form| behind(book, form, Kind::Claim, |form| vec![Claim::of(form).policy().to_string()]),
    cells: |book, key| coded_name(book, List::Policies, &key[0]),
};

/// Consults by what was asked.
pub const BY_ASKED: Grouping = Grouping {
    name: "by_about",
    title: words("By what was asked", "按咨询类别"),
    heads: &[column("about", "About", "咨询类别")],
    keys: |_, form| of_consults(form, form.header.text("about").unwrap_or("")),
    cells: |_, key| vec![Cell::chosen(ASKED, &key[0])],
};

/// Consults by the channel that they came by.
pub const BY_CHANNEL: Grouping = Grouping {
    name: "by_channel",
    title: words("By channel", "按来源渠道"),
    heads: &[column("channel", "Channel", "来源渠道")],
    keys: |_, form| of_consults(form, form.header.text("channel").unwrap_or("")),
    cells: |_, key| vec![Cell::chosen(CHANNELS, &key[0])],
};

/// Consults by who was asked first and owns them (R26).
pub const BY_FIRST_ASKED: Grouping = Grouping {
    name: "by_staff",
    title: words("By who was asked first", "按首问责任人"),
    heads: &[CODE, column("staff", "Asked first", "首问责任人")],
    keys: |_, form| of_consults(form, form.number.staff().as_str()),
    cells: |book, key| coded_name(book, List::Staff, &key[0]),
};

/// The figures of each group for which there is any; groups by their keys.
pub fn grouped(span: &Span<'_>, grouping: &Grouping, rules: &[Rule]) -> Table {
    grouped_by(span, grouping, rules.iter().map(Rule::column), |group, _| tallies(group, rules))
}

/// The same where a figure needs to know of which group it is: `tallies` is given the group's span and the first part
/// of its key.
pub fn grouped_by<'b>(
    span: &Span<'b>,
    grouping: &Grouping,
    columns: impl IntoIterator<Item = Column>,
    tallies: impl Fn(&Span<'b>, &str) -> Vec<Tally>,
) -> Table {
    let columns = grouping.heads.iter().copied().chain(columns).collect();
    let mut rows = Vec::new();
    for (key, group) in span.split(grouping.keys) {
        let (values, records) = across(tallies(&group, &key[0]));
        if !records.is_empty() {
            let mut cells = (grouping.cells)(span.book(), &key);
            cells.extend(values);
            rows.push(Row { cells, records });
        }
    }
    Table { name: grouping.name, title: grouping.title, columns, rows }
}

/// What each rule finds in a span.
pub fn tallies(span: &Span<'_>, rules: &[Rule]) -> Vec<Tally> {
    rules.iter().map(|rule| (rule.of)(span)).collect()
}

/// Figures as the cells of a row, and all the records behind them.
pub fn across(tallies: impl IntoIterator<Item = Tally>) -> (Vec<Cell>, Vec<Number>) {
    let mut records = BTreeSet::new();
    let mut cells = Vec::new();
    for tally in tallies {
        records.extend(tally.records);
        cells.push(tally.value.into());
    }
    (cells, records.into_iter().collect())
}

/// A code and the name behind it.
pub fn coded_name(book: &Book<'_>, list: List, code: &str) -> Vec<Cell> {
    vec![text(code), text(&book.name(list, code))]
}

/// Text of a record; nothing where there is none.
pub fn text(text: &str) -> Cell {
    if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_string()) }
}

/// The one group of a consult; other forms are in none.
fn of_consults(form: &Form, key: &str) -> BTreeSet<Vec<String>> {
    let is_one = form.spec.kind == Kind::Consult;
    is_one.then(|| vec![key.to_string()]).into_iter().collect()
}

/// A cause by its code; where it is not judged yet, that.
pub fn cause(code: &str) -> Cell {
    let known = CAUSES.iter().find(|cause| cause.code == code);
    let (code, name) = known.map_or(("open", Payer::Open.name()), |cause| (cause.code, cause.name));
    Cell::coded(code, name)
}

/// The city of a site; empty where the list does not tell.
pub fn city_of(book: &Book<'_>, site: &str) -> String {
    let row = book.list(List::Sites).get(site);
    row.and_then(|row| row.fields.text("city")).unwrap_or_default().to_string()
}

/// What the header of the ticket behind a form says under a key.
fn of_tickets(book: &Book<'_>, form: &Form, key: &str) -> BTreeSet<Vec<String>> {
    behind(book, form, Kind::Repair, |ticket| vec![ticket.header.text(key).unwrap_or_default().to_string()])
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

/// Who looks after the customer whom a form names itself, else who made it, and the customer's brand.
fn of_named_customer(book: &Book<'_>, form: &Form) -> Option<Vec<String>> {
    let customer = form.header.text("customer")?;
    let specialist = visits::owner(book, customer).unwrap_or_else(|| form.author().clone());
    let row = book.list(List::Customers).get(customer);
    let brand = row.and_then(|row| row.fields.text("brand")).unwrap_or_default();
    Some(vec![specialist.to_string(), brand.to_string()])
}

/// The keys of the forms of a kind that a form rests on: itself, or what it names, or what those name.
pub fn behind(book: &Book<'_>, form: &Form, kind: Kind, key: impl Fn(&Form) -> Vec<String>) -> BTreeSet<Vec<String>> {
    told_by(book, form, |form| (form.spec.kind == kind).then(|| key(form)))
}
