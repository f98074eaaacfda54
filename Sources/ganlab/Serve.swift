import ArgumentParser
import Foundation
import Lab
import Logging
import WebServer

/// `ganlab serve`: the lab in the browser.
struct Serve: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Start the lab and print the address to open in a browser.")

    @Option(help: "The address to listen on; 0.0.0.0 lets the whole network in.")
    var host = "127.0.0.1"

    @Option(help: "The port to listen on; 0 lets the system choose.")
    var port: UInt16 = 8080

    @Option(
        name: .customLong("public"),
        help: "The folder with the page. Left out, it is found beside the program or in the working folder.")
    var publicFolder: String?

    @Option(help: "The folder where experiments are kept. Left out, they end with the program.")
    var dataDir: String?

    @Option(help: "Threads that train; one a core if left out.")
    var trainers: Int?

    @OptionGroup(title: "Limits")
    var limits: LimitOptions

    @OptionGroup(title: "Access")
    var access: AccessOptions

    @OptionGroup(title: "TLS")
    var tls: TLSOptions

    @Flag(help: "Log warnings and errors only, instead of one line a request, on standard error.")
    var quiet = false

    func validate() throws {
        if let trainers, !(1...1024).contains(trainers) {
            throw ValidationError("--trainers must be between 1 and 1024.")
        }
    }

    func run() throws {
        var configuration = LabServer.Configuration(
            server: ServerConfiguration(host: host, port: Int(port)), publicFolder: try findPage())
        configuration.trainers = trainers
        configuration.dataFolder = dataDir
        limits.apply(to: &configuration)
        access.apply(to: &configuration)
        let log = LogWriter()
        defer { log.flush(within: .seconds(1)) }
        var logger = Logger(label: "ganlab") { _ in LineLogHandler(writer: log) }
        if quiet { logger.logLevel = .warning }
        do {
            let certificate = try tls.apply(to: &configuration)
            let server = try LabServer(configuration, logger: logger)
            try server.handleSignals()
            try server.start()
            let scheme = configuration.server.tls == nil ? "http" : "https"
            let addresses = ServedAddresses(scheme: scheme, host: host, port: server.port, path: access.path)
            print(addresses.announcement)
            if let certificate {
                print("The certificate's SHA-256 fingerprint: \(certificate.fingerprint)")
                print("To have a device trust it, open /certificate.crt there and install what that is.")
            }
            // Somebody may wait for that line at the other end of a pipe.
            fflush(nil)
            server.wait()
        } catch {
            throw Refusal("\(error)")
        }
    }

    private func findPage() throws -> String {
        if let publicFolder {
            guard PublicFolder.isPage(publicFolder) else {
                throw Refusal("there is no page (index.html) in the folder \(publicFolder)")
            }
            return publicFolder
        }
        guard let found = PublicFolder.find() else {
            throw Refusal("the folder Public was not found beside the program or here; name it with --public")
        }
        return found
    }
}
