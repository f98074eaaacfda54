/// The ES modules that an entry imports, directly or through others.
struct ModuleGraph {
    /// The entry first, each module before those that only it imports.
    let names: [String]

    /// - Parameter read: The text of the module of that name, relative to the page's folder; nil if there is none.
    init(entry: String, read: (String) -> String?) {
        var names: [String] = []
        var known: Set<String> = [entry]
        var waiting = [entry]
        while !waiting.isEmpty {
            let name = waiting.removeFirst()
            guard let text = read(name) else { continue }
            names.append(name)
            for imported in Self.imports(of: text).compactMap({ Self.resolve($0, from: name) })
            where known.insert(imported).inserted {
                waiting.append(imported)
            }
        }
        self.names = names
    }

    /// What stands in `import … from "…"`, `export … from "…"` and `import "…"` at the beginning of a statement.
    private static func imports(of text: String) -> [String] {
        text.matches(of: /(?m)^(?:(?:import|export)\s[^;"]*?\sfrom|import)\s*"([^"]+)"/).map { String($0.1) }
    }

    /// A relative address as a name; nil for one that leads elsewhere.
    private static func resolve(_ address: String, from name: String) -> String? {
        guard address.hasPrefix("./") || address.hasPrefix("../") else { return nil }
        var path = name.split(separator: "/").dropLast()
        for segment in address.split(separator: "/") where segment != "." {
            if segment != ".." {
                path.append(segment)
            } else if path.popLast() == nil {
                return nil
            }
        }
        return path.joined(separator: "/")
    }
}
