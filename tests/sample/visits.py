"""Return visits: the monthly rounds with their summaries, surveys after arrivals, offers, greetings, the manager's calls;
what is bad is followed up. The visits that follow repairs and complaints up stand with these, in repairs.py and
complaints.py.

The same bytes each time: every choice comes from a life's own `Dice`.
"""

from datetime import date, datetime, timedelta

import lists
from desk import END, MANAGER, SUPERVISOR, Dice

CALL_CENTRE = "ZM"
CUSTOMERS = dict(lists.CUSTOMERS)
PARTNERS = ("supplier", "contractor", "terminal")
SCORES = ["quality", "on-time", "arrival-errors", "damage-handling", "satisfaction"]
CHANNELS = ["hotline", "hotline", "hotline", "mobile", "mobile", "chat", "mail", "desk"]

# The months whose rounds are told of, each with the day on which its summary is handed in; none while it is still due.
ROUNDS = [
    (2025, 10, datetime(2025, 11, 6, 16, 20)), (2025, 11, datetime(2025, 12, 5, 10, 40)),
    (2025, 12, datetime(2026, 1, 9, 11, 15)), (2026, 8, datetime(2026, 9, 4, 15, 30)),
    (2026, 9, datetime(2026, 10, 9, 10, 5)), (2026, 10, datetime(2026, 11, 5, 16, 45)), (2026, 11, None),
]
# Whom nobody reached in a round.
MISSED = {(2025, 11): ["CLF"], (2026, 8): ["HDC"], (2026, 9): ["ZTA", "CLF"], (2026, 10): ["BL"]}
# Visits of a round that went badly: customer, low scores, what was said, the need, and what became of it.
BAD = {
    (2025, 10): [("SYT", {"damage-handling": 2, "satisfaction": 3}, "破损补件等了十二天", "improvement",
                  "与包装组约定破损补件三天内寄出，已告知客户")],
    (2026, 8): [("QC", {"quality": 2, "satisfaction": 3}, "壁柜铰链开合半年后松动", "improvement",
                 "五金供应商更换阻尼铰链，新批次已用，旧柜随维修更换"),
                ("MJ", {"arrival-errors": 1, "satisfaction": 2}, "连续两批少发层板", "improvement",
                 "装箱清单改为双人核对，客户表示认可")],
    (2026, 9): [("LM", {"on-time": 2, "satisfaction": 3}, "试听展台节前晚到两天，耽误开业", "improvement",
                 "节前订单提前锁定排产，已书面告知客户"),
                ("XTL", {"satisfaction": 2}, "换了负责人，之前说好的补漆没人记得", "improvement",
                 "陈静已上门补漆并补齐交接记录")],
    (2026, 10): [("YZC", {"quality": 2, "satisfaction": 2}, "收银台石材台面渗色", "improvement",
                  "研发改用深色防渗石材，样板已送客户确认"),
                 ("SLJ", {"damage-handling": 2, "satisfaction": 3}, "破损报了三次才有人来看", "improvement", None)],
    (2026, 11): [("QC", {"quality": 2, "satisfaction": 2}, "新店壁柜灯带有一半不亮", "complaint", "complain"),
                 ("YZC", {"on-time": 2, "satisfaction": 3}, "进场时间改了没有提前说", "improvement", None)],
}
SAID = {
    5: ["展柜使用正常，店员评价好", "安装队准时，现场收拾干净", "对接人响应快，很满意", "新柜灯光效果好，客流有增加"],
    4: ["总体不错，希望发货前多拍几张照片", "使用正常，个别门缝略大", "到货及时，包装可以再简化", "沟通顺畅，开票稍慢"],
    3: ["能用，但表面容易留指纹", "发货通知来得晚，收货有点仓促", "维修约时间不太好约"],
}
SUGGESTIONS = ["装箱单贴在箱外，便于清点", "希望提供安装视频", "建议灯带改用快插接头", "希望每季度提供一次保养",
               "备件随货多带一套", "能否在系统里查询订单进度"]
BUSINESS = ["明年春季计划新开三家店", "正在选址，年底前可能追加两套", "旧柜更换，约需十组", "想看新款中岛的样板",
            "旺季前补一批价签座"]
PARTNER_SAID = ["供料正常，年前产能充足", "结算及时，合作顺畅", "希望图纸提前两天发", "现场配合良好", "节后人手紧，请提前排期"]
INSTALLATION = ["安装顺利，使用正常", "安装用了半天，已试用", "店员已会操作"]
LOOK = ["外观完好", "面漆光亮，无划痕", "边角有一处轻微磕碰，不影响使用"]
OFFERS = ["介绍节能灯带换新方案", "介绍门店展具年度保养", "推介新款玻璃展柜", "介绍旧柜回收折价", "推介开业整店配套"]
ANSWERS = ["暂不需要，明年再联系", "请发资料，转采购看看", "有兴趣，等总部预算", "已有供应商"]
ARRIVED = ["收货顺利，无破损", "卸货师傅配合好", "件数相符，已验收", "外箱有压痕，里面完好", "送货前电话通知及时"]


