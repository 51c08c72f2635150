import { classMeans, testBaselines, thumbnailMse } from "../../server/statistics/baselines.ts";
import { blackAgainstSameClass } from "../../server/statistics/black-pairs.ts";
import { brightness, gzipBytes } from "../../server/statistics/pixels.ts";
import { validationLadder } from "../../server/statistics/validation-ladder.ts";
import { query, router } from "../init.ts";

/** What is true of MNIST, whatever run is shown. */
export const dataRouter = router({
  gzipBytes: query.query(gzipBytes),
  brightness: query.query(brightness),
  classMeans: query.query(classMeans),
  thumbnailMse: query.query(thumbnailMse),
  validationLadder: query.query(validationLadder),
  testBaselines: query.query(testBaselines),
  blackAgainstSameClass: query.query(blackAgainstSameClass),
});
