//! Bars below each other: a label, the bar, and what is said at its end.

use maud::{Markup, html as markup};

use super::data::{Bar, Bars, Look, Scale};
use super::{LETTER, LINE, WIDTH, colour, lines, px, width};

/// The widest labels, and the lines that they may take.
const LABEL: f64 = 118.0;
const LABEL_LINES: usize = 3;
/// What is free between label, bar and what is said.
const GAP: f64 = 6.0;
const THICK: f64 = 14.0;
/// The share from which on the rest matters little.
const MOST: f64 = 0.8;

/// Draws them; with the height that they take.
pub fn draw(data: &Bars) -> (Markup, f64) {
    let cumulated = data.scale == Scale::Cumulated;
    let widest = |texts: &mut dyn Iterator<Item = f64>| texts.fold(0.0, f64::max);
    let label = widest(&mut data.rows.iter().map(|bar| width(&bar.label))).min(LABEL) + GAP;
    let said = widest(&mut data.rows.iter().map(|bar| width(&bar.said))) + GAP + 3.0;
    // In a Pareto chart the value has a column of its own: at the end of its bar the line would cross it.
    let value = |bar: &Bar| bar.parts.first().map_or(0.0, |part| width(&part.said));
    let values = if cumulated { widest(&mut data.rows.iter().map(value)) + 2.0 * GAP } else { 0.0 };
    let room = WIDTH - label - said - values;
    let across = |value: f64| if data.full > 0.0 { value / data.full * room } else { 0.0 };

    let mut top = if cumulated { LINE } else { 2.0 };
    let first = top;
    let mut drawn = Vec::new();
    let mut path = String::new();
    let mut dots = Vec::new();
    for bar in &data.rows {
        let words = lines(&bar.label, label - GAP, LABEL_LINES);
        let height = (words.len() as f64 * (LETTER + 1.5)).max(THICK) + 6.0;
        let middle = top + height / 2.0;
        let place = Place { label, room, values, top: middle - THICK / 2.0, middle };
        drawn.push(row(data, bar, &words, &place, &across));
        if cumulated {
            let (x, y) = (px(label + across(bar.so_far)), px(middle));
            path += &format!("{}{x} {y}", if path.is_empty() { "M" } else { "L" });
            dots.push((x, y));
        }
        top += height;
    }
    let whole = px(label + across(data.full * MOST));
    let picture = markup! {
        @if cumulated {
            line class="guide" x1=(whole) x2=(whole) y1=(px(first - 2.0)) y2=(px(top)) {}
            text class="soft" x=(whole) y=(px(first - 4.0)) text-anchor="middle" { "80%" }
        }
        @for row in &drawn { (row) }
        @if cumulated {
            path class="sofar" d=(path) {}
            @for (x, y) in &dots { circle class="sofar" cx=(x) cy=(y) r="2.5" {} }
        }
    };
    (picture, top + 2.0)
}

/// Where a bar stands.
struct Place {
    label: f64,
    room: f64,
    values: f64,
    top: f64,
    middle: f64,
}

fn row(data: &Bars, bar: &Bar, words: &[String], place: &Place, across: &dyn Fn(f64) -> f64) -> Markup {
    let base = |line: usize| {
        let above = (words.len() as f64 - 1.0) / 2.0;
        px(place.middle + LETTER * 0.36 + (line as f64 - above) * (LETTER + 1.5))
    };
    let beside = px(place.middle + LETTER * 0.36);
    let mut x = place.label;
    let parts: Vec<(usize, f64, f64, &str)> = bar
        .parts
        .iter()
        .enumerate()
        .map(|(at, part)| {
            let (from, wide) = (x, across(part.value));
            x += wide;
            (at, from, wide, part.said.as_str())
        })
        .collect();
    let several = data.rows.iter().any(|bar| bar.parts.len() > 1);
    // A bar of one part has the colour of its judgement, of several only what goes beyond the goal.
    let judged = bar.met.filter(|_| !several).map(tone);
    let beyond = bar.goal.filter(|goal| several && bar.met == Some(false) && bar.length() > *goal);
    let (top, thick) = (px(place.top), px(THICK));
    markup! {
        g {
            title { (bar.told) }
            @for (at, word) in words.iter().enumerate() { text x="0" y=(base(at)) { (word) } }
            @if let Some(whole) = whole(data, bar) {
                rect class="rest" x=(px(place.label)) y=(top) width=(px(across(whole))) height=(thick) {}
            }
            @for (at, from, wide, said) in parts {
                @if wide > 0.0 {
                    @let colour = judged.map_or_else(|| colour(at), str::to_string);
                    rect class={ "bar " (colour) } x=(px(from)) y=(top) width=(px(wide.max(0.5))) height=(thick) {}
                    // Only where the number fits into its part.
                    @if several && !said.is_empty() && wide > width(said) + 4.0 {
                        text class="inside" x=(px(from + wide / 2.0)) y=(beside) text-anchor="middle" { (said) }
                    }
                }
            }
            @if let Some(goal) = beyond {
                @let (from, to) = (across(goal), across(bar.length()));
                rect class={ "bar " (tone(false)) } x=(px(place.label + from)) y=(top) width=(px(to - from))
                    height=(thick) {}
            }
            @if let Some(mark) = bar.mark {
                rect class="mark" x=(px(place.label + across(mark) - 1.5)) y=(px(place.top - 3.0)) width="3"
                    height=(px(THICK + 6.0)) {}
            }
            @if let Some(goal) = bar.goal {
                @let at = px(place.label + across(goal));
                line class="goal" x1=(at) x2=(at) y1=(px(place.top - 3.0)) y2=(px(place.top + THICK + 3.0)) {}
            }
            @if data.scale == Scale::Cumulated {
                @let value = bar.parts.first().map_or("", |part| &part.said);
                text x=(px(place.label + place.room + place.values)) y=(beside) text-anchor="end" { (value) }
            }
            @if !bar.said.is_empty() {
                text class=[(data.scale == Scale::Cumulated).then_some("soft")] x=(px(WIDTH)) y=(beside)
                    text-anchor="end" { (bar.said) }
            }
        }
    }
}

/// The whole that is drawn behind a bar.
fn whole(data: &Bars, bar: &Bar) -> Option<f64> {
    match data.scale {
        Scale::OfAll => Some(data.full),
        Scale::ToGoal => bar.goal,
        Scale::Plain | Scale::Cumulated => None,
    }
}

/// The class that gives what is judged its colour.
fn tone(met: bool) -> &'static str {
    if met { "good" } else { "bad" }
}

/// How something looks beside what it is called.
pub fn swatch(look: Look) -> Markup {
    let square = |class: &str| markup! { rect class={ "bar " (class) } x="1" y="1" width="12" height="10" {} };
    markup! {
        svg class="swatch" viewBox="0 0 14 12" aria-hidden="true" {
            @match look {
                Look::Mark => rect class="mark" x="5.5" y="0" width="3" height="12" {},
                Look::Goal => line class="goal" x1="7" x2="7" y1="0" y2="12" {},
                Look::SoFar => { path class="sofar" d="M0 6L14 6" {} circle class="sofar" cx="7" cy="6" r="2.5" {} },
                Look::Part(at) => (square(&colour(at))),
                Look::Judged(met) => (square(tone(met))),
            }
        }
    }
}
