// swift-tools-version:6.2
import PackageDescription

/// A package of its own, so that fuzzing fetches and builds nothing but the module it feeds. `Sources/HIDReport` is a
/// link to the real one.
let settings: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let package = Package(
    name: "upsd-swift-fuzz",
    platforms: [.macOS(.v15)],
    targets: [
        .target(name: "HIDReport", swiftSettings: settings),
        // libFuzzer brings `main`.
        .executableTarget(
            name: "hid-fuzz", dependencies: ["HIDReport"],
            swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])]),
        .executableTarget(name: "hid-seeds", dependencies: ["HIDReport"], swiftSettings: settings),
    ]
)
