//! The department at hand: configuration, policy, lists and forms, each read when first asked for, and the look-ups
//! from one form to another. Reads through a [`Source`]; never writes.

mod files;
mod glance;
mod load;
mod registers;

pub use files::files_of;
use files::first_of;
pub use glance::Glance;
pub use load::Keep;

use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::Datelike;

use crate::base::field::{Entry, Fields, Kind, List, Ty, Value};
use crate::base::monthly::monthly_file;
use crate::base::number::{Code, Number};
use crate::base::period::Period;
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::source::Source;
use crate::base::time::{Date, Now, Time, days_after};
use crate::clock::{Calendar, Clock, DayKind, Reading};
use crate::config::{self, Config};
use crate::forms::form::{Form, path_of};
use crate::forms::month::Month;
use crate::forms::read::read;
use crate::forms::spec::{FormSpec, Kept};
use crate::forms::{KINDS, with_prefix};
use crate::lists::{self, LISTS, Rows};
use crate::policy::{self, Figures, Policy};
use load::{Links, link};

/// The department at hand.
pub struct Book<'s> {
    source: &'s dyn Source,
    /// The book that this one shows as it was at an earlier moment; it does the reading.
    whole: Option<&'s Book<'s>>,
    /// The command's one reading of the clock (R49).
    pub now: Now,
    /// cs.toml.
    pub config: Config,
    /// policy.toml.
    pub policy: Policy,
    lists: Vec<OnceCell<Rows>>,
    calendar: OnceCell<Calendar>,
    forms: RefCell<BTreeMap<Number, Option<Arc<Form>>>>,
    unreadable: RefCell<BTreeSet<Number>>,
    links: RefCell<Option<Links>>,
    /// The look-ups whose files are read already.
    searched: RefCell<BTreeSet<(Kind, Number)>>,
    /// What is told of registers' files, which may be read several times: code, file, line and column.
    told: RefCell<BTreeSet<(&'static str, String, usize, usize)>>,
    photos: RefCell<HashMap<String, Option<Problem>>>,
    /// The months of records kept in rows that single records were looked up in.
    months: RefCell<HashMap<String, Option<Arc<Month>>>>,
    /// The months of records kept in rows of which every record is loaded.
    whole_months: RefCell<BTreeSet<String>>,
    /// How many forms of the whole book this one has looked back on.
    looked_back: Cell<usize>,
    problems: RefCell<Vec<Problem>>,
}

