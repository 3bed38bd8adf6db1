//! What a report looks at: its period and the two to compare with, each with the department as it was at the end.
//!
//! This is the vocabulary that figures are written in: "the orders that were finished in the span", "the shipments
//! open at its end". Facts after the end of a span, or after now, are unknown to it; what is void was never there (R66).

use std::borrow::Borrow;
use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::Arc;

use super::figure::{Definition, Rule, RuleOf, Tally};
use super::model::{Figure, Section};
use crate::base::field::Kind;
use crate::base::number::Number;
use crate::base::period::{Period, Unit};
use crate::base::table::Amount;
use crate::base::time::{Date, Time, days_before};
use crate::base::words::Words;
use crate::book::{Book, Glance, named_by};
use crate::customers::customers_of;
use crate::flow::{Arrival, arrivals_of};
use crate::forms::KINDS;
use crate::forms::form::{Form, Step};
use crate::forms::receipt::Receipt;
use crate::forms::shipment::SHIPMENT;
use crate::forms::spec::FormSpec;
use crate::policy::{Bound, Goal, Goals, Whose};
use crate::sla::{ClockSpec, Run};

/// All that the sections of a report look at.
pub struct Scope<'b> {
    /// The department as it is now.
    pub book: &'b Book<'b>,
    /// The period reported.
    pub span: Span<'b>,
    /// The period before.
    pub previous: Span<'b>,
    /// The same period a year before.
    pub last_year: Span<'b>,
    known_now: OnceCell<Book<'b>>,
}

impl<'b> Scope<'b> {
    /// Loads what was alive in the three periods, and nothing else.
    pub fn new(book: &'b Book<'b>, period: Period) -> Scope<'b> {
        let periods = [period, period.previous(), period.last_year()];
        load(book, &periods);
        let [span, previous, last_year] = periods.map(|period| Span::new(book, period));
        Scope { book, span, previous, last_year, known_now: OnceCell::new() }
    }

    /// The period reported.
    pub fn period(&self) -> Period {
        self.span.period
    }

    /// A part of the period, as a span of its own.
    pub fn part(&self, period: Period) -> Span<'b> {
        Span::new(self.book, period)
    }

    /// A section of figures, without tables.
    pub fn section(&self, name: &'static str, title: Words, rules: &[Rule]) -> Section {
        let figures = rules.iter().map(|rule| self.compared(rule, self.spans().map(rule.of))).collect();
        Section { name, title, figures, tables: Vec::new(), charts: &[], goals: Vec::new() }
    }

    /// The period reported and the two to compare with.
    pub fn spans(&self) -> [&Span<'b>; 3] {
        [&self.span, &self.previous, &self.last_year]
    }

    /// Figures over what is known of each of the [three periods](Scope::spans), in their order.
    pub fn figures<'r, T: ?Sized + 'r, K: Borrow<T>>(
        &self,
        rules: impl IntoIterator<Item = &'r RuleOf<T>>,
        known: &[K; 3],
    ) -> Vec<Figure> {
        let of = |rule: &RuleOf<T>| self.compared(rule, known.each_ref().map(|known| (rule.of)(known.borrow())));
        rules.into_iter().map(of).collect()
    }

    /// A figure over the three periods (R59), beside the department's goal.
    pub fn compared<F: Copy>(&self, rule: &Definition<F>, [now, previous, last_year]: [Tally; 3]) -> Figure {
        let goal = rule.aim.and_then(|aim| self.goal(aim));
        let (previous, last_year) = (previous.value, last_year.value);
        Figure { previous, last_year, goal, runs: self.runs(), ..rule.figure(now) }
    }

    /// Whether the period still runs: what its figures come to so far is no verdict.
    pub fn runs(&self) -> bool {
        self.book.now.today() <= self.period().to
    }

    /// The department as it is known now, for figures to which facts belong that are recorded when their days are over.
    pub fn known_now(&self) -> &Book<'b> {
        self.known_now.get_or_init(|| self.book.as_of(self.book.now.time))
    }

    /// The goals in force on the period's last day (R65, R68).
    pub fn goals(&self) -> &Goals {
        &self.book.policy.at(self.period().to).goals
    }

    /// The department's goal of this key; of a kind of cost, its budget, where the period is made of whole months (R64).
    pub fn goal(&self, aim: &str) -> Option<Goal> {
        let period = self.period();
        let whole = period.is_of(Unit::Month);
        let budget = || self.book.policy.budget(aim, period).filter(|_| whole);
        let most = |money| Goal { bound: Bound::AtMost, value: Amount::Money(money) };
        self.goals().set_for(&Whose::Department, aim).or_else(|| budget().map(most))
    }
}

