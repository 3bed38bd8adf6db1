//! The clocks of a form as a table.

use crate::base::table::{Cell, Column, Row, Table, column};
use crate::base::time::Time;
use crate::base::words::words;
use crate::clock::Reading;

/// A clock of a rule as it stands, in the order of [`clock_table`].
pub(super) fn clock_row(
    rule: &str,
    goal: Cell,
    cycle: usize,
    start: Time,
    reading: &Reading,
    stopped: Option<Time>,
) -> Row {
    Row {
        cells: vec![
            Cell::Text(rule.to_string()),
            goal,
            Cell::count(cycle as u64),
            start.into(),
            reading.due.into(),
            stopped.into(),
            Cell::coded(reading.state.code(), reading.state.name()),
            Cell::Text(reading.used_minutes.to_string()),
            Cell::Text(reading.left_minutes.to_string()),
        ],
        records: Vec::new(),
    }
}

/// A table of clocks.
pub(super) fn clock_table(rows: Vec<Row>) -> Table {
    let numeric = |key, en, zh| -> Column { column(key, en, zh).numeric() };
    Table {
        name: "clocks",
        title: words("Clocks", "时限"),
        columns: vec![
            column("rule", "Rule", "规则").whole(),
            column("target", "Target", "时限"),
            numeric("cycle", "Cycle", "轮次"),
            column("start", "Start", "起点").whole(),
            column("due", "Due", "到期").whole(),
            column("stopped", "Done", "完成").whole(),
            column("state", "State", "状态").whole(),
            numeric("used_minutes", "Used (min)", "已用（分钟）"),
            numeric("left_minutes", "Left (min)", "剩余（分钟）"),
        ],
        rows,
    }
}
