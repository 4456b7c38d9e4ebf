// Every path by its name. To add one, write it in the file of its feature; BrowserTests of system-tests names it too.
import * as away from "./paths/away.mjs";
import * as entries from "./paths/entries.mjs";
import * as faults from "./paths/faults.mjs";
import * as firstRun from "./paths/firstRun.mjs";
import * as functions from "./paths/functions.mjs";
import * as hostile from "./paths/hostile.mjs";
import * as keyboard from "./paths/keyboard.mjs";
import * as looks from "./paths/looks.mjs";
import * as machine from "./paths/machine.mjs";
import * as queues from "./paths/queues.mjs";
import * as resources from "./paths/resources.mjs";
import * as scaling from "./paths/scaling.mjs";
import * as schedules from "./paths/schedules.mjs";
import * as secrets from "./paths/secrets.mjs";
import * as session from "./paths/session.mjs";
import * as settings from "./paths/settings.mjs";
import * as tabs from "./paths/tabs.mjs";
import * as tasks from "./paths/tasks.mjs";
import * as tunnels from "./paths/tunnels.mjs";
import * as webhooks from "./paths/webhooks.mjs";

/** @type {Record<string, ((visit: import("./visit.mjs").Visit, pictures: string) => Promise<void>)>} */
export const PATHS = {
  ...firstRun,
  ...session,
  ...entries,
  ...resources,
  ...tunnels,
  ...tasks,
  ...functions,
  ...queues,
  ...scaling,
  ...schedules,
  ...secrets,
  ...webhooks,
  ...settings,
  ...faults,
  ...away,
  ...tabs,
  ...hostile,
  ...machine,
  ...keyboard,
  ...looks,
};
