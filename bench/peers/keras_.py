"""Keras 3 with whichever backend KERAS_BACKEND names: a Sequential model, train_on_batch for each step."""
import numpy as np
from serve import Batches, serve

import keras


class System:
    versions = f"Keras {keras.__version__} on {keras.backend.backend()}"

    def __init__(self, job, arrays):
        if job["kind"] == "gemm":
            raise RuntimeError("Keras has no product of its own")
        keras.backend.set_floatx(job["dtype"])
        self.job, self.net, self.arrays = job, job["net"], arrays
        self.x = arrays["x"].astype(job["dtype"])
        logistic = self.net["loss"] == "logistic"
        self.y = arrays["y"].astype(job["dtype"]) if logistic else arrays["y"].ravel()
        decay = self.net["decay"]
        regularizer = keras.regularizers.L2(decay / 2) if decay else None
        sizes = self.net["sizes"]
        layers = [keras.Input((sizes[0],), dtype=job["dtype"])]
        for i, n in enumerate(sizes[1:]):
            relu = "relu" if i < len(sizes) - 2 else None
            layers.append(keras.layers.Dense(n, activation=relu, kernel_regularizer=regularizer))
        self.model = keras.Sequential(layers)
        kind = keras.losses.BinaryCrossentropy if logistic else keras.losses.SparseCategoricalCrossentropy
        self.model.compile(keras.optimizers.SGD(self.net["rate"]), loss=kind(from_logits=True))
        self.reset()

    def reset(self):
        layers = range(1, len(self.net["sizes"]))
        self.model.set_weights(
            [a for i in layers for a in (self.arrays[f"W{i}"], self.arrays[f"b{i}"].ravel())]
        )
        if self.job["kind"] == "epoch":
            self.batches = Batches(self.arrays["order"], self.net["batch"])

    def penalty(self):
        """Keras reports the loss with its penalties; the other systems without."""
        return self.net["decay"] / 2 * sum(float(np.sum(np.square(w))) for w in self.model.get_weights()[0::2])

    def run(self, steps):
        kind, value, penalty = self.job["kind"], 0.0, 0.0
        if kind == "predict":
            for _ in range(steps):
                scores = self.model.predict_on_batch(self.x)
            return np.asarray(scores, np.float64).mean()
        for s in range(steps):
            if kind == "epoch":
                batches = list(self.batches)
                for i, rows in enumerate(batches):
                    if s == steps - 1 and i == len(batches) - 1:
                        penalty = self.penalty()
                    value = self.model.train_on_batch(self.x[rows], self.y[rows])
            else:
                if s == steps - 1:
                    penalty = self.penalty()
                value = self.model.train_on_batch(self.x, self.y)
        return float(np.ravel(value)[0]) - penalty


serve(System)
