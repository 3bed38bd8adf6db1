//! What is wrong, in the one layout: message, `file:line:column`, the raw line with a caret, the remedy.

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::clean::{clean, clean_lines, shown};
use super::{BOLD, Canvas};
use crate::base::problem::{Place, Problem};
use crate::base::words::{Lang, Words, words};

const ERROR: Words = words("error", "错误");
const HELP: Words = words("help", "办法");
const COLON: Words = words(": ", "：");

const RED: anstyle::Style = anstyle::AnsiColor::BrightRed.on_default().bold();
const BLUE: anstyle::Style = anstyle::AnsiColor::BrightBlue.on_default().bold();
const CYAN: anstyle::Style = anstyle::AnsiColor::BrightCyan.on_default().bold();

/// Columns of a raw line that are shown where there is no terminal.
const LINE: usize = 100;
/// Columns of a raw line that are shown at the least.
const SHORTEST_LINE: usize = 30;

/// The problems one after another, a blank line between two.
pub fn problems(problems: &[Problem], canvas: &Canvas) -> String {
    problems.iter().map(|problem| one(problem, canvas)).collect::<Vec<_>>().join("\n")
}

fn one(problem: &Problem, canvas: &Canvas) -> String {
    let lang = canvas.lang;
    let colon = COLON.get(lang);
    let level = canvas.paint(RED, &format!("{}[{}]", ERROR.get(lang), clean(problem.code)));
    let message = canvas.paint(BOLD, &format!("{colon}{}", hanging(problem.message.get(lang))));
    let mut out = format!("{level}{message}\n");
    if let Some(place) = &problem.place {
        out += &snippet(place, canvas);
        out.push('\n');
    }
    if !problem.help.get(lang).is_empty() {
        let label = canvas.paint(CYAN, HELP.get(lang));
        out += &format!("{label}{colon}{}\n", hanging(problem.help.get(lang)));
    }
    out
}

/// A text of several lines, all but the first indented.
fn hanging(text: &str) -> String {
    clean_lines(text.trim_end()).replace('\n', "\n  ")
}

/// ` --> file:line:column` and the raw line with its caret, as far as they are known.
/// The first line is written here, as the library would count its column in the line as shortened.
fn snippet(place: &Place, canvas: &Canvas) -> String {
    let digits = if place.line > 0 { place.line.to_string().len() } else { 1 };
    let mut out = format!("{}{} {}", " ".repeat(digits), canvas.paint(BLUE, "-->"), clean(&place.file));
    for number in [place.line, place.column].into_iter().take_while(|&n| n > 0) {
        out += &format!(":{number}");
    }
    if place.line == 0 {
        return out;
    }
    // The line's number and ` | ` before it.
    let room = canvas.width.map_or(LINE, |width| width.saturating_sub(digits + 3)).max(SHORTEST_LINE);
    let (line, caret) = window(place, room);
    let mut source = Snippet::source(line).line_start(place.line).fold(false);
    if place.column > 0 {
        source = source.annotation(AnnotationKind::Primary.span(caret));
    }
    let renderer = if canvas.color { Renderer::styled() } else { Renderer::plain() };
    // `window` has shortened the line already: it knows what a cleaned character takes.
    let renderer = renderer.hyperlink(false).term_width(usize::from(u16::MAX));
    let drawn = renderer.render(&[Group::with_level(Level::ERROR).element(source)]);
    drawn.lines().fold(out, |out, line| out + "\n" + line.trim_end())
}

