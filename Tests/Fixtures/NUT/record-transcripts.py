#!/usr/bin/env python3
"""Records Tests/Fixtures/NUT/recorded/*.transcript anew: says what they say to Debian's upsd, and writes down its answers.

    sudo Tests/Fixtures/NUT/record-transcripts.py [FILE ...]

Needs Debian's nut-server and libnss3-tools. A transcript is the conversations of several connections:

    == sentence          begins a conversation
    > words              says a line; `b> words` says it on a second connection, `{id}` is the last tracking identifier
    >> "text"            says the bytes of a JSON text, with no line end of its own
    < answer             is what was heard, `< (closed)` that the server has closed; written by this program
    driver NAME LINE     lets the driver of NAME say a line, go (`gone`), or come back (`back`)
    tls: offered         at the top: the server has a certificate; what follows STARTTLS is said behind TLS

`{x*600}` stands for 600 times x. The drivers are those of devices.driver beside the transcripts.
"""
import datetime, glob, json, os, re, socket, ssl, subprocess, sys, tempfile, threading, time

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.normpath(os.path.join(HERE, "recorded"))
UPSD = "/lib/nut/upsd"
USERS = """[admin]
password = secret
actions = SET
actions = FSD
instcmds = ALL
upsmon primary
[mon]
password = pass
upsmon secondary
[runner]
password = pass
instcmds = load.off
[setter]
password = pass
actions = SET
"""
# How long the server may be silent before what it said counts as all it has to say.
QUIET = 0.15
# upsd looks after its drivers once in two seconds.
SETTLE = 2.5


