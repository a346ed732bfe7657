"""The room that learns: corpus, training and scoring of the reader. Not needed by, and not known to, what runs."""
