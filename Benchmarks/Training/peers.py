#!/usr/bin/env python3
"""The same training steps as `ganlab bench`, in JAX, PyTorch and NumPy, where they are installed; one thread each.

    python3 Benchmarks/Training/peers.py [--seconds 3] [--sizes a b c]

Fresh noise and fresh samples for every update, drawn the framework's own way; non-saturating loss on logits. JAX runs
twice: one jitted call a step, and many steps in one call (lax.scan), which is its fastest form. Seconds are processor
time of the process, so that a busy machine blurs little.
"""
import argparse
import os

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"
os.environ["XLA_FLAGS"] = "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
import time

if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})  # Before any library counts the cores.

SIZES = {
    # hidden layers, batch, updates of D, optimizer and learning rate, last activation of G
    "a": dict(hidden=[8, 8], batch=150, k=2, adam=False, rate=0.1, tanh=True, relu=True),
    "b": dict(hidden=[64, 64, 64], batch=512, k=1, adam=True, rate=2e-3, tanh=False, relu=False),
    "c": dict(hidden=[256] * 4, batch=1024, k=1, adam=True, rate=1e-4, tanh=False, relu=False),
}
BETA1, BETA2, EPS = 0.5, 0.999, 1e-8


def measure(run, seconds):
    """Steps a second of `run(count)`."""
    count = 1
    while True:
        start = time.process_time()
        run(count)
        elapsed = time.process_time() - start
        if elapsed >= seconds:
            return count / elapsed
        count = max(count + 1, min(int(count * seconds * 1.1 / max(elapsed, 1e-6)), count * 20))


def jax_peers(size):
    import jax
    import jax.numpy as jnp

    layers = lambda last: [2, *size["hidden"], last]
    act = jax.nn.relu if size["relu"] else (lambda z: jnp.where(z > 0, z, 0.2 * z))

    def init(key, last):
        n = layers(last)
        keys = jax.random.split(key, len(n) - 1)
        return [(jax.random.normal(k, (i, o)) * (2 / (i + o)) ** 0.5, jnp.zeros(o)) for k, i, o in zip(keys, n, n[1:])]

    def mlp(p, x):
        for w, b in p[:-1]:
            x = act(x @ w + b)
        return x @ p[-1][0] + p[-1][1]

    def generate(g, z):
        return jnp.tanh(mlp(g, z)) if size["tanh"] else mlp(g, z)

    def d_loss(d, real, fake):
        return jax.nn.softplus(-mlp(d, real)).mean() + jax.nn.softplus(mlp(d, fake)).mean()

    def g_loss(g, d, z):
        return jax.nn.softplus(-mlp(d, generate(g, z))).mean()

    def update(p, grad, m, v, t):
        tree = jax.tree_util.tree_map
        if not size["adam"]:
            return tree(lambda w, g: w - size["rate"] * g, p, grad), m, v
        m = tree(lambda m, g: BETA1 * m + (1 - BETA1) * g, m, grad)
        v = tree(lambda v, g: BETA2 * v + (1 - BETA2) * g * g, v, grad)
        c1, c2 = 1 - BETA1**t, 1 - BETA2**t
        return tree(lambda w, m, v: w - size["rate"] * (m / c1) / (jnp.sqrt(v / c2) + EPS), p, m, v), m, v

    def sample(key):
        k1, k2 = jax.random.split(key)
        angle = 2 * jnp.pi * jax.random.uniform(k1, (size["batch"],))
        ring = jnp.stack([0.5 + 0.3 * jnp.cos(angle), 0.45 + 0.25 * jnp.sin(angle)], 1)
        return ring + 0.025 * jax.random.normal(k2, (size["batch"], 2))

    def noise(key):
        draw = jax.random.uniform if size["tanh"] else jax.random.normal
        return draw(key, (size["batch"], 2))

    def step(state, _):
        g, d, gm, gv, dm, dv, key, t = state
        for _ in range(size["k"]):
            key, a, b = jax.random.split(key, 3)
            grad = jax.grad(d_loss)(d, sample(a), generate(g, noise(b)))
            d, dm, dv = update(d, grad, dm, dv, t)
        key, a = jax.random.split(key)
        g, gm, gv = update(g, jax.grad(g_loss)(g, d, noise(a)), gm, gv, t)
        return (g, d, gm, gv, dm, dv, key, t + 1), None

    key = jax.random.PRNGKey(0)
    g, d = init(key, 2), init(key, 1)
    zeros = lambda p: jax.tree_util.tree_map(jnp.zeros_like, p)
    start = (g, d, zeros(g), zeros(g), zeros(d), zeros(d), key, jnp.float32(1))
    one = jax.jit(lambda s: step(s, None)[0])
    chunk = 200 if len(size["hidden"]) < 4 else 5
    many = jax.jit(lambda s: jax.lax.scan(step, s, None, length=chunk)[0])

    def run_one(count):
        state = start
        for _ in range(count):
            state = one(state)
        jax.block_until_ready(state)

    def run_many(count):
        state = start
        for _ in range(max(1, round(count / chunk))):
            state = many(state)
        jax.block_until_ready(state)

    run_one(1), run_many(1)
    yield "JAX, jit a step", run_one, 1
    yield "JAX, scan", lambda count: run_many(count * chunk), chunk


