/** The playground: a network that learns before the reader's eyes, with a time machine. */
import { useEffect } from "preact/hooks";
import { ErrorBox } from "../ui/error-box.tsx";
import { Advice } from "./advice.tsx";
import { Explained, Presets, Teacher } from "./below.tsx";
import { Charts } from "./charts.tsx";
import { Control, isShown } from "./control.tsx";
import { ControlBar } from "./control-bar.tsx";
import { DataPanel } from "./data-panel.tsx";
import { NetworkPanel } from "./network-panel.tsx";
import { PlanePanel } from "./plane-panel.tsx";
import { playground } from "./play.ts";
import { SettingsPanel } from "./settings-panel.tsx";
import { takesTables } from "./table-dialog.tsx";
import { TimeMachine } from "./time-machine.tsx";
import "./playground.css";

export function Room() {
  const { session, scene, scenes } = playground();
  // A room that is not shown does not train.
  useEffect(() => () => void session.pause(), [session]);
  const { problem } = session;
  return (
    <div
      class="playground"
      data-scene-step={scene.value?.frame.step}
      data-scenes={scenes.value}
      {...(isShown("table") && takesTables)}
    >
      <ControlBar />
      {problem.value && <ErrorBox text={problem.value} />}
      <div class="table">
        <SettingsPanel />
        <DataPanel />
        <NetworkPanel />
        <PlanePanel />
        <div class="course stack">
          <Control name="advice">
            <Advice />
          </Control>
          <Control name="time">
            <TimeMachine />
          </Control>
          <Control name="charts">
            <Charts />
          </Control>
        </div>
      </div>
      <Control name="presets">
        <Presets />
      </Control>
      <Explained />
      <Teacher />
    </div>
  );
}
