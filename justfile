# `just` alone lists the recipes.

# The moment that the sample department is looked at from.
now := "2026-11-20 17:30"

_list:
    @just --list

# Show last month's summary of the sample department.
month:
    cargo run -q -- -C data-sample --now "{{now}}" report month last-month

# Run all tests.
test:
    cargo test

# What must pass before a change lands.
ci:
    .ci/run

# Format, and fix what clippy can fix.
tidy:
    cargo fmt
    cargo clippy --all-targets --fix --allow-dirty

# Make the sample department anew.
sample:
    cargo build
    CS_BIN=target/debug/cs python3 tests/sample/make.py

# Measure speed as ratios in one run (about ten minutes).
bench:
    sh benches/run.sh

# Build the program for use and put it on the PATH.
install:
    cargo install --path . --locked
