import Foundation
import GANEngine
import Lab
import Testing

/// A file as somebody has it, and what is in it.
struct BroughtFile: CustomTestStringConvertible {
    let testDescription: String
    let bytes: [UInt8]
    var x: [Double] = [1, 3]
    var y: [Double] = [2, 4]
    var names = ["x", "y"]
    var leftOut = 0

    init(
        _ testDescription: String, _ text: String, x: [Double] = [1, 3], y: [Double] = [2, 4],
        names: [String] = ["x", "y"], leftOut: Int = 0
    ) {
        self.init(testDescription, bytes: Array(text.utf8), x: x, y: y, names: names, leftOut: leftOut)
    }

    init(
        _ testDescription: String, bytes: [UInt8], x: [Double] = [1, 3], y: [Double] = [2, 4],
        names: [String] = ["x", "y"], leftOut: Int = 0
    ) {
        self.testDescription = testDescription
        self.bytes = bytes
        self.x = x
        self.y = y
        self.names = names
        self.leftOut = leftOut
    }
}

/// Points as people have them, from any program; and a precise word on what is wrong.
@Suite struct PointsFileTests {
    private static let none = ["", ""]

    private static let tables = [
        BroughtFile("commas", "1,2\n3,4", names: none),
        BroughtFile("a header", "x,y\n1,2\n3,4\n"),
        BroughtFile("spaces", "# made by hand\n\n1 2\n  3   4\n", names: none),
        BroughtFile("tabs with a mark", "\u{FEFF}x\ty\r\n1\t2\r\n3\t4"),
        BroughtFile("old line ends", "x,y\r1,2\r3,4\r"),
        BroughtFile("more columns", "1,2,7\n3,4,9", names: none),
        BroughtFile("x and y anywhere", "label,y,x\na,2,1\nb,4,3"),
        BroughtFile("spaces behind commas", "x, y\n1, 2\n3, 4"),
        BroughtFile("exponents and signs", "1e0,+2\n3,40e-1", names: none),
        BroughtFile("a typographer's minus", "x,y\n\u{2212}1,2\n3,4", x: [-1, 3]),
        BroughtFile("quotes", "\"x\",\"y\"\n\"1\",\"2\"\n\"3\",\"4\""),
        BroughtFile(
            "a nameless counter", ",width,height\n0,4.5,0.2\n1,5.1,0.9\n2,6.0,0.4", x: [4.5, 5.1, 6],
            y: [0.2, 0.9, 0.4], names: ["width", "height"]),
        BroughtFile("pandas without names", ",0,1\n0,1.5,2\n1,3,4", x: [1.5, 3], names: ["0", "1"]),
        BroughtFile("pandas twice", "Unnamed: 0,a,b\n0,1,2\n1,3,4", names: ["a", "b"]),
        BroughtFile("R with names of rows", "a b\n1 1 2\n2 3 4", names: ["a", "b"]),
        BroughtFile("a counter with a name", "n,a\n0,2\n1,4", x: [0, 1], names: ["n", "a"]),
        BroughtFile(
            "decimal commas in quotes", "\"x\",\"y\"\n\"0,5\",\"2,25\"\n\"1,5\",\"4,75\"", x: [0.5, 1.5],
            y: [2.25, 4.75]),
        BroughtFile("decimal commas", "x;y\r\n0,5;2\r\n1,5;4", x: [0.5, 1.5]),
        BroughtFile("decimal commas and tabs", "x\ty\n0,5\t2\n1,5\t4", x: [0.5, 1.5]),
        BroughtFile("decimal commas and spaces", "0,5 2,0\n1,5 4,0", x: [0.5, 1.5], names: none),
        BroughtFile("thousands", "x;y\n1.234,5;2\n3;4", x: [1_234.5, 3]),
        BroughtFile("English thousands", "x,y\n\"1,234.5\",2\n3,4", x: [1_234.5, 3]),
        BroughtFile("Excel's own line", "sep=;\nx;y\n1;2\n3;4"),
        BroughtFile("Excel's line with a bar of tabs", "sep=\t\r\nx\ty\r\n1\t2\r\n3\t4"),
        BroughtFile(
            "a comma in a label", "place,x,y\n\"Yard, north\",1,2\n\"Yard, south\",3,4"),
        BroughtFile("a line break in a label", "place,x,y\n\"Yard\nnorth\",1,2\n\"Yard\r\nsouth\",3,4"),
        BroughtFile("quotes in a label", "place,x,y\n\"the \"\"yard\"\", north\",1,2\n5\" pipe,3,4"),
        BroughtFile("gaps", "x,y\n1,2\n,5\nNA,4\n3,4", leftOut: 2),
        BroughtFile("other gaps", "x,y\n1,2\nnan,4\n7\n#N/A,1\n8,null\n3,4", leftOut: 4),
        BroughtFile("a header in Chinese", "编号,宽度,高度\n甲,1,2\n乙,3,4", names: ["宽度", "高度"]),
    ]

