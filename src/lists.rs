//! The lists, 主数据: who works here, customers, sites, products, agencies, carriers, directory, insurance, calendar.
//!
//! One table, [`LISTS`], describes them all; there is no code of any single list here.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::base::csv::read_csv;
use crate::base::field::{Choice, Entry, Field, Fields, List, Need, Ty, choice, optional, required};
use crate::base::pinyin;
use crate::base::problem::{Place, Problem};
use crate::base::time::Now;
use crate::base::words::{Words, words};
use crate::tr;

/// What a person may do here; a person may hold several roles.
pub const ROLES: &[Choice] = &[
    choice("specialist", "specialist", "客服专员"),
    choice("front_desk", "front desk", "前台接待主管"),
    choice("call_centre", "call centre", "呼叫中心主管"),
    choice("after_sales", "after-sales", "售后服务主管"),
    choice("archivist", "archivist", "信息档案管理员"),
    choice("complaints", "complaints officer", "投诉管理员"),
    choice("insurance", "insurance", "保险理赔"),
    choice("qa", "quality assurance", "质检员"),
    choice("supervisor", "supervisor", "客服主管"),
    choice("manager", "manager", "客服经理"),
    choice("deputy", "deputy general manager", "分管经理"),
    choice("gm", "general manager", "总经理"),
];

const CUSTOMER_KINDS: &[Choice] = &[
    choice("brand", "brand", "品牌商"),
    choice("shipper", "shipper", "发货人"),
    choice("consignee", "consignee", "收货人"),
    choice("supplier", "supplier", "供应商"),
    choice("terminal", "terminal", "终端"),
    choice("contractor", "contractor", "承包商"),
    choice("person", "person", "个人"),
];

const GRADES: &[Choice] = &[choice("A", "A", "A"), choice("B", "B", "B"), choice("C", "C", "C")];
const CREDITS: &[Choice] =
    &[choice("A", "A", "A"), choice("B", "B", "B"), choice("C", "C", "C"), choice("D", "D", "D")];

const CUSTOMER_STATUS: &[Choice] = &[
    choice("prospect", "prospect", "潜在"),
    choice("active", "active", "合作中"),
    choice("lapsed", "lapsed", "已停止"),
];

const AGENCY_STATUS: &[Choice] = &[choice("active", "active", "合作中"), choice("stopped", "stopped", "已停用")];

const POLICY_KINDS: &[Choice] = &[
    choice("carrier_liability", "carrier liability", "承运人责任险"),
    choice("cargo", "cargo", "货运险"),
    choice("property", "property", "财产险"),
    choice("vehicle", "vehicle", "车辆险"),
];

const DAY_KINDS: &[Choice] = &[choice("off", "day off", "放假"), choice("working", "working day", "上班")];

/// A list: its file, its place on the command line, its columns.
#[derive(Debug)]
pub struct ListSpec {
    /// Which list.
    pub list: List,
    /// Its path in the folder.
    pub file: &'static str,
    /// The command: `cs customer`.
    pub command: &'static str,
    /// What people call it.
    pub name: Words,
    /// What people call one of its rows.
    pub row: Words,
    /// Its columns; the first is the key.
    pub fields: &'static [Field],
    /// The column whose words find a row, beside the key.
    pub named_by: &'static str,
    /// Columns that `list` shows.
    pub columns: &'static [&'static str],
}

const NOTE: Field = optional("note", Ty::Text, words("Note", "备注"), words("A remark", "备注"));
const NAME: Field = required("name", Ty::Text, words("Name", "名称"), words("Name", "名称"));
const CONTACT: Field = optional("contact", Ty::Private, words("Contact", "联系人"), words("Whom to ask for", "联系人"));
const PHONE: Field =
    optional("phone", Ty::Private, words("Phone", "电话"), words("Phone, kept as text", "电话，按文本保存"));
