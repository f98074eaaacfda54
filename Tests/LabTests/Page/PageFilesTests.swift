import Foundation
import Lab
import Testing
import WebServer

/// The page's files, as a browser on a slow network needs them.
@Suite struct PageFilesTests {
    private let folder: TemporaryFolder
    private let router: Router

    init() throws {
        folder = try TemporaryFolder()
        let files = [
            "index.html": """
            <head><link rel="stylesheet" href="a.css"><script type="module" src="main.js"></script></head>
            """,
            "a.css": "a {}",
            "main.js": "import { a } from \"./views/a.js\";\nimport {\n  b,\n  c,\n} from \"./b.js\";\n",
            "views/a.js":
                "import \"../b.js\";\n/** @type {import(\"./types.js\").T} */\nexport const a = 1;\n",
            "b.js": "export * from \"./c.js\";\n",
            "c.js": "export const b = \"import { x } from './x.js'\";\n",
            "never.js": "",
        ]
        try FileManager.default.createDirectory(
            atPath: "\(folder.path)/views", withIntermediateDirectories: true)
        for (name, text) in files { try Data(text.utf8).write(to: URL(filePath: "\(folder.path)/\(name)")) }
        var router = Router()
        try PageFiles(folder.path).install(on: &router)
        self.router = router
    }

    private func document() async -> String {
        String(decoding: await router.answer(.get, "/").body.read() ?? [], as: UTF8.self)
    }

    private func version() async throws -> Substring {
        try #require(await document().firstMatch(of: /v\/([0-9a-f]{16})\/main\.js/)).1
    }

    @Test func theDocumentNamesAllThatTheEntryImportsOnceAndNothingElse() async {
        let preloaded = await document().matches(of: /modulepreload" href="v\/[0-9a-f]{16}\/([^"]+)"/)
            .map(\.1)
        #expect(preloaded == ["views/a.js", "b.js", "c.js"])
    }

    @Test func whatTheDocumentNamesIsKeptForEver() async throws {
        let version = try await version()
        #expect(await document().contains("href=\"v/\(version)/a.css\""))
        for name in ["main.js", "views/a.js", "a.css"] {
            let answer = await router.answer(.get, "/v/\(version)/\(name)")
            #expect(answer.status == .ok)
            #expect(answer.headers["Cache-Control"] == "public, max-age=31536000, immutable")
        }
        #expect(await router.answer(.get, "/").headers["Cache-Control"] == "no-cache")
    }

    @Test func anotherVersionAndPlainAddressesAreAskedForAgain() async {
        for address in ["/v/0123456789abcdef/main.js", "/main.js"] {
            let answer = await router.answer(.get, address)
            #expect(answer.status == .ok)
            #expect(answer.headers["Cache-Control"] == "no-cache")
        }
    }

    @Test func aFileThatChangesMakesANewVersion() async throws {
        let before = try await version()
        try Data("export const b = 22;\n".utf8).write(to: URL(filePath: "\(folder.path)/c.js"))
        let after = try await version()
        #expect(after != before)
        let answer = await router.answer(.get, "/v/\(after)/c.js")
        #expect(answer.body.read() == Array("export const b = 22;\n".utf8))
    }

    @Test func noAddressLeadsOutOfTheFolder() async throws {
        let version = try await version()
        for path in ["", ".git", "..%2fsecret", "views", "/etc/passwd", "none.js"] {
            let status = await router.answer(.get, "/v/\(version)/\(path)").status
            #expect(status != .ok || path == "", "\(path)")
        }
        #expect(await router.answer(.get, "/v/\(version)").status == .notFound)
    }
}
