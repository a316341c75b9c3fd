"""The life of a measured system in Python: one JSON object a line on stdin, one a line on stdout.

The same as serve.mjs: "ready", "setup" with a job, "reset", "run" with a number of steps; a failure is answered
with "error".
"""
import json
import os
import sys
import time

if len(sys.argv) > 1 and sys.argv[1] != "0":
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = sys.argv[1]

import numpy as np  # noqa: E402  (after the thread count is set)


def read_arrays(job):
    """The arrays of a job by name."""
    raw = np.fromfile(job["file"], dtype=np.uint8)
    arrays = {}
    for name, place in job["arrays"].items():
        dtype = np.dtype(place["type"])
        size = dtype.itemsize * place["shape"][0] * place["shape"][1]
        data = raw[place["offset"] : place["offset"] + size]
        arrays[name] = data.view(dtype).reshape(place["shape"])
    return arrays


class Batches:
    """Row numbers of every batch of an epoch: the first epoch in the given order, later ones shuffled anew."""

    def __init__(self, order, batch):
        self.order, self.batch, self.epochs = order.ravel(), batch, 0
        self.random = np.random.RandomState(1)

    def __iter__(self):
        order = self.order if self.epochs == 0 else self.random.permutation(len(self.order))
        self.epochs += 1
        for b in range(len(order) // self.batch):
            yield order[b * self.batch : (b + 1) * self.batch]


def parameters(arrays, convert):
    """[W1, b1, W2, b2, ...], each converted."""
    layers = sum(1 for name in arrays if name.startswith("W"))
    return [convert(arrays[f"{kind}{i + 1}"]) for i in range(layers) for kind in "Wb" if f"{kind}{i + 1}" in arrays]


def serve(setup):
    """Answers until stdin ends. setup(job, arrays) gives an object with versions, reset() and run(steps)."""
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what libraries print goes to stderr
    system = None

    def answer(value):
        out.write(json.dumps(value) + "\n")
        out.flush()

    for line in sys.stdin:
        try:
            message = json.loads(line)
            if message["op"] == "setup":
                system = setup(message["job"], read_arrays(message["job"]))
                answer({"versions": system.versions})
            elif message["op"] == "ready":
                answer({})
            elif message["op"] == "reset":
                system.reset()
                answer({})
            else:
                start = time.perf_counter()
                value = float(system.run(message["steps"]))
                answer({"seconds": time.perf_counter() - start, "value": value})
        except Exception as error:  # noqa: BLE001  (whatever it is, the benchmark lists it)
            answer({"error": f"{type(error).__name__}: {error}".split("\n")[0]})
