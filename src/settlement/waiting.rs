//! Which parties' months may still wait to be settled: what `cs todo` must know, from a glance at what it reads anyway.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use super::compare::{Compared, compare_loaded};
use super::ledger::{Decision, Ledger, Statement, Wanted};
use super::ours::{Ask, departure};
use super::{ACCOUNTS, Account, FREIGHT};
use crate::base::number::Number;
use crate::base::period::{Period, Unit};
use crate::base::time::Date;
use crate::book::Book;
use crate::forms::spec::FormSpec;

/// How many months before the running one are looked at; what is older shows in the reports.
const MONTHS: usize = 3;

/// The running month and those before it, as a span of days.
fn recent(book: &Book<'_>) -> Period {
    let now = Period::holding(Unit::Month, book.now.today());
    let first = (0..MONTHS).fold(now, |month, _| month.previous());
    Period::between(first.from, now.to).unwrap_or(now)
}

/// What the register says of the last months, account by account.
pub fn ledgers(book: &Book<'_>) -> Vec<Ledger> {
    Ledger::read_all(book, recent(book))
}

/// True of a statement of which something is paid, and every line is paid or in dispute: nothing of it waits.
fn is_done(statement: &Statement) -> bool {
    let mut closed: BTreeMap<u64, bool> = BTreeMap::new();
    for decided in &statement.decided {
        closed.extend(decided.line.map(|line| (line, decided.decision == Decision::Dispute)));
    }
    closed.extend(statement.booked.iter().filter_map(|booked| Some((booked.line?, true))));
    let is_closed = |number: &u64| closed.get(number).copied().unwrap_or(false);
    !statement.booked.is_empty() && statement.lines.iter().all(|line| is_closed(&line.number))
}

/// Tells of each record's text whether the duties of settlement need the record.
#[derive(Debug)]
pub struct Waiting<'b> {
    days: Period,
    /// What departed later is not known yet.
    today: Date,
    /// The statements that wait: all that is ours is needed for them.
    open: Vec<(&'static Account, Ask<'b>)>,
    /// The carriers' months of which nothing more is to be known: done, or one shipment of theirs is noted already.
    known: Mutex<BTreeSet<(String, Date)>>,
    /// The shipments that may be needed: each alone, as no other record says what we owe for it.
    shipments: Mutex<Vec<Number>>,
}

impl<'b> Waiting<'b> {
    /// Tells by what the register says.
    pub fn of(book: &Book<'_>, ledgers: &'b [Ledger]) -> Waiting<'b> {
        let mut waiting = Waiting {
            days: recent(book),
            today: book.now.today(),
            open: Vec::new(),
            known: Mutex::default(),
            shipments: Mutex::default(),
        };
        let mut known = BTreeSet::new();
        for (account, ledger) in ACCOUNTS.iter().copied().zip(ledgers) {
            for statement in ledger.current_all() {
                if !is_done(statement) {
                    let ask = Ask::about(book, statement.month, Some(&statement.party), &statement.lines);
                    waiting.open.push((account, ask));
                } else if account.code == FREIGHT.code {
                    known.insert((statement.party.clone(), statement.month.from));
                }
            }
        }
        waiting.known = Mutex::new(known);
        waiting
    }

    /// Whether a record may be needed together with those that name it, by its number and text. A shipment, which may be
    /// needed alone, is noted for [`load`](Waiting::load).
    pub fn wants(&self, spec: &FormSpec, number: &Number, text: &str) -> bool {
        let Some(account) = ACCOUNTS.iter().find(|account| account.kind == spec.kind) else { return false };
        let wanted = self.asks(account, number, text);
        if account.code != FREIGHT.code {
            return wanted;
        }
        if wanted && let Ok(mut shipments) = self.shipments.lock() {
            shipments.push(number.clone());
        }
        false
    }

    /// Loads the shipments that were noted.
    pub fn load(self, book: &Book<'_>) {
        for number in self.shipments.into_inner().unwrap_or_default() {
            book.form(&number);
        }
    }

    fn asks(&self, account: &Account, number: &Number, text: &str) -> bool {
        if self.open.iter().any(|(of, ask)| of.code == account.code && (of.glance)(ask, number, text)) {
            return true;
        }
        if account.code == FREIGHT.code
            && let Some((carrier, day)) = departure(text).filter(|(_, day)| *day < self.today)
        {
            // That there is one shipment is all that is to be known of a carrier without a statement.
            let month = (carrier.to_string(), Period::holding(Unit::Month, day).from);
            return self.days.contains(day) && self.known.lock().is_ok_and(|mut known| known.insert(month));
        }
        (account.glance)(&Ask::any(self.days), number, text)
    }
}

/// The parties' months that wait for a statement, a decision or a payment, among the loaded records (see [`Waiting`]).
pub fn waiting(book: &Book<'_>, ledgers: Vec<Ledger>) -> Vec<Compared> {
    let mut waiting = Vec::new();
    for (account, ledger) in ACCOUNTS.iter().zip(ledgers) {
        let compared = compare_loaded(book, Wanted { account, party: None, months: recent(book) }, ledger);
        waiting.extend(compared.into_iter().filter(|month| !month.statement.as_ref().is_some_and(is_done)));
    }
    // What is ours may be paid for with another month.
    waiting.retain(|month| !month.is_settled() && !month.items.is_empty());
    waiting
}
