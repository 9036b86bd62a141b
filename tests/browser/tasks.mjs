// The tasks of the page's main thread while something goes on, as the browser traces them.

const CATEGORIES = ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"];

/**
 * Traces the page during `work`. Gives its main thread's tasks: how long each took by the clock and by the processor, in
 * milliseconds, the names of the user timing marks that were set in it, and whether the browser put text into a field in it.
 */
export async function tasksDuring(page, work) {
  const browser = page.context().browser();
  await browser.startTracing(page, { categories: CATEGORIES });
  // By this the page's thread is found among those of other pages and of workers.
  await page.evaluate(() => performance.mark("traced"));
  await work();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString());
  const traced = traceEvents.find(({ name, cat }) => name === "traced" && cat.includes("user_timing"));
  const own = traceEvents.filter(({ pid, tid }) => pid === traced.pid && tid === traced.tid);
  const marks = own.filter(({ cat }) => cat.includes("user_timing"));
  // Of one task there may be two events, one inside of the other.
  const named = (wanted) => own.filter(({ name, ph }) => ph === "X" && name === wanted);
  const tasks = [named("RunTask"), named("ThreadControllerImpl::RunTask")].find((found) => found.length > 0) ?? [];
  // Starting to trace is a task as well.
  const inputs = named("EventDispatch").filter(({ args }) => args.data?.type === "textInput");
  return tasks.filter(({ ts }) => ts > traced.ts).map(({ ts, dur, tdur }) => {
    const within = (event) => event.ts >= ts && event.ts <= ts + dur;
    return {
      wall: dur / 1000,
      processor: (tdur ?? dur) / 1000,
      marks: marks.filter(within).map(({ name }) => name),
      typing: inputs.some(within),
    };
  });
}
