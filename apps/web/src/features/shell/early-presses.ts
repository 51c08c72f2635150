/**
 * A page's text and controls are there before its scripts (docs/decisions/0020). What is pressed or entered in between is kept,
 * and done again until React has answered it: nothing that a reader did is lost. A script of its own, which the layout writes
 * into each page.
 */
export const earlyPressesScript = `(${keepEarlyPresses})()`;

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
type Entered = { value: string; checked: boolean };

/**
 * Runs in the page, without anything from outside itself. An event is answered when it comes back up to the window from a
 * control that React knows: React stops those for which it is not ready yet. (So no handler of ours may stop an event itself.)
 */
function keepEarlyPresses() {
  /** What waits for React, each control once: whoever presses again because nothing happened means one press. */
  const waiting = new Map<Element, Entered | undefined>();
  let timer = 0;
  const taken = (control: Element) => Object.keys(control).some((key) => key.startsWith("__reactProps"));
  // As it was when the event began: an answer may have replaced the icon that was pressed.
  const controlOf = (event: Event) => {
    const control = event.type === "click" ? "button" : "input, select, textarea";
    return event.composedPath().find((on): on is Element => on instanceof Element && on.matches(control));
  };

  /** React tells of a change only where the value differs from what was last set through the element itself. */
  const enter = (field: Field, { value, checked }: Entered) => {
    if (/^(?:checkbox|radio)$/.test(field.type)) {
      (field as HTMLInputElement).checked = !checked;
      return field.click();
    }
    field.value = "";
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, value);
    for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  };

  const again = () => {
    for (const [control, entered] of waiting) {
      if (!control.isConnected) waiting.delete(control);
      else if (!taken(control)) continue;
      else if (entered) enter(control as Field, entered);
      else (control as HTMLButtonElement).click();
    }
    if (waiting.size > 0) return;
    clearInterval(timer);
    timer = 0;
  };

  const keep = (event: Event) => {
    const control = controlOf(event);
    if (!control || !event.isTrusted) return;
    const { value, checked } = control as HTMLInputElement;
    waiting.set(control, event.type === "input" ? { value, checked } : undefined);
    timer ||= window.setInterval(again, 100);
  };
  const answered = (event: Event) => {
    const control = controlOf(event);
    if (control && taken(control)) waiting.delete(control);
  };
  for (const type of ["click", "input"]) {
    addEventListener(type, keep, true);
    addEventListener(type, answered);
  }
}
