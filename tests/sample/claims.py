"""Insurance claims in the sample department, from the loss to the end.

Each row of CLAIMS is one: when it is made, what it is about (the newest loss of that sort by then: a damaged receipt, a
refused shipment, a repair of what broke on the way, or a shipment that arrived and was unpacked later), the policy,
what happened, what is claimed beside the goods, and its way: steps with the working days that each waits, `0` being the
same day, and for amounts the share of what is claimed. It stays on the desk after the last step named.
"""

from datetime import datetime, timedelta

import lists
from desk import Dice

CLERK = "LHB"
CARGO, LIABILITY = "051201202600018834", "PZ-2026-000417"
PRICE = {model: float(columns["price"]) for model, columns in lists.PRODUCTS}

CLAIMS = [
    ("2026-09-07 15:40", "receipt", LIABILITY, "外箱一侧被叉车叉穿，层板边角撞裂", "",
     "notify:0 papers:2 assessed:9=1 settled:6 corrective:0 close:8"),
    ("2026-09-09 16:05", "receipt", CARGO, "吊装时木箱倾倒，柜体侧板压裂", "木箱=2@180",
     "notify:0 papers:3 assessed:12=0.85 settled:7=0.8 corrective:1 close:10"),
    ("2026-09-10 15:10", "repair", LIABILITY, "运输颠簸致支架脱焊、灯箱接线脱落", "维修费=1@420",
     "notify:0 papers:1 assessed:8=0.7 appeal:1 assessed:7=0.9 settled:5 corrective:0 close:6"),
    ("2026-09-18 10:10", "arrived", LIABILITY, "外箱一角压塌，货物完好，仅换箱", "木箱=1@180", "notify:0 withdraw:2"),
    ("2026-09-22 14:30", "refused", CARGO, "门店拒收，二次派送途中淋雨", "二次派送费=1@260",
     "notify:0 refused:6 corrective:1 close:6"),
    ("2026-09-24 10:30", "receipt", CARGO, "玻璃门到货碎裂，门店当时未拍外箱", "",
     "notify:0 refused:7 appeal:3 papers:1 assessed:9=0.6 settled:5 corrective:0 close:9"),
    ("2026-10-15 11:10", "repair", CARGO, "装卸跌落致音响支架变形", "维修费=1@380;上门费=1@120",
     "notify:0 papers:2 assessed:8=0.8 assessed:3=0.9 settled:5=1 corrective:0 close:8"),
    ("2026-10-19 15:30", "receipt", LIABILITY, "两台壁柜玻璃门均碎裂", "", "notify:0 void:0"),
    ("2026-10-19 16:40", "receipt", CARGO, "急刹车致货物移位，两台壁柜玻璃门均碎裂", "",
     "notify:0 papers:3 assessed:12=0.75 settled:5 corrective:0"),
    ("2026-10-23 13:50", "receipt", LIABILITY, "面板被相邻货物压裂", "", "notify:0 papers:4 assessed:12=0.8"),
    ("2026-10-26 15:50", "receipt", LIABILITY, "外包装有撞痕，两只香氛展架立柱变形", "", "notify:0 papers:3"),
    ("2026-10-30 09:40", "repair", CARGO, "卸货时底座着地，脚轮断裂", "维修费=1@260", "notify:0 refused:8 appeal:2"),
    ("2026-11-06 14:50", "receipt", CARGO, "纸箱受潮，灯组进水", "", "notify:0 refused:7"),
    ("2026-11-18 10:20", "arrived", LIABILITY, "开箱安装时发现侧板有旧撞痕，疑为途中碰撞", "侧板=1@320", "notify:0"),
    ("2026-11-20 15:10", "arrived", CARGO, "门店来电称护角脱落，漆面划伤", "补漆费=1@150", ""),
]

