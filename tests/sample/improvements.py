"""Improvements in the sample department, from what complaints and repairs showed to the proof that it was mended.

Each row of IMPROVEMENTS is one: when it was opened, the customer, words of the complaints and models of the repairs that
it is born of, the models concerned, the problem, who in R&D found what, the plans with what befell each, and what befalls
the whole. A plan is its measure, who carries it out, in how many working days, and its fate: why the customer refused it,
what was seen when it failed, why it was replaced after the customer had confirmed it, or what was seen when it worked.
`stop=VERB` leaves it on the desk after that step of its last plan; the others are named in `improvement_life`.
"""

from datetime import datetime, timedelta

from desk import Dice

WORKED, REFUSED, FAILED, REPLACED = "worked", "refused", "failed", "replaced"

IMPROVEMENTS = [
    ("2026-08-21 10:20", "LM", ["左侧音响支架装上后晃动"], ["LM-A80"], [], "音响支架装好后晃动，两家店先后反映",
     "研发 彭工", "支架与台面只有两点固定，螺纹孔深度不足",
     [("支架改为四点固定，螺纹孔加深到 18 毫米", "木工车间", 12, WORKED, "深圳海岸荟店装新支架，满载一周无晃动")], ""),
    ("2026-09-09 14:30", "YH", ["展柜灯带闪烁"], [], ["YH-G120"], "展柜灯带用几天就闪烁，影响珠宝陈列",
     "研发 尹工", "电源功率余量不足，发热后保护",
     [("更换功率大一档的电源", "电气组", 7, FAILED, "静安嘉和店装上第六天仍有闪烁，测得接头压降过大"),
      ("电源加大，灯带接头改为焊接加热缩管", "电气组", 10, WORKED, "静安、金陵两店连续点亮十天无闪烁")], "wanted=2026-10-20"),
    ("2026-09-17 09:40", "LM", ["试听台两台色差明显"], [], ["LM-A80"], "同一批试听台面板色差明显，总部陈列检查未通过",
     "研发 彭工", "两个喷涂批次间换过油漆，没有留样比对",
     [("对色差面板补漆，今后留样", "喷涂车间", 5, REFUSED, "补漆后光泽不一，总部要求整批换面板"),
      ("整批更换面板，每批油漆留样并由质检签字放行", "喷涂车间", 12, WORKED, "新面板到店与样板比对一致，总部验收通过")], "remind"),
    ("2026-09-23 15:10", "YH", ["旋转展台维修后电机噪音更大"], [], ["YH-T40"], "旋转展台电机噪音大，换过电机仍有投诉",
     "研发 尹工", "底盘共振，需要改结构",
     [("底盘加减震垫并改电机座", "木工车间", 15, "", "")], "drop=客户总部决定年底前全部换用新款展台，旧款不再整改"),
    ("2026-10-12 16:20", "BL", ["服装架脚轮修过一次又坏"], ["BL-R160"], [], "服装架脚轮承重不够，多店反复损坏",
     "研发 彭工", "满挂羽绒服时单轮受力超过脚轮额定承重",
     [("脚轮换成加重型带刹车，轮座加垫板", "五金供应商", 10, WORKED, "天津、西安两店满挂推行半月，无松动")], "late_implement"),
    ("2026-10-14 10:05", "SYT", ["镜台只用了一层气泡膜"], [], ["SY-M30"], "镜台灯泡在运输中碎裂，包装单薄",
     "研发 尹工", "灯泡位置没有悬空支撑，跌落时直接受力",
     [("灯泡单独装盒，外箱四角加护角", "包装组", 8, WORKED, "十月下旬发货三批，到货灯泡完好"),
      ("改用蜂窝纸板整体内衬，灯泡一律随附件箱发运", "包装组", 9, "", "")],
     "reopen=十一月到货的一批灯泡又碎两只，护角方案不够 stop=confirm"),
    ("2026-10-26 09:50", "QC", ["壁柜玻璃门突然脱落"], ["QC-W60"], [], "壁柜玻璃门铰链松脱，有安全隐患",
     "研发 彭工", "铰链只靠玻璃胶粘接，没有机械固定",
     [("玻璃钻孔，铰链改为螺栓夹紧", "玻璃车间", 8, "", "")], "wanted=2026-11-15 stop=implement"),
    ("2026-11-03 11:15", "YH", ["玻璃展柜锁具一周内坏了两次"], ["YH-G120"], [], "展柜锁具锁芯易断，店员无法锁柜",
     "研发 尹工", "锁芯为锌合金，与柜门不同心时受扭折断",
     [("改用黄铜锁芯，柜门加导向片", "五金供应商", 15, "", "")], "remind stop=send"),
    ("2026-11-04 14:00", "YZC", [], [], ["YZ-C180"], "收银台台面边角多次磕碰脱落",
     "研发 彭工", "石材边角为直角，且无护边",
     [("边角加贴软护条", "木工车间", 9, REPLACED, "客户同意后车间试做，软护条三天就翘边"),
      ("石材倒圆角，四边加不锈钢护边", "石材供应商", 2, WORKED, "春熙店换上后店方确认圆角平整、护边牢固")],
     "source=十月回访时多位店长提出 stop=verify"),
    ("2026-11-09 11:00", "SYT", ["背柜踢脚颜色与上批不一致"], [], ["SY-B150"], "背柜踢脚颜色批次间不一致",
     "研发 尹工", "色卡没有随订单流转，车间凭经验调色",
     [("按上批色卡重做踢脚，今后随单附色卡", "喷涂车间", 8, REFUSED, "客户要求每批先寄签样，确认后再生产")], ""),
    ("2026-11-12 09:30", "LM", ["新到试听台灯箱面板有黑点"], [], ["LM-A80"], "灯箱面板有黑点，换新后仍有",
     "研发 尹工", "亚克力板开料后露天存放，落尘压入",
     [("面板开料后覆膜入箱，装箱前灯检", "电气组", 9, "", "")], "stop=confirm"),
    ("2026-11-13 10:40", "XTL", [], [], ["XT-K90"], "童鞋架侧板开裂", "", "", [], "source=业务员转达 void"),
    ("2026-11-13 14:20", "BL", ["服装架挂杆断裂砸伤顾客"], ["BL-R160"], [], "服装架挂杆断裂伤人，同批产品须全部排查",
     "研发 彭工", "挂杆壁厚负公差，焊缝未焊透",
     [("停用同批挂杆，全部改用加厚管并做拉力试验", "木工车间", 6, "", "")], "void_step stop=plan"),
    ("2026-11-16 15:30", "XTL", ["童鞋架造型件掉色"], [], ["XT-K90"], "造型件掉色，染到样鞋",
     "研发 尹工", "水性漆未完全固化即装箱",
     [("固化时间延长到 48 小时，装箱前做擦拭试验", "喷涂车间", 10, "", "")], "stop=plan"),
    ("2026-11-20 11:20", "MJ", ["香氛展架立柱松动"], ["MJ-S25"], [], "香氛展架立柱松动，顾客倚靠有倾倒危险",
     "", "", [], "stop=new"),
]

