import CKernels

/// The table of inner loops for one instruction set. Immutable and never freed.
typealias KernelTable = UnsafePointer<Kernels>

extension InstructionSet {
    /// The inner loops that use it.
    var kernels: KernelTable { kernels_for(rawValue) }
}

/// Samples that share a tile of a panel.
let tileWidth = 32

/// Tiles that `count` samples fill.
func tileCount(_ count: Int) -> Int { (count + tileWidth - 1) / tileWidth }

extension Panel {
    /// `features` rows of 32 samples in every tile, from the start of `buffer`.
    init(_ buffer: FloatBuffer, features: Int) {
        self.init(values: buffer.base, stride: Int64(features * tileWidth))
    }

    /// The panel without its first `tile` tiles.
    @inline(__always)
    func from(_ tile: Int) -> Panel {
        Panel(values: values.map { $0 + tile * Int(stride) }, stride: stride)
    }

    /// Row `feature` of tile `tile`: 32 samples.
    @inline(__always)
    func row(_ feature: Int, tile: Int) -> UnsafeMutablePointer<Float> {
        values.unsafelyUnwrapped + tile * Int(stride) + feature * tileWidth
    }
}

extension Activated {
    /// The same without its first `tile` tiles.
    @inline(__always)
    func from(_ tile: Int) -> Activated {
        Activated(kind: kind, values: values.from(tile), slopes: slopes.from(tile))
    }
}

extension Matrix {
    /// The matrix stored row by row at `values`.
    init(_ values: UnsafePointer<Float>, rows: Int, columns: Int) {
        self.init(
            values: values, rowStride: Int64(columns), columnStride: 1, rows: Int32(rows),
            columns: Int32(columns))
    }

    /// The same numbers with rows and columns exchanged; nothing moves.
    var transposed: Matrix {
        Matrix(values: values, rowStride: columnStride, columnStride: rowStride, rows: columns, columns: rows)
    }
}
