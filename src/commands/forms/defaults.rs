//! What a new form takes from what is already on record, where the user says nothing else.

use crate::aftersales::fee;
use crate::base::field::{Field, Fields, Kind, List, Value};
use crate::base::marks::{FULL, marks, written};
use crate::base::period::{Period, Unit};
use crate::base::problem::Problem;
use crate::base::time::Time;
use crate::base::words::Lang;
use crate::book::Book;
use crate::calls::{completed, items_of};
use crate::checks::{feeless, no_clause};
use crate::claims::{day_of_loss, fitting};
use crate::commands::meetings::agenda;
use crate::forms::call::Call;
use crate::forms::claim::Claim;
use crate::forms::form::Form;
use crate::forms::order::Order;
use crate::forms::shared::FROM_CONSULT;
use crate::forms::spec::{FormSpec, LineSpec, StepSpec};
use crate::forms::training::{ONE_TO_ONE, TEST};
use crate::forms::visit::lowest;
use crate::policy::{CallItem, CallItems, Clause};
use crate::tr;
use crate::trainings::{next_slot, next_test, taught};
use crate::visits::{is_low, is_partner, is_satisfied};
use crate::work::specialists;

fn fill(spec: &'static FormSpec, header: &mut Fields, key: &str, value: Option<Value>) {
    let field: Option<&'static Field> = spec.field(key);
    if let (Some(field), Some(value)) = (field.filter(|f| header.get(f.key).is_none()), value) {
        header.set(field, value);
    }
}

fn text(value: &str) -> Option<Value> {
    (!value.is_empty()).then(|| Value::Text(value.to_string()))
}

/// What a record takes from the consult that it came from: its own key, and the consult's. A shipment takes its
/// consignee from its order.
const FROM_A_CONSULT: &[(Kind, &[(&str, &str)])] = &[
    (Kind::Order, &[("customer", "customer"), ("contact", "asker"), ("phone", "phone")]),
    (Kind::Repair, &[("customer", "customer"), ("reporter", "asker"), ("phone", "phone")]),
    (
        Kind::Complaint,
        &[
            ("customer", "customer"),
            ("contact", "asker"),
            ("phone", "phone"),
            ("channel", "channel"),
            ("content", "what"),
        ],
    ),
];

/// How an order came, by the channel of the consult that it came from; of other channels an order knows nothing.
const SOURCES: &[(&str, &str)] =
    &[("hotline", "phone"), ("mobile", "phone"), ("mail", "mail"), ("web", "web"), ("chat", "web")];

/// The keys that may follow from a consult.
pub fn fillable_from_consult(spec: &FormSpec) -> impl Iterator<Item = &'static str> {
    let of_kind = FROM_A_CONSULT.iter().filter(|(kind, _)| *kind == spec.kind);
    of_kind.flat_map(|(_, keys)| keys.iter().map(|(key, _)| *key))
}

/// Fills in what the consult says from which the record came (R26).
fn of_consult(book: &Book<'_>, spec: &'static FormSpec, header: &mut Fields) {
    let Some(consult) = header.record(FROM_CONSULT.key).and_then(|number| book.form(number)) else { return };
    // Whoever asked is no contact of another customer.
    let of_another = header.get("customer").is_some_and(|own| consult.header.get("customer") != Some(own));
    for (_, keys) in FROM_A_CONSULT.iter().filter(|(kind, _)| *kind == spec.kind) {
        for (key, from) in keys.iter().filter(|(_, from)| !(of_another && matches!(*from, "asker" | "phone"))) {
            fill(spec, header, key, consult.header.get(from).cloned());
        }
    }
    let channel = consult.header.text("channel").unwrap_or("");
    let source = SOURCES.iter().find(|(of, _)| *of == channel).and_then(|(_, source)| text(source));
    fill(spec, header, "source", source.filter(|_| spec.kind == Kind::Order));
}

