//! A department in a temporary folder, and the real `cs` run in it: scrubbed environment, fixed clock, and what each
//! command said, wrote and committed.
#![allow(dead_code, unused_imports)] // each test file uses its own part of the vocabulary

mod refusal;
mod run;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Process;
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

pub use refusal::{Refusal, no, no_by, refused};
pub use run::{Done, Run};

/// The program under test.
pub const CS: &str = env!("CARGO_BIN_EXE_cs");
/// A Wednesday, a working day; every desk begins here.
pub const NOW: &str = "2026-11-18 10:00";

/// A department: its folder, its clock, and a home without anybody's settings.
pub struct Desk {
    temp: TempDir,
    now: String,
}

/// The usual way of an improvement: each step, and the state that it leads to.
pub const IMPROVING: &[(&str, &str)] = &[
    ("analyse ZG --analyst 'Luo Ke' --finding 'hinge too stiff'", "analysed"),
    ("plan ZG --measure 'softer hinges' --department Workshop --due 2026-12-01", "planned"),
    ("send ZG --channel mail", "sent"),
    ("confirm ZG --answer yes", "confirmed"),
    ("implement ZG --report 'hinges changed'", "implemented"),
    ("verify ZG --works yes --result 'no crack in ten pieces'", "verified"),
    ("close ZG", "closed"),
];

/// The files of a folder, by their paths; `.cs` and `.git` left out.
pub type Files = BTreeMap<String, Vec<u8>>;

impl Desk {
    /// A new department with its standard staff, customers, products and carriers; each command commits.
    pub fn new() -> Desk {
        static READY: OnceLock<Files> = OnceLock::new();
        Desk::from(READY.get_or_init(|| {
            let desk = Desk::empty();
            desk.settle();
            desk.keep()
        }))
    }

    /// The same without git (cs.toml says `commit = false`): faster, for tests that ask nothing of git.
    pub fn plain() -> Desk {
        static READY: OnceLock<Files> = OnceLock::new();
        Desk::from(READY.get_or_init(|| {
            let desk = Desk::empty();
            desk.swap("cs.toml", "commit = true", "commit = false");
            fs::remove_dir_all(desk.path(".git")).unwrap();
            desk.settle();
            desk.keep()
        }))
    }

    /// [`Desk::plain`] [with agencies](Desk::with_agencies).
    pub fn mending() -> Desk {
        Desk::plain().with_agencies()
    }

    /// The same, with two agencies that mend, and a photo in the home: `photo.jpg`.
    pub fn with_agencies(self) -> Desk {
        let desk = self;
        let row = "--city Chengdu --contact 'Hu Ke' --phone 013800138000 --status active --verified-on 2026-11-02";
        for agency in ["BRIGHT --name 'Bright Signs'", "SIGNS --name 'Signs and More'"] {
            desk.cs(&format!("agency add {agency} {row}")).ok();
        }
        desk.picture("photo.jpg", "first");
        desk
    }

    /// A picture in the home; another text makes another picture.
    pub fn picture(&self, name: &str, text: &str) {
        let bytes = [b"\xff\xd8\xff\xe0\x00\x10JFIF", text.as_bytes()].concat();
        fs::write(self.home().join(name), bytes).unwrap();
    }

    /// A ticket of the customer ACME at the site PLAZA: a SHELF made on a day, its glass cracked, with a photo.
    pub fn ticket(&self, made_on: &str) -> String {
        let about = "--customer ACME --site PLAZA --model SHELF --reporter 'Bo Li' --photo photo.jpg";
        self.cs(&format!("repair new {about} --made-on {made_on} --fault glass=cracked --fault lamp=dark"))
            .ok()
            .number()
    }

    /// The same, judged a fault of ours within warranty.
    pub fn judged(&self) -> String {
        let ticket = self.ticket("2026-03-01");
        self.cs(&format!("repair judge {ticket} --cause quality")).by("AS").ok();
        ticket
    }

    /// A quote for a ticket by the agency BRIGHT: 1 glass at 180.50 and 2 lamps at 60.
    pub fn quote(&self, ticket: &str) -> String {
        let lines = "--line 'glass=1@180.50:new pane' --line 'lamp=2@60:new lamps'";
        self.cs(&format!("repair quote {ticket} --agency BRIGHT {lines}")).ok().number()
    }

    /// A judged ticket with its quote approved, the agency sent and the repair done.
    pub fn repaired(&self) -> String {
        let ticket = self.judged();
        let quote = self.quote(&ticket);
        self.cs(&format!("repair approve {quote}")).by("AS").ok();
        self.cs(&format!("repair dispatch {ticket} --agency BRIGHT")).ok();
        self.cs(&format!("repair repaired {ticket} --worker Hu")).ok();
        ticket
    }

