//! A party's month: what is billed beside what is ours, with verdict, decision and payment.

use std::collections::{BTreeMap, BTreeSet};

use super::Account;
use super::bar::{Bar, Barred, barred};
use super::ledger::{Booked, Decided, Decision, Ledger, Statement, Wanted, counter};
use super::matching::{Claim, Line, Match, match_lines};
use super::ours::{Ask, oldest};
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::period::{Period, Unit};
use crate::base::time::Date;
use crate::base::words::{Words, words};
use crate::book::Book;

/// How a line and a record compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The same amount.
    Equal,
    /// Billed by so much more than ours; below zero where it is less.
    Differs(Money),
    /// Ours, and no statement of the month is on record yet.
    Awaited,
    /// Ours, and not billed.
    OursOnly,
    /// Billed, and not ours.
    TheirsOnly(Why),
}

impl Verdict {
    /// What scripts see.
    pub fn code(self) -> &'static str {
        match self {
            Verdict::Equal => "equal",
            Verdict::Differs(_) => "differs",
            Verdict::Awaited => "awaited",
            Verdict::OursOnly => "ours_only",
            Verdict::TheirsOnly(_) => "theirs_only",
        }
    }

    /// What people read.
    pub fn name(self) -> Words {
        match self {
            Verdict::Equal => words("equal", "相符"),
            Verdict::Differs(_) => words("differs", "金额不符"),
            Verdict::Awaited => words("no statement yet", "尚无对账单"),
            Verdict::OursOnly => words("ours only", "仅我方有"),
            Verdict::TheirsOnly(_) => words("theirs only", "仅对方有"),
        }
    }
}

/// Why a line is none of ours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Nothing of ours fits.
    Unknown,
    /// The statement bills it twice; first on this line.
    Twice(u64),
    /// It names a record of ours that is not to be paid with it: [`Item::barred`] tells why.
    Barred,
}

/// What a decision or payment names an item by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A line of the statement.
    Line(u64),
    /// A record that no line bills.
    Record(Number),
}

impl std::fmt::Display for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Key::Line(line) => write!(f, "{line}"),
            Key::Record(number) => write!(f, "{number}"),
        }
    }
}

/// A line of the statement, a record of ours, or both where they belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What names it.
    pub key: Key,
    /// The statement's line.
    pub line: Option<Line>,
    /// Our record.
    pub claim: Option<Claim>,
    /// The record that the line names, where nothing is owed for it under this statement.
    pub barred: Option<Barred>,
    /// How the two compare.
    pub verdict: Verdict,
    /// The last decision.
    pub decided: Option<Decided>,
    /// The payment.
    pub booked: Option<Booked>,
}

impl Item {
    /// What is billed.
    pub fn theirs(&self) -> Option<Money> {
        self.line.as_ref().map(|line| line.amount)
    }

    /// What is ours.
    pub fn ours(&self) -> Option<Money> {
        self.claim.as_ref().map(|claim| claim.amount)
    }

    /// The record, where there is one.
    pub fn number(&self) -> Option<&Number> {
        self.claim.as_ref().map(|claim| &claim.number)
    }

    /// The record, or the one that the line names though it is not paid with it.
    pub fn meant(&self) -> Option<&Number> {
        self.number().or(self.barred.as_ref().map(|barred| &barred.number))
    }

    /// True for what somebody has to decide.
    pub fn is_difference(&self) -> bool {
        !matches!(self.verdict, Verdict::Equal | Verdict::Awaited)
    }

    /// True for a difference that nobody has decided.
    pub fn is_undecided(&self) -> bool {
        self.is_difference() && self.decided.is_none() && self.booked.is_none()
    }

    /// True while it is in dispute: nothing is paid for it.
    pub fn is_disputed(&self) -> bool {
        let disputed = |d: &Decided| d.decision == Decision::Dispute;
        self.booked.is_none() && self.decided.as_ref().is_some_and(disputed)
    }