/// Fills in what follows from the customer, the orders or the time; never over what was given.
pub fn fill_in(book: &Book<'_>, spec: &'static FormSpec, header: &mut Fields, at: Time) {
    of_consult(book, spec, header);
    match spec.kind {
        Kind::Order => {
            let same = [("brand", "brand"), ("contact", "contact"), ("phone", "phone")];
            of_customer(book, spec, header, &same);
        }
        Kind::Shipment => {
            let first = header.many("order").first().and_then(|n| n.parse().ok());
            let Some(form) = first.and_then(|number| book.form(&number)) else { return };
            let order = Order::of(&form);
            fill(spec, header, "consignee", text(order.text("consignee")));
            fill(spec, header, "address", text(order.text("deliver_to")));
            for key in ["contact", "phone"] {
                fill(spec, header, key, form.header.get(key).cloned());
            }
        }
        Kind::Receipt => {
            fill(spec, header, "arrived_at", Some(Value::Time(at)));
            let Some(form) = header.record("shipment").and_then(|number| book.form(number)) else { return };
            fill(spec, header, "phone", form.header.get("phone").cloned());
        }
        Kind::Repair => {
            fill(spec, header, "arranged_by", text("us"));
            let Some(site) = header.text("site").and_then(|code| book.list(List::Sites).get(code)) else { return };
            for (key, from) in [("customer", "customer"), ("site_contact", "contact"), ("site_phone", "phone")] {
                fill(spec, header, key, site.fields.get(from).cloned());
            }
        }
        Kind::Quote => {
            let agencies = book.list(List::Agencies);
            if let Some(row) = header.text("agency").and_then(|code| agencies.get(code)) {
                for key in ["city", "contact", "phone"] {
                    fill(spec, header, key, row.fields.get(key).cloned());
                }
            }
            let ticket = header.record("repair").and_then(|number| book.form(number));
            let site = ticket.as_ref().and_then(|form| book.list(List::Sites).get(form.header.text("site")?));
            fill(spec, header, "rep", site.and_then(|row| row.fields.get("rep").cloned()));
        }
        Kind::Consult => {
            fill(spec, header, "channel", text("hotline"));
            of_customer(book, spec, header, &[("asker", "contact"), ("phone", "phone")]);
        }
        Kind::Visit => fill_visit(book, spec, header, at),
        Kind::Complaint => {
            let named = header.record("record").and_then(|number| book.form(number));
            fill(spec, header, "customer", named.and_then(|form| book.customer_of(&form)).map(Value::Text));
            of_customer(book, spec, header, &[("contact", "contact"), ("phone", "phone")]);
        }
        Kind::Improvement => {
            let born_of: Vec<_> = header.many("born_of").iter().filter_map(|n| book.form(&n.parse().ok()?)).collect();
            let mut customers: Vec<String> = born_of.iter().filter_map(|form| book.customer_of(form)).collect();
            customers.dedup();
            fill(spec, header, "customer", customers.pop().filter(|_| customers.is_empty()).map(Value::Text));
            let mut models: Vec<String> = Vec::new();
            for model in born_of.iter().filter_map(|form| form.header.text("model")) {
                if !models.iter().any(|known| known == model) {
                    models.push(model.to_string());
                }
            }
            fill(spec, header, "model", (!models.is_empty()).then_some(Value::Many(models)));
            of_customer(book, spec, header, &[("contact", "contact"), ("phone", "phone")]);
        }
        Kind::Parts => fill_parts(book, spec, header),
        Kind::Claim => {
            let Some(form) = header.record("record").and_then(|number| book.form(number)) else { return };
            fill(spec, header, "lost_on", Some(Value::Date(day_of_loss(book, &form))));
            let day = header.date("lost_on");
            if let Some([only]) = day.map(|day| fitting(book, &form, day)).as_deref() {
                fill(spec, header, "policy", text(only));
            }
        }
        Kind::Score => {
            fill(spec, header, "on", Some(Value::Date(book.now.zone.day(at))));
            let clause = clause_given(book, header).filter(|clause| clause.min == clause.max);
            fill(spec, header, "points", clause.map(|clause| Value::Whole(clause.min)));
        }
        Kind::Work => {}
        Kind::Training => fill_training(book, spec, header, at),
        Kind::Call => fill_call(book, spec, header, at),
        Kind::Shift => fill(spec, header, "on", Some(Value::Date(book.now.zone.day(at)))),
        Kind::Meeting => {
            fill(spec, header, "when", Some(Value::Time(at)));
            if header.get("topics").is_none() {
                let lang = book.config.lang.unwrap_or(Lang::En);
                let topics: Vec<String> = agenda(book).iter().map(|topic| topic.get(lang).to_string()).collect();
                fill(spec, header, "topics", text(&topics.join("\n")));
            }
        }
    }
}

/// Fills in the day of a call that is scored, and the full points of the items that are not named.
fn fill_call(book: &Book<'_>, spec: &'static FormSpec, header: &mut Fields, at: Time) {
    fill(spec, header, "on", Some(Value::Date(book.now.zone.day(at))));
    let Some(day) = header.date("on") else { return };
    complete(header, &book.policy.at(day).call_items, |item| item.max);
}

