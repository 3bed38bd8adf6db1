"""After-sales in the sample department: repair tickets with their quotes and parts requests, from the report to the end.

Each row of TICKETS is one ticket: the day, the site, the model, when it was made, the cause as first judged, and what
befalls it, blank by blank: `stop=VERB` leaves it on the desk after that step; the others are named in `ticket_life`.
"""

from datetime import date, timedelta

import consults
import lists
from desk import AFTER_SALES, MANAGER, SUPERVISOR, Dice

TICKETS = [
    ("2026-08-17", "YH-SH01", "YH-G120", "2026-02-10", "quality", ""),
    ("2026-08-18", "LM-SZ01", "LM-A80", "2026-01-16", "quality", "two"),
    ("2026-08-20", "SYT-GZ01", "SY-B150", "2025-12-03", "human", ""),
    ("2026-08-21", "BL-TJ01", "BL-R160", "2025-06-20", "quality", ""),
    ("2026-08-25", "QC-HZ01", "QC-W60", "2025-09-18", "quality", "parts"),
    ("2026-08-26", "MJ-BJ01", "MJ-S25", "2026-03-05", "quality", "late_photo"),
    ("2026-08-28", "YZC-CD07", "YZ-C180", "2025-11-12", "quality", "faulty"),
    ("2026-08-31", "YH-NJ01", "YH-T40", "2025-08-31", "quality", "customer"),
    ("2026-09-01", "LM-GZ01", "LM-A80", "2026-04-22", "human", "reject_judged"),
    ("2026-09-02", "SYT-GZ01", "SY-M30", "2026-05-11", "quality", "two"),
    ("2026-09-03", "BL-XA01", "BL-R160", "2025-12-30", "quality", "rejudge=human"),
    ("2026-09-07", "YH-SH01", "YH-T40", "2025-09-06", "quality", ""),
    ("2026-09-08", "QC-HZ01", "QC-D20", "2026-06-02", "quality", "reject"),
    ("2026-09-09", "LM-SZ01", "LM-A80", "2026-06-18", "logistics", ""),
    ("2026-09-11", "MJ-BJ01", "MJ-S25", "2026-01-09", "quality", "dear"),
    ("2026-09-14", "YZC-CD07", "TY-G60", "2026-02-25", "human", "parts"),
    ("2026-09-15", "BL-TJ01", "BL-R160", "2026-03-17", "quality", "two late_follow"),
    ("2026-09-17", "SYT-GZ01", "SY-B150", "2026-07-08", "quality", "void_step"),
    ("2026-09-18", "YH-NJ01", "YH-G120", "2026-04-01", "quality", "redispatch"),
    ("2026-09-21", "LM-GZ01", "LM-A80", "2025-09-20", "quality", "customer"),
    ("2026-09-22", "QC-HZ01", "QC-W60", "2026-03-26", "quality", "three"),
    ("2026-09-23", "YH-SH01", "YH-G120", "2026-05-20", "human", "rejudge=quality"),
    ("2026-09-24", "YH-SH01", "YH-G120", "2026-05-20", "quality", "void"),
    ("2026-09-28", "BL-XA01", "BL-R160", "2026-02-02", "quality", "faulty_paid"),
    ("2026-10-09", "MJ-BJ01", "MJ-S25", "2026-06-24", "quality", "customer dear"),
    ("2026-10-10", "YZC-CD07", "YZ-C180", "2026-04-15", "quality", "parts"),
    ("2026-10-12", "SYT-GZ01", "SY-M30", "2025-10-12", "quality", ""),
    ("2026-10-13", "SYT-GZ01", "SY-B150", "2025-10-12", "quality", ""),
    ("2026-10-14", "LM-SZ01", "LM-A80", "2026-08-26", "logistics", "parts"),
    ("2026-10-15", "YH-NJ01", "YH-T40", "2026-07-21", "human", "customer"),
    ("2026-10-16", "BL-TJ01", "BL-R160", "2026-05-08", "quality", "two"),
    ("2026-10-19", "QC-HZ01", "QC-W60", "2026-01-28", "quality", "void_approval"),
    ("2026-10-21", "YH-SH01", "YH-T40", "2026-08-05", "human", "reject_judged"),
    ("2026-10-22", "LM-GZ01", "LM-A80", "2026-03-30", "quality", "late_photo faulty"),
    ("2026-10-26", "MJ-BJ01", "MJ-S25", "2024-02-29", "quality", ""),
    ("2026-10-27", "YZC-CD07", "YZ-C180", "2026-07-02", "quality", "two parts"),
    ("2026-10-28", "SYT-GZ01", "SY-B150", "2026-06-12", "quality", "late_follow"),
    ("2026-10-29", "BL-XA01", "BL-R160", "2026-04-28", "logistics", ""),
    ("2026-10-30", "YH-NJ01", "YH-G120", "2026-01-20", "quality", "parts"),
    ("2026-11-02", "LM-SZ01", "LM-A80", "2026-02-12", "quality", "two"),
    ("2026-11-03", "YH-SH01", "YH-G120", "2026-06-30", "human", ""),
    ("2026-11-05", "QC-HZ01", "QC-W60", "2026-04-10", "quality", "stop=release"),
    ("2026-11-06", "YH-NJ01", "YH-G120", "2026-02-26", "quality", "stop=accept"),
    ("2026-11-09", "LM-SZ01", "LM-A80", "2026-03-19", "quality", "two stop=accept"),
    ("2026-11-10", "SYT-GZ01", "SY-B150", "2026-07-02", "quality", "stop=faulty"),
    ("2026-11-11", "QC-HZ01", "QC-D20", "2026-04-10", "human", "stop=accept"),
    ("2026-11-11", "LYJ-CQ01", "LY-H220", "2026-10-21", "quality", "stop=repair"),
    ("2026-11-12", "BL-TJ01", "BL-R160", "2026-07-15", "quality", "stop=repair"),
    ("2026-11-16", "MJ-BJ01", "MJ-S25", "2026-08-11", "quality", "stop=dispatch"),
    ("2026-11-16", "SYT-GZ01", "SY-M30", "2026-01-30", "human", "parts=ask stop=dispatch"),
    ("2026-11-17", "LM-GZ01", "LM-A80", "2026-06-05", "quality", "customer stop=approve"),
    ("2026-11-18", "YZC-CD07", "YZ-C180", "2026-09-01", "quality", "two stop=quote"),
    ("2026-11-18", "LYJ-CQ01", "LY-H220", "2026-10-28", "quality", "late_photo stop=new"),
    ("2026-11-18", "BL-XA01", "BL-R160", "2026-03-11", "quality", "stop=judge"),
    ("2026-11-19", "YH-NJ01", "YH-T40", "2026-05-06", "quality", "customer stop=judge"),
    ("2026-11-19", "YH-SH01", "YH-G120", "2025-11-18", "quality", "stop=judge"),
    ("2026-11-20", "YH-SH01", "YH-T40", "2025-11-20", "quality", "parts=approve stop=new"),
    # More of one site, so that its agency has a month with something to argue about.
    ("2026-09-08", "YH-SH01", "YH-G120", "2026-03-12", "quality", ""),
    ("2026-09-10", "YH-SH01", "YH-T40", "2026-06-17", "quality", ""),
]

