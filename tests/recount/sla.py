"""Recounts `cs report sla --json` from the records: python3 sla.py FOLDER NOW PERIOD …

Prints an array with the one section of the report for each period.
"""

import json
import sys
from datetime import datetime

import department
from clocks import CLOCKS, RULES, Runs
from department import Folder, Known, nearest_rank, share, table

COLUMNS = ["rule", "clock", "unit", "due", "met", "missed", "rate", "open", "median", "ninetieth", "worst", "slowest"]


def decided(known, runs, key):
    """The runs of a clock that were decided in the period: when they were met, or else when they fell due."""
    of_clock = [run for run in runs if run["clock"] == key and run["state"] != "open"]
    return [run for run in of_clock if known.holds_minute(run["done"] if run["state"] == "met" else run["due"])]


def rate(known, runs, key):
    found = decided(known, runs, key)
    return share(sum(run["state"] == "met" for run in found), len(found)), [run["record"] for run in found]


def clocks_table(known, runs, keys):
    rows = []
    for key in keys:
        mine = decided(known, runs, key)
        open_runs = [run for run in runs if run["clock"] == key and run["state"] == "open"]
        units = sorted({run["unit"] for run in mine + open_runs}) or [None]
        for unit in units:
            counted = [run for run in mine if run["unit"] == unit]
            waiting = [run for run in open_runs if run["unit"] == unit]
            met = sum(run["state"] == "met" for run in counted)
            used = [run["used"] for run in counted]
            longest = [run["record"] for run in counted if run["used"] == max(used)]
            words = lambda value: None if value is None else str(value)
            cells = [RULES[key], key, unit, str(len(counted)), str(met), str(len(counted) - met),
                     share(met, len(counted)), str(len(waiting))]
            cells += [words(nearest_rank(used, percent)) for percent in (50, 90, 100)]
            cells.append(min(longest, key=department.number_key) if longest else None)
            rows.append((cells, [run["record"] for run in counted + waiting]))
    return table("clocks", COLUMNS, rows)


def missed_table(known, runs):
    late = [run for key, _ in CLOCKS for run in decided(known, runs, key) if run["state"] == "missed"]
    late.sort(key=lambda run: (run["due"], department.number_key(run["record"])))
    written = lambda at: None if at is None else known.written(at)
    rows = [([written(run["due"]), RULES[run["clock"]], run["clock"], run["record"], str(run["cycle"]),
              written(run["done"]), str(run["used"])], [run["record"]]) for run in late]
    return table("missed", ["due", "rule", "clock", "number", "cycle", "done", "used"], rows)


def section(folder, now, period):
    known = [Known(folder, span, now) for span in department.parse_period(period)]
    runs = [Runs(of).runs for of in known]
    by_period = list(zip(known, runs))
    figures = [department.figure(key, "percent", by_period, lambda of, key=key: rate(*of, key)) for key, _ in CLOCKS]
    tables = [clocks_table(known[0], runs[0], [key for key, _ in CLOCKS]), missed_table(known[0], runs[0])]
    return {"name": "clocks", "figures": figures, "tables": tables}


def main():
    root, now, *periods = sys.argv[1:]
    folder = Folder(root)
    moment = datetime.fromisoformat(now).replace(tzinfo=folder.zone)
    print(json.dumps([section(folder, moment, period) for period in periods], ensure_ascii=False))


if __name__ == "__main__":
    main()
