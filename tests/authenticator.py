"""A passkey made of software, for the tests: it makes a key pair and signs what it is asked to, as WebAuthn has it."""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from secrets import token_bytes
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from webauthn.helpers import encode_cbor

PRESENT, VERIFIED, ATTESTED = 1, 4, 64


@dataclass
class Authenticator:
    """One device with one key. Each field may be bent, to see that it is noticed."""

    origin: str
    host: str
    flags: int = PRESENT | VERIFIED
    signs: int = 0
    credential: bytes = field(default_factory=lambda: token_bytes(32))
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def make(self, options: Mapping[str, Any]) -> dict[str, object]:
        """What a browser answers to `navigator.credentials.create`."""
        numbers = self.key.public_key().public_numbers()
        public = {1: 2, 3: -7, -1: 1, -2: numbers.x.to_bytes(32), -3: numbers.y.to_bytes(32)}
        told = bytes(16) + len(self.credential).to_bytes(2) + self.credential + encode_cbor(public)
        attested = {"fmt": "none", "attStmt": {}, "authData": self._data(ATTESTED) + told}
        client = self._client("webauthn.create", options)
        return self._said({"clientDataJSON": _text(client), "attestationObject": _text(encode_cbor(attested))})

    def sign(self, options: Mapping[str, Any]) -> dict[str, object]:
        """What a browser answers to `navigator.credentials.get`."""
        self.signs += 1
        data, client = self._data(), self._client("webauthn.get", options)
        signature = self.key.sign(data + sha256(client).digest(), ec.ECDSA(SHA256()))
        said = {"clientDataJSON": client, "authenticatorData": data, "signature": signature}
        return self._said({name: _text(value) for name, value in said.items()})

    def _client(self, kind: str, options: Mapping[str, Any]) -> bytes:
        told = {"type": kind, "challenge": options["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(told).encode()

    def _data(self, more: int = 0) -> bytes:
        return sha256(self.host.encode()).digest() + bytes([self.flags | more]) + self.signs.to_bytes(4)

    def _said(self, response: Mapping[str, str]) -> dict[str, object]:
        name = _text(self.credential)
        return {"id": name, "rawId": name, "type": "public-key", "response": response, "clientExtensionResults": {}}


def _text(content: bytes) -> str:
    return urlsafe_b64encode(content).decode().rstrip("=")
