import { auditAccessibility } from "../accessibility.mjs";
import { furnish } from "../furniture.mjs";
import { DESKTOP, PHONE } from "../visit.mjs";

const PAGES = [
  "/",
  "/resources",
  "/tunnels",
  "/tasks",
  "/functions",
  "/schedules",
  "/secrets",
  "/webhooks",
  "/settings",
  "/console",
  "/console/agents",
  "/console/queues",
  "/console/scaling",
  "/console/people",
  "/console/audit",
  "/console/settings",
];
const DIALOGS = [
  "/resources?dialog=create",
  "/console/agents?dialog=enrol",
  "/tasks?dialog=submit",
  "/functions?dialog=create",
  "/console/queues?dialog=create",
  "/console/queues?dialog=purge&name=default",
  "/schedules?dialog=create",
  "/secrets?dialog=set",
  "/webhooks?dialog=create",
  "/settings?dialog=token",
  "/console/people?dialog=user",
];

/** Every page and dialog is there, fits the screen, and stands in nobody's way. */
export const everyPageInTheLight = everyPage("light", { viewport: DESKTOP, colorScheme: "light" });
export const everyPageInTheDark = everyPage("dark", { viewport: DESKTOP, colorScheme: "dark" });
export const everyPageOnAPhone = everyPage("phone", { viewport: PHONE, colorScheme: "light" });
export const everyPageOnAPhoneInTheDark = everyPage("dark-phone", { viewport: PHONE, colorScheme: "dark" });

function everyPage(name, look) {
  const path = async (visit, pictures) => {
    visit.expectRefusal(401, "/api/v1/session");
    await visit.goto("/sign-in");
    await visit.page.getByRole("heading", { level: 1 }).waitFor();
    await judge(visit, `${pictures}${name}-sign-in.png`);
    await visit.signIn();
    for (const address of [...PAGES, ...DIALOGS, ...(await furnish(visit))]) {
      await visit.goto(address);
      await visit.page.getByRole("heading", { level: 1 }).waitFor();
      if (address.includes("dialog=")) {
        await visit.page.getByRole("dialog").waitFor();
      }
      await judge(visit, `${pictures}${name}-${nameOf(address)}.png`);
    }
  };
  return Object.assign(path, { signsInItself: true, look: { ...look, reducedMotion: "reduce" } });
}

async function judge({ page, troubles }, path) {
  // Polling never lets the network be idle for long; what matters is that the first answers are on the screen.
  await page.waitForFunction(() => !document.querySelector("[aria-busy=true]"));
  // Fading in is waited for; what pulses for ever is not.
  await page.evaluate(() =>
    Promise.all(
      document
        .getAnimations()
        .filter((animation) => animation.effect?.getTiming().iterations !== Number.POSITIVE_INFINITY)
        .map((animation) => animation.finished.catch(() => {})),
    ),
  );
  await page.screenshot({ path });
  const place = new URL(page.url()).pathname + new URL(page.url()).search;
  troubles.push(...(await auditAccessibility(page, place)));
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  if (overflow > 0) {
    troubles.push(`${place} is ${overflow} px wider than the screen`);
  }
}

/** `/tasks?dialog=submit` is tasks-submit, one task is tasks-one, a page of the Console console-queues. */
function nameOf(address) {
  const [path, query = ""] = address.slice(1).split("?");
  const [feature, one] = path.split("/");
  const parts = [
    feature || "home",
    feature === "console" ? one : one && "one",
    new URLSearchParams(query).get("dialog"),
  ];
  return parts.filter(Boolean).join("-");
}