const EMAIL: Field = optional("email", Ty::Private, words("E-mail", "邮箱"), words("E-mail", "邮箱"));
const CITY: Field = optional("city", Ty::Text, words("City", "城市"), words("City", "城市"));
const BRAND: Field = optional("brand", Ty::Text, words("Brand", "品牌"), words("Brand", "品牌"));
const CODE: Field = required("code", Ty::Text, words("Code", "代码"), words("Short and unique", "简短且唯一"));
const BRANDS: Field = optional(
    "brands",
    Ty::Text,
    words("Brands", "品牌"),
    words("Brands served, separated by ;", "服务品牌，用 ; 分隔"),
);

/// The table of lists.
pub static LISTS: &[ListSpec] = &[
    ListSpec {
        list: List::Staff,
        file: "lists/staff.csv",
        command: "staff",
        name: words("Staff", "员工"),
        row: words("staff member", "员工"),
        fields: &[
            required(
                "code",
                Ty::Text,
                words("Code", "代码"),
                words("1 to 8 capital letters or digits; part of record numbers", "1–8 位大写字母或数字，会写入单号"),
            ),
            NAME,
            required(
                "roles",
                Ty::Choices(ROLES),
                words("Roles", "岗位"),
                words("One or several roles", "一个或多个岗位"),
            ),
            BRANDS,
            EMAIL,
            PHONE,
            optional("joined", Ty::Date, words("Joined", "入职"), words("First day", "入职日期")),
            optional("left", Ty::Date, words("Left", "离职"), words("Last day", "离职日期")),
            optional(
                "capacity",
                Ty::Measure,
                words("Capacity", "产能"),
                words("Weight for assignment, 1 if left out (R6)", "分配客户时的权重，默认 1（R6）"),
            ),
        ],
        named_by: "name",
        columns: &["code", "name", "roles", "brands", "joined", "left"],
    },
    ListSpec {
        list: List::Customers,
        file: "lists/customers.csv",
        command: "customer",
        name: words("Customers", "客户档案"),
        row: words("customer", "客户"),
        fields: &[
            CODE,
            NAME,
            optional(
                "kind",
                Ty::Choice(CUSTOMER_KINDS),
                words("Kind", "类别"),
                words(
                    "brand, shipper, consignee, supplier, terminal, contractor, person",
                    "brand 品牌商、shipper 发货人、consignee 收货人、supplier 供应商、terminal 终端、contractor 承包商、person 个人",
                ),
            ),
            BRAND,
            CONTACT,
            PHONE,
            EMAIL,
            optional("address", Ty::Text, words("Address", "地址"), words("Address", "地址")),
            optional("region", Ty::Text, words("Region", "区域"), words("Region", "区域")),
            optional(
                "grade",
                Ty::Choice(GRADES),
                words("Grade", "等级"),
                words("A (key account), B or C", "A（大客户）、B 或 C"),
            ),
            optional("credit", Ty::Choice(CREDITS), words("Credit", "信用"), words("A to D", "A 至 D")),
            optional(
                "credit_on",
                Ty::Date,
                words("Rated on", "评定日期"),
                words("When the credit was rated (R7)", "信用评定日期（R7）"),
            ),
            optional(
                "credit_basis",
                Ty::Text,
                words("Basis", "评定依据"),
                words("What the rating rests on", "信用评定依据"),
            ),
            optional(
                "owner",
                Ty::Code(List::Staff),
                words("Owner", "负责人"),
                words("The specialist in charge", "负责专员"),
            ),
            optional(
                "assigned_on",
                Ty::Date,
                words("Assigned on", "分配日期"),
                words("Since when", "分配给负责人的日期"),
            ),
            optional(
                "contacted_on",
                Ty::Date,
                words("Contacted on", "首次联系"),
                words("First contact by the owner (R5)", "负责人首次联系的日期（R5）"),
            ),
            optional(
                "status",
                Ty::Choice(CUSTOMER_STATUS),
                words("Status", "状态"),
                words("prospect, active or lapsed", "prospect 潜在、active 合作中、lapsed 已停止"),
            ),
            optional("since", Ty::Date, words("Since", "建档日期"), words("Customer since", "成为客户的日期")),
            NOTE,
        ],
        named_by: "name",
        columns: &["code", "name", "brand", "region", "grade", "credit", "owner", "status"],
    },
    ListSpec {
        list: List::Sites,
        file: "lists/sites.csv",
        command: "site",
        name: words("Sites", "商场/门店"),
        row: words("site", "门店"),
        fields: &[
            CODE,
            optional("customer", Ty::Code(List::Customers), words("Customer", "客户"), words("Whose site", "所属客户")),
            required("mall", Ty::Text, words("Mall", "商场"), words("Name of the mall or shop", "商场或门店名称")),
            CITY,
            CONTACT,
            PHONE,
            optional(
                "rep",
                Ty::Text,
                words("Regional rep", "大区业务"),
                words("Regional business representative", "大区业务代表"),
            ),
        ],
        named_by: "mall",
        columns: &["code", "mall", "customer", "city", "rep"],
    },
    ListSpec {
        list: List::Products,
        file: "lists/products.csv",
        command: "product",
        name: words("Products", "展俱型号"),
        row: words("product", "型号"),
        fields: &[
            required("model", Ty::Text, words("Model", "型号"), words("Short and unique", "简短且唯一")),
            NAME,
            BRAND,
            optional(
                "customer",
                Ty::Code(List::Customers),
                words("Customer", "客户"),
                words("For whom it is made", "为哪个客户制作"),
            ),
            optional("price", Ty::Money, words("Unit price", "单价"), words("Price of one piece", "单价")),
            optional("size", Ty::Text, words("Package size", "包装尺寸"), words("Package size", "包装尺寸")),
            optional(
                "volume",
                Ty::Measure,
                words("Volume m³", "体积 m³"),
                words("Volume of one package", "单件包装体积（立方米）"),
            ),
            optional(
                "components",
                Ty::Text,
                words("Components", "部件"),
                words("Components, separated by ;", "部件，用 ; 分隔"),
            ),
        ],
        named_by: "name",
        columns: &["model", "name", "brand", "price", "size", "volume"],
    },
    ListSpec {
        list: List::Agencies,
        file: "lists/agencies.csv",
        command: "agency",
        name: words("Agencies", "广告公司/安装公司"),
        row: words("agency", "广告公司"),
        fields: &[
            CODE,
            NAME,
            CITY,
            CONTACT,
            PHONE,
            BRANDS,
            optional(
                "status",
                Ty::Choice(AGENCY_STATUS),
                words("Status", "状态"),
                words("active or stopped", "active 合作中、stopped 已停用"),
            ),
            optional(
                "verified_on",
                Ty::Date,
                words("Verified on", "核实日期"),
                words("When the row was last verified (R7)", "最近核实日期（R7）"),
            ),
        ],
        named_by: "name",
        columns: &["code", "name", "city", "brands", "status", "verified_on"],
    },
    ListSpec {
        list: List::Carriers,
        file: "lists/carriers.csv",
        command: "carrier",
        name: words("Carriers", "物流公司"),
        row: words("carrier", "物流公司"),
        fields: &[
            CODE,
            NAME,
            CONTACT,
            PHONE,
            optional(
                "lines",
                Ty::Text,
                words("Lines", "线路及价格"),
                words("Routes with price, as 成都-上海 280/m3; …", "线路及价格，如 成都-上海 280/m3; …"),
            ),
        ],
        named_by: "name",
        columns: &["code", "name", "lines"],
    },
    ListSpec {
        list: List::Directory,
        file: "lists/directory.csv",
        command: "directory",
        name: words("Directory", "园区经营户与专线"),
        row: words("directory entry", "经营户"),
        fields: &[
            CODE,
            required("tenant", Ty::Text, words("Tenant", "经营户"), words("Name of the tenant", "经营户名称")),
            PHONE,
            optional("line", Ty::Text, words("Line", "专线"), words("The line that it serves", "经营的专线")),
            NOTE,
        ],
        named_by: "tenant",
        columns: &["code", "tenant", "line"],
    },
    ListSpec {
        list: List::Policies,
        file: "lists/policies.csv",
        command: "insurance",
        name: words("Insurance policies", "保险单"),
        row: words("insurance policy", "保险单"),
        fields: &[
            required(
                "number",
                Ty::Text,
                words("Number", "保单号"),
                words("Policy number, kept as text", "保单号，按文本保存"),
            ),
            required("insurer", Ty::Text, words("Insurer", "保险公司"), words("Insurer", "保险公司")),
            required(
                "kind",
                Ty::Choice(POLICY_KINDS),
                words("Kind", "险种"),
                words(
                    "carrier_liability, cargo, property or vehicle",
                    "carrier_liability 承运人责任险、cargo 货运险、property 财产险、vehicle 车辆险",
                ),
            ),
            required("from", Ty::Date, words("From", "起保日"), words("First day", "保险起始日期")),
            required("to", Ty::Date, words("To", "到期日"), words("Last day (R7)", "保险到期日期（R7）")),
            optional("sum", Ty::Money, words("Sum insured", "保额"), words("Sum insured", "保险金额")),
            optional("premium", Ty::Money, words("Premium", "保费"), words("Premium", "保费")),
        ],
        named_by: "insurer",
        columns: &["number", "insurer", "kind", "from", "to", "sum"],
    },
    ListSpec {
        list: List::Calendar,
        file: "lists/calendar.csv",
        command: "calendar",
        name: words("Calendar", "工作日历"),
        row: words("calendar day", "日期"),
        fields: &[
            required("date", Ty::Date, words("Date", "日期"), words("The day", "日期")),
            required(
                "kind",
                Ty::Choice(DAY_KINDS),
                words("Kind", "类型"),
                words("off or working (R44)", "off 放假、working 上班（调休，R44）"),
            ),
            NOTE,
        ],
        named_by: "note",
        columns: &["date", "kind", "note"],
    },
];

