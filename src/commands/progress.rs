//! What a terminal is told while a long work goes on: that it does, and how many files it has read. Never in pipes and
//! mails, nor beside `--json` or `--quiet`: `main` decides it ([`Env::progress`]).

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::env::Env;
use crate::base::problem::Problem;
use crate::base::source::Source;
use crate::base::words::Lang;
use crate::tr;

/// What takes no longer is not worth a word.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often the line is drawn anew.
const BEAT: Duration = Duration::from_millis(100);

/// A source that counts the files read from it.
pub struct Counted<'s> {
    source: &'s dyn Source,
    read: AtomicU64,
}

impl<'s> Counted<'s> {
    /// Counts from here on.
    pub fn new(source: &'s dyn Source) -> Counted<'s> {
        Counted { source, read: AtomicU64::new(0) }
    }

    /// Does a work that reads from here; where it takes over a second, a terminal shows how far it is.
    pub fn during<T>(&self, env: &Env, work: impl FnOnce() -> T) -> T {
        if !env.progress {
            return work();
        }
        std::thread::scope(|scope| {
            let ((done, waits), lang) = (channel::<()>(), env.lang);
            scope.spawn(move || self.show(lang, &waits));
            let result = work();
            drop(done);
            result
        })
    }

    /// Draws until the other end of the channel is dropped; the line is gone then.
    fn show(&self, lang: Lang, waits: &Receiver<()>) {
        if waits.recv_timeout(PATIENCE) != Err(RecvTimeoutError::Timeout) {
            return;
        }
        let style =
            ProgressStyle::with_template("{spinner} {msg}").unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
        bar.set_style(style.tick_chars("|/-\\ "));
        loop {
            let count = self.read.load(Ordering::Relaxed);
            let told = tr!("files read: {count}", "已读取文件：{count} 个");
            bar.set_message(told.get(lang).to_string());
            bar.tick();
            if waits.recv_timeout(BEAT) != Err(RecvTimeoutError::Timeout) {
                break bar.finish_and_clear();
            }
        }
    }
}

impl Source for Counted<'_> {
    fn read(&self, path: &str) -> Result<Option<String>, Problem> {
        self.read.fetch_add(1, Ordering::Relaxed);
        self.source.read(path)
    }

    fn names(&self, dir: &str) -> Result<Vec<String>, Problem> {
        self.source.names(dir)
    }

    fn photo(&self, name: &str) -> Result<(), Problem> {
        self.read.fetch_add(1, Ordering::Relaxed);
        self.source.photo(name)
    }
}
