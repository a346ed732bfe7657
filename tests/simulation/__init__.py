"""The house without sockets: real actions over a real database, with a clock, people and a network that a seed decides."""
