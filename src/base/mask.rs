//! Phones, mail addresses and names of customers, made unrecognisable for whoever is no part of the matter (R4).

/// Shortest phone of which anything is kept, in characters: of a shorter one too little would be hidden.
const SHORTEST_PHONE: usize = 8;

/// A phone by its first 3 and last 2 characters, `138******78`; a short one wholly hidden.
pub fn mask_phone(phone: &str) -> String {
    let length = phone.chars().count();
    let keep = |at: usize| length >= SHORTEST_PHONE && (at < 3 || at + 2 >= length);
    phone.chars().enumerate().map(|(at, c)| if keep(at) { c } else { '*' }).collect()
}

/// A name by its first character: `张**`. The length of the rest is not given away.
pub fn mask_name(name: &str) -> String {
    name.chars().next().map_or_else(String::new, |first| format!("{first}**"))
}

/// A mail address by its first letter and domain, `z***@example.com`; `None` for what is none.
fn mask_mail(text: &str) -> Option<String> {
    let (user, domain) = text.split_once('@')?;
    let plain = |s: &str| s.chars().all(|c| c.is_ascii_alphanumeric() || ".-_+".contains(c));
    // A phone in place of a domain would go out whole.
    let named = domain.contains('.') && domain.chars().any(|c| c.is_ascii_alphabetic());
    (plain(user) && plain(domain) && named).then(|| format!("{}***@{domain}", user.chars().next().unwrap_or('*')))
}

/// A phone, mail address or name, masked by what it looks like (R4). Whatever is neither of the first two is masked as a name.
pub fn mask(text: &str) -> String {
    let text = text.trim();
    let phone =
        text.chars().any(char::is_numeric) && text.chars().all(|c| c.is_numeric() || " +-()（）－＋.#*".contains(c));
    if phone { mask_phone(text) } else { mask_mail(text).unwrap_or_else(|| mask_name(text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_shape_is_masked_in_its_way() {
        for (raw, expect) in [
            ("13812345678", "138******78"),
            ("+86 138 1234 5678", "+86************78"),
            ("028-86001234", "028*******34"),
            ("8600123", "*******"),
            ("110", "***"),
            ("zhang.san@example.com", "z***@example.com"),
            ("张三丰", "张**"),
            ("Li", "L**"),
            (" 张三 ", "张**"),
            ("", ""),
        ] {
            assert_eq!(mask(raw), expect);
        }
    }

    #[test]
    fn a_mixed_text_shows_no_more_than_its_first_character() {
        for raw in ["张三 13812345678", "13812345678 张三", "a@13812345678", "张三@x.com 13812345678", "李四；王五"]
        {
            let first: String = raw.chars().take(1).collect();
            assert_eq!(mask(raw), format!("{first}**"));
        }
    }
}
