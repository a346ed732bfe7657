"""What the driver of PostgreSQL is asked, it answers briefly, and rightly."""

from psycopg import Connection
from psycopg.pq import ExecStatus
from sqlalchemy import text

from storage.engines import open_engine
from storage.postgres import BriefCursor


def test_a_connection_names_its_columns_and_their_types_and_says_no_more(fresh_postgres: str) -> None:
    engine = open_engine(fresh_postgres)
    with engine.connect() as connection:
        driver = connection.connection.dbapi_connection
        assert isinstance(driver, Connection)
        with driver.cursor() as cursor:
            assert isinstance(cursor, BriefCursor)
            assert cursor.description is None
            cursor.execute("select 1::bigint as id, 'x'::text as \"wörd\" where false")
            assert [(name, kind) for name, kind, *_ in cursor.description or ()] == [("id", 20), ("wörd", 25)]
            assert all(more == [None] * 5 for _, _, *more in cursor.description or ())
            cursor.execute("set local work_mem = '4MB'")
            assert cursor.description is None
            assert cursor.pgresult is not None
            assert cursor.pgresult.status == ExecStatus.COMMAND_OK
    engine.dispose()


def test_rows_still_come_by_their_names(fresh_postgres: str) -> None:
    engine = open_engine(fresh_postgres)
    with engine.connect() as connection:
        row = connection.execute(text("select 7 as number, 'here' as place")).one()
        assert (row.number, row.place) == (7, "here")
    engine.dispose()
