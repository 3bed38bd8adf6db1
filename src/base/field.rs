//! What a field of a form, a step or a list may hold: the tables that describe fields, and the values read by them.
//!
//! One description serves the command line, the reader, the checks, the tables shown and the JSON keys.

use std::fmt;
use std::ops::Range;

use super::marks::{marks, written};
use super::money::{Measure, Money};
use super::number::{Code, Number};
use super::route::routes;
use super::stint::{self, Stint};
use super::time::{Date, Now, Time, parse_date, parse_time, rfc3339};
use super::words::{Lang, Text, Words};
use crate::tr;

/// The kinds of form that the department keeps; the table of kinds in `forms` describes each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 订购单.
    Order,
    /// 发货清单.
    Shipment,
    /// 到货回执.
    Receipt,
    /// 维修单.
    Repair,
    /// 广告公司维修报价单.
    Quote,
    /// 零配件申请单.
    Parts,
    /// 投诉记录表.
    Complaint,
    /// 客户服务记录表.
    Consult,
    /// 回访记录表.
    Visit,
    /// 顾客反馈信息处理单.
    Improvement,
    /// 理赔申请单.
    Claim,
    /// 绩效记录单.
    Score,
    /// 工作计划事项.
    Work,
    /// 会议纪要.
    Meeting,
    /// 培训记录表.
    Training,
    /// 通话质检单.
    Call,
    /// 班次.
    Shift,
}

/// The lists that the department keeps; the table of lists in `lists` describes each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum List {
    /// Who works here.
    Staff,
    /// 客户档案.
    Customers,
    /// 商场/门店.
    Sites,
    /// 展俱型号.
    Products,
    /// 广告公司/安装公司.
    Agencies,
    /// 物流公司.
    Carriers,
    /// 园区经营户与专线.
    Directory,
    /// 保险单.
    Policies,
    /// Dated overrides of working days.
    Calendar,
}

/// One choice of a [`Ty::Choice`]: the code kept in files and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What files and scripts hold.
    pub code: &'static str,
    /// What people read.
    pub name: Words,
}

/// Pairs a choice's code with its name.
pub const fn choice(code: &'static str, en: &'static str, zh: &'static str) -> Choice {
    Choice { code, name: Words { en, zh } }
}

/// What a field may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ty {
    /// Free text.
    Text,
    /// A carrier's lines with their prices ([`routes`]).
    Routes,
    /// The points of a call, item by item ([`marks`]).
    Marks,
    /// A phone, e-mail or contact name: masked in what leaves the department (R4).
    Private,
    /// The code of a staff member, which becomes part of record numbers.
    StaffCode,
    /// A fixture's model, which stands before `=` where lines are typed.
    Model,
    /// A calendar day.
    Date,
    /// A moment.
    Time,
    /// From when to when on a day ([`Stint`]).
    Stint,
    /// An amount, two decimals, not negative.
    Money,
    /// An amount, two decimals, of either sign: what a statement adds or takes off.
    Balance,
    /// A measure (m³, kg), three decimals, not negative.
    Measure,
    /// A whole number from 1.
    Quantity,
    /// A whole number from 0.
    Count,
    /// Yes when present.
    Flag,
    /// One of a fixed set.
    Choice(&'static [Choice]),
    /// Several of a fixed set, without order.
    Choices(&'static [Choice]),
    /// A code of a list.
    Code(List),
    /// Several codes of a list.
    Codes(List),
    /// The number of a record of one of these kinds.
    Record(&'static [Kind]),
    /// The numbers of several records of these kinds.
    Records(&'static [Kind]),
    /// Names of files under `photos/`.
    Files,
    /// A step of the same form, counted from 1.
    Step,
}

/// Whether a field must be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// The record is wrong without it.
    Required,
    /// May be absent.
    Optional,
}

/// One field of a form, step, line or list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// The key in files and JSON; with `-` for `_`, the flag on the command line.
    pub key: &'static str,
    /// What people call it.
    pub name: Words,
    /// One line of help, shown by `--help`.
    pub help: Words,
    /// What it may hold.
    pub ty: Ty,
    /// Whether it must be there.
    pub need: Need,
}

impl Field {
    /// The same field where it must be there.
    pub const fn must(mut self) -> Field {
        self.need = Need::Required;
        self
    }

    /// What is said where it is missing, and the remedy.
    pub fn lacking(&self) -> (Text, Text) {
        let (key, name) = (self.key, self.name);
        (tr!("{key} is missing", "缺少{name}（{key}）"; name), self.ty.expects())
    }

    /// The same field where it may be absent.
    pub const fn may(mut self) -> Field {
        self.need = Need::Optional;
        self
    }
}

/// A field that must be there.
pub const fn required(key: &'static str, ty: Ty, name: Words, help: Words) -> Field {
    Field { key, name, help, ty, need: Need::Required }
}

/// A field that may be absent.
pub const fn optional(key: &'static str, ty: Ty, name: Words, help: Words) -> Field {
    Field { key, name, help, ty, need: Need::Optional }
}

/// A value as read, already of its field's type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Text, a phone, a list code or a choice.
    Text(String),
    /// A day.
    Date(Date),
    /// A moment.
    Time(Time),
    /// An amount.
    Money(Money),
    /// A measure.
    Measure(Measure),
    /// A quantity, count or step.
    Whole(u64),
    /// A flag that is set.
    Yes,
    /// A record's number.
    Record(Number),
    /// Several codes, choices, record numbers or files, as text.
    Many(Vec<String>),
}

