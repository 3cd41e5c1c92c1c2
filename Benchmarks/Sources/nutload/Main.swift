internal import Glibc

@main
enum Main {
    static let usage = """
        nutload drivers --dir DIR --dump FILE --devices N [--tick-ms MS]
        nutload requests --port P --kind KIND [--clients N] [--depth N] [--devices N] [--dump FILE] [--quickack]
                         [--seconds S] [--count N] [--pid PID]
        nutload storm    --port P --at-once N --question REQUEST [--seconds S] [--count N] [--pid PID]
        nutload change   --port P [--seconds S]
        nutload start    --port P --devices N --log FILE [--settle S] [--watch S] -- PROGRAM...
        nutload crowd    --port P --clients N [--watch S] [--pid PID]
        nutload unread   --port P --clients N [--seconds S] [--pid PID]
        nutload abuse    --port P --clients N [--seconds S]
        nutload tls      --port P [--seconds S] [--pid PID]
        """

    static func main() {
        signal(SIGPIPE, SIG_IGN)
        do throws(Failure) {
            try Self.run(CommandLine.arguments.dropFirst())
        } catch {
            let text = Array("nutload: \(error)\n".utf8)
            write(STDERR_FILENO, text, text.count)
            exit(1)
        }
    }

    private static func run(_ words: ArraySlice<String>) throws(Failure) {
        guard let order = words.first else { throw Failure("say what to do\n\(Self.usage)") }
        let options = try Options(words.dropFirst(), flags: ["quickack"])
        let pid = try options.number("pid", 0)
        switch order {
        case "drivers": try Self.drivers(options)
        case "requests": try Self.requests(options, pid).print()
        case "storm":
            let storm = try Storm(port: options.port(), question: options.text(needed: "question"))
            try storm.run(
                atOnce: options.number("at-once", 1), nanoseconds: options.seconds("seconds", 1),
                atMost: options.number("count", .max), pid: pid
            ).print()
        case "change": try ChangeWatch(port: options.port()).run(nanoseconds: options.seconds("seconds", 2)).print()
        case "start": try Self.start(options).print()
        case "crowd":
            try Crowd(port: options.port()).run(
                clients: options.number("clients", 10_000), watching: options.seconds("watch", 0), pid: pid
            ).print()
        case "unread":
            try Unread(port: options.port()).run(
                blockers: options.number("clients", 50), nanoseconds: options.seconds("seconds", 3), pid: pid
            ).print()
        case "abuse":
            try Abuse(port: options.port()).run(
                clients: options.number("clients", 16), nanoseconds: options.seconds("seconds", 3)
            ).print()
        case "tls":
            try Handshakes(port: options.port()).run(nanoseconds: options.seconds("seconds", 1), pid: pid).print()
        default: throw Failure("\(order) is nothing I know\n\(Self.usage)")
        }
    }

    private static func start(_ options: Options) throws(Failure) -> Report {
        let start = Start(
            port: try options.port(), devices: try options.number("devices", 1), command: options.command,
            log: try options.text(needed: "log"))
        return try start.run(settling: options.seconds("settle", 0), watching: options.seconds("watch", 0))
    }

    private static func drivers(_ options: Options) throws(Failure) {
        let drivers = try FakeDrivers(
            directory: options.text(needed: "dir"), dump: Dump(path: options.text(needed: "dump")),
            count: options.number("devices", 1))
        print("ready")
        fflush(nil)
        try drivers.run(tick: Int64(options.number("tick-ms", 0)) * 1_000_000)
    }

    private static func requests(_ options: Options, _ pid: Int) throws(Failure) -> Report {
        var dump: Dump?
        if let path = options.text("dump") { dump = try Dump(path: path) }
        let script = try Script(
            options.text(needed: "kind"), devices: options.number("devices", 1), dump: dump)
        let requests = try Requests(
            port: options.port(), count: options.number("clients", 1), depth: options.number("depth", 1),
            script: script, acknowledgesAtOnce: options.has("quickack"))
        let count = try options.number("count", 0)
        if count > 0 { return try requests.run(count: count, pid: pid) }
        // The first requests of a connection are quicker: the kernel acknowledges them at once.
        return try requests.run(warmUp: 200_000_000, nanoseconds: options.seconds("seconds", 1), pid: pid)
    }
}