/// Gives points to the items of a call that were not named, where any points were given.
fn complete(fields: &mut Fields, items: &CallItems, others: impl Fn(&CallItem) -> u64) {
    let Some(field) = fields.entry("marks").map(|entry| entry.field) else { return };
    let given = fields.text("marks").and_then(|text| marks(text).ok()).unwrap_or_default();
    fields.set(field, Value::Text(written(&completed(items, given, others))));
}

/// The clause that a new score entry names, as it stood on the day of the conduct.
fn clause_given<'b>(book: &'b Book<'_>, header: &Fields) -> Option<&'b Clause> {
    book.policy.at(header.date("on")?).clauses.get(header.text("clause")?)
}

/// Fills in what the customer's row says: the form's own key, and the row's.
fn of_customer(book: &Book<'_>, spec: &'static FormSpec, header: &mut Fields, keys: &[(&str, &str)]) {
    let customers = book.list(List::Customers);
    let Some(row) = header.text("customer").and_then(|code| customers.get(code)) else { return };
    for (key, from) in keys {
        fill(spec, header, key, row.fields.get(from).cloned());
    }
}

/// Fills in what a parts request takes from the record that it belongs to, and its site.
fn fill_parts(book: &Book<'_>, spec: &'static FormSpec, header: &mut Fields) {
    let Some(form) = header.record("source").and_then(|number| book.form(number)) else { return };
    let source = match form.spec.kind {
        // What a receipt does not say, its shipment does.
        Kind::Receipt => form.header.record("shipment").and_then(|number| book.form(number)),
        _ => None,
    };
    for (key, from) in PARTS_FROM {
        let mut forms = std::iter::once(&form).chain(&source);
        let found = forms.find_map(|form| Some(form.current(from)?.value.clone()));
        fill(spec, header, key, found);
    }
    let site = form.header.text("site").and_then(|code| book.list(List::Sites).get(code));
    let place = site.map(|row| {
        let [city, mall] = ["city", "mall"].map(|key| row.fields.text(key).unwrap_or(""));
        // Many a mall bears its city's name.
        if mall.contains(city) { mall.to_string() } else { format!("{city} {mall}") }
    });
    fill(spec, header, "address", place.as_deref().and_then(text));
}

/// Fills in what a visit takes from the record that it follows up, the customer, and the scores.
fn fill_visit(book: &Book<'_>, spec: &'static FormSpec, header: &mut Fields, at: Time) {
    let record = header.record("record").and_then(|number| book.form(number));
    if let Some(form) = &record {
        fill(spec, header, "customer", book.customer_of(form).map(Value::Text));
        fill(spec, header, "purpose", follow_up_of(form.spec.kind).and_then(text));
        fill(spec, header, "site", form.header.get("site").cloned());
        for (key, from) in VISIT_FROM {
            fill(spec, header, key, form.header.get(from).cloned());
        }
    }
    let customer = header.text("customer").and_then(|code| book.list(List::Customers).get(code));
    fill(spec, header, "purpose", text(if customer.is_some_and(is_partner) { "partner" } else { "monthly" }));
    fill(spec, header, "channel", text("hotline"));
    let low = is_low(book, book.now.zone.day(at), lowest(header));
    if header.text("purpose") == Some("repair_follow_up") && !low {
        fill(spec, header, "fixture", text("working"));
    }
    fill(spec, header, "need", text(if low { "improvement" } else { "nothing" }));
    of_customer(book, spec, header, &[("contact", "contact"), ("phone", "phone")]);
}

/// Fills in when a training is to be, who is to attend, and what a test is about. Who gives it is not called to it; who is
/// taught alone is for whoever plans it to say.
fn fill_training(book: &Book<'_>, spec: &'static FormSpec, header: &mut Fields, at: Time) {
    let sort = header.text("type").unwrap_or("").to_string();
    let is_test = sort == TEST;
    let when = if is_test { next_test(book, at) } else { next_slot(book, at) };
    fill(spec, header, "when", Some(Value::Time(when)));
    let Some(day) = header.time("when").map(|when| book.now.zone.day(when)) else { return };
    let month = Period::holding(Unit::Month, day);
    let lang = book.config.lang.unwrap_or(Lang::En);
    let about = tr!("test of {month}", "{month} 月末测验").get(lang).to_string();
    fill(spec, header, "topic", text(&about).filter(|_| is_test));
    if sort == ONE_TO_ONE {
        return;
    }
    let mut called = if is_test { taught(book, month) } else { Vec::new() };
    if called.is_empty() {
        called = specialists(book, day);
    }
    let called = called.iter().map(ToString::to_string).filter(|code| header.text("trainer") != Some(code));
    fill(spec, header, "attendees", some_of(called.collect()));
}

