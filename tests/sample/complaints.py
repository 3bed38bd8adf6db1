"""Complaints in the sample department, from the receipt to the end, cycle by cycle.

Each row of COMPLAINTS is one: when it came, who took it (else who looks after the customer), the customer, the channel,
what is wrong, what is asked for, who is responsible, the root cause, the measure, and what befalls it. A measure that
was not enough goes on after a stroke with why, and with the next one. `stop=VERB` leaves it on the desk after that
step; the others are named in `complaint_life` and what it goes through.
"""

import json
from datetime import datetime, timedelta

import consults
import lists
from desk import AFTER_SALES, MANAGER, Dice, Refused

OFFICER, DEPUTY, GENERAL, FRONT = "FL", "HWP", "ZJL", "ZM"

COMPLAINTS = [
    ("2026-08-18 09:40", FRONT, "YH", "hotline", "静安店收到的玻璃展柜外箱淋湿，铭牌起泡", "更换铭牌并说明原因", "蜀川行物流",
     "transport", "补发铭牌两块，向承运方提出书面意见", "record=ship"),
    ("2026-08-19 14:10", "", "LM", "mail", "海岸荟店试听台左侧音响支架装上后晃动", "派人加固", "木工车间",
     "product", "派广告公司上门加固支架，车间复查同批库存", "record=order asked"),
    ("2026-08-20 10:25", FRONT, "", "hotline", "来电人称在商场试用我司展柜时被柜角划伤手指", "赔偿医药费", "木工车间",
     "product", "核实伤情，赔付医药费，柜角加装护角", "criteria=safety;compensation comp=860"),
    ("2026-08-24 11:05", "", "BL", "chat", "约好的进场时间改了两次，店员空等一天", "减免二次进场费", "北方快线货运",
     "late", "承担二次进场费，今后改期提前一天书面通知", "comp=300 asked"),
    ("2026-08-25 15:20", FRONT, "SYT", "hotline", "催问维修进度时接线人员语气生硬，未说明几时回电", "致歉", "客户服务部",
     "service", "主管致电道歉，当日给出维修时间", ""),
    ("2026-08-27 09:35", "", "MJ", "mail", "展架少发试香托四个，装箱单上却写齐全", "补发", "包装组",
     "wrong_goods", "当天补发试香托四个", "record=ship wait"),
    ("2026-08-31 16:05", "", "YZC", "mobile", "收银台报价含安装，结算时又加收安装费", "退还加收部分", "客户服务部",
     "price", "核对报价单，退还安装费 / 客户认为应连同误工费一并退还 / 退还安装费并补偿误工费", "disagree comp=600"),
    ("2026-09-01 10:15", FRONT, "QC", "hotline", "腕表壁柜门玻璃到货碎裂，开业在即", "三天内补玻璃", "蜀川行物流",
     "transport", "加急补发门玻璃，派广告公司到店安装", "record=ship"),
    ("2026-09-02 13:50", "", "LM", "mobile", "试听台灯箱运到时接线脱落，店里不敢通电", "上门检修", "锦通运物流",
     "transport", "派电工上门检修并出具安全说明", "record=ship"),
    ("2026-09-07 09:25", FRONT, "YH", "hotline", "展柜灯带闪烁，陈列的首饰被顾客投诉看不清", "更换灯带", "电气组",
     "product", "更换灯带 / 换上的灯带用了五天又闪 / 连同电源一并更换，电气组到场检测", "two record=repair/玻璃展柜"),
    ("2026-09-08 15:40", "", "XTL", "mail", "童鞋架到货两件侧板开裂，怀疑野蛮装卸", "换货", "锦通运物流",
     "transport", "补发侧板两块，费用向承运方索赔", "prevent=sign comp=200"),
    ("2026-09-09 11:10", "", "SYT", "chat", "广告公司安装背柜时划伤专柜地面，商场要求赔偿", "承担地面修复费用", "广州蓝图广告",
     "installation", "承担地面修复费，从广告公司结算中扣回", "criteria=compensation comp=3200"),
    ("2026-09-12 10:30", FRONT, "YZC", "hotline", "春熙店收银台石材台面边角脱落，砸到店员脚面，正在就医", "立即处理并承担医药费", "重庆山城标识",
     "installation", "当天到店拆除隐患台面，承担医药费，更换整块台面", "urgent criteria=safety;compensation comp=2600 signer=ZJL"),
    ("2026-09-14 09:50", FRONT, "BL", "hotline", "维修约了周五，师傅没来也没有电话", "当天上门", "西安秦风广告",
     "repair", "改派当天上门，对广告公司书面警告", "record=repair asked"),
    ("2026-09-15 14:30", "", "MJ", "web", "发来的安装图与实物孔位不符，工人白跑一趟", "重发图纸，承担上门费", "客户服务部",
     "information", "重发核对过的图纸，承担一次上门费", "comp=180"),
    ("2026-09-16 10:05", "", "LM", "mail", "试听台两台色差明显，总部陈列检查未通过", "整台更换", "喷涂车间",
     "product", "上门补漆 / 客户要求整台更换，不接受补漆 / 更换面板组件，旧件收回", "disagree comp=1500"),
    ("2026-09-17 16:20", FRONT, "QC", "hotline", "收到的陈列座型号不对，店里盘点对不上", "换货", "包装组",
     "wrong_goods", "上门换货，来回运费由我方承担", "void_step"),
    ("2026-09-21 09:45", FRONT, "SYT", "hotline", "一周内三次来电无人跟进，每次都要重讲一遍", "固定一人跟进", "客户服务部",
     "service", "指定专人跟进 / 专人休假时又无人接手 / 指定专人和替班人，双方电话书面告知客户", "reopen"),
    ("2026-09-22 11:20", "", "YH", "mail", "旋转展台维修后电机噪音更大，顾客投诉", "更换电机", "上海艺城广告",
     "repair", "更换原厂电机，费用由广告公司承担", "record=repair/旋转展台 told_late"),
    ("2026-09-23 10:40", FRONT, "LYJ", "hotline", "展会样品说好周一送到，周三才到，错过布展", "退还样品运费", "西南大件运输",
     "late", "退还样品运费", "comp=260 asked"),
    ("2026-09-24 14:00", FRONT, "LYJ", "hotline", "展会样品送迟，错过布展", "退还样品运费", "西南大件运输",
     "late", "", "void"),
    ("2026-10-09 09:30", FRONT, "YH", "hotline", "国庆前承诺到货的旋转展台节后才发，新店空台开业", "赔偿开业损失", "锦城展具生产部",
     "late", "赔偿部分开业损失，高层致歉 / 客户认为赔偿不足以弥补空台三天的损失 / 提高赔偿，并免费提供节日陈列一套",
     "criteria=compensation amount=26000 disagree comp=8000 signer=ZJL"),
    ("2026-10-10 10:50", "", "LM", "chat", "节后补发的音响支架比约定晚四天", "说明原因", "锦通运物流",
     "late", "说明原因，下次加急免费", "record=ship"),
    ("2026-10-12 13:45", "", "BL", "mobile", "服装架脚轮修过一次又坏，店员推架时险些被砸", "换新脚轮", "天津海河展览安装",
     "repair", "同店脚轮全部换新，加装刹车轮", "escalate=safety"),
    ("2026-10-13 09:20", FRONT, "SYT", "hotline", "镜台只用了一层气泡膜，灯泡碎了三只", "补灯泡", "包装组",
     "packing", "补寄灯泡六只，改用护角加木架包装", "asked"),
    ("2026-10-14 15:15", "", "QC", "mail", "壁柜层板边缘毛刺刮坏表托绒面", "更换表托", "木工车间",
     "product", "更换表托，现场打磨层板边缘", "wait record=order"),
    ("2026-10-15 20:10", FRONT, "YZC", "hotline", "春熙店收银台漏电，店员触电送医，媒体记者已到店", "立即断电检修，公开说明", "电气组",
     "installation", "连夜断电检修，出具检测报告，承担医药费，由总经理统一答复媒体", "urgent criteria=safety;media comp=5200 signer=ZJL"),
    ("2026-10-19 10:10", FRONT, "MJ", "hotline", "发票开错抬头，重开拖了两周，客户财务不付款", "重开发票", "客户服务部",
     "information", "当日重开并快递发票", "told_late"),
    ("2026-10-20 11:00", "", "XTL", "mail", "九月约定的补货拖到十月下旬，店里空架", "尽快到货", "锦城展具生产部",
     "late", "加急生产并空运补货，运费由我方承担", "prevent=sign comp=450"),
    ("2026-10-21 14:40", "", "LYJ", "hotline", "装备墙夜间施工超时，商场罚款五百元", "承担罚款", "重庆山城标识",
     "商场进场管理", "承担罚款，从广告公司结算中扣回", "new_cause comp=500"),
    ("2026-10-22 09:55", FRONT, "SYT", "hotline", "维修时广告公司要店员另付上门费现金", "退还现金", "广州蓝图广告",
     "price", "退还上门费，约谈广告公司", "comp=120 record=repair"),
    ("2026-10-23 18:40", FRONT, "QC", "hotline", "壁柜玻璃门突然脱落，门店还在营业，顾客围观", "立即派人", "玻璃车间",
     "product", "当晚派人拆除玻璃门围挡，次日换门并检查同店全部铰链", "urgent leader_late criteria=safety"),
    ("2026-10-26 10:35", "", "LM", "mail", "发来的价签座少一箱，多了一箱不相干的铭牌", "补发，取回错件", "包装组",
     "wrong_goods", "补发价签座，上门取回错件", "record=ship"),
    ("2026-10-27 15:30", "", "YH", "mobile", "展柜木箱底托断裂，卸货时倾斜，店方拒签", "重新包装送货", "包装组",
     "packing", "换木箱重新送货 / 第二次送货木箱仍未加固底托 / 改用钢托底座，包装组长跟车到店", "two late_officer criteria=large_loss amount=19200"),
    ("2026-10-28 09:15", FRONT, "BL", "hotline", "维修后多次要求发票一直未开，对方发来律师函", "开具发票并致歉", "客户服务部",
     "service", "开具发票，主管登门致歉", "criteria=lawyer late_sign"),
    ("2026-11-02 10:20", FRONT, "YH", "hotline", "玻璃展柜锁具一周内坏了两次", "更换锁具", "五金供应商",
     "product", "更换另一品牌锁具并配钥匙", "record=repair/玻璃展柜"),
    ("2026-11-03 14:15", "", "BL", "mail", "旺季加订的服装架比约定晚到三天", "减免部分货款", "锦城展具生产部",
     "late", "减免部分货款", "comp=980"),
    ("2026-11-05 11:25", "", "SYT", "chat", "背柜踢脚颜色与上批不一致", "更换踢脚", "喷涂车间",
     "product", "按上批色卡重做踢脚", ""),
    ("2026-11-06 09:50", FRONT, "MJ", "hotline", "催问三次到货时间，答复前后不一", "给出准确日期", "客户服务部",
     "late", "核实物流轨迹，书面答复到货日期", "no_close"),
    ("2026-11-09 10:05", "", "YZC", "mobile", "收银台进场改期未通知，安装队白跑", "承担误工费", "西南大件运输",
     "late", "承担误工费", "comp=400 no_close"),
    ("2026-11-09 16:10", FRONT, "QC", "hotline", "来电反映陈列座底部刮伤柜台台面", "更换底垫", "木工车间",
     "packing", "寄送加厚底垫，承担台面抛光费", "comp=350 stop=cause"),
    ("2026-11-11 15:35", "", "LYJ", "mail", "新店装备墙灯箱画面印错电话号码", "重印画面", "客户服务部",
     "information", "加急重印画面，广告公司到店更换", "no_cause asked"),
    ("2026-11-11 09:40", FRONT, "LM", "hotline", "新到试听台灯箱面板有黑点", "更换面板", "电气组",
     "product", "更换面板 / 换来的面板仍有黑点 / 重做面板，发货前拍照给客户确认", "two prevent=write stop=act"),
    ("2026-11-12 10:30", "", "YH", "mobile", "广告公司施工后未清理现场，商场扣保证金", "退还保证金", "上海艺城广告",
     "installation", "与商场交涉退还保证金", "untold"),
    ("2026-11-13 09:30", FRONT, "BL", "hotline", "服装架挂杆断裂砸伤顾客，市场监管部门来函", "赔偿顾客，整改", "木工车间",
     "product", "停用同批挂杆，垫付医药费，向监管部门书面答复", "criteria=safety;government comp=4800 signer=ZJL stop=result"),
    ("2026-11-16 14:25", "", "XTL", "mail", "童鞋架造型件掉色，染到样鞋", "赔偿样鞋", "喷涂车间",
     "product", "赔偿样鞋两双，更换造型件", "comp=760 wait stop=wait"),
    ("2026-11-17 10:15", FRONT, "SYT", "hotline", "背柜到货时间一拖再拖，消协来电调解", "赔偿误期损失", "锦城展具生产部",
     "late", "赔偿误期损失，确定最终到货日", "criteria=consumer_body comp=3600 stop=plan"),
    ("2026-11-18 09:35", FRONT, "LM", "hotline", "维修人员弄脏店内地毯，拒绝清洗", "清洗地毯", "深圳鼎丰装饰",
     "repair", "补偿清洗费 / 客户要求更换同款地毯 / ", "disagree comp=200 stop=disagree"),
    ("2026-11-18 15:50", "", "QC", "chat", "壁柜灯带色温与样板不同", "更换灯带", "电气组",
     "product", "更换整组灯带", "stop=agree"),
    ("2026-11-19 10:40", "", "YH", "mail", "旋转展台说明书缺电源参数，店里不敢通电", "补发说明书", "客户服务部",
     "information", "发送电子版说明书，补寄纸质版", "untold stop=result"),
    ("2026-11-19 21:05", FRONT, "YZC", "hotline", "收银台抽屉锁死，现金取不出，门店无法交班", "今晚派人开锁", "五金供应商",
     "product", "联系锁匠当晚开锁", "urgent no_leader stop=new"),
    ("2026-11-20 10:10", FRONT, "MJ", "hotline", "香氛展架立柱松动，顾客靠上去晃得厉害", "派人加固", "北京京晨广告",
     "installation", "当天派人加固，检查同店其余展架", "criteria=safety stop=agree"),
    ("2026-11-20 15:20", FRONT, "", "web", "网上留言称购买的二手展柜无保修，要求我司维修", "免费维修", "客户服务部",
     "information", "", "stop=new"),
]

