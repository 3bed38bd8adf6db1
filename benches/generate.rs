//! Makes a department's folder to measure with: `cargo bench --bench generate -- DIR ORDERS SEED`.

#[path = "folder/mod.rs"]
mod folder;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    // `cargo bench` adds --bench of its own.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let [dir, orders, seed] = words.as_slice() else {
        println!("usage: generate DIR ORDERS SEED; benches/run.sh does it all");
        return ExitCode::SUCCESS;
    };
    let (Ok(orders), Ok(seed)) = (orders.parse(), seed.parse()) else {
        eprintln!("ORDERS and SEED are whole numbers");
        return ExitCode::from(2);
    };
    match folder::make(Path::new(dir), orders, seed) {
        Ok(made) => {
            println!("{} forms, {} orders open, seen at {}", made.forms, made.open, folder::END);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{dir}: {error}");
            ExitCode::FAILURE
        }
    }
}
