/** The few icons of the playground; they take the colour of their text and say nothing to screen readers. */
import type { ComponentChildren } from "preact";

const Icon = ({ children }: { readonly children: ComponentChildren }) => (
  <svg viewBox="0 0 20 20" width="20" height="20" fill="currentColor" aria-hidden="true" focusable="false">
    {children}
  </svg>
);

export const PlayIcon = () => (
  <Icon>
    <path d="M6 3.6v12.8c0 .5.6.9 1 .6l9.6-6.4a.7.7 0 0 0 0-1.2L7 3c-.4-.3-1 .1-1 .6z" />
  </Icon>
);
export const PauseIcon = () => (
  <Icon>
    <rect x="5" y="3.5" width="3.6" height="13" rx="1" />
    <rect x="11.4" y="3.5" width="3.6" height="13" rx="1" />
  </Icon>
);
export const StepIcon = () => (
  <Icon>
    <path d="M4 4.3v11.4c0 .5.5.8.9.5l8-5.7a.6.6 0 0 0 0-1L4.9 3.8c-.4-.3-.9 0-.9.5z" />
    <rect x="14" y="3.7" width="2.4" height="12.6" rx="1" />
  </Icon>
);
export const EpochIcon = () => (
  <Icon>
    <path d="M2.5 4.7v10.6c0 .5.5.7.8.5l6-5.3a.7.7 0 0 0 0-1l-6-5.3c-.3-.2-.8 0-.8.5z" />
    <path d="M9.5 4.7v10.6c0 .5.5.7.8.5l6-5.3a.7.7 0 0 0 0-1l-6-5.3c-.3-.2-.8 0-.8.5z" />
    <rect x="16.5" y="3.7" width="2" height="12.6" rx="1" />
  </Icon>
);
export const ResetIcon = () => (
  <Icon>
    <path d="M10 3.5a6.5 6.5 0 1 0 6.4 7.7.9.9 0 1 0-1.8-.3A4.7 4.7 0 1 1 10 5.3c1.2 0 2.3.5 3.1 1.2h-1.6a.9.9 0 1 0 0 1.8h3.9c.5 0 .9-.4.9-.9V3.5a.9.9 0 1 0-1.8 0v1.7A6.5 6.5 0 0 0 10 3.5z" />
  </Icon>
);
export const DiceIcon = () => (
  <Icon>
    <path d="M5 3h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V5c0-1.1.9-2 2-2zm1.8 2.5a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6zm6.4 0a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6zM10 8.7a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6zm-3.2 3.2a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6zm6.4 0a1.3 1.3 0 1 0 0 2.6 1.3 1.3 0 0 0 0-2.6z" />
  </Icon>
);
export const StartIcon = () => (
  <Icon>
    <path d="M16 4.3v11.4c0 .5-.5.8-.9.5l-8-5.7a.6.6 0 0 1 0-1l8-5.7c.4-.3.9 0 .9.5z" />
    <rect x="3.6" y="3.7" width="2.4" height="12.6" rx="1" />
  </Icon>
);
export const SaveIcon = () => (
  <Icon>
    <path d="M10 2.8c.5 0 .9.4.9.9v6.5l2-2a.9.9 0 1 1 1.3 1.3l-3.6 3.5a.9.9 0 0 1-1.2 0L5.8 9.5A.9.9 0 0 1 7.1 8.2l2 2V3.700c0-.5.4-.9.9-.9zM4.4 15h11.200a.9.9 0 0 1 0 1.800H4.4a.9.9 0 0 1 0-1.800z" />
  </Icon>
);
