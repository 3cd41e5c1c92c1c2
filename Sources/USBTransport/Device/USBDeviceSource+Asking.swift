internal import PowerCore

extension USBDeviceSource {
    /// Opens the matching device that answers as it should; every other one is closed again.
    ///
    /// One source at a time: a device that one is asking is in use for another.
    func openAsking(_ question: USBQuestion) async throws(USBError) -> USBDevice {
        guard await self.context.turns.begin() else {
            throw USBError(.busy, device: "USB", detail: "too many look for a device at once")
        }
        defer { self.context.turns.end() }
        var right: [USBDevice] = []
        var failure: USBError?
        let places = try await self.context.devices().filter(self.match.accepts).map(\.portPath)
        for place in places where !self.context.isTaken(place) {
            do throws(USBError) {
                if let device = try await self.ask(question, at: place) { right.append(device) }
            } catch {
                failure = failure ?? error
            }
        }
        if right.count == 1, let device = right.first { return device }
        for device in right { await device.close() }
        throw right.isEmpty
            ? failure ?? self.noneAnswers(question, places.count)
            : self.severalAnswer(question, right.map(\.identity.portPath))
    }

    /// Nil where the device there is not the one.
    private func ask(_ question: USBQuestion, at place: USBPortPath) async throws(USBError) -> USBDevice? {
        let device = try await self.open(self.match.narrowed(to: place), nil)
        do throws(DeviceFailure) {
            if try await question.isRight(device) { return device }
            await device.close()
            return nil
        } catch {
            await device.close()
            throw USBError(error.kind, device: error.device, detail: error.detail, remedy: error.remedy)
        }
    }

    private func noneAnswers(_ question: USBQuestion, _ count: Int) -> USBError {
        let detail =
            switch count {
            case 0: "not plugged in"
            case 1: "the one that is plugged in has not \(question.wanted), or it is in use here"
            default: "\(count) are plugged in, none has \(question.wanted), or it is in use here"
            }
        return USBError(
            .gone, device: "USB device (\(self.match))", detail: detail,
            remedy: "check cable and power, and compare the id")
    }

    private func severalAnswer(_ question: USBQuestion, _ ports: [String]) -> USBError {
        USBError(
            .busy, device: "USB device (\(self.match))",
            detail: "\(ports.count) have \(question.wanted), at the ports \(ports.joined(separator: ", "))",
            remedy: "give one of them another id, or tell them apart with port")
    }
}
