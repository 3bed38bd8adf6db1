#!/usr/bin/env python3
"""Makes data-sample/, a department's folder of three months, by driving the real `cs` with --now and --by.

    python3 tests/sample/make.py [DIR]

The same bytes each time: every choice comes from a seed, every moment from the story. Each order is a generator
that yields the moment of its next step; `Desk.run` resumes them all in the order of time until END. To grow the
sample, give an order another trouble in TROUBLES, or write another life and `spawn` it; after-sales stands in
repairs.py, complaints in complaints.py, improvements in improvements.py and insurance claims in claims.py, a row for each;
return visits stand in visits.py, consults in consults.py, planned work in work.py, meetings in meetings.py, training in
training.py, scored calls in qa.py, shifts in shifts.py, the notes in knowledge/, month's ends in statements.py, what
policy.toml says beyond the defaults in policy.py.
The binary is $CS_BIN, else target/release/cs, else target/debug/cs. Python 3.8 or later, no packages.
"""

import os
import shutil
import sys
import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import claims
import complaints
import consults
import improvements
import lists
import meetings
import pictures
import policy
import qa
import repairs
import scores
import shifts
import statements
import training
import visits
import work
from desk import END, LEFT, MANAGER, SUPERVISOR, Desk, Dice, Refused

ROOT = Path(__file__).resolve().parents[2]
NAME = "锦城展具 客户服务部"

DEPARTMENTS = ["木工车间", "喷涂车间", "玻璃车间", "电气组", "包装组"]

# Which trouble befalls which order of this year, by its place in the row.
TROUBLES = {
    1: "edit", 2: "short", 4: "over", 6: "delay_told", 7: "damaged_parts", 9: "wrong", 10: "late_confirm",
    11: "damaged_claim", 12: "expedite", 13: "partial", 14: "late_slip", 15: "change_quantity", 16: "packaging",
    17: "cancel_early", 18: "damaged_credit", 19: "refused", 21: "reschedule", 22: "delay_late", 23: "arrives_late",
    24: "return_credit", 25: "void_step", 26: "two_shipments", 27: "void_record", 28: "late_receipt",
    29: "return_replace", 30: "pair", 31: "change_date", 32: "big_freight", 33: "damaged_reship", 34: "late_notice",
    35: "short_and_damaged", 36: "change_address", 37: "late_slip", 38: "cancel_made", 39: "void_sign", 40: "short_credit",
    41: "no_slip", 42: "delay_expedite", 43: "partial", 44: "damaged_claim", 45: "unpaid", 46: "arrives_late",
    47: "void_shipment", 48: "over", 49: "late_confirm", 50: "return_open", 51: "short", 52: "late_slip",
    53: "damaged_parts", 54: "change_quantity", 55: "no_slip", 57: "delay_told", 58: "damaged_open",
    59: "reschedule", 60: "expedite", 62: "delay_open", 64: "cancel_early", 66: "change_date", 68: "delay_late",
}
# The orders of this year whose customers ask for spare parts once the goods came, and how far that goes.
SPARES = {5: "received", 20: "received", 26: "reject", 36: "received", 46: "received"}
# The orders of last year that had trouble.
LAST_YEAR = {3: "damaged_claim", 6: "short", 9: "late_slip"}


class Order:
    """What an order is before anybody has written it down."""

    def __init__(self, desk, dice, day, customer, trouble=None, place=None, basket=None):
        self.desk, self.dice, self.day, self.customer, self.trouble = desk, dice, day, customer, trouble
        self.city, self.consignee, self.address, self.contact, self.phone = place or dice.one(lists.PLACES[customer])
        self.by = desk.owner(customer, day)
        full = lists.BASKETS[customer]
        chosen = [full[0]] + [item for item in full[1:] if dice.chance(0.55)]
        self.lines = basket or {model: dice.whole(low, high) for model, low, high in chosen}
        self.lines = {m: q - q % 10 if q > 60 else q for m, q in self.lines.items()}
        self.carrier, self.rate, self.days = lists.ROUTES[self.city]
        self.number = self.wanted = None
        # How far its request for spare parts goes, if it has one.
        self.spares = None
        # Not closed before this day: something is still on its way.
        self.wait_until = date.min

    @property
    def main(self):
        return next(iter(self.lines))

    def total(self):
        return sum(PRICE[model] * quantity for model, quantity in self.lines.items())

    def me(self):
        """Who looks after it now."""
        return self.desk.owner(self.customer, self.desk.now.date())


PRICE = {model: float(columns["price"]) for model, columns in lists.PRODUCTS}
VOLUME = {model: float(columns["volume"]) for model, columns in lists.PRODUCTS}


def line_words(lines, price=False):
    words = []
    for model, quantity in lines.items():
        words += ["--line", f"{model}={quantity}" + (f"@{PRICE[model]:.2f}" if price else "")]
    return words


