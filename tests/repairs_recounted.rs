//! The reports of repairs and quality over random departments, recounted from what was made up, not from the files.

mod memory;
mod random;

use std::collections::BTreeMap;

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};
use memory::Folder;
use memory::aftersales::{G1, G2, MENDED, SENT, SIGNED, lists, parts, quote, shipment, ticket};
use memory::report::{cell, figure, make, table, values};
use random::Random;

type Day = NaiveDate;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn later(from: Day, days: i64) -> Day {
    from.checked_add_days(Days::new(days as u64)).unwrap()
}

/// What happened to a ticket.
#[derive(Clone, Copy, PartialEq)]
enum What {
    Judged(&'static str),
    Sent(&'static str),
    /// On this day, though told later.
    Mended(Day),
    Accepted,
    Asked {
        faulty: bool,
    },
    Released(i64),
    Rejected,
    Closed,
}

struct Ticket {
    number: String,
    model: &'static str,
    made_on: Option<Day>,
    reported: Day,
    wanted: Option<Day>,
    faults: Vec<&'static str>,
    /// In order; nothing in it was voided.
    events: Vec<(Day, What)>,
}

struct Request {
    number: String,
    asked: Day,
    sent: Option<Day>,
    rejected: bool,
    cost: i64,
    /// Its ticket, if it has one.
    ticket: Option<usize>,
}

#[derive(Default)]
struct Department {
    folder: Folder,
    tickets: Vec<Ticket>,
    requests: Vec<Request>,
    shipments: Vec<(String, Day, &'static str, i64)>,
}

const FIRST: &str = "2026-07-01";
const CAUSES: &[&str] = &["quality", "quality", "human", "logistics"];

fn number(prefix: &str, day: Day, counter: usize) -> String {
    format!("{prefix}-{}-YX-{counter}", day.format("%y%m%d"))
}

/// A ticket's life, as far as chance takes it; the steps as the file tells them go into `steps`.
fn life(random: &mut Random, reported: Day, steps: &mut Vec<(String, String)>) -> Vec<(Day, What)> {
    let mut events = Vec::new();
    let mut day = reported;
    let mut minute = 0;
    let mut tell = |day: Day, verb: &str, records: &str| {
        minute += 1;
        steps.push((format!("{verb} {day} 10:{minute:02}"), records.to_string()));
        steps.len()
    };
    tell(reported, "new", "");
    if random.chance(10) {
        return events;
    }
    day = later(day, random.between(0, 6));
    let cause = *random.pick(CAUSES);
    events.push((day, What::Judged(cause)));
    tell(day, "judge", &format!("cause = \"{cause}\""));
    if random.chance(10) {
        events.push((day, What::Rejected));
        tell(day, "reject", "reason = \"误报\"");
        return events;
    }
    if random.chance(15) {
        day = later(day, random.between(0, 30));
        let cause = *random.pick(CAUSES);
        events.push((day, What::Judged(cause)));
        tell(day, "rejudge", &format!("cause = \"{cause}\""));
    }
    for _ in 0..random.between(0, 3) {
        day = later(day, random.between(0, 4));
        let agency = *random.pick(&["G1", "G2"]);
        events.push((day, What::Sent(agency)));
        tell(day, "dispatch", if agency == "G1" { G1 } else { G2 });
        let sent = day;
        day = later(day, random.between(0, 9));
        let on = sent.max(day.checked_sub_days(Days::new(random.between(0, 2) as u64)).unwrap());
        events.push((day, What::Mended(on)));
        tell(day, "repaired", &format!("{MENDED}\non = {on}"));
        for _ in 0..random.between(0, 2) {
            day = later(day, random.between(0, 7));
            let faulty = random.chance(30);
            let result = if faulty { "faulty" } else { "working" };
            let index = tell(day, "follow-up", &format!("result = \"{result}\""));
            if random.chance(10) {
                tell(day, "void", &format!("step = {index}\nnote = \"错\""));
            } else {
                events.push((day, What::Asked { faulty }));
            }
        }
    }
    if !matches!(events.last(), Some((_, What::Mended(_) | What::Asked { .. }))) || random.chance(20) {
        return events;
    }
    day = later(day, random.between(0, 5));
    events.push((day, What::Accepted));
    tell(day, "accept", SIGNED);
    if random.chance(60) {
        day = later(day, random.between(0, 9));
        let fee = random.between(50, 900);
        events.push((day, What::Released(fee)));
        tell(day, "reimburse", &format!("amount = \"{fee}\""));
    }
    if random.chance(70) {
        day = later(day, random.between(0, 30));
        events.push((day, What::Closed));
        tell(day, "close", "");
    }
    events
}

fn department(random: &mut Random) -> Department {
    let mut made = Department { folder: lists(), ..Department::default() };
    for counter in 1..=60 {
        let reported = later(day(FIRST), random.between(0, 180));
        let (customer, site) = *random.pick(&[("C1", "S1"), ("C2", "S2")]);
        let model = *random.pick(&["M1", "M2", "M3"]);
        let made_on = random.chance(85).then(|| reported.checked_sub_days(Days::new(random.between(0, 900) as u64)));
        let wanted = random.chance(60).then(|| later(reported, random.between(0, 20)));
        let faults: Vec<&str> = (0..random.between(1, 3)).map(|_| *random.pick(&["glass", "lamp", "lock"])).collect();
        let mut rest = String::new();
        for (key, value) in [("made_on", made_on.flatten()), ("wanted_by", wanted)] {
            rest += &value.map_or(String::new(), |value| format!("{key} = {value}\n"));
        }
        let name = number("WX", reported, counter);
        let mut steps = Vec::new();
        let events = life(random, reported, &mut steps);
        let void = random.chance(5);
        if void {
            steps.push((format!("void {} 12:00", later(reported, 400)), "note = \"重复\"".into()));
        }
        let told: Vec<(&str, &str)> = steps.iter().map(|(step, records)| (step.as_str(), records.as_str())).collect();
        made.folder.form(&name, &ticket((customer, site, model), &rest, &faults), &told);
        for at in 0..random.between(0, 2) as usize {
            let agency = if random.chance(50) { "G1" } else { "G2" };
            let text = quote(&name, agency, "100");
            made.folder.form(
                &number("BJ", reported, counter * 3 + at),
                &text,
                &[(&format!("new {reported} 11:00"), "")],
            );
        }
        if !void {
            let made_on = made_on.flatten();
            made.tickets.push(Ticket { number: name, model, made_on, reported, wanted, faults, events });
        }
    }
    made.folder.form("DD-260601-YX-1", "customer = \"C1\"\nwanted_by = 2026-11-20\nconsignee = \"店\"\ndeliver_to = \"路\"\n[[line]]\nmodel = \"M1\"\nquantity = 1", &[("new 2026-06-01 10:00", "")]);
    for counter in 1..=30 {
        let asked = later(day(FIRST), random.between(0, 190));
        let source = random.chance(80).then(|| random.between(0, made.tickets.len() as i64 - 1) as usize);
        let (cost, quantity) = (random.between(1, 99), random.between(1, 5));
        let sent = random.chance(70).then(|| later(asked, random.between(0, 3)));
        let rejected = sent.is_none() && random.chance(50);
        let name = number("LJ", asked, counter);
        let mut steps = vec![(format!("new {asked} 10:00"), ""), (format!("approve {asked} 11:00"), "")];
        steps.extend(sent.map(|day| (format!("send {day} 12:00"), SENT)));
        steps.extend(rejected.then(|| (format!("reject {asked} 12:00"), "reason = \"重复\"")));
        let told: Vec<(&str, &str)> = steps.iter().map(|(step, records)| (step.as_str(), *records)).collect();
        let of = source.map_or("DD-260601-YX-1", |at| made.tickets[at].number.as_str());
        let text = parts(of, &format!("part = \"glass\"\nquantity = {quantity}\ncost = \"{cost}\""));
        made.folder.form(&name, &text, &told);
        made.requests.push(Request { number: name, asked, sent, rejected, cost: cost * quantity, ticket: source });
    }
    for counter in 1..=25 {
        let on = later(day("2025-10-01"), random.between(0, 450));
        let model = *random.pick(&["M1", "M2"]);
        let pieces = random.between(1, 40);
        let name = number("FH", on, counter);
        let steps = [(format!("new {on} 10:00"), ""), (format!("depart {} 10:00", later(on, 2)), "")];
        let told: Vec<(&str, &str)> = steps.iter().map(|(step, records)| (step.as_str(), *records)).collect();
        made.folder.form(&name, &shipment(model, pieces as u32), &told);
        made.shipments.push((name, later(on, 2), model, pieces));
    }
    made
}

/// A value as the report writes it, and the numbers behind it in any order.
type Counted = (String, Vec<String>);

fn sorted(mut numbers: Vec<String>) -> Vec<String> {
    numbers.sort();
    numbers.dedup();
    numbers
}

fn counted(numbers: Vec<&String>) -> Counted {
    let numbers = sorted(numbers.into_iter().cloned().collect());
    (numbers.len().to_string(), numbers)
}

/// A sum, in hundredths where it is money.
fn summed(parts: Vec<(&String, i64)>, ending: &str) -> Counted {
    let sum: i64 = parts.iter().map(|(_, n)| n).sum();
    (format!("{sum}{ending}"), sorted(parts.into_iter().filter(|(_, n)| *n != 0).map(|(n, _)| n.clone()).collect()))
}

fn middle(mut values: Vec<(&String, i64)>) -> Counted {
    values.sort_by_key(|(_, n)| *n);
    let value = values.get(values.len().saturating_sub(1) / 2).map_or("-".into(), |(_, n)| n.to_string());
    (value, sorted(values.into_iter().map(|(n, _)| n.clone()).collect()))
}

fn share(judged: Vec<(&String, bool)>) -> Counted {
    let met = judged.iter().filter(|(_, met)| *met).count() as f64;
    let value = format!("{:.1}", (met / judged.len() as f64 * 1000.0 + 1e-9).round() / 10.0);
    let value = if judged.is_empty() { "-".into() } else { value };
    (value, sorted(judged.into_iter().map(|(n, _)| n.clone()).collect()))
}

fn months(from: Day, to: Day) -> i64 {
    let mut count = 0;
    while from.checked_add_months(Months::new(count + 1)).unwrap() <= to {
        count += 1;
    }
    i64::from(count)
}

/// A ticket, the agency sent, what happened until it or another was sent again, and that day.
type Job<'d> = (&'d Ticket, &'static str, Vec<(Day, What)>, Option<Day>);

/// A month of a department, with what was known at its end.
struct Month<'d> {
    department: &'d Department,
    from: Day,
    to: Day,
}

impl<'d> Month<'d> {
    fn holds(&self, day: Day) -> bool {
        self.from <= day && day <= self.to
    }

    /// The tickets there are, each with what had happened.
    fn tickets(&self) -> Vec<(&'d Ticket, Vec<(Day, What)>)> {
        let known = self.department.tickets.iter().filter(|t| t.reported <= self.to);
        known.map(|t| (t, t.events.iter().copied().filter(|(day, _)| *day <= self.to).collect())).collect()
    }

    /// The tickets with an event of the month.
    fn with(&self, wanted: impl Fn(What) -> bool) -> Counted {
        let has = |events: &[(Day, What)]| events.iter().any(|(day, what)| self.holds(*day) && wanted(*what));
        counted(self.tickets().into_iter().filter(|(_, events)| has(events)).map(|(t, _)| &t.number).collect())
    }

    /// The jobs: from one dispatch to the next.
    fn jobs(&self) -> Vec<Job<'d>> {
        let mut jobs: Vec<Job<'d>> = Vec::new();
        for (ticket, events) in self.tickets() {
            let mut own = 0;
            for (day, what) in events {
                if let What::Sent(agency) = what {
                    if own > 0 {
                        jobs.last_mut().unwrap().3 = Some(day);
                    }
                    jobs.push((ticket, agency, vec![(day, what)], None));
                    own += 1;
                } else if own > 0 {
                    jobs.last_mut().unwrap().2.push((day, what));
                }
            }
        }
        jobs
    }

    fn open(&self) -> Vec<(&'d Ticket, Vec<(Day, What)>)> {
        let mut open = self.tickets();
        open.retain(|(_, events)| !events.iter().any(|(_, what)| matches!(what, What::Closed | What::Rejected)));
        open
    }

    fn followed_in_time(&self) -> Counted {
        let mut judged = Vec::new();
        for (ticket, _, events, next) in self.jobs() {
            let Some(on) =
                events.iter().find_map(|(_, what)| if let What::Mended(on) = what { Some(*on) } else { None })
            else {
                continue;
            };
            let due = later(on, 5);
            let asked = events.iter().find(|(_, what)| matches!(what, What::Asked { .. })).map(|(day, _)| *day);
            let closed = events.iter().find(|(_, what)| *what == What::Closed).map(|(day, _)| *day);
            let verdict = match asked {
                Some(day) if day <= due => Some((day, true)),
                Some(_) => Some((due, false)),
                None if next.or(closed).is_some_and(|end| end <= due) || due > self.to => None,
                None => Some((due, false)),
            };
            judged.extend(verdict.filter(|(day, _)| self.holds(*day)).map(|(_, met)| (&ticket.number, met)));
        }
        share(judged)
    }

    fn still_faulty(&self, agency: Option<&str>) -> Counted {
        let mut asked = Vec::new();
        for (ticket, of, events, _) in self.jobs() {
            let last = events.iter().rev().find_map(|(day, what)| match what {
                What::Asked { faulty } if self.holds(*day) => Some(*faulty),
                _ => None,
            });
            asked.extend(last.filter(|_| agency.is_none_or(|a| a == of)).map(|faulty| (&ticket.number, faulty)));
        }
        share(asked)
    }

    fn days_to_mend(&self) -> Counted {
        let mut waits = Vec::new();
        for (ticket, events) in self.tickets() {
            let first = events.iter().find_map(|(day, what)| match what {
                What::Mended(on) => Some((*day, *on)),
                _ => None,
            });
            waits.extend(
                first
                    .filter(|(told, _)| self.holds(*told))
                    .map(|(_, on)| (&ticket.number, (on - ticket.reported).num_days())),
            );
        }
        middle(waits)
    }

    fn late(&self) -> Counted {
        let is_late = |ticket: &Ticket, events: &[(Day, What)]| {
            let work = events.iter().rev().find(|(_, what)| matches!(what, What::Sent(_) | What::Mended(_)));
            let mended = work.is_some_and(|(_, what)| matches!(what, What::Mended(_)));
            !mended && ticket.wanted.is_some_and(|wanted| wanted < self.to)
        };
        counted(self.open().into_iter().filter(|(t, events)| is_late(t, events)).map(|(t, _)| &t.number).collect())
    }

    fn fees(&self) -> Vec<(&'d String, i64)> {
        let mut fees = Vec::new();
        for (ticket, events) in self.tickets() {
            for (day, what) in events {
                if let What::Released(fee) = what
                    && self.holds(day)
                {
                    fees.push((&ticket.number, fee));
                }
            }
        }
        fees
    }

    fn parts_in_time(&self) -> Counted {
        let mut judged = Vec::new();
        for request in self.department.requests.iter().filter(|r| r.asked <= self.to && !r.rejected) {
            let due = match request.asked.weekday() {
                Weekday::Sat => later(request.asked, 2),
                Weekday::Sun => later(request.asked, 1),
                _ => request.asked,
            };
            match request.sent.filter(|sent| *sent <= self.to) {
                Some(sent) if sent <= due => judged.push((sent, &request.number, true)),
                _ if due <= self.to => judged.push((due, &request.number, false)),
                _ => {}
            }
        }
        share(judged.into_iter().filter(|(day, _, _)| self.holds(*day)).map(|(_, n, met)| (n, met)).collect())
    }

    fn cause(events: &[(Day, What)]) -> Option<&'static str> {
        events.iter().rev().find_map(|(_, what)| if let What::Judged(cause) = what { Some(*cause) } else { None })
    }

