import { unstable_rethrow } from "next/navigation";
import { cloneElement, createElement, Fragment, isValidElement, type ReactElement, type ReactNode } from "react";
import { BrokenPart, PartBoundary } from "./part-boundary.tsx";

interface Guard {
  /** Why parts that run in the page cannot work here; without it they are drawn as they are. */
  problem?: string | undefined;
}

type Props = Record<string, unknown>;

/**
 * The same elements, but each component of the server that throws leaves a notice in its place and the rest of the page
 * stands. React's own boundaries do not do that: on the server the nearest one is the whole page, and what they show needs
 * script.
 */
export function guarded(node: ReactNode, guard: Guard = {}): ReactNode {
  if (Array.isArray(node)) {
    const parts = node.map((part) => guarded(part, guard));
    // Children that were written one after the other have no keys and need none, as long as they stay an element's own.
    return node.some((part) => isValidElement(part) && part.key !== null)
      ? parts
      : createElement(Fragment, null, ...parts);
  }
  if (!isValidElement<Props>(node)) return node;
  if (isServerComponent(node.type)) return createElement(Guarded, { element: node, guard, ...keyOf(node) });
  const drawn = withGuardedParts(node, guard);
  if (guard.problem === undefined || !isClientReference(node.type) || framesComponents(node)) return drawn;
  return createElement(PartBoundary, { sentence: guard.problem, ...keyOf(node) }, drawn);
}

/** Calls a component of the server, at once or in time, and guards what it draws. */
function Guarded({ element, guard }: { element: ReactElement<Props>; guard: Guard }): ReactNode | Promise<ReactNode> {
  try {
    const drawn = (element.type as (props: Props) => ReactNode | Promise<ReactNode>)(element.props);
    if (!(drawn instanceof Promise)) return guarded(drawn, guard);
    return drawn.then((node) => guarded(node, guard)).catch(broken);
  } catch (error) {
    return broken(error);
  }
}

function broken(error: unknown): ReactNode {
  unstable_rethrow(error); // redirects, and what tells Next that a page depends on its request
  if (!(error instanceof Error)) return <BrokenPart sentence={String(error)} />;
  if (!isProblem(error)) console.error(error);
  return <BrokenPart sentence={error.message} />;
}

/** Whether an error is a run's fault, said in a sentence, and no defect of ours that somebody has to look up. */
function isProblem({ name, cause }: Error): boolean {
  return name === "RunUnavailable" || (cause instanceof Error && cause.name === "RunProblem");
}

/** An element with what it is given to draw guarded, in its children and in its other properties. */
function withGuardedParts(element: ReactElement<Props>, guard: Guard): ReactElement {
  const { children, ...others } = element.props;
  const parts = Object.entries(others).filter(([, value]) => isValidElement(value));
  const properties = Object.fromEntries(parts.map(([name, value]) => [name, guarded(value as ReactNode, guard)]));
  // One by one: children in a list of their own would need keys.
  const own = Array.isArray(children) ? children : children === undefined ? [] : [children as ReactNode];
  return cloneElement(element, properties, ...own.map((child) => guarded(child, guard)));
}

/** The key that an element was given; `key={null}` would be a key too, the same for all. */
function keyOf({ key }: ReactElement): { key?: string } {
  return key === null ? {} : { key };
}

/** Whether an element only frames other components, as a gate does: each of them is guarded by itself. */
function framesComponents({ props }: ReactElement<Props>): boolean {
  return [props.children].flat().some((child) => isValidElement(child) && typeof child.type === "function");
}

function isClientReference(type: unknown): boolean {
  return typeof type === "function" && "$$typeof" in type;
}

function isServerComponent(type: unknown): boolean {
  return typeof type === "function" && !isClientReference(type);
}