def order_life(desk, o):
    """An order from the first word to the last."""
    d, trouble = o.dice, o.trouble
    yield d.at(o.day, 9.1, 16.2)
    take(o)
    if trouble == "void_record":
        yield d.soon(desk.now, 10, 40)
        desk.cs("void", o.number, "--note", "客户重复下单，与同日电话订单为同一批货，整单作废", by=o.by)
        return
    if not (yield from confirm_and_plan(o)):
        return
    if not (yield from make(o)):
        return
    if trouble == "two_shipments":
        half = {m: max(1, q // 2) for m, q in o.lines.items()}
        rest = {m: q - half[m] for m, q in o.lines.items() if q > half[m]}
        desk.spawn(delivery(desk, [o], half, note="分两批发货，第一批"))
        yield d.at(desk.workday(desk.now.date(), 2), 9.5, 11)
        yield from delivery(desk, [o], rest, note="第二批，余数一次发清")
    else:
        yield from delivery(desk, [o], o.lines)
    yield from payment(o)


def take(o):
    d, desk = o.dice, o.desk
    # A customer leaves the workshop two weeks or so; large orders take longer than that.
    o.wanted = desk.workday(desk.workday(o.day, d.whole(9, 12)) + timedelta(o.days))
    source = d.one(["phone", "mail", "mail", "web", "rep"])
    words = ["--customer", o.customer, "--wanted-by", o.wanted, "--consignee", o.consignee,
             "--deliver-to", o.address, "--source", source]
    note = d.one([None, None, None, "新店开业用，不可迟于开业日", "旧柜更换，旧柜由客户自行拆除", "随货附安装图纸两份",
                  "颜色按上一批色卡", "灯带色温 4000K", "客户要求木架包装"])
    consult = consults.before_order(desk, f"{o.day}/{o.customer}/{o.main}", o.customer, source, o.by)
    verb = ["consult", "turn-into", "order", consult] if consult else ["order", "new"]
    o.number = desk.cs(*verb, *words, *line_words(o.lines, True), *(["--note", note] if note else []), by=o.by)


def signer(total):
    """Who may confirm a sum in place of a specialist."""
    return SUPERVISOR if total <= 200000 else MANAGER


def confirm_and_plan(o):
    d, desk, trouble = o.dice, o.desk, o.trouble
    if trouble == "edit":
        yield d.soon(desk.now, 5, 20)
        desk.cs("order", "edit", o.number, "--contact", o.contact, "--phone", o.phone,
                "--note", "联系人改为门店负责人", by=o.by)
    if trouble == "late_confirm" or d.chance(0.05):
        yield d.at(desk.workday(o.day, 1), 9.2, 10.5)
        note = "昨日客户联系人外出，今日补确认"
    else:
        yield d.soon(desk.now, 20, 170)
        note = d.one([None, None, None, "电话逐项核对，客户无异议", "邮件回签确认", "型号、数量、到货日均已核对"])
    by = o.me() if o.total() <= 50000 else signer(o.total())
    desk.cs("order", "confirm", o.number, "--with", o.contact, *(["--note", note] if note else []), by=by)
    if trouble == "cancel_early":
        yield d.at(desk.workday(o.day, 1), 9.2, 11.5)
        desk.cs("order", "cancel", o.number, "--reason",
                d.one(["门店选址变更，开业推迟到明年，客户书面取消", "客户年度预算调整，项目暂停"]), by=o.me())
        return False
    if o.customer in ("BL", "LYJ"):
        yield d.soon(desk.now, 30, 200)
        desk.cs("order", "paid", o.number, "--amount", f"{o.total() * 0.3:.2f}", "--note", "三成定金到账", by=o.me())
    yield d.at(desk.workday(desk.now.date(), 1), 9.1, 10.2)
    o.made_in = d.whole(3, 7) + (2 if o.total() > 60000 else 0)
    if trouble and trouble.startswith("delay_"):
        o.made_in = max(o.made_in, 5)
    words = []
    for i, department in enumerate(DEPARTMENTS[:d.whole(2, 4)] + DEPARTMENTS[-1:]):
        words += ["--finish", f"{department}={desk.workday(desk.now.date(), min(o.made_in, 1 + i * o.made_in // 4))}"]
    desk.cs("order", "plan", o.number, *words, "--note", "订单会排定", by=o.me())
    return True


def make(o):
    """The days in the workshop, until it is finished. False when the order ends here."""
    d, desk, trouble = o.dice, o.desk, o.trouble
    day, last, n = desk.now.date(), desk.workday(desk.now.date(), o.made_in), 0
    told_on = None
    while True:
        day = desk.workday(day, 1)
        n += 1
        if day >= last and told_on is None:
            break
        if n == 2 and trouble and trouble.startswith("change_"):
            yield d.at(day, 9.2, 11)
            change(o)
        if n == 2 and trouble == "cancel_made":
            yield d.at(day, 10, 11.5)
            desk.cs("order", "cancel", o.number, "--reason", "客户品牌换新形象，旧款停止使用；已下料部分按合同收取材料费",
                    by=o.me())
            return False
        if n == 2 and trouble in ("expedite", "delay_expedite"):
            yield d.at(day, 9.2, 11.5)
            desk.cs("order", "expedite", o.number, "--note", d.one(["客户来电催货，开业提前两天，已转生产部",
                    "大区业务催货，希望本周内发出"]), by=o.me())
        if n == 3 and trouble and trouble.startswith("delay_"):
            yield d.at(day, 13.6, 15.5)
            until = desk.workday(o.wanted, d.whole(2, 4))
            reason = d.one(["超白玻璃到货有色差，退回重切", "喷涂车间返工，面漆有颗粒", "板材供应商延误两天到料"])
            told = trouble in ("delay_told", "delay_expedite")
            desk.cs("order", "delay", o.number, "--until", until, "--reason", reason, *(["--told"] if told else []),
                    *(["--note", "已致电客户说明，客户同意顺延"] if told else []), by=o.me())
            last = desk.workday(last, 2)
            if trouble == "delay_late":
                told_on = (desk.workday(day, 2), until, reason)
        if told_on and day >= told_on[0]:
            yield d.at(day, 9.2, 10.5)
            desk.cs("order", "delay", o.number, "--until", told_on[1], "--reason", told_on[2], "--told",
                    "--note", "前日漏告知客户，今日致电致歉并说明", by=o.me())
            told_on = None
        if d.chance(0.93):
            yield d.at(day, 15.5, 17.3)
            share = min(0.95, n / (o.made_in + 1))
            made = []
            for model, quantity in o.lines.items():
                made += ["--made", f"{model}={int(quantity * share)}"]
            early = ["图纸已下发，开料中", "开料完成，木工组装柜体", "等五金件，明日到"]
            later = ["木工完成，转喷涂", "面漆已干，待装灯带", "玻璃到位，开始组装", "组装过半", "质检抽查合格"]
            note = d.one([None, None, None] + (early if share < 0.4 else later))
            desk.cs("order", "progress", o.number, *made, *(["--note", note] if note else []), by=o.me())
    if d.chance(0.3):
        yield d.at(day, 9.5, 11.5)
        desk.cs("order", "train", o.number, "--who", d.one(["门店安装人员 2 人", "客户陈列组", "当地安装公司带队师傅"]),
                "--note", d.one(["视频讲解安装步骤并发图纸", "到厂看样，演示接线与调平"]), by=o.me())
    yield max(d.at(day, 13.6, 16.5), desk.now + timedelta(minutes=5))
    desk.cs("order", "finish", o.number, *(["--note", "终检合格，已入成品库"] if d.chance(0.4) else []), by=o.me())
    return True


def change(o):
    d, desk = o.dice, o.desk
    if o.trouble == "change_quantity":
        if o.total() > 40000:
            o.lines[o.main] -= 1
            note = "客户减少一件，已通知生产部"
        else:
            o.lines[o.main] += 1
            note = "客户加订一件，已通知生产部"
        words = line_words(o.lines, True)
    elif o.trouble == "change_date":
        o.wanted = desk.workday(o.wanted, 5)
        words, note = ["--wanted-by", o.wanted], "商场进场时间推后一周"
    else:
        o.address += "（2 号卸货口）"
        words, note = ["--deliver-to", o.address], "商场改卸货口"
    own = o.trouble != "change_quantity" or o.total() <= 50000
    desk.cs("order", "change", o.number, *words, "--note", note, by=o.me() if own else signer(o.total()))


def delivery(desk, orders, lines, note=None, replaces=None, again=False, numbers=None):
    """One shipment of one or several orders, from the packing list to the arrival; its slip comes on its own.

    `again` is a follow-up without troubles of its own; `numbers` is given the shipment's number."""
    o = orders[0]
    d, trouble = o.dice, None if again else o.trouble
    yield d.soon(desk.now, 25, 60)
    volume = max(0.02, sum(VOLUME[m] * q for m, q in lines.items()))
    estimate = max(80, round(volume * o.rate / 10) * 10)
    packages = max(1, sum(max(1, q // 50) if VOLUME[m] < 0.01 else q for m, q in lines.items()))
    depart = desk.workday(desk.now.date(), 2)
    arrive = desk.workday(depart + timedelta(o.days))
    words = ["--carrier", o.carrier, "--depart", depart, "--arrive", arrive, "--packages", packages,
             "--volume", f"{volume:.2f}", "--freight", f"{estimate}.00", "--contact", o.contact, "--phone", o.phone]
    for order in orders:
        words += ["--order", order.number]
    if len(orders) > 1:
        for order in orders:
            for model, quantity in order.lines.items():
                words += ["--line", f"{model}={quantity}:order={order.number}"]
    else:
        words += line_words(lines)
    unloading = d.one([None, "商场 22:00 后进场，须带防撞垫", "有卸货平台，须自带地牛", "无电梯，二楼人工搬运", "走货梯，限高 2.2 米"])
    words += ["--unloading", unloading] if unloading else []
    words += ["--replaces", replaces] if replaces else []
    words += ["--note", note] if note else []
    if trouble == "void_shipment":
        wrong = desk.cs("ship", "new", *words, by=o.me())
        yield d.soon(desk.now, 5, 15)
        desk.cs("void", wrong, "--note", "承运商填错，作废重开", by=o.me())
    consult = None if again or len(orders) > 1 else consults.before_shipment(desk, o.number, o.customer, o.me())
    verb = ["consult", "turn-into", "shipment", consult] if consult else ["ship", "new"]
    ship = desk.cs(*verb, *words, by=o.me())
    if numbers is not None:
        numbers.append(ship)
    yield d.soon(desk.now, 15, 60)
    amount = max(80, round(estimate * d.one([0.96, 1.0, 1.0, 1.0, 1.03]) / 10) * 10)
    priced_by = o.me() if amount <= 5000 else SUPERVISOR
    desk.cs("ship", "freight", ship, "--amount", f"{amount}.00", "--with", o.contact, by=priced_by)
    yield d.soon(desk.now, 20, 90)
    approver = MANAGER if amount > 10000 or priced_by == SUPERVISOR else SUPERVISOR
    desk.cs("ship", "approve", ship, *(["--note", "金额超主管权限，经理批准"] if amount > 10000 else []), by=approver)
    if trouble == "void_sign":
        yield d.soon(desk.now, 5, 30)
        desk.cs("void", ship, "--step", desk.steps_of(ship), "--note", "客户要求改走木箱加固，运费须重议", by=approver)
        yield d.soon(desk.now, 5, 30)
        amount += 260
        desk.cs("ship", "freight", ship, "--amount", f"{amount}.00", "--with", o.contact, "--note", "含木箱加固 260 元",
                by=o.me())
        yield d.soon(desk.now, 5, 30)
        desk.cs("ship", "approve", ship, by=approver)
    if trouble == "reschedule":
        yield d.at(desk.workday(desk.now.date(), 1), 9.1, 10)
        depart, arrive = desk.workday(depart, 2), desk.workday(desk.workday(depart, 2) + timedelta(o.days))
        desk.cs("ship", "reschedule", ship, "--depart", depart, "--arrive", arrive,
                "--reason", d.one(["收货商场消防检查，推迟进场两天", "暴雨，线路临时停运"]), by=o.me())
    if trouble == "late_notice" or (not again and d.chance(0.06)):
        yield d.at(depart, 9.1, 10)
    else:
        yield d.at(desk.workday(desk.now.date(), 1), 9.2, 11.4) if desk.workday(desk.now.date(), 1) < depart \
            else desk.now + timedelta(minutes=20)
    desk.cs("ship", "notify", ship, "--channel", d.one(["phone", "chat", "mail", "sms"]), "--who", o.contact, by=o.me())
    yield desk.now + timedelta(minutes=d.whole(5, 20))
    slot = datetime.combine(arrive, time(d.one([9, 10, 14, 15]), 30))
    desk.cs("ship", "appoint", ship, "--time", slot.strftime("%Y-%m-%d %H:%M"), "--volume", f"{volume:.2f}", by=o.me())
    yield max(d.at(depart, 11 if o.days == 0 else 14, 11.9 if o.days == 0 else 17.6), desk.now + timedelta(minutes=5))
    waybill = f"{o.carrier}{depart:%y%m%d}{d.whole(0, 9999):04d}"
    desk.cs("ship", "depart", ship, "--waybill", waybill, *(["--driver", d.one(["冯师傅 139 0000 0901", "伍师傅 139 0000 0902",
            "吕师傅 139 0000 0903"])] if d.chance(0.5) else []), by=o.me())
    late = trouble == "arrives_late" or (not again and d.chance(0.06))
    road = arrive
    for i, place in enumerate(lists.ON_THE_WAY[o.city][:max(1, o.days)]):
        moment = d.at(depart + timedelta(i + (1 if o.days else 0)), 9.2, 11.5) if o.days else d.soon(desk.now, 60, 100)
        if moment.date() >= arrive and o.days or trouble != "void_step" and not d.chance(0.8):
            continue
        yield moment
        desk.cs("ship", "track", ship, "--place", place, by=o.me())
        if trouble == "void_step" and i == 0:
            yield d.soon(desk.now, 3, 8)
            step = desk.steps_of(ship)
            desk.cs("void", ship, "--step", step, "--note", "看错运单，位置记错", by=o.me())
    if late:
        yield d.at(desk.workday(arrive), 10, 11)
        desk.cs("ship", "expedite", ship, "--note", "司机称途中堵车，催促今日内送到", by=o.me())
        road = desk.workday(arrive, 1)
    if trouble == "refused":
        yield d.at(road, 10, 11.5)
        desk.cs("ship", "refused", ship, "--reason", "商场临时停用货梯，门店拒收", by=o.me())
        desk.losses.append(("refused", ship, {}))
        yield d.soon(desk.now, 60, 150)
        road = desk.workday(road, 1)
        desk.cs("ship", "redeliver", ship, "--arrive", road, "--note", "与商场约定次日上午进场", by=o.me())
    arrived = max(d.at(road, 9.5, 15.5), desk.now + timedelta(minutes=100))
    if trouble == "partial":
        part = {m: max(1, q // 2) for m, q in lines.items()}
        rest = {m: q - part[m] for m, q in lines.items() if q > part[m]}
        yield arrived
        receive(o, ship, part, ["--partial", "--note", "分两车，第二车次日到"])
        yield d.at(desk.workday(road, 1), 9.5, 15)
        receive(o, ship, rest, [])
    else:
        if trouble == "late_receipt":
            yield d.at(desk.workday(arrived.date(), 1), 9.2, 11)
        else:
            yield d.soon(arrived, 10, 45)
        yield from arrival(o, ship, lines, trouble, arrived, len(orders) > 1)
    desk.arrived.append((ship, list(lines), o.city, desk.now.date()))
    desk.losses.append(("arrived", ship, {}))
    desk.spawn(slip_life(o, ship, trouble))
    if trouble in ("return_credit", "return_replace", "return_open"):
        yield from goods_back(o, ship, trouble)


def receive(o, ship, lines, more, packaging="sound", extra=None, at=None):
    words = ["ship", "receive", ship, "--packaging", packaging, "--received-by", o.contact, "--phone", o.phone]
    for model, quantity in lines.items():
        words += ["--line", f"{model}={quantity}" + (extra or {}).get(model, "")]
    if at:
        words += ["--arrived-at", at.strftime("%Y-%m-%d %H:%M")]
    return o.desk.cs(*words, *more, by=o.me())


PHOTOS = {}


def arrival(o, ship, lines, trouble, arrived, several):
    """The receipt, and what is done about what was wrong."""
    d, desk, main = o.dice, o.desk, next(iter(lines))
    count, extra, packaging, more = dict(lines), {}, "sound", []
    whole = lines[main]
    some = min(whole, d.whole(1, 2))
    kind = trouble if trouble and trouble.split("_")[0] in ("short", "over", "wrong", "damaged", "packaging") else None
    if kind and kind.startswith("short"):
        count[main] = max(0, whole - some)
    if kind == "over":
        count[main] = whole + 1
    if kind == "wrong":
        count[main], extra[main] = whole - 1, ":wrong=1"
    if kind and "damaged" in kind:
        hurt = 1 if kind == "short_and_damaged" else some
        count[main] = max(count[main], hurt)
        extra[main] = f":damaged={hurt}"
        packaging = "damaged"
        more = ["--attach", PHOTOS["crack"]] if kind in ("damaged_claim", "damaged_reship") else []
    if kind == "packaging":
        packaging, more = "damaged", ["--note", "外箱一角压塌，开箱检查货物完好，已请司机在回单注明", "--attach", PHOTOS["box"]]
    if not kind:
        note = d.one([None, None, None, "数量、外观核对无误", "安装公司在场开箱，无异常"])
        more = ["--note", note] if note else []
    receipt = receive(o, ship, count, more, packaging, extra, arrived)
    if kind and "damaged" in kind:
        desk.losses.append(("receipt", receipt, {main: hurt}))
    if not kind or kind == "packaging":
        return
    yield d.soon(desk.now, 10, 40)
    told = {"short": "少件，已核对装车清单，疑为漏装", "over": "多到一件，仓库盘点确认多装", "wrong": "一件型号送错，为同系列旧款",
            "damaged": "到货破损，照片已收", "short_and_damaged": "少件且一件破损"}
    desk.cs("ship", "report", receipt, "--note", told.get(kind) or told[kind.split("_")[0]], by=o.me())
    if kind == "damaged_open":
        return
    if d.chance(0.25):
        yield d.at(desk.workday(desk.now.date(), 1), 9.3, 11.5)
    else:
        yield d.soon(desk.now, 30, 120)

    def remedy(*words):
        desk.cs("ship", "remedy", receipt, *words, by=o.me())

    if kind in ("short", "wrong", "damaged_reship"):
        remedy("--reship", "--note", "安排补发，运费我方承担" if kind != "wrong" else "补发正确型号，错件随下次车带回")
        missing = 1 if kind == "wrong" else some
        desk.spawn(delivery(desk, [o], {main: missing}, note=f"补发 {receipt} 差异", again=True))
        # The order is closed once this has arrived too.
        o.wait_until = desk.workday(desk.now.date(), 9)
    elif kind == "over":
        remedy("--keep", "--note", "客户留用作备件，下单时补结")
    elif kind == "damaged_parts":
        remedy("--parts", "--note", "按破损件补寄配件")
        desk.spawn(repairs.goods_parts(o, receipt, "到货破损，补寄配件"))
    elif kind == "damaged_claim" and o.day > date(2026, 10, 1):
        # The claim on the insurer, see claims.py, is what settles it.
        return
    elif kind == "damaged_claim":
        remedy("--claim", "--note", "外包装有撞痕，向物流公司索赔；货物门店修补后使用")
    elif kind == "damaged_credit":
        remedy("--credit", f"{PRICE[main] * some * 0.3:.2f}", "--note", "划痕不影响使用，按单价三成退款")
    elif kind == "short_credit":
        remedy("--credit", f"{PRICE[main] * some:.2f}", "--note", "客户不再补货，按单价退款")
    elif kind == "short_and_damaged":
        remedy("--parts", "--line", f"{main}=1", "--note", "破损件补寄配件")
        desk.spawn(repairs.goods_parts(o, receipt, "到货破损，补寄配件"))
        yield d.soon(desk.now, 5, 15)
        remedy("--credit", f"{PRICE[main] * some:.2f}", "--note", "少件客户要求退款")


def goods_back(o, ship, trouble):
    """A return: asked, approved, back, then credited or replaced."""
    d, desk = o.dice, o.desk
    yield d.at(desk.workday(desk.now.date(), 3), 9.5, 11.5)
    desk.cs("ship", "return", ship, "--line", f"{o.main}=1", "--reason",
            "铭牌与新版标识不符，要求更换" if trouble == "return_replace" else "门店实测放不下，多订一件退回", by=o.me())
    yield d.soon(desk.now, 60, 240)
    desk.cs("ship", "return-approve", ship, by=SUPERVISOR)
    yield d.at(desk.workday(desk.now.date(), 5), 9.5, 16)
    desk.cs("ship", "return-back", ship, "--line", f"{o.main}=1", "--condition",
            "good" if trouble != "return_replace" else "mixed", "--note", "仓库清点入库", by=o.me())
    if trouble == "return_open":
        o.wait_until = date(2027, 1, 1)
        return
    yield d.soon(desk.now, 60, 200)
    if trouble == "return_credit":
        desk.cs("ship", "return-credit", ship, "--amount", f"{PRICE[o.main]:.2f}", "--note", "冲减本单货款", by=o.me())
        return
    numbers = []
    again = delivery(desk, [o], {o.main: 1}, note="换货，新铭牌", replaces=ship, again=True, numbers=numbers)
    yield next(again)
    following = next(again)
    desk.cs("ship", "return-replace", ship, "--shipment", numbers[0], by=o.me())
    yield following
    yield from again


def slip_life(o, ship, trouble):
    """The signed slip, and the end of the shipment."""
    d, desk = o.dice, o.desk
    arrived = desk.now.date()
    if trouble == "no_slip":
        return
    yield d.at(desk.workday(arrived + timedelta(d.whole(9, 12) if trouble == "late_slip" else d.whole(3, 6))), 9.3, 16.5)
    desk.cs("ship", "slip", ship, *(["--note", "电话催了两次，物流补寄复印件"] if trouble == "late_slip" else []), by=o.me())
    yield d.at(desk.workday(desk.now.date(), d.whole(1, 4)), 9.3, 17)
    while True:
        try:
            desk.cs("ship", "close", ship, by=o.me())
            return
        except Refused:
            # A discrepancy or a return is still open.
            yield d.at(desk.workday(desk.now.date(), 3), 9.3, 17)


def payment(o):
    """Papers, reminders, money, and the end of the order."""
    d, desk = o.dice, o.desk
    if o.spares:
        desk.spawn(repairs.goods_parts(o, o.number, "客户要求随批次留一套备件", o.spares))
    yield d.at(desk.workday(desk.now.date(), d.whole(1, 3)), 9.3, 16.5)
    papers = d.one([["receipt", "photos", "invoice"], ["receipt", "invoice"], ["invoice"]])
    words = [word for paper in papers for word in ("--sent", paper)]
    desk.cs("order", "papers", o.number, *words, by=o.me())
    if o.trouble == "unpaid":
        for days, note in ((10, "财务称流程中"), (17, "客户称总部未批款，已报主管"), (24, "发催款函，主管同步致电")):
            yield d.at(desk.workday(o.day + timedelta(25 + days)), 9.5, 16)
            desk.cs("order", "remind", o.number, "--note", note, by=o.me())
        return
    if d.chance(0.35):
        yield d.at(desk.workday(desk.now.date(), d.whole(5, 8)), 9.5, 16.5)
        desk.cs("order", "remind", o.number, "--note", d.one(["客户财务答复本周付款", "已补寄发票复印件", "客户称月底统一付款"]),
                by=o.me())
    yield d.at(desk.workday(desk.now.date(), d.whole(2, 9)), 9.5, 17)
    amount = ["--amount", f"{o.total() - round(o.total() * 0.3, 2):.2f}"] if o.customer in ("BL", "LYJ") else []
    desk.cs("order", "paid", o.number, *amount, "--note", "银行到账" if not amount else "尾款到账", by=o.me())
    yield d.at(max(desk.workday(desk.now.date(), d.whole(0, 1)), o.wait_until), 17.0, 17.9)
    while True:
        try:
            desk.cs("order", "close", o.number, by=o.me())
            return
        except Refused:
            yield d.at(desk.workday(desk.now.date(), 2), 9.3, 11)


def pair_life(desk, first, second):
    """Two orders of one customer that go out on one lorry."""
    d = first.dice
    for o in (first, second):
        yield d.soon(desk.now, 10, 30) if o is second else d.at(o.day, 9.2, 10)
        take(o)
    for o in (first, second):
        yield d.soon(desk.now, 10, 30)
        desk.cs("order", "confirm", o.number, "--with", o.contact,
                by=o.me() if o.total() <= 50000 else signer(o.total()))
    for o in (first, second):
        yield d.at(desk.workday(first.day, 1), 9.2, 10) + timedelta(minutes=40 if o is second else 0)
        desk.cs("order", "plan", o.number, "--finish", f"木工车间={desk.workday(first.day, 4)}",
                "--finish", f"包装组={desk.workday(first.day, 5)}", by=o.me())
    for n in range(2, 5):
        for o in (first, second):
            yield d.at(desk.workday(first.day, n), 15.5, 16.4) + timedelta(minutes=50 if o is second else 0)
            desk.cs("order", "progress", o.number, "--made", f"{o.main}={o.lines[o.main] * n // 6}", by=o.me())
    for o in (first, second):
        yield d.at(desk.workday(first.day, 5), 14, 15) + timedelta(minutes=60 if o is second else 0)
        desk.cs("order", "finish", o.number, by=o.me())
    both = {m: first.lines.get(m, 0) + second.lines.get(m, 0) for m in list(first.lines) + list(second.lines)}
    yield from delivery(desk, [first, second], both, note="两单同店，拼一车发出")
    desk.spawn(payment(second))
    yield from payment(first)


def last_days(desk):
    """What lies on the desks on the last day: one of each thing that is due."""
    def made_of(day, customer, basket):
        return Order(desk, Dice(f"last/{day}/{customer}"), day, customer, None, None, basket)

    def quick(o, steps):
        """Takes, confirms, plans and finishes an order without a hitch, then takes some steps of its shipment."""
        d = o.dice
        yield d.at(o.day, 9.2, 11)
        take(o)
        yield d.soon(desk.now, 20, 60)
        desk.cs("order", "confirm", o.number, "--with", o.contact, by=o.me())
        yield d.at(desk.workday(o.day, 1), 9.2, 10)
        desk.cs("order", "plan", o.number, "--finish", f"木工车间={desk.workday(o.day, 3)}",
                "--finish", f"包装组={desk.workday(o.day, 4)}", by=o.me())
        for n in (1, 2, 3):
            yield d.at(desk.workday(o.day, n), 15.5, 17.4)
            desk.cs("order", "progress", o.number, "--made", f"{o.main}={o.lines[o.main] * n // 4}", by=o.me())
        yield d.at(desk.workday(o.day, 4), 10, 11.5)
        desk.cs("order", "finish", o.number, by=o.me())
        shipment = delivery(desk, [o], o.lines)
        for _ in range(steps):
            yield next(shipment)
        next(shipment)

    def unconfirmed(o):
        yield datetime(2026, 11, 20, 16, 48)
        take(o)

    friday = date(2026, 11, 20)
    return [
        unconfirmed(made_of(friday, "QC", {"QC-D20": 40})),
        # Freight not yet agreed; agreed, not yet approved; approved, the consignee not yet told.
        quick(made_of(date(2026, 11, 16), "XTL", {"XT-K90": 24}), 1),
        quick(made_of(date(2026, 11, 16), "LM", {"LM-A80": 2}), 2),
        quick(made_of(date(2026, 11, 13), "BL", {"BL-R160": 8}), 3),
        # Departed, due to arrive today.
        quick(made_of(date(2026, 11, 9), "LM", {"LM-A80": 3}), 6),
    ]


def staff_life(desk):
    """What happens to the lists: somebody leaves, customers get new owners, agencies are verified."""
    yield datetime(2026, 9, 28, 10, 5)
    desk.cs("staff", "edit", "LQ", "--left", LEFT, by=MANAGER)
    yield datetime(2026, 9, 29, 9, 40)
    desk.cs("customer", "assign", "XTL", "--to", "CJ", by=MANAGER)
    yield datetime(2026, 9, 30, 14, 20)
    desk.cs("customer", "edit", "XTL", "--contacted-on", "2026-09-30", by="CJ")
    yield datetime(2026, 11, 4, 10, 30)
    desk.cs("agency", "edit", "SZ-DF", "--verified-on", "2026-11-04", by="GZQ")
    yield datetime(2026, 11, 16, 15, 10)
    desk.cs("customer", "assign", "YQ", "--yes", by=MANAGER)


def orders_of(desk, first, last, customers, troubles, seed):
    """One order a working day, and now and then two, until the last day."""
    day, n, dice = desk.workday(first), 0, Dice(seed)
    while day <= last:
        for _ in range(2 if dice.chance(0.2) else 1):
            trouble, own = troubles.get(n), Dice(f"{seed}/{n}")
            customer = dice.one(customers)
            if trouble in ("pair", "big_freight"):
                customer = "YH"
            if trouble == "unpaid":
                customer = "BL"
            if trouble in ("partial", "two_shipments", "return_credit", "return_replace", "return_open") \
                    and customer in ("YZC", "WXS", "SLJ"):
                customer = "SYT"
            if trouble in ("damaged_open", "delay_open") or customer == "LYJ" and day < date(2026, 10, 12) \
                    or customer == "WXS" and day < date(2026, 9, 7):
                customer = "MJ"
            yield n, day, customer, trouble, own
            n += 1
        day = desk.workday(day, 1)


def story(desk, scratch):
    brands = ["YH", "YH", "QC", "QC", "LM", "LM", "SYT", "SYT", "MJ", "MJ", "BL", "XTL", "YZC"]
    last_year = [date(2025, 10, 9) + timedelta(2 * i) for i in range(13)]
    for n, day in enumerate(last_year):
        own = Dice(f"2025/{n}")
        desk.spawn(order_life(desk, Order(desk, own, desk.workday(day), brands[n], LAST_YEAR.get(n))))
    everybody = brands + ["BL", "XTL", "YZC", "LYJ", "ZTA", "SLJ", "WXS"]
    for n, day, customer, trouble, own in orders_of(desk, date(2026, 8, 17), END.date(), everybody, TROUBLES, "2026"):
        if trouble == "pair":
            place = lists.PLACES["YH"][0]
            pair = [Order(desk, own, day, "YH", None, place, basket) for basket in
                    ({"YH-G120": 4, "YH-T40": 6}, {"YH-T40": 8, "TY-P10": 100})]
            desk.spawn(pair_life(desk, *pair))
        elif trouble == "big_freight":
            desk.spawn(order_life(desk, Order(desk, own, day, "YH", trouble, lists.PLACES["YH"][0],
                                              {"YH-G120": 36, "YH-T40": 16})))
        else:
            order = Order(desk, own, day, customer, trouble)
            order.spares = SPARES.get(n)
            desk.spawn(order_life(desk, order))
    after_sales = repairs.lives(desk, PHOTOS) + complaints.lives(desk) + improvements.lives(desk) + claims.lives(desk)
    after_sales += visits.lives(desk) + consults.lives(desk) + scores.lives(desk)
    after_sales += work.lives(desk) + meetings.lives(desk) + training.lives(desk) + qa.lives(desk) + shifts.lives(desk)
    for life in last_days(desk) + after_sales + statements.lives(desk, scratch):
        desk.spawn(life)
    desk.spawn(staff_life(desk))
    desk.run()


def binary():
    suffix = ".exe" if os.name == "nt" else ""
    named = os.environ.get("CS_BIN")
    found = [Path(named)] if named else [ROOT / "target" / kind / f"cs{suffix}" for kind in ("release", "debug")]
    for path in found:
        if path.is_file():
            return path.resolve()
    sys.exit("no cs binary: run `cargo build --release` first")


def main():
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "data-sample"
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        folder, empty = scratch / "desk", scratch / "empty"
        empty.mkdir()
        desk = Desk(folder, binary(), empty)
        # The year begins in 2025, so that the calendar holds both years.
        start = datetime(2025, 1, 2, 9, 0)
        bare = Desk(scratch, desk.binary, empty)
        bare.cs("init", "desk", "--name", NAME, at=start)
        config = folder / "cs.toml"
        text = config.read_text(encoding="utf-8").replace("commit = true", "commit = false")
        config.write_bytes(text.encode("utf-8"))
        policy.write(folder / "policy.toml")
        desk.read_calendar()
        for name, picture in pictures.ALL.items():
            path = scratch / name
            path.write_bytes(picture)
            PHOTOS[path.stem] = str(path)
        for command, rows in lists.LISTS:
            for key, columns in rows:
                desk.add(command, key, columns, "ZJL", start)
        desk.owners = {code: columns.get("owner") for code, columns in lists.CUSTOMERS}
        shutil.copytree(ROOT / "tests" / "sample" / "knowledge", folder / "knowledge")
        story(desk, scratch)
        shutil.rmtree(folder / ".cs", ignore_errors=True)
        if target.exists():
            shutil.rmtree(target)
        shutil.copytree(folder, target)


if __name__ == "__main__":
    main()
