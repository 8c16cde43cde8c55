import { type RefObject, useEffect, useState } from "react";

/** True while somebody types: the controls step back until the pointer moves. */
export function useReceding(surface: RefObject<HTMLElement | null>): boolean {
  const [receding, setReceding] = useState(false);
  useEffect(() => {
    const recede = ({ key, ctrlKey, metaKey }: KeyboardEvent) => {
      if (!ctrlKey && !metaKey && (key.length === 1 || key === "Enter" || key === "Backspace"))
        setReceding(true);
    };
    const back = () => setReceding(false);
    const element = surface.current;
    element?.addEventListener("keydown", recede);
    window.addEventListener("pointermove", back);
    window.addEventListener("pointerdown", back);
    return () => {
      element?.removeEventListener("keydown", recede);
      window.removeEventListener("pointermove", back);
      window.removeEventListener("pointerdown", back);
    };
  }, [surface]);
  return receding;
}
