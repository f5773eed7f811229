"""uvicorn's server with the front door: it looks around once a second, and closes without dropping anybody."""

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import Callable

import uvicorn

from rejoinder.front.door import Door

LAST_CALL = 0.3  # seconds in which a request that was on its way when we began to close is still answered
EVERY = 10  # of uvicorn's ticks make a second


class FrontServer(uvicorn.Server):
    """The server of one process. `opening` is called with its loop before the first connection is taken."""

    def __init__(
        self,
        config: uvicorn.Config,
        door: Door,
        *,
        opening: Callable[[asyncio.AbstractEventLoop], None],
        parent: int | None = None,
    ) -> None:
        """`parent` is the process that this one must not outlive."""
        super().__init__(config)
        self._parent = parent
        self._door = door
        self._opening = opening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        self._opening(asyncio.get_running_loop())
        await super().startup(sockets)

    async def on_tick(self, counter: int) -> bool:
        if counter % EVERY == 0:
            self._door.each_second()
            self._door.look_around()
            if self._parent is not None and os.getppid() != self._parent:
                self.should_exit = True
        return await super().on_tick(counter)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Takes no new connection, answers what is on its way with `connection: close`, then closes what is quiet."""
        for server in self.servers:
            server.close()
        self._door.close()
        await asyncio.sleep(LAST_CALL)
        self._door.look_around()
        await super().shutdown(sockets)

    def serve_until_told(self, listening: socket.socket) -> None:
        """Serves until SIGINT or SIGTERM, then returns, so that whoever called can put things away."""
        with contextlib.suppress(ValueError):  # not in the main thread: nobody's signals are ours
            signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it again when it is done
        with contextlib.suppress(KeyboardInterrupt):
            self.run(sockets=[listening])
