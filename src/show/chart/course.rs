//! Values over time: columns of one series, lines of several or of shares.

use maud::{Markup, html as markup};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::data::{Course, Point, Series};
use super::scale::ticks;
use super::{LETTER, LINE, WIDTH, colour, px, width};
use crate::show::amount::grouped;

/// Height of the field in which the values stand.
const HEIGHT: f64 = 130.0;
/// Free above it, for what is said of the highest.
const ABOVE: f64 = 16.0;
const GAP: f64 = 6.0;

/// The field in which values stand.
struct Field {
    left: f64,
    room: f64,
    low: Decimal,
    high: Decimal,
    points: usize,
}

impl Field {
    fn x(&self, at: usize) -> f64 {
        self.left + (at as f64 + 0.5) * self.step()
    }

    fn step(&self) -> f64 {
        self.room / self.points as f64
    }

    fn y(&self, value: Decimal) -> f64 {
        let part = (value - self.low) / (self.high - self.low);
        ABOVE + HEIGHT - part.to_f64().unwrap_or_default() * HEIGHT
    }
}

/// Draws it; with the height that it takes.
pub fn draw(data: &Course) -> (Markup, f64) {
    let points = || data.series.iter().flat_map(|series| series.values.iter().chain([&series.goal]).flatten());
    let values = || points().map(|point| point.value);
    let least = values().min().unwrap_or_default();
    let most = values().max().unwrap_or_default();
    let whole = Decimal::ONE_HUNDRED;
    // High shares are seen against the whole, low ones among themselves.
    let (high, step) = match data.percent {
        true if most > whole / Decimal::TWO => (most.max(whole), Decimal::TEN),
        true => (most, Decimal::new(1, 1)),
        false => (most, Decimal::ONE),
    };
    let ticks = ticks(least, high, step);
    let says: Vec<String> =
        ticks.iter().map(|tick| grouped(&tick.to_string()) + if data.percent { "%" } else { "" }).collect();
    let left = says.iter().map(|text| width(text)).fold(0.0, f64::max) + GAP;
    let (low, high) = (ticks[0], ticks[ticks.len() - 1]);
    let field = Field { left, room: WIDTH - left, low, high, points: data.at.len() };
    let picture = markup! {
        @for (tick, text) in ticks.iter().zip(&says) {
            @let y = field.y(*tick);
            line class=(if tick.is_zero() { "axis" } else { "guide" }) x1=(px(left)) x2=(px(WIDTH)) y1=(px(y)) y2=(px(y)) {}
            text class="soft" x=(px(left - GAP)) y=(px(y + LETTER * 0.36)) text-anchor="end" { (text) }
        }
        (times(data, &field))
        (goals(data, &field))
        @if data.series.len() == 1 && !data.percent {
            (columns(&data.series[0], &field, &data.at))
        } @else {
            @for (at, series) in data.series.iter().enumerate() { (line(series, at, &field, &data.at)) }
        }
    };
    (picture, ABOVE + HEIGHT + LINE + 4.0)
}

/// When the points are; only every second, third … where all would touch each other.
fn times(data: &Course, field: &Field) -> Markup {
    let widest = data.at.iter().map(|text| width(text)).fold(0.0, f64::max) + GAP;
    let every = (widest / field.step()).ceil().max(1.0) as usize;
    markup! {
        @for (at, text) in data.at.iter().enumerate().step_by(every) {
            @let half = width(text) / 2.0;
            @let x = field.x(at).clamp(half, WIDTH - half);
            text class="soft" x=(px(x)) y=(px(ABOVE + HEIGHT + LINE)) text-anchor="middle" { (text) }
        }
    }
}

/// One series as columns, each with its value above it where there is room for all.
fn columns(series: &Series, field: &Field, times: &[String]) -> Markup {
    let wide = (field.step() * 0.6).min(40.0);
    let room = series.values.iter().flatten().all(|point| width(&point.said) < field.step());
    markup! {
        @for (at, point) in series.values.iter().enumerate() {
            @if let Some(point) = point {
                @let (y, base) = (field.y(point.value), field.y(Decimal::ZERO));
                g {
                    title { (told(series, point, &times[at])) }
                    rect class={ "bar " (colour(0)) } x=(px(field.x(at) - wide / 2.0)) y=(px(y.min(base)))
                        width=(px(wide)) height=(px((base - y).abs())) {}
                    @if room {
                        text class="value" x=(px(field.x(at))) y=(px(y.min(base) - 4.0)) text-anchor="middle" { (point.said) }
                    }
                }
            }
        }
    }
}

/// A series as a line, interrupted where there is no value.
fn line(series: &Series, at: usize, field: &Field, times: &[String]) -> Markup {
    let mut path = String::new();
    let mut joined = false;
    for (place, point) in series.values.iter().enumerate() {
        if let Some(point) = point {
            let pen = if joined { "L" } else { "M" };
            path += &format!("{pen}{} {}", px(field.x(place)), px(field.y(point.value)));
        }
        joined = point.is_some();
    }
    markup! {
        path class={ "line " (colour(at)) } d=(path) {}
        @for (place, point) in series.values.iter().enumerate() {
            @if let Some(point) = point {
                g {
                    title { (told(series, point, &times[place])) }
                    (mark(at, field.x(place), field.y(point.value)))
                }
            }
        }
    }
}

/// What the series are to come to: a line across.
fn goals(data: &Course, field: &Field) -> Markup {
    markup! {
        @for (at, goal) in data.goals() {
            @let y = px(field.y(goal.value));
            line class={ "goal " (colour(at)) } x1=(px(field.left)) x2=(px(WIDTH)) y1=(y) y2=(y) {}
        }
    }
}

fn told(series: &Series, point: &Point, when: &str) -> String {
    format!("{} {when}: {}", series.name, point.told)
}

/// The mark of a series at a place, each of another form.
fn mark(at: usize, x: f64, y: f64) -> Markup {
    let class = format!("bar {}", colour(at));
    let polygon = |points: &[(f64, f64)]| {
        let points: Vec<String> = points.iter().map(|(dx, dy)| format!("{},{}", px(x + dx), px(y + dy))).collect();
        markup! { polygon class=(class) points=(points.join(" ")) {} }
    };
    match at % 4 {
        0 => markup! { circle class=(class) cx=(px(x)) cy=(px(y)) r="3.5" {} },
        1 => polygon(&[(-3.2, -3.2), (3.2, -3.2), (3.2, 3.2), (-3.2, 3.2)]),
        2 => polygon(&[(0.0, -4.2), (4.0, 3.0), (-4.0, 3.0)]),
        _ => polygon(&[(0.0, -4.4), (4.4, 0.0), (0.0, 4.4), (-4.4, 0.0)]),
    }
}

/// What the key at a place looks like: the series, then what they are to come to.
pub fn swatch(data: &Course, at: usize) -> Markup {
    let goal = at.checked_sub(data.series.len()).and_then(|at| data.goals().nth(at));
    markup! {
        svg class="swatch" viewBox="0 0 14 12" aria-hidden="true" {
            @if let Some((of, _)) = goal {
                line class={ "goal " (colour(of)) } x1="0" x2="14" y1="6" y2="6" {}
            } @else {
                path class={ "line " (colour(at)) } d="M0 6L14 6" {}
                (mark(at, 7.0, 6.0))
            }
        }
    }
}
