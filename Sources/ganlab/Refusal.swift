/// Why a command cannot be carried out: printed as one line, with a non-zero exit.
struct Refusal: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
