//! Every word that a person reads, in both languages at once.
//! A [`Words`] or [`Text`] can't be built without both, so the compiler finds what lacks a language.

use std::fmt;

/// A language of the user interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Simplified Chinese, as offices write it.
    Zh,
}

impl Lang {
    /// Reads `zh`, `en`, or a locale name such as `zh_CN.UTF-8`; anything else is `None`.
    pub fn from_name(name: &str) -> Option<Lang> {
        let name = name.to_ascii_lowercase();
        match name.split(['_', '-', '.']).next() {
            Some("zh") => Some(Lang::Zh),
            Some("en") => Some(Lang::En),
            _ => None,
        }
    }

    /// The code kept in cs.toml: `en` or `zh`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Zh => "zh",
        }
    }
}

/// A fixed word or sentence in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// English.
    pub en: &'static str,
    /// Chinese.
    pub zh: &'static str,
}

/// Pairs the two languages of a fixed text.
pub const fn words(en: &'static str, zh: &'static str) -> Words {
    Words { en, zh }
}

impl Words {
    /// The text in `lang`.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Zh => self.zh,
        }
    }
}

/// A composed sentence in both languages; made by [`tr!`](crate::tr) or from [`Words`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: String,
    /// Chinese.
    pub zh: String,
}

impl Text {
    /// The same characters in both languages: a name, a number, a code.
    pub fn same(text: impl fmt::Display) -> Text {
        let en = text.to_string();
        Text { zh: en.clone(), en }
    }

    /// The text in `lang`.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::En => &self.en,
            Lang::Zh => &self.zh,
        }
    }

    /// No text in either language.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.zh.is_empty()
    }

    /// Joins texts with a separator per language.
    pub fn join(parts: &[Text], separator: Words) -> Text {
        let pick = |lang| parts.iter().map(|p| p.get(lang)).collect::<Vec<_>>().join(separator.get(lang));
        Text { en: pick(Lang::En), zh: pick(Lang::Zh) }
    }
}

impl From<Words> for Text {
    fn from(words: Words) -> Text {
        Text { en: words.en.to_string(), zh: words.zh.to_string() }
    }
}

/// Formats a sentence in both languages: `tr!("{n} orders", "{n} 张订单")`.
///
/// Arguments are captured by name. A [`Words`] or [`Text`] argument is written as `{name}` in both
/// and given after the sentences: `tr!("open the {what}", "打开{what}"; what)`.
#[macro_export]
macro_rules! tr {
    ($en:literal, $zh:literal $(,)?) => {
        $crate::base::words::Text { en: format!($en), zh: format!($zh) }
    };
    ($en:literal, $zh:literal; $($word:ident),+ $(,)?) => {{
        #[allow(unused_variables)] // one language may do without the word
        let en = { $(let $word = &$word.en;)+ format!($en) };
        #[allow(unused_variables)]
        let zh = { $(let $word = &$word.zh;)+ format!($zh) };
        $crate::base::words::Text { en, zh }
    }};
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_names_its_language() {
        assert_eq!(Lang::from_name("zh_CN.UTF-8"), Some(Lang::Zh));
        assert_eq!(Lang::from_name("en-GB"), Some(Lang::En));
        assert_eq!(Lang::from_name("C"), None);
    }

    #[test]
    fn tr_formats_both_languages_with_words_inside() {
        let what = words("order", "订单");
        let n = 3;
        let text = tr!("{n} of {what}", "{what}{n}张"; what);
        assert_eq!((text.en.as_str(), text.zh.as_str()), ("3 of order", "订单3张"));
    }
}
