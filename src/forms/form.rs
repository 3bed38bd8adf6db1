//! One form as read: header, lines and steps, each value in its place; and its state as a fold over the living steps.

use std::ops::Range;
use std::sync::Arc;

use super::spec::{FormSpec, Kept, LineSpec, State, StepSpec, VOID};
use crate::base::field::{Entry, Fields, Ty, Value};
use crate::base::monthly::monthly_file;
use crate::base::number::{Code, Number};
use crate::base::problem::{Place, Problem};
use crate::base::time::{Date, Time};
use crate::base::words::Text;
use crate::tr;

/// A form as its file holds it.
#[derive(Clone, Debug)]
pub struct Form {
    /// What kind it is.
    pub spec: &'static FormSpec,
    /// Its number, which is its file's name, or stands in each of its rows.
    pub number: Number,
    /// Its path in the folder.
    pub file: Arc<str>,
    /// The whole text of its file, which it shares with others where its kind is kept in rows.
    pub text: Arc<str>,
    /// Header fields.
    pub header: Fields,
    /// Lines.
    pub lines: Vec<Fields>,
    /// Steps, in the order in which they were written; never fewer than one.
    pub steps: Vec<Step>,
}

/// One step taken.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its place among the steps, from 1.
    pub index: usize,
    /// Which step.
    pub spec: &'static StepSpec,
    /// When it happened.
    pub at: Time,
    /// Who did it.
    pub by: Code,
    /// A remark.
    pub note: Option<String>,
    /// Files attached, by their names under `photos/`.
    pub attach: Vec<String>,
    /// What the step records.
    pub fields: Fields,
    /// The lines that it records.
    pub lines: Vec<Fields>,
    /// The step that voided this one, if any (R66).
    pub voided_by: Option<usize>,
    /// Byte range of the step's `do` value.
    pub span: Range<usize>,
}

/// The code of the problem of a step that the state before it did not allow.
pub const OUT_OF_ORDER: &str = "step.order";

/// The verbs whose lines, where they give any, take the place of the form's own.
const REPLACING: [&str; 2] = ["change", "minutes"];

impl Step {
    /// True while nothing has voided it.
    pub fn lives(&self) -> bool {
        self.voided_by.is_none()
    }

    /// The verb.
    pub fn verb(&self) -> &'static str {
        self.spec.verb
    }
}

/// The path of a record, `orders/2026/11/DD-261121-YX-1.toml`, or of the month whose rows it is among.
pub fn path_of(spec: &FormSpec, number: &Number) -> String {
    match spec.kept {
        Kept::File => format!("{}/{}/{number}.toml", spec.dir, number.day().format("%Y/%m")),
        Kept::Rows => monthly_file(spec.dir, number.day()),
    }
}

impl Form {
    /// The steps that count: neither voided nor voiding (R66).
    pub fn living(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.steps.iter().filter(|s| s.lives() && s.verb() != "void")
    }

    /// The living steps with this verb, in order.
    pub fn taken(&self, verb: &'static str) -> impl DoubleEndedIterator<Item = &Step> {
        self.living().filter(move |s| s.verb() == verb)
    }

    /// The last living step with this verb.
    pub fn last(&self, verb: &'static str) -> Option<&Step> {
        self.taken(verb).next_back()
    }

    /// The step that voided the whole form, if one did (R66).
    pub fn voided(&self) -> Option<&Step> {
        self.steps.iter().find(|s| s.verb() == "void" && s.lives() && s.fields.get("step").is_none())
    }

    /// True when the form as a whole counts nowhere any more (R66).
    pub fn is_void(&self) -> bool {
        self.voided().is_some()
    }

    /// The form as it was known at a moment: the steps taken by then, less what has been voided to this day (R66).
    /// `None` before it was made, and for one that is void. Header fields are as they stand now.
    pub fn as_of(self: &Arc<Form>, time: Time) -> Option<Arc<Form>> {
        if self.is_void() || self.made_at()? > time {
            return None;
        }
        if self.steps.iter().all(|step| step.at <= time) {
            return Some(self.clone());
        }
        let mut earlier = Form::clone(self);
        earlier.steps.retain(|step| step.at <= time);
        Some(Arc::new(earlier))
    }