    fn parts_sent(&self, quality: Option<bool>) -> Vec<(&'d String, i64)> {
        let is_quality = |request: &Request| {
            request.ticket.is_some_and(|at| {
                let ticket = &self.department.tickets[at];
                let known: Vec<_> = ticket.events.iter().copied().filter(|(day, _)| *day <= self.to).collect();
                // A request may stand before its ticket was made.
                ticket.reported <= self.to && Month::cause(&known) == Some("quality")
            })
        };
        let sent = self.department.requests.iter().filter(|r| r.sent.is_some_and(|day| self.holds(day)));
        sent.filter(|r| quality.is_none_or(|wanted| is_quality(r) == wanted)).map(|r| (&r.number, r.cost)).collect()
    }

    /// The tickets judged in the month with this cause.
    fn judged_as(&self, cause: &str) -> Vec<&'d Ticket> {
        let mut judged = self.tickets();
        judged.retain(|(_, events)| {
            let judged = events.iter().any(|(day, what)| matches!(what, What::Judged(_)) && self.holds(*day));
            let rejected = events.iter().any(|(_, what)| *what == What::Rejected);
            judged && !rejected && Month::cause(events) == Some(cause)
        });
        judged.into_iter().map(|(ticket, _)| ticket).collect()
    }

    fn faults(&self, cause: &str) -> Counted {
        summed(self.judged_as(cause).into_iter().map(|t| (&t.number, t.faults.len() as i64)).collect(), "")
    }

    fn shipped(&self, model: Option<&str>) -> Vec<(&'d String, i64)> {
        let gone = self
            .department
            .shipments
            .iter()
            .filter(|(_, day, of, _)| *day <= self.to && model.is_none_or(|model| model == *of));
        gone.map(|(number, _, _, pieces)| (number, *pieces)).collect()
    }

    fn rate(&self, faults: i64, model: Option<&str>) -> String {
        let pieces: i64 = self.shipped(model).iter().map(|(_, n)| n).sum();
        if pieces == 0 {
            "-".into()
        } else {
            format!("{:.2}", (faults as f64 / pieces as f64 * 1e4 + 1e-7).round() / 100.0)
        }
    }
}

