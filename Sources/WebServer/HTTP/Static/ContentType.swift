/// The media type of a file, by the end of its name.
enum ContentType {
    /// The type, and whether compressing such content is worth the trouble.
    static func of(_ name: some StringProtocol) -> (type: String, isCompressible: Bool) {
        let end =
            name.split(separator: ".", omittingEmptySubsequences: false).last.map { $0.lowercased() } ?? ""
        return switch end {
        case "html", "htm": ("text/html; charset=utf-8", true)
        case "css": ("text/css; charset=utf-8", true)
        case "js", "mjs": ("text/javascript; charset=utf-8", true)
        case "json", "map": ("application/json", true)
        case "webmanifest": ("application/manifest+json", true)
        case "txt", "md": ("text/plain; charset=utf-8", true)
        case "csv": ("text/csv; charset=utf-8", true)
        case "xml": ("application/xml", true)
        case "svg": ("image/svg+xml", true)
        case "wasm": ("application/wasm", true)
        case "png": ("image/png", false)
        case "jpg", "jpeg": ("image/jpeg", false)
        case "gif": ("image/gif", false)
        case "webp": ("image/webp", false)
        case "avif": ("image/avif", false)
        case "ico": ("image/x-icon", false)
        case "woff": ("font/woff", false)
        case "woff2": ("font/woff2", false)
        case "mp4": ("video/mp4", false)
        case "webm": ("video/webm", false)
        case "pdf": ("application/pdf", false)
        case "gz": ("application/gzip", false)
        case "zip": ("application/zip", false)
        default: ("application/octet-stream", false)
        }
    }
}
