// Activation functions: value, slope and curvature side by side.

/// Negative numbers are multiplied by this in the piecewise linear ones.
FUNCTION float negative_slope(int32_t kind) {
    return kind == KernelReLU ? 0.0f : kind == KernelLeakyReLU ? 0.2f : 1.0f;
}

FUNCTION int is_piecewise_linear(int32_t kind) { return kind <= KernelLeakyReLU; }

/// Whether the slope has to be kept, because the value does not tell it (precisely).
FUNCTION int keeps_slope(int32_t kind) { return kind == KernelSoftplus || kind == KernelSine; }

/// act(z), and act′(z) for those that keep it.
FUNCTION f32x16 activate(int32_t kind, f32x16 z, f32x16 *slope) {
    switch (kind) {
    case KernelTanh: return tanh16(z);
    case KernelSigmoid: return sigmoid16(z);
    case KernelELU: return choose(z > 0.0f, z, exp16(choose(z > 0.0f, all(0), z)) - 1.0f);
    case KernelSoftplus: {
        f32x16 value;
        *slope = sigmoid_softplus16(z, &value);
        return value;
    }
    case KernelSine: return sincos16(z, slope);
    default: return choose(z > 0.0f, z, z * negative_slope(kind));
    }
}

/// act′(z), told from a = act(z) or kept.
FUNCTION f32x16 slope_at(int32_t kind, const float *values, const float *slopes) {
    if (keeps_slope(kind)) return load(slopes);
    f32x16 a = load(values);
    switch (kind) {
    case KernelTanh: return fma16(-a, a, all(1.0f));
    case KernelSigmoid: return fma16(-a, a, a);
    case KernelELU: return choose(a > 0.0f, all(1.0f), a + 1.0f);
    default: return choose(a > 0.0f, all(1.0f), all(negative_slope(kind)));
    }
}

/// act″(z).
FUNCTION f32x16 curvature_at(int32_t kind, const float *values, const float *slopes) {
    f32x16 a = load(values);
    f32x16 slope = slope_at(kind, values, slopes);
    switch (kind) {
    case KernelTanh: return -2.0f * a * slope;
    case KernelSigmoid: return slope * (1.0f - 2.0f * a);
    case KernelELU: return choose(a > 0.0f, all(0), slope);
    case KernelSoftplus: return slope * (1.0f - slope);
    case KernelSine: return -a;
    default: return all(0);
    }
}

// MARK: Over a panel

static void scale(Activated at, Panel x, Panel y, int32_t features, int64_t tiles) {
    for (int64_t tile = 0; tile < tiles; tile++) {
        const float *in = x.values + tile * x.stride;
        const float *values = at.values.values + tile * at.values.stride;
        const float *slopes = at.slopes.values + tile * at.slopes.stride;
        float *out = y.values + tile * y.stride;
        for (int64_t i = 0; i < features * KernelTile; i += 16)
            store(out + i, load(in + i) * slope_at(at.kind, values + i, slopes + i));
    }
}

static void curve(Activated at, Panel u, Panel v, Panel y, int32_t features, int64_t tiles) {
    if (is_piecewise_linear(at.kind)) return;
    for (int64_t tile = 0; tile < tiles; tile++) {
        const float *first = u.values + tile * u.stride, *second = v.values + tile * v.stride;
        const float *values = at.values.values + tile * at.values.stride;
        const float *slopes = at.slopes.values + tile * at.slopes.stride;
        float *out = y.values + tile * y.stride;
        for (int64_t i = 0; i < features * KernelTile; i += 16) {
            f32x16 bend = curvature_at(at.kind, values + i, slopes + i) * load(first + i);
            store(out + i, fma16(bend, load(second + i), load(out + i)));
        }
    }
}
