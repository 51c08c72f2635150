"""Trains in real Keras from given weights on given batches.

Usage: python keras_losses.py AUTOENCODER.keras WEIGHTS PIXELS BATCH RATE
  WEIGHTS  float32 of all weights in Keras's order; PIXELS float32 of all batches, BATCH pictures each; RATE  of Adam
Prints the loss of each batch as a JSON list.
"""
import json, os, sys

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import numpy as np
import keras

model = keras.saving.load_model(sys.argv[1], compile=False)
flat, start = np.fromfile(sys.argv[2], "float32"), 0
for weight in model.weights:
    size = int(np.prod(weight.shape))
    weight.assign(flat[start : start + size].reshape(weight.shape))
    start += size
assert start == len(flat)
model.compile(optimizer=keras.optimizers.Adam(float(sys.argv[5])), loss="mse")
batches = np.fromfile(sys.argv[3], "float32").reshape(-1, int(sys.argv[4]), 28, 28, 1)
print(json.dumps([float(model.train_on_batch(batch, batch)) for batch in batches if model.reset_metrics() is None]))
