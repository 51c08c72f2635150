/**
 * The assignment as one Keras program of ten cells: what the page /program shows, and what its downloads hold.
 * tests/native/program.test.ts runs it in real Keras.
 */

export interface Cell {
  title: string;
  /** What the cell does and what to expect of it, in a sentence or two. */
  note: string;
  /** Where it is explained: a chapter and, where it has one, the heading. */
  explained: { slug: string; heading?: string };
  /** Python. */
  code: string;
}

export const cells: readonly Cell[] = [
  {
    title: "Settings",
    note: "Everything that one may want to change stands here. The seed makes a second run on the same machine start from the same weights and take the images in the same order.",
    explained: { slug: "hand-it-in", heading: "settings" },
    code: `import keras
import matplotlib.pyplot as plt
import numpy as np
from keras import layers

LATENT = 64         # numbers that the decoder gets
BATCH = 128         # images in one step of training
EPOCHS = 20
LEARNING_RATE = 1e-3
SEED = 3

keras.utils.set_random_seed(SEED)`,
  },
  {
    title: "Data",
    note: "The pixels are divided by 255, because a sigmoid cannot print 255, and get a channel axis, because a convolution reads one. The labels are not needed: the target is the input.",
    explained: { slug: "the-data" },
    code: `(train, _), (test, _) = keras.datasets.mnist.load_data()
train = train[..., None].astype("float32") / 255  # (60000, 28, 28, 1)
test = test[..., None].astype("float32") / 255
print("train", train.shape, "test", test.shape)
print("mean pixel", round(float(train.mean()), 4))`,
  },
  {
    title: "Encoder",
    note: "Two convolutions, each with a pooling behind it, then a Dense layer without an activation: the code may be negative.",
    explained: { slug: "convolution-pixel-by-pixel" },
    code: `image = keras.Input((28, 28, 1), name="encoder_input")
x = layers.Conv2D(32, (3, 3), activation="relu", padding="same")(image)
x = layers.MaxPooling2D((2, 2))(x)  # 14 x 14
x = layers.Conv2D(64, (3, 3), activation="relu", padding="same")(x)
x = layers.MaxPooling2D((2, 2))(x)  # 7 x 7
x = layers.Flatten()(x)
latent = layers.Dense(LATENT, name="latent_vector")(x)
encoder = keras.Model(image, latent, name="encoder")`,
  },
  {
    title: "Decoder",
    note: "The one line that the assignment does not have is the bias of the last convolution: it starts at the logit of the mean pixel. From 0, 11 of 12 seeds of one series had printed black after 160 batches, and 7 of 12 of another after 200.",
    explained: { slug: "when-it-prints-black", heading: "the-cure" },
    code: `code = keras.Input((LATENT,), name="decoder_input")
x = layers.Dense(7 * 7 * 64, activation="relu")(code)
x = layers.Reshape((7, 7, 64))(x)
x = layers.Conv2D(64, (3, 3), activation="relu", padding="same")(x)
x = layers.UpSampling2D((2, 2))(x)  # 14 x 14
x = layers.Conv2D(32, (3, 3), activation="relu", padding="same")(x)
x = layers.UpSampling2D((2, 2))(x)  # 28 x 28
mean_pixel = keras.initializers.Constant(-1.895)  # logit(0.1307)
picture = layers.Conv2D(1, (3, 3), activation="sigmoid", padding="same",
                        bias_initializer=mean_pixel)(x)
decoder = keras.Model(code, picture, name="decoder")`,
  },
  {
    title: "Autoencoder",
    note: "Encoder and decoder in a row. No accuracy among the metrics: it would compare grey values for equality.",
    explained: { slug: "the-whole-network" },
    code: `rebuilt = decoder(encoder(image))
autoencoder = keras.Model(image, rebuilt, name="autoencoder")
autoencoder.compile(optimizer=keras.optimizers.Adam(LEARNING_RATE), loss="mse")`,
  },
  {
    title: "Summaries",
    note: "Print them before training: afterwards the summary of a model that was trained also counts what Adam remembers, three times as many numbers and two more.",
    explained: { slug: "counting" },
    code: `encoder.summary()
decoder.summary()`,
  },
  {
    title: "Training",
    note: "The last tenth of the training images is kept for validation. If the loss is still 0.11 after the first epoch, look at a picture. If it is black, stop and start again: more epochs rarely help.",
    explained: { slug: "training" },
    code: `history = autoencoder.fit(train, train, epochs=EPOCHS, batch_size=BATCH,
                          validation_split=0.1, shuffle=True, verbose=2).history
print(f"loss {history['loss'][-1]:.5f},",
      f"validation loss {history['val_loss'][-1]:.5f}")`,
  },
  {
    title: "Loss curve",
    note: "On a logarithmic scale, because on a linear one everything after the second epoch is a flat line.",
    explained: { slug: "training", heading: "the-curve" },
    code: `epochs = range(1, len(history["loss"]) + 1)
plt.figure(figsize=(8, 5))
plt.plot(epochs, history["loss"], label="training")
plt.plot(epochs, history["val_loss"], label="validation")
plt.yscale("log")
plt.xlabel("epoch")
plt.ylabel("mean squared error")
plt.legend()
plt.savefig("loss_curve.png", dpi=150)
plt.show()`,
  },
  {
    title: "Reconstructions",
    note: "The first ten test images, originals above. Say how they were chosen: ten that look well are easily found.",
    explained: { slug: "reconstructions" },
    code: `rebuilt = autoencoder.predict(test, batch_size=256, verbose=0)
print(f"test MSE {np.mean((test - rebuilt) ** 2):.5f}")
figure, rows = plt.subplots(2, 10, figsize=(15, 3.4))
for row, pictures in zip(rows, (test, rebuilt)):
    for axes, pixels in zip(row, pictures):
        axes.imshow(pixels[..., 0], cmap="gray", vmin=0, vmax=1)
        axes.axis("off")
figure.suptitle("The first ten test images, and below what is rebuilt")
plt.savefig("reconstructions.png", dpi=150)
plt.show()`,
  },
  {
    title: "Files",
    note: "Three models, because encoder and decoder are also wanted alone.",
    explained: { slug: "hand-it-in", heading: "files-to-hand-in" },
    code: `for model in (encoder, decoder, autoencoder):
    model.save(f"{model.name}_model.keras")`,
  },
];

/** The cells as one Python file. */
export function asPython(): string {
  return cells.map(({ title, code }, at) => `# ${at + 1}. ${title}\n${code}\n`).join("\n");
}

/** The cells as a Jupyter notebook, format 4.5. */
export function asNotebook(): string {
  const lines = (text: string) => text.split(/(?<=\n)/);
  const notebook = {
    nbformat: 4,
    nbformat_minor: 5,
    metadata: {
      kernelspec: { name: "python3", display_name: "Python 3", language: "python" },
      language_info: { name: "python" },
    },
    cells: cells.flatMap(({ title, note, code }, at) => [
      { id: `note-${at + 1}`, cell_type: "markdown", metadata: {}, source: lines(`## ${at + 1}. ${title}\n\n${note}`) },
      {
        id: `cell-${at + 1}`,
        cell_type: "code",
        metadata: {},
        execution_count: null,
        outputs: [],
        source: lines(code),
      },
    ]),
  };
  return `${JSON.stringify(notebook, null, 1)}\n`;
}
