//! Takes a step of a form: `cs order confirm`, `cs ship depart` …; and voids (R66).

use clap::ArgMatches;

use super::written::stepped;
use super::{Files, defaults};
use crate::base::field::{Fields, Value};
use crate::base::number::Number;
use crate::base::problem::{Outcome, Problem, all_or};
use crate::book::Book;
use crate::checks::judge;
use crate::commands::ask::ask;
use crate::commands::env::{Env, happened};
use crate::commands::find::find_number;
use crate::commands::save::{Change, save};
use crate::commands::shifts::{is_of_now, shift_of_now};
use crate::commands::typed::{from_flags, in_order, lines_from_flags, missing};
use crate::forms::form::Form;
use crate::forms::read::read;
use crate::forms::spec::{FormSpec, StepSpec};
use crate::forms::write::Taken;
use crate::tr;

/// Runs a step's command.
///
/// # Errors
/// What the step lacks, or why it may not be taken now; nothing is written then.
pub fn run(env: &Env, spec: &'static FormSpec, step: &'static StepSpec, args: &ArgMatches) -> Outcome {
    let word = args.get_one::<String>("NUMBER").cloned().unwrap_or_default();
    take(env, &[spec], &word, step, args)
}

/// Takes a step of the record that a word means, among some kinds.
///
/// # Errors
/// What the step lacks, or why it may not be taken now; nothing is written then.
pub fn take(env: &Env, kinds: &[&'static FormSpec], word: &str, step: &'static StepSpec, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    // What a person is asked is asked before the lock is taken.
    let gather = |book: &Book<'_>| gather(env, book, kinds, word, step, args);
    let gathered = if env.asks { Some(gather(&Book::open(&folder, env.time))?) } else { None };
    let files = Files::given(args, step.fields);
    save(
        env,
        &folder,
        step.verb,
        &files.paths,
        |book, photos| {
            let (number, fields, lines) = gathered.map_or_else(|| gather(book), Ok)?;
            let by = env.actor(book, &folder)?;
            let at = happened(book, args)?;
            let note = args.get_one::<String>("note").map(String::as_str);
            let taken = Taken { verb: step.verb, at, by: &by, note, attach: &photos[..files.attached] };
            let before = existing(book, &number)?;
            if let Some(problem) = voided_already(&before, step, &fields) {
                return Err(problem.into());
            }
            let text = stepped(&before, &taken, &fields, step.lines.map(|l| (l, lines.as_slice())))?;
            let after = sound(book, &before, &text, step.shakes)?;
            let subject = subject(step, &fields);
            Ok(Change {
                path: before.file.to_string(),
                seen: Some(before.text.to_string()),
                text,
                record: number.to_string(),
                subject,
                step: Some(after),
                by,
            })
        },
        |book, change| told(env, book, change, step),
    )
}

/// A step is voided once (R66).
fn voided_already(form: &Form, step: &StepSpec, fields: &Fields) -> Option<Problem> {
    let target = form.steps.get((fields.whole("step") as usize).checked_sub(1)?)?;
    let by = target.voided_by.filter(|_| step.verb == "void")?;
    let index = target.index;
    Some(Problem::new(
        "void.again",
        tr!("step {index} is voided already, by step {by}", "步骤 {index} 已被步骤 {by} 作废"),
        tr!("see the steps: cs show", "请用 cs show 查看步骤"),
    ))
}

/// The record that is meant, and the step's fields and lines from the flags and, on a terminal, the person.
fn gather(
    env: &Env,
    book: &Book<'_>,
    kinds: &[&'static FormSpec],
    word: &str,
    step: &'static StepSpec,
    args: &ArgMatches,
) -> Outcome<(Number, Fields, Vec<Fields>)> {
    let implied = word.is_empty() && kinds.iter().any(|spec| is_of_now(spec, step));
    let number = if implied { shift_of_now(env, book, step.verb, args)? } else { find_number(book, kinds, word)? };
    let mut problems = Vec::new();
    let mut fields = from_flags(env, book, step.fields, args, &mut problems);
    let mut lines = step.lines.map_or_else(Vec::new, |l| lines_from_flags(book, l, args, &mut problems));
    if let Some(form) = book.form(&number) {
        defaults::fill_step(book, &form, step, &mut fields);
        problems.extend(defaults::unfilled(book, &form, step, &fields));
    }
    if problems.is_empty() && env.asks {
        ask(env, book, step.fields, step.lines, &mut fields, &mut lines, |_, _| None)?;
    }
    if problems.is_empty() {
        problems = missing(step.fields, &fields, step.lines, !lines.is_empty());
    }
    all_or(problems)?;
    if let Some(line_spec) = step.lines {
        defaults::fill_prices(book, line_spec, book.form(&number).as_deref(), &mut lines);
    }
    Ok((number, in_order(step.fields, fields), lines))
}

/// The form with a number; its file must be readable.
///
/// # Errors
/// What is wrong with the file.
pub fn existing(book: &Book<'_>, number: &Number) -> Outcome<std::sync::Arc<Form>> {
    let form = book.form(number);
    book.sound()?;
    form.ok_or_else(|| {
        Problem::new(
            "number.unknown",
            tr!("there is no record {number}", "没有单据 {number}"),
            tr!("see the numbers with list", "请用 list 命令查看单号"),
        )
        .into()
    })
}

/// Reads a changed text as the form's and checks it against the department; how many steps it has.
///
/// # Errors
/// Everything that the change makes wrong.
pub fn sound(book: &Book<'_>, before: &Form, text: &str, shakes: bool) -> Outcome<usize> {
    let (form, problems) = read(before.spec, before.number.clone(), &before.file, text.into(), book.now);
    all_or(problems)?;
    let Some(form) = form else { return Ok(0) };
    let count = form.steps.len();
    // The change is not in the file: its places would mislead.
    let wrong = judge(book, Some(before), form.into(), shakes);
    all_or(wrong.into_iter().map(Problem::unplaced).collect())?;
    book.sound()?;
    Ok(count)
}

/// The commit's words: the verb, and a choice if the step makes one; never text, which may hold names.
fn subject(step: &StepSpec, fields: &Fields) -> String {
    use crate::base::field::Ty;
    let telling = fields
        .0
        .iter()
        .filter(|e| matches!(e.field.ty, Ty::Choice(_) | Ty::Choices(_) | Ty::Flag | Ty::Step | Ty::Date));
    let words: Vec<String> = telling
        .map(|e| match &e.value {
            Value::Yes => e.field.key.to_string(),
            Value::Whole(n) => format!("{} {n}", e.field.key),
            other => other.to_string(),
        })
        .collect();
    if words.is_empty() { step.verb.to_string() } else { format!("{}: {}", step.verb, words.join(" ")) }
}

fn told(env: &Env, book: &Book<'_>, change: &Change, step: &StepSpec) -> Outcome {
    let Some(form) = change.record.parse().ok().and_then(|n| book.form(&n)) else { return Ok(()) };
    if env.json {
        return env.data(&crate::show::json::text(&super::document(env, book, &form)));
    }
    let (number, name) = (&change.record, step.name);
    // A photo that is gone or damaged is told at each step, and stops only what rests on it (R17, R21).
    for problem in form.photos().filter_map(|(name, _)| book.photo(name)) {
        let (message, help) = (problem.message, problem.help);
        env.say(&tr!("{message}: {help}", "{message}：{help}"; message, help));
    }
    super::comes_to(book, &form).iter().for_each(|text| env.say(text));
    env.say(&match super::next(book, &form).filter(|_| step.to.is_some()) {
        Some(next) => tr!("{number}: {name}; next: {next}", "{number}：{name}；下一步：{next}"; name),
        None => tr!("{number}: {name}", "{number}：{name}"; name),
    });
    Ok(())
}