/// The description of a list.
pub fn spec_of(list: List) -> &'static ListSpec {
    let found = LISTS.iter().find(|spec| spec.list == list);
    found.unwrap_or(&LISTS[0])
}

/// The first line of a new list: its columns, separated by commas.
pub fn heads(spec: &ListSpec) -> String {
    spec.fields.iter().map(|f| f.key).collect::<Vec<_>>().join(",")
}

impl ListSpec {
    /// The key column.
    pub fn key(&self) -> &'static Field {
        &self.fields[0]
    }

    /// The column under `key`.
    pub fn field(&self, key: &str) -> Option<&'static Field> {
        self.fields.iter().find(|f| f.key == key)
    }
}

/// One row of a list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its values.
    pub fields: Fields,
    /// Byte range of the row in its file.
    pub span: Range<usize>,
}

/// A list as its file holds it.
#[derive(Clone, Debug)]
pub struct Rows {
    /// Which list.
    pub spec: &'static ListSpec,
    /// The file's whole text.
    pub text: Arc<str>,
    /// Rows in the order of the file.
    pub rows: Vec<Row>,
    by_key: HashMap<String, usize>,
}

impl Rows {
    /// Reads a list. Rows with problems are left out of the look-ups, never out of the problems.
    pub fn read(spec: &'static ListSpec, text: Arc<str>, now: Now) -> (Rows, Vec<Problem>) {
        let file: Arc<str> = spec.file.into();
        let known: Vec<&str> = spec.fields.iter().map(|f| f.key).collect();
        let needed: Vec<&str> = spec.fields.iter().filter(|f| f.need == Need::Required).map(|f| f.key).collect();
        let (raw_rows, mut problems) = read_csv(&file, &text, &known, &needed);
        let mut list =
            Rows { spec, text: text.clone(), rows: Vec::with_capacity(raw_rows.len()), by_key: HashMap::new() };
        for raw in raw_rows {
            let mut fields = Vec::with_capacity(raw.cells.len());
            let mut whole = true;
            for cell in raw.cells {
                let (cell, span, field) = (cell.text, cell.span, &spec.fields[cell.column]);
                let mut wrong = |message, help| {
                    problems.push(Problem::new("list.value", message, help).at(Place::at(&file, &text, span.clone())));
                    whole = false;
                };
                let (key, name) = (field.key, field.name);
                if cell.is_empty() {
                    if field.need == Need::Required {
                        wrong(tr!("{key} is empty", "{name}（{key}）是空的"; name), field.ty.expects());
                    }
                    continue;
                }
                if let Some(help) = spoiled(field, &cell) {
                    wrong(
                        tr!("a spreadsheet has spoiled {key}: {cell}", "{name}（{key}）已被电子表格改坏：{cell}"; name),
                        help,
                    );
                    continue;
                }
                match field.ty.parse(&cell, now) {
                    Ok(value) => fields.push(Entry { field, value, span }),
                    Err(help) => wrong(tr!("{key} can't be \"{cell}\"", "{name}（{key}）不能是“{cell}”"; name), help),
                }
            }
            if spec.list == List::Staff
                && let Some(bad) = fields.iter().find(|e| {
                    e.field.key == "code" && e.value.to_string().parse::<crate::base::number::Code>().is_err()
                })
            {
                problems.push(
                    Problem::new(
                        "list.value",
                        tr!("a staff code is 1 to 8 capital letters or digits", "员工代码须为 1–8 位大写字母或数字"),
                        tr!("it becomes part of record numbers: choose another", "它会写入单号，请换一个"),
                    )
                    .at(Place::at(&file, &text, bad.span.clone())),
                );
                whole = false;
            }
            if whole {
                list.push(Row { fields: Fields(fields), span: raw.span }, &file, &mut problems);
            }
        }
        (list, problems)
    }