/// Several values, where there are any.
fn some_of(values: Vec<String>) -> Option<Value> {
    (!values.is_empty()).then_some(Value::Many(values))
}

/// Those called to a training who are not named under a key of the step that tells who came.
fn others(form: &Form, fields: &Fields, key: &str) -> Option<Value> {
    let called = form.header.many("attendees").iter();
    some_of(called.filter(|code| !fields.many(key).contains(code)).cloned().collect())
}

/// The kind of visit that follows up a kind of record.
fn follow_up_of(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Repair => Some("repair_follow_up"),
        Kind::Complaint => Some("complaint_call_back"),
        _ => None,
    }
}

/// Whom a visit asks, by the record that it follows up: its own key, and the other's, the likeliest first.
const VISIT_FROM: &[(&str, &str)] =
    &[("contact", "site_contact"), ("phone", "site_phone"), ("contact", "contact"), ("phone", "phone")];

/// What a parts request takes from the form that it belongs to: its own key, and the other's, the likeliest first.
const PARTS_FROM: &[(&str, &str)] = &[
    ("site", "site"),
    ("model", "model"),
    ("applicant", "reporter"),
    ("applicant", "received_by"),
    ("applicant", "contact"),
    ("contact", "site_contact"),
    ("contact", "received_by"),
    ("contact", "contact"),
    ("phone", "site_phone"),
    ("phone", "phone"),
    ("address", "deliver_to"),
    ("address", "address"),
];

/// A field of a step that is taken from elsewhere where the user says nothing else.
struct FromElsewhere {
    verb: &'static str,
    keys: &'static [&'static str],
    /// The value, with what else was given.
    value: fn(&Book<'_>, &Form, &Fields) -> Option<Value>,
}

const FROM_ELSEWHERE: &[FromElsewhere] = &[
    FromElsewhere { verb: "reimburse", keys: &["amount"], value: |book, form, _| fee(book, form).map(Value::Money) },
    FromElsewhere {
        verb: "settled",
        keys: &["amount"],
        value: |_, form, _| Claim::of(form).assessed()?.fields.get("amount").cloned(),
    },
    FromElsewhere {
        verb: "call-back",
        keys: &["satisfied"],
        value: |book, _, fields| {
            let visit = book.form(fields.record("visit")?)?;
            text(if is_satisfied(book, &visit) { "yes" } else { "no" })
        },
    },
    // What was left out first is taken from what was given; both are everybody who was called.
    FromElsewhere { verb: "held", keys: &["present"], value: |_, form, fields| others(form, fields, "absent") },
    FromElsewhere { verb: "held", keys: &["absent"], value: |_, form, fields| others(form, fields, "present") },
    FromElsewhere { verb: "send", keys: &["who"], value: contact },
    FromElsewhere { verb: "remind", keys: &["who"], value: contact },
    FromElsewhere { verb: "confirm", keys: &["who"], value: contact },
];

fn contact(_: &Book<'_>, form: &Form, _: &Fields) -> Option<Value> {
    form.header.get("contact").cloned()
}

/// Fills in what a step takes from elsewhere where the user says nothing else; never over what was given.
pub fn fill_step(book: &Book<'_>, form: &Form, step: &'static StepSpec, fields: &mut Fields) {
    for from in FROM_ELSEWHERE.iter().filter(|from| from.verb == step.verb) {
        for field in step.fields.iter().filter(|field| from.keys.contains(&field.key)) {
            if fields.get(field.key).is_none()
                && let Some(value) = (from.value)(book, form, fields)
            {
                fields.set(field, value);
            }
        }
    }
    if form.spec.kind == Kind::Call {
        let before = Call::of(form).given();
        let stood = |item: &CallItem| before.iter().find(|mark| mark.item == item.code).map_or(0, |mark| mark.points);
        let is_full = fields.text("marks") == Some(FULL);
        let points = |item: &CallItem| if is_full { item.max } else { stood(item) };
        complete(fields, items_of(book, form), points);
    }
}

