"""The socket that everything is asked at."""

from __future__ import annotations

import asyncio
import socket

from patella.web.listening import listen_at


def test_an_answer_is_sent_at_once_also_on_a_line_that_was_used_before() -> None:
    """Without it whatever is written in two parts waits until the other side has said that it got the first."""

    async def accepted() -> int:
        found = asyncio.get_running_loop().create_future()

        async def meet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            found.set_result(writer.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        listening = listen_at("127.0.0.1", 0)
        async with await asyncio.start_server(meet, sock=listening):
            _, writer = await asyncio.open_connection("127.0.0.1", listening.getsockname()[1])
            set_there: int = await asyncio.wait_for(found, 10)
            writer.close()
            return set_there

    assert asyncio.run(accepted()) != 0
