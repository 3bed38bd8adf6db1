//! The register of settlements, read: statements with their lines, what was decided of them, what is booked.

use std::collections::BTreeMap;

use super::matching::Line;
use super::{ACCOUNTS, Account, account};
use crate::base::csv::cells_of;
use crate::base::money::Money;
use crate::base::monthly::month_named;
use crate::base::number::{Code, Number};
use crate::base::period::Period;
use crate::base::problem::Problem;
use crate::base::time::{Date, Time};
use crate::base::words::{Words, words};
use crate::book::Book;
use crate::registers::{DECISIONS, Entry, SETTLEMENTS, Spot};
use crate::tr;

/// What was decided of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// What is billed is paid; nothing, where nothing is billed.
    Accept,
    /// Nothing is paid until it is cleared.
    Dispute,
    /// This much is paid.
    Correct(Money),
}

impl Decision {
    /// Its code in the register.
    pub fn code(self) -> &'static str {
        match self {
            Decision::Accept => "accept",
            Decision::Dispute => "dispute",
            Decision::Correct(_) => "correct",
        }
    }

    /// What people read.
    pub fn name(self) -> Words {
        DECISIONS.iter().find(|choice| choice.code == self.code()).map_or(words("", ""), |choice| choice.name)
    }
}

/// A decision, of a line or, where nothing is billed, of a record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// The statement's line.
    pub line: Option<u64>,
    /// The record.
    pub record: Option<Number>,
    /// What was decided.
    pub decision: Decision,
    /// Why.
    pub note: String,
    /// When.
    pub at: Time,
    /// By whom.
    pub by: Code,
}

/// What is paid for a line, a record, or both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The statement's line.
    pub line: Option<u64>,
    /// The record.
    pub record: Option<Number>,
    /// How much.
    pub amount: Money,
    /// When it was booked.
    pub at: Time,
    /// By whom.
    pub by: Code,
}

/// One entry of the register.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub at: Time,
    /// By whom.
    pub by: Code,
    /// The account.
    pub account: &'static Account,
    /// The carrier or agency.
    pub party: String,
    /// The month that is settled.
    pub month: Period,
    /// Which of the statements of that party and month.
    pub statement: String,
    /// What it says.
    pub what: What,
    /// Where it stands.
    pub spot: Spot,
}

/// What an entry of the register says.
#[derive(Clone, Debug)]
pub enum What {
    /// A line of a statement; the first of a statement tells how its columns are read.
    Line {
        /// The line.
        line: Line,
        /// The statement's file.
        file: String,
        /// How the sender's columns are read, as `key=heading;…`.
        columns: Option<String>,
    },
    /// A decision.
    Decide(Decided),
    /// A payment.
    Settle(Booked),
    /// All payments of the statement so far are taken back.
    Reverse,
}

/// Reads an entry of the register of settlements.
///
/// # Errors
/// `settlement.row` where it lacks what such an entry needs.
pub fn event(entry: &Entry<'_>) -> Result<Event, Problem> {
    let fields = &entry.fields;
    let lacks = |key: &'static str, help| {
        let message = tr!("such an entry can't do without {key}", "这类记录缺少 {key}，或其值不对");
        Problem::new("settlement.row", message, help).at(entry.place(key))
    };
    let text = |key: &'static str| {
        let fill = || lacks(key, tr!("fill in the cell, or take the line out", "请补填该单元格，或删除该行"));
        fields.text(key).map(str::to_string).ok_or_else(fill)
    };
    let amount = || {
        let fill = || lacks("amount", tr!("write the amount, as 1250.50", "请填写金额，如 1250.50"));
        fields.money("amount").ok_or_else(fill)
    };
    let month = text("month")?;
    let month = month_named(&month)
        .ok_or_else(|| lacks("month", tr!("write the month as 2026-11", "请按 2026-11 填写月份")))?;
    let account = account(&text("account")?)
        .ok_or_else(|| lacks("account", tr!("write freight or fees", "请填写 freight 或 fees")))?;
    let line = fields.get("line").map(|_| fields.whole("line"));
    let record = fields.record("record").cloned();
    if line.is_none() && record.is_none() && matches!(fields.text("event"), Some("decide" | "settle")) {
        return Err(lacks("line", tr!("name the line or the record that it is about", "请填写所指的行号或单号")));
    }
    let (at, by) = (entry.at, entry.by.clone());
    let what = match fields.text("event") {
        Some("line") => {
            let number = line.ok_or_else(|| lacks("line", tr!("number the statement's line", "请填写对账单行号")))?;
            let reference = fields.text("reference").map(str::to_string);
            let cells = cells_of(&text("text")?);
            let line = Line { number, cells, reference, amount: amount()? };
            let columns = fields.text("columns").map(str::to_string);
            What::Line { line, file: fields.text("file").unwrap_or_default().to_string(), columns }
        }
        Some("decide") => {
            let decision = match text("decision")?.as_str() {
                "accept" => Decision::Accept,
                "dispute" => Decision::Dispute,
                _ => Decision::Correct(amount()?),
            };
            What::Decide(Decided { line, record, decision, note: text("note")?, at, by })
        }
        Some("settle") => What::Settle(Booked { line, record, amount: amount()?, at, by }),
        _ => What::Reverse,
    };
    Ok(Event {
        at: entry.at,
        by: entry.by.clone(),
        account,
        party: text("party")?,
        month,
        statement: text("statement")?,
        what,
        spot: entry.spot(),
    })
}

