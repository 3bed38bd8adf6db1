//! The department at hand: configuration, policy, lists and forms, each read when first asked for, and the look-ups
//! from one form to another. Reads through a [`Source`]; never writes.

mod files;
mod glance;
mod registers;

pub use files::files_of;
pub use glance::ended;

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::{Bound, RangeBounds};
use std::sync::Arc;

use chrono::Datelike;
use rayon::prelude::*;

use crate::base::field::{Entry, Fields, Kind, List, Ty, Value};
use crate::base::number::{Code, Number};
use crate::base::period::Period;
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::source::Source;
use crate::base::time::{Date, Now, Time, days_after};
use crate::clock::{Calendar, DayKind};
use crate::config::{self, Config};
use crate::forms::form::{Form, path_of};
use crate::forms::read::read;
use crate::forms::spec::FormSpec;
use crate::forms::{KINDS, spec_of, with_prefix};
use crate::lists::{self, LISTS, Rows};
use crate::policy::{self, Figures, Policy};
use glance::mentioned;

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
    problems: RefCell<Vec<Problem>>,
}

/// Says of a form, by its kind, number and text, whether an answer needs it.
pub type Keep<'k> = dyn Fn(&'static FormSpec, &Number, &str) -> bool + Sync + 'k;

/// Which loaded forms of a kind name a record, once whole kinds are loaded.
type Links = HashMap<(Kind, Number), BTreeSet<Number>>;

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
        Book {
            source,
            whole: None,
            now,
            config,
            policy,
            lists: LISTS.iter().map(|_| OnceCell::new()).collect(),
            calendar: OnceCell::new(),
            forms: RefCell::default(),
            unreadable: RefCell::default(),
            links: RefCell::new(None),
            searched: RefCell::default(),
            told: RefCell::default(),
            photos: RefCell::default(),
            problems: RefCell::new(problems),
        }
    }

    /// The department as it was known at a moment: forms made and steps taken by then, lists as they are today.
    /// What is void by now is left out even of the days before (R66). Its `now` is that moment.
    pub fn as_of(&self, time: Time) -> Book<'_> {
        let book = Book {
            source: self.source,
            whole: Some(self),
            now: Now { time: self.now.zone.local(time), zone: self.now.zone },
            config: self.config.clone(),
            policy: self.policy.clone(),
            lists: Vec::new(),
            calendar: OnceCell::new(),
            forms: RefCell::default(),
            unreadable: RefCell::default(),
            links: RefCell::new(None),
            searched: RefCell::default(),
            told: RefCell::default(),
            photos: RefCell::default(),
            problems: RefCell::default(),
        };
        book.look_back();
        if self.links.borrow().is_some() {
            book.link_all();
        }
        book
    }

    /// Takes over what the whole book has loaded, as it was at this book's moment.
    fn look_back(&self) {
        let Some(whole) = self.whole else { return };
        let mut forms = self.forms.borrow_mut();
        for (number, form) in whole.forms.borrow().iter() {
            let seen = || form.as_ref().and_then(|form| form.as_of(self.now.time));
            forms.entry(number.clone()).or_insert_with(seen);
        }
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
        let (form, problems) = match self.source.read(&path_of(spec, number)) {
            Ok(Some(text)) => {
                let file: Arc<str> = path_of(spec, number).into();
                read(spec, number.clone(), &file, text.into())
            }
            Ok(None) => (None, Vec::new()),
            Err(problem) => (None, vec![problem]),
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

    /// The forms of a kind, made on its day or later, that name a record in their header, oldest first. Void ones too.
    pub fn naming(&self, kind: Kind, number: &Number) -> Vec<Arc<Form>> {
        if let Some(links) = self.links.borrow().as_ref() {
            let forms = self.forms.borrow();
            let found = links.get(&(kind, number.clone())).into_iter().flatten();
            return found.filter_map(|n| forms.get(n).cloned().flatten()).collect();
        }
        let needle = number.to_string();
        let spec = spec_of(kind);
        if self.searched.borrow_mut().insert((kind, number.clone())) {
            self.load(spec, number.day().., &|_, text| {
                memchr::memmem::find(text.as_bytes(), needle.as_bytes()).is_some()
            });
        }
        let forms = self.forms.borrow();
        forms.values().flatten().filter(|f| f.spec.kind == kind && names(f, number)).cloned().collect()
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
        of_period.filter_map(|(_, form)| form.clone()).filter(|form| form.spec.kind == kind).collect()
    }

    /// Loads every form. From then on, look-ups between forms need no reading.
    pub fn load_whole(&self) {
        for spec in KINDS {
            self.load(spec, .., &|_, _| true);
        }
        self.link_all();
    }

    /// Loads what an answer over the whole department needs: each form of a kind with an end that `keep` wants by its
    /// number and text, and each form that names one so kept. From then on, look-ups between forms need no reading.
    pub fn load_all(&self, keep: &Keep<'_>) {
        self.load_days(.., keep);
    }

    /// The same for the forms made on certain days; the months that hold none of them are not even opened.
    pub fn load_days(&self, days: impl RangeBounds<Date> + Clone, keep: &Keep<'_>) {
        for spec in KINDS {
            let kept: BTreeSet<Number> = self.forms.borrow().keys().cloned().collect();
            let prefixes: Vec<&str> = spec
                .fields
                .iter()
                .flat_map(|field| match field.ty {
                    Ty::Record(kinds) | Ty::Records(kinds) => kinds,
                    _ => &[],
                })
                .map(|kind| spec_of(*kind).prefix)
                .collect();
            let named = |text: &str| prefixes.iter().any(|p| mentioned(text, p).any(|n| kept.contains(&n)));
            if spec.ends() {
                self.load(spec, days.clone(), &|number, text| keep(spec, number, text) || named(text));
            } else if let Some(first) = kept.first() {
                // Whatever names a form was made on its day or later.
                let from = match days.start_bound() {
                    Bound::Included(day) | Bound::Excluded(day) => first.day().max(*day),
                    Bound::Unbounded => first.day(),
                };
                self.load(spec, (Bound::Included(from), days.end_bound().cloned()), &|_, text| named(text));
            }
        }
        self.link_all();
    }

    fn link_all(&self) {
        let mut links = Links::new();
        for form in self.forms.borrow().values().flatten() {
            link(&mut links, form);
        }
        *self.links.borrow_mut() = Some(links);
    }

    /// Reads the forms of a kind, made on certain days, that `keep` wants.
    pub fn load(
        &self,
        spec: &'static FormSpec,
        days: impl RangeBounds<Date>,
        keep: &(dyn Fn(&Number, &str) -> bool + Sync),
    ) {
        if let Some(whole) = self.whole {
            whole.load(spec, (days.start_bound().cloned(), days.end_bound().cloned()), keep);
            return self.look_back();
        }
        let (files, problems) = files_of(self.source, spec, days);
        {
            // A month is looked into as often as an answer needs it; what is wrong there is told once.
            let mut known = self.problems.borrow_mut();
            let new: Vec<Problem> = problems.into_iter().filter(|problem| !known.contains(problem)).collect();
            known.extend(new);
        }
        let files: Vec<(Number, String)> = {
            let forms = self.forms.borrow();
            files.into_iter().filter(|(number, _)| !forms.contains_key(number)).collect()
        };
        let source = self.source;
        type Found = (Number, Option<Form>, Vec<Problem>);
        let found: Vec<Found> = files
            .into_par_iter()
            .filter_map(|(number, path)| match source.read(&path) {
                Ok(Some(text)) if keep(&number, &text) => {
                    let (form, problems) = read(spec, number.clone(), &path.as_str().into(), text.into());
                    Some((number, form, problems))
                }
                Ok(_) => None,
                Err(problem) => Some((number, None, vec![problem])),
            })
            .collect();
        for (number, form, problems) in found {
            self.keep(number, form, problems);
        }
    }

    /// The numbers of a kind whose text holds a fragment, newest first, without opening a file.
    pub fn numbers(&self, spec: &'static FormSpec, fragment: &str) -> Vec<Number> {
        let (files, problems) = files_of(self.source, spec, ..);
        self.problems.borrow_mut().extend(problems);
        let mut found: Vec<Number> =
            files.into_iter().map(|(n, _)| n).filter(|n| n.to_string().contains(fragment)).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found
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

fn names(form: &Form, number: &Number) -> bool {
    named_by(form).any(|named| named == *number)
}

fn link(links: &mut Links, form: &Form) {
    for number in named_by(form) {
        links.entry((form.spec.kind, number)).or_default().insert(form.number.clone());
    }
}
