"""What the project around a module tells of it."""
