//! The `cs` program.

fn main() {}
