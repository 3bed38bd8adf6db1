//! Makes a department's folder of any size: every file as `cs` itself would have written it, the same for a seed.
//!
//! Orders lie evenly over the 36 months before [`END`]; each lives some two to four weeks (confirmed, planned, looked
//! at, finished, shipped in one or two goes, received, paid, closed), so that about 1 % of 100,000 are still open.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::Path;

use chrono::{Datelike, Days, NaiveTime, TimeDelta, Weekday};
use cs::base::field::{Field, Fields, Kind, List};
use cs::base::number::{Code, Number};
use cs::base::time::{Date, Now, Time, Zone};
use cs::config::{self, Config};
use cs::forms::form::path_of;
use cs::forms::spec::{FormSpec, LineSpec};
use cs::forms::spec_of;
use cs::forms::write::{Taken, form_text, step_text};
use cs::holidays::published;
use cs::lists::{self, LISTS};
use cs::policy::{self, Policy};
use cs::store::edit::append_block;

/// The moment that the folder is seen at: what would happen after it has not happened. Give it to `cs --now`.
pub const END: &str = "2026-10-30T18:00:00+08:00";
/// How many days before [`END`] the first order was taken.
const DAYS: u64 = 1095;
/// Every customer orders about this often.
const ORDERS_PER_CUSTOMER: usize = 200;

/// What was made.
pub struct Made {
    /// Files of forms.
    pub forms: usize,
    /// Orders that are neither closed, cancelled nor void.
    pub open: usize,
}

/// Makes a folder of this many orders in `dir`, which must not exist or be empty.
pub fn make(dir: &Path, orders: usize, seed: u64) -> io::Result<Made> {
    let mut maker = Maker::new(dir, orders, seed)?;
    maker.lists()?;
    for at in 0..orders {
        maker.order(at, orders)?;
    }
    Ok(maker.made)
}

/// A small generator of even numbers (SplitMix64): the folder must be the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// From `low` to `high`, both included.
    fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.roll() % (high - low + 1)
    }

    fn percent(&mut self, chance: u64) -> bool {
        self.between(1, 100) <= chance
    }

    fn pick<'a, T: ?Sized>(&mut self, from: &[&'a T]) -> &'a T {
        from[self.roll() as usize % from.len()]
    }
}

struct Maker<'d> {
    dir: &'d Path,
    dice: Dice,
    /// Up to when the order at hand was worked on; [`END`] for nearly all.
    now: Now,
    staff: Vec<Code>,
    supervisor: Code,
    customers: usize,
    /// The last counter of a kind, day and person.
    counters: HashMap<(Kind, Date, Code), u32>,
    dirs: HashSet<String>,
    made: Made,
}

/// A form on its way: its number and its text so far.
struct Paper {
    spec: &'static FormSpec,
    number: Number,
    text: String,
}

impl Paper {
    /// Takes a step, unless it lies after the end; says whether it did.
    fn step(&mut self, now: Now, by: &Code, at: Time, verb: &str, values: &[(&str, String)], lines: &[Vec<String>]) {
        if at > now.time {
            return;
        }
        let step = self.spec.step(verb).expect("a verb of the kind");
        let taken = Taken { verb, at, by, note: None, attach: &[] };
        let lines: Option<(&LineSpec, Vec<Fields>)> = step.lines.map(|spec| (spec, lines_of(spec, lines, now)));
        let lines = lines.as_ref().map(|(spec, lines)| (*spec, lines.as_slice()));
        self.text = append_block(&self.text, &step_text(&taken, &fields(step.fields, values, now), lines));
    }
}

/// Values in the order of the kind's table, read as typed.
fn fields(known: &'static [Field], values: &[(&str, String)], now: Now) -> Fields {
    let mut fields = Fields::default();
    for field in known {
        if let Some((_, text)) = values.iter().find(|(key, _)| *key == field.key) {
            let value = field.ty.parse(text, now).unwrap_or_else(|why| panic!("{}: {text}: {}", field.key, why.en));
            fields.set(field, value);
        }
    }
    assert_eq!(fields.0.len(), values.len(), "an unknown key among {values:?}");
    fields
}