# What breaks: of each component the symptom by cause, the work, the price of one, what a spare costs us, the picture.
FAULTS = {
    "柜体": ("侧板接缝开裂，用手能掰开", "柜角被推车撞缺一块", "一角压塌，板材开裂", "拆下侧板重新胶合、补漆", 380, 0, "dent"),
    "超白玻璃": ("左侧玻璃自行开裂，未受外力", "顾客依靠，正面玻璃压裂", "开箱即见玻璃碎裂", "更换超白玻璃并打胶", 460, 210, "glass"),
    "玻璃门": ("门玻璃边角崩裂", "店员关门过猛，门玻璃碎裂", "开箱即见门玻璃破裂", "更换玻璃门，调平铰链", 520, 240, "glass"),
    "玻璃": ("侧面玻璃有内裂纹", "搬动陈列品时砸裂玻璃", "一片玻璃运输途中碎裂", "更换玻璃并打胶", 360, 160, "glass"),
    "灯带": ("整条灯带不亮，电源正常", "打扫时扯断灯带接线", "灯带接头脱落", "更换灯带、重接线路", 180, 65, "dark"),
    "锁具": ("锁芯卡死，钥匙转不动", "钥匙断在锁芯里", "锁舌变形", "更换锁具并配钥匙", 120, 38, "loose"),
    "铭牌": ("铭牌脱胶翘起", "铭牌被划花", "铭牌脱落遗失", "更换铭牌", 80, 30, "stain"),
    "台面": ("台面贴皮起泡", "台面被酒精擦花", "台面有压痕", "更换台面贴皮", 420, 180, "stain"),
    "电机": ("电机异响，转几圈就停", "台面超重摆放，电机烧毁", "电机线路松脱", "更换电机并试机", 320, 145, "dark"),
    "亚克力罩": ("亚克力罩开胶", "罩子被顾客碰落摔裂", "罩子有裂纹", "更换亚克力罩", 260, 110, "glass"),
    "电源": ("电源适配器发热断电", "电源进水短路", "电源接口断裂", "更换电源并检测线路", 150, 58, "dark"),
    "表托": ("表托支架断裂", "表托绒面被污损", "表托散落缺失", "更换表托", 90, 35, "loose"),
    "底座": ("底座焊点开裂，晃动", "底座被叉车压弯", "底座变形放不平", "底座补焊、校平", 240, 90, "dent"),
    "台体": ("台体贴面大面积起翘", "台体被清洁车撞凹", "台体边角破损", "台体补板、重新贴面", 680, 0, "dent"),
    "音响支架": ("支架螺丝滑丝，音响倾斜", "支架被顾客扳断", "支架变形", "更换音响支架", 210, 85, "loose"),
    "耳机架": ("耳机架转轴松脱", "耳机架被拉断", "耳机架断裂", "更换耳机架", 130, 48, "loose"),
    "灯箱": ("灯箱一半不亮", "灯箱面板被划破", "灯箱面板开裂", "更换灯箱灯条与面板", 340, 150, "dark"),
    "层板": ("层板中间下沉变形", "层板超重压断", "层板断裂", "更换层板并加固", 160, 70, "loose"),
    "灯箱画面": ("画面褪色起皱", "画面被刮破", "画面折痕", "更换灯箱画面", 140, 55, "stain"),
    "踢脚": ("踢脚板脱落", "踢脚被拖把机撞裂", "踢脚缺一段", "更换踢脚板", 110, 40, "dent"),
    "镜面": ("镜面边缘发黑脱银", "镜面被碰碎", "镜面破裂", "更换镜面", 300, 130, "glass"),
    "灯泡": ("三只灯泡不亮", "灯泡被碰碎", "灯泡震碎", "更换灯泡", 25, 9, "dark"),
    "插座": ("插座接触不良", "插座被液体浸湿", "插座面板破裂", "更换插座面板", 70, 22, "dark"),
    "立柱": ("立柱焊缝开裂", "立柱被撞弯", "立柱弯曲", "更换立柱", 280, 120, "dent"),
    "试香托": ("试香托镀层脱落", "试香托被掰断", "试香托缺失", "更换试香托", 60, 24, "stain"),
    "挂杆": ("挂杆接头松动下垂", "挂杆超重压弯", "挂杆弯曲", "更换挂杆及接头", 190, 75, "loose"),
    "脚轮": ("脚轮轴承损坏，推不动", "脚轮碾压台阶断裂", "脚轮断裂", "更换脚轮", 55, 20, "loose"),
    "石材台面": ("台面接缝开裂", "重物砸出缺口", "台面断角", "石材台面修补抛光", 880, 0, "glass"),
    "抽屉": ("抽屉滑轨脱落", "抽屉超重拉坏滑轨", "抽屉面板开裂", "更换抽屉滑轨", 150, 52, "loose"),
    "线槽": ("线槽盖板松脱", "线槽被踩裂", "线槽断裂", "更换线槽", 75, 26, "loose"),
    "洞洞板": ("洞洞板翘曲", "洞洞板被挂断一角", "洞洞板折断", "更换洞洞板", 260, 105, "dent"),
    "挂钩": ("挂钩焊点脱落", "挂钩被拉直", "挂钩缺失", "补配挂钩", 12, 4, "loose"),
    "边框": ("边框拼角开缝", "边框被撞变形", "边框变形", "边框校正补漆", 220, 85, "dent"),
}
CAUSES = {"quality": 0, "human": 1, "logistics": 2}