PAPERS = {
    "receipt": ["application", "receipt", "waybill", "photos", "invoice"],
    "repair": ["application", "repair_quote", "photos", "carrier_statement"],
    "refused": ["application", "waybill", "carrier_statement"],
    "arrived": ["application", "packing_list", "photos"],
}
REASONS = ["包装不符合承运要求，属除外责任", "未能证明损失发生在运输途中"]
ACTIONS = [
    ("玻璃件改用木架加护角，装车拍照留底", "包装组"),
    ("与承运方签补充协议，装卸由专人监装", "储运组"),
    ("到货验收先拍外箱六面再开箱，写入作业单", "客户服务部"),
]


class Claim:
    """What a claim is before anybody has written it down."""

    def __init__(self, desk, n, row):
        moment, self.source, self.policy, self.what, self.more, self.way = row
        self.desk, self.dice, self.n = desk, Dice(f"claim/{n}"), n
        self.moment = datetime.strptime(moment, "%Y-%m-%d %H:%M")
        self.number, self.claimed = None, 0.0

    def cs(self, verb, *words):
        return self.desk.cs("claim", verb, self.number, *words, by=CLERK)


def make(c):
    """The claim on the newest loss of its sort: the goods that came damaged, and what else it cost."""
    record, goods = [loss[1:] for loss in c.desk.losses if loss[0] == c.source][-1]
    lines = [(what, int(count), float(value)) for what, count, value in
             ((part.partition("=")[0], *part.partition("=")[2].split("@")) for part in c.more.split(";") if part)]
    lines += [(model, pieces, PRICE[model]) for model, pieces in goods.items()]
    c.claimed = sum(count * value for _, count, value in lines)
    words = [word for what, count, value in lines for word in ("--loss", f"{what}={count}@{value:.2f}")]
    c.number = c.desk.cs("claim", "new", record, "--policy", c.policy, "--what", c.what, *words, by=CLERK)


def claim_life(c):
    """A claim from the loss to the end."""
    desk, d = c.desk, c.dice
    yield c.moment
    make(c)
    for word in c.way.split():
        verb, _, rest = word.partition(":")
        days, _, share = rest.partition("=")
        yield d.soon(desk.now, 8, 50) if days == "0" else d.at(desk.workday(desk.now.date(), int(days)), 9.2, 16.4)
        step(c, verb, share)


def step(c, verb, share):
    d, n, amount = c.dice, c.n, f"{c.claimed * float(share or 1):.2f}"
    if verb == "void":
        c.desk.cs("void", c.number, "--note", "保险单选错，改按货运险申请，整单作废", by=CLERK)
    elif verb == "notify":
        case = f"BA2026{c.desk.now:%m%d}{d.whole(100, 999)}"
        c.cs("notify", "--channel", d.one(["hotline", "hotline", "web"]), "--case", case)
    elif verb == "papers":
        c.cs("papers", *[word for paper in PAPERS[c.source] for word in ("--papers", paper)])
    elif verb == "assessed":
        c.cs("assessed", "--amount", amount, "--assessor", d.one(["乔志远", "西南公估 孟工"]))
    elif verb == "settled":
        # Without a share, what was assessed; a fee of the surveyor may come on top.
        more = ["--amount", amount] if share else []
        more += ["--reason", "另付查勘费"] if share == "1" else []
        c.cs("settled", *more, "--paid-on", c.desk.now.date() - timedelta(n % 2))
    elif verb in ("refused", "appeal", "withdraw"):
        reason = {"refused": REASONS[n % 2], "appeal": "补充监控截图和司机签字的货损说明", "withdraw": "承运方已当场赔付"}
        c.cs(verb, "--reason", reason[verb])
    elif verb == "corrective":
        action, department = ACTIONS[n % 3]
        due = c.desk.workday(c.desk.now.date(), 6)
        c.cs("corrective", "--action", action, "--department", department, "--due", due)
    else:
        c.cs(verb)


def lives(desk):
    """All claims, each a life."""
    return [claim_life(Claim(desk, n, row)) for n, row in enumerate(CLAIMS)]
