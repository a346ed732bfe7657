"""Tests mirror the rooms; `test_house.py` holds the rooms to the plan."""
