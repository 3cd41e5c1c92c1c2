import PowerCore

/// Runs the drivers of all devices, each by itself, so that one can be replaced while the others go on.
actor DriverFleet {
    private struct Running {
        var number: Int
        var task: Task<Void, Never>
    }

    private var running: [DeviceID: Running] = [:]
    private var lastNumber = 0
    private var isOver = false

    /// Runs until it is cancelled, and then ends every driver and waits until it has given its device back.
    func run() async {
        while (try? await Task.sleep(for: .seconds(86_400))) != nil {}
        self.isOver = true
        let last = self.running.values.map(\.task)
        for task in last { task.cancel() }
        for task in last { await task.value }
    }

    /// Ends what drives each of `devices`, and begins what `runs` has for it once the device has been given back.
    func replace(_ devices: Set<DeviceID>, with runs: [DeviceID: [@Sendable () async -> Void]]) {
        guard !self.isOver else { return }
        for device in devices {
            let old = self.running[device]?.task
            old?.cancel()
            self.lastNumber += 1
            let number = self.lastNumber
            let new = runs[device] ?? []
            let task = Task {
                await old?.value
                await withTaskGroup { group in
                    for run in new { group.addTask { await run() } }
                }
                self.forget(device, number)
            }
            self.running[device] = Running(number: number, task: task)
        }
    }

    private func forget(_ device: DeviceID, _ number: Int) {
        if self.running[device]?.number == number { self.running[device] = nil }
    }
}
