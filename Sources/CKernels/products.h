// Products of a small matrix and a panel, and sums over a minibatch. `ROWS` × `VECTORS` accumulators stay in registers;
// how many there are changes with the instruction set, but not the order in which any one of them is added up.

#define STRIP (16 * VECTORS)

typedef struct {
    f32x16 at[ROWS][VECTORS];
} Block;

/// c[r][v] += Σₖ w[r][k] · x[k][v], k ascending.
FUNCTION void multiply(const int rows, const float *w, int64_t row_stride, int64_t column_stride, int64_t depth,
                       const float *x, int64_t x_stride, Block *c) {
    for (int64_t k = 0; k < depth; k++) {
        f32x16 xs[VECTORS];
        for (int v = 0; v < VECTORS; v++) xs[v] = load(x + k * x_stride + 16 * v);
        for (int r = 0; r < rows; r++) {
            f32x16 factor = all(w[r * row_stride + k * column_stride]);
            for (int v = 0; v < VECTORS; v++) c->at[r][v] = fma16(factor, xs[v], c->at[r][v]);
        }
    }
}

/// Calls `function(rows, …)` with a constant number of rows.
#if ROWS == 8
#define FOR_ROWS(count, function, ...)                    \
    switch (count) {                                      \
    case 1: function(1, __VA_ARGS__); break;              \
    case 2: function(2, __VA_ARGS__); break;              \
    case 3: function(3, __VA_ARGS__); break;              \
    case 4: function(4, __VA_ARGS__); break;              \
    case 5: function(5, __VA_ARGS__); break;              \
    case 6: function(6, __VA_ARGS__); break;              \
    case 7: function(7, __VA_ARGS__); break;              \
    default: function(8, __VA_ARGS__); break;             \
    }
#elif ROWS == 4
#define FOR_ROWS(count, function, ...)                    \
    switch (count) {                                      \
    case 1: function(1, __VA_ARGS__); break;              \
    case 2: function(2, __VA_ARGS__); break;              \
    case 3: function(3, __VA_ARGS__); break;              \
    default: function(4, __VA_ARGS__); break;             \
    }
#endif

// MARK: Forward

// Tiles that fit into the second-level cache go through one block of rows together: for small networks that is the
// whole minibatch, for the largest four tiles.
FUNCTION int64_t tiles_at_once(Panel x, int64_t tiles) {
    int64_t fitting = 32768 / (x.stride > 0 ? x.stride : 1);
    return fitting < 1 ? 1 : fitting < tiles ? fitting : tiles;
}

FUNCTION void forward_rows(const int rows, const float *w, const float *b, int64_t row_stride, int64_t column_stride,
                           int64_t depth, const float *x, int64_t x_stride, float *y, int64_t y_stride, int64_t tiles,
                           float negative) {
    for (int64_t tile = 0; tile < tiles; tile++, x += x_stride, y += y_stride) {
        for (int lane = 0; lane < KernelTile; lane += STRIP) {
            Block c;
            for (int r = 0; r < rows; r++)
                for (int v = 0; v < VECTORS; v++) c.at[r][v] = all(b[r]);
            multiply(rows, w, row_stride, column_stride, depth, x + lane, KernelTile, &c);
            for (int r = 0; r < rows; r++)
                for (int v = 0; v < VECTORS; v++) {
                    f32x16 z = c.at[r][v], less = z * negative;
                    // `negative` is at most 1, so that the larger of the two is right on both sides.
                    store(y + lane + r * KernelTile + 16 * v, z > less ? z : less);
                }
        }
    }
}

