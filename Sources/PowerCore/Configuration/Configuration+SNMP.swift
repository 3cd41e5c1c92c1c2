extension Configuration {
    /// A PDU or UPS that is asked by SNMP.
    public struct SNMPAgent: Hashable, Sendable {
        /// Where the agent answers, UDP port 161 where nothing else is said.
        public var address: Endpoint

        /// Makes an agent.
        public init(address: Endpoint) {
            self.address = address
        }
    }
}
