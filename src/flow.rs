//! The flow of goods over several forms: what of an order was shipped, received, returned and may still be sent
//! (R14, R15, R62). Derived each time, stored nowhere.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::base::field::{Fields, Kind};
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::time::{Date, Time};
use crate::book::Book;
use crate::claims::claims_of;
use crate::forms::claim::Claim;
use crate::forms::form::{Form, Step};
use crate::forms::order::Order;
use crate::forms::receipt::Receipt;
use crate::forms::shipment::{ReturnStage, Shipment};

/// The pieces of one model of an order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Ordered, after all changes.
    pub ordered: u64,
    /// Sent out or made out to be sent, re-shipments included.
    pub shipped: u64,
    /// Counted on arrival.
    pub received: u64,
    /// Of those received, damaged.
    pub damaged: u64,
    /// To be sent again, as a remedy for what was short, damaged or wrong (R15).
    pub reship: u64,
    /// Arrived beyond what was sent.
    pub over: u64,
    /// Come back (R62).
    pub back: u64,
    /// Of those, credited: no longer wanted (R62).
    pub credited: u64,
}

impl Pieces {
    /// What may be shipped in all (R14): what was ordered, plus what is to be sent again or in exchange.
    pub fn allowed(&self) -> u64 {
        // What came too many and went back again makes room for nothing.
        let back = self.back.saturating_sub(self.over);
        self.ordered + self.reship + back - self.credited.min(back)
    }

    /// What may still be shipped.
    pub fn left(&self) -> u64 {
        self.allowed().saturating_sub(self.shipped)
    }

    /// What the customer has or will have: shipped less what came back.
    pub fn net(&self) -> u64 {
        self.shipped.saturating_sub(self.back)
    }
}

/// Which of a shipment's orders one of its lines belongs to: the one that the line names, else the only order there
/// is, else the only one that holds the model. `None` where that is not clear.
pub fn order_of_line(book: &Book<'_>, shipment: &Shipment<'_>, line: &Fields) -> Option<Number> {
    if let Some(order) = line.record("order") {
        return Some(order.clone());
    }
    let mut orders: Vec<Number> = shipment.orders().collect();
    if orders.len() > 1 {
        let model = line.text("model").unwrap_or("");
        orders.retain(|n| book.form(n).is_some_and(|form| Order::of(&form).quantity_of(model) > 0));
    }
    if orders.len() == 1 { orders.pop() } else { None }
}

/// The living shipments of an order, oldest first.
pub fn shipments_of(book: &Book<'_>, order: &Number) -> Vec<Arc<Form>> {
    living(book.naming(Kind::Shipment, order))
}

/// The living receipts of a shipment, in the order of arrival.
pub fn receipts_of(book: &Book<'_>, shipment: &Number) -> Vec<Arc<Form>> {
    let mut receipts = living(book.naming(Kind::Receipt, shipment));
    receipts.sort_by_key(|form| (Receipt::of(form).arrived_at(), form.number.clone()));
    receipts
}

fn living(mut forms: Vec<Arc<Form>>) -> Vec<Arc<Form>> {
    forms.retain(|form| !form.is_void());
    forms
}

