"""Asks a server that requires TLS through NUT's own Python client; prints "ok" when all of it was answered.

Arguments: the port, a file with the certificate to believe.
"""

import sys

try:
    from PyNUT import PyNUTClient
except ImportError:
    from PyNUTClient.PyNUT import PyNUTClient

port = int(sys.argv[1])
client = PyNUTClient(
    host="localhost", port=port, login="admin", password="secret", use_ssl=True, force_ssl=True, cert_verify=True,
    ca_file=sys.argv[2])
assert client.GetUPSVars("ups")[b"ups.status"] == b"OL"
client.SetRWVar("ups", "ups.id", "two")
assert client.GetRWVars("ups")[b"ups.id"] == b"two"
client.RunUPSCommand("ups", "load.off")
assert client.DeviceLogin("ups")
print("ok")
