// Sums of Gaussians at many points: the density of a mixture, or of anything smeared, or a kernel estimate.

/// See `Samplers.density`.
static void fill_density(const GaussianTerm *sum, int64_t terms, const float *x, const float *y, int64_t points,
                         float *out) {
    for (int64_t point = 0; point < points; point += 16) {
        f32x16 px = load(x + point), py = load(y + point), total = load(out + point);
        for (int64_t term = 0; term < terms; term++) {
            GaussianTerm g = sum[term];
            f32x16 dx = px - g.x, dy = py - g.y;
            f32x16 square = fma16(fma16(dx, all(g.xx), dy * g.xy), dx, dy * dy * g.yy);
            total = fma16(exp16(-square), all(g.weight), total);
        }
        store(out + point, total);
    }
}
