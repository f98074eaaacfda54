import GANEngine

/// A file of named arrays in the safetensors format (https://huggingface.co/docs/safetensors), version 0.
///
///     u64  length of the header, little-endian
///     JSON {"name": {"dtype": "F32", "shape": […], "data_offsets": [begin, end]}, …, "__metadata__": {text: text}},
///          followed by spaces up to a multiple of 8
///     data row by row, little-endian, without gaps
///
/// Only 32-bit floats are written and read: all that a checkpoint holds.
package struct SafeTensors: Hashable, Sendable {
    package struct Tensor: Hashable, Sendable {
        package let shape: [Int]
        /// As many as the product of the shape, row by row.
        package let values: [Float]

        /// - Precondition: the shape fits.
        package init(shape: [Int], values: [Float]) {
            precondition(shape.reduce(1, *) == values.count)
            self.shape = shape
            self.values = values
        }
    }

    package var tensors: [String: Tensor]
    package var metadata: [String: String]

    package init(tensors: [String: Tensor], metadata: [String: String] = [:]) {
        self.tensors = tensors
        self.metadata = metadata
    }

    /// Bytes of the largest file that is read.
    package static let maximumBytes = 64 << 20

    // MARK: Writing

    /// The file; equal values are equal bytes.
    package var bytes: [UInt8] {
        var header: [String: HeaderEntry] = [HeaderEntry.metadataKey: .metadata(metadata)]
        var data = ByteWriter()
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            let begin = data.bytes.count
            for value in tensor.values { data.write(value) }
            header[name] = .tensor(
                HeaderEntry.DataRange(shape: tensor.shape, data_offsets: [begin, data.bytes.count]))
        }
        // Texts and whole numbers always encode.
        var text = (try? JSON.encode(header)) ?? []
        text += Array(repeating: UInt8(ascii: " "), count: (8 - text.count % 8) % 8)
        var file = ByteWriter()
        file.write(UInt64(text.count))
        file.write(text)
        file.write(data.bytes)
        return file.bytes
    }

    // MARK: Reading

    /// Reads every tensor of a file.
    package init(bytes: [UInt8]) throws(ImportError) {
        let contents = try SafeTensorsContents(bytes: bytes)
        metadata = contents.metadata
        tensors = [:]
        for name in contents.names { tensors[name] = try contents.tensor(name) }
    }
}

/// What a safetensors file says it holds. A tensor is looked at when it is asked for, so that a file that somebody else
/// made may hold others of any kind.
struct SafeTensorsContents {
    let metadata: [String: String]
    private let entries: [String: HeaderEntry]
    private let data: ArraySlice<UInt8>

    init(bytes: [UInt8]) throws(ImportError) {
        let limit = SafeTensors.maximumBytes
        guard bytes.count <= limit else { throw .tooLarge(bytes: bytes.count, limit: limit) }
        var reader = ByteReader(bytes)
        guard let length = try? reader.fixed(UInt64.self) else {
            throw .notSafetensors(reason: "it is shorter than 8 bytes")
        }
        guard length <= UInt64(reader.remaining) else {
            throw .notSafetensors(reason: "its header would be \(length) bytes long")
        }
        data = bytes[(8 + Int(length))...]
        do {
            entries = try JSON.decode([String: HeaderEntry].self, from: Array(bytes[8..<data.startIndex]))
        } catch let excess as JSONLimits.Excess where excess != .notJSON {
            throw .excessive(excess)
        } catch {
            throw .notSafetensors(reason: "its header is not the JSON that was expected")
        }
        if case .metadata(let texts) = entries[HeaderEntry.metadataKey] {
            metadata = texts
        } else {
            metadata = [:]
        }
    }

    /// The tensors' names.
    var names: some Collection<String> { entries.keys.filter { $0 != HeaderEntry.metadataKey } }

    /// Whether there is a tensor of this name.
    func has(_ name: String) -> Bool { entries[name] != nil }

    /// The tensor of this name, or nil if there is none.
    func tensor(_ name: String) throws(ImportError) -> SafeTensors.Tensor? {
        switch entries[name] {
        case nil, .metadata: return nil
        case .unreadable: throw .tensor(name: name, problem: "is described in a way that cannot be read")
        case .tensor(let place): return try tensor(name, place)
        }
    }

    private func tensor(_ name: String, _ place: HeaderEntry.DataRange) throws(ImportError)
        -> SafeTensors.Tensor
    {
        guard place.dtype == "F32" else {
            throw .tensor(name: name, problem: "has type \(place.dtype.excerpt(40)), not F32")
        }
        guard place.data_offsets.count == 2,
            case let (begin, end) = (place.data_offsets[0], place.data_offsets[1]),
            begin >= 0, begin <= end, end <= data.count
        else { throw .tensor(name: name, problem: "does not lie where the data is") }
        guard Self.product(place.shape).map({ $0 * 4 }) == end - begin else {
            throw .tensor(
                name: name,
                problem:
                    "has shape \(Value.integers(place.shape)), which does not fit its \(end - begin) bytes")
        }
        let values = stride(from: data.startIndex + begin, to: data.startIndex + end, by: 4).map { index in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[index + $1]) << UInt32(8 * $1) })
        }
        return SafeTensors.Tensor(shape: place.shape, values: values)
    }

    /// Nil if it is more than any file holds, or if a side is none.
    private static func product(_ shape: [Int]) -> Int? {
        var product = 1
        for side in shape {
            guard (0...SafeTensors.maximumBytes).contains(side) else { return nil }
            product *= side
            if product > SafeTensors.maximumBytes { return nil }
        }
        return product
    }
}

/// One entry of the header.
private enum HeaderEntry: Codable {
    case metadata([String: String])
    case tensor(DataRange)
    /// Of another form; that matters only if somebody asks for it.
    case unreadable

    static let metadataKey = "__metadata__"

    struct DataRange: Codable {
        var dtype = "F32"
        let shape: [Int]
        // The format's own spelling.
        // swift-format-ignore: AlwaysUseLowerCamelCase
        let data_offsets: [Int]
    }

    init(from decoder: any Decoder) throws {
        if decoder.codingPath.last?.stringValue == Self.metadataKey {
            self = .metadata(try [String: String](from: decoder))
        } else {
            self = (try? DataRange(from: decoder)).map(HeaderEntry.tensor) ?? .unreadable
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .metadata(let texts): try texts.encode(to: encoder)
        case .tensor(let place): try place.encode(to: encoder)
        case .unreadable: break
        }
    }
}
