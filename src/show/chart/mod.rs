//! Charts of a report as SVG: what a section [says is worth looking at](crate::reports::model::Chart), first worked
//! out as plain [data], then drawn, either as [bars] below each other or as a [course](course) over time.
//!
//! A chart is as wide as a phone; a page sets several side by side. Colours are classes, for the page's style to fill;
//! what they tell apart is told by form or place as well. Every mark names its value, and the whole is told in words.

mod against;
mod bars;
mod course;
mod data;
mod figured;
mod scale;

use maud::{Markup, html as markup};

use super::page_wrap;
use crate::base::words::{Lang, words};
use crate::reports::model::{Chart, Section};
use data::Data;

/// Width of a chart, in its own units: about a phone's pixels.
const WIDTH: f64 = 360.0;
/// Size of the letters.
const LETTER: f64 = 11.0;
/// The height of a line of them.
const LINE: f64 = 14.0;

/// A chart with its heading; `None` where the section has nothing to draw it from.
pub(super) fn figure(chart: &Chart, section: &Section, lang: Lang) -> Option<Markup> {
    let data = data::of(chart, section, lang)?;
    let (drawn, height) = match &data {
        Data::Bars(data) => bars::draw(data),
        Data::Course(data) => course::draw(data),
    };
    let title = chart.title.get(lang);
    let keys = data.keys();
    Some(markup! {
        figure class="chart" {
            figcaption { (title) }
            @if keys.len() > 1 {
                ul class="keys" {
                    @for (at, key) in keys.iter().enumerate() {
                        li { (data.swatch(at)) (key) }
                    }
                }
            }
            svg viewBox={ "0 0 " (WIDTH) " " (px(height)) } role="img" {
                title { (title) }
                desc { (data.told().join(words("; ", "；").get(lang))) }
                (drawn)
            }
        }
    })
}

/// A length with one decimal, and none where that is 0: the same digits on every machine.
fn px(length: f64) -> String {
    let digits = format!("{length:.1}");
    digits.strip_suffix(".0").map_or(digits.clone(), str::to_string)
}

/// The class that gives a series its colour.
fn colour(at: usize) -> String {
    format!("c{}", at % 6 + 1)
}

/// About how wide a text is drawn: a Latin letter takes about half of a Chinese one, a percent sign nearly a whole.
fn width(text: &str) -> f64 {
    (page_wrap::width(text) as f64 * 0.55 + text.matches('%').count() as f64 * 0.4) * LETTER
}

/// A text in lines of at most `room`; what goes beyond `most` lines ends in `…`.
fn lines(text: &str, room: f64, most: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    // A word that is wider than a line is broken anywhere.
    let whole = |piece: &str| width(piece.trim_end()) <= room + 0.1;
    let pieces = page_wrap::pieces(text).flat_map(|piece| {
        if whole(piece) { vec![piece.to_string()] } else { piece.chars().map(String::from).collect() }
    });
    for piece in pieces {
        let last = lines.len() - 1;
        if !lines[last].is_empty() && width(&lines[last]) + width(piece.trim_end()) > room + 0.1 {
            lines.push(piece);
        } else {
            lines[last].push_str(&piece);
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        let last = &mut lines[most - 1];
        while width(last) + width("…") > room && last.pop().is_some() {}
        last.push('…');
    }
    lines.iter().map(|line| line.trim_end().to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_one_decimal_at_most() {
        assert_eq!([0.0, 12.04, 12.06, -3.25].map(px), ["0", "12", "12.1", "-3.2"]);
    }

    #[test]
    fn a_label_is_broken_where_a_line_may_end_and_cut_where_no_line_is_left() {
        let room = 8.0 * LETTER * 0.55;
        assert_eq!(lines("成都商场", room, 2), ["成都商场"]);
        assert_eq!(lines("成都商场展柜", room, 2), ["成都商场", "展柜"]);
        assert_eq!(lines("成都商场展柜灯带坏了又坏", room, 2), ["成都商场", "展柜灯…"]);
        assert_eq!(lines("one two three", room, 3), ["one two", "three"]);
        assert_eq!(lines("ABCDEFGHIJKL", room, 2), ["ABCDEFGH", "IJKL"]);
    }
}
