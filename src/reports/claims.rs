//! Figures of insurance claims (R43), and the report of them.
//!
//! A step counts in the period in which it was recorded. The loss ratio is a policy's own, over its term up to the end
//! of the period: a month's payments against a year's premium would say nothing.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::charts;
use super::figure::{Rule, Tally, count, days, money, percent};
use super::groups::{BY_CARRIER, BY_POLICY, grouped, grouped_by, tallies};
use super::listing::{NUMBER, STATE, state, table};
use super::model::Section;
use super::scope::{Scope, Span};
use crate::base::field::Kind::Claim as CLAIM;
use crate::base::field::List;
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::time::Date;
use crate::base::words::words;
use crate::book::Book;
use crate::claims::{carrier_of, left_under, loss_ratio, of_policy, paid_under};
use crate::forms::claim::Claim;
use crate::forms::form::{Form, Step};
use crate::lists::Row as Policy;
use crate::sla::claims::NOTICE;

const MADE: Rule = count("made", "Made", "申请", |s| Tally::count(s.made(CLAIM)));
/// What was claimed.
pub const CLAIMED: Rule = money("claimed", "Claimed", "申请金额", |s| claimed(s.made(CLAIM)));
/// Of the claims assessed in the period, the amount last assessed.
const ASSESSED: Rule = money("assessed", "Assessed", "定损金额", |s| {
    let assessed = s.forms(CLAIM).filter_map(|form| Some((form, form.last("assessed").filter(|step| s.holds(step))?)));
    Tally::money(assessed.filter_map(|(form, step)| Some((form, amount(step)?))))
});
pub const SETTLED: Rule = money("settled", "Paid", "赔付金额", |s| {
    Tally::money(s.steps(CLAIM, "settled").filter_map(|(form, step)| Some((form, amount(step)?))))
});
/// Claims refused in the period against which nobody has appealed by its end.
const REFUSED: Rule = count("refused", "Refused", "拒赔", |s| Tally::count(refused(s)));
const REFUSED_AMOUNT: Rule = money("refused_amount", "Claimed and refused", "拒赔金额", |s| claimed(refused(s)));
const WITHDRAWN: Rule = count("withdrawn", "Withdrawn", "撤回", |s| Tally::count(s.done(CLAIM, "withdraw")));
const CLOSED: Rule = count("closed", "Closed", "结案", |s| Tally::count(s.done(CLAIM, "close")));
/// R43: of the claims whose time to tell the insurer ended in the period.
const TOLD_IN_TIME: Rule =
    percent("told_in_time", "Insurer told in time", "报案及时率", |s| s.in_time(&NOTICE)).aim("insurer_told_in_time");
const TOLD_MET: Rule = count("told_met", "Told in time", "按时报案", |s| s.kept(&NOTICE, true));
const TOLD_MISSED: Rule =
    count("told_missed", "Told late or not at all", "逾期或未报案", |s| s.kept(&NOTICE, false));
/// From the day of loss to the day on which the money came.
const DAYS_TO_PAY: Rule =
    days("days_to_pay", "Days from loss to payment, median", "出险至赔付天数中位数", |s| {
        let paid = s.steps(CLAIM, "settled");
        let waited = |(form, step)| Some((form, (paid_on(s.book(), step) - Claim::of(form).lost_on()?).num_days()));
        Tally::median(paid.filter_map(waited), Amount::Days)
    });
const OPEN: Rule = count("open", "Open at the end", "期末未结", |s| Tally::count(s.open(CLAIM)));
/// What is claimed and neither paid nor refused at the end.
const PENDING: Rule = money("pending", "Claimed and pending at the end", "期末待赔金额", |s| {
    claimed(s.open(CLAIM).filter(|form| Claim::of(form).is_pending()))
});
/// What was paid for losses of their terms against the premiums of the policies in force in the period.
const LOSS_RATIO: Rule = percent("loss_ratio", "Loss ratio", "赔付率", |s| {
    let policies = s.book().list(List::Policies);
    let touches = |row: &&Policy| {
        row.fields.date("from").is_some_and(|from| from <= s.period.to)
            && row.fields.date("to").is_some_and(|to| s.period.from <= to)
    };
    let (mut paid, mut premiums, mut records) = (Money::ZERO, Money::ZERO, BTreeSet::new());
    for policy in policies.rows.iter().filter(touches) {
        let Some(premium) = policy.fields.money("premium") else { continue };
        let claims = of_policy(s.book(), policy);
        paid = Money::sum([paid, paid_under(&claims)]);
        premiums = Money::sum([premiums, premium]);
        records.extend(paid_of(&claims));
    }
    Tally { value: Amount::share_of(paid, premiums), records: records.into_iter().collect() }
});

const RULES: &[Rule] = &[
    MADE,
    CLAIMED,
    ASSESSED,
    SETTLED,
    REFUSED,
    REFUSED_AMOUNT,
    WITHDRAWN,
    CLOSED,
    TOLD_IN_TIME,
    TOLD_MET,
    TOLD_MISSED,
    DAYS_TO_PAY,
    OPEN,
    PENDING,
    LOSS_RATIO,
];

