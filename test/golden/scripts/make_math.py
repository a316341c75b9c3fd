"""Writes test/golden/math.json: inputs and true values of the elementary functions, by mpmath with 60 digits.

For each function and precision three base64 arrays, little-endian: `x` (inputs), `y` (true values rounded to the
precision, ties to even) and `r` (int8: (true − y) / ulp(y) · 254, so that a test can tell 0.502 ulp from 0.498).
float64 inputs and values are float64, float32 ones float32.
Run: python make_math.py [output.json [inputs per function]]   (needs mpmath and numpy; a few seconds)
"""
import base64
import json
import pathlib
import sys

import mpmath as mp
import numpy as np

mp.mp.dps = 60

FORMATS = {
    "float64": dict(type=np.float64, bits=53, lowest=-1074, highest=1024, uint=np.uint64),
    "float32": dict(type=np.float32, bits=24, lowest=-149, highest=128, uint=np.uint32),
}

TRUE = {
    "exp": mp.exp,
    "log": mp.log,
    "tanh": mp.tanh,
    "sigmoid": lambda x: 1 / (1 + mp.exp(-x)) if x >= 0 else mp.exp(x) / (1 + mp.exp(x)),
    "softplus": lambda x: x + mp.log1p(mp.exp(-x)) if x > 0 else mp.log1p(mp.exp(x)),
    "sin": mp.sin,
    "cos": mp.cos,
    "erf": mp.erf,
}


def round_to(value, form):
    """(nearest number of the format, residual in ulp of that number)."""
    if value == 0:
        return 0.0, 0.0
    # Far outside the format, where whole numbers of ulp would have astronomically many digits.
    if abs(value) > mp.mpf(2) ** (form["highest"] + 1):
        return float(mp.sign(value)) * float("inf"), 0.0
    if abs(value) < mp.mpf(2) ** (form["lowest"] - 20):
        return 0.0, 0.0
    exponent = int(mp.floor(mp.log(abs(value), 2)))
    while mp.mpf(2) ** exponent > abs(value):
        exponent -= 1
    while mp.mpf(2) ** (exponent + 1) <= abs(value):
        exponent += 1
    ulp = mp.mpf(2) ** max(exponent - form["bits"] + 1, form["lowest"])
    steps = mp.nint(value / ulp)  # ties to even
    nearest = steps * ulp
    if abs(nearest) >= mp.mpf(2) ** form["highest"]:
        return float(mp.sign(nearest)) * float("inf"), 0.0
    if abs(nearest) == mp.mpf(2) ** (exponent + 1):
        ulp = mp.mpf(2) ** max(exponent + 1 - form["bits"] + 1, form["lowest"])
    return float(nearest), float((value - nearest) / ulp)


def every_magnitude(rng, form, n, positive=False):
    """Uniform over bit patterns of finite numbers: all exponents, denormals included."""
    kind = form["type"]
    top = int(np.array([np.inf], kind).view(form["uint"])[0])
    values = rng.integers(0, top, n, dtype=form["uint"]).view(kind)
    return values if positive else values * rng.choice([-1, 1], n).astype(kind)


def around(points, form, width=2):
    """Each point rounded to the format and its neighbours."""
    kind = form["type"]
    result = []
    for p in points:
        up = down = kind(p)
        result.append(up)
        for _ in range(width):
            up, down = np.nextafter(up, kind(np.inf)), np.nextafter(down, kind(-np.inf))
            result += [up, down]
    return np.array(result, kind)


def inputs(name, dtype, rng, n):
    form = FORMATS[dtype]
    kind = form["type"]
    tiny = 2.0 ** (-1022 if dtype == "float64" else -126)
    uniform = lambda lo, hi, count: rng.uniform(lo, hi, count).astype(kind)
    small = (rng.choice([-1, 1], n // 8) * 2.0 ** rng.uniform(-30, 1, n // 8)).astype(kind)
    if name == "log":
        return np.concatenate([
            every_magnitude(rng, form, n // 4, positive=True),
            uniform(0.5, 2, n // 4),
            (1 + (rng.choice([-1, 1], n // 4) * 2.0 ** rng.uniform(-25, -2, n // 4))).astype(kind),
            uniform(0, 1, n // 8),
            uniform(0, tiny, n // 16),
            around([1, 2, 0.5, 2**0.5, 0.5**0.5, tiny], form),
            np.array([np.finfo(kind).max], kind),
        ])
    overflow = float(mp.log(mp.mpf(2) ** form["highest"]))
    zero = float(mp.log(mp.mpf(2) ** form["lowest"]))
    if name in ("exp", "sigmoid", "softplus"):
        boundaries = [(k + 0.5) * float(mp.log(2)) for k in range(-60, 60)]
        return np.concatenate([
            uniform(zero - 1, overflow, n // 4),
            uniform(-3, 3, n // 4),
            uniform(-40, 40, n // 8),
            uniform(zero - 1, zero + form["bits"], n // 16),
            small,
            every_magnitude(rng, form, n // 32),
            around([0, overflow, zero, zero - float(mp.log(2)), float(mp.log(tiny)), 1, -1], form),
            around(boundaries, form, 1),
        ])
    if name in ("tanh", "erf"):
        return np.concatenate([
            uniform(-3, 3, n // 2),
            uniform(-21, 21, n // 8),
            small,
            every_magnitude(rng, form, n // 16),
            around([0, 1, -1, 0.25, 0.5, 4, 6, 9, 19] + [(k + 0.5) * float(mp.log(2)) / 2 for k in range(20)], form),
        ])
    quarters = rng.integers(1, 63662, n // 4)
    bits = 2.0 ** rng.uniform(-20, np.log2(1e5), n // 8)
    return np.concatenate([
        uniform(-10, 10, n // 4),
        uniform(-1e5, 1e5, n // 8),
        np.array([float(mp.pi / 2 * int(q)) for q in quarters], kind),  # the numbers nearest to multiples of pi/2
        np.array([float(mp.pi / 4 * int(2 * q - 1)) for q in quarters[: n // 16]], kind),
        bits.astype(kind),
        small,
        around([0, float(mp.pi / 4), float(mp.pi / 2), float(mp.pi), float(mp.pi) * 3], form, 3),
        np.array([-1e5, 1e5], kind),
    ])


def encode(array):
    return base64.b64encode(array.tobytes()).decode()


def main():
    target = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else pathlib.Path(__file__).parent.parent / "math.json"
    count = int(sys.argv[2]) if len(sys.argv) > 2 else None
    rng = np.random.default_rng(20240229)
    golden = {}
    for name, true in TRUE.items():
        golden[name] = {}
        for dtype, form in FORMATS.items():
            x = inputs(name, dtype, rng, count or (1600 if dtype == "float64" else 2000)).astype(form["type"])
            x = x[np.isfinite(x)]
            pairs = [round_to(true(mp.mpf(float(v))), form) for v in x]
            y = np.array([p[0] for p in pairs])
            assert np.all(y.astype(form["type"]).astype(np.float64) == y)
            residual = np.array([round(p[1] * 254) for p in pairs], np.int8)
            golden[name][dtype] = {"x": encode(x), "y": encode(y.astype(form["type"])), "r": encode(residual)}
    target.write_text(json.dumps(golden, indent=1) + "\n")


if __name__ == "__main__":
    main()
