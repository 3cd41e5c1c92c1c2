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

    func require(_ right: NUTUser.Right, on device: DeviceID, in world: some SessionWorld) throws(ErrorWord) {
        guard let user = self.user, let password = self.password,
            world.users.authenticate(user, password: password)?.may(right, on: device) == true
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
        guard let name, let page = world.catalogue.page(named: name) else { throw .unknownUPS }
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
