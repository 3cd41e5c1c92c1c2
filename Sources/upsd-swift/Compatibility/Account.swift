import Glibc

/// A user of this machine, whose rights the server has once it listens.
struct Account: Equatable {
    /// Debian's user for NUT's programs.
    static let usual = "nut"

    let name: String
    let user: uid_t
    let group: gid_t

    /// Looks up a user; nil where there is none.
    init?(named name: String) {
        guard let entry = getpwnam(name) else { return nil }
        self.name = name
        self.user = entry.pointee.pw_uid
        self.group = entry.pointee.pw_gid
    }

    /// Gives up root's rights for good, on all threads; false where that fails. Whoever is not root stays who it is.
    func become() -> Bool {
        guard geteuid() == 0, self.user != 0 else { return true }
        guard initgroups(self.name, self.group) == 0, setgid(self.group) == 0, setuid(self.user) == 0 else {
            return false
        }
        return geteuid() == self.user && setuid(0) != 0
    }
}
