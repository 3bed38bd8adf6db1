//! Times one command against another, or weighs one: what `benches/run.sh` measures with.
//!
//! `times RUNS LABEL -- COMMAND … -- COMMAND …` runs the two in turn and prints both medians and their ratio;
//! `times RUNS LABEL -- COMMAND …` prints the most memory that one run held. A word `<FILE` is the command's input.

use std::fs::File;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

fn main() -> ExitCode {
    // `cargo bench` adds --bench of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let parts: Vec<&[String]> = words.split(|word| word == "--").collect();
    let runs = parts.first().and_then(|head| head.first()).and_then(|runs| runs.parse::<usize>().ok());
    let outcome = match (runs, parts.as_slice()) {
        (Some(runs), [head, one, other]) => against(runs, &head[1..].join(" "), one, other),
        (Some(runs), [head, one]) => weigh(runs, &head[1..].join(" "), one),
        _ => {
            println!("usage: times RUNS LABEL -- COMMAND … [-- COMMAND …]; benches/run.sh does it all");
            return ExitCode::SUCCESS;
        }
    };
    match outcome {
        Ok(line) => {
            println!("{line}");
            ExitCode::SUCCESS
        }
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}

/// The two commands in turn, so that what disturbs one disturbs the other; after one run of each to warm up.
fn against(runs: usize, label: &str, one: &[String], other: &[String]) -> Result<String, String> {
    let (mut ones, mut others) = (Vec::new(), Vec::new());
    for round in 0..=runs {
        let times = (run(one)?, run(other)?);
        if round > 0 {
            ones.push(times.0);
            others.push(times.1);
        }
    }
    let (one, other) = (median(ones), median(others));
    let ratio = one.as_secs_f64() / other.as_secs_f64();
    let ms = |time: Duration| time.as_secs_f64() * 1000.0;
    Ok(format!("{label:<58} {:>9.1} ms {:>9.1} ms {ratio:>6.2} ×", ms(one), ms(other)))
}

fn run(words: &[String]) -> Result<Duration, String> {
    let (input, words): (Vec<&String>, Vec<&String>) = words.iter().partition(|word| word.starts_with('<'));
    let [program, arguments @ ..] = words.as_slice() else { return Err("no command".to_string()) };
    let failed = |error: std::io::Error| format!("{program}: {error}");
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null());
    if let Some(path) = input.first() {
        command.stdin(File::open(&path[1..]).map_err(failed)?);
    }
    let start = Instant::now();
    let status = command.status().map_err(failed)?;
    let time = start.elapsed();
    if status.success() { Ok(time) } else { Err(format!("{program} {arguments:?}: {status}")) }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The most memory that the command held in any run.
fn weigh(runs: usize, label: &str, words: &[String]) -> Result<String, String> {
    for _ in 0..runs.max(1) {
        run(words)?;
    }
    Ok(match most_memory() {
        Some(bytes) => format!("{label:<58} {:>9.1} MB", bytes as f64 / 1e6),
        None => format!("{label:<58}         ?"),
    })
}

/// The most memory that any command run so far held at once.
#[cfg(unix)]
fn most_memory() -> Option<u64> {
    use nix::sys::resource::{UsageWho, getrusage};
    // Kilobytes everywhere but on Apple's systems, which count bytes.
    let unit = if cfg!(target_vendor = "apple") { 1 } else { 1024 };
    getrusage(UsageWho::RUSAGE_CHILDREN).ok().map(|usage| usage.max_rss() as u64 * unit)
}

#[cfg(not(unix))]
fn most_memory() -> Option<u64> {
    None
}