def customers_on(day):
    """Those we work with, as long as they are customers."""
    active = [(code, row) for code, row in lists.CUSTOMERS if row.get("status") == "active"]
    return [code for code, row in active if date.fromisoformat(row["since"]) <= day]


def scores(dice, low, keys):
    """What a customer gives, mostly good; `low` holds what is given otherwise."""
    words, least = [], 5
    for key in keys:
        score = low.get(key) or dice.one([5, 5, 5, 4, 4, 4, 3] if low else [5, 5, 5, 5, 4, 4, 4, 3])
        words += ["--" + key, score]
        least = min(least, score)
    return words, least


def round_life(desk, year, month, handed_in):
    """A month's round: a life for each customer, then the summary."""
    start = date(year, month, 20)
    bad = {row[0]: row for row in BAD.get((year, month), [])}
    for customer in customers_on(start):
        if customer not in MISSED.get((year, month), []):
            desk.spawn(call_life(desk, year, month, customer, bad.get(customer)))
    for site, row in lists.SITES:
        if row["customer"] in customers_on(start):
            desk.spawn(site_life(desk, year, month, site, row["customer"]))
    if month in (9, 12):
        for customer in [code for code in customers_on(start) if CUSTOMERS[code].get("grade") == "A"]:
            desk.spawn(manager_life(desk, year, month, customer))
    if handed_in:
        yield handed_in
        desk.cs("visit", "summary", "--month", f"{year}-{month:02}", "--done", by=SUPERVISOR)


def day_of_round(desk, dice, year, month):
    """A working day of the round."""
    days = [date(year, month, 20) + timedelta(n) for n in range(11)]
    return dice.one([day for day in days if day.month == month and desk.works(day)])


def call_life(desk, year, month, customer, bad):
    """A customer is visited by its owner."""
    dice = Dice(f"visit/{year}/{month}/{customer}")
    day = day_of_round(desk, dice, year, month)
    yield dice.at(date(2026, 11, 20) if bad and (year, month) == (2026, 11) else day, 9.2, 16.8)
    words = ["visit", "log", customer, "--channel", dice.one(CHANNELS)]
    me = desk.owner(customer, desk.now.date())
    if month == 12:
        words += ["--purpose", "greeting", "--gift", dice.one(["新年台历", "茶叶礼盒", "定制笔记本"]), "--gift-cost", "68",
                  "--new-business", dice.one(BUSINESS + ["明年暂无新增计划"])]
        words += scores(dice, {}, ["satisfaction"])[0]
    elif CUSTOMERS[customer]["kind"] in PARTNERS:
        words += ["--content", bad[2] if bad else dice.one(PARTNER_SAID)]
        words += scores(dice, bad[1] if bad else {}, ["satisfaction"] + (["damage-handling"] if bad else []))[0]
    else:
        given, least = scores(dice, bad[1] if bad else {}, SCORES)
        words += given + ["--content", bad[2] if bad else dice.one(SAID[max(3, least)])]
        words += ["--installation", dice.one(INSTALLATION)] if dice.chance(0.5) else []
        words += ["--look", dice.one(LOOK)] if dice.chance(0.5) else []
        words += ["--suggestion", dice.one(SUGGESTIONS)] if dice.chance(0.35) else []
        words += ["--new-business", dice.one(BUSINESS)] if dice.chance(0.25) else []
        words += ["--praise", dice.one(["spoken", "spoken", "written"])] if not bad and dice.chance(0.15) else []
    words += ["--need", bad[3]] if bad else []
    number = desk.cs(*words, by=me)
    if bad and bad[4] == "complain":
        yield dice.soon(desk.now, 5, 20)
        desk.cs("complain", "new", "--channel", "hotline", "--content", bad[2], "--remedy", "尽快更换灯带",
                "--record", number, "--department", "电气组", by=me)
    elif bad and bad[4]:
        yield dice.at(desk.workday(desk.now.date(), dice.whole(1, 3)), 9.5, 16.5)
        desk.cs("visit", "follow", number, "--answer", bad[4], by=desk.owner(customer, desk.now.date()))


def site_life(desk, year, month, site, customer):
    """A site is looked at by the owner of its customer."""
    dice = Dice(f"visit/{year}/{month}/{site}")
    yield dice.at(day_of_round(desk, dice, year, month), 9.2, 16.8)
    words = ["visit", "log", customer, "--site", site, "--channel", dice.one(["mobile", "chat", "hotline"])]
    words += scores(dice, {}, ["quality", "satisfaction"])[0]
    words += ["--installation", dice.one(INSTALLATION), "--look", dice.one(LOOK)]
    desk.cs(*words, by=desk.owner(customer, desk.now.date()))