    /// The same, signed by the regional rep, with a photo of the fixture working.
    pub fn accepted(&self) -> String {
        let ticket = self.repaired();
        self.cs(&format!("repair accept {ticket} --rep 'Cai Yun' --photo photo.jpg")).ok();
        ticket
    }

    /// [`Desk::mending`] with a complaints officer, CO.
    pub fn complaining() -> Desk {
        let desk = Desk::mending();
        desk.cs("staff add CO --name 'Chen Ou' --roles complaints").by("WM").ok();
        desk
    }

    /// A consult of the customer ACME, taken now, with further flags.
    pub fn consult(&self, flags: &str) -> String {
        self.cs(&format!("consult new --customer ACME --about price --what 'what is a shelf?' {flags}")).ok().number()
    }

    /// A complaint of the customer ACME, taken now, with further flags.
    pub fn complaint(&self, flags: &str) -> String {
        self.cs(&format!("complain new --customer ACME --channel hotline --content 'cracked glass' {flags}"))
            .ok()
            .number()
    }

    /// Plans a measure for a complaint, which the customer agrees to.
    pub fn settled(&self, complaint: &str, flags: &str) {
        self.cs(&format!("complain plan {complaint} --measure 'a new pane' {flags}")).ok();
        self.cs(&format!("complain agree {complaint}")).ok();
    }

    /// A complaint that is handled as soon as it is taken, with further flags of both.
    pub fn handled(&self, taken: &str, result: &str) -> String {
        let complaint = self.complaint(taken);
        self.handle(&complaint, result);
        complaint
    }

    /// Handles a complaint, or its new cycle, at once.
    pub fn handle(&self, complaint: &str, result: &str) {
        self.settled(complaint, "");
        self.cs(&format!("complain act {complaint}")).ok();
        self.cs(&format!("complain result {complaint} --result mended {result}")).ok();
    }

    /// [`Desk::mending`] with two policies, both of 1000 to the end of the year: P1 of goods on the way, P2 of property.
    pub fn insured() -> Desk {
        let desk = Desk::mending();
        let term = "--from 2026-01-01 --to 2026-12-31 --sum 1000 --premium 400";
        for policy in ["P1 --insurer 'Min River' --kind cargo", "P2 --insurer 'Tall Hills' --kind property"] {
            desk.cs(&format!("insurance add {policy} {term}")).by("WM").ok();
        }
        desk
    }

    /// The receipt of ten shelves of which some came damaged, at 10 o'clock.
    pub fn damaged(&self, pieces: u32) -> String {
        let order = self.confirmed();
        let shipment = self.departed(&order, "SHELF=10");
        self.received(&shipment, &format!("SHELF=10:damaged={pieces}"))
    }

    /// A claim for a record, made now, with further flags.
    pub fn claim(&self, record: &str, loss: &str, flags: &str) -> String {
        self.cs(&format!("claim new {record} --what 'crate crushed' --loss {loss} {flags}")).ok().number()
    }

    /// The insurer is told of a claim, has its papers and assesses it.
    pub fn assessed(&self, claim: &str, amount: &str) {
        self.cs(&format!("claim notify {claim} --channel hotline --case B-7")).ok();
        self.cs(&format!("claim papers {claim} --papers receipt --papers photos")).ok();
        self.cs(&format!("claim assessed {claim} --amount {amount} --assessor Qiao")).ok();
    }

    /// The clocks of a complaint as JSON.
    pub fn clocks(&self, complaint: &str) -> Vec<Value> {
        match self.cs(&format!("complain clock {complaint} --json")).ok().json() {
            Value::Array(clocks) => clocks,
            other => panic!("{other}"),
        }
    }

    /// An improvement for the customer ACME, opened now, with further flags; without any that say where it comes from,
    /// from visits.
    pub fn improvement(&self, flags: &str) -> String {
        let source = if flags.contains("--born-of") { "" } else { "--source visits" };
        self.cs(&format!("improve new --customer ACME {source} --problem 'glass cracks at the hinge' {flags}"))
            .ok()
            .number()
    }

    /// Takes an improvement on along its way, from after the state `from` up to the state `to`; each ends a step.
    pub fn improve(&self, improvement: &str, from: &str, to: &str) {
        let at = |state: &str| IMPROVING.iter().position(|(_, led)| *led == state).map_or(0, |at| at + 1);
        for (step, _) in &IMPROVING[at(from)..at(to)] {
            self.cs(&format!("improve {}", step.replace("ZG", improvement))).ok();
        }
    }

