//! A carrier's lines with their prices, as one cell of `lists/carriers.csv` holds them:
//! `成都-拉萨、林芝 380/m3 5-7d; 全国 3.8/kg`.

use std::fmt;

use super::money::{Measure, Money};
use super::pinyin;

/// What a price is for one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Per {
    /// A cubic metre.
    Volume,
    /// A kilogram.
    Weight,
    /// A piece.
    Piece,
}

/// How each unit may be written; the first way is the one that is shown.
const UNITS: &[(Per, &[&str])] = &[
    (Per::Volume, &["m3", "m³", "立方米", "立方", "方"]),
    (Per::Weight, &["kg", "公斤", "千克"]),
    (Per::Piece, &["piece", "pieces", "pcs", "pc", "件"]),
];

/// Places that stand for any place.
const ANYWHERE: &[&str] = &["全国", "nationwide"];

impl Per {
    fn read(text: &str) -> Option<Per> {
        let text = text.trim().to_lowercase();
        UNITS.iter().find(|(_, ways)| ways.contains(&text.as_str())).map(|(per, _)| *per)
    }

    /// What scripts and people read: `m3`, `kg`, `piece`.
    pub fn code(self) -> &'static str {
        UNITS.iter().find(|(per, _)| *per == self).map_or("", |(_, ways)| ways[0])
    }
}

/// How much is to be sent: a measure above 0 and its unit, written together as `2.5m3`, `30kg` or `4件`.
pub fn quantity(word: &str) -> Option<(Measure, Per)> {
    let at = word.find(|c: char| !(c.is_ascii_digit() || c == '.'))?;
    let (measure, per) = (word[..at].parse::<Measure>().ok()?, Per::read(&word[at..])?);
    (!measure.is_zero()).then_some((measure, per))
}

/// One line of a carrier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Route {
    /// Where it starts; `None` where only the places served are written.
    pub from: Option<String>,
    /// Where it leads; never none.
    pub to: Vec<String>,
    /// The price of one unit.
    pub price: Money,
    /// The unit.
    pub per: Per,
    /// The fewest and the most days that it takes, where they are known.
    pub days: Option<(u64, u64)>,
}

impl Route {
    /// Reads `[FROM-]TO[、TO …] PRICE/UNIT [DAYS]`; days are `3d` or `2-3d`, `d` or `天`.
    fn read(text: &str) -> Option<Route> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let at = words.iter().position(|word| word.contains('/')).filter(|at| *at > 0)?;
        let (price, unit) = words[at].split_once('/')?;
        let price = price.parse::<Money>().ok().filter(|price| *price > Money::ZERO)?;
        let days = match &words[at + 1..] {
            [] => None,
            [days] => Some(span(days)?),
            _ => return None,
        };
        let places = words[..at].join(" ");
        let (from, to) = match places.split_once('-') {
            Some((from, to)) => (Some(from.trim().to_string()), to),
            None => (None, places.as_str()),
        };
        let to: Vec<String> = to.split(['、', ',', '，']).map(|place| place.trim().to_string()).collect();
        let named = to.iter().chain(&from).all(|place| !place.is_empty());
        named.then_some(Route { from, to, price, per: Per::read(unit)?, days })
    }

    /// Whether it leads to a place, by a part of its name or its pinyin initials.
    pub fn leads_to(&self, word: &str) -> bool {
        self.to.iter().any(|place| means(place, word))
    }

    /// Whether it starts at or leads to a place; one that does not say where it starts may start anywhere it serves.
    pub fn touches(&self, word: &str) -> bool {
        self.from.iter().chain(&self.to).any(|place| means(place, word))
    }
}

