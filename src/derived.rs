//! What follows from the records and is stored in none of them: what `show` tells beyond a form's own text.

mod improvement;

use crate::aftersales::{cover, fee, parts_of, quotes_of, standing};
use crate::base::field::{Kind, List, Ty, Value};
use crate::base::money::Money;
use crate::base::number::Number;
use crate::base::table::{Amount, Cell, Column, Row, Table, column};
use crate::base::time::{Date, Time, days_before};
use crate::base::words::{Text, Words, words};
use crate::book::Book;
use crate::claims::{carrier_of, claims_of, left_for, loss_ratio, notice, of_policy, policy_of, read_notice};
use crate::clock::Reading;
use crate::complaints::{Timed, clocks, recurring};
use crate::consults::{self, turned_into};
use crate::flow::{arrivals_of, arrived_whole, credited, is_paid, is_received, pieces_of, shipments_of, undelivered};
use crate::forms::claim::Claim;
use crate::forms::complaint::{Complaint, cause_name};
use crate::forms::consult::Consult;
use crate::forms::form::{Form, Step};
use crate::forms::order::Order;
use crate::forms::parts::Parts;
use crate::forms::quote::Quote;
use crate::forms::receipt::Receipt;
use crate::forms::repair::{CAUSES, Repair};
use crate::forms::score::Score;
use crate::forms::shared::FROM_CONSULT;
use crate::forms::shipment::Shipment;
use crate::forms::visit::{SCORES, Visit};
use crate::policy::is_award;
use crate::scores::{AWARD, DEDUCTION, Level, clause_of, entries, half_of, standings};
use crate::visits::{about, followers, next_command};

/// One derived value.
#[derive(Clone, Debug)]
pub struct Fact {
    /// Stable key.
    pub key: &'static str,
    /// What people call it.
    pub name: Words,
    /// The value.
    pub cell: Cell,
    /// True where it only says again what the header says: told to scripts, not to people.
    pub again: bool,
}

/// What follows from a form and those around it.
#[derive(Clone, Debug, Default)]
pub struct Derived {
    /// Single values.
    pub facts: Vec<Fact>,
    /// Tables.
    pub tables: Vec<Table>,
}

impl Derived {
    fn fact(&mut self, key: &'static str, name: Words, cell: impl Into<Cell>) {
        self.facts.push(Fact { key, name, cell: cell.into(), again: false });
    }

    /// The insurance claims that name any of these records.
    fn claims<'n>(&mut self, book: &Book<'_>, records: impl IntoIterator<Item = &'n Number>) {
        let claims = records.into_iter().flat_map(|number| claims_of(book, number));
        let numbers: Vec<String> = claims.map(|form| form.number.to_string()).collect();
        self.fact("claims", words("Insurance claims", "理赔申请"), Cell::Text(numbers.join(" ")));
    }

    /// A day that steps may have moved from where the header had it.
    fn moved(&mut self, key: &'static str, name: Words, first: Option<Date>, now: Option<Date>) {
        self.facts.push(Fact { key, name, cell: now.into(), again: first == now });
    }
}

/// Derives what there is to tell of a form.
pub fn derive(book: &Book<'_>, form: &Form) -> Derived {
    let mut derived = Derived::default();
    if form.is_void() {
        return derived;
    }
    match form.spec.kind {
        Kind::Order => order(book, form, &mut derived),
        Kind::Shipment => shipment(book, form, &mut derived),
        Kind::Receipt => receipt(book, form, &mut derived),
        Kind::Repair => repair(book, form, &mut derived),
        Kind::Quote => {
            derived.fact("total", words("Total", "合计"), Quote::of(form).total());
            let standing = standing(book, form);
            let again = standing.code == form.state().code;
            let cell = Cell::coded(standing.code, standing.name);
            derived.facts.push(Fact { key: "standing", name: words("Standing", "结果"), cell, again });
        }
        Kind::Complaint => complaint(book, form, &mut derived),
        Kind::Consult => consult(book, form, &mut derived),
        Kind::Visit => visit(book, form, &mut derived),
        Kind::Improvement => improvement::improvement(book, form, &mut derived),
        Kind::Claim => claim(book, form, &mut derived),
        Kind::Score => score(book, form, &mut derived),
        Kind::Parts => derived.fact("cost", words("Cost to us", "我方成本"), Parts::of(form).cost()),
    }
    if let Some(consult) = form.header.record(FROM_CONSULT.key).and_then(|number| book.form(number)) {
        let asked = consult.header.text("what").unwrap_or("").to_string();
        let again = form.header.text("content") == Some(&asked);
        let (name, cell) = (words("Asked", "咨询内容"), Cell::Text(asked));
        derived.facts.push(Fact { key: "asked", name, cell, again });
    }
    improvement::born(book, form, &mut derived);
    derived
}

