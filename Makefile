# Shorthand for run.py, which does the work and also runs where there is no make.
PYTHON ?= python3

.PHONY: demo run test check nightly bench score train audit lock
demo run test check nightly bench score train audit lock:
	@$(PYTHON) run.py $@ $(ARGS)
