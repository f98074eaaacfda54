// Compiled by Tests/Lint/numbers.py together with a module's own sources, never part of the product: declarations of a
// module hide the standard library's, so the compiler marks every conversion of a floating-point number to an integer
// that traps on NaN, on infinity and on what does not fit.

extension Int {
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Double) { self = 0 }
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Float) { self = 0 }
}

extension Int8 {
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Double) { self = 0 }
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Float) { self = 0 }
}

extension Int16 {
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Double) { self = 0 }
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Float) { self = 0 }
}

extension Int32 {
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Double) { self = 0 }
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Float) { self = 0 }
}

extension Int64 {
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Double) { self = 0 }
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Float) { self = 0 }
}

extension UInt {
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Double) { self = 0 }
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Float) { self = 0 }
}

extension UInt8 {
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Double) { self = 0 }
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Float) { self = 0 }
}

extension UInt16 {
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Double) { self = 0 }
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Float) { self = 0 }
}

extension UInt32 {
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Double) { self = 0 }
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Float) { self = 0 }
}

extension UInt64 {
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Double) { self = 0 }
    @available(*, deprecated, message: "it may trap: use init(clamping:)")
    init(_ number: Float) { self = 0 }
}
