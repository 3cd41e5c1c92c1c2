extension RackDocument {
    /// Takes out the UPSes of these names, and the hosts that hang on them.
    mutating func remove(_ names: Set<String>) {
        guard !names.isEmpty else { return }
        for index in self.entries.indices {
            guard case .group(let members) = self.entries[index].value else { continue }
            switch self.entries[index].key {
            case "ups": self.entries[index].value = .group(members.filter { !names.contains($0.key) })
            case "hosts": self.entries[index].value = .group(members.filter { !$0.isFed(by: names) })
            default: break
            }
        }
    }
}

extension RackDocument.Entry {
    /// Whether one of `names` is among the feeds of this host.
    fileprivate func isFed(by names: Set<String>) -> Bool {
        guard case .group(let members) = self.value else { return false }
        return members.contains { member in
            guard member.key == "feeds", case .list(let feeds) = member.value else { return false }
            return !names.isDisjoint(with: feeds)
        }
    }
}
