// The widget as an ES module.
import RailzConnect from "https://connect.example/widget/railz-connect.mjs";

window.startWidget(RailzConnect);