    /// An improvement opened now and taken on up to a state.
    pub fn improved(&self, to: &str) -> String {
        let improvement = self.improvement("");
        self.improve(&improvement, "new", to);
        improvement
    }

    /// What `cs init` alone makes.
    pub fn empty() -> Desk {
        let desk = Desk::nowhere();
        desk.run(["--lang", "en", "init", "desk", "--name", "Desk"]).here(desk.temp.path()).env("CS_DIR", "").ok();
        desk
    }

    /// A home with git settings, and no department in it.
    pub fn nowhere() -> Desk {
        let temp = tempfile::tempdir().unwrap();
        let gitconfig = "[user]\n\tname = Clerk\n\temail = clerk@example.com\n[init]\n\tdefaultBranch = main\n\ttemplateDir =\n[gc]\n\tauto = 0\n[core]\n\tfsync = none\n";
        fs::write(temp.path().join("gitconfig"), gitconfig).unwrap();
        Desk { temp, now: NOW.to_string() }
    }

    fn from(files: &Files) -> Desk {
        let desk = Desk::nowhere();
        for (path, bytes) in files {
            desk.write(path, bytes);
            #[cfg(unix)]
            if path.starts_with(".git/hooks/") {
                use std::os::unix::fs::PermissionsExt;
                fs::set_permissions(desk.path(path), fs::Permissions::from_mode(0o755)).unwrap();
            }
        }
        desk
    }

    /// The standard staff, customers, products, carriers and site, each added by its command.
    fn settle(&self) {
        for line in [
            "staff add WM --name 'Wang Min' --roles manager --email wm@example.com",
            "staff add LW --name 'Li Wei' --roles supervisor --email lw@example.com",
            "staff add YX --name 'Yang Xue' --roles specialist --email yx@example.com --joined 2020-01-01",
            "staff add ZL --name 'Zhao Lei' --roles specialist --email zl@example.com",
            "staff add AS --name 'An Shu' --roles after_sales",
            "staff add DP --name 'Ding Ping' --roles deputy",
            "staff add GM --name 'Gao Ming' --roles gm",
            "staff add OLD --name 'Old Hand' --roles specialist --left 2026-10-31",
            "customer add ACME --name 'Acme Retail' --brand Acme --contact 'Ann Lee' --phone 008613900001234 --grade A \
             --owner YX --assigned-on 2026-01-05 --contacted-on 2026-01-06 --status active",
            "customer add RIVER --name 'Star River' --grade B --owner ZL --assigned-on 2026-01-05 \
             --contacted-on 2026-01-06 --status active",
            "customer add SHOPS --name 'Star Shops' --grade C --owner ZL --assigned-on 2026-01-05 \
             --contacted-on 2026-01-06 --status active",
            "product add SHELF --name 'Wall shelf' --price 120 --volume 0.25",
            "product add RACK --name 'Floor rack' --price 300 --volume 0.5",
            "carrier add FAST --name 'Fast Freight'",
            "carrier add SLOW --name 'Slow Boats'",
            "site add PLAZA --mall 'Grand Plaza' --city Chengdu --contact 'Bo Li' --phone 02887654321 --rep 'Cai Yun'",
        ] {
            let by = if line.starts_with("staff add WM") { "" } else { "WM" };
            self.cs(line).by(by).ok();
        }
    }

    fn keep(&self) -> Files {
        files_under(&self.root(), |name| name != ".cs")
    }

    /// The department's folder.
    pub fn root(&self) -> PathBuf {
        self.temp.path().join("desk")
    }

    /// The folder that holds the department and its git settings.
    pub fn home(&self) -> &Path {
        self.temp.path()
    }

    /// A path in the folder.
    pub fn path(&self, path: &str) -> PathBuf {
        self.root().join(path)
    }

    /// Moves the clock: later commands run then.
    pub fn clock(&mut self, now: &str) -> &mut Desk {
        self.now = now.to_string();
        self
    }

