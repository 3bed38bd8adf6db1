//! The user's own browser, spawned without a window, to make a PDF of an HTML document.
//!
//! It gets a fresh profile in a directory of its own, which is removed afterwards: no account, extension or page of the
//! user's is touched, and what it prints stays on the machine.

use std::fs::{self, DirBuilder, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::base::problem::{Outcome, Problem};
use crate::base::words::Text;
use crate::tr;

/// How long a command waits for a browser.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// What they are called, or where they are installed beside the search path.
const KNOWN: &[&str] = &[
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "microsoft-edge",
    "msedge",
    #[cfg(target_os = "macos")]
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    #[cfg(target_os = "macos")]
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    #[cfg(target_os = "macos")]
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    #[cfg(windows)]
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    #[cfg(windows)]
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    #[cfg(windows)]
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
    #[cfg(windows)]
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
];

/// No window, no questions, no network of its own. Older versions know the first name of the flag about heads and
/// feet, newer ones the second; each passes over what it does not know.
const FLAGS: &[&str] = &[
    "--headless",
    "--disable-gpu",
    "--print-to-pdf-no-header",
    "--no-pdf-header-footer",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--disable-extensions",
    "--password-store=basic",
    "--use-mock-keychain",
];

/// Where to look for a browser, and where to work.
#[derive(Clone, Debug)]
pub struct Browser {
    programs: Vec<PathBuf>,
    /// Whether the user named it.
    named: bool,
    temp: PathBuf,
}

/// Why one program made no PDF.
enum Missed {
    /// There is no such program.
    Absent(io::Error),
    /// It failed, and said so.
    Failed(String),
    /// It was still running when it was stopped.
    Late,
}

impl Browser {
    /// The browser that the user named (`CS_BROWSER`), else the first of the known ones that is installed.
    /// `temp` is the system's directory for temporary files.
    pub fn new(named: Option<PathBuf>, temp: PathBuf) -> Browser {
        let known = || KNOWN.iter().map(PathBuf::from).collect();
        Browser { named: named.is_some(), programs: named.map_or_else(known, |it| vec![it]), temp }
    }

    /// A document as PDF, in bytes. A browser that takes longer than `patience` is stopped.
    ///
    /// # Errors
    /// `browser` when none is installed, or what is installed fails or takes too long; `unwritable` where there is no
    /// room for temporary files.
    pub fn pdf(&self, html: &str, patience: Duration) -> Outcome<Vec<u8>> {
        let mut failed = None;
        for program in &self.programs {
            match self.print(program, html, patience).map_err(|error| self.no_room(&error))? {
                Ok(pdf) => return Ok(pdf),
                Err(Missed::Absent(error)) if self.named => return Err(unknown(program, &error).into()),
                Err(Missed::Absent(_)) => {}
                // What is there may be no more than an advice to install it; the next one may do.
                Err(Missed::Failed(said)) => failed = failed.or(Some(failure(program, &said))),
                Err(Missed::Late) => return Err(late(program, patience).into()),
            }
        }
        Err(failed.unwrap_or_else(absent).into())
    }

    fn no_room(&self, error: &io::Error) -> Problem {
        super::write::unwritable(&self.temp.to_string_lossy(), error)
    }

    fn print(&self, program: &Path, html: &str, patience: Duration) -> io::Result<Result<Vec<u8>, Missed>> {
        let work = Work::new(&self.temp)?;
        fs::write(work.path(HTML), html)?;
        let mut command = Command::new(program);
        command.args(FLAGS).arg(flag("--user-data-dir=", &work.path("profile")));
        if work.is_roots()? {
            command.arg("--no-sandbox");
        }
        command.arg(flag("--print-to-pdf=", &work.path(PDF))).arg(address(&work.path(HTML)));
        // What it says goes to a file: a pipe that nobody empties would stop it.
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(work.path(SAID))?);
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => return Ok(Err(Missed::Absent(error))),
        };
        let Some(status) = ended(&mut child, patience)? else { return Ok(Err(Missed::Late)) };
        let pdf = fs::read(work.path(PDF)).ok().filter(|pdf| pdf.starts_with(b"%PDF"));
        Ok(pdf.filter(|_| status.success()).ok_or_else(|| Missed::Failed(work.said(status))))
    }
}

/// How a program ended; `None` when it took too long and was stopped.
fn ended(child: &mut Child, patience: Duration) -> io::Result<Option<ExitStatus>> {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if start.elapsed() >= patience {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        std::thread::sleep(Duration::from_millis(10));
    }
}

const HTML: &str = "form.html";
const PDF: &str = "form.pdf";
const SAID: &str = "said.txt";

/// A directory for one run, readable by this user alone; removed with all that is in it.
struct Work {
    dir: PathBuf,
}