impl<'s> Book<'s> {
    /// Opens the department: reads cs.toml and policy.toml. What is wrong with them waits among the problems.
    pub fn open(source: &'s dyn Source, time: Time) -> Book<'s> {
        let mut problems = Vec::new();
        let mut text = |path| match source.read(path) {
            Ok(text) => text.unwrap_or_default(),
            Err(problem) => {
                problems.push(problem);
                String::new()
            }
        };
        let (config_text, policy_text) = (text(config::FILE), text(policy::FILE));
        let (config, wrong) = Config::read(&config_text);
        problems.extend(wrong);
        let (policy, wrong) = Policy::read(&policy_text);
        problems.extend(wrong);
        let now = Now { time: config.zone.local(time), zone: config.zone };
        let lists = LISTS.iter().map(|_| OnceCell::new()).collect();
        Book { lists, problems: RefCell::new(problems), ..Book::unread(source, now, config, policy) }
    }

    /// A department of which nothing is loaded yet.
    fn unread(source: &'s dyn Source, now: Now, config: Config, policy: Policy) -> Book<'s> {
        Book {
            source,
            whole: None,
            now,
            config,
            policy,
            lists: Vec::new(),
            calendar: OnceCell::new(),
            forms: RefCell::default(),
            unreadable: RefCell::default(),
            links: RefCell::new(None),
            searched: RefCell::default(),
            told: RefCell::default(),
            photos: RefCell::default(),
            months: RefCell::default(),
            whole_months: RefCell::default(),
            looked_back: Cell::default(),
            problems: RefCell::default(),
        }
    }

    /// The department as it was known at a moment: forms made and steps taken by then, lists as they are today.
    /// What is void by now is left out even of the days before (R66). Its `now` is that moment.
    pub fn as_of(&self, time: Time) -> Book<'_> {
        let now = Now { time: self.now.zone.local(time), zone: self.now.zone };
        let unread = Book::unread(self.source, now, self.config.clone(), self.policy.clone());
        let book = Book { whole: Some(self), ..unread };
        book.look_back();
        if self.links.borrow().is_some() {
            book.link_all();
        }
        book
    }

    /// Takes over what the whole book has loaded, as it was at this book's moment.
    fn look_back(&self) {
        let Some(whole) = self.whole else { return };
        // Forms are loaded and never let go.
        let loaded = whole.forms.borrow().len();
        if self.looked_back.replace(loaded) == loaded {
            return;
        }
        let mut forms = self.forms.borrow_mut();
        let mut links = self.links.borrow_mut();
        for (number, form) in whole.forms.borrow().iter() {
            if forms.contains_key(number) {
                continue;
            }
            let seen = form.as_ref().and_then(|form| form.as_of(self.now.time));
            if let (Some(form), Some(links)) = (&seen, links.as_mut()) {
                link(links, form);
            }
            forms.insert(number.clone(), seen);
        }
    }

    /// The day of the oldest record, by its number; `None` where there is none. Looks at names, and of kinds kept in rows
    /// at one month.
    pub fn first_day(&self) -> Option<Date> {
        KINDS.iter().filter_map(|spec| self.first_day_of(spec)).min()
    }

    /// The day of the oldest record of a kind, by its number: since then the department has kept it.
    pub fn first_day_of(&self, spec: &'static FormSpec) -> Option<Date> {
        let first = match spec.kept {
            Kept::File => first_of(self.source, spec),
            Kept::Rows => {
                let month = self.months_in(spec.dir).into_iter().next()?;
                self.numbers_in_month(spec, &monthly_file(spec.dir, month.from)).into_iter().min()
            }
        };
        first.map(|number| number.day())
    }

    /// Where it reads from.
    pub fn source(&self) -> &'s dyn Source {
        self.source
    }

    /// Takes the problems met while reading so far.
    pub fn take_problems(&self) -> Vec<Problem> {
        if let Some(whole) = self.whole {
            return whole.take_problems();
        }
        std::mem::take(&mut self.problems.borrow_mut())
    }

    /// Notes a problem met by who reads past the book, once.
    pub fn tell(&self, problem: Problem) {
        self.tell_once(vec![problem]);
    }

    /// Fails with the problems met while reading so far, if any.
    ///
    /// # Errors
    /// Those problems.
    pub fn sound(&self) -> Outcome {
        all_or(self.take_problems())
    }

    /// The figures in force today.
    pub fn figures(&self) -> &Figures {
        self.policy.at(self.now.today())
    }

    /// A list.
    pub fn list(&self, list: List) -> &Rows {
        if let Some(whole) = self.whole {
            return whole.list(list);
        }
        let at = LISTS.iter().position(|spec| spec.list == list).unwrap_or(0);
        self.lists[at].get_or_init(|| {
            let spec = lists::spec_of(list);
            let text = match self.source.read(spec.file) {
                Ok(Some(text)) => text,
                Ok(None) => format!("{}\n", lists::heads(spec)),
                Err(problem) => {
                    self.problems.borrow_mut().push(problem);
                    format!("{}\n", lists::heads(spec))
                }
            };
            let (rows, problems) = Rows::read(spec, text.into(), self.now);
            self.problems.borrow_mut().extend(problems);
            rows
        })
    }

    /// The name behind a code, for people; the code itself where the list lacks it.
    pub fn name(&self, list: List, code: &str) -> String {
        self.list(list).name_of(code).to_string()
    }