fn yes_no(yes: bool) -> Words {
    if yes { words("yes", "是") } else { words("no", "否") }
}

fn order(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let order = Order::of(form);
    let today = book.now.today();
    derived.moved("expected", words("Now expected", "现预计"), form.header.date("wanted_by"), order.expected());
    if let Some(wanted) = order.wanted_by().filter(|_| form.state().code != "cancelled") {
        // The customer wants the goods there on that day, not finished here.
        let there = arrived_whole(book, form).unwrap_or(today);
        let late = (there - wanted).num_days().max(0);
        derived.fact("days_late", words("Days late", "延误天数"), Cell::Amount(Amount::Days(late)));
    }
    derived.fact("total", words("Total", "总金额"), order.total());
    let credit = credited(book, &form.number);
    derived.fact("credited", words("Credited", "已退款"), (credit > Money::ZERO).then_some(credit));
    derived.fact("paid", words("Paid", "已付清"), yes_no(is_paid(book, form)));
    derived.fact("delivered", words("Delivered", "已到齐"), yes_no(undelivered(book, form).is_empty()));
    let shipments: Vec<String> = shipments_of(book, &form.number).iter().map(|s| s.number.to_string()).collect();
    derived.fact("shipments", words("Shipments", "发货单"), Cell::Text(shipments.join(" ")));
    let numeric = |key, en, zh| column(key, en, zh).numeric();
    let rows = pieces_of(book, form)
        .into_iter()
        .map(|(model, p)| Row {
            cells: vec![
                Cell::Text(model),
                Cell::count(p.ordered),
                Cell::count(p.shipped),
                Cell::count(p.received),
                Cell::count(p.damaged),
                Cell::count(p.back),
                Cell::count(p.left()),
            ],
            records: Vec::new(),
        })
        .collect();
    derived.tables.push(Table {
        name: "pieces",
        title: words("Goods", "货物"),
        columns: vec![
            column("model", "Model", "型号").whole(),
            numeric("ordered", "Ordered", "订购"),
            numeric("shipped", "Shipped", "已发"),
            numeric("received", "Received", "已到"),
            numeric("damaged", "Damaged", "破损"),
            numeric("back", "Returned", "退回"),
            numeric("left", "To ship", "待发"),
        ],
        rows,
    });
}

fn shipment(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let shipment = Shipment::of(form);
    derived.moved("departs", words("Now departs", "现计划发货"), form.header.date("depart"), shipment.depart());
    derived.moved("arrives", words("Now arrives", "现计划到货"), form.header.date("arrive"), shipment.arrive());
    derived.fact("freight_agreed", words("Freight", "运费"), shipment.freight());
    derived.fact("notified", words("Consignee told", "已通知收货人"), yes_no(shipment.notified().is_some()));
    derived.fact("received", words("Received whole", "已全部到货"), yes_no(is_received(book, form)));
    let arrivals = arrivals_of(book, form);
    let records = std::iter::once(&form.number).chain(arrivals.iter().map(|arrival| &arrival.form.number));
    derived.claims(book, records);
    for arrival in arrivals {
        derived.tables.push(counts(&arrival));
    }
}

fn receipt(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let shipment = Receipt::of(form).shipment().and_then(|number| book.form(number));
    let Some(shipment) = shipment else { return };
    for arrival in arrivals_of(book, &shipment).iter().filter(|a| a.form.number == form.number) {
        derived.fact("discrepancy", words("Discrepancy", "差异件数"), Cell::count(arrival.discrepancy()));
        derived.fact("open", words("Not yet settled", "未处理件数"), Cell::count(arrival.open()));
        derived.claims(book, [&form.number]);
        derived.tables.push(counts(arrival));
    }
}

