//! Tables of single records: orders, shipments, arrivals, duties. Each row names the records that it rests on (R59).

use super::arrivals::sum;
use super::groups::specialist;
use super::scope::{Arrived, Span};
use crate::base::field::List;
use crate::base::number::Number;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::time::Date;
use crate::base::words::{Text, Words, words};
use crate::book::Book;
use crate::duties::Duty;
use crate::flow::{Pieces, arrivals_of, arrived_whole, is_paid, pieces_of, receipts_of, shipments_of};
use crate::forms::form::Form;
use crate::forms::order::Order;
use crate::forms::shipment::Shipment;

/// A record's number.
pub const NUMBER: Column = column("number", "Number", "单号").whole();
/// The customer's name.
pub const CUSTOMER: Column = column("customer", "Customer", "客户");
const SPECIALIST: Column = column("specialist", "Specialist", "客服专员");
const CARRIER: Column = column("carrier", "Carrier", "物流公司");
/// The day by which it is wanted.
const WANTED: Column = column("wanted_by", "Wanted by", "要求到货日").whole();
const EXPECTED: Column = column("expected", "Now expected", "现预计").whole();
/// How far it is.
pub const STATE: Column = column("state", "State", "状态");
const PIECES: Column = column("pieces", "Pieces", "件数").numeric();
/// Days past the day by which it was wanted or promised.
pub const DAYS_LATE: Column = column("days_late", "Days late", "逾期天数").numeric();

/// A form's state.
pub fn state(form: &Form) -> Cell {
    form.state().name.into()
}

/// The customer whom a form names.
pub fn customer(book: &Book<'_>, form: &Form) -> Cell {
    Cell::Text(book.name(List::Customers, form.header.text("customer").unwrap_or("")))
}

fn carrier(book: &Book<'_>, shipment: &Form) -> Cell {
    Cell::Text(book.name(List::Carriers, Shipment::of(shipment).carrier()))
}

/// Days past a day; nothing where it is not past.
pub fn late(day: Date, since: Option<Date>) -> Cell {
    let days = since.map_or(0, |since| (day - since).num_days());
    if days > 0 { Cell::Amount(Amount::Days(days)) } else { Cell::Empty }
}

/// A table of these columns and rows.
pub fn table(name: &'static str, title: Words, columns: &[Column], rows: impl IntoIterator<Item = Row>) -> Table {
    Table { name, title, columns: columns.to_vec(), rows: rows.into_iter().collect() }
}

/// Orders in short, each with the days past the one promised.
pub fn orders<'f>(
    span: &Span<'_>,
    name: &'static str,
    title: Words,
    orders: impl IntoIterator<Item = &'f Form>,
) -> Table {
    let book = span.book();
    let row = |form: &Form| {
        let order = Order::of(form);
        let promised = order.expected();
        let cells = vec![
            Cell::Number(form.number.clone()),
            customer(book, form),
            Cell::Text(book.name(List::Staff, &specialist(book, form))),
            order.wanted_by().into(),
            promised.into(),
            state(form),
            Cell::count(order.quantity()),
            late(span.end(), promised.filter(|_| order.is_unfinished())),
        ];
        Row { cells, records: vec![form.number.clone()] }
    };
    let columns = [NUMBER, CUSTOMER, SPECIALIST, WANTED, EXPECTED, STATE, PIECES, DAYS_LATE];
    table(name, title, &columns, orders.into_iter().map(row))
}

/// Days that an order is late against the day the customer wants the goods: until all of them arrived, else until the
/// end of the span. 0 where it is not late.
pub fn days_late(span: &Span<'_>, order: &Form) -> u64 {
    let book = span.book();
    let until = arrived_whole(book, order).unwrap_or(span.end());
    let wanted = Order::of(order).wanted_by();
    wanted.map_or(0, |wanted| (until - wanted).num_days().max(0).unsigned_abs())
}

/// 订单跟踪: each order with how far it is.
pub fn tracking<'f>(span: &Span<'_>, orders: impl IntoIterator<Item = &'f Form>) -> Table {
    let book = span.book();
    let columns = [
        NUMBER,
        CUSTOMER,
        WANTED,
        EXPECTED,
        STATE,
        column("ordered", "Ordered", "订购").numeric(),
        column("made", "Made", "已生产").numeric(),
        column("shipped", "Shipped", "已发货").numeric(),
        column("received", "Received", "已到货").numeric(),
        column("paid", "Paid", "付款"),
        DAYS_LATE,
    ];
    let row = |form: &Form| {
        let order = Order::of(form);
        let goods = pieces_of(book, form);
        let sum = |of: fn(&Pieces) -> u64| Cell::count(goods.values().map(of).sum());
        let late = days_late(span, form) as i64;
        let cells = vec![
            Cell::Number(form.number.clone()),
            customer(book, form),
            order.wanted_by().into(),
            order.expected().into(),
            state(form),
            sum(|p| p.ordered),
            Cell::count(made(form)),
            sum(|p| p.shipped),
            sum(|p| p.received),
            paid(book, form),
            if late > 0 { Cell::Amount(Amount::Days(late)) } else { Cell::Empty },
        ];
        Row { cells, records: with_goods(book, form) }
    };
    table("tracking", words("Open orders", "未结订单"), &columns, orders.into_iter().map(row))
}

