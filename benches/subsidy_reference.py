#!/usr/bin/env python3
"""The plain case of the subsidy engine (a share of the interest, no limits) in Python fractions.

It is the independent second opinion and the yardstick of `make bench`:

    subsidy_reference.py --generate 100000 --seed 1 > quotes.jsonl    quotes as JSON lines, the same for the same seed
    subsidy_reference.py quotes.jsonl > answers.jsonl                 answers them; loans per second on stderr
    subsidy_reference.py quotes.jsonl --compare other.jsonl           exit 1 when another program's answers differ
"""

import argparse
import json
import random
import sys
import time
from datetime import date, timedelta
from fractions import Fraction

DAYS_OF_YEAR = {"act/360": 360, "act/365": 365}


def half_up(value):
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def answer(quote):
    basis = DAYS_OF_YEAR[quote["day_basis"]]
    share = Fraction(quote["base"]["share_ppm"], 1_000_000)
    loans = []
    for loan in quote["loans"]:
        days, interest = 0, Fraction(0)
        for segment in loan["segments"]:
            length = (date.fromisoformat(segment["to"]) - date.fromisoformat(segment["from"])).days
            days += length
            interest += Fraction(segment["principal_fen"] * segment["rate_ppm"] * length, 1_000_000 * basis)
        loans.append({"id": loan["id"], "eligible_days": days, "interest_fen": half_up(interest),
                      "subsidy_fen": half_up(interest * share)})
    return {"loans": loans, "total_fen": sum(loan["subsidy_fen"] for loan in loans)}


def generate(count, segments, seed):
    pick = random.Random(seed)
    for number in range(count):
        day = date(2023, 1, 1) + timedelta(days=pick.randrange(730))
        pieces = []
        for _ in range(segments):
            end = day + timedelta(days=pick.randrange(0, 120))
            pieces.append({"principal_fen": pick.randrange(0, 2_000_000_000), "rate_ppm": pick.randrange(0, 60_000),
                           "from": day.isoformat(), "to": end.isoformat()})
            day = end
        yield {"day_basis": pick.choice(list(DAYS_OF_YEAR)),
               "base": {"kind": "share_of_interest", "share_ppm": pick.randrange(0, 1_000_001)},
               "loans": [{"id": f"L{number:06}", "segments": pieces}]}


def differences(quotes, answers):
    """Line numbers where the figures of `answers` are not those computed here."""
    keys = ("id", "eligible_days", "interest_fen", "subsidy_fen")
    for number, (quote, theirs) in enumerate(zip(quotes, answers, strict=True), start=1):
        theirs = json.loads(theirs)
        found = {"loans": [{key: loan[key] for key in keys} for loan in theirs.get("loans", [])],
                 "total_fen": theirs.get("total_fen")}
        if found != answer(json.loads(quote)):
            yield number


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", default="-", help="JSON lines; - reads stdin")
    parser.add_argument("--generate", type=int, metavar="N")
    parser.add_argument("--segments", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--compare", metavar="ANSWERS")
    args = parser.parse_args()

    if args.generate is not None:
        for quote in generate(args.generate, args.segments, args.seed):
            print(json.dumps(quote, separators=(",", ":")))
        return 0

    with sys.stdin if args.file == "-" else open(args.file, encoding="utf-8") as quotes:
        if args.compare:
            with open(args.compare, encoding="utf-8") as answers:
                wrong = list(differences(quotes, answers))
            print(f"{len(wrong)} lines differ {wrong[:10] or ''}", file=sys.stderr)
            return 1 if wrong else 0
        started, loans = time.perf_counter(), 0
        for quote in quotes:
            answered = answer(json.loads(quote))
            loans += len(answered["loans"])
            print(json.dumps(answered, separators=(",", ":")))
        seconds = time.perf_counter() - started
    print(f"{loans} loans in {seconds:.2f} s, {loans / seconds:,.0f} loans per second", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
