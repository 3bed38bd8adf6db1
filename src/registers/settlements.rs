//! The register of settlements: the lines of carriers' and agencies' statements, what was decided of them, what is
//! paid (R16, R21).

use super::RegisterSpec;
use crate::base::field::{Choice, Field, Kind, Ty, choice, optional, required};
use crate::base::words::words;

const EVENTS: &[Choice] = &[
    choice("line", "statement line", "对账单明细"),
    choice("decide", "decision", "处理决定"),
    choice("settle", "paid", "结算"),
    choice("reverse", "settlement reversed", "撤销结算"),
];

const ACCOUNTS: &[Choice] = &[choice("freight", "freight", "运费"), choice("fees", "agency fees", "维修费")];

/// What may be decided of a difference.
pub const DECISIONS: &[Choice] =
    &[choice("accept", "accept", "认可"), choice("dispute", "dispute", "争议"), choice("correct", "correct", "更正")];

const FIELDS: &[Field] = &[
    required("at", Ty::Time, words("At", "时间"), words("When it was entered", "登记时间")),
    required("by", Ty::StaffCode, words("By", "经办"), words("Who entered it", "经办人代码")),
    required("event", Ty::Choice(EVENTS), words("Event", "事项"), words("What it is", "记录类别")),
    required(
        "account",
        Ty::Choice(ACCOUNTS),
        words("Account", "科目"),
        words("Freight or agency fees", "运费或维修费"),
    ),
    required(
        "party",
        Ty::Text,
        words("Party", "对方"),
        words("The carrier's or agency's code", "物流公司或广告公司代码"),
    ),
    required("month", Ty::Text, words("Month", "月份"), words("The month that is settled", "结算月份")),
    required(
        "statement",
        Ty::Text,
        words("Statement", "对账单"),
        words("Who imported it, and the how many-eth", "导入人及序号"),
    ),
    optional("line", Ty::Quantity, words("Line", "行"), words("The statement's line", "对账单行号")),
    optional(
        "record",
        Ty::Record(&[Kind::Shipment, Kind::Repair]),
        words("Record", "单号"),
        words("Our record", "我方单号"),
    ),
    optional("reference", Ty::Text, words("Waybill", "运单号"), words("Their number", "对方单号")),
    optional("amount", Ty::Balance, words("Amount", "金额"), words("Billed, or paid", "对方金额或付款金额")),
    optional("decision", Ty::Choice(DECISIONS), words("Decision", "决定"), words("What was decided", "处理决定")),
    optional("text", Ty::Text, words("Line as it came", "原文"), words("The statement's own line", "对账单原文")),
    optional("file", Ty::Text, words("File", "文件"), words("The statement's file", "对账单文件名")),
    optional("columns", Ty::Text, words("Columns", "列对应"), words("How its columns are read", "各列的含义")),
    optional("note", Ty::Text, words("Note", "备注"), words("A remark", "备注")),
];

/// The register of settlements.
pub static SETTLEMENTS: RegisterSpec =
    RegisterSpec { dir: "settlements", name: words("Settlements", "结算登记"), fields: FIELDS };
