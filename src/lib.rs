//! `cs`: a customer service department's desk as a folder of forms and lists.
//! See ARCHITECTURE.md for the map.

pub mod aftersales;
pub mod base;
pub mod bonus;
pub mod book;
pub mod calls;
pub mod checks;
pub mod claims;
pub mod clock;
pub mod commands;
pub mod complaints;
pub mod config;
pub mod consults;
pub mod customers;
pub mod derived;
pub mod duties;
pub mod flow;
pub mod forms;
pub mod holidays;
pub mod lists;
pub mod lookup;
pub mod meetings;
pub mod paper;
pub mod policy;
pub mod proposals;
pub mod registers;
pub mod reports;
pub mod scores;
pub mod settlement;
pub mod shifts;
pub mod show;
pub mod sla;
pub mod store;
pub mod trainings;
pub mod visits;
pub mod work;
