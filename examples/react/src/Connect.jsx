import { useEffect, useRef } from "react";
import RailzConnect from "railz-connect";

/**
 * The widget as a component. It is mounted once; give it another `key` to begin anew with other settings, since
 * callbacks and settings are taken when it is mounted.
 */
export function Connect({ settings, onCallback, onFailed }) {
  const place = useRef(null);
  useEffect(() => {
    const { mount, unmount } = new RailzConnect();
    const forward = (callback) => (event, payload) => onCallback({ callback, event, payload });
    mount({
      ...settings,
      parentElement: place.current,
      onSuccess: forward("onSuccess"),
      onError: forward("onError"),
      onExit: forward("onExit"),
    }).catch(onFailed);
    return unmount;
  }, []);
  return <div ref={place} />;
}