/// Lines from their cells, in the order of the table.
fn lines_of(spec: &'static LineSpec, lines: &[Vec<String>], now: Now) -> Vec<Fields> {
    let keys = |cells: &[String]| -> Vec<(&'static str, String)> {
        let cells = spec.fields.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        cells.map(|(field, cell)| (field.key, cell.clone())).collect()
    };
    lines.iter().map(|cells| fields(spec.fields, &keys(cells), now)).collect()
}

const CITIES: &[&str] = &["成都", "重庆", "上海", "北京", "广州", "深圳", "武汉", "西安", "杭州", "沈阳"];
const GOODS: &[&str] = &["展柜", "灯箱", "背柜", "体验台", "形象墙", "收银台", "中岛", "立柱"];
const CARRIERS: &[&str] = &["德顺", "远通", "百川", "安达", "捷运"];
const PRODUCTS: u64 = 60;

impl<'d> Maker<'d> {
    fn new(dir: &'d Path, orders: usize, seed: u64) -> io::Result<Maker<'d>> {
        fs::create_dir_all(dir)?;
        if fs::read_dir(dir)?.next().is_some() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, format!("{} holds something", dir.display())));
        }
        let time = END.parse().expect("a time");
        let code = |text: &str| text.parse().expect("a code");
        // One specialist looks after some 40 customers.
        let customers = (orders / ORDERS_PER_CUSTOMER).max(1);
        let specialists = (customers / 40).clamp(1, 60);
        let staff = (0..specialists).map(|i| code(&format!("S{:02}", i + 1))).collect();
        Ok(Maker {
            dir,
            dice: Dice(seed),
            now: Now { time, zone: Zone::default() },
            staff,
            supervisor: code("BOSS"),
            customers,
            counters: HashMap::new(),
            dirs: HashSet::new(),
            made: Made { forms: 0, open: 0 },
        })
    }

    fn write(&mut self, path: &str, text: &str) -> io::Result<()> {
        let dir = path.rsplit_once('/').map_or("", |(dir, _)| dir);
        if self.dirs.insert(dir.to_string()) {
            fs::create_dir_all(self.dir.join(dir))?;
        }
        fs::write(self.dir.join(path), text)
    }

    fn lists(&mut self) -> io::Result<()> {
        let config = Config { name: "大客户服务部".to_string(), commit: false, ..Config::default() };
        self.write(config::FILE, &config.text())?;
        self.write(policy::FILE, &Policy::text(cs::base::words::Lang::Zh))?;
        for spec in LISTS {
            let mut text = format!("{}\n", lists::heads(spec));
            for row in self.rows(spec.list) {
                let cell = |key: &str| row.iter().find(|(k, _)| *k == key).map_or("", |(_, cell)| cell);
                let cells: Vec<&str> = spec.fields.iter().map(|field| cell(field.key)).collect();
                text.push_str(&format!("{}\n", cells.join(",")));
            }
            self.write(spec.file, &text)?;
        }
        Ok(())
    }

    fn rows(&mut self, list: List) -> Vec<Vec<(&'static str, String)>> {
        let mut rows = Vec::new();
        let text = |text: &str| text.to_string();
        match list {
            List::Staff => {
                let people = self.staff.iter().map(|code| (code.to_string(), "specialist"));
                for (code, role) in people.chain([(text("BOSS"), "supervisor"), (text("GM"), "gm")]) {
                    rows.push(vec![
                        ("name", format!("员工{code}")),
                        ("code", code),
                        ("roles", text(role)),
                        ("joined", text("2020-01-01")),
                    ]);
                }
            }
            List::Customers => {
                for i in 0..self.customers {
                    let city = CITIES[i % CITIES.len()];
                    rows.push(vec![
                        ("code", customer(i)),
                        ("name", format!("{city}品牌商{i}")),
                        ("kind", text("brand")),
                        ("brand", format!("品牌{}", i % 40)),
                        ("contact", format!("张{i}")),
                        ("phone", format!("139{:08}", self.dice.between(0, 99_999_999))),
                        ("address", format!("{city}市人民路{i}号")),
                        ("region", text(city)),
                        ("grade", text(["A", "B", "C"][i % 3])),
                        ("owner", self.staff[i % self.staff.len()].to_string()),
                        ("assigned_on", text("2023-06-01")),
                        ("contacted_on", text("2023-06-05")),
                        ("status", text("active")),
                        ("since", text("2023-06-01")),
                    ]);
                }
            }
            List::Sites => {
                for i in 0..self.customers * 3 {
                    rows.push(vec![
                        ("code", format!("M{:05}", i + 1)),
                        ("customer", customer(i % self.customers)),
                        ("mall", format!("{}广场{i}店", CITIES[i % CITIES.len()])),
                        ("city", text(CITIES[i % CITIES.len()])),
                    ]);
                }
            }
            List::Products => {
                for i in 0..PRODUCTS {
                    rows.push(vec![
                        ("model", model(i)),
                        ("name", format!("{}{i}型", GOODS[i as usize % GOODS.len()])),
                        ("price", format!("{}.00", price(i))),
                        ("volume", text("0.850")),
                    ]);
                }
            }
            List::Carriers => {
                for (i, name) in CARRIERS.iter().enumerate() {
                    rows.push(vec![("code", format!("W{}", i + 1)), ("name", format!("{name}物流"))]);
                }
            }
            List::Calendar => {
                for day in (2023..=2027).filter_map(published).flatten() {
                    let kind = if day.off { "off" } else { "working" };
                    rows.push(vec![("date", day.date.to_string()), ("kind", text(kind)), ("note", day.note.zh)]);
                }
            }
            List::Agencies | List::Directory | List::Policies => {}
        }
        rows
    }

    /// Begins a form; `None` where it would be made after the end.
    fn paper(
        &mut self,
        kind: Kind,
        by: &Code,
        at: Time,
        header: &[(&str, String)],
        lines: &[Vec<String>],
    ) -> Option<Paper> {
        if at > self.now.time {
            return None;
        }
        let spec = spec_of(kind);
        let day = self.now.zone.day(at);
        let counter = self.counters.entry((kind, day, by.clone())).or_default();
        *counter += 1;
        let number = Number::new(spec.prefix, day, by.clone(), *counter);
        let lines = spec.lines.map(|l| (l, lines_of(l, lines, self.now)));
        let lines = lines.as_ref().map(|(l, lines)| (*l, lines.as_slice()));
        let taken = Taken { verb: "new", at, by, note: None, attach: &[] };
        let text = form_text(&fields(spec.fields, header, self.now), lines, &taken);
        Some(Paper { spec, number, text })
    }

    fn save(&mut self, paper: &Paper) -> io::Result<()> {
        self.made.forms += 1;
        self.write(&path_of(paper.spec, &paper.number), &paper.text)
    }

    /// One order and all that comes of it before the end.
    fn order(&mut self, at: usize, orders: usize) -> io::Result<()> {
        let end: Time = END.parse().expect("a time");
        let today = Zone::default().day(end);
        let first = today - Days::new(DAYS);
        let day = working(first + Days::new(at as u64 * DAYS / orders as u64)).min(today);
        // Some of the last orders were left lying, so that there is something to do.
        let left_lying = today - day < TimeDelta::days(60) && self.dice.percent(10);
        self.now.time = if left_lying { end - TimeDelta::days(self.dice.between(0, 20) as i64) } else { end };
        let now = self.now;
        let minutes = self.dice.between(0, 480);
        let made =
            now.zone.on(day, NaiveTime::from_hms_opt(9, 0, 0).expect("a time") + TimeDelta::minutes(minutes as i64));
        let who = self.dice.between(0, self.customers as u64 - 1) as usize;
        let by = self.staff[who % self.staff.len()].clone();
        let city = CITIES[who % CITIES.len()];
        let site = format!("{city}广场{}店", self.dice.between(1, 99));
        let address = format!("{city}市解放路{}号", self.dice.between(1, 400));
        let wanted = working(day + Days::new(self.dice.between(18, 30)));
        let header = [
            ("customer", customer(who)),
            ("brand", format!("品牌{}", who % 40)),
            ("contact", format!("张{who}")),
            ("phone", format!("138{:08}", self.dice.between(0, 99_999_999))),
            ("wanted_by", wanted.to_string()),
            ("consignee", site.clone()),
            ("deliver_to", address.clone()),
            ("source", self.dice.pick(&["phone", "mail", "web", "rep"]).to_string()),
        ];
        let start = self.dice.between(0, PRODUCTS - 4);
        let items: Vec<(String, u64, u64)> = (0..self.dice.between(1, 4))
            .map(|i| (model(start + i), self.dice.between(2, 12), price(start + i)))
            .collect();
        let lines: Vec<Vec<String>> =
            items.iter().map(|(m, n, p)| vec![m.clone(), n.to_string(), format!("{p}.00")]).collect();
        let Some(mut order) = self.paper(Kind::Order, &by, made, &header, &lines) else { return Ok(()) };

        if self.dice.percent(1) {
            order.text = append_block(
                &order.text,
                &step_text(
                    &Taken { verb: "void", at: made, by: &by, note: Some("重复登记"), attach: &[] },
                    &Fields::default(),
                    None,
                ),
            );
            return self.save(&order);
        }
        let mut time = later(made, 0, self.dice.between(10, 120));
        order.step(now, &by, time, "confirm", &[("with", format!("张{who}"))], &[]);
        if self.dice.percent(1) {
            time = later(time, 2, 45);
            order.step(now, &by, time, "cancel", &[("reason", "门店暂缓开业".to_string())], &[]);
            self.made.open += usize::from(time > now.time);
            return self.save(&order);
        }
        time = later(time, 1, 30);
        let plan: Vec<Vec<String>> = [("木工", 4), ("油漆", 6), ("电工", 7)]
            .iter()
            .map(|(department, days)| vec![(*department).to_string(), (day + Days::new(*days)).to_string()])
            .collect();
        order.step(now, &by, time, "plan", &[], &plan);
        for look in 1..=self.dice.between(2, 5) {
            time = later(time, 1, self.dice.between(0, 60));
            let so_far: Vec<Vec<String>> =
                items.iter().map(|(m, n, _)| vec![m.clone(), (n * look / 6).to_string()]).collect();
            order.step(now, &by, time, "progress", &[], &so_far);
        }
        if self.dice.percent(6) {
            let until = working(wanted + Days::new(3));
            let values =
                [("until", until.to_string()), ("reason", "原材料未到".to_string()), ("told", "yes".to_string())];
            order.step(now, &by, time, "delay", &values, &[]);
        }
        if self.dice.percent(4) {
            order.step(now, &by, time, "expedite", &[], &[]);
        }
        time = later(time, 1, 15);
        order.step(now, &by, time, "finish", &[], &[]);

        let parts: Vec<&[(String, u64, u64)]> =
            if items.len() > 1 && self.dice.percent(20) { vec![&items[..1], &items[1..]] } else { vec![&items] };
        let to = Consignee { name: site, address };
        for part in parts {
            time = self.shipment(&order.number, &by, time, part, &to)?;
        }
        let sent = [("sent", "receipt;invoice".to_string())];
        time = later(time, 1, 20);
        order.step(now, &by, time, "papers", &sent, &[]);
        if self.dice.percent(10) {
            time = later(time, 3, 0);
            order.step(now, &by, time, "remind", &[], &[]);
        }
        time = later(time, self.dice.between(2, 6), 10);
        order.step(now, &by, time, "paid", &[], &[]);
        time = later(time, 0, 30);
        order.step(now, &by, time, "close", &[], &[]);
        self.made.open += usize::from(time > now.time);
        self.save(&order)
    }

    /// A shipment and its receipt; when it was over.
    fn shipment(
        &mut self,
        order: &Number,
        by: &Code,
        after: Time,
        items: &[(String, u64, u64)],
        to: &Consignee,
    ) -> io::Result<Time> {
        let now = self.now;
        let made = later(after, 0, self.dice.between(10, 90));
        let depart = now.zone.day(later(made, 2, 0));
        let arrive = depart + Days::new(self.dice.between(2, 5));
        let pieces: u64 = items.iter().map(|(_, n, _)| n).sum();
        let freight = 200 + pieces * 45;
        let header = [
            ("order", order.to_string()),
            ("carrier", format!("W{}", self.dice.between(1, CARRIERS.len() as u64))),
            ("depart", depart.to_string()),
            ("arrive", arrive.to_string()),
            ("packages", pieces.to_string()),
            ("volume", format!("{}.5", pieces * 85 / 100)),
            ("freight", format!("{freight}.00")),
            ("consignee", to.name.clone()),
            ("address", to.address.clone()),
        ];
        let lines: Vec<Vec<String>> = items.iter().map(|(m, n, _)| vec![m.clone(), n.to_string()]).collect();
        let Some(mut form) = self.paper(Kind::Shipment, by, made, &header, &lines) else { return Ok(made) };
        let mut time = later(made, 0, 25);
        form.step(now, by, time, "freight", &[("amount", format!("{}.00", freight + 20))], &[]);
        time = later(time, 0, self.dice.between(5, 60));
        form.step(now, &self.supervisor, time, "approve", &[], &[]);
        time = later(time, 0, 5);
        form.step(now, by, time, "notify", &[("channel", "phone".to_string())], &[]);
        time = later(time, 2, 0);
        form.step(now, by, time, "depart", &[("waybill", format!("YD{:09}", self.dice.between(0, 999_999_999)))], &[]);
        for _ in 0..self.dice.between(0, 2) {
            time = later(time, 1, 0);
            form.step(now, by, time, "track", &[("place", self.dice.pick(CITIES).to_string())], &[]);
        }
        time = later(time, 1, self.dice.between(0, 120));
        time = self.receipt(&form.number, by, time, items)?;
        time = later(time, self.dice.between(1, 3), 0);
        form.step(now, by, time, "slip", &[], &[]);
        time = later(time, 0, 15);
        form.step(now, by, time, "close", &[], &[]);
        self.save(&form)?;
        Ok(time)
    }

    /// The receipt of a shipment, some with a discrepancy that is put right; when it was settled.
    fn receipt(&mut self, of: &Number, by: &Code, at: Time, items: &[(String, u64, u64)]) -> io::Result<Time> {
        let now = self.now;
        let wrong = self.dice.between(1, 100);
        let (short, damaged) = (wrong <= 3, (3..=6).contains(&wrong));
        let header = [
            ("shipment", of.to_string()),
            ("arrived_at", cs::base::time::rfc3339(at)),
            ("received_by", "李收".to_string()),
            ("packaging", if damaged { "damaged" } else { "sound" }.to_string()),
        ];
        let mut lines: Vec<Vec<String>> =
            items.iter().map(|(m, n, _)| vec![m.clone(), n.to_string(), String::new()]).collect();
        if short {
            lines[0][1] = (items[0].1 - 1).to_string();
        }
        if damaged {
            lines[0][2] = "1".to_string();
        }
        let Some(mut form) = self.paper(Kind::Receipt, by, at, &header, &lines) else { return Ok(at) };
        let mut time = at;
        if short || damaged {
            time = later(time, 0, 10);
            form.step(now, by, time, "report", &[], &[]);
            time = later(time, 0, 40);
            let remedy = if short { ("credit", format!("{}.00", items[0].2)) } else { ("claim", "yes".to_string()) };
            form.step(now, by, time, "remedy", &[remedy], &[]);
        }
        self.save(&form)?;
        Ok(time)
    }
}