# What came of it, by the root cause.
RESULTS = {
    "transport": ["补件已到店装好，店方确认完好", "已送达并验收，承运方书面致歉"],
    "product": ["已更换，店方当场试用正常", "已处理完毕，同批库存复查无类似问题"],
    "packing": ["新包装的货已到店，完好无损", "补件已签收，包装要求已写入作业单"],
    "late": ["已与客户说定并兑现，客户接受", "款项和日期已书面确认"],
    "wrong_goods": ["补件已签收，错件已取回"],
    "installation": ["现场已恢复，商场签字确认", "整改完成，检测合格"],
    "repair": ["已重新修好，店长试用满意", "已更换新件，运行正常"],
    "service": ["已致歉，客户接受，跟进人已书面告知", "已当面致歉，资料补齐"],
    "price": ["款项已退回客户账户"],
    "information": ["资料已更正并送达，客户确认无误"],
}
# What keeps a cause from coming back, by month and cause.
PREVENTION = {
    ("2026-09", "transport"): "玻璃件改用木架加护角；与蜀川行、锦通运签补充协议，破损当日拍照并限期赔付；每月核对破损率",
    ("2026-10", "late"): "长假前十个工作日锁定排产，节前到货的订单单列看板；预计延误提前三天书面告知客户",
    ("2026-11", "product"): "喷涂、电气出厂检验增加色差和通电两项，每批留样照片；不合格不得入成品库",
}
NAMES = {code: columns["name"] for code, columns in lists.CUSTOMERS}
WAITS = ["客户须请示总部，批复后再答复", "店长外出培训，回来后答复", "等客户提供受损清单"]


