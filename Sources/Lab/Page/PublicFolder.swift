import Foundation

/// Where the page's files are.
public enum PublicFolder {
    /// How far above the program to look: a build leaves it three folders below the package.
    private static let levels = 4

    /// The folder `Public` beside the program, above it or in the working folder; nil if there is none.
    public static func find() -> String? {
        var candidates = [URL(filePath: FileManager.default.currentDirectoryPath)]
        if let program = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe") {
            var folder = URL(filePath: program).deletingLastPathComponent()
            for _ in 0..<levels {
                candidates.append(folder)
                folder.deleteLastPathComponent()
            }
        }
        return candidates.map { $0.appending(path: "Public").path }.first(where: isPage)
    }

    /// Whether the page is in that folder.
    public static func isPage(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path + "/index.html")
    }
}
