//! The register of what was handed in: which report, of which period, when and by whom (R39).

use super::RegisterSpec;
use crate::base::field::{Choice, Field, Ty, choice, optional, required};
use crate::base::words::words;

/// The code of the summary of a month's visits (R39), which is the report of the same name.
pub const SUMMARY_OF_VISITS: &str = "visits";

const REPORTS: &[Choice] = &[choice(SUMMARY_OF_VISITS, "summary of visits", "回访总结")];

const FIELDS: &[Field] = &[
    required("at", Ty::Time, words("At", "时间"), words("When it was handed in", "提交时间")),
    required("by", Ty::StaffCode, words("By", "提交人"), words("Who handed it in", "提交人代码")),
    required("report", Ty::Choice(REPORTS), words("Report", "报表"), words("Which report", "报表名称")),
    required("period", Ty::Text, words("Period", "期间"), words("Of which month", "所属月份")),
    optional("note", Ty::Text, words("Note", "备注"), words("A remark", "备注")),
];

/// The register of what was handed in.
pub static FILINGS: RegisterSpec =
    RegisterSpec { dir: "filings", name: words("Reports handed in", "报送登记"), fields: FIELDS };
