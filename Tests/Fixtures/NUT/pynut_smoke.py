"""Asks a server on the loopback through NUT's own Python client; prints "ok" when all of it was answered.

Arguments: the port.
"""

import sys

try:
    from PyNUT import PyNUTClient, PyNUTError
except ImportError:
    from PyNUTClient.PyNUT import PyNUTClient, PyNUTError

port = int(sys.argv[1])
client = PyNUTClient(host="127.0.0.1", port=port, login="admin", password="secret")
assert client.GetUPSList()[b"ups"] == b"Rack UPS"
assert client.GetUPSVars("ups")[b"ups.status"] == b"OL"
assert b"load.off" in client.GetUPSCommands("ups")
assert client.GetRWVars("ups")[b"ups.id"] == b"rack"
assert client.CheckUPSAvailable("ups")
assert not client.CheckUPSAvailable("quiet")
client.SetRWVar("ups", "ups.id", "two")
assert client.GetRWVars("ups")[b"ups.id"] == b"two"
client.RunUPSCommand("ups", "load.off")
try:
    client.RunUPSCommand("ups", "load.on")
except PyNUTError:
    pass
else:
    raise AssertionError("a command that does not exist was taken")
assert client.DeviceLogin("ups")
assert client.GetUPSVars("pdu")[b"ups.status"] == b"OL"
client.FSD("ups")
assert client.GetUPSVars("ups")[b"ups.status"] == b"FSD OL"
print("ok")
