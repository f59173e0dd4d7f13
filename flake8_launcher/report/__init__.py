"""The launch report: what a start does, in order, as text, JSON, Mermaid or a page."""
