//! Makes a form: `cs order new`, `cs ship new`, `cs ship receive`, `cs import order`: from flags, and from what else
//! holds its values.

use std::cell::OnceCell;
use std::sync::Arc;

use clap::ArgMatches;

use super::filled::{Cells, Filled};
use super::lines::{is_sheet, lines_from_sheet};
use super::written::made;
use super::{Files, defaults};
use crate::base::field::{Entry, Field, Fields, Ty, Value};
use crate::base::number::Number;
use crate::base::problem::{Outcome, Problem, all_or};
use crate::book::Book;
use crate::checks::judge;
use crate::commands::ask::ask;
use crate::commands::env::{Env, happened};
use crate::commands::save::{Change, next_number, save};
use crate::commands::sheets::form_file;
use crate::commands::typed::{
    from_flags, from_form, in_order, lacking, lines_from_flags, missing_flag, missing_lines, typed,
};
use crate::forms::form::{Form, path_of};
use crate::forms::read::read;
use crate::forms::shared::FROM_CONSULT;
use crate::forms::spec::FormSpec;
use crate::forms::with_prefix;
use crate::forms::write::Taken;
use crate::store::Folder;
use crate::tr;

/// What a record is made from, beside the flags, which go before it.
pub enum Origin {
    /// Nothing else; a person on a terminal is asked for what is missing.
    Flags,
    /// A TOML form: its file's name and its text.
    Form(String, String),
    /// A spreadsheet of this name that holds the lines.
    Lines(String),
    /// A paper form that was filled in.
    Paper(Filled),
}

/// Runs it.
///
/// # Errors
/// Everything that is missing or wrong, at once; nothing is written then.
pub fn run(env: &Env, spec: &'static FormSpec, args: &ArgMatches) -> Outcome {
    if args.get_flag("blank") {
        return env.data(&super::blank::text(spec, env.lang));
    }
    let folder = env.folder()?;
    let origin = match args.get_one::<String>("from") {
        Some(name) if is_sheet(name) => Origin::Lines(name.clone()),
        Some(name) => Origin::Form(name.clone(), form_file(&env.cwd, name)?),
        None => Origin::Flags,
    };
    make(env, &folder, spec, args, &origin, &format!("{} {}", spec.verbs.command, spec.verbs.new))
}

/// Makes a form, in one change and one commit. `command` is what whoever waits for the folder is told.
///
/// # Errors
/// Everything that is missing or wrong, at once; nothing is written then.
pub fn make(
    env: &Env,
    folder: &Folder,
    spec: &'static FormSpec,
    args: &ArgMatches,
    origin: &Origin,
    command: &str,
) -> Outcome {
    // What a person is asked is asked before the lock is taken; else it is gathered under it, so the lists are read once.
    let gather = |book: &Book<'_>| gather(env, folder, book, spec, args, origin);
    let asks = env.asks && !matches!(origin, Origin::Paper(_));
    let gathered = if asks { Some(gather(&Book::open(folder, env.time))?) } else { None };
    let note = args.get_one::<String>("note").cloned();
    let files = Files::given(args, spec.fields);
    save(
        env,
        folder,
        command,
        &files.paths,
        |book, photos| {
            let Gathered { header, lines, given, cells } = gathered.map_or_else(|| gather(book), Ok)?;
            let by = env.actor(book, folder)?;
            let at = happened(book, args)?;
            let taken = Taken { verb: "new", at, by: &by, note: note.as_deref(), attach: &photos[..files.attached] };
            let Draft { change, form, mut wrong } = draft(folder, book, spec, &header, &lines, &taken)?;
            let of_paper = || Some((origin.paper()?, cells.as_ref()?, form.as_deref()?));
            if let Some((paper, cells, form)) = of_paper() {
                wrong.extend(paper.contradictions(book, cells, form, env.reveal));
            }
            all_or(wrong)?;
            book.sound()?;
            if let Some((paper, _, form)) = of_paper() {
                all_or(paper.repeated(book, form, &given).into_iter().collect())?;
            }
            Ok(change)
        },
        |book, change| {
            let form = change.record.parse().ok().and_then(|number| book.form(&number));
            if let Some(form) = form.as_ref().filter(|_| env.json) {
                return env.data(&crate::show::json::text(&super::document(env, book, form)));
            }
            env.data(&format!("{}\n", change.record))?;
            if let Some(form) = form.as_deref() {
                super::comes_to(book, form).iter().for_each(|text| env.say(text));
            }
            if let Some(next) = form.as_deref().and_then(|form| super::next(book, form)) {
                env.say(&tr!("next: {next}", "下一步：{next}"));
            }
            Ok(())
        },
    )
}

