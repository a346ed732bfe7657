"""What can happen. One file a thing: load, ask a rule, save, owe messages, all in one unit of work.

Nothing here sends, and nothing awaits.
"""
