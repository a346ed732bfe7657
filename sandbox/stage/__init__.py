"""The face that conductors and tests see: JSON over HTTP that moves the clock and the people."""