/// The pieces of an order, model by model.
pub fn pieces_of(book: &Book<'_>, order: &Form) -> BTreeMap<String, Pieces> {
    let mut pieces: BTreeMap<String, Pieces> = BTreeMap::new();
    for item in Order::of(order).items() {
        pieces.entry(item.model.to_string()).or_default().ordered += item.quantity;
    }
    for form in shipments_of(book, &order.number) {
        let shipment = Shipment::of(&form);
        let belongs = |line: &Fields| order_of_line(book, &shipment, line).as_ref() == Some(&order.number);
        let mut sent: BTreeMap<&str, u64> = BTreeMap::new();
        for line in form.lines.iter().filter(|line| belongs(line)) {
            *sent.entry(line.text("model").unwrap_or("")).or_default() += line.whole("quantity");
        }
        for (model, quantity) in &sent {
            pieces.entry((*model).to_string()).or_default().shipped += quantity;
        }
        for back in shipment.returns() {
            for line in back.back.iter().filter(|line| belongs(line)) {
                let of_model = pieces.entry(line.text("model").unwrap_or("").to_string()).or_default();
                of_model.back += line.whole("quantity");
                if back.stage == ReturnStage::Credited {
                    of_model.credited += line.whole("quantity");
                }
            }
        }
        // What arrived of a model that several orders share fills the orders as the shipment names them; what is
        // missing, and so what is sent again, is missing from the last.
        let orders: Vec<Number> = shipment.orders().collect();
        let mine = orders.iter().position(|n| *n == order.number);
        let of_others = |model: &str, side: fn(&usize, &usize) -> bool| -> u64 {
            let beside = |line: &&Fields| {
                let theirs = order_of_line(book, &shipment, line).and_then(|n| orders.iter().position(|o| *o == n));
                line.text("model") == Some(model) && theirs.zip(mine).is_some_and(|(t, m)| side(&t, &m))
            };
            form.lines.iter().filter(beside).map(|line| line.whole("quantity")).sum()
        };
        let mut arrived: BTreeMap<String, Count> = BTreeMap::new();
        for count in arrivals_of(book, &form).into_iter().flat_map(|arrival| arrival.counts) {
            let total = arrived.entry(count.model.clone()).or_default();
            total.received += count.received;
            total.damaged += count.damaged;
            total.over += count.over;
            total.reship += count.reship;
        }
        for (model, share) in sent {
            let Some(total) = arrived.get(model) else { continue };
            let (before, after) = (of_others(model, usize::lt), of_others(model, usize::gt));
            let of_model = pieces.entry(model.to_string()).or_default();
            let over = if after == 0 { total.over } else { 0 };
            of_model.over += over;
            of_model.received += total.received.saturating_sub(before).min(share + over);
            of_model.damaged += total.damaged.saturating_sub(before).min(share + over);
            // No more is sent again than was sent.
            of_model.reship += total.reship.saturating_sub(after).min(share);
        }
    }
    pieces
}

/// One receipt with its discrepancies, computed against what was sent and what arrived before it (R15).
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The receipt.
    pub form: Arc<Form>,
    /// When it arrived.
    pub at: Option<Time>,
    /// One for each model that was expected or came.
    pub counts: Vec<Count>,
    /// The first remedy that found nothing left to settle, by its place among the steps.
    pub idle: Option<usize>,
}

/// What arrived of one model.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Model.
    pub model: String,
    /// Pieces still to come before this arrival.
    pub expected: u64,
    /// Pieces that came.
    pub received: u64,
    /// Of these, damaged.
    pub damaged: u64,
    /// Pieces of a wrong model that came instead.
    pub wrong: u64,
    /// Pieces missing; none on a part delivery, where more is to come.
    pub short: u64,
    /// Pieces too many.
    pub over: u64,
    /// Pieces that remedies have settled so far.
    pub remedied: u64,
    /// Of these, to be shipped again.
    pub reship: u64,
    /// Pieces that no remedy has settled and a claim is made for.
    pub claimed: u64,
}

impl Count {
    /// Pieces with something wrong: short, over or damaged; a wrong piece is also short of the right model.
    pub fn discrepancy(&self) -> u64 {
        self.short.max(self.wrong) + self.over + self.damaged
    }

    /// Pieces with something wrong that neither remedy nor claim has settled.
    pub fn open(&self) -> u64 {
        self.discrepancy().saturating_sub(self.remedied + self.claimed)
    }
}

impl Arrival {
    /// Pieces with something wrong that no remedy has settled.
    pub fn open(&self) -> u64 {
        self.counts.iter().map(Count::open).sum()
    }

    /// Pieces with something wrong.
    pub fn discrepancy(&self) -> u64 {
        self.counts.iter().map(Count::discrepancy).sum()
    }

    /// When all that was wrong was first settled, by the remedies and claims up to then (R15); `None` while any of it is
    /// open, and where nothing was wrong.
    pub fn settled(&self, book: &Book<'_>) -> Option<Time> {
        if self.open() > 0 {
            return None;
        }
        let (receipt, claims) = (Receipt::of(&self.form), claims_of(book, &self.form.number));
        let made_by = |claim: &Form, at: Time| claim.made_at().is_some_and(|made| made <= at);
        let is_settled_by = |at: &Time| {
            let untouched = |count: &Count| Count { remedied: 0, reship: 0, claimed: 0, ..count.clone() };
            let mut counts: Vec<Count> = self.counts.iter().map(untouched).collect();
            receipt.remedies().filter(|step| step.at <= *at).for_each(|step| _ = apply(step, &mut counts));
            let claimed = claims.iter().filter(|claim| made_by(claim, *at));
            claimed.for_each(|claim| cover(&Claim::of(claim), &mut counts));
            counts.iter().all(|count| count.open() == 0)
        };
        let remedied = receipt.remedies().map(|step| step.at);
        let mut moments: Vec<Time> = claims.iter().filter_map(|claim| claim.made_at()).chain(remedied).collect();
        moments.sort_unstable();
        moments.into_iter().find(is_settled_by)
    }
}

