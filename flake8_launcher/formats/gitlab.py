"""``--format=launcher-gitlab``: the code quality report of GitLab."""

from __future__ import annotations

from flake8_launcher import files, formats


class GitLab(formats.Document):
    """Prints a list of findings for the widget of a merge request."""

    def document(self) -> list[dict[str, object]]:
        """Return the findings."""
        fingerprints = formats.Fingerprints()
        return [
            {
                "description": f"{finding.code} {finding.text}",
                "check_name": finding.code,
                "fingerprint": fingerprints.next(finding),
                "severity": formats.grade_of(finding.code).gitlab,
                "location": {
                    "path": files.name_of(finding.filename),
                    "lines": {"begin": max(finding.line_number, 1)},
                },
            }
            for finding in self.findings
        ]
