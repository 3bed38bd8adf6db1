//! From what was typed (flags, lines, a TOML form, answers) to checked fields. All problems at once.

use std::sync::Arc;

use clap::ArgMatches;

use crate::base::field::{BETWEEN, Field, Fields, List, Need, Ty, Value};
use crate::base::problem::{Outcome, Problem, all_or};
use crate::base::toml::Doc;
use crate::base::words::{Text, words};
use crate::book::Book;
use crate::commands::env::Env;
use crate::commands::find::find_number;
use crate::forms::spec::{FormSpec, LineSpec};
use crate::store::photo::photo_name;
use crate::tr;

/// A value that was typed for a field: list codes by any word that means one, record numbers by any fragment.
///
/// # Errors
/// A problem that names the flag and says what fits.
pub fn typed(book: &Book<'_>, field: &'static Field, text: &str) -> Result<Value, Problem> {
    let (flag, name) = (field.key.replace('_', "-"), field.name);
    typed_as(book, field, text, &tr!("--{flag}", "{name}（--{flag}）"; name))
}

/// The same, for a value whose field is called otherwise than by its flag where it was typed.
///
/// # Errors
/// A problem that calls the field so and says what fits.
pub fn typed_as(book: &Book<'_>, field: &'static Field, text: &str, called: &Text) -> Result<Value, Problem> {
    let one = |ty: Ty, text: &str| -> Result<String, Problem> {
        match ty {
            Ty::Code(list) | Ty::Codes(list) => book.list(list).resolve(text).and_then(|code| active(book, list, code)),
            Ty::Record(kinds) | Ty::Records(kinds) => {
                let kinds: Vec<_> = kinds.iter().map(|kind| crate::forms::spec_of(*kind)).collect();
                find_number(book, &kinds, text).map(|n| n.to_string())
            }
            Ty::Stint => Ok(book.figures().hours_named(text).map_or(text.to_string(), |stint| stint.to_string())),
            _ => Ok(text.to_string()),
        }
    };
    let resolved = match field.ty {
        Ty::Code(_) | Ty::Record(_) | Ty::Stint => one(field.ty, text)?,
        Ty::Codes(_) | Ty::Records(_) => {
            let parts = text.split(BETWEEN).map(str::trim).filter(|p| !p.is_empty());
            parts.map(|part| one(field.ty, part)).collect::<Result<Vec<_>, _>>()?.join(";")
        }
        _ => text.to_string(),
    };
    field.ty.parse(&resolved, book.now).map_err(|help| {
        let help = if field.ty == Ty::Stint { or_named(book, help) } else { help };
        Problem::new("field.value", tr!("{called} can't be \"{text}\"", "{called}不能是“{text}”"; called), help)
    })
}

/// What hours may be typed as, with the names that policy.toml has for some.
fn or_named(book: &Book<'_>, help: Text) -> Text {
    let named = book.figures().shift_spans.iter().map(|named| format!("{} {}", named.names.join("/"), named.hours));
    let list = Text::join(&named.map(Text::same).collect::<Vec<_>>(), words(", ", "、"));
    if list.en.is_empty() {
        return help;
    }
    tr!("{help}; or a name: {list}", "{help}；或填班名：{list}"; help, list)
}

/// The code, unless it is of an agency that nobody works with any more.
fn active(book: &Book<'_>, list: List, code: String) -> Result<String, Problem> {
    let row = book.list(list).get(&code).filter(|_| list == List::Agencies);
    if row.and_then(|row| row.fields.text("status")) != Some("stopped") {
        return Ok(code);
    }
    Err(Problem::new(
        "agency.stopped",
        tr!("we no longer work with {code}", "广告公司 {code} 已停用"),
        tr!(
            "take another (cs agency list), or take it up again: cs agency edit {code} --status active",
            "请改用其他广告公司（cs agency list），或恢复合作：cs agency edit {code} --status active"
        ),
    ))
}

/// The fields given by flags.
pub fn from_flags(
    env: &Env,
    book: &Book<'_>,
    known: impl IntoIterator<Item = &'static Field>,
    args: &ArgMatches,
    problems: &mut Vec<Problem>,
) -> Fields {
    let mut fields = Fields::default();
    for field in known {
        let Ok(given) = args.try_get_raw(field.key) else { continue };
        let set = args.value_source(field.key) == Some(clap::parser::ValueSource::CommandLine);
        let value = match field.ty {
            Ty::Flag if set && args.get_flag(field.key) => Ok(Value::Yes),
            Ty::Flag => continue,
            _ => match given {
                None => continue,
                Some(_) => {
                    let words: Vec<&str> =
                        args.get_many::<String>(field.key).into_iter().flatten().map(String::as_str).collect();
                    if field.ty == Ty::Files {
                        words.iter().map(|path| photo(env, path)).collect::<Result<_, _>>().map(Value::Many)
                    } else {
                        typed(book, field, &words.join(";"))
                    }
                }
            },
        };
        match value {
            Ok(value) => fields.set(field, value),
            Err(problem) => problems.push(problem),
        }
    }
    fields
}

