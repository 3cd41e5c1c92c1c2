"""Asks a server on the loopback what Home Assistant asks; prints "ok" when all of it was answered.

Arguments: the port.
"""

import asyncio
import sys

import aionut


async def main() -> None:
    port = int(sys.argv[1])
    reader = aionut.AIONUTClient(port=port)
    assert await reader.list_ups() == {
        "ups": "Rack UPS", "pdu": "Description unavailable", "quiet": "Description unavailable",
        "never": "Description unavailable",
    }
    variables = await reader.list_vars("ups")
    assert variables["ups.status"] == "OL", variables
    assert len(variables) == 6, variables
    assert await reader.list_vars("UPS") == variables
    assert await reader.list_commands("ups") == {"load.off", "outlet.4.load.cycle"}
    assert await reader.description("ups") == "Rack UPS"
    for name in ("quiet", "never", "nobody"):
        try:
            await reader.list_vars(name)
        except aionut.NUTError:
            pass
        else:
            raise AssertionError(name)
    reader.shutdown()

    admin = aionut.AIONUTClient(port=port, username="admin", password="secret")
    await admin.run_command("ups", "load.off")
    await admin.run_command("ups", "load.off", "120")
    admin.shutdown()

    stranger = aionut.AIONUTClient(port=port, username="admin", password="wrong")
    try:
        await stranger.run_command("ups", "load.off")
    except aionut.NUTError:
        pass
    else:
        raise AssertionError("a wrong password was taken")
    stranger.shutdown()
    print("ok")


asyncio.run(main())
