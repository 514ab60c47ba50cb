"""Who may ask for what: every operation of the route table, by whom it is for."""

from __future__ import annotations

OPEN, SIGNED_IN, DIARY, RUNNER, PHYSIOTHERAPIST, ADMINISTRATOR, KEY, NOBODY = (
    "open", "signed in", "diary", "runner", "physiotherapist", "administrator", "key", "nobody",
)  # fmt: skip

_FOR = {
    OPEN: """
        POST /api/people/sign-in
        POST /api/people/sign-in/passkey
        POST /api/people/sign-in/passkey/begin
        POST /api/people/invitation
        POST /api/people/invitation/accept
        POST /api/people/invitation/passkey
        POST /api/people/invitation/passkey/begin
        GET /sign-in
        GET /join
        GET /favicon.ico
        GET /manifest.webmanifest
        GET /sw.js
        GET /static/{path:path}
        GET /models/{name}
    """,
    SIGNED_IN: """
        POST /api/people/sign-out
        GET /api/people/me
        POST /api/people/me/name
        POST /api/people/me/password
        POST /api/people/me/passkeys
        POST /api/people/me/passkeys/begin
        POST /api/people/me/passkeys/{number}/forget
        POST /api/people/me/visits/end-others
        POST /api/people/me/visits/{number}/end
        POST /api/people/me/close
        POST /api/people/me/confirm
        GET /account
    """,
    RUNNER: """
        GET /api/people/sharing
        POST /api/people/sharing
        GET /sharing
    """,
    PHYSIOTHERAPIST: """
        GET /api/people/runners/invitations
        POST /api/people/runners/invitations
        POST /api/people/runners/invitations/{number}/withdraw
        GET /runners
        GET /runners/{id}
        GET /api/people/caseload
        GET /api/people/caseload/{number}
        GET /api/people/caseload/{number}/programme
        POST /api/people/caseload/{number}/programme
        POST /api/people/caseload/{number}/programme/end
        GET /api/people/caseload/{number}/report.{ending}
    """,
    ADMINISTRATOR: """
        GET /api/people/accounts
        POST /api/people/invitations
        POST /api/people/invitations/{number}/withdraw
        POST /api/people/accounts/{number}/way-back
        POST /api/people/accounts/{number}/sign-out
        POST /api/people/accounts/{number}/shut
        POST /api/people/accounts/{number}/reopen
        POST /api/people/accounts/{number}/role
        GET /people
    """,
    KEY: """
        GET /feed/{key}/reminders.ics
    """,
    NOBODY: """
        POST /api/sitting/read
        GET /api/door
        POST /api/door/devices/{device}/forget
        POST /api/door/feed
        POST /api/door/forget
        POST /in/code
        GET /in/{key}
        DELETE /api/watched
        GET /api/watched
        PUT /api/watched
    """,
    DIARY: """
        GET /
        GET /api/activities/unnamed
        POST /api/activities/unnamed
        POST /api/activities/{activity_id}/sport
        POST /api/barefoot
        WS /api/coach
        GET /api/comeback
        POST /api/comeback
        POST /api/comeback/outings
        GET /api/diary
        GET /api/emergency
        POST /api/entries/{entry_id}/change
        POST /api/entries/{entry_id}/undo
        POST /api/erase
        GET /api/exercises
        GET /api/exercises/{exercise_id}
        GET /api/exercises/{exercise_id}/drawing.svg
        GET /api/exercises/{exercise_id}/ghost
        GET /api/export.csv
        GET /api/export.fit
        GET /api/export.json
        GET /api/export.tcx
        POST /api/films
        POST /api/films/look
        GET /api/handout.pdf
        GET /api/health
        POST /api/imports
        GET /api/imports/{import_id}
        POST /api/imports/{import_id}/begin
        POST /api/imports/{import_id}/files
        POST /api/imports/{import_id}/stop
        GET /api/insight
        POST /api/knee
        GET /api/lesson
        GET /api/lessons
        POST /api/lessons/{lesson_id}/read
        POST /api/merge
        GET /api/morning.ics
        POST /api/pain
        GET /api/paper/handout
        GET /api/paper/report
        GET /api/places
        GET /api/profile
        GET /api/programme
        POST /api/programme/end
        PATCH /api/profile
        GET /api/questions
        GET /api/reminders.ics
        GET /api/report.{ending}
        POST /api/restore
        GET /api/running
        POST /api/runs
        POST /api/runs/{run_id}/change
        GET /api/scores
        POST /api/scores
        POST /api/screening
        POST /api/screening/assessed
        POST /api/screening/peek
        POST /api/seen
        POST /api/sessions
        GET /api/sessions/{session_id}
        POST /api/sessions/{session_id}/ease
        POST /api/sessions/{session_id}/events
        POST /api/sessions/{session_id}/swap
        GET /api/shoes
        POST /api/shoes
        POST /api/shoes/{shoe_id}/change
        GET /api/sights
        POST /api/sitting
        POST /api/symptoms
        GET /api/timeline
        GET /api/timeline/chart
        GET /api/today
        GET /api/tomorrow
        GET /diary
        GET /diary/{id}
        GET /finish/{id}
        GET /lessons
        GET /lessons/{id}
        GET /library
        GET /library/{id}
        GET /paper/{id}
        GET /player/{id}
        GET /settings
        GET /timeline
        GET /timeline/{id}
        GET /today
        GET /walkrun
        GET /welcome
    """,
}
MATRIX = {operation.strip(): who for who, lines in _FOR.items() for operation in lines.strip().splitlines()}
