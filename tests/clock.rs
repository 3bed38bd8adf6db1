//! The clocks of service: every worked example of R44–R48, the edges of the calendar, and an oracle that walks minute
//! by minute over seeded calendars, pauses and targets.

mod random;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use chrono::{DateTime, Datelike, NaiveDateTime, TimeDelta, Timelike, Weekday};
use cs::base::time::{Date, Time, Zone, wall_minute};
use cs::clock::{Calendar, Clock, DayKind, Pause, Reading, Span, State, Target, WARN_PERCENT, Why};
use random::Random;

// ---------------------------------------------------------------------------------------------------------------------
// Worked examples
// ---------------------------------------------------------------------------------------------------------------------

fn zone(name: &str) -> Zone {
    name.parse().unwrap()
}

fn standard() -> Calendar {
    Calendar::standard(Zone::default())
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

/// `2018-12-28 16:40`, or with seconds, on a calendar's wall clock.
fn on(calendar: &Calendar, text: &str) -> Time {
    let wall = NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M")
        .or_else(|_| NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S"))
        .unwrap();
    calendar.zone().moment(wall)
}

fn at(text: &str) -> Time {
    on(&standard(), text)
}

fn clock(start: &str, target: &str) -> Clock {
    Clock { start: at(start), target: target.parse().unwrap(), pauses: vec![], stopped: None }
}

fn pause(from: &str, to: &str) -> Pause {
    Pause { from: at(from), to: Some(at(to)) }
}

fn due_of(clock: &Clock, calendar: &Calendar) -> String {
    let due = clock.read(calendar, clock.start, WARN_PERCENT).due;
    due.map_or("none".to_string(), |due| wall_minute(due, calendar.zone()))
}

fn due_at(clock: &Clock, now: &str) -> String {
    let due = clock.read(&standard(), at(now), WARN_PERCENT).due;
    due.map_or("none".to_string(), |due| wall_minute(due, Zone::default()))
}

fn new_year_2019() -> Calendar {
    standard().with_override(date("2018-12-31"), DayKind::Off).with_override(date("2019-01-01"), DayKind::Off)
}

fn new_year_2019_with_working_saturday() -> Calendar {
    new_year_2019().with_override(date("2018-12-29"), DayKind::Working)
}

#[test]
fn r44_business_minutes_run_over_a_make_up_saturday() {
    let clock = clock("2018-12-28 16:40", "480m business");
    assert_eq!(due_of(&clock, &new_year_2019_with_working_saturday()), "2018-12-29 17:10");
}

#[test]
fn r44_business_minutes_skip_holidays_and_the_weekend() {
    assert_eq!(due_of(&clock("2018-12-28 16:40", "480m business"), &new_year_2019()), "2019-01-02 17:10");
}

#[test]
fn r44_business_minutes_without_overrides_skip_the_weekend_alone() {
    assert_eq!(due_of(&clock("2018-12-28 16:40", "480m business"), &standard()), "2018-12-31 17:10");
}

#[test]
fn r44_business_minutes_used_up_at_closing_are_due_at_closing() {
    assert_eq!(due_of(&clock("2026-11-16 09:00", "900m business"), &standard()), "2026-11-17 18:00");
    assert_eq!(due_of(&clock("2026-11-16 09:00", "180m business"), &standard()), "2026-11-16 12:00");
    assert_eq!(due_of(&clock("2026-11-16 12:20", "1m business"), &standard()), "2026-11-16 13:31");
}

#[test]
fn r44_workdays_count_from_the_start_day_to_closing_time() {
    let calendar = new_year_2019_with_working_saturday();
    assert_eq!(due_of(&clock("2018-12-28 15:00", "3 workdays"), &calendar), "2019-01-03 18:00");
}

#[test]
fn r44_workdays_roll_from_a_day_off_or_past_closing_to_the_next_working_day() {
    for (start, target, due) in [
        ("2026-11-20 15:00", "0 workdays", "2026-11-20 18:00"),
        ("2026-11-20 18:00", "0 workdays", "2026-11-20 18:00"),
        ("2026-11-20 18:00:59", "0 workdays", "2026-11-20 18:00"),
        ("2026-11-20 18:01", "0 workdays", "2026-11-23 18:00"),
        ("2026-11-21 10:00", "0 workdays", "2026-11-23 18:00"),
        ("2026-11-21 10:00", "1 workday", "2026-11-24 18:00"),
        ("2026-11-20 00:00", "1 workday", "2026-11-23 18:00"),
    ] {
        assert_eq!(due_of(&clock(start, target), &standard()), due, "{target} from {start}");
    }
}

#[test]
fn r44_real_minutes_run_through_lunch() {
    assert_eq!(due_of(&clock("2026-11-16 11:45", "30m real"), &standard()), "2026-11-16 12:15");
    assert_eq!(due_of(&clock("2026-11-20 17:00", "48h real"), &standard()), "2026-11-22 17:00");
}

#[test]
fn r44_a_dated_override_stands_before_the_weekday() {
    let calendar = new_year_2019_with_working_saturday();
    for (day, working) in [
        ("2018-12-28", true),
        ("2018-12-29", true),
        ("2018-12-30", false),
        ("2018-12-31", false),
        ("2019-01-01", false),
        ("2019-01-02", true),
    ] {
        assert_eq!(calendar.is_working(date(day)), working, "{day}");
    }
    let undone = calendar.with_override(date("2018-12-31"), DayKind::Working);
    assert!(undone.is_working(date("2018-12-31")), "the last override of a date stands");
}

#[test]
fn r45_a_pause_moves_the_due_by_its_working_minutes() {
    let mut clock = clock("2026-11-16 09:00", "900m business");
    let reading = |clock: &Clock| clock.read(&standard(), at("2026-11-18 08:00"), WARN_PERCENT);
    let paused = |clock: &Clock| -> i64 {
        reading(clock).intervals.iter().filter(|i| i.why == Why::Paused).map(|i| i.minutes).sum()
    };
    assert_eq!(due_at(&clock, "2026-11-18 08:00"), "2026-11-17 18:00");
    clock.pauses.push(pause("2026-11-16 17:00", "2026-11-17 10:00"));
    assert_eq!((due_at(&clock, "2026-11-18 08:00").as_str(), paused(&clock)), ("2026-11-18 11:00", 120));
    clock.pauses.push(pause("2026-11-17 11:00", "2026-11-17 15:00"));
    assert_eq!((due_at(&clock, "2026-11-18 08:00").as_str(), paused(&clock)), ("2026-11-18 15:00", 270));
}

#[test]
fn r45_pauses_that_touch_overlap_or_repeat_count_once() {
    let first = pause("2026-11-16 10:00", "2026-11-16 11:00");
    let touching = pause("2026-11-16 11:00", "2026-11-16 11:30");
    let overlapping = pause("2026-11-16 10:30", "2026-11-16 11:20");
    let inside = pause("2026-11-16 10:15", "2026-11-16 10:20");
    let backward = pause("2026-11-16 15:00", "2026-11-16 14:00");
    let mut clock = clock("2026-11-16 09:00", "120m business");
    for pauses in [
        vec![first, touching],
        vec![touching, first],
        vec![first, overlapping, inside, touching, backward],
        vec![backward, touching, inside, overlapping, first, first],
    ] {
        clock.pauses = pauses;
        assert_eq!(due_at(&clock, "2026-11-16 17:00"), "2026-11-16 14:00", "{:?}", clock.pauses);
    }
}

#[test]
fn r45_a_pause_counts_only_where_the_clock_runs() {
    let mut business = clock("2026-11-16 09:00", "240m business");
    business.pauses = vec![
        pause("2026-11-13 09:00", "2026-11-16 09:30"), // half an hour after the start
        pause("2026-11-16 12:00", "2026-11-16 13:30"), // lunch
        pause("2026-11-16 18:00", "2026-11-17 09:00"), // night
    ];
    assert_eq!(due_at(&business, "2026-11-18 09:00"), "2026-11-16 15:00");
    let mut real = clock("2026-11-16 09:00", "4h real");
    real.pauses = vec![pause("2026-11-13 09:00", "2026-11-16 09:30"), pause("2026-11-16 12:00", "2026-11-16 13:30")];
    assert_eq!(due_at(&real, "2026-11-18 09:00"), "2026-11-16 15:00");
    real.stopped = Some(at("2026-11-16 11:00"));
    assert_eq!(due_at(&real, "2026-11-18 09:00"), "2026-11-16 13:30", "a pause after the stop counts nothing");
}

#[test]
fn r45_while_paused_the_minutes_left_are_shown_and_no_due() {
    let mut clock = clock("2026-11-16 09:00", "900m business");
    clock.pauses.push(Pause { from: at("2026-11-16 17:00"), to: None });
    let reading = clock.read(&standard(), at("2026-11-17 10:00"), WARN_PERCENT);
    assert_eq!((reading.state, reading.due), (State::Paused, None));
    assert_eq!((reading.used_minutes, reading.left_minutes), (390, 510));
    assert_eq!(reading.due_if_resumed, Some(at("2026-11-18 11:00")));
}

#[test]
fn r45_a_wait_that_begins_after_the_due_minute_hides_nothing() {
    let mut clock = clock("2026-11-16 09:00", "60m business");
    clock.pauses.push(Pause { from: at("2026-11-16 10:01"), to: None });
    let reading = clock.read(&standard(), at("2026-11-17 10:00"), WARN_PERCENT);
    assert_eq!((reading.state, reading.due), (State::Missed, Some(at("2026-11-16 10:00"))));
    assert_eq!((reading.used_minutes, reading.left_minutes), (61, -1));
}

#[test]
fn r45_a_workday_whose_last_minute_is_paused_is_not_counted() {
    let mut clock = clock("2026-11-16 10:00", "2 workdays");
    for (from, to, due) in [
        ("2026-11-16 11:00", "2026-11-16 17:59", "2026-11-18 18:00"),
        ("2026-11-16 11:00", "2026-11-16 18:00", "2026-11-19 18:00"),
        ("2026-11-16 17:59", "2026-11-17 09:00", "2026-11-19 18:00"),
        ("2026-11-16 18:00", "2026-11-17 17:59", "2026-11-18 18:00"),
        ("2026-11-16 17:00", "2026-11-17 18:00", "2026-11-20 18:00"),
        ("2026-11-18 18:00", "2026-11-20 18:00", "2026-11-18 18:00"),
        ("2026-11-18 17:00", "2026-11-21 18:00", "2026-11-23 18:00"),
        ("2026-11-15 10:00", "2026-11-16 10:30", "2026-11-18 18:00"),
    ] {
        clock.pauses = vec![pause(from, to)];
        assert_eq!(due_at(&clock, "2026-11-30 09:00"), due, "{from} to {to}");
    }
    clock.start = at("2026-11-16 18:00");
    clock.pauses = vec![pause("2026-11-16 17:00", "2026-11-16 18:30")];
    assert_eq!(due_at(&clock, "2026-11-30 09:00"), "2026-11-18 18:00", "that minute was before the start");
}

#[test]
fn r46_exactly_on_the_due_minute_is_met() {
    let mut clock = clock("2026-11-16 11:45", "30m real");
    for (moment, done, open) in [
        ("2026-11-16 12:14", State::Met, State::Running),
        ("2026-11-16 12:15", State::Met, State::Running),
        ("2026-11-16 12:15:30", State::Met, State::Running),
        ("2026-11-16 12:15:59", State::Met, State::Running),
        ("2026-11-16 12:16", State::Missed, State::Missed),
    ] {
        clock.stopped = Some(at(moment));
        assert_eq!(clock.read(&standard(), at("2026-11-20 09:00"), WARN_PERCENT).state, done, "done {moment}");
        clock.stopped = None;
        assert_eq!(clock.read(&standard(), at(moment), WARN_PERCENT).state, open, "open {moment}");
    }
}

#[test]
fn r46_done_after_closing_is_missed_though_no_working_minute_is_over() {
    let mut clock = clock("2026-11-16 09:00", "900m business");
    clock.stopped = Some(at("2026-11-17 18:01"));
    let reading = clock.read(&standard(), at("2026-11-20 09:00"), WARN_PERCENT);
    assert_eq!((reading.state, reading.left_minutes), (State::Missed, 0));
}

#[test]
fn r47_a_clock_warns_from_80_percent_until_it_is_done() {
    let mut clock = clock("2026-11-16 11:45", "30m real");
    let warn = |clock: &Clock, now: &str, percent| clock.read(&standard(), at(now), percent).warn;
    assert!(!warn(&clock, "2026-11-16 12:08", WARN_PERCENT));
    assert!(warn(&clock, "2026-11-16 12:09", WARN_PERCENT), "24 of 30 minutes");
    assert!(!warn(&clock, "2026-11-16 12:09", 81));
    assert!(warn(&clock, "2026-11-16 12:30", WARN_PERCENT));
    clock.stopped = Some(at("2026-11-16 12:10"));
    assert!(!warn(&clock, "2026-11-16 12:12", WARN_PERCENT));
}

#[test]
fn r47_workdays_warn_by_their_working_minutes() {
    let clock = clock("2026-11-16 09:00", "1 workday"); // 900 working minutes, 80 % of them on Tuesday 15:00
    let warn = |now: &str| clock.read(&standard(), at(now), WARN_PERCENT).warn;
    assert!(!warn("2026-11-17 14:59"));
    assert!(warn("2026-11-17 15:00"));
}

#[test]
fn r48_every_interval_is_explained_counted_or_skipped() {
    let mut clock = clock("2018-12-28 16:40", "480m business");
    clock.pauses.push(pause("2018-12-28 17:30", "2018-12-29 09:10"));
    clock.stopped = Some(at("2019-01-02 09:30"));
    let reading = clock.read(&new_year_2019_with_working_saturday(), at("2019-01-05 09:00"), WARN_PERCENT);
    let explained: Vec<String> = reading
        .intervals
        .iter()
        .map(|i| format!("{} {} {}", wall_minute(i.from, Zone::default()), i.minutes, i.why.name().en))
        .collect();
    assert_eq!(
        explained,
        [
            "2018-12-28 16:40 50 counted",
            "2018-12-28 17:30 30 waiting for the customer",
            "2018-12-28 18:00 900 outside working hours",
            "2018-12-29 09:00 10 waiting for the customer",
            "2018-12-29 09:10 170 counted",
            "2018-12-29 12:00 90 outside working hours",
            "2018-12-29 13:30 270 counted",
            "2018-12-29 18:00 360 outside working hours",
            "2018-12-30 00:00 4320 day off",
            "2019-01-02 00:00 540 outside working hours",
            "2019-01-02 09:00 30 counted",
        ]
    );
    assert_eq!(reading.used_minutes, 50 + 170 + 270 + 30);
}

#[test]
fn r49_what_comes_after_now_has_not_happened_yet() {
    let mut clock = clock("2026-11-16 09:00", "240m business");
    clock.pauses.push(pause("2026-11-16 10:00", "2026-11-16 11:00"));
    clock.stopped = Some(at("2026-11-16 11:30"));
    let state = |now: &str| clock.read(&standard(), at(now), WARN_PERCENT).state;
    assert_eq!(state("2026-11-16 08:00"), State::Running);
    assert_eq!(state("2026-11-16 09:59"), State::Running);
    assert_eq!(state("2026-11-16 10:00"), State::Paused);
    assert_eq!(state("2026-11-16 11:00"), State::Running);
    assert_eq!(state("2026-11-16 11:30"), State::Met);
}

#[test]
fn a_stop_before_the_start_uses_nothing_and_is_met() {
    let mut clock = clock("2026-11-16 09:00", "0m real");
    clock.stopped = Some(at("2026-11-16 08:00"));
    let reading = clock.read(&standard(), at("2026-11-17 09:00"), WARN_PERCENT);
    assert_eq!((reading.state, reading.used_minutes, reading.intervals.len()), (State::Met, 0, 0));
}

// ---------------------------------------------------------------------------------------------------------------------
// The calendar
// ---------------------------------------------------------------------------------------------------------------------

fn spans(texts: &[&str]) -> Vec<Span> {
    texts.iter().map(|text| text.parse().unwrap()).collect()
}

#[test]
fn a_span_reads_back_and_must_end_after_it_begins() {
    for good in ["09:00-12:00", "00:00-24:00", "23:59-24:00", "00:00-00:01"] {
        assert_eq!(good.parse::<Span>().unwrap().to_string(), good);
    }
    for bad in ["", "09:00", "12:00-12:00", "12:00-09:00", "9:00-12:00", "09:60-12:00", "09:00-24:01", "09:00-+9:30"] {
        assert!(bad.parse::<Span>().is_err(), "{bad}");
    }
}

#[test]
fn a_calendar_without_days_or_with_spans_out_of_order_is_refused() {
    let make = |days: &[Weekday], texts: &[&str]| Calendar::new(Zone::default(), days, &spans(texts));
    let standard_days = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];
    assert_eq!(make(&standard_days, &["09:00-12:00", "13:30-18:00"]), Ok(standard()));
    assert!(make(&[Weekday::Sun, Weekday::Sun], &["09:00-12:00", "12:00-18:00"]).is_ok());
    assert!(make(&[], &["09:00-12:00"]).is_err());
    assert!(make(&[Weekday::Mon], &[]).is_err());
    assert!(make(&[Weekday::Mon], &["13:30-18:00", "09:00-12:00"]).is_err());
    let error = make(&[Weekday::Mon], &["09:00-12:00", "11:59-18:00"]).unwrap_err();
    assert!(error.en.starts_with("11:59-18:00 begins before 09:00-12:00"), "{}", error.en);
}

#[test]
fn closing_is_the_end_of_the_last_span_on_a_day_off_too() {
    assert_eq!(standard().closing(date("2026-11-20")), at("2026-11-20 18:00"));
    assert_eq!(standard().closing(date("2026-11-21")), at("2026-11-21 18:00"));
    let night = Calendar::new(Zone::default(), &[Weekday::Mon], &spans(&["18:00-24:00"])).unwrap();
    assert_eq!(night.closing(date("2026-11-30")), at("2026-12-01 00:00"));
}

#[test]
fn working_days_between_two_dates_leave_out_the_first() {
    let calendar = new_year_2019_with_working_saturday();
    for (from, to, days) in [
        ("2018-12-28", "2018-12-28", 0),
        ("2018-12-28", "2018-12-29", 1),
        ("2018-12-28", "2019-01-03", 3),
        ("2018-12-31", "2019-01-01", 0),
        ("2019-01-03", "2018-12-28", -3),
    ] {
        assert_eq!(calendar.workdays_between(date(from), date(to)), days, "{from} to {to}");
    }
    assert_eq!(calendar.next_working(date("2018-12-29")), Some(date("2019-01-02")));
    assert_eq!(calendar.last_working(date("2018-12-29")), Some(date("2018-12-29")), "the day itself");
    assert_eq!(calendar.last_working(date("2019-01-01")), Some(date("2018-12-29")));
}

#[test]
fn business_minutes_have_a_sign_and_cut_seconds() {
    let calendar = standard();
    let minutes = |from: &str, to: &str| calendar.business_minutes(at(from), at(to));
    assert_eq!(minutes("2026-11-20 17:00", "2026-11-23 10:00"), 120);
    assert_eq!(minutes("2026-11-23 10:00", "2026-11-20 17:00"), -120);
    assert_eq!(minutes("2026-11-20 17:00:59", "2026-11-20 17:01:00"), 1);
    assert_eq!(minutes("2026-11-20 12:00", "2026-11-20 13:30"), 0);
}

#[test]
fn an_hour_that_a_zone_skips_or_repeats_is_counted_as_it_passes() {
    let night = |spans_of: &[&str]| {
        Calendar::new(zone("Europe/Berlin"), &[Weekday::Sat, Weekday::Sun], &spans(spans_of)).unwrap()
    };
    for (hours, day, minutes) in [
        ("01:00-05:00", "2026-03-29", 180), // 02:00 becomes 03:00
        ("02:10-02:50", "2026-03-29", 0),
        ("02:30-03:30", "2026-03-29", 30),
        ("01:00-05:00", "2026-10-25", 300), // 03:00 becomes 02:00
        ("02:30-03:30", "2026-10-25", 120),
        ("01:00-02:30", "2026-10-25", 90),
        ("00:00-24:00", "2026-10-25", 1500),
        ("00:00-24:00", "2026-10-24", 1440),
    ] {
        let calendar = night(&[hours]);
        let day = date(day);
        let (from, to) = (
            calendar.zone().on(day, Default::default()),
            calendar.zone().on(day.succ_opt().unwrap(), Default::default()),
        );
        assert_eq!(calendar.business_minutes(from, to), minutes, "{hours} on {day}");
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// Limits: nothing runs on or panics
// ---------------------------------------------------------------------------------------------------------------------

#[test]
fn a_huge_run_of_days_off_gives_no_due_and_ends() {
    let calendar = date("2026-01-01")
        .iter_days()
        .take(50_000)
        .fold(standard(), |calendar, day| calendar.with_override(day, DayKind::Off));
    assert_eq!(calendar.next_working(date("2026-01-01")), None);
    assert_eq!(calendar.next_working(date("2090-01-01")), Some(date("2162-11-24")), "within a century");
    assert_eq!(calendar.last_working(date("2162-11-23")), None);
    assert_eq!(calendar.last_working(date("2090-01-01")), Some(date("2025-12-31")), "within a century");
    for target in ["1m business", "0 workdays"] {
        let reading = clock("2026-11-16 09:00", target).read(&calendar, at("2027-11-16 09:00"), WARN_PERCENT);
        assert_eq!((reading.due, reading.due_if_resumed, reading.state), (None, None, State::Running), "{target}");
        assert_eq!(reading.intervals.len(), 1, "one long day off");
    }
    assert_eq!(due_of(&clock("2026-11-16 09:00", "1m real"), &calendar), "2026-11-16 09:01");
    assert_eq!(calendar.business_minutes(at("2026-01-01 00:00"), at("2160-01-01 00:00")), 0);
}

#[test]
fn targets_of_ten_years_are_exact() {
    // 2026-01-01 to 2036-01-01 holds 3,652 days, 2,608 of them Monday to Friday.
    assert_eq!(standard().workdays_between(date("2026-01-01"), date("2036-01-01")), 2608);
    assert_eq!(due_of(&clock("2026-01-01 09:00", "2608 workdays"), &standard()), "2036-01-01 18:00");
    assert_eq!(due_of(&clock("2026-01-01 09:00", "1174050m business"), &standard()), "2036-01-01 18:00");
    assert_eq!(due_of(&clock("2026-01-01 09:00", "87648h real"), &standard()), "2036-01-01 09:00");
    assert_eq!(due_of(&clock("2026-01-01 09:00", "3660 workdays"), &standard()), "2040-01-12 18:00");
}

#[test]
fn the_ends_of_time_are_held_not_passed() {
    let (first, last): (Time, Time) =
        (DateTime::<chrono::Utc>::MIN_UTC.into(), DateTime::<chrono::Utc>::MAX_UTC.into());
    let moments = [first, at("2026-11-16 09:00"), last];
    let targets = [Target::Real(u32::MAX), Target::Business(u32::MAX), Target::Workdays(u32::MAX), Target::Workdays(0)];
    for zone_name in ["Asia/Shanghai", "Europe/Berlin", "Pacific/Kiritimati", "Etc/GMT+12"] {
        let calendar = Calendar::standard(zone(zone_name))
            .with_override(Date::MIN, DayKind::Working)
            .with_override(Date::MAX, DayKind::Working);
        for day in [Date::MIN, date("2026-11-16"), Date::MAX] {
            calendar.is_working(day);
            calendar.next_working(day);
            calendar.last_working(day);
            calendar.closing(day);
            calendar.workdays_between(day, Date::MAX);
            calendar.workdays_between(day, Date::MIN);
        }
        for start in moments {
            for other in moments {
                calendar.business_minutes(start, other);
                for target in targets {
                    let pauses = vec![Pause { from: other, to: None }, Pause { from: first, to: Some(other) }];
                    let stopped = Some(other).filter(|_| target == Target::Workdays(0));
                    let reading = Clock { start, target, pauses, stopped }.read(&calendar, other, u8::MAX);
                    assert!(reading.due.is_none() || target == Target::Workdays(0), "{target}");
                }
            }
        }
        assert!(calendar.closing(Date::MAX) > calendar.closing(date("9999-12-01")));
        assert!(calendar.closing(Date::MIN) < calendar.closing(date("0001-02-01")));
    }
}

// ---------------------------------------------------------------------------------------------------------------------
// The oracle
// ---------------------------------------------------------------------------------------------------------------------

/// Forty-five days of one zone, with what the clock on the wall shows at each minute. That clock is never turned back:
/// in an hour that the zone repeats it stands still until it is right again.
struct Window {
    zone: Zone,
    /// The first minute, since 1970 in UTC.
    first: i64,
    /// The day of each minute, and the minute of that day.
    wall: Vec<(Date, u32)>,
}

const WINDOW_DAYS: i64 = 45;

fn time_of(minute: i64) -> Time {
    DateTime::from_timestamp(minute * 60, 0).unwrap().fixed_offset()
}

impl Window {
    fn new(zone_name: &str, first_day: &str) -> Window {
        let zone = zone(zone_name);
        let first = date(first_day).and_hms_opt(0, 0, 0).unwrap().and_utc().timestamp() / 60;
        let mut highest = NaiveDateTime::MIN;
        let wall = (first..first + WINDOW_DAYS * 1440).map(|minute| {
            highest = highest.max(zone.wall(time_of(minute)));
            (highest.date(), highest.hour() * 60 + highest.minute())
        });
        Window { zone, first, wall: wall.collect() }
    }

    fn last(&self) -> i64 {
        self.first + self.wall.len() as i64
    }

    fn wall(&self, minute: i64) -> (Date, u32) {
        self.wall[(minute - self.first) as usize]
    }
}

/// Around each change of DST, around New Year, and where there is none.
static WINDOWS: LazyLock<Vec<Window>> = LazyLock::new(|| {
    [
        ("Asia/Shanghai", "2018-12-10"),
        ("Asia/Shanghai", "2026-09-20"),
        ("Europe/Berlin", "2026-03-14"),
        ("Europe/Berlin", "2026-10-10"),
        ("America/New_York", "2027-02-27"),
        ("America/New_York", "2027-10-24"),
        ("Australia/Lord_Howe", "2026-03-21"), // half an hour back
        ("Australia/Lord_Howe", "2026-09-19"),
        ("America/St_Johns", "2010-10-24"), // 00:01 becomes 23:01 of the day before
        ("Africa/Cairo", "2026-04-10"),     // 00:00 becomes 01:00
    ]
    .map(|(zone, first)| Window::new(zone, first))
    .into()
});

/// A calendar as the oracle sees it, beside the same one of the product.
struct Hours {
    weekdays: Vec<Weekday>,
    spans: Vec<(u32, u32)>,
    overrides: BTreeMap<Date, DayKind>,
}

impl Hours {
    fn random(random: &mut Random, window: &Window) -> Hours {
        let all = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];
        let mut weekdays: Vec<Weekday> = all.into_iter().filter(|_| random.chance(70)).collect();
        if weekdays.is_empty() {
            weekdays.push(*random.pick(&all));
        }
        let count = random.between(1, 3) as usize;
        let mut edges: Vec<u32> = Vec::new();
        while edges.len() < 2 * count {
            // Often in the small hours, where zones change.
            let latest = if random.chance(40) { 300 } else { 1440 };
            let edge = random.between(0, latest) as u32;
            if !edges.contains(&edge) {
                edges.push(edge);
            }
        }
        edges.sort();
        if count > 1 && random.chance(20) {
            edges[2] = edges[1]; // two spans that touch
        }
        let spans = edges.chunks(2).map(|pair| (pair[0], pair[1])).collect();
        let overrides = (0..random.between(0, 12))
            .map(|_| {
                let (day, _) = *random.pick(&window.wall);
                (day, if random.chance(50) { DayKind::Off } else { DayKind::Working })
            })
            .collect();
        Hours { weekdays, spans, overrides }
    }

    fn calendar(&self, zone: Zone) -> Calendar {
        let text = |(from, to): &(u32, u32)| format!("{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60);
        let spans: Vec<Span> = self.spans.iter().map(|span| text(span).parse().unwrap()).collect();
        let calendar = Calendar::new(zone, &self.weekdays, &spans).unwrap();
        self.overrides.iter().fold(calendar, |calendar, (day, kind)| calendar.with_override(*day, *kind))
    }

    fn works(&self, day: Date) -> bool {
        match self.overrides.get(&day) {
            Some(kind) => *kind == DayKind::Working,
            None => self.weekdays.contains(&day.weekday()),
        }
    }

    fn why(&self, (day, minute): (Date, u32)) -> Why {
        if !self.works(day) {
            Why::DayOff
        } else if self.spans.iter().any(|(from, to)| (*from..*to).contains(&minute)) {
            Why::Counted
        } else {
            Why::Closed
        }
    }

    /// Whether work on some working day from `since` on ended between one reading of the wall clock and the next.
    fn closed_between(&self, before: (Date, u32), after: (Date, u32), since: Date) -> bool {
        let closing = self.spans.last().unwrap().1;
        if before.0 == after.0 && !(before.1 < closing && closing <= after.1) {
            return false; // nearly every minute
        }
        let end = |day: Date| if closing == 1440 { (day.succ_opt().unwrap(), 0) } else { (day, closing) };
        [before.0.pred_opt().unwrap(), before.0, after.0]
            .into_iter()
            .any(|day| day >= since && self.works(day) && before < end(day) && end(day) <= after)
    }
}

/// One seeded case, in minutes since 1970; `None` ends a pause that lasts.
#[derive(Debug)]
struct Case {
    target: Target,
    start: i64,
    now: i64,
    stopped: Option<i64>,
    pauses: Vec<(i64, Option<i64>)>,
    percent: u8,
}

impl Case {
    fn random(random: &mut Random, window: &Window, hours: &Hours, target: Target) -> Case {
        // Often on the edge of a span, where being a minute off would show.
        let moment = |random: &mut Random, from: i64, to: i64| {
            let minute = random.between(from, to);
            let edge = |minute: &i64| hours.spans.iter().any(|(a, b)| [*a, *b].contains(&window.wall(*minute).1));
            let edges = random.chance(30).then(|| (minute..minute + 1440).find(edge)).flatten();
            edges.unwrap_or(minute)
        };
        let start = moment(random, window.first + 3 * 1440, window.first + 20 * 1440);
        let near = |random: &mut Random| {
            let reach = *random.pick(&[60, 600, 3 * 1440, 8 * 1440]);
            moment(random, start - reach / 4, start + reach)
        };
        let pauses = (0..random.between(0, 5))
            .map(|_| {
                let from = near(random);
                let length = *random.pick(&[0, 30, 300, 2880]);
                // A few end before they begin, a few last.
                (from, (!random.chance(12)).then(|| moment(random, from - length / 10, from + length)))
            })
            .collect();
        let stopped = random.chance(50).then(|| near(random));
        let percent = *random.pick(&[80, 80, 50, 100, 0]);
        Case { target, start, now: near(random), stopped, pauses, percent }
    }

    /// The same case with seconds on every moment, which must not matter.
    fn clock(&self, random: &mut Random) -> (Clock, Time) {
        let mut time = |minute: i64| time_of(minute) + TimeDelta::milliseconds(random.between(0, 59_999));
        let pauses = self.pauses.iter().map(|(from, to)| Pause { from: time(*from), to: to.map(&mut time) }).collect();
        let start = time(self.start);
        let stopped = self.stopped.map(&mut time);
        let now = time(self.now);
        (Clock { start, target: self.target, pauses, stopped }, now)
    }

    fn seen(&self) -> i64 {
        self.stopped.filter(|stop| *stop <= self.now).unwrap_or(self.now)
    }

    fn paused(&self, minute: i64) -> bool {
        let held = |(from, to): &(i64, Option<i64>)| *from <= minute && to.is_none_or(|to| minute < to);
        minute >= self.start && minute < self.seen() && self.pauses.iter().any(held)
    }

    fn waiting(&self) -> bool {
        let held = |(from, to): &(i64, Option<i64>)| *from <= self.now && to.is_none_or(|to| self.now < to);
        self.seen() == self.now
            && self.stopped.is_none_or(|stop| stop > self.now)
            && self.now >= self.start
            && self.pauses.iter().any(held)
    }
}

/// What the walk found, minute by minute.
struct Walked {
    /// `None` when the window ends first.
    due: Option<i64>,
    used: i64,
    /// Working minutes up to the due one.
    allowed: i64,
    /// Each minute from the start until it was seen.
    why: Vec<Why>,
}

fn walk(case: &Case, hours: &Hours, window: &Window) -> Walked {
    let real = matches!(case.target, Target::Real(_));
    let since = window.zone.day(time_of(case.start));
    let (mut used, mut allowed, mut closings) = (0, 0, 0);
    let mut why = Vec::new();
    let mut due = match case.target {
        Target::Real(0) | Target::Business(0) => Some(case.start),
        _ => None,
    };
    for minute in case.start..window.last() {
        if let Target::Workdays(days) = case.target
            && due.is_none()
            && hours.closed_between(window.wall(minute - 1), window.wall(minute), since)
            && !case.paused(minute - 1)
        {
            closings += 1;
            due = (closings > days).then_some(minute);
        }
        if due.is_some() && minute >= case.seen() {
            break;
        }
        let own = if real { Why::Counted } else { hours.why(window.wall(minute)) };
        let own = if own == Why::Counted && case.paused(minute) { Why::Paused } else { own };
        if minute < case.seen() {
            why.push(own);
            used += i64::from(own == Why::Counted);
        }
        if due.is_none() && own == Why::Counted {
            allowed += 1;
            let (Target::Real(minutes) | Target::Business(minutes)) = case.target else { continue };
            due = (allowed == i64::from(minutes)).then_some(minute + 1);
        }
    }
    if let Target::Real(minutes) | Target::Business(minutes) = case.target {
        allowed = minutes.into();
    }
    Walked { due, used, allowed, why }
}

/// Compares a reading with the walk; false when the due minute lay outside the window.
fn agrees(reading: &Reading, case: &Case, walked: &Walked, window: &Window, context: &dyn Fn() -> String) -> bool {
    let minutes = |time: Option<Time>| time.map(|time| time.timestamp() / 60);
    let found = minutes(reading.due_if_resumed).filter(|due| *due < window.last());
    assert_eq!(found, walked.due, "due, {}", context());
    assert_eq!(reading.used_minutes, walked.used, "used, {}", context());

    let why = reading.intervals.iter().flat_map(|i| std::iter::repeat_n(i.why, i.minutes as usize));
    assert!(why.eq(walked.why.iter().copied()), "intervals, {}", context());
    let joined = reading.intervals.windows(2).all(|pair| pair[0].to == pair[1].from && pair[0].why != pair[1].why);
    let lengths = reading.intervals.iter().all(|i| i.minutes == (i.to - i.from).num_minutes() && i.minutes > 0);
    assert!(joined && lengths, "intervals join, {}", context());
    let ends = reading.intervals.first().zip(reading.intervals.last()).map(|(a, b)| (a.from, b.to));
    let expected = (case.seen() > case.start).then(|| (time_of(case.start), time_of(case.seen())));
    assert_eq!(ends, expected, "intervals end, {}", context());

    let Some(due) = walked.due else { return false };
    assert_eq!(reading.left_minutes, walked.allowed - walked.used, "left, {}", context());
    let done = case.stopped.is_some_and(|stop| stop <= case.now);
    let state = match (done, case.seen() > due) {
        (_, true) => State::Missed,
        (true, false) => State::Met,
        (false, false) if case.waiting() => State::Paused,
        (false, false) => State::Running,
    };
    assert_eq!(reading.state, state, "state, {}", context());
    let shown = if case.waiting() && due > case.now { None } else { Some(due) };
    assert_eq!(minutes(reading.due), shown, "due shown, {}", context());
    let warn = !done && walked.used * 100 >= walked.allowed * i64::from(case.percent);
    assert_eq!(reading.warn, warn, "warn, {}", context());
    true
}

/// Runs `count` seeded cases whose due minute the walk finds.
fn compare(seed: u64, count: usize, target: impl Fn(&mut Random) -> Target) {
    let mut random = Random(seed);
    let (mut resolved, mut tried) = (0, 0);
    while resolved < count {
        tried += 1;
        let window = random.pick(&WINDOWS);
        let hours = Hours::random(&mut random, window);
        let calendar = hours.calendar(window.zone);
        let target = target(&mut random);
        let case = Case::random(&mut random, window, &hours, target);
        let (clock, now) = case.clock(&mut random);
        let context = || {
            let Hours { weekdays, spans, overrides } = &hours;
            format!("case {tried} in {}: {case:?}, {weekdays:?}, {spans:?}, {overrides:?}", window.zone.name())
        };
        let walked = walk(&case, &hours, window);
        let reading = clock.read(&calendar, now, case.percent);
        resolved += usize::from(agrees(&reading, &case, &walked, window, &context));
    }
    assert!(tried < count * 2, "most cases find their due minute: {count} of {tried}");
}

const CASES: usize = 3_000;

#[test]
fn r44_r48_real_clocks_agree_with_a_walk_minute_by_minute() {
    compare(44, CASES, |random| Target::Real(*random.pick(&[0, 30, 240, 1440, 2880]) + random.between(0, 90) as u32));
}

#[test]
fn r44_r48_business_clocks_agree_with_a_walk_minute_by_minute() {
    compare(45, CASES, |random| {
        let longest = *random.pick(&[3, 60, 480, 1500]);
        Target::Business(random.between(0, longest) as u32)
    });
}

#[test]
fn r44_r48_workday_clocks_agree_with_a_walk_minute_by_minute() {
    compare(46, CASES, |random| Target::Workdays(random.between(0, 6) as u32));
}

#[test]
fn business_minutes_agree_with_a_walk_minute_by_minute() {
    let mut random = Random(47);
    for case in 0..1_000 {
        let window = random.pick(&WINDOWS);
        let hours = Hours::random(&mut random, window);
        let from = window.first + random.between(1440, 20 * 1440);
        let to = from + random.between(0, 4 * 1440);
        let walked = (from..to).filter(|minute| hours.why(window.wall(*minute)) == Why::Counted).count() as i64;
        let calendar = hours.calendar(window.zone);
        assert_eq!(calendar.business_minutes(time_of(from), time_of(to)), walked, "case {case}");
        assert_eq!(calendar.business_minutes(time_of(to), time_of(from)), -walked, "case {case} backward");
    }
}

#[test]
fn working_days_agree_with_a_walk_day_by_day() {
    let mut random = Random(48);
    for case in 0..1_000 {
        let window = random.pick(&WINDOWS);
        let hours = Hours::random(&mut random, window);
        let calendar = hours.calendar(window.zone);
        let from = random.pick(&window.wall).0;
        let to = from + TimeDelta::days(random.between(0, 60));
        let walked =
            from.iter_days().skip(1).take_while(|day| *day <= to).filter(|day| hours.works(*day)).count() as i64;
        assert_eq!(calendar.workdays_between(from, to), walked, "case {case}");
        assert_eq!(calendar.workdays_between(to, from), -walked, "case {case} backward");
        let next = from.iter_days().skip(1).find(|day| hours.works(*day));
        assert_eq!(calendar.next_working(from), next, "case {case}");
        let last = (0..).map(|back| to - TimeDelta::days(back)).find(|day| hours.works(*day));
        assert_eq!(calendar.last_working(to), last, "case {case} backward");
    }
}