/// Pieces made so far: all once it is finished, else what the last progress told.
fn made(order: &Form) -> u64 {
    if Order::of(order).finished().is_some() {
        return Order::of(order).quantity();
    }
    let told = order.taken("progress").rev().find(|step| !step.lines.is_empty());
    told.map_or(0, |step| step.lines.iter().map(|line| line.whole("quantity")).sum())
}

/// Whether an order is paid.
pub fn paid(book: &Book<'_>, order: &Form) -> Cell {
    match (is_paid(book, order), order.last("paid").is_some()) {
        (true, _) => words("yes", "已付清"),
        (false, true) => words("in part", "部分付款"),
        (false, false) => words("no", "未付"),
    }
    .into()
}

/// An order with its shipments and their receipts.
fn with_goods(book: &Book<'_>, order: &Form) -> Vec<Number> {
    let shipments = shipments_of(book, &order.number);
    let receipts = shipments.iter().flat_map(|form| receipts_of(book, &form.number)).map(|form| form.number.clone());
    let mut records: Vec<Number> = receipts.chain(shipments.iter().map(|form| form.number.clone())).collect();
    records.push(order.number.clone());
    records.sort_unstable();
    records
}

/// Shipments, each with its days as planned and as they were.
pub fn shipments<'f>(
    span: &Span<'_>,
    name: &'static str,
    title: Words,
    shipments: impl IntoIterator<Item = &'f Form>,
) -> Table {
    let book = span.book();
    let zone = book.now.zone;
    let columns = [
        NUMBER,
        CARRIER,
        column("depart", "Departs", "计划发货日").whole(),
        column("departed", "Departed", "实际发货日").whole(),
        column("arrive", "Arrives", "计划到货日").whole(),
        column("arrived", "Arrived", "实际到货日").whole(),
        PIECES,
        column("volume", "Volume", "体积").numeric(),
        STATE,
    ];
    let row = |form: &Form| {
        let shipment = Shipment::of(form);
        let arrivals = arrivals_of(book, form);
        let arrived = arrivals.iter().filter_map(|arrival| arrival.at).max();
        let cells = vec![
            Cell::Number(form.number.clone()),
            carrier(book, form),
            shipment.depart().into(),
            shipment.departed().map(|step| zone.day(step.at)).into(),
            shipment.arrive().into(),
            arrived.map(|at| zone.day(at)).into(),
            Cell::count(shipment.quantity()),
            form.header.measure("volume").map(Amount::Volume).into(),
            state(form),
        ];
        let mut records: Vec<Number> = arrivals.iter().map(|arrival| arrival.form.number.clone()).collect();
        records.push(form.number.clone());
        records.sort_unstable();
        Row { cells, records }
    };
    table(name, title, &columns, shipments.into_iter().map(row))
}

/// Arrivals, each with what was wrong.
pub fn arrivals<'a>(
    span: &Span<'_>,
    name: &'static str,
    title: Words,
    arrivals: impl IntoIterator<Item = &'a Arrived>,
) -> Table {
    let book = span.book();
    let columns = [
        NUMBER,
        column("shipment", "Shipment", "发货单").whole(),
        CARRIER,
        column("arrived", "Arrived", "到货日").whole(),
        column("received", "Received", "实收").numeric(),
        column("short", "Short", "短少").numeric(),
        column("over", "Over", "多发").numeric(),
        column("wrong", "Wrong", "错发").numeric(),
        column("damaged", "Damaged", "破损").numeric(),
        column("unsettled", "Unsettled", "未处理").numeric(),
    ];
    let row = |arrived: &Arrived| {
        let form = arrived.form();
        let cells = vec![
            Cell::Number(form.number.clone()),
            Cell::Number(arrived.shipment.number.clone()),
            carrier(book, &arrived.shipment),
            arrived.arrival.at.map(|at| book.now.zone.day(at)).into(),
            Cell::count(sum(arrived, |c| c.received)),
            Cell::count(sum(arrived, |c| c.short)),
            Cell::count(sum(arrived, |c| c.over)),
            Cell::count(sum(arrived, |c| c.wrong)),
            Cell::count(sum(arrived, |c| c.damaged)),
            Cell::count(arrived.arrival.open()),
        ];
        Row { cells, records: vec![form.number.clone()] }
    };
    table(name, title, &columns, arrivals.into_iter().map(row))
}

/// Duties in the order given.
pub fn duties<'d>(
    book: &Book<'_>,
    name: &'static str,
    title: Words,
    duties: impl IntoIterator<Item = &'d Duty>,
) -> Table {
    let columns = [
        column("due", "Due", "应办时间").whole(),
        column("rule", "Rule", "规则").whole(),
        NUMBER,
        column("who", "Who", "负责人"),
        column("what", "What", "事项"),
    ];
    let row = |duty: &Duty| {
        // A duty of a list's row names its code.
        let number: Option<Number> =
            duty.number.parse().ok().filter(|n| crate::forms::with_prefix(Number::prefix(n)).is_some());
        let who = duty.who.person().map(|code| Cell::Text(book.name(List::Staff, code.as_str())));
        let cells = vec![
            Cell::Time(duty.due),
            Cell::Words(Text::same(duty.rule)),
            number.clone().map_or_else(|| Cell::Text(duty.number.clone()), Cell::Number),
            who.unwrap_or(Cell::Empty),
            Cell::Words(duty.what.clone()),
        ];
        Row { cells, records: number.into_iter().collect() }
    };
    table(name, title, &columns, duties.into_iter().map(row))
}
