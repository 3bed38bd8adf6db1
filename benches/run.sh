#!/bin/sh
# Times cs side by side with what does as little as can be: sh benches/run.sh
#
# Makes two folders without git, an empty one (one row in each list that an order needs) and one of CS_BENCH_ORDERS
# orders (100,000 unless said) with their shipments and receipts, and runs each pair of commands CS_BENCH_RUNS times
# in turn. Each line: median of the first, of the second, and their ratio. The folders go to CS_BENCH_DIR, else to a
# directory that is removed at the end. The files of the large folder must fit into the machine's file cache.
set -eu

cd "$(dirname "$0")/.."
orders=${CS_BENCH_ORDERS:-100000}
runs=${CS_BENCH_RUNS:-5}
many=$((runs * 6))
dir=${CS_BENCH_DIR:-}
if [ -z "$dir" ]; then
    dir=$(mktemp -d)
    trap 'rm -rf "$dir"' EXIT
fi
export CS_LANG=en CS_BY=S01 CS_NOW=2026-10-30T18:00:00+08:00

cargo build --quiet --release
bench() {
    name=$1
    shift
    cargo bench --quiet --bench "$name" -- "$@"
}
target=$(cargo metadata --no-deps --format-version 1 | sed 's/.*"target_directory":"\([^"]*\)".*/\1/')
cs=$target/release/cs
big=$dir/big-$orders
small=$dir/small
rm -rf "$small"
[ -d "$big" ] || bench generate "$big" "$orders" 1
# One customer, one product, no order: one order of the same generator, its forms taken away.
bench generate "$small" 1 1 >/dev/null
rm -rf "$small/orders" "$small/shipments" "$small/receipts"

# What each command opens, by the program's own rules.
# check: settings, lists, and every form.
all=$dir/all
find "$big" -name '*.toml' -o -name '*.csv' | sort >"$all"
# Of those, without the receipts made before a month, and without all forms made after another.
months() {
    awk -v first="$1" -v last="$2" '{
        month = $0
        if (!sub(/.*\/(orders|shipments|receipts)\//, "", month)) { print; next }
        month = substr(month, 1, 7)
        if (month <= last && ($0 !~ /\/receipts\// || month >= first)) print
    }' "$all"
}
# todo: every order and shipment, whose last step alone says whether it is open, and the receipts of what is open,
# which were made in the month of the oldest open form or later.
oldest=$(find "$big/orders" "$big/shipments" -name '*.toml' -exec grep -LE '^do = "(close|cancel|void)"' {} + |
    sed 's/.*\/\([0-9]*\/[0-9]*\)\/[^/]*$/\1/' | sort | sed -n 1p)
todo=$dir/todo
months "$oldest" 9999/12 >"$todo"
# report month 2026-09: every order and shipment made by the end of the month, and the receipts of what was alive in
# September 2025, to compare with, or later; in these folders an order lives less than two months.
month=$dir/month
months 2025/07 2026/09 >"$month"

measure() { bench times "$@"; }
new="-q order new --customer C00001 --wanted-by 2026-11-20 --consignee A --deliver-to B --line ZJ-001=2@80"
echo "$orders orders, $(wc -l <"$all") files; medians of $many and $runs runs"
measure "$many" "cs --version : true" -- "$cs" --version -- true
# shellcheck disable=SC2086
measure "$many" "cs order new: in the large folder : in an empty one" -- "$cs" -C "$big" $new -- "$cs" -C "$small" $new
# shellcheck disable=SC2086
measure 3 "cs order new in the large folder: peak memory" -- "$cs" -C "$big" $new
measure "$runs" "cs todo : cat of the $(wc -l <"$todo") files that it opens" \
    -- "$cs" -q -C "$big" todo -- xargs cat "<$todo"
measure "$runs" "cs report month : cat of the $(wc -l <"$month") files that it opens" \
    -- "$cs" -q -C "$big" report month 2026-09 -- xargs cat "<$month"
measure "$runs" "cs check : cat of all files" -- "$cs" -C "$big" check -- xargs cat "<$all"
measure 1 "cs todo: peak memory" -- "$cs" -q -C "$big" todo
measure 1 "cs report month: peak memory" -- "$cs" -q -C "$big" report month 2026-09
measure 1 "cs check: peak memory" -- "$cs" -C "$big" check
