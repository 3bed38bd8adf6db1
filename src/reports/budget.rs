//! 费用预算: what each kind of cost was to come to, what is spent, what is committed, and what is left (R64).
//!
//! A cost belongs to the month of the fact that it follows from, and stands there as it is known now, as with the months
//! of a settlement. The facts, kind by kind:
//!
//! - freight: spent is what was paid to carriers for a month's shipments (R16); committed is what we owe for those that
//!   departed and are not paid, and the freight approved of those that have not departed, in the month of the approval;
//! - repair fees: spent is what was paid to agencies for a month's repairs (R21); committed is what we owe for those
//!   accepted and not paid, and the quotes signed of those not accepted yet, in the month of the signature (R24);
//! - parts: spent when sent (R25), committed when approved;
//! - compensation: spent when carried out, committed when signed (R33);
//! - training: spent on its day once it was held, or its test closed, committed as long as it is planned (R52);
//! - gifts: spent with the visit at which they were given (R41).
//!
//! Left is the budget less what is spent and committed, of the kinds that have one. What the others cost stands apart.
//! Only these costs are judged by the budget: reports of other sums of money (freight agreed, fees released) have the
//! [cost that counts](beside) beside theirs.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::charts;
use super::figure::{RuleOf, Tally, rule_of};
use super::listing::table;
use super::model::{Figure, Section};
use super::scope::{Scope, load};
use super::settlements::months;
use crate::aftersales::{approved_quote, fee, owes};
use crate::base::field::Kind;
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::period::{Period, Unit};
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::time::{Date, Time};
use crate::base::words::{Text, Words, words};
use crate::book::Book;
use crate::forms::complaint::Complaint;
use crate::forms::form::Form;
use crate::forms::parts::Parts;
use crate::forms::shipment::Shipment;
use crate::forms::training::Training;
use crate::policy::budget::{COSTS, CostKind};
use crate::settlement::{Account, FEES, FREIGHT, compare};
use crate::trainings::in_days;

/// Something that costs us money.
struct Cost {
    /// A day of the month in which it counts.
    day: Date,
    amount: Money,
    /// Paid, or else only promised.
    spent: bool,
    record: Option<Number>,
}

