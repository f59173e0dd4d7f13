"""Decorators with which a library is given functions to call when something comes."""

from __future__ import annotations

_COMES = (
    r"after|agent|async_method|before|button|consume[rs]?|cron|delete|endpoint|events?|every"
    r"|(?:\w+_)?handler?s?|(?:\w+_)?hook|init|intent|interval|job|listen(?:er)?s?"
    r"|(?:\w+_)?messages?|method|middleware|(?:(?:message|slash|user)_)command|on(?:_\w+)?|page"
    r"|patch|periodic(?:_\w+)?|post|procedure|prompt|put|receive[rs]?|register_\w+"
    r"|(?:register_)?rpc|request|resource|route|schedule[dr]?(?:_\w+)?|service|shutdown|startup"
    r"|subscri\w+|task|timer|tool|webhook|websocket"
)
REGISTERS = rf"(?:\w+\.)?(?:{_COMES})\b(?!\.)"
"""Methods of an object that calls what they decorate, as far as their names tell.

Of command lines, tests, notebooks and training loops they are called otherwise, or what they run
does not go on.
"""
RUNS = (
    r"(?:(?:main_?)?loop|(?:infinity_)?polling"
    r"|(?:run|serve|start)(?:_(?:async|forever|polling|sync|workers))?"
    r"|listen|run_until_disconnected|spin|work)"
)
"""Methods of such an object that go on until the service stops."""
