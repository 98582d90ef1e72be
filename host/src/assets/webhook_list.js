// Keeps the list of webhooks fresh while the page is open: when there are more than the page shows, it is loaded again.
"use strict";

{
  const list = document.querySelector("#told");
  const { connection } = list.dataset;
  const shown = list.children.length;

  const look = async () => {
    if (document.hidden) return;
    const answer = await fetch("/webhooks/received");
    if (!answer.ok) return;
    const events = await answer.json();
    const ours = events.filter((event) => !connection || event.connectionId === connection);
    if (ours.length > shown) location.reload();
  };

  setInterval(() => look().catch(() => {}), 1500);
}