/// Loads the forms that were alive in any of the periods, and those that name them.
pub fn load(book: &Book<'_>, periods: &[Period]) {
    // What has no end of its own counts in the period in which it was made.
    for spec in KINDS.iter().filter(|spec| !spec.ends()) {
        for period in periods {
            book.load(spec, period.from..=period.to, &|_, _| true);
        }
    }
    let last = periods.iter().map(|period| period.to).max().unwrap_or(Date::MAX);
    book.load_days(..=last.min(book.now.today()), &|spec, number, glance| {
        periods.iter().any(|period| was_alive(spec, number, glance, *period))
    });
}

fn was_alive(spec: &FormSpec, number: &Number, glance: Glance<'_>, period: Period) -> bool {
    // The glance reads the day as written; its offset may put it up to two days from the department's own.
    number.day() <= period.to && glance.ended(spec).is_none_or(|end| end >= days_before(period.from, 2))
}

/// The last instant of a period that is known: its end, or now where that is earlier.
fn known_until(period: Period, book: &Book<'_>) -> Time {
    book.now.zone.end_of(period.to).min(book.now.time)
}

/// A span of days, what happened in it, and the department as it was known at its end.
pub struct Span<'b> {
    /// The days.
    pub period: Period,
    book: Rc<Book<'b>>,
    /// What something happened to in the span, and what was open at its end.
    forms: Vec<Arc<Form>>,
    arrivals: OnceCell<Vec<Arrived>>,
    shipped: OnceCell<BTreeMap<String, Shipped>>,
    /// By the clock's key.
    runs: RefCell<BTreeMap<&'static str, Rc<[Run]>>>,
}

/// The pieces of a model that ever left the house.
#[derive(Default)]
pub struct Shipped {
    /// How many.
    pub pieces: u64,
    /// With which shipments.
    pub shipments: BTreeSet<Number>,
}

/// Whether a form is not over; one of a kind without an end is open as long as a form that it names.
fn is_open(book: &Book<'_>, form: &Form) -> bool {
    if form.spec.ends() {
        return !form.is_over();
    }
    named_by(form).filter_map(|number| book.form(&number)).any(|named| !named.is_over())
}

/// A receipt that counts in a span, with what it counted and the shipment that it counted.
pub struct Arrived {
    /// The shipment.
    pub shipment: Arc<Form>,
    /// The receipt and its counts.
    pub arrival: Arrival,
}

impl Arrived {
    /// The receipt.
    pub fn form(&self) -> &Form {
        &self.arrival.form
    }
}