/// A statement as imported, with what came of it.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The carrier or agency.
    pub party: String,
    /// The month that it is about.
    pub month: Period,
    /// Who imported it, and which of the party's month it is: `YX-1`.
    pub id: String,
    /// When it was imported.
    pub at: Time,
    /// When something was last entered about it.
    pub last: Time,
    /// Who imported it.
    pub by: Code,
    /// The file that it came in.
    pub file: String,
    /// How the sender's columns are read, as `key=heading;…`.
    pub columns: Option<String>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// What was decided, in order; the last one of a line counts.
    pub decided: Vec<Decided>,
    /// What is paid and not taken back.
    pub booked: Vec<Booked>,
}

/// Which of a party's month a statement is, by its id. Two with the same counter did not know of each other: clones
/// imported them.
pub fn counter(id: &str) -> u64 {
    id.rsplit('-').next().and_then(|n| n.parse().ok()).unwrap_or(0)
}

/// Which statements somebody wants.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// The account.
    pub account: &'static Account,
    /// Only this party; all where `None`.
    pub party: Option<&'a str>,
    /// Statements of these months.
    pub months: Period,
}

/// Under which statement a record is paid for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Under {
    /// The carrier or agency.
    pub party: String,
    /// The statement's month.
    pub month: Period,
    /// Which of the statements of that party and month.
    pub statement: String,
    /// How much.
    pub amount: Money,
}

/// Statements, and the records that are paid for under any.
#[derive(Clone, Debug, Default)]
pub struct Ledger {
    /// The statements wanted, those that were replaced too, in the order of import.
    pub statements: Vec<Statement>,
    /// For each record that is paid for: under which statement, and how much.
    pub paid: BTreeMap<Number, Under>,
}

impl Ledger {
    /// Reads what was entered since a day. Statements that nobody wants are passed over, their payments are not.
    pub fn read(book: &Book<'_>, wanted: Wanted<'_>, since: Date) -> Ledger {
        let mut ledger = Ledger::default();
        let events = events(book, since, |event| {
            let is_wanted = wanted.months.contains(event.month.from) && wanted.party.is_none_or(|p| p == event.party);
            event.account.code == wanted.account.code
                && (is_wanted || !matches!(event.what, What::Line { .. } | What::Decide(_)))
        });
        events.into_iter().for_each(|event| ledger.enter(event));
        ledger
    }

    /// Reads the statements of some months, all accounts at once: a ledger for each, in the order of the accounts.
    pub fn read_all(book: &Book<'_>, months: Period) -> Vec<Ledger> {
        let mut ledgers = vec![Ledger::default(); ACCOUNTS.len()];
        let is_wanted = |event: &Event| {
            months.contains(event.month.from) || !matches!(event.what, What::Line { .. } | What::Decide(_))
        };
        for event in events(book, months.from, is_wanted) {
            let at = ACCOUNTS.iter().position(|account| account.code == event.account.code);
            if let Some(ledger) = at.and_then(|at| ledgers.get_mut(at)) {
                ledger.enter(event);
            }
        }
        ledgers
    }