def manager_life(desk, year, month, customer):
    """The manager visits a customer of grade A once a quarter."""
    dice = Dice(f"visit/{year}/{month}/{customer}/manager")
    yield dice.at(day_of_round(desk, dice, year, month), 9.2, 16.8)
    words = ["visit", "log", customer, "--purpose", "monthly", "--channel", "desk", *scores(dice, {}, SCORES)[0]]
    desk.cs(*words, "--content", "经理拜访：对服务总体认可，希望固定项目对接人", "--new-business", dice.one(BUSINESS), by=MANAGER)


def survey_life(desk):
    """The call centre asks how goods arrived, a few days after."""
    dice, asked, day = Dice("visit/surveys"), set(), date(2026, 8, 20)
    while day <= END.date():
        yield dice.at(day, 9.6, 10.4)
        for ship, _, _, arrived in list(desk.arrived):
            if ship in asked or arrived < date(2026, 8, 17) or arrived + timedelta(2) > day:
                continue
            asked.add(ship)
            yield dice.soon(desk.now, 6, 16)
            low = {"damage-handling": 2, "satisfaction": 3} if len(asked) % 29 == 0 else {}
            words = ["visit", "log", ship, "--purpose", "survey", "--channel", dice.one(["hotline", "hotline", "sms"])]
            words += scores(dice, low, ["on-time", "arrival-errors", "damage-handling", "satisfaction"])[0]
            words += ["--content", "破损照片发了没有回音" if low else dice.one(ARRIVED)] if low or dice.chance(0.5) else []
            number = desk.cs(*words, by=CALL_CENTRE)
            if low and day < date(2026, 11, 16):
                yield dice.soon(desk.now, 30, 90)
                desk.cs("visit", "follow", number, "--answer", "已转负责专员当天回电，补件安排寄出", by=CALL_CENTRE)
        day = desk.workday(day, 1)


def offer_life(desk):
    """The call centre tells customers what is new."""
    dice, day = Dice("visit/offers"), date(2026, 8, 18)
    while day <= END.date():
        for _ in range(dice.whole(1, 4)):
            yield max(dice.at(day, 14, 16.9), desk.now + timedelta(minutes=3)) if desk.now else dice.at(day, 14, 15)
            customer = dice.one([code for code in customers_on(day) if CUSTOMERS[code]["kind"] not in PARTNERS])
            interested = dice.chance(0.3)
            words = ["visit", "log", customer, "--purpose", "outbound_offer", "--channel", "hotline",
                     "--content", f"{dice.one(OFFERS)}：{dice.one(ANSWERS)}"]
            words += ["--new-business", dice.one(BUSINESS)] if interested else []
            desk.cs(*words, by=CALL_CENTRE)
        day = desk.workday(day, 1)


def greeting_life(desk):
    """Greetings for the Mid-Autumn Festival, and the first visits of new customers."""
    dice = Dice("visit/greetings")
    yield datetime(2026, 9, 8, 10, 12)
    desk.cs("visit", "log", "WXS", "--purpose", "new_customer", "--channel", "mobile", "--satisfaction", 5,
            "--content", "首次联系，介绍保修和安装须知", by=desk.owner("WXS", desk.now.date()))
    for customer in customers_on(date(2026, 9, 20)):
        yield max(dice.at(date(2026, 9, 24), 9.2, 9.6), desk.now + timedelta(minutes=dice.whole(6, 18)))
        desk.cs("visit", "log", customer, "--purpose", "greeting", "--channel", dice.one(["mobile", "chat"]),
                "--gift", "中秋月饼礼盒", "--gift-cost", "128", "--content", dice.one(["感谢问候", "祝合作愉快", "节后再谈新店方案"]),
                by=desk.owner(customer, desk.now.date()))
    yield datetime(2026, 10, 14, 11, 2)
    desk.cs("visit", "log", "LYJ", "--purpose", "new_customer", "--channel", "desk", "--satisfaction", 4,
            "--content", "首次拜访，核对新店图纸", "--new-business", "重庆两家新店", by=desk.owner("LYJ", desk.now.date()))
    yield datetime(2026, 11, 12, 15, 20)
    wrong = desk.cs("visit", "log", "XTL", "--purpose", "survey", "--satisfaction", 4, by=CALL_CENTRE)
    yield datetime(2026, 11, 12, 15, 31)
    desk.cs("void", wrong, "--note", "登记到别的客户名下了", by=CALL_CENTRE)


def lives(desk):
    """All visits, as lives."""
    return [round_life(desk, *row) for row in ROUNDS] + [survey_life(desk), offer_life(desk), greeting_life(desk)]
