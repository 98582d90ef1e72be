import { Component, signal } from "@angular/core";
import { Connect, type CallbackCall, type Settings } from "./connect";

@Component({
  selector: "app-root",
  imports: [Connect],
  template: `
    <main>
      <h1>Connect your accounting</h1>
      <app-connect [settings]="settings" (called)="log($event)" (failed)="failure.set($event.message)" />
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
  // Settings come from the address: `?widgetId=…&endpoint=…&businessName=…`.
  readonly settings = Object.fromEntries(new URLSearchParams(location.search)) as unknown as Settings;
  readonly lines = signal<string[]>([]);
  readonly failure = signal("");

  log(call: CallbackCall): void {
    this.lines.update((before) => [...before, JSON.stringify(call)]);
  }
}