    /// What is paid, or is to be; nothing while that is not decided or in dispute.
    pub fn pays(&self) -> Option<Money> {
        if let Some(booked) = &self.booked {
            return Some(booked.amount);
        }
        match self.decided.as_ref().map(|d| d.decision) {
            Some(decision) => self.would_pay(decision),
            None => self.theirs().filter(|_| !self.is_difference()),
        }
    }

    /// What a decision would pay.
    pub fn would_pay(&self, decision: Decision) -> Option<Money> {
        match decision {
            Decision::Accept => Some(self.theirs().unwrap_or(Money::ZERO)),
            Decision::Dispute => None,
            Decision::Correct(amount) => Some(amount),
        }
    }

    /// The record that bars it from being paid so much, and why.
    pub fn held_back(&self, amount: Option<Money>) -> Option<&Barred> {
        self.barred.as_ref().filter(|b| b.bar.holds() && amount.is_some_and(|amount| amount > Money::ZERO))
    }

    /// True for what the next settlement pays.
    pub fn is_payable(&self) -> bool {
        self.booked.is_none() && self.pays().is_some()
    }
}

/// A party's month.
#[derive(Clone, Debug)]
pub struct Compared {
    /// The account.
    pub account: &'static Account,
    /// The carrier or agency.
    pub party: String,
    /// The month.
    pub month: Period,
    /// The statement that counts; `None` where none was imported.
    pub statement: Option<Statement>,
    /// The other statements of the month: replaced, or another clone's.
    pub others: Vec<Statement>,
    /// The statement's lines in their order, then what is ours only.
    pub items: Vec<Item>,
}

impl Compared {
    /// The differences that nobody has decided.
    pub fn undecided(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.is_undecided())
    }

    /// What the next settlement pays.
    pub fn payable(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.is_payable())
    }

    /// What is paid.
    pub fn booked(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| item.booked.is_some())
    }

    /// The statements under which something is paid: more than one only where two clones settled the month.
    pub fn paid_under(&self) -> impl Iterator<Item = &Statement> {
        self.statement.iter().chain(&self.others).filter(|statement| !statement.booked.is_empty())
    }

    /// True where another clone's statement of the month has decisions that no longer count, and nothing is paid yet.
    pub fn is_forked(&self) -> bool {
        let forked = |current: &Statement, other: &Statement| {
            !other.decided.is_empty() && counter(&other.id) == counter(&current.id)
        };
        let current = self.statement.as_ref().filter(|_| self.paid_under().next().is_none());
        current.is_some_and(|current| self.others.iter().any(|other| forked(current, other)))
    }

    /// How much is paid in all.
    pub fn paid(&self) -> Money {
        Money::sum(self.statement.iter().flat_map(|s| &s.booked).map(|booked| booked.amount))
    }

    /// True once a statement is on record and nothing is left to be decided or paid; disputes aside.
    pub fn is_settled(&self) -> bool {
        self.statement.is_some() && self.undecided().next().is_none() && self.payable().next().is_none()
    }
}

/// The months of an account within a span of days, each party's by itself: what is ours beside what is billed.
pub fn compare(book: &Book<'_>, account: &'static Account, days: Period, party: Option<&str>) -> Vec<Compared> {
    compared(book, Wanted { account, party, months: days }, None)
}

/// One party's month with a statement that is not on record yet.
pub fn compare_with(book: &Book<'_>, account: &'static Account, statement: Statement) -> Compared {
    let (party, months) = (statement.party.clone(), statement.month);
    let wanted = Wanted { account, party: Some(&party), months };
    let mut all = compared(book, wanted, Some(statement));
    all.pop().unwrap_or(Compared {
        account,
        party,
        month: months,
        statement: None,
        others: Vec::new(),
        items: Vec::new(),
    })
}

