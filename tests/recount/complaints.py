"""Recounts `cs report complaints --json` from the records: python3 complaints.py FOLDER NOW PERIOD …

Prints an array with the one section of the report for each period.
"""

import json
import sys
from datetime import datetime
from decimal import Decimal

import department
from clocks import CLOCKS, Runs, cause_of, cycles, major_since, same_cause
from department import Folder, Known, share, table
from sla import clocks_table, rate

OF_COMPLAINTS = [key for key, _ in CLOCKS if key.startswith("complaint_")]
IN_TIME = {
    "officer_in_time": "complaint_officer", "leader_in_time": "complaint_leader",
    "handled_in_time": "complaint_handled", "told_in_time": "complaint_told",
    "progress_in_time": "complaint_progress", "call_back_in_time": "complaint_call_back",
}
# What each step leaves behind, what people call that, and which step comes next.
LEADS_TO = {"plan": "planned", "agree": "agreed", "disagree": "disputed", "act": "acted", "result": "done",
            "close": "closed", "reopen": "new"}
STATES = {
    "new": ("received", "plan"), "planned": ("planned", "agree"), "disputed": ("not agreed", "plan"),
    "agreed": ("agreed", "act"), "acted": ("carried out", "result"), "done": ("handled", "call-back"),
    "satisfied": ("satisfied", "close"),
}
PARETO = ["taken", "share", "cumulated", "major"]


def state_of(form):
    state = "new"
    for step in form.steps:
        if step.verb == "call-back":
            state = "satisfied" if step.get("satisfied") == "yes" else "new"
        state = LEADS_TO.get(step.verb, state)
    return state


def money(amount):
    return f"{amount:.2f}"