struct Consignee {
    name: String,
    address: String,
}

fn customer(at: usize) -> String {
    format!("C{:05}", at + 1)
}

fn model(at: u64) -> String {
    format!("ZJ-{:03}", at + 1)
}

fn price(at: u64) -> u64 {
    80 + at * 7
}

/// The day itself, or the Monday after it.
fn working(day: Date) -> Date {
    match day.weekday() {
        Weekday::Sat => day + Days::new(2),
        Weekday::Sun => day + Days::new(1),
        _ => day,
    }
}

/// The first working moment at least some minutes later; weekends are skipped, nights too.
fn later(time: Time, days: u64, minutes: u64) -> Time {
    let zone = Zone::default();
    let wall = zone.wall(time);
    let mut day = wall.date();
    let mut clock = wall.time();
    for _ in 0..days {
        day = working(day + Days::new(1));
    }
    let closing = NaiveTime::from_hms_opt(17, 30, 0).expect("a time");
    let (end, wrapped) = clock.overflowing_add_signed(TimeDelta::minutes(minutes as i64));
    clock = end;
    if wrapped != 0 || clock > closing {
        day = working(day + Days::new(1));
        clock = NaiveTime::from_hms_opt(9, (minutes % 60) as u32, 0).expect("a time");
    }
    zone.on(day, clock)
}
