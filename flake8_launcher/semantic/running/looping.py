"""What loops do, and which of them go on until the service is told to stop."""

from __future__ import annotations

import ast
import contextlib

from flake8_launcher.knowledge import is_stream, language
from flake8_launcher.semantic.running import flags, loops, stopping
from flake8_launcher.semantic.running.events import Looped
from flake8_launcher.semantic.running.expressions import decided
from flake8_launcher.semantic.running.failing import Failing
from flake8_launcher.semantic.running.retries import Loop
from flake8_launcher.semantic.running.state import Ends, FlowError, LeavesLoop, Returns, merged
from flake8_launcher.semantic.values import (
    Frame,
    Instance,
    Mapping,
    Method,
    Sequence,
    Values,
    qualified_name,
)


class Looping(Failing):
    """Follows loops."""

    def _loop(self, node: Loop, frame: Frame) -> None:
        if isinstance(node, ast.While):
            self._while(node, frame)
        else:
            self._for(node, frame)

    def _for(self, node: ast.For | ast.AsyncFor, frame: Frame) -> None:
        before = self._copied(frame)
        values = self._value(node.iter, frame)
        if isinstance(node, ast.AsyncFor):
            values = self._awaited(node.iter, values, frame)
        if not self._quiet and loops.is_without_end(node.iter, map(qualified_name, values)):
            self._assign(node.target, self._elements(values), frame)
            self._turn(node, frame, before, lasts=True)
            return
        certain = any(isinstance(value, Sequence) and value.items for value in values)
        if not self._quiet and self._receives(node, values):
            self._tell_loop(node, frame)
        self._assign(node.target, self._elements(values), frame)
        self._rounds(node, frame, before, certain)
        self._after_loop(node, frame)

    def _while(self, node: ast.While, frame: Frame) -> None:
        before = self._copied(frame)
        lasts = not self._quiet and loops.may_last(node)
        holds = not self._quiet and self._goes_on(node.test, frame)
        self._turn(node, frame, before, lasts, holds)

    def _turn(
        self,
        node: Loop,
        frame: Frame,
        before: dict[str, Values],
        lasts: bool,
        holds: bool = False,
    ) -> None:
        """Follow a loop that no number of rounds may end.

        :param before: the variables before the loop.
        :param lasts: whether nothing but a flag ends it, if anything does.
        :param holds: whether its condition is known to hold before the first round.
        """
        waited = self._waited
        waits = (lasts or holds) and loops.waits(node, self.budget)
        asks = not self._quiet and loops.talks(node, self.budget)
        if waits and not holds and not asks:
            self._tell_loop(node, frame)
            lasts = False
        certain = endless = True
        if isinstance(node, ast.While):
            certain = decided(self._value(node.test, frame, "tested")) is True
            endless = certain and stopping.keeps(node, self.budget)
        self._asking += asks
        try:
            is_left = self._rounds(node, frame, before, certain, endless)
        finally:
            self._asking -= asks
        if holds and isinstance(node, ast.While):
            holds = self._goes_on(node.test, frame) or stopping.is_told(node, self.budget)
        if lasts or holds:
            # what it calls waits, or nothing but a failure ends it
            waits = waits or self._waited > waited
            works = waits or (
                endless
                and not (is_left or self._generates)
                and loops.calls_something(node, self.budget)
            )
            if works and not waits:
                around = [one for depth, one in self._trying if depth == len(self._chain)]
                works = not any(map(stopping.ends_in_order, around))
            if works and not asks and self._is_endless(node, holds):
                self._tell_loop(node, frame, holds)
        if endless and not is_left and not stopping.leaves(node.body):
            raise Ends("loop")
        self._after_loop(node, frame)

    def _rounds(
        self,
        node: Loop,
        frame: Frame,
        before: dict[str, Values],
        certain: bool,
        endless: bool = False,
    ) -> bool:
        """Follow the rounds of a loop as one, and tell whether that leaves the function.

        :param before: the variables before the loop.
        :param certain: whether there is a first round.
        :param endless: whether the loop itself does not change what its condition asks for.
        """
        is_left = False
        around, frame.left = frame.left, []
        try:
            kind = "endless" if endless else "loop"
            way = self._on(object(), kind, node) if certain else self._perhaps(None, kind, node)
            with way:
                self._block(node.body, frame)
        except LeavesLoop:
            pass
        except Returns:
            is_left = True
        except Ends:
            if certain:
                raise
        finally:
            breaks, frame.left = frame.left, around
        if not (certain and stopping.goes_through(node.body)):
            frame.variables = merged([before, frame.variables])
        frame.variables = merged([frame.variables, *breaks])
        return is_left

    def _after_loop(self, node: Loop, frame: Frame) -> None:
        if not node.orelse or not stopping.leaves(node.body):
            self._block(node.orelse, frame)
            return
        before = self._copied(frame)
        with contextlib.suppress(FlowError), self._perhaps(node=node, number=1):
            self._block(node.orelse, frame)
        frame.variables = merged([before, frame.variables])

    def _goes_on(self, test: ast.expr, frame: Frame) -> bool:
        """Tell whether all flags that a loop's condition asks for are known to let it go on.

        Where that is so after a round, too, somebody else has to end the loop. It is where a
        handler of a signal sets one of them.
        """
        if flags.asks_for(test, self._set_by_signals):
            return True
        asked = flags.flags_of(test)
        with self._silently():
            return bool(asked) and all(
                decided(self._value(flag, frame)) is wanted for flag, wanted in asked
            )

    def _receives(self, node: ast.For | ast.AsyncFor, values: Values) -> bool:
        """Tell whether a loop goes on for ever: over a consumer, a subscription and the like."""
        if loops.receives(node.iter, isinstance(node, ast.AsyncFor)):
            return not any(isinstance(one, Mapping | Sequence) for one in values)
        names = map(qualified_name, values)
        if any(is_stream(name) or name in self._endless for name in names):
            return True
        return any(isinstance(one, Instance) and self._gives_messages(one) for one in values)

    def _gives_messages(self, iterator: Instance) -> bool:
        """Tell whether an iterator of the project's own waits for what it gives next."""
        found = (
            value.function.node
            for name in language.GIVES_NEXT
            for value in self._member(iterator.cls, name, iterator)
            if isinstance(value, Method)
        )
        return any(
            loops.asks_for_messages(node, self.budget) and not loops.has_no_more(node)
            for node in found
        )

    def _is_endless(self, node: Loop, holds: bool = False) -> bool:
        """Tell whether a loop goes on until something tells the service to stop.

        :param holds: whether its condition is known to hold in each round.
        """
        if self._asking:
            return False  # it is a command of somebody who is asked for the next one
        if isinstance(node, ast.While):
            holds = holds and not loops.awaits_another(node)
            if not (holds or loops.lasts(node)) or stopping.turns_off(node, self.budget):
                return False
        if stopping.exits_at_end(node.body):
            return False
        has_flag = isinstance(node, ast.While) and not loops.is_always(node.test)
        return not stopping.ends(node.body, self.budget, has_flag=has_flag)

    def _tell_loop(self, node: Loop, frame: Frame, holds: bool = False) -> None:
        name = frame.function.qualified_name if frame.function else frame.module.name
        is_endless = self._is_endless(node, holds)
        if not self._generates:
            self._listener(Looped(node, name, self._context(frame), is_endless))
        elif is_endless:
            self._endless.add(f"{name}()")  # whoever goes through it decides
