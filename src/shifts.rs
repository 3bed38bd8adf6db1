//! Shifts (R63): who is on the roster when, whether people came in time, whose the points of a hand-over are, and which
//! minutes nobody covers. Derived each time, stored nowhere.

use std::sync::Arc;

use chrono::TimeDelta;

use crate::base::number::{Code, Number};
use crate::base::period::Period;
use crate::base::time::{Date, Time, days_after, days_before};
use crate::base::words::{Text, Words, words};
use crate::book::Book;
use crate::forms::form::{Form, Step};
use crate::forms::shift::{SHIFT, Shift};
use crate::tr;

/// The most days that a shift is rostered ahead.
pub const AHEAD: u64 = 366;

/// How many days after a hand-over the next shift is looked for.
const NEXT_DAYS: u64 = 31;

/// A shift on the roster, with what follows from it.
#[derive(Clone, Debug)]
pub struct Rostered {
    /// The record.
    pub form: Arc<Form>,
    /// Who is on duty.
    pub person: Code,
    /// The day on which it begins.
    pub on: Date,
    /// Its first minute.
    pub begin: Time,
    /// The minute after its last.
    pub end: Time,
    /// Whether the person came.
    pub presence: Presence,
    /// Whole minutes of it for which the person was there, up to now: what lies outside of its hours is not counted.
    pub worked: u64,
}

/// Whether somebody who is on the roster came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// The shift has not ended, and nothing is on record.
    Awaited,
    /// The shift has ended, and nothing is on record.
    Unknown,
    /// The person came.
    Present {
        /// Minutes late; 0 is on time.
        late: u64,
        /// Minutes left early; 0 while the shift lasts.
        early: u64,
    },
    /// The person did not come.
    Absent {
        /// Whether there was a reason.
        excused: bool,
    },
    /// The shift was not needed.
    Cancelled,
}

impl Presence {
    /// What scripts see.
    pub fn code(self) -> &'static str {
        match self {
            Presence::Awaited => "awaited",
            Presence::Unknown => "unknown",
            Presence::Present { late: 0, early: 0 } => "on_time",
            Presence::Present { early: 0, .. } => "late",
            Presence::Present { late: 0, .. } => "left_early",
            Presence::Present { .. } => "late_and_early",
            Presence::Absent { excused: true } => "excused",
            Presence::Absent { excused: false } => "absent",
            Presence::Cancelled => "cancelled",
        }
    }

    /// What people read.
    pub fn name(self) -> Words {
        match self {
            Presence::Awaited => words("awaited", "待到岗"),
            Presence::Unknown => words("no record", "无记录"),
            Presence::Present { late: 0, early: 0 } => words("on time", "准时"),
            Presence::Present { early: 0, .. } => words("late", "迟到"),
            Presence::Present { late: 0, .. } => words("left early", "早退"),
            Presence::Present { .. } => words("late, left early", "迟到且早退"),
            Presence::Absent { excused: true } => words("excused", "请假"),
            Presence::Absent { excused: false } => words("absent without reason", "无故缺勤"),
            Presence::Cancelled => words("cancelled", "已取消"),
        }
    }

    /// Minutes late and minutes left early, of who came.
    pub fn minutes(self) -> (u64, u64) {
        match self {
            Presence::Present { late, early } => (late, early),
            _ => (0, 0),
        }
    }
}

impl Rostered {
    /// A shift as rostered; `None` of one that is void or can't be read.
    pub fn of(book: &Book<'_>, form: &Arc<Form>) -> Option<Rostered> {
        if form.is_void() {
            return None;
        }
        let shift = Shift::of(form);
        let (person, on) = (shift.person()?, shift.on()?);
        let (begin, end) = shift.times(book.now.zone)?;
        let grace = book.policy.at(on).shift_grace;
        let now = book.now.time;
        let presence = presence(form, (begin, end), grace, now);
        let left = shift.went().map_or(now, |went| went.at).min(end);
        let came = shift.came().filter(|_| matches!(presence, Presence::Present { .. }));
        let worked = came.map_or(0, |came| minutes(came.at.max(begin), left));
        Some(Rostered { form: form.clone(), person, on, begin, end, presence, worked })
    }

    /// Whether somebody is expected to be on duty, was or is: neither cancelled nor known to be absent.
    pub fn stands(&self) -> bool {
        !matches!(self.presence, Presence::Cancelled | Presence::Absent { .. })
    }

