/** A publication that a chapter rests on. */
export interface Source {
  authors: string;
  title: string;
  /** Where it appeared. */
  in: string;
  year: number;
  href: string;
}

/** What is cited, by a short name. */
export const sources = {
  mnist: {
    authors: "Y. LeCun, C. Cortes, C. J. C. Burges",
    title: "The MNIST database of handwritten digits",
    in: "Web page",
    year: 1998,
    href: "http://yann.lecun.com/exdb/mnist/",
  },
  documents: {
    authors: "Y. LeCun, L. Bottou, Y. Bengio, P. Haffner",
    title: "Gradient-based learning applied to document recognition",
    in: "Proceedings of the IEEE 86(11)",
    year: 1998,
    href: "https://doi.org/10.1109/5.726791",
  },
  reducing: {
    authors: "G. E. Hinton, R. R. Salakhutdinov",
    title: "Reducing the dimensionality of data with neural networks",
    in: "Science 313",
    year: 2006,
    href: "https://doi.org/10.1126/science.1127647",
  },
  latentDiffusion: {
    authors: "R. Rombach, A. Blattmann, D. Lorenz, P. Esser, B. Ommer",
    title: "High-resolution image synthesis with latent diffusion models",
    in: "CVPR, arXiv 2112.10752",
    year: 2022,
    href: "https://arxiv.org/abs/2112.10752",
  },
  arithmetic: {
    authors: "V. Dumoulin, F. Visin",
    title: "A guide to convolution arithmetic for deep learning",
    in: "arXiv 1603.07285",
    year: 2016,
    href: "https://arxiv.org/abs/1603.07285",
  },
  explainer: {
    authors: "Z. J. Wang et al.",
    title: "CNN Explainer: Learning convolutional neural networks with interactive visualization",
    in: "arXiv 2004.15004",
    year: 2020,
    href: "https://arxiv.org/abs/2004.15004",
  },
  checkerboard: {
    authors: "A. Odena, V. Dumoulin, C. Olah",
    title: "Deconvolution and checkerboard artifacts",
    in: "Distill",
    year: 2016,
    href: "https://doi.org/10.23915/distill.00003",
  },
  adam: {
    authors: "D. P. Kingma, J. Ba",
    title: "Adam: A method for stochastic optimization",
    in: "ICLR, arXiv 1412.6980",
    year: 2015,
    href: "https://arxiv.org/abs/1412.6980",
  },
  glorot: {
    authors: "X. Glorot, Y. Bengio",
    title: "Understanding the difficulty of training deep feedforward neural networks",
    in: "AISTATS",
    year: 2010,
    href: "https://proceedings.mlr.press/v9/glorot10a.html",
  },
  ssim: {
    authors: "Z. Wang, A. C. Bovik, H. R. Sheikh, E. P. Simoncelli",
    title: "Image quality assessment: from error visibility to structural similarity",
    in: "IEEE Transactions on Image Processing 13(4)",
    year: 2004,
    href: "https://doi.org/10.1109/TIP.2003.819861",
  },
  umap: {
    authors: "L. McInnes, J. Healy, J. Melville",
    title: "UMAP: Uniform manifold approximation and projection for dimension reduction",
    in: "arXiv 1802.03426",
    year: 2018,
    href: "https://arxiv.org/abs/1802.03426",
  },
  vae: {
    authors: "D. P. Kingma, M. Welling",
    title: "Auto-encoding variational Bayes",
    in: "ICLR, arXiv 1312.6114",
    year: 2014,
    href: "https://arxiv.org/abs/1312.6114",
  },
  blackThread: {
    authors: "TensorFlow users",
    title: "Issue 72420: an autoencoder prints black pictures",
    in: "GitHub, tensorflow/tensorflow",
    year: 2024,
    href: "https://github.com/tensorflow/tensorflow/issues/72420",
  },
  whiteThread: {
    authors: "PyTorch users",
    title: "Issue 38: an autoencoder prints white pictures",
    in: "GitHub, L1aoXingyu/pytorch-beginner",
    year: 2019,
    href: "https://github.com/L1aoXingyu/pytorch-beginner/issues/38",
  },
} as const satisfies Readonly<Record<string, Source>>;
