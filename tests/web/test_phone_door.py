"""The phone door over a real line: TLS of our own, a code, a cookie; and a host behind a proxy."""

from __future__ import annotations

import errno
import http.client
import json
import re
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from functools import partial
from hashlib import sha256
from pathlib import Path

import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.protocol import State
from websockets.sync.client import connect
from websockets.typing import Origin

from patella.store.code import GUESSES, Codes
from patella.store.keys import Keys
from patella.store.served import addresses_served
from patella.web.door import FORGOTTEN
from patella.web.entrance import this_machine
from patella.web.phone_door import NO_NETWORK, DoorError, Wanted, is_local, open_doors, own_name
from web.coached import BEGIN, frames_of
from web.server import serving
from web.visit import JSON, Plain, refusal

DOOR = "127.0.0.5"  # an address of this machine that nobody else reaches, in the place of one of a home's network
NAME = "knee.example"
PAGE = {"Accept": "text/html"}
BEGUN = json.dumps(BEGIN)


class Phone:
    """A browser elsewhere: it speaks TLS to the door, or the proxy's plain http where `tls` is none."""

    def __init__(self, address: str, port: int, host: str, tls: ssl.SSLContext | None) -> None:
        self.address = address
        self.port = port
        self.host = host
        self.tls = tls
        self.cookie = ""

    def ask(self, method: str, path: str, body: object = None, **headers: str) -> http.client.HTTPResponse:
        """An answer that is read already."""
        line = http.client.HTTPConnection(self.address, self.port, timeout=20)
        if self.tls:
            line = http.client.HTTPSConnection(self.address, self.port, timeout=20, context=self.tls)
        said = {"Host": self.host, "Cookie": self.cookie, **{k.replace("_", "-"): v for k, v in headers.items()}}
        with closing(line):
            line.request(
                method, path, None if body is None else json.dumps(body), said | ({} if body is None else JSON)
            )
            answer = line.getresponse()
            self.said = answer.read()
            return answer

    def status(self, method: str, path: str, body: object = None, **headers: str) -> int:
        return self.ask(method, path, body, **headers).status

    def type(self, code: str, name: str | None = None) -> http.client.HTTPResponse:
        return self.ask("POST", "/in/code", {"code": code, "name": name}, Origin=f"https://{self.host}")

    def come_in(self, folder: Path, name: str | None = None) -> str:
        """Type a new code; the header by which this phone is known from now on."""
        answer = self.type(Codes(Keys(folder)).make(), name)
        assert answer.status == 201, self.said
        found = str(answer.headers["set-cookie"])
        self.cookie = found.partition(";")[0]
        return found

    def refused(self) -> tuple[str, str]:
        found: Plain = json.loads(self.said)
        return refusal(400, found)[1:]


