"""Consults in the sample department: who asks what, what they are told and when, and what came of it.

ASKED holds, for each kind, what is asked and what is answered; `{city}`, `{model}` and `{price}` are filled in. A
consult that becomes an order, shipment, repair or complaint is made by `asked` where that record is made, and answered
on its own.
"""

from datetime import date, datetime, time, timedelta

import lists
from desk import AFTER_SALES, END, LEFT, SUPERVISOR, Dice

FRONT = "ZM"

ASKED = {
    "policy": [
        ("展柜质保多久，从哪天算起", "自制作之日起 12 个月，以铭牌日期为准"),
        ("灯泡坏了算不算保修", "灯泡是易耗品，到货 30 天内损坏免费补寄"),
        ("定制画面的灯箱能退吗", "定制画面不退，有质量问题按维修或补件处理"),
        ("没有留照片还能报修吗", "须补一张故障照片，没有照片不能受理"),
        ("新客户付款有什么要求", "预付三成定金，其余验收后 7 天内付清"),
    ],
    "line": [
        ("园区里走{city}的专线是哪家，电话多少", "已告知经营户名称、门牌和电话"),
        ("哪家经营户有叉车出租", "C015 兴达叉车租赁，两小时起租，已给电话"),
        ("到{city}的货今天几点前能交", "每日 18:00 截单，赶不上次日发出"),
        ("园区哪里能打木箱", "C008 锦诚包装材料，木箱、护角都有"),
    ],
    "service": [
        ("{model} 能不能派人到{city}安装", "可安排当地合作广告公司，须提前三天预约"),
        ("旧柜能帮忙拆走吗", "可以，拆除和清运费另计，按现场报价"),
        ("夜间进场施工要我们办什么手续", "请门店向商场报备并办理夜间施工证"),
        ("可以到厂里看样吗", "工作日均可，提前一天约，样板间在二楼"),
    ],
    "price": [
        ("{model} 现在什么价，十台以上有没有优惠", "标价 {price} 元，十台以上由主管另行报价"),
        ("到{city}两方多的货运费大概多少", "按线路单价乘体积报价，已告知参考金额"),
        ("{model} 加一组灯带要加多少钱", "灯带加装另计，已转技术核价后答复"),
        ("整店翻新能不能打包报价", "请提供平面图，两个工作日内给整体报价"),
    ],
    "know_how": [
        ("{model} 的玻璃怎么清洁", "用中性清洁剂和软布，不要用酒精"),
        ("灯带闪烁自己能处理吗", "先断电查接头，仍闪烁请报修，不要自行拆电源"),
        ("{model} 装好后柜体不平怎么调", "四角调平脚逐个旋，先调后脚再调前脚，已发视频"),
        ("展台的锁钥匙丢了怎么配", "报铭牌上的锁号即可配，两天寄出"),
    ],
    "booking": [
        ("想订几台 {model}，多久能到{city}", "已告知交期和付款方式，客户考虑后再定"),
        ("新店下月开业，想先排一批 {model}", "已留排产意向，请客户确认数量"),
        ("价签座 {model} 有没有现货", "有现货，下单次日可发"),
    ],
    "order_change": [
        ("上周下的单想多加一台 {model}", "未开工，可以加，已转专员改单"),
        ("收货地址换成商场 2 号卸货口", "已转专员更改送货地址"),
        ("能不能把到货日往后推三天", "可以，已按新日期登记"),
    ],
    "order_cancel": [
        ("门店选址没定，订单能不能先取消", "未开工可取消，已转专员办理，定金原路退回"),
        ("重复下了一单，想撤掉一张", "已核对为同一批货，已作废一张"),
    ],
    "expedite": [
        ("我的货发到哪里了，能不能快点", "已查到位置并催司机，预计次日上午到"),
        ("{city}店等着开业，货能提前到吗", "已转生产和物流加急，能提前一天"),
        ("维修师傅什么时候到", "已催广告公司，今天下午上门"),
    ],
    "reschedule": [
        ("商场临时不让进场，送货能不能改到后天", "已与承运商改约，后天上午送到"),
        ("安装想改到周末晚上", "已改约，广告公司确认可以"),
    ],
    "refusal": [
        ("外箱压坏了我们没敢收，怎么办", "请在回单注明并拍照，当天安排重新送货"),
        ("到的货比单子多一箱，拒收了一箱", "已核对为多装，由司机带回"),
    ],
    "return": [
        ("{model} 买多了一台没拆，能退吗", "到货 7 天内、包装完好可退，已说明流程"),
        ("铭牌和新标识对不上，能换吗", "可换，请发照片，批准后寄新件"),
        ("换货的运费谁出", "我方原因由我方承担，其他由客户承担"),
    ],
    "complaint": [
        ("上次报修好几天没人回", "已致歉并查到进度，当天由售后回电"),
        ("发票寄丢了，催了几次", "已查快递并重寄，告知单号"),
    ],
    "suggestion": [
        ("希望装箱单上写明每箱装的部件", "感谢建议，已转包装组，下批起试行"),
        ("建议说明书加一张接线图", "已转技术，修订后寄新版"),
        ("希望送货前一小时先打电话", "已写入该门店的送货要求"),
    ],
    "visit": [
        ("来厂看 {model} 样品，顺便问交期", "已陪同看样，告知交期三周左右"),
        ("路过来拿一份产品目录", "已给目录和名片"),
        ("来访了解能否代加工展架", "已介绍能力并转业务部联系"),
    ],
}
# How often each kind comes, out of a hundred.
SHARES = [
    ("price", 17), ("line", 10), ("service", 11), ("know_how", 12), ("policy", 9), ("expedite", 10), ("booking", 7),
    ("order_change", 5), ("reschedule", 4), ("return", 4), ("suggestion", 3), ("visit", 3), ("order_cancel", 2),
    ("refusal", 2), ("complaint", 1),
]
CHANNELS = ["hotline"] * 9 + ["mobile"] * 3 + ["mail"] * 2 + ["chat"] * 3 + ["web", "sms", "fax"]
CITIES = list(lists.ROUTES) + ["拉萨", "昆明"]
CUSTOMERS = ["YH", "YH", "QC", "QC", "LM", "LM", "SYT", "SYT", "MJ", "BL", "XTL", "YZC", "LYJ", "CLF", "HDC", "SLJ"]
CALLERS = ["卢先生", "蔡女士", "孟先生", "潘小姐", "殷师傅", "车先生", ""]
PRICES = {model: columns["price"] for model, columns in lists.PRODUCTS}
# What is asked on the last days and waits for an answer, the oldest first: how long before the end it came.
WAITING = [
    (timedelta(hours=31), "return", "mail", "YZC", "收银台抽屉滑轨想换成加长款，能换吗", ""),
    (timedelta(hours=26), "price", "hotline", "", "二手展柜翻新一组大概多少钱", "WQ"),
    (timedelta(hours=21), "know_how", "chat", "LM", "试听台换新音响，支架孔距是多少", AFTER_SALES),
    (timedelta(hours=6), "line", "hotline", "", "成都到乌鲁木齐有没有固定线路", ""),
    (timedelta(hours=3), "booking", "mail", "MJ", "明年一季度新开四家店，想先排产展架", "LHB"),
    (timedelta(minutes=40), "reschedule", "mobile", "BL", "周一的送货能不能改到周三上午", ""),
]
# How an order's source shows in the channel by which it was asked for.
OF_SOURCE = {"phone": ["hotline", "mobile"], "mail": ["mail"], "web": ["web", "chat"]}


