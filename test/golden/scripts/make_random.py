"""Writes test/golden/numpy_random.json: draws of NumPy's legacy generator, make_moons and train_test_split.

Needs numpy 1.24 and scikit-learn 1.2.  Every entry is drawn from a fresh RandomState(seed)."""
import json, os
import numpy as np
from sklearn.datasets import make_moons
from sklearn.model_selection import train_test_split

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
R = np.random.RandomState


def plain(v):
    if isinstance(v, dict):
        return {k: plain(x) for k, x in v.items()}
    if isinstance(v, (list, tuple)):
        return [plain(x) for x in v]
    return v.tolist() if isinstance(v, (np.ndarray, np.generic)) else v


def draws(s):
    d = {"raw_uint32": [int(k) for k in R(s)._bit_generator.random_raw(20)],
         "random_sample(20)": R(s).random_sample(20), "rand(20)": R(s).rand(20), "rand(4,5)": R(s).rand(4, 5),
         "randn(20)": R(s).randn(20), "normal(0,1,20)": R(s).normal(0.0, 1.0, 20),
         "normal(3,2.5,20)": R(s).normal(3.0, 2.5, 20), "uniform(-2,3,20)": R(s).uniform(-2.0, 3.0, 20)}
    for lo, hi, text in ((0, 2, "0,2"), (0, 10, "0,10"), (0, 1000, "0,1000"), (-5, 2**31, "-5,2**31"), (0, 2**32, "0,2**32"), (0, 2**40, "0,2**40")):
        d["randint(%s,20)" % text] = R(s).randint(lo, hi, 20)
    a, b = np.arange(20), np.arange(10).reshape(5, 2)
    d["permutation(20)"] = R(s).permutation(20)
    R(s).shuffle(a); d["shuffle(arange(20))"] = a
    d["permutation(1000)[:20]"] = R(s).permutation(1000)[:20]
    R(s).shuffle(b); d["shuffle(arange(10).reshape(5,2)) (rows)"] = b
    r = R(s)
    d["mixed: randn(3), random_sample(2), randn(2), randint(0,10,3), randn(1), permutation(5)"] = [
        r.randn(3), r.random_sample(2), r.randn(2), r.randint(0, 10, 3), r.randn(1), r.permutation(5)]
    r = R(s); r.random_sample(1000)
    d["random_sample after 1000 draws"] = r.random_sample(5)
    return d


moons = lambda **options: dict(zip("Xy", make_moons(n_samples=20, random_state=100, **options)))
train, test = train_test_split(np.arange(1000), test_size=0.1, random_state=42)
with open(os.path.join(HERE, "numpy_random.json"), "w") as f:
    json.dump(plain(dict(
        numpy=np.__version__, note="each entry is drawn from a fresh RandomState(seed)",
        seeds={str(s): draws(s) for s in (0, 1, 2, 42, 100, 5489, 12345, 4294967295)},
        make_moons_20=dict(moons(noise=0.2), without_noise_shuffled=moons(noise=None), without_noise_unshuffled=moons(noise=None, shuffle=False)),
        train_test_split_1000=dict(test_size=0.1, random_state=42, train=train, test=test))), f, separators=(",", ":"))
