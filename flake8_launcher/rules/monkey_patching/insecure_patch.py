"""LS208."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_launcher.gate import Subject
from flake8_launcher.knowledge import security
from flake8_launcher.launch import Call, Launcher, LaunchPath, Part, Step, rebindings
from flake8_launcher.options import Options
from flake8_launcher.rule import Rule, Severity, Violation, at


class InsecurePatch(Rule):
    """Something that protects the process is replaced by something weaker.

    ## What it does

    Reports, on the launch path and at the top level of any module:

    - a protective attribute of another package, rebound to something that does not protect:
      `ssl._create_default_https_context = ssl._create_unverified_context`, `ssl.match_hostname`
      to a function that does nothing, `ssl.SSLContext.check_hostname = False` on the class,
      `hmac.compare_digest` to a plain comparison, `secrets` to `random`, `yaml.safe_load` to
      `yaml.load`, a check of passwords or permissions to a function that says yes;
    - any function, method or class that is replaced by one with `verify=False` in it;
    - `urllib3.disable_warnings()`, or a filter that hides the same warnings, once per file: in a
      launcher always, in another module only if it makes an unverified connection
      (`verify=False`). A call under a condition is not reported, as somebody has asked for it.

    Nothing is reported of what is set on an instance (`context.check_hostname = False`), of what
    is put in place of something weaker
    (`ssl._create_default_https_context = ssl.create_default_context`), and of tests.

    ## Why

    The change holds for the whole process: libraries that have never heard of it lose their
    protection as well. It does not show where the protection is missed, and it stays when the
    reason is gone.

    ## Example

    ```python
    import ssl

    import uvicorn

    ssl._create_default_https_context = ssl._create_unverified_context


    def main():
        uvicorn.run(application, port=8080)
    ```

    ## Use instead

    Tell the one connection what it shall trust.

    ```python
    import ssl
    import urllib.request

    import uvicorn

    TRUSTED = ssl.create_default_context(cafile="/etc/orchard/ca.pem")


    def main():
        with urllib.request.urlopen("https://registry.internal", context=TRUSTED) as answer:
            application.configure(answer)
        uvicorn.run(application, port=8080)
    ```

    ## When to ignore it

    In a program that only ever talks to itself, such as a simulator on the loopback interface.
    For a service there is no good reason: trust the one certificate instead.

    ## References

    - [PEP 476: Enabling certificate verification by default](https://peps.python.org/pep-0476/)
    """

    code = "LS208"
    name = "insecure-patch"
    since = "0.1.0"
    severity = Severity.HIGH
    weaknesses = (295, 297, 208, 287, 338)
    security = 8.0
    subjects = frozenset({Subject.LAUNCH, Subject.PROTECTION})
    is_local = True

    def check(self, launcher: Launcher, options: Options) -> Iterator[Violation]:
        """Yield one violation for each protection that a place takes away."""
        if launcher.part is Part.TEST:
            return
        top_level = (launcher.top_level,) if launcher.top_level else ()
        for path in (*launcher.paths, *launcher.starts, *top_level):
            yield from _rebound(launcher, path)
        started = (*launcher.paths, *launcher.starts)
        hiding = (*started, *top_level) if started or _is_unverified(launcher) else ()
        hidden = (step for path in hiding for step in path.calls if _hides(step))
        for step in hidden:
            if not step.conditional and _is_told(step) and not launcher.project.owns(step.name):
                yield at(step, f"{step.way} hides that certificates are not verified (CWE-295)")
                break  # those that come after it find nothing left to hide


def _rebound(launcher: Launcher, path: LaunchPath) -> Iterator[Violation]:
    for rebinding in rebindings(path):
        step = rebinding.step
        weakness = rebinding.weakness if _is_told(step) else None
        if weakness is None or launcher.project.owns(rebinding.name):
            continue
        verb = "may be" if step.conditional else "is"
        text = f"{rebinding.way} {verb} rebound to {rebinding.value_text}: {weakness.loss}"
        yield at(step, f"{text} (CWE-{weakness.cwe})")


def _is_unverified(launcher: Launcher) -> bool:
    """Tell whether a module makes connections whose certificates are not verified."""
    return security.UNVERIFIED.search(launcher.text) is not None


def _is_told(step: Step) -> bool:
    """Tell whether a step is reported here: a module that is imported is checked itself."""
    return not step.is_imported and not step.is_in_tests


def _hides(step: Call) -> bool:
    """Tell whether a call hides the warnings of certificates that are not verified."""
    is_hider = security.HIDERS.fullmatch(step.name) is not None
    if not is_hider and step.name not in security.FILTERS:
        return False
    named = [name for one in step.arguments for name in one.names]
    hidden = any(map(security.WARNINGS.fullmatch, named))
    if is_hider:
        return hidden or (step.complete_arguments and not step.arguments)
    texts = [one.text.lower() for one in step.arguments if one.text]
    hidden = hidden or any(text.startswith(security.WARNING_TEXT) for text in texts)
    return hidden and "ignore" in texts