# The agencies that come to each city, the usual one first.
AGENCIES = {
    "上海": ["SH-YC", "HZ-MX", "NJ-HX"], "南京": ["NJ-HX", "SH-YC"], "杭州": ["HZ-MX", "SH-YC", "NJ-HX"],
    "深圳": ["SZ-DF", "GZ-LT"], "广州": ["GZ-LT", "SZ-DF"], "北京": ["BJ-JC", "TJ-HH"], "天津": ["TJ-HH", "BJ-JC"],
    "西安": ["XA-QF", "BJ-JC"], "成都": ["CQ-SC", "XA-QF"], "重庆": ["CQ-SC", "XA-QF"],
}
WORKERS = {
    "SH-YC": ("严志豪", "139 0000 0511"), "NJ-HX": ("蒋文彬", "139 0000 0512"), "HZ-MX": ("俞小军", "139 0000 0513"),
    "GZ-LT": ("黄锦波", "139 0000 0514"), "SZ-DF": ("赖国明", "139 0000 0515"), "BJ-JC": ("马占山", "139 0000 0516"),
    "TJ-HH": ("韩立群", "139 0000 0517"), "XA-QF": ("强小伟", "139 0000 0518"), "CQ-SC": ("向前进", "139 0000 0519"),
}
SITES, MODELS = dict(lists.SITES), dict(lists.PRODUCTS)
COURIERS = [("顺捷速运", "SJ"), ("蜀通快递", "ST"), ("汇达速运", "HD")]


