//! The notes of the department: Markdown files under `knowledge/`, each section a unit.

use super::{Origin, Unit};
use crate::base::problem::Problem;
use crate::base::source::Source;
use crate::base::words::Text;

/// Where the notes lie.
pub const DIR: &str = "knowledge";
/// How many directories deep notes are looked for: no more, so that a link to a directory above ends somewhere.
const DEEPEST: usize = 8;
/// What stands between the headings over a section.
const BELOW: &str = " › ";

/// The sections of all notes, in the order of their files; and which notes can't be read, each a problem.
pub fn notes(source: &dyn Source) -> (Vec<Unit>, Vec<Problem>) {
    let (mut units, mut problems) = (Vec::new(), Vec::new());
    walk(source, DIR, 1, &mut units, &mut problems);
    (units, problems)
}

fn walk(source: &dyn Source, dir: &str, depth: usize, units: &mut Vec<Unit>, problems: &mut Vec<Problem>) {
    let names = source.names(dir).unwrap_or_else(|problem| {
        problems.push(problem);
        Vec::new()
    });
    for name in names {
        let path = format!("{dir}/{name}");
        if let Some(inner) = path.strip_suffix('/') {
            if depth < DEEPEST {
                walk(source, inner, depth + 1, units, problems);
            }
            continue;
        }
        let Some(stem) = name.strip_suffix(".md").or_else(|| name.strip_suffix(".MD")) else { continue };
        match source.read(&path) {
            Ok(Some(text)) => units.extend(sections(&text).into_iter().map(|section| section.unit(&path, stem))),
            Ok(None) => {}
            Err(problem) => problems.push(problem),
        }
    }
}

/// A section: the headings over it, the highest first, and what stands below the last of them.
#[derive(Debug, PartialEq, Eq)]
struct Section {
    headings: Vec<String>,
    body: String,
}

impl Section {
    fn unit(self, path: &str, stem: &str) -> Unit {
        // The first heading of a note usually says again what the file is called.
        let said = self.headings.iter().skip_while(|heading| heading.to_lowercase() == stem.to_lowercase());
        let part = said.cloned().collect::<Vec<_>>().join(BELOW);
        let title = format!("{stem} {}", part.replace(BELOW, " "));
        let text = Text::same(&self.body);
        Unit { origin: Origin::Note, file: path.to_string(), part, title: title.trim().into(), body: self.body, text }
    }
}

/// The sections of a Markdown text that say something. A heading is a line of one to six `#`, a blank and its words;
/// within fenced code there is none.
fn sections(text: &str) -> Vec<Section> {
    let mut sections = Vec::new();
    let mut headings: Vec<(usize, String)> = Vec::new();
    let mut body: Vec<&str> = Vec::new();
    let mut fence: Option<&str> = None;
    let mut end = |headings: &[(usize, String)], body: &mut Vec<&str>| {
        let said = body.join("\n").trim_matches('\n').trim_end().to_string();
        body.clear();
        if !said.trim().is_empty() {
            sections.push(Section { headings: headings.iter().map(|(_, words)| words.clone()).collect(), body: said });
        }
    };
    for line in text.trim_start_matches('\u{feff}').lines() {
        let mark = ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
        match (fence, heading(line)) {
            (Some(open), _) => fence = (mark != Some(open)).then_some(open),
            (None, Some((level, words))) => {
                end(&headings, &mut body);
                headings.retain(|(above, _)| *above < level);
                headings.push((level, words.to_string()));
                continue;
            }
            (None, None) => fence = mark,
        }
        body.push(line.trim_end());
    }
    end(&headings, &mut body);
    sections
}

/// The level and the words of a heading.
fn heading(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    let words = rest.trim().trim_end_matches('#').trim_end();
    ((1..=6).contains(&level) && rest.starts_with([' ', '\t']) && !words.is_empty()).then_some((level, words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        sections(text).iter().map(|s| format!("{}: {}", s.headings.join("/"), s.body.replace('\n', "|"))).collect()
    }

    #[test]
    fn each_heading_begins_a_section_below_those_above_it() {
        let text =
            "\u{feff}前言\r\n\r\n# 退换货\n\n## 流程 ##\n1. 申请\n\n2. 批准\n### 例外\n定制不退\n## 时限\n七天\n# 空\n";
        assert_eq!(
            told(text),
            [": 前言", "退换货/流程: 1. 申请||2. 批准", "退换货/流程/例外: 定制不退", "退换货/时限: 七天"]
        );
    }

    #[test]
    fn what_only_looks_like_a_heading_is_none() {
        let text = "# a\n#b\n####### c\n```\n# d\n~~~\n```\n#\n# e\nf\n";
        assert_eq!(told(text), ["a: #b|####### c|```|# d|~~~|```|#", "e: f"]);
        assert_eq!(told(""), [] as [&str; 0]);
    }

    #[test]
    fn a_unit_is_called_by_its_file_and_its_headings() {
        let of = |text: &str| {
            let unit = sections(text).remove(0).unit("knowledge/售后/退换货.md", "退换货");
            (unit.part, unit.title)
        };
        assert_eq!(of("# 退换货\n## 流程\n申请"), ("流程".to_string(), "退换货 流程".to_string()));
        assert_eq!(of("# 退换货\n# 退换货范围\n都可以").0, "退换货范围");
        assert_eq!(of("# 退货\n## 流程\n申请"), ("退货 › 流程".to_string(), "退换货 退货 流程".to_string()));
        assert_eq!(of("申请"), (String::new(), "退换货".to_string()));
    }
}
