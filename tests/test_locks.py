"""The lock files: they pin what pyproject.toml asks for, and tie nobody to a registry."""

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement

import run

LOCKS = ("audit.lock", "boot.lock", "requirements.lock", "dev.lock", "train.lock")


def pins(name: str) -> dict[str, str]:
    lines = (run.ROOT / name).read_text(encoding="utf-8").splitlines()
    pairs = (line.split(";")[0].rstrip(" \\").split("==") for line in lines if "==" in line)
    return {package.strip(): version.strip() for package, version in pairs}


def asked_for() -> list[tuple[str, str]]:
    project = tomllib.loads((run.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed, groups = project["project"]["dependencies"], project["dependency-groups"]
    return [
        *(("requirements.lock", line) for line in needed),
        *(("dev.lock", line) for line in [*needed, *groups["dev"]]),
        *(("boot.lock", line) for line in groups["boot"]),
        *(("train.lock", line) for line in groups["train"]),
        *(("audit.lock", line) for line in groups["audit"]),
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_host(name: str) -> None:
    assert run.hosts_in((run.ROOT / name).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://packages.example/simple",
        "steady @ ../steady",
        "# from mirror.internal.cloud",
        "--extra-index-url file:///srv/wheels",
    ],
)
def test_a_host_in_a_lock_would_be_found(line: str) -> None:
    assert run.hosts_in(f"anyio==4.0\n{line}\n") == [f"2: {line}"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_pin_has_a_hash(name: str) -> None:
    text = (run.ROOT / name).read_text(encoding="utf-8")
    pinned = text.replace("\\\n", "").splitlines()
    assert [line.split()[0] for line in pinned if "--hash=sha256:" not in line] == []


@pytest.mark.parametrize(("lock", "line"), asked_for())
def test_a_lock_holds_what_the_project_asks_for(lock: str, line: str) -> None:
    wanted = Requirement(line)
    assert wanted.specifier.contains(pins(lock)[wanted.name.lower().replace(".", "-")])


def test_developers_run_the_versions_that_users_run() -> None:
    assert pins("requirements.lock").items() <= pins("dev.lock").items()


def test_no_other_kind_of_lock_is_in_the_tree() -> None:
    assert [path.name for path in Path(run.ROOT).glob("uv.lock")] == []


FLAW = {"id": "PYSEC-1", "fix_versions": ["2.0"], "aliases": [], "description": ""}
NOT_ASKED = "could not be asked about"


@pytest.mark.parametrize(
    ("packages", "said"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], []),
        ([{"name": "a", "version": "1", "vulns": [FLAW]}], ["a 1: PYSEC-1, mended in 2.0"]),
        ([{"name": "a", "version": "1", "vulns": [{**FLAW, "fix_versions": []}]}], ["no version yet"]),
        ([{"name": "a", "skip_reason": "not found"}, {"name": "b", "version": "1", "vulns": []}], [NOT_ASKED]),
        ([], [NOT_ASKED]),
    ],
)
def test_an_audit_that_asked_nobody_is_not_clean(packages: list[dict[str, Any]], said: list[str]) -> None:
    found = run.audited(json.dumps({"dependencies": packages, "fixes": []}))
    assert len(found) == len(said)
    assert all(part in line for part, line in zip(said, found, strict=True))


@pytest.mark.parametrize("told", ["", "Traceback", "[]", "{}"])
def test_an_audit_that_broke_off_is_not_clean(told: str) -> None:
    assert NOT_ASKED in run.audited(told)[0]
