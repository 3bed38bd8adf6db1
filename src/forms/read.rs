//! From a file's text to a [`Form`], with every problem of the file at once.

use std::sync::Arc;

use super::form::{Form, Step, mark_voided};
use super::month::Month;
use super::spec::{FormSpec, Kept, LineSpec, STEP_FIELDS};
use crate::base::field::Fields;
use crate::base::number::Number;
use crate::base::problem::{Place, Problem};
use crate::base::time::Now;
use crate::base::toml::Doc;
use crate::tr;
use toml::de::DeTable;

/// Reads a form from the text of its file, or of the month that it is kept in. It is `None` where the text is no TOML,
/// or holds no step of it at all; a form that comes with problems holds what could be read.
pub fn read(
    spec: &'static FormSpec,
    number: Number,
    file: &Arc<str>,
    text: Arc<str>,
    now: Now,
) -> (Option<Form>, Vec<Problem>) {
    match spec.kept {
        Kept::File => read_file(spec, number, file, text),
        Kept::Rows => {
            let mut month = Month::open(spec, file.clone(), text);
            let (form, mut problems) = month.form(&number, now);
            problems.append(&mut month.problems);
            (form, problems)
        }
    }
}

fn read_file(spec: &'static FormSpec, number: Number, file: &Arc<str>, text: Arc<str>) -> (Option<Form>, Vec<Problem>) {
    let mut doc = Doc::new(file, &text);
    let Some(root) = doc.parse() else { return (None, doc.problems) };
    let header = doc.fields(&root, spec.fields, 0..0);
    let lines = spec.lines.map_or_else(Vec::new, |lines| read_lines(&mut doc, &root, lines, 0..0));
    let mut steps = Vec::new();
    for (at, (table, span)) in doc.tables(&root, "step").into_iter().enumerate() {
        steps.extend(read_step(&mut doc, spec, table, span, at + 1));
    }
    if steps.is_empty() && doc.problems.is_empty() {
        doc.problems.push(
            Problem::new(
                "form.no-step",
                tr!("the record has no step", "单据里没有任何步骤"),
                tr!(
                    "its first [[step]] must be do = \"new\" with at and by",
                    "第一个 [[step]] 应为 do = \"new\"，并有 at 和 by"
                ),
            )
            .at(Place::file(file)),
        );
    }
    let appendable = text.lines().any(|line| line.split_whitespace().collect::<String>().starts_with("[[step]]"));
    if !steps.is_empty() && !appendable {
        doc.problems.push(
            Problem::new(
                "form.inline",
                tr!("the steps are written in one line: no further one can be added", "步骤写成了一行，无法再追加"),
                tr!("write each step as a [[step]] table of its own", "请把每个步骤写成单独的 [[step]] 表"),
            )
            .at(Place::file(file)),
        );
    }
    mark_voided(&mut steps);
    let problems = std::mem::take(&mut doc.problems);
    if steps.is_empty() {
        return (None, problems);
    }
    (Some(Form { spec, number, file: file.clone(), text, header, lines, steps }), problems)
}

fn read_lines(
    doc: &mut Doc<'_>,
    table: &DeTable<'_>,
    spec: &'static LineSpec,
    whole: std::ops::Range<usize>,
) -> Vec<Fields> {
    let mut lines = Vec::new();
    if spec.required && !table.contains_key(spec.key) {
        let (key, name) = (spec.key, spec.name);
        doc.wrong(
            "line.missing",
            whole,
            tr!("there is no {key}", "没有{name}（{key}）"; name),
            tr!("a record needs at least one [[{key}]]", "单据至少要有一个 [[{key}]]"),
        );
    }
    for (line, span) in doc.tables(table, spec.key) {
        lines.push(doc.fields(line, spec.fields, span));
    }
    lines
}

fn read_step(
    doc: &mut Doc<'_>,
    spec: &'static FormSpec,
    table: &DeTable<'_>,
    whole: std::ops::Range<usize>,
    index: usize,
) -> Option<Step> {
    let raw = table.get("do");
    let verb = raw.and_then(|raw| raw.get_ref().as_str());
    let span = raw.map_or(whole.clone(), |raw| raw.span());
    let step = verb.and_then(|verb| spec.step(verb));
    let Some(step) = step.filter(|s| (s.verb == "new") == (index == 1)) else {
        let place = doc.place(span);
        doc.problems.push(no_such_step(spec, index, verb.unwrap_or("?")).at(place));
        return None;
    };
    let mut common = doc.fields(table, STEP_FIELDS, span.clone());
    let fields = doc.fields(table, step.fields, span.clone());
    let lines = step.lines.map_or_else(Vec::new, |lines| read_lines(doc, table, lines, span.clone()));
    let by = common.staff("by");
    if by.is_none() && common.get("by").is_some() {
        let at = common.entry("by").map_or(span.clone(), |e| e.span.clone());
        let place = doc.place(at);
        doc.problems.push(by_nobody().at(place));
    }
    let attach = common.many("attach").to_vec();
    let at = common.time("at")?;
    let note = common.0.iter().position(|e| e.field.key == "note").map(|i| common.0.swap_remove(i).value.to_string());
    Some(Step { index, spec: step, at, by: by?, note, attach, fields, lines, voided_by: None, span })
}

/// A step that the kind does not have, or not in that place.
pub(super) fn no_such_step(spec: &FormSpec, index: usize, verb: &str) -> Problem {
    let verbs = spec.steps.iter().map(|s| s.verb).collect::<Vec<_>>().join(", ");
    Problem::new(
        "step.verb",
        tr!("step {index}: \"{verb}\" is no step here", "步骤 {index}：这里没有“{verb}”这个步骤"),
        tr!(
            "the first step is new; later ones are: {verbs}, edit, void",
            "第一步是 new；以后的步骤有：{verbs}、edit、void"
        ),
    )
}

/// A step taken by nobody that a staff code could mean.
pub(super) fn by_nobody() -> Problem {
    Problem::new(
        "step.by",
        tr!("by is no staff code", "经办人代码不对"),
        tr!(
            "give a code of lists/staff.csv: capital letters and digits",
            "请填写 lists/staff.csv 中的代码：大写字母和数字"
        ),
    )
}
