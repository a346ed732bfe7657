"""What every test stands on: made-up time units of Telegram's library, a printed seed, no network."""

import os

# Before telegram is imported: its durations are timedelta then, as everywhere in the house.
os.environ["PTB_TIMEDELTA"] = "1"
