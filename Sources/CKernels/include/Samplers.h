#pragma once
#include <stdint.h>

// Counter-based random numbers and what is drawn with them. There is no state: the number at an index of a channel is
// a function of the key, the channel and the index alone, whatever else is drawn, in whatever order, with whatever
// instruction set. Numbers come in tiles of 32, one for every lane of a minibatch's tile.

/// Numbers, or samples, in a tile.
enum { SamplerTile = 32 };

/// One place in one stream: what the seed, the purpose, the step and the update hash to. It holds 256 channels of 2²⁴
/// numbers.
typedef struct {
    uint32_t a, b;
} RandomKey;

/// What a number is drawn from.
enum {
    /// Uniform on [0, 1), a multiple of 2⁻²⁴.
    SamplerUniform,
    /// Standard normal, within ±6.7.
    SamplerNormal,
    /// Normal with mean 0.5 and standard deviation 0.25, conditioned on [0, 1].
    SamplerTruncated,
};

/// How a target's samples are made. All but checkerboard, disk and table add `spread` × two standard normals.
enum {
    /// Entries of a table, each a Gaussian smeared along a segment.
    ShapeTable,
    /// An ellipse with half axes a, b around (c, d).
    ShapeEllipse,
    /// Two half circles of radius a that bite into each other.
    ShapeMoons,
    /// A spiral of b turns from radius 0.1 a to a.
    ShapeSpiral,
    /// An S of half width a: two three-quarter circles.
    ShapeSCurve,
    /// Every other square of a 4 × 4 board with half side a.
    ShapeCheckerboard,
    /// Five arms at distance a, b long (one standard deviation), turned by c turns per unit of distance.
    ShapePinwheel,
    /// A disk of radius a.
    ShapeDisk,
};

/// An entry of a table: (x, y) + t (dx, dy) + L (n₁, n₂), t uniform on [0, 1), n normal, L lower triangular.
typedef struct {
    float x, y, dx, dy, xx, yx, yy;
    int32_t label;
} ShapeEntry;

/// A slot of Walker's alias method: the first entry if a uniform word is below the threshold, else the second.
typedef struct {
    uint32_t threshold;
    uint32_t entries[2];
} ShapeSlot;

/// What a shape needs to know.
typedef struct {
    int32_t shape;
    float a, b, c, d, spread;
    /// The table has 2^`bits` slots, 1 ≤ bits ≤ 16, and `count` entries.
    int32_t bits;
    uint32_t count;
    /// Whether any entry has a segment.
    int32_t segments;
    const ShapeEntry *_Nullable entries;
    const ShapeSlot *_Nullable slots;
} Shape;

/// A Gaussian of a sum: weight × exp(−(xx dx² + xy dx dy + yy dy²)).
typedef struct {
    float x, y, xx, xy, yy, weight;
} GaussianTerm;

typedef struct {
    /// Numbers of tiles `first` ..< `first` + `tiles`: out[t * stride + channel * 32 + lane] is number
    /// 32 (first + t) + lane of the channel.
    void (*_Nonnull numbers)(int32_t distribution, RandomKey key, int64_t first, int64_t tiles, int64_t channels,
                             int64_t stride, float *_Nonnull out);
    /// Words 0 ..< `count` of channel 0.
    void (*_Nonnull words)(RandomKey key, int64_t count, uint32_t *_Nonnull out);
    /// Samples of tiles `first` ..< `first` + `tiles`: x at out[t * stride + lane], y 32 further on; and, if asked for,
    /// labels[32 t + lane].
    void (*_Nonnull target)(const Shape *_Nonnull shape, RandomKey key, int64_t first, int64_t tiles, int64_t stride,
                            float *_Nonnull out, int32_t *_Nullable labels);
    /// Adds at each of `points` (a multiple of 16) the sum of `terms` Gaussians, in their order.
    void (*_Nonnull density)(const GaussianTerm *_Nonnull sum, int64_t terms, const float *_Nonnull x,
                             const float *_Nonnull y, int64_t points, float *_Nonnull out);
} Samplers;

/// The best instruction set of this processor: 0 any, 1 AVX2 with FMA, 2 AVX-512.
int32_t best_instruction_set(void);

/// The samplers for an instruction set, which this processor must have.
const Samplers *_Nonnull samplers_for(int32_t instruction_set);

/// Sine and cosine of `turns` turns, for tables.
void sincos_of_turns(double turns, double *_Nonnull sine, double *_Nonnull cosine);
