// swift-tools-version: 6.1
import PackageDescription

let package = Package(
    name: "ganlab",
    products: [
        .executable(name: "ganlab", targets: ["ganlab"]),
        .executable(name: "ws-echo", targets: ["ws-echo"]),
        .library(name: "GANEngine", targets: ["GANEngine"]),
        .library(name: "WebServer", targets: ["WebServer"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    ],
    targets: [
        // The mathematics. Imports only the standard library and its own kernels.
        .target(name: "CKernels", linkerSettings: [.linkedLibrary("m")]),
        .target(name: "GANEngine", dependencies: ["CKernels"], linkerSettings: [.linkedLibrary("m")]),

        // HTTP/1.1, WebSocket and TLS over POSIX sockets. Knows nothing of GANs. Its folders, each of which uses only those
        // before it: Text, Sockets, HTTP, TLS, WebSocket, Access, Metrics, Logging, Routing, Server.
        .systemLibrary(name: "COpenSSL", pkgConfig: "openssl", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CSockets", cSettings: [.define("_GNU_SOURCE")]),
        .target(
            name: "WebServer",
            dependencies: ["COpenSSL", "CZlib", "CSockets", .product(name: "Logging", package: "swift-log")]),
        .executableTarget(name: "ws-echo", dependencies: ["WebServer"]),
        .executableTarget(
            name: "server-bench", dependencies: ["WebServer", "CSockets"], path: "Benchmarks/Server",
            exclude: ["README.md"]),

        // What glibc's allocator offers beyond the C standard.
        .systemLibrary(name: "CMalloc"),

        // The only place where engine and server meet.
        .target(
            name: "Lab",
            dependencies: [
                "GANEngine", "WebServer", "CMalloc", "CZlib", "COpenSSL",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ]),
        .executableTarget(
            name: "ganlab",
            dependencies: [
                "Lab", "WebServer", .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),

        .testTarget(
            name: "GANEngineTests", dependencies: ["GANEngine", "RecordedRuns"],
            exclude: ["Metrics/recorded-runs.jsonl"]),
        // Runs that the verdict is tested on, and the tool that records them.
        .target(name: "RecordedRuns", dependencies: ["GANEngine"], path: "Tests/RecordedRuns"),
        .executableTarget(
            name: "verdict-recorder",
            dependencies: [
                "GANEngine", "RecordedRuns",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ], path: "Tests/VerdictRecorder"),
        .target(name: "TestSupport", dependencies: ["WebServer"], path: "Tests/Support"),
        .testTarget(name: "WebServerTests", dependencies: ["WebServer", "COpenSSL", "TestSupport"]),
        .executableTarget(
            name: "lab-bench", dependencies: ["Lab"], path: "Benchmarks/Lab",
            exclude: ["README.md", "classroom.py", "pages.py"]),
        .executableTarget(
            name: "defaults-bench",
            dependencies: ["GANEngine", .product(name: "ArgumentParser", package: "swift-argument-parser")],
            path: "Benchmarks/Defaults", exclude: ["README.md"]),
        // Writes to a store as fast as it can, until a test kills it.
        .executableTarget(name: "store-writer", dependencies: ["Lab"], path: "Tests/StoreWriter"),
        .testTarget(
            name: "LabTests",
            dependencies: [
                "Lab", "WebServer", "GANEngine", "TestSupport", "ganlab", "store-writer",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Logging", package: "swift-log"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
