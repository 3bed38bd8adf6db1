//! The stays of a form in its states, for kinds in which each state is held to a due time of its own (R42, R43).

use super::Course;
use super::due::Due;
use crate::forms::form::{Form, Step};

/// A stay in a state: from the step that led to it up to the next one that leads anywhere, be it to the same state.
#[derive(Clone, Copy, Debug)]
pub struct Stay<'f> {
    /// The state's code.
    pub state: &'static str,
    /// The step that led to it.
    pub from: &'f Step,
    /// The step that ended it; `None` while it lasts.
    pub to: Option<&'f Step>,
}

/// The stays of a form, in order, the last one in the state that it is in. A step `again` leads nowhere, but begins the
/// stay in its state anew. Steps that their state did not allow lead nowhere either.
pub fn stays<'f>(form: &'f Form, again: &[&str]) -> Vec<Stay<'f>> {
    let mut refused = Vec::new();
    form.replay(|step, _| refused.push(step.index));
    let opening = form.spec.opening(&form.header).code;
    let mut stays: Vec<Stay<'f>> = Vec::new();
    for step in form.living().filter(|step| !refused.contains(&step.index)) {
        let state = match (step.spec.leads_to(&step.fields), stays.last()) {
            (Some(to), _) => to,
            (None, None) => opening,
            (None, Some(last)) if again.contains(&step.verb()) => last.state,
            (None, Some(_)) => continue,
        };
        if let Some(last) = stays.last_mut() {
            last.to = Some(step);
        }
        stays.push(Stay { state, from: step, to: None });
    }
    stays
}

/// The courses of a form's stays in some states: done where one of the steps `ends` followed, overtaken by any other.
pub(super) fn courses(
    stays: Vec<Stay<'_>>,
    states: &[&str],
    ends: &[&str],
    due: impl Fn(&Stay<'_>) -> Option<Due>,
) -> Vec<Course> {
    let course = |stay: Stay<'_>| {
        let (due, until) = (due(&stay)?, stay.to.map(|step| step.at));
        let done = stay.to.filter(|step| ends.contains(&step.verb())).map(|step| step.at);
        Some(Course { start: stay.from.at, due, done, until })
    };
    stays.into_iter().filter(|stay| states.contains(&stay.state)).filter_map(course).collect()
}
