//! Files damaged at random: every command still answers or refuses in order, never with a bug, never without end, and
//! a refusal writes nothing. `CS_TEST_FULL=1` tries many more.

mod common;

use common::Desk;

/// A seeded sequence, the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }
}

/// Pieces that matter to one of the formats.
const PIECES: &[&str] = &[
    "\"",
    "'",
    "\n",
    "\r",
    ",",
    "=",
    "[",
    "]]",
    "[[step]]\n",
    "[[line]]\n",
    "\u{feff}",
    "\0",
    "#",
    "-1",
    "0",
    "99999999999",
    "18446744073709551616",
    "9999-12-31",
    "0000-01-01",
    "2026-02-30",
    "客",
    "\u{202e}",
    "\"\"\"",
    "do = \"void\"\n",
    "step = 1\n",
    "step = 999\n",
    "+23:59",
    "T23:59:60",
    "1e9",
    "inf",
    "YX",
    "DD-261118-YX-1",
    "FH-261118-YX-1",
    "<<<<<<< HEAD\n",
    "{",
    "}",
    ".",
    "\\u{110000}",
    "true",
    "any",
    "from = 2026-11-18\n",
    "[[change]]\n",
];

fn damaged(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let (at, other) = (dice.below(bytes.len()), dice.below(bytes.len()));
    let (from, to) = (at.min(other), at.max(other).min(at.min(other) + 200));
    let piece = PIECES[dice.below(PIECES.len())].bytes();
    match dice.below(7) {
        0 => bytes.truncate(at),
        1 => drop(bytes.drain(from..to)),
        2 => bytes.extend_from_within(from..to),
        3 => bytes.splice(from..from, bytes[from..to].to_vec()).for_each(drop),
        4 if !bytes.is_empty() => bytes[at] = dice.below(256) as u8,
        5 => bytes.splice(from..to.min(from + 12), piece).for_each(drop),
        _ => bytes.splice(at..at, piece).for_each(drop),
    }
    bytes
}

#[test]
fn no_damage_makes_a_bug_or_an_endless_command() {
    let desk = Desk::plain();
    let order = desk.confirmed();
    let shipment = desk.departed(&order, "SHELF=10");
    let receipt = desk.received(&shipment, "SHELF=8:damaged=1");
    desk.cs(&format!("ship remedy {receipt} --reship --line SHELF=1")).ok();
    desk.append("policy.toml", "\n[[change]]\nfrom = 2026-11-01\nshipment.slip_days = 5\n");
    let sound = desk.files();
    let paths: Vec<&String> = sound.keys().filter(|path| path.contains('.') && !path.starts_with('.')).collect();
    let rounds = if std::env::var_os("CS_TEST_FULL").is_some() { 2000 } else { 60 };
    let seed = std::env::var("CS_TEST_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_118);
    let mut dice = Dice(seed);
    let lines = [
        "check".to_string(),
        "todo --until +99 --explain".to_string(),
        format!("show {order}"),
        format!("show {receipt} --json"),
        "ship list --all".to_string(),
        "report month 2026-11".to_string(),
        "report shipments 2026-11 --json".to_string(),
        format!("order progress {order}"),
        format!("ship track {shipment} --place here"),
        format!("order edit {order} --brand B"),
        format!("void {receipt} --step 2 --note x"),
        "customer edit ACME --region R".to_string(),
        "customer assign ACME --to ZL".to_string(),
    ];
    for round in 0..rounds {
        let path = paths[dice.below(paths.len())];
        let wrong = damaged(&sound[path], &mut dice);
        desk.write(path, &wrong);
        for _ in 0..4 {
            let line = &lines[dice.below(lines.len())];
            let before = desk.files();
            let done = desk.cs(line).by("WM").done();
            let text = String::from_utf8_lossy(&wrong);
            assert!(matches!(done.code, Some(0 | 1)), "round {round}, {path}: {done}\n{text}");
            let after = desk.files();
            if done.code == Some(1) {
                assert!(before == after, "round {round}, {path}: a refusal wrote: {done}\n{text}");
            }
            let changed = after.iter().filter(|(path, bytes)| before.get(*path) != Some(bytes)).count();
            assert!(changed <= 1 && after.len() >= before.len(), "round {round}, {path}: {done}");
        }
        for (path, bytes) in desk.files().iter().filter(|(path, bytes)| sound.get(*path) != Some(bytes)) {
            match sound.get(path) {
                Some(bytes) => desk.write(path, bytes),
                None => drop((std::fs::remove_file(desk.path(path)), bytes)),
            }
        }
    }
}
