// Samples of the targets, sixteen at a time. Every shape draws its own words: channel 0 chooses a part, channel 1 a
// place along it, channels 2 and 3 make two normals.

FUNCTION void jitter(RandomKey key, uint32_t start, f32x16 *first, f32x16 *second) {
    normals(words_at(key, 2, start), words_at(key, 3, start), first, second);
}

FUNCTION void add_spread(const Shape *s, RandomKey key, uint32_t start, f32x16 *x, f32x16 *y) {
    f32x16 first, second;
    jitter(key, start, &first, &second);
    *x = fma16(first, all(s->spread), *x);
    *y = fma16(second, all(s->spread), *y);
}

// MARK: Tables

/// An entry's numbers, for sixteen samples.
typedef struct {
    f32x16 x, y, dx, dy, xx, yx, yy;
    i32x16 label;
} Entries;

/// Walker's alias method picks the entry: the first bits of a word choose the slot, the others decide within it.
/// This way for up to four slots, by comparing with each: nothing leaves the registers.
FUNCTION Entries pick_of_few(const Shape *s, u32x16 slot, u32x16 rest) {
    u32x16 threshold = 0, first = 0, second = 0;
    for (uint32_t j = 0; j < 1u << s->bits; j++) {
        u32x16 here = (u32x16)(slot == j);
        threshold |= here & s->slots[j].threshold;
        first |= here & s->slots[j].entries[0];
        second |= here & s->slots[j].entries[1];
    }
    u32x16 keep = (u32x16)(rest < threshold), entry = (first & keep) | (second & ~keep);
    Entries e = {0};
    for (uint32_t j = 0; j < s->count; j++) {
        i32x16 here = entry == j;
        ShapeEntry o = s->entries[j];
        e.x = choose(here, all(o.x), e.x), e.y = choose(here, all(o.y), e.y);
        e.dx = choose(here, all(o.dx), e.dx), e.dy = choose(here, all(o.dy), e.dy);
        e.xx = choose(here, all(o.xx), e.xx), e.yx = choose(here, all(o.yx), e.yx);
        e.yy = choose(here, all(o.yy), e.yy), e.label |= here & o.label;
    }
    return e;
}

typedef float f32x4 __attribute__((ext_vector_type(4)));

#define CONCAT(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7)
#define CONCAT_LONG(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
#define INTERLEAVE_LOW(a, b) __builtin_shufflevector(a, b, 0, 16, 1, 17, 4, 20, 5, 21, 8, 24, 9, 25, 12, 28, 13, 29)
#define INTERLEAVE_HIGH(a, b) __builtin_shufflevector(a, b, 2, 18, 3, 19, 6, 22, 7, 23, 10, 26, 11, 27, 14, 30, 15, 31)

/// Four neighbouring numbers at each of sixteen offsets, one vector for each of the four: a transpose by shuffles,
/// several times faster than gathering.
FUNCTION void columns(const float *base, const uint32_t offsets[16], f32x16 out[4]) {
    f32x16 rows[4];
    for (int i = 0; i < 4; i++) {
        f32x4 q[4];
        for (int j = 0; j < 4; j++) memcpy(&q[j], base + offsets[i + 4 * j], sizeof q[j]);
        rows[i] = CONCAT_LONG(CONCAT(q[0], q[1]), CONCAT(q[2], q[3]));
    }
    f32x16 even = INTERLEAVE_LOW(rows[0], rows[2]), odd = INTERLEAVE_LOW(rows[1], rows[3]);
    out[0] = INTERLEAVE_LOW(even, odd), out[1] = INTERLEAVE_HIGH(even, odd);
    even = INTERLEAVE_HIGH(rows[0], rows[2]), odd = INTERLEAVE_HIGH(rows[1], rows[3]);
    out[2] = INTERLEAVE_LOW(even, odd), out[3] = INTERLEAVE_HIGH(even, odd);
}