/// The name that a picture gets under `photos/`, where `save` puts it.
fn photo(env: &Env, path: &str) -> Result<String, Problem> {
    let source = env.cwd.join(path);
    let name = photo_name(&source).map_err(|mut failure| failure.problems.remove(0))?;
    let picture = infer::get_from_path(&source).ok().flatten();
    if picture.is_some_and(|kind| kind.matcher_type() == infer::MatcherType::Image) {
        return Ok(name);
    }
    Err(Problem::new(
        "photo.picture",
        tr!("{path} is no picture", "{path} 不是图片"),
        tr!(
            "give a photo (JPEG, PNG, HEIC …); keep other files with --attach FILE",
            "请给出照片（JPEG、PNG、HEIC 等）；其他文件请用 --attach 保存"
        ),
    ))
}

/// The lines given by a line flag.
pub fn lines_from_flags(
    book: &Book<'_>,
    spec: &'static LineSpec,
    args: &ArgMatches,
    problems: &mut Vec<Problem>,
) -> Vec<Fields> {
    let Ok(Some(given)) = args.try_get_many::<String>(spec.key) else { return Vec::new() };
    given
        .filter_map(|text| match line(book, spec, text) {
            Ok(fields) => Some(fields),
            Err(mut wrong) => {
                problems.append(&mut wrong);
                None
            }
        })
        .collect()
}

/// One line as typed: `MODEL=QTY[@PRICE][:key=value …]`.
///
/// # Errors
/// All that is wrong with it.
pub fn line(book: &Book<'_>, spec: &'static LineSpec, text: &str) -> Result<Fields, Vec<Problem>> {
    let (key, syntax) = (spec.key, spec.syntax());
    let shape = || {
        vec![Problem::new(
            "line.syntax",
            tr!("--{key} \"{text}\" is not written as a line", "--{key} “{text}”的写法不对"),
            tr!("write it as {syntax}", "请写成 {syntax}"),
        )]
    };
    let (first, rest) = text.split_once('=').ok_or_else(shape)?;
    let (second, tail) = rest.split_once(':').map_or((rest, None), |(second, tail)| (second, Some(tail)));
    let (second, third) = match (spec.after_at, second.split_once('@')) {
        (Some(_), Some((second, third))) => (second, Some(third)),
        _ => (second, None),
    };
    let mut given: Vec<(&str, &str)> = vec![(spec.fields[0].key, first), (spec.fields[1].key, second)];
    given.extend(spec.after_at.zip(third));
    let named = if spec.after_colon.is_some() { None } else { tail };
    given.extend(spec.after_colon.zip(tail));
    for part in named.into_iter().flat_map(|tail| tail.split(':')) {
        let (name, value) = part.split_once('=').unwrap_or((part, "true"));
        let field = spec.fields[2..].iter().find(|f| f.key.replace('_', "-") == name);
        given.push((field.ok_or_else(shape)?.key, value));
    }
    let mut fields = Fields::default();
    let mut problems = Vec::new();
    for (key, value) in given {
        let Some(field) = spec.fields.iter().find(|f| f.key == key) else { continue };
        match typed(book, field, value.trim()) {
            Ok(value) => fields.set(field, value),
            Err(problem) => problems.push(problem),
        }
    }
    // What was given wrongly is not missing too.
    if problems.is_empty() {
        let lacking = spec.fields.iter().filter(|f| f.need == Need::Required && fields.get(f.key).is_none());
        problems.extend(lacking.map(|field| {
            let (lacks, name) = (field.key, field.name);
            Problem::new(
                "line.missing",
                tr!("--{key} \"{text}\" lacks its {lacks}", "--{key} “{text}”缺少{name}"; name),
                tr!("write it as {syntax}", "请写成 {syntax}"),
            )
        }));
    }
    if problems.is_empty() { Ok(fields) } else { Err(problems) }
}

