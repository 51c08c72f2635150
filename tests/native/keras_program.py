"""Runs the site's Keras program on the first MNIST images and measures what it leaves behind.

Usage: python keras_program.py PROGRAM.py MNIST_FOLDER IMAGES (in an empty working folder)
The program is executed as it is, but for three things: MNIST is read from files instead of the internet, two epochs
instead of twenty, and, since the provisioned TensorFlow comes without Matplotlib, a stand-in that records what is drawn.
Prints one JSON object.
"""
import json, os, pathlib, sys, types

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np

program, mnist, images = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), int(sys.argv[3])
drawn = {"lines": {}, "pictures": [], "saved": [], "labels": [], "scale": None}


def first(kind, count):
    pixels = np.frombuffer((mnist / f"{kind}-images-idx3-ubyte").read_bytes(), np.uint8, offset=16)
    return pixels.reshape(-1, 28, 28)[:count], np.zeros(count, np.uint8)


class Axes:
    def imshow(self, pixels, **_):
        drawn["pictures"].append(np.asarray(pixels).tolist())

    def axis(self, _):
        pass


def plot(xs, ys, label):
    drawn["lines"][label] = [list(xs), [float(y) for y in ys]]


def subplots(rows, columns, **_):
    figure = types.SimpleNamespace(suptitle=lambda _: None)
    return figure, [[Axes() for _ in range(columns)] for _ in range(rows)]


pyplot = types.ModuleType("matplotlib.pyplot")
pyplot.plot, pyplot.subplots = plot, subplots
pyplot.figure = lambda **_: None
pyplot.legend = pyplot.show = lambda: None
pyplot.yscale = lambda scale: drawn.update(scale=scale)
pyplot.xlabel = pyplot.ylabel = drawn["labels"].append
pyplot.savefig = lambda name, **_: drawn["saved"].append(name)
sys.modules["matplotlib"] = types.ModuleType("matplotlib")
sys.modules["matplotlib"].pyplot = sys.modules["matplotlib.pyplot"] = pyplot
keras.datasets.mnist.load_data = lambda: (first("train", images), first("t10k", images // 10))

text = program.read_text()
assert text.count("EPOCHS = 20") == 1, "expected the setting EPOCHS = 20 once"
state = {"__name__": "__main__"}
exec(compile(text.replace("EPOCHS = 20", "EPOCHS = 2"), program.name, "exec"), state)

models = {name: keras.saving.load_model(f"{name}_model.keras") for name in ("encoder", "decoder", "autoencoder")}
validation = first("train", images)[0][-images // 10 :][..., None] / np.float32(255)
test = first("t10k", images // 10)[0][..., None] / np.float32(255)
mse = lambda pictures: float(np.mean((models["autoencoder"].predict(pictures, verbose=0) - pictures) ** 2))
print(json.dumps({
    "history": state["history"],
    "drawn": drawn,
    "layers": {
        part: [[layer.name, type(layer).__name__, layer.count_params()] for layer in models[part].layers]
        for part in ("encoder", "decoder")
    },
    "outputBias": models["decoder"].layers[-1].get_config()["bias_initializer"]["config"]["value"],
    "files": sorted(path.name for path in pathlib.Path().iterdir()),
    # Recomputed from the saved models: encoder and decoder in a row give what the autoencoder gives.
    "validation": mse(validation),
    "test": mse(test),
    "rebuilt": models["decoder"].predict(models["encoder"].predict(test[:10], verbose=0), verbose=0)[..., 0].tolist(),
    "black": float(np.mean(validation**2)),
}))
