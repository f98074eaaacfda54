import Foundation
import WebServer

/// Where the lab is reached, for a person who has just started it.
struct ServedAddresses {
    let scheme: String
    let host: String
    let port: Int
    /// The base path, which is empty or begins with a slash.
    let path: String

    /// What to type into a browser here and, if the whole network is let in, elsewhere.
    var announcement: String {
        let isForAll = host == "0.0.0.0" || host == "::"
        guard isForAll else { return "GAN Lab is ready at \(url(host))" }
        // A container has addresses of its own, which lead nowhere from outside.
        if Self.isInContainer {
            return
                "GAN Lab is ready on port \(port) of this container. The way in is the port that was published "
                + "for it (docker run -p), on the machine that runs the container."
        }
        let elsewhere = LocalAddresses.all.map { "From elsewhere in this network: \(url($0))" }
        return (["GAN Lab is ready at \(url("127.0.0.1"))"] + elsewhere).joined(separator: "\n")
    }

    private func url(_ host: String) -> String {
        "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)\(path.isEmpty ? "" : path + "/")"
    }

    /// Docker and Podman leave a file, others set a variable.
    private static var isInContainer: Bool {
        ["/.dockerenv", "/run/.containerenv"].contains { FileManager.default.fileExists(atPath: $0) }
            || ["container", "KUBERNETES_SERVICE_HOST"].contains {
                ProcessInfo.processInfo.environment[$0] != nil
            }
    }
}
