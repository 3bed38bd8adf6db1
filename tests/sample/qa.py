"""Call quality in the sample department: half a year of scored calls, eight or so a month, each scored on the working day
after it. One has a critical fault; one score is contested and amended, another contested and upheld.

The same bytes each time: every choice comes from a life's own `Dice`.
"""

import csv
from datetime import date, datetime, time, timedelta

from desk import LEFT, SUPERVISOR, Dice

SCORER = "FL"
MONTHS = [(2026, month) for month in range(6, 12)]
LAST = date(2026, 11, 18)
PEOPLE = ["YX", "CJ", "LHB", "WQ", "LQ", "ZM"]
# How many points of a hundred each loses on the mean.
LOSES = {"YX": 5, "CJ": 8, "LHB": 10, "WQ": 12, "LQ": 24, "ZM": 14}
ITEMS = {"greeting": 10, "listening": 20, "answer": 30, "courtesy": 20, "procedure": 15, "closing": 5}
# Where points are lost, the likeliest most often.
WEAK = ["answer", "answer", "answer", "procedure", "procedure", "listening", "greeting", "closing", "courtesy"]
COMMENTS = {
    "answer": "解答不够完整，须先查资料再答复", "procedure": "通话后未及时登记", "listening": "打断客户，须听完再答",
    "greeting": "未报部门和工号", "closing": "未询问是否还有其他需要", "courtesy": "语气生硬，少用“请”字",
}

# The call with a critical fault: its day, whose it was, which fault.
FAULT = (date(2026, 8, 11), "LQ", "与客户争执并先挂断电话")
# The calls that failed: their days, whose, points lost, comment.
FAILED = [(date(2026, 9, 8), "LQ", {"listening": 5, "answer": 10, "courtesy": 8}, "未核对订单即答复，语气不耐烦，须重新培训")]
# The scores that are contested: call, reason, who settles how.
CONTESTED = [
    (date(2026, 9, 16), "WQ", {"answer": 18, "closing": 3}, "已按新价目表答复，录音 2 分 10 秒处",
     ("amend", "--marks", "answer=28", "--reason", "复听录音，答复与价目表一致")),
    (date(2026, 10, 21), "ZM", {"greeting": 4, "procedure": 9}, "当时来电较多，来不及登记",
     ("uphold", "--reason", "挂机后 30 分钟内仍有空闲，应补登记")),
]


def consult_of(desk, day, person):
    """A consult that a person took by phone on a day, where there is one."""
    path = desk.folder / "consults" / f"{day:%Y-%m}.csv"
    if not path.is_file():
        return None
    with open(path, encoding="utf-8", newline="") as file:
        taken = (row for row in csv.DictReader(file) if row["do"] == "new" and row["channel"] == "hotline")
        return next((row["number"] for row in taken if row["by"] == person and row["at"][:10] == f"{day}"), None)


def scored(desk, day, person, points, *flags):
    """Scores a call; the number of the score."""
    record = consult_of(desk, day, person)
    marks = ",".join(f"{item}={held}" for item, held in points.items()) or "full"
    return desk.cs("qa", "score", person, "--on", day, "--marks", marks, *(["--record", record] if record else []),
                   *flags, by=SCORER)


def life(desk, dice, day, person):
    """A call as most are: some points are lost on an item or two."""
    yield dice.at(desk.workday(day, 1), 9.2, 11.8)
    lost, points, said = dice.whole(0, 2 * LOSES[person]), {}, []
    while lost > 0:
        item = dice.one(WEAK)
        held = points.get(item, ITEMS[item])
        step = min(lost, held, dice.whole(1, 5))
        if step == 0:
            break
        points[item], lost = held - step, lost - step
        if COMMENTS[item] not in said:
            said.append(COMMENTS[item])
    scored(desk, day, person, points, *(["--said", "；".join(said)] if said else []))


def fault_life(desk):
    day, person, fault = FAULT
    yield datetime.combine(desk.workday(day, 1), time(9, 25))
    scored(desk, day, person, {}, "--fault", fault)


def failed_life(desk, day, person, points, said):
    yield datetime.combine(desk.workday(day, 1), time(10, 40))
    scored(desk, day, person, points, "--said", said)


def contested_life(desk, day, person, points, reason, settled):
    yield datetime.combine(desk.workday(day, 1), time(9, 35))
    number = scored(desk, day, person, points, "--said", "解答或登记不到位")
    yield datetime.combine(desk.workday(day, 2), time(11, 20))
    desk.cs("qa", "contest", number, "--reason", reason, by=person)
    yield datetime.combine(desk.workday(day, 3), time(15, 10))
    verb, *flags = settled
    desk.cs("qa", verb, number, *flags, by=SUPERVISOR)


def lives(desk):
    """A life for each scored call."""
    found = [fault_life(desk)]
    found += [failed_life(desk, *failed) for failed in FAILED]
    found += [contested_life(desk, *contested) for contested in CONTESTED]
    for year, month in MONTHS:
        dice = Dice(f"qa/{year}-{month}")
        people = PEOPLE + [dice.one(PEOPLE[:4]), dice.one(PEOPLE)]
        for n, person in enumerate(people):
            day = desk.workday(date(year, month, 1) + timedelta(dice.whole(0, 26)))
            if day <= LAST and (person != "LQ" or day <= LEFT):
                found.append(life(desk, Dice(f"qa/{year}-{month}/{n}"), day, person))
    return found
