/// What clients see of one PDU, and what it was made from: as long as that holds it is not made anew.
///
/// Of the rest that it depends on (names, locks, groups), whoever changes it throws this away.
struct ShownPDU {
    private let reading: PDUReading?
    private let availability: Availability
    let snapshot: DeviceSnapshot

    /// Puts together what clients see of `pdu`, whose state is `state`.
    init(_ pdu: Configuration.PDU, _ state: PDUState, _ notes: PDUNotes) {
        self.reading = state.reading
        self.availability = state.availability
        self.snapshot = DeviceSnapshot(
            id: pdu.rack.id, description: pdu.description, availability: state.availability,
            variables: state.variables(notes), commands: state.commands(notes))
    }

    /// Whether it still is what clients see. Costs next to nothing for a reading that was only repeated.
    func holds(for state: PDUState) -> Bool {
        self.availability == state.availability && self.reading == state.reading
    }
}