def way_in(folder: Path) -> str:
    """The address at which a phone finds the server of a folder, once it is said."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if found := addresses_served(folder):
            return found[0].removeprefix("https://").removesuffix("/")
        time.sleep(0.02)
    raise AssertionError("no way for a phone")


def trusting(folder: Path) -> ssl.SSLContext:
    """Who has compared the fingerprint trusts this certificate, and no other."""
    return ssl.create_default_context(cafile=folder / "keys" / "phone-door.crt")


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, int]]:
    """A server with both: the phone door and a named host."""
    folder = tmp_path_factory.mktemp("house") / "diary"
    with serving(folder, "--lan", DOOR, "--lan-port", "0", "--host", NAME) as (port, _):
        yield folder, port


@pytest.fixture
def folder(house: tuple[Path, int]) -> Path:
    return house[0]


@pytest.fixture
def door(folder: Path) -> Phone:
    """A phone in the network at home."""
    way_in(folder)
    host = addresses_served(folder)[1].removeprefix("https://").removesuffix("/")
    address, _, port = host.partition(":")
    assert address == DOOR
    return Phone(DOOR, int(port), host, trusting(folder))


@pytest.fixture
def named(house: tuple[Path, int]) -> Phone:
    """A phone anywhere, through a proxy of this machine that hands on the Host as it came."""
    return Phone("127.0.0.1", house[1], NAME, None)


@pytest.fixture(params=["door", "named"])
def phone(request: pytest.FixtureRequest) -> Phone:
    found: Phone = request.getfixturevalue(request.param)
    return found


def test_without_asking_nothing_but_this_machine_answers(tmp_path: Path) -> None:
    with serving(tmp_path / "diary") as (port, process):
        listening = listened_at(process)
        assert listening in ([("127.0.0.1", port)], [])  # none where this system does not say
        with socket.socket() as one:
            assert one.connect_ex((DOOR, port)) == errno.ECONNREFUSED
        assert addresses_served(tmp_path / "diary") == ()
        stranger = Phone("127.0.0.1", port, NAME, None)
        assert stranger.status("GET", "/today", **PAGE) == 421
        here = Phone("127.0.0.1", port, f"127.0.0.1:{port}", None)
        assert here.status("POST", "/in/code", {"code": "123456"}) == 401
        assert not (tmp_path / "diary" / "keys" / "phone-door.key").exists()


def test_a_phone_types_the_code_and_is_known_from_then_on(phone: Phone, folder: Path) -> None:
    assert phone.status("GET", "/today", **PAGE) == 401
    assert b"Six digits" in phone.said
    said = phone.come_in(folder, "Anna's phone")
    assert re.fullmatch(
        r"__Host-patella-\d+=[\w-]{43}; Path=/; Max-Age=34560000; HttpOnly; SameSite=Strict; Secure", said
    )
    assert phone.status("GET", "/api/today") == 200
    assert phone.ask("GET", "/today", **PAGE).headers["set-cookie"].endswith("; Secure")
    assert Keys(folder).devices()[0].name.startswith("Anna's phone")


def test_the_certificate_is_the_one_whose_fingerprint_is_told(door: Phone, folder: Path) -> None:
    from patella.store.certificate import fingerprint_of

    unchecked = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    unchecked.check_hostname, unchecked.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection((DOOR, door.port), 20) as plain, unchecked.wrap_socket(plain) as line:
        shown = line.getpeercert(binary_form=True)
        assert line.version() in ("TLSv1.2", "TLSv1.3")
    assert shown is not None
    assert sha256(shown).hexdigest() == fingerprint_of(folder)


def test_a_phone_that_compares_nothing_is_warned(door: Phone) -> None:
    stranger = Phone(DOOR, door.port, door.host, ssl.create_default_context())
    with pytest.raises(ssl.SSLCertVerificationError, match="certificate verify failed"):
        stranger.ask("GET", "/today")


def test_the_phone_door_speaks_tls_alone(door: Phone) -> None:
    with pytest.raises((http.client.HTTPException, OSError)):
        Phone(DOOR, door.port, door.host, None).ask("GET", "/today")


def test_who_says_nothing_at_the_phone_door_keeps_nobody_out(door: Phone, folder: Path) -> None:
    silent = [socket.create_connection((DOOR, door.port), 20) for _ in range(20)]
    try:
        door.come_in(folder)
        assert door.status("GET", "/api/today") == 200
    finally:
        for one in silent:
            one.close()


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1", "127.0.0.1:{here}", "localhost:{here}", NAME, f"{DOOR}", ""]
)
def test_at_the_phone_door_no_other_host_is_answered(door: Phone, house: tuple[Path, int], host: str) -> None:
    """Neither what another name was made to point here, nor this machine's own: that one is let in by a link."""
    door.host = host.format(here=house[1])
    assert door.status("GET", "/today", **PAGE) in (400, 421)


@pytest.mark.parametrize(
    "host", ["evil.example", f"sub.{NAME}", f"{NAME}:8765", f"{NAME}.", f"{DOOR}:8767", "192.168.1.5"]
)
def test_behind_a_proxy_exactly_the_name_is_answered(named: Phone, host: str) -> None:
    named.host = host
    assert named.status("GET", "/today", **PAGE) == 421


def test_what_a_proxy_adds_counts_for_nothing(named: Phone, house: tuple[Path, int]) -> None:
    ours = f"127.0.0.1:{house[1]}"
    forged = {
        "X-Forwarded-Host": ours,
        "X-Forwarded-For": "127.0.0.1",
        "X-Forwarded-Proto": "http",
        "Forwarded": f"host={ours}",
    }
    key = Keys(house[0]).let_in()
    named.cookie = f"{this_machine(house[1]).cookie}={key}"  # of another entrance
    assert named.ask("GET", "/api/today", **forged).status == 401
    named.host = "evil.example"
    assert named.ask("GET", "/today", **(forged | {"X-Forwarded-Host": NAME})).status == 421