/// What stands between several values in one cell or one flag.
pub const BETWEEN: [char; 5] = [';', '；', ',', '，', '、'];

/// Longest text that a field takes, in characters.
pub const LONGEST_TEXT: usize = 10_000;

impl Ty {
    /// Reads a value from what a person typed or a CSV cell holds. Several are separated by one of
    /// [`BETWEEN`].
    /// The error says what the type takes.
    pub fn parse(self, text: &str, now: Now) -> Result<Value, Text> {
        let wrong = |expect: Text| Err(expect);
        match self {
            Ty::Text | Ty::Private | Ty::Code(_) => text_value(text),
            Ty::Routes => match routes(text) {
                Ok(lines) if !lines.is_empty() => text_value(text),
                Ok(_) => wrong(self.expects()),
                Err(piece) => wrong(tr!(
                    "\"{piece}\" is no line: give each as Chengdu-Lhasa 380/m3 5-7d, with its price for one m3, kg or piece, separated by ;",
                    "“{piece}”不是一条线路：请写成 成都-拉萨 380/m3 5-7d，价格按 m3、kg 或件，多条用 ; 分隔"
                )),
            },
            Ty::Marks => match marks(text) {
                Ok(marks) => text_value(&written(&marks)),
                Err(piece) => wrong(tr!(
                    "\"{piece}\" gives no item its points: write answer=25,closing=4, or full",
                    "“{piece}”不是项目得分：请写成 answer=25,closing=4，各项满分写 full"
                )),
            },
            Ty::StaffCode if text.parse::<Code>().is_err() => wrong(self.expects()),
            Ty::Model if text.contains(['=', '@', ':']) => wrong(self.expects()),
            Ty::StaffCode | Ty::Model => text_value(text),
            Ty::Date => match parse_date(text, now.today()) {
                Some(date) => Ok(Value::Date(date)),
                None => wrong(self.expects()),
            },
            Ty::Time => match parse_time(text, now) {
                Some(time) => Ok(Value::Time(now.zone.local(time))),
                None => wrong(self.expects()),
            },
            Ty::Stint => text.parse::<Stint>().map(|stint| Value::Text(stint.to_string())),
            Ty::Money => match text.parse::<Money>() {
                Ok(money) if money >= Money::ZERO => Ok(Value::Money(money)),
                _ => wrong(self.expects()),
            },
            Ty::Balance => text.parse().map(Value::Money).map_err(|_| self.expects()),
            Ty::Measure => text.parse().map(Value::Measure).map_err(|_| self.expects()),
            Ty::Quantity | Ty::Count | Ty::Step => self.whole(plain_whole(text)),
            Ty::Flag => match text {
                "yes" | "true" | "1" | "是" => Ok(Value::Yes),
                _ => wrong(self.expects()),
            },
            Ty::Choice(choices) => match find_choice(choices, text) {
                Some(choice) => Ok(Value::Text(choice.code.to_string())),
                None => wrong(self.expects()),
            },
            Ty::Record(_) => text.parse().map(Value::Record).map_err(|_| self.expects()),
            Ty::Choices(_) | Ty::Codes(_) | Ty::Records(_) | Ty::Files => {
                let parts = text.split(BETWEEN).map(str::trim).filter(|p| !p.is_empty());
                self.many(parts.map(str::to_string).collect())
            }
        }
    }