class Complaint:
    """What a complaint is before anybody has written it down."""

    def __init__(self, desk, n, row):
        moment, taker, self.customer, self.channel, self.content, self.remedy, *rest = row
        self.department, self.cause, plans, traits = rest
        self.desk, self.dice = desk, Dice(f"complaint/{n}")
        self.moment = datetime.strptime(moment, "%Y-%m-%d %H:%M")
        self.plan, self.why, self.next_plan = (plans.split(" / ") + ["", ""])[:3]
        named = [trait.partition("=") for trait in traits.split()]
        self.traits = {name: value for name, _, value in named}
        self.taker = taker or desk.owner(self.customer, self.moment.date())
        self.number, self.holder, self.begun = None, self.taker, self.moment
        self.major = "criteria" in self.traits
        # The compensation that the next plan offers.
        self.pays = self.traits.get("comp")

    def cs(self, verb, *words, by=None):
        return self.desk.cs("complain", verb, self.number, *words, by=by or self.holder)

    def stops(self, verb):
        """Whether it stays on the desk after this step."""
        return self.traits.get("stop") == verb

    def soon(self, low, high):
        return self.dice.soon(self.desk.now, low, high)

    def morning(self, days=1):
        """A morning some working days later; with an urgent one nobody waits for a working day."""
        today = self.desk.now.date()
        day = today + timedelta(days) if "urgent" in self.traits else self.desk.workday(today, days)
        return self.dice.at(day, 9.1, 11)

    def hand_on(self, to):
        if to != self.holder:
            self.cs("hand-on", "--to", to)
            self.holder = to

    def has_officer(self):
        self.hand_on(OFFICER)

    def keeper(self):
        """Who goes on with it: after-sales with repairs, else who looks after the customer."""
        if self.cause in ("repair", "installation"):
            return AFTER_SALES
        return self.desk.owner(self.customer, self.desk.now.date()) if self.customer else OFFICER


