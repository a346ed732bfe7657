"""Set up Steady once and run it: `python3 run.py demo`. Standard library only, the same on every system.

The environment lives in `.venv`, filled from hash-pinned lock files. A stamp, written last, says what it
holds: with a matching stamp a start does nothing but compare it; without one, whatever is there was half made
and is made again.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "steady-stamp.json"
WINDOWS = os.name == "nt"
BIN = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = BIN / ("python.exe" if WINDOWS else "python")
STEADY = BIN / ("steady.cmd" if WINDOWS else "steady")
ROOMS = ("bot", "care", "clinic", "content", "sandbox", "storage", "web")
USAGE = """usage: python3 run.py COMMAND [arguments]

  demo     try everything on this machine: no Telegram account, no token
  run      serve real patients (settings in .env)
  test     the tests; arguments go to pytest
  check    lint, format, types, lock files
  nightly  the long tests
  bench    the speed measurements
  score    measure the reader on blind rounds, or on the files given; --no-errors for figures alone
  train    learn the reader's weights again from the corpus
  audit    ask the advisory database about every pinned package (needs the network)
  lock     pin dependencies again; arguments go to uv (--upgrade)
"""
# A package registry or a mirror named in a lock would tie every user to it.
HOST = re.compile(r"://|[a-z0-9-]+\.(org|com|io|net|dev|cloud|local)([^a-z]|$)|@ ", re.IGNORECASE)


def main() -> int:
    command, rest = (sys.argv[1], sys.argv[2:]) if len(sys.argv) > 1 else ("help", [])
    commands: dict[str, Callable[[], int]] = {
        "demo": lambda: steady("demo", rest),
        "run": lambda: steady("run", rest),
        "test": lambda: tool("pytest", ["-n", str(min(os.cpu_count() or 1, 4)), *rest]),
        "nightly": lambda: tool("pytest", ["-m", "nightly", "--hypothesis-profile", "nightly", *rest]),
        "bench": lambda: tool("bench", rest, beside="peers"),
        "score": lambda: tool("lab.score", rest),
        # In an environment of its own: what learns is ten times the size of what reads.
        "train": lambda: become([str(own_environment("train")), "-m", "lab.train", *rest]),
        "audit": lambda: audit(rest),
        "check": check,
        "lock": lambda: lock(rest),
    }
    if command not in commands:
        print(USAGE)
        return 0 if command in ("help", "-h", "--help") else 2
    refuse_old_python()
    os.chdir(ROOT)
    set_up(tools=command not in ("demo", "run"))
    return commands[command]()


def refuse_old_python() -> None:
    if sys.version_info < (3, 11):  # noqa: UP036  (an older one is what this is for)
        found = ".".join(map(str, sys.version_info[:3]))
        sys.exit(f"Steady needs Python 3.11 or newer, and this is {found}. Try: python3.12 run.py …")


# --- the environment ---


def set_up(*, tools: bool) -> None:
    """Bring `.venv` up to date with the locks; with `tools`, the ones developers need too.

    Tools that are there stay there: a demo after a test run installs and removes nothing.
    """
    had = read_stamp()
    tools = tools or had.get("tools") is True
    wanted = {"python": sys.version, "tools": tools, "digest": digest()}
    if had == wanted and PYTHON.exists():
        return
    began = time.monotonic()
    say("Setting up, once (10 to 20 s) …")
    STAMP.unlink(missing_ok=True)
    if had.get("python") != sys.version or not PYTHON.exists():
        make_venv()
    install("dev.lock" if tools else "requirements.lock")
    link_checkout()
    STAMP.write_text(json.dumps(wanted), encoding="utf-8")
    say(f"Ready after {time.monotonic() - began:.0f} s.")


def read_stamp() -> dict[str, object]:
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def digest() -> str:
    """Return what the environment depends on, besides Python: locks, this file, the place of the checkout."""
    parts = [(ROOT / name).read_bytes() for name in ("boot.lock", "requirements.lock", "dev.lock", "run.py")]
    return hashlib.sha256(b"\0".join([os.fsencode(ROOT), *parts])).hexdigest()


def make_venv() -> None:
    try:
        import ensurepip  # noqa: F401  (Debian ships Python without it, and venv then fails half way)
        import venv  # noqa: F401
    except ImportError:
        sys.exit("This Python has no venv or pip. On Debian or Ubuntu: sudo apt-get install python3-venv")
    if VENV.exists():
        say("  .venv was half made or belongs to another Python: making it again")
        shutil.rmtree(VENV)
    say("  a Python environment in .venv")
    # The base interpreter: this one may live in the folder that was just removed.
    base = getattr(sys, "_base_executable", None) or sys.executable
    if subprocess.call([base, "-m", "venv", str(VENV)]) != 0:
        sys.exit("Python could not make a virtual environment in .venv: see the lines above.")


def install(lock_name: str) -> None:
    """Install exactly what the lock pins, with uv; with pip, three times slower, where uv cannot be had."""
    count = sum(1 for line in (ROOT / lock_name).read_text(encoding="utf-8").splitlines() if "==" in line)
    say(f"  {count} packages from {lock_name}")
    quiet = ("--quiet", "--disable-pip-version-check")
    pip = [str(PYTHON), "-m", "pip", "install", *quiet, "--require-hashes", "--no-deps"]
    if subprocess.call([*pip, "-r", "boot.lock"]) == 0:
        uv = [str(PYTHON), "-m", "uv", "--no-config", "pip", "sync", "--quiet", "--python", str(PYTHON)]
        if subprocess.call([*uv, "--compile-bytecode", "--require-hashes", "boot.lock", lock_name]) == 0:
            return
    say("  uv does not work here: using pip instead, which takes longer")
    if subprocess.call([*pip, "-r", lock_name]) != 0:
        sys.exit("The packages could not be installed: see the lines above. Is this machine online?")


def link_checkout() -> None:
    """Make the checkout importable, and `steady` a command, without a build that could go stale."""
    site = VENV / "Lib" / "site-packages" if WINDOWS else next(VENV.glob("lib/python*/site-packages"))
    # Relative, because Python 3.11 reads this file in the system's encoding and a path may hold any letter.
    (site / "steady.pth").write_text(os.path.relpath(ROOT, site) + "\n", encoding="ascii")
    # -P: a module in the current folder must never stand in for ours.
    code = "import sys; sys.argv[0] = 'steady'; from bot.cli import main; sys.exit(main())"
    if WINDOWS:
        STEADY.write_text(f'@"%~dp0python.exe" -P -c "{code}" %*\r\n', encoding="ascii")
        return
    # A shell line and not a `#!` to Python: that breaks on a path with spaces or over 127 bytes.
    STEADY.write_text(f'#!/bin/sh\nexec {shlex.quote(str(PYTHON))} -P -c "{code}" "$@"\n', encoding="utf-8")
    STEADY.chmod(0o755)


# --- the commands ---


def steady(command: str, rest: list[str]) -> int:
    return become([str(STEADY), command, *rest])


def tool(module: str, rest: list[str], *, beside: str = "") -> int:
    if beside:
        own_environment(beside)
    return become([str(PYTHON), "-m", module, *rest])


def audit(rest: list[str]) -> int:
    """Ask the advisory database about what is pinned; say plainly when it was not asked, which is no good news."""
    command = [str(own_environment("audit")), "-m", "pip_audit", "--disable-pip", "--require-hashes", "-f", "json"]
    troubles = []
    for name in ("requirements.lock", "dev.lock"):
        asked = subprocess.run([*command, "-r", name, *rest], text=True, capture_output=True, check=False)
        for line in (said := audited(asked.stdout)):
            say(f"{name}: {line}")
        troubles += said
    say("audit: not clean" if troubles else "audit: nothing is known against any pinned package")
    return 1 if troubles else 0


def audited(told: str) -> list[str]:
    """Return what an audit found, a line each. The tool calls packages clean that nobody could be asked about."""
    try:
        packages = json.loads(told)["dependencies"]
    except (ValueError, KeyError, TypeError):
        packages = []
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    flaws = [(one, flaw, ", ".join(flaw["fix_versions"])) for one in packages for flaw in one.get("vulns", ())]
    found = [
        f"{one['name']} {one['version']}: {flaw['id']}, mended in {by or 'no version yet'}" for one, flaw, by in flaws
    ]
    if skipped or not packages:
        found.append(f"the advisory database could not be asked about {len(skipped) or 'any'} packages: ask elsewhere")
    return found


def own_environment(name: str) -> Path:
    """Return the Python of an environment that holds what one lock pins, made when it is not there."""
    venv, lock_name = ROOT / f".venv-{name}", f"{name}.lock"
    python = venv / BIN.relative_to(VENV) / PYTHON.name
    stamp, wanted = venv / "steady-stamp.txt", hashlib.sha256((ROOT / lock_name).read_bytes()).hexdigest()
    if not stamp.exists() or stamp.read_text(encoding="ascii") != wanted:
        say(f"Setting up .venv-{name}, once …")
        uv = [str(PYTHON), "-m", "uv", "--no-config"]
        sync = [*uv, "pip", "sync", "--quiet", "--python", str(python), "--require-hashes", lock_name]
        for step in ([str(PYTHON), "-m", "venv", "--clear", "--without-pip", str(venv)], sync):
            if subprocess.call(step) != 0:
                sys.exit(f".venv-{name} could not be made: see the lines above.")
        stamp.write_text(wanted, encoding="ascii")
    return python


def become(argv: list[str]) -> int:
    """Turn into the command, so that signals reach it; Windows cannot, so there we wait for it."""
    if not WINDOWS:
        sys.stdout.flush()
        os.execv(argv[0], argv)  # noqa: S606  (a fixed program of ours, no shell)
    try:
        return subprocess.call(argv)
    except KeyboardInterrupt:
        return 130


def check() -> int:
    """Run every check, also after one has failed, and name the ones that did."""
    typed = [room for room in ROOMS if any((ROOT / room).rglob("*.py"))]
    python = [str(PYTHON), "-m"]
    steps: dict[str, Callable[[], int]] = {
        "lint": lambda: subprocess.call([*python, "ruff", "check", "."]),
        "format": lambda: subprocess.call([*python, "ruff", "format", "--check", "."]),
        "types": lambda: subprocess.call([*python, "mypy", "run.py", "tests/house", "bench", "lab", *typed]),
        "locks": check_locks,
    }
    failed = []
    for name, step in steps.items():
        say(f"--- {name}")
        if step() != 0:
            failed.append(name)
    say(f"check: {', '.join(failed)} failed" if failed else "check: all well")
    return 1 if failed else 0


def check_locks() -> int:
    locks = sorted(ROOT.glob("*.lock"))
    found = [f"{path.name}:{line}" for path in locks for line in hosts_in(path.read_text(encoding="utf-8"))]
    say("\n".join(found) if found else "No lock names a host.")
    return 1 if found else 0


def hosts_in(text: str) -> list[str]:
    """Return the lines of a lock, numbered, that name a host or an address."""
    return [f"{number}: {line}" for number, line in enumerate(text.splitlines(), 1) if HOST.search(line)]


def lock(rest: list[str]) -> int:
    """Pin the dependencies of pyproject.toml again, keeping what is pinned unless told to --upgrade."""
    import tomllib  # not at the top: an old Python must get as far as its plain sentence

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed, groups = project["project"]["dependencies"], project["dependency-groups"]
    pin("boot.lock", groups["boot"], rest)
    pin("requirements.lock", needed, rest)
    # The developers' set holds all of the first, at the same versions.
    pin("dev.lock", [*needed, *groups["dev"]], [*rest, "--constraints", "requirements.lock"])
    pin("train.lock", groups["train"], rest)
    pin("audit.lock", groups["audit"], rest)
    pin("peers.lock", groups["peers"], rest)
    return check_locks()


def pin(name: str, requirements: list[str], rest: list[str]) -> None:
    flags = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links"
    compiler = [str(PYTHON), "-m", "uv", "pip", "compile", "--quiet", "--no-header", "--no-annotate"]
    # The machine's own index settings must not leak into a lock.
    result = subprocess.run(
        [*compiler, *flags.split(), *rest, "-o", name, "-"],
        input="\n".join(requirements),
        text=True,
        env={**os.environ, "UV_NO_CONFIG": "1"},
        check=False,
    )
    if result.returncode != 0:
        sys.exit(f"{name} could not be made: see the lines above.")
    say(f"{name} is up to date.")


def say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
