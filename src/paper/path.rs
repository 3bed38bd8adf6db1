//! Where a cell's value comes from: a path over what a form knows, such as `customer.phone`, `step.approve.by`,
//! `line.model.size` or `sum.quantity`. It is resolved against the tables of forms and lists when a grid is read,
//! so a path that leads nowhere is found before anything is printed.

use super::computed::{COMPUTED, Computed};
use crate::base::field::{Entry, Field, Fields, Kind, List, Ty, Value};
use crate::base::money::{Measure, Money};
use crate::base::number::Number;
use crate::base::words::Text;
use crate::book::Book;
use crate::forms::form::{Form, Step};
use crate::forms::spec::{FormSpec, STEP_FIELDS, StepSpec};
use crate::forms::spec_of;
use crate::lists;

/// A path, resolved.
#[derive(Clone, Debug)]
pub(super) struct Path {
    /// The path as its grid has it.
    text: String,
    start: Start,
    hops: Vec<Hop>,
}

/// Where a path begins.
#[derive(Clone, Debug)]
enum Start {
    /// The department's name.
    Letterhead,
    /// A header field, as it stands after all steps.
    Header(&'static Field),
    /// A field of a line.
    Line(&'static Field),
    /// What follows from the form or a line of it.
    Computed(&'static Computed),
    /// The sum of a column over all lines.
    Sum(Box<Start>),
    /// A field of the last living step with a verb.
    Step(&'static StepSpec, &'static Field),
}

/// One step further along a path.
#[derive(Clone, Debug)]
enum Hop {
    /// From a code to a column of the row that it names.
    Column(List, &'static Field),
    /// From a record's number to what that record knows, by its kind.
    Record(Vec<(Kind, Path)>),
}

/// Why a path leads nowhere: the first name that is not known, and those that are known in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    /// The name.
    pub name: String,
    /// What could stand there.
    pub known: Vec<String>,
}

/// What a path is looked up in.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    /// The department.
    pub book: &'a Book<'a>,
    /// The form; none for a blank one.
    pub form: Option<&'a Form>,
    /// The line at hand and its place from 0.
    pub line: Option<(usize, &'a Fields)>,
}

/// What a path leads to.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    /// A value of a type.
    Value(Value, Ty),
    /// Words of the program.
    Words(Text),
}

impl Found {
    fn of(entry: &Entry) -> Found {
        Found::Value(entry.value.clone(), entry.field.ty)
    }
}

/// The first words of paths that are no header field and stand for a whole group.
const GROUPS: [&str; 4] = ["letterhead", "line", "step", "sum"];

impl Path {
    /// Resolves a path in a kind of form. `in_line` where it stands in the rows that repeat for each line; elsewhere
    /// there is no line to take a value from.
    pub fn parse(spec: &'static FormSpec, text: &str, in_line: bool) -> Result<Path, Unknown> {
        let names: Vec<&str> = text.split('.').collect();
        resolve(spec, &names, in_line)
    }

    /// The path as its grid has it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The values that it leads to: none, one, or several where it passes through a field that names several records.
    pub fn find(&self, scene: Scene<'_>) -> Vec<Found> {
        let mut found: Vec<Found> = self.start.find(scene).into_iter().collect();
        for hop in &self.hops {
            let mut next: Vec<Found> = Vec::new();
            for further in found.iter().flat_map(|found| hop.find(scene.book, found)) {
                if !next.contains(&further) {
                    next.push(further);
                }
            }
            found = next;
        }
        found
    }

    /// The header field that a person fills in here on a blank form, if it is one.
    pub fn header(&self) -> Option<&'static Field> {
        match (&self.start, self.hops.as_slice()) {
            (Start::Header(field), []) if field.ty != Ty::Files => Some(field),
            _ => None,
        }
    }

    /// The field of a line that a person fills in here on a blank form, if it is one.
    pub fn line(&self) -> Option<&'static Field> {
        match (&self.start, self.hops.as_slice()) {
            (Start::Line(field), []) if field.ty != Ty::Files => Some(field),
            _ => None,
        }
    }
}