def record_of(c):
    """The newest record of the customer that the complaint may be about: `record=KIND` or `record=KIND/MODEL`."""
    kind, _, model = c.traits.get("record", "").partition("/")
    if kind == "ship":
        cities, main = {place[0] for place in lists.PLACES[c.customer]}, lists.BASKETS[c.customer][0][0]
        found = [ship for ship, models, city, _ in c.desk.arrived if city in cities and main in models]
        return ["--record", found[-1]] if found else []
    rows = json.loads(c.desk.cs(kind, "list", "--all", "--json")) if kind else []
    found = [row["number"] for row in rows if row["customer"] == NAMES[c.customer] and row["state"] != "void"
             and model in row.get("model", "")]
    return ["--record", found[0]] if found else []


def take(c):
    words = ["--channel", c.channel, "--content", c.content, "--remedy", c.remedy,
             "--department", c.department]
    words += ["--customer", c.customer] if c.customer else ["--contact", c.dice.one(["罗女士", "苏先生"]),
                                                            "--phone", f"+86 139 0000 09{c.dice.whole(10, 99)}"]
    if c.major:
        for criterion in c.traits["criteria"].split(";"):
            words += ["--criteria", criterion]
    words += ["--amount", f"{c.traits['amount']}.00"] if "amount" in c.traits else []
    words += ["--urgent"] if "urgent" in c.traits else []
    verb = ["complain", "new"]
    if "asked" in c.traits:
        verb = ["consult", "turn-into", "complaint", consults.asked(
            c.desk, Dice(f"asked/{c.content}"), "complaint", c.channel, c.content, "已登记投诉，告知处理时限和跟进人",
            c.customer, c.taker)]
    c.number = c.desk.cs(*verb, *words, *record_of(c), by=c.taker)


