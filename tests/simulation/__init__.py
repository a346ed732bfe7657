"""The house without sockets: real actions over a real database; clock, people and network are decided by a seed."""
