"""Our own code, spoilt in one small place at a time: for each such mutant some test must fail.

Why not a library: mutmut 3.8 (BSD, well kept, 16 packages) changes neither module-level code nor decorated functions,
and there stand our tables of permissions, steps, statuses and ranges, properties, and what seals a row. cosmic-ray 8.7
(MIT, 27 packages, an HTTP client, Git and an object mapper among them) rewrites the file on disk and starts pytest
anew for each mutant. Both would need the whole of our environment beside them in one of their own.
"""
