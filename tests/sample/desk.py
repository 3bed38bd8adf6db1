"""The department's folder as a script drives it: its commands, its calendar, the lives that go on in it, and chance."""

import csv
import heapq
import os
import random
import subprocess
from datetime import date, datetime, time, timedelta

END = datetime(2026, 11, 20, 17, 30)
# The last day of LQ, whose customers go to CJ.
LEFT = date(2026, 9, 30)
AFTER_SALES, SUPERVISOR, MANAGER = "GZQ", "TYF", "LXM"


class Refused(Exception):
    """`cs` said no."""


class Desk:
    """The department's folder, its calendar, and all that is going on."""

    def __init__(self, folder, binary, empty):
        self.folder, self.binary = folder, binary
        # Nothing of this machine reaches the records: no git, no user, no locale.
        self.env = {"PATH": str(empty), "HOME": str(empty), "NO_COLOR": "1"}
        if "SYSTEMROOT" in os.environ:
            self.env["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
        self.now, self.waiting, self.count, self.days, self.owners = None, [], 0, {}, {}
        # The shipments that came: number, models, city and day.
        self.arrived = []
        # What may be claimed of an insurer: its sort, the record that shows it, and the goods that came damaged.
        self.losses = []

    def cs(self, *words, by=None, at=None):
        """Runs one command at the present moment (or `at` it); gives what it printed."""
        moment = (at or self.now).strftime("%Y-%m-%d %H:%M")
        line = [str(self.binary), "-C", str(self.folder), "--now", moment, "--lang", "zh", "--quiet"]
        line += ["--by", by] if by else []
        done = subprocess.run(line + [str(w) for w in words], env=self.env, capture_output=True, encoding="utf-8")
        if done.returncode != 0:
            raise Refused(f"{moment} {by}: cs {' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
        return done.stdout.strip()

    def add(self, command, key, columns, by, at):
        words = [command, "add", key]
        for column, value in columns.items():
            for one in value if isinstance(value, list) else [value]:
                words += ["--" + column.replace("_", "-"), one]
        self.cs(*words, by=by, at=at)

    def read_calendar(self):
        with open(self.folder / "lists" / "calendar.csv", encoding="utf-8", newline="") as file:
            self.days = {date.fromisoformat(row["date"]): row["kind"] == "working" for row in csv.DictReader(file)}

    def works(self, day):
        return self.days.get(day, day.weekday() < 5)

    def workday(self, day, n=0):
        """The n-th working day after a day; 0 is the day itself or the next that is one."""
        while not self.works(day):
            day += timedelta(1)
        for _ in range(n):
            day += timedelta(1)
            while not self.works(day):
                day += timedelta(1)
        return day

    def owner(self, customer, day):
        code = self.owners[customer]
        return "CJ" if code == "LQ" and day > LEFT - timedelta(1) else code

    def steps_of(self, number):
        """How many steps a record has."""
        path = next(self.folder.rglob(f"{number}.toml"))
        return path.read_text(encoding="utf-8").count("[[step]]")

    def spawn(self, life):
        """Lets a life begin: it is asked for the moment of its first step."""
        self._wait(life)

    def _wait(self, life):
        moment = next(life, None)
        if moment is not None and moment <= END - timedelta(minutes=4):
            self.count += 1
            heapq.heappush(self.waiting, (moment, self.count, life))

    def run(self):
        while self.waiting:
            self.now, _, life = heapq.heappop(self.waiting)
            self._wait(life)


class Dice(random.Random):
    """Chances of one life, from `random()` alone, so that they are the same under every Python."""

    def whole(self, low, high):
        return low + int(self.random() * (high - low + 1))

    def chance(self, share):
        return self.random() < share

    def one(self, options):
        return options[self.whole(0, len(options) - 1)]

    def at(self, day, first, last):
        """A moment of a day between two hours, not during lunch."""
        minutes = self.whole(int(first * 60), int(last * 60) - 1)
        if 12 * 60 <= minutes < 13 * 60 + 30:
            minutes += 95
        return datetime.combine(day, time(minutes // 60, minutes % 60))

    def soon(self, moment, low, high):
        """Some minutes later, still before closing time where it can be."""
        later = moment + timedelta(minutes=self.whole(low, high))
        if time(12) <= later.time() < time(13, 30):
            later += timedelta(minutes=90)
        closing = datetime.combine(moment.date(), time(17, 58))
        return max(moment + timedelta(minutes=2), min(later, closing))