/// The same through memory, for tables of any size.
FUNCTION Entries pick_of_many(const Shape *s, u32x16 slot, u32x16 rest) {
    uint32_t slots[16], rests[16], offsets[16];
    memcpy(slots, &slot, sizeof slots);
    memcpy(rests, &rest, sizeof rests);
    for (int lane = 0; lane < 16; lane++) {
        ShapeSlot at = s->slots[slots[lane]];
        offsets[lane] = at.entries[rests[lane] >= at.threshold] * (uint32_t)(sizeof(ShapeEntry) / sizeof(float));
    }
    f32x16 place[4], spread[4];
    columns(&s->entries->x, offsets, place);
    columns(&s->entries->xx, offsets, spread);
    return (Entries){place[0], place[1], place[2], place[3], spread[0], spread[1], spread[2], (i32x16)spread[3]};
}

FUNCTION i32x16 place(const Shape *s, Entries e, RandomKey key, uint32_t start, f32x16 *x, f32x16 *y) {
    f32x16 first, second;
    jitter(key, start, &first, &second);
    *x = fma16(first, e.xx, e.x);
    *y = fma16(second, e.yy, fma16(first, e.yx, e.y));
    if (s->segments) {
        f32x16 t = uniform(words_at(key, 1, start));
        *x = fma16(t, e.dx, *x);
        *y = fma16(t, e.dy, *y);
    }
    return e.label;
}

FUNCTION i32x16 small_table(const Shape *s, RandomKey key, uint32_t start, f32x16 *x, f32x16 *y) {
    u32x16 word = words_at(key, 0, start);
    Entries e = pick_of_few(s, word >> (uint32_t)(32 - s->bits), word << (uint32_t)s->bits);
    return place(s, e, key, start, x, y);
}

FUNCTION i32x16 table(const Shape *s, RandomKey key, uint32_t start, f32x16 *x, f32x16 *y) {
    u32x16 word = words_at(key, 0, start);
    Entries e = pick_of_many(s, word >> (uint32_t)(32 - s->bits), word << (uint32_t)s->bits);
    return place(s, e, key, start, x, y);
}

// MARK: Formulas

FUNCTION i32x16 ellipse(const Shape *s, RandomKey key, uint32_t start, f32x16 *x, f32x16 *y) {
    f32x16 sine, cosine;
    sincos_word(words_at(key, 1, start), &sine, &cosine);
    *x = fma16(cosine, all(s->a), all(s->c));
    *y = fma16(sine, all(s->b), all(s->d));
    add_spread(s, key, start, x, y);
    return (i32x16)0;
}

FUNCTION i32x16 moons(const Shape *s, RandomKey key, uint32_t start, f32x16 *x, f32x16 *y) {
    f32x16 sine, cosine;
    u32x16 lower = words_at(key, 0, start) >> 31;
    sincos_word(words_at(key, 1, start) >> 1, &sine, &cosine);
    // The upper moon; the lower one is its reflection in the point (½, ¼), which becomes the origin.
    u32x16 sign = lower << 31;
    *x = (f32x16)((u32x16)((cosine - 0.5f) * s->a) ^ sign);
    *y = (f32x16)((u32x16)((sine - 0.25f) * s->a) ^ sign);
    add_spread(s, key, start, x, y);
    return (i32x16)lower;
}

/// Nearly uniform along its length, because the length grows as the square of the angle.
FUNCTION i32x16 spiral(const Shape *s, RandomKey key, uint32_t start, f32x16 *x, f32x16 *y) {
    f32x16 t = __builtin_elementwise_sqrt(uniform(words_at(key, 1, start))), sine, cosine;
    sincos_turns(t * s->b, &sine, &cosine);
    f32x16 radius = fma16(t, all(0.9f), all(0.1f)) * s->a;
    *x = radius * cosine;
    *y = radius * sine;
    add_spread(s, key, start, x, y);
    return (i32x16)0;
}

FUNCTION i32x16 s_curve(const Shape *s, RandomKey key, uint32_t start, f32x16 *x, f32x16 *y) {
    u32x16 word = words_at(key, 1, start);
    f32x16 turns = __builtin_convertvector((i32x16)word, f32x16) * (0.75f * 0x1p-31f), sine, cosine;
    sincos_turns(turns, &sine, &cosine);
    *x = sine * s->a;
    *y = (f32x16)((u32x16)((cosine - 1.0f) * s->a) ^ (word & 0x80000000u));
    add_spread(s, key, start, x, y);
    return (i32x16)(word >> 31);
}