    /// Checks a whole number against the type's range.
    pub fn whole(self, number: Option<u64>) -> Result<Value, Text> {
        let least = if self == Ty::Count { 0 } else { 1 };
        match number {
            Some(n) if n >= least && n <= 1_000_000_000 => Ok(Value::Whole(n)),
            _ => Err(self.expects()),
        }
    }

    /// Checks each of several values; there is at least one.
    pub fn many(self, parts: Vec<String>) -> Result<Value, Text> {
        if parts.is_empty() {
            return Err(self.expects());
        }
        let mut checked = Vec::with_capacity(parts.len());
        for part in parts {
            checked.push(match self {
                Ty::Choices(choices) => find_choice(choices, &part).ok_or_else(|| self.expects())?.code.to_string(),
                Ty::Records(_) => part.parse::<Number>().map_err(|_| self.expects())?.to_string(),
                _ => {
                    text_value(&part)?;
                    part
                }
            });
        }
        Ok(Value::Many(checked))
    }

    /// What the type takes, as the remedy of a wrong value.
    pub fn expects(self) -> Text {
        match self {
            Ty::Text | Ty::Private => tr!("give a text", "请填写文字"),
            Ty::Routes => tr!(
                "give lines as Chengdu-Lhasa 380/m3 5-7d, with the price for one m3, kg or piece, separated by ;",
                "请填写线路，如 成都-拉萨 380/m3 5-7d，价格按 m3、kg 或件，多条用 ; 分隔"
            ),
            Ty::Marks => tr!(
                "give items with their points, as answer=25,closing=4; the others have their full points; or full",
                "请填写项目得分，如 answer=25,closing=4，未列出的项目按满分；各项满分写 full"
            ),
            Ty::Code(_) | Ty::Codes(_) => {
                tr!("give a code, a name or part of a name", "请填写代码、名称或名称的一部分")
            }
            Ty::StaffCode => tr!(
                "a staff code is 1 to 8 capital letters or digits, as it becomes part of record numbers: choose another",
                "员工代码须为 1–8 位大写字母或数字，它会写入单号：请换一个"
            ),
            Ty::Model => tr!(
                "a model holds no = @ or :, as lines are typed as MODEL=QTY@PRICE: choose another",
                "型号不能含 =、@ 或 :，因为明细按“型号=数量@单价”填写：请换一个"
            ),
            Ty::Date => tr!(
                "give a day that exists, as 2026-11-21, 11-21, today, tomorrow or +7",
                "请填写真实存在的日期，如 2026-11-21、11-21、今天、明天或 +7（7天后）"
            ),
            Ty::Time => tr!(
                "give a time as 10:30, \"2026-11-21 10:30\" or 2026-11-21T10:30:00+08:00",
                "请填写时间，如 10:30、\"2026-11-21 10:30\" 或 2026-11-21T10:30:00+08:00"
            ),
            Ty::Stint => stint::expected(),
            Ty::Money => {
                tr!("give an amount in plain digits, as 1250 or 1250.50", "请用数字填写金额，如 1250 或 1250.50")
            }
            Ty::Balance => tr!(
                "give an amount in plain digits, as 1250, 1250.50 or -80",
                "请用数字填写金额，如 1250、1250.50 或 -80"
            ),
            Ty::Measure => tr!("give a measure of at most 3 decimals, as 1.5", "请用数字填写，最多三位小数，如 1.5"),
            Ty::Quantity => tr!("give a whole number from 1 up", "请填写大于等于 1 的整数"),
            Ty::Count => tr!("give a whole number, 0 or more", "请填写大于等于 0 的整数"),
            Ty::Step => tr!("give the number of a step, as `cs show` counts them", "请填写步骤序号（见 cs show）"),
            Ty::Flag => tr!("give true, or leave it out", "请填写 true，或不填"),
            Ty::Choice(choices) | Ty::Choices(choices) => {
                let en = choices.iter().map(|c| c.code).collect::<Vec<_>>().join(", ");
                let zh = choices.iter().map(|c| format!("{}（{}）", c.code, c.name.zh)).collect::<Vec<_>>().join("、");
                tr!("give one of: {en}", "请从中选择：{zh}")
            }
            Ty::Record(_) | Ty::Records(_) => {
                tr!("give a record number such as DD-261121-YX-1", "请填写单号，如 DD-261121-YX-1")
            }
            Ty::Files => tr!(
                "give the path of a photo; in a form, the name of a file under photos/",
                "请给出照片文件的路径；表单中为 photos/ 下的文件名"
            ),
        }
    }

