/// What clients see of one UPS, and what it was made from: as long as that holds it is not made anew.
struct ShownUPS {
    private let reading: UPSReading?
    private let availability: Availability
    private let isLow: Bool
    private let isForced: Bool
    let snapshot: DeviceSnapshot

    /// Puts together what clients see of `ups`, whose state is `state`.
    init(_ ups: Configuration.UPS, _ state: UPSState, isLow: Bool, isForced: Bool) {
        self.reading = state.reading
        self.availability = state.availability
        self.isLow = isLow
        self.isForced = isForced
        let own = state.variables(isLow: isLow, isForced: isForced)
        let ours = ups.driverVariables(isFresh: state.availability == .fresh, beside: own)
        self.snapshot = DeviceSnapshot(
            id: ups.rack.id, description: ups.description, availability: state.availability,
            variables: ours.isEmpty ? own : own + ours,
            commands: (state.reading?.commands ?? []).map { InstantCommand($0) })
    }

    /// Whether it still is what clients see. Costs next to nothing for a reading that was only repeated.
    func holds(for state: UPSState, isLow: Bool, isForced: Bool) -> Bool {
        self.availability == state.availability && self.isLow == isLow && self.isForced == isForced
            && self.reading == state.reading
    }
}
