import PowerCore

extension DemoRack {
    /// What to try first, with the address the demo listens at.
    static func welcome(_ endpoint: Configuration.Endpoint?) -> String {
        let port = endpoint?.port ?? 3493
        let server = port == 3493 ? "" : "@127.0.0.1:\(port)"
        let option = port == 3493 ? "" : " --server 127.0.0.1:\(port)"
        return """

            Try in another terminal (pductl: swift run pductl):
              upsc river\(server)
              pductl\(option) status
              pductl\(option) explain pve1
              export PDUCTL_USER=demo PDUCTL_PASSWORD=demo
              pductl\(option) lab mains off            # the night begins
              pductl\(option) lab mains on
              pductl\(option) cycle outlet rack-a/4
            Stop with Ctrl-C.

            """
    }
}
