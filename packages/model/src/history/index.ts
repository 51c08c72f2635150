export { type Diagnosis, diagnose, type LossKind, type LossLadder, type LossState } from "./diagnose.ts";
export {
  type Fault,
  type HistoryFormat,
  type HistoryPoint,
  type Pasted,
  readHistory,
} from "./read-history.ts";
