// swift-tools-version:6.2
import PackageDescription

/// Settings of every target. A warning is an error, so that none is ever lived with.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .treatAllWarnings(as: .error),
]

/// Settings of the targets that import nothing foreign and never touch the world.
let pure: [SwiftSetting] = strict + [.strictMemorySafety()]

let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioTLS: Target.Dependency = .product(name: "NIOTLS", package: "swift-nio")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "upsd-swift",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "upsd-swift", targets: ["upsd-swift"]),
        .executable(name: "pductl", targets: ["pductl"]),
        // For Benchmarks/Storms, which builds nothing else.
        .library(name: "PowerLab", targets: ["PowerLab"]),
        .library(name: "RackFile", targets: ["RackFile"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    ],
    targets: [
        // Pure: no IO, no dependency.
        .target(name: "HIDReport", swiftSettings: pure),
        .target(name: "PowerCore", dependencies: ["HIDReport"], swiftSettings: pure),
        .target(name: "NUTProtocol", dependencies: ["PowerCore"], swiftSettings: pure),
        .target(name: "SNMPTables", dependencies: ["PowerCore"], swiftSettings: pure),

        // Adapters: one foreign thing each.
        .systemLibrary(name: "CLibUSB", pkgConfig: "libusb-1.0", providers: [.apt(["libusb-1.0-0-dev"])]),
        .target(
            name: "USBTransport", dependencies: ["CLibUSB", "HIDReport", "PowerCore"], swiftSettings: strict),
        .target(
            name: "NUTTransport", dependencies: ["NUTProtocol", "PowerCore", nioCore, nioPosix, nioTLS, nioSSL],
            swiftSettings: strict),
        .target(
            name: "NetworkControl",
            dependencies: [
                "PowerCore", nioCore, nioPosix, .product(name: "Subprocess", package: "swift-subprocess"),
            ], swiftSettings: strict),
        .target(
            name: "EventStore", dependencies: ["PowerCore", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        // libnetsnmp behind a header of our own: its headers are not for Swift's importer.
        .target(name: "CNetSNMP", linkerSettings: [.linkedLibrary("netsnmp")]),
        .target(
            name: "SNMPTransport", dependencies: ["CNetSNMP", "SNMPTables", "PowerCore"], swiftSettings: strict),
        .target(name: "RackFile", dependencies: ["PowerCore", "Yams"], swiftSettings: strict),
        .target(
            name: "SNMPFamilies", dependencies: ["SNMPTables", "PowerCore", "RackFile"],
            resources: [.embedInCode("Families")], swiftSettings: strict),
        .target(
            name: "HTTPControl",
            dependencies: [
                "PowerCore", nioCore, nioPosix, nioSSL, nioHTTP1,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: strict),

        // Beside them: emulated devices and a rack; the embedded default and the tests run on it.
        .target(name: "PowerLab", dependencies: ["PowerCore", "HIDReport"], swiftSettings: strict),

        // Executables.
        .executableTarget(
            name: "upsd-swift",
            dependencies: [
                "PowerCore", "PowerLab", "USBTransport", "NUTProtocol", "NUTTransport", "NetworkControl", "EventStore",
                "RackFile", "SNMPTables", "SNMPFamilies", "SNMPTransport", "HTTPControl", arguments, logging,
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "CryptoExtras", package: "swift-crypto"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .executableTarget(
            name: "pductl",
            dependencies: [
                "NUTTransport", "NUTProtocol", "PowerCore", "PowerLab", "EventStore", "RackFile", "USBTransport",
                "SNMPTables", "SNMPTransport", arguments,
            ],
            swiftSettings: strict),

        // What every driver of outlets must do; tests of all of them use it.
        .target(
            name: "OutletContract", dependencies: ["PowerCore"], path: "Tests/OutletContract", swiftSettings: strict),
        .testTarget(name: "HIDReportTests", dependencies: ["HIDReport"], swiftSettings: strict),
        .testTarget(
            name: "PowerCoreTests", dependencies: ["PowerCore", "PowerLab", "OutletContract"], swiftSettings: strict),
        .testTarget(name: "NUTProtocolTests", dependencies: ["NUTProtocol", "PowerCore"], swiftSettings: strict),
        .testTarget(
            name: "NUTTransportTests",
            dependencies: ["NUTTransport", "NUTProtocol", "PowerCore", "PowerLab", "OutletContract"],
            swiftSettings: strict),
        .testTarget(
            name: "USBTransportTests", dependencies: ["USBTransport", "PowerCore", "HIDReport", "OutletContract"],
            swiftSettings: strict),
        .testTarget(
            name: "PowerLabTests", dependencies: ["PowerLab", "PowerCore", "HIDReport", "OutletContract"],
            swiftSettings: strict),
        .testTarget(
            name: "NetworkControlTests",
            dependencies: [
                "NetworkControl", "PowerCore", "OutletContract", nioCore, nioPosix,
                .product(name: "Subprocess", package: "swift-subprocess"),
            ], swiftSettings: strict),
        .testTarget(
            name: "HTTPControlTests",
            dependencies: [
                "HTTPControl", "PowerCore", "OutletContract", nioCore, nioPosix, nioHTTP1, nioSSL,
                .product(name: "Crypto", package: "swift-crypto"),
            ], swiftSettings: strict),
        // A process that the tests of the store can kill, or start on a disk that is full or hangs.
        .executableTarget(
            name: "EventStoreHelper", dependencies: ["EventStore", "PowerCore"], path: "Tests/EventStoreHelper",
            swiftSettings: strict),
        .testTarget(
            name: "EventStoreTests",
            dependencies: [
                "EventStore", "EventStoreHelper", "PowerCore", .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SNMPTablesTests", dependencies: ["SNMPTables", "SNMPFamilies", "PowerCore"], swiftSettings: strict),
        .testTarget(
            name: "SNMPOutletTests",
            dependencies: ["OutletContract", "SNMPTables", "SNMPFamilies", "SNMPTransport", "PowerCore"],
            swiftSettings: strict),
        .testTarget(
            name: "SNMPTransportTests", dependencies: ["SNMPTransport", "SNMPTables", "PowerCore"],
            swiftSettings: strict),
        .testTarget(
            name: "ConfigurationTests",
            dependencies: ["upsd-swift", "RackFile", "SNMPFamilies", "SNMPTables", "PowerCore"],
            swiftSettings: strict),
        .testTarget(
            name: "pductlTests",
            dependencies: [
                "pductl", "NUTTransport", "NUTProtocol", "PowerCore", "PowerLab", "RackFile", "EventStore",
                "USBTransport",
                arguments,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "SystemTests",
            dependencies: [
                "upsd-swift", "pductl", "NUTTransport", "NUTProtocol", "PowerLab", "PowerCore", "EventStore",
            ],
            swiftSettings: strict),
    ]
)