/// What of the raw line is shown in `room` columns, cleaned, with the bytes that the caret covers.
/// A long line is cut on both sides of the caret, a `…` for what is left out.
fn window(place: &Place, room: usize) -> (String, std::ops::Range<usize>) {
    let pieces: Vec<String> = place.raw.chars().map(piece).collect();
    let widths: Vec<usize> = pieces.iter().map(|p| p.width()).collect();
    let first = place.column.saturating_sub(1).min(pieces.len());
    let last = first.saturating_add(place.width).min(pieces.len());
    let (mut left, mut right, mut used) = (first, first, 0);
    let whole = widths.iter().sum::<usize>() <= room;
    if whole {
        (left, right) = (0, pieces.len());
    } else {
        // A mark of omission at either end, and the caret after the line's end.
        let room = room - 3;
        let grow_left = |left: &mut usize, used: &mut usize, room: usize| {
            while *left > 0 && *used + widths[*left - 1] <= room {
                *left -= 1;
                *used += widths[*left];
            }
        };
        grow_left(&mut left, &mut used, room / 3);
        while right < pieces.len() && used + widths[right] <= room {
            used += widths[right];
            right += 1;
        }
        grow_left(&mut left, &mut used, room);
    }
    let mark = |cut: bool| if cut { "…" } else { "" };
    let before = mark(left > 0).to_string() + &pieces[left..first].concat();
    let under = pieces[first..last.min(right).max(first)].concat();
    let after = pieces[last.min(right).max(first)..right].concat() + mark(right < pieces.len());
    let caret = before.len()..before.len() + under.len();
    (before + &under + &after, caret)
}

/// A character of a raw line as it is shown there: a tab keeps its place as blanks.
fn piece(c: char) -> String {
    match c {
        '\t' => "    ".to_string(),
        _ => shown(c).map_or_else(|| c.to_string(), |instead| instead.to_string()),
    }
}