class Counted:
    """The complaints of a period."""

    def __init__(self, folder, known):
        self.folder, self.known, self.runs = folder, known, Runs(known, ["TS"]).runs
        self.forms = known.forms["TS"]
        self.taken = [form for form in self.forms if known.holds(form.made)]

    def steps(self, verb):
        return [(form, step) for form in self.forms for step in form.taken(verb) if self.known.holds(step.at)]

    def is_major(self, form):
        return major_since(self.known, form) is not None

    # Figures: a value and its records.

    def count(self, forms):
        records = {form.number for form in forms}
        return str(len(records)), records

    def sum(self, parts):
        """Records that add nothing are left out."""
        by_record = {}
        for form, amount in parts:
            by_record[form.number] = by_record.get(form.number, Decimal(0)) + Decimal(amount)
        return money(sum(by_record.values(), Decimal(0))), [number for number, amount in by_record.items() if amount]

    def done(self, verb):
        return self.count(form for form, _ in self.steps(verb))

    def planned(self):
        parts = []
        for form in self.forms:
            for cycle in cycles(form):
                plans = [step for step in cycle["steps"] if step.verb == "plan"]
                if plans and self.known.holds(plans[-1].at) and plans[-1].get("compensation"):
                    parts.append((form, plans[-1].get("compensation")))
        return self.sum(parts)

    def paid(self):
        parts = []
        for form, act in self.steps("act"):
            plan = form.last("plan", before=act.index)
            paid = act.get("paid") or (plan and plan.get("compensation"))
            parts += [(form, paid)] if paid else []
        return self.sum(parts)

    def satisfied(self):
        calls = self.steps("call-back")
        happy = sum(step.get("satisfied") == "yes" for _, step in calls)
        return share(happy, len(calls)), {form.number for form, _ in calls}

    def further(self):
        again = lambda form: any(self.known.holds(cycle["opened"].at) for cycle in cycles(form)[1:])
        return self.count(form for form in self.forms if again(form))

    def open(self):
        return [form for form in self.forms if not form.is_over()]

    def figures(self):
        return {
            "taken": ("count", self.count(self.taken)),
            "major": ("count", self.count(filter(self.is_major, self.taken))),
            "handled": ("count", self.done("result")),
            "closed": ("count", self.done("close")),
            **{key: ("percent", rate(self.known, self.runs, clock)) for key, clock in IN_TIME.items()},
            "satisfied": ("percent", self.satisfied()),
            "disagreed": ("count", self.done("disagree")),
            "further_cycles": ("count", self.further()),
            "reopened": ("count", self.done("reopen")),
            "compensation_planned": ("money", self.planned()),
            "compensation_paid": ("money", self.paid()),
            "open": ("count", self.count(self.open())),
        }

    # Tables.

    def pareto(self, name, heads, key, cells):
        groups = {}
        for form in self.taken:
            groups.setdefault(key(form), []).append(form)
        order = sorted(groups, key=lambda key: (-len(groups[key]), key == "", key.encode()))
        rows, so_far = [], 0
        for key in order:
            forms = groups[key]
            so_far += len(forms)
            row = cells(key) + [str(len(forms)), share(len(forms), len(self.taken)), share(so_far, len(self.taken)),
                                str(sum(map(self.is_major, forms)))]
            rows.append((row, [form.number for form in forms]))
        return table(name, heads + PARETO, rows)

    def paretos(self):
        header = lambda key: lambda form: form.header.get(key, "")
        customer = lambda code: [code, self.folder.name("customers", code)] if code else [None, "not named"]
        return [
            self.pareto("by_cause", ["cause"], cause_of, lambda cause: [cause or "none"]),
            self.pareto("by_department", ["department"], header("department"), lambda name: [name or "not named"]),
            self.pareto("by_customer", ["code", "customer"], header("customer"), customer),
            self.pareto("by_channel", ["channel"], header("channel"), lambda code: [code]),
        ]

    def recurring(self):
        """R36: causes that were named often enough among the complaints of one month."""
        rows, met = [], set()
        month = lambda form: (form.day.year, form.day.month)
        for form in sorted(self.taken, key=lambda form: department.number_key(form.number)):
            cause = cause_of(form)
            if not cause or (month(form), cause) in met:
                continue
            met.add((month(form), cause))
            same = same_cause(self.forms, form)
            least = self.known.figure("complaint.recurs", form.day)
            if not least or len(same) < least:
                continue
            cells = [form.day.strftime("%Y-%m"), cause, str(len(same)), *self.prevention(same)]
            rows.append((cells, [other.number for other in same]))
        columns = ["month", "cause", "taken", "measure", "approval", "approved_by", "approved_on"]
        return table("recurring", columns, rows)

    def prevention(self, same):
        """The measure: an approved one before others, the latest record's of several."""
        found = []
        for form in sorted(same, key=lambda form: department.number_key(form.number)):
            measure = form.last("prevent")
            if measure:
                signed = [step for step in form.taken("sign-prevent") if step.index > measure.index]
                found.append((bool(signed), measure, signed[-1] if signed else None))
        if not found:
            return [None, "none", None, None]
        approved, measure, signed = max(enumerate(found), key=lambda pair: (pair[1][0], pair[0]))[1]
        if not approved:
            return [measure.get("measure"), "written", None, None]
        by = self.folder.name("staff", signed.by)
        return [measure.get("measure"), "approved", by, self.known.day(signed.at).isoformat()]

    def next(self, form):
        cycle = cycles(form)[-1]
        waits = [step.verb for step in cycle["steps"] if step.verb in ("wait", "resume")]
        if waits and waits[-1] == "wait":
            return "resume"
        state = state_of(form)
        plans = [step for step in cycle["steps"] if step.verb == "plan"]
        if state in ("planned", "agreed"):
            pays = Decimal(plans[-1].get("compensation") or 0) > 0
            signed = form.first("sign", after=plans[-1].index)
            if not signed and (pays or self.is_major(form)):
                return "sign"
        if state == "satisfied" and not cause_of(form):
            return "cause"
        return STATES[state][1]

    def open_ones(self):
        rows = []
        for form in sorted(self.open(), key=lambda form: department.number_key(form.number)):
            handed = form.last("hand-on")
            holder = handed.get("to") if handed else form.number.split("-")[2]
            cells = [
                form.number, self.folder.name("customers", form.header.get("customer", "")), form.day.isoformat(),
                str((self.known.today - form.day).days), "yes" if self.is_major(form) else None,
                str(len(cycles(form))), STATES[state_of(form)][0], self.folder.name("staff", holder), self.next(form),
            ]
            rows.append((cells, [form.number]))
        columns = ["number", "customer", "taken", "days_open", "major", "cycle", "state", "holder", "next"]
        return table("open", columns, rows)


def section(folder, now, period):
    counted = [Counted(folder, Known(folder, span, now)) for span in department.parse_period(period)]
    values = [of.figures() for of in counted]
    figures = [department.figure(key, unit, values, lambda of, key=key: of[key][1])
               for key, (unit, _) in values[0].items()]
    this = counted[0]
    clocks = clocks_table(this.known, this.runs, OF_COMPLAINTS)
    tables = this.paretos() + [clocks, this.recurring(), this.open_ones()]
    return {"name": "complaints", "figures": figures, "tables": tables}


def main():
    root, now, *periods = sys.argv[1:]
    folder = Folder(root)
    moment = datetime.fromisoformat(now).replace(tzinfo=folder.zone)
    print(json.dumps([section(folder, moment, period) for period in periods], ensure_ascii=False))


if __name__ == "__main__":
    main()
