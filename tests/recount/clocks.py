"""Every run of every clock (R8–R43, R50, R51, R62), reckoned minute by minute from the records.

A run is a dictionary: clock, record, cycle, start, due, done, state, unit, used. Moments are whole minutes.
"""

from datetime import date, timedelta

from department import minute, number_key

CLOCKS = [
    ("confirm", "R8"), ("tell_delay", "R9"), ("look", "R10"), ("freight_approved", "R11"), ("notice", "R12"),
    ("slip", "R13"), ("receipt", "R15"), ("remedy", "R15"), ("photo", "R17"), ("judge", "R18"), ("ask_quote", "R20"),
    ("dispatch", "R20"), ("accept", "R21"), ("release", "R21"), ("follow_up", "R22"), ("quote", "R24"),
    ("parts", "R25"), ("consult_answered", "R27"), ("complaint_officer", "R29"), ("complaint_leader", "R30"), ("complaint_handled", "R31"),
    ("complaint_told", "R32"), ("complaint_progress", "R32"), ("complaint_call_back", "R35"),
    ("complaint_cause", "R36"), ("complaint_prevention", "R36"), ("visit_need", "R38"), ("improvement_analysed", "R42"),
    ("improvement_planned", "R42"), ("improvement_sent", "R42"), ("improvement_answered", "R42"),
    ("improvement_implemented", "R42"), ("improvement_verified", "R42"), ("improvement_closed", "R42"),
    ("claim_notified", "R43"), ("claim_papers", "R43"), ("claim_assessed", "R43"), ("claim_settled", "R43"),
    ("claim_corrective", "R43"), ("claim_closed", "R43"), ("work_done", "R50"), ("meeting_minutes", "R51"),
    ("meeting_todo", "R51"), ("refused", "R62"), ("return", "R62"),
]
RULES = dict(CLOCKS)
CAUSES = {
    "product": ("product quality", "产品质量"), "packing": ("packing", "包装不当"),
    "transport": ("damage on the way", "运输损坏"), "late": ("late delivery", "延误"),
    "wrong_goods": ("wrong or missing goods", "错发漏发"), "installation": ("installation", "安装问题"),
    "repair": ("repair", "维修问题"), "service": ("service or manner", "服务态度"),
    "price": ("price or charges", "价格费用"), "information": ("wrong information", "信息有误"),
}
# What an improvement waits for after each step, and a claim.
IMPROVING = {"new": "analyse", "reopen": "analyse", "analyse": "plan", "plan": "send", "send": "answer",
             "remind": "answer", "implement": "verify", "close": None, "drop": None}
CLAIMING = {"new": "notify", "notify": "papers", "papers": "assess", "appeal": "assess", "assessed": "settle",
            "settled": "end", "refused": "end", "close": None, "withdraw": None}


class Clock:
    """A target of `unit` (real, business, workday) from a start, less pauses, up to a last minute that is looked at."""

    def __init__(self, known, start, amount, unit, pauses=(), end=None):
        self.known, self.start, self.amount, self.unit, self.end = known, start, amount, unit, end
        self.pauses = [(a, end if b is None or (end is not None and b > end) else b) for a, b in pauses]

    def is_paused(self, at):
        return any(a <= at < b for a, b in self.pauses)

    def counts(self, at):
        return not self.is_paused(at) and (self.unit == "real" or self.known.is_open(at))

    def due(self):
        if self.unit == "workday":
            day = self.known.day_of(self.start)
            left = self.amount
            while True:
                closing = self.known.closing(day)
                if self.known.is_working_day(day) and closing >= self.start and not self.is_paused(closing - 1):
                    if left == 0:
                        return closing
                    left -= 1
                day += timedelta(days=1)
        at, left = self.start, self.amount
        while left > 0:
            left -= self.counts(at)
            at += 1
        return at

    def used(self, end):
        return sum(self.counts(at) for at in range(self.start, end))


def target(text):
    """`30m real`, `48h real`, `480m business`, `3 workdays`."""
    amount, unit = text.split()
    if unit.startswith("workday"):
        return int(amount), "workday"
    return int(amount[:-1]) * (60 if amount.endswith("h") else 1), unit