/// The problems as an array of `file, line, column, code, message, help`; null where there is no file, line or column.
/// Keys and codes are stable, the sentences are in `lang`.
pub fn problems_json(problems: &[Problem], lang: Lang) -> Value {
    let known = |number: usize| (number > 0).then_some(number);
    problems
        .iter()
        .map(|problem| {
            let place = problem.place.as_ref();
            json!({
                "file": place.map(|p| p.file.to_string()),
                "line": place.and_then(|p| known(p.line)),
                "column": place.and_then(|p| known(p.column)),
                "code": problem.code,
                "message": problem.message.get(lang),
                "help": problem.help.get(lang),
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Zone;
    use crate::tr;
    use std::sync::Arc;

    fn at(text: &str, what: &str) -> Place {
        let file: Arc<str> = "orders/2026/11/DD-261121-YX-1.toml".into();
        let start = text.find(what).unwrap();
        Place::at(&file, text, start..start + what.len())
    }

    fn problem(place: Place) -> Problem {
        Problem::new("order.quantity", tr!("too many", "数量过大"), tr!("give fewer", "请减少数量")).at(place)
    }

    fn drawn(place: Place, lang: Lang) -> String {
        problems(&[problem(place)], &Canvas::plain(lang, Zone::default()))
    }

    #[test]
    fn a_place_has_its_line_and_caret() {
        assert_eq!(
            drawn(at("# x\nquantity = 500\n", "500"), Lang::En),
            "error[order.quantity]: too many\n \
             --> orders/2026/11/DD-261121-YX-1.toml:2:12\n  \
             |\n\
             2 | quantity = 500\n  \
             |            ^^^\n\
             help: give fewer\n"
        );
        assert_eq!(
            drawn(at("客户甲,\t订单,500\r\n", "500"), Lang::Zh),
            "错误[order.quantity]：数量过大\n \
             --> orders/2026/11/DD-261121-YX-1.toml:1:9\n  \
             |\n\
             1 | 客户甲,    订单,500\n  \
             |                 ^^^\n\
             办法：请减少数量\n"
        );
    }

    #[test]
    fn a_whole_line_and_a_whole_file_have_no_caret() {
        let place = Place { column: 0, ..at("quantity = 500\n", "500") };
        assert_eq!(
            drawn(place, Lang::En),
            "error[order.quantity]: too many\n \
             --> orders/2026/11/DD-261121-YX-1.toml:1\n  \
             |\n\
             1 | quantity = 500\n  \
             |\n\
             help: give fewer\n"
        );
        assert_eq!(
            drawn(Place::file("cs.toml"), Lang::En),
            "error[order.quantity]: too many\n --> cs.toml\nhelp: give fewer\n"
        );
    }

    #[test]
    fn the_end_of_a_file_has_a_caret_too() {
        let file: Arc<str> = "a.csv".into();
        let shown = drawn(Place::at(&file, "a\n", 2..2), Lang::En);
        assert_eq!(shown, "error[order.quantity]: too many\n --> a.csv:2:1\n  |\n2 |\n  | ^\nhelp: give fewer\n");
    }

    #[test]
    fn no_place_is_message_and_remedy_and_two_are_apart() {
        let one = Problem::new("number.unknown", tr!("no such\nnumber", "没有\n此单号"), tr!("", ""));
        let two = Problem::new("x", tr!("y", "y"), tr!("z", "办"));
        let all = [one, two];
        let draw = |lang| problems(&all, &Canvas::plain(lang, Zone::default()));
        assert_eq!(draw(Lang::En), "error[number.unknown]: no such\n  number\n\nerror[x]: y\nhelp: z\n");
        assert_eq!(draw(Lang::Zh), "错误[number.unknown]：没有\n  此单号\n\n错误[x]：y\n办法：办\n");
    }

    #[test]
    fn a_hostile_line_is_shown_and_the_caret_stays_under_its_word() {
        let shown = drawn(at("name = \"\u{1b}[2J\u{202e}甲\" # 乙\n", "甲"), Lang::En);
        let lines: Vec<&str> = shown.lines().collect();
        assert_eq!(lines[3], "1 | name = \"␛[2J<U+202E>甲\" # 乙");
        assert_eq!(lines[4].find('^').unwrap(), lines[3][..lines[3].find('甲').unwrap()].width());
        assert!(lines[4].ends_with(" ^^"));
    }

    #[test]
    fn a_long_line_is_cut_around_the_caret() {
        for (before, after) in [(0, 5000), (5000, 5000), (5000, 0), (60, 3)] {
            let text = format!("{}错{}\n", "甲a".repeat(before), "乙".repeat(after));
            for width in [None, Some(60), Some(10)] {
                let canvas = Canvas { width, ..Canvas::plain(Lang::Zh, Zone::default()) };
                let shown = problems(&[problem(at(&text, "错"))], &canvas);
                let lines: Vec<&str> = shown.lines().collect();
                let room = width.unwrap_or(LINE + 4).max(SHORTEST_LINE + 4);
                assert!(lines[3].width() <= room && lines[3].width() + 8 > room, "{shown}");
                assert_eq!(lines[4].find('^').unwrap(), lines[3][..lines[3].find('错').unwrap()].width(), "{shown}");
                assert_eq!(lines[3].starts_with("1 | …"), before > 0, "{shown}");
                assert_eq!(lines[3].ends_with('…'), after > 3, "{shown}");
            }
        }
    }

    #[test]
    fn colour_is_written_only_where_it_may_be() {
        let canvas = Canvas { color: true, ..Canvas::plain(Lang::En, Zone::default()) };
        let painted = problems(&[problem(at("x = 1", "1"))], &canvas);
        assert!(painted.contains("\u{1b}["));
        assert_eq!(anstream::adapter::strip_str(&painted).to_string(), drawn(at("x = 1", "1"), Lang::En));
    }

    #[test]
    fn json_has_the_documented_keys_in_order() {
        let all = [
            problem(at("x = 1", "1")),
            problem(Place::file("cs.toml")),
            Problem { place: None, ..problem(at("x", "x")) },
        ];
        let json = problems_json(&all, Lang::Zh);
        let keys: Vec<&String> = json[0].as_object().unwrap().keys().collect();
        assert_eq!(keys, ["file", "line", "column", "code", "message", "help"]);
        assert_eq!(
            (&json[0]["line"], &json[0]["column"], &json[0]["message"]),
            (&1.into(), &5.into(), &"数量过大".into())
        );
        assert_eq!((&json[1]["file"], &json[1]["line"]), (&"cs.toml".into(), &Value::Null));
        assert_eq!(json[2]["file"], Value::Null);
    }
}
