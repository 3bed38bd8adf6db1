//! The table of repair tickets: how far each is, whose fault it was, who pays, how late it is.

use super::groups::{cause, city_of};
use super::listing::{CUSTOMER, DAYS_LATE, NUMBER, STATE, customer, late, state, table};
use super::scope::Span;
use crate::aftersales::cover;
use crate::base::field::List;
use crate::base::table::{Amount, Cell, Row, Table, column};
use crate::base::time::Date;
use crate::base::words::Words;
use crate::forms::form::Form;
use crate::forms::repair::Repair;
use crate::sla::repairs::repaired_on;

/// Tickets, each as it was at the end of the span.
pub fn tickets<'f>(
    span: &Span<'_>,
    name: &'static str,
    title: Words,
    tickets: impl IntoIterator<Item = &'f Form>,
) -> Table {
    let book = span.book();
    let columns = [
        NUMBER,
        CUSTOMER,
        column("site", "Site", "商场"),
        column("city", "City", "城市"),
        column("model", "Model", "型号").whole(),
        STATE,
        column("cause", "Cause", "故障原因"),
        column("payer", "Who pays", "费用承担"),
        column("days_open", "Days open", "未结天数").numeric(),
        column("wanted_by", "Wanted by", "要求完成日").whole(),
        DAYS_LATE,
    ];
    let row = |form: &Form| {
        let repair = Repair::of(form);
        let site = form.header.text("site").unwrap_or("");
        let payer = cover(book, form).payer;
        let cells = vec![
            Cell::Number(form.number.clone()),
            customer(book, form),
            Cell::Text(book.name(List::Sites, site)),
            Cell::Text(city_of(book, site)),
            Cell::Text(repair.model().to_string()),
            state(form),
            cause(repair.cause().unwrap_or("")),
            Cell::coded(payer.code(), payer.name()),
            Cell::Amount(Amount::Days((span.end() - form.day()).num_days())),
            form.header.date("wanted_by").into(),
            late(mended_on(span, form).unwrap_or(span.end()), form.header.date("wanted_by")),
        ];
        Row { cells, records: vec![form.number.clone()] }
    };
    table(name, title, &columns, tickets.into_iter().map(row))
}

/// The day on which a ticket was mended; `None` while it is not, or not any more.
pub fn mended_on(span: &Span<'_>, form: &Form) -> Option<Date> {
    Some(repaired_on(span.book(), Repair::of(form).repaired()?))
}