/// A new record before it is saved.
pub struct Draft {
    /// The change that saves it.
    pub change: Change,
    /// The record as it will be read; `None` where nothing of it can be.
    pub form: Option<Arc<Form>>,
    /// What is wrong with it.
    pub wrong: Vec<Problem>,
}

/// Puts a new record together, under the next free number of its maker's day, and judges it.
///
/// # Errors
/// When its file can't be read or can't take it, or what was put together can't be read again.
pub fn draft(
    folder: &Folder,
    book: &Book<'_>,
    spec: &'static FormSpec,
    header: &Fields,
    lines: &[Fields],
    taken: &Taken<'_>,
) -> Outcome<Draft> {
    let number = next_number(folder, book, spec, book.now.zone.day(taken.at), taken.by)?;
    let (seen, text) = made(book, spec, &number, header, spec.lines.map(|known| (known, lines)), taken)?;
    let path = path_of(spec, &number);
    let (form, problems) = read(spec, number.clone(), &path.as_str().into(), text.as_str().into(), book.now);
    all_or(problems)?;
    let form = form.map(Arc::new);
    let judged = form.clone().map(|form| judge(book, None, form, true)).unwrap_or_default();
    let wrong = judged.into_iter().map(Problem::unplaced).collect();
    let (record, subject) = (number.to_string(), spec.verbs.new.to_string());
    let change = Change { path, seen, text, record, subject, step: Some(1), by: taken.by.clone() };
    Ok(Draft { change, form, wrong })
}

impl Origin {
    fn paper(&self) -> Option<&Filled> {
        match self {
            Origin::Paper(filled) => Some(filled),
            _ => None,
        }
    }
}

/// What a record is to hold.
#[derive(Default)]
struct Gathered {
    header: Fields,
    lines: Vec<Fields>,
    /// The header fields that the user gave; the others follow from them.
    given: Fields,
    /// Where the values stood, if a paper form was filled in.
    cells: Option<Cells>,
}

/// What the origin alone holds.
fn read_origin(
    env: &Env,
    book: &Book<'_>,
    spec: &'static FormSpec,
    args: &ArgMatches,
    origin: &Origin,
) -> Outcome<Gathered> {
    let (header, lines) = match origin {
        Origin::Flags => (Fields::default(), Vec::new()),
        Origin::Form(name, text) => from_form(book, spec, name, text)?,
        Origin::Lines(name) => {
            let lines = spec.lines.map(|lines| lines_from_sheet(env, book, lines, name, args));
            (Fields::default(), lines.transpose()?.unwrap_or_default())
        }
        Origin::Paper(paper) => {
            let cells = paper.read(book, spec, args)?;
            let (header, lines) = (cells.header.clone(), cells.lines.clone());
            return Ok(Gathered { header, lines, cells: Some(cells), ..Gathered::default() });
        }
    };
    Ok(Gathered { header, lines, ..Gathered::default() })
}

/// Header and lines from what the record is made from, the flags, what is on record, and, on a terminal, the person.
fn gather(
    env: &Env,
    folder: &Folder,
    book: &Book<'_>,
    spec: &'static FormSpec,
    args: &ArgMatches,
    origin: &Origin,
) -> Outcome<Gathered> {
    let Gathered { mut header, mut lines, mut cells, .. } = read_origin(env, book, spec, args, origin)?;
    let mut problems = cells.as_mut().map(|cells| std::mem::take(&mut cells.problems)).unwrap_or_default();
    let about = about(spec, args);
    let flagged = spec.fields.iter().filter(|field| about.is_none() || Some(field.key) != spec.verbs.subject);
    for entry in from_flags(env, book, flagged, args, &mut problems).0 {
        header.set(entry.field, entry.value);
    }
    if let Some((field, word)) = about {
        match typed(book, field, word) {
            Ok(value) => header.set(field, value),
            Err(problem) => problems.push(problem),
        }
    }
    if let Some(line_spec) = spec.lines {
        let flagged = lines_from_flags(book, line_spec, args, &mut problems);
        if !flagged.is_empty() {
            lines = flagged;
        }
    }
    let given = header.clone();
    let at = happened(book, args).map_err(|mut failure| {
        problems.append(&mut failure.problems);
        failure
    });
    if let Ok(at) = at {
        // That nobody is named is told when the record is made.
        defaults::fill_in(book, spec, &mut header, at, &|| env.actor(book, folder).ok());
    }
    if problems.is_empty() && env.asks && cells.is_none() {
        let last = OnceCell::new();
        let before = |field: &Field, known: &Fields| {
            let of_customer = || known.text("customer").and_then(|code| defaults::last_of_customer(book, spec, code));
            let form = last.get_or_init(of_customer).as_ref()?;
            form.header.get(field.key).map(ToString::to_string)
        };
        ask(env, book, spec.fields, spec.lines, &mut header, &mut lines, before)?;
    }
    if let Some(line_spec) = spec.lines {
        defaults::fill_prices(book, line_spec, None, &mut lines);
    }
    let gathered = Gathered { header: in_order(spec.fields, header), lines, given, cells };
    let lacks = lacks(book, spec, args, origin, &gathered, !problems.is_empty());
    problems.extend(lacks);
    problems.extend(in_the_future(book, origin, &gathered));
    problems.extend(book.take_problems());
    all_or(problems)?;
    Ok(gathered)
}

