"""Real mistakes, planted one at a time in a copy of the tree: the tests must catch every one."""
