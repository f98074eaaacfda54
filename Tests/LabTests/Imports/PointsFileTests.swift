import GANEngine
import Lab
import Testing

/// Points as people have them: any separator, with or without a header; and a precise word on what is wrong.
@Suite struct PointsFileTests {
    @Test(arguments: [
        "1,2\n3,-4.5", "x,y\n1,2\n3,-4.5\n", "1;2\r\n3;-4,5\r\n", "\u{FEFF}x\ty\n1\t2\n3\t-4.5",
        "# made by hand\n\n1 2\n  3   -4.5\n",
        "\"x\",\"y\"\n\"1\",\"2\"\n\"3\",\"-4.5\"", "label,y,x\na,2,1\nb,-4.5,3", "1,2,7\n3,-4.5,9",
        "[[1,2],[3,-4.5]]",
        #"[{"x":1,"y":2},{"y":-4.5,"x":3}]"#, #" {"points":[[1,2],[3,-4.5]],"scale":2}"#, "1e0,2\n3,-45e-1",
    ])
    func theSamePointsInEveryDress(text: String) throws {
        let points = try PointsFile.points(Array(text.utf8))
        #expect(points.map(\.x) == [1, 3] && points.map(\.y) == [2, -4.5])
    }

    @Test(arguments: [
        ("1,2\n3,4\n5,abc", "line 3: 'abc' is not a number"),
        ("x,y\n\n1,2\n3,", "line 4: '' is not a number"),
        ("1,2\n3", "line 2: two numbers are needed, x and y; found 1"),
        ("1,2\nnan,4", "line 2: 'nan' is not a finite number"),
        ("1,2\n3,1e400", "line 2: '1e400' is not a finite number"),
        ("1,2\r\n3,4\r\nx,y\r\n", "line 3: 'x' is not a number"),
        ("", "The file holds no points."), ("x,y\n", "The file holds no points."),
        ("[]", "The file holds no points."),
        ("[[1,2],[3]]", "The file is not the JSON that was expected: “[1] [1]” has no value."),
        (
            "[[1,2],[3,\"4\"]]",
            "The file is not the JSON that was expected: “[1] [1]” has another type than expected."
        ),
        (#"[{"x":1}]"#, "The file is not the JSON that was expected: “[0]” lacks “y”."),
        ("[[1,2", "The file is not the JSON that was expected: it is not JSON."),
        ("[[1,1e300]]", "The file is not the JSON that was expected: point 0 is too far out."),
    ])
    func whatIsWrongIsNamed(text: String, message: String) {
        let error = #expect(throws: ImportError.self) { try PointsFile.points(Array(text.utf8)) }
        #expect(error?.description == message)
    }

    @Test func boundsAreKept() {
        let many = String(repeating: "1,2\n", count: 20_001)
        #expect(throws: ImportError.tooManyPoints) { try PointsFile.points(Array(many.utf8)) }
        let list = "[" + String(repeating: "[1,2],", count: 20_000) + "[1,2]]"
        #expect(throws: ImportError.tooManyPoints) { try PointsFile.points(Array(list.utf8)) }
        #expect(throws: ImportError.notText) { try PointsFile.points([0x31, 0xFF, 0xFE]) }
        #expect(throws: ImportError.tooLarge(bytes: 9 << 20, limit: 8 << 20)) {
            try PointsFile.points(Array(repeating: 0x31, count: 9 << 20))
        }
    }

    @Test func whatComesBehindTheLimitIsNotRead() {
        let lines = String(repeating: "1,2\n", count: 20_001) + "this is no number\n"
        #expect(throws: ImportError.tooManyPoints) { try PointsFile.points(Array(lines.utf8)) }
        let list = "[" + String(repeating: "[1,2],", count: 20_001) + "\"this is no point\"]"
        #expect(throws: ImportError.tooManyPoints) { try PointsFile.points(Array(list.utf8)) }
    }

    @Test func aLineMayBeAsLongAsTheFile() throws {
        let row = String(repeating: "1 ", count: 4_000_000)
        #expect(try PointsFile.points(Array(row.utf8)).map(\.y) == [1])
        let names = String(repeating: "a,", count: 4_000_000) + "\n1,2"
        #expect(try PointsFile.points(Array(names.utf8)).map(\.y) == [2])
        let cell = "1," + String(repeating: "9", count: 8_000_000)
        let error = #expect(throws: ImportError.self) { try PointsFile.points(Array(cell.utf8)) }
        #expect(error?.description == "line 1: '\(String(repeating: "9", count: 40))…' is not a number")
    }

    @Test func theTransformLeadsBack() throws {
        let target = try PointsFile.target(Array("1000,-5\n3000,-5\n2000,995".utf8))
        guard case .points(let points, let transform) = target else {
            Issue.record("points stay points")
            return
        }
        #expect(points.allSatisfy { (0...1).contains($0.x) && (0...1).contains($0.y) })
        let back = points.map { transform($0) }
        for (point, original) in zip(back, [Point(1_000, -5), Point(3_000, -5), Point(2_000, 995)]) {
            #expect(abs(point.x - original.x) < 0.01 && abs(point.y - original.y) < 0.01)
        }
        var recipe = Recipe()
        try recipe.settings.set("target", to: .target(target))
        try recipe.validate()
    }
}