FUNCTION i32x16 checkerboard(const Shape *s, RandomKey key, uint32_t start, f32x16 *x, f32x16 *y) {
    i32x16 cell = (i32x16)(words_at(key, 0, start) >> 29);
    i32x16 row = cell >> 1, column = ((cell & 1) << 1) + (row & 1);
    f32x16 side = all(s->a * 0.5f);
    f32x16 across = uniform(words_at(key, 1, start)), up = uniform(words_at(key, 2, start));
    *x = fma16(across + __builtin_convertvector(column, f32x16), side, all(-s->a));
    *y = fma16(up + __builtin_convertvector(row, f32x16), side, all(-s->a));
    return cell;
}

FUNCTION i32x16 pinwheel(const Shape *s, RandomKey key, uint32_t start, f32x16 *x, f32x16 *y) {
    f32x16 along, across, sine, cosine;
    f32x16 arm = __builtin_elementwise_trunc(uniform(words_at(key, 0, start)) * 5.0f);
    jitter(key, start, &along, &across);
    along = fma16(along, all(s->b), all(s->a));
    across = across * s->spread;
    f32x16 radius = __builtin_elementwise_sqrt(fma16(along, along, across * across));
    sincos_turns(fma16(radius, all(s->c), arm * 0.2f), &sine, &cosine);
    *x = fma16(along, cosine, -(across * sine));
    *y = fma16(along, sine, across * cosine);
    return __builtin_convertvector(arm, i32x16);
}

FUNCTION i32x16 disk(const Shape *s, RandomKey key, uint32_t start, f32x16 *x, f32x16 *y) {
    f32x16 sine, cosine;
    f32x16 radius = __builtin_elementwise_sqrt(uniform(words_at(key, 0, start))) * s->a;
    sincos_word(words_at(key, 1, start), &sine, &cosine);
    *x = radius * cosine;
    *y = radius * sine;
    return (i32x16)0;
}

typedef i32x16 (*ShapeFunction)(const Shape *s, RandomKey key, uint32_t start, f32x16 *x, f32x16 *y);

FUNCTION void fill_shape(ShapeFunction shape, const Shape *s, RandomKey key, int64_t first, int64_t tiles,
                         int64_t stride, float *out, int32_t *labels) {
    for (int64_t tile = 0; tile < tiles; tile++, out += stride) {
        for (int half = 0; half < SamplerTile; half += 16) {
            f32x16 x, y;
            i32x16 label = shape(s, key, (uint32_t)(first + tile) * SamplerTile + (uint32_t)half, &x, &y);
            store(out + half, x);
            store(out + half + SamplerTile, y);
            if (labels) memcpy(labels + tile * SamplerTile + half, &label, sizeof label);
        }
    }
}

/// See `Samplers.target`.
static void fill_target(const Shape *s, RandomKey key, int64_t first, int64_t tiles, int64_t stride, float *out,
                        int32_t *labels) {
    switch (s->shape) {
    case ShapeTable:
        if (s->bits <= 2) {
            fill_shape(small_table, s, key, first, tiles, stride, out, labels);
        } else {
            fill_shape(table, s, key, first, tiles, stride, out, labels);
        }
        return;
    case ShapeEllipse: fill_shape(ellipse, s, key, first, tiles, stride, out, labels); return;
    case ShapeMoons: fill_shape(moons, s, key, first, tiles, stride, out, labels); return;
    case ShapeSpiral: fill_shape(spiral, s, key, first, tiles, stride, out, labels); return;
    case ShapeSCurve: fill_shape(s_curve, s, key, first, tiles, stride, out, labels); return;
    case ShapeCheckerboard: fill_shape(checkerboard, s, key, first, tiles, stride, out, labels); return;
    case ShapePinwheel: fill_shape(pinwheel, s, key, first, tiles, stride, out, labels); return;
    case ShapeDisk: fill_shape(disk, s, key, first, tiles, stride, out, labels); return;
    }
}
