//! Paper forms laid out by hand, as the drawings of them are tested with.
#![allow(dead_code)] // each test file uses its own part

use cs::base::field::{Field, Ty, optional};
use cs::base::page::{Block, Content, Page, PageCell, PageRow, Role, Slot};
use cs::base::words::words;

const NONE: cs::base::words::Words = words("x", "某");

pub static NAME: Field = optional("name", Ty::Text, NONE, NONE);
pub static PHONE: Field = optional("phone", Ty::Private, NONE, NONE);
pub static WANTED_BY: Field = optional("wanted_by", Ty::Date, NONE, NONE);
pub static MODEL: Field = optional("model", Ty::Model, NONE, NONE);
pub static QUANTITY: Field = optional("quantity", Ty::Quantity, NONE, NONE);
pub static PRICE: Field = optional("price", Ty::Money, NONE, NONE);
pub static VOLUME: Field = optional("volume", Ty::Measure, NONE, NONE);

pub fn cell(span: u16, role: Role, content: Content) -> PageCell {
    PageCell { span, role, content, slot: None }
}

pub fn text(text: &str) -> Content {
    Content::Text(text.to_string())
}

pub fn day(text: &str) -> Content {
    Content::Date(text.parse().unwrap())
}

pub fn money(text: &str) -> Content {
    Content::Money(text.parse().unwrap())
}

pub fn measure(text: &str) -> Content {
    Content::Measure(text.parse().unwrap())
}

pub fn label(span: u16, name: &str) -> PageCell {
    cell(span, Role::Label, text(name))
}

pub fn value(span: u16, content: Content) -> PageCell {
    cell(span, Role::Value, content)
}

/// A cell that a person may fill in.
pub fn open(span: u16, content: Content, slot: Slot) -> PageCell {
    PageCell { slot: Some(slot), ..value(span, content) }
}

pub fn row(cells: Vec<PageCell>) -> PageRow {
    PageRow { cells, height: 1 }
}

pub fn high(height: u16, cells: Vec<PageCell>) -> PageRow {
    PageRow { cells, height }
}

pub fn block(rows: Vec<PageRow>) -> Block {
    Block { rows, ..Block::default() }
}

fn page(name: &str, blocks: Vec<Block>) -> Page {
    Page { name: name.to_string(), columns: 12, blocks }
}

fn heading(title: &str, number: &str) -> Vec<PageRow> {
    vec![
        row(vec![cell(12, Role::Title, text(title))]),
        row(vec![cell(6, Role::Remark, text("成都晨光展示道具有限公司 客服部")), cell(6, Role::Remark, text(number))]),
    ]
}

fn signatures(who: &[&str]) -> Block {
    let span = 12 / who.len() as u16;
    let boxes = who.iter().map(|who| cell(span, Role::Sign, text(who))).collect();
    Block { whole: true, ..block(vec![row(boxes)]) }
}

/// A repair ticket: long Chinese text, and phones that begin with zeros.
pub fn repair() -> Page {
    let mut rows = heading("展台维修单", "单号 No.：WX-261121-YX-1");
    rows.extend([
        row(vec![label(2, "客户 Customer"), value(4, text("成都锦华商业管理有限公司")), label(2, "报修日期 Reported"), value(4, day("2026-11-21"))]),
        row(vec![label(2, "商场/门店 Site"), value(4, text("万象城三楼东侧 L3-018 晨光文具形象店")), label(2, "联系电话 Phone"), value(4, text("013800001234"))]),
        row(vec![label(2, "型号 Model"), value(4, text("ZT-2400A")), label(2, "出厂日期 Made"), value(4, day("2025-11-21"))]),
        row(vec![label(2, "客户编码"), value(4, text("007")), label(2, "身份证号"), value(4, text("510104199001011234"))]),
        high(6, vec![label(2, "故障描述 Fault"), value(10, text("展台右侧第二层亚克力层板自中部起开裂约30厘米，灯带自开业次日起间歇性闪烁，更换过一次电源适配器（12V/5A，型号 LRS-60-12）后仍未恢复。商场要求营业时间内不得施工，须在22:00以后由西侧货运通道进场，并提前一天向物业报备施工人员身份信息。\n1. 层板：开裂，需更换；\n2. 灯带：闪烁，疑似接头松动；\n3. 门锁：钥匙遗失一把，请一并配齐。"))]),
        high(3, vec![label(2, "原因判定 Cause"), value(4, text("质量问题（层板厚度不足）")), label(2, "处理意见"), value(4, text("由我司承担费用，委派成都蓉锐广告公司上门维修，配件由工厂直发。"))]),
    ]);
    let note = row(vec![cell(12, Role::Remark, text("维修完成后请客户签字并加盖门店章，照片三日内回传。"))]);
    page(
        "WX-261121-YX-1",
        vec![block(rows), signatures(&["经办人签字：", "维修人员签字：", "客户签字（盖章）："]), block(vec![note])],
    )
}