    private static let json = [
        BroughtFile("rows", "[[1,2],[3,4]]", names: none),
        BroughtFile("rows with names", #"[["x","y"],[1,2],[3,4]]"#),
        BroughtFile("records", #"[{"x":1,"y":2},{"y":4,"x":3}]"#),
        BroughtFile("records of text", #"[{"x":"1","y":"2"},{"x":"3","y":"4"}]"#),
        BroughtFile("JSON lines", "{\"x\":1,\"y\":2}\n{\"x\":3,\"y\":4}"),
        BroughtFile("rows as JSON lines", "[1,2]\n[3,4]\n", names: none),
        BroughtFile("columns", #"{"X":[1,3],"Y":[2,4]}"#, names: ["X", "Y"]),
        BroughtFile("pandas", #"{"x":{"0":1,"1":3},"y":{"0":2,"1":4}}"#),
        BroughtFile("pandas, split", #"{"columns":["x","y"],"index":[0,1],"data":[[1,2],[3,4]]}"#),
        BroughtFile("points", #" {"points":[[1,2],[3,4]],"scale":2}"#, names: none),
        BroughtFile(
            "the order of the file", #"[{"width":1,"area":2},{"width":3,"area":4}]"#,
            names: ["width", "area"]),
        BroughtFile("gaps in JSON", #"[{"x":1,"y":2},{"x":null,"y":7},{"y":NaN},{"x":3,"y":4}]"#, leftOut: 2),
        BroughtFile("a short row", "[[1,2],[5],[3,4]]", names: none, leftOut: 1),
        BroughtFile(
            "escapes", #"[{"\u0078":1,"\ud83d\ude00 \"\n":2},{"x":3,"😀 \"\n":4}]"#, names: ["x", "😀 \"\n"]),
    ]

    private static let chinese: [UInt8] = [0xBF, 0xED, 0xB6, 0xC8, 0x2C, 0xB8, 0xDF, 0xB6, 0xC8]

    private static let encodings = [
        BroughtFile("UTF-16 from Excel", bytes: [0xFF, 0xFE] + wide("x\ty\n1\t2\n3\t4") { [$0, 0] }),
        BroughtFile("UTF-16, other order", bytes: [0xFE, 0xFF] + wide("x\ty\n1\t2\n3\t4") { [0, $0] }),
        BroughtFile("UTF-16 without a mark", bytes: wide("x,y\n1,2\n3,4\n") { [$0, 0] }),
        BroughtFile("JSON in UTF-16", bytes: wide("[[1,2],[3,4]]\n") { [0, $0] }, names: none),
        BroughtFile(
            "GB 18030", bytes: chinese + Array("\n1,2\n3,4".utf8), names: ["宽度", "高度"]),
        BroughtFile(
            "Windows-1252",
            bytes: Array("Gr".utf8) + [0xF6, 0xDF] + Array("e,L".utf8) + [0xE4]
                + Array("nge in ".utf8) + [0x80] + Array("\n1,2\n3,4".utf8), names: ["Größe", "Länge in €"]),
    ]

    private static func wide(_ text: String, _ unit: (UInt8) -> [UInt8]) -> [UInt8] {
        text.utf8.flatMap(unit)
    }

    @Test("Any program's file holds the points that it shows there", arguments: tables + json + encodings)
    func points(file: BroughtFile) throws {
        let read = try PointsFile(file.bytes)
        #expect(read.points.map(\.x) == file.x)
        #expect(read.points.map(\.y) == file.y)
        #expect(read.report.names == file.names)
        #expect(read.report.leftOut == file.leftOut)
        #expect(read.report.points == file.x.count)
    }

    @Test(
        "What is wrong is named, with its line",
        arguments: [
            ("1,2\n3,4\n5,abc", "line 3: 'abc' is not a number"),
            ("place,x,y\n\"a\nb\",1,2\nc,d,4\ne,5,6", "line 4: 'd' is not a number"),
            ("1,2\n3,1e400", "line 2: '1e400' is not a finite number"),
            ("1,2\n3,1e39", "line 2: '1e39' is too large a number"),
            ("1,2\r\n3,4\r\nx,y\r\n", "line 3: 'x' is not a number"),
            ("x,y\n\"1,2\n", "line 2: a quotation mark is opened and never closed"),
            ("name,x\na,1\nb,2\n", "line 2: 'a' is not a number"),
            ("1\n2\n", "line 1: two columns of numbers are needed, x and y; found 1"),
            ("", "The file holds no points."), ("x,y\n", "The file holds no points."),
            ("x,y\n,\n1,\n", "The file holds no points."), ("[]", "The file holds no points."),
            (#"[{"x":1}]"#, "line 1: two columns of numbers are needed, x and y; found 1"),
            ("[[1,2", "The file is not the JSON that was expected: it ends too early."),
            (
                "[[1,2],\n[3 4]]",
                "The file is not the JSON that was expected: “,” or “]” was expected in line 2."
            ),
            (
                "[[1,2],7]",
                "The file is not the JSON that was expected: a list such as [1, 2] was expected in line 1."
            ),
            (
                "[[1,2],[3,0x4]]",
                "The file is not the JSON that was expected: a value was expected in line 1."
            ),
            ("[[1,2],[3,Infinity]]", "line 1: 'inf' is not a finite number"),
            ("1,2\n3,4\u{0}", "The file is not text, or not in this encoding."),
        ])
    func errors(text: String, message: String) {
        let error = #expect(throws: ImportError.self) { try PointsFile(Array(text.utf8)) }
        #expect(error?.description == message)
    }

    @Test("Columns, scaling and encoding can be chosen, and what is not there is refused")
    func options() throws {
        let table = Array("a,b,c\n1,2,30\n3,4,50".utf8)
        let chosen = try PointsFile(table, .init(x: 2, y: 0, scaling: .perAxis))
        #expect(chosen.points.map(\.x) == [30, 50] && chosen.points.map(\.y) == [1, 3])
        #expect(chosen.report.names == ["c", "a"] && chosen.report.scaling == .perAxis)
        #expect(throws: ImportError.noSuchColumn(3, count: 3)) { try PointsFile(table, .init(x: 3)) }
        let chinese = Self.chinese + Array("\n1,2".utf8)
        #expect(try PointsFile(chinese, .init(encoding: .windows1252)).report.names == ["¿í¶È", "¸ß¶È"])
        #expect(throws: ImportError.notText) { try PointsFile(chinese, .init(encoding: .utf8)) }
    }

    @Test("Axes in different units get a scale each, and lead back to the file's numbers")
    func scaling() throws {
        let file = try PointsFile(Array("minutes,metres\n2.0,540\n2.2,565\n4.1,800\n4.4,815".utf8))
        #expect(file.report.scaling == .perAxis)
        guard case .points(let points, let transform) = file.target else {
            Issue.record("points stay points")
            return
        }
        for side in [points.map(\.x), points.map(\.y)] {
            #expect(abs(side.min()! - 0.1) < 1e-6 && abs(side.max()! - 0.9) < 1e-6)
        }
        for (point, original) in zip(points, file.points) {
            #expect(abs(transform(point).x - original.x) < 1e-5)
            #expect(abs(transform(point).y - original.y) < 1e-3)
        }
        let near = try PointsFile(Array("1000,-5\n3000,-5\n2000,995".utf8))
        #expect(near.report.scaling == .equal)
        let equal = try PointsFile(Array("2,540\n4,815".utf8), .init(scaling: .equal))
        guard case .points(_, let both) = equal.target else { return }
        #expect(both.scaleX == both.scaleY)
        let flat = try PointsFile(Array("7,1\n7,9".utf8), .init(scaling: .perAxis))
        #expect(flat.target != equal.target, "an axis without extent is no reason to fail")
    }

    @Test(
        "A target with a scale for each axis keeps it in recipes and links, and old forms keep their meaning")
    func scalesAreKept() throws {
        let file = try PointsFile(Array("time,value\n1700000000,0.1\n1700000100,0.2".utf8))
        var recipe = Recipe()
        try recipe.settings.set("target", to: .target(file.target))
        try recipe.validate()
        #expect(try RecipeFile.decode(RecipeFile.encode(recipe)) == recipe)
        let link = Link(recipe: recipe, step: 3)
        #expect(try Link(bytes: link.bytes) == link)
        guard case .points(let points, let transform) = file.target else { return }
        #expect(abs(transform(points[1]).x - 1_700_000_100) < 1e-3)
        let lines = CSV.samples(points, of: file.target).split(separator: "\r\n")
        let second = lines[2].split(separator: ",").compactMap { Double($0) }
        #expect(abs(second[0] - 1_700_000_100) < 1e-3 && abs(second[1] - 0.2) < 1e-6)

        let old = #"{"settings":{"target":{"points":[[0,0]],"scale":0.1,"offset":[0.3,4]}}}"#
        let oldRecipe = try RecipeFile.decode(Array(old.utf8))
        #expect(
            oldRecipe.settings.target
                == .points([Point(0, 0)], transform: Transform(scale: 0.1, offset: Point(0.3, 4))))
        let text = String(decoding: RecipeFile.encode(oldRecipe), as: UTF8.self)
        #expect(text.contains("\"scale\" : 0.1"))
        for target in [
            #"{"points":[[0,0]],"scale":[1,0],"offset":[0,0]}"#,
            #"{"points":[[0,0]],"scale":[1],"offset":[0,0]}"#,
        ] {
            #expect(throws: ImportError.self) {
                try RecipeFile.decode(Array(#"{"settings":{"target":\#(target)}}"#.utf8))
            }
        }
    }

    @Test("More than 20,000 points are thinned to a fair sample, the same every time")
    func thinning() throws {
        let text = (0..<60_000).map { "\($0),1\n" }.joined()
        let file = try PointsFile(Array(text.utf8))
        #expect(file.report.points == 60_000 && file.report.kept == 20_000)
        let x = file.points.map(\.x)
        #expect(x == x.sorted() && Set(x).count == 20_000)
        for third in 0..<3 {
            let share = x.count { Int($0) / 20_000 == third }
            #expect(abs(share - 6_667) < 400, "three standard deviations are 200")
        }
        #expect(try PointsFile(Array(text.utf8)).points.map(\.x) == x)
        let list = "[" + (0..<30_000).map { "[\($0),1]" }.joined(separator: ",") + "]"
        #expect(try PointsFile(Array(list.utf8)).report.kept == 20_000)
        let few = try PointsFile(Array("1,2\n3,4".utf8)).report
        #expect(few.kept == few.points)
    }

    @Test("However a file is made, reading it is bounded")
    func bounds() throws {
        #expect(throws: ImportError.tooLarge(bytes: 9 << 20, limit: 8 << 20)) {
            try PointsFile(Array(repeating: 0x31, count: 9 << 20))
        }
        for text in [
            String(repeating: "[", count: 8 << 20), "[" + String(repeating: "0,", count: 4_000_000) + "0]",
            String(repeating: "{\"a\":", count: 1_000_000),
        ] {
            let error = #expect(throws: ImportError.self) { try PointsFile(Array(text.utf8)) }
            guard case .excessive = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
        }
        let row = String(repeating: "1 ", count: 4_000_000)
        #expect(try PointsFile(Array(row.utf8)).points.map(\.y) == [1])
        let names = String(repeating: "a,", count: 4_000_000) + "\n1,2"
        #expect(try PointsFile(Array(names.utf8)).points.map(\.y) == [2])
        let cell = "1," + String(repeating: "9", count: 8_000_000)
        let error = #expect(throws: ImportError.self) { try PointsFile(Array(cell.utf8)) }
        #expect(error?.description == "line 1: '\(String(repeating: "9", count: 40))…' is not a number")
        let quoted = "\"" + String(repeating: "\"\"", count: 4_000_000)
        #expect(throws: ImportError.openQuote(line: 1)) { try PointsFile(Array(quoted.utf8)) }
    }
}