    fn enter(&mut self, event: Event) {
        let Event { at, by, party, month, statement, what, .. } = event;
        let mut known = self.statements.iter_mut().rfind(|s| s.party == party && s.month == month && s.id == statement);
        if let Some(known) = &mut known {
            known.last = known.last.max(at);
        }
        match (what, known) {
            (What::Line { line, .. }, Some(known)) => known.lines.push(line),
            (What::Line { line, file, columns }, None) => {
                let (lines, decided, booked) = (vec![line], Vec::new(), Vec::new());
                self.statements.push(Statement {
                    party,
                    month,
                    id: statement,
                    at,
                    last: at,
                    by,
                    file,
                    columns,
                    lines,
                    decided,
                    booked,
                });
            }
            (What::Decide(decided), Some(known)) => known.decided.push(decided),
            (What::Settle(booked), known) => {
                if let Some(record) = &booked.record {
                    self.paid.insert(record.clone(), Under { party, month, statement, amount: booked.amount });
                }
                if let Some(known) = known {
                    known.booked.push(booked);
                }
            }
            (What::Reverse, known) => {
                self.paid.retain(|_, u| (&u.party, u.month, &u.statement) != (&party, month, &statement));
                if let Some(known) = known {
                    known.booked.clear();
                }
            }
            // `cs check` tells of a decision about no statement.
            (What::Decide(_), None) => {}
        }
    }

    /// The statement of a party and month that counts: the one under which something is paid, else the last one.
    pub fn current(&self, party: &str, month: Period) -> Option<&Statement> {
        let theirs = || self.statements.iter().filter(|s| s.party == party && s.month == month);
        theirs().rfind(|s| !s.booked.is_empty()).or_else(|| theirs().next_back())
    }

    /// The statements that count, one for each party and month.
    pub fn current_all(&self) -> impl Iterator<Item = &Statement> {
        let is_current = |s: &&Statement| self.current(&s.party, s.month).is_some_and(|c| std::ptr::eq(c, *s));
        self.statements.iter().filter(is_current)
    }
}

/// What was entered since a day and is kept, in the order of time.
fn events(book: &Book<'_>, since: Date, keep: impl Fn(&Event) -> bool + Sync) -> Vec<Event> {
    let months = book.fold(&SETTLEMENTS, since..=Date::MAX, Vec::new, |events: &mut Vec<Event>, entry| {
        events.extend(Some(event(&entry)?).filter(&keep));
        Ok(())
    });
    let mut events: Vec<Event> = months.into_iter().flatten().collect();
    // Two clones' entries, once merged, may not stand in the order of time.
    events.sort_by_key(|event| event.at);
    events
}

/// All statements of a party for a month, in the order of import.
pub fn statements(book: &Book<'_>, account: &'static Account, party: &str, month: Period) -> Vec<Statement> {
    Ledger::read(book, Wanted { account, party: Some(party), months: month }, month.from).statements
}

/// How the columns of a sender's last statement were read: keys and headings, as they were named by hand. Looks back
/// month by month until there is one.
pub fn columns_of(book: &Book<'_>, account: &'static Account, party: &str) -> Vec<(String, String)> {
    let named = |columns: String| {
        let pairs = cells_of(&columns).into_iter();
        pairs.filter_map(|pair| pair.split_once('=').map(|(k, h)| (k.to_string(), h.to_string()))).collect()
    };
    for month in book.months_in(SETTLEMENTS.dir).into_iter().rev() {
        // The last statement's first line tells; where nothing was named by hand, there is nothing to remember.
        let last = book.fold(
            &SETTLEMENTS,
            month.from..=month.to,
            || None,
            |last: &mut Option<Statement>, entry| {
                let event = event(&entry)?;
                let is_theirs = event.account.code == account.code && event.party == party;
                let known = last.as_ref().is_some_and(|s| s.id == event.statement && s.month == event.month);
                if is_theirs && !known && matches!(event.what, What::Line { .. }) {
                    let mut ledger = Ledger::default();
                    ledger.enter(event);
                    *last = ledger.statements.pop();
                }
                Ok(())
            },
        );
        if let Some(last) = last.into_iter().flatten().next_back() {
            return last.columns.map(named).unwrap_or_default();
        }
    }
    Vec::new()
}
