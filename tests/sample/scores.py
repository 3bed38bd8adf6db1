"""Scores: half a year of points given and taken. One person is past the line and leaves; one is warned; an entry is
reversed; praise that a visit noted becomes an award, with the visit as its evidence. Each month the supervisor accepts
and declines some of what the records propose.
"""

import csv
import json
from datetime import date, datetime, time

from desk import MANAGER, SUPERVISOR

# Day of the conduct, whom, clause, points where the clause has a span of them, what shows it, and who enters it at what
# time of the next working day.
ENTRIES = [
    (date(2026, 7, 6), "LQ", "D2.2", None, "迟到 40 分钟，未请假", SUPERVISOR, (9, 20)),
    (date(2026, 7, 9), "YX", "A1.4", 4, "半年盘点提前两天完成，无差错", SUPERVISOR, (16, 40)),
    (date(2026, 7, 14), "ZM", "D2.3a", None, "前台接听私人电话 8 分钟", SUPERVISOR, (10, 5)),
    (date(2026, 7, 22), "WQ", "A2.2", 3, "自学表格函数，整理出客户档案模板供全组使用", SUPERVISOR, (11, 10)),
    (date(2026, 7, 28), "LQ", "D3.1", None, "当日到货回执未录入", SUPERVISOR, (9, 35)),
    (date(2026, 8, 4), "ZM", "D2.5", 4, "热线无人值守 15 分钟", SUPERVISOR, (9, 50)),
    (date(2026, 8, 11), "LQ", "D4.1c", None, "与小陀螺采购在电话中争执，有录音", SUPERVISOR, (14, 15)),
    (date(2026, 8, 13), "GZQ", "A2.3", 3, "下班后协助仓库清点到货", SUPERVISOR, (10, 30)),
    (date(2026, 8, 20), "ZM", "D2.2", None, "无故迟到 25 分钟", SUPERVISOR, (9, 40)),
    (date(2026, 8, 26), "LQ", "D2.2", None, "下午无故缺勤", SUPERVISOR, (9, 15)),
    (date(2026, 9, 3), "LHB", "D3.3", None, "保险条款测试 58 分，已抄写试卷五遍", SUPERVISOR, (15, 20)),
    (date(2026, 9, 8), "LQ", "D5.2", 12, "在客户群内指责公司发货，截图存档", MANAGER, (10, 10)),
    (date(2026, 9, 15), "TYF", "D3.2", None, "八月工作量汇总晚交一天", MANAGER, (17, 5)),
    (date(2026, 9, 17), "LQ", "D4.5", 4, "漏单后推给仓库，经核对为本人未下单", SUPERVISOR, (16, 15)),
    (date(2026, 9, 24), "CJ", "A2.1", 6, "建议装箱单贴于箱外，已采用", SUPERVISOR, (11, 25)),
    (date(2026, 10, 13), "ZM", "D4.4", 3, "与来访司机说话生硬，登记簿有记录", SUPERVISOR, (9, 45)),
    (date(2026, 10, 20), "FL", "D2.2", None, "打卡记录迟到 30 分钟", SUPERVISOR, (9, 25)),
    (date(2026, 10, 28), "ZM", "D2.2", None, "早退 50 分钟，未交接", SUPERVISOR, (9, 30)),
    (date(2026, 11, 5), "YX", "D3.1", None, "两张到货回执未当日录入", SUPERVISOR, (9, 55)),
    (date(2026, 11, 11), "ZM", "D2.5", 3, "午后离岗 10 分钟，热线转接失败", SUPERVISOR, (10, 20)),
    (date(2026, 11, 12), "WQ", "D1.2", None, "离岗时桌面资料未收", SUPERVISOR, (9, 10)),
]

# Whose entry of which day proved wrong, when that was found, and why.
REVERSED = (date(2026, 10, 20), "FL", datetime(2026, 10, 23, 15, 30), "当日在外处理投诉，已补外勤单，不算迟到")

# From visits of which months praise becomes an award, and when it does.
PRAISED = [((2026, 9), datetime(2026, 10, 12, 14, 50)), ((2026, 10), datetime(2026, 11, 3, 16, 10))]
CLAUSE_OF_PRAISE = {"written": "A1.2", "spoken": "A1.3"}


def entry_life(desk, day, staff, clause, points, evidence, by, clock):
    """An entry on the working day after the conduct; its reversal where it proved wrong."""
    yield datetime.combine(desk.workday(day, 1), time(*clock))
    number = desk.cs("score", "add", staff, "--clause", clause, *(["--points", points] if points else []),
                     "--on", day, "--evidence", evidence, by=by)
    if (day, staff) == REVERSED[:2]:
        yield REVERSED[2]
        desk.cs("score", "reverse", number, "--reason", REVERSED[3], by=by)


def praise_life(desk, month, moment):
    """The first praise that a visit of a month noted, for whoever made the visit."""
    yield moment
    path = desk.folder / "visits" / f"{month[0]}-{month[1]:02}.csv"
    with open(path, encoding="utf-8", newline="") as file:
        praised = next((row for row in csv.DictReader(file) if row["praise"]), None)
    if praised and praised["by"] != SUPERVISOR:
        desk.cs("score", "add", praised["by"], "--clause", CLAUSE_OF_PRAISE[praised["praise"]],
                "--on", praised["at"][:10], "--record", praised["number"], by=SUPERVISOR)


# When the supervisor looks at what is proposed, and of which days; whose first proposal is accepted, whose declined and why.
DECIDED = [
    (datetime(2026, 9, 8, 16, 20), "2026-08-24..2026-09-04", "CJ", "WQ", "当日外出走访，已电话报备"),
    (datetime(2026, 10, 13, 16, 30), "2026-09-28..2026-10-10", "YX", "LHB", "系统停电，次日上午已补办"),
    (datetime(2026, 11, 10, 15, 40), "2026-10-26..2026-11-06", "WQ", "CJ", "等待仓库答复，责任不在本人"),
]


def decided_life(desk, moment, days, accepted, declined, why):
    """What the supervisor decides of the proposals of some days."""
    yield moment
    proposals = json.loads(desk.cs("score", "proposals", days, "--json"))
    first = {row["staff"]: row["key"] for row in reversed(proposals) if row["points"].startswith("-")}
    desk.cs("score", "accept", first[accepted], by=SUPERVISOR)
    desk.cs("score", "decline", first[declined], "--reason", why, by=SUPERVISOR)


def lives(desk):
    entries = [entry_life(desk, *entry) for entry in ENTRIES] + [praise_life(desk, *praised) for praised in PRAISED]
    return entries + [decided_life(desk, *decided) for decided in DECIDED]
