//! The clauses by which points are given and taken (R58): the department's own table, from a built-in one, changed by
//! `[clauses]` in policy.toml and from a date on by a `[[change]]` (R68).

use std::ops::Range;

use toml::de::DeTable;

use super::rows::{Names, Row, Rows, Wrong, points};
use crate::base::words::{Lang, Text};
use crate::tr;

/// The section of policy.toml that holds them.
pub const SECTION: &str = "clauses";

/// The most points that one entry may give or take.
const MOST: u64 = 1000;

/// A clause: what it is about, and how many points an entry under it gives or takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// `D3.1` for a deduction, `A1.2` for an award.
    pub code: String,
    /// What it is about.
    pub name: Text,
    /// The fewest points, from 1.
    pub min: u64,
    /// The most points, never fewer than `min`.
    pub max: u64,
}

impl Clause {
    /// Whether it gives points; else it takes them.
    pub fn is_award(&self) -> bool {
        is_award(&self.code)
    }

    /// The span of its points: `2`, or `3–5`.
    pub fn span(&self) -> String {
        if self.min == self.max { self.min.to_string() } else { format!("{}–{}", self.min, self.max) }
    }
}

/// Whether a clause of this code gives points; else it takes them.
pub fn is_award(code: &str) -> bool {
    code.starts_with('A')
}

/// The clauses in force, in the order of their codes: deductions first.
pub type Clauses = Rows<Clause>;

impl Row for Clause {
    const PROBLEM: &'static str = "policy.clause";

    fn code(&self) -> &str {
        &self.code
    }

    fn no_code(word: &str) -> Option<Text> {
        order(word).is_none().then(|| {
            tr!(
                "a code is D for a deduction or A for an award, then numbers: \"D3.1\", \"A1.2\", \"D2.3a\"",
                "条款代码以 D（扣分）或 A（加分）开头，后接编号，如 \"D3.1\"、\"A1.2\"、\"D2.3a\""
            )
        })
    }

    fn place(&self, others: &[Clause]) -> usize {
        others.partition_point(|other| order(&other.code) < order(&self.code))
    }

    fn read(code: &str, before: Option<&Clause>, table: &DeTable<'_>, at: &Range<usize>) -> Result<Clause, Wrong> {
        let (mut names, mut span) = (Names::default(), [before.map(|b| b.min), before.map(|b| b.max)]);
        for (key, raw) in table {
            let (word, at_value) = (key.get_ref().as_ref(), || raw.span());
            match word {
                "min" => span[0] = Some(points(raw.get_ref(), MOST).map_err(|help| (at_value(), help))?),
                "max" => span[1] = Some(points(raw.get_ref(), MOST).map_err(|help| (at_value(), help))?),
                _ if names.take(word, raw.get_ref()).map_err(|help| (at_value(), help))? => {}
                // An unquoted D3.1 is a table D3 with a key 1.
                _ => return Err((key.span(), Clause::shape())),
            }
        }
        let [min, max] = span;
        match (names.both(before.map(|before| &before.name)), min.or(max), max.or(min)) {
            (Some(name), Some(min), Some(max)) if min <= max => Ok(Clause { code: code.to_string(), name, min, max }),
            (Some(_), Some(min), Some(max)) => Err((
                at.clone(),
                tr!("min {min} is more than max {max}: give both", "min {min} 大于 max {max}：请一并填写"),
            )),
            _ => Err((at.clone(), Clause::shape())),
        }
    }

    fn unreadable(code: &str) -> Text {
        tr!("the clause {code} (R58) can't be read", "条款 {code}（R58）写法不对")
    }

    fn shape() -> Text {
        tr!(
            "write \"D3.1\" = {{ zh = \"…\", en = \"…\", min = 2, max = 5 }}, the code in quotes; or \"D3.1\" = \"retired\"",
            "请写 \"D3.1\" = {{ zh = \"…\", en = \"…\", min = 2, max = 5 }}（代码加引号），废止写 \"D3.1\" = \"retired\""
        )
    }
}

/// The clauses of the department's rules.
pub(super) fn defaults() -> Clauses {
    Rows::of(DEFAULTS.iter().map(|(code, en, zh, min, max)| Clause {
        code: (*code).to_string(),
        name: Text { en: (*en).to_string(), zh: (*zh).to_string() },
        min: *min,
        max: *max,
    }))
}

/// The section as a new policy.toml holds it.
pub(super) fn text(lang: Lang) -> String {
    let about = tr!(
        "# R58: the clauses of the scores: what each is about and its points, from min to max; D takes points, A gives them.\n# A new one has its own line; one is retired by \"D1.2\" = \"retired\". From a date on, in a [[change]]:\n#   clauses.\"D3.1\" = {{ max = 3 }}\n",
        "# R58：绩效条款：内容及分值（min 至 max）；D 为扣分，A 为加分。\n# 新增条款另起一行；废止写作 \"D1.2\" = \"retired\"。自某日起变更，写在 [[change]] 中：\n#   clauses.\"D3.1\" = {{ max = 3 }}\n"
    );
    let mut text = format!("\n[{SECTION}]\n{}", about.get(lang));
    for (code, en, zh, min, max) in DEFAULTS {
        text.push_str(&format!("\"{code}\" = {{ zh = \"{zh}\", en = \"{en}\", min = {min}, max = {max} }}\n"));
    }
    text
}