/// Why a field that [`fill_in`] may fill is empty, where several values or none would fit: which they are.
pub fn undecided(book: &Book<'_>, spec: &FormSpec, field: &Field, header: &Fields) -> Option<Problem> {
    if spec.kind == Kind::Score && field.key == "points" {
        return points_undecided(book, header);
    }
    if spec.kind != Kind::Claim || field.key != "policy" {
        return None;
    }
    let form = header.record("record").and_then(|number| book.form(number))?;
    let day = header.date("lost_on")?;
    let policies = book.list(List::Policies);
    let fits = fitting(book, &form, day);
    if fits.is_empty() {
        return Some(Problem::new(
            "claim.policies",
            tr!("no policy that fits was in force on {day}", "{day} 没有适用的有效保险单"),
            tr!(
                "give --policy NUMBER (cs insurance list), or --lost-on DATE",
                "请填写 --policy 保单号（见 cs insurance list），或 --lost-on 出险日期"
            ),
        ));
    }
    let fits = fits.iter().map(|number| format!("{number} {}", policies.name_of(number))).collect::<Vec<_>>();
    let fits = fits.join(", ");
    Some(Problem::new(
        "claim.policies",
        tr!("several policies that fit were in force on {day}", "{day} 有多份适用的有效保险单"),
        tr!("give --policy with one of: {fits}", "请用 --policy 填写其中一份：{fits}"),
    ))
}

/// Why a clause that was given tells no points of a score entry: it has a span of them, or was not in force (R58).
fn points_undecided(book: &Book<'_>, header: &Fields) -> Option<Problem> {
    let (code, on) = (header.text("clause")?, header.date("on")?);
    let Some(clause) = clause_given(book, header) else { return Some(no_clause(book, code, on)) };
    let span = clause.span();
    Some(Problem::new(
        "score.points",
        tr!("{code} is worth {span} points: how many? (R58)", "{code} 的分值为 {span} 分，请确定分值（R58）"),
        tr!("give --points", "请填写 --points"),
    ))
}

/// Why what [`fill_step`] would have filled in is not there, where that is no question of what was typed.
pub fn unfilled(book: &Book<'_>, form: &Form, step: &'static StepSpec, fields: &Fields) -> Vec<Problem> {
    let lacks = step.verb == "reimburse" && fields.get("amount").is_none();
    if lacks && step.from.contains(&form.state().code) { feeless(book, form) } else { Vec::new() }
}

/// The keys that [`fill_step`] may fill.
pub fn fillable_in(step: &StepSpec) -> &'static [&'static str] {
    FROM_ELSEWHERE.iter().find(|from| from.verb == step.verb).map_or(&[], |from| from.keys)
}

/// Gives each line of an order that names no price the price in force: that of the order's own line of the model, else
/// the product's.
pub fn fill_prices(book: &Book<'_>, spec: &'static LineSpec, order: Option<&Form>, lines: &mut [Fields]) {
    let Some(field) = spec.fields.iter().find(|f| f.key == "price") else { return };
    let products = book.list(List::Products);
    for line in lines.iter_mut().filter(|line| line.get("price").is_none()) {
        let model = line.text("model").unwrap_or("").to_string();
        let agreed = order.and_then(|form| Order::of(form).items().find(|item| item.model == model)?.price);
        let listed = || products.get(&model).and_then(|row| row.fields.money("price"));
        if let Some(price) = agreed.or_else(listed) {
            line.set(field, Value::Money(price));
        }
    }
}

/// The keys that [`fill_in`] may fill; what is missing of them while the rest is wrong is not told.
pub fn fillable(spec: &FormSpec) -> &'static [&'static str] {
    match spec.kind {
        Kind::Order => &[],
        Kind::Shipment => &["consignee", "address"],
        Kind::Receipt => &["arrived_at"],
        Kind::Repair => &["customer", "arranged_by"],
        Kind::Quote => &[],
        Kind::Parts => &["applicant", "address"],
        Kind::Complaint => &[],
        Kind::Consult => &["channel"],
        Kind::Improvement => &["customer"],
        Kind::Claim => &["policy", "lost_on"],
        Kind::Score => &["points", "on"],
        Kind::Visit => &["customer", "purpose", "channel", "need"],
        Kind::Work => &[],
        Kind::Shift => &["on"],
        Kind::Meeting => &["when", "topics"],
        Kind::Training => &["topic", "when", "attendees"],
        Kind::Call => &["on"],
    }
}

/// The last form of a kind that a customer had, for the defaults of prompts.
pub fn last_of_customer(book: &Book<'_>, spec: &'static FormSpec, customer: &str) -> Option<std::sync::Arc<Form>> {
    // A person waits for the prompt: look at the last thousand, not at the whole past.
    let numbers = book.numbers(spec, "");
    numbers.iter().take(1000).filter_map(|n| book.form(n)).find(|form| form.header.text("customer") == Some(customer))
}