class Ticket:
    """What a ticket is before anybody has written it down."""

    def __init__(self, desk, pictures, n, row):
        day, self.site, self.model, self.made_on, self.cause, traits = row
        self.desk, self.pictures, self.day = desk, pictures, date.fromisoformat(day)
        self.dice = Dice(f"repair/{n}")
        named = [trait.partition("=") for trait in traits.split()]
        self.traits = {name: value for name, _, value in named}
        self.place = SITES[self.site]
        self.customer, self.city = self.place["customer"], self.place["city"]
        parts = [part for part in MODELS[self.model]["components"].split(";") if part in FAULTS]
        first = self.dice.one(parts)
        others = [part for part in parts if part != first]
        self.faults = [first] + ([self.dice.one(others)] if others and self.dice.chance(0.5) else [])
        self.agencies = AGENCIES[self.city]
        self.agency = self.agencies[0]
        # The quote that is approved, and its sum.
        self.number, self.quote, self.fee = None, None, 0

    def me(self):
        """Who looks after it now."""
        return self.desk.owner(self.customer, self.desk.now.date())

    def cs(self, verb, *words, by=None, number=None):
        """A step of the ticket, or of another record of it."""
        return self.desk.cs("repair", verb, number or self.number, *words, by=by or self.me())

    def stops(self, verb):
        """Whether it stays on the desk after this step."""
        return self.traits.get("stop") == verb

    def photo(self, name):
        return ["--photo", self.pictures[name]]

    def fault_photo(self):
        return self.photo(FAULTS[self.faults[0]][6])

    def is_covered(self):
        """Whether we pay: a fault of ours within twelve months."""
        made = date.fromisoformat(self.made_on)
        # The 29th of February is covered to the 28th.
        last = date(made.year + 1, made.month, min(made.day, 28) if made.month == 2 else made.day)
        return self.cause == "quality" and self.day <= last


def noted(dice, *notes):
    """A remark, or none."""
    note = dice.one([None] + list(notes))
    return ["--note", note] if note else []