/// Where a code stands among the others: deductions first, then by its numbers and its letter. `None` where it is none.
fn order(code: &str) -> Option<(bool, Vec<u32>, Option<char>)> {
    let rest = code.strip_prefix(['D', 'A'])?;
    let letter = rest.chars().last().filter(char::is_ascii_lowercase);
    let numbers = rest.strip_suffix(|last: char| last.is_ascii_lowercase()).unwrap_or(rest).split('.');
    let number = |part: &str| {
        let plain = (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()) && !part.starts_with('0');
        plain.then(|| part.parse().ok()).flatten()
    };
    Some((is_award(code), numbers.map(number).collect::<Option<Vec<u32>>>()?, letter))
}

/// A clause as it is printed: its code, both names, fewest and most points.
type Paper = (&'static str, &'static str, &'static str, u64, u64);

#[rustfmt::skip] // a row is a clause, as on paper
const DEFAULTS: &[Paper] = &[
    ("D1.1", "Own area or duty-roster cleaning neglected", "个人卫生区或值日卫生未做好", 1, 1),
    ("D1.2", "Desk or chair left untidy when leaving", "离岗时桌面、座椅未整理", 1, 1),
    ("D1.3", "Impolite wording", "使用不文明用语", 1, 1),
    ("D1.4", "Unfriendly or unhelpful to colleagues", "对同事不友善、不配合", 1, 1),
    ("D2.1", "One of the three taboos: disrespect to a customer; leaking company data through one's post; disobeying the supervisor", "触犯三大禁忌之一：不尊重客户、利用职务泄露公司资料、不服从主管安排", 5, 5),
    ("D2.2", "Late, left early or absent without reason", "无故迟到、早退或缺勤", 5, 5),
    ("D2.3a", "Private business at work: a call over 3 minutes", "上班时间办私事：私人电话超过 3 分钟", 1, 1),
    ("D2.3b", "Private business at work: unrelated visitors", "上班时间办私事：接待无关人员", 1, 1),
    ("D2.3c", "Private business at work: grooming", "上班时间办私事：化妆、修饰仪容", 1, 1),
    ("D2.3d", "Private business at work: text-chatting", "上班时间办私事：网络或短信聊天", 1, 1),
    ("D2.4a", "Disturbing: noise", "影响办公：大声喧哗", 1, 1),
    ("D2.4b", "Disturbing: unrelated reading or music", "影响办公：看无关书报、听音乐", 1, 1),
    ("D2.4c", "Disturbing: unrelated sites or videos", "影响办公：浏览无关网站、看视频", 1, 1),
    ("D2.5", "Left the post", "擅离岗位", 3, 5),
    ("D2.6", "Forming cliques", "拉帮结派", 5, 5),
    ("D3.1", "The day's work unfinished at closing time", "下班前未完成当日工作", 2, 2),
    ("D3.2", "The supervisor's task not done in time", "未按时完成主管交办的任务", 2, 2),
    ("D3.3", "Inattentive in training, or test failed (and the paper copied out five times)", "培训不认真或考核不合格（另抄写试卷五遍）", 1, 1),
    ("D4.1a", "Phone answered without courtesy", "接听电话未使用礼貌用语", 1, 1),
    ("D4.1b", "Unclear or unprofessional answer", "解答含糊、不专业", 1, 1),
    ("D4.1c", "Argued with a customer", "与客户争吵", 3, 3),
    ("D4.1d", "Left a call waiting without reason", "无故让来电久等", 2, 2),
    ("D4.2", "Quarrel or gossip that splits the team", "争吵或搬弄是非，影响团结", 5, 5),
    ("D4.3", "Acted or reported over someone's head without need", "无故越级办事、越级汇报", 3, 3),
    ("D4.4", "A bad mood that hurt the work", "带情绪上班，影响工作", 2, 5),
    ("D4.5", "Passed the buck", "推诿责任", 2, 5),
    ("D5.1", "Leaked a company secret", "泄露公司机密", 30, 30),
    ("D5.2", "Damaged the department's or company's name", "损害部门或公司名誉", 10, 30),
    ("D5.3", "Wasted company property", "浪费公司财物", 2, 5),
    ("D5.4", "Damaged premises or shared equipment", "损坏办公场所或公用设备", 1, 5),
    ("D5.5", "Other misconduct", "其他违规行为", 1, 5),
    ("A1.1", "Exposed a leak or harm to the company (proved)", "揭发泄密或损害公司利益的行为（经查实）", 10, 30),
    ("A1.2", "Written praise from a customer", "获客户书面表扬", 5, 5),
    ("A1.3", "Praise in person from a customer", "获客户当面表扬", 5, 5),
    ("A1.4", "Excellent work on a task set by a leader", "出色完成领导交办的任务", 3, 5),
    ("A2.1", "Constructive proposal", "提出建设性意见", 5, 10),
    ("A2.2", "Learnt in own time and shared it, work improved", "业余自学并与同事分享，改进工作", 3, 5),
    ("A2.3", "Helped others out for the company's sake", "为公司利益主动帮助他人", 2, 5),
    ("A2.4", "Upheld or won honour for the department or company", "维护部门或公司荣誉，或为其赢得荣誉", 5, 10),
    ("A2.5", "Stayed kind through an unbearable call", "遇难以忍受的来电仍耐心接待", 2, 2),
    ("A3", "Other conduct worth a reward", "其他应予奖励的行为", 2, 5),
];

#[cfg(test)]
mod tests {
    use super::order;
    use crate::base::time::Date;
    use crate::policy::Policy;

    fn clause(policy: &Policy, day: &str, code: &str) -> Option<String> {
        let day: Date = day.parse().unwrap();
        policy
            .at(day)
            .clauses
            .get(code)
            .map(|clause| format!("{} {} {}", clause.name.en, clause.name.zh, clause.span()))
    }

    #[test]
    fn r58_the_built_in_table_is_whole_and_in_order() {
        let policy = Policy::default();
        let codes: Vec<&str> = policy.at(Date::MIN).clauses.iter().map(|clause| clause.code.as_str()).collect();
        assert_eq!(codes.len(), 41);
        assert_eq!((codes[0], codes[6], codes[30], codes[31], codes[40]), ("D1.1", "D2.3a", "D5.5", "A1.1", "A3"));
        assert!(codes.is_sorted_by_key(|code| order(code)) && codes.iter().all(|code| order(code).is_some()));
        assert!(policy.at(Date::MIN).clauses.iter().all(|clause| clause.min >= 1 && clause.min <= clause.max));
    }

    #[test]
    fn r68_clauses_are_changed_added_and_retired_from_a_date_and_keep_what_is_not_named() {
        let text = "[clauses]\n\"D9.1\" = { zh = \"酒后上岗\", min = 5 }\n[[change]]\nfrom = 2026-07-01\n\
                    clauses.\"D3.1\" = { max = 3 }\nclauses.\"D1.2\" = \"retired\"\n[[change]]\nfrom = 2027-01-01\n\
                    clauses.\"D1.2\" = { en = \"Desk untidy\", min = 1, max = 2 }\n";
        let (policy, problems) = Policy::read(text);
        assert_eq!(problems, vec![]);
        let at = |day, code| clause(&policy, day, code).unwrap_or_default();
        let unfinished = "The day's work unfinished at closing time 下班前未完成当日工作";
        assert_eq!(at("2026-06-30", "D3.1"), format!("{unfinished} 2"));
        assert_eq!(at("2026-07-01", "D3.1"), format!("{unfinished} 2–3"));
        assert_eq!(at("2026-06-30", "D9.1"), "酒后上岗 酒后上岗 5");
        assert_eq!(clause(&policy, "2026-12-31", "D1.2"), None);
        assert_eq!(at("2027-01-01", "D1.2"), "Desk untidy Desk untidy 1–2");
        let order: Vec<_> = policy.at(Date::MAX).clauses.iter().map(|clause| clause.code.clone()).collect();
        let place = |code: &str| order.iter().position(|other| other == code).unwrap();
        assert!(place("D1.1") < place("D1.2") && place("D5.5") < place("D9.1") && place("D9.1") < place("A1.1"));
    }

    #[test]
    fn r58_every_clause_that_makes_no_sense_is_named_at_once() {
        for line in [
            "\"B1.1\" = { zh = \"x\", min = 1 }",
            "\"D01\" = { zh = \"x\", min = 1 }",
            "\"D1.\" = { zh = \"x\", min = 1 }",
            "D3.1 = { zh = \"x\", min = 1 }",
            "\"D9.1\" = { zh = \"x\" }",
            "\"D9.1\" = { min = 1 }",
            "\"D9.1\" = { zh = \" \", min = 1 }",
            "\"D9.1\" = { zh = \"x\", min = 0 }",
            "\"D9.1\" = { zh = \"x\", min = 2000 }",
            "\"D9.1\" = \"retired\"",
            "\"D3.1\" = \"gone\"",
            "\"D3.1\" = { max = 1 }",
            "\"D3.1\" = { points = 1 }",
            "\"D3.1\" = 3",
        ] {
            let (policy, problems) = Policy::read(&format!("[clauses]\n{line}\n\"D1.1\" = true\n"));
            let mut told: Vec<_> = problems.iter().map(|p| (p.place.as_ref().unwrap().line, p.code)).collect();
            told.sort_unstable();
            assert_eq!(told, [(2, "policy.clause"), (3, "policy.clause")], "{line}");
            assert_eq!(policy, Policy::default(), "{line}");
        }
    }
}