fn repair(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let cover = cover(book, form);
    let payer = Cell::coded(cover.payer.code(), cover.payer.name());
    derived.fact("cause", words("Cause", "故障原因"), cause_of(form));
    derived.fact("payer", words("Who pays", "费用承担"), payer);
    derived.fact("covered_to", words("Covered to", "质保至"), cover.last_day);
    derived.fact("why", words("Why", "依据"), Cell::Words(cover.why));
    derived.fact("photos", words("Photos", "照片"), Cell::count(Repair::of(form).photos().count() as u64));
    derived.fact("fee", words("Fee", "维修费用"), fee(book, form));
    let quotes = quotes_of(book, &form.number);
    let row = |form: &std::sync::Arc<Form>| {
        let (quote, state) = (Quote::of(form), standing(book, form));
        Row {
            cells: vec![
                Cell::Number(form.number.clone()),
                Cell::Text(book.name(List::Agencies, quote.agency())),
                quote.total().into(),
                Cell::coded(state.code, state.name),
            ],
            records: vec![form.number.clone()],
        }
    };
    if !quotes.is_empty() {
        derived.tables.push(Table {
            name: "quotes",
            title: words("Quotes", "报价"),
            columns: vec![
                column("quote", "Quote", "报价单").whole(),
                column("agency", "Agency", "广告公司"),
                column("total", "Total", "合计").numeric(),
                column("state", "State", "状态").whole(),
            ],
            rows: quotes.iter().map(row).collect(),
        });
    }
    let parts: Vec<String> = parts_of(book, &form.number).iter().map(|p| p.number.to_string()).collect();
    derived.fact("parts", words("Parts requests", "配件申请"), Cell::Text(parts.join(" ")));
    derived.claims(book, [&form.number]);
    derived.tables.extend(visits(book, form));
}

/// The visits that followed a record up, if any.
fn visits(book: &Book<'_>, form: &Form) -> Option<Table> {
    let visits = about(book, &form.number);
    let row = |form: &std::sync::Arc<Form>| {
        let cell = |key: &str| match form.header.entry(key).map(|entry| (entry.field.ty, &entry.value)) {
            Some((Ty::Choice(choices), Value::Text(code))) => {
                choices.iter().find(|choice| choice.code == code).map(|choice| Cell::coded(choice.code, choice.name))
            }
            Some((_, value)) => Some(Cell::Text(value.to_string())),
            None => None,
        };
        let mut cells = vec![Cell::Number(form.number.clone()), form.made_at().map_or(Cell::Empty, Cell::Time)];
        cells.extend(
            ["purpose", "satisfaction", "fixture", "need", "content"].map(|key| cell(key).unwrap_or(Cell::Empty)),
        );
        Row { cells, records: vec![form.number.clone()] }
    };
    (!visits.is_empty()).then(|| Table {
        name: "visits",
        title: words("Visits", "回访"),
        columns: vec![
            column("visit", "Visit", "回访单").whole(),
            column("at", "At", "时间").whole(),
            column("purpose", "Purpose", "回访类别"),
            column("satisfaction", "Satisfaction", "满意度").numeric(),
            column("fixture", "Fixture", "维修后状况").whole(),
            column("need", "Need", "客户需求").whole(),
            column("content", "Said", "回访内容"),
        ],
        rows: visits.iter().map(row).collect(),
    })
}

fn score(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let score = Score::of(form);
    let clause = clause_of(book, form);
    derived.fact("about", words("About", "条款内容"), clause.map(|clause| Cell::Words(clause.name.clone())));
    let given = is_award(score.clause());
    derived.fact("effect", words("Effect", "性质"), if given { AWARD } else { DEDUCTION });
    let Some(staff) = score.staff() else { return };
    let half = half_of(score.on());
    let entries = entries(book, half, Some(&staff));
    let own = entries.iter().find(|entry| entry.form.number == form.number).filter(|entry| entry.counts);
    derived.fact("worth", words("Worth", "折合金额"), own.map(|entry| entry.worth));
    let standing = standings(book, half, Some(&staff)).pop();
    let taken = standing.as_ref().map_or(0, |standing| standing.taken);
    derived.fact("half", words("Half-year", "所属半年"), Cell::Text(half.to_string()));
    derived.fact("taken", words("Taken in it", "半年累计扣分"), Cell::count(taken));
    let level = standing.map_or(Level::Clear, |standing| standing.level);
    derived.fact("standing", words("Standing", "状态"), Cell::coded(level.code(), level.name()));
}

