//! Chinese names found by the initials of their pinyin: `cdbh` means 成都百货.

use pinyin::ToPinyinMulti;

/// True where `typed` (lower-case ASCII letters and digits) are the initials of consecutive characters of `name`,
/// by any reading of each: 重庆 is `cq` and `zq`.
pub fn fits(name: &str, typed: &str) -> bool {
    if typed.is_empty() || !typed.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()) {
        return false;
    }
    let characters: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    let typed: Vec<char> = typed.chars().collect();
    characters.windows(typed.len()).any(|part| part.iter().zip(&typed).all(|(c, letter)| begins(*c, *letter)))
}

fn begins(c: char, letter: char) -> bool {
    if c.eq_ignore_ascii_case(&letter) {
        return true;
    }
    c.to_pinyin_multi().is_some_and(|readings| readings.into_iter().any(|p| p.plain().starts_with(letter)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_by_any_reading_find_a_name() {
        assert!(fits("成都百货", "cdbh") && fits("成都百货", "bh") && fits("成都百货", "cd"));
        assert!(fits("重庆大厦", "cq") && fits("重庆大厦", "zq"));
        assert!(fits("A座展俱", "azzj"));
        assert!(!fits("成都百货", "ch") && !fits("成都百货", "") && !fits("成都百货", "cdbhx") && !fits("Alpha", "成"));
    }
}
