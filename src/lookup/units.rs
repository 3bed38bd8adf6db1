//! The rows of the lists that may be told to a caller, each a unit.

use super::notes::notes;
use super::{Origin, Unit};
use crate::base::field::{List, Value};
use crate::base::mask::mask;
use crate::base::route::{Route, routes};
use crate::base::words::{Lang, Text, words};
use crate::book::Book;
use crate::lists::{Row, Rows, spec_of};
use crate::tr;

/// How a list is looked through.
struct Looked {
    origin: Origin,
    list: List,
    /// The columns that call a row by its names, beside its code.
    title: &'static [&'static str],
    /// The columns that are told of it and by which it is found too.
    told: &'static [&'static str],
    /// The private columns that are told, and by which nothing is found.
    private: &'static [&'static str],
    /// Whether these are told whole: of the directory, they are what a caller asks for; of others, only when revealed
    /// (R4).
    open: bool,
}

const LOOKED: &[Looked] = &[
    Looked {
        origin: Origin::Directory,
        list: List::Directory,
        title: &["tenant", "line"],
        told: &["line", "note"],
        private: &["phone"],
        open: true,
    },
    Looked {
        origin: Origin::Product,
        list: List::Products,
        title: &["name"],
        told: &["brand", "price", "size", "volume", "components"],
        private: &[],
        open: false,
    },
    Looked {
        origin: Origin::Customer,
        list: List::Customers,
        title: &["name", "brand"],
        told: &[],
        private: &["phone"],
        open: false,
    },
    Looked {
        origin: Origin::Site,
        list: List::Sites,
        title: &["mall", "city"],
        told: &[],
        private: &["phone"],
        open: false,
    },
    Looked {
        origin: Origin::Agency,
        list: List::Agencies,
        title: &["name", "city"],
        told: &["city", "brands", "status"],
        private: &["phone"],
        open: false,
    },
];

/// Everything that may be looked up, in the order in which equals are told. Phones of others than the directory are
/// masked unless `reveal` (R4). What can't be read waits among the book's problems.
pub fn known(book: &Book<'_>, reveal: bool) -> Vec<Unit> {
    let mut units: Vec<Unit> = LOOKED.iter().flat_map(|looked| of_list(book, looked, reveal)).collect();
    units.extend(lines(book));
    let (noted, problems) = notes(book.source());
    units.extend(noted);
    book.tell_once(problems);
    units.sort_by_key(|unit| unit.origin);
    units
}

fn of_list(book: &Book<'_>, looked: &Looked, reveal: bool) -> Vec<Unit> {
    let rows = book.list(looked.list);
    let unit = |row: &Row| {
        let title: Vec<String> = looked.title.iter().filter_map(|key| plain(row, key)).collect();
        let body: Vec<String> = looked.told.iter().filter_map(|key| plain(row, key)).collect();
        let keys = looked.told.iter().chain(looked.private);
        let told: Vec<Text> = keys.filter_map(|key| said(book, row, key, looked.open || reveal)).collect();
        let key = rows.key_of(row);
        Unit {
            origin: looked.origin,
            file: rows.spec.file.to_string(),
            title: format!("{key} {}", title.join(" ")),
            part: key,
            body: body.join("\n"),
            text: Text::join(&told, words("; ", "；")),
        }
    };
    rows.rows.iter().map(unit).collect()
}

fn plain(row: &Row, key: &str) -> Option<String> {
    row.fields.get(key).map(ToString::to_string)
}

/// A cell with its name, `Price 380.00`, masked where it is private unless it is told `whole` (R4).
fn said(book: &Book<'_>, row: &Row, key: &str, whole: bool) -> Option<Text> {
    let entry = row.fields.entry(key)?;
    let value = match &entry.value {
        Value::Text(text) if entry.field.ty.is_private() && !whole => Value::Text(mask(text)),
        value => value.clone(),
    };
    let of = |lang: Lang| format!("{} {}", entry.field.name.get(lang), value.show(entry.field.ty, lang, book.now.zone));
    Some(Text { en: of(Lang::En), zh: of(Lang::Zh) })
}

/// The carriers' lines, each with its price.
fn lines(book: &Book<'_>) -> Vec<Unit> {
    let carriers = book.list(List::Carriers);
    let of_carrier = |row: &Row| {
        let lines = row.fields.text("lines").and_then(|cell| routes(cell).ok()).unwrap_or_default();
        lines.into_iter().map(|route| line(carriers, row, &route)).collect::<Vec<_>>()
    };
    carriers.rows.iter().flat_map(of_carrier).collect()
}

fn line(carriers: &Rows, row: &Row, route: &Route) -> Unit {
    let (key, name) = (carriers.key_of(row), row.fields.text("name").unwrap_or(""));
    let (price, per) = (route.price, route.per.code());
    let price = Text::same(format!("{price}/{per}"));
    let days = days(route);
    let text = if days.is_empty() { price } else { Text::join(&[price, days], words(", ", "，")) };
    Unit {
        origin: Origin::Line,
        file: spec_of(List::Carriers).file.to_string(),
        title: format!("{key} {name} {route}"),
        part: key,
        body: String::new(),
        text,
    }
}

/// How many days a line takes; empty where that is not known.
pub fn days(route: &Route) -> Text {
    match route.days {
        None => Text::default(),
        Some((1, 1)) => tr!("1 day", "1 天"),
        Some((least, most)) if least == most => tr!("{most} days", "{most} 天"),
        Some((least, most)) => tr!("{least} to {most} days", "{least}–{most} 天"),
    }
}
