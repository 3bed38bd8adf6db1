//! A blank form to fill in with an editor: every field of the kind with its meaning, for `new --from`.

use crate::base::field::{Field, Need, Ty};
use crate::base::words::{Lang, words};
use crate::forms::spec::FormSpec;

/// The text of a blank form. Fields that may be left out are commented out; those that must be there are empty, and are
/// refused until they are filled in.
pub fn text(spec: &FormSpec, lang: Lang) -> String {
    let verbs = &spec.verbs;
    let number = if verbs.subject.is_some() { " NUMBER" } else { "" };
    let colon = words(": ", "：").get(lang);
    let mut text = format!("# {}{colon}cs {} {}{number} --from FILE\n", spec.name.get(lang), verbs.command, verbs.new);
    for field in spec.fields.iter().filter(|f| Some(f.key) != verbs.subject) {
        push(&mut text, field, super::defaults::fillable(spec).contains(&field.key), lang);
    }
    if let Some(lines) = spec.lines {
        text.push_str(&format!("\n# {}{colon}{}\n[[{}]]\n", lines.name.get(lang), lines.help.get(lang), lines.key));
        for field in lines.fields {
            push(&mut text, field, false, lang);
        }
    }
    text
}

fn push(text: &mut String, field: &Field, filled: bool, lang: Lang) {
    let colon = words(": ", "：").get(lang);
    let required = field.need == Need::Required && !filled;
    let mark = if required { words(" (required)", "（必填）").get(lang) } else { "" };
    let off = if required { "" } else { "# " };
    let (name, help) = (field.name.get(lang), field.help.get(lang));
    let meaning = if name == help { String::new() } else { format!("{colon}{help}") };
    text.push_str(&format!("# {name}{mark}{meaning}\n"));
    text.push_str(&format!("{off}{} = {}\n", field.key, empty(field.ty)));
}

/// What stands for a value that is still to come: of the type's shape, and refused by it where it can be.
fn empty(ty: Ty) -> &'static str {
    match ty {
        Ty::Quantity | Ty::Count | Ty::Step => "0",
        Ty::Flag => "true",
        _ if ty.is_many() => "[]",
        _ => "\"\"",
    }
}
