//! The items on which a call is scored (R54): the department's own table, from a built-in one, changed by `[qa_items]` in
//! policy.toml and from a date on by a `[[change]]` (R68).

use std::ops::Range;

use toml::de::DeTable;

use super::rows::{Names, Row, Rows, Wrong, points};
use crate::base::marks::{MOST, marks};
use crate::base::words::{Lang, Text};
use crate::tr;

/// The section of policy.toml that holds them.
pub const SECTION: &str = "qa_items";

/// An item on which a call is scored, and how many points it has at most.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallItem {
    /// What records hold: `greeting`.
    pub code: String,
    /// What people call it.
    pub name: Text,
    /// Its full points, from 1.
    pub max: u64,
}

/// The items in force, in the order of the paper.
pub type CallItems = Rows<CallItem>;

impl CallItems {
    /// The item that a word means: its code, or its name in either language.
    pub fn meant(&self, word: &str) -> Option<&CallItem> {
        let named = |item: &&CallItem| item.name.zh == word || item.name.en.eq_ignore_ascii_case(word);
        self.get(word).or_else(|| self.iter().find(named))
    }

    /// The full points of a call.
    pub fn full(&self) -> u64 {
        self.iter().map(|item| item.max).sum()
    }
}

impl Row for CallItem {
    const PROBLEM: &'static str = "policy.item";

    fn code(&self) -> &str {
        &self.code
    }

    fn no_code(word: &str) -> Option<Text> {
        let of_code = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let is_word = word.starts_with(char::is_alphabetic) && word.chars().all(of_code);
        // It stands before its points in records, and is no word for all of them.
        let is_code = is_word && marks(word).is_err();
        (!is_code).then(|| {
            tr!(
                "a code is a letter, then letters, digits, _ or -; \"full\" is none: greeting, answer_2",
                "项目代码以文字开头，可含文字、数字、_ 和 -，不能是 full 或 满分：如 greeting、answer_2"
            )
        })
    }

    fn place(&self, others: &[CallItem]) -> usize {
        others.len()
    }

    fn read(code: &str, before: Option<&CallItem>, table: &DeTable<'_>, at: &Range<usize>) -> Result<CallItem, Wrong> {
        let (mut names, mut max) = (Names::default(), before.map(|before| before.max));
        for (key, raw) in table {
            match key.get_ref().as_ref() {
                "max" => max = Some(points(raw.get_ref(), MOST).map_err(|help| (raw.span(), help))?),
                word if names.take(word, raw.get_ref()).map_err(|help| (raw.span(), help))? => {}
                _ => return Err((key.span(), CallItem::shape())),
            }
        }
        match (names.both(before.map(|before| &before.name)), max) {
            (Some(name), Some(max)) => Ok(CallItem { code: code.to_string(), name, max }),
            _ => Err((at.clone(), CallItem::shape())),
        }
    }

    fn unreadable(code: &str) -> Text {
        tr!("the item {code} of a call (R54) can't be read", "质检项目 {code}（R54）写法不对")
    }

    fn shape() -> Text {
        tr!(
            "write greeting = {{ zh = \"…\", en = \"…\", max = 10 }}; or greeting = \"retired\"",
            "请写 greeting = {{ zh = \"…\", en = \"…\", max = 10 }}，停用写 greeting = \"retired\""
        )
    }
}

/// The items of the department's rules.
pub(super) fn defaults() -> CallItems {
    Rows::of(DEFAULTS.iter().map(|(code, en, zh, max)| CallItem {
        code: (*code).to_string(),
        name: Text { en: (*en).to_string(), zh: (*zh).to_string() },
        max: *max,
    }))
}

