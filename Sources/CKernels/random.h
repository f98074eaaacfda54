// Random words and what is made of them, sixteen at a time.

/// A bijective hash of 32 bits of low bias: xor-shift, multiply, twice (Wellons, hash-prospector, 2018).
FUNCTION u32x16 mix(u32x16 x) {
    x ^= x >> 16;
    x *= 0x21f0aaadu;
    x ^= x >> 15;
    x *= 0xd35a2d97u;
    x ^= x >> 15;
    return x;
}

/// Sixteen words: numbers `start` … `start` + 15 of a channel. The key enters twice, so that two streams never meet.
FUNCTION u32x16 words_at(RandomKey key, uint32_t channel, uint32_t start) {
    const u32x16 lanes = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    u32x16 index = lanes + (channel << 24 | start);
    return mix(mix(index * 0x9e3779b9u + key.a) + key.b);
}

/// Uniform on [0, 1).
FUNCTION f32x16 uniform(u32x16 word) {
    return __builtin_convertvector((i32x16)(word >> 8), f32x16) * 0x1p-24f;
}

/// Uniform on (0, 1], finer towards 0.
FUNCTION f32x16 positive_uniform(u32x16 word) {
    return fma16(__builtin_convertvector((i32x16)(word >> 1), f32x16), all(0x1p-31f), all(0x1p-32f));
}

/// Two independent standard normals (Box and Muller 1958).
FUNCTION void normals(u32x16 radius, u32x16 angle, f32x16 *first, f32x16 *second) {
    f32x16 r = __builtin_elementwise_sqrt(log16(positive_uniform(radius)) * -2.0f);
    f32x16 sine, cosine;
    sincos_word(angle, &sine, &cosine);
    *first = r * cosine;
    *second = r * sine;
}

/// GAN Lab's noise, by the inverse of its distribution function: 0.5 + 0.25 √2 erf⁻¹(w), |w| < erf √2
/// (Giles 2010, Approximating the erfinv function, the central branch, which covers all of this range).
FUNCTION f32x16 truncated(u32x16 word) {
    f32x16 w = __builtin_convertvector((i32x16)word, f32x16) * (0x1p-31f * 0.954499736f);
    f32x16 t = -log16(fma16(-w, w, all(1.0f))) - 2.5f;
    f32x16 p = all(2.81022636e-08f);
    p = fma16(p, t, all(3.43273939e-07f));
    p = fma16(p, t, all(-3.5233877e-06f));
    p = fma16(p, t, all(-4.39150654e-06f));
    p = fma16(p, t, all(0.00021858087f));
    p = fma16(p, t, all(-0.00125372503f));
    p = fma16(p, t, all(-0.00417768164f));
    p = fma16(p, t, all(0.246640727f));
    p = fma16(p, t, all(1.50140941f));
    return fma16(p * w, all(0.353553391f), all(0.5f));
}

/// See `Samplers.numbers`.
static void fill_numbers(int32_t distribution, RandomKey key, int64_t first, int64_t tiles, int64_t channels,
                         int64_t stride, float *out) {
    for (int64_t tile = 0; tile < tiles; tile++) {
        uint32_t start = (uint32_t)(first + tile) * SamplerTile;
        for (int64_t channel = 0; channel < channels; channel++) {
            u32x16 low = words_at(key, (uint32_t)channel, start), high = words_at(key, (uint32_t)channel, start + 16);
            f32x16 left, right;
            if (distribution == SamplerUniform) {
                left = uniform(low), right = uniform(high);
            } else if (distribution == SamplerNormal) {
                normals(low, high, &left, &right);
            } else {
                left = truncated(low), right = truncated(high);
            }
            store(out + tile * stride + channel * SamplerTile, left);
            store(out + tile * stride + channel * SamplerTile + 16, right);
        }
    }
}

/// See `Samplers.words`.
static void fill_words(RandomKey key, int64_t count, uint32_t *out) {
    for (int64_t start = 0; start < count; start += 16) {
        u32x16 words = words_at(key, 0, (uint32_t)start);
        int64_t left = count - start;
        memcpy(out + start, &words, (size_t)(left < 16 ? left : 16) * sizeof(uint32_t));
    }
}
