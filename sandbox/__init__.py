"""Pretends: a strict stand-in for the Telegram Bot API, with a browser page and a movable clock.

It knows nothing of the rest of the house. Bots, conductors and tests speak HTTP with it.
"""

from sandbox.world import World

__all__ = ["World"]