@pytest.mark.parametrize(
    ("origin", "site", "status"),
    [
        ("https://{host}", "same-origin", 201),
        ("https://{host}", None, 201),
        ("http://{host}", None, 403),
        ("https://evil.example", None, 403),
        ("https://{host}.evil.example", None, 403),
        ("https://{host}", "cross-site", 403),
        ("https://{host}", "same-site", 403),
        ("http://127.0.0.1:{here}", None, 403),
        ("null", None, 403),
    ],
)
def test_only_its_own_page_changes_anything(
    phone: Phone, house: tuple[Path, int], origin: str, site: str | None, status: int
) -> None:
    phone.come_in(house[0])
    said = {"Origin": origin.format(host=phone.host, here=house[1])} | ({"Sec-Fetch-Site": site} if site else {})
    assert phone.status("POST", "/api/door/feed", {}, **said) == status


@pytest.mark.parametrize(
    ("origin", "opens"), [("https://{host}", True), ("http://{host}", False), ("https://evil.example", False)]
)
def test_the_coachs_line_opens_for_its_own_page_alone(phone: Phone, folder: Path, origin: str, *, opens: bool) -> None:
    phone.come_in(folder)
    plain = socket.create_connection((phone.address, phone.port), 20)
    with phone.tls.wrap_socket(plain, server_hostname=phone.address) if phone.tls else plain as line:
        said = Origin(origin.format(host=phone.host))
        known = {"Cookie": phone.cookie}
        opening = partial(connect, f"ws://{phone.host}/api/coach", sock=line, origin=said, additional_headers=known)
        if opens:
            with opening() as opened:
                assert opened.protocol.state is State.OPEN
            return
        with pytest.raises(InvalidStatus) as refused:
            opening()
    assert refused.value.response.status_code == 403


def test_a_line_that_is_open_is_cut_once_its_phone_is_forgotten(named: Phone, folder: Path) -> None:
    named.come_in(folder, "Filming")
    with connect(
        f"ws://{NAME}/api/coach",
        sock=socket.create_connection((named.address, named.port), 20),
        origin=Origin(f"https://{NAME}"),
        additional_headers={"Cookie": named.cookie},
    ) as line:
        line.send(BEGUN)
        assert json.loads(line.recv(20))["seen"] == 0
        (filming,) = [d for d in Keys(folder).devices() if d.name == "Filming"]
        Keys(folder).forget_one(filming.id)
        frames = iter(frames_of(reps=4))
        until = time.monotonic() + 20
        while line.protocol.state is State.OPEN and time.monotonic() < until:
            with suppress(ConnectionClosed):
                line.send(next(frames))
            time.sleep(1 / 10)
    assert line.close_code == FORGOTTEN


def test_a_link_is_good_on_this_machine_alone(phone: Phone, house: tuple[Path, int]) -> None:
    link = Keys(house[0]).make_link()
    assert phone.status("GET", f"/in/{link}", **PAGE) == 401
    assert Keys(house[0]).use_link(link), "nobody has looked at it"


def test_on_this_machine_a_code_lets_nobody_in(house: tuple[Path, int]) -> None:
    folder, port = house
    here = Phone("127.0.0.1", port, f"127.0.0.1:{port}", None)
    code = Codes(Keys(folder)).make()
    assert here.ask("POST", "/in/code", {"code": code}).status == 401
    assert Codes(Keys(folder)).left() == GUESSES


def test_a_wrong_code_says_how_many_tries_are_left_and_then_the_door_is_shut(phone: Phone, folder: Path) -> None:
    code = Codes(Keys(folder)).make()
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    heard = []
    for _ in range(GUESSES):
        assert phone.type(wrong).status == 403
        heard.append(phone.refused())
    assert [code for code, _ in heard] == ["wrong-code"] * GUESSES
    assert "4 more tries" in heard[0][1]
    assert "One more try" in heard[-2][1]
    assert "patella devices --add" in heard[-1][1]
    assert phone.type(code).status == 410
    assert phone.refused()[0] == "no-code"
    assert phone.status("GET", "/api/today") == 401


@pytest.mark.parametrize(
    "body", [{"code": "12"}, {"code": 123456}, {}, {"code": "123456", "more": 1}, {"code": "1" * 50}]
)
def test_what_is_no_code_costs_no_try(door: Phone, folder: Path, body: object) -> None:
    Codes(Keys(folder)).make()
    answer = door.ask("POST", "/in/code", body or {"x": 1})
    assert answer.status == 422
    assert Codes(Keys(folder)).left() == GUESSES


def test_another_site_types_no_code(phone: Phone, folder: Path) -> None:
    code = Codes(Keys(folder)).make()
    assert phone.status("POST", "/in/code", {"code": code}, Origin="https://evil.example") == 403
    assert Codes(Keys(folder)).left() == GUESSES


