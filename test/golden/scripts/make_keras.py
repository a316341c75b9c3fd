"""Values of Keras 3's activations, losses and regularizers (JAX backend, float64) on fixed inputs.

    KERAS_BACKEND=jax JAX_ENABLE_X64=1 python make_keras.py > ../keras.json
"""
import json
import keras
import numpy as np

keras.config.set_floatx("float64")
Z = np.array([[-3.2, -0.4, 0.9], [1.7, 0.05, -1.1], [2.5, -7.0, 0.3], [0.6, 0.2, -0.15]])
ONE_HOT = np.array([[0, 1, 0], [1, 0, 0], [0, 0, 1], [0, 1, 0]], dtype="float64")
LABELS = [1, 0, 2, 1]
BITS = np.array([[0, 1, 1], [1, 0, 0], [1, 0, 1], [0, 0, 1]], dtype="float64")
NUMBERS = np.array([[-3.0, 0.5, 0.9], [1.0, 1.0, 1.0], [0.5, -6.0, 0.1], [2.0, 0.1, -0.3]])
k, a, l = keras, keras.activations, keras.losses
names = {"linear": a.linear, "sigmoid": a.sigmoid, "tanh": a.tanh, "relu": a.relu, "leakyRelu": a.leaky_relu,
         "elu": a.elu, "selu": a.selu, "gelu": lambda z: a.gelu(z, approximate=False), "silu": a.silu,
         "softplus": a.softplus, "softmax": a.softmax}
losses = {
    "binaryCrossentropy": ("bits", l.BinaryCrossentropy(from_logits=True)(BITS, Z)),
    "categoricalCrossentropy": ("oneHot", l.CategoricalCrossentropy(from_logits=True)(ONE_HOT, Z)),
    "sparseCategoricalCrossentropy": ("labels", l.SparseCategoricalCrossentropy(from_logits=True)(np.array(LABELS), Z)),
    "meanSquaredError": ("numbers", l.MeanSquaredError()(NUMBERS, Z)),
    "meanAbsoluteError": ("numbers", l.MeanAbsoluteError()(NUMBERS, Z)),
    "huber": ("numbers", l.Huber(delta=1.0)(NUMBERS, Z)),
    "hinge": ("bits", l.Hinge()(BITS, Z)),
}
print(json.dumps({
    "made": f"keras {keras.__version__}, JAX, float64",
    "z": Z.tolist(), "oneHot": ONE_HOT.tolist(), "labels": LABELS, "bits": BITS.tolist(), "numbers": NUMBERS.tolist(),
    "activations": {n: np.asarray(f(k.ops.convert_to_tensor(Z))).tolist() for n, f in names.items()},
    "losses": {n: {"y": y, "value": float(v)} for n, (y, v) in losses.items()},
    "layerNormalization": np.asarray(keras.layers.LayerNormalization(epsilon=1e-3)(Z)).tolist(),
    "l1l2": float(keras.regularizers.L1L2(l1=0.01, l2=0.02)(k.ops.convert_to_tensor(Z))),
}, indent=1))
