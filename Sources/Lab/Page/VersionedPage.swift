import Foundation
import WebServer

/// `index.html` with the addresses of one version of the page's files.
struct VersionedPage: Sendable {
    /// Stands for the content of all files.
    let version: String
    let document: FixedContent
    /// Relative to the folder, in order.
    private let files: [String]

    /// Characters of a version: 64 bits of a SHA-256.
    private static let versionLength = 16

    /// Reads all files. One that cannot be read counts as empty: whoever asks for it is told.
    init(_ folder: String) {
        files = (FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []).sorted()
        let contents = Dictionary(
            uniqueKeysWithValues: files.map { name in
                (name, FileManager.default.contents(atPath: "\(folder)/\(name)").map { [UInt8]($0) } ?? [])
            })
        let digest = Digest.sha256(
            files.flatMap { name in Array(name.utf8) + [0] + Digest.sha256(contents[name] ?? []) })
        version = String(digest.map { String(format: "%02x", $0) }.joined().prefix(Self.versionLength))
        let modules = ModuleGraph(entry: "main.js") {
            contents[$0].map { String(decoding: $0, as: UTF8.self) }
        }
        document = FixedContent(
            Array(
                Self.versioned(
                    String(decoding: contents["index.html"] ?? [], as: UTF8.self), "v/\(version)/",
                    preloading: modules.names.dropFirst()
                ).utf8),
            type: "text/html; charset=utf-8")
    }

    /// When each file was changed last; nil where there is none.
    func times(in folder: String) -> [FileTime] { files.map { FileTime("\(folder)/\($0)") } }

    /// Puts `prefix` before the addresses of styles and scripts, and names the modules that the entry imports.
    private static func versioned(_ html: String, _ prefix: String, preloading modules: some Sequence<String>)
        -> String
    {
        var html = html
        for address in [
            #"<link rel="stylesheet" href=""#, #"<script src=""#, #"<script type="module" src=""#,
        ] {
            html = html.replacing(address, with: address + prefix)
        }
        let links = modules.map { #"  <link rel="modulepreload" href="\#(prefix)\#($0)">"# + "\n" }.joined()
        return html.replacing("</head>", with: links + "</head>", maxReplacements: 1)
    }
}

/// What tells one state of a file from another.
struct FileTime: Equatable, Sendable {
    private let inode: UInt
    private let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    init(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else {
            (inode, size, seconds, nanoseconds) = (0, -1, 0, 0)
            return
        }
        (inode, size) = (UInt(status.st_ino), Int(status.st_size))
        (seconds, nanoseconds) = (status.st_mtim.tv_sec, status.st_mtim.tv_nsec)
    }
}
