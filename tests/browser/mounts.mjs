// Putting widgets into a page and taking them out again, and what of them is still there afterwards.

/** Puts copies of the first element of that name into the page, some at a time, and takes each out when it was shown and edited. */
export function mount(page, name, event, times) {
  return page.evaluate(async ([name, event, count]) => {
    const template = document.querySelector(name);
    const one = async (at) => {
      const copy = template.cloneNode(true);
      const shown = () => new Promise((done) => copy.addEventListener(event, done, { once: true }));
      const first = shown();
      document.body.prepend(copy);
      await first;
      const area = copy.shadowRoot.querySelector("textarea.code-area");
      if (area) {
        const edited = shown();
        area.value = area.value.replace("s3:GetObject", `s3:Get${at}`);
        area.dispatchEvent(new Event("input"));
        await edited;
      }
      copy.remove();
    };
    // Only what is in view is shown.
    scrollTo({ top: 0, behavior: "instant" });
    // An edit waits for the reader to stop typing.
    for (let at = 0; at < count; at += 10) await Promise.all(Array.from({ length: 10 }, (_, index) => one(at + index)));
  }, [name, event, times]);
}

/** How many nodes and listeners the page has, and how large its heap is, after what is unreachable was collected. */
export async function counted(page) {
  const cdp = await page.context().newCDPSession(page);
  // What the last task still holds goes with the next.
  for (let round = 0; round < 3; round += 1) {
    await page.waitForTimeout(50);
    await cdp.send("HeapProfiler.collectGarbage");
  }
  const { nodes, jsEventListeners } = await cdp.send("Memory.getDOMCounters");
  const { usedSize } = await cdp.send("Runtime.getHeapUsage");
  await cdp.detach();
  return { nodes, jsEventListeners, usedSize };
}
