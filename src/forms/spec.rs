//! How a paper form is described: its fields, its lines, the steps that it goes through.
//!
//! A [`FormSpec`] is all that the reader, the command line, the checks, `show` and `list` know of a kind of form.
//! What a kind's figures mean is in the kind's own file.

use super::form::{Form, Step};
use crate::base::field::{Field, Fields, Kind, Need, Ty, optional, required};
use crate::base::money::Money;
use crate::base::words::{Words, words};

/// A state that a form can be in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    /// What scripts see.
    pub code: &'static str,
    /// What people read.
    pub name: Words,
    /// The command that usually comes next, before the number: `ship receive`; for the hint after a step.
    pub usual: Option<&'static str>,
}

/// A state with its names.
pub const fn state(code: &'static str, en: &'static str, zh: &'static str) -> State {
    State { code, name: words(en, zh), usual: None }
}

impl State {
    /// The same state, after which a command usually comes.
    pub const fn then(mut self, command: &'static str) -> State {
        self.usual = Some(command);
        self
    }
}

/// The state of a form that was voided whole (R66).
pub const VOID: State = state("void", "void", "作废");

/// The lines of a form or of a step: an array of tables, and how one is typed on the command line.
#[derive(Clone, Copy, Debug)]
pub struct LineSpec {
    /// The array's key in files; also the flag.
    pub key: &'static str,
    /// What people call such a line.
    pub name: Words,
    /// One line of help.
    pub help: Words,
    /// Whether at least one line must be there.
    pub required: bool,
    /// The fields of a line. Typed as `FIRST=SECOND[@THIRD][:KEY=VALUE …]`: the first field stands before `=`,
    /// the second after it, the one named by `after_at` after `@`, all others by `:key=value`; where `after_colon` names
    /// one, all that follows the first colon is its text.
    pub fields: &'static [Field],
    /// The key of the field typed after `@`.
    pub after_at: Option<&'static str>,
    /// The key of the text field typed after the first colon, as it is.
    pub after_colon: Option<&'static str>,
}

impl LineSpec {
    /// The syntax of one line, for usage texts: `MODEL=QUANTITY[@PRICE]`.
    pub fn syntax(&self) -> String {
        let upper = |key: &str| key.to_ascii_uppercase().replace('_', "-");
        let mut parts = self.fields.iter().enumerate().map(|(i, field)| match i {
            0 => upper(field.key),
            1 => format!("={}", upper(field.key)),
            _ if self.after_at == Some(field.key) && field.need == Need::Required => format!("@{}", upper(field.key)),
            _ if self.after_at == Some(field.key) => format!("[@{}]", upper(field.key)),
            _ if self.after_colon == Some(field.key) => format!(":{}", upper(field.key)),
            _ => format!("[:{}=…]", field.key.replace('_', "-")),
        });
        let mut syntax = parts.next().unwrap_or_default();
        syntax.extend(parts);
        syntax
    }
}

/// A signature: which authority it needs and what it seals.
#[derive(Clone, Copy)]
pub struct Sign {
    /// The key under `[sign]` in policy.toml.
    pub action: &'static str,
    /// The amount that the step signs, held against the signer's limit (R1); `None` when the form has none yet.
    pub amount: fn(&Form, &Step) -> Option<Money>,
    /// True where the author of what is signed may not sign it (R1); false for prices that a person quotes alone (R2).
    pub by_another: bool,
    /// Verbs whose authors count as authors of what is signed.
    pub authors: &'static [&'static str],
    /// Header keys, and keys of lines, that can't be edited while the signature lives (R67).
    pub seals: &'static [&'static str],
    /// Verbs that can't be taken again while the signature lives (R67).
    pub seals_steps: &'static [&'static str],
}

impl std::fmt::Debug for Sign {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sign").field("action", &self.action).finish_non_exhaustive()
    }
}

/// A choice in a step, or in the header of a new form, that leads to another state than the usual one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turn {
    /// The field, a [`Ty::Choice`].
    pub key: &'static str,
    /// The code of the choice.
    pub choice: &'static str,
    /// The state that it leads to.
    pub to: &'static str,
}

impl Turn {
    /// Whether the choice was made.
    pub fn is_taken(&self, fields: &Fields) -> bool {
        fields.text(self.key) == Some(self.choice)
    }
}

