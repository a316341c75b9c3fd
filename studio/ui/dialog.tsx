/** A dialog over the page: the browser's own, so Escape closes it and the focus stays inside and comes back. */
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { type Text, t } from "../language.ts";
import { Button } from "./button.tsx";

interface Props {
  readonly title: Text;
  readonly open: boolean;
  readonly onClose: () => void;
  readonly children: ComponentChildren;
}

export function Dialog({ title, open, onClose, children }: Props) {
  const id = useId();
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (open && !dialog?.open) dialog?.showModal();
    if (!open && dialog?.open) dialog.close();
  }, [open]);
  return (
    <dialog ref={ref} class="dialog" aria-labelledby={id} onClose={onClose}>
      <header>
        <h2 id={id}>{t(title)}</h2>
        <Button label={{ en: "Close", zh: "关闭" }} icon="×" kind="quiet" onClick={onClose} />
      </header>
      {open && children}
    </dialog>
  );
}
