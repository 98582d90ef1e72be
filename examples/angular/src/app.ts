import { Component, signal } from "@angular/core";
import { Connect, type CallbackCall, type Settings } from "./connect";
import { newState, readResult } from "./state";

const arrival = readResult();

@Component({
  selector: "app-root",
  imports: [Connect],
  template: `
    <main>
      <h1>Connect your accounting</h1>
      @if (connects) {
        <app-connect [settings]="settings" (called)="log($event)" (failed)="failure.set($event.message)" />
      }
      <p id="mount-error" role="alert">{{ failure() }}</p>
      <ol id="events" aria-label="What the widget told this page">
        @for (line of lines(); track $index) {
          <li>{{ line }}</li>
        }
      </ol>
    </main>
  `,
  styles: "app-connect { display: block }",
})
export class App {
  // Settings come from the address: `?widgetId=…&endpoint=…&businessName=…`. With `&successMethod=GET` and its own address as
  // `successUrl` the page receives the result itself.
  readonly settings = {
    ...Object.fromEntries(new URLSearchParams(location.search)),
    state: newState(),
  } as unknown as Settings;
  readonly connects = !arrival.result && !arrival.refused;
  readonly lines = signal<string[]>(
    arrival.result ? [JSON.stringify({ callback: "successPage", event: "received", payload: arrival.result })] : [],
  );
  readonly failure = signal(arrival.refused);

  log(call: CallbackCall): void {
    this.lines.update((before) => [...before, JSON.stringify(call)]);
  }
}
