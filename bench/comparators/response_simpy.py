"""Reference model A, "response", as SimPy's own manual would have it: a process for each task, which asks the resource of
its skill for somebody and then takes the nearest who is idle. Usage: response_simpy.py MODEL.json REPLICATIONS; prints
replications per second and the mean."""
import json
import random
import sys
import time

import simpy

with open(sys.argv[1]) as file:
    MODEL = json.load(file)
TASKS, OFFICERS, DISTANCE = MODEL["tasks"], MODEL["officers"], MODEL["distance"]
SKILLS = 1 + max(officer["skill"] for officer in OFFICERS)


class Officer:
    def __init__(self, skill, home):
        self.skill = skill
        self.zone = home


class Night:
    def __init__(self):
        self.env = simpy.Environment()
        self.alarm = random.randrange(len(DISTANCE))
        officers = [Officer(o["skill"], o["home"]) for o in OFFICERS]
        self.idle = [[o for o in officers if o.skill == skill] for skill in range(SKILLS)]
        self.pools = [simpy.PriorityResource(self.env, capacity=max(1, len(idle))) for idle in self.idle]
        self.last = 0.0
        self.done = []
        for task in TASKS:
            before = [self.done[k] for k in task["after"]]
            self.done.append(self.env.process(self.perform(task, before)))

    def perform(self, task, before):
        yield simpy.AllOf(self.env, before)
        if random.random() < task["skip"]:
            self.last = self.env.now
            return
        zone = self.alarm if task["zone"] < 0 else task["zone"]
        with self.pools[task["skill"]].request(priority=task["priority"]) as request:
            yield request
            idle = self.idle[task["skill"]]
            officer = min(idle, key=lambda o: DISTANCE[o.zone][zone])
            idle.remove(officer)
            yield self.env.timeout(DISTANCE[officer.zone][zone])
            officer.zone = zone
            yield self.env.timeout(random.lognormvariate(task["mu"], 0.5))
            idle.append(officer)
        self.last = self.env.now

    def play(self):
        self.env.run()
        return self.last


count = int(sys.argv[2])
random.seed(1)
began = time.perf_counter()
total = sum(Night().play() for _ in range(count))
print(json.dumps({"perSecond": count / (time.perf_counter() - began), "mean": total / count}))
