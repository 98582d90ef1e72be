// Runs in the page before its own scripts, the same for every way in: only the tile's selector differs.
window.bench = (() => {
    const TILE = "__TILE__";
    // Closed shadow roots too; they stay closed.
    const roots = new Map();
    const attach = Element.prototype.attachShadow;
    Element.prototype.attachShadow = function (init) {
        const root = attach.call(this, init);
        roots.set(this, root);
        return root;
    };

    const memories = new Set();
    const keep = (instance) => {
        for (const thing of Object.values(instance.exports))
            if (thing instanceof WebAssembly.Memory) memories.add(thing);
    };
    for (const name of ["instantiate", "instantiateStreaming"]) {
        const original = WebAssembly[name];
        WebAssembly[name] = async (...given) => {
            const made = await original(...given);
            keep(made.instance ?? made);
            return made;
        };
    }
    WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
        construct(target, given) {
            const made = new target(...given);
            keep(made);
            return made;
        },
    });

    let layoutShift = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) if (!entry.hadRecentInput) layoutShift += entry.value;
    }).observe({ type: "layout-shift", buffered: true });

    const find = (selector) => {
        for (const root of [document, ...roots.values()]) {
            const found = root.querySelector(selector);
            if (found?.isConnected) return found;
        }
        return null;
    };
    const hasBox = (element) => {
        const box = element?.getBoundingClientRect();
        return !!box && box.width > 0 && box.height > 0;
    };
    /** Calls `then` after the tasks that wait already. */
    const soon = (then) => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => then();
        channel.port2.postMessage(null);
    };
    /** Looks between any two tasks until there is something, so that no frame's rest is counted. */
    const until = (look) =>
        new Promise((resolve) => {
            const again = () => {
                const found = look();
                if (found) resolve(found);
                else soon(again);
            };
            again();
        });

    /** Milliseconds from the navigation's start until the first tile has a box and its frame is painted. */
    const visible = new Promise((resolve) => {
        const look = () => {
            // The message is taken after the frame that this callback stands before.
            if (hasBox(find(TILE))) soon(() => resolve(performance.now()));
            else requestAnimationFrame(look);
        };
        requestAnimationFrame(look);
    });

    let openedAt = 0;
    const open = window.open;
    window.open = function (...given) {
        const opened = open.apply(this, given);
        if (opened) openedAt = performance.now();
        return opened;
    };

    const countTiles = () => find(TILE)?.getRootNode().querySelectorAll(TILE).length ?? 0;

    return {
        visible,
        find,
        /** The middle of an element, scrolled to. */
        place(selector) {
            const element = find(selector);
            element.scrollIntoView({ block: "center" });
            const { x, y, width, height } = element.getBoundingClientRect();
            return { x: x + width / 2, y: y + height / 2 };
        },
        /** What the page holds, shadow roots included. */
        count() {
            let [elements, nodes] = [0, 0];
            const walk = (node) => {
                nodes += 1;
                if (node.nodeType === Node.ELEMENT_NODE) elements += 1;
                if (roots.has(node)) walk(roots.get(node));
                for (const child of node.childNodes) walk(child);
            };
            walk(document);
            const wasm = [...memories].reduce((sum, memory) => sum + memory.buffer.byteLength, 0);
            return { elements, nodes, wasm, layoutShift };
        },
        /** Waits for a press on a tile, presses `button` as soon as it is there, and gives the time until a window is open. */
        press(button) {
            return new Promise((resolve) => {
                const pressed = async (event) => {
                    openedAt = 0;
                    (await until(() => find(button))).click();
                    await until(() => openedAt);
                    resolve(openedAt - event.timeStamp);
                };
                addEventListener("click", pressed, { capture: true, once: true });
            });
        },
        /** Waits for a key, and gives the time until there are so many tiles, laid out. */
        keystroke(expected) {
            return new Promise((resolve) => {
                const pressed = async (event) => {
                    await until(() => countTiles() === expected && hasBox(find(TILE)));
                    resolve(performance.now() - event.timeStamp);
                };
                addEventListener("keydown", pressed, { capture: true, once: true });
            });
        },
        /** Unmounts and mounts again: milliseconds of the call that unmounts, and until a tile is there again. */
        async remount() {
            const began = performance.now();
            widget.unmount();
            const unmounted = performance.now();
            await until(() => !find(TILE));
            const again = performance.now();
            mountWidget();
            await until(() => hasBox(find(TILE)));
            return { unmount: unmounted - began, mount: performance.now() - again };
        },
    };
})();
