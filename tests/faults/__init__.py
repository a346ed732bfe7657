"""What goes wrong outside of us, done on purpose: killed processes, Telegram's bad days, the database's, time's."""