/// The section as a new policy.toml holds it.
pub(super) fn text(lang: Lang) -> String {
    let about = tr!(
        "# R54: the items on which a call is scored, in the order of the paper, each with its full points.\n# A new one has its own line; one is retired by greeting = \"retired\". From a date on, in a [[change]]:\n#   qa_items.greeting = {{ max = 15 }}\n",
        "# R54：通话质检项目及其满分，按质检单上的顺序排列。\n# 新增项目另起一行；停用写作 greeting = \"retired\"。自某日起变更，写在 [[change]] 中：\n#   qa_items.greeting = {{ max = 15 }}\n"
    );
    let mut text = format!("\n[{SECTION}]\n{}", about.get(lang));
    for (code, en, zh, max) in DEFAULTS {
        text.push_str(&format!("{code} = {{ zh = \"{zh}\", en = \"{en}\", max = {max} }}\n"));
    }
    text
}

/// An item as it is printed: its code, both names, its full points; together they are 100.
const DEFAULTS: &[(&str, &str, &str, u64)] = &[
    ("greeting", "Greeting", "开场问候", 10),
    ("listening", "Listening and understanding", "倾听与理解", 20),
    ("answer", "Answer", "业务解答", 30),
    ("courtesy", "Courtesy", "服务用语与礼貌", 20),
    ("procedure", "Procedure and record", "流程与记录规范", 15),
    ("closing", "Closing", "结束语", 5),
];

#[cfg(test)]
mod tests {
    use crate::base::time::Date;
    use crate::policy::Policy;

    fn items(policy: &Policy, day: &str) -> Vec<String> {
        let day: Date = day.parse().unwrap();
        policy.at(day).call_items.iter().map(|item| format!("{} {}", item.code, item.max)).collect()
    }

    #[test]
    fn r54_the_built_in_items_add_up_to_a_hundred() {
        let policy = Policy::default();
        let items = &policy.at(Date::MIN).call_items;
        assert_eq!((items.full(), items.iter().count()), (100, 6));
        for word in ["answer", "Answer", "ANSWER", "业务解答"] {
            assert_eq!(items.meant(word).map(|item| item.code.as_str()), Some("answer"), "{word}");
        }
        assert!(items.meant("解答").is_none());
    }

    #[test]
    fn r68_items_are_changed_added_and_retired_from_a_date() {
        let text = "[qa_items]\nvoice = { zh = \"语速语调\", max = 10 }\nanswer = { max = 20 }\n[[change]]\n\
                    from = 2026-07-01\nqa_items.greeting = \"retired\"\nqa_items.\"追问\" = { zh = \"追问\", max = 5 }\n\
                    qa_items.care = { en = \"Care\", max = 5 }\n";
        let (policy, problems) = Policy::read(text);
        assert_eq!(problems, vec![]);
        let before =
            ["greeting 10", "listening 20", "answer 20", "courtesy 20", "procedure 15", "closing 5", "voice 10"];
        assert_eq!(items(&policy, "2026-06-30"), before);
        let after = [&before[1..], &["追问 5", "care 5"]].concat();
        assert_eq!(items(&policy, "2026-07-01"), after);
    }

    #[test]
    fn r54_every_item_that_makes_no_sense_is_named_at_once() {
        for line in [
            "\"2nd\" = { zh = \"x\", max = 1 }",
            "full = { zh = \"x\", max = 1 }",
            "\"满分\" = { zh = \"x\", max = 1 }",
            "\"a b\" = { zh = \"x\", max = 1 }",
            "\"a=b\" = { zh = \"x\", max = 1 }",
            "new = { zh = \"x\" }",
            "new = { max = 1 }",
            "new = { zh = \" \", max = 1 }",
            "answer = { max = 0 }",
            "answer = { max = 1001 }",
            "answer = { min = 1 }",
            "new = \"retired\"",
            "answer = \"gone\"",
            "answer = 3",
        ] {
            let (policy, problems) = Policy::read(&format!("[qa_items]\n{line}\ngreeting = true\n"));
            let mut told: Vec<_> = problems.iter().map(|p| (p.place.as_ref().unwrap().line, p.code)).collect();
            told.sort_unstable();
            assert_eq!(told, [(2, "policy.item"), (3, "policy.item")], "{line}");
            assert_eq!(policy, Policy::default(), "{line}");
        }
    }
}