    /// Who made it.
    pub fn author(&self) -> &Code {
        self.steps.first().map_or(self.number.staff(), |s| &s.by)
    }

    /// When it was made.
    pub fn made_at(&self) -> Option<Time> {
        self.steps.first().map(|s| s.at)
    }

    /// The day it was made on, as its number tells.
    pub fn day(&self) -> Date {
        self.number.day()
    }

    /// The state now: the fold of the living steps over the table of states.
    pub fn state(&self) -> &'static State {
        if self.is_void() { &VOID } else { self.replay(|_, _| ()) }
    }

    /// Folds the living steps, telling `refused` of each that the state before it did not allow.
    /// A refused step leaves the state.
    pub fn replay(&self, mut refused: impl FnMut(&Step, &'static State)) -> &'static State {
        let mut state = self.spec.opening(&self.header);
        for step in self.living() {
            let own = !step.spec.from.is_empty();
            if own && !step.spec.from.contains(&state.code) {
                refused(step, state);
                continue;
            }
            let finished = step.spec.finish.filter(|finish| (finish.holds)(self, step)).map(|finish| finish.to);
            let to = finished.or_else(|| step.spec.leads_to(&step.fields));
            if let Some(next) = to.and_then(|to| self.spec.state(to)) {
                state = next;
            }
        }
        state
    }

    /// True in a state that ends the form's life.
    pub fn is_over(&self) -> bool {
        let state = self.state();
        state.code == VOID.code || self.spec.is_end(state.code)
    }

    /// The living signatures (R67), each with its step.
    pub fn signatures(&self) -> impl Iterator<Item = (&Step, &super::spec::Sign)> {
        self.living().filter_map(|s| s.spec.sign.as_ref().map(|sign| (s, sign)))
    }

    /// The files under `photos/` that the form names, each with where: photos in fields and what is attached to steps.
    pub fn photos(&self) -> impl Iterator<Item = (&str, &Range<usize>)> {
        let fields = std::iter::once(&self.header).chain(self.steps.iter().map(|s| &s.fields));
        let in_fields = fields.flat_map(|f| &f.0).filter(|e| e.field.ty == Ty::Files);
        let named = in_fields.flat_map(|e| match &e.value {
            Value::Many(names) => names.iter().map(|name| (name.as_str(), &e.span)).collect(),
            _ => Vec::new(),
        });
        named.chain(self.steps.iter().flat_map(|s| s.attach.iter().map(|name| (name.as_str(), &s.span))))
    }

    /// The place of a byte range of its file.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place::at(&self.file, &self.text, span)
    }

    /// Where the value of a header key stands, else the file.
    pub fn place_of(&self, key: &str) -> Place {
        match self.header.entry(key) {
            Some(entry) if entry.span.end > 0 => self.place(entry.span.clone()),
            _ => Place::file(&self.file),
        }
    }

    /// What is wrong with the form by itself: the order of its steps (each state's own), and void steps that name no step.
    /// Of the first `stood` steps, which its file holds already, the remedy is to void one that was out of order.
    pub fn own_problems(&self, stood: usize) -> Vec<Problem> {
        let mut problems = Vec::new();
        self.replay(|step, state| {
            let may = match self.spec.next(state.code).as_slice() {
                [] => tr!("nothing more may be done with it", "这张单据已不能再做任何步骤"),
                next => {
                    let list = next.iter().map(|s| s.verb).collect::<Vec<_>>().join(", ");
                    let list_zh =
                        next.iter().map(|s| format!("{}（{}）", s.verb, s.name.zh)).collect::<Vec<_>>().join("、");
                    Text { en: format!("what may come next: {list}"), zh: format!("接下来可以：{list_zh}") }
                }
            };
            let (number, verb, verb_name, state) = (&self.number, step.verb(), step.spec.name.zh, state.name);
            let index = step.index;
            let help = if index <= stood {
                tr!(
                    "{may}; or void it, as where two clones wrote it: cs void {number} --step {index} --note WHY",
                    "{may}；如属重复登记，请作废：cs void {number} --step {index} --note 原因"; may
                )
            } else {
                may
            };
            problems.push(
                Problem::new(
                    OUT_OF_ORDER,
                    tr!(
                        "{number} is {state}: {verb} can't be done now",
                        "{number} 的状态是“{state}”，现在不能做 {verb}（{verb_name}）"; state
                    ),
                    help,
                )
                .at(self.place(step.span.clone())),
            );
        });
        if let Some(end) = self.voided() {
            for step in self.living().filter(|s| s.index > end.index) {
                let number = &self.number;
                problems.push(
                    Problem::new(
                        "form.void",
                        tr!("{number} is void: nothing more may be done with it", "{number} 已作废，不能再做任何步骤"),
                        tr!("make a new record", "请重新登记一张单据"),
                    )
                    .at(self.place(step.span.clone())),
                );
            }
        }
        for step in self.steps.iter().filter(|s| s.verb() == "void") {
            let target = step.fields.whole("step") as usize;
            let missing = step.fields.get("step").is_some() && (target == 0 || target >= step.index);
            let fixed = self.steps.get(target.wrapping_sub(1)).is_some_and(|t| matches!(t.verb(), "new" | "edit"));
            if missing || (target > 0 && fixed) {
                problems.push(
                    Problem::new(
                        "void.step",
                        tr!("step {target} can't be voided", "步骤 {target} 不能作废"),
                        tr!(
                            "name a step that `cs show` counts; leave --step out to void the whole record; change an edited field by editing it again",
                            "请填写 cs show 中的步骤序号；整张作废请不要写 --step；改错的字段请再改一次"
                        ),
                    )
                    .at(self.place(step.span.clone())),
                );
            }
            if step.note.is_none() {
                problems.push(
                    Problem::new(
                        "void.note",
                        tr!("a void must say why (R66)", "作废必须写明原因（R66）"),
                        tr!("give --note WHY", "请加上 --note 原因"),
                    )
                    .at(self.place(step.span.clone())),
                );
            }
        }
        problems
    }

    /// A header value as it is now: the last living step that gives the same key goes before the header. Photos and
    /// choices of a step come in addition, not in place of the header's.
    pub fn current(&self, key: &str) -> Option<&Entry> {
        let moved = self.living().rev().filter(|s| s.verb() != "edit").find_map(|step| step.fields.entry(key));
        let replaces = |ty: Ty| !matches!(ty, Ty::Files | Ty::Choices(_));
        moved
            .filter(|entry| self.spec.field(entry.field.key).is_some_and(|f| f.ty == entry.field.ty && replaces(f.ty)))
            .or(self.header.entry(key))
    }

    /// The lines as they are now, with the spec of the array that holds them.
    pub fn current_lines(&self) -> &[Fields] {
        let Some(spec) = self.spec.lines else { return &[] };
        let replaces =
            |step: &&Step| REPLACING.contains(&step.verb()) && step.spec.lines.is_some_and(|l| l.key == spec.key);
        let last = self.living().rev().filter(replaces).find(|step| !step.lines.is_empty());
        last.map_or(&self.lines, |step| &step.lines)
    }

    /// The lines in force after the step `until`, under a key that a step may replace: the last living step up to then
    /// that gives lines under the same spec, else the form's own.
    pub fn lines_in_force(&self, verb: &'static str, spec: &LineSpec, until: usize) -> &[Fields] {
        self.taken(verb)
            .rev()
            .find(|s| s.index <= until && !s.lines.is_empty() && s.spec.lines.is_some_and(|l| l.key == spec.key))
            .map_or(&self.lines, |s| &s.lines)
    }
}

/// Marks each step with the living step that voided it (R66). A void may itself be voided: later steps decide first.
pub fn mark_voided(steps: &mut [Step]) {
    for at in (0..steps.len()).rev() {
        if steps[at].verb() == "void" && steps[at].voided_by.is_none() {
            let target = steps[at].fields.whole("step") as usize;
            if target >= 1 && target <= at {
                steps[target - 1].voided_by = Some(at + 1);
            }
        }
    }
}
