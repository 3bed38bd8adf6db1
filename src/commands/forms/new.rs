//! Makes a form: `cs order new`, `cs ship new`, `cs ship receive`.

use std::cell::OnceCell;

use clap::ArgMatches;

use super::lines::{is_sheet, lines_from_sheet};
use super::{Files, defaults};
use crate::base::field::{Field, Fields, Value};
use crate::base::problem::{Outcome, Problem, all_or};
use crate::book::Book;
use crate::checks::judge;
use crate::commands::ask::ask;
use crate::commands::env::{Env, happened};
use crate::commands::save::{Change, next_number, save};
use crate::commands::typed::{form_file, from_flags, from_form, in_order, lines_from_flags, missing};
use crate::forms::form::path_of;
use crate::forms::read::read;
use crate::forms::spec::FormSpec;
use crate::forms::write::{Taken, form_text};
use crate::tr;

/// Runs it.
///
/// # Errors
/// Everything that is missing or wrong, at once; nothing is written then.
pub fn run(env: &Env, spec: &'static FormSpec, args: &ArgMatches) -> Outcome {
    if args.get_flag("blank") {
        return env.data(&super::blank::text(spec, env.lang));
    }
    let folder = env.folder()?;
    let from = match args.get_one::<String>("from") {
        Some(name) if is_sheet(name) => Some((name.clone(), None)),
        Some(name) => Some((name.clone(), Some(form_file(&env.cwd, name)?))),
        None => None,
    };
    // What a person is asked is asked before the lock is taken; else it is gathered under it, so the lists are read once.
    let gather = |book: &Book<'_>| gather(env, book, spec, args, from.as_ref());
    let gathered = if env.asks { Some(gather(&Book::open(&folder, env.time))?) } else { None };
    let note = args.get_one::<String>("note").cloned();
    let files = Files::given(args, spec.fields);
    save(
        env,
        &folder,
        &format!("{} {}", spec.verbs.command, spec.verbs.new),
        &files.paths,
        |book, photos| {
            let (header, lines) = gathered.map_or_else(|| gather(book), Ok)?;
            let by = env.actor(book, &folder)?;
            let at = happened(book, args)?;
            let number = next_number(&folder, spec, book.now.zone.day(at), &by)?;
            let taken = Taken { verb: "new", at, by: &by, note: note.as_deref(), attach: &photos[..files.attached] };
            let text = form_text(&header, spec.lines.map(|l| (l, lines.as_slice())), &taken);
            let path = path_of(spec, &number);
            let (form, problems) = read(spec, number.clone(), &path.as_str().into(), text.as_str().into());
            all_or(problems)?;
            let wrong = form.map(|form| judge(book, None, form.into(), true)).unwrap_or_default();
            all_or(wrong.into_iter().map(Problem::unplaced).collect())?;
            book.sound()?;
            Ok(Change {
                path,
                seen: None,
                text,
                record: number.to_string(),
                subject: spec.verbs.new.to_string(),
                step: Some(1),
                by,
            })
        },
        |book, change| {
            let form = change.record.parse().ok().and_then(|number| book.form(&number));
            if let Some(form) = form.as_ref().filter(|_| env.json) {
                return env.data(&crate::show::json::text(&super::document(env, book, form)));
            }
            env.data(&format!("{}\n", change.record))?;
            if let Some(next) = form.as_deref().and_then(super::next) {
                env.say(&tr!("next: {next}", "下一步：{next}"));
            }
            Ok(())
        },
    )
}

/// Header and lines from the form file, the flags, what is on record, and, on a terminal, the person.
fn gather(
    env: &Env,
    book: &Book<'_>,
    spec: &'static FormSpec,
    args: &ArgMatches,
    from: Option<&(String, Option<String>)>,
) -> Outcome<(Fields, Vec<Fields>)> {
    let mut problems = Vec::new();
    let (mut header, mut lines) = match from {
        Some((name, Some(text))) => from_form(book, spec, name, text)?,
        Some((name, None)) => match spec.lines {
            Some(lines) => (Fields::default(), lines_from_sheet(env, book, lines, name, args)?),
            None => (Fields::default(), Vec::new()),
        },
        None => (Fields::default(), Vec::new()),
    };
    for entry in from_flags(env, book, spec.fields, args, &mut problems).0 {
        header.set(entry.field, entry.value);
    }
    if let Some(line_spec) = spec.lines {
        let given = lines_from_flags(book, line_spec, args, &mut problems);
        if !given.is_empty() {
            lines = given;
        }
    }
    let at = happened(book, args).map_err(|mut failure| {
        problems.append(&mut failure.problems);
        failure
    });
    if let Ok(at) = at {
        defaults::fill_in(book, spec, &mut header, at);
    }
    if problems.is_empty() && env.asks {
        let last = OnceCell::new();
        let before = |field: &Field, known: &Fields| {
            let of_customer = || known.text("customer").and_then(|code| defaults::last_of_customer(book, spec, code));
            let form = last.get_or_init(of_customer).as_ref()?;
            form.header.get(field.key).map(ToString::to_string)
        };
        ask(env, book, spec.fields, spec.lines, &mut header, &mut lines, before)?;
    }
    // A flag that was given wrongly is not missing too, nor is what would have followed from it.
    let wrong = !problems.is_empty();
    let told = |f: &&Field| super::is_given(args, f) || wrong && defaults::fillable(spec).contains(&f.key);
    let given_lines = spec.lines.is_some_and(|l| args.contains_id(l.key));
    let lacking = missing(spec.fields, &header, spec.lines, !lines.is_empty() || given_lines, told);
    problems.extend(lacking);
    if let Some(line_spec) = spec.lines {
        defaults::fill_prices(book, line_spec, None, &mut lines);
    }
    for entry in header.0.iter().filter(|e| matches!(e.value, Value::Time(time) if time > book.now.time)) {
        let (flag, name) = (entry.field.key.replace('_', "-"), entry.field.name);
        problems.push(Problem::new(
            "field.future",
            tr!("--{flag} lies in the future", "{name}（--{flag}）还没有到"; name),
            tr!("record it when it has happened", "请在事情发生之后再登记"),
        ));
    }
    problems.extend(book.take_problems());
    all_or(problems)?;
    Ok((in_order(spec.fields, header), lines))
}
