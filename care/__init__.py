"""The rules of a course: plain functions over plain values.

Nothing here reads a clock, a file, a database or the network. `now` is an argument.
"""