/// How far back a score is looked for to compare with, in days.
const SCORES_LOOKED_BACK: u64 = 400;

fn visit(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let visit = Visit::of(form);
    let followers = followers(book, form);
    let numbers: Vec<String> = followers.iter().map(|form| form.number.to_string()).collect();
    derived.fact("led_to", words("Led to", "后续单据"), Cell::Text(numbers.join(" ")));
    derived.fact("next", words("Next", "下一步"), next_command(book, form).map(Cell::Text));
    let scored: Vec<_> = SCORES.iter().filter_map(|key| Some((*key, visit.score(key)?))).collect();
    if scored.is_empty() {
        return;
    }
    let earlier = earlier(book, form);
    let row = |(key, score): &(&'static str, u8)| {
        let before = earlier.iter().rev().find_map(|form| Some((form, Visit::of(form).score(key)?)));
        let name = form.header.entry(key).map(|entry| entry.field.name);
        let change = before.map(|(_, before)| i64::from(*score) - i64::from(before));
        Row {
            cells: vec![
                Cell::Coded(key.to_string(), name.map(Text::from).unwrap_or_default()),
                Cell::Text(score.to_string()),
                before.map(|(_, score)| Cell::Text(score.to_string())).unwrap_or(Cell::Empty),
                change.map(|change| Cell::Text(format!("{change:+}"))).unwrap_or(Cell::Empty),
                before.map(|(form, _)| form.day()).into(),
            ],
            records: before.map(|(form, _)| form.number.clone()).into_iter().collect(),
        }
    };
    derived.tables.push(Table {
        name: "scores",
        title: words("Scores", "评分"),
        columns: vec![
            column("score", "Score", "项目"),
            column("now", "Now", "本次").numeric(),
            column("before", "Before", "上次").numeric(),
            column("change", "Change", "变化").numeric(),
            column("on", "On", "上次日期").whole(),
        ],
        rows: scored.iter().map(row).collect(),
    });
}

/// The living visits of the same customer before this one, oldest first.
fn earlier(book: &Book<'_>, form: &Form) -> Vec<std::sync::Arc<Form>> {
    let customer = Visit::of(form).customer();
    let days = days_before(form.day(), SCORES_LOOKED_BACK)..=form.day();
    book.load(form.spec, days, &|_, glance| glance.holds(customer));
    let mut visits = book.loaded(Kind::Visit);
    visits.retain(|other| {
        let before = (other.made_at(), &other.number) < (form.made_at(), &form.number);
        Visit::of(other).customer() == customer && before && !other.is_void()
    });
    visits.sort_by_key(|form| (form.made_at(), form.number.clone()));
    visits
}

fn complaint(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let complaint = Complaint::of(form);
    let criteria = complaint.criteria(book.policy.at(form.day()).large_loss);
    let major = !criteria.is_empty();
    let code = if major { "yes" } else { "no" };
    derived.fact("major", words("Major", "重大投诉"), Cell::Coded(code.to_string(), yes_no(major).into()));
    let codes: Vec<&str> = criteria.iter().map(|c| c.code).collect();
    let names: Vec<Text> = criteria.iter().map(|c| c.name.into()).collect();
    let by = Cell::Coded(codes.join(";"), Text::join(&names, words(", ", "、")));
    let header = form.header.many("criteria");
    let again = codes.len() == header.len() && codes.iter().all(|code| header.iter().any(|h| h == code));
    derived.facts.push(Fact { key: "major_by", name: words("Major by", "重大依据"), cell: by, again });
    let cycle = complaint.cycles().len() as u64;
    derived.fact("cycle", words("Cycle", "处理轮次"), Cell::from(Amount::Count(cycle)));
    let holder = complaint.holder();
    let name = book.name(List::Staff, holder.as_str());
    let holder = Cell::Coded(holder.to_string(), Text { en: name.clone(), zh: name });
    derived.fact("holder", words("With", "当前跟进人"), holder);
    let plan = complaint.plan();
    let compensation = plan.and_then(|(step, _)| step.fields.money("compensation"));
    derived.fact("compensation", words("Compensation", "赔偿金额"), compensation.map(Amount::Money));
    let signed = plan.map(|(_, signed)| Cell::from(yes_no(signed.is_some())));
    derived.fact("signed", words("Measure signed", "措施已签批"), signed.unwrap_or(Cell::Empty));
    let cause = complaint.cause().map(|code| Cell::Coded(code.to_string(), cause_name(code)));
    derived.fact("cause", words("Root cause", "根本原因"), cause.unwrap_or(Cell::Empty));
    let times = recurring(book, form, book.now.time).len() as u64;
    let recurs = (times > 0).then_some(Amount::Count(times));
    derived.fact("recurs", words("Times this cause came up in the month", "当月同类原因次数"), recurs);
    derived.tables.push(timed(book, &clocks(book, form)));
    derived.tables.extend(visits(book, form));
}

