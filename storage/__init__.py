"""What Steady remembers: tables, migrations, one module of queries per record, inbox and outbox.

The only SQL of the house is in here. Sessions are synchronous and live on storage threads.
"""