/// `3d` or `2-3d`, as the fewest and the most days.
fn span(text: &str) -> Option<(u64, u64)> {
    let lower = text.to_lowercase();
    let days = lower.strip_suffix('d').or_else(|| lower.strip_suffix('天'))?;
    let (least, most) = days.split_once(['-', '–']).unwrap_or((days, days));
    let whole = |digits: &str| digits.parse::<u64>().ok().filter(|_| digits.bytes().all(|b| b.is_ascii_digit()));
    let (least, most) = (whole(least)?, whole(most)?);
    (least <= most && most <= 366).then_some((least, most))
}

fn means(place: &str, word: &str) -> bool {
    let (place, word) = (place.to_lowercase(), word.to_lowercase());
    ANYWHERE.contains(&place.as_str()) || place.contains(&word) || pinyin::fits(&place, &word)
}

impl fmt::Display for Route {
    /// The places alone: `成都-拉萨、林芝`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(from) = &self.from {
            write!(f, "{from}-")?;
        }
        f.write_str(&self.to.join("、"))
    }
}

/// Reads all lines of a cell, separated by `;`.
///
/// # Errors
/// The first piece that is none.
pub fn routes(text: &str) -> Result<Vec<Route>, String> {
    let pieces = text.split([';', '；']).map(str::trim).filter(|piece| !piece.is_empty());
    pieces.map(|piece| Route::read(piece).ok_or_else(|| piece.to_string())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_holds_lines_with_their_prices_and_days() {
        let lines = routes("成都-拉萨、林芝 380/m3 5-7d; New York-San Jose 3.80/KG；成都市内 15/件 1天").unwrap();
        let told: Vec<String> =
            lines.iter().map(|line| format!("{line} {} {} {:?}", line.price, line.per.code(), line.days)).collect();
        assert_eq!(
            told,
            [
                "成都-拉萨、林芝 380.00 m3 Some((5, 7))",
                "New York-San Jose 3.80 kg None",
                "成都市内 15.00 piece Some((1, 1))",
            ]
        );
        assert_eq!(lines[0].from.as_deref(), Some("成都"));
    }

    #[test]
    fn what_is_no_line_is_named() {
        for wrong in [
            "成都-拉萨",
            "380/m3",
            "成都-拉萨 380",
            "成都-拉萨 380/箱",
            "成都-拉萨 0/m3",
            "成都-拉萨 -5/m3",
            "成都-拉萨 三百/m3",
            "成都- 380/m3",
            "-拉萨 380/m3",
            "成都-拉萨、 380/m3",
            "成都-拉萨 380/m3 7-5d",
            "成都-拉萨 380/m3 soon",
            "成都-拉萨 380/m3 5d 急",
        ] {
            assert_eq!(routes(&format!("成都-上海 280/m3; {wrong}")), Err(wrong.to_string()));
        }
        assert_eq!(routes(" ; "), Ok(Vec::new()));
    }

    #[test]
    fn a_place_is_found_by_a_part_or_its_initials_and_nationwide_is_everywhere() {
        let lines = routes("成都-拉萨 380/m3; 全国 3.8/kg").unwrap();
        assert!(lines[0].leads_to("拉萨") && lines[0].leads_to("ls") && !lines[0].leads_to("成都"));
        assert!(lines[0].touches("成都") && !lines[0].touches("昆明"));
        assert!(lines[1].leads_to("昆明") && lines[1].touches("成都"));
    }

    #[test]
    fn a_quantity_is_a_measure_with_its_unit() {
        let read = |word| quantity(word).map(|(measure, per)| format!("{measure} {}", per.code()));
        for (word, expect) in [
            ("2.5m3", Some("2.5 m3")),
            ("2.5M³", Some("2.5 m3")),
            ("3方", Some("3 m3")),
            ("30公斤", Some("30 kg")),
            ("4件", Some("4 piece")),
            ("4", None),
            ("m3", None),
            ("0kg", None),
            ("A101", None),
            ("1.2345m3", None),
            ("2.5米", None),
        ] {
            assert_eq!(read(word).as_deref(), expect, "{word}");
        }
    }
}
