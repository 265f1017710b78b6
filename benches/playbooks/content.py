#!/usr/bin/env python3
"""Document models of coaching playbooks, one JSON object a line: `python3 content.py 200 > playbooks.jsonl`.

What the rules would have chosen is chosen already, so that every renderer has the same to do: nine chapters with a paragraph,
bullets, questions, a checklist and a plan, and a summary with scores. The texts hold `& < >` and letters of many languages. Each
model depends on the seed and its number alone.
"""
import json
import sys

MASK = (1 << 64) - 1


class Rng:
    def __init__(self, seed):
        self.s = seed & MASK

    def below(self, n):
        self.s = (self.s + 0x9E3779B97F4A7C15) & MASK
        z = self.s
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
        return (z ^ (z >> 31)) % n

    def pick(self, xs):
        return xs[self.below(len(xs))]

    def sample(self, xs, k):
        xs = list(xs); out = []
        for _ in range(k):
            out.append(xs.pop(self.below(len(xs))))
        return out


AREAS = [  # id, name, object, owner, metric, system
    ("vision", "Vision & Strategy", "the three-year direction", "the founder", "share of staff who can name the top goal", "quarterly plan"),
    ("leadership", "Leadership", "how decisions are made", "the leadership team", "decisions closed within a week", "weekly leadership meeting"),
    ("people", "People & Culture", "how the team grows", "the people lead", "regretted leavers per year", "one-to-one rhythm"),
    ("sales", "Sales", "how deals are won", "the head of sales", "win rate on qualified deals", "pipeline review"),
    ("marketing", "Marketing", "how the right buyers hear of you", "the marketing lead", "qualified leads per month", "campaign calendar"),
    ("retention", "Customer Retention", "why customers stay", "the customer success lead", "monthly churn (target: < 2 %)", "renewal calendar"),
    ("operations", "Operations", "how work is delivered", "the operations manager", "orders delivered on time", "delivery board"),
    ("finance", "Finance", "how cash is planned", "the finance lead", "months of cash runway (> 9)", "rolling 13-week forecast"),
    ("technology", "Technology & R&D", "the tools behind the work", "the technical lead", "hours lost to manual re-entry", "roadmap of tools"),
]
PARA = {
    "Critical": "A score of {score} puts {name} among the areas that hold {company} back today. {Obj} depends on individual effort rather than on an agreed way of working, and {owner} has no dependable view of it. Nothing here is unusual for a business of your size, yet it costs time each week: before adding anything new, make the {system} visible, name one owner and agree on one number. The plan below deliberately starts small, so that the first result shows within thirty days.",
    "Developing": "With {score} points, {name} works on most days, but not on the difficult ones. {Obj} is understood by the people closest to it; others still have to ask. The {system} exists, though it is skipped when the calendar fills up, and {metric} is looked at only after something has gone wrong. The next step for {company} is consistency: keep what works, write it down in one page, and review it at a fixed time with {owner}.",
    "Strong": "{name} is a strength of {company}: {score} points, well above the typical result. {Obj} is clear, {owner} is trusted with it, and the {system} is kept even in busy months. The risk is no longer failure but comfort. Use this area to support the weaker ones: lend its habits, let others watch the {system}, and raise the bar on {metric} once a quarter so that the lead is kept rather than assumed.",
}
BULLETS = [
    "Write {obj} on one page and let two people outside the area read it back to you.",
    "Give {owner} a clear mandate: what may be decided alone, and what has to be asked.",
    "Track “{metric}” every week & show it where everybody sees it.",
    "Hold the {system} at the same hour each week; cancel it only if the building is on fire.",
    "Stop one activity that no longer pays for the hours it takes, and say so openly.",
    "Interview three customers about {obj}; bring their own words back to the team.",
    "Agree on a threshold for {metric} below which work stops and the cause is looked for.",
    "Review the last five exceptions in the {system} and remove the most frequent cause.",
    "Pair a new colleague with {owner} for two half-days, so that knowledge is not held by one person.",
]
QUESTIONS = [
    "If {owner} were away for a month, what would break first in {obj}?",
    "Which decision about {obj} have you put off for longer than three months, and why?",
    "What would have to be true for {metric} to be twice as good in a year?",
    "Whom do you have to disappoint in order to keep the {system} alive?",
    "What do your best people say about {obj} when you are not in the room?",
    "Where do you already do this well, and what makes it possible there?",
]
CHECK = [
    "Owner named and announced", "One-page description written", "Baseline of {metric} recorded",
    "{System} in the calendar until year-end", "First review held with {owner}", "Two quick wins delivered",
    "Lessons shared with the other areas", "Budget (≤ € 5,000) released",
]
PLAN = [
    ("Days 1–30", ["Describe {obj} as it is today", "Map what slows {owner} down", "Collect the facts on {metric}"],
     "Two workshops of 90 minutes; {owner} writes the summary and shares it within two days.", "Baseline agreed for {metric}"),
    ("Days 31–60", ["Run the {system} every week", "Remove the two largest obstacles", "Test one change with a small group"],
     "Weekly review of 30 minutes, one change at a time; results noted on the shared page.", "First improvement seen in {metric}"),
    ("Days 61–90", ["Make the new way the normal one", "Hand over routine work", "Decide what to do next quarter"],
     "Write the standard, train deputies, and close what did not work in the {system}.", "Target reached, or the plan adapted with reasons"),
]
FIRST = ["Amélie", "Łukasz", "Søren", "Maria", "José", "Ingrid", "Thomas", "Zoë", "Márton", "Elif", "Nora", "Jürgen", "Aoife", "Chloé", "Daniel", "Priya"]
LAST = ["Åkerström", "Nowak", "Müller", "O’Brien", "García", "Dvořák", "Schmidt", "Lefèvre", "Kovács", "Yılmaz", "Rossi", "Jansen", "Novák", "Smith", "Silva", "Çelik"]
COMP = ["Northwind Studio", "Harbour & Sons", "Blue Finch Labs", "Käsehaus Alpen", "Bright Oak Consulting", "Meridian Fitness", "Atelier Nord", "Copper Kettle Foods"]
FORM = ["GmbH", "Ltd", "S.A.", "AB", "B.V.", "Inc."]
MONTHS = "January February March April May June July August September October November December".split()