/// The arrivals of a shipment in the order of time.
pub fn arrivals_of(book: &Book<'_>, shipment: &Form) -> Vec<Arrival> {
    let mut to_come: BTreeMap<&str, u64> = BTreeMap::new();
    for line in &shipment.lines {
        *to_come.entry(line.text("model").unwrap_or("")).or_default() += line.whole("quantity");
    }
    let receipts = receipts_of(book, &shipment.number);
    let mut arrivals = Vec::with_capacity(receipts.len());
    for form in receipts {
        let receipt = Receipt::of(&form);
        let mut counts: Vec<Count> = Vec::new();
        for counted in receipt.counted() {
            let at = counts.iter().position(|c| c.model == counted.model).unwrap_or_else(|| {
                counts.push(Count { model: counted.model.to_string(), ..Count::default() });
                counts.len() - 1
            });
            counts[at].received += counted.received;
            counts[at].damaged += counted.damaged;
            counts[at].wrong += counted.wrong;
        }
        for (model, left) in to_come.iter().filter(|(_, left)| **left > 0) {
            if !receipt.is_partial() && !counts.iter().any(|c| c.model == *model) {
                counts.push(Count { model: (*model).to_string(), expected: *left, ..Count::default() });
            }
        }
        for count in &mut counts {
            let left = to_come.get(count.model.as_str()).copied().unwrap_or(0);
            count.expected = left;
            count.over = count.received.saturating_sub(left);
            count.short = if receipt.is_partial() { 0 } else { left.saturating_sub(count.received) };
            let still = if receipt.is_partial() { left.saturating_sub(count.received + count.wrong) } else { 0 };
            if let Some(entry) = to_come.get_mut(count.model.as_str()) {
                *entry = still;
            }
        }
        let idle = receipt.remedies().filter(|step| apply(step, &mut counts) == 0).map(|step| step.index).min();
        if counts.iter().any(|count| count.open() > 0) {
            claims_of(book, &form.number).iter().for_each(|claim| cover(&Claim::of(claim), &mut counts));
        }
        let at = receipt.arrived_at();
        arrivals.push(Arrival { form: form.clone(), at, counts, idle });
    }
    arrivals
}

/// Lets a remedy settle the pieces that it names, or all that are open; how many these are.
fn apply(step: &Step, counts: &mut [Count]) -> u64 {
    let reship = step.fields.flag("reship");
    let mut settled = 0;
    for count in counts {
        let named = step.lines.iter().filter(|l| l.text("model") == Some(count.model.as_str()));
        // A customer keeps what is over and nothing else; what is over is not sent again.
        let others = count.discrepancy().saturating_sub(count.over);
        let all = match () {
            () if step.fields.flag("keep") => count.over.min(count.open()),
            () if reship => others.min(count.open()),
            () => count.open(),
        };
        let pieces = if step.lines.is_empty() { all } else { named.map(|l| l.whole("quantity")).sum::<u64>() };
        if reship {
            // What was over is not sent again.
            count.reship += pieces.min(count.discrepancy().saturating_sub(count.over));
        }
        count.remedied += pieces;
        settled += pieces;
    }
    settled
}

/// Lets a claim settle what remedies leave open of the models that it names (R15), or all of it where it names none of
/// them. It comes after the remedies, so that pieces claimed for may still be sent again.
fn cover(claim: &Claim<'_>, counts: &mut [Count]) {
    let of_model =
        |model: &str| claim.losses().filter(|(what, _)| what.eq_ignore_ascii_case(model)).map(|(_, n)| n).sum::<u64>();
    let names_any = counts.iter().any(|count| of_model(&count.model) > 0);
    for count in counts {
        let pieces = if names_any { of_model(&count.model) } else { u64::MAX };
        count.claimed += pieces.min(count.open());
    }
}

/// Where goods are, as one word for people and scripts, beside the state of the form.
pub fn is_received(book: &Book<'_>, shipment: &Form) -> bool {
    let receipts = receipts_of(book, &shipment.number);
    receipts.iter().any(|form| !Receipt::of(form).is_partial())
}

