import Lab
import Testing

/// The safetensors format, byte by byte, and whatever may be wrong with a file.
@Suite struct SafeTensorsTests {
    private static let example = SafeTensors(
        tensors: ["b": .init(shape: [2], values: [1, -0.5]), "a": .init(shape: [1, 1], values: [2])],
        metadata: ["k": "v"])

    private static let header =
        #"{"__metadata__":{"k":"v"},"a":{"data_offsets":[0,4],"dtype":"F32","shape":[1,1]},"#
        + #""b":{"data_offsets":[4,12],"dtype":"F32","shape":[2]}}"#

    private static func file(_ header: String, _ data: [UInt8] = []) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: header.utf8.count >> (8 * $0)) } + Array(header.utf8) + data
    }

    private static let data: [UInt8] = [0, 0, 0, 0x40, 0, 0, 0x80, 0x3F, 0, 0, 0, 0xBF]

    @Test func theBytesAreThoseOfTheFormat() {
        let padding = String(repeating: " ", count: (8 - Self.header.utf8.count % 8) % 8)
        #expect(Self.example.bytes == Self.file(Self.header + padding, Self.data))
    }

    @Test func whatIsWrittenIsRead() throws {
        #expect(try SafeTensors(bytes: Self.example.bytes) == Self.example)
        let empty = SafeTensors(tensors: ["none": .init(shape: [0, 3], values: [])])
        #expect(try SafeTensors(bytes: empty.bytes) == empty)
    }

    @Test func everyBeginningIsRefused() {
        let bytes = Self.example.bytes
        for count in 0..<bytes.count {
            #expect(throws: ImportError.self, "\(count)") {
                try SafeTensors(bytes: Array(bytes.prefix(count)))
            }
        }
    }

    @Test(arguments: [
        (#"{"a":{"data_offsets":[0,8],"dtype":"F64","shape":[1]}}"#, "tensor 'a': has type F64, not F32"),
        (
            #"{"a":{"data_offsets":[0,8],"dtype":"F32","shape":[3]}}"#,
            "tensor 'a': has shape [3], which does not fit its 8 bytes"
        ),
        (
            #"{"a":{"data_offsets":[0,8],"dtype":"F32","shape":[-1,-2]}}"#,
            "tensor 'a': has shape [-1, -2], which does not fit its 8 bytes"
        ),
        (
            #"{"a":{"data_offsets":[0,8],"dtype":"F32","shape":[9223372036854775807,4]}}"#,
            "does not fit its 8 bytes"
        ),
        (#"{"a":{"data_offsets":[8,0],"dtype":"F32","shape":[2]}}"#, "does not lie where the data is"),
        (#"{"a":{"data_offsets":[-4,4],"dtype":"F32","shape":[2]}}"#, "does not lie where the data is"),
        (#"{"a":{"data_offsets":[0,800],"dtype":"F32","shape":[200]}}"#, "does not lie where the data is"),
        (#"{"a":{"data_offsets":[],"dtype":"F32","shape":[2]}}"#, "does not lie where the data is"),
        (#"{"a":1}"#, "tensor 'a': is described in a way that cannot be read"),
        (#"nonsense"#, "its header is not the JSON that was expected"),
    ])
    func whatIsWrongIsNamed(header: String, message: String) {
        let error = #expect(throws: ImportError.self) {
            try SafeTensors(bytes: Self.file(header, Array(repeating: 0, count: 8)))
        }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    @Test func aHugeHeaderIsNotAllocated() {
        let error = #expect(throws: ImportError.self) {
            try SafeTensors(bytes: Array(repeating: 0xFF, count: 100))
        }
        #expect(error?.description.contains("its header would be 18446744073709551615 bytes long") == true)
    }
}
