"""What each command, button and message asks for. One file a subject; each entry names its action."""