    /// A command as typed, words parted by blanks, `'several words'` kept together; by YX, unless [`Run::by`] says who.
    pub fn cs(&self, line: &str) -> Run<'_> {
        self.run(split(line))
    }

    /// A command, word by word.
    pub fn run<W: Into<OsString>>(&self, words: impl IntoIterator<Item = W>) -> Run<'_> {
        let words = words.into_iter().map(Into::into).collect();
        let dir = self.root().into_os_string();
        let env = [("CS_DIR", dir), ("CS_NOW", (&self.now).into()), ("CS_BY", "YX".into())];
        let env = env.into_iter().map(|(name, value)| (name.to_string(), value)).collect();
        Run { desk: self, words, env, input: Vec::new(), here: self.home().to_path_buf() }
    }

    /// The bytes of a file of the folder.
    pub fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    /// The text of a file of the folder.
    pub fn read(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap()
    }

    /// Writes a file of the folder by hand, with its directories.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Replaces a piece of a file by hand; it must be there.
    pub fn swap(&self, path: &str, old: &str, new: &str) {
        let text = self.read(path);
        assert!(text.contains(old), "{path} holds no {old:?}:\n{text}");
        self.write(path, text.replacen(old, new, 1));
    }

    /// Adds a text to the end of a file by hand.
    pub fn append(&self, path: &str, more: &str) {
        let text = self.read(path) + more;
        self.write(path, text);
    }

    /// Every file of the folder with its bytes.
    pub fn files(&self) -> Files {
        files_under(&self.root(), |name| name != ".cs" && name != ".git")
    }

    /// git in the folder; its output.
    pub fn git(&self, args: &[&str]) -> String {
        self.git_in(&self.root(), args)
    }

    /// git in any directory; its output.
    pub fn git_in(&self, dir: &Path, args: &[&str]) -> String {
        let out = self.git_process(dir, args).output().unwrap();
        let (said, wrong) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
        assert!(out.status.success(), "git {args:?}: {said}{wrong}");
        said.into_owned()
    }

    /// git as a process, for a test that expects it to fail.
    pub fn git_process(&self, dir: &Path, args: &[&str]) -> Process {
        let mut git = Process::new("git");
        git.arg("-C").arg(dir).args(args).env_clear().envs(self.surroundings());
        git
    }

    /// The last commit's id; nothing without git.
    pub fn head(&self) -> Option<String> {
        self.path(".git").exists().then(|| self.git(&["rev-parse", "HEAD"]))
    }

    /// The files that the last commit touched.
    pub fn touched(&self) -> Vec<String> {
        self.git(&["show", "--name-only", "--format=", "HEAD"]).lines().map(str::to_string).collect()
    }

    fn surroundings(&self) -> Vec<(String, OsString)> {
        let home = self.home().as_os_str().to_owned();
        // git runs cs too: to check what is committed, and to merge.
        let path = std::env::var_os("PATH").unwrap_or_default();
        let path = Path::new(CS).parent().map(Path::to_path_buf).into_iter().chain(std::env::split_paths(&path));
        vec![
            ("PATH".into(), std::env::join_paths(path).unwrap()),
            ("HOME".into(), home.clone()),
            ("GIT_CONFIG_GLOBAL".into(), self.home().join("gitconfig").into_os_string()),
            ("GIT_CONFIG_NOSYSTEM".into(), "1".into()),
            ("GIT_CEILING_DIRECTORIES".into(), home),
            ("LANG".into(), "C".into()),
        ]
    }

    /// `cs check` finds nothing and says nothing.
    pub fn is_sound(&self) {
        self.cs("check --quiet").ok().silent();
    }
}

/// Stories that many tests begin with; each gives the number of what it made.
impl Desk {
    /// A new order of ACME: ten shelves at 120, wanted by 10 December.
    pub fn order(&self) -> String {
        self.order_of("SHELF=10@120")
    }

    /// A new order of one line.
    pub fn order_of(&self, line: &str) -> String {
        let to = "--wanted-by 2026-12-10 --consignee 'Acme Store 7' --deliver-to '7 Long Road'";
        self.cs(&format!("order new --customer ACME {to} --line {line}")).ok().number()
    }

    /// The same, confirmed.
    pub fn confirmed(&self) -> String {
        let order = self.order();
        self.cs(&format!("order confirm {order}")).ok();
        order
    }

    /// A shipment of an order, planned from 20 to 23 November.
    pub fn shipment(&self, order: &str, line: &str) -> String {
        let plan = "--carrier FAST --depart 2026-11-20 --arrive 2026-11-23 --packages 2 --volume 1.5 --freight 800";
        self.cs(&format!("ship new --order {order} {plan} --line {line}")).ok().number()
    }

    /// The same with its freight agreed and approved.
    pub fn approved(&self, order: &str, line: &str) -> String {
        let shipment = self.shipment(order, line);
        self.cs(&format!("ship freight {shipment} --amount 780")).ok();
        self.cs(&format!("ship approve {shipment}")).by("LW").ok();
        shipment
    }

    /// The same, notified and gone.
    pub fn departed(&self, order: &str, line: &str) -> String {
        let shipment = self.approved(order, line);
        self.cs(&format!("ship notify {shipment}")).ok();
        self.cs(&format!("ship depart {shipment}")).ok();
        shipment
    }

