extension RackValidation {
    /// A manager that is no host of the rack, or that needs hosts which it would have to stop after itself.
    func managerProblems() -> [Problem] {
        guard let id = self.rack.manager else { return [] }
        guard let index = self.index(of: id), self.rack.consumers[index].isHost else { return [self.noManager(id)] }
        let needs = self.needs
        let manager = self.rack.consumers[index]
        return manager.needs.enumerated().compactMap { number, need in
            guard let first = self.index(of: need), first != index else { return nil }
            // In a circle it would reach itself, and the circle has been named.
            let reached = self.allNeeds(of: first, needs).subtracting([index]).sorted()
            let hosts = ([first] + reached).map { self.rack.consumers[$0] }.filter(\.isHost)
            guard let host = hosts.first(where: { !$0.isProtected }) ?? hosts.first else { return nil }
            return self.stoppedAfterManager(.need(index, number), manager, host, by: need)
        }
    }

    private func noManager(_ id: HostID) -> Problem {
        let hosts = self.rack.consumers.filter(\.isHost).map(\.id.name)
        let isLoad = self.index(of: id) != nil
        return Problem(
            .manager, "manager is '\(id)', which is \(isLoad ? "a load" : "no host of this rack")",
            remedy: isLoad ? "name the host that the daemon runs on" : Spelling.remedy(for: id.name, among: hosts))
    }

    /// The manager stops after everything else; a host that must stop even later would be told by nobody.
    private func stoppedAfterManager(_ place: Place, _ manager: Consumer, _ host: Consumer, by need: HostID) -> Problem
    {
        let way = host.id == need ? "" : " by way of \(need)"
        let message = "the daemon runs on \(manager.id), which needs host \(host.id)\(way): nothing would be left to "
        guard !host.isProtected else {
            return Problem(
                place, message + "tell \(host.id) to stop",
                remedy: "remove \(need) from needs of \(manager.id) if \(host.id) must not lose power while it runs",
                severity: .warning)
        }
        return Problem(
            place, message + "stop \(host.id) and to start it again",
            remedy: "remove \(need) from needs of \(manager.id), or run the daemon on another machine")
    }
}