    /// What calls for a reason that is not on record; `None` where nothing does.
    pub fn unexplained(&self) -> Option<Presence> {
        let shift = Shift::of(&self.form);
        let unsaid = |step: Option<&Step>| step.is_some_and(|step| shift.reason_of(step).is_none());
        match self.presence {
            Presence::Present { late, early } => {
                let late = if unsaid(shift.came()) { late } else { 0 };
                let early = if unsaid(shift.went()) { early } else { 0 };
                (late + early > 0).then_some(Presence::Present { late, early })
            }
            presence => Some(presence).filter(|presence| *presence == Presence::Absent { excused: false }),
        }
    }

    fn overlaps(&self, from: Time, to: Time) -> bool {
        self.begin < to && self.end > from
    }
}

/// Whole minutes from the one that holds a moment to the one that holds another; 0 where it is earlier.
fn minutes(from: Time, to: Time) -> u64 {
    let minute = |time: Time| time.timestamp().div_euclid(60);
    u64::try_from(minute(to) - minute(from)).unwrap_or(0)
}

/// Whether somebody came to a shift from `begin` up to `end`, as it is known at `now`. On the first minute is on time, and
/// up to so many minutes of grace; the same before its end.
fn presence(form: &Form, (begin, end): (Time, Time), grace: u64, now: Time) -> Presence {
    let shift = Shift::of(form);
    let beyond = |minutes: u64| if minutes > grace { minutes } else { 0 };
    match form.state().code {
        "cancelled" => Presence::Cancelled,
        "absent" => Presence::Absent { excused: shift.missed().is_some_and(|step| shift.reason_of(step).is_some()) },
        _ => match shift.came() {
            Some(came) => Presence::Present {
                late: beyond(minutes(begin, came.at)),
                early: shift.went().map_or(0, |went| beyond(minutes(went.at, end))),
            },
            None if now < end => Presence::Awaited,
            None => Presence::Unknown,
        },
    }
}

/// The shifts that begin on a day of a period, cancelled ones too, in the order in which they begin.
pub fn shifts(book: &Book<'_>, period: Period) -> Vec<Rostered> {
    // One may be rostered while it lasts.
    let (first, last) = (days_before(period.from, AHEAD), days_after(period.to, 1));
    book.load_dated(&SHIFT, first..=last, period);
    let forms = Period::between(first, last).map(|made| book.loaded_by_day(&SHIFT, made)).unwrap_or_default();
    let within = |form: &&Arc<Form>| Shift::of(form).on().is_some_and(|on| period.contains(on));
    let mut shifts: Vec<Rostered> = forms.iter().filter(within).filter_map(|form| Rostered::of(book, form)).collect();
    shifts.sort_by(|a, b| (a.begin, &a.person, &a.form.number).cmp(&(b.begin, &b.person, &b.form.number)));
    shifts
}

/// The shifts that last at some moment from one up to another, cancelled ones too, in the order in which they begin; one of
/// a day before may reach into them.
pub fn shifts_between(book: &Book<'_>, from: Time, to: Time) -> Vec<Rostered> {
    let day = |time: Time| book.now.zone.day(time);
    let Some(days) = Period::between(days_before(day(from), 1), day(to)) else { return Vec::new() };
    let mut found = shifts(book, days);
    found.retain(|shift| shift.overlaps(from, to));
    found
}

/// The other shifts of a person that take time from one; those that do not stand take none.
pub fn overlapping(book: &Book<'_>, shift: &Rostered) -> Vec<Rostered> {
    let mut found = shifts_between(book, shift.begin, shift.end);
    found.retain(|other| other.stands() && other.person == shift.person && other.form.number != shift.form.number);
    found
}

/// The shifts on which people are next after a moment at which one was handed over: at the first minute from then on at
/// which another stands. None where nobody is on the roster in the next 31 days.
pub fn next_after(book: &Book<'_>, handed: &Number, at: Time) -> Vec<Rostered> {
    let mut found = shifts_between(book, at, at + TimeDelta::days(NEXT_DAYS as i64));
    let there = |shift: &Rostered| Shift::of(&shift.form).went().is_none_or(|went| went.at > at);
    found.retain(|shift| shift.stands() && shift.form.number != *handed && there(shift));
    let on_duty = |shift: &Rostered| shift.begin.max(at);
    let first = found.iter().map(on_duty).min();
    found.retain(|shift| Some(on_duty(shift)) == first);
    found
}

/// The shifts of a person that a verb without a number may mean at a moment: to be taken up, or to be ended.
pub fn of_now(book: &Book<'_>, who: &Code, verb: &str, at: Time) -> Vec<Rostered> {
    let early = TimeDelta::minutes(book.figures().shift_early as i64);
    // Who stayed long or forgot to leave ends the shift of the day before.
    let mut found = shifts_between(book, at - TimeDelta::days(1), at + early);
    found.retain(|shift| shift.person == *who);
    match verb {
        "in" => found.retain(|shift| shift.form.state().code == "rostered" && shift.end > at),
        _ => found.retain(|shift| shift.form.state().code == "on_duty"),
    }
    found
}

