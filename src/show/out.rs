//! Writing to the reader: the only I/O of `show`, and what the surroundings allow to be drawn.

use std::io::{self, ErrorKind, Write};

use super::clean::clean_lines;

/// Where answers go. A reader who closes the pipe (`| head`) is no error: the rest is quietly left out.
pub struct Out {
    to: Box<dyn Write>,
    terminal: bool,
    closed: bool,
}

impl Out {
    /// Standard output. With `color`, escapes are turned into what an old Windows console obeys.
    pub fn stdout(terminal: bool, color: bool) -> Out {
        if color {
            Out::new(Box::new(anstream::AutoStream::always(io::stdout())), terminal)
        } else {
            Out::new(Box::new(io::stdout()), terminal)
        }
    }

    /// Any writer.
    pub fn new(to: Box<dyn Write>, terminal: bool) -> Out {
        Out { to, terminal, closed: false }
    }

    /// Writes what the functions of `show` have drawn, as it is.
    ///
    /// # Errors
    /// When writing fails for another reason than a closed pipe: a full disk.
    pub fn print(&mut self, drawn: &str) -> io::Result<()> {
        self.put(drawn.as_bytes())
    }

    /// Writes data byte for byte to a file or pipe; on a terminal, what the terminal would obey is made visible.
    ///
    /// # Errors
    /// As [`Out::print`].
    pub fn data(&mut self, data: &str) -> io::Result<()> {
        if self.terminal { self.put(clean_lines(data).as_bytes()) } else { self.put(data.as_bytes()) }
    }

    /// True once the reader is gone: a long work may stop.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.closed {
            return Ok(());
        }
        match self.to.write_all(bytes).and_then(|()| self.to.flush()) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(())
            }
            result => result,
        }
    }
}

/// What `main` found out about where it writes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Surroundings<'a> {
    /// Whether it is a terminal.
    pub terminal: bool,
    /// The variable `NO_COLOR`.
    pub no_color: Option<&'a str>,
    /// The variable `TERM`.
    pub term: Option<&'a str>,
    /// The variable `COLUMNS`.
    pub columns: Option<&'a str>,
    /// The terminal's own answer to how wide it is.
    pub size: Option<usize>,
}

/// Columns of a terminal that doesn't say.
const USUAL: usize = 80;
/// No terminal is taken to be narrower.
const NARROWEST: usize = 20;

impl Surroundings<'_> {
    /// Colours: on a terminal that isn't dumb, unless `NO_COLOR` is set to anything but nothing.
    pub fn color(self) -> bool {
        self.terminal && self.no_color.is_none_or(str::is_empty) && self.term != Some("dumb")
    }

    /// Columns to wrap at: `COLUMNS`, else the terminal's own width; `None` off a terminal.
    pub fn width(self) -> Option<usize> {
        let asked = self.columns.and_then(|c| c.trim().parse().ok()).filter(|&c| c > 0);
        self.terminal.then(|| asked.or(self.size.filter(|&s| s > 0)).unwrap_or(USUAL).max(NARROWEST))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::RefCell;
    use std::rc::Rc;

    /// Takes some bytes, then fails.
    struct Pipe {
        taken: Rc<RefCell<Vec<u8>>>,
        room: usize,
        then: ErrorKind,
    }

    impl Write for Pipe {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            if self.room == 0 {
                return Err(self.then.into());
            }
            let count = bytes.len().min(self.room);
            self.room -= count;
            self.taken.borrow_mut().extend(&bytes[..count]);
            Ok(count)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn pipe(room: usize, then: ErrorKind, terminal: bool) -> (Out, Rc<RefCell<Vec<u8>>>) {
        let taken = Rc::new(RefCell::new(Vec::new()));
        (Out::new(Box::new(Pipe { taken: taken.clone(), room, then }), terminal), taken)
    }

    #[test]
    fn a_closed_pipe_ends_quietly_and_a_full_disk_does_not() {
        let (mut out, taken) = pipe(4, ErrorKind::BrokenPipe, false);
        for _ in 0..3 {
            out.print("abc").unwrap();
        }
        assert!(out.is_closed());
        assert_eq!(*taken.borrow(), b"abca");
        let (mut out, _) = pipe(4, ErrorKind::StorageFull, false);
        out.print("abc").unwrap();
        assert_eq!(out.print("abc").unwrap_err().kind(), ErrorKind::StorageFull);
        assert!(!out.is_closed());
    }

    #[test]
    fn data_is_untouched_off_a_terminal_and_harmless_on_one() {
        let csv = "a,b\r\n\u{1b}[2J,\u{202e}\r\n";
        for (terminal, expect) in [(false, csv), (true, "a,b\n␛[2J,<U+202E>\n")] {
            let (mut out, taken) = pipe(999, ErrorKind::Other, terminal);
            out.data(csv).unwrap();
            assert_eq!(*taken.borrow(), expect.as_bytes());
        }
    }

    #[test]
    fn colours_and_width_follow_the_surroundings() {
        let on = Surroundings { terminal: true, ..Surroundings::default() };
        assert_eq!((on.color(), on.width()), (true, Some(80)));
        let off = Surroundings { columns: Some("120"), size: Some(100), ..Surroundings::default() };
        assert_eq!((off.color(), off.width()), (false, None));
        assert!(!Surroundings { no_color: Some("1"), ..on }.color());
        assert!(Surroundings { no_color: Some(""), ..on }.color());
        assert!(!Surroundings { term: Some("dumb"), ..on }.color());
        for (columns, size, expect) in
            [(Some("120"), Some(100), 120), (None, Some(100), 100), (Some("x"), Some(0), 80), (Some("3"), None, 20)]
        {
            assert_eq!(Surroundings { columns, size, ..on }.width(), Some(expect));
        }
    }
}