    /// The row of a staff member who works here on a day; `None` for a stranger or one who left.
    pub fn staff_on(&self, code: &Code, day: Date) -> Option<&Fields> {
        let row = self.list(List::Staff).get(code.as_str())?;
        let joined = row.fields.date("joined").is_none_or(|joined| joined <= day);
        let left = row.fields.date("left").is_some_and(|left| left < day);
        (joined && !left).then_some(&row.fields)
    }

    /// The working calendar: weekdays and hours of the policy, overridden by lists/calendar.csv (R44).
    pub fn calendar(&self) -> &Calendar {
        self.calendar.get_or_init(|| {
            let figures = self.figures();
            let mut calendar = Calendar::new(self.config.zone, &figures.weekdays, &figures.hours)
                .unwrap_or_else(|_| Calendar::standard(self.config.zone));
            for row in &self.list(List::Calendar).rows {
                let kind = if row.fields.text("kind") == Some("off") { DayKind::Off } else { DayKind::Working };
                if let Some(date) = row.fields.date("date") {
                    calendar = calendar.with_override(date, kind);
                }
            }
            calendar
        })
    }

    /// How a clock stands at a moment, by the working calendar and the share of the target to warn at (R47).
    pub fn reading(&self, clock: &Clock, at: Time) -> Reading {
        let warn_percent = u8::try_from(self.figures().warn_percent).unwrap_or(u8::MAX);
        clock.read(self.calendar(), at, warn_percent)
    }

    /// Whether lists/calendar.csv says anything of a year; where not, its holidays are unknown, not absent.
    pub fn knows_year(&self, year: i32) -> bool {
        self.list(List::Calendar).rows.iter().any(|row| row.fields.date("date").is_some_and(|d| d.year() == year))
    }

    /// The form with this number; `None` where there is none. One that can't be read is a problem, and `None`.
    pub fn form(&self, number: &Number) -> Option<Arc<Form>> {
        if let Some(known) = self.forms.borrow().get(number) {
            return known.clone();
        }
        let Some(whole) = self.whole else { return self.open_form(number) };
        let form = whole.form(number).and_then(|form| form.as_of(self.now.time));
        self.forms.borrow_mut().insert(number.clone(), form.clone());
        form
    }

    fn open_form(&self, number: &Number) -> Option<Arc<Form>> {
        let spec = with_prefix(number.prefix())?;
        let path = path_of(spec, number);
        let (form, problems) = match spec.kept {
            Kept::Rows => self.month(spec, &path).map_or((None, Vec::new()), |month| month.form(number, self.now)),
            Kept::File => match self.source.read(&path) {
                Ok(Some(text)) => read(spec, number.clone(), &path.as_str().into(), text.into(), self.now),
                Ok(None) => (None, Vec::new()),
                Err(problem) => (None, vec![problem]),
            },
        };
        self.keep(number.clone(), form, problems)
    }

    /// Notes what was read of a form.
    fn keep(&self, number: Number, form: Option<Form>, problems: Vec<Problem>) -> Option<Arc<Form>> {
        if !problems.is_empty() {
            self.unreadable.borrow_mut().insert(number.clone());
        }
        self.problems.borrow_mut().extend(problems);
        if let (Some(form), Some(links)) = (&form, self.links.borrow_mut().as_mut()) {
            link(links, form);
        }
        let form = form.map(Arc::new);
        self.forms.borrow_mut().insert(number, form.clone());
        form
    }

    /// True of a form that is there but can't be read, or in part only: that is told once, and nothing is to be
    /// concluded from what it lacks.
    pub fn is_unreadable(&self, number: &Number) -> bool {
        self.whole.is_some_and(|whole| whole.is_unreadable(number)) || self.unreadable.borrow().contains(number)
    }