#[test]
fn reports_of_random_departments_are_what_was_made_up() {
    let rounds = if std::env::var_os("CS_TEST_FULL").is_some() { 300 } else { 6 };
    for seed in 1..=rounds {
        let made = department(&mut Random(seed));
        for month in 7..=12 {
            let from = Day::from_ymd_opt(2026, month, 1).unwrap();
            let to = later(from, from.num_days_in_month() as i64 - 1);
            let at = Month { department: &made, from, to };
            repairs(&at, seed);
            quality(&at, seed);
        }
    }
}

fn same(at: &Month<'_>, seed: u64, report: &str, figures: Vec<(&str, Counted)>) {
    let report = make(&at.department.folder, report, &at.from.format("%Y-%m").to_string(), "2028-01-01 09:00");
    for (key, (value, numbers)) in figures {
        let found = figure(&report, report.name, key);
        let behind = sorted(found.records.iter().map(ToString::to_string).collect());
        assert_eq!((values(found)[0].as_str(), behind), (value.as_str(), numbers), "{seed} {} {key}", at.from);
    }
}

fn repairs(at: &Month<'_>, seed: u64) {
    let taken = at.tickets().into_iter().filter(|(t, _)| at.holds(t.reported)).map(|(t, _)| &t.number).collect();
    // The first judgement alone; to judge anew is another step.
    let judged = at.tickets().into_iter().filter(|(_, events)| {
        events.first().is_some_and(|(day, what)| matches!(what, What::Judged(_)) && at.holds(*day))
    });
    let figures = vec![
        ("taken", counted(taken)),
        ("judged", counted(judged.map(|(t, _)| &t.number).collect())),
        ("mended", at.with(|what| matches!(what, What::Mended(_)))),
        ("closed", at.with(|what| what == What::Closed)),
        ("rejected", at.with(|what| what == What::Rejected)),
        ("open", counted(at.open().into_iter().map(|(t, _)| &t.number).collect())),
        ("overdue", at.late()),
        ("days_to_mend", at.days_to_mend()),
        ("followed_in_time", at.followed_in_time()),
        ("still_faulty", at.still_faulty(None)),
        ("parts_sent", counted(at.parts_sent(None).into_iter().map(|(n, _)| n).collect())),
        ("parts_in_time", at.parts_in_time()),
        ("fees", summed(at.fees(), ".00")),
        ("parts_cost", summed(at.parts_sent(None), ".00")),
    ];
    same(at, seed, "repairs", figures);
    let report = make(&at.department.folder, "repairs", &at.from.format("%Y-%m").to_string(), "2028-01-01 09:00");
    let agencies = table(&report, "repairs", "by_agency");
    for row in 0..agencies.rows.len() {
        let agency = cell(agencies, row, "code");
        let jobs: Vec<_> = at.jobs().into_iter().filter(|(_, of, _, _)| *of == agency).collect();
        let with = |wanted: fn(&What) -> bool| {
            let mine =
                jobs.iter().filter(|(_, _, events, _)| events.iter().any(|(day, what)| at.holds(*day) && wanted(what)));
            counted(mine.map(|(ticket, ..)| &ticket.number).collect()).0
        };
        let mut fees = 0;
        for (_, _, events, _) in &jobs {
            for (day, what) in events {
                if let What::Released(fee) = what
                    && at.holds(*day)
                {
                    fees += fee;
                }
            }
        }
        let found = ["sent", "mended", "still_faulty", "fees"].map(|key| cell(agencies, row, key));
        let expected = [
            with(|what| matches!(what, What::Sent(_))),
            with(|what| matches!(what, What::Mended(_))),
            at.still_faulty(Some(&agency)).0,
            format!("{fees}.00"),
        ];
        assert_eq!(found, expected, "{seed} {} {agency}", at.from);
    }
}

