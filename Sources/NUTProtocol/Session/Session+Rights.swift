internal import PowerCore

extension Session {
    /// Takes a user name as it is: NUT checks it only when it is needed, and clients count on that.
    mutating func takeUsername(_ line: Line, replies: inout ReplyBuffer) throws(ErrorWord) {
        guard line.count == 2, let user = line.text(1) else { throw .invalidArgument }
        guard self.user == nil else { throw .alreadySetUsername }
        self.user = user
        replies.appendLine("OK")
    }

    mutating func takePassword(_ line: Line, replies: inout ReplyBuffer) throws(ErrorWord) {
        guard line.count == 2, let password = line.text(1) else { throw .invalidArgument }
        guard self.password == nil else { throw .alreadySetPassword }
        self.password = password
        replies.appendLine("OK")
    }

    func requireCredentials() throws(ErrorWord) {
        guard self.user != nil else { throw .usernameRequired }
        guard self.password != nil else { throw .passwordRequired }
    }

    /// Takes note of what came of ``SessionEffect/check(_:)``; the line is to be handled again.
    public mutating func conclude(_ check: PasswordCheck, isRight: Bool) {
        self.proof = PasswordProof(password: check.password, isRight: isRight)
    }

    /// The check that must be made before rights can be looked at; nil where its result is known.
    mutating func openCheck(in world: some SessionWorld) -> PasswordCheck? {
        guard let user = self.user, let candidate = self.password else { return nil }
        let password = world.users.user(named: user)?.password
        if let proof = self.proof, proof.password == password { return nil }
        guard let password, password.matches(candidate) else {
            return PasswordCheck(candidate: candidate, password: password)
        }
        self.proof = PasswordProof(password: password, isRight: true)
        return nil
    }

    func require(_ right: NUTUser.Right, on device: DeviceID, in world: some SessionWorld) throws(ErrorWord) {
        guard let user = self.user.flatMap({ world.users.user(named: $0) }), let proof = self.proof, proof.isRight,
            proof.password == user.password, user.may(right, on: device)
        else { throw .accessDenied }
    }

    /// A pure question for a right: nothing changes, and no login is needed.
    func grantPrimary(
        _ line: Line, _ answer: StaticString, in world: some SessionWorld, replies: inout ReplyBuffer
    ) throws(ErrorWord) {
        guard line.count == 2 else { throw .invalidArgument }
        let page = try self.page(line[1], in: world)
        try self.require(.actAsPrimary, on: page.device.id, in: world)
        replies.appendLine(answer)
    }

    func page(_ name: ArraySlice<UInt8>?, in world: some SessionWorld) throws(ErrorWord) -> DevicePage {
        guard let name, let page = world.catalogue.page(named: name, for: self.address) else { throw .unknownUPS }
        return page
    }

    /// The page of a device whose values can be trusted.
    func availablePage(_ name: ArraySlice<UInt8>?, in world: some SessionWorld) throws(ErrorWord) -> DevicePage {
        let page = try self.page(name, in: world)
        switch page.device.availability {
        case .fresh: return page
        case .stale: throw .dataStale
        case .notConnected: throw .driverNotConnected
        }
    }
}
