//! The `cs` program: reads the world (arguments, environment, terminal, clock) once and hands it down.

use std::cell::RefCell;
use std::ffi::OsString;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use cs::base::problem::{Exit, Failure, Outcome, Problem};
use cs::base::source::Source;
use cs::base::time::{Now, Time, parse_time};
use cs::base::words::Lang;
use cs::commands::cli::{refusal, rendered};
use cs::commands::env::Env;
use cs::commands::{run, tree};
use cs::config::{self, Config};
use cs::show::Canvas;
use cs::show::out::{Out, Surroundings};
use cs::show::problems::{problems, problems_json};
use cs::store::{Browser, Folder};
use cs::tr;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(|_| ()));
    let args: Vec<OsString> = std::env::args_os().collect();
    let world = World::read(&args);
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| world.answer(&args)));
    let outcome = outcome.unwrap_or_else(|panic| {
        let what =
            panic.downcast_ref::<String>().cloned().or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_string()));
        Err(anyhow::anyhow!(what.unwrap_or_else(|| "panic".to_string())).into())
    });
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            world.tell(&failure);
            ExitCode::from(failure.exit as u8)
        }
    }
}

/// What is read before the command line is understood: the language decides how it is.
struct World {
    lang: Lang,
    dir: PathBuf,
    config: Config,
    json: bool,
    out: Surface,
    err: Surface,
    asks: bool,
}

/// A stream: whether it is a terminal, how wide, whether colours may be written.
#[derive(Clone, Copy)]
struct Surface {
    terminal: bool,
    /// Whether a line on it can be drawn over.
    moves: bool,
    color: bool,
    width: Option<usize>,
}

impl Surface {
    fn of(terminal: bool) -> Surface {
        let (no_color, term, columns) = (variable("NO_COLOR"), variable("TERM"), variable("COLUMNS"));
        let size = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
        let around = Surroundings {
            terminal,
            no_color: no_color.as_deref(),
            term: term.as_deref(),
            columns: columns.as_deref(),
            size,
        };
        let moves = terminal && term.as_deref() != Some("dumb");
        Surface { terminal, moves, color: around.color(), width: around.width() }
    }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// The settings of the folder at or above a directory. A wrong cs.toml is told by the command that opens the folder.
fn config_of(dir: &std::path::Path) -> Config {
    let text = Folder::find(dir).ok().and_then(|f| f.read(config::FILE).ok().flatten());
    text.map_or_else(Config::default, |text| Config::read(&text).0)
}

impl World {
    fn read(args: &[OsString]) -> World {
        let glance = |long: &str, short: &str| glance(args, long, short);
        let dir =
            glance("--dir", "-C").or_else(|| variable("CS_DIR")).map_or_else(|| PathBuf::from("."), PathBuf::from);
        let config = config_of(&dir);
        let named = glance("--lang", "").or_else(|| variable("CS_LANG")).and_then(|name| Lang::from_name(&name));
        let locale = || {
            let names = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(|name| variable(name));
            names.or_else(sys_locale::get_locale).and_then(|name| Lang::from_name(&name))
        };
        let lang = named.or(config.lang).or_else(locale).unwrap_or_default();
        let json = args.iter().any(|arg| arg == "--json");
        let asks = std::io::stdin().is_terminal() && std::io::stderr().is_terminal() && !json;
        World {
            lang,
            dir,
            config,
            json,
            out: Surface::of(std::io::stdout().is_terminal()),
            err: Surface::of(std::io::stderr().is_terminal()),
            asks,
        }
    }

    /// The same world around another folder.
    fn at(&self, dir: PathBuf) -> World {
        World { config: config_of(&dir), dir, ..*self }
    }

    fn canvas(&self, surface: Surface) -> Canvas {
        Canvas { lang: self.lang, zone: self.config.zone, width: surface.width, color: surface.color }
    }

