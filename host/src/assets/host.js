// The script tag before this one has defined RailzConnect, if it could be loaded.
"use strict";

if (window.RailzConnect) window.startWidget(window.RailzConnect);
