internal import CNetSNMP
internal import Glibc
internal import SNMPTables

extension SNMPFailure {
    /// Nobody has answered; `isKnown` where the agent has told its engine before.
    static func silent(_ options: SNMPOptions, isKnown: Bool) -> SNMPFailure {
        guard case .v3 = options.access else {
            return SNMPFailure(.silent, "no answer; it is away, or does not know this community")
        }
        guard isKnown else { return SNMPFailure(.silent, "no answer; it is away, or does not speak SNMPv3") }
        return SNMPFailure(
            .silent, "it is there, but does not answer; the privacy password, its protocol or the context may be wrong")
    }

    /// The network has refused, with errno.
    static func unreachable(_ code: Int32, port: Int) -> SNMPFailure {
        switch code {
        case ECONNREFUSED:
            SNMPFailure(.unreachable, "nobody listens at UDP port \(port)")
        case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN:
            SNMPFailure(.unreachable, "there is no way to it in the network")
        case EACCES, EPERM:
            SNMPFailure(.unreachable, "this machine does not let us send to it")
        case EMFILE, ENFILE:
            SNMPFailure(.unreachable, "too many files are open")
        case EMSGSIZE:
            SNMPFailure(.malformed, "the request is too long for one message")
        default:
            SNMPFailure(.unreachable, "the network says errno \(code)")
        }
    }

    /// SNMPv3: the agent has said what is wrong (RFC 3414, 3.2).
    static func reported(_ report: cnetsnmp_report, _ user: SNMPUser?) -> SNMPFailure {
        let name = "'\(user?.name ?? "")'"
        return switch report {
        case .CNETSNMP_UNKNOWN_USER: SNMPFailure(.notAuthentic, "it knows no user \(name)")
        case .CNETSNMP_WRONG_DIGEST:
            SNMPFailure(.notAuthentic, "the digest password of user \(name), or its digest, is wrong")
        case .CNETSNMP_NOT_DECRYPTED:
            SNMPFailure(.notAuthentic, "the privacy password of user \(name), or its protocol, is wrong")
        case .CNETSNMP_WRONG_LEVEL:
            SNMPFailure(.notAuthentic, "user \(name) must be asked with other security: with a digest, or with privacy")
        case .CNETSNMP_WRONG_TIME: SNMPFailure(.notAuthentic, "its clock and ours do not come together")
        case .CNETSNMP_WRONG_CONTEXT: SNMPFailure(.notAuthentic, "it has no context '\(user?.context ?? "")'")
        case .CNETSNMP_UNKNOWN_ENGINE: SNMPFailure(.malformed, "it does not say who it is, or always something else")
        case .CNETSNMP_OTHER_REPORT: SNMPFailure(.malformed, "it answers with a report of an unknown kind")
        }
    }

    /// The agent has answered with an error status (RFC 3416, 3), which is about `name` where it says so.
    static func refused(status: Int, _ name: OID?) -> SNMPFailure {
        let words = [
            1: "tooBig", 2: "noSuchName", 3: "badValue", 4: "readOnly", 5: "genErr", 6: "noAccess", 7: "wrongType",
            8: "wrongLength", 9: "wrongEncoding", 10: "wrongValue", 11: "noCreation", 12: "inconsistentValue",
            13: "resourceUnavailable", 14: "commitFailed", 15: "undoFailed", 16: "authorizationError",
            17: "notWritable", 18: "inconsistentName",
        ]
        let object = name.map { " for \($0)" } ?? ""
        return SNMPFailure(.refused(status: status), "it answers \(words[status] ?? "error \(status)")\(object)")
    }
}
