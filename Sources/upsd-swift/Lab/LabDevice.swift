import PowerCore
import PowerLab

/// The lab as a NUT device: its state as variables, its faults as instant commands.
struct LabDevice: CommandDevice {
    static let id: DeviceID = "lab"

    let rack: LabRack

    func snapshot() async -> DeviceSnapshot {
        let state = await self.rack.snapshot()
        let own = [
            Variable("device.type", "lab"), Variable("device.mfr", "upsd-swift"), Variable("ups.status", "OL"),
        ]
        return DeviceSnapshot(
            id: Self.id, description: "The emulated rack: its mains, faults and time", availability: .fresh,
            variables: own + state.variables, commands: LabCommand.instantCommands)
    }

    func run(_ command: String, parameter: String?) async throws(OrderRefusal) {
        do {
            _ = try await self.rack.execute(LabCommand(name: command, parameter: parameter))
        } catch let error as LabCommandError {
            throw OrderRefusal(error.reason)
        } catch let error as LabRefusal {
            throw OrderRefusal(error.reason)
        } catch {
            throw OrderRefusal("\(error)")
        }
    }
}