/// The costs of a kind that a record makes, or a statement, over some months.
type Costs = fn(&Book<'_>, Period) -> Vec<Cost>;

/// Where the costs of a kind are found, and what they are called among other figures.
struct Source {
    kind: &'static str,
    costs: Costs,
    figure: RuleOf<Line>,
}

const fn source(kind: &'static str, costs: Costs, key: &'static str, (en, zh): (&'static str, &'static str)) -> Source {
    let figure = rule_of(key, en, zh, "money", |line: &Line| Tally {
        value: Some(Amount::Money(line.in_all())),
        records: line.records(),
    });
    Source { kind, costs, figure: figure.aim(kind) }
}

const SOURCES: &[Source] = &[
    source("freight", freight, "freight_budgeted", ("Freight against the budget", "运费（预算口径）")),
    source(
        "repair_fees",
        repair_fees,
        "repair_fees_budgeted",
        ("Repair fees against the budget", "维修费（预算口径）"),
    ),
    source("parts", parts, "parts_budgeted", ("Parts against the budget", "配件（预算口径）")),
    source(
        "compensation",
        compensation,
        "compensation_budgeted",
        ("Compensation against the budget", "赔偿（预算口径）"),
    ),
    source("training", training, "training_budgeted", ("Training against the budget", "培训（预算口径）")),
    source("gifts", gifts, "gifts_budgeted", ("Gifts against the budget", "礼品（预算口径）")),
];

impl Source {
    /// The costs of a kind as known now, for the whole months that a period touches.
    fn line(&self, kind: &'static CostKind, book: &Book<'_>, period: Period) -> Line {
        let mut costs = (self.costs)(book, period);
        costs.retain(|cost| period.contains(cost.day));
        Line { kind, budget: book.policy.budget(kind.key, period), costs }
    }
}

fn cost(book: &Book<'_>, form: &Form, at: Time, amount: Option<Money>, spent: bool) -> Option<Cost> {
    Some(Cost { day: book.now.zone.day(at), amount: amount?, spent, record: Some(form.number.clone()) })
}

/// The living forms of a kind.
fn living(book: &Book<'_>, kind: Kind) -> Vec<Arc<Form>> {
    let mut forms = book.loaded(kind);
    forms.retain(|form| !form.is_void());
    forms
}

/// What is paid of a settlement's months, and what we owe there.
fn settled(book: &Book<'_>, account: &'static Account, period: Period) -> Vec<Cost> {
    let mut costs = Vec::new();
    for month in compare(book, account, period, None) {
        for item in &month.items {
            let paid = item.booked.as_ref().map(|booked| booked.amount);
            let owed = || item.pays().or(item.ours());
            let Some(amount) = paid.or_else(owed) else { continue };
            costs.push(Cost { day: month.month.from, amount, spent: paid.is_some(), record: item.meant().cloned() });
        }
    }
    costs
}

fn freight(book: &Book<'_>, period: Period) -> Vec<Cost> {
    let approved = |form: &Arc<Form>| {
        let step = form.last("approve").filter(|_| form.state().code == "approved")?;
        cost(book, form, step.at, Shipment::of(form).freight(), false)
    };
    let mut costs = settled(book, &FREIGHT, period);
    costs.extend(living(book, Kind::Shipment).iter().filter_map(approved));
    costs
}

fn repair_fees(book: &Book<'_>, period: Period) -> Vec<Cost> {
    let signed = |form: &Arc<Form>| {
        let waits = !form.is_over() && form.state().code != "accepted" && owes(book, form);
        let quote = approved_quote(book, &form.number).filter(|_| waits)?;
        cost(book, form, quote.last("approve")?.at, fee(book, form), false)
    };
    let mut costs = settled(book, &FEES, period);
    costs.extend(living(book, Kind::Repair).iter().filter_map(signed));
    costs
}

fn parts(book: &Book<'_>, _: Period) -> Vec<Cost> {
    let of = |form: &Arc<Form>| {
        let sent = Parts::of(form).is_sent();
        let step =
            form.last(if sent { "send" } else { "approve" }).filter(|_| sent || form.state().code == "approved")?;
        cost(book, form, step.at, Parts::of(form).cost(), sent)
    };
    living(book, Kind::Parts).iter().filter_map(of).collect()
}

fn compensation(book: &Book<'_>, _: Period) -> Vec<Cost> {
    let of = |form: &Arc<Form>| {
        let complaint = Complaint::of(form);
        let mut costs: Vec<Cost> =
            form.taken("act").filter_map(|act| cost(book, form, act.at, complaint.paid_by(act), true)).collect();
        if let Some((plan, Some(sign))) = complaint.plan()
            && form.taken("act").all(|act| act.index < plan.index)
        {
            costs.extend(cost(book, form, sign.at, plan.fields.money("compensation"), false));
        }
        costs
    };
    living(book, Kind::Complaint).iter().flat_map(of).collect()
}

fn training(book: &Book<'_>, period: Period) -> Vec<Cost> {
    let of = |form: &Arc<Form>| {
        let (training, state) = (Training::of(form), form.state().code);
        let amount = training.cost().filter(|_| state != "cancelled");
        cost(book, form, training.when()?, amount, !matches!(state, "planned" | "set"))
    };
    // One may be put on record in a month after its own.
    in_days(book, period).iter().filter_map(of).collect()
}

fn gifts(book: &Book<'_>, _: Period) -> Vec<Cost> {
    let of = |form: &Arc<Form>| cost(book, form, form.made_at()?, form.header.money("gift_cost"), true);
    living(book, Kind::Visit).iter().filter_map(of).collect()
}

fn source_of(kind: &CostKind) -> Option<&'static Source> {
    SOURCES.iter().find(|source| source.kind == kind.key)
}

