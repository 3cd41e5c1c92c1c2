import PowerCore
import RackFile

extension DemoRack {
    /// What to try first, with the address the demo listens at.
    static func welcome(_ endpoint: Configuration.Endpoint?) -> String {
        let port = endpoint?.port ?? 3493
        let server = port == 3493 ? "" : "@127.0.0.1:\(port)"
        let export = port == 3493 ? "" : "PDUCTL_SERVER=127.0.0.1:\(port) "
        return """

            Try in another terminal (pductl: swift run pductl):
              upsc river\(server)
              export \(export)PDUCTL_USER=demo PDUCTL_PASSWORD=demo
              pductl status
              pductl explain pve1
              pductl lab mains off            # the night begins
              pductl lab mains on
              pductl cycle outlet rack-a/4
            Stop with Ctrl-C.

            """
    }
}
