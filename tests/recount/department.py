"""A department's folder, read for a recount: forms, lists, policy, the working calendar and periods.

Written against the rules and the folder's layout alone. It shares no code with `cs` and does everything the slow way:
a calendar is asked minute by minute.
"""

import csv
import sys

if sys.version_info < (3, 11):
    sys.exit("the recount needs Python 3.11 or newer")

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

# Where the records of each kind lie, by the letters that begin their numbers.
KINDS = {"DD": "orders", "FH": "shipments", "DH": "receipts", "WX": "repairs", "BJ": "quotes", "LJ": "parts",
         "TS": "complaints", "ZG": "improvements", "LP": "claims", "HY": "meetings"}
# The kinds of which a month's records lie in one file, a row for each step.
IN_ROWS = {"ZX": "consults", "HF": "visits", "GZ": "work"}
# The steps that end a record's life. A complaint that is opened again lives again.
ENDS = {"DD": {"cancel", "close"}, "FH": {"close"}, "DH": set(), "WX": {"reject", "close"},
        "BJ": {"approve", "decline"}, "LJ": {"received", "reject"}, "TS": {"close"}, "ZG": {"close", "drop"},
        "LP": {"close", "withdraw"}, "ZX": {"answer"}, "HF": {"follow"},
        "GZ": {"done", "drop"}, "HY": {"close", "cancel"}}