const OF_A_GROUP: &[Rule] =
    &[MADE, CLAIMED, ASSESSED, SETTLED, REFUSED, REFUSED_AMOUNT, TOLD_MET, TOLD_MISSED, OPEN, PENDING];

/// Claims: what was claimed, assessed, paid and refused, under which policy, of which carrier, and what is open.
pub fn claims(scope: &Scope<'_>) -> Option<Section> {
    let span = &scope.span;
    let mut section = scope.section("claims", words("Insurance claims", "理赔"), RULES);
    section.tables = vec![by_policy(span), grouped(span, &BY_CARRIER, OF_A_GROUP), open(span)];
    section.charts = charts::CLAIMS;
    Some(section)
}

/// Claims in a few figures, for the general reports.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    const SHORT: &[Rule] = &[MADE, CLAIMED, SETTLED, REFUSED, TOLD_IN_TIME, OPEN, PENDING];
    let section = scope.section("claims", words("Insurance claims", "理赔"), SHORT);
    Some(Section { charts: charts::CLAIMS_IN_SHORT, ..section })
}

fn amount(step: &Step) -> Option<Money> {
    step.fields.money("amount")
}

fn claimed<'f>(forms: impl IntoIterator<Item = &'f Form>) -> Tally {
    Tally::money(forms.into_iter().filter_map(|form| Some((form, Claim::of(form).claimed()?))))
}

fn refused<'s>(span: &'s Span<'_>) -> impl Iterator<Item = &'s Form> {
    span.forms(CLAIM).filter(|form| Claim::of(form).refused().is_some_and(|step| span.holds(step)))
}

/// The day on which a payment came: the one that its step names, else that of the step.
fn paid_on(book: &Book<'_>, settled: &Step) -> Date {
    settled.fields.date("paid_on").unwrap_or_else(|| book.now.zone.day(settled.at))
}

/// The claims for which something was paid.
fn paid_of(claims: &[Arc<Form>]) -> impl Iterator<Item = Number> {
    claims.iter().filter(|form| Claim::of(form).settled().is_some()).map(|form| form.number.clone())
}

/// Each policy under which there is a claim, with what it covers and costs.
fn by_policy(span: &Span<'_>) -> Table {
    let of_policies = [
        column("sum", "Sum insured", "保额").numeric(),
        column("left", "Left of it", "剩余保额").numeric(),
        column("premium", "Premium", "保费").numeric(),
        column("loss_ratio", "Loss ratio", "赔付率").numeric(),
    ];
    let columns = OF_A_GROUP.iter().map(Rule::column).chain(of_policies);
    grouped_by(span, &BY_POLICY, columns, |group, number| {
        let book = span.book();
        let policy = book.list(List::Policies).get(number);
        let claims = policy.map(|policy| of_policy(book, policy)).unwrap_or_default();
        let of_row = |value: Option<Amount>| Tally { value, records: Vec::new() };
        let money = |key| of_row(policy.and_then(|row| row.fields.money(key)).map(Amount::Money));
        let ratio = policy.and_then(|policy| loss_ratio(policy, &claims));
        let mut found = tallies(group, OF_A_GROUP);
        found.extend([
            money("sum"),
            of_row(policy.and_then(|policy| left_under(policy, &claims)).map(Amount::Money)),
            money("premium"),
            Tally { value: ratio, records: paid_of(&claims).collect() },
        ]);
        found
    })
}

/// The claims that are not over at the end of the span, and how far each is.
fn open(span: &Span<'_>) -> Table {
    let book = span.book();
    let columns: [Column; 9] = [
        NUMBER,
        column("record", "Record", "相关单据").whole(),
        column("policy", "Policy", "保单号").whole(),
        column("carrier", "Carrier", "物流公司"),
        column("lost_on", "Day of loss", "出险日期").whole(),
        column("claimed", "Claimed", "申请金额").numeric(),
        column("assessed", "Assessed", "定损金额").numeric(),
        STATE,
        column("days_open", "Days open", "未结天数").numeric(),
    ];
    let row = |form: &Form| {
        let claim = Claim::of(form);
        let cells = vec![
            Cell::Number(form.number.clone()),
            claim.record().cloned().map(Cell::Number).into(),
            Cell::Text(claim.policy().to_string()),
            carrier_of(book, form).map(|code| Cell::Text(book.name(List::Carriers, &code))).into(),
            claim.lost_on().into(),
            claim.claimed().into(),
            claim.assessed().and_then(amount).into(),
            state(form),
            Cell::Amount(Amount::Days((span.end() - form.day()).num_days())),
        ];
        Row { cells, records: vec![form.number.clone()] }
    };
    table("open", words("Open claims", "未结理赔"), &columns, span.open(CLAIM).map(row))
}
