// swift-tools-version:6.2
import PackageDescription

/// A package of its own, so that fuzzing fetches and builds nothing but the modules it feeds. `Sources/HIDReport`,
/// `Sources/PowerCore` and `Sources/NUTProtocol` are links to the real ones, `Sources/NUTFuzzing` to a part of the tests.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// libFuzzer brings `main`.
let fuzzer: [SwiftSetting] = settings + [.unsafeFlags(["-parse-as-library"])]

let package = Package(
    name: "upsd-swift-fuzz",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "HIDReport", swiftSettings: settings),
        .target(name: "PowerCore", dependencies: ["HIDReport"], swiftSettings: settings),
        .target(name: "NUTProtocol", dependencies: ["PowerCore"], swiftSettings: settings),
        .target(name: "NUTFuzzing", dependencies: ["NUTProtocol", "PowerCore"], swiftSettings: settings),
        .executableTarget(name: "hid-fuzz", dependencies: ["HIDReport"], swiftSettings: fuzzer),
        .executableTarget(name: "hid-seeds", dependencies: ["HIDReport"], swiftSettings: settings),
        .executableTarget(name: "nut-fuzz", dependencies: ["NUTFuzzing"], swiftSettings: fuzzer),
    ]
)
