//! Which parties' months may still wait to be settled: what `cs todo` must know, from a glance at what it reads anyway.

use std::collections::BTreeSet;
use std::sync::Mutex;

use super::compare::{Compared, compare_loaded};
use super::ledger::{Ledger, Statement, Wanted};
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

fn ledger(book: &Book<'_>, account: &'static Account) -> Ledger {
    let months = recent(book);
    Ledger::read(book, Wanted { account, party: None, months }, months.from)
}

/// True of a statement of which something is paid, and every line is paid or in dispute: nothing of it waits.
fn is_done(statement: &Statement) -> bool {
    let paid = |line| statement.booked.iter().any(|b| b.line == Some(line));
    let disputed = |line| {
        let last = statement.decided.iter().rfind(|d| d.line == Some(line));
        last.is_some_and(|d| d.decision == super::Decision::Dispute)
    };
    !statement.booked.is_empty() && statement.lines.iter().all(|line| paid(line.number) || disputed(line.number))
}

/// Tells of each record's text whether the duties of settlement need the record.
#[derive(Debug)]
pub struct Waiting<'b> {
    days: Period,
    /// What departed later is not known yet.
    today: Date,
    /// The statements that wait: all that is ours is needed for them.
    open: Vec<(&'static Account, Ask<'b>)>,
    /// The carriers' months of which nothing more is to be known: done, or one shipment of theirs is kept already.
    known: Mutex<BTreeSet<(String, Date)>>,
}

impl<'b> Waiting<'b> {
    /// Looks into the register; `ledgers` keeps what it found.
    pub fn of(book: &Book<'_>, ledgers: &'b [Ledger]) -> Waiting<'b> {
        let mut waiting =
            Waiting { days: recent(book), today: book.now.today(), open: Vec::new(), known: Mutex::default() };
        let mut known = BTreeSet::new();
        for (account, ledger) in ACCOUNTS.iter().copied().zip(ledgers) {
            for statement in ledger.current_all() {
                if is_done(statement) {
                    known.insert((statement.party.clone(), statement.month.from));
                } else {
                    let ask = Ask::about(book, statement.month, Some(&statement.party), &statement.lines);
                    waiting.open.push((account, ask));
                }
            }
        }
        waiting.known = Mutex::new(known);
        waiting
    }

    /// What the register says of each account's last months.
    pub fn ledgers(book: &Book<'_>) -> Vec<Ledger> {
        ACCOUNTS.iter().map(|account| ledger(book, account)).collect()
    }

    /// Whether a record may be needed, by its number and text.
    pub fn wants(&self, spec: &FormSpec, number: &Number, text: &str) -> bool {
        let Some(account) = ACCOUNTS.iter().find(|account| account.kind == spec.kind) else { return false };
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
pub fn waiting(book: &Book<'_>) -> Vec<Compared> {
    let mut waiting = Vec::new();
    for account in ACCOUNTS {
        let compared = compare_loaded(book, Wanted { account, party: None, months: recent(book) });
        waiting.extend(compared.into_iter().filter(|month| !month.statement.as_ref().is_some_and(is_done)));
    }
    // What is ours may be paid for with another month.
    waiting.retain(|month| !month.is_settled() && !month.items.is_empty());
    waiting
}
