"""The phone door's own certificate: made once, kept beside the diary, for its owner alone and in no export.

Nobody vouches for it, so a browser warns once, and a person compares the fingerprint. It is kept for as long as it can
be: names that it had once stay in it, so that going to and fro between two networks changes nothing. Where it has to be
made anew, it is made with the same key, unless others could read that.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from patella.store.entry import StoreError
from patella.store.keys import FOLDER
from patella.store.private import OTHERS
from patella.store.whole_file import written_whole

KEY, CERTIFICATE = "phone-door.key", "phone-door.crt"
LASTS = timedelta(days=397)  # no browser takes a longer one (CA/Browser Forum, Apple)
BACKDATED = timedelta(days=1)  # a phone's clock may be behind
RENEWED_BEFORE = timedelta(days=30)
MOST_NAMES = 12
FIRST_YEAR = 2025

NEW = ""
NOT_PRIVATE = "Others on this machine could read its key, so both were made anew."
NOT_READABLE = "The old one could not be read, so it was made anew."
OTHER_NAMES = "This computer has a new address, so it was made anew with the same key."
TOO_OLD = "The old one was near its end, so it was made anew with the same key."
NOT_YET = "By the clock of this computer the old one is not valid yet, so it was made anew. Is the date right?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """Where it lies, what a person compares (SHA-256), and why it was made anew (None where it was not)."""

    file: Path
    key_file: Path
    fingerprint: str
    made: str | None


def certificate_for(folder: Path, names: tuple[str, ...], now: datetime) -> Certificate:
    """The certificate beside the diary in `folder`, good for every one of `names` (addresses, names of hosts) now.

    Raises StoreError where there can be none: nothing can be written, nothing closed to others, no clock that is right.
    """
    if now.year < FIRST_YEAR:
        raise StoreError(
            f"The clock of this computer says {now:%d %B %Y}. Set it right first, or no phone will come in."
        )
    place = folder / FOLDER
    try:
        place.mkdir(mode=0o700, exist_ok=True)
        key, trouble = _kept_key(place / KEY)
        old = _kept_certificate(place / CERTIFICATE)
        why = _why_not(old, key, names, now) if trouble is None else trouble
        if key is None:
            key = ec.generate_private_key(ec.SECP256R1())
            _write(place / KEY, _in_pem(key))
        if why is not None or old is None:
            old = _made(key, _with_old(names, old), now)
            _write(place / CERTIFICATE, old.public_bytes(serialization.Encoding.PEM))
    except OSError as error:
        raise StoreError(f"The certificate is kept in {place}, and that failed: {error.strerror}.") from None
    return Certificate(
        file=place / CERTIFICATE, key_file=place / KEY, fingerprint=old.fingerprint(hashes.SHA256()).hex(), made=why
    )


def fingerprint_of(folder: Path) -> str | None:
    """The fingerprint of the certificate that is kept beside the diary in `folder`; None where there is none."""
    kept = _kept_certificate(folder / FOLDER / CERTIFICATE)
    return kept.fingerprint(hashes.SHA256()).hex() if kept else None


def _kept_key(file: Path) -> tuple[ec.EllipticCurvePrivateKey | None, str | None]:
    """The key that is kept, if it is one that only its owner could read; and what was wrong with it."""
    try:
        is_open = os.name == "posix" and bool(file.stat().st_mode & OTHERS)
        found = serialization.load_pem_private_key(file.read_bytes(), password=None)
    except FileNotFoundError:
        return None, NEW
    except (ValueError, TypeError):
        return None, NOT_READABLE
    if not isinstance(found, ec.EllipticCurvePrivateKey):
        return None, NOT_READABLE
    return (None, NOT_PRIVATE) if is_open else (found, None)


def _kept_certificate(file: Path) -> x509.Certificate | None:
    with suppress(FileNotFoundError, ValueError):
        return x509.load_pem_x509_certificate(file.read_bytes())
    return None


def _why_not(
    old: x509.Certificate | None, key: ec.EllipticCurvePrivateKey | None, names: tuple[str, ...], now: datetime
) -> str | None:
    """Why the one that is kept will not do; None where it will."""
    if old is None or key is None or old.public_key() != key.public_key():
        return NOT_READABLE
    if not set(names) <= set(_names_of(old)):
        return OTHER_NAMES
    if now < old.not_valid_before_utc:
        return NOT_YET
    return TOO_OLD if now > old.not_valid_after_utc - RENEWED_BEFORE else None


def _names_of(certificate: x509.Certificate) -> list[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except (x509.ExtensionNotFound, ValueError):
        return []
    return [str(name.value) for name in found]


def _with_old(names: tuple[str, ...], old: x509.Certificate | None) -> list[str]:
    """The names of now first, then those it had."""
    return list(dict.fromkeys([*names, *(_names_of(old) if old else [])]))[:MOST_NAMES]


def _made(key: ec.EllipticCurvePrivateKey, names: list[str], now: datetime) -> x509.Certificate:
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Patella on this computer")])
    begins = now.astimezone(UTC) - BACKDATED
    usage = x509.KeyUsage(
        digital_signature=True, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=False, crl_sign=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begins)
        .not_valid_after(begins + LASTS)
        .add_extension(x509.SubjectAlternativeName([_general(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .sign(key, hashes.SHA256())
    )


def _general(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(name))
    except ValueError:
        return x509.DNSName(name)


def _in_pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    pem = serialization.Encoding.PEM
    written: bytes = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return written


def _write(file: Path, content: bytes) -> None:
    """Whole or not at all. Raises StoreError where it cannot be kept for its owner alone."""
    with written_whole(file, replace=True) as part:
        if os.name == "posix" and part.stat().st_mode & OTHERS:
            raise StoreError(f"Others could read {file}. Keep the diary on a disk that can be closed to them.")
        part.write_bytes(content)
