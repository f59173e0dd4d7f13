"""What modules run when they are imported, in order, and what they keep; nothing is imported."""
