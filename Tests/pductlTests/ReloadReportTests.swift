import NUTProtocol
import NUTTransport
import Testing

@testable import pductl

/// What is said of a configuration that was read again.
@Suite struct ReloadReportTests {
    @Test func `each line of a refusal stands by itself`() {
        let error = NUTClientError.refused(
            .commandFailed, sentence: "rack.yaml:1:2: error: a | rack.yaml:3:4: error: b")
        let outcome = ReloadReport.outcome(of: error, json: false)
        #expect(outcome.status == .failed)
        #expect(
            outcome.complaint == """
                pductl: the configuration was not taken; all stays as it was:
                  rack.yaml:1:2: error: a
                  rack.yaml:3:4: error: b

                """)
    }

    @Test func `another server, and a user without the right, are told apart`() {
        let other = ReloadReport.outcome(of: .refused(.unknownUPS, sentence: nil), json: false)
        #expect(other.complaint == "pductl: this server cannot be told to read its configuration again\n")
        #expect(other.status == .failed)
        #expect(ReloadReport.outcome(of: .refused(.accessDenied, sentence: nil), json: false).status == .notPermitted)
    }
}