def level(s):
    return "Critical" if s < 45 else "Developing" if s < 70 else "Strong"


def model(i, seed):
    r = Rng(seed * 1000003 + i)
    company = f"{r.pick(COMP)} {r.pick(FORM)}"
    doc = {"id": f"C{i:06d}", "title": "Business Growth Playbook", "client": f"{r.pick(FIRST)} {r.pick(LAST)}",
           "company": company, "coach": "Helena Brandt, Growth Practice",
           "date": f"{1 + r.below(28)} {r.pick(MONTHS)} 2025"}
    areas = []
    for aid, name, obj, owner, metric, system in AREAS:
        score = 20 + r.below(36) + r.below(40)
        v = dict(name=name, obj=obj, Obj=obj[0].upper() + obj[1:], owner=owner, metric=metric, system=system,
                 System=system[0].upper() + system[1:], company=company, score=score)
        f = lambda t: t.format(**v)
        areas.append({"id": aid, "name": name, "score": score, "level": level(score),
                      "paragraph": f(PARA[level(score)]), "bullets": [f(t) for t in r.sample(BULLETS, 4 + r.below(3))],
                      "questions": [f(t) for t in r.sample(QUESTIONS, 3)],
                      "checklist": [f(t) for t in r.sample(CHECK, 4 + r.below(2))],
                      "plan": [{"phase": p, "focus": f(r.pick(fo)), "actions": f(ac), "measure": f(me)} for p, fo, ac, me in PLAN]})
    for k, a in enumerate(sorted(areas, key=lambda a: (a["score"], a["id"]))):
        a["priority"] = k + 1
    low = sorted(areas, key=lambda a: a["priority"])
    doc["overall"] = round(sum(a["score"] for a in areas) / 9)
    doc["summary"] = (f"{doc['client']}, this playbook was prepared for {company} from your answers of {doc['date']}. "
                      f"Across nine areas your overall result is {doc['overall']} of 100. The strongest area is "
                      f"{low[-1]['name']} ({low[-1]['score']}); the greatest leverage lies in {low[0]['name']} ({low[0]['score']}) "
                      f"and {low[1]['name']} ({low[1]['score']}). Work on those two first, and read the other chapters as a reference.")
    doc["areas"] = areas
    return doc


if __name__ == "__main__":
    for number in range(1, int(sys.argv[1]) + 1):
        print(json.dumps(model(number, 7), ensure_ascii=False))