    fn push(&mut self, row: Row, file: &Arc<str>, problems: &mut Vec<Problem>) {
        let key = self.key_of(&row);
        if let Some(first) = self.by_key.get(&key) {
            let line = Place::at(file, &self.text, self.rows[*first].span.clone()).line;
            let at = row.fields.0.first().map_or(row.span.clone(), |e| e.span.clone());
            problems.push(
                Problem::new(
                    "list.double",
                    tr!("{key} is there twice; first on line {line}", "{key} 重复，第一次在第 {line} 行"),
                    tr!("give each row a code of its own", "每一行的代码必须唯一"),
                )
                .at(Place::at(file, &self.text, at)),
            );
            return;
        }
        self.by_key.insert(key, self.rows.len());
        self.rows.push(row);
    }

    /// The key of a row, as text.
    pub fn key_of(&self, row: &Row) -> String {
        row.fields.get(self.spec.key().key).map(|v| v.to_string()).unwrap_or_default()
    }

    /// The row with this key.
    pub fn get(&self, key: &str) -> Option<&Row> {
        self.by_key.get(key).map(|i| &self.rows[*i])
    }

    /// The name of the row with this key; the key itself where there is no such row.
    pub fn name_of<'a>(&'a self, key: &'a str) -> &'a str {
        self.get(key).and_then(|row| row.fields.text(self.spec.named_by)).unwrap_or(key)
    }