class Driver:
    """The driver's end of a socket: tells what devices.driver says of it, and answers orders."""

    def __init__(self, folder, name, lines, codes):
        self.path, self.lines, self.codes = f"{folder}/scripted-{name}", lines, codes
        self.connection = self.listener = None
        if lines:
            self.start()

    def start(self):
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        self.listener.listen(4)
        threading.Thread(target=self.serve, args=(self.listener,), daemon=True).start()

    def stop(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        os.unlink(self.path)
        self.connection.shutdown(socket.SHUT_RDWR)

    def serve(self, listener):
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            self.connection = connection
            try:
                for line in connection.makefile("r", encoding="latin-1"):
                    self.answer(connection, line.rstrip("\n"))
            except OSError:
                pass

    def answer(self, connection, line):
        words = [re.sub(r"\\(.)", r"\1", a or b) for a, b in re.findall(r'"((?:\\.|[^"\\])*)"|(\S+)', line)]
        if line == "DUMPALL":
            connection.sendall(("\n".join(self.lines) + "\nDUMPDONE\n").encode())
        elif line == "PING":
            connection.sendall(b"PONG\n")
        elif words and words[0] in ("SET", "INSTCMD"):
            code = self.codes.get(words[1].lower(), "0")
            if words[0] == "SET" and code == "0":
                value = re.sub(r'(["\\#])', r"\\\1", words[2])
                connection.sendall(f'SETINFO {words[1]} "{value}"\n'.encode())
            if "TRACKING" in words and code != "-":
                connection.sendall(f"TRACKING {words[-1]} {code}\n".encode())

    def say(self, line):
        self.connection.sendall((line + "\n").encode())


def devices():
    """The sections of devices.driver: name, description, lines, codes."""
    result = []
    for line in open(f"{FOLDER}/devices.driver"):
        line = line.rstrip("\n")
        section = re.match(r"\[(.*?)\] ?(.*)", line)
        if section:
            result.append((section[1], section[2], [], {}))
        elif line.startswith("! "):
            _, name, code = line.split()
            result[-1][3][name] = code
        elif line and not line.startswith("#"):
            result[-1][2].append(line)
    return result


class Server:
    """Debian's upsd with scripted drivers, on a free port of the loopback."""

    def __init__(self, encrypts):
        self.folder = tempfile.TemporaryDirectory(prefix="nut-record-")
        path = self.folder.name
        os.chmod(path, 0o755)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.drivers = {}
        sections = ""
        for name, description, lines, codes in devices():
            text = re.sub(r'(["\\#])', r"\\\1", description)
            sections += f"[{name}]\ndriver = scripted\nport = none\n" + (f'desc = "{text}"\n' if text else "")
            self.drivers[name] = Driver(path, name, lines, codes)
        settings = f"LISTEN 127.0.0.1 {self.port}\n"
        if encrypts:
            settings += self.certificate(path)
        for name, text in [("ups.conf", sections), ("upsd.conf", settings), ("upsd.users", USERS)]:
            with open(f"{path}/{name}", "w", opener=lambda p, f: os.open(p, f, 0o640)) as file:
                file.write(text)
        environment = dict(os.environ, NUT_CONFPATH=path, NUT_STATEPATH=path, NUT_ALTPIDPATH=path)
        self.program = subprocess.Popen(
            [UPSD, "-F", "-u", "root"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(100):
            try:
                if "OL CHRG" in Client(self.port).ask("GET VAR ups ups.status\n"):
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise SystemExit("upsd does not serve its drivers")

    @staticmethod
    def certificate(path):
        """A database of certificates with one that vouches for itself, as NSS wants it."""
        open(f"{path}/pin", "w").write("secret\n")
        run = lambda *words: subprocess.run(["certutil", *words], check=True, capture_output=True)
        run("-N", "-d", path, "-f", f"{path}/pin")
        run("-S", "-d", path, "-f", f"{path}/pin", "-n", "upsd", "-s", "CN=localhost", "-x", "-t", "CT,,",
            "-z", "/bin/ls", "-v", "12")
        return f'CERTPATH {path}\nCERTIDENT "upsd" "secret"\n'

    def stop(self):
        self.program.terminate()
        self.program.wait()
        self.folder.cleanup()


class Client:
    def __init__(self, port):
        self.socket = socket.create_connection(("127.0.0.1", port), 5)

    def ask(self, text):
        """Says bytes, and hears what comes until the server is quiet."""
        heard = b""
        try:
            self.socket.sendall(text.encode("latin-1"))
            self.socket.settimeout(QUIET)
            while True:
                part = self.socket.recv(65536)
                if not part:
                    return heard.decode("latin-1") + "(closed)\n"
                heard += part
        except TimeoutError:
            return heard.decode("latin-1")
        except (ConnectionError, ssl.SSLError):
            return heard.decode("latin-1") + "(closed)\n"

    def encrypt(self):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        self.socket.settimeout(5)
        self.socket = context.wrap_socket(self.socket)


def expand(text):
    return re.sub(r"\{(.+?)\*(\d+)\}", lambda match: match[1] * int(match[2]), text)


def record(path):
    lines = open(path).read().rstrip("\n").split("\n")
    while lines and (lines[0].startswith("# ") or not lines[0]):
        del lines[0]
    server = Server("tls: offered" in lines)
    about = Client(server.port).ask("VER\n").strip()
    package = subprocess.run(
        ["dpkg-query", "-W", "-f", "${Package} ${Version}", "nut-server"], capture_output=True, text=True).stdout
    out = [
        f"# Recorded from {about.split(' - ')[0]} (Debian {package}) on {datetime.date.today()}.",
        "# Its drivers are those of devices.driver. Its users are admin (password secret: SET, FSD, all commands,",
        "# upsmon primary), mon (pass: upsmon secondary), runner (pass: the command load.off), setter (pass: SET).",
        "# Made by Tests/Fixtures/NUT/record-transcripts.py, which says how to read it.",
        "",
    ]
    clients, identifier, exchanges = {}, "", 0
    for line in lines:
        said = re.match(r"([a-z]?)(>>?)(?: (.*))?$", line)
        if line.startswith("< "):
            continue
        out.append(line)
        if line.startswith("== "):
            clients = {}
        elif line.startswith("driver "):
            _, name, what = line.split(" ", 2)
            driver = server.drivers[name]
            {"gone": driver.stop, "back": driver.start}.get(what, lambda: driver.say(what))()
            time.sleep(SETTLE if what in ("gone", "back") else 0.3)
        elif said:
            exchanges += 1
            name, text = said[1] or "a", said[3] or ""
            text = json.loads(text) if said[2] == ">>" else expand(text.replace("{id}", identifier)) + "\n"
            client = clients.setdefault(name, None) or Client(server.port)
            clients[name] = client
            heard = client.ask(text)
            found = re.search(r"OK TRACKING ([-0-9A-F]{36})", heard)
            if found:
                identifier = found[1]
                heard = heard.replace(identifier, "{id}")
            out += ["< " + answer for answer in heard.rstrip("\n").split("\n") if heard]
            if heard == "OK STARTTLS\n":
                client.encrypt()
    server.stop()
    open(path, "w").write("\n".join(out).rstrip("\n") + "\n")
    print(f"{os.path.basename(path)}: {exchanges} exchanges")
    return exchanges


if __name__ == "__main__":
    paths = sys.argv[1:] or sorted(glob.glob(f"{FOLDER}/*.transcript"))
    print(sum(map(record, paths)), "exchanges in all")
