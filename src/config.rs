//! cs.toml: the department's name, language, time zone, currency, and whether commands commit to git.

use std::sync::Arc;

use crate::base::problem::Problem;
use crate::base::time::Zone;
use crate::base::toml::{Doc, quote};
use crate::base::words::Lang;
use crate::tr;
use toml::de::{DeTable, DeValue};

/// The file's path.
pub const FILE: &str = "cs.toml";

/// What cs.toml says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The department's name, on reports and forms.
    pub name: String,
    /// The folder's language; `None` leaves it to the locale.
    pub lang: Option<Lang>,
    /// The zone of its working hours and of every wall-clock time.
    pub zone: Zone,
    /// ISO 4217 code of its money.
    pub currency: String,
    /// Whether each command commits what it saved.
    pub commit: bool,
}

impl Default for Config {
    fn default() -> Config {
        Config { name: String::new(), lang: None, zone: Zone::default(), currency: "CNY".to_string(), commit: true }
    }
}

impl Config {
    /// Reads cs.toml. What is absent has its default; what is wrong is a problem and has its default too.
    pub fn read(text: &str) -> (Config, Vec<Problem>) {
        let file: Arc<str> = FILE.into();
        let mut doc = Doc::new(&file, text);
        let mut config = Config::default();
        let Some(root) = doc.parse() else { return (config, doc.problems) };
        let none = DeTable::new();
        let git = match root.get("git").map(|v| v.get_ref()) {
            Some(DeValue::Table(table)) => table,
            _ => &none,
        };
        for (table, prefix, keys) in
            [(&root, "", &["name", "language", "time_zone", "currency", "git"][..]), (git, "git.", &["commit"][..])]
        {
            for (key, raw) in table {
                let path = format!("{prefix}{}", key.get_ref());
                if !keys.contains(&key.get_ref().as_ref()) {
                    let known = keys.join(", ");
                    doc.wrong(
                        "config.key",
                        key.span(),
                        tr!("cs.toml has no key {path}", "cs.toml 没有 {path} 这个键"),
                        tr!("the keys here are: {known}", "这里可用的键有：{known}"),
                    );
                    continue;
                }
                let text = raw.get_ref().as_str();
                let fits = match path.as_str() {
                    "name" => text.map(|t| config.name = t.to_string()).is_some(),
                    "language" => text.and_then(Lang::from_name).map(|l| config.lang = Some(l)).is_some(),
                    "time_zone" => text.and_then(|t| t.parse().ok()).map(|z| config.zone = z).is_some(),
                    "currency" => text
                        .filter(|t| t.len() == 3 && t.bytes().all(|b| b.is_ascii_uppercase()))
                        .map(|t| config.currency = t.to_string())
                        .is_some(),
                    "git" => matches!(raw.get_ref(), DeValue::Table(_)),
                    _ => raw.get_ref().as_bool().map(|b| config.commit = b).is_some(),
                };
                if !fits {
                    let span = raw.span();
                    doc.wrong(
                        "config.value",
                        span,
                        tr!("{path} has a value that it can't take", "{path} 的值不对"),
                        tr!(
                            "language is zh or en; time_zone a name such as Asia/Shanghai; currency three letters such as CNY; git.commit true or false",
                            "language 填 zh 或 en；time_zone 填时区名，如 Asia/Shanghai；currency 填三个字母，如 CNY；git.commit 填 true 或 false"
                        ),
                    );
                }
            }
        }
        (config, doc.problems)
    }

    /// The text of a new cs.toml, commented in the department's language.
    pub fn text(&self) -> String {
        let lang = self.lang.unwrap_or_default();
        let say = |en: &'static str, zh: &'static str| if lang == Lang::Zh { zh } else { en };
        format!(
            "# {}\nname = {}\n\n# {}\nlanguage = \"{}\"\n\n# {}\ntime_zone = \"{}\"\n\n# {}\ncurrency = \"{}\"\n\n[git]\n# {}\ncommit = {}\n",
            say("The department's name, on reports and forms", "部门名称，印在报表和表单上"),
            quote(&self.name),
            say("zh or en; --lang and CS_LANG go before it", "zh 或 en；--lang 和 CS_LANG 优先"),
            lang.code(),
            say("Working hours and every wall-clock time are in this zone", "工作时间和所有时刻均按此时区"),
            self.zone.name(),
            say("ISO code of the department's money", "金额的币种代码"),
            self.currency,
            say("Whether each command commits what it saved", "每条命令保存后是否自动提交到 git"),
            self.commit,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_reads_back_without_a_problem() {
        for lang in [Lang::En, Lang::Zh] {
            let config = Config { name: "客服部 \"一\"".into(), lang: Some(lang), ..Config::default() };
            assert_eq!(Config::read(&config.text()), (config, vec![]));
        }
    }

    #[test]
    fn every_wrong_key_and_value_is_named() {
        let text = "nmae = \"x\"\nlanguage = \"fr\"\ntime_zone = \"Mars\"\ncurrency = \"yuan\"\n[git]\ncommit = \"no\"\npush = true\n";
        let (config, problems) = Config::read(text);
        assert_eq!(config, Config::default());
        let mut lines: Vec<_> = problems.iter().map(|p| p.place.as_ref().unwrap().line).collect();
        lines.sort_unstable();
        assert_eq!(lines, [1, 2, 3, 4, 6, 7]);
    }
}
