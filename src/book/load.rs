//! Loading forms, no more than an answer needs, and the look-ups from one form to those that name it.

use std::collections::{BTreeSet, HashMap};
use std::ops::{Bound, RangeBounds};
use std::sync::Arc;

use rayon::prelude::*;

use super::glance::Glance;
use super::{Book, files_of, named_by};
use crate::base::field::Kind;
use crate::base::monthly::monthly_file;
use crate::base::number::Number;
use crate::base::period::{Period, Unit};
use crate::base::problem::Problem;
use crate::base::source::Source;
use crate::base::time::Date;
use crate::forms::form::{Form, path_of};
use crate::forms::month::Month;
use crate::forms::read::read;
use crate::forms::spec::{FormSpec, Kept};
use crate::forms::{KINDS, spec_of, with_prefix};

/// Says of a form, by its kind, number and a glance at its text, whether an answer needs it.
pub type Keep<'k> = dyn Fn(&'static FormSpec, &Number, Glance<'_>) -> bool + Sync + 'k;

/// Which loaded forms of a kind name a record, once whole kinds are loaded.
pub(super) type Links = HashMap<(Kind, Number), BTreeSet<Number>>;

impl Book<'_> {
    /// The forms of a kind, made on its day or later, that name a record in their header, oldest first. Void ones too.
    pub fn naming(&self, kind: Kind, number: &Number) -> Vec<Arc<Form>> {
        if let Some(links) = self.links.borrow().as_ref() {
            let forms = self.forms.borrow();
            let found = links.get(&(kind, number.clone())).into_iter().flatten();
            return found.filter_map(|n| forms.get(n).cloned().flatten()).collect();
        }
        let spec = spec_of(kind);
        if !with_prefix(number.prefix()).is_some_and(|named| spec.names().any(|kind| kind == named.kind)) {
            return Vec::new();
        }
        let needle = number.to_string();
        if self.searched.borrow_mut().insert((kind, number.clone())) {
            self.load(spec, number.day().., &|_, glance| glance.holds(&needle));
        }
        let forms = self.forms.borrow();
        forms.values().flatten().filter(|f| f.spec.kind == kind && names(f, number)).cloned().collect()
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
        self.load_from(FormSpec::ends, days, keep);
    }

    /// Loads what concerns any of these customers: each form that names one, and each that names one of those. From then
    /// on, look-ups between forms need no reading.
    pub fn load_customers(&self, codes: &BTreeSet<String>) {
        let of_them = |_: &'static FormSpec, _: &Number, glance: Glance<'_>| glance.may_hold(codes);
        self.load_from(|spec| spec.field("customer").is_some(), .., &of_them);
    }

    /// Loads the forms of some kinds that `keep` wants, and the forms of all kinds that name one so kept.
    fn load_from(&self, wanted: impl Fn(&FormSpec) -> bool, days: impl RangeBounds<Date> + Clone, keep: &Keep<'_>) {
        for spec in KINDS {
            let (prefixes, kept) = self.nameable(spec);
            let named = |glance: Glance<'_>| names_one_of(glance, &prefixes, &kept);
            if wanted(spec) {
                self.load(spec, days.clone(), &|number, glance| keep(spec, number, glance) || named(glance));
            } else if let Some(first) = kept.first() {
                // Whatever names a form was made on its day or later.
                let from = match days.start_bound() {
                    Bound::Included(day) | Bound::Excluded(day) => first.day().max(*day),
                    Bound::Unbounded => first.day(),
                };
                self.load(spec, (Bound::Included(from), days.end_bound().cloned()), &|_, glance| named(glance));
            }
        }
        self.link_all();
    }

    /// Loads the forms of a kind that name a loaded form. From then on, looking for them needs no reading.
    pub fn load_naming(&self, kind: Kind) {
        let spec = spec_of(kind);
        let (prefixes, kept) = self.nameable(spec);
        let Some(first) = kept.first() else { return };
        self.load(spec, first.day().., &|_, glance| names_one_of(glance, &prefixes, &kept));
        self.searched.borrow_mut().extend(kept.into_iter().map(|number| (kind, number)));
        if self.links.borrow().is_some() {
            self.link_all();
        }
    }

    /// The loaded forms that a kind may name, and the prefixes of their numbers.
    fn nameable(&self, spec: &FormSpec) -> (Vec<&'static str>, BTreeSet<Number>) {
        let prefixes: Vec<&str> = spec.names().map(|kind| spec_of(kind).prefix).collect();
        let forms = self.forms.borrow();
        let kept = forms.keys().filter(|number| prefixes.contains(&number.prefix())).cloned().collect();
        (prefixes, kept)
    }

    pub(super) fn link_all(&self) {
        let mut links = Links::new();
        for form in self.forms.borrow().values().flatten() {
            link(&mut links, form);
        }
        *self.links.borrow_mut() = Some(links);
    }

    /// Reads the forms of a kind, made on certain days, that name any day of the months which a period touches.
    pub fn load_dated(&self, spec: &'static FormSpec, made: impl RangeBounds<Date>, period: Period) {
        let parts = period.parts(Unit::Month);
        let months: Vec<String> = parts.iter().map(|month| month.from.format("%Y-%m-").to_string()).collect();
        self.load(spec, made, &|_, glance| months.iter().any(|month| glance.holds(month)));
    }

    /// Reads the forms of a kind, made on certain days, that `keep` wants.
    pub fn load(
        &self,
        spec: &'static FormSpec,
        days: impl RangeBounds<Date>,
        keep: &(dyn Fn(&Number, Glance<'_>) -> bool + Sync),
    ) {
        if let Some(whole) = self.whole {
            whole.load(spec, (days.start_bound().cloned(), days.end_bound().cloned()), keep);
            return self.look_back();
        }
        match spec.kept {
            Kept::File => self.load_files(spec, days, keep),
            Kept::Rows => self.load_months(spec, days, keep),
        }
    }

    fn load_files(
        &self,
        spec: &'static FormSpec,
        days: impl RangeBounds<Date>,
        keep: &(dyn Fn(&Number, Glance<'_>) -> bool + Sync),
    ) {
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
        let (source, now) = (self.source, self.now);
        let found: Vec<Found> = files
            .into_par_iter()
            .filter_map(|(number, path)| match source.read(&path) {
                Ok(Some(text)) if keep(&number, Glance::File(&text)) => {
                    let (form, problems) = read(spec, number.clone(), &path.as_str().into(), text.into(), now);
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

    /// The same for a kind that is kept in rows: months side by side, of each only the records that are wanted. A month
    /// of which every record is loaded is not opened again.
    fn load_months(
        &self,
        spec: &'static FormSpec,
        days: impl RangeBounds<Date>,
        keep: &(dyn Fn(&Number, Glance<'_>) -> bool + Sync),
    ) {
        let (source, now) = (self.source, self.now);
        let days = (days.start_bound().cloned(), days.end_bound().cloned());
        let mut months = self.month_files(spec, days);
        months.retain(|path| !self.whole_months.borrow().contains(path));
        if months.is_empty() {
            return;
        }
        let known: BTreeSet<Number> = self.loaded_numbers(spec);
        let read_month = |path: &String| -> ReadMonth {
            let month = match open_month(source, spec, path) {
                Ok(Some(month)) => month,
                Ok(None) => return ReadMonth::default(),
                Err(problem) => return ReadMonth { problems: vec![problem], ..ReadMonth::default() },
            };
            let mut read = ReadMonth { whole: true, ..ReadMonth::default() };
            for (number, rows) in month.records().filter(|(number, _)| !known.contains(number)) {
                if days.contains(&number.day()) && keep(number, Glance::Rows(rows)) {
                    let (form, problems) = month.form(number, now);
                    read.found.push((number.clone(), form, problems));
                } else {
                    read.whole = false;
                }
            }
            ReadMonth { problems: month.problems, ..read }
        };
        let read: Vec<ReadMonth> = months.par_iter().map(read_month).collect();
        for (path, month) in months.into_iter().zip(read) {
            self.tell_once(month.problems);
            for (number, form, problems) in month.found {
                self.keep(number, form, problems);
            }
            if month.whole {
                self.whole_months.borrow_mut().insert(path);
            }
        }
    }

    /// The files of the months of some days.
    fn month_files(&self, spec: &'static FormSpec, days: (Bound<Date>, Bound<Date>)) -> Vec<String> {
        let reaches = |month: &Period| match (days.0, days.1) {
            (Bound::Included(from) | Bound::Excluded(from), _) if month.to < from => false,
            (_, Bound::Included(to) | Bound::Excluded(to)) if to < month.from => false,
            _ => true,
        };
        let months = self.months_in(spec.dir).into_iter().filter(reaches);
        months.map(|month| monthly_file(spec.dir, month.from)).collect()
    }

    fn loaded_numbers(&self, spec: &FormSpec) -> BTreeSet<Number> {
        self.forms.borrow().keys().filter(|number| number.prefix() == spec.prefix).cloned().collect()
    }

    /// The numbers of a kind whose text holds a fragment, newest first; of one in files of their own, without opening
    /// any.
    pub fn numbers(&self, spec: &'static FormSpec, fragment: &str) -> Vec<Number> {
        let all: Vec<Number> = match spec.kept {
            Kept::File => {
                let (files, problems) = files_of(self.source, spec, ..);
                self.problems.borrow_mut().extend(problems);
                files.into_iter().map(|(number, _)| number).collect()
            }
            Kept::Rows => {
                let months = self.month_files(spec, (Bound::Unbounded, Bound::Unbounded));
                let source = self.source;
                let opened = months.par_iter().map(|path| match open_month(source, spec, path) {
                    Ok(month) => (month.iter().flat_map(Month::numbers).cloned().collect(), Vec::new()),
                    Err(problem) => (Vec::new(), vec![problem]),
                });
                let (numbers, problems): (Vec<Vec<Number>>, Vec<Vec<Problem>>) = opened.unzip();
                self.tell_once(problems.concat());
                numbers.concat()
            }
        };
        let mut found: Vec<Number> = all.into_iter().filter(|n| n.to_string().contains(fragment)).collect();
        found.sort_unstable_by(|a, b| b.cmp(a));
        found
    }

    /// The numbers of the records kept in a month's file.
    pub fn numbers_in_month(&self, spec: &'static FormSpec, path: &str) -> Vec<Number> {
        let month = self.month(spec, path);
        month.iter().flat_map(|month| month.numbers()).cloned().collect()
    }

    /// What is written of a record: the text of its file, or its rows; `None` where there is none.
    pub fn written(&self, number: &Number) -> Option<String> {
        let spec = with_prefix(number.prefix())?;
        let path = path_of(spec, number);
        match spec.kept {
            Kept::File => self.source.read(&path).ok().flatten(),
            Kept::Rows => Some(self.month(spec, &path)?.rows(number)?.texts().collect()),
        }
    }

    /// A month's file, its rows sorted once; `None` where it is not there.
    pub(super) fn month(&self, spec: &'static FormSpec, path: &str) -> Option<Arc<Month>> {
        if let Some(known) = self.months.borrow().get(path) {
            return known.clone();
        }
        let month = match open_month(self.source, spec, path) {
            Ok(month) => month.map(Arc::new),
            Err(problem) => {
                self.tell_once(vec![problem]);
                None
            }
        };
        self.tell_once(month.iter().flat_map(|month| month.problems.clone()).collect());
        self.months.borrow_mut().insert(path.to_string(), month.clone());
        month
    }
}

/// A month's file, its rows sorted; `None` where it is not there.
fn open_month(source: &dyn Source, spec: &'static FormSpec, path: &str) -> Result<Option<Month>, Problem> {
    Ok(source.read(path)?.map(|text| Month::open(spec, path.into(), text.into())))
}

/// What was read of a form.
type Found = (Number, Option<Form>, Vec<Problem>);

/// What was read of a month's file.
#[derive(Default)]
struct ReadMonth {
    found: Vec<Found>,
    /// What is wrong with the file itself.
    problems: Vec<Problem>,
    /// Whether no record of it is left out.
    whole: bool,
}

fn names(form: &Form, number: &Number) -> bool {
    named_by(form).any(|named| named == *number)
}

/// Whether a text mentions one of these records.
fn names_one_of(glance: Glance<'_>, prefixes: &[&str], records: &BTreeSet<Number>) -> bool {
    prefixes.iter().any(|prefix| glance.mentions(prefix, |number| records.contains(number)))
}

pub(super) fn link(links: &mut Links, form: &Form) {
    for number in named_by(form) {
        links.entry((form.spec.kind, number)).or_default().insert(form.number.clone());
    }
}
