//! One run of the real program, and what it answered.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Child, Command as Process, Stdio};
use std::time::Duration;

use serde_json::Value;

use super::{CS, Desk};

/// No command may take longer.
const TIMEOUT: Duration = Duration::from_secs(60);

/// A command that is about to run.
pub struct Run<'d> {
    pub(super) desk: &'d Desk,
    pub(super) words: Vec<OsString>,
    pub(super) env: BTreeMap<String, OsString>,
    pub(super) input: Vec<u8>,
    pub(super) here: PathBuf,
}

impl Run<'_> {
    /// Who acts; empty for nobody in particular.
    pub fn by(self, staff: &str) -> Self {
        self.env("CS_BY", staff)
    }

    /// The reader's language.
    pub fn lang(self, lang: &str) -> Self {
        self.env("CS_LANG", lang)
    }

    /// Another moment for this command.
    pub fn now(self, now: &str) -> Self {
        self.env("CS_NOW", now)
    }

    /// A variable of its environment; empty to leave it out.
    pub fn env(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.env.insert(name.to_string(), value.into());
        self
    }

    /// What it reads from standard input.
    pub fn input(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.input = bytes.into();
        self
    }

    /// The directory in which it runs.
    pub fn here(mut self, dir: &Path) -> Self {
        self.here = dir.to_path_buf();
        self
    }

    /// Runs it to its end, whatever that is.
    pub fn done(self) -> Done {
        let told = format!("cs {}", self.words.join(" ".as_ref()).to_string_lossy());
        let mut command = assert_cmd::Command::from_std(self.process());
        let out = command.write_stdin(self.input).timeout(TIMEOUT).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Done { told, code: out.status.code(), stdout: text(out.stdout), stderr: text(out.stderr) }
    }

    /// Runs it; it must end well.
    #[track_caller]
    pub fn ok(self) -> Done {
        self.fails(0)
    }

    /// Runs it; it must end with this exit code.
    #[track_caller]
    pub fn fails(self, code: i32) -> Done {
        let done = self.done();
        assert_eq!(done.code, Some(code), "{done}");
        done
    }

    /// Runs it; it must end with this exit code, and the folder and its last commit be as before, byte for byte.
    #[track_caller]
    pub fn refused(self, code: i32) -> Done {
        let desk = self.desk;
        let before = (desk.files(), desk.head());
        let done = self.fails(code);
        assert!((desk.files(), desk.head()) == before, "something was written: {done}");
        done
    }

    /// Starts it and lets it run.
    pub fn start(self) -> Child {
        let mut process = self.process();
        process.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        process.spawn().unwrap()
    }

    /// The process, for a test that ties its streams itself.
    pub fn process(&self) -> Process {
        let mut process = Process::new(CS);
        process.args(&self.words).current_dir(&self.here).env_clear().envs(self.desk.surroundings());
        process.envs(self.env.iter().filter(|(_, value)| !value.is_empty()));
        process
    }
}

/// What a command answered.
pub struct Done {
    told: String,
    pub code: Option<i32>,
    pub stdout: String,
    pub stderr: String,
}

impl Done {
    /// The number alone on standard output.
    #[track_caller]
    pub fn number(&self) -> String {
        let number = self.stdout.strip_suffix('\n').unwrap_or_default();
        assert!(!number.is_empty() && !number.contains([' ', '\n']), "no number alone: {self}");
        number.to_string()
    }

    /// The JSON document on standard output.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self}"))
    }

    /// Standard error holds each of these.
    #[track_caller]
    pub fn says<'p>(self, pieces: impl IntoIterator<Item = &'p str>) -> Done {
        for piece in pieces {
            assert!(self.stderr.contains(piece), "not said: {piece:?} by {self}");
        }
        self
    }

    /// Standard output holds each of these.
    #[track_caller]
    pub fn prints<'p>(self, pieces: impl IntoIterator<Item = &'p str>) -> Done {
        for piece in pieces {
            assert!(self.stdout.contains(piece), "not printed: {piece:?} by {self}");
        }
        self
    }

    /// Nothing on either stream.
    #[track_caller]
    pub fn silent(self) -> Done {
        assert!(self.stdout.is_empty() && self.stderr.is_empty(), "not silent: {self}");
        self
    }
}

impl std::fmt::Display for Done {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} → {:?}\n--- stdout\n{}--- stderr\n{}", self.told, self.code, self.stdout, self.stderr)
    }
}