/// Header and lines of a TOML form that a user names by `--from`.
///
/// # Errors
/// What is wrong with the file, at its lines.
pub fn from_form(book: &Book<'_>, spec: &'static FormSpec, name: &str, text: &str) -> Outcome<(Fields, Vec<Fields>)> {
    let file: Arc<str> = name.into();
    let mut doc = Doc::new(&file, text);
    let Some(root) = doc.parse() else { return Err(doc.problems.into()) };
    let lines_key = spec.lines.map(|l| l.key);
    let keys: Vec<&str> = spec.fields.iter().map(|f| f.key).chain(lines_key).collect();
    unknown_keys(&mut doc, &root, &keys);
    if let Some(line_spec) = spec.lines {
        let keys: Vec<&str> = line_spec.fields.iter().map(|f| f.key).collect();
        for (table, _) in doc.tables(&root, line_spec.key) {
            unknown_keys(&mut doc, table, &keys);
        }
    }
    let mut read = |table: &toml::de::DeTable<'_>, known: &'static [Field]| {
        let mut fields = Fields::default();
        for field in known {
            let Some(raw) = table.get(field.key) else { continue };
            let words: Option<String> = match (field.ty, raw.get_ref()) {
                (Ty::Code(_) | Ty::Record(_) | Ty::Stint, toml::de::DeValue::String(text)) => Some(text.to_string()),
                (Ty::Codes(_) | Ty::Records(_), toml::de::DeValue::Array(items)) => {
                    items.iter().map(|i| i.get_ref().as_str()).collect::<Option<Vec<_>>>().map(|w| w.join(";"))
                }
                _ => None,
            };
            let value = match words {
                Some(words) => typed(book, field, &words).map(Some).map_err(|p| (p.message, p.help)),
                None => crate::base::toml::value(field.ty, raw.get_ref()).map_err(|help| {
                    let (key, name) = (field.key, field.name);
                    (tr!("{key} has a value that it can't take", "{name}（{key}）的值不对"; name), help)
                }),
            };
            match value {
                Ok(Some(value)) => fields.set(field, value),
                Ok(None) => {}
                Err((message, help)) => doc.wrong("field.value", raw.span(), message, help),
            }
        }
        fields
    };
    let header = read(&root, spec.fields);
    let mut lines = Vec::new();
    if let Some(line_spec) = spec.lines
        && let Some(toml::de::DeValue::Array(items)) = root.get(line_spec.key).map(|r| r.get_ref())
    {
        lines.extend(items.iter().filter_map(|i| i.get_ref().as_table()).map(|table| read(table, line_spec.fields)));
    }
    all_or(doc.problems)?;
    Ok((header, lines))
}

/// Tells of keys that a form has no use for: what is typed wrongly would be lost.
fn unknown_keys(doc: &mut Doc<'_>, table: &toml::de::DeTable<'_>, keys: &[&str]) {
    for (key, raw) in table.iter().filter(|(key, _)| !keys.contains(&key.get_ref().as_ref())) {
        let (name, all) = (key.get_ref(), keys.join(", "));
        doc.wrong(
            "form.key",
            raw.span(),
            tr!("the form has no field {name}", "表单没有 {name} 这一项"),
            tr!("its fields are: {all}", "可填的项有：{all}"),
        );
    }
}

/// Everything that a form lacks, in one problem each.
pub fn missing(
    known: &'static [Field],
    fields: &Fields,
    lines: Option<&'static LineSpec>,
    has_lines: bool,
) -> Vec<Problem> {
    let no_lines = lines.filter(|spec| spec.required && !has_lines);
    lacking(known, fields).map(missing_flag).chain(no_lines.map(missing_lines)).collect()
}

/// The fields that must be there and are not.
pub fn lacking(known: &'static [Field], fields: &Fields) -> impl Iterator<Item = &'static Field> {
    known.iter().filter(|f| f.need == Need::Required && fields.get(f.key).is_none())
}

/// The problem of a field that no flag gave.
pub fn missing_flag(field: &'static Field) -> Problem {
    let (flag, name) = (field.key.replace('_', "-"), field.name);
    let message = tr!("--{flag} is missing", "缺少{name}（--{flag}）"; name);
    Problem::new("field.missing", message, field.ty.expects())
}

/// The problem of lines that no flag gave.
pub fn missing_lines(spec: &'static LineSpec) -> Problem {
    let (key, syntax, name) = (spec.key, spec.syntax(), spec.name);
    Problem::new(
        "line.missing",
        tr!("--{key} is missing", "缺少{name}（--{key}）"; name),
        tr!("give at least one: --{key} {syntax}", "请至少填写一行：--{key} {syntax}"),
    )
}

/// Puts fields into the order of their table, so that every file of a kind reads alike.
pub fn in_order(known: &'static [Field], mut fields: Fields) -> Fields {
    fields.0.sort_by_key(|entry| known.iter().position(|f| f.key == entry.field.key));
    fields
}

/// The optional fields that `--clear` names.
pub fn cleared(known: &'static [Field], args: &ArgMatches, problems: &mut Vec<Problem>) -> Vec<&'static str> {
    let optional = || known.iter().filter(|f| f.need == Need::Optional).map(|f| f.key);
    let mut keys = Vec::new();
    for name in args.get_many::<String>("clear").into_iter().flatten() {
        let key = name.trim_start_matches("--").replace('-', "_");
        match optional().find(|k| *k == key) {
            Some(key) => keys.push(key),
            None => {
                let all = optional().collect::<Vec<_>>().join(", ");
                problems.push(Problem::new(
                    "edit.clear",
                    tr!("{name} can't be emptied", "{name} 不能清空"),
                    tr!("these can: {all}", "可清空的项：{all}"),
                ));
            }
        }
    }
    keys
}
