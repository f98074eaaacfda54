import ArgumentParser
import Lab
import WebServer

/// Under which names and from which pages `serve` is reached, and what stands between it and its visitors.
struct AccessOptions: ParsableArguments {
    @Option(help: "One more name by which browsers may ask for this server; '*' for any. May be repeated.")
    var allowHost: [String] = []

    @Option(
        help:
            "One more origin, such as https://lab.example.org, whose pages may write and connect. May be repeated."
    )
    var allowOrigin: [String] = []

    @Option(
        help:
            "An address or range (10.0.0.0/8) of proxies whose X-Forwarded fields are believed. May be repeated."
    )
    var trustedProxy: [String] = []

    @Option(help: "An origin whose pages may show the lab in a frame. May be repeated.")
    var allowFrames: [String] = []

    @Option(help: "The path below which everything lies, such as /lab, for a proxy that passes it on.")
    var basePath = ""

    @Flag(help: "Let only programs on this machine read /metrics.")
    var metricsLoopback = false

    @Option(help: "Let whoever sends this token (Authorization: Bearer …) read /metrics, and nobody else.")
    var metricsToken: String?

    func validate() throws {
        for origin in allowOrigin + allowFrames where !Self.isOrigin(origin) {
            throw ValidationError("\(origin) is not an origin, such as https://lab.example.org:8443.")
        }
        for proxy in trustedProxy where AddressRange(proxy) == nil {
            throw ValidationError("\(proxy) is neither an address nor a range, such as 10.0.0.0/8.")
        }
        for host in allowHost where host.isEmpty || host.contains(where: { ":/ ".contains($0) }) {
            throw ValidationError("\(host) is not a name, such as lab.example.org, without a port.")
        }
        guard path.isEmpty || path.hasPrefix("/") && path.utf8.allSatisfy(Self.isPathCharacter) else {
            throw ValidationError("--base-path is a path, such as /lab.")
        }
        guard metricsToken?.isEmpty != true else { throw ValidationError("--metrics-token is empty.") }
    }

    func apply(to configuration: inout LabServer.Configuration) {
        var access = AccessPolicy()
        let names = allowHost + LocalAddresses.ownNames + [configuration.server.host]
        access.names = allowHost.contains("*") ? .any : .only(Set(names.map { $0.lowercased() }))
        access.origins = allowOrigin
        access.trustedProxies = trustedProxy.compactMap { AddressRange($0) }
        access.remedy = Self.remedy
        configuration.server.access = access
        configuration.server.basePath = path
        if !allowFrames.isEmpty { configuration.server.headers = .secureInFrames(of: allowFrames) }
        configuration.metrics.isForThisMachine = metricsLoopback
        configuration.metrics.token = metricsToken
    }

    /// The base path without a slash at its end.
    var path: String { String(basePath.reversed().drop { $0 == "/" }.reversed()) }

    private static let remedy: @Sendable (AccessRefusal) -> String? = { refusal in
        switch refusal {
        case .host(let host):
            "If it is yours, start the server with --allow-host \(host.prefix { $0 != ":" })."
        case .origin("null"): nil
        case .origin(let origin), .site(let origin?):
            "If a proxy of yours has changed the host, start the server with --allow-origin \(origin), or have the "
                + "proxy send X-Forwarded-Host (--trusted-proxy if it is on another machine)."
        case .site(nil): nil
        }
    }

    private static func isOrigin(_ text: String) -> Bool {
        guard let scheme = ["http://", "https://"].first(where: { text.hasPrefix($0) }) else { return false }
        let rest = text.dropFirst(scheme.count)
        return !rest.isEmpty && !rest.contains { "/;,'\" ".contains($0) }
    }

    private static func isPathCharacter(_ byte: UInt8) -> Bool {
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
            || "/-_.~".utf8.contains(byte)
    }
}
