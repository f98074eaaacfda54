// Elementary functions of sixteen numbers, within 3 ulp. Polynomials from Cephes (Moshier). A NaN stays one.

FUNCTION f32x16 load(const float *p) {
    f32x16 v;
    memcpy(&v, p, sizeof v);
    return v;
}

FUNCTION void store(float *p, f32x16 v) { memcpy(p, &v, sizeof v); }

FUNCTION f32x16 all(float x) { return (f32x16)x; }

FUNCTION f32x16 fma16(f32x16 a, f32x16 b, f32x16 c) { return __builtin_elementwise_fma(a, b, c); }

/// Lanes of `a` where the condition (a vector comparison) holds, of `b` elsewhere.
FUNCTION f32x16 choose(i32x16 condition, f32x16 a, f32x16 b) {
    return (f32x16)(((i32x16)a & condition) | ((i32x16)b & ~condition));
}

FUNCTION f32x16 magnitude(f32x16 x) { return (f32x16)((i32x16)x & 0x7fffffff); }

/// The sums of sixteen accumulators, each folded as a tree: lane i with i + 8, then + 4, + 2, + 1.
FUNCTION f32x16 fold(const f32x16 a[16]) {
    f32x16 s8[8], s4[4], s2[2];
    // Each stage halves the lanes of two accumulators at a time and packs them side by side.
    for (int i = 0; i < 8; i++)
        s8[i] = __builtin_shufflevector(a[i], a[i + 8], 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23)
            + __builtin_shufflevector(a[i], a[i + 8], 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
    for (int i = 0; i < 4; i++)
        s4[i] = __builtin_shufflevector(s8[i], s8[i + 4], 0, 1, 2, 3, 16, 17, 18, 19, 8, 9, 10, 11, 24, 25, 26, 27)
            + __builtin_shufflevector(s8[i], s8[i + 4], 4, 5, 6, 7, 20, 21, 22, 23, 12, 13, 14, 15, 28, 29, 30, 31);
    for (int i = 0; i < 2; i++)
        s2[i] = __builtin_shufflevector(s4[i], s4[i + 2], 0, 1, 16, 17, 4, 5, 20, 21, 8, 9, 24, 25, 12, 13, 28, 29)
            + __builtin_shufflevector(s4[i], s4[i + 2], 2, 3, 18, 19, 6, 7, 22, 23, 10, 11, 26, 27, 14, 15, 30, 31);
    return __builtin_shufflevector(s2[0], s2[1], 0, 16, 2, 18, 4, 20, 6, 22, 8, 24, 10, 26, 12, 28, 14, 30)
        + __builtin_shufflevector(s2[0], s2[1], 1, 17, 3, 19, 5, 21, 7, 23, 9, 25, 11, 27, 13, 29, 15, 31);
}

/// eˣ as (1 + m) 2ⁿ, for x in [−87, 88] and with its values at the ends beyond: m is given back, n where a float keeps it.
FUNCTION f32x16 exp_parts16(f32x16 x, i32x16 *n_in_place) {
    x = choose(x < -87.0f, all(-87.0f), x);
    x = choose(x > 88.0f, all(88.0f), x);
    const f32x16 round = all(0x1.8p23f);  // Adding it leaves the nearest integer in the low bits.
    f32x16 shifted = fma16(x, all(1.44269504088896341f), round);
    f32x16 n = shifted - round;
    f32x16 r = fma16(n, all(-0.693359375f), x);
    r = fma16(n, all(2.12194440e-4f), r);
    f32x16 p = all(1.9875691500e-4f);
    p = fma16(p, r, all(1.3981999507e-3f));
    p = fma16(p, r, all(8.3334519073e-3f));
    p = fma16(p, r, all(4.1665795894e-2f));
    p = fma16(p, r, all(1.6666665459e-1f));
    p = fma16(p, r, all(5.0000001201e-1f));
    *n_in_place = (i32x16)shifted << 23;
    return fma16(p * r, r, r);
}

FUNCTION f32x16 exp16(f32x16 x) {
    i32x16 n_in_place;
    f32x16 m = exp_parts16(x, &n_in_place);
    return (f32x16)((i32x16)(m + 1.0f) + n_in_place);
}

/// eˣ − 1, as exact near 0 as elsewhere.
FUNCTION f32x16 expm116(f32x16 x) {
    i32x16 n_in_place;
    f32x16 m = exp_parts16(x, &n_in_place);
    f32x16 power = (f32x16)(n_in_place + 0x3f800000);
    return fma16(m, power, power - 1.0f);
}

/// log x of a normal positive number.
FUNCTION f32x16 log16(f32x16 x) {
    i32x16 shifted = (i32x16)x - 0x3f3504f3;  // So that the mantissa lies in [√½, √2).
    f32x16 exponent = __builtin_convertvector(shifted >> 23, f32x16);
    f32x16 f = (f32x16)((shifted & 0x007fffff) + 0x3f3504f3) - 1.0f;
    f32x16 square = f * f;
    f32x16 p = all(7.0376836292e-2f);
    p = fma16(p, f, all(-1.1514610310e-1f));
    p = fma16(p, f, all(1.1676998740e-1f));
    p = fma16(p, f, all(-1.2420140846e-1f));
    p = fma16(p, f, all(1.4249322787e-1f));
    p = fma16(p, f, all(-1.6668057665e-1f));
    p = fma16(p, f, all(2.0000714765e-1f));
    p = fma16(p, f, all(-2.4999993993e-1f));
    p = fma16(p, f, all(3.3333331174e-1f));
    p = p * f * square;
    p = fma16(exponent, all(-2.12194440e-4f), p);
    p = fma16(square, all(-0.5f), p);
    return fma16(exponent, all(0.693359375f), f + p);
}

/// log(1 + e) for e in [0, 1], as 2 artanh(e / (2 + e)): the series in a number of at most ⅓.
FUNCTION f32x16 log1p16(f32x16 e) {
    f32x16 s = e / (e + 2.0f), square = s * s;
    f32x16 p = all(1.0f / 13);
    p = fma16(p, square, all(1.0f / 11));
    p = fma16(p, square, all(1.0f / 9));
    p = fma16(p, square, all(1.0f / 7));
    p = fma16(p, square, all(1.0f / 5));
    p = fma16(p, square, all(1.0f / 3));
    s += s;
    return fma16(p * square, s, s);
}

/// tanh x for |x| < 0.625.
FUNCTION f32x16 tanh_near16(f32x16 x) {
    f32x16 square = x * x;
    f32x16 p = all(-5.70498872745e-3f);
    p = fma16(p, square, all(2.06390887954e-2f));
    p = fma16(p, square, all(-5.37397155531e-2f));
    p = fma16(p, square, all(1.33314422036e-1f));
    p = fma16(p, square, all(-3.33332819422e-1f));
    return fma16(p * square, x, x);
}

/// tanh x, and its slope 1 − tanh² x, which the value no longer tells where it is nearly 1.
FUNCTION f32x16 tanh16(f32x16 x, f32x16 *slope) {
    f32x16 a = magnitude(x), near = tanh_near16(x);
    f32x16 left = 2.0f / (exp16(a + a) + 1.0f);
    f32x16 far = (f32x16)((i32x16)(1.0f - left) | ((i32x16)x & (int32_t)0x80000000));
    *slope = choose(a < 0.625f, fma16(-near, near, all(1.0f)), left * (2.0f - left));
    return choose(a < 0.625f, near, far);
}

/// p = σ(x), q = σ(−x) and log(1 + eˣ), which share an exponential. Around 0 from the hyperbolic tangent, so that what p
/// and q differ by is exact.
FUNCTION f32x16 logistic16(f32x16 x, f32x16 *q, f32x16 *softplus) {
    f32x16 e = exp16((f32x16)((i32x16)x | (int32_t)0x80000000));
    f32x16 larger = 1.0f / (e + 1.0f), smaller = e * larger;
    f32x16 half = tanh_near16(x * 0.5f) * 0.5f;
    i32x16 near = magnitude(x) < 1.25f;
    *softplus = choose(x > 0.0f, x, all(0)) + log1p16(e);
    *q = choose(near, 0.5f - half, choose(x > 0.0f, smaller, larger));
    return choose(near, 0.5f + half, choose(x > 0.0f, larger, smaller));
}

/// sin x, and cos x. Exact to rounding for |x| < 10⁴; beyond 10⁶ the argument has too few bits for an answer, which
/// then is merely finite.
FUNCTION f32x16 sincos16(f32x16 x, f32x16 *cosine) {
    const f32x16 round = all(0x1.8p23f);
    f32x16 shifted = fma16(x, all(0.636619772367581343f), round);
    f32x16 n = shifted - round;
    f32x16 r = fma16(n, all(-1.57079637050628662109375f), x);
    r = fma16(n, all(4.37113900018624283e-8f), r);
    r = choose(r > 0.8f, all(0.8f), r);
    r = choose(r < -0.8f, all(-0.8f), r);
    f32x16 square = r * r;
    f32x16 s = fma16(square, all(-1.9515295891e-4f), all(8.3321608736e-3f));
    s = fma16(s, square, all(-1.6666654611e-1f));
    s = fma16(s * square, r, r);
    f32x16 c = fma16(square, all(2.443315711809948e-5f), all(-1.388731625493765e-3f));
    c = fma16(c, square, all(4.166664568298827e-2f));
    c = fma16(c * square, square, fma16(square, all(-0.5f), all(1.0f)));
    i32x16 quadrant = (i32x16)shifted;
    i32x16 odd = -(quadrant & 1);  // All ones where sine and cosine change places.
    *cosine = (f32x16)((i32x16)choose(odd, s, c) ^ (((quadrant + 1) & 2) << 30));
    return (f32x16)((i32x16)choose(odd, c, s) ^ ((quadrant & 2) << 30));
}
