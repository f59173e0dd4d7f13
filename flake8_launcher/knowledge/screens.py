"""Calls that show windows, or a screen in a terminal, to a person."""

from __future__ import annotations

from flake8_launcher.knowledge.deferred import deferred

_SHOWS = deferred(
    r"(?:"
    r"gi\.repository\.(?:Adw|Gtk|GtkosxApplication|Handy)\b|(?:custom)?[tT]kinter\b|ttkbootstrap\b"
    r"|(?:PyQt[456]|PySide[26]?|pyqtgraph\.Qt|qasync|qtpy|quamash)\.Qt(?:Gui|Qml|Quick|Widgets)\b"
    r"|wx\b"
    r"|(?:kivy|kivymd|toga|textual|urwid|npyscreen)\b"
    r"|webview\.start$|dearpygui\.dearpygui\.|pyglet\.app\.run$|pygame\.display\.set_mode$"
    r"|curses\.(?:initscr|wrapper)$|asciimatics\.screen\b|blessed\.Terminal\b"
    r"|prompt_toolkit\b|cv2\.(?:imshow|namedWindow)$|matplotlib\.pyplot\.(?:pause|show)$"
    r"|(?:arcade|napari|turtle|vispy|vpython)\b|sdl2\.(?:ext\.Window|SDL_CreateWindow)$"
    r"|OpenGL\.GLUT\.glut(?:CreateWindow|MainLoop)$"
    r"|mujoco\.viewer\.launch(?:_passive)?$|open3d\.visualization\b|rerun\.(?:init|spawn)$"
    r")"
)
"""Toolkits of windows, and what opens one in libraries that do other things as well."""


def shows_screen(name: str) -> bool:
    """Tell whether a call is for a person who looks at a window or a terminal.

    The program ends with that person's work, whatever loop it runs until then.

    :param name: its qualified name.
    """
    return _SHOWS.match(name) is not None
