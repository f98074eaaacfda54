import GANEngine

extension CommandError {
    /// What a JSON decoder found wrong, in words that name the field.
    init(decoding error: any Error) {
        switch error {
        case let error as CommandError:
            self = error
        case let error as RecipeError:
            self.init(error)
        case let error as LinkError:
            self.init(error)
        case let excess as JSONLimits.Excess:
            self.init(excess == .notJSON ? .malformedJSON : .tooLarge, excess.description)
        case DecodingError.keyNotFound(let key, let context):
            let path = Self.path(context.codingPath + [key])
            self.init(.missingField, path: path, "\(path) is missing.")
        case DecodingError.typeMismatch(_, let context) where context.codingPath.isEmpty:
            self.init(.malformedJSON, "A command is a JSON object.")
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
            let path = Self.path(context.codingPath)
            self.init(.wrongType, path: path, "\(path) has the wrong type. \(context.debugDescription)")
        case DecodingError.dataCorrupted(let context) where !context.codingPath.isEmpty:
            let path = Self.path(context.codingPath)
            self.init(.malformed, path: path, "\(path) is not valid. \(context.debugDescription)")
        default:
            self.init(.malformedJSON, "This is not valid JSON.")
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        let path = keys.reduce(into: "") { path, key in
            if let index = key.intValue {
                path += "[\(index)]"
            } else {
                path += path.isEmpty ? key.stringValue : ".\(key.stringValue)"
            }
        }
        return path.excerpt(200)
    }
}
