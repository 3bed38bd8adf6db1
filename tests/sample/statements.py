"""Month's ends in the sample department: what carriers and agencies bill, how it is matched, decided and settled.

Every sender bills what is ours in the columns of its own sheet (SENDERS). Each row of BILLS is a month that went wrong
somewhere, error by error; every other month is billed as it is, or nearly, and settled within days. What is LATE has
not been sent yet.
"""

import csv
import io
import json
import zipfile
from datetime import date, timedelta
from xml.sax.saxutils import escape

import lists
from desk import AFTER_SALES, MANAGER, SUPERVISOR, Dice, Refused

# The archivist files what carriers send; agencies write to after-sales.
IMPORTS = {"ship": "WQ", "repair": AFTER_SALES}
FLAGS = {"ship": "carrier", "repair": "agency"}
NAMES = {code: columns["name"] for code, columns in lists.CARRIERS + lists.AGENCIES}
SITES = dict(lists.SITES)

# How each sender's sheet looks: its form, its columns from left to right, and how they are named to `cs` the first
# time. `n` counts the lines.
SENDERS = {
    "SCX": ("utf-8", "运单号=waybill 发货日期=day 到站=city 件数=packages 体积=volume 运费=amount 备注=remark", ""),
    "JTY": ("gb18030", "序号=n 起运日期=day 货票号=waybill 到站=city 件数=packages 方数=volume 应收运费=amount 备注=remark",
            "waybill=货票号 amount=应收运费"),
    "BFK": ("gb18030", "日期=day 运单号码=waybill 到站=city 件数=packages 体积=volume 运费合计=amount 备注=remark", ""),
    "XND": ("xlsx", "日期=day 客户单号=number 到站=city 件数=packages 运费=amount 备注=remark", ""),
    "SH-YC": ("xlsx", "日期=day 维修单号=number 门店=place 项目=work 费用合计=amount 备注=remark", ""),
    "BJ-JC": ("gb18030", "完工日期=day 报价单号=quote 门店=place 项目=work 维修费=amount 备注=remark", ""),
    "GZ-LT": ("utf-8", "日期=day 维修单号=number 门店=place 结款=amount 备注=remark", "amount=结款"),
}
USUAL = ("utf-8", "日期=day 维修单号=number 门店=place 项目=work 金额=amount 备注=remark", "")

# What is wrong with a bill, and what comes of it: the error with its place among the month's records or its amount,
# what the sender remarks, the decision (`correct=N` pays ours and N on top; None leaves it open), and why.
#   more   so much more (or less) is billed for a record
#   miss   a record is not billed; once that is in dispute, the next bill has it
#   twice  a record is billed twice
#   extra  something is billed that is none of ours
#   again  what was paid without a bill the month before is billed after all
BILLS = {
    ("ship", "JTY", "2026-09"): ("settle", [
        ("more", 0, 80, "含上楼费 80 元", "accept", "上楼费已与门店核实，同意支付"),
        ("more", 2, 160, "", "correct=0", "对方按报价单旧价计费，按我方运费单付款，电话已确认"),
        ("more", 5, -120, "", "accept", "对方少计，按对方金额付款"),
        ("miss", 3, "dispute", "对方漏列，请其下月补列"),
        ("miss", 4, "correct=0", "对方月底未及入账，先按我方金额一并付清"),
        ("twice", 1, "dispute", "同一运单列了两次，只付一次"),
        ("extra", 430, "提货费（非我司发货）", "dispute", "无对应发货单，请对方提供签收回单"),
        ("extra", -200, "货损赔付", "accept", "到货破损一件，经协商从运费中扣回"),
    ]),
    ("ship", "JTY", "2026-10"): ("settle", [
        ("again", 0, "dispute", "九月已按我方金额付清，请对方冲销"),
        ("more", 1, 60, "等候费 60 元", "accept", "商场卸货排队两小时，等候费属实"),
    ]),
    ("ship", "BFK", "2026-09"): ("settle", [
        ("more", 4, 90, "送货进店 90 元", "correct=50", "进店费按合同 50 元一次，已与秦经理说定"),
        ("twice", 7, "dispute", "重复计费"),
    ]),
    ("ship", "SCX", "2026-10"): ("open", [
        ("more", 1, 150, "加急费 150 元", "accept", "客户要求提前一天到货，加急属实"),
        ("more", 4, 240, "按 0.9 立方补差", None, None),
        ("miss", 5, "dispute", "对方未列，待其补单"),
        ("extra", 380, "退货返程", None, None),
        ("twice", 0, None, None),
    ]),
    ("ship", "XND", "2026-10"): ("decide", [
        ("more", 2, 20, "停车费 20 元", "accept", "停车票已附"),
        ("extra", 120, "市内短驳", "dispute", "当日没有发货，请对方核对"),
    ]),
    ("repair", "SH-YC", "2026-09"): ("settle", [
        ("more", 0, 60, "含商场夜间施工证 60 元", "accept", "商场收据已附，同意支付"),
        ("more", 1, 100, "", "correct=0", "超出批准的报价，按报价付款"),
        ("miss", 3, "dispute", "对方未列，请其下月补列"),
        ("twice", 0, "dispute", "同一维修单列了两次"),
        ("extra", 150, "测量费 静安店", "dispute", "未经我方派单，不予支付"),
    ]),
    ("repair", "BJ-JC", "2026-09"): ("settle", [
        ("more", 0, 30, "含停车 30 元", "correct=0", "报价已含交通，按报价付款"),
    ]),
    ("repair", "SH-YC", "2026-10"): ("open", [
        ("more", 0, 80, "二次上门 80 元", None, None),
        ("extra", 200, "旧灯带回收处理", "dispute", "无约定，请对方说明"),
    ]),
    ("repair", "GZ-LT", "2026-10"): ("decide", [
        ("more", 0, -20, "", "accept", "对方少计，按对方金额付款"),
    ]),
}
# What has not come yet.
LATE = {("ship", "BFK", "2026-10"), ("repair", "CQ-SC", "2026-10")}
MONTHS = ["2025-10", "2025-11", "2025-12", "2026-08", "2026-09", "2026-10"]