    /// True where a value is masked unless `--reveal` is given (R4).
    pub fn is_private(self) -> bool {
        self == Ty::Private
    }

    /// True for what a person types as text, even where it is all digits: a spreadsheet must not count with it (R3).
    pub fn is_textual(self) -> bool {
        matches!(self, Ty::Text | Ty::Routes | Ty::Marks | Ty::Private | Ty::Code(_) | Ty::StaffCode | Ty::Model)
    }

    /// True where one key holds several values.
    pub fn is_many(self) -> bool {
        matches!(self, Ty::Choices(_) | Ty::Codes(_) | Ty::Records(_) | Ty::Files)
    }

    /// True for numbers, which tables align to the right.
    pub fn is_numeric(self) -> bool {
        matches!(self, Ty::Money | Ty::Balance | Ty::Measure | Ty::Quantity | Ty::Count)
    }
}

fn find_choice(choices: &'static [Choice], text: &str) -> Option<&'static Choice> {
    let text = text.trim();
    choices
        .iter()
        .find(|c| c.code.eq_ignore_ascii_case(text) || c.name.zh == text || c.name.en.eq_ignore_ascii_case(text))
}

/// The choice that a text means where people write by hand what they read on a form: its code or name, or the only one
/// whose code or name in either language begins so. Less than two characters begin nothing.
pub fn choice_begun(choices: &'static [Choice], text: &str) -> Option<&'static Choice> {
    let begin = text.trim().to_lowercase();
    let begins = |choice: &&Choice| {
        let names = [choice.code, choice.name.en, choice.name.zh];
        begin.chars().count() > 1 && names.iter().any(|name| name.to_lowercase().starts_with(&begin))
    };
    find_choice(choices, text).or_else(|| {
        let mut begun = choices.iter().filter(begins);
        begun.next().filter(|_| begun.next().is_none())
    })
}

fn plain_whole(text: &str) -> Option<u64> {
    let digits = !text.is_empty() && text.len() <= 12 && text.bytes().all(|b| b.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Checks a text's length; anything else is shown as it is and never obeyed.
fn text_value(text: &str) -> Result<Value, Text> {
    if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT {
        return Err(tr!("shorten the text to {LONGEST_TEXT} characters", "请把文字缩短到 {LONGEST_TEXT} 字以内"));
    }
    if text.trim().is_empty() {
        return Err(tr!("give a text that is not blank", "请不要留空"));
    }
    Ok(Value::Text(text.to_string()))
}

impl Value {
    /// The value as a person reads it: choices by name, several joined.
    pub fn show(&self, ty: Ty, lang: Lang, zone: super::time::Zone) -> String {
        let name = |choices: &'static [Choice], code: &str| {
            find_choice(choices, code).map_or_else(|| code.to_string(), |c| c.name.get(lang).to_string())
        };
        match (self, ty) {
            (Value::Text(code), Ty::Choice(choices)) => name(choices, code),
            (Value::Many(codes), Ty::Choices(choices)) => {
                codes.iter().map(|c| name(choices, c)).collect::<Vec<_>>().join(match lang {
                    Lang::En => ", ",
                    Lang::Zh => "、",
                })
            }
            (Value::Time(time), _) => super::time::wall_minute(*time, zone),
            (Value::Yes, _) => match lang {
                Lang::En => "yes".to_string(),
                Lang::Zh => "是".to_string(),
            },
            (Value::Many(parts), _) => parts.join(match lang {
                Lang::En => ", ",
                Lang::Zh => "、",
            }),
            _ => self.to_string(),
        }
    }
}

impl fmt::Display for Value {
    /// The stable text of CSV cells and JSON strings.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Text(text) => f.write_str(text),
            Value::Date(date) => write!(f, "{date}"),
            Value::Time(time) => f.write_str(&rfc3339(*time)),
            Value::Money(money) => write!(f, "{money}"),
            Value::Measure(measure) => write!(f, "{measure}"),
            Value::Whole(n) => write!(f, "{n}"),
            Value::Yes => f.write_str("true"),
            Value::Record(number) => write!(f, "{number}"),
            Value::Many(parts) => f.write_str(&parts.join(";")),
        }
    }
}

/// One value with its key and where it stands in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The field that describes it.
    pub field: &'static Field,
    /// The value.
    pub value: Value,
    /// Byte range of the value in its file; `0..0` when it was typed, not read.
    pub span: Range<usize>,
}

/// The known fields of one form header, line, step or list row, in the order of their table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(pub Vec<Entry>);

