//! Changes header fields or lines of a form that no living signature covers (R67) and that nothing else holds to what
//! they are.

use clap::ArgMatches;

use super::step::{existing, sound};
use super::written::edited;
use super::{Files, is_given};
use crate::base::field::{Entry, Fields, Value};
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::words::words;
use crate::book::Book;
use crate::checks::unchangeable;
use crate::commands::env::{Env, happened};
use crate::commands::find::find_number;
use crate::commands::save::{Change, save};
use crate::commands::typed::{cleared, from_flags, lines_from_flags};
use crate::forms::form::Form;
use crate::forms::spec::{FormSpec, LineSpec};
use crate::forms::write::Taken;
use crate::show::mask;
use crate::tr;

/// Runs it.
///
/// # Errors
/// When a field may not be edited any more, a value is wrong, or nothing asked for; nothing is written then.
pub fn run(env: &Env, spec: &'static FormSpec, args: &ArgMatches) -> Outcome {
    let folder = env.folder()?;
    let word = args.get_one::<String>("NUMBER").cloned().unwrap_or_default();
    let files = Files::given(args, spec.fields);
    save(
        env,
        &folder,
        spec.verbs.edit,
        &files.paths,
        |book, photos| {
            let number = find_number(book, &[spec], &word)?;
            let before = existing(book, &number)?;
            let mut problems = Vec::new();
            let given = from_flags(env, book, spec.fields, args, &mut problems);
            let lines =
                spec.lines.map(|l| (l, lines_from_flags(book, l, args, &mut problems))).filter(|(_, l)| !l.is_empty());
            let cleared = cleared(spec.fields, args, &mut problems);
            let mut changes: Vec<(&'static str, Option<&Value>)> = cleared.iter().map(|key| (*key, None)).collect();
            changes.extend(
                given
                    .0
                    .iter()
                    .filter(|e| before.header.get(e.field.key) != Some(&e.value))
                    .map(|e| (e.field.key, Some(&e.value))),
            );
            let mut keys: Vec<&str> = changes.iter().map(|(key, _)| *key).collect();
            keys.extend(lines.as_ref().map(|(spec, _)| spec.key));
            if let Some((line_spec, _)) = lines.as_ref().filter(|(line_spec, _)| has_own_words(&before, line_spec)) {
                problems.push(own_words(&before, line_spec.key));
            }
            if keys.is_empty() && problems.is_empty() {
                problems.push(nothing(spec, args));
            }
            problems.extend(unchangeable(book, &before, &keys));
            all_or(problems)?;
            let by = env.actor(book, &folder)?;
            let at = happened(book, args)?;
            let was = was(env, book, &before, &keys, args.get_one::<String>("note").map(String::as_str));
            let taken = Taken { verb: "edit", at, by: &by, note: Some(&was), attach: &photos[..files.attached] };
            let lines = lines.as_ref().map(|(spec, lines)| (*spec, lines.as_slice()));
            let text = edited(&before, &changes, lines, &taken)?;
            let step = sound(book, &before, &text, true)?;
            Ok(Change {
                path: before.file.to_string(),
                seen: Some(before.text.to_string()),
                text,
                record: number.to_string(),
                subject: format!("edit: {}", keys.join(" ")),
                step: Some(step),
                by,
            })
        },
        |book, change| {
            if env.json
                && let Some(form) = change.record.parse().ok().and_then(|n| book.form(&n))
            {
                return env.data(&crate::show::json::text(&super::document(env, book, &form)));
            }
            let (number, what) = (&change.record, &change.subject);
            env.say(&tr!("{number}: {what}", "{number}：已修改（{what}）"));
            Ok(())
        },
    )
}

/// True where a form's lines hold comments or keys that `cs` knows nothing of: they would not survive being replaced.
fn has_own_words(form: &Form, spec: &LineSpec) -> bool {
    let head = format!("[[{}]]", spec.key);
    let mut inside = false;
    form.text.lines().map(str::trim).any(|line| {
        if line.starts_with('[') {
            inside = line.starts_with(&head);
            return inside && line.contains('#');
        }
        let key = line.split('=').next().unwrap_or("").trim();
        let known = line.is_empty() || spec.fields.iter().any(|f| f.key == key);
        // What stands in quotes is no comment.
        let bare: String = line.split('"').step_by(2).collect();
        inside && (!known || bare.contains('#'))
    })
}

fn own_words(form: &Form, key: &str) -> Problem {
    let (file, command) = (&form.file, form.spec.verbs.command);
    Problem::new(
        "edit.own-words",
        tr!(
            "the [[{key}]] tables of {file} hold comments or keys of your own",
            "{file} 的 [[{key}]] 里有您自己的注释或键"
        ),
        tr!(
            "change them by hand, then cs check; or record a change: cs {command} change",
            "请手工修改后执行 cs check；或登记变更：cs {command} change"
        ),
    )
}

fn nothing(spec: &FormSpec, args: &ArgMatches) -> Problem {
    if spec.fields.iter().any(|f| is_given(args, f)) {
        return Problem::new(
            "edit.same",
            tr!("nothing differs from what is on record", "与现有内容相同，没有变化"),
            tr!("give a new value", "请填写新的值"),
        );
    }
    let flags = spec.fields.iter().map(|f| format!("--{}", f.key.replace('_', "-"))).collect::<Vec<_>>().join(" ");
    Problem::new(
        "edit.nothing",
        tr!("what is to be changed?", "要修改哪一项？"),
        tr!("give at least one of: {flags}", "请至少填写其中一项：{flags}"),
    )
}

/// What the changed fields held before, kept with the step so that it is seen outside git too. A note is shown whole
/// to everybody, so contacts and phones stand in it masked (R4).
fn was(env: &Env, book: &Book<'_>, before: &Form, keys: &[&str], note: Option<&str>) -> String {
    let (lang, zone) = (env.lang, book.now.zone);
    let mut parts: Vec<String> = note.map(str::to_string).into_iter().collect();
    for key in keys {
        let lines = before.spec.lines.filter(|l| l.key == *key);
        let name = before.spec.field(key).map(|f| f.name).or(lines.map(|l| l.name));
        let name = name.map_or(*key, |words| words.get(lang));
        let old = match (before.header.entry(key), lines) {
            (Some(Entry { field, value: Value::Text(text), .. }), _) if field.ty.is_private() => Some(mask::mask(text)),
            (Some(entry), _) => Some(entry.value.show(entry.field.ty, lang, zone)),
            (None, Some(_)) => {
                let line =
                    |fields: &Fields| fields.0.iter().map(|e| e.value.to_string()).collect::<Vec<_>>().join(" × ");
                Some(before.lines.iter().map(line).collect::<Vec<_>>().join(", "))
            }
            (None, None) => None,
        };
        // A long text must leave room for the note itself.
        let old = old.map(|old| old.chars().take(500).collect::<String>());
        let told = match old {
            Some(old) => tr!("{key} was {old}", "{name}原为 {old}"),
            None => tr!("{key} was empty", "{name}原为空"),
        };
        parts.push(told.get(lang).to_string());
    }
    parts.join(words("; ", "；").get(lang))
}