CHANNELS = ["mail", "mail", "chat", "fax"]


class Improvement:
    """What an improvement is before anybody has written it down."""

    def __init__(self, desk, n, row):
        moment, self.customer, self.complaints, self.repairs, self.models, self.problem, *rest = row
        self.analyst, self.finding, self.plans, traits = rest
        self.desk, self.dice = desk, Dice(f"improvement/{n}")
        self.moment = datetime.strptime(moment, "%Y-%m-%d %H:%M")
        named = [trait.partition("=") for trait in traits.split()]
        self.traits = {name: value for name, _, value in named}
        self.number, self.why = None, None

    def me(self):
        return self.desk.owner(self.customer, self.desk.now.date())

    def cs(self, verb, *words):
        self.desk.cs("improve", verb, self.number, *words, by=self.me())

    def stops(self, verb):
        """Whether it stays on the desk after this step."""
        return self.traits.get("stop") == verb

    def later(self, low, high):
        """A moment some working days later."""
        return self.dice.at(self.desk.workday(self.desk.now.date(), self.dice.whole(low, high)), 9.2, 17)


def born_of(i):
    """The complaints with these words and the newest ticket of each model, as they are on record by now."""
    def found(kind, holds):
        files = sorted((i.desk.folder / kind).rglob("*.toml"), key=lambda path: (path.stem[3:9], path.stem))
        return [path.stem for path in files if holds(path.read_text(encoding="utf-8"))]
    numbers = [number for words in i.complaints for number in found("complaints", lambda text: words in text)]
    for model in i.repairs:
        # One that was made by mistake was voided.
        numbers += found("repairs", lambda text: f'model = "{model}"' in text and 'do = "void"' not in text)[-2:]
    return numbers


