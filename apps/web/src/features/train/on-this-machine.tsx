"use client";
import { lazy, Suspense, useCallback, useState } from "react";
import { command } from "./machine-command.ts";
import styles from "./on-this-machine.module.css";

const MachinePanel = lazy(() => import("./machine-panel.tsx").then((file) => ({ default: file.MachinePanel })));

/** To ask which engines can start costs the machine seconds, which a training in the page would miss. */
const nearby = { rootMargin: "100px" };

/**
 * Trainings by the trainer itself, on the machine that serves this site: started, followed, stopped and continued here. Nothing
 * is loaded or asked before it comes into sight.
 */
export function OnThisMachine() {
  const [near, setNear] = useState(false);
  const place = useCallback((element: HTMLElement | null) => {
    if (!element) return undefined;
    const observer = new IntersectionObserver((seen) => {
      if (seen.some(({ isIntersecting }) => isIntersecting)) setNear(true);
    }, nearby);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <section ref={place} className={styles.machine} data-part="on-this-machine">
      <noscript>
        <p>Without script nothing can be started from this page. In a terminal, this trains the same: {command}</p>
      </noscript>
      {near && (
        <Suspense fallback={<p className={styles.said}>Asking this machine …</p>}>
          <MachinePanel />
        </Suspense>
      )}
    </section>
  );
}
