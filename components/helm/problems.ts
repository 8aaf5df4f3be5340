// What is wrong with the settings of a Helm release.
import type { Problem } from "../config/problems";
import type { ProblemsBelow } from "../config/problems-below";
import type { ReleaseSettings } from "./release";

export const releaseProblems = ({ wait, atomic }: ReleaseSettings, { when }: ProblemsBelow): readonly Problem[] =>
  when(
    atomic && !wait,
    ".release.wait",
    () =>
      "found false with release.atomic true, which waits for the pods to decide whether to undo the update; set one of them to its default",
  );

export const isDefaultRelease = ({ timeout, wait, atomic }: ReleaseSettings): boolean => timeout === undefined && wait && !atomic;