def kind_of(dice):
    """A kind of question, by its share."""
    at = dice.whole(1, 100)
    for kind, share in SHARES:
        at -= share
        if at <= 0:
            return kind
    return SHARES[0][0]


def new(desk, kind, channel, what, customer="", dice=None, by=FRONT, at=None):
    """Takes a consult; gives its number. An unknown caller leaves a phone, unless they stand at the desk."""
    words = ["consult", "new", "--about", kind, "--channel", channel, "--what", what]
    if customer:
        words += ["--customer", customer]
    else:
        name = dice.one(CALLERS)
        words += ["--asker", name] if name else []
        words += ["--phone", f"+86 139 0000 08{dice.whole(10, 99)}"] if channel != "desk" else []
    return desk.cs(*words, by=by, at=at)


def consult_life(desk, dice, moment):
    """A consult from the question to the answer, and now and then once more."""
    kind = kind_of(dice)
    what, answer = dice.one(ASKED[kind])
    model = dice.one([model for model in PRICES if not model.startswith("TY")])
    filled = {"city": dice.one(CITIES), "model": model, "price": PRICES[model]}
    what, answer = what.format(**filled), answer.format(**filled)
    customer = "" if kind in ("line", "visit") or dice.chance(0.25) else dice.one(CUSTOMERS)
    if customer == "LYJ" and moment.date() < date(2026, 10, 12):
        customer = "YH"
    channel = "desk" if kind == "visit" or kind == "line" and dice.chance(0.3) else dice.one(CHANNELS)
    by = FRONT if channel in ("hotline", "desk", "fax") or not customer or dice.chance(0.2) else \
        desk.owner(customer, moment.date())
    yield moment
    number = new(desk, kind, channel, what, customer, dice, by)
    if dice.chance(0.03):
        yield dice.soon(desk.now, 3, 10)
        desk.cs("void", number, "--note", "同一来电登记了两次，本条作废", by=by)
        return
    holder = by
    if kind in ("service", "expedite", "return", "order_change", "complaint", "price") and dice.chance(0.35):
        yield desk.now + timedelta(minutes=dice.whole(3, 30))
        holder = AFTER_SALES if kind in ("service", "return") else SUPERVISOR if kind == "price" or not customer else \
            desk.owner(customer, desk.now.date())
        if holder == by:
            holder = SUPERVISOR
        desk.cs("consult", "hand-on", number, "--to", holder, by=by)
    yield from answered(desk, dice, number, answer, holder)
    if dice.chance(0.06):
        yield dice.at(desk.workday(desk.now.date(), dice.whole(1, 3)), 9.2, 16)
        desk.cs("consult", "ask-again", number, "--what", dice.one(["按说的办了还是不行，请再看看", "补充问一下大概费用",
                "上次说今天回复，还没有收到"]), by=FRONT)
        yield from answered(desk, dice, number, dice.one(["已再次核实并电话说明，对方清楚了", "已补充答复，发了书面说明"]), FRONT)


