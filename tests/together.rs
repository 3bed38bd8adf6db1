//! Many commands at once in one folder, and commands killed at any moment: no number twice, no record lost, nothing to
//! repair by hand. `CS_TEST_FULL=1` raises the numbers to those of the promise.

mod common;

use std::collections::BTreeSet;
use std::process::Child;
use std::thread;
use std::time::Duration;

use common::{Desk, Run, file_of};

/// How often in the default run, and in the full one.
fn times(default: usize, full: usize) -> usize {
    if std::env::var_os("CS_TEST_FULL").is_some() { full } else { default }
}

fn new_order<'d>(desk: &'d Desk, by: &str) -> Run<'d> {
    let line = "order new --customer ACME --wanted-by 2026-12-10 --consignee S --deliver-to T --line SHELF=1";
    desk.cs(line).by(by)
}

/// `processes` threads, each making `each` orders one after another; the numbers that they printed.
fn made_together(desk: &Desk, processes: usize, each: usize) -> Vec<String> {
    let make = |worker: usize| {
        let by = ["YX", "ZL"][worker % 2];
        (0..each).map(move |_| new_order(desk, by).ok().number())
    };
    thread::scope(|scope| {
        let workers: Vec<_> =
            (0..processes).map(|worker| scope.spawn(move || make(worker).collect::<Vec<_>>())).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    })
}

/// No number twice, each with its file, none besides, and the counters without a gap.
fn all_there(desk: &Desk, numbers: &[String]) {
    let printed: BTreeSet<String> = numbers.iter().map(|number| file_of(number)).collect();
    assert_eq!(printed.len(), numbers.len(), "a number twice");
    let there: BTreeSet<String> = desk.files().into_keys().filter(|path| path.starts_with("orders/")).collect();
    assert_eq!(there, printed);
    for staff in ["YX", "ZL"] {
        let mine = numbers.iter().filter(|number| number.contains(staff)).count();
        let counters: Vec<usize> = (1..=mine).collect();
        for counter in counters {
            assert!(printed.contains(&file_of(&format!("DD-261118-{staff}-{counter}"))), "{staff} {counter}");
        }
    }
}

#[test]
fn two_and_eight_at_once_without_git() {
    for processes in [2, 8] {
        let desk = Desk::plain();
        let numbers = made_together(&desk, processes, times(40, 500));
        all_there(&desk, &numbers);
        desk.is_sound();
    }
}

#[test]
fn two_and_eight_at_once_with_a_commit_for_each() {
    for processes in [2, 8] {
        let desk = Desk::new();
        let before = desk.git(&["rev-list", "--count", "HEAD"]).trim().parse::<usize>().unwrap();
        let numbers = made_together(&desk, processes, times(8, 500));
        all_there(&desk, &numbers);
        desk.is_sound();
        assert_eq!(desk.git(&["status", "--porcelain"]), "");
        let after = desk.git(&["rev-list", "--count", "HEAD"]).trim().parse::<usize>().unwrap();
        assert_eq!(after - before, numbers.len(), "one commit each");
        let several = desk.git(&["log", "--format=%h", "--name-only", &format!("-{}", numbers.len())]);
        assert_eq!(several.lines().filter(|line| line.starts_with("orders/")).count(), numbers.len());
    }
}

#[test]
fn steps_of_one_record_and_rows_of_one_list_taken_at_once_are_all_kept() {
    let desk = Desk::plain();
    let order = desk.confirmed();
    let each = times(10, 100);
    thread::scope(|scope| {
        for worker in 0..4 {
            let (desk, order) = (&desk, &order);
            scope.spawn(move || {
                for n in 0..each {
                    desk.cs(&format!("order progress {order} --note {worker}-{n}")).ok();
                    desk.cs(&format!("carrier add C{worker}X{n} --name Carrier")).ok();
                }
            });
        }
    });
    assert_eq!(desk.show(&order)["steps"].as_array().unwrap().len(), 2 + 4 * each);
    assert_eq!(desk.cs("carrier list --json").ok().json().as_array().unwrap().len(), 2 + 4 * each);
    desk.is_sound();
}

/// A command that is killed after some time, unless it has ended; what it printed.
fn killed_after(mut child: Child, micros: u64) -> String {
    thread::sleep(Duration::from_micros(micros));
    let _ = child.kill();
    let out = child.wait_with_output().unwrap();
    String::from_utf8(out.stdout).unwrap().trim().to_string()
}

/// A simple, seeded sequence: the same moments in each run.
fn moments(count: usize, most: u64) -> impl Iterator<Item = u64> {
    let mut state = 0x2026_1118_u64;
    (0..count).map(move |_| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % most
    })
}

/// How long a command takes here, in microseconds, so that the kills fall into its whole length.
fn length(desk: &Desk) -> u64 {
    let start = std::time::Instant::now();
    new_order(desk, "YX").ok();
    start.elapsed().as_micros() as u64
}

#[test]
fn writers_killed_at_any_moment_leave_a_sound_folder_and_lose_nothing_that_was_printed() {
    let desk = Desk::plain();
    let order = desk.confirmed();
    let whole = length(&desk) * 3 / 2;
    let mut printed = BTreeSet::new();
    for (n, micros) in moments(times(200, 1000), whole).enumerate() {
        let run = match n % 4 {
            0 => desk.cs(&format!("order progress {order} --note {n}")),
            1 => desk.cs(&format!("carrier add K{n} --name Killed")),
            2 => desk.cs(&format!("customer edit ACME --region R{n}")),
            _ => new_order(&desk, "ZL"),
        };
        let number = killed_after(run.start(), micros);
        if !number.is_empty() {
            assert!(printed.insert(number.clone()), "{number} twice");
        }
        if n % 20 == 19 {
            desk.is_sound();
        }
    }
    desk.is_sound();
    for number in &printed {
        assert!(desk.path(&file_of(number)).exists(), "{number} was printed and is lost");
    }
    let tries = times(200, 1000) / 4;
    assert!((tries / 10..tries).contains(&printed.len()), "killed before and after: {} of {tries}", printed.len());
    all_commands_still_work(&desk);
}

#[test]
fn what_a_killed_command_left_uncommitted_is_committed_by_cs_commit() {
    let desk = Desk::new();
    let whole = length(&desk) * 5 / 4;
    let mut printed = BTreeSet::new();
    for micros in moments(times(25, 300), whole) {
        printed.insert(killed_after(new_order(&desk, "ZL").start(), micros));
        desk.cs("check --quiet").ok().silent();
    }
    desk.cs("commit").ok();
    assert_eq!(desk.git(&["status", "--porcelain"]), "");
    let committed = desk.git(&["ls-files", "orders"]);
    for number in printed.iter().filter(|number| !number.is_empty()) {
        assert!(committed.contains(number), "{number} was printed and is not committed");
    }
    all_commands_still_work(&desk);
}

/// Nothing that a killed command left is in the way, or in the folder.
fn all_commands_still_work(desk: &Desk) {
    let order = desk.confirmed();
    desk.shipment(&order, "SHELF=1");
    desk.is_sound();
    let stray: Vec<String> = desk.files().into_keys().filter(|path| path.contains("tmp")).collect();
    if desk.path(".git").exists() {
        assert_eq!(desk.git(&["status", "--porcelain"]), "", "temporary files are ignored: {stray:?}");
    }
}
