"""The face that people see: phones, the clinicians' chat and a clock, in a browser."""