def answered(desk, dice, number, answer, by):
    """The answer: at once, the same day, the next morning, or too late."""
    way = dice.whole(1, 100)
    if way <= 62:
        yield desk.now + timedelta(minutes=dice.whole(2, 25))
    elif way <= 86:
        yield dice.soon(desk.now, 40, 260)
    elif way <= 94:
        yield desk.now + timedelta(hours=dice.whole(13, 22), minutes=dice.whole(0, 59))
    else:
        yield desk.now + timedelta(hours=dice.whole(25, 49), minutes=dice.whole(0, 59))
    by = "CJ" if by == "LQ" and desk.now.date() > LEFT else by
    desk.cs("consult", "answer", number, "--answer", answer, by=by)


def waiting_life(desk, dice, row):
    """A question that nobody has answered by the end."""
    before, kind, channel, customer, what, to = row
    yield END - before
    number = new(desk, kind, channel, what, customer, dice)
    if to:
        yield desk.now + timedelta(minutes=12)
        desk.cs("consult", "hand-on", number, "--to", to, by=FRONT)


def asked(desk, dice, kind, channel, what, answer, customer="", by=FRONT):
    """A consult that was taken just now and is about to turn into a record; it is answered once that is made."""
    at = desk.now - timedelta(minutes=dice.whole(2, 9))
    number = new(desk, kind, channel, what, customer, dice, by, at)

    def reply():
        yield desk.now + timedelta(minutes=dice.whole(3, 50))
        desk.cs("consult", "answer", number, "--answer", answer, by=by)

    desk.spawn(reply())
    return number


def before_order(desk, key, customer, source, by):
    """The consult from which an order came, for some; `None` for the others."""
    dice = Dice(f"booking/{key}")
    if source not in OF_SOURCE or not dice.chance(0.3):
        return None
    what = dice.one(["确定要订一批，数量和地址已报", "新店要货，请尽快下单排产", "补货，照上次的型号和颜色"])
    return asked(desk, dice, "booking", dice.one(OF_SOURCE[source]), what, "已下单，订单号和交期已告知", customer, by)


def before_shipment(desk, order, customer, by):
    """The consult from which a shipment came, for a few; `None` for the others."""
    dice = Dice(f"shipping/{order}")
    if not dice.chance(0.05):
        return None
    what = f"{order} 做好了没有，能不能这两天就发"
    return asked(desk, dice, "expedite", "hotline", what, "已安排发货，发货日和到货日已告知", customer, by)


def lives(desk):
    """All of them: five or so a working day, some in the evening and at weekends, and a few the year before."""
    found = []
    for first, last, usual in [(date(2025, 10, 9), date(2025, 11, 28), 1), (date(2026, 8, 17), END.date(), 4)]:
        day = first
        while day <= last:
            dice = Dice(f"consults/{day}")
            for n in range(usual + dice.whole(0, usual // 2) if desk.works(day) else 1 if dice.chance(0.3) else 0):
                own = Dice(f"consult/{day}/{n}")
                evening = not desk.works(day) or own.chance(0.06)
                moment = datetime.combine(day, time(own.whole(18, 21), own.whole(0, 59))) if evening else \
                    own.at(day, 8.8, 17.9)
                found.append(consult_life(desk, own, moment))
            day += timedelta(1)
    return found + [waiting_life(desk, Dice(f"waiting/{n}"), row) for n, row in enumerate(WAITING)]
