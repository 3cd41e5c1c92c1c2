import SNMPTables

/// As much of BER (X.690) as messages of SNMPv1 and v2c have.
enum BER {
    static func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] {
        let count = content.count
        let length: [UInt8] = count < 0x80 ? [UInt8(count)] : [0x82, UInt8(count >> 8), UInt8(count & 0xff)]
        return [tag] + length + content
    }

    static func integer(_ value: Int, tag: UInt8 = 2) -> [UInt8] {
        let bytes = withUnsafeBytes(of: Int32(value).bigEndian) { Array($0) }
        return Self.element(tag, bytes)
    }

    static func oid(_ name: OID) -> [UInt8] {
        let first = [name.arcs[0] * 40 + name.arcs[1]] + name.arcs.dropFirst(2)
        return Self.element(
            6,
            first.flatMap { arc in
                var groups = [UInt8(arc & 0x7f)]
                var rest = arc >> 7
                while rest > 0 {
                    groups.insert(UInt8(rest & 0x7f) | 0x80, at: 0)
                    rest >>= 7
                }
                return groups
            })
    }

    /// The elements one behind the other; what comes behind a broken one is left out.
    static func elements(_ bytes: ArraySlice<UInt8>) -> [(tag: UInt8, content: ArraySlice<UInt8>)] {
        var rest = bytes
        var found: [(tag: UInt8, content: ArraySlice<UInt8>)] = []
        while let tag = rest.popFirst(), var length = rest.popFirst().map(Int.init) {
            if length > 0x80 {
                let bytes = rest.prefix(length - 0x80)
                rest = rest.dropFirst(length - 0x80)
                length = bytes.reduce(0) { $0 << 8 | Int($1) }
            }
            guard rest.count >= length else { break }
            found.append((tag, rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return found
    }

    static func integer(in content: ArraySlice<UInt8>) -> Int {
        content.reduce(content.first.map { $0 & 0x80 != 0 ? -1 : 0 } ?? 0) { $0 << 8 | Int($1) }
    }

    static func oid(in content: ArraySlice<UInt8>) -> OID? {
        var arcs: [UInt32] = []
        var arc: UInt32 = 0
        for byte in content {
            arc = arc << 7 | UInt32(byte & 0x7f)
            guard byte & 0x80 == 0 else { continue }
            if arcs.isEmpty { arcs = [arc / 40, arc % 40] } else { arcs.append(arc) }
            arc = 0
        }
        return OID(arcs)
    }
}

/// A message of SNMPv1 or v2c.
struct Message: Equatable {
    enum Kind: UInt8 {
        case get = 0xa0
        case getNext = 0xa1
        case response = 0xa2
        case set = 0xa3
        case getBulk = 0xa5
        case report = 0xa8
    }

    struct Object: Equatable {
        var name: OID
        /// The value with its tag.
        var value: [UInt8] = [5, 0]

        static func integer(_ name: OID, _ value: Int) -> Object { Object(name: name, value: BER.integer(value)) }
        static func noSuchInstance(_ name: OID) -> Object { Object(name: name, value: [0x81, 0]) }
        static func endOfView(_ name: OID) -> Object { Object(name: name, value: [0x82, 0]) }
    }

    var version = 1
    var community = "public"
    var kind = Kind.get
    var number = 0
    var status = 0
    var index = 0
    var objects: [Object] = []

    init() {}

    init?(_ bytes: [UInt8]) {
        guard let message = BER.elements(bytes[...]).first?.content else { return nil }
        let parts = BER.elements(message)
        guard parts.count == 3, let kind = Kind(rawValue: parts[2].tag) else { return nil }
        let fields = BER.elements(parts[2].content)
        guard fields.count == 4 else { return nil }
        self.version = BER.integer(in: parts[0].content)
        self.community = String(decoding: parts[1].content, as: UTF8.self)
        self.kind = kind
        self.number = BER.integer(in: fields[0].content)
        self.status = BER.integer(in: fields[1].content)
        self.index = BER.integer(in: fields[2].content)
        self.objects = BER.elements(fields[3].content).compactMap { object in
            let parts = BER.elements(object.content)
            guard parts.count == 2, let name = BER.oid(in: parts[0].content) else { return nil }
            return Object(name: name, value: BER.element(parts[1].tag, Array(parts[1].content)))
        }
    }

    var bytes: [UInt8] {
        let objects = self.objects.flatMap { BER.element(0x30, BER.oid($0.name) + $0.value) }
        let fields =
            BER.integer(self.number) + BER.integer(self.status) + BER.integer(self.index) + BER.element(0x30, objects)
        return BER.element(
            0x30,
            BER.integer(self.version) + BER.element(4, Array(self.community.utf8))
                + BER.element(self.kind.rawValue, fields))
    }

    /// An answer to this message with `objects`.
    func answer(_ objects: [Object], status: Int = 0, index: Int = 0) -> Message {
        var answer = self
        answer.kind = .response
        answer.status = status
        answer.index = index
        answer.objects = objects
        return answer
    }
}