    /// The receipt of a shipment, as `SHELF=9:damaged=1`.
    pub fn received(&self, shipment: &str, line: &str) -> String {
        let rest = "--packaging sound --received-by Joe";
        self.cs(&format!("ship receive {shipment} --line {line} {rest}")).ok().number()
    }

    /// The open duties as JSON.
    pub fn todo(&self, flags: &str) -> Vec<Value> {
        match self.cs(&format!("todo --json {flags}")).ok().json() {
            Value::Array(duties) => duties,
            other => panic!("{other}"),
        }
    }

    /// When the duty of a rule for a record is due; `None` when it is not open by then.
    pub fn due(&self, rule: &str, number: &str) -> Option<String> {
        let duties = self.todo("--until 2027-12-31");
        let mut found = duties.iter().filter(|d| d["rule"] == rule && d["number"] == number);
        let due = found.next().map(|d| d["due"].as_str().unwrap()[..16].replace('T', " "));
        assert!(found.next().is_none(), "{rule} {number} stands twice: {duties:#?}");
        due
    }

    /// A confirmed order of ten shelves, its shipment gone, and the receipt of all ten: the numbers 1 of YX's day.
    pub fn busy() -> Desk {
        let desk = Desk::plain();
        let order = desk.confirmed();
        let shipment = desk.departed(&order, "SHELF=10");
        desk.received(&shipment, "SHELF=10");
        desk
    }

    /// Everything that `cs check` finds, as `code file:line:column`, or `code file` where the whole file is meant.
    #[track_caller]
    pub fn found(&self) -> Vec<String> {
        let done = self.cs("check --json").refused(1);
        assert_eq!(done.stderr, "");
        let problems: Value = serde_json::from_str(&done.stdout).unwrap();
        let word = |p: &Value, key: &str| p[key].to_string().replace('"', "");
        let place = |p| {
            let place = format!("{} {}:{}:{}", word(p, "code"), word(p, "file"), word(p, "line"), word(p, "column"));
            place.trim_end_matches(":null").to_string()
        };
        let found: Vec<String> = problems.as_array().unwrap().iter().map(place).collect();
        for lang in ["en", "zh"] {
            let told = self.cs("check").lang(lang).refused(1).stdout;
            for problem in problems.as_array().unwrap() {
                let mut places = vec![word(problem, "code")];
                if problem["line"].as_u64().is_some_and(|line| line > 0) {
                    places.push(format!("{}:{}", word(problem, "file"), word(problem, "line")));
                }
                assert!(places.iter().all(|piece| told.contains(piece.as_str())), "{problem} in {lang}:\n{told}");
            }
        }
        found
    }

    /// A record as `show --json` tells it.
    pub fn show(&self, number: &str) -> Value {
        self.cs(&format!("show {number} --json")).ok().json()
    }
}

/// Where a record's file is.
pub fn file_of(number: &str) -> String {
    let dir = match &number[..2] {
        "DD" => "orders",
        "FH" => "shipments",
        "WX" => "repairs",
        "BJ" => "quotes",
        "LJ" => "parts",
        "TS" => "complaints",
        "ZG" => "improvements",
        "LP" => "claims",
        _ => "receipts",
    };
    format!("{dir}/20{}/{}/{number}.toml", &number[3..5], &number[5..7])
}

fn files_under(root: &Path, wanted: impl Fn(&str) -> bool + Copy) -> Files {
    fn walk(root: &Path, dir: &Path, wanted: impl Fn(&str) -> bool + Copy, files: &mut Files) {
        for entry in fs::read_dir(dir).unwrap().flatten() {
            let (path, kind) = (entry.path(), entry.file_type().unwrap());
            let name = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            if kind.is_dir() && wanted(&name) {
                walk(root, &path, wanted, files);
            } else if kind.is_file() {
                files.insert(name, fs::read(&path).unwrap());
            } else if !kind.is_dir() {
                files.insert(name, b"neither file nor directory".to_vec());
            }
        }
    }
    let mut files = Files::new();
    walk(root, root, wanted, &mut files);
    files
}

/// Words parted by blanks; `'several words'` kept together.
fn split(line: &str) -> Vec<String> {
    let (mut words, mut word, mut quoted, mut begun) = (Vec::new(), String::new(), false, false);
    for c in line.chars() {
        match c {
            '\'' => (quoted, begun) = (!quoted, true),
            c if c.is_whitespace() && !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            c => {
                word.push(c);
                begun = true;
            }
        }
    }
    words.extend(begun.then_some(word));
    words
}
