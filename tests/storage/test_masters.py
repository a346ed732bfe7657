"""The master key is read as it is written, found by its id, and read again when it is not known yet."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from storage.masters import (
    SIZE,
    MasterKey,
    Masters,
    NoMasterKey,
    fixed,
    new_master,
    no_masters,
    read_masters,
)

# These bytes need both letters in which the two alphabets of base64 differ.
SECRET = bytes([0xFB, 0xFF, 0xBF]) + bytes(range(29))
KEY, OTHER = MasterKey(SECRET), MasterKey(bytes(32))


def test_a_key_is_told_apart_by_a_digest_and_wraps() -> None:
    assert KEY.id == hashlib.sha256(b"steady master key" + SECRET).hexdigest()[:16]
    assert repr(KEY) == str(KEY) == f"MasterKey({KEY.id})"
    sealed = KEY.cipher.encrypt(bytes(12), b"x", None)
    assert AESGCM(SECRET).decrypt(bytes(12), sealed, None) == b"x"


def test_a_new_key_is_random_and_long_enough() -> None:
    assert len(new_master().secret) == SIZE == 32
    assert new_master() != new_master()


URL_SAFE, PLAIN = base64.urlsafe_b64encode(SECRET).decode(), base64.b64encode(SECRET).decode()


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(URL_SAFE, id="as we write it"),
        pytest.param(PLAIN, id="in the other alphabet"),
        pytest.param(URL_SAFE.rstrip("="), id="without the padding"),
        pytest.param(SECRET.hex(), id="hexadecimal"),
        pytest.param(SECRET.hex().upper(), id="in capitals"),
        pytest.param(f"  {URL_SAFE}\n", id="blanks around it"),
        pytest.param(f"# made in May\n{URL_SAFE} # the only one", id="remarks"),
    ],
)
def test_a_key_is_read(written: str) -> None:
    assert "-" in URL_SAFE
    assert "_" in URL_SAFE
    assert KEY.written() == URL_SAFE
    assert read_masters(written) == (KEY,)


@pytest.mark.parametrize("between", [" ", ",", "\n", ", \n", "\t# the old one\n"])
def test_several_keys_are_read_in_order(between: str) -> None:
    assert read_masters(f"{URL_SAFE}{between}{OTHER.written()}") == (KEY, OTHER)


@pytest.mark.parametrize("written", ["", " ,\n", "# only words"])
def test_nothing_is_no_key(written: str) -> None:
    with pytest.raises(NoMasterKey, match=r"^there is no key in it$"):
        read_masters(written)


@pytest.mark.parametrize(
    "written",
    [
        "c2hvcnQ=",
        "not!base64",
        f"{URL_SAFE[:9]}!{URL_SAFE[9:]}",
        SECRET.hex()[:-1],
        f"{SECRET.hex()}00",
        base64.b64encode(SECRET + b"x").decode(),
        "é",
    ],
)
def test_what_is_no_key_is_refused_with_what_to_do(written: str) -> None:
    with pytest.raises(NoMasterKey, match=r"^a master key is 32 bytes.*`steady keys new` makes one$"):
        read_masters(written)


class Ring:
    """Keys that are configured, and how often they were read."""

    def __init__(self, *keys: MasterKey) -> None:
        self.keys, self.read = keys, 0

    def __call__(self) -> Sequence[MasterKey]:
        self.read += 1
        return self.keys


def test_keys_are_read_when_they_are_needed_and_once() -> None:
    ring = Ring(KEY, OTHER)
    masters = Masters(ring)
    assert ring.read == 0
    assert (masters.first(), masters.first(), masters.find(OTHER.id), masters.find(KEY.id)) == (KEY, KEY, OTHER, KEY)
    assert ring.read == 1


def test_a_key_that_is_not_known_is_looked_for_again_once() -> None:
    ring = Ring(KEY)
    masters = Masters(ring)
    masters.first()
    ring.keys = (KEY, OTHER)
    assert masters.find(OTHER.id) == OTHER
    assert ring.read == 2
    with pytest.raises(NoMasterKey) as refused:
        masters.find("missing")
    assert str(refused.value) == (
        f"The database is locked with the master key missing, which is not among those configured ({KEY.id},"
        f" {OTHER.id}). All processes of one database need the same key, whatever their STEADY_HOME: see"
        " docs/scaling.md."
    )
    assert ring.read == 3


def test_keys_that_were_told_stay_whatever_is_configured() -> None:
    masters = Masters(Ring(KEY))
    masters.know(OTHER)
    assert masters.first() == OTHER
    masters.reload()
    assert masters.first() == OTHER


def test_without_a_key_nothing_begins() -> None:
    with pytest.raises(NoMasterKey, match=r"^there is no master key$"):
        fixed().first()
    with pytest.raises(NoMasterKey, match=r"^this Store was opened without a master key$"):
        Masters(no_masters).first()
    assert fixed(KEY, OTHER).first() == KEY
