"""How fast Steady is, measured through real HTTP against the stand-in for Telegram. Never part of a test."""

import os

# The processes of a measurement share one throwaway master key.
os.environ.setdefault("STEADY_MASTER_KEY", "be" * 32)
