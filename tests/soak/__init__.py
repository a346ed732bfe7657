"""The long run (N6): the real process under a steady mixed load, watched for what grows."""
