//! The words every other module speaks: two languages, numbers, dates, money, fields and problems.
//! Imports nothing else of the crate and touches neither disk nor clock.

pub mod csv;
pub mod field;
pub mod marks;
pub mod mask;
pub mod money;
pub mod monthly;
pub mod number;
pub mod page;
pub mod percentile;
pub mod period;
pub mod pinyin;
pub mod problem;
pub mod ratio;
pub mod route;
pub mod rows;
pub mod sheet;
pub mod source;
pub mod stint;
pub mod table;
pub mod time;
pub mod toml;
pub mod words;
