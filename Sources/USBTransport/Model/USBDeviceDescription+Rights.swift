internal import Glibc

extension USBDeviceDescription {
    /// Whether this process has the right to open the device at this moment; looks at the node, opens nothing.
    public var isPermitted: Bool {
        access(self.node, R_OK | W_OK) == 0
    }
}
