// Sines and cosines of angles that come as turns, so that nothing is lost in dividing by 2π.

/// Of a quarter turn × (quadrant + x · 2/π), |x| ≤ π/4.
FUNCTION void sincos_quadrant(u32x16 quadrant, f32x16 x, f32x16 *sine, f32x16 *cosine) {
    f32x16 square = x * x;
    f32x16 s = fma16(square, all(-1.9515295891e-4f), all(8.3321608736e-3f));
    s = fma16(s, square, all(-1.6666654611e-1f));
    s = fma16(s * square, x, x);
    f32x16 c = fma16(square, all(2.443315711809948e-5f), all(-1.388731625493765e-3f));
    c = fma16(c, square, all(4.166664568298827e-2f));
    c = fma16(c * square, square, fma16(square, all(-0.5f), all(1.0f)));
    i32x16 odd = -(i32x16)(quadrant & 1);  // All ones where sine and cosine change places.
    *sine = (f32x16)((u32x16)choose(odd, c, s) ^ ((quadrant & 2) << 30));
    *cosine = (f32x16)((u32x16)choose(odd, s, c) ^ (((quadrant + 1) & 2) << 30));
}

/// Of word / 2³² turns.
FUNCTION void sincos_word(u32x16 word, f32x16 *sine, f32x16 *cosine) {
    u32x16 quadrant = (word + 0x20000000u) >> 30;
    f32x16 rest = __builtin_convertvector((i32x16)(word - (quadrant << 30)), f32x16);
    sincos_quadrant(quadrant, rest * 0x1.921fb6p-30f, sine, cosine);
}

/// Of `turns` turns, |turns| < 10⁵.
FUNCTION void sincos_turns(f32x16 turns, f32x16 *sine, f32x16 *cosine) {
    const f32x16 round = all(0x1.8p23f);  // Adding it leaves the nearest integer in the low bits.
    f32x16 shifted = fma16(turns, all(4), round);
    f32x16 rest = fma16(turns, all(4), round - shifted);
    sincos_quadrant((u32x16)shifted & 3, rest * 0x1.921fb6p+0f, sine, cosine);
}