    /// The key that a word means: a key in any letter case, else a whole name, else the one name that
    /// holds the word, else the one whose pinyin initials it is.
    ///
    /// # Errors
    /// A problem that lists the candidates, or says how to see the list.
    pub fn resolve(&self, word: &str) -> Result<String, Problem> {
        let lower = word.trim().to_lowercase();
        if let Some(row) = self.get(word.trim()) {
            return Ok(self.key_of(row));
        }
        let name = |row: &Row| row.fields.text(self.spec.named_by).unwrap_or("").to_lowercase();
        let keyed = |row: &&Row| self.key_of(row).to_lowercase() == lower;
        let named = |row: &&Row| name(row) == lower;
        let part = |row: &&Row| name(row).contains(&lower) || self.key_of(row).to_lowercase().contains(&lower);
        let initials = |row: &&Row| pinyin::fits(row.fields.text(self.spec.named_by).unwrap_or(""), &lower);
        for fits in [&keyed as &dyn Fn(&&Row) -> bool, &named, &part, &initials] {
            let found: Vec<&Row> = self.rows.iter().filter(fits).collect();
            match found.as_slice() {
                [] => continue,
                [row] => return Ok(self.key_of(row)),
                several => return Err(self.ambiguous(word, several)),
            }
        }
        let (what, command) = (self.spec.row, self.spec.command);
        Err(Problem::new(
            "list.unknown",
            tr!("no {what} \"{word}\"", "没有{what}“{word}”"; what),
            tr!(
                "`cs {command} list` shows all; `cs {command} add CODE …` makes one",
                "cs {command} list 查看全部；cs {command} add 代码 … 新增"
            ),
        ))
    }

