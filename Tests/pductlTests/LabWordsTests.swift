import Testing

@testable import pductl

@Suite struct LabWordsTests {
    static let commands = Racks.own.device("lab")?.commands ?? []

    @Test(arguments: [
        (["mains", "off"], "mains.off", nil), (["mains", "off", "river"], "mains.off", "river"),
        (["Mains", "ON"], "mains.on", nil), (["charge", "river", "30"], "charge.set", "river=30"),
        (["charge", "set", "river", "30"], "charge.set", "river=30"),
        (["charge.set", "river", "30"], "charge.set", "river=30"),
        (["unplug", "river"], "device.unplug", "river"), (["status"], "lab.status", nil),
    ])
    func `words are a command and its parameter`(words: [String], command: String, parameter: String?) throws {
        let lab = try LabWords(words, among: Self.commands, json: false)
        #expect(lab.command == command)
        #expect(lab.parameter == parameter)
    }

    @Test func `what is incomplete or unknown is answered with what there is`() {
        #expect {
            try LabWords(["mains"], among: Self.commands, json: false)
        } throws: { error in
            (error as? Outcome)?.complaint
                == "pductl: 'mains' is no command of the lab. There are:\n  mains off\n  mains on\n"
        }
        for words in [[], ["burn"], ["set"], ["mains", "of"]] {
            #expect(throws: Outcome.self) { try LabWords(words, among: Self.commands, json: false) }
        }
    }

    @Test func `a list shows parameters as they are typed`() {
        let usage = LabWords.usage(of: "charge.set", described: "Set the charge (parameter: UPS=PERCENT)")
        #expect(usage.typed == "charge set UPS PERCENT")
        #expect(usage.text == "Set the charge")
        #expect(LabWords.usage(of: "lab.status", described: "Show").typed == "lab status")
    }
}