/// An order of `count` lines with heads and totals.
pub fn order(count: usize) -> Page {
    let mut rows = heading("订单确认书", "单号 No.：DD-261121-YX-1");
    rows.extend([
        row(vec![label(2, "客户"), value(4, text("ACME 成都")), label(2, "要求到货"), value(4, day("2026-12-10"))]),
        row(vec![
            label(2, "收货地址"),
            value(10, text("四川省成都市武侯区人民南路四段 100 号华润大厦附楼地下二层收货平台")),
        ]),
    ]);
    let heads = ["序号", "型号", "名称", "数量", "单价", "金额"];
    let spans = [1, 2, 4, 1, 2, 2];
    let head = heads.iter().zip(spans).map(|(name, span)| cell(span, Role::Head, text(name))).collect();
    let line = |at: usize| {
        let contents = [
            Content::Whole(at as u64 + 1),
            text(&format!("00{at}-A")),
            text(if at % 7 == 3 {
                "双面落地展架（带灯箱、储物柜、可拆卸亚克力层板及万向轮）"
            } else {
                "文具墙面展架"
            }),
            Content::Whole(10 + at as u64),
            money("1250.5"),
            money(&format!("{}.00", 12_505 + at * 1_250)),
        ];
        row(contents.into_iter().zip(spans).map(|(content, span)| value(span, content)).collect())
    };
    let mut lines = vec![row(head)];
    lines.extend((0..count).map(line));
    lines.push(row(vec![
        label(7, "合计 Total"),
        value(1, Content::Whole(1_234)),
        value(2, Content::Empty),
        value(2, money("1234567.89")),
    ]));
    let lines = Block { heads: 1, ..block(lines) };
    page("DD-261121-YX-1", vec![block(rows), lines, signatures(&["我方确认：", "客户确认："])])
}

/// An arrival receipt with its slip to cut off.
pub fn receipt() -> Page {
    let mut page = order(4);
    page.name = "DH-261121-YX-1".to_string();
    let slip = vec![
        row(vec![cell(12, Role::Title, text("回执联"))]),
        row(vec![
            label(2, "发货单号"),
            value(4, text("FH-261121-YX-1")),
            label(2, "体积 m³"),
            value(4, measure("1.5")),
        ]),
        row(vec![label(2, "收货人"), value(4, Content::Empty), label(2, "收货日期"), value(4, Content::Empty)]),
        row(vec![cell(12, Role::Sign, text("收货单位签字（盖章）："))]),
    ];
    page.blocks.push(Block { cut: true, whole: true, ..block(slip) });
    page
}

/// A blank order form with cells of every type to fill in.
pub fn blank() -> Page {
    let header = |span, field| open(span, Content::Empty, Slot::Header(field));
    let rows = vec![
        row(vec![cell(12, Role::Title, text("订单确认书"))]),
        row(vec![label(2, "收货人"), header(4, &NAME), label(2, "电话"), header(4, &PHONE)]),
        row(vec![label(2, "要求到货"), header(10, &WANTED_BY)]),
    ];
    let line = |at| {
        let open = |span, field| open(span, Content::Empty, Slot::Line(at, field));
        row(vec![open(4, &MODEL), open(1, &QUANTITY), open(3, &PRICE), open(4, &VOLUME)])
    };
    let head = |span, name| cell(span, Role::Head, text(name));
    let mut lines = vec![row(vec![head(4, "型号"), head(1, "数量"), head(3, "单价"), head(4, "体积")])];
    lines.extend((0..10).map(line));
    page("订单确认书", vec![block(rows), Block { heads: 1, ..block(lines) }, signatures(&["客户确认："])])
}
