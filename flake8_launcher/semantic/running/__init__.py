"""Running code in thought: statements, expressions, calls and names."""
