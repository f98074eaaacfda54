import Lab
import Testing

/// PNG and GIF, read back by Pillow.
@Suite struct BitmapFormatTests {
    private static func noise(_ side: Int, seed: UInt64) -> Bitmap {
        var bitmap = Bitmap(width: side, height: side + 3, background: Colour(0x102030))
        var state = seed
        for y in 0..<bitmap.height {
            for x in 0..<bitmap.width {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                bitmap.blend(Colour(UInt32(truncatingIfNeeded: state >> 33)), x: x, y: y)
            }
        }
        return bitmap
    }

    private static let dump = """
        import sys
        from PIL import Image
        image = Image.open(sys.argv[1])
        for frame in range(getattr(image, "n_frames", 1)):
            image.seek(frame)
            print(image.convert("RGB").tobytes().hex(), image.info.get("duration", 0), image.info.get("loop"))
        """

    private static func hex(_ bitmap: Bitmap) -> String {
        let rgb = (0..<bitmap.height).flatMap { y in (0..<bitmap.width).map { x in bitmap[x, y] } }
        return rgb.map { String($0.hex.dropFirst()) }.joined()
    }

    @Test(arguments: [1, 2, 7, 61])
    func pngIsLossless(side: Int) throws {
        let folder = try TemporaryFolder()
        let bitmap = Self.noise(side, seed: 1)
        let file = try folder.file("picture.png", PNG.encode(bitmap))
        #expect(try Python.run(Self.dump, file) == "\(Self.hex(bitmap)) 0 None")
    }

    @Test func gifWithFewColoursIsExact() throws {
        let folder = try TemporaryFolder()
        // Flat areas make long dictionary entries; the moving square makes rectangles and transparency.
        let frames = (0..<5).map { step in
            var bitmap = Bitmap(width: 300, height: 200, background: Colour(0xF8F8F8))
            for y in 20 + step..<60 + step { for x in 30..<70 { bitmap.blend(Colour(0x087858), x: x, y: y) } }
            return bitmap
        }
        var gif = GIF(width: 300, height: 200)
        for frame in frames { gif.add(frame, centiseconds: 12) }
        gif.add(frames[4], centiseconds: 50)
        let lines = try Python.run(Self.dump, try folder.file("run.gif", gif.bytes)).split(separator: "\n")
        let expected = frames.map { "\(Self.hex($0)) 120 0" } + ["\(Self.hex(frames[4])) 500 0"]
        #expect(lines.map(String.init) == expected)
    }

    @Test func gifOfNoiseIsNearEveryPixel() throws {
        let folder = try TemporaryFolder()
        // Nothing repeats: the dictionary fills and is cleared again and again.
        let bitmap = Self.noise(200, seed: 5)
        var gif = GIF(width: bitmap.width, height: bitmap.height)
        gif.add(bitmap, centiseconds: 4)
        let png = try folder.file("noise.png", PNG.encode(bitmap))
        let script = """
            import sys
            from PIL import Image, ImageChops, ImageStat
            gif, png = (Image.open(path).convert("RGB") for path in sys.argv[1:])
            print(gif.size == png.size, max(ImageStat.Stat(ImageChops.difference(gif, png)).mean))
            """
        let answer = try Python.run(script, try folder.file("noise.gif", gif.bytes), png).split(
            separator: " ")
        #expect(answer[0] == "True")
        // 255 colours of 16.7 million: a cell of the cube is 40 wide, so a pixel is 10 away on average.
        #expect(try #require(Double(answer[1])) < 16)
    }

    @Test func anyLengthOfCodesEndsProperly() throws {
        // The width of the last code depends on how many entries the dictionary has by then.
        let folder = try TemporaryFolder()
        var expected: [String] = []
        for width in stride(from: 17, to: 700, by: 17) {
            var bitmap = Bitmap(width: width, height: 1, background: Colour(0))
            for x in 0..<width where (x * x / 3) % 2 == 0 { bitmap.blend(Colour(0xF8F8F8), x: x, y: 0) }
            var gif = GIF(width: width, height: 1)
            gif.add(bitmap, centiseconds: 1)
            _ = try folder.file("\(width).gif", gif.bytes)
            expected.append(Self.hex(bitmap))
        }
        let script = """
            import sys
            from PIL import Image
            for width in range(17, 700, 17):
                print(Image.open(f"{sys.argv[1]}/{width}.gif").convert("RGB").tobytes().hex())
            """
        #expect(try Python.run(script, folder.path).split(separator: "\n").map(String.init) == expected)
    }
}
