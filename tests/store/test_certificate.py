"""The phone door's certificate: made once, kept for its owner alone, and made anew only for a reason that is said."""

from __future__ import annotations

import ipaddress
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization

from patella.store.certificate import (
    CERTIFICATE,
    KEY,
    LASTS,
    NEW,
    NOT_PRIVATE,
    NOT_READABLE,
    NOT_YET,
    OTHER_NAMES,
    TOO_OLD,
    certificate_for,
    fingerprint_of,
)
from patella.store.entry import StoreError
from patella.store.export import export_json
from patella.store.keys import FOLDER
from patella.store.log import Log
from patella.store.whole import export_whole

NOW = datetime(2026, 11, 28, 20, tzinfo=UTC)
NAMES = ("192.168.1.5", "laptop.local")
HOME, OFFICE = ("192.168.1.5",), ("10.1.2.3",)


def read(folder: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate((folder / FOLDER / CERTIFICATE).read_bytes())


def key_of(folder: Path) -> bytes:
    return (folder / FOLDER / KEY).read_bytes()


def test_it_is_made_once_and_then_the_same(tmp_path: Path) -> None:
    first = certificate_for(tmp_path, NAMES, NOW)
    again = certificate_for(tmp_path, NAMES, NOW + timedelta(days=200))
    assert (first.made, again.made) == (NEW, None)
    assert first.fingerprint == again.fingerprint == fingerprint_of(tmp_path)


def test_it_says_what_a_browser_asks_for(tmp_path: Path) -> None:
    certificate_for(tmp_path, NAMES, NOW)
    made = read(tmp_path)
    names = made.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.IPAddress) == [ipaddress.ip_address("192.168.1.5")]
    assert names.get_values_for_type(x509.DNSName) == ["laptop.local"]
    assert not made.extensions.get_extension_for_class(x509.BasicConstraints).value.ca, "it vouches for nobody else"
    usage = made.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    assert list(usage) == [x509.oid.ExtendedKeyUsageOID.SERVER_AUTH]
    assert made.not_valid_before_utc < NOW < made.not_valid_after_utc
    assert made.not_valid_after_utc - made.not_valid_before_utc == LASTS <= timedelta(days=398)


def test_key_and_certificate_are_for_their_owner_alone_and_in_no_export(tmp_path: Path) -> None:
    with Log.open(tmp_path / "diary") as log:
        certificate_for(tmp_path / "diary", NAMES, NOW)
        folder = tmp_path / "diary" / FOLDER
        assert {f.name: f.stat().st_mode & 0o777 for f in folder.iterdir()} == {KEY: 0o600, CERTIFICATE: 0o600}
        export_json(log, tmp_path / "diary.json")
        export_whole(log, tmp_path / "diary.zip")
    taken = (tmp_path / "diary.json").read_bytes() + (tmp_path / "diary.zip").read_bytes()
    assert all(word not in taken for word in (key_of(tmp_path / "diary"), b"PRIVATE KEY", b"CERTIFICATE", KEY.encode()))


def test_another_network_gets_its_address_into_it_and_coming_home_changes_nothing(tmp_path: Path) -> None:
    certificate_for(tmp_path, HOME, NOW)
    key = key_of(tmp_path)
    away = certificate_for(tmp_path, OFFICE, NOW)
    assert away.made == OTHER_NAMES
    assert key_of(tmp_path) == key
    for names in (HOME, OFFICE, HOME):
        assert certificate_for(tmp_path, names, NOW).made is None


@pytest.mark.parametrize(("days", "why"), [(360, None), (367, TOO_OLD), (4000, TOO_OLD), (-30, NOT_YET)])
def test_one_that_is_near_its_end_or_not_begun_is_made_anew_with_the_same_key(
    tmp_path: Path, days: int, why: str | None
) -> None:
    certificate_for(tmp_path, NAMES, NOW)
    key, then = key_of(tmp_path), NOW + timedelta(days=days)
    assert certificate_for(tmp_path, NAMES, then).made == why
    assert key_of(tmp_path) == key
    assert read(tmp_path).not_valid_before_utc <= then <= read(tmp_path).not_valid_after_utc


@pytest.mark.skipif(os.name != "posix", reason="there are no others to close it to")
def test_a_key_that_others_could_read_is_not_used_any_more(tmp_path: Path) -> None:
    first = certificate_for(tmp_path, NAMES, NOW)
    key = key_of(tmp_path)
    first.key_file.chmod(0o640)
    second = certificate_for(tmp_path, NAMES, NOW)
    assert second.made == NOT_PRIVATE
    assert key_of(tmp_path) != key
    assert second.key_file.stat().st_mode & 0o777 == 0o600
    assert second.fingerprint != first.fingerprint


@pytest.mark.parametrize("file", [KEY, CERTIFICATE])
@pytest.mark.parametrize(
    "content", [b"", b"nonsense", b"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"]
)
def test_what_cannot_be_read_is_made_anew(tmp_path: Path, file: str, content: bytes) -> None:
    certificate_for(tmp_path, NAMES, NOW)
    (tmp_path / FOLDER / file).write_bytes(content)
    assert certificate_for(tmp_path, NAMES, NOW).made == NOT_READABLE
    made = read(tmp_path)
    key = serialization.load_pem_private_key(key_of(tmp_path), password=None)
    assert made.public_key() == key.public_key()
    assert certificate_for(tmp_path, NAMES, NOW).made is None


def test_a_key_of_another_certificate_is_noticed(tmp_path: Path) -> None:
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        certificate_for(tmp_path / name, NAMES, NOW)
    (tmp_path / "one" / FOLDER / KEY).write_bytes(key_of(tmp_path / "other"))
    assert certificate_for(tmp_path / "one", NAMES, NOW).made == NOT_READABLE


def test_a_clock_that_is_far_off_is_said_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"says 01 January 1970\. Set it right first"):
        certificate_for(tmp_path, NAMES, datetime(1970, 1, 1, tzinfo=UTC))
    assert not (tmp_path / FOLDER).exists()


def test_where_it_cannot_be_kept_a_sentence_says_so(tmp_path: Path) -> None:
    (tmp_path / FOLDER).write_text("in the way")
    with pytest.raises(StoreError, match="certificate is kept in"):
        certificate_for(tmp_path, NAMES, NOW)
