"""No secret is in what is published: not in the tree, not in any earlier state of it.

Few shapes, each one that a key of ours or of a usual service has: what is found here is one, and needs no list of
exceptions that nobody reads. Made-up ones in tests say so in themselves.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LOOKS_SECRET = {
    "a bot token": re.compile(r"\b[0-9]{8,10}:[A-Za-z0-9_-]{35}\b"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----"),
    "a cloud key": re.compile(r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b"),
    "a key of a code host": re.compile(
        r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20}|pypi-[A-Za-z0-9_-]{60,})"
    ),
    "a key of a service": re.compile(
        r"\b(?:xox[abprs]-[A-Za-z0-9-]{10,}|sk_live_[A-Za-z0-9]{16,}|sk-[A-Za-z0-9_-]{32,})"
    ),
    "a signed token": re.compile(r"\beyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{15,}"),
    "a master key": re.compile(r"STEADY_MASTER_KEY\s*=\s*[A-Za-z0-9+/_-]{40,}"),
    "a setting that is secret": re.compile(
        r"STEADY_(?:BOT_TOKEN|SECRET|WEBHOOK_SECRET)[ \t]*=[ \t]*[A-Za-z0-9:_-]{16,}"
    ),
    "a password in an address": re.compile(
        r"postgresql(?:\+psycopg)?://[^\s:/@{}]+:(?!password@|secret@|x@|pw@)[^\s:/@{}\"']{3,}@"
    ),
}
MADE_UP = re.compile(r"canary|SANDBOX|example|s3cret|hunter2", re.IGNORECASE)
NOT_TEXT = (".png", ".bin", ".lock", ".woff2", ".gz", ".db")
NOT_OURS = {
    ".venv",
    ".venv-train",
    ".venv-audit",
    ".git",
    "var",
    "__pycache__",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    ".hypothesis",
}


def secrets_in(lines: list[str]) -> list[str]:
    """Return what looks like a secret, and in which line; never the secret itself."""
    kinds = LOOKS_SECRET.items()
    found = ((number, what) for number, line in enumerate(lines, 1) for what, shape in kinds if shape.search(line))
    return [f"{number} {what}" for number, what in found if not MADE_UP.search(lines[number - 1])]


def has_history() -> bool:
    return shutil.which("git") is not None and (ROOT / ".git").exists()


def files() -> Iterator[Path]:
    """Yield every file that is published: what git tracks; in an unpacked archive all but our own leavings."""
    if has_history():
        argv = ["git", "ls-files", "-z"]
        told = subprocess.run(argv, cwd=ROOT, capture_output=True, text=True, check=True).stdout
        yield from (ROOT / name for name in filter(None, told.split("\0")))
        return
    yield from (path for path in ROOT.rglob("*") if not NOT_OURS & set(path.relative_to(ROOT).parts))


SAMPLES = {
    "a bot token": "123456789:" + "Ab-9_" * 7,
    "a private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "a cloud key": "AKIA" + "Q7" * 8,
    "a key of a code host": "ghp_" + "a1B2" * 9,
    "a key of a service": "xoxb-" + "1234567890-abc",
    "a signed token": ".".join(["eyJ" + "hbGci" * 5, "eyJ" + "zdWIi" * 5, "sig" * 9]),
    "a master key": "STEADY_MASTER_KEY=" + "ab" * 32,
    "a setting that is secret": "STEADY_WEBHOOK_SECRET=" + "q9" * 12,
    "a password in an address": "postgresql://steady:" + "Tr0ub4dor@db/steady",
}


@pytest.mark.parametrize("what", sorted(LOOKS_SECRET))
def test_each_shape_is_found_and_what_is_made_up_is_not(what: str) -> None:
    assert secrets_in(["nothing", f'key = "{SAMPLES[what]}"']) == [f"2 {what}"]
    assert secrets_in([f"{SAMPLES[what]}  # canary"]) == []


def test_the_tree_holds_no_secret() -> None:
    found, looked_at = [], 0
    for path in files():
        if path.suffix in NOT_TEXT or not path.is_file():
            continue
        looked_at += 1
        lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        found += [f"{path.relative_to(ROOT)}:{one}" for one in secrets_in(lines)]
    assert found == []
    assert looked_at > 300


def test_no_file_of_settings_keys_or_records_is_published() -> None:
    names = {path.name for path in files()}
    assert names & {".env", "master.key", "erased.ledger", "audit.head"} == set()
    assert {name for name in names if name.endswith((".db", ".db-wal", ".pem", ".key", ".p12"))} == set()


@pytest.mark.nightly
def test_the_history_holds_no_secret() -> None:
    if not has_history():
        pytest.skip("an unpacked archive has no history to look through, or there is no git here")
    argv = ["git", "log", "--all", "-p", "--no-color", "--unified=0", "--no-textconv"]
    told = subprocess.run(argv, cwd=ROOT, capture_output=True, check=True).stdout.decode(errors="replace")
    added = [line for line in told.splitlines() if line.startswith("+")]
    assert secrets_in(added) == []
