"""Names of the standard library that monkey patchers replace, and what is made of them.

The union over eventlet, gevent and their keywords, from CPython 3.10 to 3.13: what a module may
keep of them is worth noting. Which call replaces which is another table's matter.
"""

from __future__ import annotations

from collections.abc import Mapping

REPLACED: Mapping[str, frozenset[str]] = {
    module: frozenset(names.split())
    for module, names in {
        "_queue": "SimpleQueue",
        "_socket": "SocketType socket",
        "_thread": (
            "LockType RLock _count _local allocate allocate_lock exit get_ident interrupt_main"
            " lock stack_size start_joinable_thread start_new start_new_thread"
        ),
        "_threading_local": "local",
        "os": ("close fdopen fork forkpty open posix_spawn posix_spawnp read wait waitpid write"),
        "queue": "LifoQueue PriorityQueue Queue SimpleQueue",
        "select": "devpoll epoll kevent kqueue poll select",
        "selectors": (
            "DefaultSelector DevpollSelector EpollSelector KqueueSelector PollSelector"
            " SelectSelector"
        ),
        "signal": "getsignal set_wakeup_fd signal",
        "socket": (
            "SocketType create_connection create_server fromfd getaddrinfo getfqdn gethostbyaddr"
            " gethostbyname gethostbyname_ex getnameinfo socket socketpair"
        ),
        "ssl": (
            "SSLContext SSLSocket _create_default_https_context create_default_context"
            " get_server_certificate wrap_socket"
        ),
        "subprocess": "CompletedProcess Popen call check_call check_output run",
        "threading": (
            "Event Lock RLock Thread Timer _DummyThread _RLock _active _allocate_lock _limbo"
            " _start_new_thread currentThread current_thread get_ident local stack_size"
        ),
        "time": "sleep",
    }.items()
}
"""The names that some call of some patcher replaces, by module."""

ELSEWHERE = frozenset({"DevpollSelector", "KqueueSelector", "devpoll", "kevent", "kqueue"})
"""Those of them that Linux does not have."""

MAKERS = frozenset(
    {
        "_queue.SimpleQueue",
        "_socket.socket",
        "_thread.LockType",
        "_thread.RLock",
        "_thread._local",
        "_thread.allocate",
        "_thread.allocate_lock",
        "_threading_local.local",
        "concurrent.futures.Future",
        "concurrent.futures.ThreadPoolExecutor",
        "concurrent.futures.thread.ThreadPoolExecutor",
        "queue.LifoQueue",
        "queue.PriorityQueue",
        "queue.Queue",
        "queue.SimpleQueue",
        "select.epoll",
        "select.poll",
        "selectors.DefaultSelector",
        "selectors.EpollSelector",
        "selectors.PollSelector",
        "selectors.SelectSelector",
        "socket.create_connection",
        "socket.create_server",
        "socket.fromfd",
        "socket.socket",
        "socket.socketpair",
        "ssl.SSLContext",
        "ssl._create_default_https_context",
        "ssl._create_unverified_context",
        "ssl.create_default_context",
        "subprocess.Popen",
        "threading.Barrier",
        "threading.BoundedSemaphore",
        "threading.Condition",
        "threading.Event",
        "threading.Lock",
        "threading.RLock",
        "threading.Semaphore",
        "threading.Thread",
        "threading.Timer",
        "threading._allocate_lock",
        "threading.local",
    }
)
"""Calls that give an object made of what is replaced: one made before stays as it was."""

QUERIES = frozenset(
    {
        "callable",
        "getattr",
        "hasattr",
        "id",
        "inspect.getdoc",
        "inspect.getfullargspec",
        "inspect.signature",
        "isinstance",
        "issubclass",
        "len",
        "repr",
        "str",
        "super",
        "type",
        "typing.NewType",
        "typing.TypeVar",
        "typing.cast",
    }
)
"""Calls that keep nothing of their arguments."""

PATCHING_PACKAGES = frozenset({"eventlet", "gevent", "greenlet", "gevent_openssl", "psycogreen"})
"""Packages that keep the originals on purpose."""

ENVIRONMENT = ("EVENTLET_", "GEVENT", "LOCUST_")
"""How environment variables begin that patchers, and what calls them, read when imported."""
