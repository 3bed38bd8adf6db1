//! Fields that the papers of several kinds share.

use crate::base::field::{Choice, Field, Kind, List, Ty, choice, optional, required};
use crate::base::words::words;

/// A fixture's model.
pub const MODEL: Field = required("model", Ty::Code(List::Products), words("Model", "型号"), words("Model", "型号"));

/// How many pieces, at least one.
pub const QUANTITY: Field =
    required("quantity", Ty::Quantity, words("Quantity", "数量"), words("How many pieces", "数量"));

/// Why something was done.
pub const REASON: Field = required("reason", Ty::Text, words("Reason", "原因"), words("Why", "原因"));

/// How somebody reaches us.
pub const CHANNELS: &[Choice] = &[
    choice("hotline", "hotline", "热线电话"),
    choice("mobile", "mobile", "手机"),
    choice("mail", "mail", "邮件"),
    choice("fax", "fax", "传真"),
    choice("sms", "SMS", "短信"),
    choice("chat", "chat", "在线聊天"),
    choice("web", "web", "网站"),
    choice("desk", "desk", "前台来访"),
];

/// The consult that a record came from (R26).
pub const FROM_CONSULT: Field = optional(
    "consult",
    Ty::Record(&[Kind::Consult]),
    words("From consult", "来自咨询"),
    words("The consult that it came from", "由哪条咨询转来"),
);
