"""The ways by which a phone comes in: where the phone door is, what a person is told of it, and what it listens at."""

from __future__ import annotations

import errno
import socket
import ssl
from dataclasses import dataclass, field
from datetime import datetime
from ipaddress import IPv4Address, IPv4Network
from pathlib import Path

from patella.store.code import Codes
from patella.store.entry import StoreError
from patella.store.served import addresses_served
from patella.web.entrance import LABEL, Entrance, named_host, phone_door
from patella.web.listening import listen_at

USUAL_DOOR_PORT = 8767  # a phone keeps the address: it is the same each day, or said to be taken
SHARED = IPv4Network("100.64.0.0/10")  # RFC 6598: of carriers, and of Tailscale
NOWHERE = ("192.0.2.1", 9)  # RFC 5737: nobody's. Asking for the way there sends nothing

NO_NETWORK = (
    "This computer is in no network of its own just now. Join the Wi-Fi that the phone is in and start again, or say "
    "which address it has there: --address 192.168.1.5"
)


class DoorError(Exception):
    """A phone cannot come in like that; the message is a sentence for the person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody asked for: the phone door, at which address and port, and a host behind a proxy."""

    lan: bool = False
    address: str | None = None
    port: int | None = None
    host: str | None = None

    def __bool__(self) -> bool:
        """Whether anything but this machine is to get in."""
        return self.lan or self.host is not None


JUST_HERE = Wanted()


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a person needs to let a phone in: addresses, the best first; the code; of our certificate its fingerprint.

    `folder` is where the diary is, if the commands have to be told: that of a demo.
    `remade` says why the certificate is not the one of last time; None where it is, empty where it is the first.
    """

    urls: tuple[str, ...]
    code: str
    fingerprint: str | None = None
    remade: str | None = None
    folder: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDoors:
    """What is open: entrances, addresses, and what the phone door listens at."""

    entrances: tuple[Entrance, ...] = ()
    urls: tuple[str, ...] = ()
    listening: socket.socket | None = None
    tls: ssl.SSLContext | None = field(default=None, compare=False)
    fingerprint: str | None = None
    remade: str | None = None

    def tell(self, code: str, folder: Path | None) -> Told:
        """What a person is told."""
        return Told(urls=self.urls, code=code, fingerprint=self.fingerprint, remade=self.remade, folder=folder)


def open_doors(wanted: Wanted, folder: Path, port: int, now: datetime) -> OpenDoors:
    """Open what is wanted, over the diary in `folder` that is served at `port` of this machine.

    Raises DoorError, and StoreError where the certificate cannot be kept.
    """
    named = OpenDoors() if wanted.host is None else _named(wanted.host, port)
    return _together(named, _door(wanted, folder, now)) if wanted.lan else named


def doors_running(folder: Path, codes: Codes) -> Told:
    """What a person is told of a server that runs already, with a new code. Raises DoorError where no phone gets in."""
    urls = addresses_served(folder)
    if not urls:
        raise DoorError(
            "Patella is running already, for this computer alone. Stop it (Ctrl-C in its terminal), then ask again."
        )
    return Told(urls=urls, code=codes.make(), fingerprint=_fingerprint(folder))


def own_address() -> str | None:
    """The IPv4 address by which this machine goes to its network, if others there can reach it and nobody further."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(NOWHERE)
        except OSError:  # no way out, as in a network of two
            return next(filter(is_local, _by_name()), None)
        found = str(asked.getsockname()[0])
    return found if is_local(found) else None


def is_local(address: str) -> bool:
    """Whether an IPv4 address is one of a home's network, and not of this machine alone."""
    ip = IPv4Address(address)
    return (ip.is_private or ip in SHARED) and not ip.is_loopback and not ip.is_unspecified


def own_name() -> str | None:
    """What this machine is called in its network (RFC 6762), if it can be."""
    label = socket.gethostname().partition(".")[0].lower()
    return f"{label}.local" if LABEL.fullmatch(label) and label != "localhost" else None


def _by_name() -> list[str]:
    try:
        return [str(found[4][0]) for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    except OSError:
        return []


def _named(host: str, port: int) -> OpenDoors:
    return OpenDoors(entrances=(named_host(host, port),), urls=(f"https://{host}/",))


def _door(wanted: Wanted, folder: Path, now: datetime) -> OpenDoors:
    from patella.store.certificate import certificate_for

    address = own_address() if wanted.address is None else wanted.address
    if address is None:
        raise DoorError(NO_NETWORK)
    listening = _bound(address, USUAL_DOOR_PORT if wanted.port is None else wanted.port)
    try:
        name, port = own_name(), int(listening.getsockname()[1])
        names = (address, name) if name else (address,)
        kept = certificate_for(folder, names, now)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.minimum_version = ssl.TLSVersion.TLSv1_2
        tls.load_cert_chain(kept.file, kept.key_file)
    except (OSError, StoreError):
        listening.close()
        raise
    return OpenDoors(
        entrances=(phone_door(names, port),),
        urls=tuple(f"https://{name}:{port}/" for name in names),
        listening=listening,
        tls=tls,
        fingerprint=kept.fingerprint,
        remade=kept.made,
    )


def _together(one: OpenDoors, door: OpenDoors) -> OpenDoors:
    return OpenDoors(
        entrances=one.entrances + door.entrances,
        urls=one.urls + door.urls,
        listening=door.listening,
        tls=door.tls,
        fingerprint=door.fingerprint,
        remade=door.remade,
    )


def _bound(address: str, port: int) -> socket.socket:
    try:
        ip = IPv4Address(address)
    except ValueError:
        raise DoorError(f"{address!r} is no address. It is like 192.168.1.5.") from None
    if not (is_local(address) or ip.is_loopback):
        raise DoorError(f"{address} can be reached from everywhere. The phone door is for a network at home.")
    try:
        return listen_at(address, port)
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise DoorError(f"This computer does not have the address {address}.") from None
        raise DoorError(
            f"Port {port} cannot be used at {address}: {error.strerror}. Choose another with --lan-port."
        ) from None


def _fingerprint(folder: Path) -> str | None:
    from patella.store.certificate import fingerprint_of

    return fingerprint_of(folder)
