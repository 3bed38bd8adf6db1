"""Meetings in the sample department: half a year of weekly, monthly and product-quality meetings, most held, one cancelled
with its reason, and the to-dos that came of them.

The same bytes each time: every choice comes from a life's own `Dice`.
"""

from datetime import date, datetime, timedelta

from desk import END, LEFT, MANAGER, SUPERVISOR, Dice

FIRST = date(2026, 6, 1)
CANCELLED = date(2026, 8, 14)
TOPICS = ["本周投诉与处理时效", "逾期回单催收", "旺季发货安排", "维修配件库存", "客户回访中的共性问题", "运费对账差异"]
CONCLUSIONS = ["按方案执行，下周复查", "由责任人跟进并在下次会议汇报", "统一口径后答复客户", "先试行两周再定"]
TODOS = ["联系承运商确认舱位", "补齐破损照片", "与包装组确认护角方案", "更新知识库问答", "催收逾期回单"]


def friday_of(desk, monday):
    """The Friday of a week, or the working day before it."""
    day = monday + timedelta(4)
    while not desk.works(day):
        day -= timedelta(1)
    return day


def people(day):
    there = ["YX", "CJ", "LHB", "WQ", "LQ", "GZQ", "FL"]
    return [code for code in there if code != "LQ" or day <= LEFT]


def meeting_life(desk, sort, day, hour):
    dice = Dice(f"meeting/{sort}/{day}")
    yield datetime(day.year, day.month, day.day, hour, 0)
    host = SUPERVISOR if sort == "weekly" else MANAGER
    topics = f"{dice.one(TOPICS)}；{dice.one(TOPICS)}"
    number = desk.cs("meet", "new", sort, "--topics", topics, "--host", host, by=SUPERVISOR).split()[0]
    if day == CANCELLED:
        desk.cs("meet", "cancel", number, "--reason", "全员参加安全演练", by=SUPERVISOR)
        return
    there = people(day)
    absent = dice.one(there)
    words = ["--present", ";".join([host] + [code for code in there if code != absent]), "--absent", absent,
             "--conclusions", dice.one(CONCLUSIONS), "--lasted", dice.whole(25, 60)]
    owner, due = dice.one([code for code in there if code != "LQ"]), desk.workday(day, dice.whole(2, 4))
    if dice.chance(0.6):
        words += ["--todo", f"{owner}={due}:{dice.one(TODOS)}"]
    yield desk.now + timedelta(minutes=70)
    desk.cs("meet", "minutes", number, *words, by=SUPERVISOR)
    if "--todo" in words:
        yield dice.at(due, 14, 17)
        desk.cs("meet", "todo-done", number, "--todo", 1, "--result", "已完成", by=owner)
    yield desk.now + timedelta(minutes=20)
    desk.cs("meet", "close", number, by=SUPERVISOR)


def lives(desk):
    """A life for each meeting."""
    found, monday = [], FIRST
    while monday <= END.date():
        day = friday_of(desk, monday)
        if monday <= day:
            found.append(meeting_life(desk, "weekly", day, 10))
        monday += timedelta(7)
    for month in range(6, 12):
        day = max(day for day in (date(2026, month, n) for n in range(18, 25)) if day.weekday() == 4)
        while not desk.works(day):
            day -= timedelta(1)
        found.append(meeting_life(desk, "monthly", day, 15))
        quality = date(2026, month, 12)
        found.append(meeting_life(desk, "product_quality", desk.workday(quality), 14))
    return found
