import Foundation
import GANEngine
import Lab
import Testing

/// The layered picture shows what it is given, where it is, in the page's colours.
@Suite struct LayeredPictureTests {
    private static let view = View(centre: Point(1, 2), halfExtent: 2)

    private static func bitmap(_ layers: [FrameSection], _ theme: PictureTheme = .light) -> Bitmap {
        LayeredPicture(view: view, layers: layers, theme: theme).bitmap(side: 200)
    }

    @Test func aRealSampleIsADiscAtItsPlace() {
        // A quarter of the way from the left, an eighth from the top.
        let bitmap = Self.bitmap([.real([Point(0, 3.5)])])
        #expect(bitmap[49, 24] == PictureTheme.light.real && bitmap[50, 25] == PictureTheme.light.real)
        #expect(bitmap[49, 28] == PictureTheme.light.background)
    }

    @Test func aFakeSampleIsAHollowDiamond() {
        let bitmap = LayeredPicture(view: Self.view, layers: [.fake([Point(1, 2)])]).bitmap(side: 400)
        #expect(bitmap[200, 200] == PictureTheme.light.background, "hollow")
        #expect(bitmap[197, 200] != PictureTheme.light.background, "left corner")
        #expect(bitmap[197, 197] == PictureTheme.light.background, "no square")
    }

    @Test func theHeatmapIsTheRightWayUpAndNeutralAtOneHalf() {
        // Bottom row 0, top row 1.
        let bitmap = Self.bitmap([.heatmap(side: 2, [0, 0, 1, 1])])
        #expect(bitmap[100, 1] == PictureTheme.light.heat[2])
        #expect(bitmap[100, 198] == PictureTheme.light.heat[0])
        let flat = Self.bitmap([.heatmap(side: 2, [0.5, 0.5, 0.5, 0.5])], .dark)
        #expect(flat[7, 150] == PictureTheme.dark.heat[1])
    }

    @Test func anArrowPointsAgainstTheGradient() {
        let layers: [FrameSection] = [.fake([Point(1, 2)]), .gradients([Point(-1, 0)])]
        let bitmap = Self.bitmap(layers)
        #expect(bitmap[110, 100] != PictureTheme.light.background, "to the right")
        #expect(bitmap[90, 100] == PictureTheme.light.background)
    }

    @Test func theSheetIsFilledAndDarkestWhereItIsDense() {
        // Two columns of cells, the right ones half as wide.
        let xs: [Float] = [0, 1, 1.5]
        let points = [Float(1), 2, 3].flatMap { y in xs.map { Point($0, y) } }
        let bitmap = Self.bitmap([.manifold(columns: 2, rows: 2, points)])
        let (wide, dense) = (bitmap[75, 110], bitmap[112, 110])
        #expect(wide != PictureTheme.light.background && dense.green < wide.green)
        #expect(bitmap[40, 100] == PictureTheme.light.background)
    }

    @Test func aCurveIsALine() {
        let bitmap = Self.bitmap([.manifold(columns: 2, rows: 0, [Point(0, 2), Point(1, 2), Point(2, 2)])])
        #expect(bitmap[75, 100] != PictureTheme.light.background)
        #expect(bitmap[75, 110] == PictureTheme.light.background)
    }

    @Test func divergedValuesDoNotCrash() {
        let bad = [Point(.nan, 0), Point(.infinity, -.infinity), Point(1e38, -1e38), Point(0, 0)]
        let layers: [FrameSection] = [
            .real(bad), .fake(bad), .gradients(bad), .heatmap(side: 2, [.nan, .infinity, -1, 2]),
            .manifold(columns: 1, rows: 1, bad),
        ]
        let picture = LayeredPicture(view: Self.view, layers: layers)
        #expect(picture.bitmap(side: 64).width == 64)
        #expect(picture.svg(side: 64, title: "").contains("NaN") == false)
    }

    @Test func svgIsWellFormedAndShowsTheSame() throws {
        let folder = try TemporaryFolder()
        let layers: [FrameSection] = [
            .heatmap(side: 2, [0, 0, 1, 1]), .real([Point(0, 3.5)]), .fake([Point(1, 2)]),
            .gradients([Point(-1, 0)]),
            .manifold(columns: 1, rows: 1, [Point(0, 1), Point(1, 1), Point(0, 2), Point(1, 2)]),
        ]
        let svg = LayeredPicture(view: Self.view, layers: layers).svg(side: 200, title: "a < b & c")
        let file = try folder.file("picture.svg", svg.utf8)
        let script = """
            import sys, base64, io
            from xml.etree import ElementTree
            from PIL import Image
            root = ElementTree.parse(sys.argv[1]).getroot()
            name = lambda e: e.tag.split("}")[1]
            print([name(e) for e in root], root[0].text)
            data = next(e for e in root if name(e) == "image").get("href").split(",")[1]
            print(Image.open(io.BytesIO(base64.b64decode(data))).convert("RGB").getpixel((0, 0)))
            print(root[3].get("d"))
            """
        let lines = try Python.run(script, file).split(separator: "\n")
        #expect(lines[0].hasPrefix("['title', 'rect', 'image', 'path', 'path',"))
        #expect(lines[0].hasSuffix("a < b & c"))
        #expect(lines[1] == "(124, 196, 164)", "the picture's top row is the grid's last")
        #expect(lines[2] == "M48.5 25a1.5 1.5 0 1 0 3 0a1.5 1.5 0 1 0 -3 0Z")
    }
}
