//! What the carriers ask for a load, by their lines.

use crate::base::field::List;
use crate::base::money::{Measure, Money};
use crate::base::number::Code;
use crate::base::route::{Per, Route, routes};
use crate::base::words::Text;
use crate::book::Book;
use crate::policy::Authority;

/// The action under `[sign]` of policy.toml that says who may quote a freight price, and up to which amount (R2).
const ACTION: &str = "freight_quote";

/// What one carrier asks for a load.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quote {
    /// The carrier's code.
    pub carrier: String,
    /// Its line.
    pub route: Route,
    /// How much of the line's unit is sent.
    pub quantity: Measure,
    /// The price of all of it.
    pub amount: Money,
}

impl Quote {
    /// Whether a person may quote it alone today (R2); `None` where nobody is named.
    pub fn alone(&self, book: &Book<'_>, asker: Option<&Code>) -> Option<bool> {
        let roles = book.staff_on(asker?, book.now.today()).map(|row| row.many("roles")).unwrap_or_default();
        Some(authority(book).is_some_and(|a| roles.iter().any(|role| a.allows(role, Some(self.amount)))))
    }

    /// The roles that may quote it today, the lowest first (R2).
    pub fn who(&self, book: &Book<'_>) -> Vec<&'static str> {
        authority(book).map(|authority| authority.who(Some(self.amount))).unwrap_or_default()
    }

    /// How many days it takes; empty where that is not known.
    pub fn days(&self) -> Text {
        super::units::days(&self.route)
    }
}

fn authority<'b>(book: &'b Book<'_>) -> Option<&'b Authority> {
    book.figures().sign.get(ACTION)
}

/// What each carrier's line asks for a load, the cheapest first. The last place is where the load goes; the line
/// touches the others, too. Each line takes the measure that is given in its own unit.
pub fn quotes(book: &Book<'_>, load: &[(Measure, Per)], places: &[String]) -> Vec<Quote> {
    let Some((to, others)) = places.split_last() else { return Vec::new() };
    let carriers = book.list(List::Carriers);
    let mut quotes = Vec::new();
    for row in &carriers.rows {
        let lines = row.fields.text("lines").and_then(|cell| routes(cell).ok()).unwrap_or_default();
        let goes = |route: &Route| route.leads_to(to) && others.iter().all(|place| route.touches(place));
        for route in lines.into_iter().filter(goes) {
            let Some((quantity, _)) = load.iter().copied().find(|(_, per)| *per == route.per) else { continue };
            // An amount past all that money can hold is nobody's quote.
            let Some(amount) = route.price.for_measure(quantity) else { continue };
            quotes.push(Quote { carrier: carriers.key_of(row), route, quantity, amount });
        }
    }
    quotes.sort_by_key(|quote| quote.amount);
    quotes
}