    fn ambiguous(&self, word: &str, several: &[&Row]) -> Problem {
        let what = self.spec.row;
        let count = several.len();
        let mut candidates: Vec<String> = several
            .iter()
            .take(8)
            .map(|row| format!("{} {}", self.key_of(row), row.fields.text(self.spec.named_by).unwrap_or("")))
            .collect();
        if count > 8 {
            candidates.push("…".to_string());
        }
        let candidates = candidates.join(", ");
        Problem::new(
            "list.ambiguous",
            tr!("\"{word}\" fits {count} rows ({what})", "“{word}”对应 {count} 个{what}"; what),
            tr!("give the code of one: {candidates}", "请写明代码：{candidates}"),
        )
    }
}

/// The remedy where a spreadsheet turned a long code into a rounded or exponent number (R3).
fn spoiled(field: &Field, cell: &str) -> Option<crate::base::words::Text> {
    let textual = matches!(field.ty, Ty::Text | Ty::Private | Ty::Code(_));
    let exponent = cell.split_once("E+").is_some_and(|(m, e)| {
        !e.is_empty()
            && e.bytes().all(|b| b.is_ascii_digit())
            && m.contains('.')
            && m.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    });
    let rounded = cell.len() >= 18 && cell.bytes().all(|b| b.is_ascii_digit()) && cell.ends_with("000");
    (textual && (exponent || rounded)).then(|| {
        tr!(
            "type the full number again, in a column formatted as text (R3)",
            "请把该列设为文本格式，重新填写完整号码（R3）"
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::time::{Date, Zone};

    fn now() -> Now {
        let zone = Zone::default();
        Now { time: zone.moment(Date::from_ymd_opt(2026, 11, 21).unwrap().and_hms_opt(9, 0, 0).unwrap()), zone }
    }

    #[test]
    fn the_table_of_lists_is_sound() {
        for spec in LISTS {
            assert!(std::ptr::eq(spec_of(spec.list), spec));
            assert_eq!(spec.key().need, Need::Required, "{}", spec.file);
            for key in spec.columns.iter().chain([&spec.named_by]) {
                assert!(spec.field(key).is_some(), "{}: {key}", spec.file);
            }
        }
    }

    #[test]
    fn r3_phones_and_codes_stay_text_and_spoiled_ones_are_named() {
        let text = "number,insurer,kind,from,to\n00123,PICC,cargo,2026-01-01,2026-12-31\n4.40981E+17,X,cargo,2026-01-01,2026-12-31\n440981199001010000,X,cargo,2026-01-01,2026-12-31\n";
        let (rows, problems) = Rows::read(spec_of(List::Policies), text.into(), now());
        assert!(rows.get("00123").is_some());
        let lines: Vec<_> = problems.iter().map(|p| p.place.as_ref().unwrap().line).collect();
        assert_eq!(lines, [3, 4]);
    }

    #[test]
    fn a_word_finds_its_row_or_lists_the_candidates() {
        let text = "code,name\nC1,成都展示\nC2,成都物流\nAB,Alpha\n";
        let (rows, problems) = Rows::read(spec_of(List::Customers), text.into(), now());
        assert_eq!(problems, vec![]);
        assert_eq!(rows.resolve("c2"), Ok("C2".to_string()));
        assert_eq!(rows.resolve("展示"), Ok("C1".to_string()));
        assert_eq!(rows.resolve("alpha"), Ok("AB".to_string()));
        assert_eq!(rows.resolve("zs"), Ok("C1".to_string()));
        let ambiguous = rows.resolve("成都").unwrap_err();
        assert_eq!(ambiguous.code, "list.ambiguous");
        assert!(ambiguous.help.en.contains("C1 成都展示") && ambiguous.help.zh.contains("C2"));
        assert_eq!(rows.resolve("重庆").unwrap_err().code, "list.unknown");
    }

    #[test]
    fn a_doubled_code_is_a_problem_at_its_line() {
        let (_, problems) = Rows::read(spec_of(List::Carriers), "code,name\nA,x\nB,y\nA,z\n".into(), now());
        assert_eq!((problems[0].code, problems[0].place.as_ref().unwrap().line), ("list.double", 4));
    }
}
