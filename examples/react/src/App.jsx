import { useState } from "react";
import { Connect } from "./Connect.jsx";
import { newState, readResult } from "./state.js";

// Settings come from the address: `?widgetId=…&endpoint=…&businessName=…`. With `&successMethod=GET` and its own address as
// `successUrl` the page receives the result itself. Both are read once a page: strict mode renders twice.
const { result, refused } = readResult();
const settings = { ...Object.fromEntries(new URLSearchParams(location.search)), state: newState() };
const received = result ? [{ callback: "successPage", event: "received", payload: result }] : [];

export function App() {
  const [calls, setCalls] = useState(received);
  const [failure, setFailure] = useState(refused);
  return (
    <main>
      <h1>Connect your accounting</h1>
      {!result && !refused && (
        <Connect
          settings={settings}
          onCallback={(call) => setCalls((before) => [...before, call])}
          onFailed={(error) => setFailure(error.message)}
        />
      )}
      <p id="mount-error" role="alert">
        {failure}
      </p>
      <ol id="events" aria-label="What the widget told this page">
        {calls.map((call, index) => (
          <li key={index}>{JSON.stringify(call)}</li>
        ))}
      </ol>
    </main>
  );
}
