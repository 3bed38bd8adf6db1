//! Fields that the papers of several kinds share.

use crate::base::field::{Field, List, Ty, required};
use crate::base::words::words;

/// A fixture's model.
pub const MODEL: Field = required("model", Ty::Code(List::Products), words("Model", "型号"), words("Model", "型号"));

/// How many pieces, at least one.
pub const QUANTITY: Field =
    required("quantity", Ty::Quantity, words("Quantity", "数量"), words("How many pieces", "数量"));

/// Why something was done.
pub const REASON: Field = required("reason", Ty::Text, words("Reason", "原因"), words("Why", "原因"));