def test_a_phone_that_is_forgotten_gets_nothing_more_and_is_told_how_to_come_back(phone: Phone, folder: Path) -> None:
    phone.come_in(folder, "Lost phone")
    (lost,) = [d for d in Keys(folder).devices() if d.name == "Lost phone"]
    Keys(folder).forget_one(lost.id)
    assert phone.status("GET", "/api/today") == 401
    assert "patella devices --add" in phone.refused()[1]


def test_one_device_forgets_another_by_its_place_in_the_list(phone: Phone, folder: Path) -> None:
    phone.come_in(folder)
    other = Keys(folder).let_in(name="An old one")
    own = {"Origin": f"https://{phone.host}"}
    assert phone.status("GET", "/api/door") == 200
    listed = {d["name"]: d for d in json.loads(phone.said)["devices"]}
    assert [d["here"] for d in listed.values()].count(True) == 1
    place = f"/api/door/devices/{listed['An old one']['id']}/forget"
    assert phone.status("POST", place, {}, **own) == 200
    assert not Keys(folder).knows(other)
    assert phone.status("POST", place, {}, **own) == 404
    assert phone.refused()[0] == "no-device"
    assert phone.status("POST", "/api/door/devices/x/forget", {}, **own) == 422


def test_the_pages_own_files_are_open_and_nothing_else(phone: Phone) -> None:
    assert phone.status("GET", "/static/app/code.js") == 200
    for path in ("/api/today", "/api/health", "/api/export.json", "/api/door", "/feed/x/reminders.ics"):
        assert phone.status("GET", path) == 401, path


def test_a_port_that_is_taken_is_said_and_nothing_is_made(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind((DOOR, 0))
        taken.listen(1)
        port = taken.getsockname()[1]
        with pytest.raises(DoorError, match=rf"Port {port} cannot be used .*--lan-port"):
            ways(tmp_path, address=DOOR, port=port)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("address", "sentence"),
    [("192.168.254.253", "does not have the address"), ("8.8.8.8", "from everywhere"), ("0.0.0.0", "from everywhere"),  # noqa: S104 - refused
     ("laptop", "is no address"), ("::1", "is no address"), ("", "is no address")],
)  # fmt: skip
def test_an_address_that_will_not_do_is_said(tmp_path: Path, address: str, sentence: str) -> None:
    with pytest.raises(DoorError, match=sentence):
        ways(tmp_path, address=address)


def test_where_there_is_no_network_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("patella.web.phone_door.own_address", lambda: None)
    with pytest.raises(DoorError, match="in no network") as caught:
        ways(tmp_path)
    assert str(caught.value) == NO_NETWORK


@pytest.mark.parametrize(
    ("address", "local"),
    [("192.168.1.5", True), ("10.0.0.2", True), ("172.20.1.1", True), ("100.101.102.103", True), ("169.254.3.4", True),
     ("127.0.0.1", False), ("8.8.8.8", False), ("0.0.0.0", False), ("172.33.0.1", False)],  # noqa: S104 - asked about
)  # fmt: skip
def test_only_addresses_of_a_home_are_opened(address: str, *, local: bool) -> None:
    assert is_local(address) is local


@pytest.mark.parametrize(
    ("called", "name"),
    [
        ("Laptop", "laptop.local"),
        ("laptop.lan.example", "laptop.local"),
        ("l\u00e4ptop", None),
        ("localhost", None),
        ("", None),
    ],
)
def test_a_machine_is_called_by_its_own_name(monkeypatch: pytest.MonkeyPatch, called: str, name: str | None) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: called)
    assert own_name() == name


def ways(folder: Path, address: str | None = None, port: int | None = 0) -> None:
    from datetime import UTC, datetime

    open_doors(Wanted(lan=True, address=address, port=port), folder, 8765, datetime(2026, 11, 28, tzinfo=UTC))


def listened_at(process: subprocess.Popen[str]) -> list[tuple[str, int]]:
    """Where a process listens, as the kernel says; nothing where it does not say."""
    try:
        links = [link.readlink().name for link in Path(f"/proc/{process.pid}/fd").iterdir() if link.is_symlink()]
        lines = [
            *Path("/proc/net/tcp").read_text().splitlines()[1:],
            *Path("/proc/net/tcp6").read_text().splitlines()[1:],
        ]
    except OSError:
        return []
    sockets = {link.removeprefix("socket:[").removesuffix("]") for link in links if link.startswith("socket:[")}
    found = [line.split() for line in lines]
    ours = [words[1] for words in found if words[3] == "0A" and words[9] in sockets]
    return [(socket.inet_ntoa(bytes.fromhex(a.partition(":")[0])[::-1]), int(a.partition(":")[2], 16)) for a in ours]