/// The record that the making verb's first word names in place of what it usually is, with the field that holds such
/// records: `cs visit log WX-261101-YX-1` in place of the customer. What it usually is follows from the record then.
fn about<'a>(spec: &'static FormSpec, args: &'a ArgMatches) -> Option<(&'static Field, &'a str)> {
    let word = args.try_get_one::<String>(spec.verbs.subject?).ok().flatten()?;
    let kind = with_prefix(word.parse::<Number>().ok()?.prefix())?.kind;
    let names = |field: &&Field| matches!(field.ty, Ty::Record(kinds) if kinds.contains(&kind));
    let field = spec.fields.iter().find(names).filter(|field| Some(field.key) != spec.verbs.subject)?;
    Some((field, word))
}

/// What a record must have and lacks, each told where it would have been given. What was given wrongly is not missing
/// too, nor, where anything is `wrong`, what would have followed from it.
fn lacks(
    book: &Book<'_>,
    spec: &'static FormSpec,
    args: &ArgMatches,
    origin: &Origin,
    of: &Gathered,
    wrong: bool,
) -> Vec<Problem> {
    let of_paper = origin.paper().zip(of.cells.as_ref());
    let is_wrong = |f: &Field| of.cells.as_ref().is_some_and(|cells| cells.wrong.contains(&f.key));
    let follows = |f: &Field| {
        let of_consult = defaults::fillable_from_consult(spec).any(|key| key == f.key);
        of_consult && super::is_given(args, &FROM_CONSULT) || defaults::fillable(spec).contains(&f.key)
    };
    let told = |f: &Field| super::is_given(args, f) || is_wrong(f) || wrong && follows(f);
    let lacking_field =
        |field| of_paper.map_or_else(|| missing_flag(field), |(paper, cells)| paper.lacks(cells, field));
    let field = |field| match defaults::undecided(book, spec, field, &of.header) {
        None => lacking_field(field),
        Some(problem) => match of_paper {
            Some((paper, cells)) => paper.at_cell(cells, field, problem),
            None => problem,
        },
    };
    let line = |lines| of_paper.map_or_else(|| missing_lines(lines), |(paper, cells)| paper.lacks_lines(cells, lines));
    let lines = spec.lines.filter(|l| l.required && of.lines.is_empty() && !args.contains_id(l.key));
    lacking(spec.fields, &of.header).filter(|f| !told(f)).map(field).chain(lines.map(line)).collect()
}

/// The one time that is set ahead: when a meeting that is called will be held.
const SET_AHEAD: &str = "when";

/// The times of a record that are still to come although they tell of what happened.
fn in_the_future(book: &Book<'_>, origin: &Origin, of: &Gathered) -> Vec<Problem> {
    let of_paper = origin.paper().zip(of.cells.as_ref());
    let told = of.header.0.iter().filter(|entry| entry.field.key != SET_AHEAD);
    let later = told.filter(|e| matches!(e.value, Value::Time(time) if time > book.now.time));
    let problem = |entry: &Entry| {
        let (flag, name) = (entry.field.key.replace('_', "-"), entry.field.name);
        let problem = Problem::new(
            "field.future",
            tr!("--{flag} lies in the future", "{name}（--{flag}）还没有到"; name),
            tr!("record it when it has happened", "请在事情发生之后再登记"),
        );
        match of_paper {
            Some((paper, cells)) => paper.at_cell(cells, entry.field, problem),
            None => problem,
        }
    };
    later.map(problem).collect()
}
