"""What the department set for itself in policy.toml beyond the defaults: goals and the budget of 2026."""

GOALS = """\
satisfaction = ">= 4.2"
complaints_in_time = ">= 95%"
arrival_errors = "<= 1%"
consults_in_time = ">= 98%"
visit_coverage = ">= 95%"
workload = ">= 85%"
"""

# Gifts are bought for the Mid-Autumn Festival and the new year.
REST = """
[goals.specialist]
satisfaction = ">= 4.2"
workload = ">= 90%"

[goals.YX]
satisfaction = ">= 4.4"

[[change]]
from = 2026-01-01
budget.freight = 480000
budget.repair_fees = [6000, 6000, 6000, 6000, 6000, 6000, 8000, 8000, 9500, 9500, 8000, 6000]
budget.parts = 4800
budget.compensation = 120000
budget.training = 6000
budget.gifts = [500, 0, 0, 0, 0, 0, 0, 0, 1000, 0, 0, 2000]

[[change]]
from = 2026-10-01
goals.satisfaction = ">= 4.3"
"""


def write(path):
    """Sets them in a new policy.toml."""
    text = path.read_text(encoding="utf-8")
    before, rest = text.split('satisfaction = ">= 4.5"\n')
    budget = rest[rest.index("\n[budget]"):]
    path.write_bytes((before + GOALS + budget + REST).encode("utf-8"))
