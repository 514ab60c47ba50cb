"""Every option and argument of the commands, each said once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from patella.care.pain import GREEN_MAX, When
from patella.care.person import Knee

Data = Annotated[Path | None, typer.Option("--data", metavar="DIR", help="Where your diary is kept.")]
Day = Annotated[str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="Take this day for today.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer in JSON.")]
Replace = Annotated[bool, typer.Option("--replace", help="Replace what is there already.")]
Only = Annotated[str | None, typer.Option("--only", metavar="ID", help="Only this exercise.")]
Full = Annotated[bool, typer.Option("--full", help="The whole routine instead of today's few.")]
Short = Annotated[bool, typer.Option("--short", help="About ten minutes: the two exercises that matter most.")]
Snack = Annotated[bool, typer.Option("--snack", help="Two minutes: one exercise, one set.")]
Quiet = Annotated[bool, typer.Option("--quiet", help="No bell.")]
Speed = Annotated[float, typer.Option("--speed", hidden=True)]
Why = Annotated[bool, typer.Option("--why", help="Every reason, with its source.")]
Questions = Annotated[bool, typer.Option("--questions", help="List the questions, their ids and choices.")]
Answers = Annotated[
    Path | None,
    typer.Option("--answers", metavar="FILE", help="JSON: {question id: answer}; - is the input."),
]
Assessed = Annotated[bool, typer.Option("--assessed", help="You were seen and told that exercise is fine.")]
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="With --assessed or --seen: the day of it.")]
Seen = Annotated[bool, typer.Option("--seen", help="Somebody who can examine a knee has seen it.")]
Symptom = Annotated[
    str | None,
    typer.Option("--symptom", metavar="NAME", help="Something new, such as swelling or locking."),
]
Nprs = Annotated[int, typer.Argument(metavar="N", help="0 (none) to 10 (the worst).")]
WhenAsked = Annotated[When, typer.Option("--when", help="Before, during, an hour after, or the morning after.")]
WhichKnee = Annotated[Knee | None, typer.Option("--knee", help="Which knee.")]
InExercise = Annotated[str | None, typer.Option("--exercise", metavar="ID", help="The exercise it was during.")]
Days = Annotated[int, typer.Option("--days", metavar="N", help="How many days to look back.")]
SessionId = Annotated[str | None, typer.Option("--session", metavar="ID", help="Only this session.")]
Edit = Annotated[str | None, typer.Option("--edit", metavar="ID", help="Correct a session, line by line.")]
Undo = Annotated[bool, typer.Option("--undo", help="Take back the latest entry; asks before.")]
EntryId = Annotated[str | None, typer.Option("--entry", metavar="ID", help="With --undo: this entry.")]
Sure = Annotated[bool, typer.Option("--yes", help="Do not ask.")]
Exercise = Annotated[str, typer.Argument(metavar="ID", help="An exercise: its id, name, or routine number.")]
Lesson = Annotated[str | None, typer.Argument(metavar="[ID]", help="A lesson; today's if you name none.")]
AllLessons = Annotated[bool, typer.Option("--all", help="Every lesson, and which you have read.")]
HandoutFile = Annotated[Path, typer.Argument(metavar="OUT", help="The PDF to write.")]
Letter = Annotated[bool | None, typer.Option("--letter/--a4", help="Paper; A4 unless your settings say Letter.")]
ExportFile = Annotated[Path, typer.Argument(metavar="OUT", help="A file that ends in .json, .csv, .zip, .tcx or .fit.")]
RestoreFile = Annotated[Path, typer.Argument(metavar="FILE", help="A JSON or ZIP file that `patella export` wrote.")]
Knees = Annotated[str | None, typer.Option("--knees", metavar="left,right", help="The sore ones, or none.")]
Equipment = Annotated[str | None, typer.Option("--equipment", metavar="a,b", help="At hand; or all, or none.")]
UsualPain = Annotated[int | None, typer.Option("--usual-pain", metavar="N", help="On a usual morning, 0 to 10.")]
Weight = Annotated[str | None, typer.Option("--weight", metavar="kg|lb", help="The unit for weights.")]
Distance = Annotated[
    str | None, typer.Option("--distance", metavar="km|mi", help="The unit for distances, shown and typed.")
]
Height = Annotated[str | None, typer.Option("--height", metavar="cm|ft", help="The unit for heights.")]
Country = Annotated[str | None, typer.Option("--country", metavar="DE", help="Where you are: whom to call.")]
Cautious = Annotated[bool | None, typer.Option("--cautious/--no-cautious", help=f"Above {GREEN_MAX} of 10 is red.")]
FullArc = Annotated[bool | None, typer.Option("--full-arc/--no-full-arc", help="The whole movement, when it is time.")]
Beat = Annotated[bool | None, typer.Option("--beat/--no-beat", help="A beat leads repetitions and counts them.")]
Maintenance = Annotated[
    bool | None, typer.Option("--maintenance/--no-maintenance", help="Five minutes to keep it, or the programme.")
]
OneLeg = Annotated[bool | None, typer.Option("--one-leg/--no-one-leg", help="Train only the sore leg.")]
Folder = Annotated[Path | None, typer.Argument(metavar="[DIR]", help="A library; Patella's own if not said.")]
DataOrEnvironment = Annotated[
    Path | None, typer.Option("--data", envvar="PATELLA_DATA", metavar="DIR", help="Your diary's folder.")
]
Version = Annotated[bool, typer.Option("--version", help="Show the version.")]
Port = Annotated[
    int | None, typer.Option("--port", min=0, max=65535, metavar="N", help="The port; 0 takes a free one.")
]
Forget = Annotated[bool, typer.Option("--forget", help="Forget every browser that was let in before.")]
Lan = Annotated[bool, typer.Option("--lan", help="Let your phone in too, in the network at home.")]
Address = Annotated[
    str | None, typer.Option("--address", metavar="A.B.C.D", help="With --lan: which of this computer's addresses.")
]
LanPort = Annotated[
    int | None, typer.Option("--lan-port", min=0, max=65535, metavar="N", help="With --lan: another port than 8767.")
]
Host = Annotated[
    str | None, typer.Option("--host", metavar="NAME", help="Also answer as https://NAME, behind Tailscale or Caddy.")
]
Shared = Annotated[bool, typer.Option("--shared", help="One server for many people, who sign in.")]
Database = Annotated[
    str | None,
    typer.Option(
        "--database", metavar="URL", envvar="PATELLA_DATABASE", show_envvar=True,
        help="With --shared: a PostgreSQL database, postgresql://patella@localhost/patella.",
    ),
]  # fmt: skip
Workers = Annotated[int, typer.Option("--workers", min=1, max=64, metavar="N", help="With --shared: processes.")]
Certificate = Annotated[
    Path | None, typer.Option("--certificate", metavar="FILE", help="With --shared, where no proxy speaks TLS for us.")
]
CertificateKey = Annotated[Path | None, typer.Option("--key", metavar="FILE", help="The key of that certificate.")]
Proxy = Annotated[
    str | None, typer.Option("--proxy", metavar="A.B.C.D", help="With --shared: whose word counts about who asks.")
]
Add = Annotated[bool, typer.Option("--add", help="A code, and where to type it, to let in one more phone.")]
ForgetOne = Annotated[str | None, typer.Option("--forget", metavar="NAME", help="Forget this one.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open the browser.")]
SiteFolder = Annotated[Path, typer.Argument(metavar="OUT", help="A new or empty folder, or an older site.")]
Parts = Annotated[
    Path | None, typer.Option("--parts", metavar="DIR", help="Where Python for browsers and the libraries are kept.")
]
Demo = Annotated[bool, typer.Option("--demo", help="Twelve weeks of a made-up runner, thrown away at the end.")]