impl Work {
    fn new(temp: &Path) -> io::Result<Work> {
        let temp = std::path::absolute(temp)?;
        for count in 0.. {
            let dir = temp.join(format!("cs-print-{}-{count}", std::process::id()));
            match private_dir().create(&dir) {
                // One that is there is another's.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists && count < 1000 => {}
                made => return made.map(|()| Work { dir }),
            }
        }
        Err(io::ErrorKind::AlreadyExists.into())
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.join(name)
    }

    /// What the program said: the last lines, which tell why it ended.
    fn said(&self, status: ExitStatus) -> String {
        let said = fs::read(self.path(SAID)).unwrap_or_default();
        let said = String::from_utf8_lossy(&said);
        let lines: Vec<&str> = said.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let last = &lines[lines.len().saturating_sub(3)..];
        if last.is_empty() { status.to_string() } else { last.join(" / ") }
    }

    /// True where this runs as root, whom a browser serves only without its sandbox.
    #[cfg(unix)]
    fn is_roots(&self) -> io::Result<bool> {
        use std::os::unix::fs::MetadataExt;
        Ok(fs::metadata(&self.dir)?.uid() == 0)
    }

    #[cfg(not(unix))]
    fn is_roots(&self) -> io::Result<bool> {
        Ok(false)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        // Helpers of a browser that was stopped may still be writing.
        for _ in 0..20 {
            if fs::remove_dir_all(&self.dir).is_ok() || !self.dir.exists() {
                return;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
    }
}

#[cfg(unix)]
fn private_dir() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private_dir() -> DirBuilder {
    DirBuilder::new()
}

fn flag(name: &str, path: &Path) -> std::ffi::OsString {
    let mut flag = std::ffi::OsString::from(name);
    flag.push(path);
    flag
}

/// A file's address, `file:///…`, with whatever an address can't hold written as `%XX`.
fn address(path: &Path) -> String {
    let mut address = String::from("file://");
    let bytes = path.as_os_str().as_encoded_bytes();
    if bytes.first() != Some(&b'/') {
        address.push('/');
    }
    for byte in bytes {
        match byte {
            b'\\' if cfg!(windows) => address.push('/'),
            b':' if cfg!(windows) => address.push(':'),
            b'/' | b'-' | b'.' | b'_' | b'~' => address.push(char::from(*byte)),
            byte if byte.is_ascii_alphanumeric() => address.push(char::from(*byte)),
            byte => address.push_str(&format!("%{byte:02X}")),
        }
    }
    address
}

/// The ways around a browser that does not do.
fn other_ways() -> Text {
    tr!(
        "write the form with --format html and print it from any browser, or name one with CS_BROWSER=/path/to/chrome",
        "请用 --format html 输出后在浏览器中打印；或用 CS_BROWSER=程序路径 指定 Chrome、Chromium 或 Edge"
    )
}

fn absent() -> Problem {
    let message = tr!(
        "a PDF needs Chromium, Chrome or Edge, and none was found on this machine",
        "生成 PDF 需要 Chromium、Chrome 或 Edge，本机未找到"
    );
    Problem::new("browser", message, other_ways())
}

fn unknown(program: &Path, error: &io::Error) -> Problem {
    let program = program.display();
    let message = tr!(
        "the browser that CS_BROWSER names can't be run: {program}: {error}",
        "CS_BROWSER 指定的浏览器无法运行：{program}：{error}"
    );
    Problem::new("browser", message, other_ways())
}

fn failure(program: &Path, said: &str) -> Problem {
    let program = program.display();
    let message = tr!("the browser {program} made no PDF: {said}", "浏览器 {program} 未能生成 PDF：{said}");
    Problem::new("browser", message, other_ways())
}

fn late(program: &Path, patience: Duration) -> Problem {
    let (program, seconds) = (program.display(), patience.as_secs());
    let message = tr!(
        "the browser {program} made no PDF within {seconds} seconds and was stopped",
        "浏览器 {program} 在 {seconds} 秒内未能生成 PDF，已停止"
    );
    Problem::new("browser", message, other_ways())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_none_is_installed_the_other_ways_are_named() {
        let nowhere = ["cs-no-such-browser", "/no/such/browser"].map(PathBuf::from);
        let browser = Browser { programs: nowhere.into(), named: false, temp: std::env::temp_dir() };
        let failure = browser.pdf("<p>", PATIENCE).unwrap_err();
        let problem = &failure.problems[0];
        assert_eq!(problem.code, "browser");
        for help in [&problem.help.en, &problem.help.zh] {
            assert!(help.contains("--format html") && help.contains("CS_BROWSER"), "{help}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn an_address_holds_no_blank_and_no_chinese_letter() {
        assert_eq!(address(Path::new("/tmp/a b/表#1%.html")), "file:///tmp/a%20b/%E8%A1%A8%231%25.html");
    }
}
