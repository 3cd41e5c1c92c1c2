import NUTProtocol
import PowerCore

/// What a look around has found, as a configuration to begin with.
struct DiscoveryReport {
    /// What was found.
    let found: [Discovery]
    /// What could not be looked at, and why.
    var troubles: [String] = []
    /// The UPS that PDUs are plugged into; the first that was found without it.
    var feed: String?

    /// Longest name that is made of what a device calls itself.
    private static let longestName = 24
    /// What stands for a UPS of which nothing was found.
    static let unknownFeed = "my-ups"

    /// What is found with the name it would have.
    private var named: [(name: String, item: Discovery)] {
        var taken: Set<String> = []
        return self.found.filter { $0.use != .none }.map { item in
            let wish = Self.name(of: item)
            var name = wish
            var number = 2
            while !taken.insert(name).inserted {
                name = "\(wish)-\(number)"
                number += 1
            }
            return (name, item)
        }
    }

    /// The configuration, with what is known of each device above it.
    var document: RackDocument {
        let named = self.named
        let upses = named.filter { $0.item.use == .ups }
        let pdus = named.filter { $0.item.use == .pdu }
        let feed = self.feed ?? upses.first?.name
        var document = RackDocument()
        if !upses.isEmpty {
            document.entries.append(
                RackDocument.Entry("ups", .group(upses.map { Self.entry($0.name, $0.item, feed: nil) })))
        }
        if !pdus.isEmpty {
            let entries = pdus.map { Self.entry($0.name, $0.item, feed: feed ?? Self.unknownFeed) }
            let comments =
                feed == nil
                ? ["No UPS was found: put the name of the one under feed, or --feed NAME."]
                : ["feed: is the UPS that a PDU is plugged into; that cannot be seen from here."]
            document.entries.append(RackDocument.Entry("pdu", .group(entries), comments: comments))
        }
        let others = self.found.filter { $0.use == .none }.map { "\($0.remark): neither a UPS nor a PDU that is known" }
        document.remarks = others + self.troubles
        return document
    }

    /// The configuration as text; a sentence where nothing was found.
    var text: String {
        let document = self.document
        guard !document.entries.isEmpty else {
            return (["nothing was found that could be a UPS or a PDU"] + document.remarks)
                .map { "# \(PlainText.printable($0))\n" }.joined()
        }
        return document.yaml
    }

    /// The same as JSON.
    var json: JSONValue {
        let devices = self.named.map { name, item in
            JSONValue.object(
                [
                    ("name", .string(name)), ("kind", .string(item.use == .ups ? "ups" : "pdu")),
                    ("driver", .string(item.driver)), ("found", .string(item.remark)),
                ] + item.settings.map { ($0.key, .string($0.value)) })
        }
        return .array(devices)
    }

    private static func entry(_ name: String, _ item: Discovery, feed: String?) -> RackDocument.Entry {
        var entries = [RackDocument.Entry("driver", .text(item.driver))]
        for setting in item.settings {
            let parts = setting.key.split(separator: ".").map(String.init)
            guard parts.count == 2 else {
                entries.append(RackDocument.Entry(setting.key, .text(setting.value)))
                continue
            }
            let inner = RackDocument.Entry(parts[1], .text(setting.value))
            entries.append(RackDocument.Entry(parts[0], .group([inner])))
        }
        if let feed { entries.append(RackDocument.Entry("feed", .text(feed))) }
        return RackDocument.Entry(name, .group(entries), comments: [item.remark])
    }

    /// A name in the letters that a configuration takes, of what the device calls itself.
    private static func name(of item: Discovery) -> String {
        var name = ""
        for letter in item.label.lowercased() {
            if letter.isASCII, letter.isLetter || letter.isNumber {
                name.append(letter)
            } else if !name.isEmpty, name.last != "-" {
                name.append("-")
            }
        }
        let short = String(name.prefix(Self.longestName)).split(separator: "-").joined(separator: "-")
        let isNumber = short.allSatisfy(\.isNumber)
        let kind = item.use == .ups ? "ups" : "pdu"
        return isNumber ? (short.isEmpty ? kind : "\(kind)-\(short)") : short
    }
}
