//! The table of lists: every list's file, place on the command line, and columns.

use super::ListSpec;
use crate::base::field::{Choice, Field, List, Ty, choice, optional, required};
use crate::base::words::words;

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

/// A role by its code.
pub fn role(code: &str) -> Option<&'static Choice> {
    ROLES.iter().find(|role| role.code == code)
}

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
                Ty::StaffCode,
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
            optional(
                "grade_on",
                Ty::Date,
                words("Graded on", "定级日期"),
                words("When the grade was given", "等级评定日期"),
            ),
            optional(
                "grade_basis",
                Ty::Text,
                words("Graded by", "定级依据"),
                words("What the grade rests on", "等级评定依据"),
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
            required("model", Ty::Model, words("Model", "型号"), words("Short and unique", "简短且唯一")),
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
                Ty::Routes,
                words("Lines", "线路及价格"),
                words(
                    "Lines with price for one m3, kg or piece, and days: Chengdu-Lhasa 380/m3 5-7d; …",
                    "线路、单价（按 m3、kg 或件）和天数，如 成都-拉萨 380/m3 5-7d; …",
                ),
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
