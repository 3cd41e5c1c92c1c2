// swift-tools-version:6.2
import PackageDescription

/// The load generator and the fake drivers of the benchmark: nothing but C libraries, so that it is never the bottleneck.
let package = Package(
    name: "nutload",
    platforms: [.macOS(.v15)],
    targets: [
        .systemLibrary(name: "CSystem"),
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .executableTarget(
            name: "nutload", dependencies: ["CSystem", "COpenSSL"],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"),
                .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"),
                .treatAllWarnings(as: .error),
            ]),
    ]
)