impl<'b> Span<'b> {
    fn new(book: &'b Book<'b>, period: Period) -> Span<'b> {
        let book = Rc::new(book.as_of(known_until(period, book)));
        let mut span = Span::of(period, book);
        span.forms = KINDS.iter().flat_map(|spec| span.book.loaded(spec.kind)).collect();
        span.forms.retain(|form| {
            form.living().any(|step| period.contains(span.book.now.zone.day(step.at))) || is_open(&span.book, form)
        });
        span
    }

    /// All that concerns a customer, from the first record to now, as known now. Opens nothing else.
    pub fn of_customer(book: &'b Book<'b>, code: &str) -> Span<'b> {
        let now = Rc::new(book.as_of(book.now.time));
        now.load_customers(&BTreeSet::from([code.to_string()]));
        let mut forms: Vec<Arc<Form>> = KINDS.iter().flat_map(|spec| now.loaded(spec.kind)).collect();
        forms.retain(|form| customers_of(&now, form).contains(code));
        let today = now.now.today();
        let first = forms.iter().map(|form| form.day()).min().unwrap_or(today);
        let period = Period::between(first, today).unwrap_or(Period::holding(Unit::Day, today));
        Span { forms, ..Span::of(period, now) }
    }

    /// What the span holds, told of some of its days alone.
    pub fn within(&self, period: Period) -> Span<'b> {
        Span { forms: self.forms.clone(), ..Span::of(period, self.book.clone()) }
    }

    fn of(period: Period, book: Rc<Book<'b>>) -> Span<'b> {
        Span {
            period,
            book,
            forms: Vec::new(),
            arrivals: OnceCell::new(),
            shipped: OnceCell::new(),
            runs: RefCell::default(),
        }
    }

    /// The department as it was known at the end of the span.
    pub fn book(&self) -> &Book<'b> {
        &self.book
    }

    /// The last day that is known: the last of the period, or today.
    pub fn end(&self) -> Date {
        self.book.now.today()
    }

    /// True for a moment in the span.
    pub fn contains(&self, time: Time) -> bool {
        self.period.contains(self.book.now.zone.day(time))
    }

    /// True for a step that was taken in the span.
    pub fn holds(&self, step: &Step) -> bool {
        self.contains(step.at)
    }

    /// The runs of a clock for the forms of the span, decided in it or not. Worked out when first asked for.
    pub fn runs(&self, clock: &ClockSpec) -> Rc<[Run]> {
        let known = self.runs.borrow().get(clock.key).cloned();
        known.unwrap_or_else(|| {
            let runs: Rc<[Run]> = self.forms(clock.kind).flat_map(|form| (clock.runs)(&self.book, form)).collect();
            self.runs.borrow_mut().insert(clock.key, runs.clone());
            runs
        })
    }

    /// The runs of a clock that were decided in the span, each with whether it was met. A run is decided once: when it
    /// was met, or else when it fell due.
    pub fn decided(&self, clock: &ClockSpec) -> impl Iterator<Item = (Run, bool)> {
        let runs = self.runs(clock);
        (0..runs.len()).filter_map(move |at| {
            let (met, decided) = runs[at].decided()?;
            self.contains(decided).then(|| (runs[at].clone(), met))
        })
    }

    /// The share of the runs of a clock that were met, of those decided in the span.
    pub fn in_time(&self, clock: &ClockSpec) -> Tally {
        Tally::met(self.decided(clock))
    }

    /// The records with a run of a clock that was met in the span, or else of those that were missed.
    pub fn kept(&self, clock: &ClockSpec, met: bool) -> Tally {
        Tally::numbered(self.decided(clock).filter(|(_, was)| *was == met).map(|(run, _)| run.record))
    }

    /// What there is to be told of a kind: what something happened to in the span, and what was open at its end.
    pub fn forms(&self, kind: Kind) -> impl Iterator<Item = &Form> {
        self.forms.iter().map(Arc::as_ref).filter(move |form| form.spec.kind == kind)
    }

    /// The steps with a verb that were taken in the span, each with its form.
    pub fn steps(&self, kind: Kind, verb: &'static str) -> impl Iterator<Item = (&Form, &Step)> {
        let steps = self.forms(kind).flat_map(move |form| form.taken(verb).map(move |step| (form, step)));
        steps.filter(|(_, step)| self.holds(step))
    }

    /// The forms with which something was done in the span; one twice for two such steps.
    pub fn done(&self, kind: Kind, verb: &'static str) -> impl Iterator<Item = &Form> {
        self.steps(kind, verb).map(|(form, _)| form)
    }

    /// The forms made in the span.
    pub fn made(&self, kind: Kind) -> impl Iterator<Item = &Form> {
        self.done(kind, "new")
    }

    /// The forms not over at the end of the span.
    pub fn open(&self, kind: Kind) -> impl Iterator<Item = &Form> {
        self.forms(kind).filter(|form| !form.is_over())
    }

    /// The receipts made in the span, or open at its end, of shipments that are known.
    pub fn arrivals(&self) -> &[Arrived] {
        self.arrivals.get_or_init(|| {
            let receipts: BTreeSet<&Number> = self.forms(Kind::Receipt).map(|form| &form.number).collect();
            let shipments: BTreeSet<&Number> =
                self.forms(Kind::Receipt).filter_map(|form| Receipt::of(form).shipment()).collect();
            let mut arrivals = Vec::new();
            for shipment in shipments.into_iter().filter_map(|number| self.book.form(number)) {
                for arrival in arrivals_of(&self.book, &shipment) {
                    if receipts.contains(&arrival.form.number) {
                        arrivals.push(Arrived { shipment: shipment.clone(), arrival });
                    }
                }
            }
            arrivals
        })
    }

    /// The receipts made in the span.
    pub fn arrived(&self) -> impl Iterator<Item = &Arrived> {
        self.arrivals().iter().filter(|arrived| arrived.form().taken("new").any(|step| self.holds(step)))
    }

    /// The pieces of each model that departed up to the end of the span, in however many years. Opens every shipment.
    pub fn shipped(&self) -> &BTreeMap<String, Shipped> {
        self.shipped.get_or_init(|| {
            self.book.load(&SHIPMENT, ..=self.end(), &|_, _| true);
            let mut shipped: BTreeMap<String, Shipped> = BTreeMap::new();
            for form in self.book.loaded(Kind::Shipment).iter().filter(|form| form.last("depart").is_some()) {
                for line in &form.lines {
                    let of_model = shipped.entry(line.text("model").unwrap_or("").to_string()).or_default();
                    of_model.pieces += line.whole("quantity");
                    of_model.shipments.insert(form.number.clone());
                }
            }
            shipped
        })
    }

    /// The span for each group of forms; a form of several groups is in each of them.
    pub fn split<K: Ord>(&self, groups_of: impl Fn(&Book<'b>, &Form) -> BTreeSet<K>) -> BTreeMap<K, Span<'b>> {
        let mut groups: BTreeMap<K, Span<'b>> = BTreeMap::new();
        for form in &self.forms {
            for key in groups_of(&self.book, form) {
                let empty = || Span::of(self.period, self.book.clone());
                groups.entry(key).or_insert_with(empty).forms.push(form.clone());
            }
        }
        groups
    }
}
