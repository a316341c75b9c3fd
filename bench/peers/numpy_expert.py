"""NumPy as an expert writes it: every result into an array made once, in place, the products straight to BLAS."""
import numpy as np
from serve import Batches, parameters, serve


class System:
    versions = f"NumPy {np.__version__}"

    def __init__(self, job, arrays):
        self.job, self.net, self.arrays = job, job["net"], arrays
        self.dtype = np.dtype(job["dtype"])
        sizes, rows = self.net["sizes"], self.net["batch"]
        self.x = np.ascontiguousarray(arrays["x"], self.dtype)
        if job["kind"] == "gemm":
            self.W, self.out = arrays["W1"].astype(self.dtype), np.empty((rows, sizes[1]), self.dtype)
            return
        self.y = arrays["y"].ravel()
        self.target = self.y.astype(self.dtype).reshape(-1, 1)
        self.each = np.arange(rows)
        new = lambda n: np.empty((rows, n), self.dtype)  # noqa: E731
        self.z, self.d = [new(n) for n in sizes[1:]], [new(n) for n in sizes[1:]]
        self.mask = [np.empty((rows, n), bool) for n in sizes[1:]]
        self.column = np.empty((rows, 1), self.dtype)
        self.dW = [np.empty((k, n), self.dtype) for k, n in zip(sizes, sizes[1:])]
        self.db = [np.empty((1, n), self.dtype) for n in sizes[1:]]
        self.reset()

    def reset(self):
        if self.job["kind"] == "gemm":
            return
        weights = parameters(self.arrays, lambda a: np.array(a, self.dtype))
        self.W, self.b = weights[0::2], weights[1::2]
        if self.job["kind"] == "epoch":
            self.batches = Batches(self.arrays["order"], self.net["batch"])

    def forward(self, x):
        a, last = x, len(self.W) - 1
        for i, z in enumerate(self.z):
            np.dot(a, self.W[i], out=z)
            z += self.b[i]
            if i < last:
                np.maximum(z, 0, out=z)  # z > 0 exactly where relu(z) > 0
                a = z
        return self.z[last]

    def loss(self, z, d, y, target):
        rows, c = z.shape[0], self.column
        if self.net["loss"] == "logistic":
            np.logaddexp(0, z, out=d)
            loss = float(d.sum() - np.dot(target.T, z)[0, 0]) / rows
            np.negative(z, out=d)
            np.exp(d, out=d)
            d += 1
            np.reciprocal(d, out=d)
            d -= target
        else:
            np.max(z, axis=1, keepdims=True, out=c)
            z -= c
            picked = z[self.each, y].sum()
            np.exp(z, out=d)
            np.sum(d, axis=1, keepdims=True, out=c)
            d /= c
            loss = float(np.log(c, out=c).sum() - picked) / rows
            d[self.each, y] -= 1
        d *= self.dtype.type(1 / rows)
        return loss

    def step(self, x, y, target):
        rate, decay = self.dtype.type(self.net["rate"]), self.dtype.type(self.net["decay"])
        z = self.forward(x)
        loss = self.loss(z, self.d[-1], y, target)
        for i in reversed(range(len(self.W))):
            d = self.d[i]
            np.dot((self.z[i - 1] if i else x).T, d, out=self.dW[i])
            np.sum(d, axis=0, keepdims=True, out=self.db[i])
            if i:
                np.dot(d, self.W[i].T, out=self.d[i - 1])
                np.greater(self.z[i - 1], 0, out=self.mask[i - 1])
                self.d[i - 1] *= self.mask[i - 1]
            if decay:
                self.W[i] *= 1 - rate * decay
            self.dW[i] *= rate
            self.W[i] -= self.dW[i]
            self.db[i] *= rate
            self.b[i] -= self.db[i]
        return loss

    def run(self, steps):
        kind, value = self.job["kind"], 0.0
        for _ in range(steps):
            if kind == "gemm":
                np.dot(self.x, self.W, out=self.out)
            elif kind == "predict":
                scores = self.forward(self.x)
            elif kind == "epoch":
                for rows in self.batches:
                    value = self.step(self.x[rows], self.y[rows], self.target[rows])
            else:
                value = self.step(self.x, self.y, self.target)
        if kind == "gemm":
            return self.out.mean(dtype=np.float64)
        return scores.mean(dtype=np.float64) if kind == "predict" else value


serve(System)