static void forward(Matrix w, const float *b, Panel x, Activated y, int64_t tiles) {
    float negative = is_piecewise_linear(y.kind) ? negative_slope(y.kind) : 1.0f;
    int64_t most = tiles_at_once(x, tiles);
    for (int64_t first = 0; first < tiles; first += most) {
        int64_t count = tiles - first < most ? tiles - first : most;
        const float *in = x.values + first * x.stride;
        float *out = y.values.values + first * y.values.stride;
        for (int32_t row = 0; row < w.rows; row += ROWS) {
            FOR_ROWS(w.rows - row, forward_rows, w.values + row * w.rowStride, b + row, w.rowStride, w.columnStride,
                     w.columns, in, x.stride, out + row * KernelTile, y.values.stride, count, negative)
        }
    }
    if (is_piecewise_linear(y.kind)) return;
    for (int64_t tile = 0; tile < tiles; tile++) {
        float *out = y.values.values + tile * y.values.stride, *slopes = y.slopes.values + tile * y.slopes.stride;
        for (int64_t i = 0; i < w.rows * KernelTile; i += 16) {
            f32x16 slope;
            store(out + i, activate(y.kind, load(out + i), &slope));
            store(slopes + i, slope);
        }
    }
}

// MARK: Sums over the minibatch

// The first half of the tiles goes side by side with the second, here and in weight gradients: where those hold real
// samples and fake ones, which pull against each other, what cancels does so before much is rounded, and small
// differences survive.

/// The sum over `tiles` of one row, lane by lane.
FUNCTION f32x16 row_sum(const float *row, int64_t stride, int64_t tiles) {
    int64_t half = tiles / 2;
    const float *other = row + half * stride;
    f32x16 sum = all(0);
    for (int64_t tile = 0; tile < half; tile++, row += stride, other += stride)
        sum += load(row) + load(other), sum += load(row + 16) + load(other + 16);
    return tiles % 2 ? sum + load(other) + load(other + 16) : sum;
}

static void bias_gradient(Panel delta, int32_t rows, int64_t tiles, int32_t accumulate, float *gradient) {
    for (int32_t row = 0; row < rows; row += 16) {
        int32_t count = rows - row < 16 ? rows - row : 16;
        f32x16 sums[16];
        for (int32_t r = 0; r < 16; r++)
            sums[r] = r < count ? row_sum(delta.values + (row + r) * KernelTile, delta.stride, tiles) : all(0);
        f32x16 folded = fold(sums);
        for (int32_t r = 0; r < count; r++)
            gradient[row + r] = accumulate ? gradient[row + r] + folded[r] : folded[r];
    }
}

/// Sixteen numbers u of `y`, at `place` of a tile, become act′(z) ⊙ u. Where the activation is nearly as steep as it gets,
/// its slope is split into its largest value and what is missing to it: u is given back, and only the rest is added up.
FUNCTION f32x16 bend(Activated at, Panel y, int64_t tile, int64_t place, f32x16 *rest) {
    float *u = y.values + tile * y.stride + place;
    f32x16 x = load(u), slope = load(at.slopes.values + tile * at.slopes.stride + place);
    f32x16 missing = missing_slope(at.kind, load(at.values.values + tile * at.values.stride + place));
    store(u, x * slope);
    i32x16 near = missing < 0.5f * largest_slope(at.kind);
    *rest = fma16(choose(near, -missing, slope), x, *rest);
    return choose(near, x, all(0));
}

/// y = act′(z) ⊙ y, and the sum of that over all samples. Around 0 the slopes of tanh and sigmoid may differ by a
/// millionth from sample to sample: lost in the products, but all that is left of their sum where real and fake cancel.
static void bend_and_sum(Activated at, Panel y, int32_t features, int64_t tiles, float *sums) {
    int64_t half = tiles / 2;
    for (int32_t first = 0; first < features; first += 16) {
        int32_t count = features - first < 16 ? features - first : 16;
        f32x16 steep[16], rest[16];
        for (int32_t f = 0; f < 16; f++) {
            steep[f] = rest[f] = all(0);
            if (f >= count) continue;
            for (int64_t place = (first + f) * KernelTile, end = place + KernelTile; place < end; place += 16) {
                for (int64_t tile = 0; tile < half; tile++)
                    steep[f] += bend(at, y, tile, place, &rest[f]) + bend(at, y, tile + half, place, &rest[f]);
                if (tiles % 2) steep[f] += bend(at, y, tiles - 1, place, &rest[f]);
            }
        }
        f32x16 sum = fma16(fold(steep), all(largest_slope(at.kind)), fold(rest));
        for (int32_t f = 0; f < count; f++) sums[first + f] = sum[f];
    }
}