def ticket_life(t):
    """A ticket from the report to its end; None in between is no moment."""
    d, desk = t.dice, t.desk
    yield d.at(t.day, 9.1, 15.5)
    report(t)
    if "void" in t.traits:
        yield d.soon(desk.now, 15, 50)
        desk.cs("void", t.number, "--note", "与昨日同一展柜重复报修，作废", by=t.me())
        return
    if "parts" in t.traits:
        desk.spawn(parts_life(desk, t.number, spares(t.model, t.faults)[:1], Dice(f"parts/{t.number}"), t.me(),
                              t.place["contact"].split()[-1], t.traits["parts"]))
    if t.stops("new"):
        return
    if "late_photo" in t.traits:
        yield d.soon(desk.now, 60, 200)
        t.cs("photo", *t.fault_photo(), "--note", "门店补发现场照片")
    if "reject" in t.traits:
        yield d.soon(desk.now, 40, 120)
        t.cs("reject", "--reason", "核对铭牌为门店自购的仿制陈列座，不是我司产品")
        return
    yield d.soon(desk.now, 60, 220) if d.chance(0.5) else d.at(desk.workday(desk.now.date(), 1), 9.2, 11.4)
    t.cs("judge", "--cause", t.cause, by=AFTER_SALES, *noted(d, "看照片判定", "与门店视频核对后判定", "照片清晰，可以判定"))
    if t.cause == "logistics":
        desk.losses.append(("repair", t.number, {}))
    if t.stops("judge"):
        return
    if "reject_judged" in t.traits:
        yield d.soon(desk.now, 60, 180)
        t.cs("reject", "--reason", d.one(["人为损坏，客户决定自行更换新柜", "门店下月撤柜，客户放弃维修"]))
        return
    if not (yield from quotes(t)):
        return
    yield from mend(t)
    if t.stops("dispatch") or t.stops("repair"):
        return
    yield from accept(t)
    if t.stops("accept"):
        return
    yield from finish(t)


def report(t):
    d, desk, place = t.dice, t.desk, t.place
    words = ["--customer", t.customer, "--site", t.site, "--model", t.model, "--made-on", t.made_on,
             "--reporter", place["contact"].split()[-1], "--phone", place["phone"]]
    words += ["--department", d.one(["门店", "陈列部", "大区"])] if d.chance(0.5) else []
    for part in t.faults:
        words += ["--fault", f"{part}={FAULTS[part][CAUSES[t.cause]]}"]
    words += ["--arranged-by", "customer"] if "customer" in t.traits else []
    words += ["--wanted-by", desk.workday(t.day, 8)] if d.chance(0.3) else []
    words += t.fault_photo() if "late_photo" not in t.traits else ["--note", "门店答应稍后发照片"]
    if t.cause == "logistics":
        sent = [ship for ship, models, city, day in desk.arrived
                if t.model in models and city == t.city and day > date.fromisoformat(t.made_on)]
        words += ["--shipment", sent[-1]] if sent else []
    asked = Dice(f"asked/{t.day}/{t.site}/{t.model}")
    verb = ["repair", "new"]
    if asked.chance(0.2):
        verb = ["consult", "turn-into", "repair", consults.asked(
            desk, asked, "service", "hotline", f"{t.model} 坏了，怎么报修", "已登记报修，请补发照片，师傅会先电话联系",
            t.customer, t.me())]
    t.number = desk.cs(*verb, *words, by=t.me())


def offer(t, agency, share=1.0):
    """Records an agency's quote; gives its number and sum."""
    words, total = ["--agency", agency], 0
    for part in t.faults:
        work, price = FAULTS[part][3], round(FAULTS[part][4] * share / 5) * 5
        count = 8 if "dear" in t.traits and part == t.faults[0] else {"灯泡": 3, "脚轮": 4, "挂钩": 20}.get(part, 1)
        price = max(price, 460) if "dear" in t.traits and part == t.faults[0] else price
        words += ["--line", f"{part}={count}@{price}.00:{work}"]
        total += count * price
    return t.cs("quote", *words, number=t.number), total


