//! Why a record of ours that a line names is not to be paid with that statement (R16–R18, R21).

use super::Account;
use super::matching::{Claim, Line, plain};
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::period::{Period, Unit};
use crate::base::words::{Text, words};
use crate::book::Book;
use crate::forms::quote::Quote;
use crate::tr;

/// Why nothing is owed for a record under the statement that names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Bar {
    /// It is void (R66).
    Void,
    /// The shipment has not departed.
    NotDeparted,
    /// The repair is not accepted yet.
    NotAccepted,
    /// The customer or a carrier pays for the repair (R18).
    Uncovered,
    /// The repair's fee is not released (R21).
    Unreleased,
    /// No freight is on record, no quote signed.
    Unpriced,
    /// It belongs to another carrier or agency.
    Party(String),
    /// It belongs to a later month.
    Later(Period),
    /// It is settled already, with this month, for so much.
    Paid(Period, Money),
}

/// A record of ours that a line names, and why it is not paid with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barred {
    /// The record.
    pub number: Number,
    /// Why.
    pub bar: Bar,
}

impl Bar {
    /// What people read.
    pub fn said(&self) -> Text {
        match self {
            Bar::Void => words("void", "单据已作废").into(),
            Bar::NotDeparted => words("has not departed", "尚未发车").into(),
            Bar::NotAccepted => words("not accepted yet", "维修尚未验收").into(),
            Bar::Uncovered => {
                words("not ours to pay: the customer or the carrier pays", "非我方承担：由客户或物流公司付费").into()
            }
            Bar::Unreleased => words("fee not released", "费用未核准").into(),
            Bar::Unpriced => words("no amount of ours is on record", "我方没有已确认的金额").into(),
            Bar::Party(party) => tr!("belongs to {party}", "属于 {party}"),
            Bar::Later(month) => tr!("belongs to {month}", "属于 {month}"),
            Bar::Paid(month, amount) => tr!("settled in {month} already, for {amount}", "已在 {month} 结算 {amount}"),
        }
    }

    /// True where no decision can make it payable with this statement. More may be paid for what is settled already, if
    /// somebody decides so.
    pub fn holds(&self) -> bool {
        !matches!(self, Bar::Paid(..))
    }
}

/// Why a claim is not among those of a party's month; `None` where it is.
fn of_claim(claim: &Claim, party: &str, month: Period) -> Option<Bar> {
    if claim.party != party {
        return Some(Bar::Party(claim.party.clone()));
    }
    (claim.day > month.to).then(|| Bar::Later(Period::holding(Unit::Month, claim.day)))
}

/// Why a record that is paid for would not be paid for today, void ones aside; `None` while all is as it was.
pub fn shaken(book: &Book<'_>, account: &Account, number: &Number, party: &str, month: Period) -> Option<Bar> {
    let form = book.form(number).filter(|form| form.spec.kind == account.kind && !form.is_void())?;
    match (account.claim)(book, &form) {
        Some(claim) => of_claim(&claim, party, month).or(claim.held.map(|_| Bar::Unreleased)),
        None => Some((account.lacks)(book, &form)),
    }
}

/// The record that a line names although it is not among the month's claims: by our number, or by the party's own
/// among the claims that statements name.
pub(super) fn barred(
    book: &Book<'_>,
    account: &Account,
    (party, month): (&str, Period),
    line: &Line,
    named: &[Claim],
) -> Option<Barred> {
    let by_number = |number: Number| {
        // Who names a quote means its ticket.
        let form = book.form(&number)?;
        let form = match form.spec.kind == account.kind {
            true => form,
            false => book.form(Quote::of(&form).repair()?).filter(|form| form.spec.kind == account.kind)?,
        };
        let bar = match (account.claim)(book, &form) {
            Some(claim) => of_claim(&claim, party, month)?,
            None => (account.lacks)(book, &form),
        };
        Some(Barred { number: form.number.clone(), bar })
    };
    let by_reference = || {
        let reference = plain(line.reference.as_deref()?);
        let is_meant = |claim: &&Claim| claim.reference.as_deref().is_some_and(|own| plain(own) == reference);
        named
            .iter()
            .filter(is_meant)
            .find_map(|claim| Some(Barred { number: claim.number.clone(), bar: of_claim(claim, party, month)? }))
    };
    line.numbers().find_map(by_number).or_else(by_reference)
}
