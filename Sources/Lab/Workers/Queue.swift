/// First in, first out, in amortised constant time.
struct Queue<Element: Sendable>: Sendable {
    private var elements: [Element] = []
    private var head = 0

    var isEmpty: Bool { head == elements.count }

    var first: Element? { isEmpty ? nil : elements[head] }

    mutating func append(_ element: Element) {
        elements.append(element)
    }

    mutating func popFirst() -> Element? {
        guard head < elements.count else { return nil }
        defer { compact() }
        head += 1
        return elements[head - 1]
    }

    private mutating func compact() {
        guard head >= 32, head * 2 >= elements.count else { return }
        elements.removeFirst(head)
        head = 0
    }
}