/// A kind of cost over some months.
struct Line {
    kind: &'static CostKind,
    budget: Option<Money>,
    costs: Vec<Cost>,
}

impl Line {
    fn sum(&self, counts: impl Fn(&Cost) -> bool) -> Money {
        Money::sum(self.costs.iter().filter(|cost| counts(cost)).map(|cost| cost.amount))
    }

    fn in_all(&self) -> Money {
        self.sum(|_| true)
    }

    fn records(&self) -> Vec<Number> {
        let records: BTreeSet<&Number> = self.costs.iter().filter_map(|cost| cost.record.as_ref()).collect();
        records.into_iter().cloned().collect()
    }

    fn left(&self) -> Option<Money> {
        self.budget?.minus(self.in_all())
    }

    /// By how much it is beyond its budget.
    fn over(&self) -> Option<Money> {
        self.in_all().minus(self.budget?).filter(|over| *over > Money::ZERO)
    }

    /// The part of it that falls into a month.
    fn within(&self, book: &Book<'_>, month: Period) -> Line {
        let costs = self.costs.iter().filter(|cost| month.contains(cost.day));
        let costs = costs.map(|cost| Cost { record: cost.record.clone(), ..*cost }).collect();
        Line { kind: self.kind, budget: book.policy.budget(self.kind.key, month), costs }
    }
}

/// All kinds over some months.
struct Lines(Vec<Line>);

impl Lines {
    /// As known now, for the whole months that a period touches.
    fn of(book: &Book<'_>, period: Period) -> Lines {
        let period = months(period);
        load(book, &[period]);
        let book = book.as_of(book.now.time);
        let line = |kind| Some(source_of(kind)?.line(kind, &book, period));
        Lines(COSTS.iter().filter_map(line).collect())
    }

    fn within(&self, book: &Book<'_>, month: Period) -> Lines {
        Lines(self.0.iter().map(|line| line.within(book, month)).collect())
    }

    /// What the kinds with a budget may cost, and what they do.
    fn budgeted(&self) -> impl Iterator<Item = (&Line, Money)> {
        self.0.iter().filter_map(|line| Some((line, line.budget?)))
    }

    fn budget(&self) -> Option<Money> {
        let budgets: Vec<Money> = self.budgeted().map(|(_, budget)| budget).collect();
        (!budgets.is_empty()).then(|| Money::sum(budgets))
    }

    fn sum(&self, counts: impl Fn(&Line, &Cost) -> bool) -> Money {
        Money::sum(self.0.iter().map(|line| line.sum(|cost| counts(line, cost))))
    }

    /// What kinds with a budget cost, spent or not; nothing to tell where none has any.
    fn of_budgeted(&self, spent: bool) -> Tally {
        let counts = |line: &Line, cost: &Cost| line.budget.is_some() && cost.spent == spent;
        let value = self.budget().map(|_| Amount::Money(self.sum(counts)));
        Tally { value, records: self.records(counts) }
    }

    fn left(&self) -> Option<Money> {
        self.budget().map(|_| Money::sum(self.budgeted().filter_map(|(line, _)| line.left())))
    }

    fn used(&self) -> Option<Amount> {
        Amount::share_of(Money::sum(self.budgeted().map(|(line, _)| line.in_all())), self.budget()?)
    }

    fn records(&self, counts: impl Fn(&Line, &Cost) -> bool) -> Vec<Number> {
        let costs = self.0.iter().flat_map(|line| line.costs.iter().map(move |cost| (line, cost)));
        let records: BTreeSet<&Number> =
            costs.filter(|(line, cost)| counts(line, cost)).filter_map(|(_, cost)| cost.record.as_ref()).collect();
        records.into_iter().cloned().collect()
    }
}