// MARK: Backward

FUNCTION void product_rows(const int rows, const float *w, int64_t row_stride, int64_t column_stride, int64_t depth,
                           const float *x, int64_t x_stride, float *y, int64_t y_stride, int64_t tiles,
                           int accumulate) {
    for (int64_t tile = 0; tile < tiles; tile++, x += x_stride, y += y_stride) {
        for (int lane = 0; lane < KernelTile; lane += STRIP) {
            float *out = y + lane;
            Block c;
            for (int r = 0; r < rows; r++)
                for (int v = 0; v < VECTORS; v++)
                    c.at[r][v] = accumulate ? load(out + r * KernelTile + 16 * v) : all(0);
            multiply(rows, w, row_stride, column_stride, depth, x + lane, KernelTile, &c);
            for (int r = 0; r < rows; r++)
                for (int v = 0; v < VECTORS; v++) store(out + r * KernelTile + 16 * v, c.at[r][v]);
        }
    }
}

static void product(Matrix w, Panel x, Panel y, int64_t tiles, int32_t accumulate) {
    int64_t most = tiles_at_once(x, tiles);
    for (int64_t first = 0; first < tiles; first += most) {
        int64_t count = tiles - first < most ? tiles - first : most;
        for (int32_t row = 0; row < w.rows; row += ROWS) {
            FOR_ROWS(w.rows - row, product_rows, w.values + row * w.rowStride, w.rowStride, w.columnStride, w.columns,
                     x.values + first * x.stride, x.stride, y.values + first * y.stride + row * KernelTile, y.stride,
                     count, accumulate)
        }
    }
}

FUNCTION void pull_rows(const int rows, const float *w, int64_t row_stride, int64_t column_stride, int64_t depth,
                        const float *x, int64_t x_stride, const float *values, int64_t values_stride, float *y,
                        int64_t y_stride, int64_t tiles, float negative) {
    for (int64_t tile = 0; tile < tiles; tile++, x += x_stride, y += y_stride, values += values_stride) {
        for (int lane = 0; lane < KernelTile; lane += STRIP) {
            // They are needed at the very end, and for large networks come from far away.
            for (int r = 0; r < rows; r++)
                for (int v = 0; v < VECTORS; v++) __builtin_prefetch(values + lane + r * KernelTile + 16 * v);
            Block c;
            for (int r = 0; r < rows; r++)
                for (int v = 0; v < VECTORS; v++) c.at[r][v] = all(0);
            multiply(rows, w, row_stride, column_stride, depth, x + lane, KernelTile, &c);
            for (int r = 0; r < rows; r++)
                for (int v = 0; v < VECTORS; v++) {
                    int64_t place = lane + r * KernelTile + 16 * v;
                    f32x16 d = c.at[r][v];
                    store(y + place, choose(load(values + place) > 0.0f, d, d * negative));
                }
        }
    }
}

static void pull(Matrix w, Panel x, Activated at, Panel y, int64_t tiles, float *sums) {
    if (!is_piecewise_linear(at.kind)) {
        product(w, x, y, tiles, 0);
        if (sums) bend_and_sum(at, y, w.rows, tiles, sums);
        else scale(at, y, y, w.rows, tiles);
        return;
    }
    float negative = negative_slope(at.kind);
    int64_t most = tiles_at_once(x, tiles);
    for (int64_t first = 0; first < tiles; first += most) {
        int64_t count = tiles - first < most ? tiles - first : most;
        for (int32_t row = 0; row < w.rows; row += ROWS) {
            FOR_ROWS(w.rows - row, pull_rows, w.values + row * w.rowStride, w.rowStride, w.columnStride, w.columns,
                     x.values + first * x.stride, x.stride,
                     at.values.values + first * at.values.stride + row * KernelTile, at.values.stride,
                     y.values + first * y.stride + row * KernelTile, y.stride, count, negative)
        }
    }
    if (sums) bias_gradient(y, w.rows, tiles, 0, sums);
}

