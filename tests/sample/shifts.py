"""Shifts in the sample department: six weeks of a small roster beside the office hours, an evening shift and one at
weekends, shared by three people; with one who was late, one who was ill, one who never came, and hand-overs whose points
the next shift settles, but for the last.

The same bytes each time: every choice comes from a life's own `Dice`.
"""

from datetime import date, datetime, timedelta

from desk import SUPERVISOR, Dice

FIRST, LAST = date(2026, 10, 12), date(2026, 11, 22)
EVENING, WEEKEND = "18:00-22:00", "09:00-17:00"
# Who has the evenings and the weekend of a week, in turn.
TURNS = [("ZM", "FL"), ("FL", "WQ"), ("WQ", "ZM")]
# What went otherwise on which day.
LATE, ILL, GONE, SWAPPED = date(2026, 10, 22), date(2026, 10, 29), date(2026, 11, 7), date(2026, 11, 3)
# The last hand-over, of which a point is still open.
OPEN = date(2026, 11, 19)

QUIET = ["来电 6 通，均已答复", "来电 9 通，转工作日处理 1 通", "来电 4 通，无异常", "来电 11 通，催货 2 通已登记"]
POINTS = ["回复一盏茶成都店安装时间", "核实拉萨专线是否停运", "催蓝鸣回单", "给觅境补发安装视频", "转告杨雪：瑶华要改收货地址"]
RESULTS = ["已回电，客户确认", "已核实并登记", "已转责任人，对方确认收到"]


def begin_of(day, span):
    return datetime(day.year, day.month, day.day, int(span[:2]), 0)


def week_life(desk, monday, evening, weekend):
    """The roster of a week, made on the Thursday before, and what came of each shift."""
    thursday = monday - timedelta(4)
    yield datetime(thursday.year, thursday.month, thursday.day, 16, 30)
    made = {}
    for who, first, last, span in ((evening, monday, monday + timedelta(4), EVENING),
                                   (weekend, monday + timedelta(5), monday + timedelta(6), WEEKEND)):
        numbers = desk.cs("shift", "plan", who, "--on", first, "--until", last, "--span", span, by=SUPERVISOR).split()
        for n, number in enumerate(numbers):
            made[first + timedelta(n)] = (who, span, number)
    for day, (who, span, number) in made.items():
        desk.spawn(shift_life(desk, day, who, span, number))


def shift_life(desk, day, who, span, number):
    dice = Dice(f"shift/{day}")
    begin, end = begin_of(day, span), begin_of(day, span) + timedelta(hours=4 if span == EVENING else 8)
    if day == ILL:
        yield begin - timedelta(hours=6)
        desk.cs("shift", "absent", number, "--reason", "发烧，已请假", by=SUPERVISOR)
        return
    if day == GONE:
        yield begin + timedelta(hours=2)
        desk.cs("shift", "absent", number, by=SUPERVISOR)
        return
    if day == SWAPPED:
        yield begin - timedelta(hours=8)
        other = next(code for turn in TURNS for code in turn if code != who)
        desk.cs("shift", "swap", number, "--staff", other, "--reason", "家中有事，双方商定", by=SUPERVISOR)
        who = other
    yield begin + timedelta(minutes=17) if day == LATE else begin - timedelta(minutes=dice.whole(2, 15))
    desk.cs("shift", "in", by=who)
    yield end + timedelta(minutes=dice.whole(0, 6))
    if day != OPEN and dice.chance(0.35):
        desk.cs("shift", "out", by=who)
        return
    points = [dice.one(POINTS)] if day == OPEN or dice.chance(0.4) else []
    words = ["--points", "；".join(points)] if points else []
    desk.cs("shift", "hand-over", "--summary", dice.one(QUIET), *words, by=who)
    if points and day != OPEN:
        # Whoever has the next shift, or the supervisor on the next working morning.
        yield dice.at(desk.workday(day + timedelta(1)), 9.2, 11)
        desk.cs("shift", "settle", number, "--point", 1, "--result", dice.one(RESULTS), by=SUPERVISOR)


def lives(desk):
    """A life for each week."""
    found, monday, n = [], FIRST, 0
    while monday <= LAST:
        found.append(week_life(desk, monday, *TURNS[n % len(TURNS)]))
        monday, n = monday + timedelta(7), n + 1
    return found
