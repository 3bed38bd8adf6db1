"""Training in the sample department: half a year of Wednesdays, one cancelled with its reason, and the test at the end of
each month, of which two were failed and sat again, one was missed and made up for, and the last is still to come.

The same bytes each time: every choice comes from a life's own `Dice`.
"""

from datetime import date, datetime, timedelta

from desk import AFTER_SALES, END, LEFT, SUPERVISOR, Dice

FIRST = date(2026, 6, 3)
CANCELLED = date(2026, 11, 11)
PEOPLE = ["YX", "CJ", "LHB", "WQ", "LQ"]
# Type, topic, who gives it, whom it is for where that is not everybody, and what it costs.
SESSIONS = [
    ("class", "展具型号与包装规格", SUPERVISOR, None, None),
    ("demonstration", "开箱验收与破损拍照", AFTER_SALES, None, None),
    ("on_job", "维修报价核对", AFTER_SALES, None, None),
    ("class", "投诉处理时限与升级", "FL", None, None),
    ("one_to_one", "电话礼仪与开场话术", SUPERVISOR, ["WQ"], None),
    ("class", "订单确认五要素", "YX", None, None),
    ("external", "货运保险理赔实务", "西南财险培训中心", None, "1200"),
    ("rotation", "前台接待轮岗", "ZM", ["CJ", "LHB"], None),
    ("class", "回单催收与运费对账", "CJ", None, None),
    ("demonstration", "灯带更换与通电检测", AFTER_SALES, None, None),
    ("class", "保密要求与客户信息管理", SUPERVISOR, None, None),
    ("external", "服务心理与情绪管理", "蓉城职业培训学校", None, "1800"),
]
REASONS = ["外出送货跟车", "病假", "客户到访接待", "年休假"]
# Who failed, in which month, with what points, and with what when they sat it again.
FAILED = {(7, "LQ"): (48, 72), (9, "WQ"): (55, 81)}
# Who missed a test, in which month, why, and the points when it was made up for.
MISSED = {(8, "CJ"): ("出差验收，已批准", 86)}
# How well each is at it.
GOOD = {"YX": 90, "CJ": 82, "LHB": 85, "WQ": 74, "LQ": 68}


def at(day, hour, minute=0):
    return datetime(day.year, day.month, day.day, hour, minute)


def number_of(printed):
    return printed.split()[0]


def last_workday(desk, month):
    day = date(2026, month + 1, 1) - timedelta(1)
    while not desk.works(day):
        day -= timedelta(1)
    return day


def before(desk, day, n):
    """The n-th working day before a day."""
    while n:
        day -= timedelta(1)
        n -= desk.works(day)
    return day


def session_life(desk, n, day):
    dice, (sort, topic, by, whom, cost) = Dice(f"training/{day}"), SESSIONS[n % len(SESSIONS)]
    yield at(before(desk, day, 2), 9, 35)
    words = ["train", "plan", sort, "--topic", topic, "--when", f"{day} 14:00"]
    words += ["--speaker", by, "--cost", cost] if sort == "external" else ["--trainer", by]
    words += ["--attendees", ";".join(whom)] if whom else []
    number = number_of(desk.cs(*words, by=SUPERVISOR))
    if day == CANCELLED:
        yield at(day, 11, 20)
        desk.cs("train", "cancel", number, "--reason", "双十一发货高峰，全员支援打包", by=SUPERVISOR)
        return
    lasted = dice.whole(60, 110)
    yield at(day, 16, dice.whole(0, 40))
    words = ["train", "held", number, "--lasted", lasted]
    called = whom or [code for code in PEOPLE if code != by and (code != "LQ" or day <= LEFT)]
    if len(called) > 2 and dice.chance(0.3):
        words += ["--absent", dice.one(called), "--note", dice.one(REASONS)]
    desk.cs(*words, by=SUPERVISOR)


def test_life(desk, month):
    dice, day = Dice(f"training/test/{month}"), last_workday(desk, month)
    yield at(before(desk, day, 8), 10, 15)
    called = [person for person in PEOPLE if person != "LQ" or day <= LEFT]
    number = number_of(desk.cs("train", "plan", "test", "--attendees", ";".join(called), by=SUPERVISOR))
    yield at(day, 16, 45)
    later = []
    for person in called:
        words = ["train", "mark", number, "--staff", person]
        if (month, person) in MISSED:
            reason, points = MISSED[month, person]
            desk.cs(*words, "--missed", reason, by=SUPERVISOR)
            later.append((*words, "--points", points))
            continue
        points = min(100, GOOD[person] + dice.whole(-7, 8))
        if (month, person) in FAILED:
            points, again = FAILED[month, person]
            later.append(("train", "resit", number, "--staff", person, "--points", again))
        desk.cs(*words, "--points", points, by=SUPERVISOR)
    desk.cs("train", "close", number, by=SUPERVISOR)
    for words in later:
        yield at(desk.workday(day, 4), 16, 30)
        desk.cs(*words, by=SUPERVISOR)


def lives(desk):
    """A life for each session and test."""
    found, day, n = [], FIRST, 0
    tests = {last_workday(desk, month) for month in range(6, 12)}
    while day <= END.date():
        if desk.works(day) and day not in tests:
            found.append(session_life(desk, n, day))
            n += 1
        day += timedelta(7)
    return found + [test_life(desk, month) for month in range(6, 12)]
