"""The weekly work plan in the sample department: half a year of items, each planned on the Friday before, done in time
or late, carried over or dropped.

The same bytes each time: every choice comes from a life's own `Dice`.
"""

from datetime import date, datetime, timedelta

from desk import LEFT, SUPERVISOR, Dice

FIRST, LAST = date(2026, 6, 1), date(2026, 11, 23)
PEOPLE = ["YX", "CJ", "LHB", "WQ", "LQ"]
# How often each does in time what was planned.
STEADY = {"YX": 0.92, "CJ": 0.85, "LHB": 0.9, "WQ": 0.8, "LQ": 0.7}
# Who had not planned the week after the last day.
UNPLANNED = "WQ"

TASKS = [
    ("核实重庆片区广告公司资料", "已核实 4 家，1 家更换联系人"), ("整理上月运费单据", "已整理归档"),
    ("更新客户联系人和收货地址", "已更新 6 条"), ("跟进新店开业展柜排期", "已与生产确认排期"),
    ("拜访园区两家专线经营户", "已拜访，确认新报价"), ("汇总客户反馈的包装问题", "汇总 5 条，已转包装组"),
    ("制作安装说明小视频", "已拍摄两段并发客户"), ("盘点备件并报缺件清单", "已盘点，缺灯泡和合页"),
    ("核对客户往来余额", "已核对一致"), ("培训前台咨询话术", "已培训，抽查合格"), ("整理维修照片档案", "已按单号归档"),
    ("走访成都三家门店", "已走访，门店反映良好"), ("跟进逾期回单", "已收回 3 张"), ("拟定旺季发货预案", "已交主管审阅"),
]
FOR_OTHERS = ["准备质量例会材料", "协助对账并核实差异", "走访投诉较多的门店"]
REASONS = ["客户改期", "对方负责人出差", "等待总部资料", "发货高峰，人手不足"]


def day_of_plan(desk, monday):
    """The Friday before a week, or the working day before that."""
    day = monday - timedelta(3)
    while not desk.works(day):
        day -= timedelta(1)
    return day


def item_life(desk, dice, person, what, result, due, by, moment):
    yield moment
    words = ["work", "plan", what, "--due", due]
    number = desk.cs(*words, *(["--staff", person] if by != person else []), by=by).split()[0].rstrip("：:，")
    chance = dice.random()
    steady = STEADY[person]
    if chance < 0.05:
        yield dice.at(due, 9.2, 11.5)
        later = desk.workday(due, 3)
        if person != "LQ" or later <= LEFT:
            desk.cs("work", "carry-over", number, "--due", later, "--reason", dice.one(REASONS), by=by)
            due = later
    elif chance < 0.07:
        yield dice.at(due, 9.2, 11.5)
        desk.cs("work", "drop", number, "--reason", "与其他事项合并", by=SUPERVISOR)
        return
    late = dice.chance(1 - steady) and (person != "LQ" or desk.workday(due, 2) <= LEFT)
    day = desk.workday(due, dice.whole(1, 2)) if late else due
    yield dice.at(day, 14, 17.4)
    desk.cs("work", "done", number, "--result", result, by=person)


def lives(desk):
    """A life for each item."""
    found, monday = [], FIRST
    while monday <= LAST:
        days = [day for day in (monday + timedelta(n) for n in range(7)) if desk.works(day)]
        for person in PEOPLE:
            there = [day for day in days if person != "LQ" or day <= LEFT]
            if not there or (person == UNPLANNED and monday == LAST):
                continue
            dice = Dice(f"work/{monday}/{person}")
            plan = day_of_plan(desk, monday)
            for n in range(dice.whole(2, 3)):
                what, result = dice.one(TASKS)
                due = dice.one(there)
                found.append(item_life(desk, Dice(f"work/{monday}/{person}/{n}"), person, what, result, due, person,
                                       datetime(plan.year, plan.month, plan.day, 9, 10 + 12 * n)))
            if dice.chance(0.1):
                what, due = dice.one(FOR_OTHERS), dice.one(there)
                found.append(item_life(desk, Dice(f"work/{monday}/{person}/more"), person, what, "已完成", due,
                                       SUPERVISOR, datetime(plan.year, plan.month, plan.day, 9, 50)))
        monday += timedelta(7)
    return found