impl Fields {
    /// The entry under `key`.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.0.iter().find(|e| e.field.key == key)
    }

    /// The value under `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|e| &e.value)
    }

    /// Text, a code or a choice.
    pub fn text(&self, key: &str) -> Option<&str> {
        match self.get(key) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// From when to when on a day.
    pub fn stint(&self, key: &str) -> Option<Stint> {
        self.text(key).and_then(|text| text.parse().ok())
    }

    /// A staff code; `None` also where the text is no such code.
    pub fn staff(&self, key: &str) -> Option<Code> {
        self.text(key).and_then(|t| t.parse().ok())
    }

    /// A day.
    pub fn date(&self, key: &str) -> Option<Date> {
        match self.get(key) {
            Some(Value::Date(date)) => Some(*date),
            _ => None,
        }
    }

    /// A moment.
    pub fn time(&self, key: &str) -> Option<Time> {
        match self.get(key) {
            Some(Value::Time(time)) => Some(*time),
            _ => None,
        }
    }

    /// An amount.
    pub fn money(&self, key: &str) -> Option<Money> {
        match self.get(key) {
            Some(Value::Money(money)) => Some(*money),
            _ => None,
        }
    }

    /// A measure.
    pub fn measure(&self, key: &str) -> Option<Measure> {
        match self.get(key) {
            Some(Value::Measure(measure)) => Some(*measure),
            _ => None,
        }
    }

    /// A quantity or count; 0 where absent.
    pub fn whole(&self, key: &str) -> u64 {
        match self.get(key) {
            Some(Value::Whole(n)) => *n,
            _ => 0,
        }
    }

    /// True where a flag is set.
    pub fn flag(&self, key: &str) -> bool {
        self.get(key) == Some(&Value::Yes)
    }

    /// A record's number.
    pub fn record(&self, key: &str) -> Option<&Number> {
        match self.get(key) {
            Some(Value::Record(number)) => Some(number),
            _ => None,
        }
    }

    /// Several codes, choices or numbers; empty where absent.
    pub fn many(&self, key: &str) -> &[String] {
        match self.get(key) {
            Some(Value::Many(parts)) => parts,
            _ => &[],
        }
    }

    /// Puts a value under its field, in place of the old one.
    pub fn set(&mut self, field: &'static Field, value: Value) {
        self.0.retain(|e| e.field.key != field.key);
        self.0.push(Entry { field, value, span: 0..0 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::Zone;

    #[test]
    fn a_type_takes_what_fits_and_says_what_it_takes() {
        let zone = Zone::default();
        let now =
            Now { time: zone.moment(Date::from_ymd_opt(2026, 11, 21).unwrap().and_hms_opt(9, 0, 0).unwrap()), zone };
        const COLOURS: &[Choice] = &[choice("red", "Red", "红"), choice("blue", "Blue", "蓝")];
        assert_eq!(Ty::Choice(COLOURS).parse("红", now), Ok(Value::Text("red".into())));
        assert_eq!(Ty::Choices(COLOURS).parse("blue；红", now), Ok(Value::Many(vec!["blue".into(), "red".into()])));
        const WAYS: &[Choice] = &[choice("us", "us", "我方安排"), choice("out", "the customer's own", "客户自行安排")];
        for (text, expect) in [("我方", Some("us")), ("客户", Some("out")), ("The customer", Some("out")), ("客", None)]
        {
            assert_eq!(choice_begun(WAYS, text).map(|choice| choice.code), expect, "{text}");
        }
        const ALIKE: &[Choice] = &[choice("part", "part", "部分"), choice("parted", "parted", "部分破损")];
        for (text, expect) in [("part", Some("part")), ("parte", Some("parted")), ("pa", None), ("", None)] {
            assert_eq!(choice_begun(ALIKE, text).map(|choice| choice.code), expect, "{text}");
        }
        assert!(Ty::Choice(COLOURS).parse("green", now).unwrap_err().en.contains("red, blue"));
        for bad in ["0", "-1", "1.5", "", "1000000001", "１"] {
            assert!(Ty::Quantity.parse(bad, now).is_err(), "{bad}");
        }
        assert_eq!(Ty::Count.parse("0", now), Ok(Value::Whole(0)));
        assert!(Ty::Money.parse("-5", now).is_err());
        assert!(Ty::Date.parse("2026-02-30", now).is_err());
        assert!(Ty::Text.parse("  ", now).is_err());
        assert_eq!(Ty::Private.parse("0028 1234", now), Ok(Value::Text("0028 1234".into())));
    }
}
