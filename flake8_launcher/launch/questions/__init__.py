"""Questions that several rules, or the report, ask of launch paths."""
