import Glibc
import Synchronization
import WebServer

/// Serves the page such that a browser asks for each of its files once.
///
/// `index.html` is sent with addresses below `v/VERSION/`, which stand for the content of the whole folder: what is there is
/// kept for ever. It names all modules, so that they are asked for together and not as deep as they import each other.
/// Every file has its plain address, too, under which it is asked for anew each time. Files that change while the lab runs
/// make a new version with the next visit.
package final class PageFiles: Sendable {
    private static let forEver = "public, max-age=31536000, immutable"

    private let folder: String
    private let fresh: StaticFiles
    private let kept: StaticFiles
    private let state: Mutex<(identity: [FileTime], page: VersionedPage)>

    /// - Throws: `UnreadableFolder`.
    package init(_ folder: String) throws {
        self.folder = folder
        fresh = try StaticFiles(root: folder)
        kept = try StaticFiles(root: folder, cacheControl: Self.forEver)
        let page = VersionedPage(folder)
        state = Mutex((page.times(in: folder), page))
    }

    package func install(on router: inout Router) {
        for address in ["/", "/index.html"] {
            router.get(address) { [self] request, responder in
                responder.send(page.document.response(to: request))
            }
        }
        router.get("/v/:version/*path") { [self] request, responder in
            let files = request.parameters["version"] == page.version ? kept : fresh
            responder.send(files.response(to: request, at: "/" + (request.parameters["path"] ?? "")))
        }
        router.files(fresh)
    }

    /// The page as it is now.
    private var page: VersionedPage {
        state.withLock { state in
            let times = state.page.times(in: folder)
            if times != state.identity {
                let page = VersionedPage(folder)
                state = (page.times(in: folder), page)
            }
            return state.page
        }
    }
}