/// Where a step leads once nothing that it is about is left to be done.
#[derive(Clone, Copy)]
pub struct Finish {
    /// Whether nothing is left after the step.
    pub holds: fn(&Form, &Step) -> bool,
    /// A field of the step: without it, nothing is left for sure.
    pub without: &'static str,
    /// The state that it leads to then.
    pub to: &'static str,
}

impl std::fmt::Debug for Finish {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Finish").field("to", &self.to).finish_non_exhaustive()
    }
}

/// One step that a form can take.
#[derive(Clone, Copy, Debug)]
pub struct StepSpec {
    /// The verb: `do` in files, the subcommand on the command line.
    pub verb: &'static str,
    /// What people call it.
    pub name: Words,
    /// One line of help.
    pub help: Words,
    /// What the step records beside time, who and note.
    pub fields: &'static [Field],
    /// Lines that the step records.
    pub lines: Option<&'static LineSpec>,
    /// States that it may be taken in.
    pub from: &'static [&'static str],
    /// The state that it leads to; `None` leaves the state.
    pub to: Option<&'static str>,
    /// The choice with which it leads elsewhere.
    pub turn: Option<Turn>,
    /// Where it leads once nothing is left.
    pub finish: Option<Finish>,
    /// Whether it is taken of a form whose life is over: that it could be keeps no form open.
    pub revives: bool,
    /// Header keys, and keys of lines, that others were told with it: they can't be edited while it lives.
    pub fixes: &'static [&'static str],
    /// The sign-off that it is.
    pub sign: Option<Sign>,
    /// Where other forms rest on what this step changes, they are checked again before it is saved.
    pub shakes: bool,
}

impl StepSpec {
    /// A step without fields of its own that leaves the state.
    pub const fn new(verb: &'static str, name: Words, help: Words, from: &'static [&'static str]) -> StepSpec {
        StepSpec {
            verb,
            name,
            help,
            fields: &[],
            lines: None,
            from,
            to: None,
            turn: None,
            finish: None,
            revives: false,
            fixes: &[],
            sign: None,
            shakes: false,
        }
    }

    /// The same step, with fields.
    pub const fn fields(mut self, fields: &'static [Field]) -> StepSpec {
        self.fields = fields;
        self
    }

    /// The same step, with lines.
    pub const fn lines(mut self, lines: &'static LineSpec) -> StepSpec {
        self.lines = Some(lines);
        self
    }

    /// The same step, leading to a state.
    pub const fn to(mut self, state: &'static str) -> StepSpec {
        self.to = Some(state);
        self
    }

    /// The same step, leading elsewhere with a choice.
    pub const fn turn(mut self, key: &'static str, choice: &'static str, to: &'static str) -> StepSpec {
        self.turn = Some(Turn { key, choice, to });
        self
    }

    /// The same step, leading to another state once nothing is left.
    pub const fn finish(mut self, finish: Finish) -> StepSpec {
        self.finish = Some(finish);
        self
    }

    /// The same step, which takes up a form whose life was over.
    pub const fn revives(mut self) -> StepSpec {
        self.revives = true;
        self
    }

    /// The same step, by which others were told what stands under these keys.
    pub const fn fixes(mut self, keys: &'static [&'static str]) -> StepSpec {
        self.fixes = keys;
        self
    }

    /// The state that the step leads to with what it records; `None` leaves the state.
    pub fn leads_to(&self, fields: &Fields) -> Option<&'static str> {
        self.turn.filter(|turn| turn.is_taken(fields)).map(|turn| turn.to).or(self.to)
    }

    /// The same step as a sign-off.
    pub const fn sign(mut self, sign: Sign) -> StepSpec {
        self.sign = Some(sign);
        self
    }

    /// The same step, after which the forms that rest on this one are checked again.
    pub const fn shakes(mut self) -> StepSpec {
        self.shakes = true;
        self
    }
}

/// How the records of a kind are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// Each in a TOML file of its own: `orders/2026/11/DD-261121-YX-1.toml`.
    File,
    /// As rows of a CSV file a month, a row for each step: `consults/2026-11.csv`. For what comes often and is short.
    Rows,
}

/// How a kind of form stands on the command line.
#[derive(Clone, Copy, Debug)]
pub struct Verbs {
    /// The command that it belongs to: `cs order`.
    pub command: &'static str,
    /// The verb that makes one.
    pub new: &'static str,
    /// The verb that changes header fields.
    pub edit: &'static str,
    /// The verb that lists them.
    pub list: &'static str,
    /// The verb that shows one.
    pub show: &'static str,
    /// The header field given as the first word of the making verb, such as the shipment of a receipt.
    pub subject: Option<&'static str>,
}

