"""Writes test/golden/data.json and test/golden/data/*.mat: what the data sources and the generator are compared with.

Needs numpy 1.24, scipy 1.10, scikit-learn 1.2.  Run from anywhere: python make_data.py"""
import hashlib, json, os, struct
import numpy as np
from scipy.io import savemat
from sklearn.datasets import load_iris, make_blobs, make_circles, make_moons
from sklearn.model_selection import train_test_split
from sklearn.preprocessing import MinMaxScaler, StandardScaler
from sklearn.utils import shuffle

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
FILES = os.path.join(HERE, "data")


def plain(v):
    if isinstance(v, dict):
        return {k: plain(x) for k, x in v.items()}
    if isinstance(v, (list, tuple)):
        return [plain(x) for x in v]
    return v.tolist() if isinstance(v, (np.ndarray, np.generic)) else v


def points(xy):
    return dict(x=xy[0], y=xy[1])


def choices():
    p = [0.1, 0.0, 0.3, 0.2, 0.4]
    out = []
    for seed in (0, 1, 42):
        r = lambda: np.random.RandomState(seed)
        out.append(dict(seed=seed, p=p, replace=r().choice(10, 12), unique=r().choice(10, 6, replace=False),
                        weighted=r().choice(5, 12, p=p), weighted_unique=r().choice(5, 4, replace=False, p=p)))
    return out


def states():
    r = np.random.RandomState(9)
    r.randn(5)
    _, key, pos, has, kept = r.get_state()
    return dict(seed=9, drawn="randn(5)", key=key, position=pos, has=has, kept=kept, next=r.randn(4))


def wide():
    """Spans around 2**32, and the widest that float64 integers allow."""
    r = lambda: np.random.RandomState(6)
    return [dict(low=lo, high=hi, values=r().randint(lo, hi, 8, dtype=np.int64))
            for lo, hi in ((0, 2**32 - 1), (0, 2**32), (0, 2**32 + 1), (-2**31, 2**31), (-3, 2**33 - 3), (-2**52, 2**52), (7, 8))]


def normals():
    """The first normals of seed 0 as one hash and as sums that show where a port drifts; the whole list is 1.4 MB."""
    g = np.random.RandomState(0).randn(174690)
    return dict(count=len(g), every_1000th=g[::1000], sum=float(np.sum(g)))


def splits():
    out = []
    for n, size, seed in ((10, 0.25, 0), (11, 0.25, 3), (150, 30, 7), (7, 0.5, 1)):
        tr, te = train_test_split(np.arange(n), test_size=size, random_state=seed)
        tr0, te0 = train_test_split(np.arange(n), test_size=size, shuffle=False)
        out.append(dict(n=n, size=size, seed=seed, train=tr, test=te, train_unshuffled=tr0, test_unshuffled=te0))
    return out


def scalers():
    x = np.round(np.random.RandomState(5).normal(3, 10, (7, 3)), 3)
    x[:, 2] = 0.1
    s, m = StandardScaler().fit(x), MinMaxScaler().fit(x)
    return dict(x=x, standard=s.transform(x), mean=s.mean_, deviation=s.scale_, range=m.transform(x))


def big_endian(path, name, values):
    """A level 5 file in the other byte order (SciPy writes the machine's own): one double matrix, stored as int16."""
    pad = lambda b: b + b"\0" * (-len(b) % 8)
    tag = lambda kind, b: struct.pack(">ii", kind, len(b)) + pad(b)
    small = lambda kind, b: struct.pack(">hh", len(b), kind) + b + b"\0" * (4 - len(b))
    v = np.asarray(values)
    body = (tag(6, struct.pack(">II", 6, 0)) + tag(5, struct.pack(">ii", *v.shape)) + small(1, name.encode())
            + tag(3, v.astype(">i2").tobytes(order="F")))
    with open(path, "wb") as f:
        f.write(b"MATLAB 5.0 MAT-file, big-endian".ljust(124) + struct.pack(">h", 0x0100) + b"MI" + tag(14, body))


def mats():
    os.makedirs(FILES, exist_ok=True)
    r = np.random.RandomState(4)
    images = np.round(r.rand(12, 400), 2)
    digits = dict(X=images, y=np.array([[10], [1], [2], [3], [4], [5], [6], [7], [8], [9], [10], [3]], dtype=np.uint8))
    kinds = {t: np.array([[1, 2, 3], [4, 5, 100]], dtype=t) for t in
             ("float64", "float32", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64")}
    kinds["int8"][0, 0] = -128; kinds["uint32"][0, 0] = 4294967295; kinds["int64"][0, 0] = -2**53 + 1; kinds["float32"][0, 0] = 0.1
    other = dict(text="a word", list=np.array([1, "b"], dtype=object), point=dict(a=1), z=np.array([[1 + 2j]]),
                 cube=np.arange(24.0).reshape(2, 3, 4), logical=np.array([[True, False]]), number=2.5, empty=np.zeros((0, 3)))
    for name, variables, packed in (("digits", digits, False), ("digits-packed", digits, True), ("kinds", kinds, True), ("other", other, False)):
        savemat(os.path.join(FILES, name + ".mat"), variables, do_compression=packed)
        # SciPy writes the time into the header, MATLAB too; a fixed one keeps the file the same at every run.
        with open(os.path.join(FILES, name + ".mat"), "r+b") as f:
            f.write(b"MATLAB 5.0 MAT-file, written by SciPy for tests".ljust(116))
    big_endian(os.path.join(FILES, "big-endian.mat"), "M", [[1, -2, 3], [4, 5, -600]])
    return dict(X=images, y=np.ravel(digits["y"]) % 10, kinds={k: dict(data=v.ravel(order="F").astype(float)) for k, v in kinds.items()},
                cube=other["cube"].ravel(order="F"))


def iris():
    d = load_iris()
    return dict(x=d.data, y=d.target)


a = np.arange(8)
sa, sb = shuffle(a, np.stack([a, -a], 1), random_state=13)
with open(os.path.join(HERE, "data.json"), "w") as f:
    json.dump(plain(dict(
        moons=[dict(samples=n, noise=s, shuffle=m, seed=k, **points(make_moons(n, noise=s, shuffle=m, random_state=k)))
               for n, s, m, k in ((31, 0.1, True, 3), (8, None, False, 0), (3, None, True, 1), (200, 0.2, True, 100))],
        circles=[dict(samples=n, noise=s, shuffle=m, seed=k, factor=c, **points(make_circles(n, noise=s, shuffle=m, random_state=k, factor=c)))
                 for n, s, m, k, c in ((31, 0.1, True, 3, 0.5), (8, None, False, 0, 0.8))],
        blobs=[dict(samples=n, centers=c, deviation=d, shuffle=m, seed=k, **points(make_blobs(n, centers=c, cluster_std=d, shuffle=m, random_state=k)))
               for n, c, d, m, k in ((20, 3, 1.0, True, 8), (11, 4, 0.5, False, 2), (9, [[-2, 0], [2, 1]], 0.3, True, 5))],
        choices=choices(), state=states(), wide=wide(), normals=normals(), splits=splits(), scalers=scalers(),
        shuffle=dict(seed=13, a=sa, b=sb), mat=mats(), iris=iris())), f, separators=(",", ":"))
