import { Component, ElementRef, OnDestroy, afterNextRender, inject, input, output } from "@angular/core";
import RailzConnect, { type MountOptions } from "railz-connect";

/** A callback that the widget called, and with what. */
export interface CallbackCall {
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
  readonly called = output<CallbackCall>();
  readonly failed = output<Error>();

  private readonly place = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;
  private readonly widget = new RailzConnect();

  constructor() {
    afterNextRender(() => {
      const forward = (callback: CallbackCall["callback"]) => (event: string, payload: object) =>
        this.called.emit({ callback, event, payload });
      this.widget
        .mount({
          ...this.settings(),
          parentElement: this.place,
          onSuccess: forward("onSuccess"),
          onError: forward("onError"),
          onExit: forward("onExit"),
        } as MountOptions)
        .catch((error: Error) => this.failed.emit(error));
    });
  }

  ngOnDestroy(): void {
    this.widget.unmount();
  }
}