fn resolve(spec: &'static FormSpec, names: &[&str], in_line: bool) -> Result<Path, Unknown> {
    let (first, rest) = names.split_first().map_or(("", &[][..]), |(first, rest)| (*first, rest));
    let path = |start, ty, rest: &[&str]| Ok(Path { text: names.join("."), start, hops: follow(ty, rest)? });
    let line = |rest: &[&str]| -> Result<(Start, Ty, usize), Unknown> {
        let name = rest.first().copied().unwrap_or("");
        let fields = spec.lines.map_or(&[][..], |lines| lines.fields);
        let field = fields.iter().find(|f| f.key == name).map(|f| (Start::Line(f), f.ty, 1));
        let computed = || COMPUTED.iter().find(|c| c.line && c.key == name && c.is_of(spec.kind));
        field.or_else(|| computed().map(|c| (Start::Computed(c), c.ty, 1))).ok_or_else(|| Unknown {
            name: name.to_string(),
            known: fields.iter().map(|f| f.key).chain(computed_keys(spec, true)).map(str::to_string).collect(),
        })
    };
    match first {
        "letterhead" => path(Start::Letterhead, Ty::Text, rest),
        "line" if in_line && spec.lines.is_some() => {
            let (start, ty, taken) = line(rest)?;
            path(start, ty, &rest[taken..])
        }
        "sum" if spec.lines.is_some() => {
            let (start, ty, taken) = line(rest)?;
            if !ty.is_numeric() {
                let known = COMPUTED.iter().filter(|c| c.line && c.is_of(spec.kind)).map(|c| (c.key, c.ty));
                let fields = spec.lines.map_or(&[][..], |lines| lines.fields).iter().map(|f| (f.key, f.ty));
                let known = fields.chain(known).filter(|(_, ty)| ty.is_numeric()).map(|(key, _)| key.to_string());
                return Err(Unknown { name: rest[0].to_string(), known: known.collect() });
            }
            path(Start::Sum(Box::new(start)), ty, &rest[taken..])
        }
        "step" => {
            let verb = rest.first().copied().unwrap_or("");
            let step = spec.step(verb).ok_or_else(|| Unknown {
                name: verb.to_string(),
                known: std::iter::once("new").chain(spec.steps.iter().map(|s| s.verb)).map(str::to_string).collect(),
            })?;
            let field = step_field(step, rest.get(1).copied().unwrap_or(""))?;
            path(Start::Step(step, field), type_of(field), &rest[2..])
        }
        name => {
            if let Some(field) = spec.field(name) {
                return path(Start::Header(field), field.ty, rest);
            }
            if let Some(computed) = COMPUTED.iter().find(|c| !c.line && c.key == name && c.is_of(spec.kind)) {
                return path(Start::Computed(computed), computed.ty, rest);
            }
            let usable = |group: &&&str| match **group {
                "line" => in_line && spec.lines.is_some(),
                "sum" => spec.lines.is_some(),
                _ => true,
            };
            let known = spec.fields.iter().map(|f| f.key).chain(computed_keys(spec, false));
            let known = known.chain(GROUPS.iter().filter(usable).copied());
            Err(Unknown { name: name.to_string(), known: known.map(str::to_string).collect() })
        }
    }
}

