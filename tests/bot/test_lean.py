"""A bot at rest holds little: what it never uses is not loaded."""

import json
import subprocess
import sys

NEVER_USED = {"rich", "pygments", "greenlet", "sqlalchemy.dialects.postgresql", "psycopg", "alembic", "jinja2"}
LOOK = """
import json, sys
import bot.cli
from bot.lean import give_back, import_without_manuals, share_one_heap
import_without_manuals("telegram.ext")
import bot.main
share_one_heap()
give_back()
import telegram, telegram.ext
print(json.dumps({
    "loaded": sorted(sys.modules),
    "manuals": [kind.__name__ for kind in (telegram.Message, telegram.ext.Application) if kind.__doc__],
    "others": [kind.__name__ for kind in (bot.main.Steady,) if kind.__doc__],
}))
"""


def test_a_bot_on_sqlite_loads_nothing_that_it_never_uses() -> None:
    found = json.loads(subprocess.run([sys.executable, "-c", LOOK], capture_output=True, check=True).stdout)
    assert NEVER_USED & set(found["loaded"]) == set()
    assert "sqlalchemy.dialects.sqlite" in found["loaded"], "the list is looked for in the right place"
    assert found["manuals"] == []
    assert found["others"] == ["Steady"]
