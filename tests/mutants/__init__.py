"""Our own code, spoilt in one small place at a time: for each such mutant some test must fail."""
