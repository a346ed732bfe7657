"""The room that speaks: words, regimens, symptoms, red flags and the triage table, all as data.

Everything a person reads lives here as Fluent texts, everything a clinic signs off as TOML.
`loader.load_content` reads and checks the lot; nothing else in the house opens these files.
"""
