import { router } from "./init.ts";
import { dataRouter } from "./routers/data.ts";
import { digitsRouter } from "./routers/digits.ts";
import { gradingRouter } from "./routers/grading.ts";
import { latentsRouter } from "./routers/latents.ts";
import { pageRouter } from "./routers/page.ts";
import { runsRouter } from "./routers/runs.ts";
import { trainingRouter } from "./routers/training.ts";

/**
 * Everything that the server knows, for server components. Only `page` is served over HTTP: the others answer with typed
 * arrays and maps, which JSON does not have.
 */
export const appRouter = router({
  page: pageRouter,
  runs: runsRouter,
  digits: digitsRouter,
  data: dataRouter,
  training: trainingRouter,
  latents: latentsRouter,
  grading: gradingRouter,
});

export { pageRouter };
