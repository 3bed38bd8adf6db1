//! What the department knows, for whoever has to answer a caller: the lists that may be told and the notes under
//! `knowledge/`, cut into short units, of which a few words find the fitting ones, best first. Knows nothing of records.
//!
//! How units are ranked: every word must be found in a unit, in any letter case. A word found in the title, the names
//! of a row or the headings over a note, counts 4; as the pinyin initials of characters of the title 2; anywhere else,
//! the name of the kind of unit included, 1. The higher sum goes first, then the shorter unit, then the order of the
//! lists and files.

mod freight;
mod notes;
mod units;

use std::cmp::Reverse;

pub use freight::{Quote, quotes};
pub use notes::{DIR, notes};
pub use units::known;

use crate::base::pinyin;
use crate::base::words::{Text, Words, words};

const IN_TITLE: u32 = 4;
const BY_INITIALS: u32 = 2;
const IN_BODY: u32 = 1;

/// What kind of thing a unit is, in the order in which equals are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// 园区经营户与专线.
    Directory,
    /// 展俱型号.
    Product,
    /// A carrier's line with its price.
    Line,
    /// 客户.
    Customer,
    /// 商场/门店.
    Site,
    /// 广告公司.
    Agency,
    /// A section of a note.
    Note,
}

/// All of them.
pub const ORIGINS: [Origin; 7] =
    [Origin::Directory, Origin::Product, Origin::Line, Origin::Customer, Origin::Site, Origin::Agency, Origin::Note];

impl Origin {
    /// What scripts see.
    pub fn code(self) -> &'static str {
        match self {
            Origin::Directory => "directory",
            Origin::Product => "product",
            Origin::Line => "line",
            Origin::Customer => "customer",
            Origin::Site => "site",
            Origin::Agency => "agency",
            Origin::Note => "note",
        }
    }

    /// What people call it; they may look for it by these words too.
    pub fn name(self) -> Words {
        match self {
            Origin::Directory => words("directory", "经营户与专线"),
            Origin::Product => words("product price", "展俱型号价格"),
            Origin::Line => words("freight line", "线路运费"),
            Origin::Customer => words("customer", "客户"),
            Origin::Site => words("site", "商场门店"),
            Origin::Agency => words("agency", "广告公司"),
            Origin::Note => words("note", "知识"),
        }
    }
}

/// One thing that may be the answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// What it is.
    pub origin: Origin,
    /// The file that it is from.
    pub file: String,
    /// Where in the file: a row's code, or the headings over a section; empty above the first heading.
    pub part: String,
    /// The names by which it is called.
    pub title: String,
    /// What else it is found by.
    pub body: String,
    /// What is told of it; may say less than it is found by, never more than may be told (R4).
    pub text: Text,
}

/// A unit that fits, with its score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit<'u> {
    /// The unit.
    pub unit: &'u Unit,
    /// How well it fits; at least 1 a word.
    pub score: u32,
}

/// The units that hold every word, best first. None where there are no words.
pub fn rank<'u>(units: &'u [Unit], words: &[String]) -> Vec<Hit<'u>> {
    let words: Vec<String> = words.iter().map(|word| word.to_lowercase()).collect();
    let fitting = units.iter().filter_map(|unit| Some(Hit { unit, score: score(unit, &words)? }));
    let mut hits: Vec<Hit<'u>> = fitting.filter(|hit| hit.score > 0).collect();
    hits.sort_by_key(|hit| (Reverse(hit.score), length(hit.unit)));
    hits
}

fn length(unit: &Unit) -> usize {
    unit.title.chars().count() + unit.body.chars().count()
}

/// How well a unit fits words in lower case; `None` where it lacks one.
fn score(unit: &Unit, words: &[String]) -> Option<u32> {
    let title = unit.title.to_lowercase();
    // What was typed in one word may be parted in the title.
    let joined: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let name = unit.origin.name();
    let body = [unit.body.as_str(), name.en, name.zh].join("\n").to_lowercase();
    let weight = |word: &String| {
        if title.contains(word.as_str()) || joined.contains(word.as_str()) {
            Some(IN_TITLE)
        } else if title.split_whitespace().any(|part| pinyin::fits(part, word)) {
            Some(BY_INITIALS)
        } else {
            body.contains(word.as_str()).then_some(IN_BODY)
        }
    };
    words.iter().map(weight).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(origin: Origin, part: &str, title: &str, body: &str) -> Unit {
        let part = part.to_string();
        Unit { origin, file: String::new(), part, title: title.into(), body: body.into(), text: Text::same(body) }
    }

    fn found(units: &[Unit], line: &str) -> Vec<(String, u32)> {
        let words: Vec<String> = line.split_whitespace().map(str::to_string).collect();
        rank(units, &words).iter().map(|hit| (hit.unit.part.clone(), hit.score)).collect()
    }

    #[test]
    fn a_title_goes_before_a_body_then_the_shorter_then_the_order() {
        let units = [
            unit(Origin::Note, "long", "退换货 流程", "收到申请后核对照片，主管批准。"),
            unit(Origin::Note, "body", "投诉", "涉及退换货的转主管"),
            unit(Origin::Note, "short", "退换货 时限", "七天内"),
            unit(Origin::Note, "same", "退换货 范围", "七天内"),
        ];
        let expect = [("short", 4), ("same", 4), ("long", 4), ("body", 1)].map(|(part, n)| (part.to_string(), n));
        assert_eq!(found(&units, "退换货"), expect);
    }

    #[test]
    fn every_word_must_be_found_and_each_counts() {
        let units = [
            unit(Origin::Agency, "sh", "上海艺城广告 上海", "瑶华"),
            unit(Origin::Agency, "hz", "杭州明轩标识 杭州", "瑶华"),
            unit(Origin::Product, "m", "YH-G120 瑶华玻璃展柜", "LED lamp"),
        ];
        assert_eq!(found(&units, "上海 瑶华"), [("sh".to_string(), 5)]);
        assert_eq!(found(&units, "广告公司 hz"), [("hz".to_string(), 3)]);
        assert_eq!(found(&units, "yh-g LED"), [("m".to_string(), 5)]);
        assert_eq!(found(&units, "瑶华 钛合金"), []);
        assert_eq!(found(&units, ""), []);
    }

    #[test]
    fn a_word_may_be_typed_together_and_by_its_initials_in_the_title_alone() {
        let units = [unit(Origin::Note, "n", "退换货 流程", "提交申请")];
        assert_eq!(found(&units, "退换货流程"), [("n".to_string(), 4)]);
        assert_eq!(found(&units, "thh"), [("n".to_string(), 2)]);
        assert_eq!(found(&units, "tjsq"), []);
    }
}
