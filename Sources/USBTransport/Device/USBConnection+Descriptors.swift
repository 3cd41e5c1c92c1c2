internal import PowerCore

extension USBConnection {
    /// The report descriptor as the device gives it, at most ``USBControlRequest/maximumLength`` bytes.
    ///
    /// The HID descriptor is asked for as well as read from the configuration, since the two may disagree.
    func reportDescriptor(timeout: Duration) async throws(USBError) -> [UInt8] {
        let interface = self.handle.interface
        let lengths = HIDClassDescriptor.lengthsToAsk(
            inConfiguration: interface.announcedLength, whenAsked: try await self.askedLength(timeout: timeout),
            limit: USBControlRequest.maximumLength)
        var failure = USBError(
            .notSupported, device: self.label,
            detail: "interface \(interface.number) announces no report descriptor, so it cannot be read")
        for length in lengths {
            let request = USBControlRequest.classDescriptor(
                HIDClassDescriptor.reportType, length: length, interface: interface.number)
            do throws(USBError) {
                let bytes = try await self.transfer(request, timeout: timeout)
                if !bytes.isEmpty { return bytes }
                failure = USBError(.stalled, device: self.label, detail: "\(request.name): an empty answer")
            } catch {
                guard error.kind == .stalled else { throw error }
                failure = error
            }
        }
        throw failure
    }

    /// The length that the device announces when asked; nil where it does not answer that request.
    private func askedLength(timeout: Duration) async throws(USBError) -> Int? {
        let request = USBControlRequest.classDescriptor(
            HIDClassDescriptor.type, length: HIDClassDescriptor.maximumLength, interface: self.handle.interface.number)
        do throws(USBError) {
            return HIDClassDescriptor.announcedLength(in: try await self.transfer(request, timeout: timeout)[...])
        } catch {
            guard error.kind == .stalled || error.kind == .timedOut else { throw error }
            return nil
        }
    }

    /// The first language of the device's strings; the usual one where the device does not tell.
    func language(timeout: Duration) async -> UInt16 {
        let list = try? await self.transfer(.string(0, language: 0), timeout: timeout)
        return USBStringDescriptor.firstLanguage(in: list ?? [])
    }
}
