// Writes to a store or reads it, as it is told on the standard input, and says how it went line by line.
//
//   EventStoreHelper write FILE      then, a line each: write N, bulk N (until it is killed), note TEXT, close
//   EventStoreHelper history FILE

import EventStore
import Glibc
import PowerCore

func say(_ line: String) {
    print(line)
    fflush(nil)
}

func write(_ number: Int, _ store: EventStore) {
    let now = TimeLineClock(line: store.timeLine).now
    let failure = store.write([.outlet(OutletID("pdu", number), nil)], at: now)
    say(failure.map { "failed: \($0.reason)" } ?? "ok \(number)")
}

func obey(_ line: String, _ store: EventStore) {
    let words = line.split(separator: " ", maxSplits: 1).map(String.init)
    let number = words.last.flatMap(Int.init) ?? 0
    switch words.first {
    case "write": write(number, store)
    case "bulk": for number in number... { write(number, store) }
    case "note":
        let now = TimeLineClock(line: store.timeLine).now
        store.note(HistoryEvent(moment: now, level: .notice, subject: "helper", text: words.last ?? ""))
        say("noted")
    case "close":
        store.close()
        say("closed")
    default: say("what?")
    }
}

do throws(JournalFailure) {
    let path = CommandLine.arguments.last ?? ""
    if CommandLine.arguments.dropFirst().first == "history" {
        for stored in try EventReader(path).history(EventReader.Filter(limit: .max)) { say(stored.event.text) }
        say("end")
    } else {
        let store = try EventStore.open(path)
        say("open")
        while let line = readLine() { obey(line, store) }
    }
} catch {
    say("failed: \(error.reason)")
}