const FIGURES: &[RuleOf<Lines>] = &[
    rule_of("budget", "Budget", "预算", "money", |all| Tally {
        value: all.budget().map(Amount::Money),
        records: Vec::new(),
    }),
    rule_of("spent", "Spent", "已支出", "money", |all| all.of_budgeted(true)),
    rule_of("committed", "Committed", "已承诺", "money", |all| all.of_budgeted(false)),
    rule_of("left", "Left", "剩余", "money", |all| Tally {
        value: all.left().map(Amount::Money),
        records: Vec::new(),
    }),
    rule_of("used", "Budget used", "预算使用率", "percent", |all| Tally {
        value: all.used(),
        records: all.records(|line, _| line.budget.is_some()),
    }),
    rule_of("over", "Beyond the budget, kind by kind", "各类超支合计", "money", |all| Tally {
        value: all.budget().map(|_| Amount::Money(Money::sum(all.0.iter().filter_map(Line::over)))),
        records: all.records(|line, _| line.over().is_some()),
    }),
    rule_of("unbudgeted", "Spent and committed without a budget", "无预算类别的费用", "money", |all| {
        let counts = |line: &Line, _: &Cost| line.budget.is_none();
        Tally { value: Some(Amount::Money(all.sum(counts))), records: all.records(counts) }
    }),
];

/// The budget, kind by kind and month by month.
pub fn budget(scope: &Scope<'_>) -> Option<Section> {
    let lines = scope.spans().map(|span| Lines::of(scope.book, span.period));
    let [now, previous, last_year] = &lines;
    let mut section = scope.section("budget", TITLE, &[]);
    section.figures = scope.figures(FIGURES, &lines);
    section.tables = vec![by_kind("by_kind", words("By kind of cost", "各类费用"), now, &[previous, last_year])];
    section.tables.extend(to_date(scope));
    if is_set(scope.book, months(scope.period())) || now.0.iter().any(|line| !line.costs.is_empty()) {
        section.tables.push(by_month(scope, now));
    }
    section.charts = charts::BUDGET;
    Some(section)
}

/// The budget in short, for the general reports; nothing where none is set.
pub fn in_short(scope: &Scope<'_>) -> Option<Section> {
    let section = is_set(scope.book, so_far(scope)).then(|| budget(scope)).flatten()?;
    let tables = section.tables.into_iter().filter(|table| table.name != "by_month").collect();
    Some(Section { tables, charts: charts::BUDGET_IN_SHORT, ..section })
}

/// Whether any kind of cost has a budget in the months that a period touches.
pub fn is_set(book: &Book<'_>, period: Period) -> bool {
    COSTS.iter().any(|kind| book.policy.budget(kind.key, period).is_some())
}

/// What some kinds of cost come to as the budget counts them, each beside its budget: for the reports of those costs.
/// Nothing of a kind without a budget, nor in a period that is not made of whole months.
pub fn beside(scope: &Scope<'_>, costs: &[&str]) -> Vec<Figure> {
    let kinds = COSTS.iter().filter(|kind| costs.contains(&kind.key) && scope.goal(kind.key).is_some());
    let figure = |kind| {
        let source = source_of(kind)?;
        let lines = scope.spans().map(|span| {
            let period = months(span.period);
            load(scope.book, &[period]);
            source.line(kind, &scope.book.as_of(scope.book.now.time), period)
        });
        scope.figures([&source.figure], &lines).pop()
    };
    kinds.filter_map(figure).collect()
}

const TITLE: Words = words("Budget", "费用预算");

/// The year of the period from its first day to the period's last, as far as it has come.
fn so_far(scope: &Scope<'_>) -> Period {
    let last = scope.period().to.min(scope.book.now.today().max(scope.period().from));
    Period::between(Period::holding(Unit::Year, last).from, last).unwrap_or(scope.period())
}