// MARK: Weight gradients

/// The tile at place i of `tiles`, where each of the first half is followed by its like in the second.
FUNCTION int64_t paired(int64_t i, int64_t tiles) {
    int64_t half = tiles / 2;
    return i < 2 * half ? i / 2 + i % 2 * half : i;
}

/// The sum over all samples of δᵣ xᵢ, for SIDE × SIDE pairs (r, i): one accumulator a pair, folded at the end.
FUNCTION void outer_block(const int rows, const int columns, Panel delta, Panel x, int64_t tiles, float *gradient,
                          int64_t stride, int accumulate) {
    f32x16 sums[16];
    for (int i = 0; i < 16; i++) sums[i] = all(0);
    for (int64_t i = 0; i < tiles; i++) {
        int64_t tile = paired(i, tiles);
        const float *d = delta.values + tile * delta.stride, *in = x.values + tile * x.stride;
        for (int lane = 0; lane < KernelTile; lane += 16) {
            f32x16 xs[SIDE];
            for (int i = 0; i < columns; i++) xs[i] = load(in + i * KernelTile + lane);
            for (int r = 0; r < rows; r++) {
                f32x16 factor = load(d + r * KernelTile + lane);
                for (int i = 0; i < columns; i++) sums[r * SIDE + i] = fma16(factor, xs[i], sums[r * SIDE + i]);
            }
        }
    }
    float folded[16];
    store(folded, fold(sums));
    for (int r = 0; r < rows; r++) {
        float *place = gradient + r * stride;
        for (int i = 0; accumulate && i < columns; i++) folded[r * SIDE + i] += place[i];
        memcpy(place, folded + r * SIDE, (size_t)columns * sizeof(float));
    }
}

#if SIDE == 4
#define FOR_COLUMNS(rows, count, ...)                     \
    switch (count) {                                      \
    case 1: outer_block(rows, 1, __VA_ARGS__); break;     \
    case 2: outer_block(rows, 2, __VA_ARGS__); break;     \
    case 3: outer_block(rows, 3, __VA_ARGS__); break;     \
    default: outer_block(rows, 4, __VA_ARGS__); break;    \
    }
#define FOR_PAIRS(rows, columns, ...)                              \
    switch (rows) {                                                \
    case 1: FOR_COLUMNS(1, columns, __VA_ARGS__) break;            \
    case 2: FOR_COLUMNS(2, columns, __VA_ARGS__) break;            \
    case 3: FOR_COLUMNS(3, columns, __VA_ARGS__) break;            \
    default: FOR_COLUMNS(4, columns, __VA_ARGS__) break;           \
    }
#elif SIDE == 2
#define FOR_COLUMNS(rows, count, ...)                     \
    switch (count) {                                      \
    case 1: outer_block(rows, 1, __VA_ARGS__); break;     \
    default: outer_block(rows, 2, __VA_ARGS__); break;    \
    }
#define FOR_PAIRS(rows, columns, ...)                              \
    switch (rows) {                                                \
    case 1: FOR_COLUMNS(1, columns, __VA_ARGS__) break;            \
    default: FOR_COLUMNS(2, columns, __VA_ARGS__) break;           \
    }
#endif

/// For few inputs: samples along the lanes.
static void outer_by_samples(Panel delta, Panel x, int32_t rows, int32_t columns, int64_t tiles, int32_t accumulate,
                             float *gradient) {
    for (int32_t r = 0; r < rows; r += SIDE) {
        Panel d = {delta.values + r * KernelTile, delta.stride};
        for (int32_t i = 0; i < columns; i += SIDE) {
            Panel in = {x.values + i * KernelTile, x.stride};
            FOR_PAIRS(rows - r, columns - i, d, in, tiles, gradient + r * columns + i, columns, accumulate)
        }
    }
}