def complaint_life(c):
    """A complaint from the receipt to the end."""
    desk, traits = c.desk, c.traits
    yield c.moment
    take(c)
    if "void" in traits:
        yield c.soon(5, 20)
        desk.cs("void", c.number, "--note", "客户昨日已投诉同一件事，重复登记，整单作废", by=c.taker)
        return
    out_of_hours = not desk.works(desk.now.date()) or not 9 <= desk.now.hour < 18
    if "urgent" in traits and out_of_hours and "no_leader" not in traits:
        if "leader_late" in traits:
            yield desk.now + timedelta(minutes=25)
        c.cs("call-leader", "--leader", DEPUTY if c.major else MANAGER, "--note", "电话报告")
    if c.major:
        yield desk.now + timedelta(minutes=48 if "late_officer" in traits else c.dice.whole(4, 22))
        c.has_officer()
    elif c.holder != c.keeper() and not c.stops("new"):
        yield desk.now + timedelta(minutes=c.dice.whole(3, 15))
        c.hand_on(c.keeper())
    if c.stops("new"):
        return
    if not (yield from handle(c, c.plan)):
        return
    if not (yield from name_cause(c)):
        return
    if "two" in traits:
        yield call_day(c)
        call_back(c, ["--satisfied", "no", "--note", c.why], ["--satisfaction", 2, "--need", "complaint", "--content", c.why])
        c.begun = desk.now
        if not (yield from handle(c, c.next_plan)):
            return
    if not (yield from finish(c)):
        return
    if "reopen" in traits:
        yield c.morning(6)
        c.cs("reopen", "--reason", c.why)
        c.begun = desk.now
        if (yield from handle(c, c.next_plan)):
            yield from finish(c)