    fn answer(&self, args: &[OsString]) -> Outcome {
        let mut tree = tree(self.lang);
        let matches = match tree.try_get_matches_from_mut(args) {
            Ok(matches) => matches,
            Err(error) => return self.unparsed(&mut tree, args, &error),
        };
        let typed = |name: &str| matches.get_one::<String>(name).cloned();
        if let Some(word) = typed("lang").or_else(|| variable("CS_LANG")).filter(|w| Lang::from_name(w).is_none()) {
            return Err(Failure::new(
                Exit::Usage,
                Problem::new(
                    "lang",
                    tr!("there is no language {word}", "没有 {word} 这种语言"),
                    tr!("zh or en", "请填写 zh 或 en"),
                ),
            ));
        }
        // The glance was for the language; what clap understood is what counts.
        let dir = typed("dir").or_else(|| variable("CS_DIR")).map_or_else(|| PathBuf::from("."), PathBuf::from);
        let understood = if dir == self.dir { None } else { Some(self.at(dir)) };
        let world = understood.as_ref().unwrap_or(self);
        let cwd = std::env::current_dir().unwrap_or_else(|_| PathBuf::from("."));
        let now = typed("now").or_else(|| variable("CS_NOW"));
        let quiet = matches.get_flag("quiet");
        let env = Env {
            dir: world.dir.clone(),
            git_index: variable("GIT_INDEX_FILE").map(|index| cwd.join(index)),
            cwd,
            timed: now.is_some(),
            time: world.now(now)?,
            by: typed("by").or_else(|| variable("CS_BY")),
            lang: self.lang,
            json: matches.get_flag("json"),
            quiet,
            dry_run: matches.get_flag("dry-run"),
            reveal: matches.get_flag("reveal"),
            browser: Browser::new(variable("CS_BROWSER").map(PathBuf::from), std::env::temp_dir()),
            asks: self.asks && !quiet,
            progress: self.err.moves && !self.json && !quiet,
            canvas: world.canvas(self.out),
            margin: world.canvas(self.err),
            out: RefCell::new(Out::stdout(self.out.terminal, self.out.color)),
        };
        run(&env, &matches)
    }

    /// The clock, read here and nowhere else (R49); `--now` and `CS_NOW` go before it.
    fn now(&self, typed: Option<String>) -> Outcome<Time> {
        let zone = self.config.zone;
        let clock = zone.local(chrono::Local::now().fixed_offset());
        let Some(text) = typed else { return Ok(clock) };
        parse_time(&text, Now { time: clock, zone }).ok_or_else(|| {
            Failure::new(
                Exit::Usage,
                Problem::new(
                    "now",
                    tr!("--now can't be \"{text}\"", "--now 不能是“{text}”"),
                    cs::base::field::Ty::Time.expects(),
                ),
            )
        })
    }

    /// Help and version are answers; anything else that clap says is a wrong command line.
    fn unparsed(&self, tree: &mut clap::Command, args: &[OsString], error: &clap::Error) -> Outcome {
        match error.kind() {
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
                let text = rendered(&error.render(), self.lang, self.out.color);
                let mut out = Out::stdout(self.out.terminal, self.out.color);
                out.print(&text).map_err(|error| anyhow::Error::from(error).into())
            }
            ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
                let text = rendered(&error.render(), self.lang, self.err.color);
                let _ = write!(std::io::stderr(), "{text}");
                Err(Failure { exit: Exit::Usage, problems: Vec::new() })
            }
            _ => {
                let usage = usage(tree, args);
                Err(refusal(error, &usage))
            }
        }
    }

    /// Tells what is wrong, on stderr; as JSON where the answer would have been.
    fn tell(&self, failure: &Failure) {
        if failure.problems.is_empty() {
            return;
        }
        let text = if self.json {
            cs::show::json::text(&problems_json(&failure.problems, self.lang))
        } else {
            problems(&failure.problems, &self.canvas(self.err))
        };
        let _ = std::io::stderr().write_all(text.as_bytes());
    }
}

/// The usage of the deepest command that the words name.
fn usage(tree: &mut clap::Command, args: &[OsString]) -> String {
    tree.build();
    let mut command = &*tree;
    for word in args.iter().skip(1).filter_map(|arg| arg.to_str()) {
        if let Some(sub) = command.find_subcommand(word) {
            command = sub;
        }
    }
    let usage = command.clone().render_usage().to_string();
    usage.trim_start_matches("Usage:").trim_start_matches("用法：").trim().to_string()
}

/// The value of a flag, before the command line is understood as a whole.
fn glance(args: &[OsString], long: &str, short: &str) -> Option<String> {
    let mut words = args.iter().skip(1).map(|arg| arg.to_string_lossy());
    while let Some(word) = words.next() {
        if word == "--" {
            return None;
        }
        if word == long || (!short.is_empty() && word == short) {
            return words.next().map(|w| w.into_owned());
        }
        if let Some(value) = word.strip_prefix(long).and_then(|rest| rest.strip_prefix('=')) {
            return Some(value.to_string());
        }
        if !short.is_empty() && word.len() > 2 && word.starts_with(short) && !word.starts_with("--") {
            return Some(word[short.len()..].to_string());
        }
    }
    None
}