class Bill:
    """A party's month."""

    def __init__(self, desk, scratch, command, party, month):
        self.desk, self.scratch, self.command, self.party, self.month = desk, scratch, command, party, month
        self.dice = Dice(f"statement/{command}/{party}/{month}")
        self.until, self.errors = BILLS.get((command, party, month), ("settle", []))
        self.named = [f"--{FLAGS[command]}", party, "--month", month]

    def cs(self, verb, *words, by):
        return self.desk.cs(self.command, verb, *words, by=by)

    def items(self):
        """How the month stands, item by item."""
        return json.loads(self.cs("statement", *self.named, "--json", by=IMPORTS[self.command]))

    def signer(self):
        """Who may decide and settle a sum as large."""
        billed = sum(float(item["theirs"] or item["ours"] or 0) for item in self.items())
        return SUPERVISOR if billed <= 19000 else MANAGER


def row_of(bill, item):
    """What a sender knows of a record of ours."""
    record = json.loads(bill.desk.cs("show", item["number"], "--json"))
    row = {"number": item["number"], "waybill": item["reference"], "day": item["day"], "amount": float(item["ours"]),
           "remark": ""}
    if bill.command == "ship":
        city = next((city for city in lists.ROUTES if city in record["address"]), "")
        return {**row, "city": city, "packages": record["packages"], "volume": record["volume"]}
    quote = next(q["quote"] for q in record["derived"]["quotes"] if q["state"] == "approved")
    work = "、".join(line["component"] for line in record["lines"])
    return {**row, "quote": quote, "place": SITES[record["site"]]["mall"], "work": f"{work}维修"}


def billed(bill):
    """The lines that the sender bills, and of each error how its item is found."""
    items = bill.items()
    rows = [row_of(bill, item) for item in items]
    owed, paid = (bill.desk.bills.setdefault((kind, bill.party), []) for kind in ("owed", "paid"))
    lines, more, decide, missed = rows + owed, [], [], []
    owed.clear()

    def of_record(row):
        return lambda item: item["number"] == row["number"]

    def of_remark(remark):
        return lambda item: item["verdict"] == "theirs_only" and remark in (item["text"] or "")

    for error in bill.errors:
        kind, place, *rest, decision, note = error
        ours = rows[place]["amount"] if kind in ("more", "miss") else 0
        if kind == "again":
            remark, line = "补列上月", paid[place]
            more.append({**line, "remark": remark})
            find = of_remark(remark)
        elif kind == "extra":
            remark = rest[0]
            more.append({"day": rows[-1]["day"], "amount": float(place), "remark": remark})
            find = of_remark(remark)
        elif kind == "twice":
            more.append({**rows[place], "remark": "补打"})
            find = of_remark("补打")
        elif kind == "miss":
            missed.append(rows[place])
            later = owed if decision == "dispute" else paid
            later.append({**rows[place], "remark": "上月漏列"})
            find = of_record(rows[place])
        else:
            rows[place]["amount"] += rest[0]
            rows[place]["remark"] = rest[1]
            find = of_record(rows[place])
        if decision and decision.startswith("correct="):
            decision = f"correct={ours + float(decision[8:]):.2f}"
        decide.append((find, decision, note))
    return [line for line in lines if line not in missed] + more, decide


