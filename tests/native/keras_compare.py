"""Opens the three .keras files of a run in real Keras and compares them with what the trainer recorded.

Usage: python keras_compare.py RUN_FOLDER MNIST_FOLDER
Prints one JSON object: parameter counts, greatest differences on the recorded samples, and both summaries' rows.
"""
import json, os, pathlib, struct, sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import keras


def read_table(path):
    data = path.read_bytes()
    (length,) = struct.unpack("<Q", data[:8])
    header = json.loads(data[8 : 8 + length])
    kinds = {"F32": "<f4", "F16": "<f2", "I32": "<i4", "U8": "u1"}
    return {
        name: np.frombuffer(data[8 + length :][entry["data_offsets"][0] : entry["data_offsets"][1]], kinds[entry["dtype"]])
        .reshape(entry["shape"])
        for name, entry in header.items()
        if name != "__metadata__"
    }


def rows(model):
    return [{"name": layer.name, "kind": type(layer).__name__, "parameters": layer.count_params()} for layer in model.layers]


run, mnist = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
samples = read_table(run / "samples.safetensors")
images = np.frombuffer((mnist / "t10k-images-idx3-ubyte").read_bytes(), np.uint8, offset=16).reshape(-1, 28, 28, 1)
pictures = images[samples["indices"]].astype("float32") / 255
models = {name: keras.saving.load_model(run / f"{name}_model.keras") for name in ("encoder", "decoder", "autoencoder")}
latents = models["encoder"].predict(pictures, verbose=0)
rebuilt = models["decoder"].predict(samples["latents"], verbose=0)[..., 0]
whole = models["autoencoder"].predict(pictures, verbose=0)[..., 0]
print(json.dumps({
    "keras": keras.__version__,
    "parameters": {name: model.count_params() for name, model in models.items()},
    "layers": {name: rows(model) for name, model in models.items()},
    "samples": len(pictures),
    # Latent values have no bound of their own: their difference is taken in units of the greatest.
    "latents": float(np.abs(latents - samples["latents"]).max() / max(1, np.abs(samples["latents"]).max())),
    "decoder": float(np.abs(rebuilt - samples["reconstructions"]).max()),
    "autoencoder": float(np.abs(whole - samples["reconstructions"]).max()),
}))