fn claim(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let claim = Claim::of(form);
    let now = book.now.time;
    let amount_of = |step: Option<&Step>| step.and_then(|step| step.fields.money("amount"));
    let carrier = carrier_of(book, form).map(|code| {
        let name = book.name(List::Carriers, &code);
        Cell::Coded(code, Text { en: name.clone(), zh: name })
    });
    derived.fact("carrier", words("Carrier", "物流公司"), carrier.unwrap_or(Cell::Empty));
    derived.fact("claimed", words("Claimed", "申请金额"), claim.claimed());
    derived.fact("assessed", words("Assessed", "定损金额"), amount_of(claim.assessed()));
    derived.fact("settled", words("Paid", "赔付金额"), amount_of(claim.settled()));
    let case = claim.case().map(|case| Cell::Text(case.to_string()));
    derived.fact("case", words("Insurer's case number", "报案号"), case.unwrap_or(Cell::Empty));
    if let Some(clock) = notice(book, form) {
        let reading = read_notice(book, &clock);
        derived.fact(
            "notify_by",
            words("Insurer to be told by", "最迟报案时间"),
            reading.due.map_or(Cell::Empty, Cell::Time),
        );
        let state = Cell::coded(reading.state.code(), reading.state.name());
        derived.fact("notified", words("Told in time", "报案时限"), state);
    }
    let until = form.living().last().filter(|_| form.is_over()).map_or(now, |last| last.at);
    let days = form.made_at().map(|made| (book.now.zone.day(until) - book.now.zone.day(made)).num_days());
    derived.fact("days", words("Days open", "处理天数"), days.map(Amount::Days));
    let Some(policy) = policy_of(book, form) else { return };
    derived.fact("left", words("Sum insured left for it", "可用剩余保额"), left_for(book, form, now));
    let ratio = loss_ratio(policy, &of_policy(book, policy));
    derived.fact("loss_ratio", words("Loss ratio of the policy", "保单赔付率"), ratio);
}

/// When a consult is to be answered and was, who holds it, and what it turned into.
fn consult(book: &Book<'_>, form: &Form, derived: &mut Derived) {
    let consult = Consult::of(form);
    let clocks = consults::clocks(book, form);
    let holder = consult.holder();
    let name = book.name(List::Staff, holder.as_str());
    derived.fact("holder", words("With", "当前答复人"), Cell::Coded(holder.to_string(), Text::same(name)));
    let name = book.name(List::Staff, consult.owner().as_str());
    derived.fact(
        "owner",
        words("Asked first", "首问责任人"),
        Cell::Coded(consult.owner().to_string(), Text::same(name)),
    );
    derived.fact("round", words("Round", "询问轮次"), Cell::count(clocks.len() as u64));
    if let Some(timed) = clocks.last() {
        let reading = timed.read(book);
        derived.fact("due", words("Answer due", "应答复时间"), reading.due.map_or(Cell::Empty, Cell::Time));
        let answered = timed.clock.stopped.map_or(Cell::Empty, Cell::Time);
        derived.fact("answered", words("Answered", "答复时间"), answered);
        derived.fact("in_time", words("In time", "是否按时"), Cell::coded(reading.state.code(), reading.state.name()));
        derived.fact("minutes", words("Minutes used", "已用分钟"), Cell::count(reading.used_minutes.max(0) as u64));
    }
    if clocks.len() > 1 {
        let row = |timed: &consults::Timed| {
            clock_row(
                "R27",
                Cell::coded("answer", words("answered", "答复")),
                timed.round,
                timed.clock.start,
                &timed.read(book),
                timed.clock.stopped,
            )
        };
        derived.tables.push(clock_table(clocks.iter().map(row).collect()));
    }
    let turned = turned_into(book, &form.number);
    if !turned.is_empty() {
        let row = |form: &std::sync::Arc<Form>| Row {
            cells: vec![
                Cell::Number(form.number.clone()),
                Cell::coded(form.spec.code, form.spec.name),
                Cell::coded(form.state().code, form.state().name),
            ],
            records: vec![form.number.clone()],
        };
        derived.tables.push(Table {
            name: "turned_into",
            title: words("Turned into", "转为单据"),
            columns: vec![
                column("number", "Number", "单号").whole(),
                column("kind", "Kind", "类别"),
                column("state", "State", "状态").whole(),
            ],
            rows: turned.iter().map(row).collect(),
        });
    }
}

