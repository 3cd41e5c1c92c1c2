import PowerCore
import SNMPFamilies
import SNMPTables

/// The families of devices that an SNMP agent may belong to: those of the program and those of files.
struct FamilyFiles {
    /// Something that is wrong, and what can be done about it.
    struct Problem: Equatable {
        /// What is wrong, with its place where it stands in a file (`/etc/upsd-swift/acme.yaml:3:7: …`).
        var message: String
        /// What can be done about it.
        var remedy: String

        /// Both in one.
        var sentence: String { self.remedy.isEmpty ? self.message : "\(self.message); \(self.remedy)" }
    }

    /// The one that is meant, or all that are known.
    private(set) var families: SNMPFamilies
    /// Everything that is wrong.
    private(set) var problems: [Problem] = []

    /// Reads the files that the agent's configuration names.
    init(_ agent: Configuration.SNMPAgent) {
        var all = EmbeddedFamilies.all.all
        for path in agent.families {
            let (family, problems) = Self.read(path)
            all += family.map { [$0] } ?? []
            self.problems += problems
        }
        self.families = SNMPFamilies(all)
        guard let name = agent.family else { return }
        if let family = self.families.family(name) {
            self.families = SNMPFamilies([family])
        } else if self.problems.isEmpty {
            self.problems.append(self.unknown(name))
        }
    }

    private func unknown(_ name: String) -> Problem {
        let near = Spelling.nearest(to: name, among: self.families.names)
        let known = self.families.names.joined(separator: ", ")
        return Problem(
            message: "no family of devices is called '\(name)'",
            remedy: near.isEmpty ? "known: \(known)" : "did you mean \(near.joined(separator: " or "))?")
    }

    private static func read(_ path: String) -> (SNMPFamily?, [Problem]) {
        do throws(SecretFile.Failure) {
            let file = try SecretFile(path: path, limit: FamilyFile.longest)
            guard let text = String(validating: file.bytes, as: UTF8.self) else {
                return (nil, [Problem(message: "\(path) is not UTF-8", remedy: "save it as plain UTF-8 text")])
            }
            let outcome = FamilyFile.read(text)
            let problems = outcome.problems.map {
                Problem(message: "\(path):\($0.mark): \($0.message)", remedy: $0.remedy)
            }
            return (outcome.family, problems)
        } catch {
            return (nil, [Problem(message: "\(path) \(error.reason)", remedy: "create it, or correct its path")])
        }
    }
}

extension ConfigurationLoader {
    /// What is wrong with the files of families, which nobody would otherwise hear of before the start.
    static func problems(ofFamilies configuration: Configuration) -> [ConfigurationProblem] {
        let upses = configuration.upses.compactMap { ups -> (String, Configuration.SNMPAgent)? in
            if case .snmp(let agent) = ups.driver { ("ups \(ups.rack.id)", agent) } else { nil }
        }
        let pdus = configuration.pdus.compactMap { pdu -> (String, Configuration.SNMPAgent)? in
            if case .snmp(let agent) = pdu.driver { ("pdu \(pdu.rack.id)", agent) } else { nil }
        }
        return (upses + pdus).flatMap { owner, agent in
            FamilyFiles(agent).problems.map {
                ConfigurationProblem(.error, at: .start, "\(owner): \($0.message)", remedy: $0.remedy)
            }
        }
    }
}
