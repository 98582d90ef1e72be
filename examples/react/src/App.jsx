import { useState } from "react";
import { Connect } from "./Connect.jsx";

// Settings come from the address: `?widgetId=…&endpoint=…&businessName=…`.
const settings = Object.fromEntries(new URLSearchParams(location.search));

export function App() {
  const [calls, setCalls] = useState([]);
  const [failure, setFailure] = useState("");
  return (
    <main>
      <h1>Connect your accounting</h1>
      <Connect
        settings={settings}
        onCallback={(call) => setCalls((before) => [...before, call])}
        onFailed={(error) => setFailure(error.message)}
      />
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