/// The same among the records that are loaded, without loading more.
pub(super) fn compare_loaded(book: &Book<'_>, wanted: Wanted<'_>, ledger: Ledger) -> Vec<Compared> {
    arrange(book, wanted, ledger, false)
}

fn compared(book: &Book<'_>, wanted: Wanted<'_>, more: Option<Statement>) -> Vec<Compared> {
    let mut ledger = Ledger::read(book, wanted, wanted.months.from);
    ledger.statements.extend(more);
    arrange(book, wanted, ledger, true)
}

/// `load` tells whether more may be read than is loaded: only then is it told why a line is none of ours.
fn arrange(book: &Book<'_>, wanted: Wanted<'_>, mut ledger: Ledger, load: bool) -> Vec<Compared> {
    let lines: Vec<Line> = ledger.current_all().flat_map(|s| s.lines.iter().cloned()).collect();
    let ask = Ask::about(book, wanted.months, wanted.party, &lines);
    if load {
        (wanted.account.load)(book, &ask);
    }
    let forms = book.loaded(wanted.account.kind);
    let claims = forms.iter().filter_map(|form| (wanted.account.claim)(book, form));
    let (claims, others): (Vec<Claim>, Vec<Claim>) = claims.partition(|claim| ask.wants(claim));
    let named: Vec<Claim> = claims.iter().chain(&others).filter(|claim| ask.names(claim)).cloned().collect();
    // A record of an earlier month may have been paid for then.
    if let Some(since) = oldest(&claims).filter(|day| *day < wanted.months.from) {
        ledger.paid.append(&mut Ledger::read(book, wanted, since).paid);
    }
    let month_of = |day: Date| Period::holding(Unit::Month, day);
    let mut parties: BTreeMap<(String, Date), Vec<Claim>> = BTreeMap::new();
    for statement in &ledger.statements {
        parties.entry((statement.party.clone(), statement.month.from)).or_default();
    }
    for claim in claims.iter().filter(|claim| wanted.months.contains(claim.day)) {
        parties.entry((claim.party.clone(), month_of(claim.day).from)).or_default();
    }
    let mut of_party: BTreeMap<&str, Vec<&Claim>> = BTreeMap::new();
    for claim in &claims {
        of_party.entry(&claim.party).or_default().push(claim);
    }
    for ((party, from), ours) in &mut parties {
        let (month, all) = (month_of(*from), of_party.get(party.as_str()));
        ours.extend(all.into_iter().flatten().filter(|c| c.day <= month.to).map(|c| (*c).clone()));
    }
    let side = |((party, from), ours): ((String, Date), Vec<Claim>)| {
        let month = month_of(from);
        let statement = ledger.current(&party, month).cloned();
        let paid = |number: &Number| {
            let under = ledger.paid.get(number)?;
            let is_here = |s: &Statement| (&s.party, s.month, &s.id) == (&under.party, under.month, &under.statement);
            (!statement.as_ref().is_some_and(is_here)).then_some(Bar::Paid(under.month, under.amount))
        };
        let why = |line: &Line| load.then(|| barred(book, wanted.account, (&party, month), line, &named)).flatten();
        let items = items(statement.as_ref(), &ours, month, paid, why);
        let is_other = |s: &&Statement| {
            s.party == party && s.month == month && statement.as_ref().is_none_or(|current| current.id != s.id)
        };
        let others = ledger.statements.iter().filter(is_other).cloned().collect();
        Compared { account: wanted.account, party, month, statement, others, items }
    };
    parties.into_iter().map(side).collect()
}

