//! What all our HTML documents have in common.

use crate::base::words::Lang;

/// Nothing that a record holds may run or fetch anything, whatever a reader's program makes of it.
pub(super) const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The language of a document.
pub(super) fn tongue(lang: Lang) -> &'static str {
    match lang {
        Lang::En => "en",
        Lang::Zh => "zh-CN",
    }
}
