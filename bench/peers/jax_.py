"""JAX: the step jitted; small networks make 100 steps a call with lax.scan, which is how an expert avoids its overhead."""
import numpy as np
from serve import Batches, parameters, serve

import jax
import jax.numpy as jnp

SCAN, SMALL = 100, 5e7


class System:
    versions = f"JAX {jax.__version__}"

    def __init__(self, job, arrays):
        jax.config.update("jax_enable_x64", job["dtype"] == "float64")
        self.job, self.net, self.arrays = job, job["net"], arrays
        self.dtype = np.dtype(job["dtype"])
        self.x = jnp.asarray(arrays["x"], self.dtype)
        if job["kind"] == "gemm":
            self.W, self.product = jnp.asarray(arrays["W1"], self.dtype), jax.jit(jnp.matmul)
            return
        logistic = self.net["loss"] == "logistic"
        self.y = jnp.asarray(arrays["y"], self.dtype) if logistic else jnp.asarray(arrays["y"].ravel())
        sizes = self.net["sizes"]
        work = 6 * self.net["batch"] * sum(k * n for k, n in zip(sizes, sizes[1:]))
        self.scan = SCAN if work < SMALL and job["kind"] == "train" else 1
        self.one = jax.jit(self.step, donate_argnums=0)
        self.many = jax.jit(self.steps, donate_argnums=0)
        self.predict = jax.jit(self.forward)
        self.reset()

    def reset(self):
        if self.job["kind"] == "gemm":
            return
        self.params = parameters(self.arrays, lambda a: jnp.asarray(a, self.dtype))
        if self.job["kind"] == "epoch":
            self.batches = Batches(self.arrays["order"], self.net["batch"])

    def forward(self, params, x):
        for i in range(0, len(params), 2):
            x = x @ params[i] + params[i + 1]
            if i < len(params) - 2:
                x = jax.nn.relu(x)
        return x

    def objective(self, params, x, y):
        z = self.forward(params, x)
        if self.net["loss"] == "logistic":
            loss = jnp.mean(jax.nn.softplus(z) - y * z)
        else:
            loss = jnp.mean(jax.nn.logsumexp(z, axis=1) - jnp.take_along_axis(z, y[:, None], axis=1)[:, 0])
        return loss + self.net["decay"] / 2 * sum(jnp.sum(W * W) for W in params[0::2]), loss

    def step(self, params, x, y):
        grads, loss = jax.grad(self.objective, has_aux=True)(params, x, y)
        return [p - self.net["rate"] * g for p, g in zip(params, grads)], loss

    def steps(self, params, x, y):
        return jax.lax.scan(lambda p, _: self.step(p, x, y), params, None, length=SCAN)

    def run(self, steps):
        kind, value = self.job["kind"], 0.0
        if kind == "gemm":
            for _ in range(steps):
                out = self.product(self.x, self.W).block_until_ready()
            return np.asarray(out, np.float64).mean()
        if kind == "predict":
            for _ in range(steps):
                out = self.predict(self.params, self.x).block_until_ready()
            return np.asarray(out, np.float64).mean()
        if kind == "epoch":
            for _ in range(steps):
                for rows in self.batches:
                    self.params, loss = self.one(self.params, self.x[rows], self.y[rows])
            return float(loss)
        while steps >= self.scan > 1:
            self.params, losses = self.many(self.params, self.x, self.y)
            value = float(np.asarray(losses)[-1])
            steps -= self.scan
        for _ in range(steps):
            self.params, loss = self.one(self.params, self.x, self.y)
            value = float(loss)
        return value


serve(System)
