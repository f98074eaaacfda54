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
        var header: [String: Entry] = [Entry.metadataKey: .metadata(metadata)]
        var data = ByteWriter()
        for (name, tensor) in tensors.sorted(by: { $0.key < $1.key }) {
            let begin = data.bytes.count
            for value in tensor.values { data.write(value) }
            header[name] = .tensor(Entry.Place(shape: tensor.shape, data_offsets: [begin, data.bytes.count]))
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

    package init(bytes: [UInt8]) throws(ImportError) {
        guard bytes.count <= Self.maximumBytes else {
            throw .tooLarge(bytes: bytes.count, limit: Self.maximumBytes)
        }
        let (header, data) = try Self.split(bytes)
        tensors = [:]
        metadata = [:]
        var end = 0
        for (name, entry) in header.sorted(by: { $0.value.begin < $1.value.begin }) {
            switch entry {
            case .metadata(let texts): metadata = texts
            case .tensor(let place): tensors[name] = try Self.tensor(name, place, data, after: &end)
            }
        }
        guard end == data.count else {
            throw .notSafetensors(reason: "\(data.count - end) bytes at the end belong to no tensor")
        }
    }

    private static func split(_ bytes: [UInt8]) throws(ImportError) -> ([String: Entry], ArraySlice<UInt8>) {
        var reader = ByteReader(bytes)
        guard let length = try? reader.fixed(UInt64.self) else {
            throw .notSafetensors(reason: "it is shorter than 8 bytes")
        }
        guard length <= UInt64(reader.remaining) else {
            throw .notSafetensors(reason: "its header would be \(length) bytes long")
        }
        let data = bytes[(8 + Int(length))...]
        do {
            return (
                try JSON.decode([String: Entry].self, from: Array(bytes[8..<data.startIndex])), data
            )
        } catch {
            throw .notSafetensors(reason: "its header is not the JSON that was expected")
        }
    }

    /// Tensors follow each other: `end` is where the last one ended.
    private static func tensor(
        _ name: String, _ place: Entry.Place, _ data: ArraySlice<UInt8>, after end: inout Int
    ) throws(ImportError) -> Tensor {
        guard place.dtype == "F32" else {
            throw .tensor(name: name, problem: "has type \(place.dtype), not F32")
        }
        guard place.data_offsets.count == 2, place.data_offsets[0] == end, place.data_offsets[1] >= end,
            place.data_offsets[1] <= data.count
        else { throw .tensor(name: name, problem: "does not lie where the data is") }
        let size = place.data_offsets[1] - end
        guard place.shape.allSatisfy({ (0...maximumBytes).contains($0) }),
            product(place.shape).map({ $0 * 4 }) == size
        else {
            throw .tensor(
                name: name, problem: "has shape \(place.shape), which does not fit its \(size) bytes")
        }
        let begin = data.startIndex + end
        end += size
        let values = stride(from: begin, to: begin + size, by: 4).map { index in
            Float(bitPattern: (0..<4).reduce(UInt32(0)) { $0 | UInt32(data[index + $1]) << UInt32(8 * $1) })
        }
        return Tensor(shape: place.shape, values: values)
    }

    /// Nil if it is more than any file holds.
    private static func product(_ shape: [Int]) -> Int? {
        var product = 1
        for side in shape {
            product *= side
            if product > maximumBytes { return nil }
        }
        return product
    }
}

/// One entry of the header.
private enum Entry: Codable {
    case metadata([String: String])
    case tensor(Place)

    static let metadataKey = "__metadata__"

    struct Place: Codable {
        var dtype = "F32"
        let shape: [Int]
        // The format's own spelling.
        // swift-format-ignore: AlwaysUseLowerCamelCase
        let data_offsets: [Int]
    }

    /// Where its data begin.
    var begin: Int {
        if case .tensor(let place) = self { place.data_offsets.first ?? 0 } else { -1 }
    }

    init(from decoder: any Decoder) throws {
        if decoder.codingPath.last?.stringValue == Self.metadataKey {
            self = .metadata(try [String: String](from: decoder))
        } else {
            self = .tensor(try Place(from: decoder))
        }
    }

    func encode(to encoder: any Encoder) throws {
        switch self {
        case .metadata(let texts): try texts.encode(to: encoder)
        case .tensor(let place): try place.encode(to: encoder)
        }
    }
}
