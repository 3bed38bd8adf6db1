//! `cs`: a customer service department's desk as a folder of forms and lists.
//! See ARCHITECTURE.md for the map.

pub mod base;
pub mod reports;
pub mod store;
