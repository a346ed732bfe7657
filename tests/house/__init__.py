"""The rules of the house, one small function each. A rule takes a source file and yields what breaks it."""
