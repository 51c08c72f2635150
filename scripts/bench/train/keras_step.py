"""Times Keras's training step of the assignment's network: the peer that the trainer's engines are compared with.

Usage: python keras_step.py AUTOENCODER.keras BATCHES; TF_ENABLE_ONEDNN_OPTS is respected
Prints JSON: the milliseconds of a batch of 128, from the first batch's start to the last one's end, since fit itself may idle
afterwards, and those of the processor, all cores together.
"""
import json, os, sys, time

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
import keras
import numpy as np


class Clock(keras.callbacks.Callback):
    def on_epoch_begin(self, epoch, logs=None):
        self.began = None

    def on_train_batch_begin(self, batch, logs=None):
        self.began = self.began or (time.perf_counter(), time.process_time())

    def on_train_batch_end(self, batch, logs=None):
        self.ended = (time.perf_counter(), time.process_time())


path, batches = sys.argv[1], int(sys.argv[2])
model = keras.saving.load_model(path, compile=False)
model.compile(optimizer=keras.optimizers.Adam(1e-3), loss="mse")
pictures = np.random.default_rng(1).random((128 * batches, 28, 28, 1), dtype="float32")
clock = Clock()
# The first epoch traces the graph.
model.fit(pictures, pictures, batch_size=128, epochs=2, verbose=0, callbacks=[clock])
wall, processor = (1000 * (end - start) / batches for start, end in zip(clock.began, clock.ended))
print(json.dumps({"milliseconds": wall, "processor": processor}))
