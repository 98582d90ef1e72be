import { Component, ElementRef, OnDestroy, afterNextRender, inject, input, output } from "@angular/core";
import RailzConnect, { type MountOptions } from "railz-connect";

/** What the widget told the page. */
export interface Told {
  callback: "onSuccess" | "onError" | "onExit";
  event: string;
  payload: object;
}

/** What comes from the page; the component adds the place and the callbacks. */
export type Settings = Omit<MountOptions, "parentElement" | "onSuccess" | "onError" | "onExit">;

/** The widget as a component: mounted when it appears, taken away when it goes. */
@Component({ selector: "app-connect", template: "" })
export class Connect implements OnDestroy {
  readonly settings = input.required<Settings>();
  readonly told = output<Told>();
  readonly failed = output<Error>();

  private readonly place = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly widget = new RailzConnect();

  constructor() {
    afterNextRender(() => {
      const tell = (callback: Told["callback"]) => (event: string, payload: object) =>
        this.told.emit({ callback, event, payload });
      this.widget
        .mount({
          ...this.settings(),
          parentElement: this.place,
          onSuccess: tell("onSuccess"),
          onError: tell("onError"),
          onExit: tell("onExit"),
        } as MountOptions)
        .catch((error: Error) => this.failed.emit(error));
    });
  }

  ngOnDestroy(): void {
    this.widget.unmount();
  }
}
