"""What names, calls and values of a module's text mean; nothing of it is imported or run."""
