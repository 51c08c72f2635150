"""Trains the assignment's network in Keras, on MNIST and with the assignment's settings, and prints what each epoch came to.

Usage: python keras_quality.py AUTOENCODER.keras MNIST_FOLDER SEED; TF_ENABLE_ONEDNN_OPTS is respected
The network's layers and initializers, the output bias among them, are those of the .keras file; its weights are drawn anew.
Prints a line of JSON after each epoch: its number, the seconds since the first batch, and the validation loss.
"""
import gzip, json, os, sys, time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np


def pictures(folder):
    path = os.path.join(folder, "train-images-idx3-ubyte")
    opened = open(path, "rb") if os.path.exists(path) else gzip.open(path + ".gz", "rb")
    with opened as file:
        return np.frombuffer(file.read(), "uint8", offset=16).reshape(-1, 28, 28, 1).astype("float32") / 255


class Report(keras.callbacks.Callback):
    def on_train_batch_begin(self, batch, logs=None):
        self.began = getattr(self, "began", None) or time.perf_counter()

    def on_epoch_end(self, epoch, logs=None):
        seconds = time.perf_counter() - self.began
        print(json.dumps({"epoch": epoch + 1, "seconds": seconds, "valLoss": logs["val_loss"]}), flush=True)


path, folder, seed = sys.argv[1:]
keras.utils.set_random_seed(int(seed))
model = keras.models.clone_model(keras.saving.load_model(path, compile=False))
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse")
x = pictures(folder)
model.fit(x, x, batch_size=128, epochs=20, validation_split=0.1, verbose=0, callbacks=[Report()])