/// The clocks of a complaint as they stand.
pub fn timed(book: &Book<'_>, clocks: &[Timed]) -> Table {
    let row = |timed: &Timed| {
        let goal = Cell::coded(timed.goal.code(), timed.goal.name());
        clock_row(timed.goal.rule(), goal, timed.cycle, timed.clock.start, &timed.read(book), timed.stopped(book))
    };
    clock_table(clocks.iter().map(row).collect())
}

/// A clock of a rule as it stands, in the order of [`clock_table`].
fn clock_row(rule: &str, goal: Cell, cycle: usize, start: Time, reading: &Reading, stopped: Option<Time>) -> Row {
    let time = |time: Option<Time>| time.map_or(Cell::Empty, Cell::Time);
    Row {
        cells: vec![
            Cell::Text(rule.to_string()),
            goal,
            Cell::from(Amount::Count(cycle as u64)),
            Cell::Time(start),
            time(reading.due),
            time(stopped),
            Cell::coded(reading.state.code(), reading.state.name()),
            Cell::Text(reading.used_minutes.to_string()),
            Cell::Text(reading.left_minutes.to_string()),
        ],
        records: Vec::new(),
    }
}

/// A table of clocks.
fn clock_table(rows: Vec<Row>) -> Table {
    let numeric = |key, en, zh| -> Column { column(key, en, zh).numeric() };
    Table {
        name: "clocks",
        title: words("Clocks", "时限"),
        columns: vec![
            column("rule", "Rule", "规则").whole(),
            column("target", "Target", "时限"),
            numeric("cycle", "Cycle", "轮次"),
            column("start", "Start", "起点").whole(),
            column("due", "Due", "到期").whole(),
            column("stopped", "Done", "完成").whole(),
            column("state", "State", "状态").whole(),
            numeric("used_minutes", "Used (min)", "已用（分钟）"),
            numeric("left_minutes", "Left (min)", "剩余（分钟）"),
        ],
        rows,
    }
}

/// The cause as last judged, by code and name.
fn cause_of(form: &Form) -> Cell {
    let cause = Repair::of(form).cause().and_then(|code| CAUSES.iter().find(|c| c.code == code));
    cause.map(|cause| Cell::coded(cause.code, cause.name)).into()
}

fn counts(arrival: &crate::flow::Arrival) -> Table {
    let numeric = |key, en, zh| -> Column { column(key, en, zh).numeric() };
    let row = |c: &crate::flow::Count| Row {
        cells: vec![
            Cell::Number(arrival.form.number.clone()),
            Cell::Text(c.model.clone()),
            Cell::count(c.expected),
            Cell::count(c.received),
            Cell::count(c.short),
            Cell::count(c.over),
            Cell::count(c.wrong),
            Cell::count(c.damaged),
            Cell::count(c.open()),
        ],
        records: vec![arrival.form.number.clone()],
    };
    Table {
        name: "arrivals",
        title: words("Arrival", "到货"),
        columns: vec![
            column("receipt", "Receipt", "回执").whole(),
            column("model", "Model", "型号").whole(),
            numeric("expected", "Expected", "应到"),
            numeric("received", "Received", "实到"),
            numeric("short", "Short", "短少"),
            numeric("over", "Over", "多发"),
            numeric("wrong", "Wrong", "错发"),
            numeric("damaged", "Damaged", "破损"),
            numeric("open", "Open", "未处理"),
        ],
        rows: arrival.counts.iter().map(row).collect(),
    }
}