/// The forms of the shifts whose open points are left to those on a shift: that is the next one after their hand-over.
pub fn left_to(book: &Book<'_>, shift: &Rostered) -> Vec<Arc<Form>> {
    let before = shifts_between(book, shift.begin - TimeDelta::days(NEXT_DAYS as i64), shift.end);
    let is_next = |form: &Arc<Form>| {
        let handing = Shift::of(form);
        let Some(handed) = handing.handed_over().filter(|_| !handing.open_points().is_empty()) else { return false };
        next_after(book, &form.number, handed.at).iter().any(|next| next.form.number == shift.form.number)
    };
    before.into_iter().map(|other| other.form).filter(is_next).collect()
}

/// From when to when nobody is on the roster in the days that the policy wants covered; nothing where it wants none, or
/// where the department keeps no roster (R63).
pub fn gaps_ahead(book: &Book<'_>) -> Vec<(Time, Time)> {
    let now = book.now.time;
    let days = book.figures().shift_cover_days;
    if days == 0 || book.first_day_of(&SHIFT).is_none() {
        return Vec::new();
    }
    let until = now + TimeDelta::days(days as i64);
    gaps(&shifts_between(book, now, until), now, until)
}

/// From when to when, between two moments, nobody of some shifts is on the roster and not known to be absent. The shifts
/// come in the order in which they begin.
pub fn gaps(shifts: &[Rostered], from: Time, to: Time) -> Vec<(Time, Time)> {
    let (mut gaps, mut covered) = (Vec::new(), from);
    for shift in shifts.iter().filter(|shift| shift.stands() && shift.overlaps(from, to)) {
        gaps.extend((shift.begin > covered).then_some((covered, shift.begin)));
        covered = covered.max(shift.end);
    }
    gaps.extend((covered < to).then_some((covered, to)));
    gaps
}

/// Minutes between two moments at which somebody is on the roster and not known to be absent.
pub fn covered(shifts: &[Rostered], from: Time, to: Time) -> u64 {
    let open: u64 = gaps(shifts, from, to).into_iter().map(|(from, to)| minutes(from, to)).sum();
    minutes(from, to) - open
}

/// What whoever took the last step of a shift is to know at once: by how much it was late or early, and what the shift
/// before left open.
pub fn told(book: &Book<'_>, form: &Form) -> Vec<Text> {
    let Some(shift) = Rostered::of(book, &Arc::new(form.clone())) else { return Vec::new() };
    let Some(step) = form.steps.last() else { return Vec::new() };
    let (late, early) = shift.presence.minutes();
    let mut told = Vec::new();
    match step.verb() {
        "in" if late > 0 => told.push(tr!("late by {late} min", "迟到 {late} 分钟")),
        "out" | "hand-over" if early > 0 => told.push(tr!("left early by {early} min", "早退 {early} 分钟")),
        _ => {}
    }
    if !told.is_empty() && Shift::of(form).reason_of(step).is_none() {
        let number = &form.number;
        told.push(tr!(
            "if there was a reason: cs shift explain {number} --reason WHY",
            "如有原因，请补充说明：cs shift explain {number} --reason 原因"
        ));
    }
    if step.verb() == "in" {
        for handing in left_to(book, &shift) {
            let number = &handing.number;
            told.extend(Shift::of(&handing).open_points().iter().map(|point| {
                let (no, what) = (point.number, point.what);
                tr!("handed over, {number} point {no}: {what}", "交接待办 {number} 第 {no} 项：{what}")
            }));
        }
    }
    told
}

/// A shift to which somebody did not come in time, or at all, or which somebody left early, without a reason on record:
/// clause D2.2 is proposed for it (R63).
#[derive(Clone, Debug)]
pub struct Missed {
    /// Whose shift it is.
    pub staff: Code,
    /// The day on which it began.
    pub on: Date,
    /// The record.
    pub record: Number,
    /// What happened.
    pub why: Words,
}

/// What of the shifts of a period calls for clause D2.2: late, left early or absent without a reason (R63).
pub fn unexcused(book: &Book<'_>, period: Period) -> Vec<Missed> {
    shifts(book, period).iter().filter_map(missed).collect()
}

fn missed(rostered: &Rostered) -> Option<Missed> {
    let why = rostered.unexplained()?.name();
    let (staff, record) = (rostered.person.clone(), rostered.form.number.clone());
    Some(Missed { staff, on: rostered.on, record, why })
}
