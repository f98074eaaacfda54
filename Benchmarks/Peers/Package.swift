// swift-tools-version: 6.1
// Servers to measure ours against, in a package of their own so that nobody who builds the lab builds them.
import PackageDescription

let package = Package(
    name: "peers",
    platforms: [.macOS(.v14)],
    dependencies: [.package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1")],
    targets: [
        .executableTarget(
            name: "hummingbird-peer", dependencies: [.product(name: "Hummingbird", package: "hummingbird")])
    ])