REVIVES = {"reopen", "ask-again"}
DEFAULTS = {
    "clock.hours": ["09:00-12:00", "13:30-18:00"], "clock.weekdays": ["mon", "tue", "wed", "thu", "fri"],
    "order.confirm_workdays": 0, "order.progress_workdays": 1, "shipment.notify_days": 1, "shipment.slip_days": 7,
    "receipt.remedy_workdays": 0, "repair.warranty_months": 12, "repair.judge_workdays": 1,
    "repair.quote_workdays": 1, "repair.dispatch_workdays": 1, "repair.follow_days": 5, "parts.send_workdays": 0,
    "complaint.large_loss": 10000, "complaint.officer": "30m real", "complaint.leader": "0m real",
    "complaint.handle": "48h real", "complaint.told": "0 workdays", "complaint.progress": "3 workdays",
    "complaint.call_back_days": 7, "complaint.recurs": 3, "consult.answer_target": "24h real",
    "visit.follow_workdays": 2, "improve.analyse_workdays": 2, "improve.plan_workdays": 3,
    "improve.send_workdays": 1, "improve.confirm_days": 3, "improve.verify_workdays": 5, "claim.notify": "48h real",
    "claim.papers_workdays": 5, "claim.assess_days": 30, "claim.settle_days": 10,
}
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def minute(moment):
    """Whole minutes since 1970: seconds are cut off (R46)."""
    return int(moment.timestamp() // 60)


class Step:
    def __init__(self, index, table):
        self.index, self.table, self.voided = index, table, False
        self.verb, self.at, self.by = table["do"], table["at"], table["by"]

    def get(self, key, default=None):
        return self.table.get(key, default)


class Form:
    """One record with the steps that count: neither voided nor voiding."""

    def __init__(self, number, header, steps):
        self.number, self.prefix, self.header, self.steps = number, number[:2], header, steps
        self.day = date(2000 + int(number[3:5]), int(number[5:7]), int(number[7:9]))

    @staticmethod
    def read(path):
        table = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        steps = table.pop("step")
        return Form.of(path.stem, table, steps)

    @staticmethod
    def read_rows(path):
        """The records of a month's file."""
        records = {}
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                held = {key: cell for key, cell in row.items() if cell}
                held["at"] = datetime.fromisoformat(held["at"])
                records.setdefault(held.pop("number"), []).append(held)
        return [Form.of(number, steps[0], steps) for number, steps in records.items()]

    @staticmethod
    def of(number, header, steps):
        """A record, unless it is void as a whole (R66)."""
        steps = [Step(at + 1, step) for at, step in enumerate(steps)]
        for step in reversed(steps):
            if step.verb == "void" and not step.voided:
                if step.get("step") is None:
                    return None
                steps[int(step.get("step")) - 1].voided = True
        made = steps[0].at
        form = Form(number, header, [s for s in steps if not s.voided and s.verb != "void"])
        form.made = made
        return form

    def until(self, end):
        """As it was known at a moment; None before it was made."""
        if self.made > end:
            return None
        form = Form(self.number, self.header, [step for step in self.steps if step.at <= end])
        form.made = self.made
        return form

    def taken(self, *verbs):
        return [step for step in self.steps if step.verb in verbs]

    def first(self, *verbs, after=0):
        return next((step for step in self.steps if step.verb in verbs and step.index > after), None)

    def last(self, *verbs, before=10**9):
        return next((step for step in reversed(self.steps) if step.verb in verbs and step.index < before), None)

    def is_over(self):
        # A visit at which nothing was asked for is done at once.
        over = self.prefix == "HF" and self.header["need"] == "nothing"
        for step in self.steps:
            over = (over or step.verb in ENDS[self.prefix]) and step.verb not in REVIVES
        return over

    def last_moment(self):
        return max(step.at for step in self.steps)


class Folder:
    """All that is in the folder."""

    def __init__(self, root):
        self.root = Path(root)
        settings = tomllib.loads((self.root / "cs.toml").read_text(encoding="utf-8-sig"))
        self.zone = ZoneInfo(settings.get("time_zone", "Asia/Shanghai"))
        policy = tomllib.loads((self.root / "policy.toml").read_text(encoding="utf-8-sig"))
        self.changes = sorted(policy.pop("change", []), key=lambda change: change["from"])
        self.policy = policy
        read = lambda path: [Form.read(file) for file in sorted(path.rglob("*.toml"))]
        self.forms = {prefix: [form for form in read(self.root / where) if form] for prefix, where in KINDS.items()}
        for prefix, where in IN_ROWS.items():
            months = [Form.read_rows(file) for file in sorted((self.root / where).glob("*.csv"))]
            self.forms[prefix] = [form for month in months for form in month if form]

    @cache
    def rows(self, name):
        path = self.root / "lists" / f"{name}.csv"
        if not path.exists():
            return []
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))

    def name(self, name, code):
        row = next((row for row in self.rows(name) if row["code"] == code), None)
        return (row or {}).get("name") or code

    def figure(self, key, day):
        """A figure of the policy in force on a day (R68)."""
        section, name = key.split(".")
        value = self.policy.get(section, {}).get(name, DEFAULTS[key])
        for change in self.changes:
            if change["from"] <= day:
                value = change.get(section, {}).get(name, value)
        return value

    def local_day(self, moment):
        return moment.astimezone(self.zone).date()


class Known:
    """The department as it was known at the end of a period, or now where that is earlier."""

    def __init__(self, folder, period, now):
        self.folder, self.period, self.now = folder, period, now
        midnight = datetime.combine(period[1] + timedelta(days=1), datetime.min.time(), folder.zone)
        self.end = min(midnight - timedelta(microseconds=1), now)
        self.today = folder.local_day(self.end)
        seen = lambda forms: [known for form in forms if (known := form.until(self.end))]
        self.forms = {prefix: seen(forms) for prefix, forms in folder.forms.items()}
        self.by_number = {form.number: form for forms in self.forms.values() for form in forms}
        overrides = {row["date"]: row["kind"] for row in folder.rows("calendar")}
        weekdays = folder.figure("clock.weekdays", self.today)
        self.spans = [tuple(int(part[:2]) * 60 + int(part[3:]) for part in span.split("-"))
                      for span in folder.figure("clock.hours", self.today)]

        @cache
        def is_working_day(day):
            kind = overrides.get(day.isoformat())
            return kind == "working" if kind else WEEKDAYS[day.weekday()] in weekdays

        @cache
        def is_open(at):
            wall = datetime.fromtimestamp(at * 60, folder.zone)
            of_day = wall.hour * 60 + wall.minute
            return is_working_day(wall.date()) and any(start <= of_day < end for start, end in self.spans)

        self.is_working_day, self.is_open = is_working_day, is_open

    def figure(self, key, day):
        return self.folder.figure(key, day)

    def day(self, moment):
        return self.folder.local_day(moment)

    def day_of(self, at):
        return self.day(datetime.fromtimestamp(at * 60, self.folder.zone))

    def holds(self, moment):
        return self.period[0] <= self.day(moment) <= self.period[1]

    def holds_minute(self, at):
        return self.period[0] <= self.day_of(at) <= self.period[1]

    def midnight(self, day):
        return minute(datetime.combine(day, datetime.min.time(), self.folder.zone))

    def closing(self, day):
        """The minute in which work ends on a day, or would."""
        hours, minutes = divmod(self.spans[-1][1], 60)
        return minute(datetime(day.year, day.month, day.day, hours, minutes, tzinfo=self.folder.zone))

    def written(self, at):
        """A minute as the reports write it."""
        return datetime.fromtimestamp(at * 60, self.folder.zone).isoformat()