class Runs:
    """The runs of all clocks in a department as it was known at a moment."""

    def __init__(self, known, kinds=("DD", "FH", "WX", "BJ", "LJ", "TS", "ZX", "HF", "ZG", "LP", "GZ", "HY")):
        self.known, self.now, self.runs = known, minute(known.end), []
        of_kind = {"DD": self.order, "FH": self.shipment, "WX": self.ticket, "BJ": self.quote, "LJ": self.parts,
                   "TS": self.complaint, "ZX": self.consult, "HF": self.visit, "ZG": self.improvement,
                   "LP": self.claim, "GZ": self.work, "HY": self.meeting}
        for kind in kinds:
            for form in known.forms[kind]:
                of_kind[kind](form)

    # What all have in common.

    def add(self, clock, form, cycle, start, due, done, unit, used=None, until=None):
        """Notes a run: met by its due minute (R46), missed once that has passed. One that nobody waits for any more is
        none, unless it was late by then."""
        ends = [] if until is None else [until]
        if form.is_over():
            ends.append(minute(form.last_moment()))
        waited = min(ends) if ends and done is None else None
        seen = self.now if waited is None else waited
        if done is not None:
            state = "met" if done <= due else "missed"
        elif seen > due:
            state = "missed"
        elif waited is not None:
            return
        else:
            state = "open"
        end = seen if done is None else done
        minutes = (lambda end: end - start) if used is None else used
        self.runs.append({"clock": clock, "record": form.number, "cycle": cycle, "start": start, "due": due,
                          "done": done, "state": state, "unit": unit, "used": max(0, minutes(end))})

    def by_workdays(self, clock, form, cycle, start, days, done, until=None):
        running = Clock(self.known, start, int(days), "workday")
        self.add(clock, form, cycle, start, running.due(), done, "working", running.used, until)

    def by_target(self, clock, form, cycle, start, written, done):
        amount, unit = target(written)
        running = Clock(self.known, start, amount, unit)
        self.add(clock, form, cycle, start, running.due(), done, "real" if unit == "real" else "working", running.used)

    def by_days(self, clock, form, cycle, step, days, done, until=None):
        """Due at closing time, so many days after the day of a step."""
        due = self.known.closing(self.known.day(step.at) + timedelta(days=int(days)))
        self.by_minute(clock, form, cycle, minute(step.at), due, done, until)

    def by_minute(self, clock, form, cycle, start, due, done, until=None):
        self.add(clock, form, cycle, start, due, done, "real", None, until)

    # Orders.

    def order(self, form):
        figure = lambda key: self.known.figure(key, form.day)
        confirmed = form.first("confirm")
        if confirmed or not form.is_over():
            self.by_workdays("confirm", form, 1, minute(form.made), figure("order.confirm_workdays"), at(confirmed))
        delays = form.taken("delay")
        for cycle, delay in enumerate(delays, 1):
            told = next((later for later in delays if later.index >= delay.index and later.get("told")), None)
            self.by_minute("tell_delay", form, cycle, minute(delay.at), minute(delay.at), at(told))
        if not confirmed:
            return
        finish = form.last("finish")
        looks = sorted(step.at for step in form.taken("confirm", "plan", "progress", "delay", "change")
                       if step.at >= confirmed.at and not (finish and step.at > finish.at))
        by_day = {}
        for look in looks:
            by_day.setdefault(self.known.day(look), []).append(look)
        days = sorted(by_day)
        for cycle, day in enumerate(days, 1):
            start = minute(by_day[day][-1])
            done = minute(by_day[days[cycle]][0]) if cycle < len(days) else at(finish)
            gap = int(figure("order.progress_workdays"))
            since = start
            if self.known.is_working_day(day):
                since = min(start, self.known.closing(day))
            else:
                gap = max(0, gap - 1)
            running = Clock(self.known, since, gap, "workday")
            self.add("look", form, cycle, start, running.due(), done, "working", running.used)

    # Shipments, receipts, returns.

    def shipment(self, form):
        known = self.known
        moved = lambda key: next((step.get(key) for step in reversed(form.taken("reschedule", "redeliver"))
                                  if step.get(key)), form.header.get(key))
        depart, arrive = moved("depart"), moved("arrive")
        receipts = sorted((r for r in known.forms["DH"] if r.header["shipment"] == form.number),
                          key=lambda r: (r.header["arrived_at"], r.number))
        made = minute(form.made)
        if depart:
            self.by_minute("freight_approved", form, 1, made, known.midnight(depart) - 1, at(form.last("approve")))
            notice = None
            for step in form.taken("notify", "reschedule"):
                if step.verb == "notify":
                    notice = notice or step
                elif step.get("depart"):
                    notice = None
            days = int(known.figure("shipment.notify_days", form.day))
            self.by_minute("notice", form, 1, made, known.closing(depart - timedelta(days=days)), at(notice))
        if receipts:
            arrived = max(receipt.header["arrived_at"] for receipt in receipts)
            day = known.day(arrived)
            due = known.closing(day + timedelta(days=int(known.figure("shipment.slip_days", day))))
            self.by_minute("slip", form, 1, minute(arrived), due, at(form.last("slip")))
        departed = form.last("depart")
        if departed and arrive:
            whole = [minute(receipt.made) for receipt in receipts if not receipt.header.get("partial")]
            self.by_minute("receipt", form, 1, minute(departed.at), known.closing(arrive), min(whole, default=None))
        self.remedies(form, receipts)
        for cycle, refused in enumerate(form.taken("refused"), 1):
            then = form.first("redeliver", "return", after=refused.index)
            days = known.figure("receipt.remedy_workdays", known.day(refused.at))
            self.by_workdays("refused", form, cycle, minute(refused.at), days, at(then))
        stages = form.taken("return", "return-approve", "return-back", "return-credit", "return-replace")
        asking = [step for step in stages if step.verb in ("return", "return-approve", "return-back")]
        for cycle, step in enumerate(asking, 1):
            then = stages[stages.index(step) + 1] if step is not stages[-1] else None
            days = known.figure("receipt.remedy_workdays", known.day(step.at))
            done = at(then) if then and then.verb != "return" else None
            self.by_workdays("return", form, cycle, minute(step.at), days, done)

    def remedies(self, shipment, receipts):
        """What was wrong with each arrival, against what was still to come, and when the last of it was settled."""
        to_come = {}
        for line in shipment.header.get("line", []):
            to_come[line["model"]] = to_come.get(line["model"], 0) + int(line["quantity"])
        for receipt in receipts:
            partial = bool(receipt.header.get("partial"))
            came = {}
            for line in receipt.header.get("line", []):
                counts = came.setdefault(line["model"], [0, 0, 0])
                for place, key in enumerate(("received", "damaged", "wrong")):
                    counts[place] += int(line.get(key, 0))
            if not partial:
                for model, left in to_come.items():
                    if left:
                        came.setdefault(model, [0, 0, 0])
            trouble = {}
            for model, (received, damaged, wrong) in came.items():
                left = to_come.get(model, 0)
                short = 0 if partial else max(0, left - received)
                over = max(0, received - left)
                trouble[model] = (max(short, wrong) + over + damaged, over)
                if model in to_come:
                    to_come[model] = max(0, left - received - wrong) if partial else 0
            if any(pieces for pieces, _ in trouble.values()):
                claims = [claim for claim in known_claims(self.known, receipt)]
                moments = sorted([step.at for step in receipt.taken("remedy")] + [claim.made for claim in claims])
                is_settled = lambda at: not still_open(trouble, receipt, claims, at)
                done = None
                if is_settled(self.known.end):
                    done = minute(next(at for at in moments if is_settled(at)))
                days = self.known.figure("receipt.remedy_workdays", receipt.day)
                self.by_workdays("remedy", receipt, 1, minute(receipt.header["arrived_at"]), days, done)

    # Repairs.

    def quotes_of(self, ticket):
        return [quote for quote in self.known.forms["BJ"] if quote.header["repair"] == ticket.number]

    def approved(self, ticket):
        return next((quote for quote in self.quotes_of(ticket) if quote.last("approve")), None)

    def ticket(self, form):
        known = self.known
        figure = lambda key: known.figure(key, form.day)
        made, judged = minute(form.made), form.first("judge")
        photo = made if form.header.get("photo") else at(next((s for s in form.taken("photo") if s.get("photo")), None))
        self.by_workdays("photo", form, 1, made, figure("repair.judge_workdays"), photo, at(judged))
        self.by_workdays("judge", form, 1, made, figure("repair.judge_workdays"), at(judged))
        sent = form.taken("dispatch")
        before = sent[0].index if sent else 10**9
        judged = form.last("judge", "rejudge", before=before)
        quotes, approved = self.quotes_of(form), self.approved(form)
        customers = form.header.get("arranged_by") == "customer"
        if judged and customers:
            start = minute(judged.at)
            first = min((minute(quote.made) for quote in quotes), default=None)
            done = None if first is None else max(first, start)
            self.by_workdays("ask_quote", form, 1, start, figure("repair.quote_workdays"), done)
        jobs = [(job, sent[place + 1] if place + 1 < len(sent) else None) for place, job in enumerate(sent)]
        within = lambda job, after, verb: [s for s in form.taken(verb)
                                           if job.index < s.index < (after.index if after else 10**9)]
        follow_ups = self.follow_ups(form)
        checks = lambda job, after: [found for found in follow_ups
                                     if job.index < found[0] < (after.index if after else 10**9)]
        asks = [(judged.index, judged.at, False)] if judged else []
        for job, after in jobs:
            if checks(job, after) and checks(job, after)[-1][3]:
                asks.append((checks(job, after)[-1][0], checks(job, after)[-1][2], True))
        cycle = 0
        for index, moment, again in asks:
            if customers and not approved:
                continue
            cycle += 1
            start = minute(moment)
            if customers:
                start = max(start, minute(approved.last("approve").at))
            done = at(form.first("dispatch", after=index))
            wanted = form.header.get("wanted_by")
            if wanted and not again:
                self.by_minute("dispatch", form, cycle, start, known.closing(wanted), done)
            else:
                self.by_workdays("dispatch", form, cycle, start, figure("repair.dispatch_workdays"), done)
        accepts = releases = follows = 0
        ours = self.is_covered(form) and approved
        for job, after in jobs:
            repaired = next(iter(within(job, after, "repaired")), None)
            if not repaired:
                continue
            followed = [minute(found[2]) for found in checks(job, after)]
            faulty = [minute(found[2]) for found in checks(job, after) if found[3]]
            overtaken = min(faulty[:1] + ([minute(after.at)] if after else []), default=None)
            day = known.day(repaired.at)
            month_end = date(day.year + day.month // 12, day.month % 12 + 1, 1) - timedelta(days=1)
            accepted = next(iter(within(job, after, "accept")), None)
            accepts += 1
            self.by_minute("accept", form, accepts, minute(repaired.at), known.closing(month_end), at(accepted),
                           overtaken)
            if ours and accepted:
                releases += 1
                released = next(iter(within(job, after, "reimburse")), None)
                self.by_minute("release", form, releases, minute(accepted.at), known.closing(month_end), at(released),
                               overtaken)
            on = repaired.get("on") or day
            start = minute(repaired.at) if on >= day else known.closing(on)
            follows += 1
            closed = next(iter(within(job, after, "close")), None)
            due = known.closing(on + timedelta(days=int(known.figure("repair.follow_days", on))))
            self.by_minute("follow_up", form, follows, start, due, next(iter(followed), None),
                           at(after or closed))

    def is_covered(self, form):
        """R17–R19: a fault of ours within warranty, with a photo."""
        judged = form.last("judge", "rejudge")
        made_on = form.header.get("made_on")
        if not judged or judged.get("cause") != "quality" or not made_on:
            return False
        months = made_on.month - 1 + int(self.known.figure("repair.warranty_months", form.day))
        year, month = made_on.year + months // 12, months % 12 + 1
        last_of_month = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        covered_to = date(year, month, min(made_on.day, last_of_month))
        photos = form.header.get("photo") or any(step.get("photo") for step in form.taken("photo"))
        return form.day <= covered_to and bool(photos)

    def quote(self, form):
        ticket = self.known.by_number.get(form.header["repair"])
        ends = []
        if ticket:
            other = self.approved(ticket)
            ends += [minute(ticket.last_moment())] if ticket.is_over() else []
            ends += [minute(other.last("approve").at)] if other and other is not form else []
        decided = form.first("approve", "decline")
        days = self.known.figure("repair.quote_workdays", form.day)
        self.by_workdays("quote", form, 1, minute(form.made), days, at(decided), min(ends, default=None))

    def parts(self, form):
        if not form.last("reject"):
            days = self.known.figure("parts.send_workdays", form.day)
            self.by_workdays("parts", form, 1, minute(form.made), days, at(form.last("send")))

    def follow_ups(self, form):
        """R22: by a step of the ticket, or by a visit once the fixture was mended. Each is (place, by visit, when, faulty)."""
        found = [(step.index, False, step.at, step.get("result") == "faulty") for step in form.taken("follow-up")]
        for visit in self.known.forms["HF"]:
            if visit.header["purpose"] == "repair_follow_up" and visit.header.get("record") == form.number:
                before = [step for step in form.steps if step.at < visit.made]
                work = [step.verb for step in before if step.verb in ("dispatch", "repaired")]
                same_moment = [step.index for step in form.taken("repaired") if step.at == visit.made]
                if work and work[-1] == "repaired":
                    found.append((before[-1].index, True, visit.made, visit.header.get("fixture") == "faulty"))
                elif same_moment:
                    found.append((same_moment[0], True, visit.made, visit.header.get("fixture") == "faulty"))
        return sorted(found)

    # Consults, visits.

    def consult(self, form):
        """R27, R46: each time that it was asked, to the first answer after it."""
        asked = form.taken("new", "ask-again")
        for cycle, step in enumerate(asked, 1):
            after = asked[cycle].index if cycle < len(asked) else 10**9
            answers = [answer for answer in form.taken("answer") if step.index < answer.index < after]
            written = self.known.figure("consult.answer_target", self.known.day(step.at))
            self.by_target("consult_answered", form, cycle, minute(step.at), written, at(next(iter(answers), None)))

    def visit(self, form):
        """R38: a need is seen to by its outcome, or by what was made of it."""
        need = form.header["need"]
        if need == "nothing" or need == "complaint" and form.header["purpose"] == "complaint_call_back":
            return
        made = [other.made for other in self.known.forms["TS"] if other.header.get("record") == form.number]
        made += [other.made for other in self.known.forms["ZG"] if form.number in other.header.get("born_of", [])]
        made += [step.at for step in form.taken("follow")]
        done = minute(min(made)) if made else None
        days = self.known.figure("visit.follow_workdays", form.day)
        self.by_workdays("visit_need", form, 1, minute(form.made), days, done)

    # Improvements, claims.

    def waits(self, form, leads):
        """What is waited for, since which step, and which one ended that."""
        found = []
        for step in form.steps:
            if step.verb in ("confirm", "verify"):
                then = {"confirm": "implement", "verify": "close"}[step.verb]
                wait = "plan" if "no" in (step.get("answer"), step.get("works")) else then
            elif step.verb in leads:
                wait = leads[step.verb]
            else:
                continue
            if found:
                found[-1][2] = step
            found.append([wait, step, None])
        return found

    def improvement(self, form):
        ends = {"analyse": ["analyse"], "plan": ["plan"], "send": ["send"], "answer": ["confirm", "remind"],
                "implement": ["implement"], "verify": ["verify"], "close": ["close"]}
        clocks = {"analyse": "analysed", "plan": "planned", "send": "sent", "answer": "answered",
                  "implement": "implemented", "verify": "verified", "close": "closed"}
        figures = {"analyse": "improve.analyse_workdays", "plan": "improve.plan_workdays",
                   "send": "improve.send_workdays", "verify": "improve.verify_workdays"}
        cycles_of = {}
        for wait, since, then in self.waits(form, IMPROVING):
            if wait is None:
                continue
            cycle = cycles_of[wait] = cycles_of.get(wait, 0) + 1
            key, start = "improvement_" + clocks[wait], minute(since.at)
            figure = lambda name: self.known.figure(name, self.known.day(since.at))
            done, until = at(then) if then and then.verb in ends[wait] else None, at(then)
            if wait == "answer":
                self.by_days(key, form, cycle, since, figure("improve.confirm_days"), done, until)
            elif wait == "implement":
                plan = form.last("plan", before=since.index)
                self.by_minute(key, form, cycle, start, self.known.closing(plan.get("due")), done, until)
            else:
                days = figure(figures[wait]) if wait in figures else 0
                self.by_workdays(key, form, cycle, start, days, done, until)

    def claim(self, form):
        known = self.known
        start = minute(loss_known(known, form))
        day = known.day_of(start)
        self.by_target("claim_notified", form, 1, start, known.figure("claim.notify", day), at(form.last("notify")))
        cycles_of = {}
        for wait, since, then in self.waits(form, CLAIMING):
            if wait in (None, "notify"):
                continue
            cycle = cycles_of[wait] = cycles_of.get(wait, 0) + 1
            figure = lambda name: known.figure(name, known.day(since.at))
            ended_by = lambda *verbs: at(then) if then and then.verb in verbs else None
            start, until = minute(since.at), at(then)
            if wait == "papers":
                days = figure("claim.papers_workdays")
                self.by_workdays("claim_papers", form, cycle, start, days, ended_by("papers"), until)
            elif wait == "assess":
                done = ended_by("assessed", "refused")
                self.by_days("claim_assessed", form, cycle, since, figure("claim.assess_days"), done, until)
            elif wait == "settle":
                done = ended_by("settled", "refused")
                self.by_days("claim_settled", form, cycle, since, figure("claim.settle_days"), done, until)
            else:
                self.ending(form, cycle, cycles_of, since, then)

    def ending(self, form, cycle, cycles_of, since, then):
        """Once the insurer paid or refused: what keeps such a loss from coming again, by when, and the end."""
        start, until = minute(since.at), at(then)
        named = [step for step in form.taken("corrective") if not then or step.index < then.index]
        done = max(start, minute(named[0].at)) if named else None
        self.by_workdays("claim_corrective", form, cycle, start, 0, done, until)
        if not named:
            return
        cycle = cycles_of["closed"] = cycles_of.get("closed", 0) + 1
        closed = at(then) if then and then.verb == "close" else None
        same_day = Clock(self.known, start, 0, "workday")
        by_day = self.known.closing(named[-1].get("due"))
        if by_day > same_day.due():
            self.by_minute("claim_closed", form, cycle, start, by_day, closed, until)
        else:
            self.by_workdays("claim_closed", form, cycle, start, 0, closed, until)

    # Planned work, meetings. Both go by days: what is done on its day is in time, however late that evening.

    def on_its_day(self, step, day):
        """A step's minute; up to its day at most that day's closing time."""
        moment = minute(step.at)
        return min(moment, self.known.closing(day)) if self.known.day(step.at) <= day else moment

    def work(self, form):
        """R50: each day that an item was to be done by, up to what ended it there."""
        written = [step.get("due") for step in form.taken("edit") if step.get("due")]
        terms = [(form.made, date.fromisoformat((written or [form.header["due"]])[-1]))]
        carried = form.taken("carry-over")
        terms += [(step.at, date.fromisoformat(step.get("due"))) for step in carried]
        for cycle, (since, day) in enumerate(terms, 1):
            done = until = None
            if cycle <= len(carried):
                until = self.on_its_day(carried[cycle - 1], day)
            elif dropped := form.last("drop"):
                until = self.on_its_day(dropped, day)
            elif finished := form.last("done"):
                on = date.fromisoformat(finished.get("done_on") or self.known.day(finished.at).isoformat())
                early = on < self.known.day(finished.at)
                done = self.known.closing(on) if early else self.on_its_day(finished, day)
            self.by_minute("work_done", form, cycle, minute(since), self.known.closing(day), done, until)

    def meeting(self, form):
        """R51: the minutes on the meeting's day, and each to-do on its own."""
        current = lambda key: next((step.get(key) for step in reversed(form.taken("edit")) if step.get(key)),
                                   form.header.get(key))
        day = self.known.day(current("when"))
        held, cancelled = form.last("minutes"), form.last("cancel")
        self.by_minute("meeting_minutes", form, 1, minute(form.made), self.known.closing(day),
                       held and self.on_its_day(held, day), cancelled and self.on_its_day(cancelled, day))
        if held is None:
            return
        for cycle, todo in enumerate(held.get("todo") or form.header.get("todo", []), 1):
            done = next((step for step in form.taken("todo-done") if step.get("todo") == cycle), None)
            self.by_minute("meeting_todo", form, cycle, minute(held.at), self.known.closing(todo["due"]),
                           done and self.on_its_day(done, todo["due"]))

    # Complaints.

    def is_officer(self, code, moment):
        row = next((row for row in self.known.folder.rows("staff") if row["code"] == code), None)
        day = self.known.day(moment).isoformat()
        here = row and (not row.get("joined") or row["joined"] <= day) and (not row.get("left") or row["left"] >= day)
        return bool(here) and "complaints" in row["roles"].split(";")

    def complaint(self, form):
        since = major_since(self.known, form)
        for number, cycle in enumerate(cycles(form), 1):
            self.cycle(form, number, cycle, since)
        satisfied = next((s for s in form.taken("call-back") if s.get("satisfied") == "yes"), None)
        if satisfied:
            named = form.first("cause")
            done = max(minute(named.at), minute(satisfied.at)) if named else None
            self.by_workdays("complaint_cause", form, 1, minute(satisfied.at), 0, done)
        same = same_cause(self.known.forms["TS"], form)
        least = self.known.figure("complaint.recurs", form.day)
        if cause_of(form) and least and len(same) >= least:
            named = lambda other: (other.last("cause").at, number_key(other.number))
            if sorted(same, key=named)[least - 1] is form:
                start = minute(form.last("cause").at)
                approvals = [minute(sign.at) for sign in map(approval, same) if sign]
                done = max(start, min(approvals)) if approvals else None
                self.by_workdays("complaint_prevention", form, 1, start, 0, done)

    def cycle(self, form, number, cycle, since):
        known, opened, steps, ended = self.known, cycle["opened"], cycle["steps"], cycle["ended"]
        start = minute(opened.at)
        figure = lambda key: known.figure(key, known.day(opened.at))
        taken = lambda verb: [step for step in steps if step.verb == verb]
        seen = min(minute(ended.at), self.now) if ended else self.now
        waits, since_wait = [], None
        for step in steps:
            if step.verb == "wait" and since_wait is None:
                since_wait = minute(step.at)
            elif step.verb == "resume" and since_wait is not None:
                waits.append((since_wait, minute(step.at)))
                since_wait = None
        if since_wait is not None:
            waits.append((since_wait, minute(ended.at) if ended else None))

        def clock(key, start, amount, unit, done, pauses):
            done = done if done is not None and done <= seen else None
            end = seen if done is None else done
            running = Clock(known, start, amount, unit, pauses, end)
            due = running.due()
            state = "missed" if end > due else "open" if done is None else "met"
            if state == "open" and (ended or form.is_over()):
                return
            self.runs.append({"clock": key, "record": form.number, "cycle": number, "start": start, "due": due,
                              "done": done, "state": state, "unit": "real" if unit == "real" else "working",
                              "used": running.used(end)})

        def by_policy(key, figure_key, start, done, pauses=()):
            clock(key, start, *target(figure(figure_key)), done, pauses)

        officers = [step for step in [opened] + steps if self.is_officer(step.by, step.at)
                    or step.verb == "hand-on" and self.is_officer(step.get("to"), step.at)]
        if since and (not ended or since.index < ended.index):
            begun = max(start, minute(since.at))
            has_it = max(begun, minute(officers[0].at)) if officers else None
            by_policy("complaint_officer", "complaint.officer", begun, has_it)
        if number == 1 and form.header.get("urgent") and not known.is_open(start):
            by_policy("complaint_leader", "complaint.leader", start, at(next(iter(taken("call-leader")), None)))
        result = taken("result")[-1] if taken("result") else None
        by_policy("complaint_handled", "complaint.handle", start, at(result), waits)
        last = start
        for report in taken("progress"):
            by_policy("complaint_progress", "complaint.progress", last, minute(report.at), waits)
            last = minute(report.at)
        by_policy("complaint_progress", "complaint.progress", last, at(result), waits)
        if result:
            later = [step for step in taken("hand-on")
                     if step.index > result.index and self.is_officer(step.get("to"), step.at)]
            if result.get("told") or self.is_officer(result.by, result.at):
                told = result
            else:
                told = later[0] if later else ended
            by_policy("complaint_told", "complaint.told", minute(result.at), at(told))
        last_day = known.day(opened.at) + timedelta(days=int(figure("complaint.call_back_days")))
        called = [step.at for step in taken("call-back")[-1:]]
        called += [visit.made for visit in known.forms["HF"]
                   if visit.header["purpose"] == "complaint_call_back" and visit.header.get("record") == form.number
                   and taken("result") and taken("result")[0].at <= visit.made
                   and (not ended or visit.made <= ended.at)]
        length = max(0, known.closing(last_day) - start)
        done = minute(min(called)) if called else None
        clock("complaint_call_back", start, length, "real", done, waits)


def at(step):
    return minute(step.at) if step else None


def known_claims(known, receipt):
    """The claims for a receipt, those withdrawn left out."""
    claims = [claim for claim in known.forms["LP"] if claim.header["record"] == receipt.number]
    return [claim for claim in claims if not claim.last("withdraw")]


def still_open(trouble, receipt, claims, moment):
    """The pieces with something wrong that neither the remedies nor the claims of a moment settled (R15). `trouble` has
    for each model all such pieces, and those that were too many."""
    left = {model: pieces for model, (pieces, _) in trouble.items()}
    for remedy in receipt.taken("remedy"):
        if remedy.at > moment:
            continue
        for model, (pieces, over) in trouble.items():
            named = sum(int(line["quantity"]) for line in remedy.get("line", []) if line["model"] == model)
            if remedy.get("line"):
                settles = named
            elif remedy.get("keep"):
                settles = over
            elif remedy.get("reship"):
                settles = pieces - over
            else:
                settles = pieces
            left[model] = max(0, left[model] - settles)
    for claim in claims:
        if claim.made > moment:
            continue
        lost = {}
        for loss in claim.header["loss"]:
            model = next((model for model in left if model.lower() == loss["what"].lower()), None)
            lost[model] = lost.get(model, 0) + int(loss["quantity"])
        for model in left:
            # One that names none of the models is for all of it.
            settles = lost.get(model, 0) if set(lost) - {None} else left[model]
            left[model] = max(0, left[model] - settles)
    return sum(left.values())


def loss_known(known, claim):
    """When a loss became known (R43)."""
    record = known.by_number.get(claim.header["record"])
    moments = [claim.made]
    if record and record.prefix == "DH":
        moments.append(record.header["arrived_at"])
    elif record and record.prefix == "FH":
        moments += [step.at for step in record.taken("refused")[:1]]
    elif record:
        judged = [step for step in record.taken("judge", "rejudge") if step.get("cause") == "logistics"]
        moments += [step.at for step in judged[:1]]
    return min(moments)


def cause_of(form):
    """The root cause as last named, by its code where it is a known one (R36)."""
    step = form.last("cause")
    if step is None:
        return ""
    written = step.get("cause").strip()
    for code, names in CAUSES.items():
        if written == names[1] or written.lower() == names[0]:
            return code
    return written


def same_cause(complaints, form):
    """The complaints of a complaint's month that had its cause, it among them."""
    month = lambda day: (day.year, day.month)
    return [other for other in complaints if month(other.day) == month(form.day) and cause_of(other) == cause_of(form)]


def approval(form):
    """The approval of a complaint's preventive measure as last written (R36)."""
    measure = form.last("prevent")
    signed = [step for step in form.taken("sign-prevent") if measure and step.index > measure.index]
    return signed[-1] if signed else None


def cycles(form):
    """R35, R46: a complaint begins anew when the customer is not satisfied, and when it is opened again."""
    found = []
    for step in form.steps:
        unhappy = step.verb == "call-back" and step.get("satisfied") == "no"
        if found and not found[-1]["ended"]:
            found[-1]["steps"].append(step)
            found[-1]["ended"] = step if unhappy or step.verb == "close" else None
        if unhappy or step.verb in ("new", "reopen"):
            found.append({"opened": step, "steps": [], "ended": None})
    return found


def major_since(known, form):
    """The step since which a complaint is a major one (R28)."""
    large = float(form.header.get("amount", -1)) >= float(known.figure("complaint.large_loss", form.day))
    if form.header.get("criteria") or large:
        return form.steps[0]
    return next((step for step in form.taken("escalate") if step.get("criteria")), None)
