"""Reference model A, "response", as one would write it with SimPy: a process for each task, officers as a pool that is
searched for the nearest one. Usage: response_simpy.py MODEL.json REPLICATIONS; prints replications per second and the mean."""
import heapq
import json
import random
import sys
import time

import simpy

with open(sys.argv[1]) as file:
    MODEL = json.load(file)
TASKS, OFFICERS, DISTANCE = MODEL["tasks"], MODEL["officers"], MODEL["distance"]


def replicate():
    env = simpy.Environment()
    alarm = random.randrange(len(DISTANCE))
    idle = [True] * len(OFFICERS)
    where = [o["home"] for o in OFFICERS]
    done = [env.event() for _ in TASKS]
    waiting = []
    order = [0]
    last = [0.0]

    def nearest(skill, zone):
        best, least = -1, float("inf")
        for k, officer in enumerate(OFFICERS):
            if idle[k] and officer["skill"] == skill and DISTANCE[where[k]][zone] < least:
                best, least = k, DISTANCE[where[k]][zone]
        return best

    def free(officer):
        idle[officer] = True
        for entry in sorted(waiting):
            _, _, skill, zone, granted = entry
            if skill == OFFICERS[officer]["skill"]:
                waiting.remove(entry)
                idle[officer] = False
                granted.succeed(officer)
                return

    def task(k):
        t = TASKS[k]
        if t["after"]:
            yield simpy.AllOf(env, [done[j] for j in t["after"]])
        if t["skip"] > 0 and random.random() < t["skip"]:
            done[k].succeed()
            last[0] = max(last[0], env.now)
            return
        zone = alarm if t["zone"] < 0 else t["zone"]
        officer = nearest(t["skill"], zone)
        if officer >= 0:
            idle[officer] = False
        else:
            granted = env.event()
            order[0] += 1
            heapq.heappush(waiting, (t["priority"], order[0], t["skill"], zone, granted))
            officer = yield granted
        yield env.timeout(DISTANCE[where[officer]][zone])
        where[officer] = zone
        yield env.timeout(random.lognormvariate(t["mu"], 0.5))
        done[k].succeed()
        last[0] = max(last[0], env.now)
        free(officer)

    for k in range(len(TASKS)):
        env.process(task(k))
    env.run()
    return last[0]


count = int(sys.argv[2])
random.seed(1)
began = time.perf_counter()
total = sum(replicate() for _ in range(count))
print(json.dumps({"perSecond": count / (time.perf_counter() - began), "mean": total / count}))