    /// Puts a form in the place of what its file holds: what would be, before it is saved.
    pub fn put(&self, form: Arc<Form>) {
        if let Some(links) = self.links.borrow_mut().as_mut() {
            link(links, &form);
        }
        self.forms.borrow_mut().insert(form.number.clone(), Some(form));
    }

    /// Whose a record is, by the customer's code: its own customer, or that of a record that it names.
    pub fn customer_of(&self, form: &Form) -> Option<String> {
        let own = form.header.text("customer").map(str::to_string);
        own.or_else(|| named_by(form).find_map(|number| self.customer_of(&*self.form(&number)?)))
    }

    /// What is wrong with a file under `photos/`, if anything; each is read once.
    pub fn photo(&self, name: &str) -> Option<Problem> {
        if let Some(known) = self.photos.borrow().get(name) {
            return known.clone();
        }
        let found = self.source.photo(name).err();
        self.photos.borrow_mut().insert(name.to_string(), found.clone());
        found
    }

    /// Takes files under `photos/` as there: they are stored together with the change at hand.
    pub fn expect_photos(&self, names: &[String]) {
        self.photos.borrow_mut().extend(names.iter().map(|name| (name.clone(), None)));
    }

    /// All loaded forms of a kind, oldest first.
    pub fn loaded(&self, kind: Kind) -> Vec<Arc<Form>> {
        self.forms.borrow().values().flatten().filter(|f| f.spec.kind == kind).cloned().collect()
    }

    /// The loaded forms of a kind that were made in a period, oldest first.
    pub fn loaded_in(&self, kind: Kind, period: Period) -> Vec<Arc<Form>> {
        let forms = self.forms.borrow();
        let of_period = forms.range(Number::before(period.from)..Number::before(days_after(period.to, 1)));
        of_period.filter_map(|(_, form)| form.as_ref()).filter(|form| form.spec.kind == kind).cloned().collect()
    }

    /// The same, found day by day without looking at those of other kinds: for few days asked for again and again.
    pub fn loaded_by_day(&self, spec: &FormSpec, days: Period) -> Vec<Arc<Form>> {
        let forms = self.forms.borrow();
        let of_day =
            |day: Date| forms.range(Number::before_those(spec.prefix, day)..Number::before(days_after(day, 1)));
        let of_kind =
            |(number, form): (&Number, &Option<Arc<Form>>)| (number.prefix() == spec.prefix).then(|| form.clone());
        let days = days.from.iter_days().take_while(|day| *day <= days.to);
        days.flat_map(|day| of_day(day).map_while(of_kind).flatten().collect::<Vec<_>>()).collect()
    }
}

/// The records that a value names.
pub fn numbers_in(entry: &Entry) -> Vec<Number> {
    match &entry.value {
        Value::Record(number) => vec![number.clone()],
        Value::Many(parts) if matches!(entry.field.ty, Ty::Records(_)) => {
            parts.iter().filter_map(|p| p.parse().ok()).collect()
        }
        _ => Vec::new(),
    }
}

/// The records that a form names in its header.
pub fn named_by(form: &Form) -> impl Iterator<Item = Number> + '_ {
    form.header.0.iter().flat_map(numbers_in)
}

/// What a form tells by itself; else what the nearest of the records that it names tell, or of those that these name.
pub fn told_by<T: Ord>(book: &Book<'_>, form: &Form, tells: impl Fn(&Form) -> Option<T>) -> BTreeSet<T> {
    if let Some(own) = tells(form) {
        return BTreeSet::from([own]);
    }
    let mut told = BTreeSet::new();
    let mut met: BTreeSet<Number> = BTreeSet::from([form.number.clone()]);
    let mut next: Vec<Number> = named_by(form).collect();
    while let Some(number) = next.pop() {
        if !met.insert(number.clone()) {
            continue;
        }
        let Some(named) = book.form(&number) else { continue };
        match tells(&named) {
            Some(one) => _ = told.insert(one),
            None => next.extend(named_by(&named)),
        }
    }
    told
}