def quotes(t):
    """What agencies ask, and which offer is taken. False when the ticket stays there."""
    d, desk = t.dice, t.desk
    # What the customer pays and we arrange is settled between customer and agency.
    if not t.is_covered() and "customer" not in t.traits and "rejudge" not in t.traits:
        return True
    yield d.at(desk.workday(desk.now.date(), 1), 9.3, 11.5)
    asked = t.agencies[:3 if "three" in t.traits else 2 if "two" in t.traits or "void_approval" in t.traits else 1]
    offers = []
    for agency in asked:
        yield d.soon(desk.now, 10, 50)
        share = 1.0 if agency == asked[0] and "void_approval" not in t.traits else 0.85 + d.whole(0, 6) / 20
        offers.append((*offer(t, agency, share), agency))
    if t.stops("quote"):
        return False
    best = min(offers, key=lambda one: one[1])
    signer = releaser(best[1])
    yield d.soon(desk.now, 40, 160) if d.chance(0.7) else d.at(desk.workday(desk.now.date(), 1), 9.2, 11)
    if "void_approval" in t.traits:
        # The wrong one is signed, and taken back the same hour.
        wrong = max(offers, key=lambda one: one[1])
        t.cs("approve", number=wrong[0], by=signer)
        yield d.soon(desk.now, 5, 20)
        desk.cs("void", wrong[0], "--step", 2, "--note", "点错报价单，应批准价低的一家", by=signer)
        yield d.soon(desk.now, 3, 8)
    t.cs("approve", number=best[0], by=signer,
         *(["--note", "金额超主管权限，经理批准"] if signer == MANAGER else noted(d, "价格与上次同类维修相当", "含上门费")))
    t.quote, t.fee, t.agency = best
    # From the autumn on nobody bothers to tell those that lost.
    for number, total, _ in offers if t.day < date(2026, 10, 1) else []:
        if number != best[0]:
            yield d.soon(desk.now, 3, 12)
            t.cs("decline", "--reason", "报价高于另一家" if total > best[1] else "另一家可当天上门", number=number)
    return not t.stops("approve")


def send(t, agency):
    d, desk = t.dice, t.desk
    appointed = desk.workday(desk.now.date(), d.whole(1, 3))
    t.cs("dispatch", "--agency", agency, "--appointed", appointed,
         *noted(d, "商场 22:00 后方可施工", "已发维修单和现场照片", "请带备用灯带"))
    return appointed


def mend(t):
    """An agency is sent and mends it."""
    d, desk = t.dice, t.desk
    yield d.soon(desk.now, 20, 90)
    appointed = send(t, t.agency)
    if t.stops("dispatch"):
        return
    if "redispatch" in t.traits:
        yield d.at(desk.workday(appointed, 1), 9.5, 11)
        t.agency = t.agencies[1]
        # The quote approved was that of the first: it is taken back, and the other's signed.
        desk.cs("void", t.quote, "--step", 2, "--note", "该公司未按约上门，改派另一家", by=SUPERVISOR)
        yield d.soon(desk.now, 5, 15)
        t.cs("decline", "--reason", "未按约上门", number=t.quote)
        yield d.soon(desk.now, 20, 60)
        t.quote, t.fee = offer(t, t.agency)
        yield d.soon(desk.now, 20, 60)
        t.cs("approve", number=t.quote, by=AFTER_SALES)
        yield d.soon(desk.now, 5, 20)
        appointed = send(t, t.agency)
    yield d.at(appointed, 14, 17.6)
    worker, phone = WORKERS[t.agency]
    t.cs("repaired", "--worker", worker, "--worker-phone", phone, *(t.photo(d.one(["lit", "whole"])) if d.chance(0.6) else []),
         *noted(d, "门店当场试用正常", "更换后通电半小时正常"))
    t.mended = desk.now.date()
    if "void_step" in t.traits:
        yield d.soon(desk.now, 3, 9)
        desk.cs("void", t.number, "--step", desk.steps_of(t.number), "--note", "登记到别的单上了，工人尚未上门", by=t.me())
        yield d.at(desk.workday(desk.now.date(), 1), 14, 17)
        t.cs("repaired", "--worker", worker, "--worker-phone", phone)
        t.mended = desk.now.date()


def accept(t):
    """The rep signs."""
    d, desk = t.dice, t.desk
    yield d.at(desk.workday(t.mended, d.whole(1, 2)), 9.5, 16.5)
    t.cs("accept", "--rep", t.place["rep"].split()[-1], *t.photo(d.one(["lit", "whole", "clean"])))


def visit(t, result):
    """The site is asked: by a step of the ticket, or where all is well, on every other day, by a visit on record."""
    if result == "working" and t.desk.now.day % 2:
        return t.desk.cs("visit", "log", t.number, "--quality", 4 + t.desk.now.day % 3 // 2, "--satisfaction", 5,
                         "--content", "维修后使用正常，门店满意", by=t.me())
    return t.cs("follow-up", "--result", result, "--who", t.place["contact"].split()[-1],
                *(["--note", "用了两天又出现同样问题"] if result == "faulty"
                  else noted(t.dice, "门店满意，资料归档", "电话回访，使用正常", "大区业务巡店时查看，正常")))