/// A field of a step by its name, those that every step has among them.
pub(super) fn step_field(step: &'static StepSpec, name: &str) -> Result<&'static Field, Unknown> {
    let fields = || STEP_FIELDS.iter().chain(step.fields);
    fields()
        .find(|f| f.key == name)
        .ok_or_else(|| Unknown { name: name.to_string(), known: fields().map(|f| f.key.to_string()).collect() })
}

/// The type that a step's field has on paper: who took a step is a member of the staff.
fn type_of(field: &'static Field) -> Ty {
    if field.key == "by" { Ty::Code(List::Staff) } else { field.ty }
}

fn computed_keys(spec: &'static FormSpec, line: bool) -> impl Iterator<Item = &'static str> {
    COMPUTED.iter().filter(move |c| c.line == line && c.is_of(spec.kind)).map(|c| c.key)
}

/// The rest of a path after a value of a type.
fn follow(ty: Ty, names: &[&str]) -> Result<Vec<Hop>, Unknown> {
    let Some((name, rest)) = names.split_first() else { return Ok(Vec::new()) };
    match ty {
        Ty::Code(list) | Ty::Codes(list) => {
            let spec = lists::spec_of(list);
            let field = spec.field(name).ok_or_else(|| Unknown {
                name: name.to_string(),
                known: spec.fields.iter().map(|f| f.key.to_string()).collect(),
            })?;
            let mut hops = vec![Hop::Column(list, field)];
            hops.extend(follow(field.ty, rest)?);
            Ok(hops)
        }
        Ty::Record(kinds) | Ty::Records(kinds) => {
            let mut paths = Vec::new();
            let mut unknown = None;
            for kind in kinds {
                match resolve(spec_of(*kind), names, false) {
                    Ok(path) => paths.push((*kind, path)),
                    Err(wrong) => unknown = unknown.or(Some(wrong)),
                }
            }
            // Of several kinds, those that know the name give the value.
            match unknown {
                Some(wrong) if paths.is_empty() => Err(wrong),
                _ => Ok(vec![Hop::Record(paths)]),
            }
        }
        _ => Err(Unknown { name: name.to_string(), known: Vec::new() }),
    }
}

impl Start {
    /// Whether it is a column of counts, where what is left out is none.
    fn counts(&self) -> bool {
        let ty = match self {
            Start::Line(field) => field.ty,
            Start::Computed(computed) => computed.ty,
            _ => return false,
        };
        matches!(ty, Ty::Quantity | Ty::Count)
    }

    fn find(&self, scene: Scene<'_>) -> Option<Found> {
        if let Start::Letterhead = self {
            let name = &scene.book.config.name;
            return (!name.is_empty()).then(|| Found::Value(Value::Text(name.clone()), Ty::Text));
        }
        let form = scene.form?;
        match self {
            Start::Letterhead => None,
            Start::Header(field) => form.current(field.key).map(Found::of),
            Start::Line(field) => scene.line?.1.entry(field.key).map(Found::of),
            Start::Computed(computed) => (computed.value)(scene, form),
            Start::Sum(column) => {
                let lines = form.current_lines().iter().enumerate();
                sum(lines.map(|line| column.find(Scene { line: Some(line), ..scene })), column.counts())
            }
            Start::Step(spec, field) => of_step(form.last(spec.verb)?, field),
        }
    }
}

/// A field of a step, those that every step has among them.
pub(super) fn of_step(step: &Step, field: &'static Field) -> Option<Found> {
    let value = match field.key {
        "at" => Value::Time(step.at),
        "by" => Value::Text(step.by.to_string()),
        "note" => Value::Text(step.note.clone()?),
        "attach" if !step.attach.is_empty() => Value::Many(step.attach.clone()),
        key => return step.fields.entry(key).map(Found::of),
    };
    Some(Found::Value(value, type_of(field)))
}

/// The sum of a column. A count left out is none; where an amount is not known, the sum is not either.
fn sum(column: impl Iterator<Item = Option<Found>>, counts: bool) -> Option<Found> {
    let mut total: Option<Found> = None;
    for found in column {
        total = match (total, found) {
            (total, None) if counts => total,
            (_, None) => return None,
            (None, first) => first,
            (Some(Found::Value(a, ty)), Some(Found::Value(b, _))) => Some(Found::Value(plus(a, b)?, ty)),
            _ => return None,
        };
    }
    total
}

fn plus(a: Value, b: Value) -> Option<Value> {
    match (a, b) {
        (Value::Whole(a), Value::Whole(b)) => a.checked_add(b).map(Value::Whole),
        (Value::Money(a), Value::Money(b)) => Money::plus(a, b).map(Value::Money),
        (Value::Measure(a), Value::Measure(b)) => Some(Value::Measure(Measure::plus(a, b))),
        _ => None,
    }
}

impl Hop {
    fn find(&self, book: &Book<'_>, from: &Found) -> Vec<Found> {
        let Found::Value(value, _) = from else { return Vec::new() };
        match self {
            Hop::Column(list, field) => {
                let codes = match value {
                    Value::Many(codes) => codes.as_slice(),
                    Value::Text(code) => std::slice::from_ref(code),
                    _ => &[],
                };
                let rows = codes.iter().filter_map(|code| book.list(*list).get(code));
                rows.filter_map(|row| row.fields.entry(field.key)).map(Found::of).collect()
            }
            Hop::Record(paths) => {
                let numbers: Vec<Number> = match value {
                    Value::Record(number) => vec![number.clone()],
                    Value::Many(numbers) => numbers.iter().filter_map(|n| n.parse().ok()).collect(),
                    _ => Vec::new(),
                };
                let forms = numbers.iter().filter_map(|number| book.form(number));
                let known = forms.filter_map(|form| {
                    let (_, path) = paths.iter().find(|(kind, _)| *kind == form.spec.kind)?;
                    Some(path.find(Scene { book, form: Some(&form), line: None }))
                });
                known.flatten().collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::KINDS;

    #[test]
    fn no_word_of_a_path_hides_a_field() {
        for spec in KINDS {
            let computed = |line| computed_keys(spec, line).collect::<Vec<_>>();
            for field in spec.fields {
                let hidden = GROUPS.contains(&field.key) || computed(false).contains(&field.key);
                assert!(!hidden, "{}: {}", spec.prefix, field.key);
            }
            for field in spec.lines.map_or(&[][..], |lines| lines.fields) {
                assert!(!computed(true).contains(&field.key), "{}: line.{}", spec.prefix, field.key);
            }
        }
    }

    #[test]
    fn a_path_that_leads_nowhere_names_what_could_stand_there() {
        let order = spec_of(Kind::Order);
        let unknown = |text: &str, in_line| Path::parse(order, text, in_line).unwrap_err();
        for (path, in_line, name, known) in [
            ("custmer.name", false, "custmer", "customer"),
            ("customer.nam", false, "nam", "name"),
            ("customer.owner.nam", false, "nam", "capacity"),
            ("step.confrm.by", false, "confrm", "confirm"),
            ("step.confirm.b", false, "b", "with"),
            ("line.modl", true, "modl", "amount"),
            ("line.model", false, "line", "sum"),
            ("sum.model", false, "model", "quantity"),
            ("step", false, "", "new"),
            ("", false, "", "letterhead"),
        ] {
            let wrong = unknown(path, in_line);
            assert_eq!(wrong.name, name, "{path}");
            assert!(wrong.known.iter().any(|k| k == known), "{path}: {:?}", wrong.known);
        }
        assert_eq!(unknown("number.x", false).known, Vec::<String>::new());
        // A name that any of the kinds behind it knows leads somewhere.
        let parts = spec_of(Kind::Parts);
        assert!(Path::parse(parts, "source.consignee", false).is_ok());
        assert_eq!(Path::parse(parts, "source.nothing", false).unwrap_err().name, "nothing");
    }

    #[test]
    fn counts_left_out_are_none_and_amounts_left_out_are_unknown() {
        let whole = |n| Some(Found::Value(Value::Whole(n), Ty::Count));
        let money = |text: &str| Some(Found::Value(Value::Money(text.parse().unwrap()), Ty::Money));
        assert_eq!(sum([whole(2), None, whole(3)].into_iter(), true), whole(5));
        assert_eq!(sum([None, None].into_iter(), true), None);
        assert_eq!(sum([money("0.10"), money("0.20")].into_iter(), false), money("0.30"));
        assert_eq!(sum([money("0.10"), None].into_iter(), false), None);
        assert_eq!(sum(std::iter::empty(), false), None);
    }
}
