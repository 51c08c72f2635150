"""Goes on with a run in real Keras as its .keras file says, without compiling anything; a warning is an error.

Usage: python keras_continue.py RUN_FOLDER TRAIN_IMAGES TEST_IMAGES
Prints one JSON object: the loss on the test images as opened, Adam's steps, and the loss of one more epoch.
"""
import json, os, pathlib, sys, warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import keras

warnings.simplefilter("error")
run, train, test = map(pathlib.Path, sys.argv[1:4])


def pictures(path):
    return np.frombuffer(path.read_bytes(), np.uint8, offset=16).reshape(-1, 28, 28, 1).astype("float32") / 255


model = keras.saving.load_model(run / "autoencoder_model.keras")
opened = model.evaluate(pictures(test), pictures(test), verbose=0)
steps = int(model.optimizer.iterations)
history = model.fit(pictures(train), pictures(train), batch_size=128, epochs=1, verbose=0).history
print(json.dumps({"opened": opened, "steps": steps, "loss": history["loss"][0], "after": int(model.optimizer.iterations)}))