/// A kind of form.
#[derive(Debug)]
pub struct FormSpec {
    /// Which kind.
    pub kind: Kind,
    /// What scripts call it.
    pub code: &'static str,
    /// The letters of its numbers.
    pub prefix: &'static str,
    /// Its directory.
    pub dir: &'static str,
    /// How its records are kept there.
    pub kept: Kept,
    /// Its place on the command line.
    pub verbs: Verbs,
    /// What people call it.
    pub name: Words,
    /// One line of help for making one.
    pub help: Words,
    /// An example of making one, as typed; a test runs it.
    pub example: &'static str,
    /// Header fields.
    pub fields: &'static [Field],
    /// Its lines.
    pub lines: Option<&'static LineSpec>,
    /// All states, the first being that of a new form.
    pub states: &'static [State],
    /// The choice in the header with which a new form stands elsewhere than in the first state.
    pub opens: Option<Turn>,
    /// The steps of this kind; `new`, `edit` and `void` are common to all kinds.
    pub steps: &'static [StepSpec],
    /// Header keys shown by `list`.
    pub columns: &'static [&'static str],
}

impl FormSpec {
    /// The step with this verb, the common ones included.
    pub fn step(&self, verb: &str) -> Option<&'static StepSpec> {
        self.steps.iter().chain(COMMON).find(|s| s.verb == verb)
    }

    /// The state of a new form with this header.
    pub fn opening(&self, header: &Fields) -> &'static State {
        let turned = self.opens.filter(|turn| turn.is_taken(header)).and_then(|turn| self.state(turn.to));
        turned.unwrap_or(&self.states[0])
    }

    /// The state with this code.
    pub fn state(&self, code: &str) -> Option<&'static State> {
        self.states.iter().find(|s| s.code == code)
    }

    /// The header field under `key`.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.key == key)
    }

    /// The kinds of record that its header may name.
    pub fn names(&self) -> impl Iterator<Item = Kind> {
        let kinds = self.fields.iter().flat_map(|field| match field.ty {
            Ty::Record(kinds) | Ty::Records(kinds) => kinds,
            _ => &[],
        });
        kinds.copied()
    }

    /// Whether the kind has a state in which nothing more is done with it. One that has none, such as a receipt,
    /// lives on with the form that it names.
    pub fn ends(&self) -> bool {
        self.states.iter().any(|state| self.is_end(state.code))
    }

    /// True of a state in which nothing more is to be done: no step leads on, but for one that takes the form up again.
    pub fn is_end(&self, state: &str) -> bool {
        !self.steps.iter().any(|s| s.from.contains(&state) && !s.revives)
    }

    /// The kind's own verbs that may be taken in a state, in the order of the table.
    pub fn next(&self, state: &str) -> Vec<&'static StepSpec> {
        self.steps.iter().filter(|s| s.from.contains(&state)).collect()
    }
}

/// The fields that any step may hold, beside `do`.
pub const STEP_FIELDS: &[Field] = &[
    required("at", Ty::Time, words("At", "时间"), words("When it happened, if not now", "发生时间（默认现在）")),
    required("by", Ty::Text, words("By", "经办"), words("Who did it (staff code)", "经办人代码")),
    optional("note", Ty::Text, words("Note", "备注"), words("A remark", "备注")),
    optional(
        "attach",
        Ty::Files,
        words("Attached", "附件"),
        words("A photo or file to keep with the step", "随步骤保存的照片或文件"),
    ),
];

/// The steps that every kind has.
pub const COMMON: &[StepSpec] = &[
    StepSpec::new("new", words("Made", "登记"), words("The record is made", "登记单据"), &[]),
    StepSpec::new("edit", words("Edited", "修改"), words("Header fields are changed", "修改表头"), &[]),
    StepSpec::new(
        "void",
        words("Voided", "作废"),
        words("A step, or the whole record, was a mistake", "某一步骤或整张单据作废"),
        &[],
    )
    .fields(&[optional(
        "step",
        Ty::Step,
        words("Step", "步骤"),
        words("The step to void; without it the whole record", "要作废的步骤；不填则整张单据作废"),
    )])
    .shakes(),
];
