//! Loading forms, no more than an answer needs, and the look-ups from one form to those that name it.

use std::collections::{BTreeSet, HashMap};
use std::ops::{Bound, RangeBounds};
use std::sync::Arc;

use rayon::prelude::*;

use super::glance::{may_hold, mentioned};
use super::{Book, files_of, named_by};
use crate::base::field::Kind;
use crate::base::number::Number;
use crate::base::problem::Problem;
use crate::base::time::Date;
use crate::forms::form::Form;
use crate::forms::read::read;
use crate::forms::spec::FormSpec;
use crate::forms::{KINDS, spec_of, with_prefix};

/// Says of a form, by its kind, number and text, whether an answer needs it.
pub type Keep<'k> = dyn Fn(&'static FormSpec, &Number, &str) -> bool + Sync + 'k;

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
            self.load(spec, number.day().., &|_, text| {
                memchr::memmem::find(text.as_bytes(), needle.as_bytes()).is_some()
            });
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
        let of_them = |_: &'static FormSpec, _: &Number, text: &str| may_hold(text, codes);
        self.load_from(|spec| spec.field("customer").is_some(), .., &of_them);
    }

    /// Loads the forms of some kinds that `keep` wants, and the forms of all kinds that name one so kept.
    fn load_from(&self, wanted: impl Fn(&FormSpec) -> bool, days: impl RangeBounds<Date> + Clone, keep: &Keep<'_>) {
        for spec in KINDS {
            let (prefixes, kept) = self.nameable(spec);
            let named = |text: &str| names_one_of(text, &prefixes, &kept);
            if wanted(spec) {
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

    /// Loads the forms of a kind that name a loaded form. From then on, looking for them needs no reading.
    pub fn load_naming(&self, kind: Kind) {
        let spec = spec_of(kind);
        let (prefixes, kept) = self.nameable(spec);
        let Some(first) = kept.first() else { return };
        self.load(spec, first.day().., &|_, text| names_one_of(text, &prefixes, &kept));
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

fn names(form: &Form, number: &Number) -> bool {
    named_by(form).any(|named| named == *number)
}

/// Whether a text mentions one of these records.
fn names_one_of(text: &str, prefixes: &[&str], records: &BTreeSet<Number>) -> bool {
    prefixes.iter().any(|prefix| mentioned(text, prefix).any(|number| records.contains(&number)))
}

pub(super) fn link(links: &mut Links, form: &Form) {
    for number in named_by(form) {
        links.entry((form.spec.kind, number)).or_default().insert(form.number.clone());
    }
}