/// What was credited to an order's customer: for goods returned (R62), and as the remedy of discrepancies (R15). A
/// credit of a shipment that serves several orders counts for the first.
pub fn credited(book: &Book<'_>, order: &Number) -> Money {
    let mut shipments = shipments_of(book, order);
    shipments.retain(|form| Shipment::of(form).orders().next().as_ref() == Some(order));
    let of = |form: &Form, verb, key| Money::sum(form.taken(verb).filter_map(|step| step.fields.money(key)));
    Money::sum(shipments.iter().flat_map(|form| {
        let remedies: Vec<Money> = receipts_of(book, &form.number).iter().map(|r| of(r, "remedy", "credit")).collect();
        std::iter::once(of(form, "return-credit", "amount")).chain(remedies)
    }))
}

/// True once nothing of an order is left to pay, credits taken off.
pub fn is_paid(book: &Book<'_>, form: &Form) -> bool {
    let order = Order::of(form);
    match (order.paid(), order.total()) {
        (None, _) => true,
        (Some(paid), Some(total)) => paid.plus(credited(book, &form.number)).is_none_or(|sum| sum >= total),
        (Some(_), None) => false,
    }
}

/// What of an order is still to pay, credits taken off; `None` where a line has no price.
pub fn unpaid(book: &Book<'_>, form: &Form) -> Option<Money> {
    let order = Order::of(form);
    let left = order.total()?.minus(credited(book, &form.number))?;
    // A payment of the whole leaves nothing.
    let left = order.paid().map_or(Some(Money::ZERO), |paid| left.minus(paid))?;
    Some(left.max(Money::ZERO))
}

/// The day of the payment that left nothing of an order to pay, credits taken off; `None` while something is, and where
/// nothing was ever paid.
pub fn paid_on(book: &Book<'_>, form: &Form) -> Option<Date> {
    let total = Order::of(form).total();
    let mut sum = credited(book, &form.number);
    let settles = |step: &&Step| match step.fields.money("amount") {
        None => true,
        Some(amount) => {
            sum = Money::sum([sum, amount]);
            total.is_some_and(|total| sum >= total)
        }
    };
    form.taken("paid").find(settles).map(|step| book.now.zone.day(step.at))
}

/// The day on which the customer was asked to pay an order: the payment papers were sent, the invoice among them; the
/// first papers where no invoice was.
pub fn billed_on(book: &Book<'_>, form: &Form) -> Option<Date> {
    let invoice = |step: &&Step| step.fields.many("sent").iter().any(|paper| paper == "invoice");
    let billed = form.taken("papers").find(invoice).or_else(|| form.taken("papers").next())?;
    Some(book.now.zone.day(billed.at))
}

/// The day on which the last of an order's goods came; `None` while any is missing. Exchanges, which come later, aside.
pub fn arrived_whole(book: &Book<'_>, order: &Form) -> Option<Date> {
    let mut shipments = shipments_of(book, &order.number);
    shipments.retain(|form| form.header.record("replaces").is_none());
    let sent = pieces_of(book, order).values().all(|p| p.shipped >= p.ordered + p.reship);
    if !sent || !shipments.iter().all(|form| is_received(book, form)) {
        return None;
    }
    let receipts = shipments.iter().flat_map(|form| receipts_of(book, &form.number));
    receipts.filter_map(|form| Receipt::of(&form).arrived_at()).max().map(|at| book.now.zone.day(at))
}

/// What keeps an order from being closed: pieces not shipped, shipments not received, discrepancies and returns open.
pub fn undelivered(book: &Book<'_>, order: &Form) -> Undelivered {
    let left = pieces_of(book, order).values().map(Pieces::left).sum();
    let mut open = Undelivered { pieces: left, ..Undelivered::default() };
    for form in shipments_of(book, &order.number) {
        if !is_received(book, &form) {
            open.not_received.push(form.number.clone());
        }
        open.discrepant.extend(arrivals_of(book, &form).iter().filter(|a| a.open() > 0).map(|a| a.form.number.clone()));
        if Shipment::of(&form).open_returns().next().is_some() {
            open.returning.push(form.number.clone());
        }
    }
    open
}

/// What is still open in an order's delivery.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Undelivered {
    /// Pieces not yet shipped.
    pub pieces: u64,
    /// Shipments not yet received whole.
    pub not_received: Vec<Number>,
    /// Receipts with a discrepancy that no remedy has settled.
    pub discrepant: Vec<Number>,
    /// Shipments with a return under way.
    pub returning: Vec<Number>,
}

impl Undelivered {
    /// True when nothing is open.
    pub fn is_empty(&self) -> bool {
        self == &Undelivered::default()
    }
}