def finish(t):
    """The visit, the fee, the end; and once more where it did not last."""
    d, desk = t.dice, t.desk
    if "rejudge" in t.traits:
        yield d.soon(desk.now, 30, 90)
        t.cause = t.traits["rejudge"]
        t.cs("rejudge", "--cause", t.cause, by=AFTER_SALES, *["--note", "工人现场拍照：有明显撞击痕迹" if t.cause == "human"
             else "拆开后发现板材内部开胶，属质量问题"])
    late = 4 if "late_follow" in t.traits else 0
    wanted = desk.workday(t.mended + timedelta(3 + late))
    if "faulty_paid" in t.traits:
        yield d.soon(desk.now, 30, 90)
        t.cs("reimburse", by=releaser(t.fee))
        paid = desk.steps_of(t.number)
    yield max(d.at(wanted, 9.3, 11.5), desk.now + timedelta(minutes=15))
    if "faulty" in t.traits or "faulty_paid" in t.traits or t.stops("faulty"):
        visit(t, "faulty")
        if t.stops("faulty"):
            return
        if "faulty_paid" in t.traits:
            yield d.soon(desk.now, 20, 60)
            desk.cs("void", t.number, "--step", paid, "--note", "回访仍有故障，费用核准作废，修好后重新核准", by=SUPERVISOR)
        yield from mend(t)
        yield from accept(t)
        yield max(d.at(desk.workday(t.mended + timedelta(3)), 9.3, 11.5), desk.now + timedelta(minutes=15))
    visit(t, "working")
    if t.is_covered():
        # Fees are released in the last days of the month of the repair; what comes in later, as it comes.
        end = desk.workday(date(t.mended.year, t.mended.month, 25))
        day = desk.workday(desk.now.date(), d.whole(1, 2))
        yield d.at(day if "stop" in t.traits else max(day, end), 14, 16.5)
        t.cs("reimburse", by=releaser(t.fee))
    if t.stops("release"):
        return
    yield max(d.at(desk.workday(desk.now.date(), d.whole(0, 1)), 16.5, 17.6), desk.now + timedelta(minutes=20))
    t.cs("close")


def releaser(total):
    """Who signs a quote or a fee of a sum."""
    return AFTER_SALES if total <= 3000 else MANAGER


def spares(model, wanted=()):
    """The components of a model that can be sent as parts: those wanted first."""
    parts = [part for part in MODELS[model]["components"].split(";") if part in FAULTS and FAULTS[part][5]]
    return [part for part in wanted if part in parts] or parts


def parts_life(desk, source, parts, dice, by, who, stop=None, more=()):
    """Parts for a repair, a receipt or an order: asked for, approved, sent the same day, and received."""
    yield dice.soon(desk.now, 8, 25)
    words = []
    for part in parts:
        words += ["--line", f"{part}={2 if FAULTS[part][5] < 40 else 1}@{FAULTS[part][5]}.00"]
    number = desk.cs("repair", "parts", source, *words, *more, by=by)
    if stop == "ask":
        return
    if stop == "reject":
        yield dice.soon(desk.now, 30, 90)
        desk.cs("repair", "reject", number, "--reason", "门店仓库尚有备件，先用库存", by=by)
        return
    yield dice.soon(desk.now, 10, 50)
    desk.cs("repair", "approve", number, by=dice.one([AFTER_SALES, SUPERVISOR]))
    if stop == "approve":
        return
    yield dice.soon(desk.now, 20, 90)
    courier, prefix = dice.one(COURIERS)
    desk.cs("repair", "send", number, "--carrier", courier, "--waybill", f"{prefix}{dice.whole(0, 99999999):010d}", by=by)
    yield dice.at(desk.workday(desk.now.date() + timedelta(dice.whole(2, 3))), 9.5, 16.5)
    desk.cs("repair", "received", number, "--who", who, by=by)


def goods_parts(o, source, note, stop=None):
    """Parts for goods that came: for a receipt that tells of damage, or with an order, as spares."""
    dice = Dice(f"parts/{source}")
    more = ["--model", o.main, "--note", note]
    return parts_life(o.desk, source, [dice.one(spares(o.main))], dice, o.me(), o.contact, stop, more)


def lives(desk, pictures):
    """All tickets, each a life."""
    return [ticket_life(Ticket(desk, pictures, n, row)) for n, row in enumerate(TICKETS)]
