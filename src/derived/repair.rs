//! What follows from a repair ticket, and from the quotes and parts requests for it.

use std::sync::Arc;

use super::{Derived, visit};
use crate::aftersales::{cover, fee, parts_of, quotes_of, standing};
use crate::base::field::List;
use crate::base::table::{Cell, Row, Table, column};
use crate::base::words::words;
use crate::book::Book;
use crate::forms::form::Form;
use crate::forms::quote::Quote;
use crate::forms::repair::{CAUSES, Repair};

/// Who pays and why (R18), what it costs, and what was made for it.
pub(super) fn derive(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let cover = cover(book, form);
    let payer = Cell::coded(cover.payer.code(), cover.payer.name());
    derived.fact("cause", words("Cause", "故障原因"), Cell::chosen(CAUSES, Repair::of(form).cause().unwrap_or("")));
    derived.fact("payer", words("Who pays", "费用承担"), payer);
    derived.fact("covered_to", words("Covered to", "质保至"), cover.last_day);
    derived.fact("why", words("Why", "依据"), Cell::Words(cover.why));
    derived.fact("photos", words("Photos", "照片"), Cell::count(Repair::of(form).photos().count() as u64));
    derived.fact("fee", words("Fee", "维修费用"), fee(book, form));
    derived.tables.extend(quotes(book, form));
    derived.records("parts", words("Parts requests", "配件申请"), &parts_of(book, &form.number));
    derived.claims(book, [&form.number]);
    derived.tables.extend(visit::following(book, form));
}

/// The quotes for it, if any.
fn quotes(book: &Book<'_>, form: &Form) -> Option<Table> {
    let quotes = quotes_of(book, &form.number);
    let row = |form: &Arc<Form>| {
        let (quote, state) = (Quote::of(form), standing(book, form));
        Row {
            cells: vec![
                Cell::Number(form.number.clone()),
                Cell::Text(book.name(List::Agencies, quote.agency())),
                quote.total().into(),
                Cell::coded(state.code, state.name),
            ],
            records: vec![form.number.clone()],
        }
    };
    (!quotes.is_empty()).then(|| Table {
        name: "quotes",
        title: words("Quotes", "报价"),
        columns: vec![
            column("quote", "Quote", "报价单").whole(),
            column("agency", "Agency", "广告公司"),
            column("total", "Total", "合计").numeric(),
            column("state", "State", "状态").whole(),
        ],
        rows: quotes.iter().map(row).collect(),
    })
}

/// What a quote comes to, and what became of it.
pub(super) fn quote(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    derived.fact("total", words("Total", "合计"), Quote::of(form).total());
    let standing = standing(book, form);
    let again = standing.code == form.state().code;
    derived.fact_again("standing", words("Standing", "结果"), Cell::coded(standing.code, standing.name), again);
}