fn quality(at: &Month<'_>, seed: u64) {
    let ours = at.judged_as("quality");
    let faults = ours.iter().map(|t| t.faults.len() as i64).sum();
    let ages = ours.iter().filter_map(|t| Some((&t.number, months(t.made_on?, t.reported))));
    let in_warranty = ours.iter().filter_map(|t| {
        let last = t.made_on?.checked_add_months(Months::new(12)).unwrap();
        Some((&t.number, t.reported <= last))
    });
    let quality_cost = [at.fees(), at.parts_sent(Some(true))].concat();
    let figures = vec![
        ("faults_quality", at.faults("quality")),
        ("faults_human", at.faults("human")),
        ("faults_logistics", at.faults("logistics")),
        ("pieces_shipped", summed(at.shipped(None), "")),
        ("quality_per_100", (at.rate(faults, None), at.faults("quality").1)),
        ("age", middle(ages.collect())),
        ("in_warranty", share(in_warranty.collect())),
        ("fees", summed(at.fees(), ".00")),
        ("parts_quality", summed(at.parts_sent(Some(true)), ".00")),
        ("parts_other", summed(at.parts_sent(Some(false)), ".00")),
        ("cost", summed(quality_cost, ".00")),
    ];
    same(at, seed, "quality", figures);
    let mut components: BTreeMap<[String; 2], i64> = BTreeMap::new();
    for ticket in &ours {
        for fault in &ticket.faults {
            *components.entry([ticket.model, fault].map(String::from)).or_default() += 1;
        }
    }
    let report = make(&at.department.folder, "quality", &at.from.format("%Y-%m").to_string(), "2028-01-01 09:00");
    let pareto = table(&report, "quality", "pareto");
    let (mut before, mut so_far) = (i64::MAX, 0);
    for row in 0..pareto.rows.len() {
        let [model, component, found] = ["model", "component", "faults_quality"].map(|key| cell(pareto, row, key));
        let expected = components.remove(&[model.clone(), component.clone()]).unwrap_or(0);
        assert_eq!(found, expected.to_string(), "{seed} {} {model} {component}", at.from);
        assert_eq!(cell(pareto, row, "quality_per_100"), at.rate(expected, Some(&model)));
        assert!(expected <= before, "the most first");
        (before, so_far) = (expected, so_far + expected);
        let of_all = share((0..faults).map(|n| (&at.department.tickets[0].number, n < so_far)).collect()).0;
        assert_eq!(cell(pareto, row, "cumulated"), of_all);
    }
    assert!(components.is_empty(), "{seed} {}: not told: {components:?}", at.from);
}