def parse_period(text):
    """A period, the one before it and the same one a year before, each by its first and last day."""
    def month(year, number, length=1):
        first = date(year, number, 1)
        after = number + length - 1
        return first, date(year + after // 12, after % 12 + 1, 1) - timedelta(days=1)

    if ".." in text:
        first, last = (date.fromisoformat(part) for part in text.split(".."))
        before = first - timedelta(days=1)
        back = lambda day: day.replace(year=day.year - 1)
        return (first, last), (before - (last - first), before), (back(first), back(last))
    if "-W" in text:
        year, week = int(text[:4]), int(text[6:])
        monday = date.fromisocalendar(year, week, 1)
        whole = lambda monday: (monday, monday + timedelta(days=6))
        return whole(monday), whole(monday - timedelta(days=7)), whole(date.fromisocalendar(year - 1, min(week, 52), 1))
    if "-Q" in text:
        year, quarter = int(text[:4]), int(text[6:])
        of = lambda year, quarter: month(year, quarter * 3 - 2, 3)
        before = of(year, quarter - 1) if quarter > 1 else of(year - 1, 4)
        return of(year, quarter), before, of(year - 1, quarter)
    if len(text) == 4:
        whole = lambda year: (date(year, 1, 1), date(year, 12, 31))
        return whole(int(text)), whole(int(text) - 1), whole(int(text) - 1)
    if len(text) == 7:
        year, number = int(text[:4]), int(text[5:])
        before = month(year, number - 1) if number > 1 else month(year - 1, 12)
        return month(year, number), before, month(year - 1, number)
    day = date.fromisoformat(text)
    return (day, day), (day - timedelta(days=1),) * 2, (day.replace(year=day.year - 1),) * 2


def share(part, whole):
    """A share in percent with one place, halves up; nothing where there is no whole."""
    if not whole:
        return None
    tenths = (part * 2000 + whole) // (whole * 2)
    return f"{tenths // 10}.{tenths % 10}"


def nearest_rank(values, percent):
    """The value that so many percent do not exceed."""
    if not values:
        return None
    return sorted(values)[-(-len(values) * percent // 100) - 1]


def figure(key, unit, known, of):
    """A figure over the three periods; `of` gives its value and its records."""
    value, records = of(known[0])
    return {"key": key, "value": value, "unit": unit, "previous": of(known[1])[0], "last_year": of(known[2])[0],
            "records": sorted_numbers(records)}


def sorted_numbers(numbers):
    """Each number once, as the reports sort them: by day, then who, then counter, then kind."""
    return sorted(set(numbers), key=number_key)


def number_key(number):
    prefix, day, staff, counter = number.split("-")
    return day, prefix, staff, int(counter)


def table(name, columns, rows):
    """A table of (cells, records)."""
    return {"name": name, "columns": columns, "rows": [cells for cells, _ in rows],
            "records": [sorted_numbers(records) for _, records in rows]}