def handle(c, measure):
    """From the plan to the result. False when it stays somewhere on the way."""
    desk, traits, first = c.desk, c.traits, c.begun == c.moment
    hour = desk.now.hour
    if "urgent" in traits:
        yield desk.now + timedelta(minutes=c.dice.whole(20, 55))
    else:
        yield c.soon(25, 110) if 9 <= hour < 16 and desk.works(desk.now.date()) else c.morning()
    plan(c, measure, c.pays if first and "disagree" not in traits else None)
    if "escalate" in traits and first:
        yield c.soon(20, 50)
        c.cs("escalate", "--criteria", traits["escalate"], "--note", "回访得知店员曾险些受伤")
        c.major = True
        yield c.soon(5, 20)
        c.has_officer()
    if c.stops("plan"):
        return False
    if "disagree" in traits and first:
        yield c.soon(20, 80)
        c.cs("disagree", "--reason", c.why)
        if c.stops("disagree"):
            return False
        yield c.soon(30, 90)
        plan(c, c.next_plan, c.pays)
    if not (yield from agree(c, first)):
        return False
    yield c.morning()
    paid = ["--paid", f"{c.paying}.00"] if c.paying else []
    c.cs("act", *paid)
    if c.stops("act") and not ("two" in traits and first):
        return False
    yield c.soon(25, 100)
    told = "told_late" not in traits and "untold" not in traits and c.holder != OFFICER
    result = c.dice.one(RESULTS.get(c.cause, RESULTS["price"]))
    c.cs("result", "--result", result, *(["--told", OFFICER] if told else []))
    if "told_late" in traits:
        yield c.morning()
        c.hand_on(OFFICER)
    return not c.stops("result")


def plan(c, measure, compensation):
    c.paying = compensation
    c.cs("plan", "--measure", measure, *(["--compensation", f"{compensation}.00"] if compensation else []))


def agree(c, first):
    """The signature where one is needed, and the customer's word. False when it stays there."""
    traits = c.traits
    if c.major or c.paying:
        if "late_sign" in traits:
            yield c.morning(2)
            c.cs("progress", "--report", "方案已送分管经理，分管经理出差，待签批；已先致电客户说明")
            yield c.morning()
        else:
            yield c.soon(15, 90)
        c.cs("sign", by=traits.get("signer", DEPUTY))
    if "wait" in traits and first:
        yield c.soon(15, 40)
        c.cs("wait", "--reason", c.dice.one(WAITS))
        if c.stops("wait"):
            return False
        yield c.morning(3)
        c.cs("resume", "--note", "客户已答复")
    yield c.soon(10, 60)
    c.cs("agree")
    if "void_step" in traits:
        yield c.soon(3, 9)
        c.desk.cs("void", c.number, "--step", c.desk.steps_of(c.number), "--note", "登记到别的单上了，客户尚未答复", by=c.holder)
        yield c.soon(15, 40)
        c.cs("agree")
    return not c.stops("agree")


def name_cause(c):
    """The root cause, and what keeps it from coming back. False when it stays there."""
    if "no_cause" in c.traits:
        return True
    yield c.soon(10, 50)
    c.cs("cause", "--cause", c.cause, *(["--new"] if "new_cause" in c.traits else []))
    if "prevent" in c.traits:
        yield c.soon(30, 90)
        c.cs("prevent", "--measure", PREVENTION[(c.moment.strftime("%Y-%m"), c.cause)], by=OFFICER)
        if c.traits["prevent"] == "sign":
            yield c.morning()
            c.cs("sign-prevent", by=GENERAL)
    return not c.stops("cause")


def call_day(c):
    """A moment of the days on which the customer is called back, on a working day where there is one."""
    days = [c.begun.date() + timedelta(n) for n in (5, 6, 7)]
    later = [day for day in days if day > c.desk.now.date()] or days[-1:]
    day = next((day for day in later if c.desk.works(day)), later[0])
    return max(c.dice.at(day, 9.5, 16.5), c.desk.now + timedelta(minutes=10))


def call_back(c, words, visit):
    """What came of calling back: entered at once, or, on every other day, from a visit on record."""
    if c.customer and c.desk.now.day % 2 == 0:
        number = c.desk.cs("visit", "log", c.number, *visit, by=c.holder)
        words = ["--visit", number]
    c.cs("call-back", *words)


def finish(c):
    """The call back and the end. False when it stays open."""
    yield call_day(c)
    note = c.dice.one([None, None, "客户满意，称赞处理及时", "店长满意"])
    call_back(c, ["--satisfied", "yes", *(["--note", note] if note else [])],
              ["--satisfaction", 4 + c.dice.whole(0, 1), "--content", note or "客户满意"])
    if "no_close" in c.traits or "no_cause" in c.traits:
        return False
    yield c.soon(5, 40)
    while True:
        try:
            c.cs("close")
            return True
        except Refused as refused:
            # It waits for the preventive measure to be approved.
            if "complaint.recurs" not in str(refused):
                raise
        yield c.morning()


def lives(desk):
    """All complaints, each a life."""
    return [complaint_life(Complaint(desk, n, row)) for n, row in enumerate(COMPLAINTS)]
