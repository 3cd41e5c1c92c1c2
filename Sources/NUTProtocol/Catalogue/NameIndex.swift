/// Finds the place of a name in a list, without regard to case, in a time that does not grow with the list.
///
/// An open hash table of places; the names themselves stay with their owner.
struct NameIndex: Sendable {
    /// For each slot a place plus one; 0 where the slot is free. At least half of them are.
    private var slots: [UInt32]

    /// Makes the index of `names`; of equal ones the first is found.
    init(_ names: [ArraySlice<UInt8>]) {
        var size = 2
        while size < names.count * 2 { size *= 2 }
        self.slots = Array(repeating: 0, count: size)
        for (place, name) in names.enumerated() {
            let slot = self.slot(of: name) { ASCII.areSame(names[$0], name) }
            if self.slots[slot] == 0 { self.slots[slot] = UInt32(clamping: place + 1) }
        }
    }

    /// The place of `name`, where `isNamed` says whether the name at a place is the same.
    func place(of name: ArraySlice<UInt8>, isNamed: (_ place: Int) -> Bool) -> Int? {
        let entry = self.slots[self.slot(of: name, isNamed: isNamed)]
        return entry == 0 ? nil : Int(entry) - 1
    }

    /// The slot that holds `name`, or the free one that would.
    private func slot(of name: ArraySlice<UInt8>, isNamed: (Int) -> Bool) -> Int {
        let last = self.slots.count - 1
        var slot = Self.hash(name) & last
        while self.slots[slot] != 0, !isNamed(Int(self.slots[slot]) - 1) { slot = (slot + 1) & last }
        return slot
    }

    /// FNV-1a over the name without the bit that tells small letters from capitals. The names are those of the
    /// configuration and the devices, not a client's.
    private static func hash(_ name: ArraySlice<UInt8>) -> Int {
        let name = name.span
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for index in name.indices { hash = (hash ^ UInt64(name[index] | 0x20)) &* 0x100_0000_01b3 }
        // The low bits of the product know only the low bits of the bytes.
        return Int(truncatingIfNeeded: hash ^ (hash >> 32))
    }
}
