"""Makes switches and buttons of a PDU's outlets by Home Assistant's rules, and uses them; prints "ok" when all went well.

Arguments: the port, the PDU, and an outlet that may be switched off.
"""

import asyncio
import re
import sys

import aionut


def numbers(status: dict[str, str]) -> set[int]:
    """The outlets: by their count, and by the states that are shown."""
    found = {int(match.group(1)) for name in status if (match := re.fullmatch(r"outlet\.(\d+)\.status", name))}
    return found | set(range(1, int(status.get("outlet.count", 0)) + 1))


def switches(status: dict[str, str], commands: set[str]) -> dict[int, str]:
    """The outlets that become switches, with the names they get."""
    return {
        number: status.get(f"outlet.{number}.name") or status.get(f"outlet.{number}.desc") or str(number)
        for number in sorted(numbers(status))
        if status.get(f"outlet.{number}.switchable") == "yes"
        and {f"outlet.{number}.load.on", f"outlet.{number}.load.off"} <= commands
    }


async def until(client: aionut.AIONUTClient, pdu: str, number: int, wanted: str) -> None:
    """Polls until the outlet stands as wanted, as the integration does after an order."""
    for _ in range(200):
        if (await client.list_vars(pdu)).get(f"outlet.{number}.status") == wanted:
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"outlet {number} never was {wanted}")


async def order(client: aionut.AIONUTClient, pdu: str, command: str, parameter: str | None = None) -> None:
    """Gives an order; the one before may have been seen and not have ended yet."""
    for _ in range(50):
        try:
            await client.run_command(pdu, command, parameter)
            return
        except aionut.NUTError as error:
            if "being switched already" not in str(error):
                raise
            await asyncio.sleep(0.1)
    raise AssertionError(f"{command} is refused for ever")


async def main() -> None:
    port, pdu, number = int(sys.argv[1]), sys.argv[2], int(sys.argv[3])
    client = aionut.AIONUTClient(port=port, username="admin", password="secret")
    status = await client.list_vars(pdu)
    commands = await client.list_commands(pdu)

    names = switches(status, commands)
    assert list(names) == list(range(1, int(status["outlet.count"]) + 1)), names
    assert names[number] == "lamp", names
    assert all(status[f"outlet.{one}.status"] in ("on", "off") for one in names), status
    assert all(f"outlet.{one}.load.cycle" in commands for one in names), commands

    await order(client, pdu, f"outlet.{number}.load.off")
    await until(client, pdu, number, "off")
    await order(client, pdu, f"outlet.{number}.load.on")
    await until(client, pdu, number, "on")
    await order(client, pdu, f"outlet.{number}.load.cycle", "off-time=1")
    await until(client, pdu, number, "off")
    await until(client, pdu, number, "on")

    # The last feed of a running host: an error that the integration shows.
    try:
        await client.run_command(pdu, "outlet.1.load.off")
    except aionut.NUTError as error:
        assert "pve1" in str(error), error
    else:
        raise AssertionError("the last feed of a running host was switched off")
    assert (await client.list_vars(pdu))["outlet.1.status"] == "on"
    client.shutdown()
    print("ok")


asyncio.run(main())
