#!/usr/bin/env python3
"""The risk score a second time, written from the text of the design and not from the code beside it.

`python3 reference.py > cases.jsonl` makes the golden cases anew: 200 sets of check results drawn from a seed, and the worked
examples of section 8.5, each with the numbers that the rules give. Arithmetic is exact (fractions, then 50 digits). All
weights and qualities are multiples of a power of two, so that binary floating point holds them exactly as well.

Where the text leaves room, as it is read here: R_decide leaves out right answers one by one (B4), not only as a positive sum,
and every hit that asks for proof.
"""
import json
import random
from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction

getcontext().prec = 50

CATEGORIES = ["network", "endpoint", "persona", "challenge", "possession"]
CAPS = {"network": (-18, 6), "endpoint": (-20, 14), "persona": (-18, 8), "challenge": (-24, 14), "possession": (-20, 24)}
JUDGED = ["network", "endpoint", "persona"]
FIELDS = ["code", "category", "group", "mode", "status", "weight", "maxWeight", "quality", "floor", "evidenceClass"]
#: Signs of automation; a disguise is one sign, however many values it hides.
AUTOMATION = {
    "END_WEBDRIVER": "webdriver", "END_CDP": "debugger", "END_HEADLESS_UA": "headless",
    "END_WORKER": "disguise", "END_API_TAMPER": "disguise", "PER_UNTRUSTED_EVENT": "script",
}
#: Checks whose hits ask for one more kind of proof: their points have no part in the deciding number.
ASKS = {
    *AUTOMATION, "END_TELEMETRY_FORGED", "END_NO_TELEMETRY", "END_NO_KEY", "END_SHARED_DEVICE", "END_COPIED_KEY", "NET_TOR_EXIT", "NET_ANON_LISTED",
}
ANSWERED = ["pass", "info", "flag", "critical"]


