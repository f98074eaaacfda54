import Glibc
import Logging
import TestSupport
import WebServer

/// A server on a free port, shut down with the test. It loses patience with a client only where the test asks for it.
final class TestServer {
    let server: Server

    var port: Int { server.port }

    private static var quiet: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return logger
    }

    init(
        _ router: Router, logger: Logger? = nil, _ change: (inout ServerConfiguration) -> Void = { _ in }
    ) throws {
        var configuration = ServerConfiguration.patient
        change(&configuration)
        server = try Server(configuration, router: router, logger: logger ?? Self.quiet)
        try server.start()
    }

    deinit {
        server.shutdown(deadline: .zero)
        server.wait()
    }

    /// A connection, which keeps the server running while it is in use.
    func client(receiveBuffer: Int32? = nil, from address: String? = nil) -> RawClient {
        RawClient(self, receiveBuffer: receiveBuffer, from: address)
    }

    /// The answer to one request on a connection of its own.
    func get(_ target: String, _ fields: String = "", method: String = "GET") -> RawResponse? {
        let client = client()
        client.send("\(method) \(target) HTTP/1.1\r\nHost: test\r\n\(fields)\r\n")
        return client.response(toHead: method == "HEAD")
    }
}

/// Runs `job` on a thread of its own: tests block the threads that tasks would run on.
func onThread(afterMilliseconds delay: UInt32 = 0, _ job: @escaping @Sendable () -> Void) {
    final class Box {
        let job: () -> Void
        init(_ job: @escaping () -> Void) { self.job = job }
    }
    let box = Box {
        usleep(delay * 1000)
        job()
    }
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { argument in
            Unmanaged<Box>.fromOpaque(argument!).takeRetainedValue().job()
            return nil
        }, Unmanaged.passRetained(box).toOpaque())
    pthread_detach(thread)
}

/// A folder with files, removed with the test.
final class TestFolder {
    let path: String

    init() {
        var name = Array("/tmp/webserver-XXXXXX".utf8CString)
        mkdtemp(&name)
        path = String(decoding: name.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { remove(path) }

    func write(_ name: String, _ content: String) { write(name, Array(content.utf8)) }

    func write(_ name: String, _ content: [UInt8]) {
        guard let file = fopen("\(path)/\(name)", "w") else { return }
        fwrite(content, 1, content.count, file)
        fclose(file)
    }

    func folder(_ name: String) { mkdir("\(path)/\(name)", 0o755) }

    func touch(_ name: String, at seconds: Int) {
        let time = timespec(tv_sec: seconds, tv_nsec: 0)
        utimensat(AT_FDCWD, "\(path)/\(name)", [time, time], 0)
    }

    func link(_ name: String, to target: String) { symlink(target, "\(path)/\(name)") }

    private func remove(_ path: String) {
        guard let folder = opendir(path) else {
            unlink(path)
            return
        }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            if entry.pointee.d_type == UInt8(DT_DIR) {
                remove("\(path)/\(name)")
            } else {
                unlink("\(path)/\(name)")
            }
        }
        closedir(folder)
        rmdir(path)
    }
}
