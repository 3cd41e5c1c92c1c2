import Foundation
import Testing

/// NUT's clients written in Python, run where they are installed. `UPSD_TEST_PYTHON` may name another Python.
struct PythonClientTests {
    @Test(.enabled(if: Program.hasPythonModule("aionut"), "the Python module aionut is not installed (PyPI)"))
    func `what Home Assistant asks is answered`() async throws {
        try await self.run("aionut_smoke.py")
    }

    @Test(
        .enabled(
            if: Program.hasPythonModule("PyNUTClient"),
            "the Python module PyNUTClient is not installed (PyPI; Debian's python3-nut is too old)"))
    func `what NUT's Python client asks is answered`() async throws {
        try await self.run("pynut_smoke.py")
    }

    private func run(_ script: String) async throws {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Fixtures/NUT")
            .standardized
        try await withServer { port, _ in
            let path = folder.appending(path: script).path
            let outcome = try await Program.python.run([path, "\(port)"])
            #expect(outcome.output == "ok\n", "\(outcome.errors)")
        }
    }
}
