//! What several figures of a layer of policy.toml have to agree on. Where they don't, they stay as they were before the
//! layer, and it is told.

use toml::de::DeTable;

use super::{CallItem, Figures, items};
use crate::base::toml::Doc;
use crate::base::words::Text;
use crate::tr;

/// One such agreement.
struct Agreement {
    /// The code of its problem.
    code: &'static str,
    /// The section of policy.toml that holds the figures.
    section: &'static str,
    /// What is wrong with them, and the remedy.
    wrong: fn(&Figures) -> Option<(Text, Text)>,
    /// Takes them over from others.
    take: fn(&mut Figures, &Figures),
}

const AGREEMENTS: &[Agreement] = &[
    Agreement {
        code: "policy.weights",
        section: "score",
        wrong: weights,
        take: |figures, from| figures.score_weights = from.score_weights,
    },
    Agreement {
        code: "policy.warn",
        section: "score",
        wrong: warning,
        take: |figures, from| (figures.score_warn, figures.score_flag) = (from.score_warn, from.score_flag),
    },
    Agreement {
        code: "policy.cap",
        section: "score",
        wrong: cap,
        take: |figures, from| (figures.score_base, figures.score_cap) = (from.score_base, from.score_cap),
    },
    Agreement {
        code: "policy.items",
        section: items::SECTION,
        wrong: call_items,
        take: |figures, from| figures.call_items = from.call_items.clone(),
    },
];

/// Takes the figures as they were before where those of a layer don't agree; tells of it where the layer names them.
pub(super) fn agree(doc: &mut Doc<'_>, layer: &DeTable<'_>, figures: &mut Figures, before: &Figures) {
    for agreement in AGREEMENTS {
        let Some((message, help)) = (agreement.wrong)(figures) else { continue };
        (agreement.take)(figures, before);
        let named = layer.iter().find(|(section, _)| section.get_ref() == agreement.section);
        doc.wrong(agreement.code, named.map_or(0..0, |(section, _)| section.span()), message, help);
    }
}

/// The weights of the bonus base are one whole (R55).
fn weights(figures: &Figures) -> Option<(Text, Text)> {
    /// In percent.
    const WHOLE: u64 = 100;
    let sum: u64 = figures.score_weights.iter().sum();
    (sum != WHOLE).then(|| {
        (
            tr!(
                "the weights of the bonus base (R55) add up to {sum}, not to {WHOLE}",
                "绩效奖金基数的三项权重（R55）合计为 {sum}，应为 {WHOLE}"
            ),
            tr!(
                "weight_work, weight_performance and weight_other are percents of one whole",
                "weight_work、weight_performance、weight_other 三项之和须为 {WHOLE}"
            ),
        )
    })
}

/// Nobody is warned only once not to stay in post (R57).
fn warning(figures: &Figures) -> Option<(Text, Text)> {
    let (warn, flag) = (figures.score_warn, figures.score_flag);
    (warn > flag).then(|| {
        (
            tr!(
                "the warning at {warn} points comes after the {flag} from which nobody is to stay in post (R57)",
                "预警线 {warn} 分高于不宜留岗线 {flag} 分（R57）"
            ),
            tr!("score.warn is at most score.flag", "score.warn 不得大于 score.flag"),
        )
    })
}

/// A month without points is not above the most that there is (R55).
fn cap(figures: &Figures) -> Option<(Text, Text)> {
    let (base, cap) = (figures.score_base, figures.score_cap);
    (cap < base).then(|| {
        (
            tr!(
                "the performance score is at most {cap}, and {base} without any points (R55)",
                "绩效得分上限 {cap} 低于基准分 {base}（R55）"
            ),
            tr!("score.cap is at least score.base", "score.cap 不得小于 score.base"),
        )
    })
}

/// Calls are scored on some item, and each word names one (R54).
fn call_items(figures: &Figures) -> Option<(Text, Text)> {
    let all: Vec<&CallItem> = figures.call_items.iter().collect();
    if all.is_empty() {
        return Some((
            tr!("no item is left on which a call is scored (R54)", "质检项目已全部停用（R54）"),
            tr!("keep one in force, or add one", "请至少保留或新增一个项目"),
        ));
    }
    let names = |item: &CallItem| [&item.code, &item.name.en, &item.name.zh].map(|name| name.to_lowercase());
    let alike = |one: &CallItem, other: &CallItem| names(one).iter().any(|name| names(other).contains(name));
    let of_one = all.iter().enumerate().find_map(|(at, one)| {
        let other = all[at + 1..].iter().find(|other| alike(one, other))?;
        Some((&one.code, &other.code))
    });
    of_one.map(|(one, other)| {
        (
            tr!(
                "the items {one} and {other} of a call have one name (R54)",
                "质检项目 {one} 与 {other} 名称相同（R54）"
            ),
            tr!("give each a name of its own, in both languages", "请为每个项目填写不同的中英文名称"),
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::policy::Policy;

    /// What is told of a text, each as `line code`.
    fn told(text: &str) -> (Policy, Vec<String>) {
        let (policy, problems) = Policy::read(text);
        let told = problems.iter().map(|p| format!("{} {}", p.place.as_ref().unwrap().line, p.code)).collect();
        (policy, told)
    }

    #[test]
    fn r54_r55_r57_figures_that_contradict_each_other_are_told_and_the_former_stand() {
        let retired = ["greeting", "listening", "answer", "courtesy", "procedure", "closing"]
            .map(|code| format!("{code} = \"retired\"\n"))
            .concat();
        for (text, code) in [
            ("[score]\nwarn = 31\n", "1 policy.warn"),
            ("[score]\nflag = 19\n", "1 policy.warn"),
            ("[score]\ncap = 99\n", "1 policy.cap"),
            ("[score]\nbase = 121\n", "1 policy.cap"),
            ("[score]\nweight_work = 50\n", "1 policy.weights"),
            (&format!("[qa_items]\n{retired}"), "1 policy.items"),
            ("[qa_items]\nvoice = { zh = \"业务解答\", en = \"Voice\", max = 5 }\n", "1 policy.items"),
            ("[qa_items]\nvoice = { zh = \"声音\", en = \"closing\", max = 5 }\n", "1 policy.items"),
        ] {
            let (policy, told) = told(text);
            assert_eq!(told, [code], "{text}");
            assert_eq!(policy, Policy::default(), "{text}");
        }
        for text in [
            "[score]\nwarn = 30\ncap = 100\n",
            "[score]\nwarn = 40\nflag = 50\n",
            &format!("[qa_items]\n{retired}voice = {{ zh = \"声音\", max = 5 }}\n"),
        ] {
            assert_eq!(told(text).1, [] as [String; 0], "{text}");
        }
    }

    #[test]
    fn r68_each_layer_agrees_with_what_it_builds_on() {
        let text = "[score]\nwarn = 25\n[[change]]\nfrom = 2027-01-01\nscore.flag = 24\nscore.cap = 110\n\
                    [[change]]\nfrom = 2027-02-01\nscore.flag = 26\nscore.base = 115\n";
        let (policy, told) = told(text);
        assert_eq!(told, ["5 policy.warn", "9 policy.cap"]);
        let at = |day: &str| policy.at(day.parse().unwrap());
        assert_eq!((at("2027-01-01").score_flag, at("2027-01-01").score_cap), (30, 110));
        assert_eq!((at("2027-02-01").score_flag, at("2027-02-01").score_base), (26, 100));
    }
}
