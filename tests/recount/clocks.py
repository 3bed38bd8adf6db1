"""Every run of every clock (R8–R36, R62), reckoned minute by minute from the records.

A run is a dictionary: clock, record, cycle, start, due, done, state, unit, used. Moments are whole minutes.
"""

from datetime import date, timedelta

from department import minute

CLOCKS = [
    ("confirm", "R8"), ("tell_delay", "R9"), ("look", "R10"), ("freight_approved", "R11"), ("notice", "R12"),
    ("slip", "R13"), ("receipt", "R15"), ("remedy", "R15"), ("photo", "R17"), ("judge", "R18"), ("ask_quote", "R20"),
    ("dispatch", "R20"), ("accept", "R21"), ("release", "R21"), ("follow_up", "R22"), ("quote", "R24"),
    ("parts", "R25"), ("complaint_officer", "R29"), ("complaint_leader", "R30"), ("complaint_handled", "R31"),
    ("complaint_told", "R32"), ("complaint_progress", "R32"), ("complaint_call_back", "R35"),
    ("complaint_cause", "R36"), ("refused", "R62"), ("return", "R62"),
]
RULES = dict(CLOCKS)


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

    def __init__(self, known, kinds=("DD", "FH", "WX", "BJ", "LJ", "TS")):
        self.known, self.now, self.runs = known, minute(known.end), []
        of_kind = {"DD": self.order, "FH": self.shipment, "WX": self.ticket, "BJ": self.quote, "LJ": self.parts,
                   "TS": self.complaint}
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
                trouble[model] = {"all": max(short, wrong) + over + damaged, "over": over, "settled": 0}
                if model in to_come:
                    to_come[model] = max(0, left - received - wrong) if partial else 0
            for remedy in receipt.taken("remedy"):
                named = {}
                for line in remedy.get("line", []):
                    named[line["model"]] = named.get(line["model"], 0) + int(line["quantity"])
                for model, pieces in trouble.items():
                    open_pieces = max(0, pieces["all"] - pieces["settled"])
                    if remedy.get("line"):
                        settles = named.get(model, 0)
                    elif remedy.get("keep"):
                        settles = min(pieces["over"], open_pieces)
                    elif remedy.get("reship"):
                        settles = min(pieces["all"] - pieces["over"], open_pieces)
                    else:
                        settles = open_pieces
                    pieces["settled"] += settles
            if any(pieces["all"] for pieces in trouble.values()):
                settled = all(pieces["settled"] >= pieces["all"] for pieces in trouble.values())
                done = at(receipt.last("remedy")) if settled else None
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
        asks = [(judged, False)] if judged else []
        for job, after in jobs:
            followed = within(job, after, "follow-up")
            if followed and followed[-1].get("result") == "faulty":
                asks.append((followed[-1], True))
        cycle = 0
        for step, again in asks:
            if customers and not approved:
                continue
            cycle += 1
            start = minute(step.at)
            if customers:
                start = max(start, minute(approved.last("approve").at))
            done = at(form.first("dispatch", after=step.index))
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
            faulty = [s for s in within(job, after, "follow-up") if s.get("result") == "faulty"]
            overtaken = min([minute(s.at) for s in faulty[:1] + ([after] if after else [])], default=None)
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
            followed = next(iter(within(job, after, "follow-up")), None)
            closed = next(iter(within(job, after, "close")), None)
            due = known.closing(on + timedelta(days=int(known.figure("repair.follow_days", on))))
            self.by_minute("follow_up", form, follows, start, due, at(followed), at(after or closed))

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
        called = taken("call-back")[-1] if taken("call-back") else None
        length = max(0, known.closing(last_day) - start)
        clock("complaint_call_back", start, length, "real", at(called), waits)


def at(step):
    return minute(step.at) if step else None


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