/// The months of the year so far, where these are not the period itself.
fn to_date(scope: &Scope<'_>) -> Option<Table> {
    let so_far = months(so_far(scope));
    let whole = months(scope.period());
    let other = (so_far.from, so_far.to) != (whole.from, whole.to);
    other.then(|| {
        let lines = Lines::of(scope.book, so_far);
        by_kind("to_date", words("The year to date", "本年累计"), &lines, &[])
    })
}

const MONEY: [Column; 6] = [
    column("budget", "Budget", "预算").numeric(),
    column("spent", "Spent", "已支出").numeric(),
    column("committed", "Committed", "已承诺").numeric(),
    column("left", "Left", "剩余").numeric(),
    column("used", "Budget used", "预算使用率").numeric(),
    column("standing", "Standing", "执行情况").whole(),
];

/// Each kind with any budget or cost, beside what it came to in other periods.
fn by_kind(name: &'static str, title: Words, now: &Lines, then: &[&Lines]) -> Table {
    const THEN: [Column; 2] = [
        column("previous", "Previous", "上期费用").numeric(),
        column("last_year", "Last year", "去年同期费用").numeric(),
    ];
    let row = |(at, line): (usize, &Line)| {
        let others: Vec<Money> = then.iter().map(|lines| lines.0[at].in_all()).collect();
        if line.budget.is_none() && line.costs.is_empty() && others.iter().all(|money| *money == Money::ZERO) {
            return None;
        }
        let mut cells = vec![Cell::coded(line.kind.key, line.kind.name)];
        cells.extend(money(line));
        cells.extend(others.into_iter().map(Cell::from));
        Some(Row { cells, records: line.records() })
    };
    let columns: Vec<Column> = std::iter::once(column("cost", "Cost", "费用类别"))
        .chain(MONEY)
        .chain(THEN.into_iter().take(then.len()))
        .collect();
    table(name, title, &columns, now.0.iter().enumerate().filter_map(row))
}

fn money(line: &Line) -> [Cell; 6] {
    let standing = match (line.budget, line.over()) {
        (None, _) => Cell::coded("none", words("no budget", "无预算")),
        (Some(_), None) => Cell::coded("within", words("within", "预算内")),
        (Some(_), Some(_)) => Cell::coded("over", words("over budget", "超预算")),
    };
    [
        line.budget.into(),
        line.sum(|cost| cost.spent).into(),
        line.sum(|cost| !cost.spent).into(),
        line.left().into(),
        line.budget.and_then(|budget| Amount::share_of(line.in_all(), budget)).into(),
        standing,
    ]
}

/// Each month: the budget, the cost and what is left of it; then the cost of each kind.
fn by_month(scope: &Scope<'_>, now: &Lines) -> Table {
    let mut columns = vec![
        column("month", "Month", "月份").whole(),
        column("budget", "Budget", "预算").numeric(),
        column("in_all", "Cost", "费用").numeric(),
        column("left", "Left", "剩余").numeric(),
    ];
    columns.extend(COSTS.iter().map(|kind| Column { key: kind.key, name: kind.name, numeric: true, whole: true }));
    let row = |month: Period| {
        let lines = now.within(scope.book, month);
        let mut cells = vec![
            Cell::Words(Text::same(month)),
            lines.budget().into(),
            lines.sum(|_, _| true).into(),
            lines.left().into(),
        ];
        cells.extend(lines.0.iter().map(|line| Cell::from(line.in_all())));
        Row { cells, records: lines.records(|_, _| true) }
    };
    let all = months(scope.period()).parts(Unit::Month).into_iter();
    table("by_month", words("Month by month", "分月情况"), &columns, all.map(row))
}

#[cfg(test)]
mod tests {
    use super::{COSTS, SOURCES};

    #[test]
    fn r64_every_kind_of_cost_has_one_source() {
        let keys = |kinds: &mut dyn Iterator<Item = &'static str>| kinds.collect::<Vec<_>>();
        assert_eq!(keys(&mut SOURCES.iter().map(|source| source.kind)), keys(&mut COSTS.iter().map(|kind| kind.key)));
    }
}
