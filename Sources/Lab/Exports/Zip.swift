import CZlib

/// Writes ZIP archives (PKWARE APPNOTE 6.3) of files that are stored as they are, small enough for the format's 32 bits.
package enum Zip {
    package struct File {
        let name: String
        let bytes: [UInt8]

        /// - Parameters:
        ///   - name: In UTF-8, without folders.
        ///   - bytes: Less than 4 GB.
        package init(name: String, bytes: [UInt8]) {
            self.name = name
            self.bytes = bytes
        }
    }

    /// The archive; equal files are equal bytes, since no time is written.
    package static func archive(_ files: [File]) -> [UInt8] {
        var archive = ByteWriter()
        var directory = ByteWriter()
        for file in files {
            let offset = archive.bytes.count
            archive.write(UInt32(0x0403_4B50))
            archive.write(header(of: file))
            archive.write(Array(file.name.utf8))
            archive.write(file.bytes)

            directory.write(UInt32(0x0201_4B50))
            directory.write(version)
            directory.write(header(of: file))
            // No comment, the first disk, no attributes.
            directory.write([UInt8](repeating: 0, count: 10))
            directory.write(UInt32(offset))
            directory.write(Array(file.name.utf8))
        }
        let start = archive.bytes.count
        archive.write(directory.bytes)
        archive.write(UInt32(0x0605_4B50))
        archive.write(UInt32(0))
        archive.write(UInt16(files.count))
        archive.write(UInt16(files.count))
        archive.write(UInt32(directory.bytes.count))
        archive.write(UInt32(start))
        archive.write(UInt16(0))
        return archive.bytes
    }

    /// 2.0, the first with folders; what all programs read.
    private static let version: UInt16 = 20
    /// Midnight, 1 January 1980: the format's first moment.
    private static let date: UInt16 = 1 << 5 | 1

    /// What stands before the name both at the file and in the directory.
    private static func header(of file: File) -> [UInt8] {
        var header = ByteWriter()
        header.write(version)
        header.write(UInt16(1 << 11))  // The name is in UTF-8.
        header.write(UInt16(0))  // Stored.
        header.write(UInt16(0))
        header.write(date)
        header.write(UInt32(truncatingIfNeeded: crc32(0, file.bytes, uInt(file.bytes.count))))
        header.write(UInt32(file.bytes.count))
        header.write(UInt32(file.bytes.count))
        header.write(UInt16(file.name.utf8.count))
        header.write(UInt16(0))
        return header.bytes
    }
}
