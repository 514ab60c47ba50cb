"""The report as an HL7 FHIR R4 bundle: observations, the answers to questions, and the plan of exercises.

Export only. The person is a Patient, with a name where it is for somebody who looks after many. Ids are made from the
diary and the report, so that the same report gives the same bundle; a person is one Patient in all of theirs.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from patella.app.patella import Patella

Resource = dict[str, Any]
Report = Mapping[str, Any]

IDS = UUID("3b1f4a52-6c0e-5d6e-9d4b-66686972720a")
PAIN_NRS = {"system": "http://loinc.org", "code": "72514-3", "display": "Pain severity - 0-10 verbal numeric rating"}
SURVEY = [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "survey"}]}]
ACTIVITY = [{"coding": [{"system": "http://terminology.hl7.org/CodeSystem/observation-category", "code": "activity"}]}]
UCUM = "http://unitsofmeasure.org"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose report it is: the id of the first entry of their diary, and what they are called, if that is to be said."""

    diary: str
    name: str = ""


def whose_of(app: Patella, name: str = "") -> Whose:
    """Whose diary it is: known by the id of its first entry, the same in each of their bundles."""
    first = next(app.log.pages(), [])
    return Whose(diary=first[0].id if first else "", name=name)


def report_fhir(report: Report, at: str, whose: Whose) -> bytes:
    """The bundle as JSON. `at` is the moment it is made, ISO 8601 with its offset."""
    return (json.dumps(bundle_of(report, at, whose), indent=2, ensure_ascii=False) + "\n").encode()


def bundle_of(report: Report, at: str, whose: Whose) -> Resource:
    """The bundle in plain values."""
    report = {**report, "whose": whose.diary}
    person: Resource = {"resourceType": "Patient", "id": _person_id(report), "active": True}
    if whose.name:
        person["name"] = [{"text": whose.name}]
    resources = [person, *_observations(report), *_answers(report), *_screenings(report), *_plan(report)]
    return {
        "resourceType": "Bundle",
        "id": _id(report, "bundle"),
        "type": "collection",
        "timestamp": at,
        "entry": [{"fullUrl": f"urn:uuid:{r['id']}", "resource": r} for r in resources],
    }


def _id(report: Report, name: str) -> str:
    return str(uuid5(IDS, f"{report['whose']} {report['since']} {report['until']} {name}"))


def _person_id(report: Report) -> str:
    return str(uuid5(IDS, f"{report['whose']} person"))


def _subject(report: Report) -> Resource:
    return {"reference": f"urn:uuid:{_person_id(report)}"}


def _observations(report: Report) -> Iterator[Resource]:
    for day, nprs in report["pain"]["mornings"]:
        score = {"value": nprs, "unit": "{score}", "system": UCUM, "code": "{score}"}
        code: Resource = {"coding": [PAIN_NRS], "text": "Knee pain in the morning, 0 to 10"}
        yield _observation(report, f"morning {day}", code, {"effectiveDateTime": day, "valueQuantity": score}, SURVEY)
    practised = report["adherence"]
    shares = {"Regularity of exercises, of 3 days a week": practised["regularity"], "Dose done": practised["dose"]}
    for text, share in shares.items():
        if share is not None:
            percent = {"value": round(100 * share, 1), "unit": "%", "system": UCUM, "code": "%"}
            yield _observation(report, text, {"text": text}, {**_span(report), "valueQuantity": percent}, ACTIVITY)
    for week in (report["running"] or {}).get("weeks", ()):
        if week["km"] is None:
            continue
        distance = {"value": week["km"], "unit": "km", "system": UCUM, "code": "km"}
        when = {"effectiveDateTime": week["since"], "valueQuantity": distance}
        code = {"text": "Running distance of the week that begins on this day"}
        yield _observation(report, f"week {week['since']}", code, when, ACTIVITY)


def _observation(report: Report, name: str, code: Resource, values: Resource, category: list[Resource]) -> Resource:
    return {
        "resourceType": "Observation",
        "id": _id(report, f"observation {name}"),
        "status": "final",
        "category": category,
        "code": code,
        "subject": _subject(report),
        **values,
    }


def _span(report: Report) -> Resource:
    return {"effectivePeriod": {"start": report["since"], "end": report["until"]}}


def _answers(report: Report) -> Iterator[Resource]:
    for score in report["scores"]:
        for number, entry in enumerate(score["entries"]):
            items = [_item(score["score"], score["question"], {"valueDecimal": entry["value"]})]
            for place, (name, value) in enumerate(entry["activities"], 1):
                items.append(_item(f"{score['score']}.{place}", name, {"valueInteger": value}))
            yield _response(report, f"{score['score']} {number}", entry["day"], items)


def _screenings(report: Report) -> Iterator[Resource]:
    for number, one in enumerate(report["screening"]["answered"]):
        named = [
            _item(f"flag.{place}", n["question"], {"valueString": n["answer"]})
            for place, n in enumerate(one["named"], 1)
        ]
        outcome = one["outcome"] or "not known any more"
        items = [_item("outcome", "What the screening came to", {"valueString": outcome}), *named]
        yield _response(report, f"screening {number}", one["day"], items)


def _item(link: str, text: str, answer: Resource) -> Resource:
    return {"linkId": link, "text": text, "answer": [answer]}


def _response(report: Report, name: str, day: str, items: list[Resource]) -> Resource:
    return {
        "resourceType": "QuestionnaireResponse",
        "id": _id(report, f"response {name}"),
        "status": "completed",
        "subject": _subject(report),
        "authored": day,
        "item": items,
    }


def _plan(report: Report) -> Iterator[Resource]:
    activities = [
        {
            "detail": {
                "kind": "ServiceRequest",
                "code": {"text": e["name"]},
                "status": "in-progress",
                "description": f"{e['last_dose']}; done {e['times']} times, first {e['first_dose']}",
            }
        }
        for e in report["exercises"]
    ]
    plan: Resource = {
        "resourceType": "CarePlan",
        "id": _id(report, "plan"),
        "status": "active",
        "intent": "plan",
        "title": "Exercises for the knee",
        "subject": _subject(report),
        "period": {"start": report["since"], "end": report["until"]},
    }
    yield plan | ({"activity": activities} if activities else {})
