//! Reports: each a pure function from the book, a period and now to plain data.

pub mod model;