/// Sixteen features of sixteen samples, turned into sixteen samples of sixteen features.
FUNCTION void transpose(const float *in, int valid, float *out, int64_t out_stride) {
    f32x16 a[16], b[16];
    for (int i = 0; i < 16; i++) a[i] = i < valid ? load(in + i * KernelTile) : all(0);
    for (int i = 0; i < 8; i++) {
        b[2 * i] = __builtin_shufflevector(a[i], a[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        b[2 * i + 1] =
            __builtin_shufflevector(a[i], a[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    for (int i = 0; i < 8; i++) {
        a[2 * i] = __builtin_shufflevector(b[i], b[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        a[2 * i + 1] =
            __builtin_shufflevector(b[i], b[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    for (int i = 0; i < 8; i++) {
        b[2 * i] = __builtin_shufflevector(a[i], a[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        b[2 * i + 1] =
            __builtin_shufflevector(a[i], a[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    for (int i = 0; i < 8; i++) {
        a[2 * i] = __builtin_shufflevector(b[i], b[i + 8], 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
        a[2 * i + 1] =
            __builtin_shufflevector(b[i], b[i + 8], 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
    }
    for (int i = 0; i < 16; i++) store(out + i * out_stride, a[i]);
}

/// Tiles whose transpose stays in the first-level cache while all rows use it.
enum { Chunk = 4 };

FUNCTION void outer_strip(const int rows, const float *delta, int64_t delta_stride, int64_t first, int64_t count,
                          int64_t tiles, const float *turned, float *gradient, int64_t stride, int valid,
                          int accumulate) {
    Block c;
    float edge[ROWS][STRIP];
    for (int r = 0; r < rows; r++) {
        if (valid < STRIP && accumulate) memcpy(edge[r], gradient + r * stride, (size_t)valid * sizeof(float));
        const float *place = valid < STRIP ? edge[r] : gradient + r * stride;
        for (int v = 0; v < VECTORS; v++) c.at[r][v] = accumulate ? load(place + 16 * v) : all(0);
    }
    for (int64_t t = 0; t < count; t++)
        multiply(rows, delta + paired(first + t, tiles) * delta_stride, KernelTile, 1, KernelTile,
                 turned + t * KernelTile * STRIP, STRIP, &c);
    for (int r = 0; r < rows; r++) {
        float *place = valid < STRIP ? edge[r] : gradient + r * stride;
        for (int v = 0; v < VECTORS; v++) store(place + 16 * v, c.at[r][v]);
        if (valid < STRIP) memcpy(gradient + r * stride, edge[r], (size_t)valid * sizeof(float));
    }
}

/// For many inputs: inputs along the lanes, samples one after the other. Nothing is left to fold.
static void outer_by_inputs(Panel delta, Panel x, int32_t rows, int32_t columns, int64_t tiles, int32_t accumulate,
                            float *gradient) {
    float turned[Chunk * KernelTile * STRIP] __attribute__((aligned(64)));
    for (int64_t tile = 0; tile < tiles; tile += Chunk) {
        int64_t count = tiles - tile < Chunk ? tiles - tile : Chunk;
        for (int32_t column = 0; column < columns; column += STRIP) {
            int32_t valid = columns - column < STRIP ? columns - column : STRIP;
            for (int64_t t = 0; t < count; t++)
                for (int v = 0; v < VECTORS; v++)
                    for (int lane = 0; lane < KernelTile; lane += 16)
                        transpose(x.values + paired(tile + t, tiles) * x.stride + (column + 16 * v) * KernelTile + lane,
                                  valid - 16 * v, turned + (t * KernelTile + lane) * STRIP + 16 * v, STRIP);
            for (int32_t row = 0; row < rows; row += ROWS) {
                FOR_ROWS(rows - row, outer_strip, delta.values + row * KernelTile, delta.stride, tile, count, tiles, turned,
                         gradient + (int64_t)row * columns + column, columns, valid,
                         accumulate || tile > 0)
            }
        }
    }
}

static void weight_gradient(Panel delta, Panel x, int32_t rows, int32_t columns, int64_t tiles, int32_t accumulate,
                            float *gradient) {
    (columns > 16 ? outer_by_inputs : outer_by_samples)(delta, x, rows, columns, tiles, accumulate, gradient);
}
