// `hummingbird-peer PORT FILE…`: sends these files, at /NAME, from memory and on one thread: Hummingbird at its fastest.

import Foundation
import Hummingbird
import Logging
import NIOPosix

let arguments = CommandLine.arguments
guard arguments.count >= 3, let port = Int(arguments[1]) else {
    print("usage: hummingbird-peer PORT FILE…")
    exit(2)
}
let router = Router()
for path in arguments[2...] {
    let file = URL(fileURLWithPath: path)
    let content = ByteBuffer(bytes: try Data(contentsOf: file))
    router.get(RouterPath("/\(file.lastPathComponent)")) { _, _ in
        Response(status: .ok, headers: [.contentType: "text/plain"], body: .init(byteBuffer: content))
    }
}
var logger = Logger(label: "hummingbird-peer")
logger.logLevel = .critical
try await Application(
    router: router, configuration: .init(address: .hostname("127.0.0.1", port: port)),
    eventLoopGroupProvider: .shared(MultiThreadedEventLoopGroup(numberOfThreads: 1)), logger: logger
).runService()
