"""Reference model B, "disorder", as one would write it with numpy: all rates of all wings as arrays, one event after the other.
Usage: disorder_numpy.py MODEL.json REPLICATIONS; prints replications per second and the mean peak."""
import json
import sys
import time

import numpy as np

with open(sys.argv[1]) as file:
    MODEL = json.load(file)
NEAR = np.array(MODEL["near"], dtype=float)
STAFF = np.array(MODEL["staff"], dtype=float)
WINGS, PEOPLE = len(STAFF), 60
EPS, BETA, BETAX, G0, G, GX, K, D, SG = (MODEL["rates"][name] for name in ("eps", "beta", "betax", "g0", "g", "gx", "k", "d", "sg"))


def replicate(rng):
    calm = np.full(WINGS, float(PEOPLE))
    agitated = np.zeros(WINGS)
    rioting = np.zeros(WINGS)
    calm[0] -= 8
    agitated[0] = 8
    now, peak = 0.0, 0.0
    while True:
        share = rioting / PEOPLE
        near = NEAR @ share
        rates = np.concatenate(
            (
                calm * (EPS + BETA * (rioting + 0.5 * agitated) / PEOPLE + BETAX * near),
                agitated * (G0 + G * share + GX * near),
                agitated * K * STAFF,
                rioting * D * STAFF,
                rioting * SG * STAFF,
            )
        )
        steps = np.cumsum(rates)
        now += rng.exponential(1 / steps[-1])
        if now > 240:
            return peak
        what, wing = divmod(int(np.searchsorted(steps, rng.random() * steps[-1])), WINGS)
        if what == 0:
            calm[wing] -= 1
            agitated[wing] += 1
        elif what == 1:
            agitated[wing] -= 1
            rioting[wing] += 1
        elif what == 2:
            agitated[wing] -= 1
            calm[wing] += 1
        elif what == 3:
            rioting[wing] -= 1
            agitated[wing] += 1
        else:
            rioting[wing] -= 1
        peak = max(peak, rioting.sum())


count = int(sys.argv[2])
generator = np.random.default_rng(1)
began = time.perf_counter()
total = sum(replicate(generator) for _ in range(count))
print(json.dumps({"perSecond": count / (time.perf_counter() - began), "mean": total / count}))