/// Matches a statement with a party's claims of its month and before; `paid` tells of a record that another settlement
/// has paid for, `why` of one that a line names and that is none of the claims. What is ours and not billed is told of the month alone: of an earlier one it was told then.
fn items(
    statement: Option<&Statement>,
    ours: &[Claim],
    month: Period,
    paid: impl Fn(&Number) -> Option<Bar>,
    why: impl Fn(&Line) -> Option<Barred>,
) -> Vec<Item> {
    let (free, gone): (Vec<Claim>, Vec<Claim>) = ours.iter().cloned().partition(|claim| paid(&claim.number).is_none());
    let lines = statement.map_or(&[][..], |s| &s.lines);
    let matches = match_lines(lines, &free);
    let of_gone = match_lines(lines, &gone);
    let mut items: Vec<Side> = Vec::new();
    let mut billed: BTreeSet<usize> = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        let mut named = None;
        let (claim, verdict) = match (matches[at], of_gone[at]) {
            (Match::Claim(claim), _) => {
                billed.insert(claim);
                let claim = &free[claim];
                let difference = line.amount.minus(claim.amount).unwrap_or(Money::ZERO);
                let equal = line.amount == claim.amount;
                (Some(claim.clone()), if equal { Verdict::Equal } else { Verdict::Differs(difference) })
            }
            (Match::Twice(first), _) => (None, Verdict::TheirsOnly(Why::Twice(lines[first].number))),
            (Match::Nothing, Match::Claim(claim)) => {
                let number = gone[claim].number.clone();
                named = paid(&number).map(|bar| Barred { number, bar });
                (None, Verdict::TheirsOnly(Why::Barred))
            }
            (Match::Nothing, Match::Twice(first)) => (None, Verdict::TheirsOnly(Why::Twice(lines[first].number))),
            (Match::Nothing, Match::Nothing) => {
                named = why(line);
                (None, Verdict::TheirsOnly(if named.is_some() { Why::Barred } else { Why::Unknown }))
            }
        };
        items.push((Key::Line(line.number), Some(line.clone()), claim, named, verdict));
    }
    let unbilled = free.iter().enumerate().filter(|(at, claim)| !billed.contains(at) && month.contains(claim.day));
    let unbilled_is = if statement.is_some() { Verdict::OursOnly } else { Verdict::Awaited };
    items.extend(unbilled.map(|(_, c)| (Key::Record(c.number.clone()), None, Some(c.clone()), None, unbilled_is)));
    let decided = Named::of(statement.map_or(&[][..], |s| &s.decided), |d| (d.line, d.record.as_ref()));
    let booked = Named::of(statement.map_or(&[][..], |s| &s.booked), |b| (b.line, b.record.as_ref()));
    let finish = |(key, line, claim, barred, verdict): Side| {
        let number = claim.as_ref().map(|claim: &Claim| &claim.number);
        let (decided, booked) = (decided.get(&key, number), booked.get(&key, number));
        Item { decided: decided.cloned(), booked: booked.cloned(), key, line, claim, barred, verdict }
    };
    items.into_iter().map(finish).collect()
}

/// An item before decision and payment.
type Side = (Key, Option<Line>, Option<Claim>, Option<Barred>, Verdict);

/// Entries by the line that they name, those that name none by their record; the last of each counts.
struct Named<'s, T> {
    lines: BTreeMap<u64, &'s T>,
    records: BTreeMap<&'s Number, &'s T>,
}

impl<'s, T> Named<'s, T> {
    fn of(entries: &'s [T], names: impl Fn(&'s T) -> (Option<u64>, Option<&'s Number>)) -> Named<'s, T> {
        let mut named = Named { lines: BTreeMap::new(), records: BTreeMap::new() };
        for entry in entries {
            match names(entry) {
                (Some(line), _) => drop(named.lines.insert(line, entry)),
                (None, record) => named.records.extend(record.map(|record| (record, entry))),
            }
        }
        named
    }

    /// The entry about an item: by its line, else by its record.
    fn get(&self, key: &Key, record: Option<&Number>) -> Option<&'s T> {
        let by_line = match key {
            Key::Line(line) => self.lines.get(line),
            Key::Record(_) => None,
        };
        by_line.or_else(|| self.records.get(record?)).copied()
    }
}