def torch_peers(size):
    import torch
    from torch import nn

    torch.set_num_threads(1)
    torch.manual_seed(0)

    def mlp(last, tanh=False):
        n = [2, *size["hidden"], last]
        parts = []
        for i, o in zip(n[:-2], n[1:-1]):
            parts += [nn.Linear(i, o), nn.ReLU() if size["relu"] else nn.LeakyReLU(0.2)]
        parts.append(nn.Linear(n[-2], last))
        return nn.Sequential(*parts, *([nn.Tanh()] if tanh else []))

    g, d = mlp(2, size["tanh"]), mlp(1)
    if size["adam"]:
        make = lambda p: torch.optim.Adam(p, size["rate"], betas=(BETA1, BETA2), eps=EPS)
    else:
        make = lambda p: torch.optim.SGD(p, size["rate"])
    go, do = make(g.parameters()), make(d.parameters())
    noise = torch.rand if size["tanh"] else torch.randn
    batch = size["batch"]

    def real():
        angle = 2 * torch.pi * torch.rand(batch)
        ring = torch.stack([0.5 + 0.3 * torch.cos(angle), 0.45 + 0.25 * torch.sin(angle)], 1)
        return ring + 0.025 * torch.randn(batch, 2)

    def run(count):
        softplus = nn.functional.softplus
        for _ in range(count):
            for _ in range(size["k"]):
                with torch.no_grad():
                    fake = g(noise(batch, 2))
                do.zero_grad()
                (softplus(-d(real())).mean() + softplus(d(fake)).mean()).backward()
                do.step()
            go.zero_grad()
            softplus(-d(g(noise(batch, 2)))).mean().backward()
            go.step()

    run(1)
    yield "PyTorch, eager", run, 1


def numpy_peers(size):
    import numpy as np

    rng = np.random.default_rng(0)
    f32, batch = np.float32, size["batch"]
    slope = f32(0 if size["relu"] else 0.2)

    def init(last):
        n = [2, *size["hidden"], last]
        return [[rng.standard_normal((i, o), f32) * f32((2 / (i + o)) ** 0.5), np.zeros(o, f32)] for i, o in zip(n, n[1:])]

    def forward(p, x, tanh=False):
        values = [x]
        for w, b in p[:-1]:
            z = values[-1] @ w + b
            values.append(np.maximum(z, slope * z))
        z = values[-1] @ p[-1][0] + p[-1][1]
        values.append(np.tanh(z) if tanh else z)
        return values

    def backward(p, values, delta, gradients=True):
        grads = []
        for index in reversed(range(len(p))):
            if gradients:
                grads.append([values[index].T @ delta, delta.sum(0)])
            if index or not gradients:
                delta = delta @ p[index][0].T
            if index:
                delta = delta * np.where(values[index] > 0, f32(1), slope)
        return grads[::-1], delta

    def descend(p, grads, state):
        state["t"] += 1
        for layer, grad, moments in zip(p, grads, state["moments"]):
            for i in range(2):
                if not size["adam"]:
                    layer[i] -= f32(size["rate"]) * grad[i]
                    continue
                m, v = moments[i]
                m += f32(1 - BETA1) * (grad[i] - m)
                v += f32(1 - BETA2) * (grad[i] * grad[i] - v)
                scale = f32(size["rate"] / (1 - BETA1 ** state["t"]))
                layer[i] -= scale * m / (np.sqrt(v * f32(1 / (1 - BETA2 ** state["t"]))) + f32(EPS))

    def fresh(p):
        return {"t": 0, "moments": [[(np.zeros_like(x), np.zeros_like(x)) for x in layer] for layer in p]}

    g, d = init(2), init(1)
    gs, ds = fresh(g), fresh(d)
    sigmoid = lambda x: 1 / (1 + np.exp(-np.clip(x, -80, 80)))
    noise = lambda: rng.random((batch, 2), f32) if size["tanh"] else rng.standard_normal((batch, 2), f32)

    def real():
        angle = f32(2 * np.pi) * rng.random(batch, f32)
        ring = np.stack([f32(0.5) + f32(0.3) * np.cos(angle), f32(0.45) + f32(0.25) * np.sin(angle)], 1)
        return ring + f32(0.025) * rng.standard_normal((batch, 2), f32)

    def run(count):
        for _ in range(count):
            for _ in range(size["k"]):
                both = np.concatenate([real(), forward(g, noise(), size["tanh"])[-1]])
                values = forward(d, both)
                p = sigmoid(values[-1])
                p[:batch] -= 1
                descend(d, backward(d, values, p / f32(batch))[0], ds)
            made = forward(g, noise(), size["tanh"])
            values = forward(d, made[-1])
            _, delta = backward(d, values, (sigmoid(values[-1]) - 1) / f32(batch), gradients=False)
            if size["tanh"]:
                delta = delta * (1 - made[-1] * made[-1])
            descend(g, backward(g, made, delta)[0], gs)

    run(1)
    yield "NumPy", run, 1


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--sizes", nargs="+", default=list(SIZES), choices=list(SIZES))
    options = parser.parse_args()
    for name in options.sizes:
        for peers in (jax_peers, torch_peers, numpy_peers):
            try:
                for label, run, scale in peers(SIZES[name]):
                    print(f"{name}  {label:18s} {scale * measure(run, options.seconds):10.1f} steps/s", flush=True)
            except ImportError as missing:
                print(f"{name}  {missing.name} is not installed")


if __name__ == "__main__":
    main()