def cells_of(bill, lines):
    """The sheet: a title, the headings, the lines and the total."""
    form, columns, _ = SENDERS.get(bill.party, USUAL)
    columns = [column.split("=") for column in columns.split()]
    total = sum(line["amount"] for line in lines)
    year, month = bill.month.split("-")

    def cell(line, key):
        value = line.get(key, "")
        return f"{value:.2f}" if key == "amount" else value

    sheet = [[f"{NAMES[bill.party]} {year} 年 {int(month)} 月对账单"]] if form == "xlsx" else []
    sheet.append([heading for heading, _ in columns])
    sheet += [[cell({**line, "n": n}, key) for _, key in columns] for n, line in enumerate(lines, 1)]
    sheet.append(["合计"] + [f"{total:.2f}" if key == "amount" else "" for _, key in columns[1:]])
    return form, [[str(cell or "") for cell in row] for row in sheet]


XLSX = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default '
    'Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
    '"/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
    'Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="对账单" sheetId="1" '
    'r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": '<Relationships xmlns='
    '"http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
    '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
    '</Relationships>',
}


def xlsx_bytes(sheet):
    """The smallest workbook that holds these cells, each a text."""
    rows = []
    for n, row in enumerate(sheet, 1):
        cells = [f'<c r="{chr(65 + at)}{n}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for at, cell in enumerate(row)]
        rows.append(f'<row r="{n}">{"".join(cells)}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts = {**XLSX, "xl/worksheets/sheet1.xml":
             f'<worksheet xmlns="{main}"><sheetData>{"".join(rows)}</sheetData></worksheet>'}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, text in parts.items():
            file.writestr(name, f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{text}')
    return out.getvalue()


def sent(bill, lines):
    """The file that the sender sends, and the words that read it."""
    form, sheet = cells_of(bill, lines)
    path = bill.scratch / f"{NAMES[bill.party]}{bill.month}对账单.{'xlsx' if form == 'xlsx' else 'csv'}"
    if form == "xlsx":
        path.write_bytes(xlsx_bytes(sheet))
        return [path]
    text = io.StringIO()
    csv.writer(text).writerows(sheet)
    path.write_bytes(text.getvalue().encode(form))
    return [path] + (["--encoding", form] if form != "utf-8" else [])


def statement_life(bill):
    """A party's month, from its statement to the payment."""
    d, desk, party, month = bill.dice, bill.desk, bill.party, bill.month
    after = date.fromisoformat(f"{month}-28") + timedelta(4)
    yield d.at(desk.workday(after.replace(day=1), d.whole(2, 5)), 9.3, 16.5)
    if (bill.command, party, month) in LATE or not bill.items():
        return
    if not bill.errors and d.chance(0.25):
        # A trifle that nobody argues about.
        bill.errors = [("more", 0, d.one([10, 20, -10]), "", "accept", "零头差异，按对方金额付款")]
    lines, decisions = billed(bill)
    words = sent(bill, lines)
    # How odd headings are read is said once, and remembered.
    if (bill.command, party) not in desk.bills:
        desk.bills[bill.command, party] = True
        words += [word for named in SENDERS.get(party, USUAL)[2].split() for word in ("--column", named)]
    bill.cs("statement", *words, *bill.named, by=IMPORTS[bill.command])
    yield d.soon(desk.now, 30, 120) if d.chance(0.4) else d.at(desk.workday(desk.now.date(), 1), 9.3, 11.5)
    by = bill.signer()
    for find, decision, note in decisions:
        if decision:
            yield from decide(bill, find, decision, note, by)
    if bill.until != "settle":
        return
    while True:
        yield d.soon(desk.now, 20, 90) if d.chance(0.5) else d.at(desk.workday(desk.now.date(), 1), 14, 16.5)
        for item in bill.items():
            if item["verdict"] != "equal" and not item["decision"] and not item["paid"]:
                # It was mended, and is broken again.
                key = item["line"] or item["number"]
                bill.cs("decide", party, month, key, "dispute", "--note", "回访仍有故障，修好后再付", by=by)
        try:
            bill.cs("settle", *bill.named, by=by)
            return
        except Refused:
            # A fee is not released yet.
            yield d.at(desk.workday(desk.now.date(), 2), 9.3, 11.5)


def decide(bill, find, decision, note, by):
    """Decides the one item that an error made."""
    yield bill.dice.soon(bill.desk.now, 3, 12)
    item = next(item for item in bill.items() if find(item))
    decision, _, amount = decision.partition("=")
    words = [bill.party, bill.month, item["line"] or item["number"], decision, "--note", note]
    bill.cs("decide", *words, *(["--amount", amount] if amount else []), by=by)


def lives(desk, scratch):
    """All months of all parties, each a life."""
    parties = [("ship", code) for code, _ in lists.CARRIERS] + [("repair", code) for code, _ in lists.AGENCIES]
    desk.bills = {}
    return [statement_life(Bill(desk, scratch, command, party, month)) for month in MONTHS for command, party in parties]
