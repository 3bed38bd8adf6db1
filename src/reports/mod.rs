//! Reports: each a pure function from the book, a period and now to plain data.

pub mod model;

/// stub
pub struct ReportSpec {
    /// a
    pub name: &'static str,
    /// b
    pub help: crate::base::words::Words,
    /// c
    pub unit: Option<crate::base::period::Unit>,
}
/// stub
pub static REPORTS: &[ReportSpec] = &[];
/// stub
pub fn report(
    _: &crate::book::Book<'_>,
    spec: &ReportSpec,
    period: crate::base::period::Period,
    input: model::Input,
) -> model::Report {
    model::Report { name: spec.name, title: spec.help, period, input, sections: vec![] }
}
