"""The names of the weaknesses (CWE) that rules report, as https://cwe.mitre.org has them."""

from __future__ import annotations

TITLES = {
    15: "External Control of System or Configuration Setting",
    94: "Improper Control of Generation of Code ('Code Injection')",
    208: "Observable Timing Discrepancy",
    252: "Unchecked Return Value",
    276: "Incorrect Default Permissions",
    287: "Improper Authentication",
    295: "Improper Certificate Validation",
    297: "Improper Validation of Certificate with Host Mismatch",
    338: "Use of Cryptographically Weak Pseudo-Random Number Generator (PRNG)",
    390: "Detection of Error Condition Without Action",
    393: "Return of Wrong Status Code",
    426: "Untrusted Search Path",
    427: "Uncontrolled Search Path Element",
    470: "Use of Externally-Controlled Input to Select Classes or Code ('Unsafe Reflection')",
    502: "Deserialization of Untrusted Data",
    532: "Insertion of Sensitive Information into Log File",
    561: "Dead Code",
    628: "Function Call with Incorrectly Specified Arguments",
    696: "Incorrect Behavior Order",
    732: "Incorrect Permission Assignment for Critical Resource",
    754: "Improper Check for Unusual or Exceptional Conditions",
    755: "Improper Handling of Exceptional Conditions",
    778: "Insufficient Logging",
    798: "Use of Hard-coded Credentials",
    829: "Inclusion of Functionality from Untrusted Control Sphere",
    835: "Loop with Unreachable Exit Condition ('Infinite Loop')",
    1061: "Insufficient Encapsulation",
    1392: "Use of Default Credentials",
}


def link(number: int) -> str:
    """Return a link to a weakness, in Markdown."""
    return f"[CWE-{number}: {TITLES[number]}]({address(number)})"


def address(number: int) -> str:
    """Return where a weakness is described."""
    return f"https://cwe.mitre.org/data/definitions/{number}.html"