def half_away(value):
    """To a whole number, halves away from nought."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def damped(sizes):
    """8.2 step 1: the strongest first, each further one half of what it would have been."""
    return sum((size / 2**i for i, size in enumerate(sorted(sizes, reverse=True))), Fraction(0))


def category_hundredths(results, category):
    """8.2 steps 1 to 3: groups damped, times quality, whole hundredths of a dB, added, capped."""
    groups = {}
    for one in results:
        groups.setdefault(one["group"], []).append(Fraction(one["weight"]) * Fraction(one["quality"]))
    total = 0
    for sizes in groups.values():
        against = damped([-s for s in sizes if s < 0])
        favour = damped([s for s in sizes if s > 0])
        total += half_away((favour - against) * 100)
    lo, hi = CAPS[category]
    return max(lo * 100, min(hi * 100, total))


def curve(hundredths):
    """8.2 step 4: 10 / (1 + 10^(E/20)), one decimal."""
    e = Decimal(hundredths) / Decimal(100)
    r = Decimal(10) / (Decimal(1) + Decimal(10) ** (e / Decimal(20)))
    return r.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


def coverage(results, category):
    """8.6: the share of weight that answered, of what applies; None where nothing does."""
    applicable = [r for r in results if r["category"] == category and r["status"] != "not_applicable"]
    possible = sum(Fraction(r["maxWeight"]) for r in applicable)
    if possible == 0:
        return None
    return sum(Fraction(r["maxWeight"]) for r in applicable if r["status"] in ANSWERED) / possible


def is_hit(one):
    return one["status"] in ("flag", "critical")


def floors(results):
    """8.3: both numbers are at least each of these."""
    found = [Decimal(str(r["floor"])) for r in results if r["floor"] is not None]
    automatic = {AUTOMATION[r["code"]] for r in results if is_hit(r) and r["code"] in AUTOMATION}
    if len(automatic) >= 2:
        found.append(Decimal("8.5"))
    thin = [c for c in JUDGED if (lambda v: v is not None and v < Fraction(1, 2))(coverage(results, c))]
    if len(thin) == 1:
        found.append(Decimal("3.5"))
    if len(thin) >= 2:
        found.append(Decimal("5.0"))
    return found


def band(r):
    return "low" if r <= 2 else "guarded" if r <= Decimal("4.9") else "elevated" if r <= Decimal("7.4") else "high"


def score(every_result):
    results = [r for r in every_result if r["mode"] == "live"]
    sums = {c: category_hundredths([r for r in results if r["category"] == c], c) for c in CATEGORIES}
    counted = [
        r for r in results
        if (r["category"] != "challenge" or r["weight"] < 0) and not (r["weight"] < 0 and is_hit(r) and r["code"] in ASKS)
    ]
    deciding = {c: category_hundredths([r for r in counted if r["category"] == c], c) for c in CATEGORIES}
    bounds = floors(results)
    shown = max([curve(sum(sums.values()))] + bounds)
    decide = max([curve(sum(deciding.values()))] + bounds)
    return {
        "e": float(Decimal(sum(sums.values())) / 100),
        "categories": {c: float(Decimal(sums[c]) / 100) for c in CATEGORIES},
        "r": float(shown),
        "rDecide": float(decide),
        "band": band(shown),
        "bandDecide": band(decide),
        "floors": sorted((float(v) for v in bounds), reverse=True),
    }


def result(code, category, group, weight=0, **more):
    base = {"code": code, "category": category, "group": group, "mode": "live", "status": "pass" if weight >= 0 else "flag"}
    rest = {"weight": weight, "maxWeight": 8, "quality": 1, "floor": None, "evidenceClass": None}
    return {**base, **rest, **more}


PREFIX = {"network": "NET", "endpoint": "END", "persona": "PER", "challenge": "CHA", "possession": "POS"}


def drawn(source, index):
    """A set of results in which groups, caps, coverage, shadow, floors and evidence all come up."""
    results = []
    for number in range(source.randint(1, 28)):
        category = source.choice(CATEGORIES)
        group = source.choice(["a", "b", "auto"]) if category != "challenge" else f"answer:{number}"
        status = source.choices(["hit", "pass", "unknown", "not_applicable", "error", "info"], [9, 5, 4, 1, 1, 1])[0]
        weight = source.randint(-60, 48) / 4 if status == "hit" else 0
        more = {
            "mode": source.choices(["live", "shadow"], [9, 1])[0],
            "maxWeight": source.choice([1, 2, 4, 8, 12]),
            "quality": source.choices([1, 0.5, 0.25, 0], [12, 3, 1, 1])[0],
            "status": status if status != "hit" else ("flag" if weight < 0 else "pass"),
        }
        if weight < 0 and source.random() < 0.06:
            more.update(status="critical", floor=source.choice([5, 7.5, 8, 8.5, 9, 9.5]))
        if category == "possession" and weight > 0 and source.random() < 0.8:
            more.update(evidenceClass="possession")
        code = f"{PREFIX[category]}_G{number}"
        if category == "endpoint" and group == "auto":
            signs = sorted(code for code in ASKS if code.startswith("END"))
            code = signs[number % len(signs)]
        results.append(result(code, category, group, weight, **more))
    return {"name": f"drawn {index + 1}", "results": results}


def answers(*points):
    return [result("CHA_ANSWER", "challenge", f"answer:{i}", p) for i, p in enumerate(points)]


def possession(*weights, is_class=True):
    more = {"evidenceClass": "possession"} if is_class else {}
    return [result(f"POS_{i}", "possession", f"p{i}", w, **more) for i, w in enumerate(weights)]


NEW = [result("NET_NEW_ASN", "network", "familiar", -1), result("END_NEW_DEVICE", "endpoint", "familiar", -3)]

#: The table of section 8.5: what each case consists of, and the numbers that stand in its columns R and R_decide.
WORKED = [
    ("known key, usual ASN, link on an old contact and match code", 0.3, 0.3,
     [result("NET_NEW_ASN", "network", "familiar", 2), result("END_KNOWN_KEY", "endpoint", "familiar", 12),
      result("PER_CHANNEL", "persona", "contact", 5), result("PER_GOOD_HISTORY", "persona", "history", 3), *possession(5, 4)]),
    ("known key that drifted, usual ASN, link on an old contact and match code", 0.7, 0.7,
     [result("NET_NEW_ASN", "network", "familiar", 2), result("END_KNOWN_KEY", "endpoint", "device", 4),
      result("PER_CHANNEL", "persona", "contact", 5), result("PER_GOOD_HISTORY", "persona", "history", 3), *possession(5, 4)]),
    ("copied key, usual ASN, link on an old contact and match code", 2.6, 1.0,
     [result("NET_NEW_ASN", "network", "familiar", 2), result("END_COPIED_KEY", "endpoint", "integrity", -10),
      result("PER_CHANNEL", "persona", "contact", 5), result("PER_GOOD_HISTORY", "persona", "history", 3), *possession(5, 4)]),
    ("first-seen device and ASN, otherwise clean", 2.4, 2.4,
     [*NEW, result("PER_CHANNEL", "persona", "contact", 5), *possession(5, 4)]),
    ("the same, four private answers right", 0.6, 2.4,
     [*NEW, result("PER_CHANNEL", "persona", "contact", 5), *answers(9, 9, 5, 5), *possession(5, 4)]),
    ("the same answers, link to a contact changed yesterday", 3.3, 7.2,
     [*NEW, result("PER_CONTACT_CHANGED", "persona", "contact", -8), *answers(9, 9, 5, 5), *possession(4, is_class=False)]),
    ("traveller on a foreign VPN, silent part", 8.3, 8.3,
     [result("NET_VPN_ASN", "network", "anon", -5), result("NET_COUNTRY_UNEXPECTED", "network", "geo", -5),
      result("NET_TZ_MISMATCH", "network", "geo", -4), result("NET_NEW_COUNTRY", "network", "familiar", -4),
      result("END_NEW_DEVICE", "endpoint", "familiar", -3), result("PER_CHANNEL", "persona", "contact", 5)]),
    ("Tor, certain, on a known device", 5.0, 2.0,
     [result("NET_TOR_EXIT", "network", "anon", -12), result("END_KNOWN_KEY", "endpoint", "familiar", 12)]),
    ("Playwright default from a server, fill", 9.7, 8.5,
     [result("NET_HOSTING_ASN", "network", "anon", -6), result("END_WEBDRIVER", "endpoint", "auto", -14),
      result("END_HEADLESS_UA", "endpoint", "auto", -14), result("END_CDP", "endpoint", "auto", -6),
      result("PER_NO_TYPING", "persona", "input", -5)]),
]


def main():
    source = random.Random(20261125)
    cases = [drawn(source, index) for index in range(200)]
    for name, r, r_decide, results in WORKED:
        mine = score(results)
        assert (mine["r"], mine["rDecide"]) == (r, r_decide), (name, mine)
        cases.append({"name": name, "results": results})
    for case in cases:
        row = [[one[field] for field in FIELDS] for one in case["results"]]
        print(json.dumps({"name": case["name"], "results": row, "expected": score(case["results"])}, separators=(",", ":")))


main()
