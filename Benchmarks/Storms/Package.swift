// swift-tools-version:6.2
import PackageDescription

/// The policy against thousands of seasons of bad weather, and what an outage on paper costs: optimised, and nothing else built.
let package = Package(
    name: "storms",
    platforms: [.macOS(.v15)],
    dependencies: [.package(name: "upsd-swift", path: "../..")],
    targets: [
        .executableTarget(
            name: "storms",
            dependencies: [
                .product(name: "PowerLab", package: "upsd-swift"), .product(name: "RackFile", package: "upsd-swift"),
            ],
            swiftSettings: [
                .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("InternalImportsByDefault"),
                .enableUpcomingFeature("MemberImportVisibility"), .treatAllWarnings(as: .error),
            ])
    ]
)