def open_it(i):
    words = ["improve", "new", "--customer", i.customer, "--problem", i.problem]
    for number in born_of(i):
        words += ["--born-of", number]
    for model in i.models:
        words += ["--model", model]
    words += ["--source", i.traits["source"]] if "source" in i.traits else []
    words += ["--wanted-by", i.traits["wanted"]] if "wanted" in i.traits else []
    i.number = i.desk.cs(*words, by=i.me())


def improvement_life(i):
    """An improvement from its opening to the end."""
    desk, traits = i.desk, i.traits
    yield i.moment
    open_it(i)
    if "void" in traits:
        yield i.dice.soon(desk.now, 10, 40)
        desk.cs("void", i.number, "--note", "业务员转达有误，裂的不是我司产品，整单作废", by=i.me())
        return
    if i.stops("new"):
        return
    yield i.later(1, 2)
    i.cs("analyse", "--analyst", i.analyst, "--finding", i.finding)
    if i.stops("analyse"):
        return
    for n, plan in enumerate(i.plans):
        last = n + 1 == len(i.plans)
        i.why = i.plans[n - 1][4] if n and i.plans[n - 1][3] == REPLACED else None
        if not (yield from go_through(i, plan, last)):
            return
        if "reopen" in traits and not last:
            yield i.later(2, 3)
            i.cs("close")
            yield i.later(1, 2)
            i.cs("reopen", "--reason", traits["reopen"])
            yield i.later(1, 1)
            i.cs("analyse", "--analyst", i.analyst, "--finding", "护角只护外箱，灯泡盒在箱内仍会移位")
    if i.plans[-1][3] == WORKED and not i.stops("verify"):
        yield i.dice.soon(desk.now, 20, 90)
        i.cs("close")


def go_through(i, plan, last):
    """One plan, as far as it goes. False when it stays, or ends, on the way."""
    desk, traits = i.desk, i.traits
    measure, department, days, fate, said = plan
    yield i.later(1, 2)
    due = desk.workday(desk.now.date(), days)
    note = ["--note", i.why] if i.why else []
    i.cs("plan", "--measure", measure, "--department", department, "--due", due.isoformat(), *note)
    if "void_step" in traits:
        yield i.dice.soon(desk.now, 5, 20)
        desk.cs("void", i.number, "--step", desk.steps_of(i.number), "--note", "完成日期写错，重新登记", by=i.me())
        yield i.dice.soon(desk.now, 5, 15)
        due = desk.workday(desk.now.date(), days + 4)
        i.cs("plan", "--measure", measure, "--department", department, "--due", due.isoformat())
    if last and i.stops("plan"):
        return False
    yield i.later(1, 1)
    i.cs("send", "--channel", i.dice.one(CHANNELS))
    if "remind" in traits and last:
        yield i.dice.at(desk.workday(desk.now.date() + timedelta(3)), 10, 12)
        i.cs("remind", "--note", "客户经办人出差，约定回来后答复")
    if last and i.stops("send"):
        return False
    yield i.later(1, 2)
    if "drop" in traits:
        i.cs("drop", "--reason", traits["drop"])
        return False
    if fate == REFUSED:
        i.cs("confirm", "--answer", "no", "--reason", said)
        return True
    i.cs("confirm", "--answer", "yes", *(["--note", "盖章件已收到"] if i.dice.chance(0.4) else []))
    if fate == REPLACED:
        return True
    if last and i.stops("confirm"):
        return False
    done = desk.workday(due, 2) if "late_implement" in traits else due - timedelta(i.dice.whole(0, 1))
    yield max(i.dice.at(desk.workday(done), 14, 17), desk.now + timedelta(hours=2))
    i.cs("implement", "--report", f"{department}已按方案完成：{measure}")
    if last and i.stops("implement"):
        return False
    yield i.later(3, 5) if not i.stops("verify") else i.later(1, 1)
    i.cs("verify", "--works", "no" if fate == FAILED else "yes", "--result", said)
    return True


def lives(desk):
    """All improvements, each a life."""
    return [improvement_life(Improvement(desk, n, row)) for n, row in enumerate(IMPROVEMENTS)]
